"""How fast and how well names are reconciled, beside rapidfuzz over all names.

    python -m benchmarks.reconcile DATASETS [--json figures.json]

DATASETS holds the collected lists `eu-sister-cities` and `wikidata-p190-2016`; they are imported
beside the example and built. Names are asked with slips, drawn by a fixed seed: those of a list's
own municipalities, and those of cities of GeoNames that the list does not have in the country.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from benchmarks.link import COLUMNS
from twingraph import build_folder, open_build
from twingraph.datasets import (
    ColumnMapping,
    read_edges,
    read_table_dataset,
    wikidata_source,
    write_dataset,
)
from twingraph.facts import Source
from twingraph.link import gazetteer
from twingraph.names import plain
from twingraph.reconcile import Service
from twingraph.reconcile.comparing import Comparer
from twingraph.reconcile.entities import MUNICIPALITY, read_entities
from twingraph.reconcile.match import MATCH_NAME, MATCH_NAME_ALONE, Matcher, is_match
from twingraph.reconcile.requests import Constraint, Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twingraph.reconcile.entities import Entities
    from twingraph.store import Build

_SEED: Final = 2026
_BATCH: Final = 1_000
_NAIVE: Final = 50  # queries that are enough to time rapidfuzz alone
_ASKED: Final = 2_000
_TABLES: Final = {"eu-sisters": "sistercities.tsv", "germany": "germany.tsv"}
_LIST: Final = "eu-sisters"
_LEAST: Final = (None, 0.80, MATCH_NAME, 0.88, MATCH_NAME_ALONE, 0.96)  # None: as it is shipped
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_DATA: Final = Path(__file__).parents[1] / "data"


def build_lists(datasets: Path, folder: Path) -> Path:
    """A build of the example and the imported lists."""
    data = folder / "data"
    shutil.copytree(_DATA, data)
    lists = datasets / "wikidata-p190-2016"
    source = wikidata_source("wikidata", "2016")
    write_dataset(read_edges(lists / "relations.tsv", lists / "names.tsv", source), data)
    for name, table in _TABLES.items():
        mapping = ColumnMapping(dataset=Source(id=name, title=name), columns=COLUMNS, language="en")
        path = datasets / "eu-sister-cities" / table
        write_dataset(read_table_dataset(path, mapping, path), data)
    build_folder(data, folder / "build")
    return folder / "build"


def misspell(name: str, rng: random.Random) -> str:
    """The name with one letter left out, put in, replaced, or changed with the next."""
    at = rng.randrange(len(name))
    letter = rng.choice(_LETTERS)
    following = name[at + 1 : at + 2]
    return rng.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + following + name[at] + name[at + 2 :],
        )
    )


def queries_of(names: list[tuple[str, str]], properties: Sequence[str]) -> Iterator[Query]:
    """Each name, every other one with a slip, asked in the list with its country or without."""
    rng = random.Random(_SEED)
    for name, country in names:
        text = misspell(name, rng) if rng.random() < 1 / 2 else name
        asked = [Constraint("dataset", _LIST)]
        asked += [Constraint(each, country) for each in properties]
        yield Query(query=text, type=MUNICIPALITY, properties=asked)


def measure_quality(entities: Entities, properties: Sequence[str]) -> dict[str, float]:
    """What is matched of names that are there and of names that are not, by the least similarity.

    Precision is the share of matches that are right, of both; recall of those that are there.
    """
    rng = random.Random(_SEED)
    own = [each for each in entities.by_id.values() if each.dataset == _LIST]
    there = [each for each in rng.sample(own, _ASKED) if each.values.get("country")]
    known = {
        (plain(name.text), str(each.values.get("country", ("",))[0]).lower())
        for each in own
        for name in each.names
    }
    countries = {country for _, country in known}
    absent = [
        (place.label, place.country or "")
        for place in gazetteer(15_000).values()
        if place.country in countries
        and all((plain(name), place.country) not in known for name in place.names)
    ]
    matcher = Matcher(entities)
    comparer = Comparer(entities, matcher.index)
    asked = [(each.name, str(each.values["country"][0])) for each in there]
    found = [matcher.find(each, comparer) for each in queries_of(asked, properties)]
    strange = [
        matcher.find(each, comparer) for each in queries_of(rng.sample(absent, _ASKED), properties)
    ]
    figures: dict[str, float] = {"asked": len(found), "absent": len(strange)}
    for least in _LEAST:
        matched = [(one, each[0].entity) for one, each in zip(there, found, strict=True)
                   if is_match(each, least)]  # fmt: skip
        right = sum(one is other for one, other in matched)
        false = sum(is_match(each, least) for each in strange)
        limit = "shipped" if least is None else f"{least:.2f}"
        figures[f"{limit}.recall"] = right / len(there)
        figures[f"{limit}.precision"] = right / (len(matched) + false)
        figures[f"{limit}.matched-of-the-absent"] = false / len(strange)
    first = sum(
        bool(each) and each[0].entity is one for one, each in zip(there, found, strict=True)
    )
    figures["first-candidate"] = first / len(there)
    return {f"{'-'.join(('name', *properties))}.{key}": value for key, value in figures.items()}


def measure_speed(build: Build) -> dict[str, float]:
    """The time of a batch, and how many times longer rapidfuzz takes over all names."""
    started = time.perf_counter()
    service = Service(build, "http://127.0.0.1/reconcile")
    seconds = time.perf_counter() - started
    entities = read_entities(build)
    rng = random.Random(_SEED)
    names = [each.name for each in entities.by_id.values()]
    texts = [misspell(name, rng) for name in rng.sample(names, _BATCH)]
    plainly = {f"q{i}": {"query": text, "limit": 5} for i, text in enumerate(texts)}
    city, year = {"pid": "city", "v": "Heidelberg"}, {"pid": "year", "v": 1999}
    country = {"pid": "country", "v": "Germany"}
    scored = {
        key: {**each, "type": MUNICIPALITY, "type_strict": "should",
              "properties": [city, year, country]}
        for key, each in plainly.items()
    }  # fmt: skip
    nameless = {key: {"properties": [country]} for key in plainly}
    figures = {"index.seconds": seconds, "index.entities": float(len(names))}
    for name, batch in (
        ("batch", plainly),
        ("batch-with-properties", scored),
        ("batch-without-names", nameless),
    ):
        text = json.dumps(batch)
        started = time.perf_counter()
        answer = service.answer("POST", "", {"queries": text})
        figures[f"{name}.seconds"] = time.perf_counter() - started
        assert answer.status == 200
    every = list(dict.fromkeys(plain(n.text) for e in entities.by_id.values() for n in e.names))
    started = time.perf_counter()
    for text in texts[:_NAIVE]:
        process.extract(plain(text), every, scorer=fuzz.ratio, limit=5)
    naive = (time.perf_counter() - started) * _BATCH / _NAIVE
    figures["names-alone.seconds"] = naive
    figures["names-alone.times-slower"] = naive / figures["batch.seconds"]
    return figures


def measure_memory(build: Build) -> dict[str, float]:
    """What a service holds in memory, in megabytes."""
    tracemalloc.start()
    service = Service(build, "http://127.0.0.1/reconcile")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del service
    return {"index.megabytes": held / 1e6}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("datasets", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure by name")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = build_lists(given.datasets, Path(folder))
        with open_build(path) as build:
            figures = measure_speed(build) | measure_memory(build)
            entities = read_entities(build)
            figures |= measure_quality(entities, ("country",)) | measure_quality(entities, ())
    for name, value in figures.items():
        print(f"{name:50} {value:14,.4f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
