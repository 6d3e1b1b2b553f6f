"""Settings: what holds when nothing is said, and what each word changes."""

from pathlib import Path

import pytest

from trainer.config import ROOT, Config

DEFAULTS = Config(
    database_url=f"sqlite:///{ROOT / 'instance' / 'clean_claim.db'}",
    instance=ROOT / "instance",
    question_banks=ROOT / "question_banks",
    secret_key=None,
    secure_cookies=False,
)


def test_without_an_environment_everything_is_in_our_folder() -> None:
    assert Config.from_environment({}) == DEFAULTS


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("DATABASE_URL", "postgresql+psycopg://db/x", "database_url", "postgresql+psycopg://db/x"),
        ("INSTANCE", "/srv/claim", "instance", Path("/srv/claim")),
        ("QUESTION_BANKS", "/srv/banks", "question_banks", Path("/srv/banks")),
        ("SECRET_KEY", "hush", "secret_key", "hush"),
        ("SECRET_KEY", "", "secret_key", None),
        ("SECURE_COOKIES", "yes", "secure_cookies", True),
        ("SECURE_COOKIES", "no", "secure_cookies", False),
    ],
)
def test_the_environment_sets_a_field(name: str, text: str, field: str, value: object) -> None:
    assert getattr(Config.from_environment({f"CLEAN_CLAIM_{name}": text}), field) == value


def test_the_database_follows_the_instance_folder() -> None:
    config = Config.from_environment({"CLEAN_CLAIM_INSTANCE": "/srv/claim"})
    assert config.database_url == "sqlite:////srv/claim/clean_claim.db"


def test_a_database_that_is_named_stays_where_it_is() -> None:
    environment = {"CLEAN_CLAIM_INSTANCE": "/srv/claim", "CLEAN_CLAIM_DATABASE_URL": "sqlite:///x"}
    assert Config.from_environment(environment).database_url == "sqlite:///x"


def test_words_for_other_programs_change_nothing() -> None:
    foreign = {"SECRET_KEY": "hush", "DATABASE_URL": "sqlite:///x", "CLEAN_CLAIM": "yes"}
    assert Config.from_environment(foreign) == DEFAULTS
