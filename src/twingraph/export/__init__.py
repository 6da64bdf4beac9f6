"""Publishing a build: the analyst's tables."""

from twingraph.export.schema import TABLES, Column, Table
from twingraph.export.tables import FORMATS, write_tables

__all__ = ["FORMATS", "TABLES", "Column", "Table", "write_tables"]
