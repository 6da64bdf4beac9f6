"""What a request says of the page it wants: its language, and the values of its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twingraph.pages.links import LANGUAGES
from twingraph.pages.view import Words
from twingraph.serve.accepting import choose_language
from twingraph.serve.answers import RequestError
from twingraph.serve.jobs import Page
from twingraph.serve.links import ServerLinks
from twingraph.serve.protocol import read_parameters

if TYPE_CHECKING:
    from starlette.types import Scope

    from twingraph.serve.editions import Edition


def read_page(scope: Scope) -> Page:
    """The language that the address names, else the one that the browser would rather have."""
    values = dict(read_parameters(scope["query_string"].decode("latin-1")))
    named = values.get("lang", "")
    if named in LANGUAGES:
        return Page(named, is_chosen=True, values=values)
    accepted = next((v for k, v in scope["headers"] if k == b"accept-language"), b"")
    return Page(choose_language(accepted.decode("latin-1")), values=values)


def words_of(scope: Scope) -> Words:
    """The words and links of a page that needs no build."""
    edition: Edition = scope["state"]["edition"]
    try:
        page = read_page(scope)
    except RequestError:  # what is no query of an address gets its answer in English
        page = Page()
    return Words(ServerLinks(edition.mint, page), edition.about)
