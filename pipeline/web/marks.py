"""A text and named spans in; the pieces to show, each with the names of the spans over it, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A stretch of text over which the same spans lie; ``marks`` are their names."""

    text: str
    marks: tuple[str, ...]


def marked(
    text: str, spans: Iterable[tuple[str, Span | None]], printed: Sequence[str] = ()
) -> list[MarkedText]:
    """Cut a text where spans begin and end; the pieces together are the text.

    With ``printed``, what is printed for each of its characters, they are that.
    """
    shown = printed or text
    known = [(name, span) for name, span in spans if span is not None and span[0] < span[1]]
    cuts = {0, len(text)} | {min(place, len(text)) for _, span in known for place in span}
    places = sorted(cuts)
    return [
        MarkedText(
            "".join(shown[start:end]),
            tuple(
                dict.fromkeys(name for name, span in known if span[0] <= start and end <= span[1])
            ),
        )
        for start, end in pairwise(places)
    ]


def hits(words: str, where: str) -> list[tuple[str, Span]]:
    """Give where words that are looked for stand in a text, to be marked."""
    pattern = re.sub("['’‘]", "['’‘]", re.escape(words).replace(r"\ ", r"\s+"))
    return [("hit", match.span()) for match in re.finditer(pattern, where, re.IGNORECASE)]
