"""The Reconciliation Service API 0.2: any list of names against a build, as OpenRefine asks.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from twingraph.errors import FileError

try:
    from twingraph.reconcile.service import Response, Service
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] != "rapidfuzz":
        raise
    message = "rapidfuzz is missing, which compares names; pip install 'twingraph[link]'"
    raise FileError(message) from error

__all__ = ["Response", "Service"]
