"""Refusals speak to a person; a bank's faults name their place."""

from trainer.core.errors import BankError, NotFoundError, Problem

PROBLEM = Problem("bank/items.yaml", 12, "items[1].key", "“x”", "the id of an option: a, b")


def test_a_problem_names_place_found_and_expected() -> None:
    assert str(PROBLEM) == (
        "bank/items.yaml:12: items[1].key: found “x”; expected the id of an option: a, b"
    )


def test_a_refusal_is_its_own_message() -> None:
    assert NotFoundError("There is no such thing.").message == "There is no such thing."


def test_a_bank_error_carries_its_problems() -> None:
    error = BankError("Broken.", (PROBLEM,))
    assert (error.message, error.problems) == ("Broken.", (PROBLEM,))


def test_a_bank_error_may_have_no_problem_to_list() -> None:
    assert BankError("No bank there.").problems == ()
