"""A text in, its fractions and multiples out: « les deux tiers », "half of", « doublé », "tripled".

A fraction has the reading ``f2/3``, a multiple ``x3``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from pipeline.language.numbers.forms import Number, key

_COUNTS_FR = {
    "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9,
}  # fmt: skip
_COUNTS_EN = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_PARTS_FR = {
    "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "sixième": 6, "septième": 7,
    "huitième": 8, "neuvième": 9, "dixième": 10, "centième": 100, "millième": 1000,
}  # fmt: skip
_PARTS_EN = {
    "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_CENTURY_FR = re.compile(r"[\s-]siècle\b", re.IGNORECASE)
_CENTURY_EN = re.compile(r"(?:\sa\s|[\s-])century\b", re.IGNORECASE)
_HALF_FR = re.compile(r"\b(?:moitié|demie?)\b(?!-?final)", re.IGNORECASE)
_SHARE_FR = re.compile(
    rf"\b({'|'.join(_COUNTS_FR)}|[1-9])\s({'|'.join(_PARTS_FR)})(s?)\b(?!\s(?:de|des)\sfinale)"
    r"(\s(?:de|d['’]|du|des)\s?(heure\b|siècle\b|million\b|milliard\b)?)?",
    re.IGNORECASE,
)
_CLOSED_FR = re.compile(r"\s?(?:[.,;:)]|$)")  # « battu d'un centième »
_SHARE_ALONE = re.compile(
    r"\b(?:le|du|au|ce)\s(?:bon\s)?((?:premier\s|dernier\s)?(?:tiers|quart))\b"
    r"(?!\s(?:de|des)\s(?:finale|tour))\s(?:de|d['’]|du|des)",
    re.IGNORECASE,
)
_SHARE_EN = re.compile(
    rf"\b({'|'.join(_COUNTS_EN)}|[1-9])([\s-])({'|'.join(_PARTS_EN)})(s?)\b(\sof\b)?",
    re.IGNORECASE,
)
# What a fraction may be one of: hours, and what counts in round numbers.
_PARTED_EN = re.compile(
    r"\s(hour)s?\b|\sof\s(?:an?|one)\s(hour|century|million|billion)\b", re.IGNORECASE
)
# "Between a third and a half", but "a third country".
_OR_HALF_EN = re.compile(
    rf"\s(?:and|or|to)\s(?:an?\s)?(?:half|{'|'.join(_PARTS_EN)})\b", re.IGNORECASE
)
_SCALES = {"million": 10**6, "milliard": 10**9, "billion": 10**9, "siècle": 100, "century": 100}
# "Half as much", but "half as many again".
_HALF_AS_EN = re.compile(r"(?<!and a )\bhalf\sas\s(?:much|many)\b(?!\sagain)", re.IGNORECASE)
_HALF_EN = re.compile(r"\b(?:half|halves|halv(?:e|ed|ing))\b", re.IGNORECASE)
# More than half is most; which of two or ten, a share: « huit sur dix », "80%".
_OVER_HALF_FR = re.compile(r"\b(?:plus|majorité|au-delà)\s(?:de|d['’])\s?la\s$", re.IGNORECASE)
_MOST_EN = re.compile(r"\b(?:most|majority)\b", re.IGNORECASE)
_OVER_HALF = "fmost"
_OUT_OF = re.compile(
    r"\b([^\W_]{1,8})(?:\s[\w'’-]{1,20}){0,3}\s(?:sur|in|out\sof)\s([^\W_]{1,8})\b", re.IGNORECASE
)
_SLASHED = re.compile(r"(?<![\w/.,])([1-9])/([2-9]|10)(?![\w/%]|[.,][0-9]|\s[0-9]{3})")
_CLOCK_FR = re.compile(r"\b(?:heures?|h|midi|minuit)\s(?:et\s)?$", re.IGNORECASE)
_OF_HOUR_FR = re.compile(r"-heure\b", re.IGNORECASE)
_ONLY_HALF = re.compile(r"\bà\s$", re.IGNORECASE)

_TIMES_FR = {"doubl": 2, "tripl": 3, "quadrupl": 4, "quintupl": 5, "sextupl": 6}
_TIMES_FR |= {"septupl": 7, "octupl": 8, "décupl": 10, "centupl": 100}
_TIMES_EN = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5}
_FOLDS = {word: value for word, value in _COUNTS_EN.items() if value > 1}
_FOLDS |= {"ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "hundred": 100}
_MULTIPLE_FR = re.compile(
    rf"\b({'|'.join(_TIMES_FR)})(e|es|er|ent|é|ée|és|ées|ait|aient|a|era|eront|erait|eraient"
    r"|èrent|ant|ement)\b",
    re.IGNORECASE,
)
_MULTIPLE_EN = re.compile(
    rf"\b(?:({'|'.join(_TIMES_EN)})(e|es|ed|ing)|({'|'.join(_FOLDS)})-?fold)\b", re.IGNORECASE
)
# « doubler » is also to overtake, to dub and to line.
_BY_FR = re.compile(
    rf"\b(multipli|divis)\w{{1,6}}\spar\s({'|'.join(_COUNTS_FR)}|dix|[2-9]|10)\b"
    r"(?!\s(?:et|virgule|ou|à)\b|[.,][0-9])",
    re.IGNORECASE,
)
_BY_EN = re.compile(
    rf"\b(multipli|divid)\w{{1,4}}\sby\s({'|'.join(_COUNTS_EN)}|ten|[2-9]|10)\b(?!\sand\b|[.,][0-9])",
    re.IGNORECASE,
)
_OTHER_DOUBLE = re.compile(
    r"\s(?:en\s(?:français|anglais|allemand|espagnol|italien|langue)|par\s(?:une?|le|la|l['’])"
    # Lined with, or said with: « doublés de plomb ».
    r"|(?:\w+\s\w+\s)?d(?:e\s|['’])(?!(?:volume|taille|surface|superficie|prix|valeur|poids|nombre)\b)"
    r"|(?:la|le|les|une?|des)\s(?:voiture|camion|cap|pointe|tracteur|bus|car|autocar|véhicule|vélo"
    r"|cycliste|moto|scooter|fourgon|camping-car|poids lourd)s?\b)"
)


def shares(text: str, french: bool) -> Iterator[Number]:
    """Yield the fractions and multiples of a text."""
    for match in _SLASHED.finditer(text):
        yield _fraction(match, int(match[1]), int(match[2]), digits=True)
    if french:
        yield from _french(text)
    else:
        yield from _english(text)


def _french(text: str) -> Iterator[Number]:
    for match in _HALF_FR.finditer(text):
        hour = _OF_HOUR_FR.match(text, match.end()) is not None
        asked = (match[0].lower() == "moitié" or hour) and not _ONLY_HALF.search(
            text, 0, match.start()
        )
        more = frozenset([key(30)]) if match[0][:4].lower() == "demi" else frozenset()
        if _CENTURY_FR.match(text, match.end()):
            more |= {key(50)}
        if _OVER_HALF_FR.search(text, max(0, match.start() - 20), match.start()):
            more |= {_OVER_HALF}
        yield _fraction(match, 1, 2, more=more, required=asked)
    for match in _SHARE_FR.finditer(text):
        count = _COUNTS_FR.get(match[1].lower()) or int(match[1])
        part = _PARTS_FR[match[2].lower()]
        ordinal = part > 4 and count == 1 and not match[3]
        if ordinal and not match[4] and not _CLOSED_FR.match(text, match.end()):
            continue  # « un cinquième mandat »
        if count > 1 and part != 3 and match[2][-1] != "s" and not match[3]:
            continue  # « deux centième »
        end = match.end(3)
        asked = not _CLOCK_FR.search(text[max(0, match.start() - 12) : match.start()])
        more = _parted(count, part, (match[5] or "").lower())
        yield _fraction(match, count, part, end=end, more=more, required=asked)
    for match in _SHARE_ALONE.finditer(text):
        part = 3 if match[1].lower().endswith("tiers") else 4
        yield _fraction(match, 1, part, start=match.start(1), end=match.end(1))
    yield from _by(_BY_FR.finditer(text), _COUNTS_FR | {"dix": 10})
    for match in _MULTIPLE_FR.finditer(text):
        times = _TIMES_FR[match[1].lower()]
        verb = match[2].lower() not in ("e", "es")
        other = times == 2 and _OTHER_DOUBLE.match(text, match.end())
        yield _multiple(match, times, required=verb and not other)


def _english(text: str) -> Iterator[Number]:
    for match in _HALF_EN.finditer(text):
        asked = _HALF_AS_EN.match(text, match.start()) is not None
        century = _CENTURY_EN.match(text, match.end()) is not None
        more = frozenset([key(30), *["w2"] * asked, *[key(50)] * century])
        yield _fraction(match, 1, 2, more=more, required=asked)
    for match in _MOST_EN.finditer(text):
        yield Number(*match.span(), match[0], frozenset([_OVER_HALF]), required=False)
    yield from _by(_BY_EN.finditer(text), _COUNTS_EN | {"ten": 10})
    for match in _SHARE_EN.finditer(text):
        count = _COUNTS_EN.get(match[1].lower()) or int(match[1])
        part = _PARTS_EN[match[3].lower()]
        if count > 1 and not match[4]:
            continue
        ordinal = count == 1 and match[3].lower() != "quarter" and not match[5]
        ordinal = ordinal and not _OR_HALF_EN.match(text, match.end())
        if ordinal:
            continue  # "a third country"
        parted = _PARTED_EN.match(text, match.end(4))
        more = _parted(count, part, (parted[1] or parted[2]).lower()) if parted else frozenset()
        end = match.end(4)
        if parted and parted[2] and parted[2].lower() in _SCALES:
            end = parted.end()  # "a quarter of a million" is a number like another
        yield _fraction(
            match, count, part, end=end, more=more, required=count > 1 or bool(match[5])
        )
    for match in _MULTIPLE_EN.finditer(text):
        times = _TIMES_EN[match[1].lower()] if match[1] else _FOLDS[match[3].lower()]
        number = _multiple(match, times, required=times > 2)
        # What falls fivefold is a fifth.
        yield replace(number, readings=number.readings | {f"w{times}"}) if match[3] else number


def _parted(count: int, part: int, whole: str) -> frozenset[str]:
    """The readings of a part of an hour, a century or a million."""
    if whole in ("heure", "hour"):
        return frozenset([f"s{Fraction(count * 3600, part)}", key(Fraction(count * 60, part))])
    return frozenset([key(Fraction(count * _SCALES[whole], part))] if whole in _SCALES else ())


def _fraction(
    match: re.Match[str],
    count: int,
    part: int,
    *,
    start: int = -1,
    end: int = -1,
    more: frozenset[str] = frozenset(),
    required: bool = True,
    digits: bool = False,
) -> Number:
    span = (match.start() if start < 0 else start, match.end() if end < 0 else end)
    keys = {f"f{Fraction(count, part)}", *more}
    if count == 1:
        keys.add(f"p{part}")
    parts = (frozenset([key(count), key(part)]),) if count > 1 or digits else ()
    return Number(
        *(*span, match.string[slice(*span)]),
        readings=frozenset(keys),
        digits=digits,
        required=required,
        parts=parts,
        firm=True,
    )


def _by(found: Iterable[re.Match[str]], counts: Mapping[str, int]) -> Iterator[Number]:
    """Yield what is multiplied or divided by a whole number."""
    for match in found:
        times = counts.get(match[2].lower()) or int(match[2])
        if match[1].lower() == "multipli":
            yield _multiple(match, times, required=True)
        else:
            # "Cut to a third", "by two thirds", "three times less"; "tripled" it is not.
            told = {f"f1/{times}", f"f{Fraction(times - 1, times)}", f"o{times}", f"w{times}"}
            readings = frozenset(told if times > 1 else {key(times)})
            yield Number(*match.span(), match[0], readings, firm=True)


def outs(text: str, counts: Mapping[str, int]) -> dict[int, str]:
    """Return where the numbers of « huit Français sur dix » start → the reading of the share."""
    found: dict[int, str] = {}
    for match in _OUT_OF.finditer(text):
        share, whole = (
            int(each) if each.isdecimal() else counts.get(each.lower(), 0)
            for each in match.groups()
        )
        if 0 < share < whole <= 100:
            found |= dict.fromkeys((match.start(1), match.start(2)), f"f{Fraction(share, whole)}")
    return found


def _multiple(match: re.Match[str], times: int, *, required: bool) -> Number:
    # "Doubled" is no answer to a half, which "two" may be.
    readings = frozenset([f"x{times}", *([key(times)] if times > 2 or required else [])])
    return Number(*match.span(), match[0], readings, required=required, firm=True)
