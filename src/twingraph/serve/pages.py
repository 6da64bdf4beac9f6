"""Pages for people, made from templates that escape whatever is put into them."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urldefrag, urlencode

from twingraph import vocab
from twingraph.serve.addresses import Addresses
from twingraph.serve.formats import CSV, HTML, JSON, NAMES, TSV
from twingraph.serve.resource import FORMATS, PREFIXES, graph_of, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jinja2 import Template
    from pyoxigraph import Quad

    from twingraph.queries import Answer, Question
    from twingraph.serve.resource import Told
    from twingraph.store import Build
    from twingraph.vocab import Minter

_LANGUAGES: Final = ("en", "de")  # of a label, the first that there is
_SHOWN: Final = 2000  # characters of a text that are shown at once
_LINKED: Final = ("http://", "https://")
# Order in which a page tells who says what.
_KINDS: Final = ("asserted", "linked", "defined", "inferred")
_SHORTENED: Final = {
    **PREFIXES,
    "rdf": vocab.RDF_TYPE.removesuffix("type"),
    "owl": "http://www.w3.org/2002/07/owl#",
    "dc": "http://purl.org/dc/elements/1.1/",
}


class _Shown(NamedTuple):
    """A term as a page shows it: its text, and where it leads if anywhere; its IRI or datatype."""

    text: str
    link: str | None = None
    title: str = ""
    rest: str = ""  # of a text too long to be shown at once
    language: str | None = None


@cache
def _template(name: str) -> Template:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("twingraph.serve"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template(name)


def home_page(
    questions: Sequence[Question], statements: int, build: str, *, has_package: bool
) -> str:
    """The page at the root: what is here, and what can be asked."""
    return _template("home.html").render(
        title="Municipal partnerships",
        questions=questions,
        statements=statements,
        build=build,
        has_package=has_package,
    )


def sparql_page(query: str) -> str:
    """A form for a query of one's own."""
    return _template("sparql.html").render(title="SPARQL", query=query)


def downloads_page(files: Sequence[str]) -> str:
    """The files of the package, each to be taken."""
    return _template("downloads.html").render(title="Downloads", files=files)


def message_page(status: int, phrase: str, message: str) -> str:
    """Why there is no answer."""
    return _template("message.html").render(title=f"{status} {phrase}", message=message)


def answer_page(question: Question, values: Mapping[str, str], answer: Answer, mint: Minter) -> str:
    """The answer of a question as a table, with the form that asked it and the SPARQL behind it."""
    addresses = Addresses(mint)
    rows = [[_term(term, addresses, mint) for term in row] for row in answer.terms()]
    return _template("answer.html").render(
        title=question.question,
        question=question,
        values=values,
        columns=answer.columns,
        rows=rows,
        sparql=question.bind(values, mint),
        formats=[
            (NAMES[each], each, f"?{urlencode({**values, 'format': NAMES[each]})}")
            for each in (CSV, JSON, TSV)
        ],
    )


def _term(term: Any, addresses: Addresses, mint: Minter, name: str | None = None) -> _Shown:
    """A term as a page shows it, a resource by its name or else by its id."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return _Shown(name or _short(term.value, mint), _link(term.value, addresses), term.value)
    if isinstance(term, pyoxigraph.Literal):
        told = "" if term.language else term.datatype.value
        text, rest = term.value[:_SHOWN], term.value[_SHOWN:]
        return _Shown(text, None, told, rest, term.language)
    return _Shown("" if term is None else str(term))


def _short(iri: str, mint: Minter) -> str:
    for space in (mint.base, vocab.TG, vocab.TOPIC, vocab.KIND):
        if iri.startswith(space):
            return iri.removeprefix(space)
    for prefix, space in _SHORTENED.items():
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


def _link(iri: str, addresses: Addresses) -> str | None:
    """Where an IRI leads: within the server, or into the web; nowhere with other schemes."""
    return addresses.find_path(iri) or (iri if iri.startswith(_LINKED) else None)


def resource_page(build: Build, told: Told) -> str:
    """What is said of a resource, by whom, and whether it is asserted, inferred or linked."""
    view = _View(build)
    about = view.by_graph(told.about, lambda quad: quad.object)
    naming = view.by_graph(told.naming, lambda quad: quad.subject)
    subjects = groupby(sorted(told.within, key=_start), _subject)
    within = [
        (
            view.resource(iri),
            urldefrag(iri).fragment,
            view.by_graph(quads, lambda quad: quad.object),
        )
        for iri, quads in subjects
    ]
    return _template("resource.html").render(
        title=view.name(told.iri) or _short(told.iri, build.mint),
        iri=told.iri,
        about=about,
        within=within,
        naming=naming,
        is_cut=told.is_cut,
        formats=[
            (name, media_type, f"?{urlencode({'format': name})}")
            for media_type, name in FORMATS.items()
            if name != NAMES[HTML]
        ],
    )


class _View:
    """Statements as a page shows them: with the names of what they say, and where it leads."""

    def __init__(self, build: Build) -> None:
        self._store = build.store
        self._mint = build.mint
        self._addresses = Addresses(build.mint)
        self._names: dict[str, str | None] = {}

    def name(self, iri: str) -> str | None:
        """The name of a resource, in English, German or whatever language there is.

        Of a passage, which has none, its words.
        """
        if iri not in self._names:
            self._names[iri] = self._find_name(iri)
        return self._names[iri]

    def _find_name(self, iri: str) -> str | None:
        import pyoxigraph

        node = pyoxigraph.NamedNode(iri)
        for naming in (vocab.RDFS_LABEL, f"{vocab.TG}quote"):
            quads = self._store.quads_for_pattern(node, pyoxigraph.NamedNode(naming), None)
            names: set[Any] = {quad.object for quad in quads}
            if names:
                ranked = [(str(each.language or ""), str(each.value)) for each in names]
                return min(ranked, key=_rank)[1]
        return None

    def by_graph(self, quads: Iterable[Quad], other: Callable[[Quad], Any]) -> list[dict[str, Any]]:
        """Statements by who makes them: of each property the other resources or texts."""
        groups = []
        for graph, those in groupby(quads, graph_of):
            rows = [
                (self.resource(iri), [self._term(other(quad)) for quad in same])
                for iri, same in groupby(those, lambda quad: quad.predicate.value)
            ]
            kind = kind_of(graph, self._mint)
            groups.append({"kind": kind, "source": self.resource(graph), "rows": rows})
        return sorted(groups, key=lambda group: _KINDS.index(group["kind"]))

    def resource(self, iri: str) -> _Shown:
        """A resource by its name, or else by its id."""
        text = self.name(iri) or _short(iri, self._mint)
        return _Shown(text, _link(iri, self._addresses), iri)

    def _term(self, term: Any) -> _Shown:
        import pyoxigraph

        name = self.name(term.value) if isinstance(term, pyoxigraph.NamedNode) else None
        return _term(term, self._addresses, self._mint, name)


def _subject(quad: Quad) -> str:
    """The IRI of what a statement is about."""
    subject: Any = quad.subject
    return str(subject.value)


def _start(quad: Quad) -> tuple[int, str]:
    """Where something stands in the document that holds it: passages by their place."""
    iri = _subject(quad)
    place = iri.rpartition("#char=")[2].partition(",")[0]
    return int(place) if place.isdecimal() else 0, iri


def _rank(name: tuple[str, str]) -> tuple[int, str, str]:
    language, text = name
    order = _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)
    return order, language, text
