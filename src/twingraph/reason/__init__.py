"""Ontology -> rules (owlrl); rules over quads, streaming."""

from twingraph.reason.closure import close, close_quads
from twingraph.reason.index import Index
from twingraph.reason.rules import Rules, compile_rules, shipped_rules

__all__ = ["Index", "Rules", "close", "close_quads", "compile_rules", "shipped_rules"]
