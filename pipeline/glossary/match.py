"""Glossary entries and a French text in; where each entry stands in the text out.

The entries are indexed once, word by word, in a trie. A text is cut into tokens and walked from
left to right; at each word the longest entry that begins there wins, and the walk goes on behind
it, so matches never overlap and the time grows with the text, not with the glossary. A word of the
text leads into the trie by its letters and, for terms, by its lemma.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import itemgetter
from typing import Final

from pipeline.language.addresses import addresses
from pipeline.language.forms import french_forms, has_feminine, inflects
from pipeline.language.homographs import is_singular, is_verb
from pipeline.language.lemmas import is_infinitive, known, lemma, may_be_participle
from pipeline.language.small_words import NEVER_INFLECTED
from pipeline.language.tokens import LIGATURES, Token, closes, opens, same_word, tokenize
from pipeline.model import CaseRule, Entry, EntryKind, Match
from pipeline.text import fold

# le and les melt with de and à; la and l' stay as they are ("de la Haye", "à l'Élysée").
_CONTRACTIONS: Final = {"le": ("du", "au"), "les": ("des", "aux")}

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
class _Word:
    """One token of a pattern: its key in the trie and the forms that a text may show.

    ``base`` is the word as the entry has it where other forms of its lemma count too, otherwise "";
    ``plurals`` are the keys of those of its forms that are no singular.
    """

    key: str
    forms: tuple[str, ...]
    any_case: bool = False
    base: str = ""
    plurals: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One way to write an entry, and the entry's rank: later entries go before earlier ones.

    ``noun``: a single word that may be spelt like a verb in the text, but is meant as a noun.
    """

    entry: Entry
    rule: CaseRule
    words: tuple[_Word, ...]
    rank: int
    noun: bool


@dataclass(slots=True)
class _Node:
    edges: dict[str, _Node] = field(default_factory=dict)
    patterns: list[_Pattern] = field(default_factory=list)


class Matcher:
    """Finds glossary entries in French texts; built once, used for any number of texts.

    Whole words only, after elision and contraction too; hyphens, apostrophes, spaces, œ and oe
    equal; plurals, feminines and other forms of the lemma for terms, but not the verb that is spelt
    like a noun; entries of kind keep letter for letter. Where two entries fit the same words, the
    one whose letters agree best wins, then the later one. An expansion and its acronym in brackets
    are one match where both are forms of one entry.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._root = _Node()
        self._keys: dict[str, set[str]] = {}
        self._lemmas: set[str] = set()
        self._seen: dict[str, Set[str]] = {}
        for rank, entry in enumerate(entries):
            for source in (entry.source, *entry.variants):
                for words in _patterns(entry, source):
                    self._add(entry, words, rank)

    def _add(self, entry: Entry, words: tuple[_Word, ...], rank: int) -> None:
        node = self._root
        for word in words:
            node = node.edges.setdefault(word.key, _Node())
            for form in word.forms:
                self._keys.setdefault(fold(form), set()).add(word.key)
            if word.base:
                self._lemmas.add(word.key)
        rule = CaseRule.EXACT if entry.kind is EntryKind.KEEP else entry.case
        noun = len(words) == 1 and bool(words[0].base) and _is_noun(entry, words[0].base)
        node.patterns.append(_Pattern(entry, rule, words, rank, noun))

    def _trie_keys(self, token: Token) -> Set[str]:
        """The keys under which a token of a text may stand in the trie."""
        seen = self._seen.get(token.text)
        if seen is not None:
            return seen
        keys = self._keys.get(token.key, set())
        by_lemma = {_lemma_key(token.text)} if token.is_word and self._lemmas else set()
        self._seen[token.text] = keys | (by_lemma & self._lemmas)
        return self._seen[token.text]

    def matches(self, text: str) -> tuple[Match, ...]:
        """The matches in a text, from left to right, none overlapping another.

        ``match.surface == text[match.start:match.end]``. Names and terms are not looked for inside
        web and e-mail addresses.
        """
        tokens = tokenize(text)
        untouched = addresses(text)
        found: list[Match] = []
        at = 0
        while at < len(tokens):
            starts = not self._root.edges.keys().isdisjoint(self._trie_keys(tokens[at]))
            best = self._best(tokens, at, untouched) if starts else None
            if best is None:
                at += 1
                continue
            pattern, end = best
            start, stop = tokens[at].start, tokens[end - 1].end
            found.append(Match(pattern.entry, start, stop, text[start:stop]))
            at = end
        return tuple(_with_acronyms(found, text))

    def _best(
        self, tokens: Sequence[Token], first: int, untouched: Sequence[tuple[int, int]]
    ) -> tuple[_Pattern, int] | None:
        """The longest pattern that begins at a token, with the index of the token behind it."""
        best: tuple[_Pattern, int] | None = None
        nodes = [self._root]
        for index in range(first, len(tokens)):
            keys = self._trie_keys(tokens[index])
            nodes = [node.edges[key] for node in nodes for key in keys if key in node.edges]
            if not nodes or (index == first and not opens(tokens, first, french=True)):
                break
            fitting = [
                pattern
                for node in nodes
                for pattern in node.patterns
                if _fits(pattern, tokens, first, untouched)
            ]
            if fitting and closes(tokens, index, french=True):
                closeness = partial(_closeness, tokens[first : index + 1])
                best = max(fitting, key=closeness) if fitting[1:] else fitting[0], index + 1
        return best


def _patterns(entry: Entry, source: str) -> Iterator[tuple[_Word, ...]]:
    """The token patterns of one source form: as written, and with its article contracted."""
    tokens = tokenize(source)
    words = tuple(_word(tokens, index, entry) for index in range(len(tokens)))
    article = tokens[0].key
    if entry.kind is EntryKind.KEEP or article not in ("le", "la", "les") or len(tokens) == 1:
        yield words
        return
    for form in (article, *_CONTRACTIONS.get(article, ())):
        yield (_Word(form, (form,), any_case=True), *words[1:])


def _word(tokens: Sequence[Token], index: int, entry: Entry) -> _Word:
    token = tokens[index]
    if not token.is_word:
        if entry.kind is not EntryKind.KEEP and _loose(tokens, index):
            return _Word(_SPACE, (" ", "-"))
        return _Word(token.key, (token.key,))
    # Capitals inside an entry are a matter of house style: « coup d'état », « Nations unies ».
    any_case = entry.case is CaseRule.SMART and _is_inside(tokens, index)
    if entry.kind is not EntryKind.TERM or entry.case is CaseRule.EXACT:
        loose = any_case and entry.kind is EntryKind.NAME and known(token.text.lower())
        return _Word(token.key, (token.text,), loose)
    forms = french_forms(token.text)
    base = token.text if inflects(token.text) else ""
    plurals = frozenset(map(fold, forms.plural)) - frozenset(map(fold, forms.singular))
    shown = forms.all
    if index == 0 and len(tokens) > 1 and may_be_participle(token.text):
        shown |= {token.text + "e", token.text + "es"}  # « mises en examen »
    # Another key than the plain word's, so that names never meet the forms of terms.
    return _Word("~" + token.key, tuple(sorted(shown)), any_case, base, plurals)


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


@lru_cache(maxsize=1 << 12)
def _lemma_key(word: str) -> str:
    return "~" + fold(lemma(word).translate(LIGATURES))


def _is_noun(entry: Entry, word: str) -> bool:
    """Whether a term of one word is a noun, rather than a verb or a participle like "armed"."""
    is_participle = entry.target.endswith("ed") and not _NOUN_IN_ED.search(entry.target)
    return not is_infinitive(word.lower()) and not is_participle


def _fits(
    pattern: _Pattern, tokens: Sequence[Token], first: int, untouched: Sequence[tuple[int, int]]
) -> bool:
    """Whether the tokens from ``first`` satisfy the pattern, its case rule and the context."""
    here = tokens[first : first + len(pattern.words)]
    for word, token in zip(pattern.words, here, strict=True):
        rule = CaseRule.IGNORE if word.any_case else pattern.rule
        if token.is_word and not _is_form(word, token, rule):
            return False
    if here[0].key in pattern.words[0].plurals and is_singular(tokens, first):
        return False
    if pattern.noun and is_verb(tokens, first):
        return False
    if pattern.entry.kind is EntryKind.KEEP or not untouched:
        return True
    start = tokens[first].start
    before = bisect_right(untouched, start, key=itemgetter(0)) - 1
    return before < 0 or untouched[before][1] <= start


def _is_form(word: _Word, token: Token, rule: CaseRule) -> bool:
    """Whether a word of a text is one of the forms of a pattern's, or has its lemma."""
    if any(same_word(form, token.text, rule) for form in word.forms):
        return True
    if not word.base or not token.text.islower() | token.text.istitle() | token.text.isupper():
        return False
    base = lemma(token.text).translate(LIGATURES)
    is_feminine = token.key.endswith(("e", "es"))
    if base == token.text.lower() or (is_feminine and not has_feminine(word.base)):
        return False
    cased = (
        base.upper() if token.text.isupper() else base.title() if token.text[0].isupper() else base
    )
    return same_word(word.base, cased, rule)


def _with_acronyms(found: Sequence[Match], text: str) -> Iterator[Match]:
    """The matches, with an expansion and its acronym in brackets made one if one entry has both."""
    before: Match | None = None
    for match in found:
        if before is None:
            before = match
        elif _introduces(before, match, text):
            end = match.end + 1
            yield Match(match.entry, before.start, end, text[before.start : end])
            before = None
        else:
            yield before
            before = match
    if before is not None:
        yield before


def _introduces(first: Match, second: Match, text: str) -> bool:
    """Whether two matches are "expansion (ACRONYM)" or "ACRONYM (expansion)" of one entry."""
    return (
        first.entry is second.entry
        and first.entry.kind is not EntryKind.KEEP
        and first.surface.isupper() is not second.surface.isupper()
        and text[first.end : second.start].split() == ["("]
        and text[second.end : second.end + 1] == ")"
    )


def _closeness(surface: Sequence[Token], pattern: _Pattern) -> tuple[int, int]:
    """How many letters of the surface the pattern writes exactly so, then the entry's rank."""
    same = sum(
        max(sum(a == b for a, b in zip(form, token.text, strict=False)) for form in word.forms)
        for word, token in zip(pattern.words, surface, strict=True)
    )
    return same, pattern.rank
