"""Gold and predictions -> counts and errors. Plain values go in; no page is read here.

Values of the gold are tuples of alternatives, any of which is right; "" among them says that
nothing is right too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeVar

from benchmarks.counts import Counts, Outcome
from benchmarks.matching import best_pairs
from benchmarks.names import NO, PARTIAL, SAME, Grade, grade_names, is_city_or_office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from benchmarks.matching import Ranks

# What must be found; what is right when found; what is neither right nor wrong when found.
Duty = Literal["required", "optional", "ignored"]
Place = tuple[str, int]
_Item = TypeVar("_Item")
_Named = TypeVar("_Named", "Expected", "Mention")
_Left = TypeVar("_Left", bound="Placed")
_Right = TypeVar("_Right", bound="Placed")

_MONTHS: Final = re.compile(r"([0-9]{4}-[0-9]{2}/[0-9]{4}-[0-9]{2})[~?%]")
_YEAR: Final = re.compile(r"(?:^|(?<=[/\[{,]))[0-9X]{4}")


class Placed(Protocol):
    """What stands on a line of a page."""

    @property
    def slug(self) -> str:
        """The page."""

    @property
    def line(self) -> int:
        """The line, from 1."""


@dataclass(frozen=True, slots=True)
class Expected:
    """An entry of the gold on a line: any of `values` is right; `words` are those of the page."""

    slug: str
    line: int
    values: tuple[str, ...]
    duty: Duty = "required"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """What was found on a line."""

    slug: str
    line: int
    value: str
    words: str = ""


def plain_date(edtf: str) -> str:
    """A date without a qualifier at the end of an interval of months.

    >>> plain_date("1993-12/1994-02~"), plain_date("1960~/1964~")
    ('1993-12/1994-02', '1960~/1964~')
    """
    match = _MONTHS.fullmatch(edtf)
    return match[1] if match else edtf


def score_dates(expected: Sequence[Expected], found: Sequence[Mention]) -> Outcome:
    """Each mention counts: line and EDTF."""
    return _score("dates", expected, found, _equal)


def score_recurrence(expected: Sequence[Expected], found: Sequence[Mention]) -> Outcome:
    """Each mention counts: line and recurrence."""
    return _score("recurrence", expected, found, _equal)


def score_date_years(expected: Sequence[Expected], found: Sequence[Mention]) -> Outcome:
    """The years that a line's dates name, each once: what a tool without intervals can say too."""
    wanted: dict[tuple[str, int, str], Duty] = {}
    for entry in expected:
        readings = [set(_YEAR.findall(value)) for value in entry.values]
        always = set.intersection(*readings) if entry.duty == "required" else set()
        for year in sorted(set.union(*readings)):
            key = (entry.slug, entry.line, year)
            if year in always or key not in wanted:
                wanted[key] = "required" if year in always else "optional"
    years = {(each.slug, each.line, year) for each in found for year in _YEAR.findall(each.value)}
    return _score(
        "date_years",
        [Expected(slug, line, (year,), duty) for (slug, line, year), duty in wanted.items()],
        [Mention(*each) for each in sorted(years)],
        _equal,
    )


def score_institutions(expected: Sequence[Expected], found: Sequence[Mention]) -> Outcome:
    """Each name counts once a line; a city's or office's name that is not expected does not."""
    entries = _distinct(sorted(expected, key=lambda each: each.duty != "required"))
    return _score(
        "institutions", list(entries), list(_distinct(found)), grade_names, is_city_or_office
    )


def _distinct(named: Iterable[_Named]) -> Iterator[_Named]:
    """Each but those that name on a line what one before it names."""
    seen: dict[Place, list[str]] = defaultdict(list)
    for each in named:
        names = each.values if isinstance(each, Expected) else (each.value,)
        others = seen[each.slug, each.line]
        if not any(grade_names(name, other) == SAME for name in names for other in others):
            yield each
        others += names


def _score(
    kind: str,
    expected: Sequence[Expected],
    found: Sequence[Mention],
    grade: Callable[[str, str], Grade],
    is_neutral: Callable[[str], bool] = lambda _: False,
) -> Outcome:
    outcome = Outcome(kind)
    for place, entries, mentions in lines_of(expected, found):
        grades = [
            [max(grade(value, each.value) for value in entry.values) for each in mentions]
            for entry in entries
        ]
        ranks: list[list[Ranks | None]] = [
            [
                (int(entry.duty == "required"), int(worth == SAME), 1) if worth else None
                for worth in row
            ]
            for entry, row in zip(entries, grades, strict=True)
        ]
        pairs = best_pairs(ranks)
        hits = [grades[i][j] for i, j in pairs if entries[i].duty != "ignored"]
        missed = [e for e in left_over(entries, [i for i, _ in pairs]) if e.duty == "required"]
        wrong = [m for m in left_over(mentions, [j for _, j in pairs]) if not is_neutral(m.value)]
        outcome.add(
            place, Counts(len(hits), len(wrong), len(hits), len(missed), hits.count(PARTIAL))
        )
        for entry, mention in zip_longest(missed, wrong):
            outcome.blame(
                place,
                _shown(" | ".join(entry.values), entry.words) if entry else "",
                _shown(mention.value, mention.words) if mention else "",
            )
    return outcome


def _equal(expected: str, found: str) -> Grade:
    return SAME if expected == found else NO


def _shown(value: str, words: str) -> str:
    return f"{value} ({words!r})" if words and words != value else value


def lines_of(
    expected: Iterable[_Left], found: Iterable[_Right]
) -> Iterator[tuple[Place, list[_Left], list[_Right]]]:
    """What is expected and what was found, line by line."""
    left, right = _by_line(expected), _by_line(found)
    for place in sorted({*left, *right}):
        yield place, left.get(place, []), right.get(place, [])


def _by_line(items: Iterable[_Left]) -> dict[Place, list[_Left]]:
    groups: dict[Place, list[_Left]] = defaultdict(list)
    for item in items:
        groups[item.slug, item.line].append(item)
    return groups


def left_over(items: Sequence[_Item], taken: Iterable[int]) -> list[_Item]:
    """The items but those of these numbers."""
    used = set(taken)
    return [item for number, item in enumerate(items) if number not in used]
