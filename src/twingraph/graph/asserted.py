"""What is asserted, streaming: one record after another, never the whole dataset.

What a source tells stands in the graph named after it; tables stand in the reference graph
(DESIGN.md, 6). Quads of one subject come together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from twingraph import terms as t
from twingraph import vocab
from twingraph.graph.evidence import Evidence, quads_of
from twingraph.graph.naming import join_labels, stage_name
from twingraph.quads import Quad, Term, decimal_term, edtf_term, integer_term, iri_term, text_term
from twingraph.vocab import Iri, Minter
from twingraph.years import read_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from twingraph.facts import Institution, Municipality, Partnership, Source, Stage
    from twingraph.ontology import Vocabulary
    from twingraph.records import Folder, Imported, Passage, Told

    Statement = tuple[Term, Term]  # predicate and object, the subject being known


def build_asserted(folder: Folder, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Every asserted quad of a folder: tables, then what each source tells, by id.

    :raises RecordErrors: if a table is wrong; what is wrong with activities `finish` tells.
    """
    builder = GraphBuilder(folder, vocabulary)
    yield from builder.tables()
    for source in folder.sources:
        yield from builder.source(source)


class GraphBuilder:
    """Turns each record type into its quads; holds what they share.

    Read `tables` first: a passage that they quote is described among them, and not once more.

    :raises RecordErrors: if a table is wrong; what is wrong with activities `finish` tells.
    """

    def __init__(self, folder: Folder, vocabulary: Vocabulary) -> None:
        if folder.findings:
            folder.read_through()
        self._folder = folder
        self._vocabulary = vocabulary
        self._mint = Minter(folder.base)
        self._evidence = Evidence(folder, self._mint)

    def tables(self) -> Iterator[Quad]:
        """The quads of municipalities, institutions, partnerships and programmes."""
        for municipality in self._folder.municipalities.values():
            yield from self._municipality_quads(municipality, municipality.source)
        for institution in self._folder.institutions.values():
            yield from self._institution_quads(institution)
        for partnership in self._folder.partnerships.values():
            partners = partnership.municipalities
            names = [self._folder.municipalities[partner].label for partner in partners]
            yield from self._partnership_quads(partnership, names)
        for told in self._folder.programmes():
            yield from self._activity_quads(told)

    def source(self, source: str) -> Iterator[Quad]:
        """The quads that describe a source, then those of each activity that it tells."""
        yield from self.description(source)
        if source in self._folder.imported:
            yield from self._imported_quads(source, self._folder.imported[source])
        for told in self._folder.activities(source):
            yield from self._activity_quads(told)
        self._evidence.forget(source)

    def description(self, source: str) -> Iterator[Quad]:
        """The quads that describe a source, in its own graph; its contacts are not among them."""
        subject = self._graph_of(source)
        kind = [(t.TYPE, t.DATASET)] if source in self._folder.imported else []
        return quads_of(subject, [*kind, *self._source(self._folder.sources[source])], subject)

    def _imported_quads(self, source: str, imported: Imported) -> Iterator[Quad]:
        """The quads of a dataset's own tables, in the graph of its source; what it cites is
        described in the graph of each."""
        for record in imported.cited.values():
            subject = self._graph_of(record.id)
            yield from quads_of(subject, self._source(record), subject)
        dataset = self._graph_of(source)
        for municipality in imported.municipalities.values():
            yield iri_term(self._mint.municipality(municipality.id)), t.IN_DATASET, dataset, dataset
            yield from self._municipality_quads(municipality, source)
        for institution in imported.institutions.values():
            yield iri_term(self._mint.institution(institution.id)), t.IN_DATASET, dataset, dataset
            yield from self._institution_quads(institution, source)
        for partnership in imported.partnerships.values():
            yield iri_term(self._mint.partnership(partnership.id)), t.IN_DATASET, dataset, dataset
            names = [imported.municipalities[each].label for each in partnership.municipalities]
            yield from self._partnership_quads(partnership, names, source)
        for cited in imported.cited:
            self._evidence.forget(cited)

    def _graph_of(self, source: str | None) -> Term:
        graph = self._mint.graph(vocab.REFERENCE) if source is None else self._mint.source(source)
        return iri_term(graph)

    def _text(self, text: str, language: str | None = None) -> Term:
        return text_term(self._folder.mask(text), language)

    def _names(
        self, label: Mapping[str, str], alternatives: Mapping[str, Sequence[str]] | None = None
    ) -> Iterator[Statement]:
        for language, text in label.items():
            yield t.LABEL, self._text(text, language)
        for language, texts in (alternatives or {}).items():
            for text in texts:
                yield t.ALT_LABEL, self._text(text, language)

    def _note(self, note: str | None) -> Iterator[Statement]:
        if note:
            yield t.NOTE, self._text(note)

    def _source(self, record: Source) -> Iterator[Statement]:
        yield t.TYPE, t.SOURCE
        yield t.LABEL, self._text(record.title, record.language)
        yield t.TITLE, self._text(record.title, record.language)
        for predicate, text in (
            (t.PUBLISHER, record.publisher),
            (t.LANGUAGE, record.language),
            (t.AS_OF_REASON, record.as_of_reason),
        ):
            if text:
                yield predicate, self._text(text)
        if record.url:
            yield t.ORIGIN, iri_term(vocab.read_iri(record.url))
        if record.licence:
            yield self._licence(record.licence)
        if record.as_of is not None:
            yield t.AS_OF, integer_term(record.as_of)
        for predicate, date in ((t.ISSUED, record.published), (t.RETRIEVED, record.retrieved)):
            if date:
                yield predicate, edtf_term(date)
        if record.office:
            yield t.OFFICE, iri_term(self._mint.institution(record.office))
        yield from self._note(record.note)

    def _licence(self, licence: str) -> Statement:
        if licence.startswith(("http://", "https://")):
            return t.LICENSE, iri_term(vocab.read_iri(licence))
        return t.RIGHTS, self._text(licence)

    def _municipality_quads(self, record: Municipality, source: str | None) -> Iterator[Quad]:
        """The quads of a municipality, in the graph of a source."""
        subject = iri_term(self._mint.municipality(record.id))
        return quads_of(subject, self._municipality(record), self._graph_of(source))

    def _municipality(self, record: Municipality) -> Iterator[Statement]:
        yield t.TYPE, t.MUNICIPALITY
        yield from self._names(record.label, record.alt_labels)
        if record.country:
            yield t.COUNTRY, text_term(record.country.upper())
        if record.lat is not None and record.long is not None:
            yield t.LATITUDE, decimal_term(record.lat)
            yield t.LONGITUDE, decimal_term(record.long)
        if record.population is not None:
            yield t.POPULATION, integer_term(record.population)
        yield from self._note(record.note)

    def _institution_quads(self, record: Institution, source: str | None = None) -> Iterator[Quad]:
        """The quads of an institution in a source's graph, of a proposed one in that of drafts."""
        subject = iri_term(self._mint.institution(record.id))
        is_draft = record.status == "draft"
        graph = iri_term(self._mint.graph(vocab.DRAFTS)) if is_draft else self._graph_of(source)
        return quads_of(subject, self._institution(record), graph)

    def _institution(self, record: Institution) -> Iterator[Statement]:
        if record.status == "draft":
            yield t.TYPE, t.DRAFT
        yield t.TYPE, iri_term(self._vocabulary.kinds[record.kind or "Institution"])
        yield from self._names(record.label, record.alt_labels)
        if record.based_in:
            yield t.BASED_IN, iri_term(self._mint.municipality(record.based_in))
        if record.part_of:
            yield t.SUB_ORGANIZATION_OF, iri_term(self._mint.institution(record.part_of))
        if record.homepage:
            yield t.HOMEPAGE, iri_term(vocab.read_iri(record.homepage))
        yield from self._note(record.note)

    def _partnership_quads(
        self, record: Partnership, names: Sequence[Mapping[str, str]], told_by: str | None = None
    ) -> Iterator[Quad]:
        """The quads of a partnership and its stages, in the graph of each source that tells it
        (`told_by`, where the record names none). `names` are its partners' labels."""
        subject = iri_term(self._mint.partnership(record.id))
        words = self._folder.stage_passages(record.id, None)
        statements = list(self._partnership(record, names))
        sources = record.source or (told_by,)
        own: list[Quad] = []
        others: list[Quad] = []
        for source in sources:
            links, passages = self._evidence.of(
                source, [p for place, p in words if place == source]
            )
            own += quads_of(subject, [*statements, *links], self._graph_of(source))
            others += passages
        for index, stage in enumerate(record.stages):
            source = stage.source or sources[0]
            node = iri_term(self._mint.stage(record.id, stage_name(record.stages, index)))
            links = [(t.STAGE, node), (t.KIND, _kind(stage.kind))]
            own += quads_of(subject, links, self._graph_of(source))
            words = self._folder.stage_passages(record.id, index)
            others += self._stage(node, stage, source, [passage for _, passage in words])
        yield from dict.fromkeys(own)
        yield from others

    def _partnership(
        self, record: Partnership, names: Sequence[Mapping[str, str]]
    ) -> Iterator[Statement]:
        yield t.TYPE, t.PARTNERSHIP
        yield from self._names(record.label or join_labels(names))
        for municipality in record.municipalities:
            yield t.PARTNER, iri_term(self._mint.municipality(municipality))
        if record.kind:
            yield t.KIND, _kind(record.kind)
        yield from self._note(record.note)

    def _stage(
        self, node: Term, stage: Stage, source: str | None, words: Iterable[Passage]
    ) -> Iterator[Quad]:
        links, passages = self._evidence.of(source, words)
        statements = [(t.TYPE, t.PARTNERSHIP_STAGE), (t.KIND, _kind(stage.kind))]
        if stage.years:
            statements.append((t.DATE, edtf_term(stage.years)))
        yield from quads_of(
            node, [*statements, *self._note(stage.note), *links], self._graph_of(source)
        )
        yield from passages

    def _activity_quads(self, told: Told) -> Iterator[Quad]:
        """The quads of an activity as one source tells it, then its editions, then its passages."""
        record = told.activity
        subject = iri_term(self._mint.activity(told.key))
        graph = self._graph_of(told.source)
        if told.is_draft and told.source is not None:
            graph = iri_term(self._mint.drafts(told.source))
        links, passages = self._evidence.of(told.source, told.passages)
        shared = [*self._shared_with_editions(told), *links]
        yield from quads_of(subject, [*self._own(told), *shared], graph)
        for year in read_years(record.years).members if record.years else ():
            edition = iri_term(self._mint.activity(f"{told.key}/{year:04d}"))
            label = {language: f"{text} {year}" for language, text in record.label.items()}
            dated = [(t.DATE, edtf_term(f"{year:04d}")), (t.EDITION_OF, subject)]
            yield from quads_of(edition, [*self._names(label), *dated, *shared], graph)
        yield from passages

    def _own(self, told: Told) -> Iterator[Statement]:
        """What is said of an activity itself, and of a series but not of its editions."""
        record = told.activity
        yield from self._names(record.label)
        if record.years:
            yield t.DATE, edtf_term(record.years)
        if record.recurrence:
            yield t.RECURRENCE, iri_term(vocab.RECURRENCES[record.recurrence])
        for whole in told.part_of:
            yield t.PART_OF, iri_term(self._mint.activity(whole))
        if told.edition_of:
            yield t.EDITION_OF, iri_term(self._mint.activity(told.edition_of))
        yield from self._note(record.note)

    def _shared_with_editions(self, told: Told) -> Iterator[Statement]:
        """Form, home, topics, institutions and places: an edition has its series' own."""
        record = told.activity
        if told.is_draft:
            yield t.TYPE, t.DRAFT
        yield t.TYPE, iri_term(self._vocabulary.forms[record.form or "Activity"])
        for partnership in told.within:
            yield t.WITHIN, iri_term(self._mint.partnership(partnership))
        if told.owner and "/" in told.owner:
            yield t.OWNER, iri_term(self._mint.municipality(told.owner))
        elif told.owner:
            yield t.COUNTRY, text_term(told.owner.upper())
        for topic in record.topics:
            yield t.TOPIC, iri_term(self._vocabulary.topics[topic])
        for predicate, institutions in (
            (t.ORGANIZER, record.organizers),
            (t.PARTICIPANT, record.participants),
            (t.HOST, record.hosts),
            (t.SUPPORTER, record.supporters),
        ):
            for institution in institutions:
                yield predicate, iri_term(self._mint.institution(institution))
        for place in record.held_in:
            yield t.HELD_IN, iri_term(self._mint.municipality(place))
        if record.venue:
            yield t.VENUE, self._text(record.venue, self._evidence.language_of(told.source))


def _kind(name: str) -> Term:
    return iri_term(Iri(vocab.KIND + name))
