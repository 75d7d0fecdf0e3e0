"""A case in, a finding out where the translation is too long or too short for its source."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pipeline.checks.base import Case, Check, Dimension, Direction, Threshold
from pipeline.language.alterations import spelt_out
from pipeline.model import Doubt, Severity

ID = "length"
# Over up to 2,000 reference pairs each of UD-PUD, MT-GenEval, Europarl, TICO-19, Tatoeba, the UN
# documents, Canadian laws and French theses, sources over 20 characters: the mean, and a variance
# that falls with length as Gale and Church (1993) found for other pairs of languages.
MEAN = -0.130
VARIANCE, VARIANCE_SHORT = 0.012, 0.8
_SHORTEST = 20  # characters; shorter segments vary too much
_SHORTEST_CUT = 40


def deviation(case: Case) -> float | None:
    """Standard deviations between ln(English/French characters) and its usual value."""
    return deviation_of(case.source, case.target)


def deviation_of(source: str, target: str) -> float | None:
    """The same of two texts, None where the French is too short.

    An acronym that is said at length counts as one.
    """
    french, english = len(source.strip()), len(target.strip())
    for (start, end), (begin, last) in spelt_out(source, target):
        english -= max(last - begin - (end - start), 0)
    if french <= _SHORTEST or english <= 0:
        return None
    return (math.log(english / french) - MEAN) / math.sqrt(VARIANCE + VARIANCE_SHORT / french)


def _distance(case: Case) -> float | None:
    value = deviation(case)
    return None if value is None else abs(value)


def ratio(case: Case) -> float | None:
    """English characters for each French character; None for a short source."""
    source, target = len(case.source.strip()), len(case.target.strip())
    return target / source if source > _SHORTEST_CUT and target else None


def _run(case: Case) -> Iterator[Doubt]:
    share = len(case.target.strip()) / max(1, len(case.source.strip()))
    short, distance, sure = (each.read(case) for each in (RATIO, DISTANCE, SURE))
    message = f"Much is missing: the translation has {share:.0%} of the source's length."
    yield case.doubt(ID, Severity.BLOCK, message, beyond=(short,))
    word = "short" if share < math.exp(MEAN) else "long"
    message = f"Unusually {word}: {share:.0%} of the source's length."
    yield case.doubt(ID, Severity.LOOK, message, beyond=(distance, sure), step=1)
    yield case.doubt(ID, Severity.POLISH, message, beyond=(distance,), step=2)


DISTANCE = Threshold(
    id=ID,
    default=4,
    direction=Direction.ABOVE,
    meaning="distance of ln(English/French characters) from its mean, in standard deviations",
    measure=_distance,
)
SURE = Threshold(
    id=f"{ID}.look",
    default=4.5,
    direction=Direction.ABOVE,
    meaning="the same distance, from which on a look is asked for",
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
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "z = (ln(characters of the translation / characters of the source) − "
        f"({MEAN:.2f})) / √({VARIANCE} + {VARIANCE_SHORT} / characters of the source), for a "
        f"source of more than {_SHORTEST} characters; suspicious where |z| exceeds the limit."
    ),
    run=_run,
    thresholds=(DISTANCE, SURE, RATIO),
    notes=(
        "Mean and variance were measured on French–English reference pairs of news, "
        "encyclopaedia, parliament, law and science texts with `benchmarks/checks.py`. "
        "Up to the limit for a look the finding is a matter of form. "
        f"Below the short limit the finding blocks, for a source of more than {_SHORTEST_CUT} "
        "characters."
    ),
)
