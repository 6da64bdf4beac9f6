"""JSON-LD for programmers: activities first, each with its passages and the names of who took part.

What is framed is written beside its activity again: the graph is the same. Texts are copied as they
are: the escapes of canonical N-Triples are escapes of JSON too.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from twingraph import terms as t
from twingraph.export.context import SAFE, build_context, compact, read_names
from twingraph.export.union import read_below, read_union
from twingraph.vocab import TG, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from twingraph.export.material import Material
    from twingraph.export.union import Statement
    from twingraph.quads import Term

_BUFFER: Final = 2**20
_INTEGER: Final = re.compile(r"-?[1-9][0-9]{0,14}|0")
_INTEGER_TYPE: Final = f"{XSD}integer"
_NAMED: Final = ("institution/", "municipality/", "partnership/", "source/")
_STAGE: Final = "/stage/"


def write_jsonld(material: Material, target: Path) -> None:
    """Write the union of all graphs as JSON-LD, framed by activity."""
    writer = _Writer(material.base)
    writer.learn(material.union)
    with (
        target.open("w", _BUFFER, encoding="utf-8", newline="\n") as file,
        tempfile.TemporaryFile(
            "w+", _BUFFER, encoding="utf-8", newline="\n", dir=target.parent
        ) as others,
    ):
        file.write(f'{{\n"@context": {format_context(writer.context())},\n"@graph": [\n')
        separator = ""
        for subject, node in writer.nodes(material.union):
            if subject.startswith(writer.activities):
                file.write(separator + node)
                separator = ",\n"
            elif node:
                others.write(",\n" + node)
        others.seek(0 if separator else len(",\n"))
        shutil.copyfileobj(others, file, _BUFFER)
        file.write("\n]\n}\n")


def format_context(context: dict[str, Any]) -> str:
    """A context as JSON, a name a line."""
    lines = (f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in context.items())
    return "{\n" + ",\n".join(lines) + "\n}"


class _Writer:
    """Gives the nodes of one document, in which IRIs below `base` are relative."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._names = read_names()
        self._labels: dict[Term, str] = {}  # subject -> its node with its name alone
        self._passages: dict[Term, str] = {}  # passage -> its node
        self._embedded: set[Term] = set()
        self.activities: Final = f"<{base}activity/"
        self._named: Final = tuple(f"<{base}{space}" for space in _NAMED)
        self._iri = lru_cache(maxsize=1 << 16)(self._shorten)

    def context(self) -> dict[str, Any]:
        """The published context, and what is relative in this document."""
        return {"@base": self._base, **build_context()}

    def learn(self, union: Path) -> None:
        """Take in what activities embed: names, and passages whole."""
        parts = (read_below(union, beginning) for beginning in self._named)
        for subject, statements in chain.from_iterable(parts):
            if (t.TYPE, t.PASSAGE) in statements:
                self._passages[subject] = self._inline(subject, statements)
            elif _STAGE not in subject:
                names = [each for each in statements if each[0] == t.LABEL]
                self._labels[subject] = self._inline(subject, names)

    def nodes(self, union: Path) -> Iterator[tuple[Term, str]]:
        """Each subject with its node; that of a passage is empty if an activity embeds it."""
        for subject, statements in read_union(union):
            if subject in self._embedded:
                continue
            is_activity = subject.startswith(self.activities)
            entries = self._entries(statements, embed=is_activity)
            lines = ",\n  ".join((f'"id": {self._iri(subject)}', *entries))
            yield subject, f"{{\n  {lines}\n}}"

    def _inline(self, subject: Term, statements: Iterable[Statement]) -> str:
        entries = self._entries(statements, embed=False)
        return "{" + ", ".join((f'"id": {self._iri(subject)}', *entries)) + "}"

    def _entries(self, statements: Iterable[Statement], *, embed: bool) -> list[str]:
        """The lines of an object: a key, and its value or values."""
        found: dict[str, list[str]] = {}
        texts: dict[str, dict[str, list[str]]] = {}
        for predicate, term in statements:
            if predicate == t.TYPE:
                found.setdefault("type", []).append(f'"{_name(term)}"')
                continue
            name, how = self._names.get(predicate, ("", {}))
            if "@container" in how and term[0] == '"' and term[-1] != ">":
                text, language = _parted(term)
                texts.setdefault(name, {}).setdefault(language or "@none", []).append(text)
                continue
            if (value := self._plain(term, how, embed=embed)) is None:
                name, value = compact(predicate[1:-1]), self._whole(term)
            found.setdefault(name or _name(predicate), []).append(value)
        lines = [f'"type": {_listed(found.pop("type"))}'] if "type" in found else []
        for name, by_language in texts.items():
            told = (f'"{tag}": {_listed(values)}' for tag, values in sorted(by_language.items()))
            lines.append(f'"{name}": {{{", ".join(told)}}}')
        lines += (f'"{name}": {_listed(values)}' for name, values in found.items())
        return lines

    def _plain(self, term: Term, how: dict[str, str], *, embed: bool) -> str | None:
        """The value as its key lets it be written short; None where the key does not fit it."""
        kind = how.get("@type")
        if term[0] == "<":
            if kind != "@id":
                return None
            if embed and term in self._passages:
                self._embedded.add(term)
                return self._passages[term]
            return (self._labels.get(term) if embed else None) or self._iri(term)
        if term[-1] == '"':
            return term if not how else None
        text, datatype = _parted(term)
        if datatype == _INTEGER_TYPE and not how and _INTEGER.fullmatch(text[1:-1]):
            return text[1:-1]
        return text if datatype == kind else None

    def _whole(self, term: Term) -> str:
        """The value with all that is to be said of it."""
        if term[0] == "<":
            return f'{{"id": {self._iri(term)}}}'
        text, more = _parted(term)
        if term[-1] == '"':
            return f'{{"@value": {text}}}'
        if term[-1] == ">":
            return f'{{"@value": {text}, "type": "{compact(more)}"}}'
        return f'{{"@value": {text}, "@language": "{more}"}}'

    def _shorten(self, term: Term) -> str:
        iri = term[1:-1]
        if iri.startswith(self._base):
            rest = iri[len(self._base) :]
            if SAFE.fullmatch(rest):
                return f'"{rest}"'
        return f'"{compact(iri)}"'


def _listed(values: list[str]) -> str:
    return values[0] if len(values) == 1 else "[" + ", ".join(values) + "]"


def _parted(term: Term) -> tuple[str, str]:
    """A literal's text in its quotation marks, and its language or the IRI of its datatype."""
    end = term.rindex('"') + 1
    tail = term[end:]
    return term[:end], tail[3:-1] if tail.startswith("^^") else tail[1:]


@lru_cache(maxsize=1 << 12)
def _name(term: Term) -> str:
    """The name of a class, or of a property that the context does not list."""
    iri = term[1:-1]
    local = iri.removeprefix(TG)
    return local if local != iri and local.isalnum() else compact(iri)
