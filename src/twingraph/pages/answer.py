"""The answer of a question: a table in pages, what it rests on, and the SPARQL behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from twingraph.errors import QueryError
from twingraph.media import CSV, JSON, NAMES, TSV
from twingraph.pages.basis import find_basis
from twingraph.pages.choices import choose_years
from twingraph.pages.cite import cite
from twingraph.pages.forms import choose_names, make_form
from twingraph.pages.links import MAIN, QUERY
from twingraph.pages.paging import check_page, count_pages, cut
from twingraph.pages.render import render
from twingraph.pages.view import Name
from twingraph.pages.words import tell_name, tell_value
from twingraph.queries import find_question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from twingraph.pages.forms import Field
    from twingraph.pages.view import Shown, View, Words
    from twingraph.queries import Answer, Question

ROWS: Final = 200  # of an answer on a page
_ADDRESS: Final = 40  # characters of an address that is shown whole
_END: Final = 24  # of the end of another
MOST_FILES: Final = 10  # pages of an answer, where each is a file: the rest is had as data
_HEADER: Final = re.compile(r"^#\+.*\n", re.MULTILINE)  # of the catalogue; the page itself tells it
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
    columns = choose_columns(answer.columns)
    sparql = question.bind(choose_names(view, question) | dict(values), view.mint)
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
        sparql=_HEADER.sub("", sparql),
        query_link=_lead_to_query(view, question, values, sparql),
        form_action=_find_asker(view, question),
        choices=choose_years(view, question) if view.links.is_static else [],
        own=view.links.question(question.name, values),
        is_cited=True,
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


def ask_in_editor(words: Words, question: str, values: Mapping[str, str]) -> str | None:
    """The query page of a site, which asks a question of the catalogue with these values."""
    return words.links.place(QUERY, {"question": question, **values})


def _lead_to_query(
    view: View, question: Question, values: Mapping[str, str], sparql: str
) -> str | None:
    """The editor with the query."""
    if view.links.is_static:
        return ask_in_editor(view, question.name, values)
    return view.links.place(QUERY, {"query": sparql})


def _find_asker(view: View, question: Question) -> str | None:
    """Where the form is sent, which on a site is the query page; None where there is none."""
    links = view.links
    address = links.place(QUERY) if links.is_static else links.question(question.name)
    return address and address.partition("?")[0]


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


def choose_columns(names: Sequence[str]) -> dict[str, int]:
    """The columns to show with their places: not those with the name of what another column has,
    since that is shown by its name.

    >>> choose_columns(("institution", "name", "years"))
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
        (_tell_format(view, question, each), each, address)
        for each in FORMATS
        if (address := view.links.question(question.name, values, NAMES[each]))
    ]


def _tell_format(view: View, question: Question, media_type: str) -> str:
    """What a format is called; on a site, that its names are those of another language."""
    called = NAMES[media_type].upper()
    is_shared = view.links.is_static and media_type == JSON
    if is_shared and choose_names(view, question) and view.language != MAIN:
        return f"{called} ({view.say('English names', 'englische Namen')})"
    return called


def _cell(view: View, name: str, term: Any) -> _Cell:
    import pyoxigraph

    is_number = isinstance(term, pyoxigraph.Literal) and term.datatype.value.endswith("#integer")
    shown = view.term(term)
    told = tell_value(view, name, _shorten_address(shown.text))
    if told != shown.text:
        shown = shown._replace(text=told, title=shown.text)
    return _Cell(shown, is_number)


def _shorten_address(text: str) -> str:
    """An address in the web by its host and its end, where it is long; other texts as they are.

    >>> _shorten_address("https://www.heidelberg.de/hd,Lde/HD/Rathaus/Partnerstaedte/Kumamoto.html")
    'www.heidelberg.de/…/Kumamoto.html'
    """
    if not text.startswith(("http://", "https://")) or len(text) <= _ADDRESS:
        return text
    host, *_, end = text.partition("//")[2].rstrip("/").split("/")
    return f"{host}/…/{end[-_END:]}"


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
