"""Where the links of a page lead: on a server, or among the files of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final = {"en": "English", "de": "Deutsch"}
MAIN: Final = "en"  # in which a site has what it has in one language
# Pages of their own, beside those of resources and questions.
HOME: Final = ""
SEARCH: Final = "search"
NETWORK: Final = "network"
QUERY: Final = "query"
DATA: Final = "data.nq.gz"  # all quads, on a site without a server
# What there are lists of, each with its name in English and German; the classes, see `listing`.
KINDS: Final = {
    "partnerships": ("Partnerships", "Partnerschaften"),
    "municipalities": ("Cities", "Städte"),
    "institutions": ("Institutions", "Institutionen"),
    "activities": ("Activities", "Aktivitäten"),
    "topics": ("Topics", "Themen"),
    "years": ("Years", "Jahre"),
    "sources": ("Sources", "Quellen"),
}


class Links(Protocol):
    """The links of one page. All are relative to it or to its host, so that no host is named."""

    @property
    def language(self) -> str:
        """The language of the page, a key of `LANGUAGES`, and of the pages it links to."""

    @property
    def chosen_language(self) -> str:
        """The same where a form has to send it, to keep it; else empty."""

    @property
    def is_static(self) -> bool:
        """Whether there is no server: a form cannot be sent, only precomputed answers are there."""

    @property
    def canonical(self) -> str:
        """The one address of the page in the web, to cite it by; empty where it is not known."""

    def place(self, name: str, values: Mapping[str, str] = {}) -> str | None:
        """One of the pages above, its form filled with the values; None where there is none."""

    def listing(self, kind: str) -> str:
        """The list of all resources of a kind: a key of `KINDS`."""

    def resource(self, iri: str, quotes: int = 1) -> str | None:
        """The page of a resource; None of one that is not told of here.

        `quotes` is the page of a source's quoted words on which a passage stands.
        """

    def question(
        self, name: str, values: Mapping[str, str] = {}, format_: str = "html"
    ) -> str | None:
        """The answer of a question; None where it is not among those precomputed."""

    def picture(self, name: str, values: Mapping[str, str] = {}) -> str:
        """A picture of `plot.PICTURES` as SVG, its words in the language of the page."""

    def asset(self, name: str) -> str:
        """A file of `static/`."""

    def same(self, **values: str) -> str | None:
        """This page with other values: `lang`, a `page` of its list, or in another `format`.

        None of a format that there is not.
        """
