"""Stated times in EDTF, and what they say of years."""

from twingraph.years.edtf import Bounds, Years, YearsError, read_years

__all__ = ["Bounds", "Years", "YearsError", "read_years"]
