"""Settings, read once from the environment; the only module beside bootstrap that may."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Config:
    """Everything an operator may set. Field `name` is read from `CLEAN_CLAIM_NAME`."""

    database_url: str
    instance: Path
    question_banks: Path
    secret_key: str | None
    secure_cookies: bool

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Config":
        """Settings with their defaults filled in: SQLite in the instance folder, our own banks."""

        def setting(name: str, default: str) -> str:
            return environment.get(f"CLEAN_CLAIM_{name}", default)

        instance = Path(setting("INSTANCE", str(ROOT / "instance")))
        return cls(
            database_url=setting("DATABASE_URL", f"sqlite:///{instance / 'clean_claim.db'}"),
            instance=instance,
            question_banks=Path(setting("QUESTION_BANKS", str(ROOT / "question_banks"))),
            secret_key=setting("SECRET_KEY", "") or None,
            secure_cookies=setting("SECURE_COOKIES", "no") == "yes",
        )
