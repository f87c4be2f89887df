"""How long something took some people: the middle, nine in ten, and from what to what; pure."""

from collections.abc import Sequence
from math import ceil, floor

import msgspec

Sample = tuple[float, int]
"""Minutes, and how many people took about so long."""

ROUND = 5
"""Minutes to which shortest and longest are rounded outward where they must not be one person's."""


class Took(msgspec.Struct, frozen=True, kw_only=True):
    """How long something took `people` people, in minutes."""

    people: int
    mean_minutes: float
    """To a tenth, as the median."""
    median_minutes: float
    p90_minutes: int
    """Nine in ten took at most so long: nearest rank, whole minutes rounded up."""
    least_minutes: int
    most_minutes: int
    """The shortest and the longest, rounded outward."""


def took(samples: Sequence[Sample], fewest: int = 1) -> Took | None:
    """Sum up; None for fewer than `fewest` people, of whom nobody is to be recognised."""
    people = sum(n for _, n in samples)
    if not people or people < fewest:
        return None
    in_order = sorted(samples)

    def at(rank: int) -> float:
        passed = 0
        for minutes, n in in_order:
            passed += n
            if passed >= rank:
                return minutes
        return in_order[-1][0]

    step = ROUND if fewest > 1 else 1
    mean = sum(minutes * n for minutes, n in samples) / people
    return Took(
        people=people,
        mean_minutes=round(mean, 1),
        median_minutes=round((at((people + 1) // 2) + at(people // 2 + 1)) / 2, 1),
        p90_minutes=ceil(at(ceil(0.9 * people))),
        least_minutes=floor(in_order[0][0] / step) * step,
        most_minutes=ceil(in_order[-1][0] / step) * step,
    )
