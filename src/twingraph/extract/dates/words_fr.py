"""French words of time: class -> words, `_` for a space, `=` before what a word is worth."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "IN": "en dans durant pendant lors courant",
    "INTO": "à au aux",
    "PREP": "pour sur par",
    "OF": "d'",
    "OFFROM": "de du des",
    "THE": "le la les l' un une",
    "APPROX": "vers environ autour_de aux_alentours_de",
    "YEARWORD": "an=1 ans=2 année=1",
    "DECWORD": "années",
    "MONTH": (
        "janvier=1 janv=1 février=2 févr=2 fév=2 mars=3 avril=4 avr=4 mai=5 juin=6 juillet=7"
        " juil=7 août=8 septembre=9 sept=9 octobre=10 oct=10 novembre=11 nov=11 décembre=12"
        " déc=12"
    ),
    "SEASON": "printemps=21 été=22 étés=22 automne=23 automnes=23 hiver=24 hivers=24",
    "WEEKDAY": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "UNIT": (
        "mois=M semaine=W semaines=W jour=D jours=D trimestre=Q trimestres=Q heures=H week-end=D"
    ),
    "CARD": (
        "deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12"
        " quinze=15 vingt=20 trente=30 quarante=40 cinquante=50 soixante=60 soixante-dix=70"
        " quatre-vingt=80 quatre-vingts=80 quatre-vingt-dix=90"
    ),
    "ORD": (
        "premier=1 première=1 deuxième=2 second=2 seconde=2 troisième=3 quatrième=4 cinquième=5"
        " dixième=10 vingtième=20 trentième=30 quarantième=40 cinquantième=50 soixantième=60"
    ),
    "CENTURY": "siècle siècles",
    "PART": "début=early milieu=mid fin=late mi=mid",
    "SINCE": "depuis dès à_partir_de à_partir_du à_compter_de à_compter_du à_partir_d'",
    "SINCETHEN": "depuis_lors dès_lors depuis_cette_date depuis_cette_époque depuis_ce_temps",
    "UNTIL": "jusqu'_en jusqu'_au jusqu'_à jusque jusqu'",
    "BETWEEN": "entre",
    "TODAY": "aujourd'_hui nos_jours ce_jour maintenant",
    "AND": "et & puis",
    "OR": "ou",
    "EVERY": "chaque tous_les toutes_les tous toutes",
    "PER": "par",
    "TIMES": "fois=0 une_fois=1 deux_fois=2 trois_fois=3 plusieurs_fois=2",
    "RHYTHM": "rythme intervalle intervalles cycle",
    "RECUR": (
        "annuel=annual annuelle=annual annuels=annual annuelles=annual annuellement=annual"
        " année_après_année=annual d'_année_en_année=annual bisannuel=biennial"
        " bisannuelle=biennial bisannuels=biennial bisannuelles=biennial biennal=biennial"
        " biennale=biennial biennaux=biennial biennales=biennial un_an_sur_deux=biennial"
        " années_paires=biennial années_impaires=biennial une_année_sur_deux=biennial"
        " triennal=triennial triennale=triennial quadriennal=quadrennial"
        " quadriennale=quadrennial trimestriel=quarterly trimestrielle=quarterly"
        " trimestriellement=quarterly trimestriels=quarterly trimestrielles=quarterly"
        " mensuel=monthly mensuelle=monthly mensuels=monthly mensuelles=monthly"
        " mensuellement=monthly hebdomadaire=regular semestriel=regular semestrielle=regular"
        " régulier=regular réguliers=regular régulière=regular régulières=regular"
        " régulièrement=regular périodique=regular périodiques=regular périodiquement=regular"
        " irrégulier=irregular irrégulière=irregular irrégulièrement=irregular"
        " occasionnel=irregular occasionnelle=irregular occasionnellement=irregular"
        " ponctuellement=irregular de_temps_en_temps=irregular à_intervalles_réguliers=regular"
        " à_plusieurs_reprises=regular"
    ),
    "ALTERNATING": "alternativement alternance en_alternance tour_à_tour alternée alternées",
    "ANNIV": "anniversaire anniversaires jubilé",
    "TIE": "jumelage amitié coopération partenariat jumelages",
    "MARK": (
        "fête fêtent fêté fêtés fêtée fêter fêtait célèbre célèbrent célébré célébrée célébrés"
        " célébrer marque marquent marqué marquer commémore commémoré"
    ),
    "OLD": "âgés âgé",
    "THIS": "cette ce",
    "LAST": "dernier dernière passé passée derniers dernières",
    "NEXT": "prochain prochaine",
    "SAME": "même",
    "FOLLOWING": "suivante suivant",
    "PREVIOUS": "précédente précédent",
    "NEXTDAY": "le_lendemain lendemain le_jour_suivant",
    "AGO": "",
    "VOR": "il_y_a voici voilà voilà_déjà",
    "LATER": "plus_tard après",
    "EARLIER": "plus_tôt auparavant avant",
    "AFTER": "après",
    "NEG": "pas aucun aucune jamais sans ni non",
    "ONLY": "seulement",
    "PLAN": (
        "prévu prévue prévus prévues programmé programmée envisagé envisagée planifié planifiée"
    ),
    "MANY": "plusieurs nombreuses nombreux quelques longues",
    "LONG": "depuis_longtemps de_longue_date depuis_toujours",
    "QUANT": "plus_de près_de quelque quelques moins_de au_moins presque jusqu'_à",
    "LABEL": (
        "tél tel téléphone fax no nº n° numéro bp cs salle page iso article art ligne bus"
        " agenda horizon cedex bureau poste § rue avenue boulevard"
    ),
    "COUNT": (
        "habitants habitant personnes visiteurs élèves étudiants participants membres jeunes"
        " enfants spectateurs citoyens hommes femmes euros euro francs dollars km kilomètres"
        " kilomètre mètres m ha hectares tonnes kg livres arbres places exemplaires salariés"
        " entreprises heures minutes jours semaines mois ans fois œuvres lits logements"
        " collégiens lycéens adhérents bénévoles sportifs coureurs musiciens choristes soldats"
    ),
}
