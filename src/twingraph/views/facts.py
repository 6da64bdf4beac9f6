"""What the views are made of: the named institutions, their years, and who exchanged with whom."""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.views.sections import (
    pack_numbers,
    read_json,
    read_sections,
    unpack_numbers,
    write_sections,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from twingraph.reason.gather import Career
    from twingraph.views.sections import Sections

    # Dated activities, the first and the last certain year, the latest certain start.
    Years = tuple[int, int | None, int | None, int | None]
    Columns = tuple[array[int], array[int], array[int]]

_LINE: Final = "\n"  # no IRI has one
_PAIRS: Final = ("first", "second", "count")
_NAMELESS: Final = -1  # the place of an institution that no answer has, for want of a name


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the institutions that have a name and are dated or exchanged, by IRI.

    `labels` and `years` go with `iris`: the least text by language, and None without a dated
    activity. `pairs` are three columns: places in `iris`, the lesser one first, and in how many
    activities these exchanged.
    """

    iris: Sequence[str]
    labels: Sequence[Mapping[str, str]]
    years: Sequence[Years | None]
    pairs: Columns

    def languages(self) -> set[str]:
        """The languages in which any institution has a name."""
        return set().union(*self.labels)


def write_labels(path: Path, labels: Iterable[tuple[str, str, str]]) -> None:
    """Write IRIs with their label's text and language, as one part tells them."""
    write_sections(path, {"labels": json.dumps(list(labels)).encode()})


def write_shared(
    path: Path, careers: Mapping[str, Career], pairs: Sequence[tuple[str, str, int]]
) -> None:
    """Write what one bucket comes to: careers by IRI, and pairs of IRIs with their number."""
    iris = sorted({*careers, *(one for one, _, _ in pairs), *(other for _, other, _ in pairs)})
    place = {iri: number for number, iri in enumerate(iris)}
    years = [
        (place[iri], career.activities, career.first, career.last, career.last_started)
        for iri, career in careers.items()
    ]
    sections = {
        "iris": _LINE.join(iris).encode(),
        "years": json.dumps(sorted(years)).encode(),
        **_pack_pairs(
            (
                [place[one] for one, _, _ in pairs],
                [place[other] for _, other, _ in pairs],
                [number for _, _, number in pairs],
            )
        ),
    }
    write_sections(path, sections)


def _pack_pairs(columns: Iterable[Iterable[int]]) -> dict[str, bytes]:
    return {name: pack_numbers(column) for name, column in zip(_PAIRS, columns, strict=True)}


def gather_facts(labels: Iterable[Path], shared: Sequence[Path]) -> Facts:
    """The facts of a whole, from what its parts and its buckets have written."""
    years: dict[str, Years] = {}
    known: set[str] = set()
    for path in shared:
        sections = read_sections(path)
        iris = _read_iris(sections)
        known.update(iris)
        years |= {iris[at]: tuple(rest) for at, *rest in read_json(sections["years"])}
    names = _gather_labels(labels, known)
    iris = sorted(names)
    pairs = _gather_pairs({iri: number for number, iri in enumerate(iris)}, shared)
    return Facts(iris, [names[iri] for iri in iris], [years.get(iri) for iri in iris], pairs)


def _read_iris(sections: Sections) -> list[str]:
    content = str(sections["iris"], "utf-8")
    return content.split(_LINE) if content else []


def _gather_labels(paths: Iterable[Path], known: set[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        for iri, text, language in read_json(read_sections(path)["labels"]):
            if iri in known:
                label = found.setdefault(iri, {})
                label[language] = min(label.get(language, text), text)
    return found


def _gather_pairs(places: Mapping[str, int], shared: Iterable[Path]) -> Columns:
    """The pairs of which both have a name."""
    columns: Columns = (array("i"), array("i"), array("i"))
    for sections in map(read_sections, shared):
        here = [places.get(iri, _NAMELESS) for iri in _read_iris(sections)]
        first, second, count = _read_pairs(sections)
        found = (map(here.__getitem__, first), map(here.__getitem__, second), count)
        for column, numbers in zip(columns, _drop_nameless(found, here), strict=True):
            column.extend(numbers)
    return columns


def _drop_nameless(
    pairs: tuple[Iterable[int], Iterable[int], Iterable[int]], places: Iterable[int]
) -> Iterable[Iterable[int]]:
    if _NAMELESS not in places:
        return pairs
    named = [pair for pair in zip(*pairs, strict=True) if _NAMELESS not in pair[:2]]
    return zip(*named, strict=True) if named else ((), (), ())


def _read_pairs(sections: Sections) -> Columns:
    first, second, count = (unpack_numbers(sections[name]) for name in _PAIRS)
    return first, second, count


def write_facts(path: Path, facts: Facts) -> str:
    """Write the facts for languages that are asked for later; the SHA-256 comes back."""
    sections = {
        "iris": _LINE.join(facts.iris).encode(),
        "labels": json.dumps(facts.labels, sort_keys=True).encode(),
        "years": json.dumps(facts.years).encode(),
        **_pack_pairs(facts.pairs),
    }
    return write_sections(path, sections)


def read_facts(sections: Sections) -> Facts:
    """The facts that `write_facts` wrote."""
    labels, years = read_json(sections["labels"]), read_json(sections["years"])
    return Facts(_read_iris(sections), labels, years, _read_pairs(sections))
