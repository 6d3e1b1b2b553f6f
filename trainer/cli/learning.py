import sys

import click

from trainer.bootstrap import Trainer
from trainer.cli.errors import told
from trainer.services import progress


def command(trainer: Trainer) -> click.Group:
    """The group `learning`."""

    @click.group("learning")
    def group() -> None:
        """The learner model."""

    @group.command()
    @told
    def replay() -> None:
        """Rebuild every estimate from the response log."""
        with trainer.database.reading() as store:
            learners = progress.learners(store)
        answers = 0
        with click.progressbar(learners, label="Replaying", file=sys.stderr) as bar:
            for learner in bar:
                with trainer.database.unit() as store:
                    answers += progress.replay(store, learner)
        click.echo(f"{answers} answers of {len(learners)} learners replayed.")

    return group
