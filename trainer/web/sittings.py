"""Exams under way. Whatever page shows them, those whose time is over are ended first."""

from trainer.core.mock import Sitting
from trainer.services import endings, mocks
from trainer.web.current import account, trainer


def under_way() -> tuple[Sitting, ...]:
    """The learner's open exams."""
    house, now = trainer(), trainer().now()
    with house.database.reading() as store:
        found = mocks.under_way(store, account())
    if any(sitting.is_over(now) for sitting in found):
        with house.database.unit() as store:
            endings.settle(store, account(), at=now)
    return tuple(sitting for sitting in found if not sitting.is_over(now))
