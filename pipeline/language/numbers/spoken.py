"""A text in, the measures in it that words alone say, and no number before a unit, out.

« Un mètre quatre-vingts », « moins d'un mille », "the hour-and-a-half operation".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from pipeline.language.numbers.forms import Number, key, merge
from pipeline.language.numbers.units import spans, unit_at

# The tens after « un mètre » or « trois euros »; what follows a hyphen adds to them.
_TENS = "dix|vingt|trente|quarante|cinquante|soixante|quatre-vingts?"
_STEP = re.compile(
    rf"\b(un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt)(?=\s(mètres?|euros?)\s)\s[^\W_]+\s"
    rf"((?:{_TENS})(?:-[^\W\d_]+|\set\s(?:une?|onze))*)(?![\w-]|\s(?:mille|cent|million))",
    re.IGNORECASE,
)
_MILE = re.compile(r"\bun\smille\b", re.IGNORECASE)  # a thousand is « mille » alone
_UNIT_HALF = re.compile(
    r"\b(hour|day|week|month|year|decade|century|metre|mile)(?:\sand\s|-and-)(?:a|one)[\s-]half\b",
    re.IGNORECASE,
)


def spoken(text: str, small: Mapping[str, int], french: bool) -> Iterator[Number]:
    """Yield these measures; ``small`` are the number words below a hundred."""
    if not french:
        for match in _UNIT_HALF.finditer(text):
            unit = unit_at(text, match.start(), match.start(), french)
            readings = frozenset([key(Fraction(3, 2))]) | spans(Fraction(3, 2), unit)
            yield Number(*match.span(), match[0], readings, required=False, unit=unit)
        return
    for match in _MILE.finditer(text):
        yield Number(*match.span(), match[0], frozenset([key(1)]), required=False, unit="mile")
    for match in _STEP.finditer(text):
        hundredths = _below_hundred(match[3], small)
        if hundredths > 0:
            value = small[match[1].lower()] + Fraction(hundredths, 100)
            unit = unit_at(text, match.start(), match.end(1), french)
            yield Number(*match.span(), match[0], frozenset([key(value)]), unit=unit, firm=True)


def _below_hundred(words: str, small: Mapping[str, int]) -> int:
    """Return the value of number words, or -1 where they are none."""
    total = -1
    for word in re.split(r"[\s-]", words.lower()):
        if word != "et":
            total = merge(total, small[word], True, word) if word in small else -1
            if total < 0:
                return -1
    return total
