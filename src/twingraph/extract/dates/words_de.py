"""German words of time: class -> words, `_` for a space, `=` before what a word is worth."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "IN": "in im ins am an während",
    "PREP": "zu bei beim für auf aus",
    "THE": "der die das dem den des zum zur ein eine einem einer eines",
    "APPROX": "um ca circa zirka etwa ungefähr gegen",
    "YEARWORD": "jahr=1 jahre=2 jahren=2 jahres=1 jahrs=1",
    "MONTH": (
        "januar=1 jan=1 jänner=1 februar=2 feb=2 feber=2 märz=3 mär=3 april=4 apr=4 mai=5"
        " juni=6 jun=6 juli=7 jul=7 august=8 aug=8 september=9 sept=9 sep=9 oktober=10 okt=10"
        " november=11 nov=11 dezember=12 dez=12"
    ),
    "SEASON": (
        "frühling=21 frühjahr=21 frühjahrs=21 sommer=22 sommers=22 herbst=23 herbstes=23"
        " winter=24 winters=24"
    ),
    "WEEKDAY": "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag wochenende",
    "UNIT": (
        "monat=M monate=M monaten=M monats=M woche=W wochen=W tag=D tage=D tagen=D quartal=Q"
        " wochenende=D stunde=H stunden=H"
    ),
    "CARD": (
        "ein=1 eine=1 einem=1 einen=1 einer=1 eins=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6"
        " sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13 vierzehn=14 fünfzehn=15"
        " zwanzig=20 fünfundzwanzig=25 dreißig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70"
    ),
    "ORD": (
        "erste=1 ersten=1 zweite=2 zweiten=2 zweites=2 dritte=3 dritten=3 drittes=3 vierte=4"
        " vierten=4 viertes=4 fünfte=5 fünften=5 sechste=6 sechsten=6 zehnte=10 zehnten=10"
        " zwanzigste=20 zwanzigsten=20 fünfundzwanzigste=25 fünfundzwanzigsten=25 dreißigste=30"
        " dreißigsten=30 vierzigste=40 vierzigsten=40 fünfzigste=50 fünfzigsten=50 sechzigste=60"
        " sechzigsten=60"
    ),
    "OTHER": "andere=2 anderen=2",
    "DECADE": (
        "zwanziger=192X dreißiger=193X vierziger=194X fünfziger=195X sechziger=196X"
        " siebziger=197X achtziger=198X neunziger=199X"
    ),
    "CENTURY": "jahrhundert jahrhunderts jahrhunderte jh jhd jhdt jahrhunderten",
    "PART": (
        "anfang=early beginn=early anfangs=early frühe=early frühen=early mitte=mid ende=late"
        " späte=late späten=late ausgehenden=late mittleren=mid"
    ),
    "SINCE": "seit ab beginnend_mit ausgehend_von",
    "SINCETHEN": "seitdem seither von_da_an seit_dieser_zeit seit_damals seit_diesem_jahr",
    "UNTIL": "bis",
    "FROM": "von vom",
    "BETWEEN": "zwischen",
    "TO": "",
    "ONWARD": "an",
    "TODAY": "heute jetzt dato zum_heutigen_tag zum_heutigen_tage in_die_gegenwart",
    "AND": "und sowie & u",
    "OR": "oder bzw beziehungsweise",
    "EVERY": "jedes jeden jeder jedem alle aller all",
    "PER": "pro im je",
    "TIMES": "einmal=1 zweimal=2 dreimal=3 viermal=4 mehrmals=2 mehrfach=2 mal=0",
    "RHYTHM": (
        "rhythmus turnus abstand abständen wechsel zyklus intervall intervallen jahresrhythmus"
        " takt folge"
    ),
    "RECUR": (
        "jahr_für_jahr=annual jahr_um_jahr=annual alle_jahre_wieder=annual"
        " quartalsweise=quarterly im_jahresrhythmus=annual im_jahresturnus=annual"
        " im_zweijahresrhythmus=biennial zweijahresrhythmus=biennial zweijahresturnus=biennial"
        " dreijahresrhythmus=triennial vierjahresrhythmus=quadrennial"
        " zwei-jahres-rhythmus=biennial vierteljahresrhythmus=quarterly immer_wieder=regular"
        " in_regelmäßigen_abständen=regular in_unregelmäßigen_abständen=irregular"
        " in_unregelmäßiger_folge=irregular hin_und_wieder=irregular ab_und_zu=irregular"
        " ab_und_an=irregular von_zeit_zu_zeit=irregular dann_und_wann=irregular"
        " in_loser_folge=irregular ungeraden_jahren=biennial geraden_jahren=biennial"
    ),
    "ALWAYS": "immer",
    "WORD": "noch_immer wie_immer schon_immer immer_noch immer_mehr für_immer nicht_immer",
    "ALTERNATING": "abwechselnd wechselweise im_wechsel",
    "ANNIV": (
        "jubiläum jubiläums jubiläen jahrestag jahrestages jahrestags jahrestage jahrfeier"
        " bestehen bestehens feier jubeljahr jahrfeierlichkeiten partnerschaftsfeier"
    ),
    "TIE": "zusammenarbeit verbundenheit jugendaustausch schüleraustausch austausch",
    "MARK": (
        "feiern feiert feierte feierten feierlich gefeiert begehen begeht beging begingen"
        " begangen feierlichkeiten"
    ),
    "OLD": "alt alte alten alter",
    "THIS": "dieses diesem diesen diesjährige diesjährigen laufenden",
    "LAST": (
        "letztes letzten letztem letzter vergangenes vergangenen vergangenem vergangener"
        " voriges vorigen"
    ),
    "NEXT": "nächstes nächsten nächstem kommendes kommenden kommendem",
    "SAME": "selben gleichen jenem demselben desselben dasselbe dieselben selbigen",
    "FOLLOWING": "folgenden folgendes darauffolgenden darauf_folgenden anschließenden",
    "PREVIOUS": "vorhergehenden vorangegangenen vorausgegangenen",
    "THISYEAR": "heuer=0 diesjährig=0 diesjährige=0 diesjährigen=0 vorjahr=-1 vorjahres=-1",
    "THATYEAR": "folgejahr=1 folgejahres=1",
    "NEXTDAY": (
        "tags_darauf am_nächsten_tag am_folgenden_tag am_folgetag einen_tag_später"
        " am_darauffolgenden_tag"
    ),
    "AGO": "",
    "VOR": "vor",
    "LATER": "später danach darauf",
    "EARLIER": "zuvor davor früher vorher",
    "AFTER": "nach",
    "NEG": "nicht kein keine keinen keiner keinem keines nie niemals ohne weder nirgends kaum",
    "ONLY": "nur",
    "PLAN": (
        "geplant geplante geplanten geplanter geplantes vorgesehen vorgesehene vorgesehenen"
        " plant planen anvisiert anvisierte angedacht beabsichtigt"
    ),
    "MANY": (
        "viele vielen vieler mehrere mehreren mehrerer einige einigen einiger zahlreiche"
        " zahlreichen"
    ),
    "LONG": (
        "seit_langem seit_jahren seit_jahrzehnten seit_längerem seit_jeher seit_langer_zeit"
        " seit_je_her seit_alters_her jahrelang jahrzehntelang langjährig langjährige"
        " langjährigen langjähriger langjähriges"
    ),
    "QUANT": (
        "über mehr_als rund knapp fast mindestens gut bis_zu weniger_als insgesamt weitere"
        " weiteren nahezu annähernd beinahe höchstens genau lediglich"
    ),
    "LABEL": (
        "tel telefon fax telefax nr nummer zimmer raum postfach seite iso din artikel art"
        " absatz abs § ziffer zi plz linie bus flug agenda horizont durchwahl hausnummer"
        " postleitzahl aktenzeichen az einwohnerzahl"
    ),
    "COUNT": (
        "einwohner einwohnern einwohnerinnen menschen personen bürger bürgern bürgerinnen"
        " besucher besuchern besucherinnen gäste gästen schüler schülern schülerinnen studenten"
        " studierende studierenden teilnehmer teilnehmern teilnehmerinnen teilnehmende"
        " teilnehmenden mitglieder mitgliedern jugendliche jugendlichen kinder kindern zuschauer"
        " zuschauern zuhörer sportler sportlerinnen läufer sänger musiker soldaten familien"
        " haushalte helfer lehrer euro eur dm mark dollar pfund yen franken kronen meter metern"
        " m km kilometer kilometern kilometer quadratkilometer quadratmeter qkm km² m² hektar ha"
        " tonnen kg kilogramm bücher bände bäume plätze plätzen sitze sitzen stück exemplare"
        " arbeitsplätze beschäftigte beschäftigten mitarbeiter mitarbeitern mitarbeiterinnen"
        " flüchtlinge uhr prozent % stunden minuten tage tagen wochen monate jahre jahren mal"
        " betten gemälde werke werken objekte fotos bilder firmen betriebe unternehmen wohnungen"
        " häuser männer frauen mädchen jungen fans spieler freunde paare christen juden seelen"
    ),
}
# Adjectives, to be inflected.
STEMS: Final = {
    "RECUR": (
        "jährlich=annual alljährlich=annual vierteljährlich=quarterly halbjährlich=regular"
        " monatlich=monthly wöchentlich=regular regelmäßig=regular unregelmäßig=irregular"
        " turnusmäßig=regular gelegentlich=irregular sporadisch=irregular periodisch=regular"
        " wiederkehrend=regular mehrjährlich=regular"
    ),
    "ALTERNATING": "alternierend",
}
ENDINGS: Final = ("", "e", "en", "er", "es", "em")
# What stands before -jährig and its like.
NUMBERS: Final = (
    "ein=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12"
    " fünfzehn=15 zwanzig=20 fünfundzwanzig=25 dreißig=30 vierzig=40 fünfzig=50 sechzig=60"
    " siebzig=70 achtzig=80 neunzig=90 hundert=100"
)
# Compounds are known by their last word.
LAST_WORDS: Final = {
    "TIE": ("partnerschaft", "freundschaft"),
    "ANNIV": ("jubiläum", "jubiläums", "jubiläen", "jahrestag", "jahrestages", "jahrestags"),
    "COUNT": (
        "besucher",
        "besuchern",
        "schüler",
        "schülern",
        "schülerinnen",
        "teilnehmer",
        "teilnehmern",
        "einwohner",
        "einwohnern",
        "mitglieder",
        "mitgliedern",
    ),
}
