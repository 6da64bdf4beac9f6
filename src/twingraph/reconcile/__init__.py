"""The Reconciliation Service API 0.2: any list of names against a build, as OpenRefine asks.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from twingraph.reconcile.service import Response, Service

__all__ = ["Response", "Service"]
