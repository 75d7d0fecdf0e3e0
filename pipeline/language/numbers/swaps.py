"""A French text and its translation in, the pairs of numbers that changed places out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from pipeline.language.lexicon import Content, answered, content, lexicon
from pipeline.language.numbers import Number, extract, partners
from pipeline.language.numbers.units import differ

_MOST = 12  # numbers looked at in a segment; the pairs grow with the square
_FARTHER, _UNIT = 0.5, 1.5  # what a word that is not the next one counts, and what a unit counts
_LABEL = 1.0  # and the word right before it: "article 9"
# What a pair in the same order must gain by changing places: in words, in digits.
_IN_ORDER = (2.5, 1.5)
_YEAR = re.compile("1[0-9]{3}|20[0-9]{2}")
_ANOTHER = r"(?:[0-9]{4}\s(?:et|à|ou|and|or|to)\s)?"  # « en 2019 et 2020 »
# What says that the number after it is a year.
_DATED_FR = re.compile(
    r"\b(?:en|depuis|dès|avant|après|vers|fin|début|entre|jusqu['’]en|d['’]ici(?:\sà)?)\s"
    rf"{_ANOTHER}$",
    re.IGNORECASE,
)
_DATED_EN = re.compile(
    rf"\b(?:in|since|by|until|before|after|around|late|early|between)\s{_ANOTHER}$", re.IGNORECASE
)
_SAME_WORDS = tuple(
    tuple(re.compile(rf"\b(?:{words})\s{_ANOTHER}$", re.IGNORECASE) for words in pair)
    for pair in (
        ("en", "in"),
        ("depuis|dès", "since|from"),
        (r"d['’]ici(?:\sà)?|avant", "by|before"),
        ("après", "after"),
        (r"jusqu['’](?:en|à)", "until|till|to"),
    )
)
_OPENING = 12  # characters; a year that opens a sentence in one language may close the other's

_RANGE = re.compile(r"\s?[€$£%]?\s?(?:à|[-–]|et|ou)\s?[€$£]?")
Pairing = tuple[Number, Number]


def swapped(source: str, target: str) -> list[tuple[Pairing, Pairing]]:
    """Return the pairs of numbers that seem to have changed places in the translation.

    Each number is compared with the words and the unit beside it: the numbers changed places if
    each fits the other's place better than its own by a whole word, or at least as well where their
    order is turned round too. Only numbers that stand once on both sides are looked at.
    """
    found = [
        pair
        for pair in partners(extract(source, "fr"), extract(target, "en"))
        if not (pair[0].firm and not _written(pair))
        and not source[: pair[0].start][-1:].isalpha()
        and not target[: pair[1].start][-1:].isalpha()
    ][:_MOST]
    if len(found) < 2:
        return []
    french, english = content(source, "fr"), content(target, "en")
    before = [_beside(french, number, 0, 1) for number, _ in found]
    after = [
        (_beside(english, number, 0, 1), _beside(english, number, 1, 2)) for _, number in found
    ]
    labels = [_label(source, words, n) for words, (n, _) in zip(before, found, strict=True)]
    mates = [_label(target, near, n) for (near, _), (_, n) in zip(after, found, strict=True)]
    known = lexicon().french
    fits = [
        [
            _fit(before[i], after[j], found[i][0], found[j][1])
            + _LABEL * any(answered(labels[i], mates[j], known))
            for j in range(len(found))
        ]
        for i in range(len(found))
    ]
    swaps = []
    for i, j in combinations(range(len(found)), 2):
        if _written(found[i]) != _written(found[j]) or _are_unlike(found[i], found[j]):
            continue
        if _keeps_word(source, target, found[i]) and _keeps_word(source, target, found[j]):
            continue
        years = [_stays_year(source, target, found[k]) for k in (i, j)]
        if any(years) and not all(_YEAR.fullmatch(found[k][0].surface) for k in (i, j)):
            continue
        gain = fits[i][j] + fits[j][i] - fits[i][i] - fits[j][j]
        turned = found[i][1].start > found[j][1].start and not _opens_as_year(found[i][0])
        # The numbers of a range that keep their order share what stands beside them.
        if not turned and _RANGE.fullmatch(source, found[i][0].end, found[j][0].start):
            continue
        if not turned and _moves_unit(found[i], found[j]):
            continue
        least = 0.0 if turned else _IN_ORDER[_written(found[i])]
        if gain >= least:
            swaps.append((found[i], found[j]))
    return swaps


def _written(pair: Pairing) -> bool:
    """Whether a number has digits: those in words are parts of many a phrase."""
    return pair[0].digits or pair[1].digits


def _are_unlike(pair: Pairing, other: Pairing) -> bool:
    """Whether of two numbers in words one says which, the other how many, or one is an article."""
    if _written(pair):
        return False
    # A month changes places with a month alone.
    if len({all(r[0] == "m" for r in number.readings) for number, _ in (pair, other)}) > 1:
        return True
    return pair[0].ordinal != other[0].ordinal or any(
        "n1" in french.readings and not french.ordinal and english.surface.lower() != "one"
        for french, english in (pair, other)
    )


def _moves_unit(pair: Pairing, other: Pairing) -> bool:
    """Whether one unit for two numbers is said with the one here, with the other there."""
    units = [(french.unit, english.unit) for french, english in (pair, other)]
    return all(bool(ours) != bool(theirs) for ours, theirs in units) and units[0][0] != units[1][0]


def _opens_as_year(number: Number) -> bool:
    return number.start <= _OPENING and _YEAR.fullmatch(number.surface) is not None


def _stays_year(source: str, target: str, pair: Pairing) -> bool:
    """Whether both texts say that a number is a year: « en 1998 », "in 1998"."""
    one, other = pair
    return (
        _YEAR.fullmatch(one.surface) is not None
        and _YEAR.fullmatch(other.surface) is not None
        and _DATED_FR.search(source, 0, one.start) is not None
        and _DATED_EN.search(target, 0, other.start) is not None
    )


def _keeps_word(source: str, target: str, pair: Pairing) -> bool:
    """Whether the same word stands before a number in both texts: « d'ici à 2036 », "by 2036"."""
    one, other = pair
    return any(
        french.search(source, 0, one.start) and english.search(target, 0, other.start)
        for french, english in _SAME_WORDS
    )


def _beside(text: Sequence[Content], number: Number, start: int, stop: int) -> list[Content]:
    """The content words on either side of a number, the ``start``th to before the ``stop``th."""
    left = [entry for entry in text if entry.word.end <= number.start][::-1][start:stop]
    right = [entry for entry in text if entry.word.start >= number.end][start:stop]
    return left + right


def _fit(
    words: list[Content], others: tuple[list[Content], list[Content]], number: Number, other: Number
) -> float:
    """How many of the words beside a number stand beside the other one; its unit counts too.

    ``others``: the words next to the other number, and those after them, which count half.
    """
    known = lexicon().french
    near, far = (answered(words, each, known) for each in others)
    same = bool(number.unit) and bool(other.unit) and not differ(number.unit, other.unit)
    # "8 pm" has no unit, and is an hour.
    same |= any(reading[0] == "t" for reading in number.readings & other.readings)
    return (
        sum(1.0 if close else _FARTHER * beyond for close, beyond in zip(near, far, strict=True))
        + _UNIT * same
    )


def _label(text: str, beside: Sequence[Content], number: Number) -> list[Content]:
    """The word right before a number, if it is one of those beside it: "article 9"."""
    return [entry for entry in beside if text[entry.word.end : number.start] == " "]
