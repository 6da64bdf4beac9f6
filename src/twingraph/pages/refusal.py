"""A question that cannot be asked as it was: its form, filled as it was, with what is wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from twingraph.errors import QueryError
from twingraph.pages.answer import tell_question
from twingraph.pages.forms import LISTED, make_form
from twingraph.pages.render import render
from twingraph.pages.words import tell_name
from twingraph.queries.catalogue import read_value, suggest
from twingraph.queries.run import find_resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.pages.forms import Field
    from twingraph.pages.view import View
    from twingraph.queries import Question
    from twingraph.queries.catalogue import Parameter

_HINT: Final = re.compile(r"did you mean <([^>]+)>\?$")
# What a value has to be, by the type of its parameter; of resources it is the same for all.
_EXPECTED: Final = {
    "year": ("is no year: expected one from 1 to 9999", "ist kein Jahr: erwartet 1 bis 9999"),
    "count": ("is no whole number", "ist keine ganze Zahl"),
    "language": (
        "is no language: expected e.g. en or de",
        "ist keine Sprache: erwartet z. B. en oder de",
    ),
}
_NO_ID: Final = ("is no id", "ist keine Id")
_UNKNOWN: Final = ("is not known in this graph", "ist in diesem Graphen nicht bekannt")
_NEAR: Final = ("did you mean", "gemeint vielleicht")


def refusal_page(
    view: View, question: Question, values: Mapping[str, str], error: QueryError
) -> str:
    """The form of a question with what is wrong beside each field; `error` is why it was refused.

    What is wrong with no field is told above all: the error itself, in English, if nothing else is.
    """
    faults = find_faults(view, question, values)
    known = {each.name for each in question.parameters}
    notes = [_tell_unknown(view, name, known) for name in values if name not in known]
    form = [_fill(field, values, faults) for field in make_form(view, question, values)]
    shown = {field.name for field in form}
    notes += [f"{tell_name(view, name)}: {faults[name]}" for name in faults if name not in shown]
    return render(
        "refusal.html",
        view,
        title=tell_question(view, question),
        question=question,
        form=form,
        is_marked=any(field.fault for field in form),
        notes=notes,
        error="" if faults or notes else str(error),
        plain=view.links.question(question.name),
    )


def find_faults(view: View, question: Question, values: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the values of a question, by the names of its parameters."""
    found = {}
    for each in question.parameters:
        if each.name in values and (fault := _find_fault(view, each, values[each.name])):
            found[each.name] = fault
    first, last = (_read_year(question, name, values) for name in ("from", "to"))
    if not found and first is not None and last is not None and first > last:
        found["to"] = view.say(f"{last} is before {first}", f"{last} liegt vor {first}")
    return found


def _find_fault(view: View, parameter: Parameter, value: str) -> str:
    quoted = view.say(f"“{value[:60]}”", f"„{value[:60]}“")
    try:
        read_value(parameter, value, view.mint)
    except QueryError:
        return f"{quoted} {view.say(*_EXPECTED.get(parameter.type, _NO_ID))}"
    if parameter.type not in LISTED:
        return ""
    try:
        find_resource(view.build, parameter, value)
    except QueryError as error:
        hint = _HINT.search(str(error))
        near = f"; {view.say(*_NEAR)} {_shorten(view, parameter, hint[1])}?" if hint else ""
        return f"{quoted} {view.say(*_UNKNOWN)}{near}"
    return ""


def _shorten(view: View, parameter: Parameter, iri: str) -> str:
    return view.shorten(iri).removeprefix(f"{parameter.type}/")


def _read_year(question: Question, name: str, values: Mapping[str, str]) -> int | None:
    """The year that is asked for by a name, or that is if none is; None of other parameters."""
    for each in question.parameters:
        value = values.get(name, each.default or "")
        if each.name == name and each.type == "year" and value.isdecimal():
            return int(value)
    return None


def _tell_unknown(view: View, name: str, known: set[str]) -> str:
    near = suggest(name, known).removeprefix("; did you mean ").strip("'?")
    hint = f"; {view.say(*_NEAR)} {near}?" if near else ""
    told = view.say("The question has no value", "Die Frage hat keine Angabe")
    return f"{told} {name[:60]!r}{hint}"


def _fill(field: Field, values: Mapping[str, str], faults: Mapping[str, str]) -> Field:
    """A field as it was filled: with what no list has, it is written."""
    if field.name not in faults:
        return field
    value = values.get(field.name, field.value)
    listed = {option.value for option in field.options}
    options = field.options if field.value in listed else []
    return replace(
        field,
        value=field.value if options else value,
        options=options,
        fault=faults[field.name],
    )
