"""Who we are to a remote store. Secrets come from the environment and stand in no message."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
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


class Credentials:
    """A user with a password (Basic, or Digest where the server asks for it), a token, or nobody.

    :raises EndpointError: if a value cannot be sent.
    """

    def __init__(
        self, user: str | None = None, password: str = "", token: str | None = None
    ) -> None:
        if user is not None and (":" in user or not user.isprintable()):
            raise EndpointError(f"{user!r} is not the name of a user")
        if token is not None and not _VISIBLE.fullmatch(token):
            raise EndpointError(f"{TOKEN} holds a character that no token has")
        self._user = user
        self._password = password
        self._token = token
        self._challenge: dict[str, str] = {}
        self._uses = 0

    def __repr__(self) -> str:
        return f"Credentials(user={self._user!r})"

    def header(self, method: str, target: str) -> str | None:
        """The value of `Authorization` for a request of a path; None where nobody is named."""
        if self._token is not None:
            return f"Bearer {self._token}"
        if self._user is None:
            return None
        return self._answer(method, target) if self._challenge else f"Basic {self._basic()}"

    def take(self, challenges: Iterable[str]) -> bool:
        """Take up what a 401 asks for; whether there is now another answer to give.

        :raises EndpointError: if the server asks for a kind of Digest that is not known here.
        """
        digests = [
            parse_keqv_list(parse_http_list(text[len(_DIGEST) :]))
            for text in challenges
            if text.lower().startswith(_DIGEST)
        ]
        if self._user is None or not digests:
            return False
        known = [each for each in digests if each.get("algorithm", "MD5").upper() in _HASHES]
        if not known:
            kinds = ", ".join(each["algorithm"] for each in digests)
            raise EndpointError(f"the server asks for Digest with {kinds}; expected MD5 or SHA-256")
        is_new = not self._challenge or known[0].get("stale", "").lower() == "true"
        self._challenge, self._uses = known[0], 0
        return is_new

    def hide(self, text: str) -> str:
        """The text without any secret of ours that a server may have echoed."""
        for secret in filter(None, (self._token, self._password, self._basic())):
            text = text.replace(secret, "…")
        return text

    def _basic(self) -> str:
        return base64.b64encode(f"{self._user}:{self._password}".encode()).decode()

    def _answer(self, method: str, target: str) -> str:
        """The answer to a Digest challenge (https://www.rfc-editor.org/rfc/rfc7616#section-3.4)."""
        challenge = self._challenge
        algorithm = challenge.get("algorithm", "MD5")
        hashed = _HASHES[algorithm.upper()]

        def digest(*parts: str) -> str:
            return hashed(":".join(parts).encode()).hexdigest()

        realm, nonce = challenge.get("realm", ""), challenge.get("nonce", "")
        user, request = digest(self._user or "", realm, self._password), digest(method, target)
        fields = {"username": self._user or "", "realm": realm, "nonce": nonce, "uri": target}
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
    return Credentials(user, password or "" if user is not None else "", token or None)
