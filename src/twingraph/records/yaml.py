"""YAML -> a tree of texts, each with its line.

Every scalar is text, typed later by the field it fills: `no` stays Norway, 1999-05-04 stays a date.
Of YAML we take mappings, lists and scalars; anchors, tags and second documents are refused. The
parser is ruamel.yaml's, used for its events alone, so depth is ours to limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.records.text import Report

_DEEPEST: Final = 12
_BLOCK_COMMENT: Final = re.compile(r"[|>][0-9+-]*[ \t]+#")
_HINTS: Final = (
    ("mapping values are not allowed", "a text with ': ' must be a block scalar: `key: |-`"),
    ("cannot start any token", "a text that begins like this must be quoted; a tab is no space"),
    ("could not find expected ':'", "expected `key: value`"),
    ("found unexpected end of stream", "a quotation mark or bracket is not closed"),
)


@dataclass(slots=True)
class Node:
    """A text, a list or a mapping, and the line that it begins on (from 1)."""

    value: str | list[Node] | dict[str, Node]
    line: int
    # lines of a mapping's keys
    key_lines: dict[str, int] = field(default_factory=dict)


class _Stop(Exception):  # noqa: N818 - leaves the parser, never the module
    """The rest of the file cannot be read."""


def read_yaml(text: str, report: Report) -> Node | None:
    """The tree of a document, or None where its form is broken."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    reader = _Reader(YAML(typ="safe", pure=True).parse(text), text.split("\n"), report)
    try:
        return reader.read_document()
    except _Stop:
        return None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        problem = error.problem or "is not YAML"
        hint = next((hint for part, hint in _HINTS if part in problem), "")
        report(line, "", f"is not YAML: {problem}{'; ' if hint else ''}{hint}")
    except (YAMLError, ValueError, IndexError) as error:
        report(0, "", f"is not YAML: {' '.join(str(error).split())[:200]}")
    return None


class _Reader:
    """Builds the tree from the parser's events."""

    def __init__(self, events: Iterator[Any], lines: list[str], report: Report) -> None:
        self._events = events
        self._lines = lines
        self._report = report

    def _next(self) -> Any:
        from ruamel.yaml.events import AliasEvent

        event = next(self._events)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._stop(event, "an anchor or alias; write the value out")
        if getattr(event, "tag", None) or getattr(event, "ctag", None):
            self._stop(event, "a tag; write the value without")
        return event

    def _stop(self, event: Any, message: str) -> None:
        self._report(event.start_mark.line + 1, "", message)
        raise _Stop

    def read_document(self) -> Node | None:
        """The one document; None where there is none."""
        from ruamel.yaml.events import DocumentStartEvent

        next(self._events)
        event = next(self._events)
        if not isinstance(event, DocumentStartEvent):
            self._report(1, "", "is empty")
            return None
        node = self._read(self._next(), "", 0)
        next(self._events)
        event = next(self._events)
        if isinstance(event, DocumentStartEvent):
            self._stop(event, "a second document; expected one a file")
        return node

    def _read(self, event: Any, key: str, depth: int) -> Node:
        from ruamel.yaml.events import MappingStartEvent, ScalarEvent, SequenceStartEvent

        line = event.start_mark.line + 1
        if depth > _DEEPEST:
            self._stop(event, f"is nested more than {_DEEPEST} levels deep")
        if isinstance(event, ScalarEvent):
            if key == "quote":
                self._refuse_comment(event)
            return Node(event.value, line)
        if isinstance(event, SequenceStartEvent):
            return Node(self._read_items(key, depth), line)
        assert isinstance(event, MappingStartEvent)
        values, lines = self._read_pairs(depth)
        return Node(values, line, key_lines=lines)

    def _read_items(self, key: str, depth: int) -> list[Node]:
        from ruamel.yaml.events import SequenceEndEvent

        items: list[Node] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._read(event, key, depth + 1))
        return items

    def _read_pairs(self, depth: int) -> tuple[dict[str, Node], dict[str, int]]:
        from ruamel.yaml.events import MappingEndEvent, ScalarEvent

        values: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._stop(event, "a key that is no text")
            key, line = event.value, event.start_mark.line + 1
            value = self._read(self._next(), key, depth + 1)
            if value.value == "":
                value.line = line  # the parser puts nothing after the line's end
            if key in values:
                self._report(line, key, f"the key stands twice; first in line {lines[key]}")
                continue
            values[key], lines[key] = value, line
        return values, lines

    def _refuse_comment(self, event: Any) -> None:
        """A `#` on a quote's line is more likely part of the quote than a comment."""
        if event.style in ("|", ">"):
            mark = event.start_mark
            found = _BLOCK_COMMENT.match(self._lines[mark.line][mark.column :])
        else:
            mark = event.end_mark
            rest = self._lines[mark.line][mark.column :] if mark.line < len(self._lines) else ""
            found = re.match(r"[ \t]*#", rest)
        if found:
            message = "a comment on a quote's line; if # belongs to it, write a block scalar: `|-`"
            self._report(mark.line + 1, "quote", message)
