"""Stage 3: segments and a glossary in, one translation a segment out, by whichever engine is given.

Planning is cheap and needs no model; it says which glossary entries apply to a segment and gives
the fingerprint under which its translation is remembered. Translating then works on whole chunks of
planned segments. Of an engine's n best hypotheses the one that the checks find least fault with is
delivered (entries not rendered, numbers changed, names lost), the more probable one among equals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.checks import CheckSettings, run_checks
from pipeline.engines import Engine
from pipeline.glossary import Matcher, hints, verify
from pipeline.model import (
    Block,
    BlockKind,
    Hypothesis,
    Likelihood,
    Match,
    Occurrence,
    OccurrenceStatus,
    Request,
    Segment,
    Severity,
    Translation,
)
from pipeline.sentences import split_long
from pipeline.text import fingerprint

VERSION = 2

NOTE_COPIED = "copied"
NOTE_SPLIT = "split"
NOTE_RETRIED = "retried"

# What a finding weighs when hypotheses are compared: nothing minor outweighs a blocking one.
_WEIGHTS = {Severity.BLOCK: 10.0, Severity.LOOK: 1.0, Severity.POLISH: 0.1}

# How a part is decoded, and decoded again while a blocking fault is left: the factor on the beam,
# and whether repeated phrases are forbidden (which mends loops but can hurt other sentences).
_ATTEMPTS = ((1, False), (2, False), (1, True))

# Hypotheses are judged by every check at its own thresholds, whatever an editor leaves out later.
_CHECKS = CheckSettings()

_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S+")


@dataclass(frozen=True, slots=True)
class Task:
    """A segment to translate: the entries found in it, and its fingerprint in the memory."""

    segment: Segment
    matches: tuple[Match, ...]
    copied: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A task's translation, and the text of the engine's first hypothesis for it."""

    translation: Translation
    first: str


def plan(
    blocks: Sequence[Block],
    segments: Sequence[Segment],
    matcher: Matcher,
    engine_fingerprint: str,
    beam_size: int,
) -> tuple[Task, ...]:
    """Say for each segment which entries apply to it and what its translation depends on."""
    kinds = {block.index: block.kind for block in blocks}
    tasks = []
    for segment in segments:
        copied = kinds[segment.block] is BlockKind.CODE or not _has_words(segment.source)
        matches = () if copied else matcher.matches(segment.source)
        entries = [
            (m.start, m.end, e.kind, e.target, e.alternatives, e.forbidden, e.case)
            for m in matches
            for e in [m.entry]
        ]
        given = [(hint.source, hint.target) for hint in hints(matches)]
        key = fingerprint(
            VERSION, engine_fingerprint, beam_size, segment.source, copied, entries, given
        )
        tasks.append(Task(segment, matches, copied, key))
    return tuple(tasks)


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in _ADDRESS.sub("", text))


def translate(tasks: Sequence[Task], engine: Engine, beam_size: int) -> list[Delivery]:
    """Translate a chunk of tasks with one engine; give a delivery a task, in order.

    A sentence longer than the engine was made for is translated in parts and joined. Where every
    hypothesis has a blocking fault, the part is decoded again (see ``_ATTEMPTS``).
    """
    parts = [part for task in tasks if not task.copied for part in _parts(task, engine)]
    choices = _decode(parts, engine, beam_size)
    scores = engine.score(
        [
            (part.request, choice.hypothesis.text)
            for part, choice in zip(parts, choices, strict=True)
        ]
    )
    done: dict[str, list[tuple[_Choice, Likelihood]]] = {}
    for part, choice, score in zip(parts, choices, scores, strict=True):
        done.setdefault(part.segment.id, []).append((choice, score))
    return [_deliver(task, done.get(task.segment.id, []), engine) for task in tasks]


def occurrences(task: Task, delivery: Delivery) -> tuple[Occurrence, ...]:
    """Verify each entry of a task in what was delivered, and say how its rendering got there."""
    segment_id, matches = task.segment.id, task.matches
    first = verify(segment_id, matches, delivery.first)
    delivered = verify(segment_id, matches, delivery.translation.text)
    return tuple(
        replace(now, method="hint" if at_once.status is now.status else "hypothesis")
        if now.status is OccurrenceStatus.PRESENT
        else now
        for at_once, now in zip(first, delivered, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What the engine gets: a segment, or a piece of one that is too long, and its entries."""

    segment: Segment
    request: Request
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A part's best hypothesis so far, its fault, the attempt, and the very first hypothesis."""

    hypothesis: Hypothesis
    fault: float
    attempt: int
    first: str


def _parts(task: Task, engine: Engine) -> list[_Part]:
    source = task.segment.source
    parts = []
    for start, end in split_long(source, engine.fits):
        inside = tuple(
            replace(match, start=match.start - start, end=match.end - start)
            for match in task.matches
            if start <= match.start and match.end <= end
        )
        segment = replace(task.segment, source=source[start:end])
        parts.append(_Part(segment, Request(segment.source, hints(inside)), inside))
    return parts


def _decode(parts: Sequence[_Part], engine: Engine, beam_size: int) -> list[_Choice]:
    """Choose a hypothesis a part, trying again where even the best has a blocking fault."""
    best: dict[int, _Choice] = {}
    for attempt, (width, guarded) in enumerate(_ATTEMPTS):
        faulty = [
            index
            for index in range(len(parts))
            if index not in best or best[index].fault >= _WEIGHTS[Severity.BLOCK]
        ]
        requests = [parts[index].request for index in faulty]
        found = engine.translate(requests, beam_size * width, guarded) if requests else []
        for index, hypotheses in zip(faulty, found, strict=True):
            fault, hypothesis = _choose(parts[index], hypotheses)
            if index not in best:
                best[index] = _Choice(hypothesis, fault, attempt, hypotheses[0].text)
            elif fault < best[index].fault:
                best[index] = _Choice(hypothesis, fault, attempt, best[index].first)
    return [best[index] for index in range(len(parts))]


def _choose(part: _Part, hypotheses: Sequence[Hypothesis]) -> tuple[float, Hypothesis]:
    """Take the hypothesis with the least fault; among equals the most probable one."""
    faults = [_fault(part, hypothesis) for hypothesis in hypotheses]
    least = min(faults)
    return least, hypotheses[faults.index(least)]


def _fault(part: _Part, hypothesis: Hypothesis) -> float:
    """Weigh what the checks find in a hypothesis, by severity."""
    segment = part.segment
    candidate = Translation(
        segment.id, hypothesis.text, hypothesis.score, hypothesis.finished, engine=""
    )
    found = run_checks(
        segment,
        candidate,
        verify(segment.id, part.matches, hypothesis.text),
        BlockKind.PARAGRAPH,
        _CHECKS,
        {match.entry.id: match.entry for match in part.matches},
    )
    return sum(_WEIGHTS[finding.severity] for finding in found)


def _deliver(task: Task, done: Sequence[tuple[_Choice, Likelihood]], engine: Engine) -> Delivery:
    segment, card = task.segment, engine.card
    if task.copied:
        copy = Translation(segment.id, segment.source, 0.0, True, card.fingerprint, NOTE_COPIED)
        return Delivery(copy, copy.text)
    choices = [choice for choice, _ in done]
    notes = [
        *([NOTE_SPLIT] if len(choices) > 1 else []),
        *([NOTE_RETRIED] if any(choice.attempt for choice in choices) else []),
    ]
    translation = Translation(
        segment.id,
        text=" ".join(choice.hypothesis.text for choice in choices if choice.hypothesis.text),
        confidence=_mean(done),
        finished=all(choice.hypothesis.finished and choice.hypothesis.text for choice in choices),
        engine=card.fingerprint,
        note=", ".join(notes),
        words=tuple(round(word, 3) for _, score in done for word in score.words),
    )
    return Delivery(translation, " ".join(choice.first for choice in choices))


def _mean(done: Sequence[tuple[_Choice, Likelihood]]) -> float:
    """Average the scores of a sentence's parts, each weighed by the length of its text."""
    weights = [len(choice.hypothesis.text) + 1 for choice, _ in done]
    return sum(w * score.mean for w, (_, score) in zip(weights, done, strict=True)) / sum(weights)
