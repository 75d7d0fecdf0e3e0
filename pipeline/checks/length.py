"""A case in, a finding out where the translation is too long or too short for its source."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from pipeline.checks.base import Case, Check, Direction, Threshold
from pipeline.model import Finding, Severity

ID = "length"
# Over 900 reference pairs each of UD-PUD, MT-GenEval, Europarl and the UN test set, sources over 20
# characters: source means −0.139, −0.137, −0.115, −0.130; pooled −0.130, standard deviation 0.150.
MEAN = -0.130
DEVIATION = 0.150
_SHORTEST = 20  # characters; shorter segments vary too much
_SHORTEST_CUT = 40


def deviation(case: Case) -> float | None:
    """Standard deviations between ln(English/French characters) and its usual value."""
    source, target = len(case.source.strip()), len(case.target.strip())
    if source <= _SHORTEST or target == 0:
        return None
    return (math.log(target / source) - MEAN) / DEVIATION


def _distance(case: Case) -> float | None:
    value = deviation(case)
    return None if value is None else abs(value)


def ratio(case: Case) -> float | None:
    """English characters for each French character; None for a short source."""
    source, target = len(case.source.strip()), len(case.target.strip())
    return target / source if source > _SHORTEST_CUT and target else None


def _run(case: Case, limits: Mapping[str, float]) -> Iterator[Finding]:
    share = len(case.target.strip()) / max(1, len(case.source.strip()))
    if RATIO.exceeded(case, limits):
        message = f"Much is missing: the translation has {share:.0%} of the source's length."
        yield case.finding(ID, Severity.BLOCK, message)
    elif DISTANCE.exceeded(case, limits):
        word = "short" if share < math.exp(MEAN) else "long"
        message = f"Unusually {word}: {share:.0%} of the source's length."
        yield case.finding(ID, Severity.LOOK, message)


DISTANCE = Threshold(
    id=ID,
    default=3,
    direction=Direction.ABOVE,
    meaning="distance of ln(English/French characters) from its mean, in standard deviations",
    measure=_distance,
)
RATIO = Threshold(
    id=f"{ID}.short",
    default=0.4,
    direction=Direction.BELOW,
    meaning="English characters for each French character",
    measure=ratio,
)
CHECK = Check(
    id=ID,
    title="Length",
    severity=Severity.LOOK,
    formula=(
        f"z = (ln(characters of the translation / characters of the source) − ({MEAN:.3f})) / "
        f"{DEVIATION:.3f}, for a source of more than {_SHORTEST} characters; suspicious where |z| "
        "exceeds the limit."
    ),
    run=_run,
    thresholds=(DISTANCE, RATIO),
    notes=(
        "Mean and standard deviation were measured on French–English reference pairs of news, "
        "encyclopaedia, parliament and United Nations texts with `benchmarks/checks.py --lengths`. "
        f"Below the short limit the finding blocks, for a source of more than {_SHORTEST_CUT} "
        "characters."
    ),
)
