"""Views: answers of headline questions worked out at build, the very rows of their SPARQL.

A build never changes, so what these questions ask of all institutions can stand beside the store in
the order of the answer. An engine reads and sorts each row; a view is read at once. The SPARQL of
the catalogue stays the definition: a view answers that text alone, to the byte as the engine does.

    views/institutions.<lang>   rows of the institutions-since questions, names in a language
    views/pairs.<lang>          who exchanged with whom, in the order of institution-pairs
    views/facts                 what both are made of, for names in further languages
"""

from twingraph.views.answering import Views

__all__ = ["Views"]
