"""The page of the institutions that worked together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twingraph.pages.render import render

if TYPE_CHECKING:
    from twingraph.pages.view import View


def network_page(view: View) -> str:
    """The picture of the network, and the questions that give it as a table."""
    title = view.say("Institutions that worked together", "Institutionen, die zusammenwirkten")
    return render("network.html", view, title=title)
