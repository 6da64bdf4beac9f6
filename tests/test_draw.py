"""Pictures are well-formed, and show what they are given."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from twingraph.draw import Bar, draw_timeline

SVG = "{http://www.w3.org/2000/svg}"
BARS = (
    Bar("Exchange", 1993, 2021, is_open=True),
    Bar("<b> & co", 2008, 2008),
    Bar("x" * 60, 1999, 2003),
)


def test_a_row_a_bar_and_years_along() -> None:
    root = ET.fromstring(draw_timeline("When & where", BARS))
    bars = root.findall(f"{SVG}rect")
    told = [bar.findtext(f"{SVG}title") for bar in bars]
    assert told == ["Exchange: 1993–", "<b> & co: 2008", f"{'x' * 60}: 1999–2003"]
    widths = [float(bar.get("width", "")) for bar in bars]
    assert widths[0] > widths[2] > widths[1]
    years = [text.text for text in root.findall(f"{SVG}text") if text.get("class") == "y"]
    assert years == ["1995", "2000", "2005", "2010", "2015", "2020"]
    assert root.findtext(f"{SVG}title") == "When & where"
    assert [text.text for text in root.findall(f"{SVG}text")][-1] == "x" * 47 + "…"


def test_nothing_to_show_is_a_picture_too() -> None:
    assert ET.fromstring(draw_timeline("Nothing", [])).findall(f"{SVG}rect") == []
