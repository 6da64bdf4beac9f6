"""What can be matched: institutions, municipalities and topics, read from a build once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.queries import query
from twingraph.vocab import FOAF, GEO, RDFS_LABEL, SKOS, TG, WIKIDATA, Iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from twingraph.queries.answer import Value
    from twingraph.queries.run import Target

INSTITUTION: Final = "Institution"
MUNICIPALITY: Final = "Municipality"
TOPIC: Final = "Topic"
CLASSES: Final = (INSTITUTION, MUNICIPALITY, TOPIC)

# Property of a reconciliation query -> predicate whose objects it has; refs are other entities.
_REFS: Final = {
    "city": Iri(f"{TG}basedIn"),
    "topic": Iri(f"{TG}activeInTopic"),
    "broader": Iri(f"{SKOS}broader"),
    "partner": Iri(f"{TG}exchangedWith"),
}
_LITERALS: Final = {
    "country": Iri(f"{TG}country"),
    "population": Iri(f"{TG}population"),
    "lat": Iri(f"{GEO}lat"),
    "long": Iri(f"{GEO}long"),
    "homepage": Iri(f"{FOAF}homepage"),
    "sameAs": Iri(f"{SKOS}exactMatch"),
    "firstActive": Iri(f"{TG}firstActive"),
    "lastActive": Iri(f"{TG}lastActive"),
    "activities": Iri(f"{TG}datedActivities"),
}
_DEFINITION: Final = Iri(f"{SKOS}definition")
_HIDDEN: Final = Iri(f"{SKOS}hiddenLabel")

_PREFIXES: Final = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <{SKOS}>
PREFIX tg: <{TG}>
"""
_ENTITY: Final = f"""
  VALUES ?class {{ {" ".join(f"tg:{name}" for name in CLASSES)} }}
  ?entity a ?class .
  FILTER NOT EXISTS {{ ?entity a tg:Draft }}
"""
_TYPES: Final = f"""{_PREFIXES}
SELECT DISTINCT ?entity ?type ?graph WHERE {{ {_ENTITY}
  GRAPH ?graph {{ ?entity a ?type }}
}}"""
_TEXTS: Final = f"""{_PREFIXES}
SELECT DISTINCT ?entity ?predicate ?text ?language WHERE {{ {_ENTITY}
  VALUES ?predicate {{ rdfs:label skos:altLabel skos:hiddenLabel }}
  ?entity ?predicate ?label .
  BIND(STR(?label) AS ?text)
  BIND(LANG(?label) AS ?language)
}}"""
_OBJECTS: Final = f"""{_PREFIXES}
SELECT DISTINCT ?entity ?predicate ?object WHERE {{ {_ENTITY}
  VALUES ?predicate {{ {" ".join(f"<{iri}>" for iri in (*_REFS.values(), *_LITERALS.values()))} }}
  ?entity ?predicate ?object .
}}"""
_PARTNERS: Final = f"""{_PREFIXES}
SELECT DISTINCT ?entity ?other WHERE {{
  ?partnership tg:partner ?entity, ?other .
  FILTER(?entity != ?other)
}}"""
_CLASSES_KNOWN: Final = f"""{_PREFIXES}
SELECT DISTINCT ?type ?predicate ?text ?language WHERE {{
  VALUES ?class {{ {" ".join(f"tg:{name}" for name in CLASSES)} }}
  ?type rdfs:subClassOf* ?class .
  VALUES ?predicate {{ rdfs:label skos:altLabel skos:hiddenLabel skos:definition rdfs:subClassOf }}
  ?type ?predicate ?object .
  BIND(STR(?object) AS ?text)
  BIND(IF(isLiteral(?object), LANG(?object), "") AS ?language)
}}"""
_SUBCLASS: Final = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a language; one that is hidden is known, and shown to nobody."""

    text: str
    language: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Type:
    """A class of entities, `id` below our namespace; `broader` are ids of the classes above."""

    id: str
    names: tuple[Name, ...]
    description: str
    broader: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name that is shown."""
        return best_name(self.names) or self.id


@dataclass(frozen=True, slots=True, eq=False)  # one object an entity
class Entity:
    """An institution, municipality or topic.

    `id` is its IRI without the base, or its IRI where that is not below the base (topics).
    `types` are ids, the narrowest first; `dataset` is the id of the imported dataset that it is of,
    or None; `values` are what it has of each property, entities by id.
    """

    id: str
    iri: Iri
    name: str
    names: tuple[Name, ...]
    types: tuple[str, ...]
    dataset: str | None
    values: Mapping[str, tuple[str | int | float, ...]]

    @property
    def rank(self) -> tuple[str, str]:
        """The order of two that match as well: our own before those of other lists, then by id."""
        return self.dataset or "", self.id


@dataclass(frozen=True, slots=True)
class Entities:
    """All entities by id, in the order of their rank, and their types by id."""

    base: Iri
    by_id: Mapping[str, Entity]
    types: Mapping[str, Type]
    by_other_id: Mapping[str, tuple[str, ...]]  # IRIs of exact matches, Wikidata's ids -> ids

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of those that an id, an IRI, or an id of Wikidata means."""
        own = text.removeprefix(self.base)
        return (own,) if own in self.by_id else self.by_other_id.get(text, ())

    def find_type(self, text: str) -> Type | None:
        """The type of an id or IRI."""
        return self.types.get(text.removeprefix(TG))


def best_name(names: Iterable[Name]) -> str | None:
    """The name to show: English, else German, else of the least language."""
    order = {"en": "", "de": " "}
    shown = [
        (order.get(each.language, each.language), each.text) for each in names if not each.is_hidden
    ]
    return min(shown, default=("", None))[1]


def read_entities(build: Target) -> Entities:
    """What of a build can be matched; drafts are not."""
    base = build.mint.base
    types = _read_types(build)
    labels, others = _read_names(build)
    values = _read_values(build, base)
    found = []
    for iri, (own, graphs) in _read_classes(build).items():
        name_id = iri.removeprefix(base)
        known = [each for each in own if each in types]
        found.append(
            Entity(
                id=name_id,
                iri=Iri(iri),
                name=best_name(labels[iri]) or name_id,
                names=tuple(sorted(labels[iri], key=_by_text) + sorted(others[iri], key=_by_text)),
                types=tuple(sorted(known, key=lambda each: (-_depth(each, types), each))),
                dataset=_dataset_of(name_id, graphs, base),
                values=values.get(name_id, {}),
            )
        )
    found.sort(key=lambda each: each.rank)
    return Entities(base, {each.id: each for each in found}, types, _other_ids(found))


def _by_text(name: Name) -> tuple[str, str]:
    return name.language, name.text


def _read_classes(build: Target) -> dict[str, tuple[list[str], set[str]]]:
    """The types of each entity by its IRI, and the graphs that say one."""
    found: dict[str, tuple[list[str], set[str]]] = {}
    for iri, type_, graph in query(build, _TYPES).rows():
        types, graphs = found.setdefault(str(iri), ([], set()))
        if (name := str(type_).removeprefix(TG)) not in types:
            types.append(name)
        graphs.add(str(graph))
    return found


def _read_names(build: Target) -> tuple[dict[str, list[Name]], dict[str, list[Name]]]:
    labels: dict[str, list[Name]] = defaultdict(list)
    others: dict[str, list[Name]] = defaultdict(list)
    for iri, predicate, text, language in query(build, _TEXTS).rows():
        kind = labels if predicate == RDFS_LABEL else others
        kind[str(iri)].append(Name(str(text), str(language), predicate == _HIDDEN))
    return labels, others


def _read_values(build: Target, base: Iri) -> dict[str, dict[str, tuple[str | int | float, ...]]]:
    """What each entity has, by its id and the property."""
    refs = {iri: name for name, iri in _REFS.items()}
    literals = {iri: name for name, iri in _LITERALS.items()}
    found: dict[str, dict[str, set[str | int | float]]] = defaultdict(lambda: defaultdict(set))
    for entity, predicate, value in query(build, _OBJECTS).rows():
        of = found[str(entity).removeprefix(base)]
        iri = Iri(str(predicate))
        if iri in refs:
            of[refs[iri]].add(str(value).removeprefix(base))
        elif value is not None:
            of[literals[iri]].add(value)
    for entity, other in query(build, _PARTNERS).rows():
        found[str(entity).removeprefix(base)]["partner"].add(str(other).removeprefix(base))
    return {
        entity: {name: tuple(sorted(each, key=_by_value)) for name, each in of.items()}
        for entity, of in found.items()
    }


def _by_value(value: Value) -> tuple[bool, float, str]:
    is_text = isinstance(value, str)
    return is_text, 0.0 if is_text or value is None else float(value), str(value)


def _dataset_of(entity: str, graphs: Iterable[str], base: Iri) -> str | None:
    """The imported dataset of a municipality: its id begins with it, and its graph tells it."""
    kind, _, rest = entity.partition("/")
    dataset = rest.partition("/")[0]
    is_imported = kind == "municipality" and f"{base}source/{dataset}" in graphs
    return dataset if is_imported else None


def _other_ids(entities: Sequence[Entity]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for entity in entities:
        for iri in map(str, entity.values.get("sameAs", ())):
            for text in dict.fromkeys((iri, iri.removeprefix(WIKIDATA))):
                found[text].append(entity.id)
    return {text: tuple(ids) for text, ids in found.items()}


def _read_types(build: Target) -> dict[str, Type]:
    """The classes that the graph's ontology declares, the most general first."""
    names: dict[str, list[Name]] = defaultdict(list)
    broader: dict[str, list[str]] = defaultdict(list)
    definitions: dict[str, list[Name]] = defaultdict(list)
    for iri, predicate, text, language in query(build, _CLASSES_KNOWN).rows():
        type_, name = str(iri).removeprefix(TG), Name(str(text), str(language))
        if predicate == _SUBCLASS:
            broader[type_].append(name.text.removeprefix(TG))
        elif predicate == _DEFINITION:
            definitions[type_].append(name)
        else:
            names[type_].append(Name(name.text, name.language, predicate != RDFS_LABEL))
    found = {
        type_: Type(
            id=type_,
            names=tuple(sorted(own, key=lambda each: (each.is_hidden, *_by_text(each)))),
            description=best_name(definitions[type_]) or "",
            broader=tuple(sorted(b for b in broader[type_] if b in names and b != type_)),
        )
        for type_, own in names.items()
    }
    return dict(sorted(found.items(), key=lambda item: (_depth(item[0], found), item[0])))


def _depth(type_: str, types: Mapping[str, Type]) -> int:
    """How many classes are above it."""
    return len(_above(type_, types))


def _above(type_: str, types: Mapping[str, Type]) -> set[str]:
    found: set[str] = set()
    waiting = [type_]
    while waiting:
        for each in types[waiting.pop()].broader:
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found
