"""Parts and an engine in; the parts with the best of its hypotheses out.

The checks say what is wrong with a hypothesis, the ranker what it is worth (``Candidate.rank``); a
search is the wider the more fault is found. Words that the first search left unanswered are given
to the engine as hints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.engines import Engine
from pipeline.model import Hypothesis, Method, Outcome, Request, Severity
from pipeline.stages.translate.hedging import told_once
from pipeline.stages.translate.lexical import Hints, lexical_hints
from pipeline.stages.translate.part import WEIGHTS, Part


@dataclass(frozen=True, slots=True)
class Search:
    """How widely to search: the beam, and whether every sentence gets the whole of it at once.

    ``lexicon``: whether words left unanswered are looked up in the dictionary. ``keep_foreign``:
    whether passages in another language than French are left as they are.
    """

    beam_size: int
    thorough: bool = False
    lexicon: bool = True
    keep_foreign: bool = False


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A way to decode what has this fault or more.

    ``fewer_hints``: without those whose targets stand too often. ``lexical``: with hints for words
    that are probably lost, chosen so.
    """

    beam_size: int
    guarded: bool = False
    fault: float = 0.0
    fewer_hints: bool = False
    lexical: Hints | None = None

    def request(self, part: Part) -> Request | None:
        """Give what the engine is asked, or None if a part is not to be decoded so."""
        asked = part.request
        if not part.candidates:
            return asked
        if self.lexical:
            given = lexical_hints(part, self.lexical)
            if not given:
                return None
            ordered = {hint.source for hint in given}
            return Request(
                asked.source,
                (*part.own_hints, *given),
                part.best.text,
                tuple(each for each in asked.suggestions if each.source not in ordered),
            )
        if self.fewer_hints:
            surplus = part.best.surplus
            kept = tuple(hint for hint in asked.hints if hint.target not in surplus)
            return replace(asked, hints=kept) if surplus else None
        return asked if part.best.fault >= self.fault else None

    @property
    def mends(self) -> bool:
        """Whether it is for blocking faults alone."""
        return self.fault == WEIGHTS[Severity.BLOCK]


def _attempts(engine: Engine, search: Search) -> list[_Attempt]:
    """Give the ways to decode, in order.

    Where half the beam is as good as a rule, that is the first, and the whole for what has a fault
    worth a look; else the beam is the first, and one twice as wide for a blocking fault. A hint
    that also stands where its term does not ("the Atlantic Ocean season") is left out. Words that
    are probably lost are looked up before the search gets wider, and then what was lost in their
    stead. A blocking fault at last gets a guard against repetition,
    which mends loops but can hurt other sentences.
    """
    beam, look, block = search.beam_size, WEIGHTS[Severity.LOOK], WEIGHTS[Severity.BLOCK]
    if engine.half_beam_suffices and not search.thorough and beam > 1:
        first, wider = _Attempt(-(-beam // 2)), _Attempt(beam, fault=look)
    else:
        first, wider = _Attempt(beam), _Attempt(2 * beam, fault=block)
    told = [_Attempt(beam, fewer_hints=True)] if engine.takes_hints else []
    if engine.takes_hints and search.lexicon:
        told += [_Attempt(first.beam_size, lexical=way) for way in Hints]
    return [first, *told, wider, _Attempt(beam, guarded=True, fault=block)]


def first_beam(engine: Engine, search: Search) -> int:
    """Give the width of the first search for a part."""
    return _attempts(engine, search)[0].beam_size


def decode(parts: Sequence[Part], engine: Engine, search: Search) -> list[Part]:
    """Choose a hypothesis for each part, decoding again what an attempt is not enough for."""
    decoded = list(parts)
    for attempt in _attempts(engine, search):
        asked = enumerate(map(attempt.request, decoded))
        requests = {number: request for number, request in asked if request is not None}
        if not requests:
            continue
        found = engine.translate(list(requests.values()), attempt.beam_size, attempt.guarded)
        for (number, request), hypotheses in zip(requests.items(), found, strict=True):
            decoded[number] = _searched(decoded[number], request, hypotheses, attempt, engine)
    return decoded


def _searched(
    part: Part,
    request: Request,
    hypotheses: Sequence[Hypothesis],
    attempt: _Attempt,
    engine: Engine,
) -> Part:
    """Give a part with what a request brought, choosing of it what is better than all before."""
    lexical = request.hints[len(part.own_hints) :] if attempt.lexical else part.lexical
    told = map(told_once, hypotheses) if attempt.lexical else hypotheses
    found = [part.candidate(hypothesis, lexical) for hypothesis in told]
    known = part.with_candidates(found)
    best = min(known.candidates, key=lambda each: each.rank)
    if part.candidates and best is part.best:
        return known
    at_once = Method.HINT if engine.takes_hints else Method.MODEL
    # What the very first hypothesis said, nobody had to choose another one for.
    first = known.candidates[0]
    outcomes = tuple(
        Outcome(at_once if first.renders(index) and not attempt.fewer_hints else Method.HYPOTHESIS)
        for index in range(len(part.matches))
    )
    chosen = known.choosing(best, best.hypothesis.likelihood, outcomes)
    if best.lexical:
        # What comes after asks the same of the engine.
        asked = replace(request, draft="")
        chosen = replace(chosen, request=asked, lexical=best.lexical)
    return replace(chosen, retried=attempt.mends)
