"""How a client behaves towards a host that others use too: it says who it is, and waits."""

from __future__ import annotations

import platform
import re
import time
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from twingraph.errors import EndpointError

if TYPE_CHECKING:
    from collections.abc import Callable

_HOME: Final = "https://w3id.org/twingraph/"
_CONTACT: Final = re.compile(r"[\x21-\x27\x2a-\x7e]([\x20-\x27\x2a-\x7e]*[\x21-\x27\x2a-\x7e])?")


@dataclass(frozen=True, slots=True)
class Manners:
    """Who asks, and how many seconds pass at least from one answer to the next request.

    `contact` is how the one who asks can be reached, e.g. an address of mail.

    :raises EndpointError: if the contact cannot stand in a header.
    """

    contact: str | None = None
    pause: float = 0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        if self.contact is not None and not _CONTACT.fullmatch(self.contact):
            raise EndpointError(
                f"{self.contact!r} cannot be sent as a contact; "
                "expected an address of mail or of a page, in ASCII without brackets"
            )

    @property
    def agent(self) -> str:
        """The value of `User-Agent`: program, contact and library, in the form that Wikimedia asks.

        https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy
        """
        contact = _HOME if self.contact is None else f"{_HOME}; {self.contact}"
        return f"twingraph/{version('twingraph')} ({contact}) Python/{platform.python_version()}"


PLAIN: Final = Manners()


class Pace:
    """Keeps the pause between the requests of one client."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._ended: float | None = None

    def wait(self) -> None:
        """Sleep until the next request may be sent."""
        if self._ended is not None:
            left = self._ended + self._manners.pause - self._manners.clock()
            if left > 0:
                self._manners.sleep(left)

    def end(self) -> None:
        """Note that a request has its answer, or has failed."""
        self._ended = self._manners.clock()
