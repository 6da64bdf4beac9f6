"""Facts -> quads: what is asserted, and the links to other datasets."""

from twingraph.graph.asserted import GraphBuilder, build_asserted
from twingraph.graph.links import build_links

__all__ = ["GraphBuilder", "build_asserted", "build_links"]
