"""Whether matches of municipalities are right, by place or by hand; and what names alone match."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
from rapidfuzz import fuzz, process

from twingraph.geodesy import distance
from twingraph.names import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from twingraph.link import Place

_T = TypeVar("_T")
_NEAR: Final = 25.0  # kilometres
_AT_ONCE: Final = 100  # names compared with all others at once
_CUTOFFS: Final = range(70, 101, 2)
_JUDGED: Final = Path(__file__).with_name("judged.tsv")


@dataclass(slots=True)
class Score:
    """How many were found, rightly, and how many there were to find."""

    right: int = 0
    wrong: int = 0
    wrong_of_known: int = 0  # wrong, though the right one was there
    missed: int = 0  # there to be found, and no match given

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.wrong_of_known + self.missed) or 1)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)


def is_near(one: Place, other: Place) -> bool:
    """Whether two places are near enough to be one."""
    places = (one.lat, one.long, other.lat, other.long)
    lat, long, other_lat, other_long = (value for value in places if value is not None)
    return distance(lat, long, other_lat, other_long) <= _NEAR


def judge(
    truth: Mapping[str, Place], found: Mapping[str, Place], others: Mapping[str, list[Place]]
) -> Score:
    """Judge matches by the coordinates; `others` are the gazetteer's places by plain name."""
    score = Score()
    for name, place in truth.items():
        if place.lat is None:
            continue
        match = found.get(name)
        there = {
            each.id
            for text in place.names
            for each in others.get(plain(text), ())
            if is_near(place, each)
        }
        if match is not None and is_near(place, match):
            score.right += 1
        elif match is not None:
            score.wrong += 1
            score.wrong_of_known += bool(there)
        elif there:
            score.missed += 1
    return score


def by_plain_name(places: Iterable[Place]) -> dict[str, list[Place]]:
    """Places by each plain form of their names."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        for name in dict.fromkeys(map(plain, place.names)):
            found[name].append(place)
    return found


def match_by_name(
    ones: Mapping[str, Place], others: Mapping[str, Place]
) -> dict[str, tuple[Place, float]]:
    """What names alone give: rapidfuzz's best match of the label, and its score up to 100.

    Of namesakes the largest.
    """
    largest = sorted(others.values(), key=lambda each: -(each.population or 0))
    by_label = {plain(place.label): place for place in reversed(largest)}
    labels, places = list(by_label), list(by_label.values())
    found = {}
    for some in batched(ones.items(), _AT_ONCE):
        asked = [plain(place.label) for _, place in some]
        scores = process.cdist(asked, labels, scorer=fuzz.ratio, dtype=np.uint8, workers=1)
        for (name, _), best, row in zip(some, scores.argmax(axis=1), scores, strict=True):
            found[name] = places[best], float(row[best])
    return found


def batched(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """The items in lists of so many."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def best_by_name(
    found: Mapping[str, tuple[Place, float]], judge_matches: Callable[[Mapping[str, Place]], Score]
) -> tuple[float, dict[str, Place]]:
    """The threshold at which names alone do best (by F1), and what they match there."""
    scored = []
    for cutoff in _CUTOFFS:
        matches = {name: place for name, (place, score) in found.items() if score >= cutoff}
        scored.append((judge_matches(matches).f1, cutoff, matches))
    _, cutoff, matches = max(scored, key=lambda each: each[0])
    return cutoff, matches


def judge_by_hand(
    rows: Iterable[str],
    matches: Mapping[str, Place],
    judged: Mapping[tuple[str, str], bool],
) -> Score:
    """Judge matches by the pairs that were judged: another item than the right one is wrong.

    What was judged wrong, and has no other judgement, has no right one that is known.
    """
    right = {name: item for (name, item), is_same in judged.items() if is_same}
    score = Score()
    for name in rows:
        if name not in matches:
            score.missed += name in right
        elif (item := item_of(matches[name])) == right.get(name):
            score.right += 1
        elif name in right or (name, item) in judged:
            score.wrong += 1
            score.wrong_of_known += name in right
    return score


def item_of(place: Place) -> str:
    return place.id.rpartition("/")[2]


def read_judgements() -> dict[tuple[str, str], bool]:
    """The pairs that were judged by hand: whether they are the same."""
    with _JUDGED.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {(row["municipality"], row["item"]): row["same"] == "yes" for row in rows}
