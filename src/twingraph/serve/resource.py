"""The answer to who asks for a resource: its page, or what is said of it as data."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from twingraph.media import HTML
from twingraph.pages.serializing import serialize
from twingraph.pages.statements import find_statements
from twingraph.serve.jobs import Describe, Reply, refuse

if TYPE_CHECKING:
    from twingraph.pages.view import View


def describe(view: View, job: Describe) -> Reply:
    """What is said of a resource, in a format of `FORMATS`; status 404 if that is nothing.

    :raises QueryError: if what is named is no IRI.
    """
    from twingraph.pages.resources import resource_page

    if job.media_type == HTML:
        page = resource_page(view, job.iri, job.page.values)
        content = None if page is None else page.encode()
    else:
        told = find_statements(view.build, job.iri)
        content = serialize(told, job.media_type, view.mint) if told.is_something else None
    if content is None:
        return refuse(HTTPStatus.NOT_FOUND, f"nothing is said of <{job.iri}> here")
    return Reply(HTTPStatus.OK, job.media_type, content)
