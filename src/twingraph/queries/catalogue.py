"""The catalogue: one question a file, its header read, its parameters put in.

A header is the comment lines at the top of a `.rq` file (DESIGN.md, 8):

    # Which institutions …?
    #+ de: Welche Institutionen …?
    #+ about: institutions
    #+ param: since, year, default 1999
    #+ returns: institution, name; one row an institution; by name
    #+ returns-de: eine Zeile je Institution; nach dem Namen
    #+ see: institutions-undated

A parameter stands in a line `VALUES ?since { 1999 }`, so the file runs as it is in any SPARQL 1.1
tool; a value replaces the term in that line, serialised from its type, never pasted as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from twingraph.errors import QueryError
from twingraph.files import find_shipped
from twingraph.vocab import Minter, read_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

FEDERATED: Final = "federated"  # the folder of questions with SERVICE
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
_KEPT: Final = 256  # questions remembered
_KEYS: Final = (
    "de",
    "about",
    "param",
    "returns",
    "returns-de",
    "see",
    "graphs",
    "severity",
    "solution",
)
# What a question can be about; the last is where the header does not say.
SUBJECTS: Final = ("institutions", "activities", "topics", "partnerships", "sources", "other")
_YEARS: Final = range(1, 10_000)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question: its type (a key of `PARAMETER_TYPES`), and its default or None."""

    name: str
    type: str
    default: str | None

    def __str__(self) -> str:
        return self.name if self.default is None else f"{self.name}={self.default}"


@dataclass(frozen=True, slots=True)
class Question:
    """A file of the catalogue: `text` is the SPARQL with its header.

    `german` is the question in German, `german_rows` what a row is and the order of rows, as the
    end of `returns` has them in English; empty where the header has none. `about` is one of
    `SUBJECTS`.
    """

    name: str
    text: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    returns: str
    see: tuple[str, ...]
    severity: str
    solution: str
    german: str = ""
    german_rows: str = ""
    about: str = SUBJECTS[-1]

    @property
    def rows(self) -> str:
        """What a row is, and the order of rows: what `returns` says after the columns."""
        return self.returns.partition("; ")[2]

    def bind(self, values: Mapping[str, str | int], mint: Minter) -> str:
        """The SPARQL text with the values in the place of the defaults.

        :raises QueryError: if a name is no parameter of the question, or a value not of its type.
        """
        parameters = {parameter.name: parameter for parameter in self.parameters}
        text = self.text
        for name, value in values.items():
            if name not in parameters:
                known = ", ".join(map(str, self.parameters)) or "none"
                hint = suggest(name, parameters)
                raise QueryError(f"{self.name}: no parameter {name!r}; it has: {known}{hint}")
            term = read_value(parameters[name], value, mint)
            text = _values_line(name).sub(_putting(term), text)
        return text


def _putting(term: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{match[1]}{term}{match[3]}"


def _year(text: str, _: Minter) -> str:
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) not in _YEARS:
        raise QueryError(f"{text!r} is not a year from 1 to 9999")
    return str(int(text))


def _count(text: str, _: Minter) -> str:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise QueryError(f"{text!r} is not a whole number")
    return str(int(text))


def _language(text: str, _: Minter) -> str:
    if not _LANGUAGE.fullmatch(text.lower()):
        raise QueryError(f"{text!r} is not a language tag; expected e.g. en, de, pt-br")
    return f'"{text.lower()}"'


def _resource(text: str, mint: Callable[[str], str]) -> str:
    return f"<{read_iri(text) if ':' in text else mint(text)}>"


# Type of a parameter -> the SPARQL term of a value. Resources are given by id or by IRI.
PARAMETER_TYPES: Final[dict[str, Callable[[str, Minter], str]]] = {
    "year": _year,
    "count": _count,
    "language": _language,
    "institution": lambda text, mint: _resource(text, mint.institution),
    "activity": lambda text, mint: _resource(text, mint.activity),
    "partnership": lambda text, mint: _resource(text, mint.partnership),
    "municipality": lambda text, mint: _resource(text, mint.municipality),
    "source": lambda text, mint: _resource(text, mint.source),
    "topic": lambda text, mint: _resource(text, mint.topic),
}


def read_value(parameter: Parameter, value: str | int, mint: Minter) -> str:
    """The SPARQL term of a value.

    :raises QueryError: if the value is not of the parameter's type.
    """
    from twingraph.errors import IriError

    try:
        return PARAMETER_TYPES[parameter.type](str(value), mint)
    except (QueryError, IriError) as error:
        raise QueryError(f"{parameter.name}: {error}") from error


@lru_cache(maxsize=_KEPT)
def _values_line(name: str) -> re.Pattern[str]:
    return re.compile(rf"^([ \t]*VALUES \?{re.escape(name)} \{{ )(\S+)( \}}[ \t]*)$", re.MULTILINE)


def suggest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` where one of the known names is near, else nothing.

    >>> suggest("organisers", ["organizers", "hosts"])
    "; did you mean 'organizers'?"
    """
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def read_question(path: Path) -> Question:
    """The question in a `.rq` file.

    :raises QueryError: if the file cannot be read or its header is not of the form above.
    """
    version = _find_version(path)
    if version is None:
        raise QueryError(f"{path}: no such file; expected a question")
    return _read_version(path, version)


def _find_version(path: Path) -> tuple[int, ...] | None:
    """What changes with every change of a file; None where there is none.

    :raises QueryError: if it cannot be seen.
    """
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@lru_cache(maxsize=_KEPT)
def _read_version(path: Path, _version: tuple[int, ...]) -> Question:
    """The same, of a file as it is now: it is read again only after a change."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error
    first, _, _ = text.partition("\n")
    if not first.startswith("# "):
        raise QueryError(f"{path}:1: expected the question as a comment, found {first[:60]!r}")
    header: dict[str, list[str]] = {key: [] for key in _KEYS}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#+"):
            continue
        key, colon, value = line[2:].partition(":")
        if not colon or key.strip() not in header:
            raise QueryError(f"{path}:{number}: {line!r}; expected `#+ key: value` of {_KEYS}")
        header[key.strip()].append(value.strip())
    parameters = tuple(_read_parameter(path, text, line) for line in header["param"])
    about = "".join(header["about"]) or SUBJECTS[-1]
    if about not in SUBJECTS:
        raise QueryError(f"{path}: about {about!r}; expected one of {', '.join(SUBJECTS)}")
    returns = "; ".join(header["returns"])
    return Question(
        name=path.stem,
        text=text,
        question=first[2:].strip(),
        parameters=parameters,
        columns=tuple(column.strip() for column in returns.partition(";")[0].split(",")),
        returns=returns,
        see=tuple(name.strip() for line in header["see"] for name in line.split(",")),
        severity="".join(header["severity"]) or "error",
        solution=" ".join(header["solution"]),
        german=" ".join(header["de"]),
        german_rows="; ".join(header["returns-de"]),
        about=about,
    )


def _read_parameter(path: Path, text: str, line: str) -> Parameter:
    name, kind, *rest = (part.strip() for part in line.split(",")) if "," in line else (line, "")
    default = rest[0].removeprefix("default").strip() if rest else None
    if kind not in PARAMETER_TYPES:
        raise QueryError(f"{path}: param {line!r}; expected `name, type, default value`")
    if _values_line(name).search(text) is None:
        raise QueryError(f"{path}: parameter {name!r} has no line `VALUES ?{name} {{ … }}`")
    return Parameter(name, kind, default)


def read_catalogue(*more: Path) -> dict[str, Question]:
    """Every question by name: the shipped ones, then those of further folders, which may replace.

    :raises QueryError: if a file's header is not of the form above.
    """
    folders = (find_shipped("queries"), *more)
    paths = [path for folder in folders for path in sorted(folder.glob("*.rq"))]
    questions = {path.stem: read_question(path) for path in paths}
    return dict(sorted(questions.items()))


def read_federated() -> dict[str, Question]:
    """The shipped questions that ask another server with SERVICE, by name."""
    paths = sorted((find_shipped("queries") / FEDERATED).glob("*.rq"))
    return {path.stem: read_question(path) for path in paths}


def find_question(name: str, *more: Path) -> Question:
    """One question, without reading the others.

    :raises QueryError: if there is none of that name.
    """
    shipped = find_shipped("queries")
    folders = (*more, shipped, shipped / FEDERATED)
    if _NAME.fullmatch(name):
        for folder in folders:
            path = _find_file(folder, name)
            if (version := _find_version(path)) is not None:
                return _read_version(path, version)
    known = [path.stem for folder in folders for path in folder.glob("*.rq")]
    raise QueryError(f"no question {name!r}; `twingraph ask` lists them{suggest(name, known)}")


@lru_cache(maxsize=_KEPT)
def _find_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.rq"
