"""Records -> files of the three formats, read back equal.

`extract` drafts records, and a person reads them: keys in the order of the type, only what is
given, quotes as block scalars.
"""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from twingraph.errors import TwingraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

    from twingraph.facts import Record

# A text that YAML reads as it stands: no indicator at its start, no `: ` or ` #`, one line.
_PLAIN: Final = re.compile(r"[\w./(][^\x00-\x1f\x7f\x85\u2028\u2029\ufeff]*")
_NOT_PLAIN: Final = re.compile(r": |:$| #|^[.-]{3}|[,\[\]{}]|^\s|\s$")
_INSIDE_LIST: Final = re.compile(r"[|\n]")


def write_records(records: Iterable[Record], key: str, format_: str, file: TextIO) -> None:
    """Write records of one type as `yaml` (below the top-level `key`), `jsonl` or `csv`.

    :raises TwingraphError: if a record holds what CSV cannot (a nested record, `|` in a list).
    """
    _WRITERS[format_](records, key, file)


def record_as_yaml(record: Record) -> str:
    """One record as a file of its own, as `source.yaml` is."""
    return _yaml_mapping(_fields(record), "")


def _fields(record: Record) -> dict[str, Any]:
    """The given fields of a record, in the order of the type, as plain values."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return found


def _write_json_lines(records: Iterable[Record], _: str, file: TextIO) -> None:
    file.writelines(json.dumps(_fields(record), ensure_ascii=False) + "\n" for record in records)


def _write_yaml(records: Iterable[Record], key: str, file: TextIO) -> None:
    file.write(f"{key}:\n")
    is_empty = True
    for record in records:
        is_empty = False
        file.write("  - ")
        file.write(_yaml_mapping(_fields(record), "    ").lstrip())
    if is_empty:
        file.write("  []\n")


def _yaml_mapping(fields: dict[str, Any], indent: str) -> str:
    return "".join(f"{indent}{_scalar(k)}:{_yaml_value(k, v, indent)}" for k, v in fields.items())


def _yaml_value(key: str, value: Any, indent: str) -> str:
    """The value after its key's colon, line end included."""
    if isinstance(value, dict):
        return _yaml_dict(value, indent)
    if key == "quote":
        if len(value) == 1:
            return _block(value[0], indent + "  ")
        return "\n" + "".join(f"{indent}  -{_block(item, indent + '    ')}" for item in value)
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        items = (_yaml_mapping(item, indent + "    ").lstrip() for item in value)
        return "\n" + "".join(f"{indent}  - {item}" for item in items)
    if isinstance(value, list):
        return f" [{', '.join(_scalar(item) for item in value)}]\n"
    return f" {_scalar(value)}\n"


def _yaml_dict(value: dict[str, Any], indent: str) -> str:
    """A mapping on the key's line where it is short, else below it."""
    if len(value) <= 2 and all(isinstance(v, str) for v in value.values()):  # noqa: PLR2004
        inside = ", ".join(f"{_scalar(k)}: {_scalar(v)}" for k, v in value.items())
        return f" {{{inside}}}\n"
    return "\n" + _yaml_mapping(value, indent + "  ")


def _block(text: str, indent: str) -> str:
    """A text as a block scalar where that keeps it whole, else quoted."""
    if text != text.strip() or "\n" in text or not _PLAIN.fullmatch(text[:1] + text[1:]):
        return f" {_scalar(text)}\n"
    return f" |-\n{indent}{text}\n"


def _scalar(value: object) -> str:
    text = str(value)
    if _PLAIN.fullmatch(text) and not _NOT_PLAIN.search(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in quoted)


def _write_csv(records: Iterable[Record], _: str, file: TextIO) -> None:
    rows = [_cells(_fields(record)) for record in records]
    header = list(dict.fromkeys(name for row in rows for name in row)) or ["id"]
    writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _cells(fields: dict[str, Any]) -> dict[str, str]:
    """A record as cells: `label.en`, lists parted by `|`, further quotes as `quote.2`."""
    cells: dict[str, str] = {}
    for key, value in fields.items():
        if isinstance(value, dict):
            cells |= {f"{key}.{name}": _cell(key, inner) for name, inner in value.items()}
        elif key == "quote":
            names = (key, *(f"{key}.{number}" for number in range(2, len(value) + 1)))
            cells |= dict(zip(names, value, strict=True))
        else:
            cells[key] = _cell(key, value)
    return cells


def _cell(key: str, value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    if any(isinstance(item, dict) for item in items):
        raise TwingraphError(f"{key}: CSV holds no record within a record; write YAML")
    if isinstance(value, list) and any(_INSIDE_LIST.search(str(item)) for item in items):
        raise TwingraphError(f"{key}: CSV parts a list with '|', which {value!r} holds; write YAML")
    return "|".join(map(str, items))


_WRITERS: Final[dict[str, Callable[[Iterable[Record], str, TextIO], None]]] = {
    "yaml": _write_yaml,
    "jsonl": _write_json_lines,
    "csv": _write_csv,
}
