"""A case in, a blocking finding out where the translation loops or repeats itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.checks.base import Case, Check, Dimension, Direction, Span, Threshold
from pipeline.language.small_words import ENGLISH_COMMON, FRENCH_FUNCTION
from pipeline.language.titles import doubled_title
from pipeline.language.words import Word, words
from pipeline.model import Doubt, Severity

ID = "repetition"
_LONGEST_GRAM = 8
_COUNTED_GRAM = 4
_COPIES = 3
# Words of a phrase that a sentence may not say again, of which two are telling, or one of more.
_SHORTEST_AGAIN = 3
# With two numbers it is said twice, where French may write a sign.
_COUNTING = frozenset(["per", "cent", "percent", "million", "billion"])
_STOP, _PAUSE = re.compile("[.!?;:]"), re.compile("[^ ,\u00a0]")
# "Island to island", "piece by piece" and "round and round" are English; with these it is none.
_INTO, _TELLING = frozenset(["into", "in", "of", "from"]), 5
# What French doubles by rule: « nous nous souvenons ».
_DOUBLED_FR = frozenset(["nous", "vous"])
_NAMED_ALIKE = frozenset(["will", "may"])  # of a man or a month: "Will will come"
# "defdefdefdef…" inside one word; the counted repetition keeps matching linear.
_STUTTER = re.compile(r"([^\W\d_]{1,8}?)\1{7,}")


def excess(case: Case) -> float:
    """Most copies of a 1–4-gram in the translation, minus the most of any in the source."""
    source, target = words(case.source), words(case.target)
    best = 0
    for size in range(1, _COUNTED_GRAM + 1):
        counts = Counter(_grams([w.lower for w in target], size))
        most = max((n for gram, n in counts.items() if _has_content(gram)), default=0)
        if most - 1 <= best:
            continue
        allowed = Counter(_grams([w.lower for w in source], size))
        best = max(best, most - max(allowed.values(), default=0))
    return float(best)


def _grams(text: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(text[offset:] for offset in range(size)), strict=False)


def _has_content(gram: Sequence[str]) -> bool:
    return any(map(_is_content, gram))


def _is_content(word: str) -> bool:
    return len(word) > 2 and word not in ENGLISH_COMMON


def _copies(text: Sequence[str], size: int) -> tuple[int, int]:
    """Most copies in a row of any ``size``-gram, and the index after the last of them."""
    best, best_end, streak = 1, 0, 0
    for index in range(size, len(text)):
        streak = streak + 1 if text[index] == text[index - size] else 0
        if streak // size + 1 > best:
            best, best_end = streak // size + 1, index + 1
    return best, best_end


def _loop(source: str, before: Sequence[Word], text: str, after: Sequence[Word]) -> Span | None:
    """The span of a loop in the translation, or None."""
    lower, original = [w.lower for w in after], [w.lower for w in before]
    allowed: int | None = None
    for size in range(1, _LONGEST_GRAM + 1):
        copies, end = _copies(lower, size)
        if copies < _COPIES or not any(w.isalpha() for w in lower[end - size : end]):
            continue
        if allowed is None:
            allowed = max(_copies(original, n)[0] for n in range(1, _LONGEST_GRAM + 1))
        if copies > allowed:
            return after[end - copies * size].start, after[end - 1].end
    stutter = _STUTTER.search(text)
    if stutter and not _STUTTER.search(source):
        return stutter.span()
    return None


def _double(before: Sequence[Word], after: Sequence[Word], text: str) -> Span | None:
    """The span of a phrase of two or more words said twice running, or None."""
    if any(_copies([w.lower for w in before], n)[0] > 1 for n in range(2, _LONGEST_GRAM + 1)):
        return None
    said = [w.lower for w in before]
    if any(a == b and a not in FRENCH_FUNCTION for a, b in zip(said, said[2:], strict=False)):
        return None  # « il penchait, il penchait »
    lower = [w.lower for w in after]
    for size in range(2, _LONGEST_GRAM + 1):
        copies, end = _copies(lower, size)
        if copies < 2 or (size == 2 and not _has_content(lower[end - size : end])):
            continue
        # After the end of a sentence, or a short phrase across a quotation mark, saying it again
        # is no accident.
        gap = text[after[end - size - 1].end : after[end - size].start]
        if not (_STOP if size > 3 else _PAUSE).search(gap):
            return after[end - copies * size].start, after[end - 1].end
    return None


def _stammer(before: Sequence[Word], after: Sequence[Word], text: str) -> Span | None:
    """The span of one word said twice ("of of"), where English never doubles it; None otherwise.

    The first may open the sentence: "The the".
    """
    if any(a.lower == b.lower and a.lower not in _DOUBLED_FR for a, b in pairwise(before)):
        return None
    for first, second in pairwise(after):
        opens = first.text.istitle() and second.lower in ENGLISH_COMMON - _NAMED_ALIKE
        if (
            (first.text == second.text or (opens and first.lower == second.text))
            and first.text.isalpha()
            and first.lower not in ("that", "had", "very", "so", "no", "bye", "ha", "is", "do")
            and text[first.end : second.start].isspace()
            and not second.text[0].isupper()
        ):
            return first.start, second.end
    return None


def _again(before: Sequence[Word], after: Sequence[Word]) -> Span | None:
    """The span of a phrase that has been said before, though apart, or None.

    A model that loses its way says what it has said ("the Winter Olympics and the Winter
    Olympics"). Where the French says a word of its own twice, English may say more than that.
    """
    lower = [w.lower for w in after]
    telling = [word.isalpha() and _is_content(word) and word not in _COUNTING for word in lower]
    for size in range(_LONGEST_GRAM, _SHORTEST_AGAIN - 1, -1):
        first: dict[tuple[str, ...], int] = {}
        for place, gram in enumerate(_grams(lower, size)):
            if sum(telling[place : place + size]) < (2 if size == _SHORTEST_AGAIN else 1):
                continue
            if first.setdefault(gram, place) != place:
                span = after[place].start, after[place + size - 1].end
                return None if _says_again(before) else span
    return None


def _into_itself(before: Sequence[Word], after: Sequence[Word]) -> Span | None:
    """The span of a word that is said to become, or be in, itself ("marshes into marshes")."""
    lower = [w.lower for w in after]
    for place, word in enumerate(lower[:-2]):
        if len(word) < _TELLING or lower[place + 1] not in _INTO or not _is_content(word):
            continue
        following = place + 2 + (lower[place + 2] in ENGLISH_COMMON)
        if lower[following : following + 1] == [word] and not _says_again(before):
            return after[place].start, after[following].end
    return None


def _says_again(text: Sequence[Word]) -> bool:
    """Whether a text says a word of its own twice, or may do so by an acronym (ONU)."""
    if any(len(w.text) > 1 and w.text.isupper() and w.text.isalpha() for w in text):
        return True
    counts = Counter(w.lower for w in text if len(w.lower) > 3)
    return any(n > 1 and word not in FRENCH_FUNCTION for word, n in counts.items())


def _run(case: Case) -> Iterator[Doubt]:
    before, after = words(case.source), words(case.target)
    span = _loop(case.source, before, case.target, after)
    if span:
        yield case.doubt(ID, Severity.BLOCK, "The translation loops.", target_span=span)
    elif span := _double(before, after, case.target):
        message = f"Said twice: “{case.target[span[0] : span[1]][:80]}”."
        yield case.doubt(ID, Severity.BLOCK, message, target_span=span)
    else:
        message = "The translation repeats words of its own."
        yield case.doubt(ID, Severity.BLOCK, message, beyond=(EXCESS.read(case),))
        if span := _stammer(before, after, case.target):
            message = f"A word is doubled: “{case.target[span[0] : span[1]]}”."
            yield case.doubt(ID, Severity.LOOK, message, target_span=span, step=1)
        elif span := doubled_title(case.target):
            message = f"A title stands twice: “{case.target[slice(*span)]}”."
            yield case.doubt(ID, Severity.LOOK, message, target_span=span, step=1)
        elif span := _again(before, after) or _into_itself(before, after):
            message = f"Said before: “{case.target[slice(*span)]}”."
            yield case.doubt(ID, Severity.LOOK, message, target_span=span, step=1)


EXCESS = Threshold(
    id=ID,
    default=2,
    direction=Direction.ABOVE,
    meaning="most copies of a 1–4-gram with content, minus the most of any in the source",
    measure=excess,
)
CHECK = Check(
    id=ID,
    title="Repetition",
    dimension=Dimension.FLUENCY,
    severity=Severity.BLOCK,
    formula=(
        "Three or more copies in a row of a 1–8-gram, two of a 3–8-gram or of a 2-gram with a "
        "content word, or a count of any 1–4-gram with a content word that exceeds the most "
        "frequent of the source by more than the limit; each only where the source does not do "
        "the same."
    ),
    run=_run,
    thresholds=(EXCESS,),
    notes=(
        "A single doubled word, two titles before a name (“General Maj. Gen.”), or a phrase of "
        "three words and more that comes again, where the French says no word of its own twice, "
        "ask for a look."
    ),
)
