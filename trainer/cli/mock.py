import sys
from datetime import timedelta

import click

from trainer.bootstrap import Trainer
from trainer.cli.errors import told
from trainer.core.mock import LEAST_FACTOR, MOST_FACTOR, Accommodation
from trainer.services import accounts, endings, mocks


def command(trainer: Trainer) -> click.Group:
    """The group `mock`."""

    @click.group("mock")
    def group() -> None:
        """Mock exams."""

    @group.command()
    @told
    def sweep() -> None:
        """End every exam whose time is over; run it every few minutes."""
        ended = 0
        while True:
            with trainer.database.reading() as store:
                found = endings.overdue(store, at=trainer.now())
            if not found:
                break
            with click.progressbar(found, label="Ending", file=sys.stderr) as bar:
                for attempt, learner in bar:
                    with trainer.database.unit(durable=True) as store:
                        endings.expire(store, attempt, learner, at=trainer.now())
            ended += len(found)
        click.echo(f"{ended} exams ended.")

    @group.command()
    @click.argument("email")
    @click.option("--factor", type=click.FloatRange(LEAST_FACTOR, MOST_FACTOR), default=1.0)
    @click.option("--breaks", type=click.IntRange(0, 240), default=0, help="Minutes off the clock.")
    @click.option("--larger-type", is_flag=True)
    @told
    def accommodate(email: str, factor: float, breaks: int, *, larger_type: bool) -> None:
        """Grant the account EMAIL more time, breaks, larger type; exams under way get them."""
        granted = Accommodation(factor, timedelta(minutes=breaks), larger_type)
        with trainer.database.unit() as store:
            account = accounts.by_email(store, email)
            mocks.accommodate(store, account, granted, at=trainer.now())
        click.echo(f"{email}: time × {factor:g}, {breaks} min of breaks.")

    return group
