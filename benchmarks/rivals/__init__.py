"""Other tools on the same pages, in an environment of their own."""
