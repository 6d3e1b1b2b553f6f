"""The house as the environment asks for it."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest

from trainer.bootstrap import Trainer, assemble
from trainer.config import ROOT
from trainer.core.errors import BankError

HANDS = 8
ROUNDS = 10


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "CLEAN_CLAIM_INSTANCE": str(tmp_path / "instance"),
        "CLEAN_CLAIM_QUESTION_BANKS": str(ROOT / "tests" / "bank"),
    }


@pytest.fixture
def house(environment: dict[str, str]) -> Iterator[Trainer]:
    assembled = assemble(environment)
    yield assembled
    assembled.database.close()


def secret_of(environment: Mapping[str, str]) -> str:
    return assemble(environment).secret_key


def test_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEAN_CLAIM_SECRET_KEY", "hush")
    assert assemble().secret_key == "hush"


def test_assembling_touches_no_file(environment: dict[str, str], tmp_path: Path) -> None:
    environment["CLEAN_CLAIM_DATABASE_URL"] = "sqlite:///:memory:"
    assemble(environment).database.close()
    assert list(tmp_path.iterdir()) == []


def test_the_database_is_made_in_the_instance_folder(house: Trainer, tmp_path: Path) -> None:
    house.database.upgrade()
    assert (tmp_path / "instance" / "clean_claim.db").is_file()


def test_the_clock_tells_the_time_in_utc(house: Trainer) -> None:
    assert abs((house.now() - datetime.now(UTC)).total_seconds()) < 5
    assert house.now().tzinfo is UTC


def test_chance_lies_below_one_and_changes(house: Trainer) -> None:
    drawn = [house.chance() for _ in range(20)]
    assert all(0 <= chance < 1 for chance in drawn)
    assert len(set(drawn)) == len(drawn)


def test_secrets_differ_and_fit_their_columns(house: Trainer) -> None:
    made = [house.secret() for _ in range(20)]
    assert len(set(made)) == len(made)
    assert max(map(len, made)) <= 40


def test_the_catalogue_is_read_from_the_bank_folder(house: Trainer) -> None:
    assert [exam.id for exam in house.catalogue.exams] == ["alpha", "beta"]


def test_the_catalogue_is_read_once(house: Trainer) -> None:
    assert house.catalogue is house.catalogue


def test_a_bank_folder_without_topics_is_told(environment: dict[str, str], tmp_path: Path) -> None:
    environment["CLEAN_CLAIM_QUESTION_BANKS"] = str(tmp_path)
    with pytest.raises(BankError, match="cannot be used"):
        _ = assemble(environment).catalogue


# --- the key that signs sessions ----------------------------------------------


def test_a_key_of_the_operator_is_taken_and_no_file_made(
    environment: dict[str, str], tmp_path: Path
) -> None:
    environment["CLEAN_CLAIM_SECRET_KEY"] = "hush"
    assert secret_of(environment) == "hush"
    assert not list(tmp_path.rglob("secret_key*"))


def test_a_key_is_made_of_256_bits(environment: dict[str, str]) -> None:
    assert len(bytes.fromhex(secret_of(environment))) == 32


def test_the_key_is_kept_for_the_next_start(environment: dict[str, str]) -> None:
    assert secret_of(environment) == secret_of(environment)


def test_the_key_is_in_a_file_that_only_we_may_read(
    environment: dict[str, str], tmp_path: Path
) -> None:
    secret_of(environment)
    (file,) = (tmp_path / "instance").iterdir()
    assert file.name == "secret_key"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_kept_key_is_not_written_again(environment: dict[str, str], tmp_path: Path) -> None:
    kept = tmp_path / "instance" / "secret_key"
    kept.parent.mkdir()
    kept.write_text("from before")
    assert secret_of(environment) == "from before"


def test_two_houses_have_two_keys(environment: dict[str, str], tmp_path: Path) -> None:
    first = secret_of(environment)
    environment["CLEAN_CLAIM_INSTANCE"] = str(tmp_path / "other")
    assert secret_of(environment) != first


def test_workers_that_start_together_share_one_key(tmp_path: Path) -> None:
    for number in range(ROUNDS):
        instance = tmp_path / str(number)
        gate = Barrier(HANDS)

        def one(_hand: int, instance: Path = instance, gate: Barrier = gate) -> str:
            gate.wait()
            return secret_of({"CLEAN_CLAIM_INSTANCE": str(instance)})

        with ThreadPoolExecutor(HANDS) as pool:
            keys = set(pool.map(one, range(HANDS)))
        assert [len(key) for key in keys] == [64]
        assert [file.name for file in instance.iterdir()] == ["secret_key"]
