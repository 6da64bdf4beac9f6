"""A city's page -> draft records, by rules and the ontology's own labels."""

from twingraph.extract.activities import Drafted
from twingraph.extract.dates import DateMention
from twingraph.extract.extraction import Extraction, extract_page
from twingraph.extract.institutions import InstitutionMention
from twingraph.extract.page import Block, Page, read_page
from twingraph.extract.run import (
    Extracted,
    Options,
    compare_with,
    drafts_as_yaml,
    extract_files,
    find_pages,
    read_known,
    spare_collector,
    write_drafts,
    write_source,
)

__all__ = [
    "Block",
    "DateMention",
    "Drafted",
    "Extracted",
    "Extraction",
    "InstitutionMention",
    "Options",
    "Page",
    "compare_with",
    "drafts_as_yaml",
    "extract_files",
    "extract_page",
    "find_pages",
    "read_known",
    "read_page",
    "spare_collector",
    "write_drafts",
    "write_source",
]
