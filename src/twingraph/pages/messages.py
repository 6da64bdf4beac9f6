"""Pages that need no build: why there is no answer, and the files of a package."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from twingraph.pages.render import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.errors import PageError
    from twingraph.pages.view import Words

_GERMAN: Final = {
    HTTPStatus.BAD_REQUEST: "Fehlerhafte Anfrage",
    HTTPStatus.NOT_FOUND: "Nicht gefunden",
    HTTPStatus.METHOD_NOT_ALLOWED: "So nicht erreichbar",
    HTTPStatus.NOT_ACCEPTABLE: "In dieser Form nicht zu haben",
    HTTPStatus.SERVICE_UNAVAILABLE: "Zurzeit überlastet",
    HTTPStatus.GATEWAY_TIMEOUT: "Zeitüberschreitung (Timeout)",
}
# What can be done about it; why there is no answer is told in English.
_TOLD: Final = {
    HTTPStatus.BAD_REQUEST: (
        "What is asked for does not fit:",
        "Die Angaben passen nicht:",
    ),
    HTTPStatus.NOT_FOUND: (
        "There is nothing at this address:",
        "Unter dieser Adresse gibt es hier nichts:",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Please try again in a few seconds:",
        "Bitte in einigen Sekunden noch einmal versuchen:",
    ),
    HTTPStatus.GATEWAY_TIMEOUT: (
        "Timeout: the answer takes longer than is allowed; please ask for less:",
        "Timeout: Die Antwort dauert länger, als erlaubt ist; bitte nach weniger fragen:",
    ),
}


def message_page(words: Words, status: HTTPStatus, message: str) -> str:
    """Why there is no answer, told in English."""
    language = "en" if words.language != "en" else ""
    told = words.say(*_TOLD.get(status, ("", "")))
    return _render(words, status, told=told, message=message, language=language, back=None)


def missing_page(words: Words) -> str:
    """That a site has nothing at an address, whatever it is."""
    told = words.say(
        "There is no page at this address.", "Unter dieser Adresse gibt es keine Seite."
    )
    return _render(words, HTTPStatus.NOT_FOUND, told=told, message="", language="", back=None)


def no_page(words: Words, error: PageError) -> str:
    """That a list has no such page, and the way to its last one."""
    message = words.say(
        f"This list has no page {error.page}; its last is {error.last}.",
        f"Diese Liste hat keine Seite {error.page}; ihre letzte ist {error.last}.",
    )
    way = words.say("To the last page of the list", "Zur letzten Seite der Liste")
    back = (way, words.links.same(**{error.name: str(error.last)}))
    return _render(words, HTTPStatus.NOT_FOUND, told="", message=message, language="", back=back)


def _render(words: Words, status: HTTPStatus, **values: Any) -> str:
    phrase = words.say(status.phrase, _GERMAN.get(status, status.phrase))
    return render("message.html", words, title=f"{status.value} {phrase}", **values)


def downloads_page(words: Words, files: Sequence[str]) -> str:
    """The files of a package, each to be taken."""
    return render("downloads.html", words, title="Downloads", files=files)
