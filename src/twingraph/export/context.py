"""The published JSON-LD context: short names for what the ontology declares.

https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Final

from twingraph import terms as t
from twingraph.export.prefixes import PREFIXES
from twingraph.ontology import read_ontology
from twingraph.quads import Term
from twingraph.vocab import EDTF, TG, XSD, Iri

CONTEXT: Final = "context.jsonld"
# What may follow a prefix, or stand as a relative IRI.
SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~/#=,%-]*")

_OBJECT_PROPERTY: Final = Term("<http://www.w3.org/2002/07/owl#ObjectProperty>")
# Short names of what is another vocabulary's: name -> property, and how its values are written.
_OTHERS: Final[dict[str, tuple[Term, dict[str, str]]]] = {
    "label": (t.LABEL, {"@container": "@language"}),
    "altLabel": (t.ALT_LABEL, {"@container": "@language"}),
    "title": (t.TITLE, {"@container": "@language"}),
    "quote": (t.QUOTE, {"@container": "@language"}),
    "venue": (t.VENUE, {"@container": "@language"}),
    "note": (t.NOTE, {}),
    "date": (t.DATE, {"@type": EDTF}),
    "issued": (t.ISSUED, {"@type": EDTF}),
    "retrieved": (t.RETRIEVED, {"@type": EDTF}),
    "publisher": (t.PUBLISHER, {}),
    "language": (t.LANGUAGE, {}),
    "licence": (t.LICENSE, {"@type": "@id"}),
    "rights": (t.RIGHTS, {}),
    "url": (t.ORIGIN, {"@type": "@id"}),
    "homepage": (t.HOMEPAGE, {"@type": "@id"}),
    "partOfInstitution": (t.SUB_ORGANIZATION_OF, {"@type": "@id"}),
    "exactMatch": (t.EXACT_MATCH, {"@type": "@id"}),
    "lat": (t.LATITUDE, {"@type": f"{XSD}decimal"}),
    "long": (t.LONGITUDE, {"@type": f"{XSD}decimal"}),
}


@cache
def read_names() -> dict[Term, tuple[str, dict[str, str]]]:
    """Each property's short name, and how its values are written; those of the ontology included.

    >>> read_names()[t.ORGANIZER]
    ('organizer', {'@type': '@id'})
    """
    names = {
        subject: (subject[1:-1].removeprefix(TG), {"@type": "@id"})
        for subject, predicate, object_, _ in read_ontology(Iri(TG))
        if predicate == t.TYPE and object_ == _OBJECT_PROPERTY and subject.startswith(f"<{TG}")
    }
    return names | {term: (name, how) for name, (term, how) in _OTHERS.items()}


def build_context() -> dict[str, Any]:
    """The context, to be put under `@context`. Names it does not list are the ontology's own."""
    names = {
        name: {"@id": term[1:-1], **how} if how else term[1:-1]
        for term, (name, how) in read_names().items()
    }
    return {
        "@version": 1.1,
        "@vocab": TG,
        "id": "@id",
        "type": "@type",
        **PREFIXES,
        **dict(sorted(names.items())),
    }


@lru_cache(maxsize=1 << 12)
def compact(iri: str) -> str:
    """The IRI with a prefix, where one is known."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and SAFE.fullmatch(iri[len(space) :]):
            return f"{prefix}:{iri[len(space) :]}"
    return iri
