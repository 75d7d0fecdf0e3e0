"""A case in, findings out where a stretch of it was left out of the translation, or added to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.checks.base import Case, Check, Dimension, Direction, Span, Threshold
from pipeline.checks.length import deviation
from pipeline.language.alterations import spelt_out
from pipeline.language.lexicon import Content, Item, answered, content, lexicon, weight
from pipeline.model import Doubt, Severity

ID = "coverage"
# A free translation leaves words unanswered on both sides, an omission on one; and an omission
# shortens. How much the other side and the length count was chosen on reference pairs with planted
# omissions and additions.
_OTHER_SIDE = 0.8
_LENGTH = 2.0
# What the numbers check accounts for, written in many ways: "2 milliards de livres", "£2bn",
# "1h52".
_AMOUNTS = frozenset(
    "million millions milliard milliards billion billions euro euros dollar dollars livre livres "
    "pound pounds sterling percent hour hours heure heures minute minutes degree degrees degre "
    "degres celsius fahrenheit kilometre kilometres kilometer kilometers metre metres meter meters "
    "centimetres hectare hectares thousand keur meur mdeur mdseur mds eur usd gbp chf".split()
)
_FARTHEST = 4.0  # standard deviations of length that count


def omission(case: Case) -> float | None:
    """Evidence that a stretch of the source was left out (see the formula)."""
    source, target = stretches(case.source, case.target)
    if source is None or not case.target.strip():
        return None
    return source[0] - _OTHER_SIDE * (target[0] if target else 0) - _LENGTH * _length(case)


def addition(case: Case) -> float | None:
    """Evidence that a stretch of the translation was added (see the formula)."""
    source, target = stretches(case.source, case.target)
    if target is None:
        return None
    return target[0] - _OTHER_SIDE * (source[0] if source else 0) + _LENGTH * _length(case)


def _either(case: Case) -> float | None:
    return max((v for v in (omission(case), addition(case)) if v is not None), default=None)


def _length(case: Case) -> float:
    return max(-_FARTHEST, min(_FARTHEST, deviation(case) or 0.0))


Stretch = tuple[float, Span]


@lru_cache(maxsize=64)
def stretches(source: str, target: str) -> tuple[Stretch | None, Stretch | None]:
    """Return the least answered stretch of a text and its translation: weight, and place."""
    french, english = (
        [entry for entry in content(text, language) if entry.folded not in _AMOUNTS]
        for text, language in ((source, "fr"), (target, "en"))
    )
    for _, (start, end) in spelt_out(source, target):
        # What an acronym is short for is not added.
        english = [each for each in english if not start <= each.word.start < end]
    table = lexicon()
    return _heaviest(french, english, table.french), _heaviest(english, french, table.english)


def _heaviest(
    asked: Sequence[Content], given: Sequence[Content], items: Mapping[str, Item]
) -> Stretch | None:
    """Return the stretch of neighbouring words whose weights add up to most (Kadane's scan)."""
    best, best_span = 0.0, None
    total, start = 0.0, 0
    for entry, found in zip(asked, answered(asked, given, items), strict=True):
        if total <= 0.0:
            total, start = 0.0, entry.word.start
        total += weight(entry, found, items)
        if best_span is None or total > best:
            best, best_span = max(total, 0.0), (start, entry.word.end)
    return None if best_span is None else (best, best_span)


def _run(case: Case) -> Iterator[Doubt]:
    source, target = stretches(case.source, case.target)
    omitted, added, sure = (each.read(case) for each in (OMISSION, ADDITION, SURE))
    if source:
        message = f"Perhaps left out: “{_quoted(case.source, source[1])}”."
        yield case.doubt(ID, Severity.LOOK, message, source[1], None, (omitted, sure), 0)
        yield case.doubt(ID, Severity.POLISH, message, source[1], None, (omitted,), 1)
    if target:
        message = f"Perhaps added: “{_quoted(case.target, target[1])}”."
        yield case.doubt(ID, Severity.LOOK, message, None, target[1], (added, sure), 2)
        yield case.doubt(ID, Severity.POLISH, message, None, target[1], (added,), 3)


def _quoted(text: str, span: Span) -> str:
    found = text[slice(*span)]
    return found if len(found) <= 60 else f"{found[:40]} … {found[-15:]}"


OMISSION = Threshold(
    id=f"{ID}.omission",
    default=10,
    direction=Direction.ABOVE,
    meaning="evidence that words of the source were left out (see the formula)",
    measure=omission,
)
ADDITION = Threshold(
    id=f"{ID}.addition",
    default=10,
    direction=Direction.ABOVE,
    meaning="evidence that words of the translation were added (see the formula)",
    measure=addition,
)
SURE = Threshold(
    id=f"{ID}.look",
    default=13,
    direction=Direction.ABOVE,
    meaning="either evidence, from which on a look is asked for",
    measure=_either,
)
CHECK = Check(
    id=ID,
    title="Omissions and additions",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "Each content word has a weight, the log-likelihood ratio of “left out” to “translated”, "
        "positive where the other side has no counterpart and negative where it has one. W is the "
        "largest sum over neighbouring words of the source, V the same of the translation, z the "
        f"deviation of the length check, at most {_FARTHEST:g} either way. Omission = "
        f"W − {_OTHER_SIDE} V − {_LENGTH:g} z; addition = "
        f"V − {_OTHER_SIDE} W + {_LENGTH:g} z."
    ),
    run=_run,
    thresholds=(OMISSION, ADDITION, SURE),
    notes=(
        "Counterparts come from a bundled lexicon of word stems, learnt from openly licensed "
        "parallel texts (`tools/lexicon.py`); a stem that stands on both sides, or begins with "
        "the same four letters, is a counterpart too. Weights are natural logarithms, learnt "
        "with the lexicon. Words of amounts (million, pounds, hours) are left to the numbers "
        "check. Up to the limit for a look the finding is a matter of form. It points at the "
        "stretch; its edges are approximate."
    ),
)
