"""A French text and its English in, the numbers of phrases that each says its own way out.

"24 heures sur 24" is "around the clock", "à 100 %" is "fully", "mai 68" is "May 1968".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.months import MONTHS

Span = tuple[int, int]


def _pair(french: str, english: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"(?<![\w.,])(?:{french})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<![\w.,])(?:{english})(?!\w)", re.IGNORECASE),
    )


_DAY = r"(?:24|vingt-quatre)\s?h(?:eures)?\s?(?:sur|/)\s?(?:24|vingt-quatre)h?"
_HOURS = (
    r"(?:24|twenty-four)[\s-]hours?(?:[\s-](?:a|per)[\s-]day)?|a?round[\s-]the[\s-]clock|24/7"
    r"|(?:day|night) and (?:day|night)|at all hours|any time"
)
_WEEK = r"(?:7|sept)\s?j(?:ours)?\s?(?:sur|/)\s?(?:7|sept)"
_WHOLE = r"(?:100|cent)\s?(?:%|pour[\s-]cent)"
_HUNDRED = r"(?:100|(?:one|a)[\s-]hundred)\s?(?:%|per[\s-]?cent)"
_WORD = r"(?:[0-9]{1,2}|[^\W\d_]{3,9})(?:st|nd|rd|th)?"
_PHRASES = (
    _pair(_DAY, _HOURS),
    _pair(_WEEK, r"(?:7|seven)[\s-]days?[\s-](?:a|per)[\s-]week|every day|each day|daily|24/7"),
    # "Cinq jours sur sept": how many is counted, the week is not.
    _pair(r"(?<=jours\s)sur\s(?:7|sept)", r"(?:a|per|each|every) week|weekly"),
    _pair(
        _WHOLE,
        "fully|entirely|completely|wholly|totally|exclusively|solely|purely|absolutely|full|all"
        "|pure|every|whole",
    ),
    _pair("total(?:e|es|ement)?|entièrement|complètement|intégrale?(?:ment)?|totaux", _HUNDRED),
    _pair(
        "(?:14|quatorze)[ -]juillet",
        "Bastille Day|(?:French )?national (?:day|holiday)|(?:storming|fall) of the Bastille",
    ),
    _pair("(?:1er|premier) mai", "(?:May|Labou?r) Day|International Workers['’] Day"),
    _pair("11[ -]novembre", "(?:Armistice|Remembrance|Veterans) Day|the Armistice"),
    _pair("8[ -]mai", "V-?E[ -]Day|Victory(?: in Europe)? Day"),
    _pair("15[ -]août", "(?:Feast of the )?Assumption(?: Day)?"),
    _pair("(?:1er|premier) janvier", "New Year['’]s Day|New Year"),
    _pair("(?:24|25) décembre", "Christmas(?: Eve| Day)?"),
    _pair("31 décembre", "New Year['’]s Eve"),
    _pair("1er avril", "April Fools?(?:['’]s?)?(?: Day)?"),
    _pair("(?<=carbone[ -])14", "radio-?carbon"),
    _pair("[TF][1-9]", r"(?:[\w-]+[ -])?(?:bed|bedroom|room)(?:ed|s)?|studio"),
    _pair("4 ?[x×] ?4", "off-?roaders?|SUVs?|jeeps?|four-wheel[ -]drives?|all-terrain vehicles?"),
    _pair("(?:quintal|quintaux)", r"(?:100|a hundred)[\s-]?(?:kg|kilos?|kilogram(?:me)?s?)"),
    _pair(
        "huitièmes(?! de (?!finale))|huitième(?= de finale)",
        "last (?:16|sixteen)|round of (?:16|sixteen)",
    ),
    _pair(
        "seizièmes(?! de (?!finale))|seizième(?= de finale)",
        "last (?:32|thirty-two)|round of (?:32|thirty-two)",
    ),
    _pair("quarts?(?= de finale)", "last (?:eight|8)"),
    _pair(r"quarantaines?(?!\s(?:de\b|d['’]))", r"quarantin\w+"),
    _pair(
        r"C[EM][12]|(?:sixième|cinquième|quatrième|troisième|seconde|première)"
        r"|(?:6|5|4|3|2)(?:e|ème|nde)",
        rf"[Yy]ear[ -]{_WORD}|{_WORD}[ -](?:grade|form|years?)(?:rs?)?|{_WORD}-graders?"
        rf"|{_WORD}-year-olds?",
    ),
    _pair(
        "poussine?s|benjamine?s|minimes?|cadet(?:te)?s|juniors?", r"(?:under|U)[ -]?[0-9]{1,2}s?"
    ),
    _pair("in extremis|derni(?:ère|ers?) (?:minute|moment|instant)s?", "eleventh[ -]hour"),
    _pair("(?<=dernier )trimestre", r"fourth[ -]quarter|(?<=fourth )quarter|Q4"),
    _pair("troisième mi-temps", "(?:post|after)-?(?:match|game)"),
    _pair(r"doubl(?:e|es|er|ait|ant|é|ée|és|ées)", r"over(?:tak\w+|took)|dub(?:s|bed|bing)?"),
    _pair("(?:un|des) tiers", r"third[ -]part(?:y|ies)|someone else|another person|other people"),
    _pair("11[ -]septembre", "9/11"),
    _pair("lycées?|lycéen(?:ne)?s?", r"sixth[ -](?:form|year)\w*"),
    _pair(r"(?:0|zéro)(?:\s?°\s?C?|\sdegrés?(?:\sCelsius)?)?", r"freezing(?:\spoint)?"),
)
# Figures of speech, which no number answers.
_FIGURES = re.compile(
    r"\bles cent pas\b|\bdans le mille\b|(?<=\bà )neuf\b|\blapins? de six semaines\b"
    r"|\btrois pattes à un canard\b|\ben mille morceaux\b|\bmille (?:mercis|excuses)\b"
    r"|\btrente-six (?:chandelles|façons|manières|fois|solutions)\b|\bquatre cents coups\b",
    re.IGNORECASE,
)
_MONTHS = "|".join(MONTHS["fr"])
_SHORT_YEAR = re.compile(
    rf"\b(?:{_MONTHS})\s((?:['’])?([0-9]{{2}}))(?![\w%€$£]|[.,:/][0-9]|\s[%€$£])",
    re.IGNORECASE,
)


def idioms(source: str, target: str) -> tuple[list[Span], list[Span]]:
    """Return where such phrases stand in the French, and where what answers them in the English."""
    ours: list[Span] = []
    ours += [match.span() for match in _FIGURES.finditer(source)]
    theirs: list[Span] = []
    for french, english in _PHRASES:
        found = [match.span() for match in french.finditer(source)]
        answers = [match.span() for match in english.finditer(target)]
        if found and answers:
            ours += found
            theirs += answers
    for span, answer in _short_years(source, target):
        ours.append(span)
        theirs.append(answer)
    return ours, theirs


def _short_years(source: str, target: str) -> Iterator[tuple[Span, Span]]:
    """Yield the years of two digits after a month, each with the whole year of the English."""
    for match in _SHORT_YEAR.finditer(source):
        whole = re.search(rf"(?<![\w.,])(?:18|19|20){match[2]}(?![\w,.]*[0-9])", target)
        if whole is not None:
            yield match.span(1), whole.span()
