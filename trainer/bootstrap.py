"""Choosing implementations: the one place that reads the clock, chance and the environment."""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from tempfile import mkstemp

from trainer.banks.profiles import catalogue
from trainer.config import Config
from trainer.core.catalogue import Catalogue
from trainer.persistence.database import Database
from trainer.services.stock import Stockroom

_SECRET_FILE = "secret_key"  # noqa: S105  # a file's name, not a secret


@dataclass(frozen=True)
class Trainer:
    """The assembled house: what every entry point works with."""

    config: Config
    database: Database
    now: Callable[[], datetime]
    secret: Callable[[], str]
    chance: Callable[[], float]

    @cached_property
    def stockroom(self) -> Stockroom:
        """What selection draws from, kept for this process. Raises BankError."""
        return Stockroom(self.catalogue)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Topics and exams, read at first use. Raises BankError."""
        return catalogue(self.config.question_banks)

    @cached_property
    def secret_key(self) -> str:
        """The key that signs sessions: the operator's, or one kept in the instance folder."""
        return self.config.secret_key or _kept_secret(self.config.instance)


def assemble(environment: Mapping[str, str] | None = None) -> Trainer:
    """The house as the environment asks for it."""
    config = Config.from_environment(os.environ if environment is None else environment)
    return Trainer(
        config=config,
        database=Database(config.database_url),
        now=lambda: datetime.now(UTC),
        secret=lambda: secrets.token_urlsafe(24),
        chance=secrets.SystemRandom().random,
    )


def _kept_secret(instance: Path) -> str:
    """Made once, with mode 600. Of two workers that start together one wins, both read the same."""
    path = instance / _SECRET_FILE
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        descriptor, draft = mkstemp(prefix=f"{_SECRET_FILE}.", dir=instance)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        Path(draft).unlink()
    return path.read_text(encoding="ascii")
