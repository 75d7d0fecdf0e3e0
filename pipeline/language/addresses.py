"""A text in, the web and e-mail addresses in it out: what no rule for words may touch.

Two others look at less on purpose. ``sentence_rules`` reads only what stands left of a place, where
an address has no end yet; it takes any word with "/" or "@" for one, paths and handles too.
"""

from __future__ import annotations

import re
from typing import Final

Span = tuple[int, int]

_HYPHENS: Final = "\u2010\u2011-"
# Every repetition is delimited by characters it does not hold, so matching stays linear.
_ADDRESS: Final = re.compile(
    r"(?:(?<![a-z])[a-z][a-z0-9+.-]{0,20}://|(?<![\w.])www\.)[^\s<>«»“”\"]++"
    rf"|(?<![\w.+{_HYPHENS}])[\w.+{_HYPHENS}]{{1,64}}+"
    rf"@[\w{_HYPHENS}]{{1,63}}+(?:\.[\w{_HYPHENS}]{{1,63}}+)++",
    re.IGNORECASE,
)
# What closes the sentence or bracket around an address, not the address.
_TRAILING: Final = ".,;:!?…)]}'’*_"


def addresses(text: str) -> list[Span]:
    """Return the spans of the addresses in a text, in order, without what closes a sentence."""
    spans = []
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_TRAILING)
        spans.append((found.start(), found.start() + len(address)))
    return spans
