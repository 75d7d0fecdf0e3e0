"""A text and its language in; for each character, what is printed in its place out.

Stored text is never changed: spans are offsets into it, so typesetting answers with one string per
character, and any span is printed as the join of its slice. Only spaces, apostrophes and double
quotation marks ever change, and setting a set text again changes nothing.

The French rules are those of the Imprimerie nationale's *Lexique*: U+202F before ``; ! ?``, inside
guillemets and between groups of three digits; U+00A0 before ``:`` and between a number and its
unit, the parts of a time or of a day, or a title and its name. English keeps the last together.
"""

from __future__ import annotations

import re

from pipeline.language.addresses import addresses
from pipeline.language.months import MONTHS

NARROW = "\u202f"
FIXED = "\u00a0"
SPACES = " \u00a0\u2000-\u200a\u202f\u3000"

_WORD = re.compile(r"\S+")
_ENTITY = re.compile(r"&#?\w+;")
_BEFORE = re.compile(
    rf"(?<![{SPACES}])(?P<space>[{SPACES}]*)"
    rf"(?:(?:[;!?]+|[»›])(?=[\s{SPACES}:)\]»›”’\"…,.;!?]|$)"
    rf"|(?P<colon>:)(?=[\s{SPACES})\]»›”’\"…,.;!?]|$))"
)
_AFTER_OPENING = re.compile(rf"[«‹](?P<space>[{SPACES}]*)(?=[^\s{SPACES}])")
_DIGIT_GROUP = re.compile(rf"(?<![\d,.])\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)")
_UNIT = re.compile(rf"(?<=\d)(?P<space>[{SPACES}])(?=[%‰€$£°](?!\w))")
_TITLE = re.compile(
    rf"\b(?:MM?\.|Mmes?|Mlles?|Me|Mgr|Dr|Pr|art\.|[nN][°º])(?P<space>[{SPACES}])(?=\w)"
)
_TIME = re.compile(
    rf"(?<=\d)(?P<space>[{SPACES}])(?=h\b)|(?<=\d[{SPACES}]h)(?P<after>[{SPACES}])(?=\d)"
)
_DAY = re.compile(
    rf"\b(?:1er|[12]?\d|3[01])(?P<space>[{SPACES}])(?=(?:{'|'.join(MONTHS['fr'])})\b)"
)
# What English keeps together: a title and its name, a day and its month, an hour and its half.
_ENGLISH = (
    re.compile(rf"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|St)\.?(?P<space>[{SPACES}])(?=[^\W\d_a-z])"),
    re.compile(rf"\b(?:[Nn]os?|[Aa]rt|pp?)\.(?P<space>[{SPACES}])(?=\d)"),
    re.compile(rf"\b(?:[12]?\d|3[01])(?P<space>[{SPACES}])(?=(?:{'|'.join(MONTHS['en'])})\b)"),
    re.compile(rf"(?<=\d)(?P<space>[{SPACES}])(?=(?:[ap]\.?m\b|[mb]illion\b|%))"),
    re.compile(rf"\b(?:EUR|USD|GBP|CHF)(?P<space>[{SPACES}])(?=\d)"),
)
_DIALOGUE = re.compile(rf"^[—–](?P<space>[{SPACES}])(?=[\w«“\"(])")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=[\w«“\"])|(?<=[^\W\d_])'(?=\s?[«“])")
_BEFORE_OPENING_QUOTE = "([{«‹—–/‘'’-"
_DEEPEST_QUOTE = 3
_AFTER_CLOSING_QUOTE = ")]}»›—–/.,;:!?…’'-"

# Control characters, line separators, bidirectional controls and lone surrogates have no glyph and
# can break or disorder the page; each is printed as a white square, so that offsets still hold.
_UNPRINTABLE = [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0x61C, 0x200E, 0x200F]
_UNPRINTABLE += [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)]
_UNPRINTABLE += [0xFEFF, 0xFFFE, 0xFFFF]
_PRINTABLE = dict.fromkeys(_UNPRINTABLE, "\u25a1") | {ord("\t"): "\t", ord("\n"): "\n"}


def typeset(text: str, language: str) -> tuple[str, ...]:
    """Return what to print for each character of ``text``; ``language`` is "fr" or "en".

    The answer has one string per character; a character that is not printed has "". Addresses
    (see ``addresses``), times and character entities keep their spacing.
    """
    pieces = list(text)
    protected = _protected(text)
    if language == "fr":
        _set_french_spaces(text, pieces, protected)
    elif language == "en":
        for rule in _ENGLISH:
            for match in rule.finditer(text):
                pieces[match.start("space")] = FIXED
    _set_apostrophes(text, pieces, protected)
    _set_double_quotes(text, pieces, protected)
    return tuple(pieces)


def printable(text: str) -> str:
    """Return ``text``, as long as before, a white square for each character without a glyph."""
    return text.translate(_PRINTABLE)


def _protected(text: str) -> frozenset[int]:
    """Return the offsets of the characters no rule may touch."""
    # What is glued to an address is protected with it: a query may end in "?".
    spans = [word.span() for word in _WORD.finditer(text) if addresses(word[0])]
    spans += [match.span() for match in _ENTITY.finditer(text)]
    return frozenset(offset for start, end in spans for offset in range(start, end))


def _set_french_spaces(text: str, pieces: list[str], protected: frozenset[int]) -> None:
    indent = len(text) - len(text.lstrip())
    for match in _BEFORE.finditer(text):
        first, mark = match.start(), match.end("space")
        # A mark with nothing before it opens a line; there is no space to set.
        if mark in protected or first <= indent:
            continue
        space = FIXED if match["colon"] else NARROW
        if match["space"]:
            _replace(pieces, first, mark, space)
        elif text[mark - 1].isalnum() or text[mark - 1] in ")]»›”’…%‰€$£°.'\"":
            pieces[mark] = space + pieces[mark]
    for match in _AFTER_OPENING.finditer(text):
        if match.start() in protected:
            continue
        if match["space"]:
            _replace(pieces, match.start("space"), match.end("space"), NARROW)
        else:
            pieces[match.start()] += NARROW
    for match in _DIGIT_GROUP.finditer(text):
        for offset in range(*match.span()):
            if not text[offset].isdigit():
                pieces[offset] = NARROW
    for rule in (_UNIT, _TITLE, _TIME, _DAY, _DIALOGUE):
        for match in rule.finditer(text):
            pieces[match.start(match.lastgroup or 0)] = FIXED


def _replace(pieces: list[str], start: int, end: int, space: str) -> None:
    pieces[start:end] = [""] * (end - start - 1) + [space]


def _set_apostrophes(text: str, pieces: list[str], protected: frozenset[int]) -> None:
    for match in _APOSTROPHE.finditer(text):
        if match.start() not in protected:
            pieces[match.start()] = "’"


def _set_double_quotes(text: str, pieces: list[str], protected: frozenset[int]) -> None:
    """Curl straight double quotes, all of them or none: only if they pair, one inside another."""
    curled: dict[int, str] = {}
    depth = 0
    for offset, character in enumerate(text):
        if character != '"' or offset in protected:
            continue
        before = text[offset - 1] if offset else ""
        after = text[offset + 1 : offset + 2]
        begun = before in _BEFORE_OPENING_QUOTE or curled.get(offset - 1) == "“"
        opens = bool(after.strip()) and (not before.strip() or begun)
        closes = not after.strip() or after in _AFTER_CLOSING_QUOTE + '"'
        if depth and closes and not (opens and begun):
            depth -= 1
            curled[offset] = "”"
        elif opens and depth < _DEEPEST_QUOTE:
            depth += 1
            curled[offset] = "“"
        else:
            return
    if not depth:
        for offset, quote in curled.items():
            pieces[offset] = quote
