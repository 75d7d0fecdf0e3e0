"""A case in, findings out for numbers, dates and times that vanish, change or appear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.checks.base import Case, Check, Cover
from pipeline.checks.swaps import swapped
from pipeline.model import EntryKind, Finding, Severity
from pipeline.numbers import Discrepancy, Fault, compare

ID = "numbers"


def _run(case: Case, limits: Mapping[str, float]) -> Iterator[Finding]:
    del limits
    found = _unexcused(case)
    missing = [d for d in found if d.fault is Fault.MISSING and d.certain]
    invented = [d for d in found if d.fault is Fault.INVENTED and d.certain]
    if len(missing) == len(invented) == 1:
        old, new = missing[0], invented[0]
        found = [item for item in found if item not in (old, new)]
        message = f"“{old.surface}” became “{new.surface}”."
        yield case.finding(ID, Severity.BLOCK, message, old.source_span, new.target_span)
    for item in found:
        severity = Severity.BLOCK if item.certain else Severity.LOOK
        yield case.finding(ID, severity, _message(item), item.source_span, item.target_span)
    for (one, placed), (other, _) in swapped(case.source, case.target):
        message = f"“{one.surface}” and “{other.surface}” seem to have changed places."
        spans = (one.start, one.end), (placed.start, placed.end)
        yield case.finding(ID, Severity.LOOK, message, *spans)
        break


def _unexcused(case: Case) -> list[Discrepancy]:
    """The discrepancies outside glossary entries that were rendered as agreed ("G7")."""
    source = Cover(len(case.source), [(o.start, o.end) for o in case.rendered()])
    target = Cover(len(case.target), case.rendered_spans(*EntryKind))
    return [
        item
        for item in compare(case.source, case.target)
        if not (item.source_span and source.touches(*item.source_span))
        and not (item.target_span and target.touches(*item.target_span))
    ]


def _message(item: Discrepancy) -> str:
    return {
        Fault.MISSING: f"“{item.surface}” is missing in the translation.",
        Fault.INVENTED: f"“{item.surface}” is not in the source.",
        Fault.FEWER: f"“{item.surface}” stands more often in the source.",
        Fault.STRANDED: f"A number is missing beside “{item.surface}”.",
        Fault.UNIT: f"“{item.surface}” changed or lost its unit.",
        Fault.NOTATION: f"“{item.surface}” is written in the French way.",
    }[item.fault]


CHECK = Check(
    id=ID,
    title="Numbers",
    severity=Severity.BLOCK,
    formula=(
        "Numbers, dates, times, ordinals, Roman numerals and amounts are reduced to canonical "
        "values on both sides (1 000,5 = 1,000.5; 14 h 30 = 2:30 pm; 3,4 milliards = 3.4 billion; "
        "XXe = 20th); every value of the source must stand in the translation and the reverse. "
        "What the translation repeats does not count, and spelled-out numbers equal digits, and "
        "a measure the same in another unit (100 feet for 30 metres). A number must keep its "
        "unit, and of two that stand once on both sides each must keep its place among the words "
        "and units around it."
    ),
    run=_run,
    notes=(
        "Blocks where a number written with digits vanishes, changes or appears, or leaves “th” or "
        "“£” behind. Only a look is asked for where a spelled-out number or a month differs, one "
        "of several equal numbers is missing, a unit or currency changes, two "
        "numbers seem to have changed places, or the French decimal comma is left. One and two in "
        "letters are never counted."
    ),
)
