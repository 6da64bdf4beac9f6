"""Countries by name in the languages of pages, for lists of partners: `Albi, France - 1994`."""

from __future__ import annotations

from typing import Final

_NAMES: Final = (
    # English
    "Albania Argentina Armenia Australia Austria Azerbaijan Belarus Belgium Bolivia"
    " Bosnia_and_Herzegovina Brazil Bulgaria Cambodia Cameroon Canada Chile China Colombia"
    " Costa_Rica Croatia Cuba Cyprus Czechia Czech_Republic Denmark Ecuador Egypt England"
    " Estonia Ethiopia Finland France Georgia Germany Ghana Great_Britain Greece Guatemala"
    " Hungary Iceland India Indonesia Ireland Israel Italy Jamaica Japan Kazakhstan Kenya"
    " Korea South_Korea Latvia Lebanon Lithuania Luxembourg Macedonia North_Macedonia"
    " Malaysia Malta Mexico Moldova Mongolia Montenegro Morocco Mozambique Namibia Netherlands"
    " The_Netherlands New_Zealand Nicaragua Nigeria Northern_Ireland Norway Pakistan Palestine"
    " Peru Philippines Poland Portugal Romania Russia Rwanda Scotland Senegal Serbia Singapore"
    " Slovakia Slovenia South_Africa Spain Sweden Switzerland Taiwan Tanzania Thailand Tunisia"
    " Turkey UK USA Uganda Ukraine United_Kingdom United_States Uruguay Uzbekistan Venezuela"
    " Vietnam Wales Zimbabwe"
    # German
    " Albanien Argentinien Armenien Aserbaidschan Australien Belgien Bolivien Bosnien"
    " Bosnien-Herzegowina Brasilien Bulgarien Dänemark Deutschland Estland Finnland Frankreich"
    " Georgien Griechenland Großbritannien Indien Indonesien Irland Island Italien Kamerun"
    " Kanada Kasachstan Kolumbien Kroatien Kuba Lettland Litauen Luxemburg Marokko Mazedonien"
    " Nordmazedonien Mexiko Moldau Mosambik Neuseeland Niederlande Nordirland Norwegen"
    " Österreich Philippinen Polen Rumänien Russland Russische_Föderation Schottland Schweden"
    " Schweiz Serbien Slowakei Slowenien Spanien Südafrika Südkorea Tansania Tschechien"
    " Tschechische_Republik Tunesien Türkei Ungarn Usbekistan Vereinigte_Staaten"
    " Vereinigtes_Königreich Volksrepublik_China Weißrussland Zypern"
    # French
    " Albanie Algérie Allemagne Angleterre Argentine Arménie Autriche Azerbaïdjan Belgique"
    " Bénin Biélorussie Brésil Bulgarie Burkina_Faso Cameroun Chili Chine Chypre Colombie Corée"
    " Corée_du_Sud Croatie Danemark Écosse Égypte Espagne Estonie États-Unis Finlande Géorgie"
    " Grande-Bretagne Grèce Hongrie Inde Irlande Islande Israël Italie Japon Lettonie Liban"
    " Lituanie Macédoine Mali Maroc Mexique Norvège Nouvelle-Zélande Palestine Pays-Bas"
    " Pays_de_Galles Pologne Portugal République_tchèque Roumanie Royaume-Uni Russie Sénégal"
    " Serbie Slovaquie Slovénie Suède Suisse Tchéquie Tunisie Turquie Ukraine Viêt_Nam"
    # Spanish
    " Alemania Argelia Bélgica Brasil Canadá Chequia Corea_del_Sur Croacia Dinamarca Ecuador"
    " Escocia Eslovaquia Eslovenia España Estados_Unidos EE.UU. Filipinas Finlandia Francia"
    " Gran_Bretaña Grecia Hungría Inglaterra Irlanda Islandia Italia Japón Letonia Lituania"
    " Marruecos México Noruega Nueva_Zelanda Países_Bajos Panamá Perú Polonia Reino_Unido"
    " República_Checa República_Dominicana Rumanía Rusia Suecia Suiza Túnez Turquía Ucrania"
)
COUNTRIES: Final = frozenset(name.replace("_", " ").casefold() for name in _NAMES.split())


def is_partner(words: str) -> bool:
    """Whether words are no more than the name of a place and its country.

    >>> is_partner("Albi, France"), is_partner("Kiel (Germany)"), is_partner("a visit to France")
    (True, True, False)
    """
    place, comma, country = words.replace("(", ",").partition(",")
    names = place.split()
    is_name = 0 < len(names) <= 5 and names[0][0].isupper() and names[-1][0].isupper()  # noqa: PLR2004
    return bool(comma) and is_name and country.strip(" ),.").casefold() in COUNTRIES
