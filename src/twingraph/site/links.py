"""The links of a page among the files of a site: relative, and only to files that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol
from urllib.parse import quote, urlencode

from twingraph.media import CSV, HTML, JSON, JSON_LD, NAMES, RDF_XML, TURTLE
from twingraph.pages.addresses import find_document
from twingraph.pages.links import DATA, HOME, MAIN, NETWORK, QUERY, SEARCH
from twingraph.pages.paging import Paging
from twingraph.pages.query import Space
from twingraph.site.names import INDEX, LISTS, PACKED, PICTURES, STATIC
from twingraph.vocab import OURS

if TYPE_CHECKING:
    from collections.abc import Mapping

# In which resources are told of beside their pages; N-Quads of all are in one file.
DESCRIPTIONS: Final = (TURTLE, JSON_LD, RDF_XML)
ANSWERS: Final = (CSV, JSON)  # in which answers stand beside their pages
IN_ONE_LANGUAGE: Final = (JSON,)  # what programs read, which know a resource by its IRI
_FIRST: Final = "1"
# Pages of their own, and files, by what `Links.place` is asked for.
_PLACES: Final = {
    HOME: f"{INDEX}.html",
    NETWORK: f"{NETWORK}.html",
    QUERY: f"{QUERY}.html",
    SEARCH: f"{SEARCH}.html",
    DATA: DATA,
}
# What a fragment may hold as it is (RFC 3986, 3.5), and means nothing where it is parted.
_PLAIN: Final = "!$'()*,;:@/?"


class Files(Protocol):
    """What is among the files of a site: stems of names, None of what is not there."""

    def find_resource(self, document: str) -> str | None:
        """The stem of the files of a resource."""

    def find_answer(self, question: str, values: Mapping[str, str]) -> str | None:
        """The stem of the files of an answer."""

    def has_language(self, question: str) -> bool:
        """Whether the names in an answer are asked for in a language."""

    def name_value(self, parameter: str, value: str) -> str:
        """What a parameter of a picture is, as a part of the name of its file."""


class Page(NamedTuple):
    """A page of a site; `part` says which of its lists' pages it has, where it is not the first.

    >>> Page("year/1999", "de", ("page", "2")).path
    'year/1999.page-2.de.html'
    """

    stem: str
    language: str = MAIN
    part: tuple[str, str] | None = None

    @property
    def path(self) -> str:
        """The path of its file in the site."""
        part = "" if self.part is None else f".{'-'.join(self.part)}"
        return in_language(f"{self.stem}{part}.html", self.language)


class Picture(NamedTuple):
    """A picture that a page shows."""

    name: str
    values: tuple[tuple[str, str], ...]
    language: str
    path: str


def in_language(path: str, language: str) -> str:
    """The path of a file that there is in each language.

    >>> in_language("year/1999.html", "en"), in_language("year/1999.html", "de")
    ('year/1999.html', 'year/1999.de.html')
    """
    stem, dot, end = path.rpartition(".")
    return path if language == MAIN else f"{stem}.{language}{dot}{end}"


class SiteLinks:
    """Links of a page (`pages.links.Links`), which keep what is asked for and has to be written.

    `url` is the address of the site, empty where it is not known.
    """

    is_static = True
    chosen_language = ""

    def __init__(self, files: Files, page: Page, url: str = "") -> None:
        self.language = page.language
        self.pictures: set[Picture] = set()
        self.parts: set[tuple[str, str]] = set()  # further pages of the lists
        self._files = files
        self._page = page
        self._folders = page.path.split("/")[:-1]
        self._url = url

    @property
    def canonical(self) -> str:
        """The address of the page in the web."""
        return f"{self._url}{quote_path(self._page.path)}" if self._url else ""

    def place(self, name: str, values: Mapping[str, str] = {}) -> str | None:
        """A page of its own, or a file that all pages may name.

        Scripts read the values: those of a search as a form sends them, those of others from the
        fragment, which no host is told.
        """
        path = _PLACES.get(name)
        if path is None:
            return None
        address = self._lead(in_language(path, self.language) if path.endswith(".html") else path)
        mark = "?" if name == SEARCH else "#"
        return f"{address}{mark}{urlencode(values, safe=_PLAIN)}" if values else address

    def listing(self, kind: str) -> str:
        """The list of the resources of a kind."""
        return self._lead(Page(f"{LISTS}/{kind}", self.language).path)

    def resource(self, iri: str, quotes: int = 1) -> str | None:
        """The page of a resource, and where in it."""
        stem = self._files.find_resource(find_document(iri))
        if stem is None:
            return None
        _, mark, fragment = iri.partition("#")
        part = ("quotes", str(quotes)) if quotes > 1 else None
        path = self._lead(Page(stem, self.language, part).path)
        return f"{path}{mark}{quote(fragment, safe='=,')}"

    def question(
        self, name: str, values: Mapping[str, str] = {}, format_: str = NAMES[HTML]
    ) -> str | None:
        """The answer of a question, if it is among those of the site; as data only with the
        defaults of its parameters."""
        stem = self._files.find_answer(name, values)
        if stem is None:
            return None
        path = f"{stem}.{format_}"
        if format_ == NAMES[HTML]:
            return self._lead(in_language(path, self.language))
        if format_ not in map(NAMES.get, ANSWERS) or stem != self._files.find_answer(name, {}):
            return None
        is_shared = format_ in map(NAMES.get, IN_ONE_LANGUAGE)
        differs = self._files.has_language(name) and not is_shared
        return self._lead(in_language(path, self.language) if differs else path)

    def picture(self, name: str, values: Mapping[str, str] = {}) -> str:
        """A picture as SVG."""
        about = sorted(values.items())
        parts = [f"{key}-{self._files.name_value(key, value)}" for key, value in about]
        path = in_language("/".join([PICTURES, name, *parts]) + ".svg", self.language)
        self.pictures.add(Picture(name, tuple(about), self.language, path))
        return self._lead(path)

    def asset(self, name: str) -> str:
        """A file that the pages need."""
        return self._lead(f"{STATIC}/{name}{'.gz' if name in PACKED else ''}")

    def same(self, **values: str) -> str | None:
        """The page in another language, another page of one of its lists, or the data of it."""
        if "format" in values:
            if values["format"] not in map(NAMES.get, DESCRIPTIONS):
                return None
            return self._lead(f"{self._page.stem}.{values['format']}")
        page = self._page._replace(language=values.pop("lang", self.language))
        for name in Paging._fields:
            if (number := values.pop(name, None)) is not None:
                page = page._replace(part=None if number == _FIRST else (name, number))
                self.parts.update(filter(None, [page.part]))
        assert not values, values
        return self._lead(page.path)

    def _lead(self, path: str) -> str:
        """From the page's folder to a path of the site."""
        parts = path.split("/")
        shared = 0
        for own, other in zip(self._folders, parts[:-1], strict=False):
            if own != other:
                break
            shared += 1
        up = "../" * (len(self._folders) - shared)
        return quote_path(up + "/".join(parts[shared:]))


class WholeLinks(SiteLinks):
    """The same for a page that hosts show at any address: whole addresses, where they are known."""

    canonical = ""

    def _lead(self, path: str) -> str:
        return f"{self._url}{quote_path(path)}"


def quote_path(path: str) -> str:
    """A path of the site as it stands in an address."""
    return quote(path, safe="/=~")


def list_spaces(base: str, language: str) -> list[Space]:
    """Where IRIs lead from the query page, for its scripts: to the files of what is told of.

    >>> list_spaces("https://data.example/id/", "de")[1]
    Space(space='https://data.example/id/', path='./', suffix='.de.html')
    """
    suffix = in_language(".html", language)
    own = dict.fromkeys((base, OURS))
    return [Space(f"{base}graph/", ""), *(Space(space, "./", suffix) for space in own)]
