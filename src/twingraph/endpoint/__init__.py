"""Remote SPARQL stores: asked, and loaded with a build. Only this package uses the network."""

from twingraph.endpoint.credentials import Credentials, read_credentials
from twingraph.endpoint.query import Endpoint

__all__ = ["Credentials", "Endpoint", "read_credentials"]
