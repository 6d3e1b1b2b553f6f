"""The command line: translate a command into a use case, its errors into exit codes.

People get progress and sentences, programs get `--json`.
"""

from trainer.cli.application import register

__all__ = ["register"]
