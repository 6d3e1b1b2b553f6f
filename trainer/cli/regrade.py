import click

from trainer.bootstrap import Trainer
from trainer.cli.errors import told
from trainer.services import regrades


def command(trainer: Trainer) -> click.Group:
    """The group `regrade`."""

    @click.group("regrade")
    def group() -> None:
        """Scores of earlier answers after a key was corrected."""

    for build in (_preview, _apply, _undo, _list):
        group.add_command(build(trainer))
    return group


def _preview(trainer: Trainer) -> click.Command:
    @click.command("preview")
    @click.argument("item")
    @told
    def preview(item: str) -> None:
        """What the newest key of ITEM would change, without changing anything."""
        with trainer.database.reading() as store:
            found = regrades.preview(store, item)
        for change in found.changes:
            graded = change.graded
            click.echo(
                f"attempt {graded.attempt}, question {graded.slot} (version {graded.version}): "
                f"{graded.score.points:g} → {change.score.points:g}"
            )
        click.echo(
            f"{len(found.changes)} answers of {found.learners} learners change "
            f"({found.better} better, {found.worse} worse), {found.mocks} mock exams; "
            f"{found.unchanged} stay, {found.unfit} do not fit the new version."
        )

    return preview


def _apply(trainer: Trainer) -> click.Command:
    @click.command("apply")
    @click.argument("item")
    @click.option("--reason", required=True, help="Why; learners read it.")
    @click.option("--by", default="command line", help="Who decided it.")
    @told
    def apply(item: str, reason: str, by: str) -> None:
        """Score earlier answers to ITEM by its newest key."""
        with trainer.database.unit() as store:
            number = regrades.apply(store, item, reason=reason, by=by, at=trainer.now())
        click.echo(f"Regrade {number} is in force. Take it back: flask regrade undo {number}")

    return apply


def _undo(trainer: Trainer) -> click.Command:
    @click.command("undo")
    @click.argument("number", type=int)
    @told
    def undo(number: int) -> None:
        """Take regrade NUMBER back."""
        with trainer.database.unit() as store:
            regrades.undo(store, number, at=trainer.now())
        click.echo(f"Regrade {number} is taken back.")

    return undo


def _list(trainer: Trainer) -> click.Command:
    @click.command("list")
    @told
    def list_() -> None:
        """Every regrade, newest first."""
        with trainer.database.reading() as store:
            for each in regrades.history(store):
                state = f"undone {each.undone_at:%Y-%m-%d}" if each.undone_at else "in force"
                click.echo(
                    f"{each.id}  {each.applied_at:%Y-%m-%d}  {each.slug} v{each.version}  "
                    f"{state}  {each.by}: {each.reason}"
                )

    return list_
