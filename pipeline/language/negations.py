"""A French text in, where it denies out: "ne … pas", "aucun … ne", « ne peut »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.words import Word, words

Span = tuple[int, int]

_REACH = 7  # words between "ne" and its second half
_SECOND_HALVES = frozenset(
    "pas jamais rien aucun aucune nul nulle personne guère point ni plus".split()
)
# The subject of the clause, before its "ne".
_FIRST_HALF = re.compile(
    r"(?:^|[.;:!?,(«“]\s?|\b(?:et|mais|car|que|or)\s|qu['’])"
    r"(aucune?|nulle?|personne|rien|jamais|pas une?|ni)\b[^.;:!?,]{0,60}$",
    re.IGNORECASE,
)
# "Only": « ce ne sera plus qu'un souvenir », « il n'abrite guère que des mousses ».
_ONLY = re.compile(
    r"\w+\s+(?:(?:plus\s+)?guère|plus)\s+qu(?:e\s|['’])(?!ils?\b|elles?\b|on\b|moi\b|ce\b|cel)"
    r"|(?:est|sont|soi(?:t|ent)|étai(?:t|ent)|fut|furent|sera|seront|serai(?:t|ent)"
    r"|reste(?:nt|ra|ront)?"
    r"|restai(?:t|ent)|a|ont|avai(?:t|ent)|aura|auront|compte(?:nt)?|comptai(?:t|ent))\s+plus\b"
    r"[^.;:!?]{0,40}?\bqu(?:e\s|['’])(?!ils?\b|elles?\b|on\b|nous\b|vous\b|je\b|j['’]|ce\b|cel)",
    re.IGNORECASE,
)
# Verbs that "ne" alone denies: « ne peut », « n'a pu ».
_DENIED_ALONE = re.compile(
    r"ne\s(?:l['’]|(?:se|s['’]|le|la|les|lui|leur|en|y)\s)?"
    r"(?:peu[tx]|peuvent|pu[st]|purent|pouv\w+|pourr\w+|saurai\w*)\b"
    r"|n['’](?:ai|as|a|ont|avai\w+|aur\w+)\spu\b",
    re.IGNORECASE,
)
_AFTER_PAS = frozenset("seulement uniquement simplement moins que mal tant".split())
# After these "ne" without a second half says nothing; elsewhere it negates ("je ne saurais").
EXPLETIVE = re.compile(
    r"(?:\b(?:crain\w*|peur|redout\w*|avant|moins|évit\w*|empêch\w*|sans|plus|mieux|pire"
    r"|dout\w*|ni\w*)\b[^.;:!?]{0,60}?|\bautre\w*\s(?:\w+\s){0,2})"
    r"\bqu(?:e|['’]\w*)\b[^.;:!?]{0,60}?\b(?:ne\b|n['’])",
    re.IGNORECASE,
)


def french_negations(text: str) -> list[Span]:
    """Spans of the full negations of a French text: "ne … pas", "n'… jamais", "aucun … ne".

    "ne … que" (only), "ne" without another half, and "pas seulement" do not count.
    """
    found: list[Span] = []
    source = words(text)
    for index, word in enumerate(source):
        if not is_ne(text, word):
            continue
        reach = source[index + 1 : index + 1 + _REACH]
        for step, other in enumerate(reach):
            following = source[index + step + 2 : index + step + 3]
            if other.lower in _SECOND_HALVES:
                if not _softened(other, following) and not _ONLY.match(text, reach[0].start):
                    found.append((word.start, other.end))
                break
            if other.lower in ("que", "qu", "ne", "n"):
                break
        else:
            before = _FIRST_HALF.search(text[: word.start])
            alone = _DENIED_ALONE.match(text, word.start)
            if (before or alone) and not _is_expletive(text, word):
                span = (before.start(1), word.end) if before else (word.start, word.end)
                found.append(span)
    return found


def _is_expletive(text: str, word: Word) -> bool:
    """Whether a "ne" without a second half says nothing."""
    return EXPLETIVE.search(text[: word.end]) is not None


def is_ne(text: str, word: Word) -> bool:
    """Whether a word is a French "ne"."""
    return word.lower == "ne" or (word.lower == "n" and text[word.end : word.end + 1] in ("'", "’"))


def _softened(second: Word, following: Sequence[Word]) -> bool:
    return second.lower == "pas" and bool(following) and following[0].lower in _AFTER_PAS
