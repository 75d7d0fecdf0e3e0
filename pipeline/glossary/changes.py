"""A sentence whose English a person corrected in; what was changed, and for which French, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from pipeline.glossary.units import Unit, phrases, units_of
from pipeline.language.alignment import project
from pipeline.language.dictionary.lookup import dictionary
from pipeline.language.lemmas import is_infinitive, known
from pipeline.language.links import links
from pipeline.language.small_words import ENGLISH_COMMON, FRENCH_COMMON
from pipeline.language.words import Word, words

# More words than a term has: the sentence was written anew.
_MOST_WORDS: Final = 6
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
class Change:
    """French words and the English that was put for them, in one sentence."""

    units: tuple[Unit, ...]
    source: str
    before: str
    after: str
    where: Correction

    @property
    def is_name(self) -> bool:
        """Whether all its words have the capital of a name."""
        content = [unit for unit in self.units if unit.is_content]
        capital = [unit for unit in content if unit.is_capital]
        return len(capital) == len(content) and self.after[:1].isupper()

    @property
    def key(self) -> tuple[tuple[str, ...], str]:
        """What it is compared by: its French and its English, but for their forms."""
        french = tuple(unit.key.lower() for unit in self.units if unit.is_content)
        english = [word.lower.removesuffix("s") for word in words(self.after)]
        # What differs in capitals alone is a correction too.
        return french, self.after if self.after.lower() == self.before.lower() else " ".join(
            english
        )


def changes(correction: Correction) -> Iterator[Change]:
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


def _change(correction: Correction, inside: Sequence[Unit], before: str, after: str) -> Change:
    source = " ".join(correction.source[inside[0].start : inside[-1].end].split())
    if inside[0].opens and not inside[0].is_capital:
        source = source[0].lower() + source[1:]
    return Change(tuple(inside), source, before, after, correction)


def _as_listed(text: str, opens: bool, inside: Sequence[Unit]) -> str:
    """Give words as an entry writes them: the capital of the sentence is not theirs."""
    text = " ".join(text.split())
    if not opens or inside[0].is_capital or text.partition(" ")[0].isupper():
        return text
    return text[0].lower() + text[1:]


def _has_capital_of_name(change: Change, after: str, new: Sequence[Word]) -> bool:
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
) -> Change | None:
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
