"""A French or English text in, its canonical numbers with spans out; a pair in, what differs out.

A number is reduced to a set of readings, written as short keys: ``n`` a value ("n3400000000"),
``t`` a time of day in minutes, ``a`` a time whose half of the day is open, ``m`` a month, ``v`` a
code kept as written. Two numbers agree when they share a reading, so "14 h 30", "2:30 pm" and
"2.30 p.m." agree, and so do « 3,4 milliards », "3.4 billion" and "3,400 million".
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.language.numbers.compare import Discrepancy, Fault, partners
from pipeline.language.numbers.compare import compare as _compare
from pipeline.language.numbers.forms import Number
from pipeline.language.numbers.reader import Reader
from pipeline.language.numbers.words import LANGUAGES

__all__ = ["Discrepancy", "Fault", "Number", "compare", "extract", "partners"]


@lru_cache(maxsize=256)
def extract(text: str, language: str) -> tuple[Number, ...]:
    """Return the numbers of ``text`` in order; ``language`` is "fr" or "en". Linear in the text.

    The last few results are remembered: hypotheses share a source.
    """
    return tuple(Reader(text, LANGUAGES[language]).numbers())


def compare(source: str, translation: str) -> tuple[Discrepancy, ...]:
    """Return what a French source and its English translation disagree on, in order of the source.

    Numbers that only the translation has come last. A spelled-out number and digits are equal.
    """
    return _compare(extract(source, "fr"), extract(translation, "en"), source, translation)
