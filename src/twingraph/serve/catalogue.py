"""The questions of the catalogue as others' tools read them: OpenAPI, and SHACL's executables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from twingraph.media import CSV, HTML, JSON, TSV

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.queries import Question
    from twingraph.queries.catalogue import Parameter

# What an answer is given as; the first is for who takes everything.
FORMATS: Final = (JSON, CSV, TSV, HTML)
# Type of a parameter -> the schema of its value (https://spec.openapis.org/oas/v3.1.0#schema-object).
_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "year": {"type": "integer", "minimum": 1, "maximum": 9999},
    "count": {"type": "integer", "minimum": 0},
    "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[a-z0-9]{2,8})*$"},
}
_RESPONSES: Final = {
    "400": "A parameter is unknown, or its value is none",
    "404": "No such question",
    "503": "Too many queries are waiting",
    "504": "The answer takes longer than is allowed",
}


def make_openapi(questions: Iterable[Question], version: str) -> dict[str, Any]:
    """The description of `/ask/…` as an OpenAPI 3.1 document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "twingraph: questions", "version": version},
        "paths": {f"/ask/{question.name}": _path(question) for question in questions},
    }


def _path(question: Question) -> dict[str, Any]:
    formats = {"name": "format", "in": "query", "schema": {"enum": ["json", "csv", "tsv", "html"]}}
    answer = {"description": question.returns, "content": {name: {} for name in FORMATS}}
    return {
        "get": {
            "operationId": question.name,
            "summary": question.question,
            "parameters": [*map(_parameter, question.parameters), formats],
            "responses": {
                "200": answer,
                **{status: {"description": text} for status, text in _RESPONSES.items()},
            },
        }
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_SCHEMAS.get(parameter.type, {"type": "string"}))
    if parameter.default is not None:
        is_number = schema["type"] == "integer"
        schema["default"] = int(parameter.default) if is_number else parameter.default
    told = {"name": parameter.name, "in": "query", "schema": schema}
    if schema["type"] == "string" and parameter.type not in _SCHEMAS:
        told["description"] = f"the id or the IRI of a {parameter.type}"
    return told


def make_executables(questions: Iterable[Question], endpoint: str, media_type: str) -> bytes:
    """The questions as `sh:SPARQLExecutable` (https://www.w3.org/TR/shacl/#dfn-sparql-executable)."""
    import pyoxigraph
    from pyoxigraph import Literal, NamedNode, Triple

    def sh(name: str) -> NamedNode:
        return NamedNode(f"http://www.w3.org/ns/shacl#{name}")

    is_a = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    comment = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
    target = NamedNode("https://schema.org/target")
    triples = []
    for question in questions:
        subject = NamedNode(f"{endpoint.removesuffix('/sparql')}/ask/{question.name}")
        triples += [
            Triple(subject, is_a, sh("SPARQLExecutable")),
            Triple(subject, is_a, sh("SPARQLSelectExecutable")),
            Triple(subject, label, Literal(question.name)),
            Triple(subject, comment, Literal(question.question, language="en")),
            Triple(subject, sh("select"), Literal(question.text)),
            Triple(subject, target, NamedNode(endpoint)),
        ]
    chosen = pyoxigraph.RdfFormat.from_media_type(media_type)
    assert chosen is not None, media_type
    return pyoxigraph.serialize(triples, format=chosen) or b""
