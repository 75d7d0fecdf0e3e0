"""A French sentence and its English in; which word stands for which out.

Words of meaning are linked one to one by what the dictionary and the lexicon say, by likeness
(names, numbers, cognates) and by place; the small words then by their neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from pipeline.language.dictionary.lookup import dictionary
from pipeline.language.lexicon import content, lexicon
from pipeline.language.small_words import ENGLISH_COMMON, FRENCH_COMMON
from pipeline.language.words import Word, words

# What kinds of evidence weigh, and a sentence's whole length of difference in place.
_SAME, _ANSWER, _COUNTERPART, _COGNATE, _PLACE = 1.2, 1.0, 0.7, 0.6, 0.8
# Of a term of several words none says which is which: each says a little less, and those that
# stand crosswise, as adjectives and what follows « de » do, a little more than the others.
_TERM, _CROSSWISE, _BOTH = 0.8, 0.1, 0.3
_COGNATE_LETTERS = 4
_REACH = 4  # words from a small word to the neighbour's counterpart
# What small words stand for, as far as it tells anything.
_SMALL: Final[Mapping[str, frozenset[str]]] = {
    french: frozenset(english.split("/"))
    for french, english in (
        each.split("=")
        for each in """le=the la=the les=the l=the un=a/an/one une=a/an/one
        de=of/from/in/with/to d=of/from
        des=of/from/some du=of/from et=and ou=or dans=in/into/during/within
        en=in/into/by/to/on/as sur=on/about/over/in/of avec=with pour=for/to
        par=by/per/through/in à=to/at/in/on/for/by/with au=to/at/in/on/for/by/with
        aux=to/at/in/on/for/with il=he/it elle=she/it ils=they elles=they
        qui=who/which/that que=that/which/than/what qu=that/which/than son=his/her/its
        sa=his/her/its ses=his/her/its leur=their leurs=their ce=this/that/it
        cet=this/that cette=this/that ces=these/those pas=not jamais=never
        rien=nothing/anything sans=without contre=against entre=between/among
        vers=towards/toward/around chez=at/with/among depuis=since/for/from avant=before
        après=after pendant=during/for/while sous=under/below plus=more/most notre=our
        nos=our votre=your vos=your mais=but si=if/so comme=as/like dont=whose/which
        jusqu=until/up/to est=is/was sont=are/were était=was étaient=were sera=will
        seront=will serait=would a=has ont=have avait=had avaient=had être=be été=been""".split()
    )
}
SMALL_FRENCH: Final = FRENCH_COMMON | set(_SMALL) | set("a c d j l m n s t y à".split())


@lru_cache(maxsize=256)
def links(source: str, target: str) -> dict[int, int]:
    """Give the words of the French, by number, with the number of the English word of each."""
    french, english = words(source), words(target)
    if not french or not english:
        return {}
    values = {
        pair: score - _PLACE * _distance(pair, len(french), len(english))
        for pair, score in _scores(source, target, french, english).items()
    }
    found = _assigned({pair: value for pair, value in values.items() if value > 0})
    _link_small_words(found, french, english)
    return found


def _assigned(values: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Link one to one, the surest first; then change pairs where that is worth more together."""
    found: dict[int, int] = {}
    taken: dict[int, int] = {}
    for one, other in sorted(values, key=lambda pair: (-values[pair], pair)):
        if one not in found and other not in taken:
            found[one], taken[other] = other, one
    others: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in values:
        others[one].append(other)
    for _ in range(3):
        changed = False
        for (one, other), value in sorted(values.items()):
            rival = taken.get(other)
            own = found.get(one)
            if rival is None or rival == one:
                continue
            held = values[rival, other] + (values[one, own] if own is not None else 0.0)
            # The rival takes what this one had, or another word that is free.
            free = [own] if own is not None else []
            free += [each for each in others[rival] if each not in taken]
            options = [each for each in free if (rival, each) in values]
            best = max(options, key=lambda each: values[rival, each], default=None)
            if best is not None and value + values[rival, best] > held + 1e-6:
                if own is not None and own != best:
                    del taken[own]
                found[one], taken[other] = other, one
                found[rival], taken[best] = best, rival
                changed = True
        if not changed:
            break
    return found


def _link_small_words(
    found: dict[int, int], french: Sequence[Word], english: Sequence[Word]
) -> None:
    """Link small words to those before the counterpart of what they stand before, or near it."""
    taken = set(found.values())
    sure = dict(found)
    near: list[tuple[int, int, int]] = []
    for number, word in enumerate(french):
        wanted = _SMALL.get(word.lower)
        if wanted is None or number in found:
            continue
        after = next((sure[n] for n in range(number + 1, number + 4) if n in sure), None)
        before = next((sure[n] for n in range(number - 1, number - 4, -1) if n in sure), None)
        for place, other in enumerate(english):
            if other.lower not in wanted or place in taken:
                continue
            if after is not None and 0 < after - place <= _REACH:
                near.append((after - place, number, place))
            elif before is not None and 0 < place - before <= _REACH:
                near.append((place - before + (2 if after is not None else 0), number, place))
    for _, number, place in sorted(near):
        if number not in found and place not in taken:
            found[number] = place
            taken.add(place)


def _distance(pair: tuple[int, int], french: int, english: int) -> float:
    return abs((pair[0] + 0.5) / max(1, french) - (pair[1] + 0.5) / max(1, english))


def _scores(
    source: str, target: str, french: Sequence[Word], english: Sequence[Word]
) -> dict[tuple[int, int], float]:
    kinds: defaultdict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    for kind, evidence in (
        ("answer", _answers(source, target, french, english)),
        ("alike", _alike(french, english)),
        ("counterpart", _counterparts(source, target, french, english)),
    ):
        for one, other, weight in evidence:
            said = kinds[one, other]
            said[kind] = max(said.get(kind, 0.0), weight)
    return {
        pair: (1 - _BOTH) * max(said.values()) + _BOTH * sum(said.values())
        for pair, said in kinds.items()
    }


_Evidence = tuple[int, int, float]


def _answers(
    source: str, target: str, french: Sequence[Word], english: Sequence[Word]
) -> Iterator[_Evidence]:
    for answer in dictionary().answered(source, target).terms:
        ones = _meaning(_within(french, answer.term.start, answer.term.end), french, SMALL_FRENCH)
        for start, end in answer.spans:
            others = _meaning(_within(english, start, end), english, ENGLISH_COMMON)
            if len(ones) == len(others) == 1:
                yield ones[0], others[0], _ANSWER
                continue
            # English puts crosswise what it says without "of".
            cross = "of" not in (word.lower for word in english if start <= word.start < end)
            for number, one in enumerate(ones):
                for place, other in enumerate(others):
                    mirrored = len(others) - 1 - place if cross else place
                    yield one, other, _TERM + (_CROSSWISE if number == mirrored else 0.0)


def _within(found: Sequence[Word], start: int, end: int) -> list[int]:
    return [n for n, word in enumerate(found) if word.start < end and word.end > start]


def _meaning(numbers: list[int], found: Sequence[Word], small: frozenset[str]) -> list[int]:
    """Leave small words out, where there are others."""
    return [n for n in numbers if found[n].lower not in small] or numbers


def _alike(french: Sequence[Word], english: Sequence[Word]) -> Iterator[_Evidence]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(english):
        places[word.lower].append(number)
        if len(word.lower) > _COGNATE_LETTERS:
            places["~" + word.lower[:_COGNATE_LETTERS]].append(number)
    for number, word in enumerate(french):
        if word.lower in SMALL_FRENCH:
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
