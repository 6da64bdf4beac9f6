"""Bytes -> page: any bytes are survived; what was not read as it stood is noted."""

import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twingraph.errors import SourceError
from twingraph.extract.page import Page, read_page
from twingraph.extract.page.html import read_html
from twingraph.extract.page.language import find_language

NAMES = ("page.txt", "page.md", "page.html", "-")
# trafilatura's first call reads its lists.
unhurried = settings(deadline=None)


def check_blocks(page: Page) -> None:
    """Blocks are ordered, apart, trimmed, and hold every character but white space."""
    text, end, line, counted = page.text, 0, 1, 0
    for index, block in enumerate(page.blocks):
        assert end <= block.start < block.end <= len(text)
        assert not text[end : block.start].strip()
        assert not text[block.start].isspace()
        assert not text[block.end - 1].isspace()
        line += text.count("\n", counted, block.start)
        counted = block.start
        assert block.line == line
        assert list(block.heads) == sorted(set(block.heads))
        assert all(head < index for head in block.heads)
        assert {page.blocks[head].kind for head in block.heads} <= {"heading", "lead", "item"}
        assert (block.level > 0) == (block.kind in ("heading", "item"))
        end = block.end
    assert not text[end:].strip()


@unhurried
@given(st.binary(max_size=400), st.sampled_from(NAMES))
@example(b"\xff\xfe\xff", "-")
@example(b"<html><p>\xff\xfe", "-")
@example(b"\x00", "page.html")
def test_any_bytes_are_survived(content: bytes, name: str) -> None:
    page = read_page(content, name)
    check_blocks(page)
    assert page == read_page(content, name)
    assert page.text.encode().decode() == page.text
    assert not {"\r", "\0"} & set(page.text)
    assert page.blocks or "the page is empty" in page.notes


TOKENS = (
    *("• ", "- ", "* ", "1. ", "2. ", "a) ", "# ", "## ", "  ", "    ", "\n", "\n\n", "\t", ": "),
    *(
        ":\n",
        ". ",
        "| ",
        " |\n",
        "|---|\n",
        "(",
        ") ",
        "Jugend",
        "1993",
        "seit ",
        "Kontakt",
        "Mehr",
    ),
    *(
        "Impressum",
        "Telefon 06221 58-10",
        "69117 Heidelberg",
        "\n---\n",
        "熊本",
        "。",
        "<p>",
        "<li>",
    ),
    *(
        "<ul>",
        "</ul>",
        "<table><tr><td>",
        "</td>",
        "<h2>",
        "</h2>",
        "<br>",
        "<pre>",
        "<nav>",
        "<dl>",
    ),
    *("<a href=x>", "</a>", "&amp;", "<dt>", "<dd>", "\x0b", "\u2028", "**Kultur**\n", "===\n"),
)


@unhurried
@given(st.lists(st.sampled_from(TOKENS), max_size=60).map("".join), st.sampled_from(NAMES))
def test_any_layout_has_blocks(text: str, name: str) -> None:
    page = read_page(text.encode(), name)
    check_blocks(page)
    assert page == read_page(text.encode(), name)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t ")))
def test_text_is_stored_as_it_is(text: str) -> None:
    page = read_page(text.encode(), "page.txt")
    assert page.text == text.removeprefix("\ufeff")
    check_blocks(page)


WORDS = "Städtepartnerschaft: 20 € für „Ostrava“\n"
JAPANESE = "熊本市とハイデルベルク市は1992年に友好都市になりました。\n"
ENCODED = [
    (WORDS.encode(), WORDS, ()),
    (codecs.BOM_UTF8 + WORDS.encode(), WORDS, ()),
    (WORDS.encode("utf-16"), WORDS, ("read as UTF-16",)),
    (WORDS.encode("utf-16-le"), WORDS, ("read as UTF-16",)),
    (WORDS.encode("utf-16-be"), WORDS, ("read as UTF-16",)),
    (WORDS.encode("utf-32"), WORDS, ("read as UTF-32",)),
    (WORDS.encode("utf-32-be"), WORDS, ("read as UTF-32",)),
    (WORDS.encode("cp1252"), WORDS, ("5 bytes are no UTF-8: read as Windows-1252",)),
    ("für ä".encode() + b"\xe4", "für ää", ("1 byte is no UTF-8: read as Windows-1252",)),
    (JAPANESE.encode("cp932"), JAPANESE, ("read as Shift_JIS",)),
    (JAPANESE.encode("euc_jp"), JAPANESE, ("read as EUC-JP",)),
    (b"a\r\nb\r\n", "a\nb\n", ("CRLF read as LF",)),
    (b"a\rb", "a\nb", ("CR read as LF",)),
    (b"a\x00b\x0c", "a\ufffdb\ufffd", ("2 control characters replaced",)),
    (b"\x81", "\ufffd", ("1 byte is no UTF-8: read as Windows-1252",)),
]


@pytest.mark.parametrize(("content", "text", "notes"), ENCODED)
def test_encoding_is_read_and_noted(content: bytes, text: str, notes: tuple[str, ...]) -> None:
    page = read_page(content, "page.txt")
    assert (page.text, page.notes) == (text, notes)


DECLARED = [
    ("iso-8859-1", "latin-1", ()),
    ("utf-8", "utf-8", ()),
    ("ISO-8859-15", "utf-8", ("declared as ISO-8859-15, read as UTF-8, which it is",)),
    ("utf-8", "latin-1", ("2 bytes are no UTF-8: read as Windows-1252",)),
    ("no-such", "utf-8", ("the declared encoding 'no-such' is unknown",)),
    ("rot13", "utf-8", ("the declared encoding 'rot13' is unknown",)),
]


@pytest.mark.parametrize(("declared", "encoding", "notes"), DECLARED)
def test_wrongly_declared_html_is_read(
    declared: str, encoding: str, notes: tuple[str, ...]
) -> None:
    html = f"<html><meta charset='{declared}'><p>Städte für alle</p></html>"
    page = read_page(html.encode(encoding), "page.html")
    assert (page.text, page.notes) == ("Städte für alle\n", notes)


def test_japanese_html_is_read_as_declared() -> None:
    for charset in ("shift_jis", "euc-jp", "iso-2022-jp"):
        html = f"<html lang=ja><meta charset={charset}><p>{JAPANESE}</p></html>"
        assert read_page(html.encode(charset), "-").text == JAPANESE


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", NAMES)
def test_empty_page_has_a_note(content: bytes, name: str) -> None:
    page = read_page(content, name)
    assert (page.blocks, page.notes) == ((), ("the page is empty",))


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(SourceError, match=r"brief\.pdf: it is a PDF; a page is HTML, Markdown or"):
        read_page(b"%PDF-1.7\n" + bytes(1000), "brief.pdf")
    assert read_page(b"%PDF-1.7 was a format.", "-").blocks


def test_html_is_told_by_its_name_or_by_sight() -> None:
    html = b"\xef\xbb\xbf <!DOCTYPE html><p>Seit 1980."
    assert read_page(html, "-").text == "Seit 1980.\n"
    assert read_page(html, "page.HTM").text == "Seit 1980.\n"
    page = read_page(html, "page.txt")
    assert page.text == html.decode("utf-8-sig")
    assert page.notes == (
        "it looks like HTML, but its name says text: its tags were read as words",
    )


def test_lines_about_the_page_state_language_and_date() -> None:
    page = read_page(
        b"# source: https://x\n# lang: fr; doc-date: 2016-04 (stated)\n#\nA\n", "a.txt"
    )
    assert (page.language, page.date) == ("fr", "2016-04")
    assert [block.kind for block in page.blocks] == ["furniture"] * 3 + ["paragraph"]


def test_front_matter_of_markdown_is_about_the_page() -> None:
    content = (
        b'---\ntitle: "Jugend"\ndate: 2020-05-01\nlang: de\n---\n\n# Austausch\n\nSeit 1980.\n'
    )
    page = read_page(content, "page.md")
    assert (page.title, page.date, page.language) == ("Jugend", "2020-05-01", "de")
    assert [block.kind for block in page.blocks] == ["furniture"] * 5 + ["heading", "paragraph"]


LANGUAGES = [
    ("Die Städte sind seit 1992 Partner, und der Austausch findet jedes Jahr statt.", "de"),
    ("The cities have been partners since 1992, and pupils visit each other.", "en"),
    ("Les villes sont jumelées depuis 1992 et organisent des échanges.", "fr"),
    ("Las ciudades están hermanadas desde 1992 y organizan intercambios en la región.", "es"),
    (JAPANESE, "ja"),
    ("Kumamoto 1992", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language_is_told_by_words(text: str, language: str | None) -> None:
    assert find_language(text) == language


def test_declared_language_outranks_words() -> None:
    words = "<p>Die Städte sind seit 1992 Partner."
    assert read_page(f"<html lang=en-GB>{words}".encode(), "a.html").language == "en"
    assert read_page(f"<html>{words}".encode(), "a.html").language == "de"
    page = read_page(f"<html lang=cs>{words}".encode(), "a.html")
    assert page.language is None
    assert page.notes == ("it is declared as 'cs', a language that is not read",)


DATES = [
    ('<meta property="article:published_time" content="2021-03-04T10:00:00Z">', "2021-03-04"),
    ('<meta name="DC.date.issued" content="2019-05">', "2019-05"),
    ('<meta name="date" content="2016"><meta name="last-modified" content="2020-01-01">', "2016"),
    ('<meta itemprop="dateModified" content="2020-13-01">', "2020"),
    (
        '<script type="application/ld+json">{"datePublished": "2018-02-03T00:00"}</script>',
        "2018-02-03",
    ),
    ("<p>Published on 3 May 2020</p>", None),
]


@pytest.mark.parametrize(("markup", "date"), DATES)
def test_date_is_what_the_metadata_state(markup: str, date: str | None) -> None:
    assert read_html(f"<html><head>{markup}</head><body><p>A</p></body>".encode()).date == date


HTML = [
    ("<h1>A</h1><ul><li>b<li>c<ul><li>d</ul></ul>", "# A\n\n- b\n- c\n  - d\n"),
    ("<ol><li><p>one</p><p>two</p><li>three</ol>", "- one\n  two\n- three\n"),
    ("<p>Jugend:<br>• eins<br>• zwei</p>", "Jugend:\n• eins\n• zwei\n"),
    (
        "<table><tr><th>seit<td>1991<tr><th>Land<td>Japan</table>",
        "| seit | 1991 |\n| Land | Japan |\n",
    ),
    (
        "<table><tr><th>A<th>B<th>C<tr><td>1<td>2<td>3</table>",
        "| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n",
    ),
    ("<dl><dt>seit<dd>1991<dt>Land<dd>Japan</dl>", "| seit | 1991 |\n| Land | Japan |\n"),
    # A table that lays out the page is none of facts.
    ("<table><tr><td>x<td><h2>A</h2><p>b<p>c</table>", "x\n\n## A\n\nb\n\nc\n"),
    ("<pre>Jugend:\n\n  * eins\n  * zwei\n</pre>", "Jugend:\n\n  * eins\n  * zwei\n"),
    ("<div>a<b>b</b> c</div><div>d</div>", "ab c\n\nd\n"),
    ("<p>a</p><script>var x</script><style>b</style><p>c</p>", "a\n\nc\n"),
    ("<ruby>熊本<rp>(</rp><rt>くまもと</rt><rp>)</rp></ruby>市", "熊本市\n"),
    ("<p>a&nbsp;&amp;&#1; b</p>", "a &\ufffd b\n"),
    ("<nav>Only this</nav>", "Only this\n"),
]


@pytest.mark.parametrize(("body", "text"), HTML)
def test_html_becomes_markdown(body: str, text: str) -> None:
    assert read_html(f"<html><body>{body}</body></html>".encode()).text == text


PAGE = """<!doctype html><html lang="en"><head><title>Focus - City</title></head><body>
<header><a href="/">City of H.</a><nav><ul><li><a href="/l">Living</a></ul></nav></header>
<div class="c"><p>Don't hesitate to contact us:</p><p>A. S.<br>Office of the Mayor<br>69117 H.</p>
</div><main><h1>Main focus</h1>%s</main>
<footer><ul><li><a href="/i">Imprint</a><li><a href="/p">Privacy</a></ul></footer></body></html>"""


@pytest.mark.parametrize("link", ["{}", '<a href="x">{}</a>'])
def test_every_bullet_is_kept(link: str) -> None:
    bullets = [link.format(f"Subject {number}") for number in range(18)]
    lists = [
        f"<p>Exchange {group}:</p><ul><li>{'<li>'.join(bullets[group : group + 6])}</ul>"
        for group in (0, 6, 12)
    ]
    page = read_page((PAGE % "".join(lists)).encode(), "page.html")
    items = [block for block in page.blocks if block.kind == "item"]
    assert [page.text[b.start : b.end] for b in items] == [f"- Subject {n}" for n in range(18)]
    assert {page.blocks[head].kind for b in items for head in b.heads} == {"heading", "lead"}
    assert page.title == "Main focus"
    assert "Imprint" not in page.text
    assert page.notes[-1].endswith("words stand beside the main part: not read")


WRAPPED = b"<html><body>%s</body></html>"
BOMBS = {
    "deep": b"<div>" * 100_000 + b"seit 1993" + b"</div>" * 100_000 + b"<p>after</p>",
    "lists": b"<ul><li>" * 100_000 + b"seit 1993",
    "tables": b"<table><tr><td>" * 50_000 + b"seit 1993",
    "below the limit": b"<ul><li>x" * 110 + b"seit 1993",
    "line": b"<p>seit 1993 " + b"word " * 10_000_000,
    "attribute": b"<p title='" + b"x" * 12_000_000 + b"'>seit 1993</p>",
    "attributes": b"<p " + b"".join(b"a%d='>'" % n for n in range(200_000)) + b">seit 1993",
    "entities": b"<p>seit 1993" + b"&amp;&eacute;" * 300_000,
    "subset": b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hosts">]><p>seit 1993 &a;',
    "comments": b"<p>seit 1993" + b"<!--" * 300_000,
    "scripts": b"<p>seit 1993" + b"<script>" * 100_000,
    "angles": b"<p>seit 1993" + b"<" * 500_000,
    "paragraphs": b"<p>seit 1993" * 50_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb_is_survived(bomb: str) -> None:
    page = read_page(BOMBS[bomb], "page.html")
    check_blocks(page)
    assert "seit 1993" in page.text
    assert "localhost" not in page.text


def test_large_html_is_cut_with_a_note() -> None:
    page = read_page(b"<p>" + b"word " * 4_000_000, "page.html")
    assert "only the first 16000000 of 20000003 bytes were read" in page.notes


def test_long_line_of_text_is_read_whole() -> None:
    content = b"seit 1993 " * 5_000_000
    page = read_page(content, "page.txt")
    assert len(page.text) == len(content)
    assert len(page.blocks) == 1
