"""The links of a page on the server: paths and queries, without a host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from twingraph.media import HTML, NAMES
from twingraph.pages.addresses import Addresses
from twingraph.pages.query import Space

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.serve.jobs import Page
    from twingraph.vocab import Minter

_PAGE: Final = {"format": NAMES[HTML]}


class ServerLinks:
    """Links of a page (`pages.links.Links`) in whose address the language stands if it is chosen.

    >>> from twingraph.serve.jobs import Page
    >>> from twingraph.vocab import Minter
    >>> links = ServerLinks(Minter(), Page("de", is_chosen=True, values={"page": "2"}))
    >>> links.question("institutions-since", {"since": "2005"}), links.same(page="3")
    ('/ask/institutions-since?since=2005&lang=de', '?page=3&lang=de')
    """

    is_static = False
    canonical = ""

    def __init__(self, mint: Minter, page: Page) -> None:
        self._addresses = Addresses(mint)
        self.language = page.language
        self.chosen_language = page.language if page.is_chosen else ""
        self._values = {name: value for name, value in page.values.items() if name != "lang"}

    def place(self, name: str, values: Mapping[str, str] = {}) -> str:
        """A page of its own."""
        return f"/{name}{self._query(values)}"

    def listing(self, kind: str) -> str:
        """The list of the resources of a kind."""
        return f"/browse/{kind}{self._query({})}"

    def resource(self, iri: str, quotes: int = 1) -> str | None:
        """The page of a resource, and where in it."""
        path = self._addresses.find_path(iri)
        if path is None:
            return None
        path, mark, fragment = path.partition("#")
        part = {"quotes": str(quotes)} if quotes > 1 else {}
        return f"{path}{self._query({**_PAGE, **part})}{mark}{fragment}"

    @property
    def suffix(self) -> str:
        """What follows the path of a resource in the address of its page."""
        return self._query(_PAGE)

    def question(
        self, name: str, values: Mapping[str, str] = {}, format_: str = NAMES[HTML]
    ) -> str:
        """The answer of a question."""
        chosen = {} if format_ == NAMES[HTML] else {"format": format_}
        return f"/ask/{quote(name)}{self._query({**values, **chosen})}"

    def picture(self, name: str, values: Mapping[str, str] = {}) -> str:
        """A picture as SVG."""
        query = urlencode({**values, "lang": self.language})
        return f"/picture/{name}.svg?{query}"

    def asset(self, name: str) -> str:
        """A file that the pages need."""
        return f"/static/{name}"

    def same(self, **values: str) -> str:
        """The page with other values; in another format it is no page of a list."""
        if "format" in values:
            return f"?{urlencode(values)}"
        return self._query({**self._values, **values}) or "?"

    def _query(self, values: Mapping[str, str]) -> str:
        chosen = {"lang": self.chosen_language} if self.chosen_language else {}
        query = urlencode({**values, **{k: v for k, v in chosen.items() if k not in values}})
        return f"?{query}" if query else ""


def list_spaces(mint: Minter, page: Page) -> list[Space]:
    """Where the IRIs that are told of here lead, as `ServerLinks.resource` has it.

    Nothing is said of a graph that no source owns, which leads nowhere.

    >>> from twingraph.serve.jobs import Page
    >>> from twingraph.vocab import Minter
    >>> list_spaces(Minter("https://data.example/id/"), Page())[-1]
    Space(space='https://data.example/id/', path='/id/', suffix='?format=html')
    """
    suffix = ServerLinks(mint, page).suffix
    own = [Space(space, path, suffix) for space, path in Addresses(mint).spaces]
    return [Space(f"{mint.base}graph/", ""), *own]
