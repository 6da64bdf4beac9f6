"""Furniture of a page: navigation, contacts, notices; by what a line says, in five languages."""

from __future__ import annotations

import re
from typing import Final

_SHORT: Final = 120  # characters; nothing longer is an address or an entry of a menu
_NOTICE: Final = 1200  # characters; a notice on cookies can be long
_EDGES: Final = " \t\u00a0.:…|<>«»‹›→←↑↓▲▼►▶+*[]()!"


def _entries(text: str) -> frozenset[str]:
    return frozenset(text.split("|"))


# Whole lines of navigation, whatever stands around them; case and marks aside.
_MENU: Final = _entries(
    # de
    "mehr|mehr erfahren|mehr lesen|mehr dazu|mehr infos|mehr informationen|mehr anzeigen|"
    "weiterlesen|weiter lesen|weitere informationen|weitere infos|details|zurück|vor|"
    "nach oben|zum seitenanfang|seitenanfang|zur übersicht|seite drucken|drucken|druckversion|"
    "druckansicht|seite teilen|teilen|seite empfehlen|weiterempfehlen|seite vorlesen|vorlesen|"
    "suche|suchen|suchbegriff|menü|menu|navigation|hauptnavigation|hauptmenü|schließen|"
    "menü schließen|menü öffnen|zum inhalt|zum inhalt springen|direkt zum inhalt|"
    "zur navigation springen|zum hauptinhalt|zum hauptinhalt springen|startseite|"
    "inhaltsverzeichnis|sitemap|impressum|datenschutz|datenschutzerklärung|datenschutzhinweise|"
    "datenschutzhinweis|nutzungsbedingungen|erklärung zur barrierefreiheit|"
    "barrierefreiheitserklärung|leichte sprache|gebärdensprache|sprache wählen|newsletter|"
    "newsletter abonnieren|rss|rss-feed|login|anmelden|abmelden|kontaktformular|alle akzeptieren|"
    "akzeptieren|alle ablehnen|ablehnen|einstellungen|cookie-einstellungen|cookies|folgen sie uns|"
    "folge uns|soziale medien|social media|externer link|link öffnet in neuem fenster|"
    "weitere links|weiterführende links|das könnte sie auch interessieren|auf dieser seite|"
    "inhalt dieser seite|bildergalerie öffnen|kommentare|kommentar schreiben|merkzettel|"
    # en
    "more|read more|learn more|find out more|show more|see more|view more|more information|"
    "more info|back|next|previous|back to top|top|go to top|back to overview|print|"
    "print this page|print page|share|share this|share this page|share page|share on facebook|"
    "search|close|open menu|close menu|main menu|main navigation|skip to content|"
    "skip to main content|skip to navigation|jump to content|home|homepage|site map|imprint|"
    "legal notice|privacy|privacy policy|privacy notice|terms of use|terms and conditions|terms|"
    "disclaimer|accessibility statement|subscribe|sign up|log in|sign in|register|accept all|"
    "accept|reject all|decline|cookie settings|cookie policy|follow us|follow us on|"
    "related links|related pages|related content|quick links|on this page|table of contents|"
    "comments|leave a comment|leave a reply|was this page helpful?|was this page helpful|"
    "last updated|translate|translate this page|"
    # fr
    "plus|en savoir plus|lire la suite|lire plus|voir plus|plus d'informations|plus d'infos|"
    "retour|retour en haut|haut de page|haut de la page|suivant|précédent|imprimer|partager|"
    "partager cette page|rechercher|recherche|fermer|menu principal|aller au contenu|"
    "aller au contenu principal|accueil|plan du site|mentions légales|"
    "politique de confidentialité|confidentialité|données personnelles|accessibilité|"
    "conditions d'utilisation|s'abonner|se connecter|connexion|tout accepter|tout refuser|"
    "accepter|refuser|gestion des cookies|suivez-nous|liens utiles|sommaire|"
    # es
    "más|más información|leer más|saber más|ver más|volver|volver arriba|subir|siguiente|"
    "anterior|imprimir|compartir|buscar|cerrar|menú|menú principal|ir al contenido|"
    "saltar al contenido|ir al contenido principal|inicio|mapa del sitio|mapa web|aviso legal|"
    "política de privacidad|privacidad|protección de datos|política de cookies|accesibilidad|"
    "suscribirse|iniciar sesión|aceptar|aceptar todo|rechazar|síguenos|síganos|enlaces|"
    # ja
    "もっと見る|詳しくはこちら|詳細はこちら|続きを読む|戻る|前へ|次へ|ページの先頭へ|"
    "ページの先頭へ戻る|ページトップへ|このページの先頭へ|本文へ|本文へスキップ|印刷|検索|閉じる|"
    "メニュー|ホーム|トップページ|トップ|サイトマップ|プライバシーポリシー|個人情報保護|"
    "個人情報の取り扱い|免責事項|著作権|リンク集|関連リンク|シェア|ツイート|"
    # all
    "facebook|twitter|instagram|youtube|linkedin|whatsapp|xing|pinterest|mastodon|tiktok|"
    "telegram|bluesky|x|a-z|a–z"
)
# Entries of menus too, but words of their own right: they count only beside entries of the above.
_MENU_BESIDE: Final = _entries(
    "kontakt|contact|contact us|contacto|contacts|お問い合わせ|presse|press|prensa|aktuelles|news|"
    "nachrichten|actualités|noticias|events|veranstaltungen|barrierefreiheit|accessibility|jobs|"
    "karriere|careers|help|hilfe|aide|ayuda|faq|downloads|download|service|services|über uns|"
    "about|about us|e-mail|email|english|deutsch|français|francais|español|italiano|日本語|中文|"
    "polski|nederlands|русский|türkçe|українська|العربية|한국어|de|en|fr|es|ja|it"
)
_LANGUAGE_NAMES: Final = _entries(
    "english|deutsch|français|francais|español|italiano|日本語|中文|polski|nederlands|русский|türkçe|"
    "українська|العربية|한국어|leichte sprache|português|čeština"
)
_HOME: Final = _entries("startseite|home|homepage|accueil|inicio|ホーム|トップ|トップページ")

# Whole lines of some form.
_NOTICES: Final = re.compile(
    r"(?:zur|zum) \S{2,40}(?:seite|übersicht|homepage|website|startseite|portal|webauftritt)"
    r"|(?:zurück|back|retour|volver) (?:zur?|zum|to|à|a|al) .{1,60}"
    r"|(?:©|\(c\)|copyright\b).{0,100}|.{0,60}(?:all rights reserved|alle rechte vorbehalten"
    r"|tous droits réservés|todos los derechos reservados)\W*"
    r"|(?:sie sind hier|sie befinden sich hier|you are here|vous êtes ici|está (?:usted )?aquí"
    r"|usted está aquí|現在位置)\b.{0,100}"
    r"|(?:stand|letzte (?:änderung|aktualisierung)|zuletzt (?:geändert|aktualisiert)"
    r"|aktualisiert am|veröffentlicht am|last (?:updated|modified|reviewed|changed)|published on"
    r"|page last \w+|mis à jour le|dernière mise à jour|publié le|última actualización"
    r"|actualizado el|更新日|最終更新日?|掲載日|公開日)(?![a-zäöüß])(?: on| am| le)?\s*[:：]?"
    r"\s*[^.!?]{0,12}\d.{0,30}"
    r"|(?:fotos?|photos?|bild(?:er|nachweis)?|image|quelle|source|crédits?|写真)\s*[:：]\D{1,80}"
    r"|(?:seite|page|página) \d+ (?:von|of|sur|de) \d+|(?:\d+ ){2,}\d+|[|·•/\\ ]+"
    r"|(?:auf|on|sur|en) (?:facebook|twitter|instagram|whatsapp|linkedin|x)"
    r" (?:teilen|share|partager)"
    r"|share (?:on|via) \S+|(?:print|share|drucken|teilen|tweet)(?: (?:print|share|drucken|teilen"
    r"|tweet))+",
    re.IGNORECASE,
)
_COOKIES: Final = re.compile(
    r"cookies?\b[^\n]{0,300}(?:akzept|zustimm|verwend|nutz|einstell|accept|consent|agree|using"
    r"|\buse|website|settings|utilis|refus|acept|utiliz|usamos|使用)"
    r"|(?:verwende|nutz|uses?\b|using|utilis|utiliz|usamos|setzen)[^\n]{0,60}cookies",
    re.IGNORECASE,
)

# A line that stands over contacts, if what follows shows that it does.
_OVER_CONTACTS: Final = re.compile(
    r"(?:ihre?n? )?(?:kontakt(?:e|daten|adresse|information(?:en)?)?|ansprechpartner\S{0,8}"
    r"|ansprechperson\S{0,3}|ansprechstelle)(?: .{1,40})?"
    r"|(?:noch |haben sie (?:noch )?)?fragen.{0,60}|.{0,40}fragen beantworte[nt].{0,40}"
    r"|(?:weitere |nähere |mehr )?(?:informationen?|auskünfte|auskunft|infos?)\b.{0,60}"
    r"|.{0,60}wenden sie sich\b.{0,40}|so erreichen sie uns.{0,20}|(?:post)?anschrift|adressen?"
    r"|öffnungszeiten|sprechzeiten|servicezeiten|zuständige? .{1,40}"
    r"|.{0,60}\bcontact(?: us| me)?|contact(?:s| us| person| details| information| information)?"
    r"(?: .{1,40})?|.{0,20}get in touch(?: with us)?.{0,20}|(?:any )?(?:questions|enquiries"
    r"|inquiries).{0,60}|(?:for )?(?:more|further) information.{0,60}|(?:postal )?address"
    r"|(?:opening|office|business) hours|how to (?:reach|find) us|reach us.{0,20}"
    r"|.{0,40}contacte[rz](?:-nous)?.{0,40}|coordonnées|renseignements?.{0,40}|vos? contacts?"
    r"|(?:jours et )?horaires?(?: d['’]ouverture)?|nous écrire|nous joindre"
    r"|contactos?|contáct(?:e|a)(?:nos|no).{0,20}|.{0,20}en contacto.{0,40}|información de contacto"
    r"|dirección|horarios?(?: de .{1,30})?"
    r"|.{0,20}お?問い?合わ?せ.{0,20}|連絡先|所在地|担当.{0,12}|開庁時間|受付時間",
    re.IGNORECASE,
)
# These are contacts by what they say, whatever follows.
_SURELY_CONTACTS: Final = re.compile(
    r"(?:please )?(?:(?:don['’]t|do not) hesitate to|feel free to) contact (?:us|me)"
    r"|get in touch(?: with us)?|contact us|so erreichen sie uns|kontaktieren sie uns"
    r"|(?:ihre? )?fragen beantwort(?:en|et)(?: ihnen)?(?: gerne?)?|schreiben sie uns"
    r"|n['’]hésitez pas à nous contacter|contactez-nous|nous contacter|contáct[ae]nos"
    r"|póngase en contacto(?: con nosotros)?|お問い?合わ?せ先?(?:はこちら)?",
    re.IGNORECASE,
)

_NUMBER: Final = r"[+(]?[0-9０-９][0-9０-９()/ .–-]{3,}"
_DAY: Final = (
    r"(?:mo|di|mi|do|fr|sa|so|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?"
    r"|sonntags?|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|mondays?|tuesdays?|wednesdays?|thursdays?"
    r"|fridays?|saturdays?|sundays?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?"
    r"|lunes|martes|miércoles|jueves|viernes|sábados?|domingos?)"
)
_TIME: Final = r"[0-9]{1,2}(?:[:.h][0-9]{2})?\s*(?:uhr|h|am|pm|a\.m\.|p\.m\.)?"
_REACHED: Final = re.compile(
    rf"(?:tel|telefon|phone|telephone|fon|fax|telefax|mobil|mobile|handy|tél|téléphone|télécopie"
    rf"|teléfono|móvil|電話(?:番号)?|ファ(?:ッ)?クス|ｆａｘ|ｔｅｌ)"
    rf"\.?\s*[:：]?\s*(?:\S{{1,12}}\s)?{_NUMBER}.*"
    r"|(?:\+|00?|\()[0-9][0-9()/ .–-]{6,}"
    r"|(?:e-?mail|mail|courriel|correo(?: electrónico)?|メール(?:アドレス)?)\s*[:：].*"
    r"|\S+\s?(?:@|\(at\)|\[at\])\s?\S+\.[a-z]{2,}"
    r"|(?:(?:web|internet|website|homepage|site(?: web| internet)?)\s*[:：]\s*)?"
    r"(?:https?://|www\.)\S+"
    rf"|{_DAY}\.?(?:\s*(?:[-–,/&]|bis|und|to|and|à|au|a|y|et|through)\s*{_DAY}\.?)*"
    rf"\s*[:：,]?\s*(?:von |from |de )?{_TIME}\s*(?:[-–]|bis|to|à|a|until|and)\s*{_TIME}"
    r"(?:\W.{0,60})?",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(
    r"\b(?:tel|telefon|phone|telephone|fon|fax|tél|téléphone|teléfono)\b\.?\s*[:：]?\s*"
    r"[+(]{0,2}[0-9][0-9()/ .–-]{5,}",
    re.IGNORECASE,
)
_A_YEAR: Final = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b")
_NO_YEAR: Final = r"(?!(?:1[89]|20)[0-9]{2}\b)"
_STANDS: Final = re.compile(
    r"(?:[^,]{1,50}, )?[^\W\d][^,]{0,40}(?i:straße|strasse|str\.|platz|gasse|weg|allee|ring|markt"
    rf"|ufer|damm|promenade|graben|wall|chaussee) {_NO_YEAR}[0-9]{{1,4}} ?[a-z]?"
    r"(?: ?[-–/] ?[0-9]+ ?[a-z]?)?(?:,.{0,50})?"
    rf"|(?:[^,]{{1,50}}, )?{_NO_YEAR}[0-9]{{1,5}}[A-Za-z]? (?:[\w.'’]+ ){{1,4}}(?i:street|st\.?"
    r"|avenue|ave\.?|road|rd\.?|square|boulevard|blvd\.?|lane|drive)(?:,.{0,60})?"
    rf"|{_NO_YEAR}[0-9]{{1,4}}(?i: ?(?:bis|ter))?,? (?i:rue|avenue|place|boulevard|quai|allée"
    r"|chemin|cours|esplanade)\b.{0,60}"
    r"|(?i:calle|c/|avenida|avda\.?|plaza|paseo)\s.{1,50}(?:[0-9]+|s/n).{0,40}"
    rf"|(?:[A-Z]{{1,3}}[- ]|〒)?{_NO_YEAR}[0-9]{{4,5}} [^\W\d_a-z][^\W\d]+"
    r"(?:[ /(-][^\W\d].{0,30})?"
    r"|(?:[^,]{1,40}, ?){0,3}[^\W\d][^\d,]{1,30},? (?:[A-Z]{2} [0-9]{5}(?:-[0-9]{4})?"
    r"|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2})"
    r"|(?i:postfach|p\.? ?o\.? box|boîte postale|apartado)\b.{0,40}"
    r"|〒\s?[0-9０-９]{3}[-－‐]?[0-9０-９]{4}.{0,60}"
)
_ABOUT: Final = re.compile(r"#\s*[a-z][a-z_-]{0,30}:(?:\s|$)")
_SEPARATOR: Final = re.compile(r"\s+[/>»›→|·•\\]\s+|\s*[»›→＞]\s*")


def is_about_page(words: str) -> bool:
    """Whether a line is one of `# key: value`.

    >>> is_about_page("# lang: de"), is_about_page("# Kumamoto")
    (True, False)
    """
    return _ABOUT.match(words) is not None


def is_menu(words: str) -> bool:
    """Whether a whole line is navigation, a notice or a footer.

    >>> is_menu("Zur Ämterseite"), is_menu("» Mehr"), is_menu("Mehr Sport")
    (True, True, False)
    """
    if len(words) > _SHORT:
        return len(words) <= _NOTICE and "ookie" in words and _COOKIES.search(words) is not None
    folded = words.strip(_EDGES).casefold()
    return (
        folded in _MENU
        or _NOTICES.fullmatch(words) is not None
        or ("ookie" in words and _COOKIES.search(words) is not None)
        or is_trail(words)
    )


def is_menu_beside(words: str) -> bool:
    """Whether a line is an entry of a menu if entries of a menu stand beside it."""
    return words.strip(_EDGES).casefold() in _MENU_BESIDE


def is_trail(words: str) -> bool:
    """Whether a line is a breadcrumb trail or a row of menu entries.

    >>> is_trail("Startseite / Leben / Kumamoto"), is_trail("Jugend / Sport / Kultur")
    (True, False)
    """
    parts = [part.strip(_EDGES).casefold() for part in _SEPARATOR.split(words) if part]
    if len(parts) < 2:  # noqa: PLR2004 - a trail has a place and one below it
        return False
    if parts[0] in _HOME or all(part in _LANGUAGE_NAMES for part in parts):
        return True
    entries = [part in _MENU for part in parts]
    beside = [part in _MENU_BESIDE for part in parts]
    return any(entries) and (sum(entries) + sum(beside)) * 5 >= len(parts) * 3


def is_over_contacts(words: str) -> bool:
    """Whether a line may stand over contacts; what follows it must show it.

    >>> is_over_contacts("Ihr Ansprechpartner:"), is_over_contacts("Erste Kontakte")
    (True, False)
    """
    return len(words) <= _SHORT and _OVER_CONTACTS.fullmatch(words.strip(_EDGES)) is not None


def is_surely_contacts(words: str) -> bool:
    """Whether a line asks to get in touch.

    >>> is_surely_contacts("Don't hesitate to contact us:")
    True
    """
    return len(words) <= _SHORT and _SURELY_CONTACTS.fullmatch(words.strip(_EDGES)) is not None


def is_reached(words: str) -> bool:
    """Whether a line is an address of the net or opening hours, or has a telephone number.

    >>> is_reached("Telefon 06221 58-10220"), is_reached("Mo bis Fr: 8 bis 12 Uhr")
    (True, True)
    """
    if len(words) > _SHORT:
        return False
    if _REACHED.fullmatch(words) is not None:
        return True
    return _CALLED.search(words) is not None and _A_YEAR.search(words) is None


def is_address(words: str) -> bool:
    """Whether a line is a street with a number, or a postcode with a place, and no more.

    >>> is_address("City Hall, Marktplatz 10"), is_address("1992 Freundschaftsvertrag")
    (True, False)
    """
    return len(words) <= _SHORT and _STANDS.fullmatch(words) is not None
