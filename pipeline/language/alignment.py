"""A French sentence, its English and a stretch of the French in; the stretch of the English out.

A stretch lies where the words that its words are linked to lie (see ``pipeline.language.links``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.language.links import SMALL_FRENCH, links
from pipeline.language.small_words import ENGLISH_COMMON
from pipeline.language.words import Word, words

# What English puts behind verbs that are one word in French, and before them where they are denied.
_PARTICLES: Final = frozenset("away back down off out over up".split())
_DENIED: Final = frozenset("ne n".split())
_AUXILIARIES: Final = frozenset(
    "am are can could did do does had has have is may might must should was were will would".split()
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A stretch of the English, and whether words were linked to it or its place was guessed."""

    start: int
    end: int
    sure: bool


def project(source: str, target: str, start: int, end: int) -> Placed:
    """Give the stretch of the English that stands for ``source[start:end]``."""
    french, english = words(source), words(target)
    inside = [n for n, word in enumerate(french) if word.start < end and word.end > start]
    if not english or not french:
        return Placed(0, len(target), False)
    if not inside:
        # Signs alone are where they stand in the English, if they do.
        place = target.find(source[start:end])
        return Placed(place, place + end - start, True) if place >= 0 else Placed(0, 0, False)
    if len(inside) == len(french):
        return Placed(english[0].start, english[-1].end, True)
    verbatim = source[start:end].strip()
    if any(map(str.isalnum, verbatim)) and _once(verbatim, source):
        found = _once(verbatim, target)
        if found is not None:
            return Placed(*found.span(), True)
    linked = links(source, target)
    answers = _answers(french, inside, linked)
    if not answers or all(english[n].lower in ENGLISH_COMMON for n in answers):
        placed = _between(english, french, inside, linked)
        if placed is not None:
            return placed
    if not answers:
        return _guessed(target, english, french, inside)
    first, last = _grown(french, english, inside, linked, answers[0], answers[-1])
    start, end = english[first].start, english[last].end
    taken = {place for number, place in linked.items() if number not in inside}
    # "long-awaited" is one word where nothing else of the French stands for its other half.
    if first and target[start - 1] == "-" and first - 1 not in taken:
        start = english[first - 1].start
    if last + 1 < len(english) and target[end] == "-" and last + 1 not in taken:
        end = english[last + 1].end
    return Placed(start, end, True)


def _once(words_: str, text: str) -> re.Match[str] | None:
    """Find words in a text; None where they stand in it more than once, or not as words."""
    found = list(re.finditer(rf"(?<!\w){re.escape(words_)}(?!\w)", text))
    return found[0] if len(found) == 1 else None


def verbatim(source: str, target: str, start: int, end: int) -> int:
    """Give where the words of ``source[start:end]`` stand in the English as they are, or -1.

    Of several places it is the one whose share of the sentence is most like theirs.
    """
    said = re.escape(source[start:end])
    found = [match.start() for match in re.finditer(rf"(?<!\w){said}(?!\w)", target, re.I)]
    wanted = start / len(source) * len(target) if source else 0
    return min(found, key=lambda place: abs(place - wanted), default=-1)


def place_after(source: str, target: str, place: int) -> int:
    """Give the place in the English behind the word for what stands before a place."""
    french, english = words(source), words(target)
    before = [n for n, word in enumerate(french) if word.end <= place]
    if not english or len(before) == len(french):
        return len(target.rstrip())
    if not before:
        return 0
    linked = links(source, target)
    near = next((linked[n] for n in reversed(before[-3:]) if n in linked), None)
    if near is None:
        near = min(len(english) - 1, round(len(before) / len(french) * len(english)))
    end = english[near].end
    # In English a call for a note stands behind the point or comma.
    while end < len(target) and target[end] in ".,;:!?”’\"')":
        end += 1
    return end


def _answers(french: Sequence[Word], inside: Sequence[int], linked: dict[int, int]) -> list[int]:
    """Give the words that a stretch is linked to; small ones only where they stand at its edge."""
    meant = [n for n in inside if french[n].lower not in SMALL_FRENCH and n in linked]
    found = _without_strays(sorted(linked[n] for n in meant), len(inside))
    small = [n for n in inside if n in linked and n not in meant]
    if not found:
        return _without_strays(sorted(linked[n] for n in small), len(inside))
    first = min(found)
    opening = [linked[n] for n in small if n < meant[0] and first - 4 <= linked[n] < first]
    closing = [linked[n] for n in small if n > meant[-1] and 0 < linked[n] - max(found) < 4]
    return sorted([*opening, *found, *closing])


def _without_strays(answers: Sequence[int], count: int) -> list[int]:
    """Leave out answers that stand far from the others: a stretch is one piece."""
    found = list(answers)
    while len(found) > 1 and found[-1] - found[0] > 2 * count + 3:
        middle = found[len(found) // 2]
        far = max((0, -1), key=lambda index: abs(found[index] - middle))
        del found[far]
    return found


def _grown(
    french: Sequence[Word],
    english: Sequence[Word],
    inside: Sequence[int],
    linked: dict[int, int],
    first: int,
    last: int,
) -> tuple[int, int]:
    """Take the words at the edges in that nothing else of the French stands for."""
    taken = set(linked.values())
    # Words of meaning without a link, between the stretch and what is linked around it, are shared
    # out among those of the French, inside and outside, that have none either.
    share = _share(french, english, inside, linked, last, 1)
    while share and last + 1 < len(english) and last + 1 not in taken:
        if english[last + 1].lower in ENGLISH_COMMON:
            break
        last, share = last + 1, share - 1
    share = _share(french, english, inside, linked, first, -1) if share else 0
    while share and first and first - 1 not in taken:
        if english[first - 1].lower in ENGLISH_COMMON:
            break
        first, share = first - 1, share - 1
    opening = french[inside[0]].lower
    if opening in SMALL_FRENCH and inside[0] not in linked and first and first - 1 not in taken:
        first -= english[first - 1].lower in ENGLISH_COMMON
    if opening in _DENIED and first and english[first].lower == "not":
        first -= english[first - 1].lower in _AUXILIARIES
    after = last + 1
    if after < len(english) and after not in taken and english[after].lower in _PARTICLES:
        last = after
    return first, last


def _share(
    french: Sequence[Word],
    english: Sequence[Word],
    inside: Sequence[int],
    linked: dict[int, int],
    edge: int,
    step: int,
) -> int:
    """Say how many words without a link beyond an edge of the English belong to the stretch."""
    taken = set(linked.values())
    gap = 0
    place = edge + step
    while 0 <= place < len(english) and place not in taken:
        gap += english[place].lower not in ENGLISH_COMMON
        place += step

    def free(numbers: Sequence[int]) -> int:
        return sum(n not in linked and french[n].lower not in SMALL_FRENCH for n in numbers)

    outside: list[int] = []
    for way in (1, -1):
        number = inside[-1] + 1 if way > 0 else inside[0] - 1
        while 0 <= number < len(french) and number not in linked:
            outside.append(number)
            number += way
    own, others = free(inside), free(outside)
    return min(own, gap * own // (own + others)) if own else 0


def _between(
    english: Sequence[Word], french: Sequence[Word], inside: Sequence[int], linked: dict[int, int]
) -> Placed | None:
    """Give what lies between the counterparts of the words around a stretch; None where nothing."""
    before = next((linked[n] for n in range(inside[0] - 1, -1, -1) if n in linked), -1)
    after = next((linked[n] for n in range(inside[-1] + 1, len(french)) if n in linked), None)
    after = len(english) if after is None else after
    places = list(range(before + 1, after))
    if french[inside[0]].lower not in SMALL_FRENCH:
        while len(places) > 1 and english[places[0]].lower in ENGLISH_COMMON:
            places.pop(0)
    while len(places) > 1 and english[places[-1]].lower in ENGLISH_COMMON:
        places.pop()
    if not places or len(places) > 2 * len(inside) + 1:
        return None
    return Placed(english[places[0]].start, english[places[-1]].end, False)


def _guessed(
    target: str, english: Sequence[Word], french: Sequence[Word], inside: Sequence[int]
) -> Placed:
    if not inside:
        return Placed(0, len(target), False)
    scale = len(english) / len(french)
    first = min(len(english) - 1, round(inside[0] * scale))
    last = min(len(english) - 1, max(first, round((inside[-1] + 1) * scale) - 1))
    return Placed(english[first].start, english[last].end, False)
