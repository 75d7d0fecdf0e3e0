"""A case in, findings out for numbers, dates and times that vanish, change or appear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Cover, Dimension
from pipeline.language.lexicon import answered, content, lexicon
from pipeline.language.literals import literal_spans
from pipeline.language.numbers import Discrepancy, Fault, compare
from pipeline.language.numbers.idioms import idioms
from pipeline.language.numbers.swaps import swapped
from pipeline.model import Doubt, EntryKind, Severity

ID = "numbers"
_QUOTED = re.compile(r"[«“\"]\s?([^\W\d_]{4,})\s?[»”\"]")  # « septante », as a word
_YEAR = re.compile("1[0-9]{3}|20[0-9]{2}")
# A year told by another one.
_FRENCH_RELATIVE = re.compile(
    r"\b(?:cette|même|l['’]) ?année|\ban (?:dernier|prochain|passé)"
    r"|\bannées? (?:même|(?:précéd|suiv)ante?|dernière|prochaine|passée)"
    r"|\b(?:jan|fév|mar|avr|mai|jui|aoû|sep|oct|nov|déc)[a-zé]* derniers?\b",
    re.IGNORECASE,
)
_ENGLISH_RELATIVE = re.compile(
    r"\b(?:that|this|same|next|last|previous|following) year\b"
    r"|\byear (?:before|after|earlier|later)\b",
    re.IGNORECASE,
)


def _run(case: Case) -> Iterator[Doubt]:
    found = _unexcused(case)
    missing = [d for d in found if d.fault is Fault.MISSING and d.certain]
    invented = [d for d in found if d.fault is Fault.INVENTED and d.certain]
    copies: dict[str, Discrepancy] = {}
    for new in invented:
        copies.setdefault(new.surface, new)
    told: set[Discrepancy] = set()
    for old in missing:
        if copy := copies.get(old.surface):
            told |= {old, copy}
            message = f"“{copy.surface}” is written in the French way."
            yield case.doubt(ID, Severity.LOOK, message, old.source_span, copy.target_span)
    found, missing, invented = (
        [each for each in side if each not in told] for side in (found, missing, invented)
    )
    if len(missing) == len(invented) == 1:
        old, new = missing[0], invented[0]
        found = [item for item in found if item not in (old, new)]
        message = f"“{old.surface}” became “{new.surface}”."
        yield case.doubt(ID, Severity.BLOCK, message, old.source_span, new.target_span)
    faults = {item.fault for item in found}
    changed = Fault.INVENTED in faults and not faults.isdisjoint((Fault.MISSING, Fault.FEWER))
    for item in found:
        severity = _severity(case, item, changed)
        yield case.doubt(ID, severity, _message(item), item.source_span, item.target_span)
    phrases = Cover(len(case.source), idioms(case.source, case.target)[0])
    for (one, placed), (other, _) in swapped(case.source, case.target):
        if phrases.touches(one.start, one.end) or phrases.touches(other.start, other.end):
            continue
        message = f"“{one.surface}” and “{other.surface}” seem to have changed places."
        spans = (one.start, one.end), (placed.start, placed.end)
        yield case.doubt(ID, Severity.LOOK, message, *spans)
        break


def _unexcused(case: Case) -> list[Discrepancy]:
    """The discrepancies outside what is copied, of phrases, and of entries as agreed ("G7")."""
    ours, theirs = idioms(case.source, case.target)
    agreed = [(each.start, each.end) for each in case.rendered()]
    source = Cover(len(case.source), [*agreed, *ours, *_copied(case.source, case.target)])
    agreed = list(case.rendered_spans(*EntryKind))
    target = Cover(len(case.target), [*agreed, *theirs, *_copied(case.target, case.source)])
    return [
        item
        for item in compare(case.source, case.target)
        if not (item.source_span and source.touches(*item.source_span))
        and not (item.target_span and target.touches(*item.target_span))
    ]


def _copied(text: str, other: str) -> list[tuple[int, int]]:
    """The addresses, files, quoted words and the like that both texts have letter for letter."""
    spans = [*literal_spans(text), *(match.span(1) for match in _QUOTED.finditer(text))]
    return [span for span in spans if text[slice(*span)] in other]


def _severity(case: Case, item: Discrepancy, changed: bool) -> Severity:
    """How grave a discrepancy is; ``changed``: numbers are both missing and new in the segment.

    A number that is only missing or only new may be the wording's: a small one in letters ("à
    quatre pattes"), unless both texts have what it counts, and a year, above all a new one, and
    where one of the texts says "that year".
    """
    alone = item.fault in (Fault.MISSING, Fault.INVENTED) and not changed
    if alone and item.slight and not _counts(case, item):
        return Severity.POLISH
    if alone and _YEAR.fullmatch(item.surface):
        told = _FRENCH_RELATIVE.search(case.source) or _ENGLISH_RELATIVE.search(case.target)
        if item.fault is Fault.INVENTED:
            return Severity.POLISH if told else Severity.LOOK
        return Severity.LOOK if told else Severity.BLOCK
    return Severity.BLOCK if item.certain else Severity.LOOK


def _counts(case: Case, item: Discrepancy) -> bool:
    """Whether the word after a number has a counterpart in the other text."""
    texts = content(case.source, "fr"), content(case.target, "en")
    items = lexicon().french, lexicon().english
    side = 0 if item.source_span else 1
    span = (item.source_span, item.target_span)[side]
    after = [entry for entry in texts[side] if span and entry.word.start == span[1] + 1]
    return any(answered(after, texts[1 - side], items[side]))


def _message(item: Discrepancy) -> str:
    return {
        Fault.MISSING: f"“{item.surface}” is missing in the translation.",
        Fault.INVENTED: f"“{item.surface}” is not in the source.",
        Fault.FEWER: f"“{item.surface}” stands more often in the source.",
        Fault.STRANDED: f"A number is missing beside “{item.surface}”.",
        Fault.UNIT: f"“{item.surface}” changed or lost its unit.",
        Fault.NOTATION: f"“{item.surface}” is written in the French way.",
        Fault.SIGN: f"“{item.surface}” has another sign in the translation.",
        Fault.RANK: f"“{item.surface}” became another ordinal.",
        Fault.CURRENCY: f"“{item.surface}” has a unit or currency too many.",
    }[item.fault]


CHECK = Check(
    id=ID,
    title="Numbers",
    dimension=Dimension.ACCURACY,
    severity=Severity.BLOCK,
    formula=(
        "Numbers, dates, times, spans of time, fractions, multiples, ordinals, Roman numerals and "
        "amounts are reduced to canonical values on both sides (1 000,5 = 1,000.5; 14 h 30 = 2:30 "
        "pm; 1 h 52 = 112 minutes; 3,4 Md€ = €3.4 billion; XXe = 20th; 11/09/2001 = 11 September "
        "2001; les deux tiers = two in three; des centaines = hundreds); every value of the source "
        "must stand in the translation and the reverse. What the translation repeats does not "
        "count, and spelled-out numbers equal digits, and a measure the same in another unit (100 "
        "feet for 30 metres, 104 °F for 40 °C), and a phrase that needs no number (24 heures "
        "sur 24 = around the clock; à 100 % = fully; mai 68 = May 1968). A number must keep its "
        "unit and its sign, and of two that stand once on both sides each must keep its place "
        "among the words and units around it."
    ),
    run=_run,
    notes=(
        "Blocks where a number written with digits vanishes, changes or appears, or leaves “th” "
        "or “£” behind. Only a look is asked for where a spelled-out number, a round one (“une "
        "vingtaine”), a fraction, a multiple or a month differs, an ordinal became another one, a "
        "year is new and nothing missing, or missing and told by another (“that year”), one of "
        "several equal numbers is missing, a sign, unit or currency changes, an amount has a unit "
        "or currency too many (“EUR 12%”), two numbers seem to have changed places, or the French "
        "decimal comma or shorthand (“2.4 Md€”) is left. Where nothing is missing, a new "
        "year that is told by another is a matter of form; so is a spelled-out number up to "
        "twelve that is only missing or only new, without a unit, unless the other text has what "
        "it counts. One and two in letters are never counted, first and second only against "
        "another ordinal. A point in a French number parts thousands."
    ),
)
