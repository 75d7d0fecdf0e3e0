"""Sentences whose English people corrected in; glossary entries that the corrections ask for, out.

The two English texts are compared word by word. Where words of the one took the place of words of
the other, the French that they stand for is looked up by alignment. A term has to be changed the
same way twice; a name once. Of a term inside a longer one that was always changed with it only the
longer one is proposed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.glossary.candidates import Key
from pipeline.glossary.changes import Change, Correction, changes
from pipeline.glossary.entries import entry_id
from pipeline.glossary.match import Matcher
from pipeline.glossary.verify import verify
from pipeline.language.forms import french_forms
from pipeline.language.lemmas import lemma
from pipeline.language.tokens import tokenize
from pipeline.model import Entry, EntryKind, OccurrenceStatus
from pipeline.text import fold

_MOST_EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Learned:
    """An entry that corrections ask for: how often, what stood there before, and where.

    ``against`` counts occurrences in corrected sentences that a person rendered otherwise.
    ``replaces`` is the entry of a glossary that asks for something else, if one does.
    """

    entry: Entry
    count: int
    before: tuple[tuple[str, int], ...]
    examples: tuple[Correction, ...]
    against: int = 0
    replaces: Entry | None = None

    @property
    def comment(self) -> str:
        """What an editor should know of it, in one line."""
        times = "once" if self.count == 1 else f"{self.count} times"
        said = f"corrected {times}"
        if self.before:
            said += ", from " + ", ".join(f"{text} ({count})" for text, count in self.before)
        if self.against:
            said += f"; otherwise in {self.against}"
        if self.replaces:
            said += f"; a glossary has {self.replaces.target}"
        return said


_Places = frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Group:
    changes: list[Change] = field(default_factory=list)

    @property
    def places(self) -> _Places:
        return frozenset((each.where.place, each.where.source) for each in self.changes)


def learned(corrections: Sequence[Correction], glossary: Sequence[Entry] = ()) -> list[Learned]:
    """Propose entries for what was corrected alike, the most frequent first.

    What the ``glossary`` asks for already is left out.
    """
    groups: defaultdict[tuple[tuple[str, ...], str], _Group] = defaultdict(_Group)
    for correction in corrections:
        for change in changes(correction):
            groups[change.key].changes.append(change)
    asked = {name.casefold(): entry for entry in glossary for name in _names(entry)}
    together: defaultdict[_Places, list[Key]] = defaultdict(list)
    for key, group in groups.items():
        together[group.places].append(key[0])
    by_word = _by_word(corrections)
    found = []
    for key, group in groups.items():
        is_name, places = all(change.is_name for change in group.changes), group.places
        if len(places) < (1 if is_name else 2) or _inside_longer(key[0], places, together[places]):
            continue
        proposal = _proposal(group, is_name)
        given = asked.get(proposal.entry.source.casefold())
        if given and proposal.entry.target in (given.target, *given.alternatives):
            continue
        against = _against(proposal.entry, by_word)
        if against <= proposal.count:
            found.append(
                Learned(
                    proposal.entry,
                    proposal.count,
                    proposal.before,
                    proposal.examples,
                    against,
                    given,
                )
            )
    return sorted(_best(found), key=lambda each: (-each.count, each.entry.source.casefold()))


def _best(found: Iterable[Learned]) -> list[Learned]:
    """Of entries for the same French give the one with most corrections."""
    best: dict[str, Learned] = {}
    for each in found:
        name = each.entry.source.casefold()
        if name not in best or best[name].count < each.count:
            best[name] = each
    return list(best.values())


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.source, *entry.variants)


def _inside_longer(french: Key, places: _Places, together: Iterable[Key]) -> bool:
    """Tell whether it was always changed as part of one longer term, twice at least.

    ``together`` are the French words of all that was changed in the same places.
    """
    return len(places) > 1 and any(
        len(other) > len(french) and frozenset(french) < frozenset(other) for other in together
    )


def _proposal(group: _Group, is_name: bool) -> Learned:
    shortest = min(group.changes, key=lambda each: (len(each.source), each.source))
    kind = EntryKind.NAME if is_name else EntryKind.TERM
    places: dict[tuple[str, str], Correction] = {}
    for each in group.changes:
        places.setdefault((each.where.place, each.where.source), each.where)
    before = Counter(each.before for each in group.changes)
    entry = Entry(
        entry_id(kind, shortest.source, shortest.after), shortest.source, shortest.after, kind
    )
    examples = tuple(places.values())[:_MOST_EXAMPLES]
    return Learned(entry, len(places), tuple(before.most_common(3)), examples)


def _by_word(corrections: Iterable[Correction]) -> Mapping[str, Sequence[Correction]]:
    """Give the corrections by each word of their French, as it stands and as a dictionary has it.

    A proposal is then looked for where it may be, not in every sentence.
    """
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for each in corrections:
        words_there = [token for token in tokenize(each.source) if token.is_word]
        for key in {key for one in words_there for key in (one.key, fold(lemma(one.text)))}:
            found[key].append(each)
    return found


def _against(entry: Entry, by_word: Mapping[str, Sequence[Correction]]) -> int:
    """Count the places in corrected sentences where the French is rendered otherwise."""
    matcher = Matcher([entry])
    return sum(
        found.status is not OccurrenceStatus.PRESENT
        for each in _with_first_word(entry.source, by_word)
        for found in verify("", matcher.matches(each.source), each.after)
    )


def _with_first_word(
    source: str, by_word: Mapping[str, Sequence[Correction]]
) -> Iterable[Correction]:
    """Give the corrections whose French has a form of the first word of some words, each once."""
    first = next(token for token in tokenize(source) if token.is_word)
    # The last two are those of a participle.
    forms = {lemma(first.text), f"{first.text}e", f"{first.text}es", *french_forms(first.text).all}
    keys = {first.key, *map(fold, forms)}
    return {id(each): each for key in keys for each in by_word.get(key, ())}.values()
