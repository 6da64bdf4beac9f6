"""What a page is made from: a build, where links lead, and the names and words of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from twingraph import vocab
from twingraph.pages.about import UNKNOWN, About
from twingraph.pages.links import KINDS, NETWORK, QUERY
from twingraph.pages.names import LICENCES, NAMES
from twingraph.pages.quoted import find_page
from twingraph.pages.statements import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad

    from twingraph.pages.forms import Option
    from twingraph.pages.links import Links
    from twingraph.pages.texts import PageTexts
    from twingraph.store import Build

_FALLING_BACK: Final = ("en", "de")  # of a label, where there is none in the language of the page
_NAME: Final = 160  # characters of a name within a page; the page of what it names has it whole
_TEXT: Final = 2000  # characters of another text that are shown at once
_LINKED: Final = ("http://", "https://")
_SHORTENED: Final = {
    **PREFIXES,
    "rdf": vocab.RDF_TYPE.removesuffix("type"),
    "owl": "http://www.w3.org/2002/07/owl#",
    "dc": vocab.DC,
    "dcat": "http://www.w3.org/ns/dcat#",
    "schema": "https://schema.org/",
}
# Datasets that are linked to: their resources by the id that they have there.
_ELSEWHERE: Final = {vocab.WIKIDATA: "Wikidata", vocab.GEONAMES: "GeoNames"}
# Datatypes of which a reader needs no name.
_PLAIN: Final = frozenset(f"{vocab.XSD}{each}" for each in ("string", "integer", "decimal"))
_PREFIXES: Final = "".join(f"PREFIX {name}: <{space}>\n" for name, space in _SHORTENED.items())


class Name(NamedTuple):
    """A text and its language, empty where none is stated."""

    text: str
    language: str = ""


class Called(NamedTuple):
    """One of the names of a resource, its language, and all the languages that have it."""

    text: str
    language: str
    languages: str


class Shown(NamedTuple):
    """A term as a page shows it: its text, and where it leads if anywhere; its IRI or datatype.

    `rest` is what follows a text that is too long to be shown at once; `language` is that of the
    text where it is not that of the page.
    """

    text: str
    link: str | None = None
    title: str = ""
    rest: str = ""
    language: str = ""


class Words:
    """What a page says that needs no build: words in its language, numbers, links."""

    def __init__(self, links: Links, about: About = UNKNOWN) -> None:
        self.links = links
        self.about = about
        self.language = links.language

    def say(self, english: str, german: str) -> str:
        """The words in the language of the page."""
        return german if self.language == "de" else english

    def count(self, number: int, *counted: tuple[str, str]) -> str:
        """A number as the language writes thousands, and what is counted: the word for one, then
        that for several, each in English and German."""
        told = f"{number:,}".replace(",", self.say(",", "."))
        if not counted:
            return told
        return f"{told} {self.say(*counted[number != 1])}"

    def choose(self, texts: Mapping[str, str]) -> str:
        """The text in the language of the page, English, German or what there is; empty if none."""
        for language in (self.language, *_FALLING_BACK, *sorted(texts)):
            if language in texts:
                return texts[language]
        return ""

    @property
    def site(self) -> str:
        """The name of the whole."""
        return self.choose(self.about.title) or self.say(
            "Municipal partnerships", "Kommunale Partnerschaften"
        )

    @property
    def publisher(self) -> str:
        """Who publishes the data; empty where nobody is named."""
        return self.choose(self.about.publisher)

    @property
    def licence(self) -> str:
        """The short name of the licence, or its address."""
        return LICENCES.get(self.about.licence, self.about.licence)

    @property
    def ways(self) -> list[tuple[str, str]]:
        """The pages that all others lead to: name and address."""
        places = (
            (self.say("Network", "Netzwerk"), self.links.place(NETWORK)),
            (self.say("Query", "Abfrage"), self.links.place(QUERY)),
        )
        lists = [(self.say(*names), self.links.listing(kind)) for kind, names in KINDS.items()]
        return [*lists, *((name, address) for name, address in places if address)]


class View(Words):
    """A build as pages of one language show it; `texts` are the stored pages of its sources."""

    def __init__(
        self,
        build: Build,
        links: Links,
        about: About = UNKNOWN,
        texts: PageTexts | None = None,
    ) -> None:
        super().__init__(links, about)
        self.texts = texts
        self.build = build
        self.mint = build.mint
        self.options: dict[str, list[Option]] = {}  # of the form fields of a page, by their type
        self._names: dict[str, Name | None] = {}

    # Reading

    def quads(self, subject: str | None, property_: str | None, object_: str | None) -> list[Quad]:
        """Statements, given by the IRIs of their parts, in the order of the store."""
        import pyoxigraph

        node = pyoxigraph.NamedNode
        parts = (None if each is None else node(each) for each in (subject, property_, object_))
        return list(self.build.store.quads_for_pattern(*parts))

    def values(self, subject: str, property_: str) -> list[str]:
        """The objects of a property as texts, each once, sorted: IRIs, or what literals hold."""
        found: set[Any] = {quad.object for quad in self.quads(subject, property_, None)}
        return sorted({str(each.value) for each in found})

    def subjects(self, property_: str, object_: str) -> list[str]:
        """The resources of which a property has the value, each once, sorted."""
        return self.find(f"?found <{property_}> <{object_}>")

    def find(self, pattern: str) -> list[str]:
        """The resources that a pattern of SPARQL calls `?found`, each once, sorted.

        Of many it takes less time than to read whole statements.
        """
        return sorted(
            str(iri) for (iri,) in self.rows(f"SELECT DISTINCT ?found WHERE {{ {pattern} }}")
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT, as Python values; the prefixes of `PREFIXES` are declared."""
        from twingraph.queries.answer import read_term

        solutions: Any = self.build.evaluate(_PREFIXES + query)
        return [tuple(map(read_term, row)) for row in solutions]

    # Showing

    def name(self, iri: str) -> Name:
        """The name of a resource in the language of the page, English, German or what there is.

        Of a passage, which has none, its words; else the end of the IRI.
        """
        return self.find_name(iri) or Name(self.shorten(iri))

    def find_name(self, iri: str) -> Name | None:
        """The same, None where it has none."""
        if iri not in self._names:
            self._names[iri] = self._find_name(iri)
        return self._names[iri]

    def _find_name(self, iri: str) -> Name | None:
        if iri in NAMES:
            return Name(self.say(*NAMES[iri]), self.language)
        if iri == self.mint.graph(vocab.REFERENCE):
            return Name(self.say("curated tables", "gepflegte Tabellen"), self.language)
        for naming in (vocab.RDFS_LABEL, f"{vocab.TG}quote"):
            found: set[Any] = {quad.object for quad in self.quads(iri, naming, None)}
            if found:
                names = [Name(str(each.value), str(each.language or "")) for each in found]
                return min(names, key=self._rank)
        return None

    def _rank(self, name: Name) -> tuple[int, str, str]:
        order = dict.fromkeys((self.language, *_FALLING_BACK))
        rank = list(order).index(name.language) if name.language in order else len(order)
        return rank, name.language, name.text

    def wordings(self, iri: str, property_: str = vocab.RDFS_LABEL) -> list[Name]:
        """What a property says of a resource in each language, what pages use first."""
        found: set[Any] = {quad.object for quad in self.quads(iri, property_, None)}
        texts = {Name(str(each.value), str(each.language or "")) for each in found}
        return sorted(texts, key=self._rank)

    def names(self, iri: str) -> list[Called]:
        """All names of a resource, the one that pages use first; each with its languages."""
        found: set[Any] = {quad.object for quad in self.quads(iri, vocab.RDFS_LABEL, None)}
        names = sorted((Name(str(o.value), str(o.language or "")) for o in found), key=self._rank)
        called: dict[str, list[str]] = {}
        for name in names:
            called.setdefault(name.text, []).append(name.language)
        return [
            Called(text[:_NAME], languages[0], ", ".join(filter(None, languages)))
            for text, languages in called.items()
        ]

    def shorten(self, iri: str) -> str:
        """An IRI of ours by its id, a term with the prefix of its namespace, others whole."""
        for space in (self.mint.base, vocab.TG, vocab.TOPIC, vocab.KIND):
            if iri.startswith(space):
                return iri.removeprefix(space)
        for space, name in _ELSEWHERE.items():
            if iri.startswith(space):
                return f"{name} {iri.removeprefix(space).rstrip('/')}"
        for prefix, space in _SHORTENED.items():
            if iri.startswith(space):
                return f"{prefix}:{iri.removeprefix(space)}"
        return iri

    def resource(self, iri: str) -> Shown:
        """A resource by its name, or else by its id, with the link to its page."""
        name = self.name(iri)
        text = name.text if len(name.text) <= _NAME else name.text[:_NAME].rstrip() + "…"
        return Shown(text, self.link(iri), iri, "", self.foreign(name.language))

    def resources(self, iris: Iterable[str]) -> list[Shown]:
        """Several, in the order of their names."""
        return sorted(map(self.resource, iris), key=lambda each: (each.text.casefold(), each.title))

    def link(self, iri: str) -> str | None:
        """Where an IRI leads: to a page of ours, or into the web; nowhere with other schemes.

        Nor does the name of a graph that no source owns, or another IRI of ours without a page:
        nothing is said of it.
        """
        if iri.startswith(f"{self.mint.base}graph/"):
            return None
        if iri.startswith((self.mint.base, vocab.OURS)):
            return self.links.resource(iri, find_page(self.build, iri))
        return iri if iri.startswith(_LINKED) else None

    def term(self, term: Any) -> Shown:
        """A term of RDF: a resource by its name, a text by its first 2,000 characters."""
        import pyoxigraph

        if isinstance(term, pyoxigraph.NamedNode):
            return self.resource(term.value)
        if isinstance(term, pyoxigraph.Literal):
            datatype = term.datatype.value
            kind = "" if term.language or datatype in _PLAIN else datatype
            text, rest = term.value[:_TEXT], term.value[_TEXT:]
            return Shown(text, None, kind, rest, self.foreign(term.language or ""))
        return Shown("" if term is None else str(term))

    def foreign(self, language: str) -> str:
        """A language to be told, empty if it is that of the page."""
        return "" if language == self.language else language
