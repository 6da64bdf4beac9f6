"""Every question says what it asks, takes and returns, and is written alike."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from twingraph.files import find_shipped
from twingraph.queries import Question, read_catalogue
from twingraph.queries.catalogue import PARAMETER_TYPES, SUBJECTS
from twingraph.vocab import DCTERMS, SKOS, TG, XSD, Minter

MINT = Minter()
CATALOGUE = read_catalogue()
NAMESPACES = {
    "dcterms": DCTERMS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": SKOS,
    "tg": TG,
    "xsd": XSD,
}
# DESIGN.md, section 8, and the words behind institutions-since.
NAMES = {
    "activities-between",
    "activities-by-decade",
    "activities-by-topic",
    "activities-in-year",
    "contradicting-years",
    "disagreements",
    "evidence",
    "gap-years",
    "hosts",
    "institution-pairs",
    "institutions-possibly-since",
    "institutions-since",
    "institutions-since-evidence",
    "institutions-started-since",
    "institutions-undated",
    "longest-running",
    "missing-partners",
    "organizers",
    "partner-network",
    "partner-network-linked",
    "programmes",
    "recurring",
    "shared-topics",
    "timeline",
    "topics-of-partnership",
    "undated",
}

each_question = pytest.mark.parametrize("question", CATALOGUE.values(), ids=CATALOGUE)


def header_of(question: Question) -> list[str]:
    lines = question.text.splitlines()
    return lines[: next(n for n, line in enumerate(lines) if not line.startswith("#"))]


def body_of(question: Question) -> str:
    """The query without its header, comments, prefixes, texts and IRIs."""
    lines = question.text.splitlines()[len(header_of(question)) :]
    code = "\n".join(line for line in lines if not line.startswith("PREFIX "))
    return re.sub(r'"[^"]*"|<[^ >]*>|^ *#.*$', "", code, flags=re.MULTILINE)


def test_catalogue_is_complete() -> None:
    assert set(CATALOGUE) >= NAMES


@each_question
def test_header_is_question_then_keys_then_notes(question: Question) -> None:
    first, *rest = header_of(question)
    assert re.fullmatch(r"# [A-Z].*\?", first)
    assert question.question == first[2:]
    keys = [line.partition(":")[0] for line in rest if line.startswith("#+")]
    params = ["#+ param"] * len(question.parameters)
    assert keys == ["#+ de", "#+ about", *params, "#+ returns", "#+ returns-de", "#+ see"]
    assert re.fullmatch(r"[A-ZÄÖÜ].*\?", question.german)
    assert question.about in SUBJECTS[:-1]
    assert all(line.startswith("#+") for line in rest[: len(keys)])
    assert all(line.startswith("# ") for line in rest[len(keys) :])
    assert all(len(line) <= 100 for line in rest[len(keys) :])


@each_question
def test_returns_columns_row_and_order(question: Question) -> None:
    columns, row, order = question.returns.split("; ")
    assert columns == ", ".join(question.columns)
    assert row.startswith("one row a")
    assert order
    assert question.rows == f"{row}; {order}"
    german_row, german_order = question.german_rows.split("; ")
    assert german_row.startswith("eine Zeile je ")
    assert german_order
    answer = ox.Store().query(question.text)
    assert isinstance(answer, ox.QuerySolutions)
    assert tuple(variable.value for variable in answer.variables) == question.columns


@each_question
def test_see_names_other_questions(question: Question) -> None:
    assert question.see
    assert set(question.see) <= set(CATALOGUE) - {question.name}
    assert len(set(question.see)) == len(question.see)


@each_question
def test_parameters_stand_in_the_query_with_their_defaults(question: Question) -> None:
    values = re.findall(r"^ *VALUES \?(\w+) \{ (\S+) \}$", question.text, re.MULTILINE)
    names = [parameter.name for parameter in question.parameters]
    assert {name for name, _ in values} == set(names)
    assert len(set(names)) == len(names)
    for parameter in question.parameters:
        assert parameter.type in PARAMETER_TYPES
        terms = {term for name, term in values if name == parameter.name}
        if parameter.default is None:
            assert terms == {"UNDEF"}
        else:
            assert len(terms) == 1
            assert question.bind({parameter.name: parameter.default}, MINT) == question.text


@each_question
def test_names_come_in_the_language_that_was_asked_for(question: Question) -> None:
    names = [column for column in question.columns if column.lower().endswith("name")]
    languages = [each for each in question.parameters if each.type == "language"]
    assert bool(names) == bool(languages)
    if names:
        assert [(each.name, each.default) for each in languages] == [("lang", "en")]
        assert question.parameters[-1].name == "lang"
    assert question.text.count("LANG(") == 3 * len(names)


@each_question
def test_prefixes_are_sorted_and_used(question: Question) -> None:
    declared = re.findall(r"^PREFIX (\w+): <(.*)>$", question.text, re.MULTILINE)
    assert declared == sorted(declared)
    assert dict(declared).items() <= NAMESPACES.items()
    used = set(re.findall(r"(?<![\w?])(\w+):(?=\w)", body_of(question)))
    assert used == {prefix for prefix, _ in declared}


@each_question
def test_engines_agree_on_what_is_written(question: Question) -> None:
    """Nothing that counts a triple once for each graph, and an order that leaves no choice."""
    body = body_of(question)
    assert re.match(r"SELECT DISTINCT [?(]", body)
    assert not re.search(
        r"GROUP_CONCAT|gYear|SELECT \*|COUNT\((?!DISTINCT)|SUM\(|AVG\(|SAMPLE", body
    )
    assert not re.search(r"\w:\w+ *[|/*+^]|\| *\w+:|\^\w", body), "a property path"
    order = body.rpartition("ORDER BY")[2]
    assert order
    assert "}" not in order, "the order is that of a sub-select"
    names = [column for column in question.columns if column.lower().endswith("name")]
    for name in names:
        iri = question.columns[question.columns.index(name) - 1]
        assert f"AS ?{name}Key)" in body, "computed once, not in every comparison"
        assert re.search(rf"\?{name}Key\b.*\?{iri}\b", order, re.DOTALL)


def test_checks_are_apart_from_the_questions() -> None:
    assert not set(CATALOGUE) & {path.stem for path in find_shipped("queries").glob("checks/*.rq")}
