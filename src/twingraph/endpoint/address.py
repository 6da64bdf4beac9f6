"""Addresses of stores: read with care, and shown without what may be secret."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from twingraph.errors import EndpointError

_URL: Final = re.compile(r"https?://[\x21-\x7e]+", re.IGNORECASE)


def read_url(url: str) -> SplitResult:
    """The parts of the address of a store.

    :raises EndpointError: if it is none, or holds a user or a password (which is not repeated).
    """
    parts = urlsplit(url) if _URL.fullmatch(url) else None
    if parts is not None and "@" in parts.netloc:
        raise EndpointError(
            f"the address of {parts.hostname} holds a user or a password; "
            "expected --user, and the password in TWINGRAPH_PASSWORD"
        )
    try:
        if parts is not None and parts.hostname and parts.port != 0 and not parts.fragment:
            return parts
    except ValueError:  # a port that is no number
        pass
    raise EndpointError(
        f"{show_url(url)}: is not the address of a store; expected http(s)://host/path"
    )


def show_url(url: str) -> str:
    """An address as errors name it: without its query, which may hold a key."""
    before, _, rest = url.partition("?")[0].partition("//")
    return f"{before}//{rest.rpartition('@')[2]}" if rest else before
