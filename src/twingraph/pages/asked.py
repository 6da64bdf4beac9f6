"""What the query page of a site knows of each question, to be led to it by name and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from twingraph.pages.answer import choose_columns, tell_question
from twingraph.pages.basis import find_basis
from twingraph.pages.forms import LANGUAGE, LISTED, choose_names, find_space
from twingraph.pages.words import CODED, GERMAN, MARKS, STATED, tell_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twingraph.pages.view import View
    from twingraph.queries import Question

# What the scripts say of a question that is asked so.
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "noQuestion": (
        "There is no question “#” here. Nothing was asked.",
        "Eine Frage „#“ gibt es hier nicht. Es wurde nichts gefragt.",
    ),
    "noParameter": (
        "The question does not ask for “#”. Nothing was asked.",
        "Nach „#“ fragt diese Frage nicht. Es wurde nichts gefragt.",
    ),
    "no-year": (
        "“#” is not one year from 1 to 9999. Nothing was asked.",
        "„#“ ist nicht ein Jahr von 1 bis 9999. Es wurde nichts gefragt.",
    ),
    "no-count": (
        "“#” is not one whole number. Nothing was asked.",
        "„#“ ist nicht eine ganze Zahl. Es wurde nichts gefragt.",
    ),
    "noResource": (
        "“#” is not one id or IRI. Nothing was asked.",
        "„#“ ist nicht eine Id oder IRI. Es wurde nichts gefragt.",
    ),
    "unknown": ("The data know nothing of “#”.", "Die Daten wissen nichts von „#“."),
    "askedWith": ("Asked with:", "Gefragt mit:"),
    "whole": (
        "The question with all its answers, and how to cite it",
        "Die Frage mit allen Antworten, und wie man sie zitiert",
    ),
    "showQuery": ("Show SPARQL, and change it", "SPARQL zeigen und ändern"),
    "nothing": (
        "Nothing in this graph answers the question.",
        "Nichts in diesem Graphen beantwortet die Frage.",
    ),
    "asData": ("As data:", "Als Daten:"),
    "basis": ("What the answer rests on", "Worauf die Antwort beruht"),
    "or": (" or ", " oder "),
    "about": ("c. ", "um "),
    "decade": ("0s", "0er"),
}


def tell_questions(view: View, questions: Iterable[Question]) -> dict[str, Any]:
    """For the scripts: the questions by name, and what is said of them in the page's language."""
    said: dict[str, Any] = {name: view.say(*each) for name, each in _WORDS.items()}
    said["coded"] = {} if view.language != "de" else dict(GERMAN)
    return {"questions": {each.name: _tell(view, each) for each in questions}, "said": said}


def _tell(view: View, question: Question) -> Mapping[str, Any]:
    """The text, with names in the page's language; what its parameters take; how an answer is
    shown; and what it rests on."""
    text = question.bind(choose_names(view, question), view.mint)
    return {
        "text": text,
        "question": tell_question(view, question),
        "address": view.links.question(question.name),
        "parameters": {
            one.name: {
                "type": one.type,
                "label": tell_name(view, one.name),
                "space": find_space(view.mint, one.type) if one.type in LISTED else "",
            }
            for one in question.parameters
            if one.type != LANGUAGE
        },
        "columns": [
            {
                "name": name,
                "label": tell_name(view, name),
                "named": _find_naming(question.columns, name),
                "isTime": name in STATED,
                "isCoded": name in CODED,
            }
            for name in choose_columns(question.columns)
        ],
        "basis": [
            (kind, view.say(*MARKS[kind]), ", ".join(names))
            for kind, names in find_basis(view, text)
        ],
    }


def _find_naming(columns: tuple[str, ...], name: str) -> str:
    """The column with the name of what another has; empty if there is none."""
    named = [f"{name}Name", f"{name}Title", *(["name"] if name == columns[0] else [])]
    return next((each for each in named if each in columns), "")
