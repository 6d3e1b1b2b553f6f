"""All command groups, hung onto the Flask command line."""

from flask import Flask

from trainer.bootstrap import Trainer
from trainer.cli import bank, database, learning, mock, prepare, regrade, user


def register(app: Flask, trainer: Trainer) -> None:
    """Add `flask bank|database|learning|mock|prepare|regrade|user` for an assembled house."""
    for noun in (bank, database, learning, mock, prepare, regrade, user):
        app.cli.add_command(noun.command(trainer))
