"""What is wrong with a folder of records: the records, their quotations, SHACL, and check queries.

Every record error is told at once (`records` collects them). Only a folder without any can be
built, so the shapes and the check queries run on a build of it in a temporary place.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from twingraph.errors import FileError, RecordErrors
from twingraph.files import SHAPES, find_shipped
from twingraph.queries import query, run
from twingraph.queries.catalogue import read_question
from twingraph.store import open_build
from twingraph.store.pipeline import build_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

    from twingraph.store import Build


@dataclass(frozen=True, slots=True)
class Violation:
    """One finding: which check found it, how grave it is, and what it says."""

    check: str
    severity: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.check}: {self.message}"


def check_folder(data: str | Path) -> list[Violation]:
    """Everything found in a folder of records, the graver checks first; empty when all is well.

    :raises FileError: if the folder is absent.
    """
    data = Path(data)
    with tempfile.TemporaryDirectory(prefix="twingraph-") as folder:
        try:
            dangling = build_folder(data, Path(folder) / "build").dangling
        except RecordErrors as errors:
            return [Violation("records", "error", str(finding)) for finding in errors.findings]
        with open_build(Path(folder) / "build") as build:
            own = data / "queries" / "checks"
            return [
                *(Violation("links", "warning", each) for each in dangling),
                *check_shapes(read_graph(build)),
                *check_queries(build, own),
            ]


def read_graph(build: Build) -> rdflib.Graph:
    """The union of all graphs of a build, each triple once."""
    from rdflib import Graph

    content = run(build, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    return Graph().parse(data=str(content), format="nt")


def check_file(path: Path, shapes: Path) -> list[Violation]:
    """Where a file of Turtle departs from SHACL shapes.

    :raises FileError: if it is no Turtle.
    """
    import pyoxigraph
    from rdflib import Graph

    try:  # rdflib fails on what is no Turtle in ways of its own
        quads = list(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE))
    except (SyntaxError, ValueError) as error:
        raise FileError(f"{path}: is not Turtle: {error}") from error
    triples = (quad.triple for quad in quads)
    lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return check_shapes(Graph().parse(data=lines, format="nt"), shapes)


def check_shapes(graph: rdflib.Graph, shapes: Path | None = None) -> list[Violation]:
    """Where a graph departs from SHACL shapes (https://www.w3.org/TR/shacl/).

    Without `shapes` they are those of the ontology, and the graph is a closed one. Validation is
    pyshacl's, over a plain rdflib graph: over a store it reports false violations.
    """
    import pyshacl
    from rdflib import Graph
    from rdflib.namespace import RDF, SH

    demanded = Graph().parse(shapes or find_shipped("ontology") / SHAPES)
    _, report, _ = pyshacl.validate(graph, shacl_graph=demanded, advanced=False)
    assert isinstance(report, Graph)
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, path, value = (
            _shown(report.value(result, predicate))
            for predicate in (SH.focusNode, SH.resultPath, SH.value)
        )
        message = report.value(result, SH.resultMessage)
        severity = "warning" if report.value(result, SH.resultSeverity) == SH.Warning else "error"
        place = " ".join(part for part in (focus, path, value) if part)
        found.append(Violation("shapes", severity, f"{place}: {message}"))
    return sorted(found, key=str)


def _shown(node: rdflib.term.Node | None) -> str:
    from rdflib import URIRef

    if node is None:
        return ""
    return f"<{node}>" if isinstance(node, URIRef) else f'"{node}"'


def check_queries(build: Build, *more: Path) -> Iterator[Violation]:
    """The rows of the check queries, shipped and of further folders, which must have none.

    :raises QueryError: if a file's header is not of the form that the catalogue has.
    """
    folders = (find_shipped("queries") / "checks", *more)
    for path in (path for folder in folders for path in sorted(folder.glob("*.rq"))):
        check = read_question(path)
        for row in query(build, check.text).rows():
            place = " ".join(str(value) for value in row if value is not None)
            yield Violation(
                check.name, check.severity, f"{place}: {check.question} {check.solution}"
            )
