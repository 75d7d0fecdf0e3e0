"""A text in; its words, marks and spaces out, with folded keys, offsets and word boundaries.

The tokens cover the text without gaps, so offsets are always those of the text as it was given,
composed or not. A key makes equal what readers take for equal: letter case, accents, œ and oe, the
three apostrophes, the hyphens and short dashes, and every run of spaces, no-break or not. Keys
only find candidates; ``same_word`` then compares the letters under a case rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.model import CaseRule
from pipeline.text import fold

# Letters may be followed by combining accents, soft hyphens and zero-width characters.
_TOKEN: Final = re.compile(
    "(?P<word>[^\\W_ʼ](?:[^\\W_ʼ]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*)"
    r"|(?P<space>\s+)|(?P<mark>.)",
    re.DOTALL,
)
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060]")
_MARKS: Final = dict.fromkeys("'’ʼ", "'") | dict.fromkeys("-‐‑–", "-")
LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})

ELISIONS: Final = frozenset(
    {"l", "d", "qu", "s", "n", "j", "m", "t", "c", "jusqu", "lorsqu", "puisqu", "quoiqu"}
)
_PREFIXES: Final = frozenset(["ex", "pro", "anti", "non", "post"])
# English prefixes that make another person or thing: a vice-president is no president.
_BINDING: Final = frozenset(["grand", "great", "step", "sub", "vice"])
_DEICTICS: Final = frozenset(["ci", "la"])
_REFORM: Final = str.maketrans("èîûÈÎÛ", "éiuÉIU")
_DIAERESIS: Final = re.compile("(g)u([ëï])", re.IGNORECASE)  # aiguë, aigüe
_REFORMED_LETTERS: Final = 6
_ACRONYM_LETTERS: Final = 4


class Token(NamedTuple):
    """A word, a run of spaces or one mark: ``text`` is composed (NFC), ``key`` is folded."""

    key: str
    text: str
    start: int
    end: int
    is_word: bool


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens that cover it from start to end, in linear time."""
    tokens = []
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        raw = text[start:end]
        if found.lastgroup == "word":
            key, word = _word(raw)
            tokens.append(Token(key, word, start, end, True))
        elif found.lastgroup == "space":
            tokens.append(Token(" ", raw, start, end, False))
        else:
            tokens.append(Token(_MARKS.get(raw, raw), raw, start, end, False))
    return tokens


@lru_cache(maxsize=1 << 12)
def _word(raw: str) -> tuple[str, str]:
    """The key of a word, and the word in NFC without invisible characters and ligatures."""
    word = unicodedata.normalize("NFC", _INVISIBLE.sub("", raw)).translate(LIGATURES)
    return fold(word), word


def same_word(form: str, word: str, rule: CaseRule) -> bool:
    """Whether ``word`` of a text may stand for ``form`` of an entry, both composed.

    Smart: a lower-case letter of the form matches both cases, a capital only a capital. Accents
    count, but a capital may lack its own on either side (Etat, État), and in long words the
    spelling of 1990 equals the older one (événement, évènement; aiguë, aigüe). Exact: equal
    letters.
    """
    if form == word:
        return True
    if rule is CaseRule.EXACT or len(form) != len(word):
        return False
    form, word = _reformed(form), _reformed(word)
    if len(form) >= _REFORMED_LETTERS:
        form, word = form.translate(_REFORM), word.translate(_REFORM)
    return all(f == w or _same_letter(f, w, rule) for f, w in zip(form, word, strict=True))


def _reformed(word: str) -> str:
    return _DIAERESIS.sub(r"\1ü\2", word).replace("üë", "üe").replace("üï", "üi")


def _same_letter(form: str, word: str, rule: CaseRule) -> bool:
    if form.lower() != word.lower():
        bare_form, bare_word = fold(form), fold(word)
        unaccented_capital = (word.isupper() and word.lower() == bare_word) or (
            form.isupper() and form.lower() == bare_form
        )
        if bare_form != bare_word or not unaccented_capital:
            return False
    return rule is CaseRule.IGNORE or not form.isupper() or word.isupper()


def opens(tokens: Sequence[Token], first: int, french: bool) -> bool:
    """Whether something that begins with this token begins a word of its own.

    Elided words (l', qu') stand apart. In French a hyphen binds, except to an acronym (UE-Chine),
    after ex-, pro-, anti-, non-, post-, and when it is a dash; in English it separates (NATO-led),
    but for vice-, sub- and the like.
    """
    if not tokens[first].is_word or first == 0:
        return True
    mark = tokens[first - 1]
    if mark.key in "@_":
        return False
    if first == 1 or not tokens[first - 2].is_word:
        return True
    before = tokens[first - 2]
    if mark.key == "'":
        return before.key in ELISIONS and (first == 2 or tokens[first - 3].key != "-")
    if mark.key == "-" and french:
        return before.key in _PREFIXES or _loose_hyphen(before, mark, tokens[first])
    if mark.text in "-‐‑" and not french and before.key in _BINDING:
        return False
    return not _joined(before, mark, tokens[first])


def closes(tokens: Sequence[Token], last: int, french: bool) -> bool:
    """Whether something that ends with this token ends a word of its own (see ``opens``).

    An English possessive ('s) and the French -ci and -là stand apart.
    """
    if not tokens[last].is_word or last + 1 == len(tokens):
        return True
    mark = tokens[last + 1]
    if mark.key == "_":
        return False
    if last + 2 == len(tokens) or not tokens[last + 2].is_word:
        return True
    after = tokens[last + 2]
    if mark.key == "'":
        return not french and after.key == "s"
    if mark.key == "-" and french:
        return after.key in _DEICTICS or _loose_hyphen(tokens[last], mark, after)
    return not _joined(tokens[last], mark, after)


def _loose_hyphen(before: Token, mark: Token, after: Token) -> bool:
    """Whether a hyphen joins two words that stay two: a dash, or one of them is an acronym."""
    if mark.text == "–":
        return True
    capitals = [len(word.text) > 1 and word.text.isupper() for word in (before, after)]
    # In a headline every word is in capitals: there, only two short words count as acronyms.
    short = len(before.text) <= _ACRONYM_LETTERS and len(after.text) <= _ACRONYM_LETTERS
    return any(capitals) and (short or not all(capitals))


def _joined(before: Token, mark: Token, after: Token) -> bool:
    """Whether a mark without spaces makes one unit: un.org, node.js, 12,5, snake_case, a@b."""
    if mark.key == ".":
        return after.text[0].islower() or (before.text[-1].isdigit() and after.text[0].isdigit())
    if mark.key == ",":
        return before.text[-1].isdigit() and after.text[0].isdigit()
    return mark.key in ("_", "@")
