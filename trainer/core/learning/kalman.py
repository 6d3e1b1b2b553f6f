"""The machine behind readiness: an extended Kalman filter over correlated abilities.

The state holds a global ability, one deviation per topic and one per subtopic; the ability in a
subtopic is the sum of its three. A covariance is kept as its lower triangle, row by row, so it
is symmetric by construction. Mutable and private to this folder: `readiness` is the face.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

EXTREME = 30.0  # logits between ability and difficulty; the chance is 0 or 1 to 13 digits there

Place = tuple[int, int, int]  # the global, topic and subtopic entries of one subtopic
Triangle = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Dynamics:
    """How abilities spread before practice and move with it; logits, and variances in logits².

    One answer goes the share `learning` of the way to `ceiling`; of what practice gave, the share
    `forgetting` is lost a day. Each `_noise` is the variance that an answer or a day adds.
    """

    global_spread: float
    topic_spread: float
    subtopic_spread: float
    learning: float
    ceiling: float
    forgetting: float
    subtopic_noise: float
    global_noise: float
    day_noise: float


def skill(ability: float, difficulty: float) -> float:
    """The chance to know the answer, σ(ability − difficulty)."""
    return 1 / (1 + exp(min(max(difficulty - ability, -EXTREME), EXTREME)))


class Filter:
    """Mean and covariance, moved by answers and days.

    `gained` is the part of each subtopic's mean that practice is supposed to have given.
    """

    def __init__(
        self,
        mean: Iterable[float],
        covariance: Triangle,
        gained: Iterable[float],
        dynamics: Dynamics,
    ) -> None:
        self.mean = list(mean)
        self.rows = [list(row) for row in covariance]
        self.gained = list(gained)
        self.dynamics = dynamics

    def ability(self, place: Place) -> float:
        """The mean ability in a subtopic."""
        return self.mean[place[0]] + self.mean[place[1]] + self.mean[place[2]]

    def reach(self, place: Place) -> list[float]:
        """The covariance of every entry with the ability in a subtopic."""
        columns = (self._column(entry) for entry in place)
        return [a + b + c for a, b, c in zip(*columns, strict=True)]

    def spread(self, place: Place) -> float:
        """The variance of the ability in a subtopic."""
        reach = self.reach(place)
        return reach[place[0]] + reach[place[1]] + reach[place[2]]

    def rest(self, days: float) -> None:
        """Time passes: practice fades and abilities become less certain."""
        fading = 1 - exp(-self.dynamics.forgetting * days)
        first = len(self.mean) - len(self.gained)
        for number, gained in enumerate(self.gained):
            entry, lost = first + number, gained * fading
            self.mean[entry] -= lost
            self.gained[number] = gained - lost
            self.rows[entry][entry] += self.dynamics.day_noise * days

    def see(self, place: Place, difficulty: float, guess: float, score: float) -> None:
        """One answer as evidence: the Kalman gain with the link linearised at the mean.

        P = c + (1 − c)·σ, dp = (1 − c)·σ(1 − σ), V = P(1 − P); r = (y − P)·dp / (V + dp²s²).
        """
        skilled = skill(self.ability(place), difficulty)
        probability = guess + (1 - guess) * skilled
        slope = (1 - guess) * skilled * (1 - skilled)
        reach = self.reach(place)
        spread = reach[place[0]] + reach[place[1]] + reach[place[2]]
        gain = slope / (probability * (1 - probability) + slope * slope * spread)
        step, shrinkage = gain * (score - probability), gain * slope
        self.mean = [mean + step * each for mean, each in zip(self.mean, reach, strict=True)]
        for entry, row in enumerate(self.rows):
            factor = shrinkage * reach[entry]
            self.rows[entry] = [old - factor * each for old, each in zip(row, reach, strict=False)]

    def learn(self, place: Place) -> None:
        """One answer as practice: the subtopic moves towards the ceiling and becomes less sure."""
        entry, gain = place[-1], self.next_gain(place)
        self.mean[entry] += gain
        self.gained[entry - len(self.mean)] += gain
        self.rows[entry][entry] += self.dynamics.subtopic_noise
        self.rows[0][0] += self.dynamics.global_noise

    def next_gain(self, place: Place) -> float:
        """What one more answer in a subtopic is supposed to teach."""
        room = self.dynamics.ceiling - self.ability(place)
        return self.dynamics.learning * max(0.0, room)

    def variance(self, weights: Sequence[float]) -> float:
        """Of a weighted sum of all entries: w′Σw."""
        total = 0.0
        for entry, row in enumerate(self.rows):
            below = sum(map(float.__mul__, row[:entry], weights))
            total += weights[entry] * (2 * below + row[entry] * weights[entry])
        return total

    def _column(self, entry: int) -> list[float]:
        return self.rows[entry] + [row[entry] for row in self.rows[entry + 1 :]]
