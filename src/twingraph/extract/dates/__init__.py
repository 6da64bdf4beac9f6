"""Times that a text names -> EDTF and recurrences, by rules over classes of words."""

from twingraph.extract.dates.find import find_dates
from twingraph.extract.dates.mention import DateContext, DateKind, DateMention

__all__ = ["DateContext", "DateKind", "DateMention", "find_dates"]
