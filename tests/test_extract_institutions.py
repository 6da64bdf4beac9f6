"""Institutions in sentences as municipal pages write them, by language; none of a single page."""

import pytest

from twingraph.extract.institutions import InstitutionMention, find_institutions
from twingraph.extract.lexicon import read_lexicon
from twingraph.extract.words import read_words

ENGLISH = {
    "The Coventry Cathedral Choir sang in Dresden.": ["Coventry Cathedral Choir"],
    "a choir from Dresden": [],
    "Several schools and clubs take part.": [],
    "Students of the University of Ulm and Lyon College": ["University of Ulm", "Lyon College"],
    "The City of Leeds and Lille City Council agreed.": ["City of Leeds", "Lille City Council"],
    "the societies of blind people in Ulm and Graz": [
        "society of blind people in Ulm",
        "society of blind people in Graz",
    ],
    "the Parks and Youth Services departments": [
        "Parks department",
        "Youth Services department",
    ],
    "Ulm’s association of youth clubs": ["Ulm association of youth clubs"],
    "the museum of ethnology": ["museum of ethnology"],
    "the Ulm-Graz friendship society": ["Ulm-Graz friendship society"],
    "The Red Cross helped.": ["Red Cross"],
    "the Ulm Chamber of Commerce": ["Ulm Chamber of Commerce"],
    "guests of FAO and UNESCO": ["FAO", "UNESCO"],
    "the EU and the USA": [],
    "the World Health Organization (WHO)": ["World Health Organization"],
    "the Stadtjugendring in Ulm": ["Stadtjugendring"],
    "the German Olympic swimming team": ["German Olympic swimming team"],
    "twin cities of Ulm": [],
    "the German cultural institute Ulm House": ["Ulm House"],
    "Anglo-German links and the Bonn Link": ["Bonn Link"],
    "Mayor Anna Smith visited St. Mary School.": ["St. Mary School"],
    "Their mayor and the council": [],
}
GERMAN = {
    "Beschäftigte des Städtischen Krankenhauses Gera": ["Städtisches Krankenhaus Gera"],
    "Ärzte der Chirurgischen Klinik": ["Chirurgische Klinik"],
    "des Universitätsklinikums Ulm und der Hochschule für Musik": [
        "Universitätsklinikum Ulm",
        "Hochschule für Musik",
    ],
    "der Kreisverband des Deutschen Roten Kreuzes": ["Kreisverband des Deutschen Roten Kreuzes"],
    "der Ulmer Schwimmverein e.V. und der TSV 1860 Gera": [
        "Ulmer Schwimmverein e.V.",
        "TSV 1860 Gera",
    ],
    "die Deutsch-Japanische Gesellschaft": ["Deutsch-Japanische Gesellschaft"],
    "die Ulm-Gera-Gesellschaft": ["Ulm-Gera-Gesellschaft"],
    "das Jugendorchester der Geraer Musikschule": ["Jugendorchester der Geraer Musikschule"],
    "der Stadtjugendring und die Mädchenkantorei": ["Stadtjugendring", "Mädchenkantorei"],
    "viele Vereine und Schulen": [],
    "Die Vereine beider Städte": [],
    "„Brass Band Ulm“ aus Gera": ["Brass Band Ulm"],
    "singen „Malaika“ aus Gera": ["Malaika"],
    "die Weltgesundheitsorganisation (WHO)": ["Weltgesundheitsorganisation"],
    "Die Stadt Ulm und die Partnerstädte": ["Stadt Ulm"],
    "das Klinikum St. Georg": ["Klinikum St. Georg"],
    "Der Freundeskreis Ulm – Gera e.V. lädt ein": ["Freundeskreis Ulm – Gera e.V."],
    "in der Stadt": [],
}
FRENCH = {
    "l’Université de Nancy et le lycée Jeanne d’Arc": ["Université de Nancy", "lycée Jeanne d’Arc"],
    "le Conservatoire régional de Nancy": ["Conservatoire régional de Nancy"],
    "les écoles de la ville": [],
}
SPANISH = {
    "la Universidad de Sevilla": ["Universidad de Sevilla"],
    "la Asociación de Amigos de Kioto": ["Asociación de Amigos de Kioto"],
    "varias escuelas": [],
}
CASES = [
    pytest.param(language, text, names, id=text)
    for language, table in (("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH), ("es", SPANISH))
    for text, names in table.items()
]


def mentions(text: str, language: str) -> list[InstitutionMention]:
    words = read_words(text, language)
    return find_institutions(words, read_lexicon(language).find(words), language)


@pytest.mark.parametrize(("language", "text", "names"), CASES)
def test_names(language: str, text: str, names: list[str]) -> None:
    assert [each.name for each in mentions(text, language)] == names


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("the Kobe Municipal Hospital", "Hospital", "kind-with-name"),
        ("the City of Ulm", "CityAdministration", "city-as-body"),
        ("guests of FAO", None, "acronym"),
        ("the Red Cross", "Association", "known-body"),
    ],
)
def test_kind_and_rule(text: str, kind: str | None, rule: str) -> None:
    (found,) = mentions(text, "en")
    assert (found.kind, found.rule) == (kind, rule)


def test_positions_are_those_of_the_words() -> None:
    text = "In 1999 the Kobe Municipal Hospital opened."
    (found,) = mentions(text, "en")
    assert text[found.start : found.end] == "Kobe Municipal Hospital"
