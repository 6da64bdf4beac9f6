"""Candidates -> a file of mappings for a person to review; what was decided stays as it is."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from twingraph.errors import FileError, Finding, RecordErrors
from twingraph.facts import Mapping
from twingraph.files import write_whole
from twingraph.link.candidates import THRESHOLD
from twingraph.link.comparing import compare
from twingraph.link.sides import read_sides
from twingraph.ontology import read_vocabulary
from twingraph.records import LINKED, SUFFIX, Reporter, offer, open_folder, read_prefixes
from twingraph.vocab import GEONAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as Map
    from pathlib import Path

    from twingraph.link.candidates import Candidate
    from twingraph.records import Decided
    from twingraph.vocab import Iri

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
    unmatched: Map[str, int]  # how many of each kind have no candidate
    dropped: tuple[str, ...]  # mappings whose record is gone


def offer_links(data: Path, to: str, threshold: float = THRESHOLD) -> Offered:
    """Match what is ours with a dataset's; what is new is added to the file of its mappings.

    The file is `links/<dataset>.sssom.tsv`. `to` is an imported dataset, a source of our own (its
    institutions and activities against those of all others), or `geonames` for the gazetteer, which
    is asked for municipalities without an id there. A pair that stands in any file of mappings is
    not offered again, nor is another for what is linked.

    :raises FileError: if there is no such dataset or source, or a file cannot be written.
    :raises RecordErrors: if the records, or the file as it stands, are wrong; nothing is changed.
    """
    folder = open_folder(data, read_vocabulary())
    if folder.findings:
        raise RecordErrors(folder.findings)
    path = data / "links" / f"{to}{SUFFIX}"
    sides = read_sides(folder, to)
    known = folder.links.mappings.get(to, [])
    gone = {each.line: str(each) for each in folder.links.dangling if each.path == str(path)}
    kept = [each for each in known if each.line not in gone]
    found = compare(sides, kept, threshold)
    new = list(_find_new(found.matches, folder.links.mappings, kept))
    added = [_mapping(each, folder.base) for each in new]
    rows = [*(each.mapping for each in kept), *added]
    if rows != [each.mapping for each in known] or not path.exists():
        _write(path, _head(path, folder.base, added), rows)
    accepted = sum(each.is_accepted for each in kept)
    rejected = sum(each.is_rejected for each in kept)
    pending = len(rows) - accepted - rejected
    dropped = tuple(gone.values())
    return Offered(path, len(new), pending, accepted, rejected, found.unmatched, dropped)


def _find_new(
    matches: Iterable[Candidate[Any]], files: Map[str, Iterable[Decided]], kept: Iterable[Decided]
) -> Iterator[Candidate[Any]]:
    """The pairs that nobody has been offered, either way round, of things that are not linked."""
    offered = {pair for some in files.values() for each in some for pair in _both_ways(each)}
    linked = {each.subject for each in kept if each.is_accepted}
    for match in matches:
        if (match.one.iri, match.other.iri) not in offered and match.one.iri not in linked:
            yield match


def _both_ways(decided: Decided) -> tuple[tuple[Iri, Iri], tuple[Iri, Iri]]:
    one, other = decided.subject, decided.object
    return (one, other), (other, one)


def _mapping(candidate: Candidate[Any], base: str) -> Mapping:
    one, other = _curie(candidate.one.iri, base), _curie(candidate.other.iri, base)
    parts = "; ".join(f"{name} {value:+.1f}" for name, value in candidate.parts.items())
    return Mapping(
        subject_id=one,
        subject_label=_cell(candidate.one.label),
        predicate_id="skos:exactMatch",
        object_id=other,
        object_label=_cell(candidate.other.label),
        mapping_justification=_JUSTIFICATION,
        confidence=candidate.confidence,
        mapping_tool="twingraph",
        comment=f"score {candidate.score:+.1f}: {parts}; {offer(one, other)}",
    )


def _curie(iri: Iri, base: str) -> str:
    for prefix, space in _prefixes(base).items():
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    raise AssertionError(iri)


def _prefixes(base: str) -> dict[str, str]:
    return {"geonames": GEONAMES} | {kind: f"{base}{kind}/" for kind in LINKED}


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return " ".join(text.split()).lstrip(_FORMULA) or "?"


def _write(path: Path, head: Iterable[str], rows: Iterable[Mapping]) -> None:
    file = io.StringIO()
    file.writelines(f"#{line}\n" for line in head)
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


def _head(path: Path, base: str, added: Iterable[Mapping]) -> list[str]:
    """The commented lines: those that are there, else what SSSOM asks of a set of mappings.

    :raises RecordErrors: if they have no place for the prefixes of new rows.
    """
    known = _prefixes(base)
    if not path.exists():
        name = path.name.removesuffix(SUFFIX)
        return [
            "curie_map:",
            *(f"  {prefix}: {space}" for prefix, space in known.items()),
            f"mapping_set_id: {base}links/{name}",
            f"mapping_set_title: what we and {name} both have",  # a spreadsheet doubles quotes
            "license: https://w3id.org/sssom/license/unspecified",
        ]
    lines = path.read_text(encoding="utf-8").split("\n")
    head = [line[1:] for line in lines if line.startswith("#")]
    given = read_prefixes(lines[: len(head)], Reporter(str(path), []))
    used = {each.partition(":")[0] for row in added for each in (row.subject_id, row.object_id)}
    missing = [name for name in sorted(used) if given.get(name) != known[name]]
    at = next((n for n, line in enumerate(head, 1) if line.rstrip() == "curie_map:"), 0)
    for name in missing:
        if name in given or not at:
            found = given.get(name, "missing")
            message = f"is {found}; expected `{name}: {known[name]}` on a line of its own"
            raise RecordErrors([Finding(str(path), at or 1, f"curie_map: {name}", message)])
    following = head[at] if at < len(head) else ""
    indent = " " * (len(following) - len(following.lstrip()) or 2)
    return [*head[:at], *(f"{indent}{name}: {known[name]}" for name in missing), *head[at:]]
