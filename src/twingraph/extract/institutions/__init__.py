"""Names of institutions in the words of a text."""

from twingraph.extract.institutions.find import InstitutionMention, find_institutions

__all__ = ["InstitutionMention", "find_institutions"]
