"""Records in volume: a continent's partnerships, made up, with the skew of real ones.

    python -m benchmarks.generate 100000 FOLDER [--seed 1] [--per-source 1000]

writes a folder for `twingraph build`: tables and activities as JSON Lines. The same number and
seed give the same bytes. A few cities, institutions and topics are busy and many are not; years
bunch after 1960 and 1990. Times come in the proportions counted on real pages (`TIMES`). Most
activities are told by lists without words, as imports are; one in fifty by a page that is quoted.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from twingraph.ontology import read_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_T = TypeVar("_T")
_Record = dict[str, Any]

# How many of 1,000 activities have a time of which kind: the counts of 101 activities that two
# readers found on 14 pages of cities; the last three are rarer there and rounded up.
TIMES: Final = {
    "undated": 475,
    "year": 244,
    "open": 90,
    "interval": 60,
    "month": 40,
    "day": 30,
    "decade": 20,
    "about": 20,
    "unknown start": 8,
    "set": 8,
    "unknown end": 5,
}
_AS_OF: Final = 2024
_PER_SOURCE: Final = 1000  # activities that a list and the page beside it tell
_ON_PAGES: Final = 50  # one activity in so many is told by a page
_COUNTRIES: Final = ("de", "fr", "gb", "it", "pl", "es", "nl", "at", "cz", "hu", "se", "jp", "us")
_RECURRENCES: Final = ("regular", "annual", "biennial", "quadrennial")
_WORDS: Final = (
    *("youth", "choir", "school", "city", "music", "sports", "summer", "harbour", "market"),
    *("energy", "river", "museum", "theatre", "health", "bridge", "garden", "history", "light"),
)


@dataclass(frozen=True)
class Sizes:
    """How many of each there are for a number of activities."""

    activities: int

    @property
    def municipalities(self) -> int:
        return max(8, self.activities // 50)

    @property
    def partnerships(self) -> int:
        return max(6, self.activities * 6 // 100)

    @property
    def institutions(self) -> int:
        return max(20, self.activities * 15 // 100)


class _Maker:
    """Makes records in a fixed order, so that a seed decides them all."""

    def __init__(self, sizes: Sizes, seed: int) -> None:
        self.sizes = sizes
        self._rng = random.Random(seed)
        vocabulary = read_vocabulary()
        self._kinds = sorted(vocabulary.kinds)
        self._forms = self._shuffled(vocabulary.forms)
        self._topics = self._shuffled(vocabulary.topics)
        self.municipalities = [
            f"{self._pick(_COUNTRIES)}/city-{number}" for number in range(sizes.municipalities)
        ]
        self.partners = list(islice(self._pairs(), sizes.partnerships))
        self._of_city: dict[int, list[str]] = {}
        for number in range(sizes.institutions):
            city = self._skewed(sizes.municipalities)
            self._of_city.setdefault(city, []).append(f"institution-{number}")

    def _shuffled(self, names: Iterable[str]) -> list[str]:
        return self._rng.sample(found := sorted(names), len(found))

    def _pick(self, of: Sequence[_T]) -> _T:
        return of[self._skewed(len(of))]

    def _skewed(self, count: int) -> int:
        """A number below `count`: the tenth part of them comes in four cases of ten."""
        return int(count * self._rng.random() ** 2.5)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of cities, each once: a busy city has many partners."""
        seen: set[tuple[int, int]] = set()
        while True:
            one, other = sorted(self._skewed(self.sizes.municipalities) for _ in range(2))
            if one == other or (one, other) in seen:
                other = self._rng.randrange(self.sizes.municipalities)
                one, other = min(one, other), max(one, other)
            if one != other and (one, other) not in seen:
                seen.add((one, other))
                yield one, other

    def _name(self) -> str:
        return " ".join(self._rng.choice(_WORDS) for _ in range(3))

    def municipality_records(self) -> Iterator[_Record]:
        for number, identifier in enumerate(self.municipalities):
            yield {
                "id": identifier,
                "label": {"en": f"City {number}", "de": f"Stadt {number}"},
                "country": identifier[:2],
                "lat": round(self._rng.uniform(35, 60), 4),
                "long": round(self._rng.uniform(-10, 30), 4),
            }

    def institution_records(self) -> Iterator[_Record]:
        for city, institutions in sorted(self._of_city.items()):
            for identifier in institutions:
                yield {
                    "id": identifier,
                    "label": {"en": f"{self._name()} {identifier[12:]}".capitalize()},
                    "kind": self._pick(self._kinds),
                    "based_in": self.municipalities[city],
                }

    def partnership_records(self) -> Iterator[_Record]:
        for number, pair in enumerate(self.partners):
            yield {
                "id": f"partnership-{number}",
                "municipalities": [self.municipalities[city] for city in pair],
                "kind": "twinning" if self._rng.random() < 0.8 else "friendship",
            }

    def activity(self, number: int) -> _Record:
        """An activity, its id qualified by its partnership."""
        rng = self._rng
        home = self._skewed(len(self.partners))
        one, other = self.partners[home]
        record: _Record = {
            "id": f"partnership-{home}/activity-{number}",
            "label": {
                "en": f"{self._name()} {number}".capitalize(),
                "de": f"Begegnung {self._name()} {number}",
            },
            "form": self._pick(self._forms),
            "topics": sorted(
                {self._pick(self._topics) for _ in range(rng.choice((1, 1, 1, 2, 3)))}
            ),
            "held_in": [self.municipalities[city] for city in (one, other) if rng.random() < 0.4],
        }
        here, there = self._of_city.get(one, []), self._of_city.get(other, [])
        record |= self._parts([*here, *there][:200], here, there)
        if (time := self._time()) is not None:
            record["years"] = time
        if rng.random() < 0.2:
            record["recurrence"] = self._pick(_RECURRENCES)
        return {key: value for key, value in record.items() if value != []}

    def _parts(self, around: list[str], here: list[str], there: list[str]) -> dict[str, list[str]]:
        """Who took part: mostly one of each city, sometimes none that is known."""
        if not around or self._rng.random() < 0.15:
            return {}
        free = dict.fromkeys(self._pick(group) for group in (here, there, around) if group)
        parts: dict[str, list[str]] = {"organizers": [], "participants": [], "hosts": []}
        for role, institution in zip(("organizers", "participants", "hosts"), free, strict=False):
            parts[role].append(institution)
        if self._rng.random() < 0.1:
            parts["supporters"] = [self._pick(around)]
        return parts

    def _year(self) -> int:
        """A year: many after 1960, when twinnings began, and more after 1990."""
        start, spread = self._rng.choice(
            ((1946, 20), (1960, 25), (1960, 25), (1990, 32), (1990, 32))
        )
        return min(_AS_OF, start + int(spread * self._rng.random() ** 1.3))

    def _time(self) -> str | None:
        rng, year = self._rng, self._year()
        kind = rng.choices(list(TIMES), cum_weights=list(accumulate(TIMES.values())))[0]
        months: dict[str, Callable[[], str | None]] = {
            "undated": lambda: None,
            "year": lambda: f"{year}",
            "open": lambda: f"{year}/..",
            "interval": lambda: f"{year}/{min(_AS_OF, year + rng.randint(1, 9))}",
            "month": lambda: f"{year}-{rng.randint(1, 12):02}",
            "day": lambda: f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            "decade": lambda: f"{year // 10}X",
            "about": lambda: f"{year}~",
            "unknown start": lambda: f"../{year}",
            "set": lambda: f"{{{year},{year + 4},{year + 8}}}",
            "unknown end": lambda: f"{year}/",
        }
        return months[kind]()


def _write_lines(path: Path, records: Iterable[_Record]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def _write_source(folder: Path, title: str) -> None:
    folder.mkdir(parents=True)
    lines = (
        f"id: {folder.name}",
        f"title: {title}",
        f"url: https://example.org/{folder.name}",
        "publisher: Example",
        "language: en",
        f"as_of: {_AS_OF}",
        "as_of_reason: the year of its edition",
    )
    (folder / "source.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _retold(record: _Record) -> _Record:
    """The activity as another source tells it, a year later."""
    year = record.get("years", "")
    return record | ({"years": f"{int(year) + 1}"} if year.isdecimal() else {})


def _write_list(folder: Path, records: list[_Record], retold: list[_Record]) -> None:
    _write_source(folder, f"List {folder.name}")
    _write_lines(folder / "activities.jsonl", [*records, *map(_retold, retold)])


def _write_page(folder: Path, records: list[_Record]) -> None:
    _write_source(folder, f"Page {folder.name}")
    quotes = [f"{record['label']['en']} was held by both cities." for record in records]
    (folder / "page.txt").write_text("\n".join(quotes) + "\n", encoding="utf-8")
    told = [record | {"quote": [quote]} for record, quote in zip(records, quotes, strict=True)]
    _write_lines(folder / "activities.jsonl", told)


def generate(activities: int, folder: Path, seed: int = 1, per_source: int = _PER_SOURCE) -> None:
    """Write a folder of records with that many activities, `per_source` of them in each list.

    :raises FileExistsError: if there is something at `folder`.
    """
    folder.mkdir(parents=True)
    maker = _Maker(Sizes(activities), seed)
    _write_lines(folder / "municipalities.jsonl", maker.municipality_records())
    _write_lines(folder / "institutions.jsonl", maker.institution_records())
    _write_lines(folder / "partnerships.jsonl", maker.partnership_records())
    sources = folder / "sources"
    retold: list[_Record] = []
    number = 0
    for source in range(-(-activities // per_source)):
        told = [maker.activity(n) for n in range(number, min(number + per_source, activities))]
        number += len(told)
        on_pages = told[::_ON_PAGES]
        in_list = [record for i, record in enumerate(told) if i % _ON_PAGES]
        _write_page(sources / f"page-{source:05}", on_pages)
        _write_list(sources / f"list-{source:05}", in_list, retold)
        retold = in_list[5:10]  # the next list tells some once more


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a folder of made-up records.")
    parser.add_argument("activities", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--per-source", type=int, default=_PER_SOURCE, help="activities that a list tells"
    )
    given = parser.parse_args()
    generate(given.activities, given.folder, given.seed, given.per_source)


if __name__ == "__main__":
    main()
