"""The bytes of a text in; the single-byte encoding in which they read best as French out."""

from __future__ import annotations

import codecs
import re

from pipeline.model import Notice

# Where bytes are no UTF-8, these are tried, the likeliest first.
_SINGLE_BYTE = ("cp1252", "iso8859-15", "mac-roman", "cp850")

FRENCH_LETTERS = "àâäéèêëîïôöùûüÿçœæÀÂÄÉÈÊËÎÏÔÖÙÛÜŸÇŒÆñáíóúÑ"
FRENCH_SIGNS = "«»’‘“”–—…€°·•§\u00a0"
_NUMBER_SIGNS = "½¼¾²³±×"


def likeliest(data: bytes) -> str | None:
    """Give the single-byte encoding in which the bytes read best as French; None if in none."""
    scores = [
        (codec, score) for codec in _SINGLE_BYTE if (score := _score(data, codec)) is not None
    ]
    if not scores:
        return None
    best, score = max(scores, key=lambda pair: pair[1])
    # Nothing tells encodings apart in a text that is not French in any.
    return best if score > 0 or best == "cp1252" else None


def _score(data: bytes, codec: str) -> int | None:
    """Say how much of a text reads as French in an encoding: what fits less what does not."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return sum(
        _fit(text[place - 1 : place], text[place], text[place + 1 : place + 2])
        for place in (match.start() for match in _NOT_ASCII.finditer(text))
    )


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def _fit(before: str, character: str, after: str) -> int:
    if character in FRENCH_LETTERS:
        # A capital inside small letters is another letter in another encoding.
        inside = character.isupper() and before.islower()
        alone = not before.isalpha() and not after.isalpha() and character not in "àÀôÔ"
        return -1 if inside or alone else 1
    if character in _NUMBER_SIGNS:
        return -1 if before.isalpha() and after.isalpha() else 0
    return 1 if character in FRENCH_SIGNS else -1


def misread(data: bytes, encoding: str) -> tuple[Notice, ...]:
    """Tell of a text that reads better in another encoding than in the one a person named."""
    codec = codecs.lookup(encoding).name
    score = _score(data, codec) if codec in _ONE_BYTE else None
    best = likeliest(data) if score is not None else None
    if best is None or score is None or codecs.lookup(best).name == codec:
        return ()
    better = _score(data, best)
    if better is None or better <= score or data.decode(best) == data.decode(codec):
        return ()
    line = data.count(b"\n", 0, _first_difference(data, codec, best)) + 1
    message = (
        f"reads better as {best} than as {encoding} (line {line}); if signs are wrong there, read "
        f"it again as {best}"
    )
    return (Notice("encoding", message, line),)


_ONE_BYTE = {codecs.lookup(name).name for name in (*_SINGLE_BYTE, "latin-1")}


def _first_difference(data: bytes, codec: str, other: str) -> int:
    pairs = zip(data.decode(codec), data.decode(other), strict=True)
    return next((place for place, (one, two) in enumerate(pairs) if one != two), 0)
