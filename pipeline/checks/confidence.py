"""A case in, a finding out where an error is probable, or the engine was unusually unsure."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Dimension, Direction, Threshold
from pipeline.model import Doubt, Loss, Origin, Severity

ID = "confidence"
# Reasons that a message gives: the likeliest say most.
_MOST_REASONS = 2


def _mean(case: Case) -> float | None:
    known = case.estimate is None and case.translation.origin is Origin.ENGINE
    return case.translation.confidence if known and case.target.strip() else None


def _probability(case: Case) -> float | None:
    return case.estimate.probability if case.estimate else None


def reason(loss: Loss) -> str:
    """Say why a term seems lost."""
    first, *others = loss.renderings
    if others:
        return f"« {loss.surface} »: neither {first} nor {others[0]} stands in the English"
    return f"« {loss.surface} »: {first} does not stand in the English"


def _run(case: Case) -> Iterator[Doubt]:
    if case.estimate is None:
        message = f"The engine was unsure (mean log-probability {case.translation.confidence:.2f})."
        yield case.doubt(ID, Severity.LOOK, message, beyond=(MEAN.read(case),))
        return
    found = case.estimate
    message = f"A serious error is probable ({found.probability:.0%})"
    reasons = "; ".join(map(reason, found.lost[:_MOST_REASONS]))
    yield case.doubt(
        ID,
        Severity.LOOK,
        f"{message}. {reasons}." if reasons else f"{message}.",
        source_span=(found.lost[0].start, found.lost[0].end) if found.lost else None,
        target_span=found.words[0] if found.words else None,
        beyond=(PROBABILITY.read(case),),
    )


MEAN = Threshold(
    id=ID,
    default=-1.0,
    direction=Direction.BELOW,
    meaning="mean natural log-probability of the translation's tokens, where nothing is estimated",
    measure=_mean,
)
PROBABILITY = Threshold(
    id=f"{ID}.error",
    default=0.575,
    direction=Direction.ABOVE,
    meaning="estimated probability of a critical or major error",
    measure=_probability,
)
CHECK = Check(
    id=ID,
    title="Confidence",
    dimension=Dimension.CONFIDENCE,
    severity=Severity.LOOK,
    formula=(
        "The estimated probability of a critical or major error is above the limit; where nothing "
        "is estimated, the mean log-probability of the translation's tokens is below its limit."
    ),
    run=_run,
    of_delivery=True,
    thresholds=(MEAN, PROBABILITY),
    notes=(
        "The estimate is for the embedded engine, of whose translations people marked the errors; "
        "docs/quality.md says how far it can be trusted. Other engines are only ranked within "
        "themselves, by a limit low enough to be rare. A sentence that a person wrote has neither."
    ),
)
