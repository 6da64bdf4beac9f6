"""What cities publish about their partnerships, as a cited, linked, queryable knowledge graph.

twingraph.build_folder(Path("data"), Path("build"))
with twingraph.open_build("build") as build:
    answer = twingraph.ask(build, "institutions-since", since=1999)
    for row in answer:
        print(row["name"], row["firstYear"], row["lastYear"])
    frame = answer.to_dataframe()  # where pandas is installed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twingraph.errors import (
    EndpointError,
    FileError,
    Finding,
    InconsistentGraph,
    IriError,
    OntologyError,
    QueryError,
    RecordErrors,
    TwingraphError,
)
from twingraph.queries import Answer, Question, ask, query, read_catalogue
from twingraph.store import Build, open_build

if TYPE_CHECKING:
    from twingraph.checks import Violation, check_folder
    from twingraph.endpoint import Endpoint
    from twingraph.store.pipeline import Summary, build_folder

__all__ = [
    "Answer",
    "Build",
    "Endpoint",
    "EndpointError",
    "FileError",
    "Finding",
    "InconsistentGraph",
    "IriError",
    "OntologyError",
    "QueryError",
    "Question",
    "RecordErrors",
    "Summary",
    "TwingraphError",
    "Violation",
    "ask",
    "build_folder",
    "check_folder",
    "open_build",
    "query",
    "read_catalogue",
]

# What reads records and reasons is imported when it is first used: a question needs neither.
_LATER = {
    "Endpoint": "twingraph.endpoint",
    "Summary": "twingraph.store.pipeline",
    "Violation": "twingraph.checks",
    "build_folder": "twingraph.store.pipeline",
    "check_folder": "twingraph.checks",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'twingraph' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_LATER[name]), name)
