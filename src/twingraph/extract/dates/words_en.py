"""English words of time: class -> words, `_` for a space, `=` before what a word is worth."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "IN": "in on during within",
    "PREP": "by for at",
    "OF": "of",
    "THE": "the a an",
    "APPROX": "about around circa ca c approximately roughly",
    "YEARWORD": "year=1 years=2",
    "MONTH": (
        "january=1 jan=1 february=2 feb=2 march=3 mar=3 april=4 apr=4 may=5 june=6 jun=6 july=7"
        " jul=7 august=8 aug=8 september=9 sept=9 sep=9 october=10 oct=10 november=11 nov=11"
        " december=12 dec=12"
    ),
    "SEASON": "spring=21 springtime=21 summer=22 autumn=23 fall=23 winter=24",
    "WEEKDAY": "monday tuesday wednesday thursday friday saturday sunday weekend",
    "UNIT": (
        "month=M months=M week=W weeks=W day=D days=D weekend=D weekends=D quarter=Q hour=H hours=H"
    ),
    "CARD": (
        "one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11"
        " twelve=12 thirteen=13 fifteen=15 twenty=20 thirty=30 forty=40 fifty=50 sixty=60"
        " seventy=70"
    ),
    "ORD": (
        "first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10"
        " eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16"
        " seventeenth=17 eighteenth=18 nineteenth=19 twentieth=20 twenty-first=21 thirtieth=30"
        " fortieth=40 fiftieth=50 sixtieth=60"
    ),
    "OTHER": "other=2 single=1",
    "DECADE": "fifties=195X sixties=196X seventies=197X eighties=198X nineties=199X",
    "CENTURY": "century centuries",
    "PART": (
        "early=early mid=mid middle=mid late=late beginning=early start=early end=late"
        " later_part=late latter_part=late"
    ),
    "SINCE": "since starting_in beginning_in starting_from starting beginning_with starting_with",
    "SINCETHEN": "since_then ever_since from_then_on since_that_time",
    "UNTIL": "until till up_to up_until",
    "FROM": "from",
    "BETWEEN": "between",
    "TO": "to through thru",
    "ONWARD": "onward onwards on forward",
    "TODAY": "present today now date present_day this_day the_present the_present_day",
    "AND": "and &",
    "OR": "or",
    "EVERY": "every each",
    "PER": "per a each every",
    "TIMES": "once=1 twice=2 times=0",
    "RHYTHM": "intervals interval cycle rhythm basis",
    "RECUR": (
        "annual=annual annually=annual yearly=annual year_after_year=annual year_on_year=annual"
        " year_in_year_out=annual odd-numbered_years=biennial even-numbered_years=biennial"
        " alternate_years=biennial alternating_years=biennial biennial=biennial"
        " biennially=biennial bi-annual=regular biannual=regular biannually=regular"
        " semiannual=regular semi-annual=regular triennial=triennial triennially=triennial"
        " quadrennial=quadrennial quadrennially=quadrennial quarterly=quarterly monthly=monthly"
        " weekly=regular fortnightly=regular bimonthly=regular regular=regular regularly=regular"
        " periodic=regular periodically=regular periodical=regular at_regular_intervals=regular"
        " irregular=irregular irregularly=irregular occasional=irregular occasionally=irregular"
        " sporadic=irregular sporadically=irregular from_time_to_time=irregular"
        " now_and_then=irregular at_irregular_intervals=irregular repeatedly=regular"
        " again_and_again=regular time_and_again=regular"
    ),
    "ALTERNATING": "alternating alternately alternates alternate in_turn in_turns by_turns",
    "ANNIV": "anniversary anniversaries jubilee",
    "TIE": (
        "friendship friendships twinning partnership partnerships sister sisterhood cooperation"
        " sister-city exchange exchanges"
    ),
    "MARK": (
        "mark marks marked marking celebrate celebrates celebrated celebrating celebration"
        " celebrations commemorate commemorates commemorated commemorating"
    ),
    "OLD": "old",
    "THIS": "this current",
    "LAST": "last past previous_calendar",
    "NEXT": "next coming upcoming",
    "SAME": "same that",
    "FOLLOWING": "following subsequent",
    "PREVIOUS": "previous preceding prior",
    "NEXTDAY": "the_next_day the_following_day the_day_after the_day_afterwards",
    "AGO": "ago",
    "LATER": "later afterwards",
    "EARLIER": "earlier",
    "AFTER": "after following",
    "NEG": "not no never without isn't aren't hardly neither",
    "ONLY": "only just",
    "PLAN": "planned planning plan plans scheduled foreseen envisaged upcoming",
    "MANY": "many several some few numerous countless",
    "LONG": "for_many_years for_years for_decades for_a_long_time for_several_years",
    "QUANT": (
        "over more_than nearly almost at_least some less_than fewer_than under exactly"
        " as_many_as a_total_of another"
    ),
    "LABEL": (
        "tel telephone phone fax no nr number box room page pp iso din article section"
        " paragraph § flight bus line agenda horizon suite apt route highway population altitude"
        " code zip postcode id isbn"
    ),
    "STREET": "street avenue road boulevard drive lane blvd ave st rd highway parkway",
    "COUNT": (
        "people persons inhabitants residents citizens visitors students pupils participants"
        " members guests children youths teenagers spectators guests athletes runners singers"
        " musicians soldiers families households volunteers teachers delegates scouts dollars"
        " dollar usd eur euro euros pounds pound yen miles mile km kilometers kilometres"
        " kilometer kilometre meters metres m ft feet foot acres acre hectares ha sq square tons"
        " tonnes kg square_kilometers books trees works paintings seats copies employees workers"
        " refugees tourists individuals participants attendees hours minutes days weeks months"
        " years times percent beds schools items objects photographs pictures companies homes"
        " houses businesses passengers men women boys girls fans players friends supporters"
        " listeners viewers donors signatures"
    ),
}
