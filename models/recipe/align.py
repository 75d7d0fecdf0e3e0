"""Word alignment and the extraction of term pairs that may serve as hints."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

TOKEN = re.compile(r"\w+['’]|\w+|[^\w\s]")
_STOP = """le la les un une des de du d' l' et ou où à a au aux en dans par pour sur que qui ne pas
se ce cette ces son sa ses leur leurs est sont été être avoir ont il elle ils elles nous vous je
on y plus qu' n' s' c' j' m' t' si mais donc car comme avec sans sous"""
_DETERMINERS = "the a an this that its his her their our my your no any every"
_FUNCTION = """of in on at to for from by with and or but is are was were be been has have had will
would can could should may must shall do does did not as that which who when where if than into
about between under over after before during since until while because i you he she it we
they me him us them what how there here very so too also more most only"""
STOP = frozenset(_STOP.split())
DETERMINERS = frozenset(_DETERMINERS.split())
FUNCTION = DETERMINERS | frozenset(_FUNCTION.split())
MAX_WORDS = 4


@dataclass(frozen=True)
class Token:
    """A word of a sentence and its character range."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Term:
    """A French term and its English counterpart, with token ranges and a sampling weight.

    ``replaceable`` terms are names and whole noun phrases: another may stand in their place.
    """

    first: int
    last: int
    french: str
    english: str
    english_start: int
    weight: float
    replaceable: bool


def tokens(sentence: str) -> list[Token]:
    """Split a sentence into words, elided articles and punctuation marks."""
    return [Token(m.group(), m.start(), m.end()) for m in TOKEN.finditer(sentence)]


Links = set[tuple[int, int]]


def align(pairs: list[tuple[str, str]]) -> list[tuple[Links, Links]]:
    """Return, for each pair, the links found in both directions and in either direction."""
    from eflomal import Aligner

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side, file in ((0, "fr"), (1, "en")):
            text = "".join(
                " ".join(t.text.lower() for t in tokens(pair[side])) + "\n" for pair in pairs
            )
            (folder / file).write_text(text, encoding="utf-8")
        with (folder / "fr").open() as french, (folder / "en").open() as english:
            Aligner(model=3).align(
                french,
                english,
                links_filename_fwd=str(folder / "fwd"),
                links_filename_rev=str(folder / "rev"),
            )
        forward = (folder / "fwd").read_text().split("\n")
        reverse = (folder / "rev").read_text().split("\n")

    def links(line: str) -> Links:
        return {(int(a), int(b)) for a, b in (x.split("-") for x in line.split())}

    both = [(links(f), links(r)) for f, r in zip(forward, reverse, strict=True)][: len(pairs)]
    return [(f & r, f | r) for f, r in both]


def coverage(french: str, english: str, sure: Links) -> float:
    """Return the share of words of the longer side that are linked in both directions."""
    return len(sure) / max(len(tokens(french)), len(tokens(english)), 1)


def terms(french: str, english: str, sure: Links, possible: Links) -> list[Term]:
    """Return the contiguous, cleanly aligned term pairs of a sentence pair."""
    source, target = tokens(french), tokens(english)
    found = []
    for i in range(len(source)):
        for j in range(i + 1, min(i + MAX_WORDS, len(source)) + 1):
            term = _term(french, english, source, target, (i, j), sure, possible)
            if term is not None:
                found.append(term)
    return found


def _term(
    french: str,
    english: str,
    source: list[Token],
    target: list[Token],
    span: tuple[int, int],
    sure: Links,
    possible: Links,
) -> Term | None:
    i, j = span
    words = [t.text for t in source[i:j]]
    if words[0].lower() in STOP or words[-1].lower() in STOP:
        return None
    if not all(re.match(r"\w", w) for w in words):
        return None
    if len(words) == 1 and len(words[0]) < 5 and not words[0][0].isupper():
        return None
    linked = [b for a, b in sure if i <= a < j]
    if not linked:
        return None
    low, high = min(linked), max(linked) + 1
    if high - low > len(words) + 2:
        return None
    if any((low <= b < high) != (i <= a < j) for a, b in possible):
        return None
    aligned = {a for a, _ in sure if i <= a < j}
    if any(source[k].text.lower() not in STOP and k not in aligned for k in range(i, j)):
        return None
    left = french[source[i].start : source[j - 1].end]
    right = english[target[low].start : target[high - 1].end]
    if not re.match(r"\w.*\w", right) or "==" in left + right or "||" in left + right:
        return None
    name = i > 0 and any(w[0].isupper() for w in words)
    replaceable = _replaceable(target, low, high, name)
    weight = len(words) * (3.0 if name else 1.0) * (1.0 if replaceable else 0.3)
    return Term(i, j, left, right, low, weight, replaceable)


def _replaceable(target: list[Token], low: int, high: int, name: bool) -> bool:
    """Tell whether an English range is a name or fills the place of a noun phrase."""
    if low == 0 or any(t.text.lower() in FUNCTION for t in target[low:high]):
        return False
    following = target[high].text.lower() if high < len(target) else "."
    closed = following in FUNCTION or not following[0].isalnum()
    if name and all(t.text[0].isupper() for t in target[low:high]):
        return closed
    return closed and target[low - 1].text.lower() in DETERMINERS
