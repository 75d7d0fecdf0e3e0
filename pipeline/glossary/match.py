"""Glossary entries and a French text in; where each entry stands in the text out.

The entries are indexed once, word by word, in a trie. A text is cut into tokens and walked from
left to right; at each word the longest entry that begins there wins, and the walk goes on behind
it, so matches never overlap and the time grows with the text, not with the glossary.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import Final

from pipeline.glossary.forms import french_forms
from pipeline.glossary.tokens import Token, closes, fold, opens, same_word, tokenize
from pipeline.model import CaseRule, Entry, EntryKind, Match

# le and les melt with de and à; la and l' stay as they are ("de la Haye", "à l'Élysée").
_CONTRACTIONS: Final = {"le": ("du", "au"), "les": ("des", "aux")}

_ADDRESS: Final = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>«»]++"
    r"|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++"
)


@dataclass(frozen=True, slots=True)
class _Word:
    """One token of a pattern: its key in the trie and the forms that a text may show."""

    key: str
    forms: tuple[str, ...]
    any_case: bool = False


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One way to write an entry, and the entry's rank: later entries go before earlier ones."""

    entry: Entry
    rule: CaseRule
    words: tuple[_Word, ...]
    rank: int


@dataclass(slots=True)
class _Node:
    edges: dict[str, _Node] = field(default_factory=dict)
    patterns: list[_Pattern] = field(default_factory=list)


class Matcher:
    """Finds glossary entries in French texts; built once, used for any number of texts.

    Whole words only, after elision and contraction too; hyphens, apostrophes, spaces, œ and oe
    equal; regular plurals and feminines for terms; entries of kind keep letter for letter. Where
    two entries fit the same words, the one whose letters agree best wins, then the later one.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._root = _Node()
        self._keys: dict[str, set[str]] = {}
        self._starts: set[str] = set()
        for rank, entry in enumerate(entries):
            for source in (entry.source, *entry.variants):
                for words in _patterns(entry, source):
                    self._add(entry, words, rank)

    def _add(self, entry: Entry, words: tuple[_Word, ...], rank: int) -> None:
        node = self._root
        self._starts.update(map(fold, words[0].forms))
        for word in words:
            node = node.edges.setdefault(word.key, _Node())
            for form in word.forms:
                self._keys.setdefault(fold(form), set()).add(word.key)
        rule = CaseRule.EXACT if entry.kind is EntryKind.KEEP else entry.case
        node.patterns.append(_Pattern(entry, rule, words, rank))

    def matches(self, text: str) -> tuple[Match, ...]:
        """The matches in a text, from left to right, none overlapping another.

        ``match.surface == text[match.start:match.end]``. Names and terms are not looked for inside
        web and e-mail addresses.
        """
        tokens = tokenize(text)
        addresses = [found.span() for found in _ADDRESS.finditer(text)]
        found: list[Match] = []
        at = 0
        while at < len(tokens):
            is_start = tokens[at].key in self._starts
            best = self._best(tokens, at, addresses) if is_start else None
            if best is None:
                at += 1
                continue
            pattern, end = best
            start, stop = tokens[at].start, tokens[end - 1].end
            found.append(Match(pattern.entry, start, stop, text[start:stop]))
            at = end
        return tuple(found)

    def _best(
        self, tokens: Sequence[Token], first: int, addresses: Sequence[tuple[int, int]]
    ) -> tuple[_Pattern, int] | None:
        """The longest pattern that begins at a token, with the index of the token behind it."""
        best: tuple[_Pattern, int] | None = None
        nodes = [self._root]
        for index in range(first, len(tokens)):
            keys = self._keys.get(tokens[index].key)
            if keys is None:
                break
            nodes = [node.edges[key] for node in nodes for key in keys if key in node.edges]
            if not nodes or (index == first and not opens(tokens, first, french=True)):
                break
            fitting = [
                pattern
                for node in nodes
                for pattern in node.patterns
                if _fits(pattern, tokens, first, addresses)
            ]
            if fitting and closes(tokens, index, french=True):
                closeness = partial(_closeness, tokens[first : index + 1])
                best = max(fitting, key=closeness) if fitting[1:] else fitting[0], index + 1
        return best


def _patterns(entry: Entry, source: str) -> Iterator[tuple[_Word, ...]]:
    """The token patterns of one source form: as written, and with its article contracted."""
    tokens = tokenize(source)
    inflects = entry.kind is EntryKind.TERM and entry.case is not CaseRule.EXACT
    words = tuple(_word(token, inflects) for token in tokens)
    article = tokens[0].key
    if entry.kind is EntryKind.KEEP or article not in ("le", "la", "les") or len(tokens) == 1:
        yield words
        return
    for form in (article, *_CONTRACTIONS.get(article, ())):
        yield (_Word(form, (form,), any_case=True), *words[1:])


def _word(token: Token, inflects: bool) -> _Word:
    if not token.is_word:
        return _Word(token.key, (token.key,))
    if inflects:
        # Another key than the plain word's, so that names never meet the forms of terms.
        return _Word("~" + token.key, tuple(sorted(french_forms(token.text).all)))
    return _Word(token.key, (token.text,))


def _fits(
    pattern: _Pattern, tokens: Sequence[Token], first: int, addresses: Sequence[tuple[int, int]]
) -> bool:
    """Whether the tokens from ``first`` satisfy the pattern's case rule, outside addresses."""
    here = tokens[first : first + len(pattern.words)]
    for word, token in zip(pattern.words, here, strict=True):
        rule = CaseRule.IGNORE if word.any_case else pattern.rule
        if token.is_word and not any(same_word(form, token.text, rule) for form in word.forms):
            return False
    if pattern.entry.kind is EntryKind.KEEP or not addresses:
        return True
    start = tokens[first].start
    before = bisect_right(addresses, start, key=itemgetter(0)) - 1
    return before < 0 or addresses[before][1] <= start


def _closeness(surface: Sequence[Token], pattern: _Pattern) -> tuple[int, int]:
    """How many letters of the surface the pattern writes exactly so, then the entry's rank."""
    same = sum(
        max(sum(a == b for a, b in zip(form, token.text, strict=False)) for form in word.forms)
        for word, token in zip(pattern.words, surface, strict=True)
    )
    return same, pattern.rank
