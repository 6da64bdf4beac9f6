"""Files of mappings between our records and other datasets: SSSOM as TSV, reviewed by a person.

The form is that of https://mapping-commons.github.io/sssom/ : lines that begin with `#` hold YAML,
of which `curie_map` says what prefixes stand for; then a header, and a mapping a line. What a
person has decided is read from the row:

    accepted   mapping_justification semapv:ManualMappingCuration, and a reviewer
    rejected   predicate_modifier Not
    pending    any other
"""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.errors import Finding, IriError
from twingraph.facts import Mapping
from twingraph.records.fields import fields_of, read_record, suggest
from twingraph.records.text import Reporter, read_bytes, read_text
from twingraph.records.yaml import Node, read_yaml
from twingraph.vocab import Iri, read_iri

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Map
    from pathlib import Path

    from twingraph.records.fields import Located

SUFFIX: Final = ".sssom.tsv"
CURATED: Final = "semapv:ManualMappingCuration"
# Prefixes that SSSOM knows without a curie_map
# (https://mapping-commons.github.io/sssom/spec-formats-tsv/#identifiers-and-curies).
BUILT_IN: Final = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_FORMULA: Final = re.compile(r"[=+@-]|\t")
_CURIE: Final = re.compile(r"([A-Za-z][A-Za-z0-9._-]*):(\S+)")


@dataclass(frozen=True, slots=True)
class Decided:
    """A mapping as a file has it, its CURIEs expanded."""

    mapping: Mapping
    subject: Iri
    predicate: Iri
    object: Iri
    path: str
    line: int

    @property
    def is_accepted(self) -> bool:
        """Whether a person has said that it holds."""
        mapping = self.mapping
        has_reviewer = mapping.reviewer_id is not None or mapping.reviewer_label is not None
        return (
            has_reviewer
            and mapping.mapping_justification == CURATED
            and mapping.predicate_modifier is None
        )

    @property
    def is_rejected(self) -> bool:
        """Whether a person has said that it does not hold."""
        return self.mapping.predicate_modifier is not None


def read_mappings(path: Path, findings: list[Finding]) -> Iterator[Decided]:
    """The mappings in a file, in its order; what is wrong goes to `findings`, with its line."""
    report = Reporter(str(path), findings)
    content = read_bytes(path, report)
    if content is None:
        return
    _check_bytes(content, report)
    text = read_text(content, report)
    if text is None:
        return
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    prefixes = read_prefixes(lines[:first], report)
    header = lines[first].split("\t") if first < len(lines) else []
    if not _check_header(header, first + 1, report):
        return
    taken: dict[tuple[Iri, Iri], int] = {}
    for number, line in enumerate(lines[first + 1 :], start=first + 2):
        if not line.strip():
            continue
        node = _row_node(header, line, number, report)
        located = None if node is None else read_record(node, Mapping, str(path), report)
        decided = None if located is None else _expand(located, prefixes, report)
        if decided is None:
            continue
        pair = decided.subject, decided.object
        if pair in taken:
            report(number, "subject_id", f"the pair stands in line {taken[pair]} already")
        taken[pair] = number
        yield decided


def _check_bytes(content: bytes, report: Reporter) -> None:
    if content.startswith(codecs.BOM_UTF8):
        report(1, "", "begins with a byte order mark; save it as UTF-8 without")
    if b"\r" in content:
        line = content[: content.index(b"\r")].count(b"\n") + 1
        report(line, "", "ends in a carriage return; save it with LF alone as the end of a line")


def read_prefixes(lines: list[str], report: Reporter) -> dict[str, str]:
    """The curie_map in the commented lines, and the prefixes that need none."""
    found = dict(BUILT_IN)
    text = "\n".join(line[1:].rstrip("\t") for line in lines)  # with which a spreadsheet fills up
    node = read_yaml(text, report) if text.strip() else None
    if node is None or not isinstance(node.value, dict):
        return found
    given = node.value.get("curie_map", Node({}, 1))
    if not isinstance(given.value, dict):
        report(given.line, "curie_map", "expected a prefix and an IRI a line")
        return found
    for prefix, space in given.value.items():
        if isinstance(space.value, str):
            found[prefix] = space.value
        else:
            report(space.line, f"curie_map: {prefix}", "expected an IRI")
    return found


def _check_header(header: list[str], line: int, report: Reporter) -> bool:
    """Whether every column is a slot that we read, and the slots that every row needs are there."""
    slots = fields_of(Mapping)
    is_right = True
    for name in header:
        if name not in slots:
            hint = suggest(name, slots) or f"; known: {', '.join(slots)}"
            report(line, name, f"unknown column{hint}")
            is_right = False
    for name in {name for name in header if header.count(name) > 1}:
        report(line, name, "the column stands twice")
        is_right = False
    for name in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
        if name not in header:
            report(line, name, "the column is missing")
            is_right = False
    return is_right


def _row_node(header: list[str], line: str, number: int, report: Reporter) -> Node | None:
    """A line as a tree of its cells; None where it cannot be right."""
    [cells] = csv.reader([line], delimiter="\t")
    if len(cells) != len(header):
        report(number, "", f"{len(cells)} cells; the header has {len(header)}")
        return None
    is_whole = True
    for name, cell in zip(header, cells, strict=True):
        if _FORMULA.match(cell):
            report(number, name, f"{cell[:60]!r} is a formula to a spreadsheet; expected a text")
            is_whole = False
    values = {
        name: Node(cell, number) for name, cell in zip(header, cells, strict=True) if cell.strip()
    }
    return Node(values, number, key_lines=dict.fromkeys(values, number)) if is_whole else None


def _expand(located: Located[Mapping], prefixes: Map[str, str], report: Reporter) -> Decided | None:
    mapping = located.record
    found = [
        _expand_curie(getattr(mapping, slot), slot, prefixes, located.line, report)
        for slot in ("subject_id", "predicate_id", "object_id")
    ]
    is_curated = mapping.mapping_justification == CURATED and not mapping.predicate_modifier
    if is_curated and mapping.reviewer_id is None and mapping.reviewer_label is None:
        message = "who has reviewed it? expected a name in reviewer_label"
        report(located.line, "mapping_justification", message)
        return None
    subject, predicate, object_ = found
    if subject is None or predicate is None or object_ is None:
        return None
    return Decided(mapping, subject, predicate, object_, located.path, located.line)


def _expand_curie(
    text: str, slot: str, prefixes: Map[str, str], line: int, report: Reporter
) -> Iri | None:
    match = _CURIE.fullmatch(text)
    if match is None or match[1] not in prefixes:
        known = ", ".join(sorted(prefixes))
        report(line, slot, f"{text!r} is no CURIE of a known prefix; the file knows {known}")
        return None
    try:
        return read_iri(prefixes[match[1]] + match[2])
    except IriError as error:
        report(line, slot, str(error))
        return None
