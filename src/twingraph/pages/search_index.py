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
    from collections.abc import Iterator, Sequence

    from twingraph.pages.naming import Named
    from twingraph.pages.view import View

_WHOLE: Final = 2_000_000  # bytes of names in one file
_PART: Final = 500_000  # bytes of a part, where there are more

NAME: Final = "search-index.js"

Row = list[Any]  # kind, link, names with their languages, which is shown, telling, hidden names


def write_names(views: Sequence[View], whole: int = _WHOLE) -> dict[str, bytes]:
    """Files with all names, for the pages that search them: content by file name.

    `views` are those of the page in each language. The first file is `NAME`, which it loads from
    where `links.asset` says; beside it stand the others, of which there are some where the names
    are more than `whole` bytes: each then has the names with a word that begins as it says. Links
    are those of the first page; what differs by language is told for each, in that order.
    """
    named = list(read_names(views[0].build))
    rows = _make_rows(views, named)
    kinds = [[tell_kind(view, kind) for kind in KINDS] for view in views]
    languages = [view.language for view in views]
    head = {"languages": languages, "kinds": kinds, "term": list(KINDS).index(TERM)}
    written = [_encode(row) for row in rows]
    if sum(map(len, written)) <= whole:
        return {NAME: _set({**head, "rows": _lines(written)})}
    keys = [_keys(each) for each, row in zip(named, rows, strict=True)]
    parts = _cut(keys, written)
    names = {f"search-index-{n}.js": key for n, key in enumerate(parts)}
    files = {NAME: _set({**head, "parts": [[key, name] for name, key in names.items()]})}
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


def _make_rows(views: Sequence[View], named: list[Named]) -> list[Row]:
    """A row for each resource that has a page."""
    order = list(KINDS)
    tellings = zip(*(_tell_all(view, named) for view in views), strict=True)
    rows = []
    for each, telling in zip(named, tellings, strict=True):
        names = [(other.text, other.language) for other in each.names if not other.is_hidden]
        shown = []
        for view in views:
            name = view.name(each.iri)
            if name not in names:  # it has none but hidden ones
                names.append(name)
            shown.append(names.index(name))
        rows.append(
            [
                order.index(each.kind),
                views[0].links.resource(each.iri) or "",
                [part for name in names for part in name],
                _once(shown),
                _once(list(telling)),
                list(dict.fromkeys(other.text for other in each.names if other.is_hidden)),
            ]
        )
    return rows


def _once(told: list[Any]) -> Any:
    """What is told for each language; once where it is the same for all."""
    return told if any(each != told[0] for each in told) else told[0]


def _tell_all(view: View, named: list[Named]) -> list[str]:
    """By what each is told apart from others, the ids among them where nothing else does that."""
    told = [tell_apart(view, each.iri, each.kind) for each in named]
    seen = [(e.kind, view.name(e.iri).text, t) for e, t in zip(named, told, strict=True)]
    alike = Counter(seen)
    return [
        telling if alike[key] == 1 else ", ".join(filter(None, (telling, view.shorten(each.iri))))
        for each, key, telling in zip(named, seen, told, strict=True)
    ]


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
