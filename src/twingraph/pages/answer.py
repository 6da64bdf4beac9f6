"""The answer of a question: a table in pages, what it rests on, and the SPARQL behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from twingraph.errors import QueryError
from twingraph.media import CSV, JSON, NAMES, TSV
from twingraph.pages.basis import find_basis
from twingraph.pages.choices import choose_resources, choose_years
from twingraph.pages.cite import cite
from twingraph.pages.forms import make_form
from twingraph.pages.links import QUERY
from twingraph.pages.paging import check_page, count_pages, cut
from twingraph.pages.render import render
from twingraph.pages.view import Name
from twingraph.pages.words import tell_name, tell_value
from twingraph.queries import find_question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from twingraph.pages.choices import Choice
    from twingraph.pages.forms import Field
    from twingraph.pages.view import Shown, View, Words
    from twingraph.queries import Answer, Question

ROWS: Final = 200  # of an answer on a page
MOST_FILES: Final = 10  # pages of an answer, where each is a file: the rest is had as data
FORMATS: Final = (CSV, JSON, TSV)  # in which an answer is had as data


class _Cell(NamedTuple):
    shown: Shown
    is_number: bool


def answer_page(
    view: View,
    question: Question,
    values: Mapping[str, str],
    answer: Answer,
    page: int = 1,
    folders: Sequence[Path] = (),
) -> str:
    """A page of the answer; `folders` have questions of the user's, which it may point to.

    :raises QueryError: if there is no such page.
    """
    rows = [tuple(row) for row in answer.terms()]
    pages = count_pages(len(rows), ROWS)
    check_page("page", page, pages)
    columns = _choose_columns(answer.columns)
    sparql = question.bind(values, view.mint)
    title = tell_question(view, question)
    form = make_form(view, question, values)
    return render(
        "answer.html",
        view,
        title=title,
        question=question,
        form=form,
        columns=[tell_name(view, name) for name in columns],
        returns=_tell_rows(view, question),
        rows=rows,
        shown=_show_rows(view, columns, cut(rows, page, ROWS)),
        first=(page - 1) * ROWS + 1,
        page=page,
        pages=min(pages, MOST_FILES) if view.links.is_static else pages,
        is_cut=view.links.is_static and page == MOST_FILES < pages,
        basis=find_basis(view, sparql),
        see=_see(view, question, values, folders),
        sparql=sparql,
        query_link=_lead_to_query(view, values, sparql),
        plain=view.links.question(question.name) if values else None,
        choices=_choose(view, question, values),
        own=view.links.question(question.name, values),
        citation=cite(view, title + _tell_values(form), _address(view, question, values)),
        formats=_list_formats(view, question, values),
    )


def tell_question(words: Words, question: Question) -> str:
    """The question in the language of the page, if it is there."""
    return words.say(question.question, question.german or question.question)


def _tell_rows(view: View, question: Question) -> Name | None:
    """What a row is, and the order of rows, as a sentence; None where the header does not say."""
    is_german = view.language == "de" and question.german_rows
    text = question.german_rows if is_german else question.rows
    language = "" if is_german else view.foreign("en")
    return Name(text[:1].upper() + text[1:], language) if text else None


def _lead_to_query(view: View, values: Mapping[str, str], sparql: str) -> str | None:
    """The editor with the query; from a site's answers with values the one without leads there."""
    if values and view.links.is_static:
        return None
    return view.links.place(QUERY, {"query": sparql})


def _choose(view: View, question: Question, values: Mapping[str, str]) -> list[Choice]:
    """What else a site has answers of; of each resource only where none is chosen."""
    if not view.links.is_static:
        return []
    return [*choose_years(view, question), *([] if values else choose_resources(view, question))]


def _address(view: View, question: Question, values: Mapping[str, str]) -> str:
    """By what the answer is cited: where it is in the web, or at least where on the server."""
    links = view.links
    return links.canonical or (
        "" if links.is_static else links.question(question.name, values) or ""
    )


def _tell_values(form: Sequence[Field]) -> str:
    """With which values it is asked, as an addition to the question; empty where all is asked."""
    told = (f"{field.label}: {field.value}" for field in form if field.value)
    return f" ({'; '.join(told)})" if any(field.value for field in form) else ""


def _choose_columns(names: Sequence[str]) -> dict[str, int]:
    """The columns to show with their places: not those with the name of what another column has,
    since that is shown by its name.

    >>> _choose_columns(("institution", "name", "years"))
    {'institution': 0, 'years': 2}
    """
    first = names[0] if names else ""
    named = {f"{name}{end}" for name in names for end in ("Name", "Title")}
    if first not in ("name", "year"):
        named.add("name")
    return {name: index for index, name in enumerate(names) if name not in named}


def _show_rows(
    view: View, columns: Mapping[str, int], rows: Iterable[tuple[Any, ...]]
) -> list[list[_Cell]]:
    return [[_cell(view, name, row[index]) for name, index in columns.items()] for row in rows]


def _list_formats(
    view: View, question: Question, values: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """In what the answer is had as data: name, media type, address."""
    return [
        (NAMES[each].upper(), each, address)
        for each in FORMATS
        if (address := view.links.question(question.name, values, NAMES[each]))
    ]


def _cell(view: View, name: str, term: Any) -> _Cell:
    import pyoxigraph

    is_number = isinstance(term, pyoxigraph.Literal) and term.datatype.value.endswith("#integer")
    shown = view.term(term)
    told = tell_value(view, name, shown.text)
    if told != shown.text:
        shown = shown._replace(text=told, title=shown.text)
    return _Cell(shown, is_number)


def _see(
    view: View, question: Question, values: Mapping[str, str], folders: Sequence[Path]
) -> list[tuple[str, str]]:
    """The questions that the header points to, each with its address; they keep the values of
    the parameters that they share, where there is such an answer."""
    found = []
    for name in question.see:
        try:
            other = find_question(name, *folders)
        except QueryError:
            continue
        shared = {each.name: values[each.name] for each in other.parameters if each.name in values}
        if address := view.links.question(name, shared) or view.links.question(name):
            found.append((tell_question(view, other), address))
    return found
