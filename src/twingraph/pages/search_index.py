"""All names as scripts, for pages that are searched in the browser: `static/search.js` reads them.

They set a variable, as a page that is opened as a file may load a script and no data.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import msgspec

from twingraph.names import spellings
from twingraph.pages.finding import is_unspaced
from twingraph.pages.naming import KINDS, TERM, read_names
from twingraph.pages.search import tell_apart, tell_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.pages.naming import Named
    from twingraph.pages.view import View

_WHOLE: Final = 2_000_000  # bytes of names in one file
_PART: Final = 500_000  # bytes of a part, where there are more

Row = list[Any]  # kind, name, its language, link, by what it is told apart, other names, hidden


def write_names(view: View, whole: int = _WHOLE) -> dict[str, bytes]:
    """Files with all names, for the page of `view` that searches them: content by file name.

    The first is `search-index-<language>.js`, which that page loads from where `links.asset` says;
    beside it stand the others, of which there are some where the names are more than `whole` bytes:
    each then has the names with a word that begins as it says. Links are as on that page.
    """
    named = list(read_names(view.build))
    rows = _make_rows(view, named)
    first = f"search-index-{view.language}.js"
    head = {"kinds": [tell_kind(view, kind) for kind in KINDS], "term": list(KINDS).index(TERM)}
    written = [_encode(row) for row in rows]
    if sum(map(len, written)) <= whole:
        return {first: _set({**head, "rows": _lines(written)})}
    keys = [_keys(each) for each, row in zip(named, rows, strict=True)]
    parts = _cut(keys, written)
    names = {f"search-index-{view.language}-{n}.js": key for n, key in enumerate(parts)}
    files = {first: _set({**head, "parts": [[key, name] for name, key in names.items()]})}
    for name, key in names.items():
        lines = _encode(_lines([written[number] for number in parts[key]]))
        files[name] = b"twingraphNames.add(" + _encode(name) + b", " + lines + b");\n"
    return files


def _set(head: dict[str, Any]) -> bytes:
    return b"var twingraphNames = " + _encode(head) + b";\n"


def _lines(written: list[bytes]) -> msgspec.Raw:
    """Rows, each in a line."""
    return msgspec.Raw(b"[\n" + b",\n".join(written) + b"\n]")


def _encode(value: Any) -> bytes:
    return msgspec.json.encode(value)


def _make_rows(view: View, named: list[Named]) -> list[Row]:
    """A row for each resource that has a page."""
    order = list(KINDS)
    rows = []
    for each in named:
        name = view.name(each.iri)
        others = [other for other in each.names if other.text != name.text]
        shown = [other for other in others if not other.is_hidden]
        hidden = [other.text for other in others if other.is_hidden]
        rows.append(
            [
                order.index(each.kind),
                name.text,
                view.foreign(name.language),
                view.links.resource(each.iri) or "",
                tell_apart(view, each.iri, each.kind),
                [part for other in shown for part in (other.text, view.foreign(other.language))],
                list(dict.fromkeys(hidden)),
            ]
        )
    alike = Counter((row[0], row[1], row[4]) for row in rows)
    for each, row in zip(named, rows, strict=True):
        if alike[row[0], row[1], row[4]] > 1:
            identifier = view.shorten(each.iri)
            row[4] = f"{row[4]}, {identifier}" if row[4] else identifier
    return rows


def _keys(named: Named) -> set[str]:
    """How the words of its names begin: two characters, or each of a script without spaces."""
    words = {
        word for name in named.names for form in spellings(name.text) for word in form.split(" ")
    }
    return {key for word in words if word for key in _keys_of(word)}


def _keys_of(word: str) -> Iterator[str]:
    yield from filter(is_unspaced, word)
    if not is_unspaced(word[0]):
        yield word[:2]


def _cut(keys: list[set[str]], written: list[bytes]) -> dict[str, list[int]]:
    """The numbers of the rows of each part, by the first of the beginnings that it has."""
    rows: dict[str, list[int]] = {}
    for number, each in enumerate(keys):
        for key in each:
            rows.setdefault(key, []).append(number)
    parts: dict[str, dict[int, None]] = {}
    current, size = "", _PART
    for key in sorted(rows):
        added = sum(len(written[number]) for number in rows[key])
        if size + added > _PART:
            current, size = key, 0
            parts[current] = {}
        parts[current].update(dict.fromkeys(rows[key]))
        size += added
    return {key: sorted(numbers) for key, numbers in parts.items()}
