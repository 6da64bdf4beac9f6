"""How well municipalities are matched, and how fast, beside names alone.

    python -m benchmarks.link DATASETS [--json figures.json]

DATASETS holds the collected lists `eu-sister-cities` and `wikidata-p190-2016`. (a) Each distinct
municipality of the first, by name and country, against GeoNames; its coordinates are withheld from
the matcher, and then judge. (b) The same against Wikidata's, which has one name and no place: its
pairs are judged by hand (`benchmarks/judged.tsv`). Names alone are rapidfuzz's best match, at the
threshold where it does best. The weights were set on (a); of its held-out half, the threshold was
set on the other. Of (b) nothing was set.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.judging import (
    Score,
    best_by_name,
    by_plain_name,
    item_of,
    judge,
    judge_by_hand,
    match_by_name,
    read_judgements,
)
from twingraph.datasets import (
    ColumnMapping,
    Columns,
    read_edges,
    read_table_dataset,
    wikidata_source,
)
from twingraph.extract import spare_collector
from twingraph.facts import Source
from twingraph.link import Matcher, gazetteer
from twingraph.link.candidates import find_matches
from twingraph.link.places import records_as_places
from twingraph.names import forms, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.link import Candidate, Place

_THRESHOLDS: Final = [n / 20 for n in range(2, 20)]
_SIZES: Final = (10_000, 20_000, 50_000)
_REPEATS: Final = 3  # of which the least counts: others use the machine too
_SEED: Final = 2026
_DRAWN: Final = 200
_SLIPS: Final = 0.2
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
    cutoff, at_best = best_by_name(
        match_by_name(blind, others), lambda found: judge(truth, found, by_name)
    )
    figures |= _figures("geonames.names-alone", judge(truth, at_best, by_name))
    figures["geonames.names-alone.threshold"] = cutoff
    figures |= _figures("geonames.homonyms.names-alone", judge(namesakes, at_best, by_name))
    figures["geonames.places"] = len(truth)
    figures["geonames.gazetteer"] = len(others)
    figures["geonames.seconds"] = seconds
    return figures | _held_out(truth, Matcher(others).candidates(blind), by_name)


def _held_out(
    truth: Mapping[str, Place],
    candidates: Mapping[str, list[Candidate[Place]]],
    by_name: Mapping[str, list[Place]],
) -> dict[str, float]:
    """The threshold that does best (by F1) on every second municipality, judged on the others."""
    halves = [{name: truth[name] for name in sorted(truth)[start::2]} for start in (0, 1)]

    def score(half: Mapping[str, Place], threshold: float) -> Score:
        found = find_matches({name: candidates[name] for name in half}, threshold)
        return judge(half, {name: each.other for name, each in found.items()}, by_name)

    best = max(_THRESHOLDS, key=lambda threshold: score(halves[0], threshold).f1)
    figures = _figures("geonames.held-out-half", score(halves[1], best))
    return figures | {"geonames.held-out-half.threshold": best}


def measure_wikidata(folder: Path) -> dict[str, float]:
    """Part (b): precision on the rows that were judged by hand, drawn by a fixed seed."""
    ones, others = read_eu(folder), read_wikidata(folder)
    started = time.perf_counter()
    found = Matcher(others).match(ones)
    seconds = time.perf_counter() - started
    drawn = random.Random(_SEED).sample(sorted(found), _DRAWN)
    judged = read_judgements()
    pairs = [(name, item_of(found[name].other)) for name in drawn]
    rows = {name: ones[name] for name in drawn}
    same_name = Counter(plain(place.label) for place in others.values())
    namesakes = {name: one for name, one in rows.items() if same_name[plain(one.label)] > 1}
    matches = {name: found[name].other for name in drawn}
    cutoff, at_best = best_by_name(
        match_by_name(rows, others), lambda some: judge_by_hand(rows, some, judged)
    )
    known = set().union(*(forms(place.label) for place in others.values()))
    there = sum(not known.isdisjoint(forms(place.label)) for place in ones.values())
    return {
        # Recall is none here: the rows are drawn from what was matched.
        **_without_recall("wikidata", judge_by_hand(rows, matches, judged)),
        **_without_recall("wikidata.homonyms", judge_by_hand(namesakes, matches, judged)),
        **_figures("wikidata.names-alone", judge_by_hand(rows, at_best, judged)),
        "wikidata.names-alone.threshold": cutoff,
        **_figures("wikidata.homonyms.names-alone", judge_by_hand(namesakes, at_best, judged)),
        "wikidata.judged": sum(pair in judged for pair in pairs),
        "wikidata.matched": len(found),
        "wikidata.matched-of-those-with-a-namesake": len(found) / there,
        "wikidata.seconds": seconds,
    }


def measure_speed(folder: Path) -> dict[str, float]:
    """The time for lists of several lengths, names alone known; and how it grows."""
    figures = {}
    others = gazetteer(15_000)
    ones = read_wikidata(folder)
    figures["speed.10055x34006.seconds"] = _seconds(ones, others)
    every = gazetteer()
    for size in _SIZES:
        rng = random.Random(_SEED)
        names = rng.sample(sorted(every), 2 * size)
        left = {name: _slip(every[name], rng) for name in names[:size]}
        right = {name: every[name] for name in names[size // 2 : size // 2 + size]}
        least = min(_seconds(left, right) for _ in range(_REPEATS))
        figures[f"speed.{size}x{size}.seconds"] = least
    first, last = (figures[f"speed.{size}x{size}.seconds"] for size in (_SIZES[0], _SIZES[-1]))
    n_log_n = [size * math.log(size) for size in (_SIZES[0], _SIZES[-1])]
    figures["speed.growth-of-n-log-n"] = last / first / (n_log_n[1] / n_log_n[0])
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


def _without_recall(name: str, score: Score) -> dict[str, float]:
    return {key: n for key, n in _figures(name, score).items() if not key.endswith(".recall")}


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
