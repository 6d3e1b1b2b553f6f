"""A guest is an account without an address; roles go from the least to the most."""

import pytest

from trainer.core.account import Account, Role


@pytest.mark.parametrize(("email", "guest"), [(None, True), ("a@example.org", False)])
def test_a_guest_has_no_address_yet(email: str | None, guest: bool) -> None:
    assert Account(1, Role.LEARNER, "A. Tester", email, None, "key").is_guest is guest


def test_roles_are_stored_by_these_names() -> None:
    assert [role.value for role in Role] == ["learner", "instructor", "administrator"]
