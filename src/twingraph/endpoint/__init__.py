"""Remote SPARQL stores: asked, and loaded with a build. Only this package uses the network."""

from twingraph.endpoint.credentials import Credentials, read_credentials
from twingraph.endpoint.manners import Manners
from twingraph.endpoint.push import Options, Pushed, Store, push_build
from twingraph.endpoint.query import Endpoint

__all__ = [
    "Credentials",
    "Endpoint",
    "Manners",
    "Options",
    "Pushed",
    "Store",
    "push_build",
    "read_credentials",
]
