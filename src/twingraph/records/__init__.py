"""Record files <-> facts: YAML, JSON Lines and CSV, with every error named by file and line."""

from twingraph.records.activities import Told
from twingraph.records.folder import Folder, open_folder
from twingraph.records.quotes import Passage
from twingraph.records.schema import json_schema
from twingraph.records.tables import read_table
from twingraph.records.write import write_records

__all__ = [
    "Folder",
    "Passage",
    "Told",
    "json_schema",
    "open_folder",
    "read_table",
    "write_records",
]
