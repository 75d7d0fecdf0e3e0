"""Sentences and an engine in, the hypothesis that the checks find least fault with out, for each.

A search is the wider the more fault is found. Hypotheses are judged by every check at its
own thresholds, whatever an editor leaves out later; among equals the more probable one is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.checks import CheckProfile, run_checks
from pipeline.engines import Engine
from pipeline.glossary import verify
from pipeline.glossary.verify import too_often
from pipeline.model import BlockKind, Hypothesis, Match, Request, Segment, Severity, Translation

# What a finding weighs when hypotheses are compared: nothing minor outweighs a blocking one.
_WEIGHTS = {Severity.BLOCK: 10.0, Severity.LOOK: 1.0, Severity.POLISH: 0.1}

_CHECKS = CheckProfile()


@dataclass(frozen=True, slots=True)
class Search:
    """How widely to search: the beam, and whether every sentence gets the whole of it at once."""

    beam_size: int
    thorough: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What the engine gets: a segment, or a piece of one that is too long, and its entries.

    ``numbers`` say which of the segment's matches they are.
    """

    segment: Segment
    request: Request
    matches: tuple[Match, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class JudgedHypothesis:
    """A part's best hypothesis, its fault, and the text of the very first one.

    ``retried`` says that it came from an attempt to mend a blocking fault, ``untold`` from one
    without the hints that stood too often.
    """

    hypothesis: Hypothesis
    fault: float
    first: str
    retried: bool
    untold: bool = False

    def better_than(self, other: JudgedHypothesis) -> bool:
        """Whether it has less fault than the other, or as much and is more probable."""
        return (self.fault, -self.hypothesis.score) < (other.fault, -other.hypothesis.score)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A way to decode what has this fault or more."""

    beam_size: int
    guarded: bool = False
    fault: float = 0.0
    untold: bool = False

    def concerns(self, part: Part, choice: JudgedHypothesis | None) -> bool:
        """Whether a part whose best hypothesis so far is this one is to be decoded so."""
        if choice is not None and self.untold:
            return bool(too_often(part.matches, choice.hypothesis.text))
        return choice is None or choice.fault >= self.fault

    def request(self, part: Part, choice: JudgedHypothesis | None) -> Request:
        """Give what the engine is asked: all hints, or those that do not stand too often."""
        if choice is None or not self.untold:
            return part.request
        surplus = too_often(part.matches, choice.hypothesis.text)
        kept = tuple(hint for hint in part.request.hints if hint.target not in surplus)
        return replace(part.request, hints=kept)

    @property
    def mends(self) -> bool:
        """Whether it is for blocking faults alone."""
        return self.fault == _WEIGHTS[Severity.BLOCK]


def _attempts(engine: Engine, search: Search) -> list[_Attempt]:
    """Give the ways to decode, in order.

    Where half the beam is as good as a rule, that is the first, and the whole for what has a fault
    worth a look; else the beam is the first, and one twice as wide for a blocking fault. A hint
    that also stands where its term does not ("the Atlantic Ocean season") is left out. A blocking
    fault at last gets a guard against repetition, which mends loops but can hurt other sentences.
    """
    beam, look, block = search.beam_size, _WEIGHTS[Severity.LOOK], _WEIGHTS[Severity.BLOCK]
    if engine.half_beam_suffices and not search.thorough and beam > 1:
        first, wider = _Attempt(-(-beam // 2)), _Attempt(beam, fault=look)
    else:
        first, wider = _Attempt(beam), _Attempt(2 * beam, fault=block)
    untold = [_Attempt(beam, untold=True)] if engine.takes_hints else []
    return [first, *untold, wider, _Attempt(beam, guarded=True, fault=block)]


def first_beam(engine: Engine, search: Search) -> int:
    """Give the width of the first search for a part."""
    return _attempts(engine, search)[0].beam_size


def decode(parts: Sequence[Part], engine: Engine, search: Search) -> list[JudgedHypothesis]:
    """Choose a hypothesis for each part, decoding again what an attempt is not enough for."""
    best: list[JudgedHypothesis | None] = [None] * len(parts)
    for attempt in _attempts(engine, search):
        concerned = [i for i, choice in enumerate(best) if attempt.concerns(parts[i], choice)]
        requests = [attempt.request(parts[index], best[index]) for index in concerned]
        found = engine.translate(requests, attempt.beam_size, attempt.guarded) if requests else []
        for index, hypotheses in zip(concerned, found, strict=True):
            faults = [fault(parts[index], hypothesis) for hypothesis in hypotheses]
            least = faults.index(min(faults))
            before = best[index]
            first = before.first if before else hypotheses[0].text
            now = JudgedHypothesis(
                hypotheses[least], faults[least], first, attempt.mends, attempt.untold
            )
            if before is None or now.better_than(before):
                best[index] = now
    return [choice for choice in best if choice]


def fault(part: Part, hypothesis: Hypothesis, checks: CheckProfile = _CHECKS) -> float:
    """Weigh what the checks find in a hypothesis, by severity, and entries that stand too often."""
    segment = part.segment
    candidate = Translation(
        segment.id, hypothesis.text, hypothesis.score, hypothesis.finished, engine=""
    )
    found = run_checks(
        segment,
        candidate,
        verify(segment.id, part.matches, hypothesis.text),
        BlockKind.PARAGRAPH,
        checks,
        {match.entry.id: match.entry for match in part.matches},
    )
    surplus = sum(too_often(part.matches, hypothesis.text).values())
    return sum(_WEIGHTS[f.severity] for f in found) + surplus * _WEIGHTS[Severity.LOOK]
