"""French amounts, times of day and titles in; the same so that no engine trips over it, out.

``M€`` they copy; of « 14 h 30 » they make "14.30 a.m.", of « à 19 heures » "at 3 p.m.", of
« une soixantaine » "sixty-nine", of « XVIe siècle » "13th century", of « Me Tran » "Me Tran".
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.language.dictionary.entries import opens
from pipeline.language.numbers.forms import roman_value
from pipeline.language.numbers.rounds import FRENCH_ROUNDS

# What stands for the thousands, and the currency.
_AMOUNT: Final = re.compile(
    r"(?<=\d) ?(?P<size>[kK]|Mr?ds?|M) ?(?P<of>€|EUR\b|\$|d['’]euros\b|de dollars\b)"
)
_FRACTION: Final = re.compile(r"[.,]\d+$")
_SIZES: Final = {"k": " 000 ", "M": " millions d'", "Md": " milliards d'"}
_HOUR: Final = r"(?<![\d.,:/-])(?P<hour>[01]?\d|2[0-3])"
# With minutes it is the time of day, or as good as that ("in 2:15").
_MINUTES: Final = re.compile(rf"{_HOUR} ?h(?:eures?)? ?(?P<minutes>[0-5]\d)(?![\w.,:/]\d|[\w/])")
# A whole hour may be a length of time, unless a preposition says otherwise: « à 19 h », but not
# « à 3 heures de route », « jusqu'à 20 heures par semaine » or « limitée à 10 heures ».
# « jusqu'à mardi 6 heures »
_DAY: Final = "(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|demain|(?<=ce )(?:matin|soir)"
_SPAN: Final = (
    r"(?:(?:par|chaque) |(?:hebdomadair|quotidienn|journali|supplémentair|consécutiv|mensuel|annuel"
    r"|ouvrabl|entièr|d['’]affilée))"
)
# What says behind an hour that it is a length of time.
_LENGTH: Final = rf"(?: (?:seulement |environ )?(?:de|d['’])(?! ?l['’]après|u soir)| {_SPAN})"
_BETWEEN: Final = (
    r"(?:(?<=:\d\d )|(?<=\dh )|(?<=\d h ))et"
    rf"|de(?= \d\d? ?h(?:eures?)? à \d(?!\d? ?h(?:eures?)?{_LENGTH}))"
    rf"|entre(?! \d\d? ?h(?:eures?)? et \d\d? ?h(?:eures?)?{_LENGTH})"
)
# « à 3 heures en train », which is no time of day unless it is late.
_TRAVELLED: Final = re.compile(
    r" (?:environ )?(?:en (?:voiture|train|avion|auto|autobus|auto?car|bus|bateau|ferry|TGV|camion"
    r"|pirogue|métro|moto)|à (?:pied|cheval|vélo|moto|dos))\b",
    re.IGNORECASE,
)
_NOON: Final = 12
_RANGE: Final = r"(?:de|entre) \d\d? ?h(?:eures?)? ?"
_LIMITED: Final = re.compile(
    rf"\b(?:(?:limit|réduit|réduis|port|abaiss|ramen|ramèn|estim|évalu)\w{{0,4}}\s(?:{_RANGE})?"
    rf"|(?:dur|pren|compt)\w{{0,5}}\s{_RANGE})\Z",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(
    rf"(?P<before>\b(?:[àÀ]|vers|avant|dès|jusqu['’]à|{_BETWEEN}|{_DAY}) "
    r"(?:environ |partir de )?)"
    rf"{_HOUR} ?h(?:eures?)?\b(?! (?:\d|et (?:demie|quart))|/)"
    rf"(?!{_LENGTH})",
    re.IGNORECASE,
)
# « dizaine », « quinzaine » … « centaine »; a dozen is said so in English too.
_MANY: Final = {
    word: str(value)
    for word, (value, *_) in FRENCH_ROUNDS.items()
    if value % 5 == 0 and value <= 100
}
# About so many, unless a word before it says how far: « près d'une centaine ».
_ABOUT: Final = re.compile(
    r"(?P<how>\b(?:plus|moins|près) d['’]|\b(?:à peine|quelque|environ) )?\b(?P<one>une) "
    rf"(?P<many>{'|'.join(_MANY)}) "
    r"(?P<of>de milliers )?d(?:e |['’])(?=[^\W\d])",
    re.IGNORECASE,
)
# Centuries, districts and the like: « du XVe au XVIIe siècle », « le XVIe arrondissement ».
_ROMAN: Final = r"\b[IVX]+(?:ers?|es?|èmes?)\b"
_NUMBERED: Final = re.compile(
    # But « François Ier et le XVIe siècle ».
    rf"(?:\bIer (?=siècle|et IIe)|{_ROMAN.replace('ers?|', '')})"
    rf"(?:(?: (?:(?:et|ou)(?: du| les?| la| au)?|aux?|à)|,|[-–/])? ?{_ROMAN})*"
    r"(?= ?(?:siècles?|arrondissements?|Républiques?|dynasties?|législatures?|éditions?"
    r"|régiments?|congrès|plan|circonscriptions?)\b)"
)
_ORDINAL: Final = re.compile(r"\b(?P<letters>[IVX]+)(?=e|è)")
# What lawyers are called before their names, unless it is said before that they are, or the name
# is that of an office (« l'étude de Me Achard »).
_LAWYER: Final = re.compile(
    r"\b(?P<of>(?:[Dd]e|[Àà]) )?(?<!-)(?:(?P<one>Me)|Mes(?= [^,.;:!?]* et )) (?=[A-ZÀ-Ý][\w'’-])"
)
_SAID_TO_BE: Final = re.compile(
    r"(?:(?:\b(?:avocat|conseil|défens|bâtonni|notaire|huissier|mandataire|administrat|liquidat)"
    r"\w*\b[^.;:!?»]*,|[Mm]a[îi]tre) |[Éé]tudes? )\Z"
)
_LATE: Final = re.compile(r"(?:1[3-9]|2[0-3])[:.][0-5]\d")
_HALVES: Final = ("a.m.", "p.m.", "am", "pm")


def in_full(text: str) -> str:
    """Give a French text with its amounts and times of day written so: 14:30, millions d'euros.

    What is about so many is written in figures (environ 60), and so are centuries (16e siècle).
    A lawyer's title is the word (l'avocat Tran).
    """
    text = _ABOUT.sub(_about, _AMOUNT.sub(_amount, text))
    text = _NUMBERED.sub(lambda found: _ORDINAL.sub(_figures, found[0]), text)
    text = _LAWYER.sub(_lawyer, text)
    text = _MINUTES.sub(r"\g<hour>:\g<minutes>", text)
    return _WHOLE.sub(_hour, text)


def _hour(found: re.Match[str]) -> str:
    """Write a whole hour as the time of day that it is, unless it says how long something lasts."""
    start = max(found.start() - 30, 0)
    if any(_LIMITED.search(found.string, start, end) for end in found.span()):
        return found[0]
    if int(found["hour"]) <= _NOON and _TRAVELLED.match(found.string, found.end()):
        return found[0]
    return f"{found['before']}{found['hour']}:00"


def _amount(found: re.Match[str]) -> str:
    """Write the end of an amount in full: ``M€`` as millions d'euros, ``k€`` as 000 euros."""
    before = found.string[max(found.start() - 10, 0) : found.start()]
    if found["size"] in "kK" and _FRACTION.search(before):
        return found[0]
    size = "Md" if "d" in found["size"] else found["size"][0].replace("K", "k")
    if found["of"] in ("$", "de dollars"):
        return _SIZES[size].replace("d'", "de ") + "dollars"
    return _SIZES[size] + "euros"


def _figures(found: re.Match[str]) -> str:
    """Write a Roman numeral in figures; what only looks like one (IIX) stays."""
    value = roman_value(found["letters"])
    return str(value) if value else found["letters"]


def _lawyer(found: re.Match[str]) -> str:
    """Write the title of a lawyer as what it says; leave it out where that is said already."""
    of, text, start = found["of"] or "", found.string, found.start()
    if _SAID_TO_BE.search(text, max(start - 60, 0), start):
        return of
    if found["one"]:
        said = f"{of}l'avocat "
    else:
        said = {"de": "des", "à": "aux"}.get(of.strip().lower(), "les") + " avocats "
    return said[0].upper() + said[1:] if opens(text, start) else said


def _about(found: re.Match[str]) -> str:
    """Write an approximate number in figures: « une dizaine de milliers d'» as environ 10 000."""
    how, number = found["how"] or "", _MANY[found["many"].lower()]
    if how.endswith(("'", "’")):
        before = how[:-2] + "de "
    else:
        before = how or ("Environ " if found["one"][0] == "U" else "environ ")
    among = "d'" if found.string.startswith("entre ", found.end()) else ""
    return f"{before}{number} {'000 ' if found['of'] else ''}{among}"


def needless_halves(english: str) -> list[int]:
    """Give the words of an English text that put a late hour in a half of the day: 14:30 a.m."""
    words = english.split()
    return [
        place
        for place in range(1, len(words))
        if words[place].rstrip(",;:!?)") in _HALVES and _LATE.fullmatch(words[place - 1])
    ]
