"""The form fields of a question: its parameters, with what they may be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph import vocab
from twingraph.pages.words import tell_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.pages.view import View
    from twingraph.queries import Question
    from twingraph.queries.catalogue import Parameter
    from twingraph.vocab import Minter

MOST: Final = 150  # resources that a field lists; of more the id is to be written
LISTED: Final = {
    "partnership": "Partnership",
    "municipality": "Municipality",
    "institution": "Institution",
    "activity": "Activity",
    "topic": "Topic",
    "source": "Source",
}
LANGUAGE: Final = "language"  # the type of parameter that the page has, and no field
_ALL: Final = "UNDEF"


class Option(NamedTuple):
    """What may be chosen: what is sent, and what is shown."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field: `options` where it is chosen from a list, else it is written.

    `fault` is what is wrong with its value.
    """

    name: str
    label: str
    value: str
    default: str
    placeholder: str
    is_year: bool
    is_required: bool
    options: list[Option]
    fault: str = ""


def choose_names(view: View, question: Question) -> dict[str, str]:
    """Names in the language of the page, as values of the parameters that choose it."""
    return {one.name: view.language for one in question.parameters if one.type == LANGUAGE}


def make_form(view: View, question: Question, values: Mapping[str, str] = {}) -> list[Field]:
    """The fields of a question, without that of the language, which the page has."""
    return [
        _make_field(view, each, values.get(each.name, ""))
        for each in question.parameters
        if each.type != LANGUAGE
    ]


def _make_field(view: View, parameter: Parameter, value: str) -> Field:
    options = list_options(view, parameter.type)
    all_ = view.say("all", "alle")
    if parameter.type in LISTED and not options:
        all_ = view.say("all, or an id", "alle, oder eine Id")
    default = "" if parameter.default in (None, _ALL) else str(parameter.default)
    return Field(
        name=parameter.name,
        label=tell_name(view, parameter.name),
        value=_as_option(view, parameter, value) or default,
        default=default,
        placeholder=default or all_,
        is_year=parameter.type == "year",
        is_required=bool(default),
        options=options,
    )


def _as_option(view: View, parameter: Parameter, value: str) -> str:
    """A value as the options have it: by id, though it may be given by IRI."""
    return value.removeprefix(find_space(view.mint, parameter.type))


def find_space(mint: Minter, kind: str) -> str:
    """With what the IRIs of resources of a kind begin, before their ids."""
    return vocab.TOPIC if kind == "topic" else f"{mint.base}{kind}/"


def list_options(view: View, kind: str) -> list[Option]:
    """The resources of a kind by their names; none where there are too many for a list."""
    if kind not in view.options:
        view.options[kind] = _list(view, kind) if kind in LISTED else []
    return view.options[kind]


def _list(view: View, kind: str) -> list[Option]:
    found = view.rows(
        f"SELECT DISTINCT ?resource WHERE {{ ?resource a tg:{LISTED[kind]} }} LIMIT {MOST + 1}"
    )
    if len(found) > MOST:
        return []
    space = find_space(view.mint, kind)
    shown = view.resources(str(iri) for (iri,) in found)
    names = Counter(each.text for each in shown)
    return [
        Option(identifier, f"{each.text} ({identifier})" if names[each.text] > 1 else each.text)
        for each in shown
        if (identifier := each.title.removeprefix(space))
    ]
