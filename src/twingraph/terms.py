"""The terms that Python itself writes or reads; a test holds each against the ontology.

Forms, kinds and topics are not here: they are data of the ontology, and records name them.
"""

from __future__ import annotations

from typing import Final

from twingraph.quads import Term, iri_term
from twingraph.vocab import DC, DCTERMS, FOAF, GEO, ORG, RDF_TYPE, RDFS_LABEL, SKOS, TG, Iri


def _term(namespace: str, name: str) -> Term:
    return iri_term(Iri(namespace + name))


TYPE: Final = iri_term(RDF_TYPE)
LABEL: Final = iri_term(RDFS_LABEL)
ALT_LABEL: Final = _term(SKOS, "altLabel")
NOTE: Final = _term(SKOS, "note")
EXACT_MATCH: Final = _term(SKOS, "exactMatch")
DATE: Final = _term(DCTERMS, "date")
TITLE: Final = _term(DCTERMS, "title")
ORIGIN: Final = _term(DCTERMS, "source")
LICENSE: Final = _term(DCTERMS, "license")
RIGHTS: Final = _term(DCTERMS, "rights")
ISSUED: Final = _term(DCTERMS, "issued")
PUBLISHER: Final = _term(DC, "publisher")
LANGUAGE: Final = _term(DC, "language")
LATITUDE: Final = _term(GEO, "lat")
LONGITUDE: Final = _term(GEO, "long")
HOMEPAGE: Final = _term(FOAF, "homepage")
SUB_ORGANIZATION_OF: Final = _term(ORG, "subOrganizationOf")

ACTIVITY: Final = _term(TG, "Activity")
INSTITUTION: Final = _term(TG, "Institution")
MUNICIPALITY: Final = _term(TG, "Municipality")
PARTNERSHIP: Final = _term(TG, "Partnership")
PARTNERSHIP_STAGE: Final = _term(TG, "PartnershipStage")
PASSAGE: Final = _term(TG, "Passage")
SOURCE: Final = _term(TG, "Source")
ONGOING_ACTIVITY: Final = _term(TG, "OngoingActivity")
UNDATED_ACTIVITY: Final = _term(TG, "UndatedActivity")
DISPUTED_ACTIVITY: Final = _term(TG, "DisputedActivity")
PLANNED_ACTIVITY: Final = _term(TG, "PlannedActivity")

DRAFT: Final = _term(TG, "Draft")

PARTNER: Final = _term(TG, "partner")
TWINNED_WITH: Final = _term(TG, "twinnedWith")
KIND: Final = _term(TG, "kind")
STAGE: Final = _term(TG, "stage")
WITHIN: Final = _term(TG, "within")
OWNER: Final = _term(TG, "owner")
COUNTRY: Final = _term(TG, "country")
INVOLVES: Final = _term(TG, "involves")
ORGANIZER: Final = _term(TG, "organizer")
PARTICIPANT: Final = _term(TG, "participant")
HOST: Final = _term(TG, "host")
SUPPORTER: Final = _term(TG, "supporter")
EXCHANGED_WITH: Final = _term(TG, "exchangedWith")
HELD_IN: Final = _term(TG, "heldIn")
VENUE: Final = _term(TG, "venue")
TOPIC: Final = _term(TG, "topic")
ABOUT: Final = _term(TG, "about")
PART_OF: Final = _term(TG, "partOf")
EDITION_OF: Final = _term(TG, "editionOf")
HAS_EDITION: Final = _term(TG, "hasEdition")
BASED_IN: Final = _term(TG, "basedIn")
RECURRENCE: Final = _term(TG, "recurrence")
EVIDENCE: Final = _term(TG, "evidence")
QUOTE: Final = _term(TG, "quote")
FROM_SOURCE: Final = _term(TG, "fromSource")
START_POSITION: Final = _term(TG, "startPosition")
END_POSITION: Final = _term(TG, "endPosition")
LINE: Final = _term(TG, "line")
OFFICE: Final = _term(TG, "office")
AS_OF: Final = _term(TG, "asOf")
AS_OF_REASON: Final = _term(TG, "asOfReason")
RETRIEVED: Final = _term(TG, "retrieved")
ACTIVE_IN: Final = _term(TG, "activeIn")
POSSIBLY_ACTIVE_IN: Final = _term(TG, "possiblyActiveIn")
NUMBER: Final = _term(TG, "number")
EARLIEST_START: Final = _term(TG, "earliestStart")
LATEST_START: Final = _term(TG, "latestStart")
EARLIEST_END: Final = _term(TG, "earliestEnd")
LATEST_END: Final = _term(TG, "latestEnd")
FIRST_ACTIVE: Final = _term(TG, "firstActive")
LAST_ACTIVE: Final = _term(TG, "lastActive")
LAST_STARTED: Final = _term(TG, "lastStarted")
DATED_ACTIVITIES: Final = _term(TG, "datedActivities")
TWINNING: Final = iri_term(Iri("https://w3id.org/twingraph/kind/twinning"))
