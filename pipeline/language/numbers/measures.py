"""A text in, the measures in it that are written in two steps out: "1 m 75", "1h52", "5 ft 9".

So are prices ("3 € 50"), mixed numbers ("3 1/2"), and durations down to the second ("2:03:23").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pipeline.language.numbers.forms import MAP_SCALE, SPACE, VULGAR, Number, key
from pipeline.language.numbers.units import duration, unit_at

_S = f"{SPACE}?"
_SEC = r"(?:secondes?|seconds?|secs?|s|''|\"|[”″])"
_MIN = r"(?:minutes?|mins?|mn|['’′](?!['’′]))"
_AND = f",?{_S}(?:(?:et|and){SPACE})?"
# Hours, minutes, seconds and their decimals, with at least two of them.
_LETTERED = re.compile(
    rf"(?<![\w.,])(?:([0-9]{{1,2}}){_S}(?:heures?|hours?|hrs?|h){_AND})?"
    rf"([0-9]{{1,2}}){_S}{_MIN}{_AND}([0-9]{{1,2}})(?:(?:[.,]([0-9]{{1,3}}))?{_S}{_SEC}|\b)"
    rf"(?:{_S}([0-9]{{1,3}})\b)?(?![0-9]|[.,][0-9])",
)
_SECONDS = re.compile(
    rf"(?<![\w.,])()()([0-9]{{1,2}}){_S}(?:secondes?|s|sec|'')\.?{_S}([0-9]{{1,3}})(?!\w)"
)
_COLONS = re.compile(
    rf"(?<![\w.,:]){MAP_SCALE}(?:([0-9]{{1,2}}):)?([0-9]{{1,2}}):([0-9]{{2}})(?:[.,]([0-9]{{1,3}}))?(?![\w:])"
)
# A unit between the whole and its hundredths or thousandths.
_STEPPED = re.compile(
    rf"(?<![\w.,])([0-9]{{1,4}}){_S}(m|mètres?|metres?|meters?|€|euros?|km|kg|°){_S}"
    rf"([0-9]{{1,3}})(?![\w/%]|[.,:][0-9]|{SPACE}(?:[0-9]|%|€|h\b|cm|mm))"
)
_DIGITS = {"m": (2,), "€": (2,), "euro": (2,), "km": (3,), "kg": (3,), "°": (1,)}
_FEET = re.compile(
    rf"(?<![\w.,])([0-9]{{1,2}})(?:{SPACE}|-)?(?:ft|feet|foot|['’′])(?:{SPACE}|-)?"
    rf"([0-9]{{1,2}})(?:(?:{SPACE}|-)?(?:in\b|inch(?:es)?|[\"”″]))?(?!\w)"
)
_MIXED = re.compile(
    rf"(?<![\w.,/])([0-9]{{1,3}})(?:{SPACE}([1-9])/([2-9])(?![\w/])|(?:{SPACE}|-)?([{VULGAR}]))"
)
_DAY = 24
_HALVES = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3)}


def measures(text: str, french: bool) -> Iterator[Number]:
    """Yield the numbers of a text that are written in two steps or more."""
    for pattern in (_LETTERED, _SECONDS):
        yield from map(_span, pattern.finditer(text))
    for match in _COLONS.finditer(text):
        # Without hours it is a time of the day, unless no day has so many.
        if match[1] or match[4] or int(match[2]) > _DAY:
            yield _span(match)
    for match in _STEPPED.finditer(text):
        unit = re.sub("^m.*", "m", match[2].rstrip("s"))
        if len(match[3]) in _DIGITS[unit]:
            value = int(match[1]) + Fraction(int(match[3]), 10 ** len(match[3]))
            parts = frozenset([key(int(match[1])), key(int(match[3]))])
            name = unit_at(match[0], len(match[1]), len(match[1]), french)
            yield _measure(match, value, name, parts)
    if not french:
        for match in _FEET.finditer(text):
            parts = frozenset([key(int(match[1])), key(int(match[2]))])
            yield _measure(match, int(match[1]) + Fraction(int(match[2]), 12), "foot", parts)


def mixed(text: str, start: int) -> tuple[Fraction, int] | None:
    """Return the value of a number with a vulgar fraction at ``start``, and where it ends."""
    match = _MIXED.match(text, start)
    if match is None:
        return None
    part = (int(match[2]), int(match[3])) if match[2] else _HALVES[match[4]]
    return int(match[1]) + Fraction(*part), match.end()


def _span(match: re.Match[str]) -> Number:
    """Make the number of a duration or a time of the day told to the second."""
    hours, minutes, seconds = (int(group or 0) for group in match.groups()[:3])
    after = next((group for group in match.groups()[3:] if group), "")
    decimals = Fraction(int(after), 10 ** len(after)) if after else Fraction(0)
    total = hours * 3600 + minutes * 60 + seconds + decimals
    groups = frozenset(key(int(group)) for group in match.groups() if group)
    parts = [groups] if len(groups) > 1 else []
    if decimals:
        steps = {key(int(group)) for group in match.groups()[:2] if group}
        parts.append(frozenset(steps | {key(seconds + decimals)}))
    readings = {duration(total)}
    if not match[1] and not match[2]:
        readings.add(key(total))
    return Number(
        *(*match.span(), match[0]),
        readings=frozenset(readings),
        digits=True,
        parts=tuple(parts),
        sealed=True,
    )


def _measure(match: re.Match[str], value: Fraction, unit: str, parts: frozenset[str]) -> Number:
    readings = frozenset([key(value), *({duration(value)} if unit == "second" else ())])
    return Number(*(*match.span(), match[0]), readings, True, unit=unit, parts=(parts,))
