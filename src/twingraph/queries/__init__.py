"""The catalogue of questions, their parameters, and how they are run."""

from twingraph.queries.answer import Answer
from twingraph.queries.catalogue import (
    Parameter,
    Question,
    find_question,
    read_catalogue,
    read_federated,
)
from twingraph.queries.federated import Federated
from twingraph.queries.run import ask, find_resource, query, run

__all__ = [
    "Answer",
    "Federated",
    "Parameter",
    "Question",
    "ask",
    "find_question",
    "find_resource",
    "query",
    "read_catalogue",
    "read_federated",
    "run",
]
