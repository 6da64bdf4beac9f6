"""rapidfuzz, which tells how alike names are; a plain error where it is not installed."""

from twingraph.errors import FileError

try:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler
except ModuleNotFoundError as error:
    message = "rapidfuzz is missing, which compares names; pip install 'twingraph[link]'"
    raise FileError(message) from error

__all__ = ["JaroWinkler", "fuzz"]
