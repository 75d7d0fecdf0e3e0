"""Pieces of English in; the same with the spaces that the model forgot before a word, out.

A hint stands in the prompt without a space before it, and the model sometimes copies it so
("calledarteries"), or a name ("ofOakland"). It is a matter of a single piece, which has a form with
the mark of a space and one without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pipeline.language.dictionary import dictionary

SPACE = "\u2581"  # with which SentencePiece marks a piece that begins a word


def parted(pieces: Sequence[str], hinted: Sequence[Sequence[str]], source: str) -> tuple[str, ...]:
    """Give the pieces of a translation of ``source`` with a space where two words are joined.

    ``hinted`` are the pieces of the hints' targets; a word that English has is left whole
    ("fisherman", where "man" was a hint). A capital within a word begins another one unless the
    source has the whole ("iPhone").
    """
    found: list[str] = []
    own = source.casefold()
    word = ""
    for number, piece in enumerate(pieces):
        inside = not piece.startswith(SPACE) and len(word) > 1 and word[-1:].isalpha()
        if inside and (
            (
                any(
                    each and tuple(pieces[number : number + len(each)]) == tuple(each)
                    for each in hinted
                )
                and not dictionary().english_word(word + _rest(pieces, number))
            )
            or (piece[0].isupper() and word[-1].islower() and (word + piece).casefold() not in own)
        ):
            piece = SPACE + piece
        word = piece[1:] if piece.startswith(SPACE) else word + piece
        found.append(piece)
    return tuple(found)


def _rest(pieces: Sequence[str], number: int) -> str:
    """Give what is left of a word from a piece on."""
    return "".join(takewhile(str.isalpha, pieces[number:]))
