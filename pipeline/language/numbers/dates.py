"""A text in, the dates in it that are written with digits alone out: "11/09/2001", "01.02.2020".

French writes the day first; English leaves open which is which, so a date there has both readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.numbers.forms import Number, key

_DATE = re.compile(
    r"(?<![\w/])(?<![0-9][.,-])(?:"
    r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})"
    r"|([0-9]{4})-([0-9]{2})-([0-9]{2}))(?![\w/]|[.,-][0-9])"
)
# Without a year only where a word says that it is a date.
_SHORT = re.compile(
    r"(?:\b(?:le|du|au|dès|avant|après|depuis|jusqu['’]au|on|by|since|until|from|to)\s)"
    r"(([0-9]{1,2})/([0-9]{1,2}))(?![\w/]|[.,-][0-9]|\s[0-9]{3}\b)",
    re.IGNORECASE,
)
_CENTURIES = (0, 1900, 2000)  # what a year of two digits may lack


def dates(text: str, french: bool) -> Iterator[Number]:
    """Yield the dates of a text; each may also be answered by its day, month and year apart."""
    for match in _DATE.finditer(text):
        if match[5]:
            orders = [(int(match[7]), int(match[6]))]
            years = [int(match[5])]
        else:
            orders = [(int(match[1]), int(match[3])), (int(match[3]), int(match[1]))]
            years = [int(match[4]) + more for more in _CENTURIES]
            years = years if len(match[4]) == 2 else years[:1]
        orders = orders[:1] if french else orders
        parts = [(*_parts(*order), key(year)) for order in _real(orders) for year in years]
        if parts:
            yield _number(text, match.span(), parts)
    for match in _SHORT.finditer(text):
        orders = [(int(match[2]), int(match[3])), (int(match[3]), int(match[2]))]
        if parts := [_parts(*order) for order in _real(orders[:1] if french else orders)]:
            yield _number(text, match.span(1), parts)


def _real(orders: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(day, month) for day, month in orders if 0 < day <= 31 and 0 < month <= 12]


def _parts(day: int, month: int) -> tuple[str, ...]:
    return key(day), f"m{month}"


def _number(text: str, span: tuple[int, int], parts: list[tuple[str, ...]]) -> Number:
    return Number(
        *(*span, text[slice(*span)]),
        readings=frozenset("d" + ".".join(part) for part in parts),
        digits=True,
        parts=tuple(map(frozenset, parts)),
    )
