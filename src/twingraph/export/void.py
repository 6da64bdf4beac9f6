"""void.ttl: how many of what a package holds (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph.export.context import compact
from twingraph.export.describe import Description
from twingraph.export.summary import TARGETS
from twingraph.quads import integer_term, text_term
from twingraph.vocab import TG

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from twingraph.export.metadata import Metadata
    from twingraph.export.summary import Summary

VOID: Final = "void.ttl"


def describe_void(
    metadata: Metadata, summary: Summary, base: str, dumps: Iterable[str]
) -> Description:
    """The dataset's counts by class and by property, its links, and the files that hold it all."""
    told = Description()
    dataset = metadata.iri("dataset")
    told.link(dataset, "rdf:type", "void:Dataset")
    told.text(dataset, "dct:title", metadata.title)
    told.add(dataset, "void:triples", integer_term(summary.triples))
    told.add(dataset, "void:distinctSubjects", integer_term(summary.subjects))
    told.add(dataset, "void:classes", integer_term(len(summary.classes)))
    told.add(dataset, "void:properties", integer_term(len(summary.properties)))
    told.link(dataset, "void:vocabulary", TG)
    told.add(dataset, "void:uriSpace", text_term(base))
    told.link(dataset, "void:dataDump", *(metadata.place + path for path in dumps))
    if metadata.record.endpoint:
        told.link(dataset, "void:sparqlEndpoint", metadata.record.endpoint)
    _describe_parts(told, metadata, "class", "entities", summary.classes)
    _describe_parts(told, metadata, "property", "triples", summary.properties)
    for (predicate, space), number in summary.links.items():
        iri = metadata.iri(f"links/{compact(predicate)}/{space.split('/')[2]}")
        _describe_links(told, iri, predicate, (dataset, dataset, TARGETS[space]), number)
    for (predicate, one, other), number in summary.between.items():
        names = [end.rpartition("/")[2] or "own" for end in (one, other)]
        iri = metadata.iri(f"links/{compact(predicate)}/{'/'.join(names)}")
        ends = dataset, one or dataset, other or dataset
        _describe_links(told, iri, predicate, ends, number)
    return told


def _describe_links(
    told: Description, iri: str, predicate: str, ends: tuple[str, str, str], number: int
) -> None:
    """A linkset of a dataset, from the one to the other."""
    dataset, one, other = ends
    told.link(dataset, "void:subset", iri)
    told.link(iri, "rdf:type", "void:Linkset")
    told.link(iri, "void:linkPredicate", predicate)
    told.link(iri, "void:subjectsTarget", one)
    told.link(iri, "void:objectsTarget", other)
    for end in (one, other):
        told.link(end, "rdf:type", "void:Dataset")
    told.add(iri, "void:triples", integer_term(number))


def _describe_parts(
    told: Description, metadata: Metadata, kind: str, counted: str, parts: Counter[str]
) -> None:
    for name, number in parts.items():
        part = metadata.iri(f"{kind}/{compact(name)}")
        told.link(metadata.iri("dataset"), f"void:{kind}Partition", part)
        told.link(part, f"void:{kind}", name)
        told.add(part, f"void:{counted}", integer_term(number))
