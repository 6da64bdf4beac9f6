"""The query page: an editor with the questions of the catalogue, our prefixes and our terms."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from twingraph import files, vocab
from twingraph.ontology import read_ontology
from twingraph.vocab import Iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
# What a row of the answer is, its first column -> the group of the question, in English and German.
_GROUPS: Final = {
    "institution": ("Institutions", "Institutionen"),
    "activity": ("Activities", "Aktivitäten"),
    "partnership": ("Partnerships", "Partnerschaften"),
    "municipality": ("Municipalities", "Kommunen"),
}
_OTHERS: Final = ("Further", "Weitere")
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
    "answer": ("Answer", "Antwort"),
    "table": ("Table", "Tabelle"),
    "plain": ("As sent", "Wie gesendet"),
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
# Status of an answer -> what it means.
_ERRORS: Final = {
    "400": ("This query cannot be answered", "Diese Abfrage ist nicht zu beantworten"),
    "403": ("The data cannot be changed here", "Die Daten sind hier nicht zu ändern"),
    "503": ("The data cannot be asked now", "Die Daten sind gerade nicht zu befragen"),
    "504": ("Timeout", "Zeitüberschreitung"),
    "other": ("The query has failed", "Die Abfrage ist gescheitert"),
}
# What YASR says itself -> what the page says.
_CONTROLS: Final = {
    "Simple view": ("Without datatypes", "Ohne Datentypen"),
    "Filter query results": ("Filter the rows", "Zeilen filtern"),
    "Page size:": ("Rows a page:", "Zeilen je Seite:"),
    "Download Results": ("Download the answer", "Antwort herunterladen"),
    "Download result": ("Download the answer", "Antwort herunterladen"),
    "Shows Table view": ("Show as a table", "Als Tabelle zeigen"),
}


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


def make_data(language: str, links: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """What the scripts of the page know: prefixes, terms, where IRIs lead, and their words."""
    index = ("en", "de").index(language)
    errors = {status: words[index] for status, words in _ERRORS.items()}
    controls = {said: words[index] for said, words in _CONTROLS.items()}
    words: dict[str, Any] = {name: words[index] for name, words in _WORDS.items()}
    return {
        "prefixes": PREFIXES,
        "terms": read_terms(language),
        "links": list(links),
        "words": {**words, "errors": errors, "controls": controls},
    }


def group_questions(
    questions: Iterable[Question], language: str
) -> list[tuple[str, list[dict[str, str]]]]:
    """The questions in groups by what a row of their answer is, each with the address of its text."""
    index = ("en", "de").index(language)
    groups: dict[str, list[dict[str, str]]] = {
        names[index]: [] for names in (*_GROUPS.values(), _OTHERS)
    }
    for question in questions:
        name = _GROUPS.get(question.columns[0], _OTHERS)[index]
        address = urlencode({"query": question.text})
        groups[name].append({"text": question.question, "address": address})
    return [(name, members) for name, members in groups.items() if members]
