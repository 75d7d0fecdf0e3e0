"""Tokens and the place of a noun among them in; whether the word there is really a verb, out.

« Le traité » and « a traité », « une enquête » and « la police enquête » are spelt alike. The word
is taken for a verb only where its neighbours leave no doubt; a spelling that no verb has (see
``lemmas``) is never asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.language.lemmas import (
    infinitives,
    is_adverb,
    is_infinitive,
    lemma,
    may_be_gerund,
    may_be_participle,
    may_be_present,
)
from pipeline.language.small_words import (
    ADVERBS,
    BE,
    BEFORE_NOUNS,
    CLITICS,
    DETERMINERS,
    HAVE,
    LINKS,
    PERSONS,
    PRONOUNS,
)
from pipeline.language.tokens import Token

_BEFORE_OBJECTS: Final = frozenset(
    """le la les l un une ce cet cette ces mon ma mes son sa ses notre nos votre vos leur leurs sur
    que qu""".split()
)
_SINGULAR: Final = frozenset(
    """le la un une du au ce cet cette mon ma ton ta son sa notre votre chaque aucun aucune quel
    quelle tel telle""".split()
)
_FARTHEST: Final = 4
# What goes on after a participle that has its subject later, or before a comma: « Arrêté lundi,
# l'homme », « le joueur, blessé à la cuisse ». What goes on with « de » may be a noun's as well
# (« traité de paix »), and with « à », these nouns.
_AFTER_PARTICIPLES: Final = frozenset(
    """par depuis en dans après lors pour avant hier lundi mardi mercredi jeudi vendredi samedi
    dimanche""".split()
)
_WITH_TO: Final = PERSONS | {"marché", "procédé"}
# What begins the object of a present participle, besides articles and the like.
_QUANTITIES: Final = DETERMINERS - frozenset("des du de d au aux à".split()) | {"plus", "près"}
# An adjective that is spelt like a noun: « prêt à partir ».
_READY: Final = frozenset({"prêt", "prêts"})


def is_verb(tokens: Sequence[Token], index: int, alone: bool = True) -> bool:
    """Whether the word at ``index``, which an entry has as a noun, is a form of a verb there.

    ``alone``: the entry has no more words.
    """
    word = tokens[index].text
    if word.istitle() and index:
        return False
    participle, present = may_be_participle(word), may_be_present(word)
    before, after = list(_before(tokens, index)), list(_after(tokens, index))
    if word.lower() in _READY:
        return bool(after[1:]) and after[0] in ("à", "a") and is_infinitive(after[1])
    if may_be_gerund(word):
        return _has_object(before, after)
    if word.lower().endswith("ons"):
        return next((each for each in before if each not in CLITICS), "") == "nous"
    if not participle and not present:
        return False
    if not before:
        return alone and participle and _is_apposition(word, after)
    # « il n'en reste rien », but « en contrôle »
    nearest = next((word for word in before if word != "en"), "")
    if nearest in (PRONOUNS if present else CLITICS):
        return True
    if participle and _after_auxiliary(before, lemma(word)):
        return True
    noun = _opens_noun(before)
    if noun is not None:
        return not noun
    return participle or next(iter(after), "") in _BEFORE_OBJECTS


def may_be_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing before the word at ``index`` says that it is a noun.

    For what goes on as a verb does: « la loi entre en vigueur », not « l'entrée en vigueur ».
    """
    before = list(_before(tokens, index))
    return is_verb(tokens, index) or (bool(before) and not _opens_noun(before))


def is_singular(tokens: Sequence[Token], index: int) -> bool:
    """Whether a singular article or the like stands before the word (« le cours »)."""
    return next(_before(tokens, index), "") in _SINGULAR


def _is_apposition(word: str, after: Sequence[str]) -> bool:
    """Whether a participle that nothing goes before says what was done to somebody."""
    follows = next(iter(after), "")
    if follows in ("à", "au", "aux"):
        return lemma(word) not in _WITH_TO
    if follows in ("de", "d"):
        return "accuser" in infinitives(word)
    return follows in _AFTER_PARTICIPLES


def _has_object(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a word in -ant is a participle: « en exploitant », « un groupe exploitant la mine ».

    A noun has an article before it: « un dirigeant les a reçus ».
    """
    follows = next(iter(after), "")
    if before[:1] == ["en"]:  # but « en courant continu »
        return not follows or follows in DETERMINERS | LINKS or is_adverb(follows)
    return follows in _QUANTITIES and not (before and _opens_noun(before))


def _after_auxiliary(before: Sequence[str], noun: str) -> bool:
    """Whether a form of avoir or être goes before, with at most some adverbs between."""
    for word in before:
        if word in HAVE:
            return True
        if word in BE:
            return noun not in PERSONS
        if word not in ADVERBS and not is_adverb(word):
            return False
    return False


def _opens_noun(before: Sequence[str]) -> bool | None:
    """Whether the words before, the nearest first, can begin a group that a noun ends.

    None where one may be an adjective, with which they can, or a noun, with which they cannot.
    """
    for word in before:
        base = lemma(word)
        if word in DETERMINERS | LINKS | BE | HAVE:
            return True
        if word.isdigit() or (base != word and is_infinitive(base)) or is_infinitive(word):
            return True
        if word in BEFORE_NOUNS | ADVERBS or base in BEFORE_NOUNS or is_adverb(word):
            continue
        has_feminine = lemma(word + "e") == word
        is_feminine = word.endswith(("e", "es")) and base not in (word, word.removesuffix("s"))
        return None if has_feminine or is_feminine else False
    return True


def _before(tokens: Sequence[Token], index: int) -> Iterator[str]:
    """The words before a token in lower case, the nearest first, up to a mark that parts."""
    return _words(tokens, range(index - 1, max(-1, index - 1 - 2 * _FARTHEST), -1))


def _after(tokens: Sequence[Token], index: int) -> Iterator[str]:
    return _words(tokens, range(index + 1, min(len(tokens), index + 1 + 2 * _FARTHEST)))


def _words(tokens: Sequence[Token], places: range) -> Iterator[str]:
    for place in places:
        token = tokens[place]
        if token.is_word:
            yield token.text.lower()
        elif token.key not in " '-":
            return
