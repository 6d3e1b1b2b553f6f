import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from trainer.bootstrap import Trainer
from trainer.cli.errors import EXIT_CODE, told
from trainer.cli.printing import (
    item_lines,
    lint_lines,
    report_line,
    rule_lines,
    statistics_lines,
)
from trainer.core.errors import BankError, Problem
from trainer.services import banks, linting
from trainer.services.banks import LoadReport
from trainer.services.linting import Finding
from trainer.services.statistics import statistics

CHECK_FAILED = 2

_PATH = click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")


def load_path(trainer: Trainer, path: Path, *, quiet: bool) -> list[LoadReport]:
    """Load all banks at a path, each in a transaction of its own.

    Raises BankError at the end, with the problems of all banks that could not be loaded.
    """
    reports: list[LoadReport] = []
    problems: list[Problem] = []
    errors: list[str] = []
    sources = banks.sources(path)
    hidden = quiet or not sys.stderr.isatty()
    total = sum(source.size for source in sources)
    with click.progressbar(
        length=total, label="Loading banks", file=sys.stderr, hidden=hidden
    ) as bar:
        for source in sources:
            try:
                with trainer.database.unit() as store:
                    report = banks.load(
                        store, trainer.catalogue, source, at=trainer.now(), read_bytes=bar.update
                    )
            except BankError as error:
                problems.extend(error.problems)
                errors.append(error.message)
            else:
                reports.append(report)
    if errors:
        for report in () if quiet else reports:
            click.echo(report_line(report))
        raise BankError("\n".join(errors), tuple(problems))
    return reports


def _problems(error: BankError) -> dict[str, object]:
    return {"error": error.message, "problems": [asdict(problem) for problem in error.problems]}


def _lint_report(items: int, findings: Sequence[Finding]) -> dict[str, object]:
    """Counts by rule and severity over all findings, then the findings."""
    open_ones = [finding for finding in findings if finding.waiver is None]
    by_severity = Counter(finding.severity.value for finding in open_ones)
    return {
        "items": items,
        "errors": by_severity["E"],
        "warnings": by_severity["W"],
        "advice": by_severity["I"],
        "waived": len(findings) - len(open_ones),
        "by_rule": {rule.id: 0 for rule in linting.rules()}
        | dict(Counter(finding.rule for finding in open_ones)),
        "findings": [asdict(finding) for finding in findings],
    }


def _print(report: object) -> None:
    click.echo(json.dumps(report, indent=2, ensure_ascii=False, default=str))


def command(trainer: Trainer) -> click.Group:
    """The group `bank`."""

    @click.group("bank")
    def group() -> None:
        """Question banks: load, lint, look at them. PATH is a bank, a folder of banks, or ours."""

    for part in (_load, _lint, _show, _stats):
        group.add_command(part(trainer))
    group.add_command(_rules)
    return group


def _load(trainer: Trainer) -> click.Command:
    @click.command("load")
    @_PATH
    @_JSON
    @told
    def load(path: Path | None, *, as_json: bool) -> None:
        """Bring the database to the state of the files; all of a bank or nothing of it."""
        try:
            reports = load_path(trainer, path or trainer.config.question_banks, quiet=as_json)
        except BankError as error:
            if not as_json:
                raise
            _print(_problems(error))
            raise SystemExit(EXIT_CODE[BankError]) from error
        if as_json:
            _print([asdict(report) for report in reports])
            return
        for report in reports:
            click.echo(report_line(report))

    return load


def _lint(trainer: Trainer) -> click.Command:
    @click.command("lint")
    @_PATH
    @_JSON
    @click.option("--all", "show_all", is_flag=True, help="Show advice and waived findings too.")
    @click.option("--live", is_flag=True, help="Ask the database how often items were seen (B06).")
    @told
    def lint(path: Path | None, *, as_json: bool, show_all: bool, live: bool) -> None:
        """Check the items against the item-writing rules; an error makes the exit code 2."""
        try:
            found = banks.read(trainer.catalogue, path or trainer.config.question_banks)
        except BankError as error:
            if not as_json:
                raise
            _print(_problems(error))
            raise SystemExit(EXIT_CODE[BankError]) from error
        findings = linting.lint(trainer.catalogue, found, _exposures(trainer) if live else {})
        items = sum(len(bank) for bank in found)
        if as_json:
            _print(_lint_report(items, findings))
        else:
            click.echo("\n".join(lint_lines(items, findings, show_all=show_all)))
        if any(finding.blocks for finding in findings):
            raise SystemExit(CHECK_FAILED)

    return lint


def _exposures(trainer: Trainer) -> Mapping[str, float]:
    with trainer.database.reading() as store:
        return linting.exposures(store, at=trainer.now())


def _show(trainer: Trainer) -> click.Command:
    @click.command("show")
    @click.argument("path_or_item")
    @click.argument("item", required=False)
    @told
    def show(path_or_item: str, item: str | None) -> None:
        """Show ITEM as a learner sees it, with its key: bank show [PATH] ITEM."""
        path = Path(path_or_item) if item else trainer.config.question_banks
        found = banks.read(trainer.catalogue, path)
        click.echo("\n".join(item_lines(*banks.find_item(found, item or path_or_item))))

    return show


def _stats(trainer: Trainer) -> click.Command:
    @click.command("stats")
    @_PATH
    @_JSON
    @told
    def stats(path: Path | None, *, as_json: bool) -> None:
        """Count items by exam, subtopic, kind and level, and the forms that they fill."""
        found = banks.read(trainer.catalogue, path or trainer.config.question_banks)
        counted = statistics(trainer.catalogue, found, trainer.now().date())
        if as_json:
            _print(asdict(counted))
        else:
            click.echo("\n".join(statistics_lines(trainer.catalogue, counted)))

    return stats


@click.command("rules")
def _rules() -> None:
    """List the linter's rules, each with its reason, its cure and its source."""
    for rule in linting.rules():
        click.echo("\n".join(rule_lines(rule)))
