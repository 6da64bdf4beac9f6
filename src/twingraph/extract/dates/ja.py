"""Temporal mentions of Japanese, which parts no words: western and era years, 年度, 毎年, 以来."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from twingraph.extract.dates.mention import DateContext, DateKind, DateMention
from twingraph.years import YearsError, read_years

# The year before the first of each era.
_ERAS: Final = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_KANJI: Final = {
    "元": 1,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_NUMBER: Final = rf"(?:(?:西暦)?[12][0-9]{{3}}|(?:{'|'.join(_ERAS)})[ ]?(?:[0-9]{{1,2}}|元))"
_YEAR: Final = rf"{_NUMBER}[ ]?年度?(?:[ ]?[（(]{_NUMBER}年?度?[)）])?"
_DATE: Final = rf"{_YEAR}(?:[ ]?[0-9]{{1,2}}月(?:[ ]?[0-9]{{1,2}}日)?)?"
_SHORT: Final = rf"(?:{_DATE}|[12][0-9]{{3}})"
_SINCE: Final = r"以来|以降|より|から(?!の?[0-9]+(?:年間|周年))"
_SCAN: Final = re.compile(
    rf"(?P<interval>(?P<low>{_SHORT})[ ]?(?:から|[〜～~―–-])[ ]?"
    rf"(?P<high>{_DATE}|[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?|[0-9]{{1,2}}日)(?:まで)?)"
    rf"|(?P<since>(?P<first>{_DATE})(?:の[^、。0-9]{{1,12}})?(?:{_SINCE}|[〜～~](?![0-9])))"
    rf"|(?P<until>(?P<last>{_DATE})まで)"
    rf"|(?P<decade>(?:[12][0-9]{{2}}|(?:{'|'.join(_ERAS)})[1-6])0年代)"
    r"|(?P<century>[0-9]{1,2}世紀)"
    rf"|(?P<point>{_DATE})"
    r"|(?P<every>毎年度?|年[1一]回|[1一]年に[1一](?:回|度)|例年|年々)"
    r"|(?P<biennial>隔年|[1一]年おき|[2二]年(?:に[1一](?:回|度)|ごと|毎))"
    r"|(?P<years>(?P<number>[0-9一二三四五六七八九十]{1,2})年(?:に[1一](?:回|度)|ごと|毎))"
    r"|(?P<quarterly>四半期ごと|年[4四]回)|(?P<monthly>毎月|月[1一]回)"
    r"|(?P<regular>定期的|毎週|定期|年[2-9二三四五六七八九]回)|(?P<irregular>不定期|時折)"
    r"|(?P<anniversary>(?P<count>[0-9]{1,3})周年)"
    r"|(?P<relative>今年度?|本年度?|昨年度?|来年度?|同年)"
    r"|(?P<day>(?P<month>[0-9]{1,2})月(?:(?P<date>[0-9]{1,2})日)?)"
    r"|(?P<duration>[0-9]{1,3}(?:年間|週間|日間|か月|ヶ月|カ月))"
)
_KINDS: Final[dict[str, DateKind]] = {
    "interval": "interval",
    "since": "since",
    "until": "until",
    "decade": "decade",
    "century": "century",
    "point": "point",
    "anniversary": "anniversary",
    "relative": "relative",
    "day": "point",
    "duration": "duration",
}
_REPEATS: Final = {
    "every": "annual",
    "biennial": "biennial",
    "quarterly": "quarterly",
    "monthly": "monthly",
    "regular": "regular",
    "irregular": "irregular",
}
_BY_YEARS: Final = {"1": "annual", "2": "biennial", "3": "triennial", "4": "quadrennial"}
_RELATIVE: Final = {"今": 0, "本": 0, "昨": -1, "来": 1}


def find_japanese(text: str, context: DateContext) -> list[DateMention]:
    """The temporal mentions of a Japanese text, by position.

    >>> find_japanese("平成4年に友好都市となり、隔年で交流", DateContext())[0].edtf
    '1992'
    """
    mentions: list[DateMention] = []
    year: int | None = None
    for match in _SCAN.finditer(_fold(text)):
        rule = next(name for name in (*_KINDS, *_REPEATS, "years") if match[name] is not None)
        edtf = _read_time(match, rule, context, year)
        kind = _KINDS.get(rule, "recurrence")
        mentions.append(DateMention(*match.span(), kind, edtf, _read_repeat(match, rule), rule))
        if edtf is not None and kind == "point":
            year = int(edtf[:4])
    return mentions


def _fold(text: str) -> str:
    """Digits and letters of half width, one for one."""
    if text.isascii():
        return text
    table = {ord(c): unicodedata.normalize("NFKC", c) for c in "０１２３４５６７８９"}
    return text.translate(table)


def _read_repeat(match: re.Match[str], rule: str) -> str | None:
    if rule == "years":
        number = match["number"]
        return _BY_YEARS.get(str(_KANJI.get(number, number)), "regular")
    return _REPEATS.get(rule)


def _read_time(
    match: re.Match[str], rule: str, context: DateContext, year: int | None
) -> str | None:
    edtf = None
    if rule == "interval":
        low, high = _read_date(match["low"]), _read_date(match["high"], match["low"])
        edtf = f"{low}/{high}"
    elif rule == "since":
        edtf = f"{_read_date(match['first'])}/.."
    elif rule == "until":
        edtf = f"../{_read_date(match['last'])}"
    elif rule == "decade":
        first = int(_read_date(match[0]))
        edtf = f"{match[0][:3]}X" if match[0][0] in "12" else f"{first}/{first + 9}"
    elif rule == "century":
        edtf = f"{int(match[0][:-2]) - 1:02}XX"
    elif rule == "point":
        edtf = _read_date(match[0])
    elif rule == "anniversary":
        edtf = None if year is None else f"{year - int(match['count']):04}"
    elif rule == "relative":
        edtf = _read_relative(match[0], context, year)
    elif rule == "day":
        known = year or context.year or _written(context)
        edtf = None if known is None else _join(f"{known:04}", match[0])
    return edtf if edtf is not None and _is_accepted(edtf) else None


def _read_relative(word: str, context: DateContext, year: int | None) -> str | None:
    base = year if word[0] == "同" else _written(context) or context.year
    return None if base is None else f"{base + _RELATIVE.get(word[0], 0):04}"


def _read_date(text: str, before: str = "") -> str:
    """The date of words; what they leave out is that of the words before them."""
    if re.fullmatch("[0-9]{1,2}日", text) and (month := re.search("[0-9]{1,2}月", before)):
        text = month[0] + text
    western = re.search("[12][0-9]{3}", text) or re.search("[12][0-9]{3}", before)
    if western is not None:
        return _join(western[0], text)
    era = re.search(f"({'|'.join(_ERAS)})[ ]?([0-9]{{1,2}}|元)", f"{text} {before}")
    if era is None:
        return ""
    number = 1 if era[2] == "元" else int(era[2])
    return _join(f"{_ERAS[era[1]] + number:04}", text)


def _join(year: str, text: str) -> str:
    parts = re.search("([0-9]{1,2})月(?:[ ]?([0-9]{1,2})日)?", text)
    if parts is None:
        return year
    return "-".join([year, *(f"{int(part):02}" for part in parts.groups() if part)])


def _written(context: DateContext) -> int | None:
    written = (context.written or "")[:4]
    return int(written) if written.isdigit() else None


def _is_accepted(text: str) -> bool:
    try:
        read_years(text)
    except YearsError:
        return False
    return True
