"""What a record's values mean beyond their type: ids that exist, times, languages, addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.errors import Finding, IriError
from twingraph.facts import Activity, Institution, Municipality, Partnership, Programme, Source
from twingraph.records.fields import suggest
from twingraph.years import YearsError, read_years

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from twingraph.facts import Record, Stage
    from twingraph.ontology import Vocabulary
    from twingraph.records.fields import Located

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COUNTRY: Final = re.compile(r"[a-z]{2}")
_ROLES: Final = ("organizers", "participants", "hosts", "supporters")
# Key of a reference -> what it names, where the key does not say so.
_KINDS: Final = {
    **dict.fromkeys(("held_in", "municipalities", "based_in", "owner"), "municipality"),
    **dict.fromkeys((*_ROLES, "part_of", "office"), "institution"),
    "topics": "topic",
    "within": "partnership",
}


@dataclass(slots=True)
class References:
    """The ids that records may refer to, and the checks that need them.

    A check reports to `findings`.
    """

    vocabulary: Vocabulary
    findings: list[Finding]
    dataset: str | None = None  # the imported dataset below whose id all ids stand
    municipalities: Mapping[str, Municipality] = field(default_factory=dict)
    institutions: Mapping[str, Institution] = field(default_factory=dict)
    proposed: AbstractSet[str] = frozenset()  # ids of institutions that only drafts may name
    partnerships: Mapping[str, Partnership] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    removed: Mapping[str, Source] = field(default_factory=dict)

    def check(self, located: Located[Any]) -> None:
        """Check a record of any type."""
        record = located.record
        if not vocab.is_id(record.id):
            expected = "expected letters, digits, '-', '.', '_', in segments parted by '/'"
            self._tell(located, "id", f"{record.id!r} is not an id; {expected}")
        elif self.dataset is not None and not re.fullmatch(
            rf"{re.escape(self.dataset)}/[^/]+", record.id
        ):
            self._tell(located, "id", f"{record.id!r}: expected an id below '{self.dataset}/'")
        for key in ("label", "alt_labels"):
            self._languages(located, key, getattr(record, key, None) or ())
        if isinstance(record, Activity):
            self._activity(located)
        elif isinstance(record, Partnership):
            self._partnership(located)
        elif isinstance(record, Municipality):
            self._municipality(located)
        elif isinstance(record, Institution):
            self._institution(located)
        elif isinstance(record, Source):
            self._source(located)

    def _tell(self, located: Located[Any], key: str, message: str) -> None:
        self.findings.append(Finding(located.path, located.line_of(key), key, message))

    def _known(
        self, located: Located[Any], key: str, ids: Iterable[str | None], known: Collection[str]
    ) -> None:
        kind = _KINDS.get(key, key)
        for found in ids:
            if found is not None and found not in known:
                self._tell(located, key, f"unknown {kind} {found!r}{suggest(found, known)}")
            elif kind == "institution" and found in self.proposed and not _is_draft(located.record):
                self._tell(located, key, f"{found!r} is only proposed: review it first")

    def _languages(self, located: Located[Any], key: str, tags: Iterable[str]) -> None:
        known: set[str] = set()
        for tag in tags:
            if not LANGUAGE.fullmatch(tag):
                self._tell(located, key, f"{tag!r} is not a language tag; expected e.g. en, pt-BR")
            elif tag.lower() in known:
                self._tell(located, key, f"the language {tag!r} stands twice")
            known.add(tag.lower())

    def _address(self, located: Located[Any], key: str, address: str | None) -> None:
        if address is None:
            return
        try:
            vocab.read_iri(address)
        except IriError as error:
            self._tell(located, key, str(error))
            return
        if not address.startswith(("http://", "https://")):
            self._tell(located, key, f"{address!r} is no web address; expected http(s)://…")

    def _time(
        self, located: Located[Any], years: str | None, source: str | None, key: str = "years"
    ) -> None:
        if years is None:
            return
        try:
            found = read_years(years)
        except YearsError as error:
            self._tell(located, key, str(error))
            return
        if not found.is_open:
            return
        if source is None:
            self._tell(located, key, f"{years!r} goes on: name a source with as_of")
        elif source in self.sources and self.sources[source].as_of is None:
            self._tell(located, key, f"{years!r} goes on: source {source!r} needs as_of")

    def _source_id(self, located: Located[Any], source: str | None) -> None:
        if source in self.removed:
            self._tell(located, "source", f"source {source!r} is removed; name another or none")
        else:
            self._known(located, "source", [source], self.sources)

    def _municipality(self, located: Located[Municipality]) -> None:
        record = located.record
        space = record.id.partition("/")[0]
        if self.dataset is None and record.country is None:
            self._tell(located, "country", "is missing")
        elif record.country is None:
            pass
        elif "/" not in record.id or (
            _COUNTRY.fullmatch(space) and space != record.country.lower()
        ):
            expected = f"{record.country.lower()}/{record.id.rpartition('/')[2]}"
            self._tell(
                located, "id", f"{record.id!r} does not begin with its country: {expected!r}"
            )
        if (record.lat is None) != (record.long is None):
            self._tell(located, "lat", "lat and long go together; one is missing")
        self._source_id(located, record.source)

    def _institution(self, located: Located[Institution]) -> None:
        record = located.record
        if record.kind is not None and record.kind not in self.vocabulary.kinds:
            hint = suggest(record.kind, self.vocabulary.kinds)
            self._tell(located, "kind", f"unknown kind of institution {record.kind!r}{hint}")
        self._known(located, "based_in", [record.based_in], self.municipalities)
        self._known(located, "part_of", [record.part_of], self.institutions)
        if record.part_of == record.id:
            self._tell(located, "part_of", "is part of itself")
        self._address(located, "homepage", record.homepage)

    def _partnership(self, located: Located[Partnership]) -> None:
        record = located.record
        if self.dataset is None and ("/" in record.id or _COUNTRY.fullmatch(record.id)):
            self._tell(located, "id", f"{record.id!r}: expected one segment, longer than a country")
        self._known(located, "municipalities", record.municipalities, self.municipalities)
        if len(set(record.municipalities)) < len(record.municipalities):
            self._tell(located, "municipalities", "a municipality is named twice")
        for source in record.source:
            self._source_id(located, source)
        for stage in record.stages:
            self._stage(located, stage)

    def _stage(self, located: Located[Partnership], stage: Stage) -> None:
        source = stage.source or next(iter(located.record.source), None)
        self._source_id(located, stage.source)
        self._time(located, stage.years, source, "stages")

    def _source(self, located: Located[Source]) -> None:
        record = located.record
        self._address(located, "url", record.url)
        self._languages(located, "language", filter(None, [record.language]))
        self._known(located, "partnership", [record.partnership], self.partnerships)
        self._known(located, "office", [record.office], self.institutions)
        if record.removed is not None and record.removed.casefold() in (
            "false",
            "no",
            "true",
            "yes",
        ):
            self._tell(located, "removed", "say why; a source that counts has no such key")
        if record.as_of is not None and record.as_of_reason is None:
            self._tell(located, "as_of", "as_of_reason is missing: how is this year known?")
        for key in ("published", "retrieved"):
            date = getattr(record, key)
            self._time(located, date, None, key)
            if date is not None and ("/" in date or date[:1] in "{["):
                self._tell(located, key, f"{date!r} is not a date; expected e.g. 2016-04-15")

    def _activity(self, located: Located[Activity]) -> None:
        record = located.record
        if record.form is not None and record.form not in self.vocabulary.forms:
            hint = suggest(record.form, self.vocabulary.forms)
            self._tell(located, "form", f"unknown form of activity {record.form!r}{hint}")
        self._known(located, "topics", record.topics, self.vocabulary.topics)
        for role in _ROLES:
            self._known(located, role, getattr(record, role), self.institutions)
        self._known(located, "held_in", record.held_in, self.municipalities)
        self._known(located, "within", record.within, self.partnerships)
        if isinstance(record, Programme):
            self._source_id(located, record.source)
            if not _COUNTRY.fullmatch(record.owner):
                self._known(located, "owner", [record.owner], self.municipalities)

    def check_time(self, located: Located[Activity], source: str | None) -> None:
        """Check an activity's time against the source that tells it."""
        self._time(located, located.record.years, source)


def _is_draft(record: Record) -> bool:
    return getattr(record, "status", "reviewed") == "draft"


def find_cycle(edges: Mapping[str, Collection[str]]) -> list[str]:
    """A cycle among edges, as the nodes along it; empty where there is none.

    >>> find_cycle({"a": ["b"], "b": ["c"], "c": ["b"]})
    ['b', 'c', 'b']
    """
    done: set[str] = set()
    for root in edges:
        path: dict[str, None] = {}
        waiting = [(root, iter(edges[root]))] if root not in done else []
        path[root] = None
        while waiting:
            node, following = waiting[-1]
            step = next(following, None)
            if step is None:
                waiting.pop()
                path.pop(node)
                done.add(node)
            elif step in path:
                nodes = list(path)
                return [*nodes[nodes.index(step) :], step]
            elif step not in done:
                path[step] = None
                waiting.append((step, iter(edges.get(step, ()))))
    return []
