import click

from trainer.bootstrap import Trainer
from trainer.cli.errors import told


def command(trainer: Trainer) -> click.Group:
    """The group `database`."""

    @click.group("database")
    def group() -> None:
        """The schema."""

    @group.command()
    @told
    def upgrade() -> None:
        """Bring the database to the newest schema."""
        trainer.database.upgrade()
        click.echo("The database is up to date.")

    return group
