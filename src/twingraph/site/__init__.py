"""A build as static files for any web host: pages, data beside each page, and answers.

The pages are those of the server, with links among files (`links`). Every link is relative, so that
a site works at any address, below a path, and from a disk.
"""

from __future__ import annotations

from twingraph.site.writing import Options, Site, write_site

__all__ = ["Options", "Site", "write_site"]
