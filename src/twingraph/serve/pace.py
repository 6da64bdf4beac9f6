"""How long jobs take, as a rule: quick ones are given to a worker several at once."""

from __future__ import annotations

from typing import Final

_QUICK: Final = 0.002  # seconds; jobs that take longer, as a rule, are given one by one
_WEIGHT: Final = 0.05  # of the latest job in what is usual


class Pace:
    """What is learnt of the jobs that are done.

    >>> pace = Pace()
    >>> pace.learn_slow()
    >>> pace.is_quick
    False
    """

    def __init__(self) -> None:
        self._usual = 0.0  # seconds that a job takes, of late

    @property
    def is_quick(self) -> bool:
        """Whether jobs are done at once, as a rule."""
        return self._usual < _QUICK

    def learn(self, seconds: float) -> None:
        """Learn how long a job took."""
        self._usual += _WEIGHT * (seconds - self._usual)

    def learn_slow(self) -> None:
        """Learn that a job keeps others waiting."""
        self._usual = max(self._usual, _QUICK * 2)
