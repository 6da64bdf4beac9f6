"""A build on disk: quad files, manifest, Oxigraph store; published whole or not at all."""

from twingraph.store.read import Build, open_build

__all__ = ["Build", "open_build"]
