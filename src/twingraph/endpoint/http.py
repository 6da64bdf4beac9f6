"""One HTTP exchange with a remote store: whole, within a total time, with the host that was named.

What may pass is tried again: 429 and 503 after the time that the server names, a connection that
is refused or breaks before an answer. Everything that is sent may be sent twice.
"""

from __future__ import annotations

import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from http import HTTPStatus
from http.client import HTTPException, IncompleteRead
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from twingraph.endpoint.address import show_url
from twingraph.endpoint.credentials import NOBODY, Credentials, Login
from twingraph.endpoint.manners import PLAIN, Manners, Pace
from twingraph.endpoint.wire import Connection, Deadline
from twingraph.errors import EndpointError

if TYPE_CHECKING:
    from http.client import HTTPResponse

_TRIES: Final = 5
_REDIRECTS: Final = 5
_PAUSE: Final = 0.5  # seconds before the second try; doubled before each further one
_LARGEST: Final = 1 << 30  # bytes of an answer
_PIECE: Final = 1 << 16
_SHOWN: Final = 200  # characters of an answer in an error
_BUSY: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_SUCCESS: Final = 2  # the first digit of a status
_REFUSED: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_MOVED: Final = (301, 302, 303, 307, 308)
_MARKUP: Final = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
# Several challenges in one header or in several (https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1).
_CHALLENGES: Final = re.compile(r"\n|,\s*(?=(?:Basic|Bearer|Digest|Negotiate)\b)", re.IGNORECASE)


class _CutError(Exception):
    """An answer ended, or broke, before its end."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent. The body, if any, is of the type `content_type`.

    Beside a success, a status of `also_fine` is an answer. A change is never sent as a GET to where
    a server says that something else can be read.
    """

    method: str
    url: str
    accept: str = "*/*"
    content_type: str | None = None
    body: bytes | None = None
    also_fine: tuple[int, ...] = ()
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, whole. Names of `headers` are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    is_framed: bool  # whether HTTP itself shows where the body ends

    @property
    def content_type(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Client:
    """Sends requests as one user; an exchange takes at most `timeout` seconds, tries included.

    The pause between two of them comes before.
    """

    def __init__(
        self,
        credentials: Credentials = NOBODY,
        timeout: float = 60,
        manners: Manners = PLAIN,
    ) -> None:
        self.credentials = credentials
        self.timeout = timeout
        self._manners = manners
        self._pace = Pace(manners)
        self._login = Login(self.credentials)

    def send(self, request: Request) -> Response:
        """The answer to a request, if it is a success.

        :raises EndpointError: in every other case; it says what happened.
        """
        where = show_url(request.url)
        self._pace.wait()
        deadline = Deadline(self.timeout)
        try:
            response = self._follow(request, deadline)
        except TimeoutError as error:
            raise EndpointError(
                f"{where}: no whole answer within {self.timeout:g} seconds"
            ) from error
        except socket.gaierror as error:
            raise EndpointError(f"{where}: there is no such host: {error.strerror}") from error
        except _CutError as error:
            raise EndpointError(f"{where}: {error}") from error
        except (OSError, HTTPException) as error:
            raise EndpointError(f"{where}: {self.credentials.hide(_describe(error))}") from error
        finally:
            self._pace.end()
        if response.status // 100 != _SUCCESS and response.status not in request.also_fine:
            raise EndpointError(f"{where}: {self._tell_refusal(response)}")
        return response

    def _follow(self, request: Request, deadline: Deadline) -> Response:
        """Send, and follow redirects on the host that was named."""
        url = request.url
        for _ in range(_REDIRECTS + 1):
            response = self._persist(request, url, deadline)
            if response.status not in _MOVED or "location" not in response.headers:
                return response
            target = urljoin(url, response.headers["location"])
            here, there = urlsplit(url), urlsplit(target)
            if (here.scheme, here.netloc) != (there.scheme, there.netloc):
                raise EndpointError(
                    f"{show_url(url)}: redirects to another server, {there.scheme}://"
                    f"{there.netloc.rpartition('@')[2]}, which is not followed; "
                    "name that address yourself if you trust it"
                )
            url = target
            if response.status == HTTPStatus.SEE_OTHER:
                if request.is_change:
                    raise EndpointError(
                        f"{show_url(request.url)}: {_status(response.status)}: does not say that "
                        f"the change was made; see {show_url(url)}"
                    )
                request = Request("GET", url, request.accept)
        raise EndpointError(f"{show_url(request.url)}: more than {_REDIRECTS} redirects")

    def _persist(self, request: Request, url: str, deadline: Deadline) -> Response:
        """Send until there is an answer other than "later", for some tries."""
        pause = _PAUSE
        for left in reversed(range(_TRIES)):
            try:
                response = self._authorise(request, url, deadline)
            except (ConnectionError, TimeoutError) as error:
                if isinstance(error, TimeoutError) or not left:
                    raise
                wait = pause
            else:
                if response.status not in _BUSY or not left:
                    return response
                asked = _read_wait(response.headers.get("retry-after"))
                wait = pause if asked is None else asked
                if wait >= deadline.left():
                    raise EndpointError(
                        f"{show_url(url)}: {_status(response.status)}: the server asks to wait "
                        f"{wait:g} seconds, more than the time that is left of {self.timeout:g}"
                    )
            time.sleep(min(wait, deadline.left()))
            pause *= 2
        raise AssertionError("the last try returns or raises")

    def _authorise(self, request: Request, url: str, deadline: Deadline) -> Response:
        response = self._exchange(request, url, deadline)
        if response.status in _REFUSED:
            asked = _CHALLENGES.split(response.headers.get("www-authenticate", ""))
            if self._login.take(asked):
                return self._exchange(request, url, deadline)
        return response

    def _exchange(self, request: Request, url: str, deadline: Deadline) -> Response:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Accept": request.accept,
            "Accept-Encoding": "identity",
            "Connection": "close",
            "User-Agent": self._manners.agent,
        }
        if request.content_type is not None:
            headers["Content-Type"] = request.content_type
        authorization = self._login.header(request.method, target)
        if authorization is not None:
            headers["Authorization"] = authorization
        connection = Connection(parts, deadline)
        try:
            with suppress(BrokenPipeError):  # refused before all was sent: the answer says why
                connection.request(request.method, target, request.body, headers)
            return _receive(connection.getresponse())
        finally:
            connection.close()

    def _tell_refusal(self, response: Response) -> str:
        if response.status in _REFUSED:
            hint = "; see --user, TWINGRAPH_PASSWORD and TWINGRAPH_TOKEN"
        else:
            hint = ""
        return self.credentials.hide(f"{_status(response.status)}: {excerpt(response)}{hint}")


def _receive(response: HTTPResponse) -> Response:
    """The whole of an answer.

    :raises _CutError: if it is not whole, too large, or in a coding that nobody asked for.
    """
    found: dict[str, list[str]] = {}
    for name, value in response.getheaders():
        found.setdefault(name.lower(), []).append(value)
    headers = {name: "\n".join(values) for name, values in found.items()}
    body = bytearray()
    try:
        while piece := response.read(_PIECE):
            body += piece
            if len(body) > _LARGEST:
                raise _CutError(f"the answer is longer than {_LARGEST:,} bytes")
    except (IncompleteRead, ConnectionError) as error:
        raise _CutError(f"the answer was cut off after {len(body):,} bytes") from error
    length = headers.get("content-length")
    if length is not None and not response.chunked and length != str(len(body)):
        raise _CutError(f"the answer was cut off after {len(body):,} of {length} bytes")
    if headers.get("content-encoding", "identity") != "identity":
        raise _CutError(f"the answer is coded as {headers['content-encoding']}; expected none")
    is_framed = response.chunked or length is not None
    return Response(response.status, headers, bytes(body), is_framed)


def _read_wait(text: str | None) -> float | None:
    """The seconds that `Retry-After` names, as a number or as a date; None where it names none."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _describe(error: OSError | HTTPException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"no answer: {error.strerror}"
    return f"no answer: {error or type(error).__name__}"


def _status(status: int) -> str:
    """A status as people know it.

    >>> _status(503)
    '503 Service Unavailable'
    """
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def excerpt(response: Response) -> str:
    """The first words of an answer, on one line, without markup."""
    text = response.body[: 50 * _SHOWN].decode("utf-8", "replace")
    if "html" in response.content_type or text.lstrip().startswith("<"):
        text = unescape(_MARKUP.sub(" ", text))
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:_SHOWN] or "an empty answer"
