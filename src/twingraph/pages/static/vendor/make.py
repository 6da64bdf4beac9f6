"""Fetches the two packages of the query page from npm, and keeps of them what a browser needs.

    python -m twingraph.pages.static.vendor.make

asks the registry that npm is set to. Each package must have the checksum stated here; its files are
taken as they are. The licences of what YASGUI has within it are gathered beside it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

_HERE: Final = Path(__file__).parent


class _Package(NamedTuple):
    name: str
    integrity: str  # https://www.w3.org/TR/SRI/
    files: tuple[str, ...]


_PACKAGES: Final = {
    "yasgui": _Package(
        "@zazuko/yasgui@4.6.2",
        "sha512-Zw45KdPoAE1KRaAoxIHdQqeJxvaVG1oQdntw0hy0ktX35Zu8ZccuOLrXCLwR"
        "+GU+0xMzLw8Mjw6BkSZV2vUuQw==",
        ("build/yasgui.min.js", "build/yasgui.min.css"),
    ),
    "oxigraph": _Package(
        "oxigraph@0.5.11",
        "sha512-zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyT"
        "InBvgPKT8Y5N+RgwTL8qKXpLng==",
        ("web.js", "web_bg.wasm"),
    ),
}
# What yasgui.min.js is made of besides its own code (its source map tells), in the versions that
# its package.json allowed when it was published.
_WITHIN: Final = (
    "@fortawesome/free-solid-svg-icons@5.15.4",
    "@tarekraafat/autocomplete.js@7.2.0",
    "autosuggest-highlight@3.3.4",
    "base64-js@1.5.1",
    "buffer@6.0.3",
    "codemirror@5.65.21",
    "column-resizer@1.4.0",
    "datatables.net@2.3.8",
    "decode-uri-component@0.2.2",
    "dompurify@3.4.13",
    "events@3.3.0",
    "filter-obj@1.1.0",
    "ieee754@1.2.1",
    "jquery@3.8.0",
    "jsuri@1.3.1",
    "lodash-es@4.18.1",
    "n3@1.26.0",
    "papaparse@5.7.1",
    "query-string@6.14.1",
    "sortablejs@1.15.7",
    "split-on-first@1.1.0",
    "store@2.0.12",
    "strict-uri-encode@2.0.0",
    "@json2csv/formatters@7.0.8",
    "@json2csv/plainjs@7.0.8",
)
_LICENCES: Final = ("license", "licence", "copying")


def main() -> None:
    """Write the files below this folder."""
    with tempfile.TemporaryDirectory() as folder:
        for place, package in _PACKAGES.items():
            archive = _fetch(package.name, Path(folder))
            found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
            if package.integrity != f"sha512-{found}":
                raise SystemExit(f"{package.name}: sha512-{found}; expected {package.integrity}")
            with tarfile.open(archive) as content:
                for name in package.files:
                    target = _HERE / place / Path(name).name
                    target.write_bytes(_read(content, f"package/{name}"))
        texts = [_licence(_fetch(name, Path(folder)), name) for name in _WITHIN]
    (_HERE / "yasgui" / "THIRD-PARTY.txt").write_text("\n".join(texts), encoding="utf-8")


def _fetch(name: str, folder: Path) -> Path:
    """The archive of a package, from the registry that npm is set to."""
    command = ["npm", "pack", "--json", "--pack-destination", str(folder), name]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    [package] = json.loads(told)
    return folder / str(package["filename"]).replace("@", "").replace("/", "-")


def _licence(archive: Path, name: str) -> str:
    """The licences that a package holds, under its name; else which one it says it has."""
    with tarfile.open(archive) as content:
        paths = [path for path in content.getnames() if path.count("/") == 1]
        told = [path for path in paths if Path(path).name.lower().startswith(_LICENCES)]
        texts = [_read(content, path).decode("utf-8").replace("\r\n", "\n") for path in told]
        package = json.loads(_read(content, "package/package.json"))
    lines = "\n".join(texts) or f"{package.get('license')}\n"
    return f"{'=' * 72}\n{name}\n{'=' * 72}\n{lines.rstrip()}\n"


def _read(content: tarfile.TarFile, name: str) -> bytes:
    file = content.extractfile(name)
    if file is None:
        raise SystemExit(f"{name} is no file")
    return file.read()


if __name__ == "__main__":
    main()
