"""Tables of SPARQL results as CSV, in which each row has as many fields as there are columns.

SPARQL 1.1 Query Results CSV and TSV Formats, 3.2: what holds a comma is quoted (RFC 4180, 2). The
engine quotes literals so, but no IRIs, of which `http://www.city.example/hd,Lde/` is one.
"""

from __future__ import annotations

import csv
import io
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import QuerySolutions

_AT_ONCE: Final = 10_000  # rows that are written together


def write_csv(solutions: QuerySolutions, evaluate: Callable[[], Any], output: io.BytesIO) -> None:
    """Write rows as CSV; where the engine's CSV is not whole, as `evaluate` gives them again."""
    import pyoxigraph

    columns = [variable.value for variable in solutions.variables]
    solutions.serialize(output, format=pyoxigraph.QueryResultsFormat.CSV)
    if not is_even(output.getvalue(), len(columns)):
        output.seek(0)
        output.truncate()
        _write(columns, evaluate(), output)


def is_even(content: bytes, columns: int) -> bool:
    r"""Whether each row of CSV has as many fields as there are columns.

    >>> is_even(b'a,b\r\n1,"2,3"\r\n', 2), is_even(b"a,b\r\n1,2,3\r\n", 2)
    (True, False)
    """
    if b'"' not in content:
        return content.count(b",") == (columns - 1) * content.count(b"\n")
    lines = io.StringIO(content.decode(), newline="")
    return all(len(row) == columns for row in csv.reader(lines) if row or columns != 1)


def _write(columns: list[str], rows: Iterable[Iterable[Any]], output: io.BytesIO) -> None:
    told = chain([columns], (map(_text, row) for row in rows))
    while some := list(islice(told, _AT_ONCE)):
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(some)
        output.write(text.getvalue().encode())


def _text(term: Any) -> str:
    """A term as CSV has it: an IRI or a literal without more, nothing where nothing is bound."""
    import pyoxigraph

    if term is None:
        return ""
    is_plain = isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal)
    return term.value if is_plain else str(term)
