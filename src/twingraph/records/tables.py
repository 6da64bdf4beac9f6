"""Record files of three formats -> records, one after another.

YAML for people, CSV for people with a spreadsheet, JSON Lines for volume: there a line is decoded
straight into its type, and read again field by field only when that fails.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from twingraph.errors import Finding
from twingraph.records.fields import LONGEST, Located, R, fields_of, read_record, suggest
from twingraph.records.text import Reporter, read_bytes, read_text
from twingraph.records.yaml import Node, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from twingraph.facts import Record
    from twingraph.records.text import Report

_NO_LINES: Final[dict[str, int]] = {}
# What Excel and its kin leave in a cell that they have taken for something else.
_ERROR: Final = re.compile(r"#(NAME\?|REF!|VALUE!|N/A|DIV/0!|NULL!|NUM!)")
_NUMBER: Final = re.compile(r"#+|[0-9],?[0-9.]*E[+-]?[0-9]+", re.IGNORECASE)
# Top-level key of a file -> what else it may propose: drafts name institutions nobody knows yet.
PROPOSED: Final = {"activities": ("institutions",)}
# In a line of JSON: escapes, a control character, an empty text, U+FFFE.
_UNUSUAL: Final = re.compile(rb'\\[^"]|\x7f|"\s*"|\xef\xbf')
_KEY: Final = re.compile(rb'"([a-z_]+)"\s*:')
_RUNNING_TEXT: Final = ("label", "note", "venue", "title", "quote", "because")


def read_table(
    path: Path, record_type: type[R], key: str, findings: list[Finding]
) -> Iterator[Located[R]]:
    """The records of a file by its suffix, in its order; what is wrong goes to `findings`.

    `key` is the top-level key of YAML.
    """
    return _FORMATS[path.suffix](path, record_type, key, Reporter(str(path), findings))


def read_files(
    folder: Path, name: str, record_type: type[R], findings: list[Finding]
) -> Iterator[Located[R]]:
    """The records of `name.yaml`, `name.jsonl` and `name.csv` in a folder, those that are there."""
    for suffix in SUFFIXES:
        path = folder / f"{name}{suffix}"
        if path.exists():
            yield from read_table(path, record_type, name, findings)


def read_unique(
    folder: Path, name: str, record_type: type[R], findings: list[Finding]
) -> dict[str, Located[R]]:
    """The same by id, in the order of ids; an id that stands twice is a finding."""
    found: dict[str, Located[R]] = {}
    for located in read_files(folder, name, record_type, findings):
        identifier: str = located.record.id  # type: ignore[attr-defined]  # every table has ids
        first = found.setdefault(identifier, located)
        if first is not located:
            taken = f"{identifier!r} is taken: {first.path}:{first.line_of('id')}"
            findings.append(Finding(located.path, located.line_of("id"), "id", taken))
    return dict(sorted(found.items()))


def read_proposed(
    path: Path, record_type: type[R], key: str, findings: list[Finding]
) -> Iterator[Located[R]]:
    """The records that a YAML file of another table proposes under a further top-level `key`."""
    if path.exists() and re.search(
        rb"^" + key.encode() + rb"\s*:", path.read_bytes(), re.MULTILINE
    ):
        report = Reporter(str(path), findings)
        root = read_yaml_file(path, report)
        if root is not None and isinstance(root.value, dict) and key in root.value:
            yield from _read_list(root.value[key], record_type, key, report)


def _read_yaml(
    path: Path, record_type: type[R], key: str, report: Reporter
) -> Iterator[Located[R]]:
    root = read_yaml_file(path, report)
    if root is None:
        return
    if not isinstance(root.value, dict) or root.value.keys() != {key}:
        for name in root.value if isinstance(root.value, dict) else ():
            if name not in (key, *PROPOSED.get(key, ())):
                line = root.key_lines[name]
                report(line, name, f"unknown key; expected `{key}:` alone{suggest(name, [key])}")
        if not isinstance(root.value, dict) or key not in root.value:
            report(root.line, "", f"expected `{key}:` and a list of records below it")
            return
    yield from _read_list(root.value[key], record_type, key, report)


def _read_list(
    items: Node, record_type: type[R], key: str, report: Reporter
) -> Iterator[Located[R]]:
    if not isinstance(items.value, list):
        report(items.line, key, "expected a list of records, each beginning with `- id:`")
        return
    for item in items.value:
        located = read_record(item, record_type, report.path, report)
        if located is not None:
            yield located


def read_yaml_file(path: Path, report: Report) -> Node | None:
    """The tree of a YAML file, or None where it cannot be read."""
    content = read_bytes(path, report)
    text = None if content is None else read_text(content, report)
    if text is None:
        return None
    if not text.strip():
        report(1, "", "is empty")
        return None
    return read_yaml(text, report)


def _read_json_lines(
    path: Path, record_type: type[R], _: str, report: Reporter
) -> Iterator[Located[R]]:
    decode: Callable[[bytes], R] = msgspec.json.Decoder(record_type).decode
    is_empty = True
    for number, raw in enumerate(_read_lines(path, report), start=1):
        line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if not line.strip():
            continue
        is_empty = False
        try:
            keys = _KEY.findall(line)
            if _UNUSUAL.search(line) or len(set(keys)) < len(keys) or len(line) > LONGEST:
                raise msgspec.ValidationError  # may hold what no text may hold
            yield Located(decode(line), report.path, number, _NO_LINES)
        except (msgspec.DecodeError, UnicodeDecodeError):
            located = _read_json_line(line, number, record_type, report)
            if located is not None:
                yield located
    if is_empty:
        report(1, "", "is empty; expected a record a line")


def _read_lines(path: Path, report: Reporter) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        report(0, "", f"cannot be read: {error.strerror}")


def _read_json_line(
    line: bytes, number: int, record_type: type[R], report: Reporter
) -> Located[R] | None:
    """The line read field by field, so that all of its errors are told."""
    try:
        value = json.loads(line, object_pairs_hook=_once, parse_int=str, parse_float=str)
    except UnicodeDecodeError:
        report(number, "", "is not UTF-8")
        return None
    except (ValueError, RecursionError) as error:
        report(number, "", f"is not JSON: {error}")
        return None
    return read_record(_as_node(value, number), record_type, report.path, report)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON: a key that stands twice is an error, one without a value is left out."""
    for key in {key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1}:
        raise ValueError(f"the key {key!r} stands twice")
    return {key: value for key, value in pairs if value is not None}


def _as_node(value: Any, line: int) -> Node:
    if isinstance(value, dict):
        children = {str(key): _as_node(child, line) for key, child in value.items()}
        return Node(children, line, key_lines=dict.fromkeys(children, line))
    if isinstance(value, list):
        return Node([_as_node(item, line) for item in value], line)
    return Node(value if isinstance(value, str) else json.dumps(value), line)


def _read_csv(path: Path, record_type: type[R], _: str, report: Reporter) -> Iterator[Located[R]]:
    content = read_bytes(path, report)
    text = None if content is None else read_text(content, report)
    if text is None:
        return
    first = text.partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        header = [name.strip() for name in next(rows, [])]
        if not _check_header(header, record_type, report):
            return
        line = rows.line_num + 1
        for row in rows:
            node = _row_node(header, row, line, report)
            line = rows.line_num + 1
            located = None if node is None else read_record(node, record_type, report.path, report)
            if located is not None:
                yield located
    except csv.Error as error:
        report(line, "", f"is not CSV: {error}")


def _check_header(header: list[str], record_type: type[Record], report: Reporter) -> bool:
    """Whether every column is a key (`label.en`, `quote.2` count as label and quote)."""
    keys = fields_of(record_type)
    if not any(header):
        report(1, "", "is empty; expected a header line with the names of the columns")
        return False
    unknown = [name for name in header if name.partition(".")[0] not in keys]
    for name in unknown:
        report(1, name, f"unknown column{suggest(name, keys)}; expected keys such as id, label.en")
    for name in {name for name in header if header.count(name) > 1}:
        report(1, name, "the column stands twice")
    return not unknown and len(set(header)) == len(header)


def _row_node(header: list[str], row: list[str], line: int, report: Reporter) -> Node | None:
    """The row as a tree; None of an empty row and of one that cannot be right."""
    if not any(cell.strip() for cell in row):
        return None
    if len(row) > len(header):
        report(line, "", f"{len(row)} cells; the header has {len(header)}")
        return None
    values: dict[str, Node] = {}
    is_whole = True
    for name, cell in zip(header, row, strict=False):
        if not cell.strip():
            continue
        is_text = name.partition(".")[0] in _RUNNING_TEXT
        if _ERROR.fullmatch(cell.strip()) or (not is_text and _NUMBER.fullmatch(cell.strip())):
            report(line, name, f"{cell!r} is not what was typed; format the column as text")
            is_whole = False
        _put_cell(values, name, cell, line)
    return Node(values, line, key_lines=dict.fromkeys(values, line)) if is_whole else None


def _put_cell(values: dict[str, Node], name: str, cell: str, line: int) -> None:
    """Put a cell into the tree: `|` parts a list, `label.en` is a language, `quote.2` one more."""
    key, _, part = name.partition(".")
    if key == "quote":
        quotes = values.setdefault(key, Node([], line))
        assert isinstance(quotes.value, list)
        quotes.value.append(Node(cell, line))
        return
    is_list = "|" in cell and key not in _RUNNING_TEXT
    node = Node([Node(p.strip(), line) for p in cell.split("|")], line) if is_list else None
    value = node or Node(cell.strip(), line)
    if not part:
        values[key] = value
        return
    languages = values.setdefault(key, Node({}, line))
    if isinstance(languages.value, dict):
        languages.value[part] = value


_FORMATS: Final = {".yaml": _read_yaml, ".jsonl": _read_json_lines, ".csv": _read_csv}
SUFFIXES: Final = tuple(_FORMATS)
