"""A tree of texts -> a record: each value by the type of its field, every error of it told."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

import msgspec
from msgspec import inspect

from twingraph.facts import Record
from twingraph.records.text import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from twingraph.records.text import Report
    from twingraph.records.yaml import Node

R = TypeVar("R", bound=Record)
LONGEST: Final = 32_767  # UTF-16 code units of a text: what a cell of a spreadsheet holds


@dataclass(frozen=True, slots=True)
class Located(Generic[R]):
    """A record and where it stands; `lines` are those of its fields, where they are known."""

    record: R
    path: str
    line: int
    lines: Mapping[str, int]

    def line_of(self, field: str) -> int:
        """The line of a field, or that of the record."""
        return self.lines.get(field, self.line)


# What stands for a key that is missing or wrong, by the line of the record.
_STAND_INS: Final[dict[str, Callable[[int], Any]]] = {
    "id": lambda line: f"missing-in-line-{line}",
    "label": lambda _: {"en": "missing"},
    "title": lambda _: "missing",
}


class _Wrong(ValueError):  # noqa: N818 - ends a value, and is reported
    """A value is not of its type; where it is known more exactly, with the line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@cache
def fields_of(record_type: type[Record]) -> dict[str, inspect.Type]:
    """The fields of a record type, by key."""
    info = inspect.type_info(record_type)
    assert isinstance(info, inspect.StructType)
    return {field.encode_name: field.type for field in info.fields}


@cache
def _required(record_type: type[Record]) -> tuple[str, ...]:
    return tuple(f.encode_name for f in msgspec.structs.fields(record_type) if f.required)


def suggest(found: str, known: Iterable[str]) -> str:
    """` (did you mean 'x'?)` where a known name is near."""
    near = difflib.get_close_matches(found, list(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""


def read_record(node: Node, record_type: type[R], path: str, report: Report) -> Located[R] | None:
    """The record of a tree: what is wrong in it is reported, and left out of the record.

    A stand-in takes the place of an id or label that is missing or wrong, so that the rest is
    checked too (with a finding nothing is built); None where a record cannot be without the key.
    """
    if not isinstance(node.value, dict):
        report(node.line, "", f"{_shown(node)}; expected a record of `key: value` lines")
        return None
    values = _read_values(node.value, node.key_lines, record_type, path, report)
    for key in _required(record_type):
        if key not in node.value:
            report(node.line, key, "is missing")
        if key not in values and key in _STAND_INS:
            values[key] = _STAND_INS[key](node.line)
    if not values.keys() >= set(_required(record_type)):
        return None
    record = msgspec.convert(values, record_type, strict=True)
    return Located(record, path, node.line, node.key_lines)


def _read_values(
    tree: Mapping[str, Node],
    lines: Mapping[str, int],
    record_type: type[Record],
    path: str,
    report: Report,
) -> dict[str, Any]:
    """The values of a record's tree that are of their type."""
    types = fields_of(record_type)
    values: dict[str, Any] = {}
    for key, child in tree.items():
        line = lines.get(key, child.line)
        if key not in types:
            hint = suggest(key, types) or f"; expected one of {', '.join(types)}"
            report(line, key, f"unknown key{hint}")
            continue
        try:
            value = _convert(child, types[key], key, path, report)
        except _Wrong as error:
            report(error.line, key, str(error))
            continue
        if value is not _BROKEN:
            values[key] = value
    return values


_BROKEN = object()  # a nested record that is reported already


def _convert(node: Node, kind: inspect.Type, key: str, path: str, report: Report) -> Any:
    kind = _bare(kind)
    if isinstance(kind, inspect.VarTupleType):
        items = node.value if isinstance(node.value, list) else [node]
        _refuse_bare_set(node, key)
        least = kind.min_length or 0
        if len(items) < least:
            raise _Wrong(f"found {len(items)}; expected at least {least}", node.line)
        found = [_convert(item, kind.item_type, key, path, report) for item in items]
        return _BROKEN if any(item is _BROKEN for item in found) else found
    if isinstance(kind, inspect.StructType):
        located = read_record(node, cast("type[Record]", kind.cls), path, report)
        return _BROKEN if located is None else located.record
    if isinstance(kind, inspect.DictType):
        if not isinstance(node.value, dict) or not node.value:
            raise _Wrong(f"{_shown(node)}; expected e.g. {{en: …, de: …}}", node.line)
        return {
            name: _convert(child, kind.value_type, key, path, report)
            for name, child in node.value.items()
        }
    return _convert_text(_text_of(node, key), kind, node.line)


def _bare(kind: inspect.Type) -> inspect.Type:
    """A type without its metadata and without None."""
    while isinstance(kind, inspect.Metadata | inspect.UnionType):
        if isinstance(kind, inspect.Metadata):
            kind = kind.type
        else:
            kind = next(t for t in kind.types if not isinstance(t, inspect.NoneType))
    return kind


def _text_of(node: Node, key: str) -> str:
    _refuse_bare_set(node, key)
    if not isinstance(node.value, str):
        raise _Wrong(f"{_shown(node)}; expected a text", node.line)
    if not node.value.strip():
        raise _Wrong("is empty; leave the key away where nothing is known", node.line)
    if match := FORBIDDEN.search(node.value):
        raise _Wrong(f"the control character U+{ord(match.group()):04X}", node.line)
    if len(node.value.encode("utf-16-le")) > 2 * LONGEST:
        found = f"a text of {len(node.value):,} characters"
        raise _Wrong(f"{found}; a cell of a spreadsheet holds {LONGEST:,} at most", node.line)
    return node.value


def _refuse_bare_set(node: Node, key: str) -> None:
    """`years: {1980,2002}` is a mapping to YAML; a set of years must be quoted."""
    if key != "years" or isinstance(node.value, str):
        return
    items = node.value if isinstance(node.value, list) else node.value.keys()
    inside = ",".join(str(item if isinstance(item, str) else item.value) for item in items)
    all_of, one_of = f'"{{{inside}}}"', f'"[{inside}]"'
    if isinstance(node.value, list):
        found = f"a list of years: write years: {all_of} for all of them, {one_of} for one of them"
        raise _Wrong(found, node.line)
    raise _Wrong(f"a set must be quoted: years: {all_of}", node.line)


def _convert_text(text: str, kind: inspect.Type, line: int) -> Any:
    if isinstance(kind, inspect.LiteralType):
        if text not in kind.values:
            known = [str(value) for value in kind.values]
            raise _Wrong(f"{text!r} is none of {', '.join(known)}{suggest(text, known)}", line)
        return text
    if isinstance(kind, inspect.IntType):
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise _Wrong(f"{text!r} is not a whole number", line)
        return _in_range(int(text), kind, line)
    if isinstance(kind, inspect.FloatType):
        if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
            raise _Wrong(f"{text!r} is not a number; expected e.g. 49.40768", line)
        return _in_range(float(text), kind, line)
    assert isinstance(kind, inspect.StrType)
    if kind.pattern and not re.fullmatch(kind.pattern, text):
        raise _Wrong(f"{text!r} is not of the form {kind.pattern}", line)
    return text


def _in_range(number: float, kind: inspect.IntType | inspect.FloatType, line: int) -> int | float:
    low, high = kind.ge, kind.le
    if (low is not None and number < low) or (high is not None and number > high):
        expected = f"from {low} to {high}" if high is not None else f"from {low} on"
        raise _Wrong(f"{number} is not a number {expected}", line)
    return number


def _shown(node: Node) -> str:
    if isinstance(node.value, str):
        return f"found {node.value[:60]!r}" if node.value else "found nothing"
    return "found a list" if isinstance(node.value, list) else "found a mapping"
