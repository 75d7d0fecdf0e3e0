"""The words of a French text and the place of one in; what its neighbours make of it, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from pipeline.language.dictionary.entries import BEFORE_VERBS
from pipeline.language.dictionary.keys import GAP, Place, is_content, stem
from pipeline.language.lemmas import (
    infinitives,
    is_adverb,
    is_infinitive,
    lemma,
    may_be_participle,
)
from pipeline.language.small_words import (
    ADVERBS,
    BE,
    BEFORE_NOUNS,
    CLITICS,
    DETERMINERS,
    HAVE,
    LINKS,
    PRONOUNS,
)

_AND: Final = frozenset(["et", "ou", "ni", "puis", "mais", "or", "car"])
# Articles that are pronouns before a verb: « il la relève ».
_ALSO_PRONOUNS: Final = frozenset("le la les l leur".split())
# Determiners proper: « de » and « à » stand before names and verbs too.
_OF_NOUNS: Final = DETERMINERS - {"d", "de", "à"}
_ARTICLES: Final = _OF_NOUNS - _ALSO_PRONOUNS - {"tout", "tous"}
# Behind these « la » is an article: only an infinitive could follow the pronoun.
_NO_SUBJECTS: Final = (LINKS - _AND | BE | HAVE | {"d", "de", "à", "du", "au"}) - {"où", "dont"}
# First names that are words besides, or are spelt like one when that has a capital.
_FIRST_NAMES: Final = frozenset(
    """agathe aimé aimée ambre ange angélique anémone auguste aurore avril bienvenu bienvenue
    blanche brune bruno camélia candide capucine carole cerise charité christian claire clarisse
    clémence clément clémentine colombe constance constant cosme céleste dahlia
    denis désiré désirée dominique espérance fantine fidèle fleur florent fortuné france franc
    félicité garance gilles gloire grâce harmonie honoré hortense hyacinthe innocent
    iris jacinthe jade jasmin joie juste landry lilas loup lucien lys mai marc
    margot marguerite marin marine martin merlin modeste mélodie narcisse noël océane
    olive olivier ondine opale parfait pascal patience perle philippine pierre placide
    prosper prudence prune pâquerette roman romain rose régis sabine saturnin serge
    sixte sylvestre séraphin sévère toussaint urbain valentin valentine victoire victor
    violette vivien vivienne véronique églantine""".split()
)
# What an infinitive stands behind that English renders by a form in -ing.
WITHOUT: Final = "sans"
# What « de » and such an infinitive follow: nouns and the like, stems of adjectives, verbs.
_OF_DOING: Final = frozenset(
    "lieu avant loin façon manière idée force possibilité peur habitude crainte".split()
)
_GIVEN_TO: Final = frozenset("coupabl capabl incapabl responsabl fatigu fier".split())
_VERBS_OF_DOING: Final = frozenset(
    """accuser soupçonner suspecter risquer empêcher dissuader éviter arrêter cesser
    finir""".split()
)
# What may stand between these and the infinitive, and how many words back is looked.
_BETWEEN: Final = frozenset(
    "ne n pas plus jamais rien le la les l lui leur y en me m te t se s nous vous".split()
)
_NEAR: Final = 4
# What may part a verb from the rest of its phrase, and how many words of it.
_WITHIN: Final = ADVERBS - frozenset("pas plus jamais rien point".split()) | frozenset(
    "pourtant toutefois cependant néanmoins presque".split()
)
_ADVERBS_WITHIN: Final = 2
# A subject and its own pronoun: « je me suis fait connaître ».
_REFLEXIVE: Final = frozenset(
    [("je", "me"), ("je", "m"), ("tu", "te"), ("tu", "t"), ("nous", "nous"), ("vous", "vous")]
)
_OBJECTS: Final = CLITICS - frozenset("je j tu il ils on qui".split()) | {"en", "lui", "nous"}


def auxiliary(words: Sequence[Place], at: int) -> str:
    """The word before a verb, or that before the one it is joined to: « a chanté et dansé ».

    "de" behind what English has a form in -ing after is as good as "sans": « au lieu de chanter ».
    """
    before = words[at - 1].lower if at else ""
    lower = words[at].lower
    if (lower in BEFORE_VERBS or is_infinitive(lower)) and _is_doing(words, at):
        return WITHOUT
    if (
        at > 2
        and before in _AND
        and words[at - 3].lower in HAVE | BE
        and may_be_participle(words[at - 2].lower)
        and may_be_participle(words[at].lower)
    ):
        return words[at - 3].lower
    return before


def _is_doing(words: Sequence[Place], at: int) -> bool:
    """Whether an infinitive there is a form in -ing: « sans le dire », « risque de rompre »."""
    last = at - 1
    while last >= 0 and at - last < _NEAR and words[last].lower in _BETWEEN:
        last -= 1
    before = [word.lower for word in words[max(0, last - 1) : last + 1]]
    if before[-1:] == [WITHOUT]:
        return True
    if len(before) < 2 or before[1] not in ("de", "d"):
        return False
    return (
        before[0] in _OF_DOING
        or stem(before[0]) in _GIVEN_TO
        or not _VERBS_OF_DOING.isdisjoint(infinitives(before[0]))
    )


def earlier(words: Sequence[Place], at: int) -> tuple[str, ...]:
    """The few words before a place, the last first, that may tell who does what stands there."""
    found = [word.lower for word in reversed(words[max(0, at - _NEAR) : at])]
    told = [*takewhile((_BETWEEN | PRONOUNS | HAVE | BE | ADVERBS).__contains__, found)]
    return tuple(told or found[:1])  # a verb that an infinitive depends on


def is_no_verb(words: Sequence[Place], at: int, start: int) -> bool:
    """Whether a word that may be a form of the present is none: « la relève », « est prête ».

    ``start`` is the first word of its stretch without marks between.
    """
    lower = words[at].lower
    if is_infinitive(lower) or may_be_participle(lower) or lower.endswith(("ant", "ants")):
        return False
    if at > start and words[at - 1].lower in HAVE | BE:
        return lower not in HAVE | BE
    place = at - 1
    while place >= start and words[place].lower in BEFORE_NOUNS:
        place -= 1
    if place < start:
        return False
    article = words[place].lower
    if article in _ALSO_PRONOUNS and article != "leur":
        return place == start or words[place - 1].lower in _NO_SUBJECTS
    return article in _ARTICLES


def may_be_many(words: Sequence[Place], at: int) -> bool:
    """Whether a participle in the plural may be a noun: right behind an article (« les allées »).

    No pronoun stands there.
    """
    lower = words[at].lower
    return (
        at > 0
        and lower.endswith("s")
        and may_be_participle(lower)
        and words[at - 1].lower in _OF_NOUNS
    )


def is_first_name(words: Sequence[Place], at: int, gap: str) -> bool:
    """Whether a word with a capital is a first name, though it is a word besides: « Rose dit ».

    That is one without an article before a surname, another name or a verb. ``gap`` is what
    stands between it and the next word.
    """
    place = words[at]
    if not place.text.istitle() or place.lower not in _FIRST_NAMES:
        return False
    if at and words[at - 1].lower in _OF_NOUNS:
        return False
    if at + 1 >= len(words):
        return False
    following = words[at + 1]
    if gap.strip() == ",":
        return following.text.isdecimal()  # « Rose, 34 ans »
    if gap.strip(" \u00a0"):
        return False
    if following.text.istitle():
        return True
    if following.lower == "et":
        return at + 2 < len(words) and words[at + 2].text.istitle()
    if following.lower in HAVE | BE | _OBJECTS:
        return True
    return is_content(following.lower, True) and _is_finite(following.lower)


def _is_finite(lower: str) -> bool:
    """Whether a word is a form of a verb that is no infinitive nor agrees as an adjective does."""
    if is_infinitive(lower) or lower in PRONOUNS:
        return False
    return bool(infinitives(lower)) and (not may_be_participle(lower) or lower.endswith("t"))


def stretches(text: str, words: Sequence[Place]) -> list[int]:
    """For each word the first of those before it that no mark parts from it."""
    starts: list[int] = []
    for at, word in enumerate(words):
        joined = at and GAP.fullmatch(text, words[at - 1].end, word.start)
        starts.append(starts[-1] if joined else at)
    return starts


def interrupted(words: Sequence[Place], verb: int, end: int) -> Iterator[int]:
    """Where the rest of a phrase may begin behind its verb: at once, or behind adverbs.

    « Nous mène encore en bateau »; not « n'ont pas voix au chapitre », which says the contrary.
    """
    begin = verb + 1
    yield begin
    while begin + 1 < end and begin - verb <= _ADVERBS_WITHIN and _is_within(words[begin].lower):
        begin += 1
        yield begin


def _is_within(lower: str) -> bool:
    """Whether a word is an adverb that leaves a phrase what it is."""
    return lower in _WITHIN or is_adverb(lower)


def heads(
    words: Sequence[Place], at: int, end: int, no_verb: bool
) -> Iterator[tuple[tuple[str, ...], int]]:
    """What a term that begins at a word may begin with, and where the word is that is inflected.

    The word itself, its dictionary form, the verbs it may be a form of, « être » for any form of
    it; for a reflexive verb (« s'est soldé ») its infinitive, with « se » or alone; with another
    pronoun (« l'a emporté »), with that.
    """
    first = words[at].lower
    firsts = [first]
    if not no_verb:
        firsts += infinitives(first)
        if not first.endswith(("s", "x")) and is_content(first, True):  # « je » is no « moi »
            firsts.append(lemma(first))
    if first in BE:
        firsts.append("être")
    yield from (((each,), at) for each in dict.fromkeys(firsts))
    before = words[at - 1].lower if at else ""
    if first in ("se", "s") or (before, first) in _REFLEXIVE:
        pronouns = ("se", words[at + 1].lower) if words[at + 1].lower in BEFORE_VERBS else ("se",)
        verb = at + len(pronouns)
        verb += verb < end and words[verb].lower in BE
        if verb < end:
            for each in infinitives(words[verb].lower):
                # « Se faire connaître » before « faire connaître ».
                yield from (((*pronouns, each), verb), ((each,), verb))
    elif first in BEFORE_VERBS and at + 1 < end:
        verb = at + 1 + (at + 2 < end and words[at + 1].lower in BE | HAVE)
        yield from (((first, each), verb) for each in infinitives(words[verb].lower))
