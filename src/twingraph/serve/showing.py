"""Jobs that are answered by a page of its own, or by a picture."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

from twingraph.media import HTML
from twingraph.serve.jobs import Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.errors import QueryError
    from twingraph.pages.finding import NameIndex
    from twingraph.pages.view import View
    from twingraph.serve.jobs import Ask, Picture, Search, Show
    from twingraph.store import Build

_OF_PAGES: Final = frozenset(("lang", "page"))  # values that any page has
_SVG: Final = "image/svg+xml"


def show(view: View, job: Show, folders: Sequence[str]) -> Reply:
    """A page of its own: `home`, `network`, or a list, `browse/…`.

    :raises QueryError: if a value of its address is none.
    """
    if job.name == "home":
        from twingraph.pages.home import home_page
        from twingraph.queries import read_catalogue

        questions = read_catalogue(*map(Path, folders)).values()
        page = home_page(view, questions, has_package=job.has_package)
    elif job.name == "network":
        from twingraph.pages.network import network_page

        page = network_page(view)
    else:
        from twingraph.pages.listing import listing_page

        page = listing_page(view, job.name.removeprefix("browse/"), job.page.values)
    return Reply(HTTPStatus.OK, HTML, page.encode())


def search(view: View, job: Search, names: NameIndex) -> Reply:
    """The page on which names are searched, with what is found.

    :raises QueryError: if a value of its address is none.
    """
    from twingraph.pages.search import search_page

    return Reply(HTTPStatus.OK, HTML, search_page(view, names, job.page.values).encode())


def show_refusal(view: View, job: Ask, folders: Sequence[str], error: QueryError) -> Reply:
    """Why a question is not answered, with its form: status 400."""
    from twingraph.pages.refusal import refusal_page
    from twingraph.queries import find_question

    question = find_question(job.question, *map(Path, folders))
    known = {parameter.name for parameter in question.parameters}
    own = {name: job.values[name] for name in job.values if name not in _OF_PAGES - known}
    page = refusal_page(view, question, own, error)
    return Reply(HTTPStatus.BAD_REQUEST, HTML, page.encode())


def draw(build: Build, job: Picture) -> Reply:
    """A picture as SVG.

    :raises QueryError: if a parameter, or what it names, is unknown.
    """
    from twingraph.plot import plot

    return Reply(HTTPStatus.OK, _SVG, plot(build, job.name, **job.values).encode())
