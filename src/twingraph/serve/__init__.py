"""A build as a SPARQL endpoint and as Linked Data, which nobody can break from outside."""
