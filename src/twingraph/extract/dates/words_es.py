"""Spanish words of time: class -> words, `_` for a space, `=` before what a word is worth."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "IN": "en durante",
    "PREP": "para por con",
    "OFFROM": "de del",
    "THE": "el la los las un una",
    "TO": "a al",
    "APPROX": "hacia aproximadamente alrededor_de en_torno_a en_torno_al cerca_de",
    "YEARWORD": "año=1",
    "DECWORD": "años década década_de décadas",
    "MONTH": (
        "enero=1 ene=1 febrero=2 feb=2 marzo=3 abril=4 abr=4 mayo=5 junio=6 julio=7 agosto=8"
        " septiembre=9 setiembre=9 sept=9 octubre=10 oct=10 noviembre=11 nov=11 diciembre=12"
        " dic=12"
    ),
    "SEASON": (
        "primavera=21 primaveras=21 verano=22 veranos=22 otoño=23 otoños=23 invierno=24"
        " inviernos=24"
    ),
    "WEEKDAY": "lunes martes miércoles jueves viernes sábado domingo sábados domingos",
    "UNIT": "mes=M meses=M semana=W semanas=W día=D días=D trimestre=Q trimestres=Q horas=H",
    "CARD": (
        "dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12"
        " quince=15 veinte=20 veinticinco=25 treinta=30 cuarenta=40 cincuenta=50 sesenta=60"
        " setenta=70 ochenta=80 noventa=90"
    ),
    "ORD": (
        "primer=1 primero=1 primera=1 segundo=2 segunda=2 tercer=3 tercero=3 tercera=3 cuarto=4"
        " quinto=5 décimo=10 vigésimo=20 trigésimo=30 cuadragésimo=40 quincuagésimo=50"
    ),
    "CENTURY": "siglo siglos",
    "PART": "principios=early inicios=early comienzos=early mediados=mid finales=late fines=late",
    "SINCE": "desde a_partir_de a_partir_del",
    "SINCETHEN": "desde_entonces a_partir_de_entonces",
    "UNTIL": "hasta",
    "BETWEEN": "entre",
    "TODAY": "hoy actualidad la_actualidad ahora nuestros_días",
    "AND": "y e &",
    "OR": "o u",
    "EVERY": "cada todos_los todas_las",
    "PER": "por al",
    "TIMES": "vez=0 veces=0 una_vez=1 dos_veces=2 tres_veces=3 varias_veces=2",
    "RHYTHM": "ritmo intervalos intervalo ciclo",
    "RECUR": (
        "anual=annual anuales=annual anualmente=annual año_tras_año=annual bienal=biennial"
        " bienales=biennial bianual=biennial bianuales=biennial bienalmente=biennial"
        " un_año_de_cada_dos=biennial años_pares=biennial años_impares=biennial"
        " en_años_alternos=biennial años_alternos=biennial trienal=triennial"
        " cuatrienal=quadrennial trimestral=quarterly trimestrales=quarterly"
        " trimestralmente=quarterly mensual=monthly mensuales=monthly mensualmente=monthly"
        " semanal=regular semanalmente=regular semestral=regular regular=regular"
        " regulares=regular regularmente=regular con_regularidad=regular periódico=regular"
        " periódicos=regular periódica=regular periódicas=regular periódicamente=regular"
        " con_periodicidad=regular irregular=irregular esporádicamente=irregular"
        " esporádico=irregular esporádica=irregular ocasional=irregular ocasionales=irregular"
        " ocasionalmente=irregular de_vez_en_cuando=irregular de_forma_regular=regular"
    ),
    "ALTERNATING": "alternativamente alternadamente alternándose alternando alterna alternancia",
    "ANNIV": "aniversario aniversarios jubileo",
    "TIE": "hermanamiento amistad cooperación hermandad hermanamientos",
    "MARK": (
        "celebra celebran celebró celebraron celebrar celebrado celebrada cumple cumplen"
        " cumplió cumplieron cumplir conmemora conmemoró conmemorar festejó festejar"
    ),
    "OLD": "edad",
    "THIS": "este presente actual",
    "LAST": "pasado último pasada última pasados últimos últimas",
    "NEXT": "próximo próxima que_viene",
    "SAME": "mismo misma ese aquel",
    "FOLLOWING": "siguiente",
    "PREVIOUS": "anterior",
    "NEXTDAY": "al_día_siguiente el_día_siguiente un_día_después",
    "AGO": "atrás",
    "VOR": "hace",
    "LATER": "después más_tarde",
    "EARLIER": "antes",
    "AFTER": "tras después_de",
    "NEG": "no nunca sin ningún ninguna jamás tampoco",
    "ONLY": "solo sólo solamente",
    "PLAN": (
        "previsto prevista previstos previstas programado programada planeado planeada"
        " planificado planificada prevé"
    ),
    "MANY": "muchos muchas varios varias numerosos numerosas algunos largos",
    "LONG": "desde_siempre desde_hace_tiempo desde_hace_mucho_tiempo desde_hace_años",
    "QUANT": "más_de casi unos unas menos_de al_menos cerca_de otros otras hasta_los",
    "LABEL": (
        "tel tfno teléfono fax núm número nº n° no apartado sala página iso artículo art línea"
        " autobús agenda horizonte § cp calle avenida"
    ),
    "COUNT": (
        "habitantes habitante personas visitantes alumnos estudiantes participantes miembros"
        " jóvenes niños espectadores ciudadanos vecinos hombres mujeres euros euro pesetas"
        " dólares km kilómetros kilómetro metros m hectáreas toneladas kg libros árboles plazas"
        " ejemplares empleados empresas horas minutos días semanas meses veces obras camas"
        " viviendas socios voluntarios deportistas corredores músicos soldados familias"
        " asistentes"
    ),
}
