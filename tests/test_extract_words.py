"""Stems and labels: what an inflected word has in common with a label, and what a label names."""

import pytest

from twingraph.extract.lexicon import read_lexicon
from twingraph.extract.words import read_words, stem


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Krankenhaus Krankenhauses Krankenhäuser"),
        ("de", "Chor Chöre Chores Chören"),
        ("de", "Verein Vereins Vereine Vereinen"),
        ("de", "städtisch Städtische Städtischen Städtisches Städtischer"),
        ("en", "society societies society's"),
        ("en", "church churches"),
        ("en", "youth Youth’s"),
        ("fr", "école écoles École"),
        ("es", "escuela escuelas"),
        ("de", "Deutsch-Japanische deutschjapanischen"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, words: str) -> None:
    assert len({stem(word, language) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "bus", "bu"), ("en", "class", "clas"), ("de", "Amt", "Art")],
)
def test_other_words_do_not(language: str, one: str, other: str) -> None:
    assert stem(one, language) != stem(other, language)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "SV 03 e.V., 2. Chor", ["SV", "03", "e.V.", ",", "2", ".", "Chor"]),
        ("en", "Heidelberg’s EMBO/EMBL", ["Heidelberg’s", "EMBO", "/", "EMBL"]),
        ("fr", "l’école d'été", ["l’", "école", "d'", "été"]),
        ("ja", "交流1992年", ["交", "流", "1992", "年"]),
    ],
)
def test_words(language: str, text: str, words: list[str]) -> None:
    found = read_words(text, language)
    assert [word.text for word in found] == words
    assert all(text[word.start : word.end] == word.text for word in found)


def named(text: str, language: str) -> set[str]:
    return {hit.concept.id for hit in read_lexicon(language).find(read_words(text, language))}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Jugendaustausch", {"YouthExchange", "youth"}),
        ("de", "Kunstausstellungen", {"Exhibition", "visual-arts"}),
        ("de", "Sportsymposium", {"Conference", "sport"}),
        ("de", "des Handballvereins", {"SportsBody", "sport"}),
        ("en", "workshops on climate protection", {"Workshop", "climate"}),
        ("en", "annual youth exchange", {"YouthExchange", "youth"}),
        ("fr", "échanges scolaires", {"SchoolExchange", "education"}),
        ("es", "intercambio de jóvenes", {"YouthExchange", "youth"}),
        ("ja", "姉妹都市提携", {"twinning", "partnership"}),
    ],
)
def test_labels_name_forms_topics_and_kinds(language: str, text: str, expected: set[str]) -> None:
    assert expected <= named(text, language)


def test_a_longer_label_counts_alone() -> None:
    assert "Association" not in named("friendship society", "en")
    assert "FriendshipSociety" in named("friendship society", "en")


def test_a_verb_is_no_compound() -> None:
    assert "civic-exchange" not in named("sie vereinbarten", "de")
