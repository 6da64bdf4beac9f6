"""Record files <-> facts: YAML, JSON Lines and CSV, with every error named by file and line."""

from twingraph.records.activities import Told
from twingraph.records.fields import Located, read_record, suggest
from twingraph.records.folder import Folder, open_folder
from twingraph.records.imported import Imported
from twingraph.records.links import LINKED, offer
from twingraph.records.mappings import SUFFIX, Decided, read_prefixes
from twingraph.records.quotes import Passage
from twingraph.records.schema import json_schema
from twingraph.records.tables import read_table, read_yaml_file
from twingraph.records.text import Reporter, read_bytes, read_text
from twingraph.records.write import record_as_yaml, write_records

__all__ = [
    "LINKED",
    "SUFFIX",
    "Decided",
    "Folder",
    "Imported",
    "Located",
    "Passage",
    "Reporter",
    "Told",
    "json_schema",
    "offer",
    "open_folder",
    "read_bytes",
    "read_prefixes",
    "read_record",
    "read_table",
    "read_text",
    "read_yaml_file",
    "record_as_yaml",
    "suggest",
    "write_records",
]
