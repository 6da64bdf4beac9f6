"""Layouts of cities' pages: what each line is, and what stands over it; linear in length."""

import time
from pathlib import Path

import pytest

from twingraph.extract.page.layout import find_blocks

PAGES = Path(__file__).parents[1] / "data" / "sources"


def draw(text: str) -> list[str]:
    """A line for each block: kind, level, words, and what stands over it, the nearest first."""
    blocks = find_blocks(text)
    words = [" ".join(text[block.start : block.end].split()) for block in blocks]
    return [
        " < ".join([f"{b.kind} {b.level} {words[i]}", *(words[h] for h in reversed(b.heads))])
        for i, b in enumerate(blocks)
    ]


LAYOUTS = {
    "bullets below a lead": (
        "Youth:\n\n  • Exchange\n  • Sports\n",
        ["lead 0 Youth:", "item 1 • Exchange < Youth:", "item 1 • Sports < Youth:"],
    ),
    "dashes and stars without a blank line": (
        "Jugend:\n- Austausch\n* Sport\n– Musik\n",
        [
            "lead 0 Jugend:",
            "item 1 - Austausch < Jugend:",
            "item 1 * Sport < Jugend:",
            "item 1 – Musik < Jugend:",
        ],
    ),
    "numbered items": (
        "Projekte:\n1. Umwelt\n2. Verkehr\n3. Sport\n",
        [
            "lead 0 Projekte:",
            "item 1 1. Umwelt < Projekte:",
            "item 1 2. Verkehr < Projekte:",
            "item 1 3. Sport < Projekte:",
        ],
    ),
    "numbered headings": (
        "Madison\n1. Allgemeines\nEs gibt Kontakte.\n2. Kultur, Sport\nSeit 1990 Konzerte.\n",
        [
            "heading 1 Madison",
            "heading 2 1. Allgemeines < Madison",
            "paragraph 0 Es gibt Kontakte. < 1. Allgemeines < Madison",
            "heading 2 2. Kultur, Sport < Madison",
            "paragraph 0 Seit 1990 Konzerte. < 2. Kultur, Sport < Madison",
        ],
    ),
    "sections in sections": (
        "1. Kultur\nText.\n1.1 Musik\nKonzerte.\n2. Sport\nText.\n",
        [
            "heading 2 1. Kultur",
            "paragraph 0 Text. < 1. Kultur",
            "heading 3 1.1 Musik < 1. Kultur",
            "paragraph 0 Konzerte. < 1.1 Musik < 1. Kultur",
            "heading 2 2. Sport",
            "paragraph 0 Text. < 2. Sport",
        ],
    ),
    "a day is no number of a list": (
        "Fest\n\n4. Juni: Preis in Thorn.\n5. Juni: Konzert in Pau.\n",
        [
            "heading 1 Fest",
            "paragraph 0 4. Juni: Preis in Thorn. < Fest",
            "paragraph 0 5. Juni: Konzert in Pau. < Fest",
        ],
    ),
    "an ordinal is no number of a list": (
        "50. Jahrestag\n\nGefeiert wurde 2010.\n",
        ["heading 1 50. Jahrestag", "paragraph 0 Gefeiert wurde 2010. < 50. Jahrestag"],
    ),
    "bare lines below a lead": (
        "Joint projects:\nTransport 1993\nEqual rights\nAccess\n\nThe end is near.\n",
        [
            "lead 0 Joint projects:",
            "item 1 Transport 1993 < Joint projects:",
            "item 1 Equal rights < Joint projects:",
            "item 1 Access < Joint projects:",
            "paragraph 0 The end is near.",
        ],
    ),
    "bare lines, each on its own, below a lead": (
        "Themen:\n\nUmwelt\n\nVerkehr\n\nSport:\n\nTurnier\n\nLauf\n\nZukunft\n\nEs geht weiter.\n",
        [
            "lead 0 Themen:",
            "item 1 Umwelt < Themen:",
            "item 1 Verkehr < Themen:",
            "lead 0 Sport:",
            "item 1 Turnier < Sport:",
            "item 1 Lauf < Sport:",
            "heading 2 Zukunft",
            "paragraph 0 Es geht weiter. < Zukunft",
        ],
    ),
    "a sentence announces items": (
        "The cities work on the following subjects.\n• Health\n• Sports\nThey meet yearly.\n",
        [
            "lead 0 The cities work on the following subjects.",
            "item 1 • Health < The cities work on the following subjects.",
            "item 1 • Sports < The cities work on the following subjects.",
            "paragraph 0 They meet yearly.",
        ],
    ),
    "a lead over a paragraph": (
        "Kultur:\n\nSeit 1990 gibt es Konzerte.\n\nDie Städte planen mehr.\n",
        [
            "lead 0 Kultur:",
            "paragraph 0 Seit 1990 gibt es Konzerte. < Kultur:",
            "paragraph 0 Die Städte planen mehr.",
        ],
    ),
    "a last line with a colon is over nothing": (
        "Im Jahr 1990 begann es.\n\nWeiter:\n",
        ["paragraph 0 Im Jahr 1990 begann es.", "paragraph 0 Weiter:"],
    ),
    "brackets below a bullet": (
        "  • Verkehr\n    (Projekt 1993)\n  • Sport\n(seit 1999)\n",
        ["item 1 • Verkehr (Projekt 1993)", "item 1 • Sport (seit 1999)"],
    ),
    "deeper lines and mid-sentences go on": (
        "- Annual exchange,\n  since 1993\n- Visits of pupils from\nboth\n- A\n\n  more of A\nB.\n",
        [
            "item 1 - Annual exchange, since 1993",
            "item 1 - Visits of pupils from both",
            "item 1 - A more of A",
            "paragraph 0 B.",
        ],
    ),
    "a bullet alone on its line": (
        "•\nJugend\n•\nSport\n",
        ["item 1 • Jugend", "item 1 • Sport"],
    ),
    "items in items": (
        "- Kultur:\n    - Musik seit 1990\n        - Chor\n    - Theater\n- Sport\n",
        [
            "item 1 - Kultur:",
            "item 2 - Musik seit 1990 < - Kultur:",
            "item 3 - Chor < - Musik seit 1990 < - Kultur:",
            "item 2 - Theater < - Kultur:",
            "item 1 - Sport",
        ],
    ),
    "other bullets are deeper items": (
        "• Kultur\n– Musik\n– Theater\n• Sport\n",
        [
            "item 1 • Kultur",
            "item 2 – Musik < • Kultur",
            "item 2 – Theater < • Kultur",
            "item 1 • Sport",
        ],
    ),
    "a heading over bullets": (
        "Sister cities\n- Bologna, Italy\n- Sapporo, Japan\nMore\nThe oldest is Sapporo.\n",
        [
            "heading 2 Sister cities",
            "item 1 - Bologna, Italy < Sister cities",
            "item 1 - Sapporo, Japan < Sister cities",
            "furniture 0 More",
            "paragraph 0 The oldest is Sapporo. < Sister cities",
        ],
    ),
    "short lines over prose": (
        "Austausch\nJedes Jahr trifft man sich.\nKultur und Sport\nim Jahr 2010 war ein Fest.\n",
        [
            "heading 2 Austausch",
            "paragraph 0 Jedes Jahr trifft man sich. < Austausch",
            "heading 2 Kultur und Sport",
            "paragraph 0 im Jahr 2010 war ein Fest. < Kultur und Sport",
        ],
    ),
    "a title and its sections": (
        "Delegations\n\nThey were founded in 1963.\n\nAlbi, France - 1994\n\nAlbi is old.\n",
        [
            "heading 1 Delegations",
            "paragraph 0 They were founded in 1963. < Delegations",
            "heading 2 Albi, France - 1994 < Delegations",
            "paragraph 0 Albi is old. < Albi, France - 1994 < Delegations",
        ],
    ),
    "a heading on two lines": (
        "Wie die Partnerschaft\n\nmit Kumamoto entstand\n\nEs begann 1992.\n",
        [
            "heading 1 Wie die Partnerschaft mit Kumamoto entstand",
            "paragraph 0 Es begann 1992. < Wie die Partnerschaft mit Kumamoto entstand",
        ],
    ),
    "a society is no sentence": (
        "Freundeskreis Heidelberg e.V.\n\nEr besteht seit 1990.\n",
        [
            "heading 1 Freundeskreis Heidelberg e.V.",
            "paragraph 0 Er besteht seit 1990. < Freundeskreis Heidelberg e.V.",
        ],
    ),
    "what says something is no heading": (
        "Bonn\n\nOxford and Bonn have been twins since 1947\n\nSeit 1990 Konzerte\n\nMusic.\n",
        [
            "heading 1 Bonn",
            "paragraph 0 Oxford and Bonn have been twins since 1947 < Bonn",
            "paragraph 0 Seit 1990 Konzerte < Bonn",
            "paragraph 0 Music. < Bonn",
        ],
    ),
    "a question is a heading": (
        "Was ist eine Städtepartnerschaft\n\nEin Vertrag.\n",
        [
            "heading 1 Was ist eine Städtepartnerschaft",
            "paragraph 0 Ein Vertrag. < Was ist eine Städtepartnerschaft",
        ],
    ),
    "a chronicle": (
        "Chronik\n\n1992 Vertrag\n1995 Ärzteaustausch\n2002 Woche in Kumamoto\n",
        [
            "heading 1 Chronik",
            "item 1 1992 Vertrag < Chronik",
            "item 1 1995 Ärzteaustausch < Chronik",
            "item 1 2002 Woche in Kumamoto < Chronik",
        ],
    ),
    "years over paragraphs": (
        "1992\nDer Vertrag wird geschlossen.\n1995\nÄrzte besuchen sich.\n",
        [
            "heading 2 1992",
            "paragraph 0 Der Vertrag wird geschlossen. < 1992",
            "heading 2 1995",
            "paragraph 0 Ärzte besuchen sich. < 1995",
        ],
    ),
    "Markdown": (
        "# City\n\nA.\n\n## Youth\n\n* Visits\n\n**Sport**\n\nA run.\n\n## Music\n\nA choir.\n",
        [
            "heading 1 # City",
            "paragraph 0 A. < # City",
            "heading 2 ## Youth < # City",
            "item 1 * Visits < ## Youth < # City",
            "heading 6 **Sport** < ## Youth < # City",
            "paragraph 0 A run. < **Sport** < ## Youth < # City",
            "heading 2 ## Music < # City",
            "paragraph 0 A choir. < ## Music < # City",
        ],
    ),
    "underlined headings": (
        "City\n====\n\nYouth\n-----\n\nExchange since 1990.\n\n---\n\nThe end.\n",
        [
            "heading 1 City ====",
            "heading 2 Youth ----- < City ====",
            "paragraph 0 Exchange since 1990. < Youth ----- < City ====",
            "furniture 0 ---",
            "paragraph 0 The end. < Youth ----- < City ====",
        ],
    ),
    "a table of facts": (
        "Albi\n\n| Land | Frankreich |\n|---|---|\n| seit | 1991 |\n",
        [
            "heading 1 Albi",
            "cell 0 | Land | Frankreich | < Albi",
            "furniture 0 |---|---|",
            "cell 0 | seit | 1991 | < Albi",
        ],
    ),
    "a table with a first row over the others": (
        "| City | Country | Since |\n|:--|---|--:|\n| Albi | France | 1994 |\n\nMore to come.\n",
        [
            "heading 8 | City | Country | Since |",
            "furniture 0 |:--|---|--:|",
            "cell 0 | Albi | France | 1994 | < | City | Country | Since |",
            "paragraph 0 More to come.",
        ],
    ),
    "a paragraph broken by hand": (
        (
            "Heidelberg and Montpellier have been partners since the year 1961, when\n"
            "the mayors of both cities signed a treaty in the presence of a minister.\n"
            "Pupils have travelled each year since then.\n\nThe next visit is in May.\n"
        ),
        [
            (
                "paragraph 0 Heidelberg and Montpellier have been partners since the "
                "year 1961, when "
                "the mayors of both cities signed a treaty in the presence of a minister. "
                "Pupils have travelled each year since then."
            ),
            "paragraph 0 The next visit is in May.",
        ],
    ),
    "facts without a table": (
        "Bautzen\n\nEinwohner: 40.000\nPartnerschaft seit: 1991\n\nLand\tSachsen\nFluss\tSpree\n",
        [
            "heading 1 Bautzen",
            "cell 0 Einwohner: 40.000 < Bautzen",
            "cell 0 Partnerschaft seit: 1991 < Bautzen",
            "cell 0 Land Sachsen < Bautzen",
            "cell 0 Fluss Spree < Bautzen",
        ],
    ),
    "dated entries below topics, each on its own": (
        "Kultur\n\nKonzerte 2001 und 2004\n\nAusstellung 2010\n\nSport\n\nTurniere seit 1990\n",
        [
            "heading 1 Kultur",
            "item 1 Konzerte 2001 und 2004 < Kultur",
            "item 1 Ausstellung 2010 < Kultur",
            "heading 2 Sport < Kultur",
            "item 1 Turniere seit 1990 < Sport < Kultur",
        ],
    ),
    "about the page": (
        "# source: https://example.org\n# lang: de\n#\nJugend:\n- Austausch\n",
        [
            "furniture 0 # source: https://example.org",
            "furniture 0 # lang: de",
            "furniture 0 #",
            "lead 0 Jugend:",
            "item 1 - Austausch < Jugend:",
        ],
    ),
    "German furniture": (
        (
            "Startseite / Leben / Die Stadt / Kumamoto\n\nFragen beantwortet:\n\n"
            "Städtepartnerschaften\n"
            "Marktplatz 10, Heidelberg\nTelefon 06221 58-10220\n\nWorum es geht\n"
            "\nSeit 1992 besteht sie."
            "\n\nZur Ämterseite\n\nImpressum\nDatenschutz\nKontakt\n"
        ),
        [
            "furniture 0 Startseite / Leben / Die Stadt / Kumamoto",
            "furniture 0 Fragen beantwortet:",
            "furniture 0 Städtepartnerschaften",
            "furniture 0 Marktplatz 10, Heidelberg",
            "furniture 0 Telefon 06221 58-10220",
            "heading 1 Worum es geht",
            "paragraph 0 Seit 1992 besteht sie. < Worum es geht",
            "furniture 0 Zur Ämterseite",
            "furniture 0 Impressum",
            "furniture 0 Datenschutz",
            "furniture 0 Kontakt",
        ],
    ),
    "English furniture": (
        (
            "Home > Living > Twin towns\nSkip to content\n\nLinks\n\n"
            "They meet yearly.\n\nContact\n\n"
            "Jane Doe\n\nTown Hall, 12 High Street, Oxford\n"
            "Phone: +44 1865 249811\nj.doe@example.org\n"
            "Monday to Friday 9am to 5pm\n\nShare\n\n"
            "We use cookies on this website.\n\n© 2021 Oxford\n"
        ),
        [
            "furniture 0 Home > Living > Twin towns",
            "furniture 0 Skip to content",
            "heading 1 Links",
            "paragraph 0 They meet yearly. < Links",
            "furniture 0 Contact",
            "furniture 0 Jane Doe",
            "furniture 0 Town Hall, 12 High Street, Oxford",
            "furniture 0 Phone: +44 1865 249811",
            "furniture 0 j.doe@example.org",
            "furniture 0 Monday to Friday 9am to 5pm",
            "furniture 0 Share",
            "furniture 0 We use cookies on this website.",
            "furniture 0 © 2021 Oxford",
        ],
    ),
    "French": (
        (
            "Accueil > Jumelages > Heidelberg\n\nLes échanges portent sur :\n"
            "• la jeunesse\n• le sport\n\n"
            "Renseignements :\nMaison des relations\n14, rue des Écoles\nTél. 04 67 34 70 11\n\n"
            "Mentions légales\n"
        ),
        [
            "furniture 0 Accueil > Jumelages > Heidelberg",
            "lead 0 Les échanges portent sur :",
            "item 1 • la jeunesse < Les échanges portent sur :",
            "item 1 • le sport < Les échanges portent sur :",
            "furniture 0 Renseignements :",
            "furniture 0 Maison des relations",
            "furniture 0 14, rue des Écoles",
            "furniture 0 Tél. 04 67 34 70 11",
            "furniture 0 Mentions légales",
        ],
    ),
    "Spanish": (
        (
            "Inicio / Ciudad / Hermanamientos\n\nActividades:\n- Intercambio escolar\n- Deporte\n\n"
            "Contacto:\nOficina de Relaciones\nPlaza Mayor, 1\n"
            "Teléfono: 923 279 100\n\nAviso legal\n"
        ),
        [
            "furniture 0 Inicio / Ciudad / Hermanamientos",
            "lead 0 Actividades:",
            "item 1 - Intercambio escolar < Actividades:",
            "item 1 - Deporte < Actividades:",
            "furniture 0 Contacto:",
            "furniture 0 Oficina de Relaciones",
            "furniture 0 Plaza Mayor, 1",
            "furniture 0 Teléfono: 923 279 100",
            "furniture 0 Aviso legal",
        ],
    ),
    "Japanese": (
        (
            "友好都市\n\n1992年に友好都市になりました。\n\n主な交流：\n・青少年交流\n・医療交流（毎年）\n\n"
            "お問い合わせ\n国際課\n〒860-8601 熊本市中央区手取本町1-1\n電話：096-328-2070\n"
        ),
        [
            "heading 1 友好都市",
            "paragraph 0 1992年に友好都市になりました。 < 友好都市",
            "lead 0 主な交流： < 友好都市",
            "item 1 ・青少年交流 < 主な交流： < 友好都市",
            "item 1 ・医療交流（毎年） < 主な交流： < 友好都市",
            "furniture 0 お問い合わせ",
            "furniture 0 国際課",
            "furniture 0 〒860-8601 熊本市中央区手取本町1-1",
            "furniture 0 電話：096-328-2070",
        ],
    ),
    "words of menus are content in a list": (
        "Themen:\n\n• Barrierefreiheit\n• Presse\n\nKontakte\n\nErste Kontakte gab es 1960.\n",
        [
            "lead 0 Themen:",
            "item 1 • Barrierefreiheit < Themen:",
            "item 1 • Presse < Themen:",
            "heading 2 Kontakte",
            "paragraph 0 Erste Kontakte gab es 1960. < Kontakte",
        ],
    ),
    "an event is no address": (
        "Feste\n\nWeihnachtsmarkt 2010\nStadtfest 2012\nSommerfest 2014\n",
        [
            "heading 1 Feste",
            "item 1 Weihnachtsmarkt 2010 < Feste",
            "item 1 Stadtfest 2012 < Feste",
            "item 1 Sommerfest 2014 < Feste",
        ],
    ),
    "contacts hold up no lead": (
        "Get in touch:\n\nCity Hall\n69117 Bonn\n\nJoint work\n\nThey share:\n\n• Tourism\n",
        [
            "furniture 0 Get in touch:",
            "furniture 0 City Hall",
            "furniture 0 69117 Bonn",
            "heading 1 Joint work",
            "lead 0 They share: < Joint work",
            "item 1 • Tourism < They share: < Joint work",
        ],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(layout: str) -> None:
    text, expected = LAYOUTS[layout]
    assert draw(text) == expected


@pytest.mark.parametrize(
    "path", sorted(PAGES.glob("*/page.txt")), ids=lambda path: path.parent.name
)
def test_example_pages_have_heads_over_each_bullet(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    blocks = find_blocks(text)
    bullets = [b for b in blocks if text[b.start] in "•-*"]
    assert bullets
    for block in bullets:
        assert block.kind == "item"
        assert {blocks[head].kind for head in block.heads} == {"heading", "lead"}


RUNS = (
    *(
        "- ",
        "-\n",
        "a\n",
        "a\n\n",
        "1. a\n",
        "1. ",
        "| ",
        "|a|\n",
        "a:\n",
        "a:\n\n",
        "(",
        "(\n",
        "- a\n b\n",
    ),
    *(
        "# a\n",
        "# a: b\n",
        "#\n",
        "---\n",
        "Mehr\n",
        "Kontakt\n\n",
        "Kontakt\n",
        "Marktplatz 10\n",
        ". ",
    ),
    *(
        "Marktplatz ",
        "cookies ",
        "we use ",
        "Mo - ",
        "Tel ",
        "9",
        "1 ",
        "share ",
        "a / ",
        " > ",
        "a, ",
        "\n",
    ),
    *("12 High ", "**a**\n", "seit 1990\n\n", "熊", "https://", "a@a.", "\u2028", "\t", "Mo, Di, "),
)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("width", [90, 1_000_000])
def test_long_runs_take_linear_time(run: str, width: int) -> None:
    line = run * (width // len(run))
    text = (line + "\n") * (60_000 // len(line)) if width < 60_000 else line[:60_000]
    begun = time.process_time()
    find_blocks(text)
    assert time.process_time() - begun < 2
