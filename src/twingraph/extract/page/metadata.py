"""What an HTML page says of itself: language, title and date, as declared and never guessed."""

from __future__ import annotations

import re
from typing import Any, Final

_DATE: Final = re.compile(
    r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?(?![0-9])"
)
_IN_JSON: Final = re.compile(r'"date(Published|Created|Modified)"\s*:\s*"([0-9T:.+Z-]{4,40})"')
# Names of metadata that hold a date, the best first. https://www.dublincore.org/specifications/,
# https://ogp.me, https://schema.org
_DATES: Final = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.available",
    "dc.date",
    "dcterms.date",
    "date",
    "pubdate",
    "dcterms.created",
    "dc.date.created",
    "datecreated",
    "dcterms.modified",
    "dc.date.modified",
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
)


def find_language(root: Any) -> str | None:
    """The language that a page declares: a tag of BCP 47, or whatever it says."""
    return root.get("lang") or root.get("xml:lang") or _meta(root).get("content-language")


def find_title(root: Any) -> str | None:
    """Its only h1, else what its metadata or its title say."""
    ones = list(root.iter("h1"))
    candidates = [
        "".join(ones[0].itertext()) if len(ones) == 1 else "",
        _meta(root).get("og:title", ""),
        root.findtext(".//title") or "",
    ]
    return next((title for each in candidates if (title := " ".join(each.split()))), None)


def find_date(root: Any) -> str | None:
    """The date that the metadata state for the page: of publication, else of the last change."""
    stated = _meta(root)
    for script in root.iter("script"):
        if "json" in script.get("type", "").lower():
            for name, value in _IN_JSON.findall(script.text or ""):
                stated.setdefault(f"date{name.lower()}", value)
    for name in _DATES:
        if match := _DATE.match(stated.get(name, "").strip()):
            return match[0]
    return None


def _meta(root: Any) -> dict[str, str]:
    """The metadata by name, in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for element in root.iter("meta", "time"):
        value = element.get("content") or element.get("datetime") or ""
        for key in ("property", "name", "itemprop", "http-equiv"):
            if name := element.get(key):
                found.setdefault(
                    name.lower().replace("dcterms:", "dcterms.").replace("dc:", "dc."), value
                )
    return found
