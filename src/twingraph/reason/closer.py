"""One subject after another, closed: what follows about it alone, and what it tells of others."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from twingraph import terms as t
from twingraph.quads import Quad, Term, lexical_form
from twingraph.reason.disjoint import find_clash, raise_clash
from twingraph.reason.expand import ACTIVITY, EXCHANGING, SERIES, STAGE, SUBJECT
from twingraph.reason.gather import Gathered, Resource, by_iri
from twingraph.reason.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.reason.dating import Dating
    from twingraph.reason.expand import Dates, Expander
    from twingraph.reason.index import Index
    from twingraph.reason.pieces import Expansion, Template
    from twingraph.reason.rules import Rules

# The predicates of time, and what is derived of it.
_BOUNDS: Final = {t.EARLIEST_START, t.LATEST_START, t.EARLIEST_END, t.LATEST_END}
_OF_TIME: Final = frozenset({t.DATE} | _BOUNDS)
_KEPT: Final = 1 << 12  # sets of classes remembered


class _Subject(Struct, gc=False):
    """What is known of the subject that is being closed."""

    name: Term
    types: frozenset[Term]
    stated: dict[str, None]  # " p o", of literals those alone that could be derived
    after: dict[str, None]
    before: dict[str, None] = {}
    starts: list[tuple[int, Resource]] = []
    ends: list[tuple[int, Term]] = []
    involved: dict[Resource, None] = {}
    parties: dict[Resource, None] = {}
    partners: list[Term] = []
    series: list[Term] = []
    is_twinning: bool = False

    def note(self, predicate: Term, object_: Term) -> None:
        """Take a statement that counts beyond the rules, of a predicate of `NOTED`."""
        if predicate == t.PARTNER:
            self.partners.append(object_)
        elif predicate == t.EDITION_OF:
            self.series.append(object_)
        elif object_ == t.TWINNING:
            self.is_twinning = True


class Closer:
    """Closes subjects; what it gathers, in so many buckets, and counts over them is `gathered` and
    `totals`."""

    def __init__(self, index: Index, rules: Rules, expander: Expander, buckets: int) -> None:
        self.gathered = Gathered(buckets, index.home)
        self.totals = Totals()
        self.index = index
        self._rules = rules
        self._expander = expander

    def close(self, subject: Term, quads: Iterable[Quad]) -> list[str]:
        """The triples `s p o` that follow about an activity that nobody else tells of.

        Of any other subject the triples are gathered, since others may give them too.

        :raises InconsistentGraph: if it is in two classes that are declared disjoint.
        """
        told = list(quads)
        known = self._expand(subject, told)
        is_activity = t.ACTIVITY in known.types
        is_series = subject in self.index.series
        kind = (SERIES if is_series else ACTIVITY) if is_activity else STAGE
        dating = self._take_time(known, told, kind)
        self._exchange(known, dating, is_series=is_series)
        if known.is_twinning:
            self._twin(known)
        if known.starts:
            self._join_chains(known)
        if is_activity:
            self._count(known, dating, is_series=is_series)
        else:
            self.totals.count(known.types, ())
        stated = known.stated
        about = [text for text in known.after if text not in stated]
        of_others = [text + subject for text in known.before]
        if is_activity and subject not in self.index.linked:
            if clash := find_clash(known.types, self._rules):
                raise_clash(subject, clash)
            return [subject + text for text in about] + of_others
        self._keep_apart(known)
        self.gathered.derive_about(subject, about)
        self.gathered.derive(of_others)
        return []

    def _expand(self, subject: Term, quads: list[Quad]) -> _Subject:
        """The subject with all that its statements imply, one by one."""
        implied: list[Expansion] = []
        opened: list[tuple[Template, Term]] = []
        expander = self._expander
        found, templates, static = expander.found, expander.templates, expander.static
        for _, predicate, object_, _ in quads:
            template = templates.get(predicate)
            if template is not None and object_[0] == "<" and object_ not in static:
                opened.append((template, object_))
                continue
            expansion = found.get((predicate, object_))
            if expansion is not None:
                implied.append(expansion)
            elif expander.is_open(predicate, object_):
                opened.append((expander.template(predicate), object_))
            else:
                implied.append(expander.expand(predicate, object_))
        kinds = {each.types for each in implied}
        kinds.update([template.types for template, _ in opened])
        known = _Subject(
            subject,
            _unite(frozenset(kinds)),
            {each.text: None for each in implied},
            {text: None for each in implied for text in each.after},
        )
        for each in implied:
            if each.is_tie:
                self._tie(known, each)
        if not self.gathered.told.issuperset(implied):
            for each in implied:
                self.gathered.tell(each, each.apart)
        self._open(known, opened)
        return known

    def _tie(self, known: _Subject, tie: Expansion) -> None:
        """Take what ties the subject to others."""
        known.before |= tie.before
        resources = self.gathered.resources
        known.starts += [(number, resources[start]) for number, start in tie.starts]
        known.ends += tie.ends
        known.involved |= {resources[each]: None for each in tie.involved}
        if tie.noted is not None:
            predicate, object_ = tie.noted
            if predicate in EXCHANGING:
                known.parties[resources[object_]] = None
            else:
                known.note(predicate, object_)
        for edge in tie.edges:
            s, p, o = (known.name if node == SUBJECT else node for node in edge)
            self.totals.edges.append((s, p, o))

    def _open(self, known: _Subject, opened: list[tuple[Template, Term]]) -> None:
        """Take what the subject's statements about resources imply."""
        stated, after, before = known.stated, known.after, known.before
        for template, object_ in opened:
            stated[template.text + object_] = None
            after |= template.fixed
            for piece in template.after:
                after[piece + object_] = None
            for piece in template.before:
                before[object_ + piece] = None
            for number in template.ends:
                known.ends.append((number, object_))
            if template.is_telling:
                self._tell(known, template, object_)
            if template.noted is not None:
                known.note(template.noted, object_)
            for predicate, is_from in template.edges:
                s, o = (object_, known.name) if is_from else (known.name, object_)
                self.totals.edges.append((s, predicate, o))

    def _tell(self, known: _Subject, template: Template, object_: Term) -> None:
        """Take that the subject tells something of a resource."""
        resource = self.gathered.resources[object_]
        if resource.types is not template.apart:
            self._tell_types(resource, template.apart)
        for number in template.starts:
            known.starts.append((number, resource))
        if template.is_involving:
            known.involved[resource] = None
        if template.is_exchanging:
            known.parties[resource] = None

    def _tell_types(self, resource: Resource, types: tuple[str, ...]) -> None:
        """Gather what follows about a resource alone: its types, unless they were told last."""
        if types and resource.types is not types:
            resource.types = types
            known = self._expander.typed.get(resource.name, ())
            self.gathered.derive_about(resource.name, [text for text in types if text not in known])

    def _take_time(self, known: _Subject, quads: list[Quad], kind: str) -> Dating | None:
        dates: Dates = ()
        for _, predicate, object_, graph in [quad for quad in quads if quad[1] in _OF_TIME]:
            known.stated[f" {predicate} {object_}"] = None
            if predicate == t.DATE:
                dates += ((lexical_form(object_), self.index.as_of_graph(graph)),)
        if not dates and kind == STAGE:
            return None
        timed = self._expander.expand_time(dates, kind)
        known.after |= timed.after
        known.types = _unite(frozenset((known.types, timed.types)))
        if timed not in self.gathered.told:
            self.gathered.tell(timed, timed.apart)
            if timed.dating is not None and kind != STAGE:
                self.totals.years |= timed.dating.certain | timed.dating.possible
        return timed.dating

    def _exchange(self, known: _Subject, dating: Dating | None, *, is_series: bool) -> None:
        """Pairs of institutions of different municipalities that each had a part of their own."""
        if dating is not None and dating.is_planned:
            return
        pairs = _pairs(known.parties) if len(known.parties) > 1 else []
        if is_series:
            names = [(one.name, other.name) for one, other in pairs]
            self.totals.series[known.name] = [] if dating is None else dating.decades, names
            return
        for one, other in pairs:
            self.gathered.meet(one, other)

    def _twin(self, known: _Subject) -> None:
        """The pairs of partners of a twinning."""
        for one in known.partners:
            for other in known.partners:
                if one != other:
                    self._relate(one, t.TWINNED_WITH, other)

    def _relate(self, subject: Term, predicate: Term, object_: Term) -> None:
        """Gather a triple that is not about the subject that is closed, and what follows."""
        if not self.gathered.relate(subject, predicate, object_):
            return
        expander = self._expander
        if expander.is_open(predicate, object_):
            template = expander.template(predicate)
            after = [*template.fixed, *(piece + object_ for piece in template.after)]
            before = [object_ + piece for piece in template.before]
            self._tell_types(self.gathered.resources[object_], template.apart)
        else:
            expansion = expander.expand(predicate, object_)
            after, before = [*expansion.after], [*expansion.before]
            self.gathered.tell(expansion, expansion.apart)
        types = expander.typed.get(subject, ())
        self.gathered.derive_about(subject, [text for text in after if text not in types])
        self.gathered.derive(text + subject for text in before)

    def _join_chains(self, known: _Subject) -> None:
        joined = self._expander.join(tuple(known.ends))
        self.gathered.tell(joined, joined.apart)
        for number, start in known.starts:
            link = joined.links.get(number)
            if link is not None:
                self.gathered.link(start, link)
            for predicate, end in joined.telling.get(number, ()):
                self._relate(start.name, predicate, end)

    def _count(self, known: _Subject, dating: Dating | None, *, is_series: bool) -> None:
        """Count an activity."""
        decades = [] if dating is None else dating.decades
        self.totals.count(known.types, () if is_series else decades)
        for series in known.series:
            self.totals.editions.append((series, decades, [each.name for each in known.involved]))
        if dating is None or not dating.is_dated or (dating.bounds is None and is_series):
            return  # a set of years: its editions have them
        self.gathered.date(known.involved, dating)

    def _keep_apart(self, known: _Subject) -> None:
        """Gather what is stated of the subject and could be derived elsewhere."""
        stated = []
        for text in filter(None, known.stated):
            predicate = text[1 : text.index(" ", 1)]
            if predicate in self._rules.implied or predicate == t.TYPE:
                stated.append(text)
        self.gathered.state(known.name, stated)


def _pairs(parties: Iterable[Resource]) -> list[tuple[Resource, Resource]]:
    """Those that are based in different municipalities, in the order of their IRIs."""
    return [
        (one, other) if by_iri(one.name) < by_iri(other.name) else (other, one)
        for one, other in combinations(parties, 2)
        if one.home is not other.home and one.home is not None and other.home is not None
    ]


@lru_cache(maxsize=_KEPT)
def _unite(sets: frozenset[frozenset[Term]]) -> frozenset[Term]:
    return frozenset().union(*sets)
