import click

from trainer.bootstrap import Trainer
from trainer.cli.bank import load_path
from trainer.cli.errors import told
from trainer.cli.printing import report_line


def command(trainer: Trainer) -> click.Command:
    """The command `prepare`."""

    @click.command("prepare")
    @told
    def prepare() -> None:
        """Upgrade the database and load the banks: all that a first start needs."""
        trainer.database.upgrade()
        for report in load_path(trainer, trainer.config.question_banks, quiet=False):
            click.echo(report_line(report))

    return prepare
