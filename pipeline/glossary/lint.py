"""Glossary files in; what an editor should mend or look at before translating, out.

Errors keep a file from being used. Warnings will surprise: an entry that another replaces, that
contradicts another, or whose letters are not what they seem. Notes are worth a look. The time grows
with the entries, not with their pairs.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pipeline.glossary.entries import GlossaryFile, Mistake, entry_forms
from pipeline.glossary.load import Glossary, left_by
from pipeline.glossary.match import Matcher
from pipeline.language.forms import english_plurals
from pipeline.language.small_words import ENGLISH_COMMON
from pipeline.language.tokens import closes, opens, tokenize
from pipeline.model import Entry, EntryKind


class Level(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend or to look at, where it was written, and the rule that found it."""

    level: Level
    rule: str
    path: str
    line: int
    message: str


# Cyrillic and Greek letters that look like Latin ones.
_LOOK_ALIKES: Final = frozenset("АВЕЗІЈКМНОРСТУХаеіјорсухѕԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυχ")
_FOREIGN: Final = ("CYRILLIC", "GREEK")

Words = tuple[str, ...]


def lint(
    files: Sequence[GlossaryFile],
    texts: Sequence[str] | None = None,
    scopes: Sequence[str] = (),
    below: Sequence[GlossaryFile] = (),
) -> list[Problem]:
    """Give every problem of glossaries that are used together, the last one winning.

    Those ``below`` are used with them and come first; what is only about these is not told.
    With ``texts``, the blocks of the text to translate, entries are told that never occur in it, or
    do not apply because their scope is none of its ``scopes``.
    Problems are sorted by file, in the given order, and line.
    """
    whole = [*below, *files]
    others = frozenset(str(file.path) for file in below)
    problems: list[Problem] = []
    for number, file in enumerate(whole):
        problems += _of(file.mistakes, Level.ERROR, "invalid")
        problems += _of(file.remarks, Level.WARNING, "white-space")
        problems += _given_up(together(whole[:number]), file.entries, others)
    entries = together(whole)
    problems += _about(entries)
    if texts is not None:
        problems += _unused(entries, texts, scopes)
    if below:
        known = set(_about(together(below)))
        problems = [each for each in problems if each.path not in others and each not in known]
    order = {str(file.path): rank for rank, file in enumerate(whole)}
    return sorted(problems, key=lambda one: (order.get(one.path, len(order)), one.line))


def _about(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Give the problems of entries that apply together."""
    yield from _look_alikes(entries)
    yield from _chains(entries)
    yield from _contradictions(entries)
    yield from _same_targets(entries)
    yield from _forbidden_elsewhere(entries)


def together(files: Sequence[GlossaryFile]) -> tuple[Entry, ...]:
    """The valid entries of files that are used together, the last one winning."""
    entries: tuple[Entry, ...] = ()
    for file in files:
        entries = (*left_by(file.entries, entries), *file.entries)
    return entries


def _of(mistakes: Sequence[Mistake], level: Level, rule: str) -> Iterator[Problem]:
    return (Problem(level, rule, str(one.path), one.line, one.message) for one in mistakes)


def _at(entry: Entry, level: Level, rule: str, message: str) -> Problem:
    return Problem(level, rule, entry.file, entry.line, message)


def _place(entry: Entry) -> str:
    return f"{Path(entry.file).name}:{entry.line}"


def _given_up(
    earlier: Sequence[Entry], later: Sequence[Entry], below: Container[str] = ()
) -> Iterator[Problem]:
    """Entries that later ones replace; of files ``below`` it is told where the later one stands."""
    by_form = {form: entry for entry in later for form in entry_forms(entry)}
    for entry in earlier:
        for form, source in zip(entry_forms(entry), (entry.source, *entry.variants), strict=True):
            winner = by_form.get(form)
            if winner is None:
                continue
            same = (winner.target, winner.kind) == (entry.target, entry.kind)
            if entry.file in below and same:
                message = f"“{source}” is in {_place(entry)} too, with the same target"
                yield _at(winner, Level.NOTE, "duplicate", message)
            elif entry.file in below:
                as_kind = f", a {entry.kind}" if winner.target == entry.target else ""
                message = (
                    f"“{source}” → “{winner.target}” takes the place of {_place(entry)}, which "
                    f"says “{entry.target}”{as_kind}"
                )
                yield _at(winner, Level.NOTE, "overrides", message)
            elif same:
                message = f"“{source}” is given again in {_place(winner)}, with the same target"
                yield _at(entry, Level.NOTE, "duplicate", message)
            else:
                message = (
                    f"“{source}” → “{entry.target}” is not used: {_place(winner)} says "
                    f"“{winner.target}”, and the later file wins"
                )
                yield _at(entry, Level.WARNING, "conflict", message)


def _look_alikes(entries: Sequence[Entry]) -> Iterator[Problem]:
    for entry in entries:
        texts = (entry.source, entry.target, *entry.variants, *entry.alternatives, *entry.forbidden)
        for word in {word for text in texts for word in text.split()}:
            scripts = {_script(letter) for letter in word if letter.isalpha()}
            foreign = [letter for letter in word if _script(letter) in _FOREIGN]
            if foreign and ("LATIN" in scripts or _LOOK_ALIKES.issuperset(foreign)):
                names = ", ".join(dict.fromkeys(map(unicodedata.name, foreign)))
                message = f"“{word}” has letters that only look Latin: {names}; type them again"
                yield _at(entry, Level.WARNING, "look-alike", message)


def _script(letter: str) -> str:
    return "LATIN" if letter < "\u0250" else unicodedata.name(letter, "").partition(" ")[0]


def _chains(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Entries whose target is a French word of another entry: A → B, B → C."""
    sources = {_keys(source): e for e in entries for source in (e.source, *e.variants)}
    for entry in entries:
        other = sources.get(_keys(entry.target))
        is_itself = _keys(entry.target) == _keys(entry.source)
        if other and not is_itself and other.target != entry.target:
            message = (
                f"the target “{entry.target}” is itself a source in {_place(other)}, there → "
                f"“{other.target}”; is the first entry meant to give “{other.target}”?"
            )
            yield _at(entry, Level.WARNING, "chain", message)


def _contradictions(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Entries inside the source of another whose target says nothing of theirs."""
    by_words: dict[Words, Entry] = {}
    for entry in entries:
        for source in (entry.source, *entry.variants):
            by_words.setdefault(_keys(source), entry)
    for entry in entries:
        inside = (by_words[part] for part in _parts(entry.source) if part in by_words)
        for other in {one.id: one for one in inside if one.id != entry.id}.values():
            if not _agree(other, entry):
                message = (
                    f"“{entry.source}” → “{entry.target}” contains “{other.source}”, but not its "
                    f"target “{other.target}” ({_place(other)}); are both meant?"
                )
                yield _at(entry, Level.NOTE, "contradiction", message)


def _parts(source: str) -> Iterator[Words]:
    """The runs of words in a source, shorter than it, in which an entry could be found."""
    tokens = tokenize(source)
    places = [index for index, token in enumerate(tokens) if token.is_word]
    starts = [index for index in places if opens(tokens, index, french=True)]
    ends = [index for index in places if closes(tokens, index, french=True)]
    for start in starts:
        for end in ends:
            if start <= end and (start, end) != (places[0], places[-1]):
                yield tuple(token.key for token in tokens[start : end + 1] if token.is_word)


def _agree(inner: Entry, outer: Entry) -> bool:
    """Whether a rendering of the outer entry has the content words of one of the inner's."""
    outer_words = [_stems(text) for text in (outer.target, *outer.alternatives)]
    inner_words = [_stems(text) for text in (inner.target, *inner.alternatives)]
    return any(one & other for one in inner_words for other in outer_words)


def _stems(text: str) -> frozenset[str]:
    words = [token.key for token in tokenize(text) if token.is_word]
    content = [word for word in words if word not in ENGLISH_COMMON]
    return frozenset(form for word in content for form in (word, *english_plurals(word)))


def _same_targets(entries: Sequence[Entry]) -> Iterator[Problem]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is not EntryKind.KEEP:
            groups[entry.target.casefold()].append(entry)
    for first, *others in groups.values():
        for other in others:
            if other.scope != first.scope:
                continue
            message = (
                f"“{other.source}” has the target of “{first.source}” ({_place(first)}), "
                f"“{first.target}”; if they mean the same, make it a variant there"
            )
            yield _at(other, Level.NOTE, "same-target", message)


def _forbidden_elsewhere(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Renderings that one entry forbids and another, for a part of its source, wants."""
    targets = {entry.target.casefold(): entry for entry in entries}
    for entry in entries:
        for text in entry.forbidden:
            other = targets.get(text.casefold())
            if other and _keys(other.source) in (_keys(entry.source), *_parts(entry.source)):
                message = (
                    f"“{text}” is forbidden for “{entry.source}”, but the target of "
                    f"“{other.source}” ({_place(other)}), which stands in it"
                )
                yield _at(entry, Level.WARNING, "forbidden-elsewhere", message)


def _unused(
    entries: Sequence[Entry], texts: Sequence[str], scopes: Sequence[str]
) -> Iterator[Problem]:
    applying = Glossary(tuple(entries)).within(scopes).entries
    matcher = Matcher(applying)
    used = {_identity(match.entry) for text in texts for match in matcher.matches(text)}
    applies = set(map(_identity, applying))
    for entry in entries:
        if _identity(entry) not in applies:
            reason = (
                f"its scope is {entry.scope}"
                if entry.scope
                else "an entry of the text's scope replaces it"
            )
            message = f"“{entry.source}” does not apply to the text: {reason}"
            yield _at(entry, Level.NOTE, "scope", message)
        elif _identity(entry) not in used:
            message = f"“{entry.source}” does not occur in the text"
            yield _at(entry, Level.NOTE, "unused", message)


def _identity(entry: Entry) -> tuple[str, int, str]:
    """What tells an entry from others even where one of them has lost variants."""
    return entry.file, entry.line, entry.source


def _keys(text: str) -> Words:
    return tuple(token.key for token in tokenize(text) if token.is_word)
