"""What a page tells, on small pages of one layout or sentence each."""

import pytest

from twingraph.extract import Drafted, extract_page, read_page

Row = tuple[str, str | None, str | None]  # form, years, recurrence

PAGES: dict[str, tuple[str, list[Row]]] = {
    "since": ("Ulm has been twinned with Lyon since 1959.", [("Partnership", "1959/..", None)]),
    "signed": (
        "The twinning agreement was signed in May 1961.",
        [("Ceremony", "1961-05", None)],
    ),
    "recurrence far from since": (
        "Annual youth exchange of the youth clubs of both cities, in summer, since 1980.",
        [("YouthExchange", "1980/..", "annual")],
    ),
    "two activities in a sentence": (
        "In 1998 a choir from Lyon gave a concert in Ulm; in 2001 an exhibition followed.",
        [("Performance", "1998", None), ("Exhibition", "2001", None)],
    ),
    "subjects under a lead": (
        "Exchange of experiences on the following subjects:\n\n- Transport\n- Housing\n",
        [("ProfessionalExchange", None, None), ("ProfessionalExchange", None, None)],
    ),
    "form of its own under a lead": (
        "Projects:\n\n- School exchange of two grammar schools since 1991\n- Water (2004)\n",
        [("SchoolExchange", "1991/..", None), ("Project", "2004", None)],
    ),
    "continuation in brackets": (
        "Joint projects:\n\n- Transport\n  (EU project “Ways”, 1993)\n",
        [("Project", "1993", None)],
    ),
    "cities of a list with years": (
        (
            "Our sister cities: Kyoto, Japan, since 1985.\nOthers followed: Lyon in 1990; Leeds and"
            " Ulm in 1992."
        ),
        [
            ("Partnership", "1985/..", None),
            ("Partnership", "1990/..", None),
            ("Partnership", "1992/..", None),
            ("Partnership", "1992/..", None),
        ],
    ),
    "background": (
        (
            "Lyon has 500,000 inhabitants. Its university was founded in 1896. The mayor was born"
            " in 1950 and elected in 2001."
        ),
        [],
    ),
    "contact": (
        (
            "Partners since 1999\n\nContact:\nOffice of the Mayor\nMain Street 1\n12345 Ulm\n"
            "Phone: 0731 1610\n"
        ),
        [("Partnership", "1999/..", None)],
    ),
    "names without a year": ("Sister cities:\n\n- Kyoto, Japan\n- Lyon, France\n", []),
    "nothing takes place": ("Einen Schüleraustausch gibt es nicht.", []),
    "German": (
        (
            "Seit 1998 besteht ein Schüleraustausch der Gymnasien. Alle zwei Jahre findet ein"
            " Sportturnier statt."
        ),
        [("SchoolExchange", "1998/..", None), ("SportsEvent", None, "biennial")],
    ),
    "German, from to": (
        "Von 2017 bis 2019 lief ein EU-Projekt zum Klimaschutz.",
        [("Project", "2017/2019", None)],
    ),
    "French": (
        "Nancy est jumelée avec Karlsruhe depuis 1955. En 2005, la chorale a donné un concert.",
        [("Partnership", "1955/..", None), ("Performance", "2005", None)],
    ),
    "Spanish": (
        (
            "Sevilla está hermanada con Kioto desde 1967. Cada dos años se celebra un encuentro de"
            " jóvenes en ambas ciudades."
        ),
        [("Partnership", "1967/..", None), ("YouthExchange", None, "biennial")],
    ),
    "Japanese": (
        "熊本市とハイデルベルク市は1992年に姉妹都市となりました。\n平成4年から毎年、青少年交流を実施しています。",
        [("Partnership", "1992/..", None), ("YouthExchange", "1992/..", "annual")],
    ),
}


def activities(text: str, **options: str) -> tuple[Drafted, ...]:
    return extract_page(read_page(text.encode(), "page.txt"), ("Ulm", "Lyon"), **options).activities


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    text, rows = PAGES[name]
    assert [(each.form, each.years, each.recurrence) for each in activities(text)] == rows


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Exchange of experiences on climate protection and transport.", ("climate", "transport")),
        ("Concert of the brass band in Ulm.", ("music",)),
        ("The Ulm Municipal Hospital has sent staff since 1993.", ("health",)),
        ("Youth exchange.\n", ("youth",)),
        ("The choir of both cities gives concerts together each year.", ("music",)),
    ],
)
def test_topics(text: str, topics: tuple[str, ...]) -> None:
    (found,) = activities(text)
    assert found.topics == topics


def test_places_are_those_where_something_is_held() -> None:
    (found,) = activities("A choir from Lyon gave concerts in Ulm in 1998.")
    assert found.places == ("Ulm",)
    (found,) = activities("Visits of the Lyon City Hospital to Ulm and Lyon since 1999.")
    assert found.places == ("Ulm", "Lyon")


def test_words_are_a_part_of_the_page_without_the_bullet() -> None:
    text = "Projects:\n\n- Transport (a project, 1993)\n"
    (found,) = activities(text)
    assert text[found.start : found.end] == "Transport (a project, 1993)"
    assert found.line == 3
    assert found.label == "Projects: Transport (a project, 1993)"


def test_every_value_says_what_made_it() -> None:
    (found,) = activities("Annual youth exchange with the Lyon Youth Club since 1980.")
    assert found.because == {
        "form": "youth exchange (YouthExchange)",
        "topics": "youth (youth)",
        "years": "recurrence: Annual, since: since 1980",
        "institutions": "kind-with-name: Lyon Youth Club",
    }


def test_date_of_the_page_is_that_of_this_year() -> None:
    text = "In diesem Jahr besuchten Ärzte die Klinik in Ulm."
    told = activities(text, language="de", written="2016-04-15")
    assert [each.years for each in told] == ["2016"]
    assert [each.years for each in activities(text, language="de")] == [None]


def test_what_was_not_taken_for_anything_is_kept() -> None:
    page = read_page(b"Lyon lies on the Rhone.\n\nA concert was given in Ulm in 1999.\n", "p.txt")
    found = extract_page(page)
    assert [page.text[block.start : block.end] for block in found.unread] == [
        "Lyon lies on the Rhone."
    ]
