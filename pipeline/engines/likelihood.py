"""A text, its pieces and their log-probabilities in; those of the text and of each word out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Likelihood

# Bytes of UTF-8 that a letter is written with where it has no piece: the first, and those after it.
_BYTE = re.compile("<0x[0-9A-F]{2}>")
_FURTHER_BYTE = re.compile("<0x[89AB][0-9A-F]>")


def likelihood(text: str, pieces: Sequence[str], log_probs: Sequence[float]) -> Likelihood:
    """Average the log-probabilities of a text's pieces over the text and over each of its words.

    Words are parted by white space; a word's score is the mean of its pieces', as in Bergamot's
    quality estimation (github.com/browsermt/bergamot-translator, ``quality_estimator.h``).
    ``log_probs`` has a value a piece and, at its end, one for the end token, which counts for the
    text alone. A word that has no piece of its own gets the mean of the text.
    """
    mean = sum(log_probs) / max(len(log_probs), 1)
    words: list[list[float]] = [[] for _ in text.split()]
    for word, log_prob in zip(_words(text, pieces), log_probs, strict=False):
        words[word].append(log_prob)
    return Likelihood(mean, tuple(sum(each) / len(each) if each else mean for each in words))


def _words(text: str, pieces: Sequence[str]) -> list[int]:
    """Say for each piece which word of the text its first letter belongs to.

    Letters are counted, white space left out. A tokenizer that changes some (``…`` to ``...``)
    makes the counts differ; places are then taken in proportion, which is off by a letter or so.
    """
    owners = [number for number, word in enumerate(text.split()) for _ in word]
    if not owners:
        return []
    sizes = [_letters(piece) for piece in pieces]
    whole, before = max(sum(sizes), 1), 0
    found: list[int] = []
    for piece, size in zip(pieces, sizes, strict=True):
        if found and _FURTHER_BYTE.fullmatch(piece):
            found.append(found[-1])
            continue
        found.append(owners[min(before * len(owners) // whole, len(owners) - 1)])
        before += size
    return found


def _letters(piece: str) -> int:
    """Count the letters that a piece stands for, without SentencePiece's and BPE's marks."""
    if _BYTE.fullmatch(piece):
        return int(not _FURTHER_BYTE.fullmatch(piece))
    return len(piece.removesuffix("@@").replace("\u2581", ""))
