"""Who we are to a remote store. Secrets come from the environment and stand in no message."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.request import parse_http_list, parse_keqv_list

from twingraph.errors import EndpointError

if TYPE_CHECKING:
    from collections.abc import Iterable

PASSWORD: Final = "TWINGRAPH_PASSWORD"
TOKEN: Final = "TWINGRAPH_TOKEN"
_VISIBLE: Final = re.compile(r"[\x21-\x7e]+")
_DIGEST: Final = "digest "
# Algorithm of a Digest challenge -> its hash (https://www.rfc-editor.org/rfc/rfc7616#section-6.1).
_HASHES: Final = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a token, or nobody.

    :raises EndpointError: if a value cannot be sent.
    """

    user: str | None = None
    password: str = field(default="", repr=False)
    token: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.user is not None and (":" in self.user or not self.user.isprintable()):
            raise EndpointError(f"{self.user!r} is not the name of a user")
        if self.token is not None and not _VISIBLE.fullmatch(self.token):
            raise EndpointError(f"{TOKEN} holds a character that no token has")

    @property
    def basic(self) -> str:
        """User and password as Basic has them."""
        return base64.b64encode(f"{self.user}:{self.password}".encode()).decode()

    def hide(self, text: str) -> str:
        """The text without any secret of ours that a server may have echoed."""
        for secret in filter(None, (self.token, self.password, self.user and self.basic)):
            text = text.replace(secret, "…")
        return text


NOBODY: Final = Credentials()


class Login:
    """What one client tells one server of who it is: a password only when it is asked for.

    (Virtuoso asks for Digest only those that have not sent Basic.)
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._is_asked = False
        self._challenge: dict[str, str] = {}
        self._uses = 0

    def header(self, method: str, target: str) -> str | None:
        """The value of `Authorization` for a request of a path, or None."""
        if self._credentials.token is not None:
            return f"Bearer {self._credentials.token}"
        if not self._is_asked:
            return None
        if self._challenge:
            return self._answer(method, target)
        return f"Basic {self._credentials.basic}"

    def take(self, challenges: Iterable[str]) -> bool:
        """Take up what a refusal asks for; whether there is now another answer to give.

        :raises EndpointError: if the server asks for a kind of Digest that is not known here.
        """
        if self._credentials.user is None:
            return False
        is_first, self._is_asked = not self._is_asked, True
        digests = [
            parse_keqv_list(parse_http_list(text[len(_DIGEST) :]))
            for text in challenges
            if text.lower().startswith(_DIGEST)
        ]
        known = [each for each in digests if each.get("algorithm", "MD5").upper() in _HASHES]
        if digests and not known:
            kinds = ", ".join(each["algorithm"] for each in digests)
            raise EndpointError(f"the server asks for Digest with {kinds}; expected MD5 or SHA-256")
        if not known:
            return is_first
        self._challenge, self._uses = known[0], 0
        return is_first or known[0].get("stale", "").lower() == "true"

    def _answer(self, method: str, target: str) -> str:
        """The answer to a Digest challenge (https://www.rfc-editor.org/rfc/rfc7616#section-3.4)."""
        challenge = self._challenge
        algorithm = challenge.get("algorithm", "MD5")
        hashed = _HASHES[algorithm.upper()]

        def digest(*parts: str) -> str:
            return hashed(":".join(parts).encode()).hexdigest()

        realm, nonce = challenge.get("realm", ""), challenge.get("nonce", "")
        user, request = (
            digest(self._credentials.user or "", realm, self._credentials.password),
            digest(method, target),
        )
        fields = {
            "username": self._credentials.user or "",
            "realm": realm,
            "nonce": nonce,
            "uri": target,
        }
        self._uses += 1
        count, own = f"{self._uses:08x}", secrets.token_hex(8)
        if "qop" in challenge:
            response = digest(user, nonce, count, own, "auth", request)
        else:
            response = digest(user, nonce, request)
        fields["response"] = response
        if "opaque" in challenge:
            fields["opaque"] = challenge["opaque"]
        quoted = ", ".join(f'{name}="{value}"' for name, value in fields.items())
        extra = f', qop=auth, nc={count}, cnonce="{own}"' if "qop" in challenge else ""
        return f"Digest {quoted}, algorithm={algorithm}{extra}"


def read_credentials(user: str | None) -> Credentials:
    """The credentials of a user, or the token, in the environment.

    :raises EndpointError: if a user is named and has no password there, or a token is there too.
    """
    password, token = os.environ.get(PASSWORD), os.environ.get(TOKEN)
    if user is not None and token:
        raise EndpointError(f"--user and {TOKEN} are both set; expected one of them")
    if user is not None and password is None:
        raise EndpointError(f"--user {user}: the password is read from {PASSWORD}, which is unset")
    return Credentials(user, (password or "") if user is not None else "", token or None)
