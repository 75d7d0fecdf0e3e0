"""Tokens and the place of a noun among them in; whether the word there is really a verb, out.

« Le traité » and « a traité », « une enquête » and « la police enquête » are spelt alike. The word
is taken for a verb only where its neighbours leave no doubt; a spelling that no verb has (see
``lemmas``) is never asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.glossary.lemmas import lemma, may_be_participle, may_be_present
from pipeline.glossary.tokens import Token

# What only stands before a verb, and what stands before one where a noun would want an article.
_CLITICS: Final = frozenset("je j tu il ils on ne n se s me m te t qui y".split())
_PRONOUNS: Final = _CLITICS | frozenset("elle elles nous vous".split())
_HAVE: Final = frozenset(
    """ai as a avons avez ont avais avait avions aviez avaient eut eurent aura aurai auras aurons
    aurez auront aurait aurais aurions auraient ait aient ayons ayez ayant avoir eu""".split()
)
_BE: Final = frozenset(
    """suis es est sommes êtes sont étais était étions étiez étaient fut furent sera serai seras
    serons serez seront serait serais serions seriez seraient soit soient soyons
    étant être été""".split()
)
_ADVERBS: Final = frozenset(
    """pas plus jamais rien point déjà bien mal aussi encore toujours longtemps souvent enfin ainsi
    donc alors peu beaucoup trop tout tous tant même certes désormais depuis ensuite parfois t
    il ils elle elles on je nous vous""".split()
)
# Persons that one can be (« il est député »), although a verb has the same participle.
_PERSONS: Final = frozenset("député délégué employé réfugié associé retraité".split())

_DETERMINERS: Final = frozenset(
    """le la les l un une des du de d au aux à ce cet cette ces mon ma mes ton ta tes son sa ses
    notre nos votre vos leur leurs quel quelle quels quelles tel telle tels telles tout toute
    tous toutes aucun aucune nul nulle chaque quelque quelques plusieurs certains certaines
    divers diverses différents différentes deux trois quatre cinq six sept huit neuf dix onze
    douze quinze vingt trente quarante cinquante soixante cent cents mille""".split()
)
_LINKS: Final = frozenset(
    """et ou ni mais or car comme en dans par pour sur sous sans avec contre entre vers chez après
    avant pendant durant depuis dès selon malgré hors outre via voici voilà
    que qu si dont où""".split()
)
# Adjectives that stand before their noun.
_BEFORE_NOUNS: Final = frozenset(
    """ancien autre beau bon bref célèbre certain cher considérable controversé court curieux
    dernier difficile double énième énorme entier éventuel excellent faible fameux faux féroce
    fort fragile franc fréquent futur grand grave gros haut historique immense imminent
    important inédit interminable intense jeune joli large léger lent limité long lourd maigre
    mauvais meilleur même mince modeste moindre multiple nombreux nouveau nouvelle parfait
    particulier pauvre petit pire plein premier présent prétendu principal probable prochain
    profond prudent puissant pur rapide rare récent réel rigoureux rude sérieux seul seconde
    second simple soi-disant solide soudain tardif tel terrible timide tiers total triple triste
    unique vague vaste véritable vieux vieille vif vigoureux violent vrai deuxième troisième
    quatrième cinquième sixième septième huitième neuvième dixième plus moins très assez""".split()
)
_BEFORE_OBJECTS: Final = frozenset(
    """le la les l un une ce cet cette ces mon ma mes son sa ses notre nos votre vos leur leurs sur
    que qu""".split()
)
_SINGULAR: Final = frozenset(
    """le la un une du au ce cet cette mon ma ton ta son sa notre votre chaque aucun aucune quel
    quelle tel telle""".split()
)
_FARTHEST: Final = 4


def is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word at ``index``, which an entry has as a noun, is a form of a verb there."""
    word = tokens[index].text
    participle, present = may_be_participle(word), may_be_present(word)
    if not participle and not present:
        return False
    before = list(_before(tokens, index))
    if not before:
        return False
    nearest = before[0]
    if nearest in (_PRONOUNS if present else _CLITICS):
        return True
    if participle and _after_auxiliary(before, lemma(word)):
        return True
    if _opens_noun(before):
        return False
    return participle or next(_after(tokens, index), "") in _BEFORE_OBJECTS


def is_singular(tokens: Sequence[Token], index: int) -> bool:
    """Whether a singular article or the like stands before the word (« le cours »)."""
    return next(_before(tokens, index), "") in _SINGULAR


def _after_auxiliary(before: Sequence[str], noun: str) -> bool:
    """Whether a form of avoir or être goes before, with at most some adverbs between."""
    for word in before:
        if word in _HAVE:
            return True
        if word in _BE:
            return noun not in _PERSONS
        if word not in _ADVERBS and not (word.endswith("ment") and len(word) > len("moment")):
            return False
    return False


def _opens_noun(before: Sequence[str]) -> bool:
    """Whether the words before, the nearest first, can begin a group that a noun ends."""
    for word in before:
        if word in _DETERMINERS or word in _LINKS or word.isdigit():
            return True
        if word in _BE or word in _HAVE:
            return True
        feminine = word.endswith(("e", "es")) and lemma(word) not in (word, word.removesuffix("s"))
        if not feminine and word not in _BEFORE_NOUNS and lemma(word) not in _BEFORE_NOUNS:
            return False
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
