"""17. No question twice on a form, none of recent forms, no two that give each other away."""

from tests.services.hall import FULL, begin, entries, sitting, slot, submit
from tests.services.shelf import MODIFIERS, Shelf, load, single
from trainer.bootstrap import Trainer
from trainer.core.account import Account
from trainer.core.mock import Choice
from trainer.services import mocks
from trainer.services.mocks import RECENT_FORMS

FORMS = 8
ENOUGH = RECENT_FORMS + 2  # forms that the bank has items for


def sit(house: Trainer, who: Account, choice: Choice = FULL) -> list[str]:
    """The items of an exam that is begun and handed in."""
    exam = begin(house, who, choice)
    length = sitting(house, who, exam).length
    found = [slot(house, who, exam, number).item.id for number in range(1, length + 1)]
    submit(house, who, exam)
    house.now.move(hours=1)
    return found


def repeats(house: Trainer, who: Account, choice: Choice = FULL) -> int:
    with house.database.reading() as store:
        found = mocks.offer(store, house.stockroom, who, "alpha", choice, at=house.now())
    return found.outlook.repeats


def test_no_question_comes_twice_on_a_form(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", *entries(1)))  # hardly more than a form needs
    for _ in range(FORMS):
        found = sit(memory_shop, learner)
        assert len(set(found)) == len(found)


def test_none_of_the_last_three_forms_comes_again_while_there_are_others(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", *entries(ENOUGH)))
    forms: list[list[str]] = []
    for _ in range(FORMS):
        assert repeats(memory_shop, learner) == 0
        forms.append(sit(memory_shop, learner))
        recent = {item for form in forms[-RECENT_FORMS - 1 : -1] for item in form}
        assert recent.isdisjoint(forms[-1])


def test_a_pool_that_is_short_says_so_before_the_start_and_repeats_the_oldest_first(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", *(single(f"m{n}", MODIFIERS) for n in range(9))))
    choice = Choice(items=4, subtopics=(MODIFIERS,))
    first, second = (sit(memory_shop, learner, choice) for _ in range(2))
    assert set(first).isdisjoint(second)
    assert repeats(memory_shop, learner, choice) == 3  # nine items, eight of them seen
    third = sit(memory_shop, learner, choice)
    assert len(set(third) & set(first)) == 3
    assert set(third).isdisjoint(second)


def test_enemies_never_stand_on_the_same_form(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    pairs = [
        single(f"{side}{n}", MODIFIERS, **({"enemies": [f"b{n}"]} if side == "a" else {}))
        for n in range(4)
        for side in "ab"
    ]
    load(memory_shop, shelf.write("alpha", *pairs))
    choice = Choice(items=4, subtopics=(MODIFIERS,))
    for _ in range(FORMS):
        found = sit(memory_shop, learner, choice)
        assert len({name[1:] for name in found}) == len(found) == 4


def test_an_item_that_changed_meanwhile_is_still_the_same_question(
    memory_shop: Trainer, shelf: Shelf, learner: Account
) -> None:
    load(memory_shop, shelf.write("alpha", *entries(2)))
    first = sit(memory_shop, learner)
    load(memory_shop, shelf.write("alpha", *({**each, "key": "left"} for each in entries(2))))
    assert set(first).isdisjoint(sit(memory_shop, learner))
