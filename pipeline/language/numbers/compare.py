"""The numbers of a French text and of its English translation in, what they disagree on out.

Comparison is of sets first: a number that the translation repeats is no discrepancy.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import chain

from pipeline.language.numbers.forms import Number
from pipeline.language.numbers.notation import doubled, shorthand
from pipeline.language.numbers.signs import turned
from pipeline.language.numbers.units import CURRENCIES, TIMES, converts, differ

_FEW = 12  # a number in letters up to this is as often a figure of speech as a count
_MOST = 100  # numbers on a side, where each is compared with each
# What only a number can stand before or after: "the th century", "cost £ more".
_STRANDED = re.compile(r"(?<![\w'’.-])(?:st|nd|rd|th)(?![\w.])|(?<![0-9])[£€$](?!\s?[0-9,.(]|\w)")


class Fault(StrEnum):
    """How a pair disagrees about a number."""

    MISSING = "missing"
    INVENTED = "invented"
    FEWER = "fewer"
    STRANDED = "stranded"
    UNIT = "unit"
    NOTATION = "notation"
    SIGN = "sign"
    RANK = "rank"
    CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One disagreement; ``certain`` where digits are involved, so that no wording can excuse it.

    ``slight``: a small number in letters, without a unit, which wording may swallow or supply.
    ``source_span`` is None for an invented number, ``target_span`` for a missing one.
    """

    fault: Fault
    surface: str
    certain: bool
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    slight: bool = False


def compare(
    french: Sequence[Number], english: Sequence[Number], source: str, translation: str
) -> tuple[Discrepancy, ...]:
    """Return what two texts disagree on, given their numbers, in order of the source.

    Numbers that only the translation has come last. A spelled-out number and digits are equal.
    """
    missing = _unanswered(french, english, translation)
    found = [_alone(Fault.MISSING, n) for n in missing]
    found += _fewer(french, english)
    units = list(_units(french, english, translation))
    found += units or _currency(french, english)
    found += [_alone(Fault.INVENTED, n) for n in _unanswered(english, french, source, added=True)]
    found += [
        Discrepancy(Fault.STRANDED, match[0], True, target_span=match.span())
        for match in _STRANDED.finditer(translation)
        if match[0] not in source
    ]
    found += [
        Discrepancy(Fault.NOTATION, n.surface, False, target_span=(n.start, n.end))
        for n in english
        if n.foreign
    ]
    found += [
        Discrepancy(Fault.NOTATION, match[0], False, target_span=match.span())
        for match in shorthand(translation)
    ]
    found += [
        Discrepancy(Fault.CURRENCY, match[0], False, target_span=match.span())
        for match in doubled(translation)
        if match[0] not in source
    ]
    found += [
        Discrepancy(Fault.SIGN, old.surface, False, (old.start, old.end), (new.start, new.end))
        for old, new in turned(french, english, source, translation)
    ]
    found += _ranks(french, english)
    return tuple(found)


def _unanswered(
    asked: Sequence[Number], given: Sequence[Number], text: str, *, added: bool = False
) -> list[Number]:
    """Return the required numbers of one side that nothing on the other side answers.

    ``added``: the numbers asked about are the translation's, which may give a measure twice
    ("100 feet (30 m)"); one of the source is converted only by a number that answers no other.
    """
    answers = frozenset(chain.from_iterable(number.readings for number in given))
    lost = [n for n in asked if n.required and not n.readings & answers]
    if not lost:
        return []
    pieces = answers | frozenset(
        chain.from_iterable(number.pieces for number in given if not number.sealed)
    )
    # Hours and minutes apart must say that they are some.
    hours = frozenset(chain.from_iterable(n.pieces for n in given if n.sealed))
    spans = frozenset(chain.from_iterable(n.readings for n in given if n.unit in TIMES))
    words = frozenset(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text)))
    own = frozenset(chain.from_iterable(number.readings for number in asked))
    convertible = [n for n in given[:_MOST] if n.unit and (added or not n.readings & own)]
    return [
        n
        for n in lost
        if not n.readings & (pieces | hours if n.unit in TIMES else pieces)
        and not any(len(part) > 1 and part <= (spans if n.sealed else pieces) for part in n.parts)
        and not any(_converted(n, other) for other in convertible)
        and not (not n.digits and n.surface[0].isupper() and n.surface in words)
    ]


def _fewer(french: Sequence[Number], english: Sequence[Number]) -> Iterator[Discrepancy]:
    """Yield the numbers that the source has several times and the translation less often."""
    asked = Counter(reading for n in french if n.digits and n.required for reading in _said(n))
    given = Counter(reading for n in english for reading in _said(n))
    seen: set[frozenset[str]] = set()
    for n in french:
        times = max((asked[reading] for reading in _said(n)), default=0)
        shown = sum((given[reading] for reading in _said(n)), 0)
        if n.digits and n.required and 0 < shown < times and n.readings not in seen:
            seen.add(n.readings)
            yield Discrepancy(Fault.FEWER, n.surface, False, source_span=(n.start, n.end))


def _said(number: Number) -> list[str]:
    """The readings of a number itself, without those that only answer another one."""
    return [reading for reading in number.readings if reading[0] not in "cofskpw"]


def _converted(number: Number, other: Number) -> bool:
    """Whether two measures are one, in kilometres here and miles there."""
    return bool(number.unit and other.unit) and any(
        converts(
            float(-value if number.sign == "-" else value),
            number.unit,
            float(-size if other.sign == "-" else size),
            other.unit,
        )
        for value in _values(number)
        for size in _values(other)
    )


def _alone(fault: Fault, number: Number) -> Discrepancy:
    """Make the discrepancy of a number that one text has alone: it is missing, or invented."""
    values = _values(number)
    loose = not (number.digits or number.unit or number.firm)
    slight = loose and bool(values) and min(values) <= _FEW
    span = (number.start, number.end)
    source, target = (span, None) if fault is Fault.MISSING else (None, span)
    return Discrepancy(fault, number.surface, number.digits, source, target, slight)


def _values(number: Number) -> list[Fraction]:
    return [Fraction(reading[1:]) for reading in number.readings if reading[0] == "n"]


def _units(
    french: Sequence[Number], english: Sequence[Number], translation: str
) -> Iterator[Discrepancy]:
    """Yield the numbers that kept their value and changed their unit, each once."""
    percent = re.search(r"per\s?cent|percentage|%", translation, re.IGNORECASE) is not None
    reported: set[Number] = set()
    for asked, given in ((french, english), (english, french)):
        by_reading: dict[str, list[Number]] = {}
        for number in given:
            for reading in number.readings:
                by_reading.setdefault(reading, []).append(number)
        for number in asked:
            # A reading shared by very many numbers tells nothing about which one answers.
            answers = [n for reading in _said(number) for n in by_reading.get(reading, ())[:20]]
            known = [answer for answer in answers if answer.unit]
            same = any(_same_unit(number, answer) for answer in known)
            lost = number.unit == "%" and not percent
            if not number.unit or not answers or same or number in reported:
                continue
            if len(known) == len(answers) or lost:
                reported |= {number, *answers}
                one, other = (number, answers[0]) if asked is french else (answers[0], number)
                spans = (one.start, one.end), (other.start, other.end)
                yield Discrepancy(Fault.UNIT, one.surface, False, *spans)


def _same_unit(number: Number, other: Number) -> bool:
    """Whether two numbers have one unit, or tell one span of time: thirty years, three decades."""
    spans = (reading for reading in number.readings & other.readings if reading[0] == "k")
    return not differ(number.unit, other.unit) or any(spans)


def _currency(french: Sequence[Number], english: Sequence[Number]) -> Iterator[Discrepancy]:
    """Yield the first amount in a currency that the source does not name, though it names one."""
    paid = next((number for number in french if number.unit in CURRENCIES), None)
    named = {number.unit for number in french}
    if paid is None:
        return
    for number in english:
        known = number.unit in named or (number.unit == "£" and "pound" in named)
        if number.unit in CURRENCIES and not known:
            spans = (paid.start, paid.end), (number.start, number.end)
            yield Discrepancy(Fault.UNIT, paid.surface, False, *spans)
            return


def _ranks(french: Sequence[Number], english: Sequence[Number]) -> Iterator[Discrepancy]:
    """Yield the first ordinal that the translation lacks, where it has one that the source lacks.

    Of two that are only missing or only new, nothing can be said: "first" is often a turn of
    phrase.
    """
    lost, new = (
        next((n for n in asked if n.ordinal and n.readings.isdisjoint(_told(given))), None)
        for asked, given in ((french, english), (english, french))
    )
    if lost and new and not (lost.required and new.required):
        spans = (lost.start, lost.end), (new.start, new.end)
        yield Discrepancy(Fault.RANK, lost.surface, False, *spans)


def _told(numbers: Sequence[Number]) -> frozenset[str]:
    """The readings that can answer an ordinal."""
    return frozenset(
        reading for number in numbers for reading in number.readings if reading[0] == "o"
    )


def partners(french: Sequence[Number], english: Sequence[Number]) -> list[tuple[Number, Number]]:
    """Return the numbers that answer each other and nothing else, in order of the source.

    Of texts with very many numbers, which would take too long, nothing.
    """
    if max(len(french), len(english)) > _MOST:
        return []
    answers = [[m for m in english if n.readings & m.readings] for n in french]
    asked = Counter(m.start for found in answers for m in found)
    return [
        (n, found[0])
        for n, found in zip(french, answers, strict=True)
        if len(found) == 1 and asked[found[0].start] == 1
    ]
