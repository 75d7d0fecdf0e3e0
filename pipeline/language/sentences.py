"""A French paragraph in, the spans of its sentences out; a sentence too long in, its pieces out.

The splitter sentencex makes the first pass; French rules confirm, undo or add boundaries
(``sentence_rules``). Spans are offsets in code points, end exclusive. They leave out nothing but
white space, so spans and the gaps between them put the text together again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from math import ceil

from pipeline.language.sentence_rules import (
    PLACE,
    dashed_line_starts,
    end_of_calls,
    ends_sentence,
    line_starts,
)

Span = tuple[int, int]

_FIRST_PASS = 4_000  # sentencex is slower than linear in the length of what it gets
_FAR = 600  # a bracket still open after so many characters is taken for a slip
_STOPS = tuple(".!?…\"'’”»›)]")
# Full stops of other scripts and blank lines are no business of French rules.
_NOT_FRENCH = re.compile(r"[。！？｡؟۔।॥։]|\S\s*\n\s*\n")
_BRACKETS = re.compile(r"[()\[\]]")
_CLOSING_BRACKET = re.compile(r"[)\]]")
_BLANK = re.compile(r"\s*")
_SPACED_QUOTE = re.compile(r'\s"(?=\s|\Z)')
_WORD_SIGN = re.compile(r"\w")
_LINK = (
    "(?:mais|et|ou|or|car|donc|ni|puis|que|qui|dont|où|lorsque|tandis|alors|parce|puisque|si|quand"
    "|afin|ainsi|comme|pour|sans|(?:qu|lorsqu|puisqu|s)['’])\\b"
)
# The white space where a sentence too long may be cut, the best first.
_BREAK = re.compile(
    r"(?<=[;:!?…])([ \t\n])(?![»:;!?])"
    rf"|(?:(?<=,)([ \t\n])(?={_LINK})|([ \t\n])(?=[-–—][ \t\n\u00a0]))"
    r"|(?<=,)([ \t\n])"
    rf"|([ \t\n])(?={_LINK}|[«(])"
    r"|([ \t\n])(?![»:;!?])"
    r"|(\s)"
)
# sentencex panics on a space of several bytes between an initial and its point.
_WIDE = re.compile(r"[^\S\x00-\x7f]+(?=\.)")


def sentence_spans(text: str) -> list[Span]:
    """Spans of the sentences of one French paragraph: in order, apart, trimmed, none empty.

    White space alone lies between them; a text of white space has none. Linear in the length.
    """
    return _trimmed(text, _sentence_ends(text))


def _trimmed(text: str, cuts: list[int]) -> list[Span]:
    """The spans between the cuts, less the white space at either end."""
    spans = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        part = text[start:end].rstrip()
        end = start + len(part)
        start = end - len(part.lstrip())
        if start < end:
            spans.append((start, end))
    return spans


def _sentence_ends(text: str) -> list[int]:
    """The offsets where a sentence ends and another one follows, in order."""
    first_pass = _first_pass(text)
    ends = {end for end in first_pass if _NOT_FRENCH.match(text, end - 1)}
    start = _skip_blank(text, 0)
    nesting = _Nesting(text, start)
    for place in PLACE.finditer(text, start):
        if place.start() < start:
            continue
        kind = place.lastgroup
        end = place.end() if kind in ("stop", "item") else place.start()
        nesting.advance(end)
        if nesting.bracketed():
            continue
        verdict: bool | None = True
        following = _skip_blank(text, end)
        if kind == "stop":
            stop_end = end
            if nesting.straight() and (closing := _SPACED_QUOTE.match(text, end)):
                end = stop_end = closing.end()
            end = end_of_calls(text, start, place.start(), end)
            following = _skip_blank(text, end)
            verdict = ends_sentence(text, start, place.start(), stop_end, following)
            if verdict is None:
                first = bisect_left(first_pass, place.start() + 1)
                verdict = nesting.quoted() or any(
                    e <= following for e in first_pass[first : first + 1]
                )
        elif kind in ("dash", "line"):
            starts = dashed_line_starts if kind == "dash" else line_starts
            verdict = not nesting.quoted() and starts(text, start, end)
        if verdict and _WORD_SIGN.search(text, start, end):
            ends.add(end)
            nesting.advance(end)
            start = following
            nesting.restart(start)
    return sorted(ends)


def _skip_blank(text: str, position: int) -> int:
    """The offset of the first character from ``position`` that is not white space."""
    blank = _BLANK.match(text, position)
    return blank.end() if blank else position


def _first_pass(text: str) -> list[int]:
    """The sentence ends that sentencex sees, in order, asked about a few thousand characters."""
    # Loaded here: a compiled library that only a run needs.
    from sentencex import get_sentence_boundaries

    ends = []
    offset = 0
    while offset < len(text):
        chunk = text[offset : offset + _FIRST_PASS]
        if offset + len(chunk) < len(text):
            # Not in the middle of a word, if there is white space.
            chunk = chunk[: chunk.rfind(" ") + 1] or chunk
        asked = _WIDE.sub(lambda found: " " * len(found[0]), chunk)
        for boundary in get_sentence_boundaries("fr", asked):
            sentence = boundary["text"].rstrip()
            cut_short = boundary["end_index"] == len(chunk) and not sentence.endswith(_STOPS)
            if sentence and not cut_short:
                ends.append(offset + boundary["start_index"] + len(sentence))
        offset += len(chunk)
    return ends


def split_long(text: str, fits: Callable[[str], bool]) -> list[Span]:
    """Spans of the pieces of a sentence too long for an engine: few, and each of them ``fits``.

    The cut falls near an even share of what remains, at the best place there: behind a semicolon or
    colon, behind a comma before a conjunction or at a dash, behind a comma, before a conjunction,
    at a space, at a no-break space, and inside a word where nothing else is left. The spans obey
    the rules of :func:`sentence_spans`. ``fits`` has to hold for every beginning of a text it holds
    for; a single character that does not fit is a piece all the same. A piece costs about ten calls
    of ``fits``, on texts of at most about twice its length.
    """
    breaks = [(found.lastindex or 0, found.start()) for found in _BREAK.finditer(text)]
    places = [place for _, place in breaks]
    start, end = _skip_blank(text, 0), len(text.rstrip())
    cuts: list[int] = []
    reach = end - start
    while start < end:
        reach = _reach(text, start, end, reach, fits)
        if start + reach == end:
            break
        share = start + (end - start) / ceil((end - start) / reach)
        last = bisect_right(places, start + reach)
        first = bisect_left(places, start + max(1, reach // 2), 0, last)
        nearby = breaks[first:last] or breaks[bisect_right(places, start, 0, last) : last][-1:]
        _, cut = min(nearby, key=lambda b: (b[0], abs(b[1] - share)), default=(0, start + reach))
        if not fits(text[start:cut]):
            cut = start + reach
        cuts.append(cut)
        start = _skip_blank(text, cut)
    return _trimmed(text, cuts)


def _reach(text: str, start: int, end: int, guess: int, fits: Callable[[str], bool]) -> int:
    """How many characters from ``start`` fit, to a sixteenth, but at least one.

    ``guess`` is what fitted before; doubled or halved until the limit lies between two lengths,
    which bisection then brings together.
    """
    most = end - start
    known, beyond = 0, most + 1
    length = min(guess, most)
    while True:
        if fits(text[start : start + length].rstrip()):
            known = length
        else:
            beyond = length
        if known == most or (beyond <= most and beyond - known <= max(1, known // 16)):
            return max(known, 1)
        length = min(known * 2, most) if beyond > most else (known + beyond) // 2


class _Nesting:
    """The quotations and brackets open at a place that only moves forward."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._place = start
        self._guillemets = 0
        self._straight = 0
        self.restart(start)

    def restart(self, start: int) -> None:
        """Take note of a new sentence: a bracket that opens it encloses whole sentences."""
        self._brackets = 0
        self._place = start + self._text.startswith(("(", "["), start)

    def advance(self, place: int) -> None:
        """Move on to ``place``, counting what opens and closes on the way."""
        passed = self._text[self._place : place]
        self._place = place
        self._guillemets = max(0, self._guillemets + passed.count("«") - passed.count("»"))
        self._straight += passed.count('"')
        for bracket in _BRACKETS.findall(passed):  # « a) » closes what was never open
            self._brackets = max(0, self._brackets + (1 if bracket in "([" else -1))

    def quoted(self) -> bool:
        """Whether a quotation is open."""
        return self._guillemets > 0 or self.straight()

    def straight(self) -> bool:
        """Whether a quotation between straight marks is open."""
        return self._straight % 2 == 1

    def bracketed(self) -> bool:
        """Whether a bracket inside the sentence is open, and closes soon enough to be meant."""
        return self._brackets > 0 and bool(
            _CLOSING_BRACKET.search(self._text, self._place, self._place + _FAR)
        )
