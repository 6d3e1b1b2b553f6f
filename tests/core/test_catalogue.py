"""The catalogue finds an exam by its id or says that there is none."""

import pytest

from tests.core.test_exam import EXAM
from trainer.core.catalogue import Catalogue
from trainer.core.errors import NotFoundError
from trainer.core.topic import Taxonomy

CATALOGUE = Catalogue(Taxonomy(()), (EXAM,))


def test_an_exam_is_found_by_its_id() -> None:
    assert CATALOGUE.exam("test") is EXAM


@pytest.mark.parametrize("unknown", ["", "TEST", "cpc"])
def test_an_unknown_exam_is_not_found(unknown: str) -> None:
    with pytest.raises(NotFoundError, match=f"“{unknown}”"):
        CATALOGUE.exam(unknown)
