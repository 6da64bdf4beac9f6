"""Every term that Python writes is declared in the ontology."""

import pyoxigraph
import pytest

from twingraph import files, terms, vocab
from twingraph.errors import IriError
from twingraph.ontology import read_ontology, read_vocabulary
from twingraph.quads import Term
from twingraph.vocab import Iri, Minter, read_iri

OWN = {
    name: term for name, term in vars(terms).items() if name.isupper() and f"<{vocab.TG}" in term
}


def declared() -> set[Term]:
    return {quad[0] for quad in read_ontology(Iri("urn:g"))}


@pytest.mark.parametrize("name", OWN)
def test_term_is_declared(name: str) -> None:
    assert OWN[name] in declared()


def test_undeclared_term_would_be_seen() -> None:
    assert Term(f"<{vocab.TG}organiser>") not in declared()


def test_kinds_and_recurrences_are_declared() -> None:
    for kind in vocab.PARTNERSHIP_KINDS:
        assert f"<{vocab.KIND}{kind}>" in declared()
    assert f"<{vocab.RECURRENCES['regular']}>" in declared()


def test_vocabulary_has_forms_kinds_and_topics() -> None:
    found = read_vocabulary()
    assert found.forms["Workshop"] == f"{vocab.TG}Workshop"
    assert found.kinds["FriendshipSociety"] == f"{vocab.TG}FriendshipSociety"
    assert found.topics["emergency-services"] == f"{vocab.TOPIC}emergency-services"
    assert not {"OngoingActivity", "Municipality", "Year"} & found.forms.keys()


def test_ontology_in_the_graph_has_no_blank_node_and_is_the_same_twice() -> None:
    names = (*files.REASONED, *files.LOADED)
    first = list(read_ontology(Iri("urn:g"), names))
    assert first == list(read_ontology(Iri("urn:g"), names))
    assert not [quad for quad in first if any(term.startswith("_:") for term in quad)]


@pytest.mark.parametrize(
    "text",
    [
        *("", "no scheme", "https://example.org/a b", "https://example.org/<", "a:\n", "page.html"),
        *("urn:", "https://example.org:99x/", "https://example.org/#a#b", "https://a@b@c/"),
        *("https://example.org/%zz", "https://example.org/\ue000", "https://[x", "urn:\x7f"),
    ],
)
def test_no_iri(text: str) -> None:
    with pytest.raises(IriError, match="is not an IRI"):
        read_iri(text)


@pytest.mark.parametrize("text", ["", "/", "a//b", "a/", "ä", "a b", "-a", "a?b", "a#b", "../a"])
def test_no_id(text: str) -> None:
    with pytest.raises(IriError, match="is not an identifier"):
        Minter().activity(text)


def test_minted_iris_are_accepted_by_the_engine() -> None:
    mint = Minter()
    for iri in (mint.stage("a-b", "twinning"), mint.passage("s", 0, 9), mint.whole_page("s")):
        assert pyoxigraph.NamedNode(iri).value == iri
