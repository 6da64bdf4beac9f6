"""Pages that need no build: why there is no answer, and the files of a package."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from twingraph.pages.render import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.pages.view import Words

_GERMAN: Final = {
    HTTPStatus.BAD_REQUEST: "Fehlerhafte Anfrage",
    HTTPStatus.NOT_FOUND: "Nicht gefunden",
    HTTPStatus.METHOD_NOT_ALLOWED: "So nicht erreichbar",
    HTTPStatus.NOT_ACCEPTABLE: "In dieser Form nicht zu haben",
    HTTPStatus.SERVICE_UNAVAILABLE: "Zurzeit überlastet",
    HTTPStatus.GATEWAY_TIMEOUT: "Zeitüberschreitung (Timeout)",
}


def message_page(words: Words, status: HTTPStatus, message: str) -> str:
    """Why there is no answer."""
    phrase = words.say(status.phrase, _GERMAN.get(status, status.phrase))
    return render("message.html", words, title=f"{status.value} {phrase}", message=message)


def downloads_page(words: Words, files: Sequence[str]) -> str:
    """The files of a package, each to be taken."""
    return render("downloads.html", words, title="Downloads", files=files)
