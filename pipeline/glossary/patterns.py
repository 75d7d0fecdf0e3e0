"""A glossary entry in; the ways in which a French text may write it, word by word, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.language.forms import french_forms, has_feminine, inflects
from pipeline.language.lemmas import is_infinitive, known, may_be_participle
from pipeline.language.small_words import NEVER_INFLECTED
from pipeline.language.tokens import Token, tokenize
from pipeline.model import CaseRule, Entry, EntryKind
from pipeline.text import fold

# le and les melt with de and à; la and l' stay as they are ("de la Haye", "à l'Élysée").
_CONTRACTIONS: Final = {"le": ("du", "au"), "les": ("des", "aux"), "la": (), "l": ()}
# So do de and à where an entry ends in them: « en vertu de », « en vertu des ».
_MELTED: Final = {"de": ("du", "des"), "à": ("au", "aux")}
_SHORT: Final = {"Saint": "St", "Sainte": "Ste", "St": "Saint", "Ste": "Sainte"}

# Between the words of a name or term a hyphen may stand for a space and, unless one of these words
# or a short one is beside it, a space for a hyphen: « Moyen Orient », but not « peut être ».
_SPACE: Final = "~ "
_APART: Final = frozenset({"après", "avant", "cessez", "demi", "hors", "outre", "peut", "rendez"})
_SHORTEST_APART: Final = 3
# What ends as English participles do, but is a noun: "need", but not "agreed".
_NOUN_IN_ED: Final = re.compile(
    r"(?:^|[ -])(?:\w*(?:br|d|f|n|s|sp|st|w)eed|[cg]?reed|"
    r"(?:day|death|flat|flower|hot|river|road|sea|seed|sick|test|water)?bed|"
    r"(?:blood|cow|water|wood)?shed|(?:bob|dog)?sled|"
    r"biped|hatred|hundred|moped|newlywed|quadruped|thoroughbred)$"
)


@dataclass(frozen=True, slots=True)
class PatternWord:
    """One token of a pattern: its key in the trie and the forms that a text may show.

    ``base`` is the word as the entry has it where other forms of its lemma count too, otherwise "";
    ``plurals`` are the keys of those of its forms that are no singular; ``verb``: it is a verb.
    """

    key: str
    forms: tuple[str, ...]
    any_case: bool = False
    base: str = ""
    plurals: frozenset[str] = frozenset()
    verb: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to write an entry, and the entry's rank: later entries go before earlier ones.

    ``noun``: its first word may be spelt like a verb in the text, but is meant as a noun.
    """

    entry: Entry
    rule: CaseRule
    words: tuple[PatternWord, ...]
    rank: int
    noun: bool


def patterns_of(entry: Entry, rank: int) -> Iterator[Pattern]:
    """Give the patterns of an entry, with its articles and prepositions contracted as well."""
    rule = CaseRule.EXACT if entry.kind is EntryKind.KEEP else entry.case
    for source in (entry.source, *entry.variants):
        for words in _written(entry, source):
            yield Pattern(entry, rule, words, rank, _is_noun(entry, words))


def _written(entry: Entry, source: str) -> Iterator[tuple[PatternWord, ...]]:
    tokens = tokenize(source)
    words = tuple(_word(tokens, index, entry) for index in range(len(tokens)))
    if entry.kind is EntryKind.KEEP or len(tokens) == 1:
        yield words
        return
    article, last = tokens[0].key, tokens[-1].text
    begun = [words]
    if article in _CONTRACTIONS:
        forms = (article, *_CONTRACTIONS[article])
        begun = [(_small(form), *words[1:]) for form in forms]
    for each in begun:
        yield each
        for form in _MELTED.get(last, ()):
            yield (*each[:-1], _small(form))
        if last == "de":
            yield (*each[:-1], _small("d"), _small("'"))


def _small(form: str) -> PatternWord:
    return PatternWord(form, (form,), any_case=True)


def _word(tokens: Sequence[Token], index: int, entry: Entry) -> PatternWord:
    token = tokens[index]
    if not token.is_word:
        if entry.kind is not EntryKind.KEEP and _loose(tokens, index):
            return PatternWord(_SPACE, (" ", "-"))
        return PatternWord(token.key, (token.key,))
    text, is_kept = token.text, entry.kind is EntryKind.KEEP
    spellings = {text} if is_kept or len(tokens) == 1 else {text, _SHORT.get(text, text)}
    # Capitals inside an entry are a matter of house style: « coup d'état », « Nations unies ».
    any_case = entry.case is CaseRule.SMART and _is_inside(tokens, index)
    if entry.kind is not EntryKind.TERM or entry.case is CaseRule.EXACT:
        loose = any_case and entry.kind is EntryKind.NAME and known(text.lower())
        return PatternWord(token.key, tuple(sorted(spellings)), loose)
    forms = french_forms(text)
    base = text if inflects(text) else ""
    plurals = frozenset(map(fold, forms.plural)) - frozenset(map(fold, forms.singular))
    shown = forms.all | spellings
    if _may_agree(tokens, index):
        shown |= {text + "e", text + "es"}  # « mises en examen », « avocate commise d'office »
    # Another key than the plain word's, so that names never meet the forms of terms.
    verb = bool(base) and is_infinitive(text.lower())
    return PatternWord("~" + token.key, tuple(sorted(shown)), any_case, base, plurals, verb)


def _may_agree(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word of a term of several words is a participle that goes with a noun."""
    text = tokens[index].text
    if len(tokens) == 1 or not may_be_participle(text) or not has_feminine(text):
        return False
    before = [token.text.lower() for token in tokens[:index] if token.is_word][-1:]
    return not before or before[0] not in NEVER_INFLECTED


def _is_inside(tokens: Sequence[Token], index: int) -> bool:
    """Whether a content word goes before, so that a text with it cannot mean the common word."""
    before = (token.text.lower() for token in tokens[:index] if token.is_word)
    return any(word not in NEVER_INFLECTED for word in before)


def _loose(tokens: Sequence[Token], index: int) -> bool:
    """Whether the mark at ``index`` of a source may be a hyphen or a space in a text."""
    if tokens[index].key not in " -" or not 0 < index < len(tokens) - 1:
        return False
    beside = (tokens[index - 1], tokens[index + 1])
    if tokens[index].key == " ":
        return all(token.is_word for token in beside)
    return not any(
        len(token.text) < _SHORTEST_APART
        or token.text.lower() in NEVER_INFLECTED | _APART
        or not token.text.isalpha()
        for token in beside
    )


def _is_noun(entry: Entry, words: Sequence[PatternWord]) -> bool:
    """Whether a term's first word is a noun that may be spelt like a verb.

    That is one of one word, rather than a verb or a participle like "armed"; and of several, one
    with a feminine participle that is a noun (« prise en charge »; but « il est partie civile »).
    """
    base = words[0].base
    if not base or words[0].verb:
        return False
    if words[1:]:
        if base == "partie" or not base.endswith("e") or not may_be_participle(base):
            return False
        return not entry.target.partition(" ")[0].endswith("ed")
    return not entry.target.endswith("ed") or bool(_NOUN_IN_ED.search(entry.target))
