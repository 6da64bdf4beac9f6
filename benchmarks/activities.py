"""Expected and drafted activities -> counts and errors, of activities and of their values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.counts import NOTHING, Counts, Outcome
from benchmarks.matching import best_pairs
from benchmarks.scoring import left_over, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.matching import Ranks

    Relatives = Mapping[str, frozenset[str]]  # of a topic: all broader and all narrower ones

_ACTIVITY: Final = "Activity"


@dataclass(frozen=True, slots=True)
class Row:
    """An activity of the gold: alternatives of each value; `is_required` if both readers saw it."""

    slug: str
    line: int
    label: str
    is_required: bool = True
    forms: tuple[str, ...] = (_ACTIVITY,)
    dates: tuple[str, ...] = ("",)
    recurrences: tuple[str, ...] = ("",)
    topics: tuple[frozenset[str], ...] = (frozenset(),)


@dataclass(frozen=True, slots=True)
class Draft:
    """An activity that was found; "" where it has no date or recurrence."""

    slug: str
    line: int
    label: str
    form: str = _ACTIVITY
    date: str = ""
    recurrence: str = ""
    topics: frozenset[str] = frozenset()


_Pairs = list[tuple[Row, Draft]]


def score_activities(
    rows: Sequence[Row], drafts: Sequence[Draft], relatives: Relatives
) -> list[Outcome]:
    """Activities by line, and of those that were found: forms, topics, dates and recurrence.

    On a line as many as possible are paired, then as many as possible of one form, then of one
    date. A row that only one reader saw takes a draft and counts for nothing.
    """
    activities = Outcome("activities")
    matched: _Pairs = []
    for place, wanted, found in lines_of(rows, drafts):
        pairs = best_pairs([[_rank(row, draft) for draft in found] for row in wanted])
        missed = [row for row in left_over(wanted, [i for i, _ in pairs]) if row.is_required]
        wrong = left_over(found, [j for _, j in pairs])
        both = [(wanted[i], found[j]) for i, j in pairs if wanted[i].is_required]
        activities.add(place, Counts(len(both), len(wrong), len(both), len(missed)))
        for row in missed:
            activities.blame(place, repr(row.label), "")
        for draft in wrong:
            activities.blame(place, "", repr(draft.label))
        matched += both
    return [
        activities,
        _score_value("forms", matched, lambda row: row.forms, lambda draft: draft.form),
        _score_topics(matched, relatives),
        _score_value("activity_dates", matched, lambda row: row.dates, lambda draft: draft.date),
        _score_value(
            "activity_recurrence",
            matched,
            lambda row: row.recurrences,
            lambda draft: draft.recurrence,
        ),
    ]


def _rank(row: Row, draft: Draft) -> Ranks:
    return 1, int(draft.form in row.forms), int(draft.date in row.dates), int(row.is_required)


def _score_value(
    kind: str,
    pairs: _Pairs,
    expected: Callable[[Row], Sequence[str]],
    found: Callable[[Draft], str],
) -> Outcome:
    """A wrong value is wrong and leaves the right one missed; "" counts only where it is wrong."""
    outcome = Outcome(kind)
    for row, draft in pairs:
        place, values, value = (row.slug, row.line), expected(row), found(draft)
        right = int(value in values and value != "")
        wrong = int(value not in values and value != "")
        missed = int(value not in values and "" not in values)
        outcome.add(place, Counts(right, wrong, right, missed))
        if wrong or missed:
            wanted = " | ".join(each or NOTHING for each in values)
            outcome.blame(place, f"{wanted} ({row.label!r})", value)
    return outcome


def _score_topics(pairs: _Pairs, relatives: Relatives) -> Outcome:
    """Sets, against the alternative that fits best; a broader or narrower topic is right too."""
    outcome = Outcome("topics")
    for row, draft in pairs:
        place = (row.slug, row.line)
        counts = max(
            (_compare(topics, draft.topics, relatives) for topics in row.topics),
            key=lambda each: each.right + each.found - each.wrong - each.missed,
        )
        outcome.add(place, counts)
        if counts.wrong or counts.missed:
            wanted = " | ".join(map(_shown, row.topics))
            outcome.blame(place, f"{wanted} ({row.label!r})", _shown(draft.topics))
    return outcome


def _compare(expected: frozenset[str], found: frozenset[str], relatives: Relatives) -> Counts:
    right = [topic for topic in found if expected & _near(topic, relatives)]
    met = [topic for topic in expected if found & _near(topic, relatives)]
    return Counts(
        right=len(right),
        wrong=len(found) - len(right),
        found=len(met),
        missed=len(expected) - len(met),
        partial=sum(topic not in expected for topic in right),
    )


def _near(topic: str, relatives: Relatives) -> frozenset[str]:
    return relatives.get(topic, frozenset()) | {topic}


def _shown(topics: frozenset[str]) -> str:
    return "; ".join(sorted(topics)) or NOTHING
