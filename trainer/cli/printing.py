"""How banks, items and findings look in a terminal."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from trainer.core.catalogue import Catalogue
from trainer.core.feedback import lettered, spelled
from trainer.core.item import (
    Case,
    CodeEntryItem,
    Item,
    MatchingItem,
    MultipleItem,
    OrderingItem,
    SingleItem,
)
from trainer.services.banks import LoadReport
from trainer.services.linting import Finding, Rule
from trainer.services.statistics import Statistics

_WIDTH = 88
_SHORTEST_LIST = 3


def report_line(report: LoadReport) -> str:
    """What a load did, in a sentence."""
    if report.is_skipped:
        return f"{report.bank}: unchanged."
    counts = {
        "new": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "retired": report.retired,
        "back in use": report.revived,
    }
    told = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return f"{report.bank}: {told or 'no items'}."


def finding_line(finding: Finding) -> str:
    """A finding with its place, rule and reason."""
    where = finding.origin + (f" {finding.item}" if finding.item else "")
    field = f" {finding.field}:" if finding.field else ""
    waived = f" (waived: {finding.waiver})" if finding.waiver else ""
    return f"{finding.severity.value} {finding.rule} {where}:{field} {finding.message}{waived}"


def lint_lines(items: int, findings: Sequence[Finding], *, show_all: bool) -> Iterator[str]:
    """Open findings, or all, and their number by rule."""
    shown = [f for f in findings if show_all or (f.waiver is None and f.severity.value != "I")]
    yield from (finding_line(finding) for finding in shown)
    counts = Counter((f.severity.value, f.waiver is not None) for f in findings)
    waived = sum(number for (_, is_waived), number in counts.items() if is_waived)
    told = ", ".join(
        f"{counts[severity, False]} {word}"
        for severity, word in (("E", "errors"), ("W", "warnings"), ("I", "advice"))
    )
    yield f"{items} items: {told}; {waived} waived."


def rule_lines(rule: Rule) -> Iterator[str]:
    """A rule as an author wants to know it."""
    yield f"{rule.id} {rule.severity.value}  {rule.title}"
    for text in (rule.why, rule.fix, f"Source: {rule.source}"):
        yield from textwrap.wrap(
            text, _WIDTH, initial_indent="       ", subsequent_indent="       "
        )


def item_lines(item: Item, case: Case | None) -> Iterator[str]:
    """An item with its key and reasons."""
    yield f"{item.id}  [{item.kind}, {item.subtopic}, {', '.join(item.exams)}]"
    yield f"difficulty {item.difficulty}, {item.level.value}"
    for section in case.sections if case else ():
        yield from ("", section.heading.upper(), *_wrapped(section.text))
    yield from ("", *_wrapped(item.stem))
    yield from _part_lines(item)
    yield from ("", "WHY", *_wrapped(lettered(item.rationale, _quoted(item))))
    for reference in item.references:
        yield f"  {reference.source}, {reference.section} ({reference.year})"


def _quoted(item: Item) -> dict[str, str]:
    """Option id → its text: letters come only with a learner's page."""
    options = item.options if isinstance(item, SingleItem | MultipleItem | MatchingItem) else ()
    return {option.id: f"“{option.text}”" for option in options}


def _part_lines(item: Item) -> Iterator[str]:
    if isinstance(item, CodeEntryItem):
        for code in item.codes:
            yield from _part("*", spelled(code), code.reason)
        return
    if isinstance(item, MatchingItem):
        for prompt in item.prompts:
            yield from _part("*", f"{prompt.text} → {prompt.match}", prompt.reason)
        return
    if isinstance(item, OrderingItem):
        for place, step in enumerate(item.steps, start=1):
            yield from _part(str(place), step.text, step.reason)
        return
    right = {item.key} if item.kind == "single" else set(item.keys)
    for option in item.options:
        yield from _part("*" if option.id in right else " ", option.text, option.reason)


def _part(mark: str, text: str, reason: str) -> Iterator[str]:
    yield f" {mark} {text}"
    yield from textwrap.wrap(reason, _WIDTH, initial_indent="     ", subsequent_indent="     ")


def _wrapped(text: str) -> Iterator[str]:
    """Paragraphs filled to the width; tables and lists keep their lines."""
    for paragraph in text.split("\n\n"):
        if paragraph.lstrip().startswith(("|", "-", "*", "1.")):
            yield from paragraph.splitlines()
        else:
            yield from textwrap.wrap(" ".join(paragraph.split()), _WIDTH)
        yield ""


def statistics_lines(catalogue: Catalogue, found: Statistics) -> Iterator[str]:
    """Counts, and per exam the forms that can be filled and what runs out first."""
    yield f"{found.items} items, {found.cases} cases"
    yield "kinds:  " + ", ".join(f"{kind} {n}" for kind, n in sorted(found.by_kind.items()))
    yield "levels: " + ", ".join(f"{level} {n}" for level, n in sorted(found.by_level.items()))
    for exam in catalogue.exams:
        fill = found.fills[exam.id]
        short = ", ".join(
            f"{catalogue.taxonomy[each.subtopic].short} ({each.items})"
            for each in fill.shortages[:_SHORTEST_LIST]
        )
        total = sum(found.by_exam[exam.id].values())
        yield f"{exam.short:6} {total:5} items, {fill.forms:.1f} forms; short in {short}"
