import click

from trainer.bootstrap import Trainer
from trainer.cli.bank import load_path
from trainer.cli.errors import told
from trainer.cli.learning import replayed
from trainer.cli.printing import report_line
from trainer.services import learning


def command(trainer: Trainer) -> click.Command:
    """The command `prepare`."""

    @click.command("prepare")
    @told
    def prepare() -> None:
        """Upgrade the database, load the banks, fit the learner model: all that a start needs."""
        trainer.database.upgrade()
        for report in load_path(trainer, trainer.config.question_banks, quiet=False):
            click.echo(report_line(report))
        with trainer.database.reading() as store:
            is_due = learning.is_due(store)
        if is_due:
            replayed(trainer, refit=True)

    return prepare
