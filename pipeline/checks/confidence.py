"""A case in, a finding out where the engine itself was unusually unsure."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Dimension, Direction, Threshold
from pipeline.model import Doubt, Severity

ID = "confidence"


def _confidence(case: Case) -> float | None:
    return case.translation.confidence if case.target.strip() else None


def _run(case: Case) -> Iterator[Doubt]:
    message = f"The engine was unsure (mean log-probability {case.translation.confidence:.2f})."
    yield case.doubt(ID, Severity.LOOK, message, beyond=(MEAN.read(case),))


MEAN = Threshold(
    id=ID,
    default=-1.0,
    direction=Direction.BELOW,
    meaning="mean natural log-probability of the translation's tokens",
    measure=_confidence,
)
CHECK = Check(
    id=ID,
    title="Confidence",
    dimension=Dimension.CONFIDENCE,
    severity=Severity.LOOK,
    formula="The mean log-probability of the translation's tokens is below the limit.",
    run=_run,
    thresholds=(MEAN,),
    notes=(
        "A ranking within one engine, not a grade: engines differ in how sure they are, so the "
        "default is low enough to be rare. The embedded engine's median over news is about "
        "−0.5, and fewer than one in sixty falls below −0.85."
    ),
)
