"""An answer: its rows as Python values, and as the formats of the SPARQL 1.1 results family."""

from __future__ import annotations

import io
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from twingraph.errors import QueryError
from twingraph.queries.results import write_csv
from twingraph.vocab import XSD, Iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import pyoxigraph

    Value = Iri | str | int | float | bool | None

_NUMBERS: Final[dict[str, type[int | float]]] = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "double": float,
}


class Answer:
    """The rows of a SELECT, in the order of the query. Iterating gives one dict a row.

    >>> answer = Answer(b'{"head":{"vars":["year"]},"results":{"bindings":[{"year":'
    ...     b'{"type":"literal","value":"1999","datatype":"http://www.w3.org/2001/XMLSchema#integer"}}]}}')
    >>> answer.columns, answer.rows()
    (('year',), [(1999,)])
    """

    def __init__(self, json: bytes) -> None:
        self._json = json

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the query."""
        return tuple(variable.value for variable in self._solutions().variables)

    def _solutions(self) -> pyoxigraph.QuerySolutions:
        import pyoxigraph

        results = pyoxigraph.parse_query_results(
            self._json, format=pyoxigraph.QueryResultsFormat.JSON
        )
        if not isinstance(results, pyoxigraph.QuerySolutions):
            raise QueryError("the answer is a truth value, not a table")
        return results

    def rows(self) -> list[tuple[Value, ...]]:
        """The rows as Python values: `Iri`, str, int, float, bool; None where nothing is bound.

        Texts come without their language tag, dates as they are written.
        """
        return [tuple(map(read_term, row)) for row in self._solutions()]

    def terms(self) -> Iterator[tuple[pyoxigraph.NamedNode | pyoxigraph.Literal | None, ...]]:
        """The rows as RDF terms; None where nothing is bound."""
        return map(tuple, self._solutions())

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for row in self.rows():
            yield dict(zip(self.columns, row, strict=True))

    def __len__(self) -> int:
        return sum(1 for _ in self._solutions())

    def to_dataframe(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame, whole numbers as Int64 (they may be absent).

        :raises ImportError: if pandas is not installed.
        """
        import pandas as pd

        frame = pd.DataFrame(self.rows(), columns=list(self.columns))
        return frame.convert_dtypes()

    def serialize(self, format: str) -> bytes:  # noqa: A002 - the word of every RDF library
        """The answer as `csv`, `tsv` or `json` (SPARQL 1.1 Results)."""
        import pyoxigraph

        if format == "json":
            return self._json
        if format == "csv":
            output = io.BytesIO()
            write_csv(self._solutions(), self._solutions, output)
            return output.getvalue()
        if format != "tsv":
            raise QueryError(f"no result format {format!r}; expected csv, tsv or json")
        return self._solutions().serialize(format=pyoxigraph.QueryResultsFormat.TSV) or b""


def read_term(term: Any) -> Value:
    """A term of RDF as a Python value; None where nothing is bound.

    Texts come without their language tag, dates as they are written.
    """
    import pyoxigraph

    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode):
        return Iri(term.value)
    if isinstance(term, pyoxigraph.Literal):
        datatype = term.datatype.value
        if datatype == XSD + "boolean":
            return term.value in ("true", "1")
        number = _NUMBERS.get(datatype)
        try:
            return term.value if number is None else number(term.value)
        except ValueError:  # "zz"^^xsd:integer
            return term.value
    return str(term)
