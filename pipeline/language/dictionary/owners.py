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
from pipeline.language.dictionary.keys import places
from pipeline.language.lemmas import infinitives, is_infinitive, may_be_participle
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
POSSESSIVES: Final = frozenset(_OWN) - {"one's"}
_ONE: Final = re.compile(r"\b(?:one's|oneself)\b")
# "Her" is one's own before a word, and a person at the end.
_ANY: Final = re.compile(rf"\b(?:{'|'.join((*_OWN, *_OWN.values()))})\b(?!(?<=\bher)(?! \w))")
# Of several owners none is "him".
_ONE_ALONE: Final = re.compile(r"\b(?:he|she|him|one)\b(?!'s)|\bher$")
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
    **dict.fromkeys("je j".split(), ("my",)),
    "tu": ("your",),
    **dict.fromkeys("ils elles".split(), ("their",)),
    "il": ("his", "its"),
    "elle": ("her", "its"),
    "on": ("their", "our"),
}
# Where the verb is reflexive.
_REFLEXIVES: Final = {"me": ("my",), "m": ("my",), "te": ("your",), "t": ("your",)}
# Forms of the third person in the plural; of the singular are « tient », « vient », « sent » …
_MANY: Final = re.compile(
    r"(?!(?:.*[tv]ient|(?:con|res|pres)?sent|(?:dé)?ment|repent)$).*(?:ent|ont)"
)
_PERSONS: Final = (
    (_MANY, "their"),
    (re.compile(r".*(?:ons|[âîû]mes|sommes)"), "our"),
    (re.compile(r".*(?:ez|[âîû]tes|êtes)"), "your"),
    (re.compile(r"ai|suis"), "my"),
    (re.compile(r"as|es"), "your"),
)


def owners(
    entry: Headword,
    words: Sequence[str],
    before: Sequence[str],
    verb: int,
    after: Sequence[str] = (),
) -> tuple[str, ...]:
    """Give the possessives that the renderings of a phrase may want, the likeliest first.

    There are none where the renderings' own are meant. ``words`` are those of the phrase as it
    stands, in lower case, ``before`` those before it, the last first, ``after`` those behind one
    that opens a sentence, and ``verb`` says which of ``words`` is inflected.
    """
    own = [word.lower for word in places(entry.form)]
    if _POSSESSIVES.keys().isdisjoint(own) and not any(
        _ONE.search(each.text) for each in entry.renderings
    ):
        return ()
    for word in words:
        if word in _POSSESSIVES:
            return _POSSESSIVES[word]
    form, earlier = words[verb], (*words[:verb][::-1], *before)
    infinitive = is_infinitive(form)
    auxiliaries = [word for word in earlier if word in HAVE | BE]
    if infinitive and before and infinitives(before[0]):  # « nous devons annoncer »
        auxiliaries.append(before[0])
    for told in (*auxiliaries, form):
        for pattern, whose in _PERSONS:
            if pattern.fullmatch(told):
                return (whose,)
    # « À bout de nerfs, des riverains ont … »: of the subject, whose verb comes first.
    for word in after:
        if _MANY.fullmatch(word) and (word in HAVE | BE or infinitives(word)):
            return ("their",)
        if word in _SUBJECTS:
            return _SUBJECTS[word]
        if word in HAVE | BE:
            break
    reflexive = not {"se", "s"}.isdisjoint(own)
    for word in earlier:
        if word in _SUBJECTS:
            return _SUBJECTS[word]
        if reflexive and word in _REFLEXIVES:
            return _REFLEXIVES[word]
    verbal = any(map(is_infinitive, own)) and form not in own and not may_be_participle(form)
    return _SINGULAR if auxiliaries or verbal else _ANYONE


def owned(text: str, whose: Sequence[str]) -> tuple[str, ...]:
    """Give a rendering with each of these possessives in the place of its own; itself without.

    None is given of one that speaks of a single person where they are several.
    """
    if whose == ("their",) and _ONE_ALONE.search(text):
        return ()
    if not whose or not _ANY.search(text):
        return (text,)
    return tuple(_ANY.sub(partial(_as, own), text) for own in whose)


def _as(own: str, found: re.Match[str]) -> str:
    return own if found[0] in _OWN else _OWN[own]
