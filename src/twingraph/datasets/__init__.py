"""Other people's lists of partnerships -> records in a space of their own, with a source.

What is imported becomes a source folder: `sources/<dataset>/` with tables whose ids are all below
`<dataset>/`. A name that equals one of ours is no more than a candidate for a link.
"""

from twingraph.datasets.dataset import Dataset, Report
from twingraph.datasets.edges import read_edges
from twingraph.datasets.entities import read_entities
from twingraph.datasets.remote import UNITS, Wanted, fetch_dataset
from twingraph.datasets.table import ColumnMapping, Columns, read_mapping, read_table_dataset
from twingraph.datasets.wikidata import wikidata_source
from twingraph.datasets.writing import find_target, write_dataset

__all__ = [
    "UNITS",
    "ColumnMapping",
    "Columns",
    "Dataset",
    "Report",
    "Wanted",
    "fetch_dataset",
    "find_target",
    "read_edges",
    "read_entities",
    "read_mapping",
    "read_table_dataset",
    "wikidata_source",
    "write_dataset",
]
