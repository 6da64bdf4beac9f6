"""The vocabularies that portals demand: their IRIs, with the names that must stand beside them.

Most are tables of the EU's Publications Office: http://publications.europa.eu/resource/authority/
"""

from __future__ import annotations

from typing import Final

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
PUBLISHER_TYPES: Final = "http://purl.org/adms/publishertype/"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
# The pattern in the published shapes of DCAT-AP has https.
SHA256: Final = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"

THEMES: Final = {
    "AGRI": "Agriculture, fisheries, forestry and food",
    "ECON": "Economy and finance",
    "EDUC": "Education, culture and sport",
    "ENER": "Energy",
    "ENVI": "Environment",
    "GOVE": "Government and public sector",
    "HEAL": "Health",
    "INTR": "International issues",
    "JUST": "Justice, legal system and public safety",
    "REGI": "Regions and cities",
    "SOCI": "Population and society",
    "TECH": "Science and technology",
    "TRAN": "Transport",
}
# Language tag (ISO 639-1) -> code in the table `language`.
LANGUAGES: Final = {
    "ar": "ARA", "bg": "BUL", "ca": "CAT", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL",
    "en": "ENG", "es": "SPA", "et": "EST", "eu": "EUS", "fi": "FIN", "fr": "FRA", "ga": "GLE",
    "he": "HEB", "hr": "HRV", "hu": "HUN", "it": "ITA", "ja": "JPN", "ko": "KOR", "lt": "LIT",
    "lv": "LAV", "mt": "MLT", "nl": "NLD", "no": "NOR", "pl": "POL", "pt": "POR", "ro": "RON",
    "ru": "RUS", "sk": "SLK", "sl": "SLV", "sr": "SRP", "sv": "SWE", "tr": "TUR", "uk": "UKR",
    "zh": "ZHO",
}  # fmt: skip
# Address of a licence, without scheme and final slash -> its code in the table `licence`, and its
# name in the list of DCAT-AP.de (http://dcat-ap.de/def/licenses/).
LICENCES: Final = {
    "creativecommons.org/publicdomain/zero/1.0": ("CC0", "cc-zero"),
    "creativecommons.org/licenses/by/4.0": ("CC_BY_4_0", "cc-by/4.0"),
    "creativecommons.org/licenses/by-sa/4.0": ("CC_BYSA_4_0", "cc-by-sa/4.0"),
    "opendatacommons.org/licenses/odbl/1-0": ("ODC_BL", "odbl"),
    "opendatacommons.org/licenses/by/1-0": ("ODC_BY", "odby"),
    "www.govdata.de/dl-de/by-2-0": (None, "dl-by-de/2.0"),
    "www.govdata.de/dl-de/zero-2-0": (None, "dl-zero-de/2.0"),
}
_LICENSES_DE: Final = "http://dcat-ap.de/def/licenses/"


def find_licence(address: str, profile: str) -> str:
    """The IRI by which a profile knows a licence; its own address where it knows none.

    >>> find_licence("https://creativecommons.org/publicdomain/zero/1.0/", "dcat-ap")
    'http://publications.europa.eu/resource/authority/licence/CC0'
    """
    key = address.partition("://")[2].removesuffix("/")
    european, german = LICENCES.get(key, (None, None))
    if profile == "dcat-ap-de" and german:
        return f"{_LICENSES_DE}{german}"
    return f"{AUTHORITY}licence/{european}" if european else address
