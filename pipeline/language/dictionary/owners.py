"""A French phrase in; the English possessives that may stand for the "one's" of a rendering, out.

« Annoncer la couleur » is to make one's intentions clear; where she did, they are hers. The person
of the French verb tells whose they are, as do its possessives and pronouns; a third person in the
singular leaves the context to choose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from pipeline.language.dictionary.entries import Headword
from pipeline.language.lemmas import is_infinitive, may_be_participle
from pipeline.language.small_words import BE, HAVE

# Each possessive with its reflexive; the first is what dictionaries write.
_OWN: Final = {
    "one's": "oneself",
    "my": "myself",
    "your": "yourself",
    "his": "himself",
    "her": "herself",
    "its": "itself",
    "our": "ourselves",
    "their": "themselves",
}
_ONE: Final = re.compile(r"\b(?:one's|oneself)\b")
_ANY: Final = re.compile(rf"\b(?:{'|'.join((*_OWN, *_OWN.values()))})\b")
_SINGULAR: Final = ("his", "her", "its")
# Who is meant where the phrase is an infinitive or a participle.
_ANYONE: Final = ("his", "her", "their")
_POSSESSIVES: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys("mon ma mes".split(), ("my",)),
    **dict.fromkeys("ton ta tes votre vos".split(), ("your",)),
    **dict.fromkeys("son sa ses".split(), _SINGULAR),
    **dict.fromkeys("notre nos".split(), ("our",)),
    **dict.fromkeys("leur leurs".split(), ("their",)),
}
_SUBJECTS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys("je j me m".split(), ("my",)),
    **dict.fromkeys("tu te t vous".split(), ("your",)),
    "nous": ("our",),
    **dict.fromkeys("ils elles".split(), ("their",)),
    "il": ("his", "its"),
    "elle": ("her", "its"),
}
_REFLEXIVES: Final = frozenset(["se", "s"])
# Forms of the third person in the plural; of the singular are « tient », « vient », « sent » …
_MANY: Final = re.compile(
    r"(?!(?:.*[tv]ient|(?:con|res|pres)?sent|(?:dé)?ment|repent)$).*(?:ent|ont)"
)
_WE: Final = re.compile(r".*(?:ons|[âîû]mes|sommes)")
_YOU: Final = re.compile(r".*(?:ez|[âîû]tes|êtes)")


def owners(entry: Headword, words: Sequence[str], before: str, verb: int) -> tuple[str, ...]:
    """Give the possessives that the renderings of a phrase may want, the likeliest first.

    There are none where the renderings' own are meant. ``words`` are those of the phrase as it
    stands, in lower case, ``before`` the one before them or the auxiliary, ``verb`` says which of
    them is inflected.
    """
    own = _words(entry.form)
    if _POSSESSIVES.keys().isdisjoint(own) and not any(
        _ONE.search(each.text) for each in entry.renderings
    ):
        return ()
    for word in words:
        if word in _POSSESSIVES:
            return _POSSESSIVES[word]
    objects = {"me", "m", "te", "t"} if _REFLEXIVES.isdisjoint(own) else set()
    for word in (before, *words[:verb]):
        if word in _SUBJECTS and word not in objects:
            return _SUBJECTS[word]
    form = words[verb]
    auxiliary = next(filter((HAVE | BE).__contains__, (*words[:verb][::-1], before)), "")
    for told in filter(None, (auxiliary, form)):
        for pattern, whose in ((_MANY, "their"), (_WE, "our"), (_YOU, "your")):
            if pattern.fullmatch(told):
                return (whose,)
    verbal = any(map(is_infinitive, own)) and form not in own
    return _SINGULAR if auxiliary or (verbal and not may_be_participle(form)) else _ANYONE


def owned(text: str, whose: Sequence[str]) -> tuple[str, ...]:
    """Give a rendering with each of these possessives in the place of its own; itself without."""
    if not whose or not _ANY.search(text):
        return (text,)
    return tuple(_ANY.sub(partial(_as, own), text) for own in whose)


def _as(own: str, found: re.Match[str]) -> str:
    return own if found[0] in _OWN else _OWN[own]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
