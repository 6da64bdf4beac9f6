"""The query page: an editor with the questions of the catalogue, our prefixes and our terms."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from twingraph import files, vocab
from twingraph.ontology import read_ontology
from twingraph.pages.answer import tell_question
from twingraph.pages.links import QUERY
from twingraph.pages.render import render
from twingraph.pages.words import SUBJECTS
from twingraph.vocab import Iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twingraph.pages.view import Words
    from twingraph.queries import Question

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
# The prefixes that the editor has ready and completes.
PREFIXES: Final = {
    "dcterms": vocab.DCTERMS,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": vocab.FOAF,
    "geo": vocab.GEO,
    "kind": vocab.KIND,
    "org": vocab.ORG,
    "owl": _OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": vocab.RDF_TYPE.removesuffix("type"),
    "rdfs": _RDFS,
    "skos": vocab.SKOS,
    "tg": vocab.TG,
    "topic": vocab.TOPIC,
    "xsd": vocab.XSD,
}
EXAMPLE: Final = """\
PREFIX tg: <https://w3id.org/twingraph/ns#>
SELECT DISTINCT ?class (COUNT(DISTINCT ?resource) AS ?resources)
WHERE { ?resource a ?class }
GROUP BY ?class
ORDER BY DESC(?resources) ?class
"""
_KINDS: Final = {
    f"{_OWL}Class": "class",
    f"{_OWL}ObjectProperty": "property",
    f"{_OWL}DatatypeProperty": "property",
    f"{_OWL}AnnotationProperty": "property",
}
# Properties of others that the data use.
_BORROWED: Final = (
    "dcterms:date",
    "dcterms:source",
    "dcterms:title",
    "geo:lat",
    "geo:long",
    "org:subOrganizationOf",
    "owl:sameAs",
    "rdf:type",
    "rdfs:label",
    "rdfs:subClassOf",
    "rdfs:subPropertyOf",
    "skos:altLabel",
    "skos:broader",
    "skos:broaderTransitive",
    "skos:closeMatch",
    "skos:definition",
    "skos:exactMatch",
    "skos:prefLabel",
)
# What the scripts of the page say.
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "editor": ("SPARQL editor", "SPARQL-Editor"),
    "scrolled": ("The text of the query", "Der Text der Abfrage"),
    "answer": ("Answer", "Antwort"),
    "table": ("Table", "Tabelle"),
    "plain": ("As data", "Als Daten"),
    "pageSize": ("Rows a page", "Zeilen je Seite"),
    "loading": ("Loading the data:", "Die Daten werden geladen:"),
    "running": ("Working out the answer …", "Die Antwort wird ermittelt …"),
    "stopped": ("Stopped.", "Abgebrochen."),
    "failed": ("There is no answer.", "Es gibt keine Antwort."),
    "answered": ("Answered", "Beantwortet"),
    "row": ("1 row", "1 Zeile"),
    "rows": ("# rows", "# Zeilen"),
    "copied": ("The link is copied.", "Der Link ist kopiert."),
    "inAddress": ("The link is in the address bar.", "Der Link steht in der Adresszeile."),
}
# What the table says (https://datatables.net/reference/option/language).
_PAGING: Final = {
    "info": ("Rows _START_ to _END_ of _TOTAL_", "Zeilen _START_ bis _END_ von _TOTAL_"),
    "infoEmpty": ("No rows", "Keine Zeilen"),
    "infoFiltered": ("(filtered from _MAX_)", "(gefiltert aus _MAX_)"),
    "emptyTable": ("The answer has no rows", "Die Antwort hat keine Zeilen"),
    "zeroRecords": ("No row has that", "Keine Zeile enthält das"),
}
# Status of an answer -> what it means.
_ERRORS: Final = {
    "400": ("This query cannot be answered", "Diese Abfrage ist nicht zu beantworten"),
    "403": ("The data cannot be changed here", "Die Daten sind hier nicht zu ändern"),
    "503": ("The data cannot be asked now", "Die Daten sind gerade nicht zu befragen"),
    "504": ("Timeout", "Zeitüberschreitung (Timeout)"),
    "599": ("The server does not answer", "Der Server antwortet nicht"),
    "other": ("The query has failed", "Die Abfrage ist gescheitert"),
}
# What YASR says itself -> what the page says.
_CONTROLS: Final = {
    "Simple view": ("Without datatypes", "Ohne Datentypen"),
    "Filter query results": ("Filter the rows", "Zeilen filtern"),
    "Page size:": ("Rows a page:", "Zeilen je Seite:"),
    "Download Results": ("Download the answer", "Antwort herunterladen"),
    "Download result": ("Download the answer", "Antwort herunterladen"),
    "True": ("True", "Wahr"),
    "False": ("False", "Falsch"),
    "All": ("All", "Alle"),
    "Show all": ("Show all", "Alles zeigen"),
    "Shows Table view": ("Show as a table", "Als Tabelle zeigen"),
}


# What the page may load, for the header or the page itself (https://www.w3.org/TR/CSP3/). The
# hashes are of what YASGUI styles within the page; the engine is WebAssembly.
_STYLES: Final = (
    "sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk=",  # of columns that are resized
    "sha256-EntWS0hFrz2vH7susM+dPUxvHlL6sBswmM8K80E5oUk=",  # of what is expected after an error
)
_HASHES: Final = " ".join(f"'{each}'" for each in _STYLES)
_POLICY: Final = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; "
    f"style-src 'self' 'unsafe-hashes' {_HASHES}"
)
SERVER_POLICY: Final = f"{_POLICY}; frame-ancestors 'self'"
# A site without a server unpacks the editor itself, which makes a blob of its script and its style.
STATIC_POLICY: Final = f"{_POLICY} blob:; script-src 'self' blob: 'wasm-unsafe-eval'"


class Endpoint(NamedTuple):
    """A server that answers the queries of the page, at an address on the same host.

    `known` is what `tell_page` tells.
    """

    address: str
    known: Mapping[str, Any]


class Engine(NamedTuple):
    """No server: the visitor's browser answers, over the N-Quads at an address, gzipped.

    `known` is the address of what `tell_page` tells, as JSON, gzipped.
    """

    data: str
    known: str


class Space(NamedTuple):
    """Where the IRIs that begin with `space` lead: to `path`, the rest, `suffix`, any fragment.

    Those of an empty path lead nowhere. The first of several spaces that hold an IRI counts.
    """

    space: str
    path: str
    suffix: str = ""


class _Term:
    """What the ontology says of a term, as far as the editor shows it."""

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.labels: dict[str, str] = {}
        self.definitions: dict[str, str] = {}


@cache
def read_terms(language: str) -> tuple[dict[str, str], ...]:
    """The terms of the ontology and the topics: `iri`, `kind`, `label` and `definition`, by IRI.

    Their kinds are `class`, `property` and, as which topics stand as well, `resource`. Labels and
    definitions fall back to English.

    >>> next(term for term in read_terms("de") if term["iri"].endswith("#Municipality"))["label"]
    'Kommune'
    """
    import pyoxigraph

    terms: dict[str, _Term] = {}
    content = "".join(
        f"{subject} {predicate} {object_} .\n"
        for subject, predicate, object_, _ in read_ontology(Iri(vocab.TG), files.REASONED)
    )
    for triple in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_TRIPLES):
        subject: Any = triple.subject
        told: Any = triple.object
        term = terms.setdefault(subject.value, _Term())
        match triple.predicate.value:
            case vocab.RDF_TYPE:
                term.types.add(told.value)
            case vocab.RDFS_LABEL:
                term.labels[told.language] = told.value
            case _ if triple.predicate.value == f"{vocab.SKOS}definition":
                term.definitions[told.language] = told.value
    ours = [
        _tell(iri, term, language)
        for iri, term in terms.items()
        if term.labels and iri.startswith((vocab.TG, vocab.TOPIC, vocab.KIND, vocab.RECURRENCE))
    ]
    for name in _BORROWED:
        prefix, _, local = name.partition(":")
        iri = PREFIXES[prefix] + local
        ours.append({"iri": iri, "kind": "property", "label": "", "definition": ""})
    return tuple(sorted(ours, key=lambda term: term["iri"]))


def _tell(iri: str, term: _Term, language: str) -> dict[str, str]:
    kinds = [kind for type_, kind in _KINDS.items() if type_ in term.types]
    return {
        "iri": iri,
        "kind": kinds[0] if kinds else "resource",
        "label": term.labels.get(language) or term.labels["en"],
        "definition": term.definitions.get(language) or term.definitions.get("en", ""),
    }


def query_page(
    words: Words,
    questions: Iterable[Question],
    service: Endpoint | Engine,
    query: str = "",
) -> str:
    """The page with an editor for `query`, or for an example where that is empty."""
    return render(
        "query.html",
        words,
        title=words.say("Query", "Abfrage"),
        subjects=_group(words, questions),
        endpoint=service.address if isinstance(service, Endpoint) else "",
        engine=service if isinstance(service, Engine) else None,
        policy=STATIC_POLICY if isinstance(service, Engine) else "",
        query=query or EXAMPLE,
        known=service.known,
    )


def _group(
    words: Words, questions: Iterable[Question]
) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The questions by what they are about, each as its name, its words, and where it leads
    without scripts: to this page with its text, or where nothing answers that to its answer."""
    groups: dict[str, list[tuple[str, str, str]]] = {subject: [] for subject in SUBJECTS}
    for each in questions:
        links = words.links
        with_text = None if links.is_static else links.place(QUERY, {"query": each.text})
        address = with_text or links.question(each.name) or ""
        groups[each.about].append((each.name, tell_question(words, each), address))
    return [(words.say(*SUBJECTS[subject]), asked) for subject, asked in groups.items() if asked]


def tell_page(
    words: Words, spaces: Iterable[Space] = (), asked: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """What the scripts of the page know: prefixes, terms, where IRIs lead, and their words.

    `spaces` tell where the IRIs of an answer lead; what is below none leads to the IRI itself.
    `asked` is what `asked.tell_questions` tells, where the page is also led to by the name of a
    question and values of its parameters.
    """
    said: dict[str, Any] = {name: words.say(*each) for name, each in _WORDS.items()}
    said["paging"] = {name: words.say(*each) for name, each in _PAGING.items()}
    said["errors"] = {status: words.say(*each) for status, each in _ERRORS.items()}
    said["controls"] = {name: words.say(*each) for name, each in _CONTROLS.items()}
    return {
        "prefixes": PREFIXES,
        "terms": read_terms(words.language),
        "spaces": [space._asdict() for space in spaces],
        "words": said | asked.get("said", {}),
        "questions": asked.get("questions", {}),
    }
