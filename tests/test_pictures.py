"""Drawings show each thing once, say what is vague or missing, and hold whatever they are given."""

from __future__ import annotations

import functools
import itertools
import subprocess
import sys

import pytest
from lxml import etree

from twingraph.draw.decades import Decade, draw_decades
from twingraph.draw.forces import part_boxes, place_nodes
from twingraph.draw.frame import INNER, About
from twingraph.draw.globe import great_circle, read_coasts
from twingraph.draw.labels import Mark, place_labels
from twingraph.draw.map import Spot, draw_map
from twingraph.draw.network import Link, Node, draw_network
from twingraph.draw.png import draw_png
from twingraph.draw.svg import BOLD, SIZE, fit, width_of
from twingraph.draw.timeline import Span, draw_timeline
from twingraph.draw.topics import TopicBar, draw_topics
from twingraph.errors import FileError

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script>&"\x00\x0b\u202e' + "ä" * 10_000
HEBREW = "רחובות"
ABOUT = About("Heidelberg – Kumamoto", "what", ("City: a page",), ("A note.",))
SPANS = (
    Span("urn:past", "Past", "1994–1998", ((1994, 1998),)),
    Span("urn:open", "Open", "1993–", ((1993, 2021),), is_ongoing=True),
    Span("urn:half", "Half", "?–1992", ((1992, 1992),), is_start_unknown=True),
    Span("urn:vague", "Vague", "1980s", (), ((1980, 1989),), is_disputed=True),
    Span("urn:plan", "Plan", "2030", (), ((2030, 2030),), is_planned=True),
    Span("urn:never", "Never"),
)


def pictures(name: str) -> dict[str, str]:
    """Every picture, of things of that name."""
    about = About(name, name, (name,), (name,))
    nodes = [Node("urn:1", name, name, 2), Node("urn:2", "B", "Y", 1)]
    return {
        "timeline": draw_timeline(about, [Span("urn:1", name, name, ((1999, 1999),))]),
        "undated": draw_timeline(about, [Span("urn:1", name)]),
        "decades": draw_decades(about, [Decade(1990, 3, 1)], 2),
        "topics": draw_topics(about, [TopicBar(name, 2, (TopicBar(name, 1),))]),
        "network": draw_network(about, nodes, [Link(0, 1, 1, is_exchange=True)]),
        "map": draw_map(about, [Spot("urn:1", name, 49.4, 8.7, is_main=True)], []),
    }


def parse(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def texts(root: etree._Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def drawn(root: etree._Element, iri: str) -> list[etree._Element]:
    """The shapes of a row."""
    [row] = root.xpath(f"//*[@data-iri='{iri}']")
    return [
        each for each in row.iter(f"{SVG}rect", f"{SVG}path") if each.get("fill-opacity") != "0"
    ]


@pytest.mark.parametrize("picture", pictures(""))
def test_a_picture_says_what_it_is(picture: str) -> None:
    root = parse(pictures("Heidelberg")[picture])
    assert root.get("role") == "img"
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert root.findtext(f"{SVG}title") == "Heidelberg"
    assert "Sources: Heidelberg" in texts(root)


@pytest.mark.parametrize("picture", pictures(""))
def test_hostile_words_are_words(picture: str) -> None:
    svg = pictures(HOSTILE)[picture]
    root = parse(svg)
    assert not root.xpath("//*[local-name()='script']")
    assert "\u202e" not in svg
    assert len(svg) < 120_000  # 10,000 characters are cut each time
    cut = [text for text in texts(root) if text.startswith("</text>")]
    assert cut or picture == "decades"
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size", SIZE)) * (BOLD if text.get("font-weight") else 1)
        assert width_of("".join(text.itertext()), size) <= INNER


@pytest.mark.parametrize("picture", pictures(""))
def test_names_in_other_scripts_stay_whole(picture: str) -> None:
    assert HEBREW in " ".join(texts(parse(pictures(HEBREW)[picture])))


@pytest.mark.parametrize("picture", pictures(""))
def test_no_element_refers_beyond_the_picture(picture: str) -> None:
    root = parse(pictures("Heidelberg")[picture])
    identifiers = set(root.xpath("//@id"))
    assert not root.xpath("//@*[name()='href' or name()='class' or name()='style']")
    referred = {value[5:-1] for value in root.xpath("//@fill") if value.startswith("url(")}
    assert referred <= identifiers


def test_every_activity_stands_once_and_the_undated_apart() -> None:
    root = parse(draw_timeline(ABOUT, SPANS))
    assert root.xpath("//@data-iri") == [span.iri for span in SPANS]
    shown = texts(root)
    assert shown.index("Planned") < shown.index("Plan")
    assert shown.index("No year is stated") < shown.index("Never")
    assert not drawn(root, "urn:never")


def test_time_is_drawn_as_it_is_known() -> None:
    root = parse(draw_timeline(ABOUT, SPANS))
    fills = {span.iri: [each.get("fill") for each in drawn(root, span.iri)] for span in SPANS}
    assert fills["urn:past"] == ["#0072b2"]
    assert [each.tag for each in drawn(root, "urn:open")] == [f"{SVG}rect", f"{SVG}path"]
    assert fills["urn:half"] == ["url(#timeline-past)", "#0072b2"]
    assert fills["urn:vague"] == ["url(#timeline-possible)", "#fff"]  # and the mark of a dispute
    assert drawn(root, "urn:plan")[0].get("stroke-dasharray")
    past, vague = drawn(root, "urn:past")[0], drawn(root, "urn:vague")[0]
    assert float(past.get("width")) * 2 == pytest.approx(float(vague.get("width")) + 1, abs=0.2)


def test_legend_has_only_what_is_drawn() -> None:
    few, all_ = (texts(parse(draw_timeline(ABOUT, spans))) for spans in (SPANS[:1], SPANS))
    assert "in these years" in few
    assert "sources disagree" not in few
    assert "sources disagree" in all_


def test_german_words() -> None:
    about = About("Titel", language="de-at")
    assert "Ohne Jahresangabe" in texts(parse(draw_timeline(about, SPANS)))


def test_nothing_to_show_is_a_picture_too() -> None:
    for svg in (
        draw_timeline(ABOUT, []),
        draw_decades(ABOUT, []),
        draw_topics(ABOUT, []),
        draw_network(ABOUT, [], []),
        draw_map(ABOUT, [], []),
    ):
        assert parse(svg).findtext(f"{SVG}title") == ABOUT.title


def test_decades_between_have_a_place_and_the_undated_too() -> None:
    shown = texts(parse(draw_decades(ABOUT, [Decade(1960, 1), Decade(1990, 3, 2)], undated=4)))
    assert [text for text in shown if text.endswith("0s")] == ["1960s", "1970s", "1980s", "1990s"]
    assert {"3", "+ 2", "no year stated", "4"} <= set(shown)


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = [TopicBar("culture", 8, (TopicBar("music", 4),)), TopicBar("sport", 2)]
    root = parse(draw_topics(ABOUT, bars))
    widths = [float(r.get("width")) for r in root.iter(f"{SVG}rect") if r.get("height") == "14"]
    assert widths[0] == pytest.approx(widths[1] * 2) == pytest.approx(widths[2] * 4)


def test_lines_over_the_globe_end_at_their_places() -> None:
    heidelberg, kumamoto = (8.69, 49.41), (130.69, 32.81)
    [line] = great_circle(heidelberg, kumamoto)
    assert line[0] == pytest.approx(heidelberg)
    assert line[-1] == pytest.approx(kumamoto)
    assert max(latitude for _, latitude in line) > 60  # over Siberia, not along a parallel


def test_names_on_a_map_lie_on_nothing() -> None:
    spots = [Spot(f"urn:{i}", "A long name of a city", 49 + i / 40, 8 + i / 40) for i in range(30)]
    root = parse(draw_map(ABOUT, spots, [(0, i) for i in range(1, 30)]))
    assert len(root.xpath("//@data-iri")) == 30
    named = [t for t in root.iter(f"{SVG}text") if t.text == "A long name of a city"]
    places = sorted({(float(t.get("x")), float(t.get("y"))) for t in named})
    assert 3 < len(places) < 30
    width = width_of("A long name of a city", 12)
    for i, (x, y) in enumerate(places):
        assert all(abs(x - u) >= width or abs(y - v) >= 12 for u, v in places[:i])


def test_outline_is_small_and_of_the_world() -> None:
    longs = [long for ring in read_coasts() for long, _ in ring]
    assert min(longs) < -170
    assert max(longs) > 170
    assert 10_000 < len(longs) < 20_000


def test_boxes_come_apart() -> None:
    sizes = [(40.0, 20.0)] * 12
    middles = part_boxes([(100.0 + i, 100.0) for i in range(12)], sizes, (400, 300))
    for i, (x, y) in enumerate(middles):
        assert all(abs(x - u) > 39.9 or abs(y - v) > 19.9 for u, v in middles[:i])


def test_network_is_the_same_in_every_process() -> None:
    code = (
        "from twingraph.draw.forces import place_nodes;"
        "print(place_nodes(9, {(0, i): float(i) for i in range(1, 9)}))"
    )
    here = str(place_nodes(9, {(0, i): float(i) for i in range(1, 9)}))
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here


def test_words_are_cut_between_letters() -> None:
    assert fit("e\u0301" * 40, 12, 100).rstrip("…")[-1] == "\u0301"
    assert width_of(fit("漢" * 40, 12, 100), 12) <= 100


def test_png_is_a_picture_of_twice_the_size() -> None:
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    png = draw_png(draw_timeline(ABOUT, SPANS))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    height = float(parse(draw_timeline(ABOUT, SPANS)).get("height"))
    assert int.from_bytes(png[16:20]) == 960 * 2
    assert int.from_bytes(png[20:24]) == height * 2


def test_png_without_a_font_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resvg_py = pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    render = resvg_py.svg_to_bytes
    without = functools.partial(render, skip_system_fonts=True)
    monkeypatch.setattr(resvg_py, "svg_to_bytes", without)
    with pytest.raises(FileError, match="needs a font"):
        draw_png(draw_timeline(ABOUT, SPANS))


def test_labels_stand_clear_of_lines_and_of_each_other() -> None:
    bounds = (-200.0, -200.0, 200.0, 200.0)
    star = [((0.0, 0.0), end) for end in ((0.0, 90.0), (0.0, -90.0), (-90.0, 0.0))]
    [label] = place_labels([Mark((0, 0), 5, (40, 12))], star, bounds)
    assert label.anchor == "start"  # to the right, where no line goes
    row = [Mark((x, 0), 5, (40, 12)) for x in (0.0, 20.0, 40.0)]
    boxes = [label.box for label in place_labels(row, [], bounds)]
    for one, other in itertools.combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


def test_label_stays_on_the_paper() -> None:
    [label] = place_labels([Mark((0, 0), 5, (40, 12))], [], (-200, -200, 200, 10))
    assert label.box[3] <= 10
