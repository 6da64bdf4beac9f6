"""The kinds of pages, each as one page of the example's server."""

from __future__ import annotations

from typing import Final


def _resource(path: str) -> str:
    return f"/twingraph/{path}?format=html"


# Name of a kind -> address below the server's.
KINDS: Final = {
    "home": "/",
    "home-de": "/?lang=de",
    "answer": "/ask/institutions-since?since=1999",
    "answer-de": "/ask/institutions-since?since=1999&lang=de",
    "partnership": _resource("id/partnership/heidelberg-kumamoto"),
    "partnership-de": _resource("id/partnership/heidelberg-kumamoto") + "&lang=de",
    "institution": _resource("id/institution/sportkreis-heidelberg"),
    "activity": _resource("id/activity/heidelberg-kumamoto/youth-exchange"),
    "activity-de": _resource("id/activity/heidelberg-kumamoto/youth-exchange") + "&lang=de",
    "statements": _resource("id/institution/sportkreis-heidelberg") + "&view=statements",
    "topic": _resource("topic/environment"),
    "year": _resource("id/year/1999"),
    "municipality": _resource("id/municipality/de/heidelberg"),
    "source": _resource("id/source/heidelberg-kumamoto"),
    "page-text": _resource("id/source/heidelberg-kumamoto/page.txt"),
    "ontology": _resource("ns"),
    "ontology-de": _resource("ns") + "&lang=de",
    "search": "/search?q=kumamoto",
    "search-nothing": "/search?q=nowhere",
    "network": "/network",
    "institutions": "/browse/institutions",
    "activities": "/browse/activities",
    "topics": "/browse/topics",
    "query": "/query",
    "query-de": "/query?lang=de",
}
# Where a script makes of a form what is better than a form: what tells that it has.
READY: Final = {"/query": "#query-page[data-is-ready]"}
