"""The service's manifest: what it offers, and where (0.2, section 3.1)."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from twingraph.reconcile.describe import HEIGHT, WIDTH
from twingraph.reconcile.entities import CLASSES
from twingraph.reconcile.extend import SETTINGS
from twingraph.vocab import TG

if TYPE_CHECKING:
    from twingraph.reconcile.entities import Entities

BATCH: Final = 1_000  # queries of a batch
KINDS: Final = ("entity", "type", "property")  # of what is suggested


def build_manifest(entities: Entities, service_url: str, name: str) -> dict[str, Any]:
    """The manifest of a service at a URL, which has no slash at its end."""
    types = [entities.types[each] for each in CLASSES if each in entities.types]
    return {
        "versions": ["0.2"],
        "name": name,
        "identifierSpace": entities.base,
        "schemaSpace": TG,
        "serviceVersion": version("twingraph"),
        "defaultTypes": [{"id": each.id, "name": each.name} for each in types],
        "view": {"url": f"{service_url}/view?id={{{{id}}}}"},
        "preview": {
            "url": f"{service_url}/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {
            kind: {
                "service_url": service_url,
                "service_path": f"/suggest/{kind}",
                "flyout_service_url": service_url,
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in KINDS
        },
        "extend": {
            "propose_properties": {"service_url": service_url, "service_path": "/properties"},
            "property_settings": list(SETTINGS),
        },
        "batchSize": BATCH,
    }
