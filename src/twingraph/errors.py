"""The errors that twingraph raises, as one tree.

TwingraphError
├── RecordErrors       records that cannot be read: every finding of a folder, together
├── FileError          a file or folder that is absent, unreadable or not ours
├── SourceError        a page of which nothing at all can be read
├── IriError           an identifier that cannot become an IRI
├── OntologyError      an axiom that the reasoner does not apply
├── InconsistentGraph  a statement that the ontology's disjointness forbids
├── QueryError         an unknown question, a wrong parameter, or SPARQL that does not parse
│   └── PageError       a page after the last of a list
└── EndpointError      a remote store that does not do, wholly and in time, what it was asked
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class TwingraphError(Exception):
    """What twingraph raises when input, not the program, is wrong."""


class FileError(TwingraphError):
    """A file or folder is absent, unreadable or not what its name says."""


class SourceError(TwingraphError):
    """Nothing at all can be read of a page."""


class IriError(TwingraphError):
    """An identifier holds a character that no IRI of ours may have."""


class OntologyError(TwingraphError):
    """The ontology uses an axiom that the reasoner does not apply."""


class InconsistentGraph(TwingraphError):  # noqa: N818 - says what is wrong, as the design names it
    """A resource is in two classes that the ontology declares disjoint."""


class QueryError(TwingraphError):
    """A question, a parameter or a SPARQL text is not accepted."""


class PageError(QueryError):
    """A page after the last of a list: `name` is that of the value which asks for it."""

    def __init__(self, name: str, page: int, last: int) -> None:
        super().__init__(f"{name}: there is no page {page}; the last is {last}")
        self.name = name
        self.page = page
        self.last = last


class EndpointError(TwingraphError):
    """A remote store did not do, wholly and in time, what it was asked."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong in a file: where, and what was found and expected.

    >>> str(Finding("data/programmes.yaml", 3, "years", "'2O19' is not a year"))
    "data/programmes.yaml:3: years: '2O19' is not a year"
    """

    path: str
    line: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return (
            f"{place}: {self.where}: {self.message}" if self.where else f"{place}: {self.message}"
        )


class RecordErrors(TwingraphError):  # noqa: N818 - it holds several
    """Every finding of a folder of records, in the order of files and lines."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(set(findings)))
        super().__init__("\n".join(map(str, self.findings)))
