"""A French sentence, its English and a stretch of the French in; the stretch of the English out.

Words are linked one to one by what the dictionary and the lexicon say, by likeness (names, numbers,
cognates) and by place; a stretch lies where the words it is linked to lie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.dictionary.lookup import dictionary
from pipeline.language.lexicon import content, lexicon
from pipeline.language.small_words import ENGLISH_COMMON, FRENCH_COMMON
from pipeline.language.words import Word, words

# What kinds of evidence weigh, and a sentence's whole length of difference in place.
_SAME, _ANSWER, _COUNTERPART, _COGNATE, _PLACE = 1.2, 1.0, 0.7, 0.6, 0.8
_COGNATE_LETTERS = 4
# The small words that pairs of languages share so often that they tell something of place.
_SMALL = {
    "le": "the", "la": "the", "les": "the", "l": "the", "un": "a",
    "une": "a", "de": "of", "des": "of", "du": "of", "et": "and",
    "ou": "or", "dans": "in", "en": "in", "sur": "on", "avec": "with",
    "pour": "for", "par": "by", "à": "to", "au": "to", "aux": "to",
    "il": "he", "elle": "she", "qui": "who", "que": "that", "son": "his",
    "sa": "his", "leur": "their", "ce": "this",
}  # fmt: skip
_SMALL_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Placed:
    """A stretch of the English, and whether words were linked to it or its place was guessed."""

    start: int
    end: int
    sure: bool


@lru_cache(maxsize=256)
def links(source: str, target: str) -> dict[int, int]:
    """Give the words of the French, by number, with the number of the English word of each."""
    french, english = words(source), words(target)
    scores = _scores(source, target, french, english)
    ranked = sorted(
        scores.items(),
        key=lambda item: (
            item[1] - _PLACE * _distance(item[0], len(french), len(english)),
            -item[0][0],
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (one, other), score in ranked:
        near = score - _PLACE * _distance((one, other), len(french), len(english)) > 0
        if near and one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def project(source: str, target: str, start: int, end: int) -> Placed:
    """Give the stretch of the English that stands for ``source[start:end]``."""
    french, english = words(source), words(target)
    inside = [n for n, word in enumerate(french) if word.start < end and word.end > start]
    if not english or not french:
        return Placed(0, len(target), False)
    if len(inside) == len(french):
        return Placed(english[0].start, english[-1].end, True)
    verbatim = source[start:end].strip()
    if any(map(str.isalnum, verbatim)) and target.count(verbatim) == source.count(verbatim) == 1:
        place = target.index(verbatim)
        return Placed(place, place + len(verbatim), True)
    linked = links(source, target)
    answers = sorted(linked[n] for n in inside if n in linked)
    answers = _without_strays(answers, len(inside))
    if not answers:
        return _guessed(target, english, french, inside)
    first, last = answers[0], answers[-1]
    first, last = _grown(french, english, inside, linked, first, last)
    return Placed(english[first].start, english[last].end, True)


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


def _distance(pair: tuple[int, int], french: int, english: int) -> float:
    return abs((pair[0] + 0.5) / max(1, french) - (pair[1] + 0.5) / max(1, english))


def _scores(
    source: str, target: str, french: Sequence[Word], english: Sequence[Word]
) -> dict[tuple[int, int], float]:
    scores: defaultdict[tuple[int, int], float] = defaultdict(float)
    for one, other, weight in (
        *_answers(source, target, french, english),
        *_alike(french, english),
        *_counterparts(source, target, french, english),
    ):
        scores[one, other] = max(scores[one, other], weight)
    return scores


_Evidence = tuple[int, int, float]


def _answers(
    source: str, target: str, french: Sequence[Word], english: Sequence[Word]
) -> Iterator[_Evidence]:
    for answer in dictionary().answered(source, target).terms:
        ones = _within(french, answer.term.start, answer.term.end)
        for start, end in answer.spans:
            others = _within(english, start, end)
            for number, one in enumerate(ones):
                for place, other in enumerate(others):
                    # The words of a term answer one another in their order, or crosswise.
                    yield one, other, _ANSWER - 0.01 * abs(number - place)


def _within(found: Sequence[Word], start: int, end: int) -> list[int]:
    return [n for n, word in enumerate(found) if word.start < end and word.end > start]


def _alike(french: Sequence[Word], english: Sequence[Word]) -> Iterator[_Evidence]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(english):
        places[word.lower].append(number)
        if len(word.lower) > _COGNATE_LETTERS:
            places["~" + word.lower[:_COGNATE_LETTERS]].append(number)
    for number, word in enumerate(french):
        if word.lower in _SMALL:
            yield from ((number, other, _SMALL_WEIGHT) for other in places[_SMALL[word.lower]])
        if word.lower in FRENCH_COMMON:
            continue
        yield from ((number, other, _SAME) for other in places[word.lower])
        if len(word.lower) > _COGNATE_LETTERS:
            for other in places["~" + word.lower[:_COGNATE_LETTERS]]:
                yield number, other, _COGNATE


def _counterparts(
    source: str, target: str, french: Sequence[Word], english: Sequence[Word]
) -> Iterator[_Evidence]:
    table = lexicon().french
    numbers = {word.start: n for n, word in enumerate(english)}
    stems: defaultdict[str, list[int]] = defaultdict(list)
    for each in content(target, "en"):
        stems[each.stem].append(numbers[each.word.start])
    own = {word.start: n for n, word in enumerate(french)}
    for each in content(source, "fr"):
        item = table.get(each.stem)
        for stem in item.counterparts if item else ():
            for other in stems[stem]:
                yield own[each.word.start], other, _COUNTERPART


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
    """Take the small words at the edges in where the French stretch has some there too."""
    taken = set(linked.values())
    opening = french[inside[0]].lower in FRENCH_COMMON and inside[0] not in linked
    if opening and first and first - 1 not in taken and english[first - 1].lower in ENGLISH_COMMON:
        first -= 1
    # Words between two of a stretch that nothing answers belong to their neighbours.
    unlinked = sum(n not in linked and french[n].lower not in FRENCH_COMMON for n in inside)
    while unlinked and last + 1 < len(english) and last + 1 not in taken:
        if english[last + 1].lower in ENGLISH_COMMON:
            break
        last, unlinked = last + 1, unlinked - 1
    while unlinked and first and first - 1 not in taken:
        if english[first - 1].lower in ENGLISH_COMMON:
            break
        first, unlinked = first - 1, unlinked - 1
    return first, last


def _guessed(
    target: str, english: Sequence[Word], french: Sequence[Word], inside: Sequence[int]
) -> Placed:
    if not inside:
        return Placed(0, len(target), False)
    scale = len(english) / len(french)
    first = min(len(english) - 1, round(inside[0] * scale))
    last = min(len(english) - 1, max(first, round((inside[-1] + 1) * scale) - 1))
    return Placed(english[first].start, english[last].end, False)
