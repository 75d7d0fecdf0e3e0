"""An English text in, the amounts in it that no English reader writes so out.

French shorthand ("2.4 Md€", "45 MEUR"), and a currency where there is one already or none can be
("EUR 38 M€", "EUR 12%").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORTHAND = re.compile(
    r"(?<![0-9.,])[0-9][0-9.,]{0,20}\s?(?:(?:k|M|Mds?)€|Mds?\b|Mrds?\b|(?:K|M|Md|Mds)EUR\b"
    r"|[kM]\s(?:CHF|EUR|USD|GBP|euros|dollars|francs)\b)"
)
_NAMES = r"[€$£]|EUR\b|USD\b|GBP\b"
_DOUBLED = re.compile(
    rf"(?:{_NAMES})\s?[0-9][0-9.,]{{0,20}}(?:\s(?:thousand|million|billion|trillion)|bn|m|k)?\s?"
    r"(?:%|per\s?cent\b|percent\b|M?€|[KM]?EUR\b|MUR\b|euros?\b|dollars?\b|pounds?\b)"
)


def shorthand(text: str) -> Iterator[re.Match[str]]:
    """Yield the amounts in the French shorthand."""
    yield from _SHORTHAND.finditer(text)


def doubled(text: str) -> Iterator[re.Match[str]]:
    """Yield the amounts with a currency too many."""
    yield from _DOUBLED.finditer(text)
