"""How fast and how right twingraph is, measured by anyone."""
