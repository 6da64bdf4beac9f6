"""Words that hold a sentence together, by language: what begins, joins or ends a name."""

from __future__ import annotations

from typing import Final


def word_set(words: str) -> frozenset[str]:
    """The words of a text, for a table that is read more easily without quotation marks."""
    return frozenset(words.split())


# Before a noun; a capital letter at the head of a sentence makes none of them a name.
DETERMINERS: Final = word_set(
    "the a an this that these those its their our his her each every all both some several "
    "many most various numerous other another no any two three four five first last former "
    "such own regular annual joint common mutual der die das den dem des ein eine einer eines "
    "einem einen dieser diese dieses diesem diesen jeder jede jedes alle aller allen beide "
    "beiden beider viele vieler vielen mehrere mehrerer mehreren zahlreiche zahlreicher "
    "zahlreichen einige einiger einigen verschiedene verschiedener verschiedenen weitere "
    "weiterer weiteren andere anderer anderen unser unsere unserer ihr ihre ihrer ihren sein "
    "seine seiner seinen kein keine gemeinsame gemeinsamen regelmäßige regelmäßigen jährliche "
    "jährlicher zwei drei vier fünf erste ersten örtliche örtlichen hiesige hiesigen zum zur "
    "vom beim im am le la les l un une des du ce cette ces son sa ses leur leurs chaque "
    "plusieurs deux el los las unos unas su sus cada varios varias dos"
)
# What stands between parts of speech and is never in a name by itself.
FUNCTION: Final = DETERMINERS | word_set(
    "and or but with without by from to in into on at as than then also not of for is are was "
    "were be been has have had will would can may who which where when while during since "
    "until after before between among under over through about there here it they he she we "
    "you i mr mrs ms dr und oder aber mit ohne von vom nach zu in auf an als auch nicht für "
    "ist sind war waren sein hat haben hatte wird werden wurde wurden kann die wo wann "
    "während seit bis vor zwischen unter über durch es sie er wir man sowie dass ob um aus "
    "bei gegen ins ans dort hier dabei damit et ou mais avec sans par de dans sur au aux en "
    "est sont a ont qui que où depuis entre y o con sin por para del al es son fue ha han que "
    "donde desde hasta"
)
DEFINITE: Final = {
    "de": frozenset(
        ["der", "die", "das", "den", "dem", "des", "zum", "zur", "vom", "beim", "im", "am"]
    ),
    "en": frozenset(("the",)),
    "fr": frozenset(["le", "la", "les", "l", "l’", "l'", "du", "des", "au", "aux"]),
    "es": frozenset(["el", "la", "los", "las", "del", "al"]),
}
AND: Final = frozenset(("and", "und", "et", "y", "&", "sowie"))
TITLES: Final = word_set(
    "mayor president governor lord prof professor dr mr mrs ms chancellor minister director "
    "consul ambassador oberbürgermeister oberbürgermeisterin bürgermeister bürgermeisterin "
    "präsident präsidentin herr frau maire président monsieur madame alcalde alcaldesa "
    "presidente"
)
# After a noun of a name: of what, of whom, for what.
OF: Final = {
    "en": frozenset(("of", "for")),
    "de": frozenset(("für", "zu", "von")),
    "fr": frozenset(["de", "du", "des", "d", "d’", "d'", "la", "l", "l’", "l'", "pour"]),
    "es": frozenset(["de", "del", "la", "los", "las", "para"]),
}
# Gender of a German noun by its ending, for the base form of the adjectives before it.
FEMININE: Final = tuple(
    word_set(
        "schaft tät ion ung heit keit ik ei schule wehr akademie hilfe gruppe kapelle band oper "
        "stiftung kirche gemeinde messe bank kasse galerie kammer jugend behörde firma präfektur "
        "stadt philharmonie kantorei"
    )
)
NEUTER: Final = tuple(
    word_set(
        "haus klinikum museum orchester werk institut theater zentrum amt komitee quartett "
        "ensemble kreuz ministerium gymnasium land labor netz konsulat referat dezernat forum "
        "archiv kolleg unternehmen netzwerk"
    )
)


def nominative(adjective: str, noun: str) -> str:
    """The base form of a German adjective with a weak ending before a noun, in a name.

    >>> nominative("Städtischen", "Krankenhaus"), nominative("Medizinischen", "Klinik")
    ('Städtisches', 'Medizinische')
    >>> nominative("Nürnberger", "Berufsfeuerwehr")
    'Nürnberger'
    """
    if not adjective.endswith(("en", "em")):
        return adjective
    folded = noun.casefold()
    ending = "e" if folded.endswith(FEMININE) else "es" if folded.endswith(NEUTER) else "er"
    return adjective[:-2] + ending
