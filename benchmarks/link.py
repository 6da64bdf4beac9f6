"""How well municipalities are matched, and how fast, beside names alone.

    python -m benchmarks.link DATASETS [--json figures.json]

DATASETS holds the collected lists `eu-sister-cities` and `wikidata-p190-2016`. (a) Each distinct
municipality of the first, by name and country, against GeoNames; its coordinates are withheld from
the matcher, and then judge. (b) The same against Wikidata's, which has one name and no place: its
pairs are judged by hand (`benchmarks/judged.tsv`).
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
from rapidfuzz import fuzz, process

from twingraph.datasets import (
    ColumnMapping,
    Columns,
    read_edges,
    read_table_dataset,
    wikidata_source,
)
from twingraph.extract import spare_collector
from twingraph.facts import Source
from twingraph.geodesy import distance
from twingraph.link import Matcher, gazetteer
from twingraph.link.names import forms, plain
from twingraph.link.places import records_as_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twingraph.link import Place

_T = TypeVar("_T")
_NEAR: Final = 25.0  # kilometres
_AT_ONCE: Final = 100  # names compared with all others at once
_CUTOFFS: Final = range(70, 101, 2)
_SEED: Final = 2026
_DRAWN: Final = 200
_SLIPS: Final = 0.2
_JUDGED: Final = Path(__file__).with_name("judged.tsv")
COLUMNS: Final = Columns(
    city="origincityLabel",
    country="origincountry",
    lat="originlat",
    long="originlong",
    population="originpopulation",
    partner="sistercityLabel",
    partner_country="destination_countryLabel",
    partner_lat="destinationlat",
    partner_long="destinationlong",
    partner_population="destinationpopulation",
)


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


def read_eu(folder: Path) -> dict[str, Place]:
    """The municipalities of both tables of eu-sister-cities."""
    mapping = ColumnMapping(dataset=Source(id="eu", title="eu"), columns=COLUMNS, language="en")
    tables = [folder / "eu-sister-cities" / f"{name}.tsv" for name in ("sistercities", "germany")]
    header, *first = tables[0].read_text(encoding="utf-8").splitlines(keepends=True)
    _, *second = tables[1].read_text(encoding="utf-8").splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name) / "both.tsv"
        whole.write_text("".join([header, *first, *second]), encoding="utf-8")
        found = read_table_dataset(whole, mapping, whole)
    return records_as_places(found.municipalities, found.partnerships)


def read_wikidata(folder: Path) -> dict[str, Place]:
    """The municipalities of wikidata-p190-2016."""
    lists = folder / "wikidata-p190-2016"
    found = read_edges(lists / "relations.tsv", lists / "names.tsv", wikidata_source("wikidata"))
    return records_as_places(found.municipalities, found.partnerships)


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
    truth: Mapping[str, Place],
    found: Mapping[str, tuple[Place, float]],
    by_name: Mapping[str, list[Place]],
) -> tuple[float, Score]:
    """The threshold at which names alone do best (by F1), and how well."""
    scored = []
    for cutoff in _CUTOFFS:
        matches = {name: place for name, (place, score) in found.items() if score >= cutoff}
        scored.append((cutoff, judge(truth, matches, by_name)))
    return max(scored, key=lambda each: each[1].f1)


def measure_gazetteer(folder: Path) -> dict[str, float]:
    """Part (a)."""
    truth = read_eu(folder)
    others = gazetteer()
    blind = {name: replace(place, lat=None, long=None) for name, place in truth.items()}
    started = time.perf_counter()
    found = Matcher(others).match(blind)
    seconds = time.perf_counter() - started
    by_name = by_plain_name(others.values())
    matches = {name: each.other for name, each in found.items()}
    figures = _figures("geonames", judge(truth, matches, by_name))
    namesakes = {
        name: place for name, place in truth.items() if len(by_name.get(plain(place.label), ())) > 1
    }
    figures |= _figures("geonames.homonyms", judge(namesakes, matches, by_name))
    alone = match_by_name(blind, others)
    cutoff, score = best_by_name(truth, alone, by_name)
    figures |= _figures("geonames.names-alone", score)
    figures["geonames.names-alone.threshold"] = cutoff
    at_best = {name: place for name, (place, points) in alone.items() if points >= cutoff}
    homonyms = judge(namesakes, at_best, by_name)
    figures |= _figures("geonames.homonyms.names-alone", homonyms)
    figures["geonames.places"] = len(truth)
    figures["geonames.gazetteer"] = len(others)
    figures["geonames.seconds"] = seconds
    return figures


def measure_wikidata(folder: Path) -> dict[str, float]:
    """Part (b): precision on the rows that were judged by hand, drawn by a fixed seed."""
    ones, others = read_eu(folder), read_wikidata(folder)
    started = time.perf_counter()
    found = Matcher(others).match(ones)
    seconds = time.perf_counter() - started
    drawn = random.Random(_SEED).sample(sorted(found), _DRAWN)
    judged = read_judgements()
    pairs = [(name, found[name].other.id.rpartition("/")[2]) for name in drawn]
    verdicts = [judged.get(pair) for pair in pairs]
    right = {one: item for (one, item), verdict in judged.items() if verdict}
    alone = match_by_name({name: ones[name] for name in right}, others)
    same = sum(alone[name][0].id.rpartition("/")[2] == item for name, item in right.items())
    known = set().union(*(forms(place.label) for place in others.values()))
    there = sum(not known.isdisjoint(forms(place.label)) for place in ones.values())
    return {
        "wikidata.precision": sum(verdict is True for verdict in verdicts) / len(drawn),
        "wikidata.judged": sum(verdict is not None for verdict in verdicts),
        "wikidata.matched": len(found),
        "wikidata.matched-of-those-with-a-namesake": len(found) / there,
        "wikidata.names-alone.right-of-the-judged": same / len(right),
        "wikidata.seconds": seconds,
    }


def read_judgements() -> dict[tuple[str, str], bool]:
    """The pairs that were judged by hand: whether they are the same."""
    with _JUDGED.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {(row["municipality"], row["item"]): row["same"] == "yes" for row in rows}


def measure_speed(folder: Path) -> dict[str, float]:
    """The time for lists of several lengths, names alone known; and how it grows."""
    figures = {}
    others = gazetteer(15_000)
    ones = read_wikidata(folder)
    figures["speed.10055x34006.seconds"] = _seconds(ones, others)
    every = gazetteer()
    for size in (12_500, 25_000, 50_000):
        rng = random.Random(_SEED)
        names = rng.sample(sorted(every), 2 * size)
        left = {name: _slip(every[name], rng) for name in names[:size]}
        right = {name: every[name] for name in names[size // 2 : size // 2 + size]}
        figures[f"speed.{size}x{size}.seconds"] = _seconds(left, right)
    first, last = (figures[f"speed.{size}x{size}.seconds"] for size in (12_500, 50_000))
    linear = 4 * math.log(50_000) / math.log(12_500)
    figures["speed.growth-of-n-log-n"] = last / first / linear
    return figures


def _slip(place: Place, rng: random.Random) -> Place:
    """The place as another list has it: its label alone, one in five with a letter left out."""
    label = place.label
    if rng.random() < _SLIPS and len(label) > 1:
        at = rng.randrange(len(label))
        label = label[:at] + label[at + 1 :]
    return replace(place, label=label, names=(label,), lat=None, long=None, geonames=None)


def _seconds(ones: Mapping[str, Place], others: Mapping[str, Place]) -> float:
    plain.cache_clear()
    forms.cache_clear()
    started = time.perf_counter()
    Matcher(others).match(ones)
    return time.perf_counter() - started


def _figures(name: str, score: Score) -> dict[str, float]:
    return {
        f"{name}.precision": round(score.precision, 4),
        f"{name}.recall": round(score.recall, 4),
        f"{name}.right": score.right,
        f"{name}.wrong": score.wrong,
        f"{name}.missed": score.missed,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("datasets", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure by name")
    given = parser.parse_args()
    spare_collector()  # as the command does
    figures: dict[str, float] = {}
    for measure in (measure_gazetteer, measure_wikidata, measure_speed):
        found = measure(given.datasets)
        figures |= found
        for name, value in found.items():
            print(f"{name:50} {value:14,.4f}", flush=True)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
