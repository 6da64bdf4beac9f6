"""What one statement implies: kept by predicate and object, or as pieces by predicate alone."""

from __future__ import annotations

import pytest

from twingraph import terms as t
from twingraph.quads import Term, iri_term
from twingraph.reason import shipped_rules
from twingraph.reason.expand import SUBJECT, Expander
from twingraph.vocab import TG, Minter

MINT = Minter()
BODY = iri_term(MINT.institution("body"))
SCHOOL = Term(f"<{TG}School>")


@pytest.fixture(scope="module")
def expander() -> Expander:
    return Expander(shipped_rules(), MINT)


@pytest.mark.parametrize("predicate", sorted(shipped_rules().implied))
def test_pieces_say_what_the_expansion_says(expander: Expander, predicate: Term) -> None:
    """If a statement's object is any resource, then its pieces around it are its expansion."""
    pieces, whole = expander.template(predicate), expander.expand(predicate, BODY)
    assert pieces.text + BODY == whole.text
    assert {*pieces.fixed, *(text + BODY for text in pieces.after)} == set(whole.after)
    assert {BODY + text for text in pieces.before} == set(whole.before)
    assert [BODY + text for text in pieces.apart] == list(whole.apart)
    assert pieces.types == whole.types
    assert [(number, BODY) for number in pieces.starts] == list(whole.starts)
    assert [(number, BODY) for number in pieces.ends] == list(whole.ends)
    edges = [(BODY, p, SUBJECT) if back else (SUBJECT, p, BODY) for p, back in pieces.edges]
    assert edges == list(whole.edges)
    assert [BODY] * pieces.is_involving == list(whole.involved)
    noted = predicate if pieces.is_exchanging else pieces.noted
    assert ((noted, BODY) if noted else None) == whole.noted


def test_what_is_kept_does_not_grow_with_resources(expander: Expander) -> None:
    """If a resource is none that the ontology speaks of, then nothing of it stays in `found`."""
    expander.expand(t.ORGANIZER, BODY)
    expander.expand(t.LABEL, Term('"any"@en'))
    expander.expand(t.LABEL, Term('"other"@en'))
    assert BODY not in {object_ for _, object_ in expander.found}
    assert sum(predicate == t.LABEL for predicate, _ in expander.found) == 1


def test_what_is_known_of_a_resource_is_not_derived_again() -> None:
    """If tables tell the types of an institution, then no statement about it derives them."""
    expander = Expander(shipped_rules(), MINT)
    told = [(BODY, t.TYPE, SCHOOL, BODY)]
    assert expander.expand(t.ORGANIZER, BODY).apart
    known = Expander(shipped_rules(), MINT)
    assert list(known.know_types(told)) == told
    assert known.expand(t.ORGANIZER, BODY).apart == ()
