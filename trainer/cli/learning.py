import sys

import click

from trainer.bootstrap import Trainer
from trainer.cli.errors import told
from trainer.services import learning


def command(trainer: Trainer) -> click.Group:
    """The group `learning`."""

    @click.group("learning")
    def group() -> None:
        """The learner model."""

    @group.command()
    @click.option("--refit", is_flag=True, help="Learn the population from all answers, too.")
    @told
    def replay(*, refit: bool) -> None:
        """Rebuild every estimate from the response log, to the same numbers."""
        click.echo(f"{replayed(trainer, refit=refit)} answers replayed.")

    return group


def replayed(trainer: Trainer, *, refit: bool) -> int:
    """Replay behind a progress bar; how many answers."""
    with trainer.database.reading() as store:
        length = store.responses.count()
    with (
        click.progressbar(length=length, label="Replaying", file=sys.stderr) as bar,
        trainer.database.unit() as store,
    ):
        return learning.replay(store, refit=refit, seen=lambda: bar.update(1))
