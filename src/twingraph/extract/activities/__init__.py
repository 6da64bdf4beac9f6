"""What was found in a block -> the activities that it tells of."""

from twingraph.extract.activities.compose import Composer, Drafted, Lead
from twingraph.extract.activities.found import Found, name_hits

__all__ = ["Composer", "Drafted", "Found", "Lead", "name_hits"]
