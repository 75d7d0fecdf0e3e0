"""The numbers of a French text and of its English translation in, what they disagree on out.

Comparison is of sets: a number that one side repeats, or merges, is no discrepancy.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from pipeline.numbers.forms import Number
from pipeline.numbers.units import differ


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


def compare(
    french: Sequence[Number], english: Sequence[Number], source: str, translation: str
) -> tuple[Discrepancy, ...]:
    """Return what two texts disagree on, given their numbers, in order of the source.

    Numbers that only the translation has come last. A spelled-out number and digits are equal.
    """
    missing = _unanswered(french, english, translation)
    found = [
        Discrepancy(Fault.MISSING, n.surface, n.digits, source_span=(n.start, n.end))
        for n in missing
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


def _unanswered(asked: Sequence[Number], given: Sequence[Number], text: str) -> list[Number]:
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
            answers = [n for reading in number.readings for n in by_reading.get(reading, ())[:20]]
            known = [answer for answer in answers if answer.unit]
            same = any(not differ(number.unit, answer.unit) for answer in known)
            lost = number.unit == "%" and not percent
            if not number.unit or not answers or same or number in reported:
                continue
            if len(known) == len(answers) or lost:
                reported |= {number, *answers}
                one, other = (number, answers[0]) if asked is french else (answers[0], number)
                spans = (one.start, one.end), (other.start, other.end)
                yield Discrepancy(Fault.UNIT, one.surface, False, *spans)


def partners(french: Sequence[Number], english: Sequence[Number]) -> list[tuple[Number, Number]]:
    """Return the numbers that answer each other and nothing else, in order of the source."""
    answers = [[m for m in english if n.readings & m.readings] for n in french]
    asked = Counter(m.start for found in answers for m in found)
    return [
        (n, found[0])
        for n, found in zip(french, answers, strict=True)
        if len(found) == 1 and asked[found[0].start] == 1
    ]
