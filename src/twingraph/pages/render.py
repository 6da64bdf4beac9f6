"""Templates, which escape whatever is put into them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from twingraph import vocab
from twingraph.pages.bidi import balance, is_turning
from twingraph.pages.facts import find_only_source
from twingraph.pages.links import LANGUAGES
from twingraph.pages.paging import count_pages
from twingraph.pages.words import MARKS

if TYPE_CHECKING:
    from jinja2 import Environment

    from twingraph.pages.view import Words


@cache
def _environment() -> Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("twingraph.pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_balance,
    )
    environment.tests["turning"] = is_turning
    environment.globals["marks"] = MARKS
    environment.filters["find_only_source"] = find_only_source
    return environment


def _balance(value: Any) -> Any:
    return balance(value) if type(value) is str else value  # not what is markup already


def prepare() -> None:
    """Compile all templates, so that no page has to wait for it."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)


def render(template: str, view: Words, /, **values: Any) -> str:
    """The page that a template makes of the values, and of the view: its links and words."""
    chosen = _environment().get_template(template)
    return chosen.render(
        view=view,
        links=view.links,
        say=view.say,
        languages=list(LANGUAGES.items()),
        ontology=vocab.TG.rstrip("#"),
        count_pages=count_pages,
        **values,
    )
