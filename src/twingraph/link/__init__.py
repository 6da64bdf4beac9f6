"""Our records and another dataset: who is the same, with what evidence; a person decides."""

from twingraph.link.candidates import Candidate
from twingraph.link.matching import Matcher
from twingraph.link.places import Place, gazetteer, places_of
from twingraph.link.review import Offered, offer_links

__all__ = [
    "Candidate",
    "Matcher",
    "Offered",
    "Place",
    "gazetteer",
    "offer_links",
    "places_of",
]
