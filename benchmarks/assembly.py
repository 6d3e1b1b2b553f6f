"""How fast forms are assembled, and how full they come out where the bank is tight.

    python -m benchmarks.assembly [--forms 20]

1. CPU ms of a full form of each exam, from banks of 100 to 10,000 generated items: a fifth of them
   in cases, a twentieth with an enemy, 400 seen lately.
2. The same of CPC from 10,000 items of which none is in Anesthesia: the most work there is.
3. Banks of 1.15 forms' items, thin in places and full of cases and enemies: what the forms lack.
"""

import argparse
import random
import time
from collections.abc import Sequence
from statistics import median

from trainer.banks.profiles import catalogue
from trainer.config import ROOT
from trainer.core.assembly import assemble
from trainer.core.exam import Exam, ExamProfile
from trainer.core.form import Available, Form, outline

SIZES = (100, 1_000, 10_000)
SEEN = 400
CASES = 0.07  # chance that a case begins: a fifth of the items, as a case has two to four
ENEMIES = 0.05
TIGHT = 1.15
TIGHT_ENEMIES = 0.15
EMPTY = "coding.cpt-anesthesia"


def main() -> None:
    """Generate, assemble, print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--forms", type=int, default=20)
    count = arguments.parse_args().forms
    exams = catalogue(ROOT / "question_banks").exams
    print("CPU ms of a form: median (most)")
    print(f"{'':8}" + "".join(f"{size:>16,}" for size in SIZES))
    for exam in exams:
        cells = (_times(exam, bank_of(exam.profiles[-1], size, ENEMIES), count) for size in SIZES)
        print(f"{exam.short:8}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
    cpc = exams[0]
    bank = bank_of(cpc.profiles[-1], SIZES[-1], ENEMIES)
    thin = [each for each in bank if each.subtopic != EMPTY]
    print(f"{cpc.short} without {EMPTY}: {_times(cpc, thin, count)}")
    print(f"\nBanks of {TIGHT} forms: means of {count} forms")
    print(f"{'':8}{'scored':>8}{'missing':>9}{'pretest':>9}{'missing':>9}{'replaced':>10}")
    for exam in exams:
        _print_tight(exam, count)


def bank_of(profile: ExamProfile, size: int, enemies: float, seed: int = 1) -> list[Available]:
    """A bank whose items are spread over the subtopics as the exam's are."""
    chance = random.Random(f"{profile.exam} {size} {seed}")
    names, weights = list(profile.blueprint), list(profile.blueprint.values())
    bank: list[Available] = []
    while len(bank) < size:
        number, subtopic = len(bank), chance.choices(names, weights)[0]
        if chance.random() < CASES:
            for place in range(chance.choice((2, 3, 4))):
                bank.append(Available(number + place, 1, subtopic, f"case-{number}", place))
                subtopic = chance.choice((subtopic, *chance.choices(names, weights)))
        else:
            is_enemy = number > 0 and chance.random() < enemies
            foes = frozenset([chance.randrange(number)]) if is_enemy else frozenset[int]()
            bank.append(Available(number, 1, subtopic, enemies=foes))
    return bank


def _times(exam: Exam, bank: Sequence[Available], count: int) -> str:
    recent = [each.item for each in bank[: min(SEEN, len(bank) // 4)]]
    plan = outline(exam.profiles[-1])
    times: list[float] = []
    for number in range(count):
        before = time.process_time_ns()
        assemble(plan, bank, seed=f"{number}", recent=recent)
        times.append((time.process_time_ns() - before) / 1e6)
    return f"{median(times):.1f} ({max(times):.1f})"


def _print_tight(exam: Exam, count: int) -> None:
    profile = exam.profiles[-1]
    forms: list[Form] = []
    for number in range(count):
        bank = bank_of(profile, round(TIGHT * profile.items), TIGHT_ENEMIES, number)
        forms.append(assemble(outline(profile), bank, seed=f"{number}"))
    missing = [sum(form.missing(scored=scored) for form in forms) for scored in (True, False)]
    replaced = sum(form.replaced for form in forms)
    print(
        f"{exam.short:8}{profile.scored:8}{missing[0] / count:9.2f}"
        f"{profile.pretest:9}{missing[1] / count:9.2f}{replaced / count:10.2f}"
    )


if __name__ == "__main__":
    main()
