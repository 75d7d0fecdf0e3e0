"""Glossary entries and a French text in; where each entry stands in the text out.

The entries are indexed once, word by word, in a trie. A text is cut into tokens and walked from
left to right; at each word the longest entry that begins there wins, and the walk goes on behind
it, so matches never overlap and the time grows with the text, not with the glossary. A word of the
text leads into the trie by its letters and, for terms, by its lemma.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import itemgetter

from pipeline.glossary.patterns import Pattern, PatternWord, patterns_of
from pipeline.language.addresses import addresses
from pipeline.language.forms import has_feminine
from pipeline.language.homographs import is_singular, is_verb, may_be_verb
from pipeline.language.lemmas import infinitives, lemma
from pipeline.language.tokens import LIGATURES, Token, closes, opens, same_word, tokenize
from pipeline.model import CaseRule, Entry, EntryKind, Match
from pipeline.text import fold


@dataclass(slots=True)
class _Node:
    edges: dict[str, _Node] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)


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
        self._verbs: set[str] = set()
        self._seen: dict[str, Set[str]] = {}
        for rank, entry in enumerate(entries):
            for pattern in patterns_of(entry, rank):
                self._add(pattern)

    def _add(self, pattern: Pattern) -> None:
        node = self._root
        for word in pattern.words:
            node = node.edges.setdefault(word.key, _Node())
            for form in word.forms:
                self._keys.setdefault(fold(form), set()).add(word.key)
            if word.base:
                self._lemmas.add(word.key)
            if word.verb:
                self._verbs.add(word.key)
        node.patterns.append(pattern)

    def _trie_keys(self, token: Token) -> Set[str]:
        """The keys under which a token of a text may stand in the trie."""
        seen = self._seen.get(token.text)
        if seen is not None:
            return seen
        keys = self._keys.get(token.key, set())
        by_lemma = {_key(lemma(token.text))} if token.is_word and self._lemmas else set()
        by_verb = (
            set(map(_key, infinitives(token.text))) if token.is_word and self._verbs else set()
        )
        self._seen[token.text] = keys | (by_lemma & self._lemmas) | (by_verb & self._verbs)
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
    ) -> tuple[Pattern, int] | None:
        """The longest pattern that begins at a token, with the index of the token behind it."""
        best: tuple[Pattern, int] | None = None
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


@lru_cache(maxsize=1 << 12)
def _key(base: str) -> str:
    return "~" + fold(base.translate(LIGATURES))


def _fits(
    pattern: Pattern, tokens: Sequence[Token], first: int, untouched: Sequence[tuple[int, int]]
) -> bool:
    """Whether the tokens from ``first`` satisfy the pattern, its case rule and the context."""
    here = tokens[first : first + len(pattern.words)]
    for word, token in zip(pattern.words, here, strict=True):
        rule = CaseRule.IGNORE if word.any_case else pattern.rule
        if token.is_word and not _is_form(word, token, rule):
            return False
    if here[0].key in pattern.words[0].plurals and is_singular(tokens, first):
        return False
    if pattern.noun and is_verb(tokens, first, alone=len(here) == 1):
        return False
    if pattern.words[0].verb and not _says_verb(pattern, tokens, first):
        return False
    if pattern.entry.kind is EntryKind.KEEP or not untouched:
        return True
    start = tokens[first].start
    before = bisect_right(untouched, start, key=itemgetter(0)) - 1
    return before < 0 or untouched[before][1] <= start


def _says_verb(pattern: Pattern, tokens: Sequence[Token], first: int) -> bool:
    """Whether what may be a form of the verb that a pattern begins with is one, and no noun."""
    word, base = tokens[first].text, pattern.words[0].base.lower()
    if base in (word.lower(), lemma(word)):
        return True
    return (may_be_verb if pattern.words[1:] else is_verb)(tokens, first)


def _is_form(word: PatternWord, token: Token, rule: CaseRule) -> bool:
    """Whether a word of a text is one of the forms of a pattern's, or has its lemma."""
    if any(same_word(form, token.text, rule) for form in word.forms):
        return True
    if not word.base or not token.text.islower() | token.text.istitle() | token.text.isupper():
        return False
    is_feminine = token.key.endswith(("e", "es"))
    if is_feminine and not has_feminine(word.base):
        return False
    bases = {lemma(token.text), *(infinitives(token.text) if word.verb else ())}
    return any(
        same_word(word.base, _cased(base.translate(LIGATURES), token.text), rule)
        for base in bases - {token.text.lower()}
    )


def _cased(base: str, word: str) -> str:
    """A lemma with the capitals of a word."""
    if word.isupper():
        return base.upper()
    return base.title() if word[0].isupper() else base


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


def _closeness(surface: Sequence[Token], pattern: Pattern) -> tuple[int, int]:
    """How many letters of the surface the pattern writes exactly so, then the entry's rank."""
    same = sum(
        max(sum(a == b for a, b in zip(form, token.text, strict=False)) for form in word.forms)
        for word, token in zip(pattern.words, surface, strict=True)
    )
    return same, pattern.rank
