"""Candidates -> a file of mappings for a person to review; what was decided stays as it is."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.errors import FileError, RecordErrors
from twingraph.facts import Mapping
from twingraph.files import write_whole
from twingraph.link.matching import THRESHOLD, Matcher
from twingraph.link.places import gazetteer, places_of
from twingraph.ontology import read_vocabulary
from twingraph.records import SUFFIX, open_folder
from twingraph.vocab import GEONAMES, Minter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from twingraph.link.matching import Candidate
    from twingraph.link.places import Place
    from twingraph.records import Decided, Folder

GAZETTEER: Final = "geonames"
_COLUMNS: Final = Mapping.__struct_fields__
_JUSTIFICATION: Final = "semapv:CompositeMatching"
_FORMULA: Final = "=+-@\t "


@dataclass(frozen=True, slots=True)
class Offered:
    """What stands in a file of mappings now, and what of it is new."""

    path: Path
    new: int
    pending: int
    accepted: int
    rejected: int
    unmatched: int  # municipalities without a candidate
    dropped: tuple[str, ...]  # mappings whose record is gone


def offer_links(data: Path, to: str, threshold: float = THRESHOLD) -> Offered:
    """Match our municipalities with a dataset's; what is new is added to the file of its mappings.

    The file is `links/<dataset>.sssom.tsv`. `to` is an imported dataset, or `geonames` for the
    gazetteer, which is asked for those without an id there. A pair that was decided on is not
    offered again, nor is another for a municipality that is linked.

    :raises FileError: if there is no such dataset, or a file cannot be written.
    :raises RecordErrors: if the records, or the file as it stands, are wrong; nothing is changed.
    """
    folder = open_folder(data, read_vocabulary())
    if folder.findings:
        raise RecordErrors(folder.findings)
    path = data / "links" / f"{to}{SUFFIX}"
    known = folder.mappings.get(to, [])
    gone = {each.line: str(each) for each in folder.dangling if each.path == str(path)}
    kept = [each for each in known if each.line not in gone]
    ones, others = _find_places(folder, to)
    found = Matcher(others).match(ones, threshold)
    new = [found[name] for name in sorted(found) if _is_new(found[name], kept)]
    mint = Minter(folder.base)
    rows = [*(each.mapping for each in kept), *(_mapping(each, mint) for each in new)]
    if rows != [each.mapping for each in known] or not path.exists():
        _write(path, rows, folder, to)
    accepted = sum(each.is_accepted for each in kept)
    rejected = sum(each.is_rejected for each in kept)
    pending = len(rows) - accepted - rejected
    unmatched, dropped = len(ones) - len(found), tuple(gone.values())
    return Offered(path, len(new), pending, accepted, rejected, unmatched, dropped)


def _find_places(folder: Folder, to: str) -> tuple[dict[str, Place], dict[str, Place]]:
    """Who is to be matched, and with whom."""
    ones = places_of(folder)
    if to != GAZETTEER:
        return ones, places_of(folder, to)
    unknown = {n: p for n, p in ones.items() if folder.municipalities[n].geonames is None}
    return unknown, gazetteer()


def _is_new(candidate: Candidate, known: Iterable[Decided]) -> bool:
    """Whether nobody has been offered the pair, or has linked the municipality already."""
    return not any(
        each.subject == candidate.one.iri
        and (each.object == candidate.other.iri or each.is_accepted)
        for each in known
    )


def _mapping(candidate: Candidate, mint: Minter) -> Mapping:
    one, other = candidate.one, candidate.other
    parts = "; ".join(f"{name} {value:+.1f}" for name, value in candidate.parts.items())
    return Mapping(
        subject_id=_curie(one, mint),
        subject_label=_cell(one.label),
        predicate_id="skos:exactMatch",
        object_id=_curie(other, mint),
        object_label=_cell(other.label),
        mapping_justification=_JUSTIFICATION,
        confidence=candidate.confidence,
        mapping_tool="twingraph",
        comment=f"score {candidate.score:+.1f}: {parts}",
    )


def _curie(place: Place, mint: Minter) -> str:
    space = f"{mint.base}municipality/"
    if place.iri.startswith(space):
        return f"municipality:{place.iri.removeprefix(space)}"
    return f"geonames:{place.iri.removeprefix(GEONAMES)}"


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return " ".join(text.split()).lstrip(_FORMULA) or "?"


def _write(path: Path, rows: Iterable[Mapping], folder: Folder, to: str) -> None:
    file = io.StringIO()
    file.writelines(f"#{line}\n" for line in _head(path, folder, to))
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        cells = (getattr(row, column) for column in _COLUMNS)
        writer.writerow(["" if cell is None else cell for cell in cells])
    try:
        path.parent.mkdir(exist_ok=True)
        with write_whole(path) as whole:
            whole.write(file.getvalue().encode())
    except OSError as error:
        raise FileError(f"{path}: cannot be written: {error.strerror or error}") from error


def _head(path: Path, folder: Folder, to: str) -> list[str]:
    """The commented lines: those that are there, else what SSSOM asks of a set of mappings."""
    if path.exists():
        lines = path.read_text(encoding="utf-8").split("\n")
        return [line[1:] for line in lines if line.startswith("#")]
    return [
        "curie_map:",
        f"  geonames: {GEONAMES}",
        f"  municipality: {folder.base}municipality/",
        f"mapping_set_id: {folder.base}links/{to}",
        f'mapping_set_title: "our municipalities and those of {to}"',
        "license: https://w3id.org/sssom/license/unspecified",
        "mapping_tool: twingraph",
    ]
