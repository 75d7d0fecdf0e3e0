"""A text, its pieces and their log-probabilities in; those of the text and of each word out."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from pipeline.model import Likelihood

OPTIONS: Final = 4
"""How many of the likeliest pieces the openness of a choice is told by."""

_OTHERS: Final = 50
_LEAST: Final = 1e-9
# Bytes of UTF-8 that a letter is written with where it has no piece: the first, and those after it.
_BYTE = re.compile("<0x[0-9A-F]{2}>")
_FURTHER_BYTE = re.compile("<0x[89AB][0-9A-F]>")


def entropy(best: Sequence[float]) -> float:
    """Give how open a choice is (in nats) by the log-probabilities of the likeliest few.

    What these leave is taken for spread over as many again as make little difference.
    """
    known = best[:OPTIONS]
    shares = [math.exp(each) for each in known]
    rest = max(1 - sum(shares), _LEAST)
    told = -sum(share * each for share, each in zip(shares, known, strict=True))
    return told - rest * math.log(rest / _OTHERS)


def likelihood(
    text: str,
    pieces: Sequence[str],
    log_probs: Sequence[float],
    entropies: Sequence[float] = (),
) -> Likelihood:
    """Average the log-probabilities of a text's pieces over the text and over each of its words.

    Words are parted by white space; a word's score is the mean of its pieces', as in Bergamot's
    quality estimation (github.com/browsermt/bergamot-translator, ``quality_estimator.h``).
    ``log_probs`` has a value a piece and, at its end, one for the end token, which counts for the
    text alone. A word that has no piece of its own gets the mean of the text. ``entropies`` are
    those of the same choices, of which a word gets the most open.
    """
    mean = sum(log_probs) / max(len(log_probs), 1)
    words: list[list[float]] = [[] for _ in text.split()]
    owners = _words(text, pieces)
    for word, log_prob in zip(owners, log_probs, strict=False):
        words[word].append(log_prob)
    opened = [0.0] * len(words) if entropies else []
    for word, each in zip(owners, entropies, strict=False):
        opened[word] = max(opened[word], each)
    means = (sum(each) / len(each) if each else mean for each in words)
    return Likelihood(mean, tuple(means), tuple(opened))


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
