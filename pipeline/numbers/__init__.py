"""A French or English text in, its canonical numbers with spans out; a pair in, what differs out.

A number is reduced to a set of readings, written as short keys: ``n`` a value ("n3400000000"),
``t`` a time of day in minutes, ``a`` a time whose half of the day is open, ``m`` a month, ``v`` a
code kept as written. Two numbers agree when they share a reading, so "14 h 30", "2:30 pm" and
"2.30 p.m." agree, and so do « 3,4 milliards », "3.4 billion" and "3,400 million".

Comparison works on sets: a number that one side repeats or merges is no discrepancy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from pipeline.numbers.forms import Number
from pipeline.numbers.reader import Reader
from pipeline.numbers.words import LANGUAGES

__all__ = ["Discrepancy", "Fault", "Number", "compare", "extract"]


class Fault(StrEnum):
    """How a pair disagrees about a number."""

    MISSING = "missing"
    INVENTED = "invented"
    UNIT = "unit"
    NOTATION = "notation"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One disagreement; ``certain`` where digits are involved, so that no wording can excuse it.

    ``source_span`` is None for an invented number, ``target_span`` for a missing one.
    """

    fault: Fault
    surface: str
    certain: bool
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None


def extract(text: str, language: str) -> tuple[Number, ...]:
    """Return the numbers of ``text`` in order; ``language`` is "fr" or "en". Linear in the text."""
    return tuple(Reader(text, LANGUAGES[language]).numbers())


def compare(source: str, translation: str) -> tuple[Discrepancy, ...]:
    """Return what a French source and its English translation disagree on, in order of the source.

    Numbers that only the translation has come last. A spelled-out number and digits are equal.
    """
    french, english = extract(source, "fr"), extract(translation, "en")
    found = [
        Discrepancy(Fault.MISSING, n.surface, n.digits, source_span=(n.start, n.end))
        for n in _unanswered(french, english, translation)
    ]
    found += _units(french, english, translation)
    found += [
        Discrepancy(Fault.INVENTED, n.surface, n.digits, target_span=(n.start, n.end))
        for n in _unanswered(english, french, source)
    ]
    found += [
        Discrepancy(Fault.NOTATION, n.surface, False, target_span=(n.start, n.end))
        for n in english
        if n.foreign
    ]
    return tuple(found)


def _unanswered(asked: tuple[Number, ...], given: tuple[Number, ...], text: str) -> list[Number]:
    """Return the required numbers of one side that nothing on the other side answers."""
    answers = frozenset(chain.from_iterable(number.readings for number in given))
    lost = [n for n in asked if n.required and not n.readings & answers]
    if not lost:
        return []
    pieces = answers | frozenset(chain.from_iterable(number.pieces for number in given))
    words = frozenset(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text)))
    return [
        n
        for n in lost
        if not n.readings & pieces
        and not (len(n.pieces) > 1 and n.pieces <= pieces)
        and not (not n.digits and n.surface[0].isupper() and n.surface in words)
    ]


def _units(
    french: tuple[Number, ...], english: tuple[Number, ...], translation: str
) -> Iterator[Discrepancy]:
    """Yield the numbers that kept their value and changed their unit."""
    percent = re.search(r"per\s?cent|percentage|%", translation, re.IGNORECASE) is not None
    units: dict[str, list[Number]] = {}
    for number in english:
        for reading in number.readings:
            units.setdefault(reading, []).append(number)
    for number in french:
        if not number.unit:
            continue
        # A reading shared by very many numbers tells nothing about which one answers.
        partners = [p for reading in number.readings for p in units.get(reading, ())[:20]]
        if not partners or any(partner.unit == number.unit for partner in partners):
            continue
        other = next((partner for partner in partners if partner.unit), None)
        if other or (number.unit == "%" and not percent):
            target = other or partners[0]
            spans = (number.start, number.end), (target.start, target.end)
            yield Discrepancy(Fault.UNIT, number.surface, False, *spans)
