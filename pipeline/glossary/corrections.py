"""Sentences whose English people corrected in; glossary entries that the corrections ask for, out.

The two English texts are compared word by word. Where words of the one took the place of words of
the other, the French that they stand for is looked up by alignment. A term has to be changed the
same way twice; a name once. Of a term inside a longer one that was always changed with it only the
longer one is proposed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Final

from pipeline.glossary.candidates import Key, Unit, phrases, units_of
from pipeline.glossary.entries import entry_id
from pipeline.glossary.match import Matcher
from pipeline.glossary.verify import verify
from pipeline.language.alignment import project
from pipeline.language.dictionary.lookup import dictionary
from pipeline.language.forms import french_forms
from pipeline.language.lemmas import is_infinitive, known, lemma
from pipeline.language.links import links
from pipeline.language.small_words import ENGLISH_COMMON, FRENCH_COMMON
from pipeline.language.tokens import tokenize
from pipeline.language.words import Word, words
from pipeline.model import Entry, EntryKind, OccurrenceStatus
from pipeline.text import fold

# More words than a term has: the sentence was written anew.
_MOST_WORDS: Final = 6
_MOST_EXAMPLES: Final = 3
# What no term runs over; a point behind a short word is that of an abbreviation (Maj. Gen.).
_PARTED: Final = re.compile(r"[,;:!?()«»“”\"]|\w{5}\.|\s[–—-]\s")


@dataclass(frozen=True, slots=True)
class Correction:
    """A French sentence, what its English was and what a person made of it; ``place`` names it."""

    place: str
    source: str
    before: str
    after: str


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


@dataclass(frozen=True, slots=True)
class _Change:
    """French words and the English that was put for them, in one sentence."""

    units: tuple[Unit, ...]
    source: str
    before: str
    after: str
    where: Correction

    @property
    def is_name(self) -> bool:
        content = [unit for unit in self.units if unit.is_content]
        capital = [unit for unit in content if unit.is_capital]
        return len(capital) == len(content) and self.after[:1].isupper()

    @property
    def key(self) -> tuple[tuple[str, ...], str]:
        french = tuple(unit.key.lower() for unit in self.units if unit.is_content)
        english = [word.lower.removesuffix("s") for word in words(self.after)]
        # What differs in capitals alone is a correction too.
        return french, self.after if self.after.lower() == self.before.lower() else " ".join(
            english
        )


_Places = frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Group:
    changes: list[_Change] = field(default_factory=list)

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


def changes(correction: Correction) -> Iterator[_Change]:
    """Give what was changed in a sentence, each with the French it stands for, and longer terms."""
    source, before, after = correction.source, correction.before, correction.after
    units = list(units_of(source))
    for old, new in _differences(before, after):
        span = _french(source, before, after, old, new)
        inside = [u for u in units if span and u.start < span[1] and u.end > span[0]]
        if not inside or not _may_be_entry(inside):
            continue
        least = _projected(correction, inside, new) or _change(
            correction,
            inside,
            _as_listed(_text(before, old), old[0].start == _opening(before), inside),
            _as_listed(_text(after, new), new[0].start == _opening(after), inside),
        )
        if _has_capital_of_name(least, after, new):
            least = replace(least, after=least.after.lower())
            if least.after == least.before:
                continue
        yield least
        for phrase in _longer(source, inside):
            longer = _projected(correction, phrase, new)
            if longer and longer.key != least.key:
                yield longer


def _longer(source: str, inside: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """Give the terms of several words that a changed word may be a part of.

    That is one of the dictionary, or a noun before what was changed, which says more of it.
    """
    listed = {(term.start, term.end) for term in dictionary().terms(source)}
    for phrase in phrases(source):
        start, end = phrase[0].start, phrase[-1].end
        wider = start <= inside[0].start and inside[-1].end <= end and len(phrase) > len(inside)
        says_more = start < inside[0].start and inside[-1].end == end
        if wider and (says_more or (start, end) in listed):
            yield phrase


def _change(correction: Correction, inside: Sequence[Unit], before: str, after: str) -> _Change:
    source = " ".join(correction.source[inside[0].start : inside[-1].end].split())
    if inside[0].opens and not inside[0].is_capital:
        source = source[0].lower() + source[1:]
    return _Change(tuple(inside), source, before, after, correction)


def _as_listed(text: str, opens: bool, inside: Sequence[Unit]) -> str:
    """Give words as an entry writes them: the capital of the sentence is not theirs."""
    text = " ".join(text.split())
    if not opens or inside[0].is_capital or text.partition(" ")[0].isupper():
        return text
    return text[0].lower() + text[1:]


def _has_capital_of_name(change: _Change, after: str, new: Sequence[Word]) -> bool:
    """Tell whether a common word has its capital only as a part of a longer name.

    The deal of Paris is the Paris Agreement, but not every agreement is an Agreement.
    """
    is_common = change.source.islower() and change.before.islower()
    if not is_common or len(new) > 1 or change.after != new[0].text.title():
        return False
    place = new[0]
    beside = [
        word
        for word in words(after)
        if after[word.end : place.start] == " " or after[place.end : word.start] == " "
    ]
    return any(word.text[0].isupper() and word.lower not in ENGLISH_COMMON for word in beside)


def _opening(text: str) -> int:
    found = words(text)
    return found[0].start if found else 0


def _differences(before: str, after: str) -> Iterator[tuple[list[Word], list[Word]]]:
    """Give the runs of words of one text that stand in the place of runs of the other."""
    old, new = words(before), words(after)
    ours, theirs = ([word.text for word in text] for text in (old, new))
    for i1, i2, j1, j2 in _blocks(SequenceMatcher(None, ours, theirs, False), old, new):
        was, now = _trimmed(old[i1:i2]), _trimmed(new[j1:j2])
        if not was or not now or max(len(was), len(now)) > _MOST_WORDS:
            continue
        if _text(before, was) != _text(after, now) and not _PARTED.search(_text(after, now)):
            yield was, now


def _blocks(
    matcher: SequenceMatcher[str], old: Sequence[Word], new: Sequence[Word]
) -> list[tuple[int, int, int, int]]:
    """Give the places where two texts differ; where a word only moved, it is one place."""
    found: list[tuple[int, int, int, int]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal" or not (_trimmed(old[i1:i2]) or _trimmed(new[j1:j2])):
            continue
        last = found[-1] if found else None
        # Minister of Foreign Affairs, Foreign Minister: what was taken out comes again.
        moved = last and (i1 == i2 or j1 == j2 or last[0] == last[1] or last[2] == last[3])
        if last and moved and i1 - last[1] <= 1:
            found[-1] = (last[0], i2, last[2], j2)
        else:
            found.append((i1, i2, j1, j2))
    return found


def _text(text: str, run: Sequence[Word]) -> str:
    """Give a run of words as they stand, an abbreviation at its end with its point."""
    found = text[run[0].start : run[-1].end]
    return found + "." if ". " in found and text[run[-1].end :][:1] == "." else found


def _trimmed(run: Sequence[Word]) -> list[Word]:
    content = [n for n, word in enumerate(run) if word.lower not in ENGLISH_COMMON]
    return list(run[content[0] : content[-1] + 1]) if content else []


def _french(
    source: str, before: str, after: str, old: Sequence[Word], new: Sequence[Word]
) -> tuple[int, int] | None:
    """Give the stretch of the French that both runs stand for; None where it cannot be told."""
    french = words(source)
    linked: set[int] = set()
    elsewhere: set[int] = set()
    for text, run in ((before, old), (after, new)):
        places = {word.start for word in run}
        english = words(text)
        for one, other in links(source, text).items():
            (linked if english[other].start in places else elsewhere).add(one)
    content = {n for n, word in enumerate(french) if word.lower not in FRENCH_COMMON}
    found = linked & content or content - linked - elsewhere
    if not found:
        return None
    first, last = min(found), max(found)
    inside = set(range(first, last + 1)) & content
    # A word between that stands for something else: the stretch is none.
    if last - first > _MOST_WORDS or (inside - found) & elsewhere:
        return None
    return french[first].start, french[last].end


def _may_be_entry(inside: Sequence[Unit]) -> bool:
    first, last = inside[0], inside[-1]
    if not (first.is_content and last.is_content):
        return False
    alone = first.text.lower()
    return len(inside) > 1 or first.is_capital or not is_infinitive(alone) or known(alone)


def _projected(
    correction: Correction, phrase: Sequence[Unit], new: Sequence[Word]
) -> _Change | None:
    """Give the whole English of some French in both texts, where the change is a part of it."""
    source, before, after = correction.source, correction.before, correction.after
    start, end = phrase[0].start, phrase[-1].end
    now, was = project(source, after, start, end), project(source, before, start, end)
    # What says more of a noun stands before it in English.
    wider = now.start <= new[0].start and new[-1].end < now.end
    if not (wider and now.sure and was.sure):
        return None
    text = _as_listed(after[now.start : now.end], now.start == _opening(after), phrase)
    old = _as_listed(before[was.start : was.end], was.start == _opening(before), phrase)
    if len(words(text)) > _MOST_WORDS or _PARTED.search(text) or text == old:
        return None
    return _change(correction, phrase, old, text)


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
