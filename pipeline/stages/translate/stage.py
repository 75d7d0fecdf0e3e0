"""Stage 3: segments and a glossary in, one translation a segment out, by whichever engine is given.

Planning is cheap and needs no model; it says which glossary entries apply to a segment and gives
the fingerprint under which its translation is remembered. Translating then works on whole chunks of
planned segments. Of an engine's hypotheses the one that the checks find least fault with is
delivered (entries not rendered, numbers changed, names lost), the more probable one among equals;
a sentence is searched the more widely the more fault is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from pipeline.checks import CheckProfile
from pipeline.decisions import NOTHING_DECIDED, Decided
from pipeline.engines import Engine
from pipeline.glossary import Matcher, hints, verify
from pipeline.language.sentences import split_long
from pipeline.model import (
    Block,
    BlockKind,
    Likelihood,
    Match,
    Occurrence,
    OccurrenceStatus,
    Origin,
    Outcome,
    Request,
    Segment,
    Translation,
    Verdict,
)
from pipeline.stages.translate.ladder import VERSION as ENFORCE_VERSION
from pipeline.stages.translate.ladder import Enforced, Mending, enforce
from pipeline.stages.translate.search import JudgedHypothesis, Part, Search, decode, fault
from pipeline.text import fingerprint

VERSION = (5, ENFORCE_VERSION)

# Whether an entry may be brought in is for the other checks to say.
_CHECKS_BUT_TERMS = CheckProfile(frozenset(["terms"]))

_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S+")


@dataclass(frozen=True, slots=True)
class Task:
    """A segment to translate: the entries found in it, and its fingerprint in the memory.

    Of the entries ``found``, ``matches`` are those that nobody declined. ``edited`` is what a
    person wrote, if one did.
    """

    segment: Segment
    found: tuple[Match, ...]
    matches: tuple[Match, ...]
    copied: bool
    fingerprint: str
    edited: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A task's translation, and what was done about each of its matches."""

    translation: Translation
    outcomes: tuple[Outcome, ...] = ()


def plan(
    blocks: Sequence[Block],
    segments: Sequence[Segment],
    matcher: Matcher,
    engine_fingerprint: str,
    search: Search,
    decided: Decided = NOTHING_DECIDED,
) -> tuple[Task, ...]:
    """Say for each segment which entries apply to it and what its translation depends on."""
    kinds = {block.index: block.kind for block in blocks}
    tasks = []
    for segment in segments:
        copied = kinds[segment.block] is BlockKind.CODE or not _has_words(segment.source)
        found = () if copied else matcher.matches(segment.source)
        verdicts = decided.verdicts(segment.source, found)
        matches = tuple(
            match
            for match, verdict in zip(found, verdicts, strict=True)
            if verdict is not Verdict.DECLINED
        )
        edited = decided.translation(segment.source)
        entries = [
            (m.start, m.end, e.kind, e.target, e.alternatives, e.forbidden, e.case)
            for m in matches
            for e in [m.entry]
        ]
        given = [(hint.source, hint.target) for hint in hints(matches)]
        key = fingerprint(
            VERSION,
            engine_fingerprint,
            asdict(search),
            segment.source,
            copied,
            entries,
            given,
            edited,
        )
        tasks.append(Task(segment, found, matches, copied, key, edited))
    return tuple(tasks)


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in _ADDRESS.sub("", text))


def translate(tasks: Sequence[Task], engine: Engine, search: Search) -> list[Delivery]:
    """Translate a chunk of tasks with one engine; give a delivery a task, in order.

    A sentence longer than the engine was made for is translated in parts and joined. What has a
    fault is decoded again (see ``pipeline.stages.translate.search``).
    """
    parts = [
        part
        for task in tasks
        if not task.copied and task.edited is None
        for part in _parts(task, engine)
    ]
    choices = decode(parts, engine, search)
    mended = _mend(parts, choices, engine)
    scores = _scores(parts, choices, mended, engine)
    done: dict[str, list[_Done]] = {}
    for part, choice, each, score in zip(parts, choices, mended, scores, strict=True):
        done.setdefault(part.segment.id, []).append(_Done(part, choice, each, score))
    written = _written([task for task in tasks if task.edited is not None], engine)
    return [
        written.get(task.segment.id) or _deliver(task, done.get(task.segment.id, []), engine)
        for task in tasks
    ]


def _scores(
    parts: Sequence[Part],
    choices: Sequence[JudgedHypothesis],
    mended: Sequence[Enforced],
    engine: Engine,
) -> list[Likelihood]:
    """Say how probable each text is; the engine is only asked where the search did not tell."""
    told = [
        choice.hypothesis.likelihood if each.text == choice.hypothesis.text else None
        for choice, each in zip(choices, mended, strict=True)
    ]
    asked = [
        (part.request, each.text)
        for part, each, known in zip(parts, mended, told, strict=True)
        if known is None
    ]
    answers = iter(engine.score(asked) if asked else ())
    return [known if known is not None else next(answers) for known in told]


def _written(tasks: Sequence[Task], engine: Engine) -> dict[str, Delivery]:
    """Deliver what a person wrote, scored by the engine as its own translations are."""
    pairs = [
        (Request(task.segment.source, hints(task.matches)), task.edited or "") for task in tasks
    ]
    scores = engine.score(pairs) if pairs else []
    return {
        task.segment.id: Delivery(
            Translation(
                task.segment.id,
                text,
                score.mean,
                finished=True,
                engine=engine.card.fingerprint,
                origin=Origin.PERSON,
                words=_rounded(score),
            ),
            (Outcome("edited"),) * len(task.matches),
        )
        for task, (_, text), score in zip(tasks, pairs, scores, strict=True)
    }


def _mend(
    parts: Sequence[Part], choices: Sequence[JudgedHypothesis], engine: Engine
) -> list[Enforced]:
    """Bring missing entries into the chosen hypotheses, where that adds no other fault."""

    def other_fault(number: int, text: str) -> float:
        hypothesis = replace(choices[number].hypothesis, text=text)
        return fault(parts[number], hypothesis, _CHECKS_BUT_TERMS)

    return enforce(
        [
            Mending(part.request, part.matches, choice.hypothesis.text)
            for part, choice in zip(parts, choices, strict=True)
        ],
        engine,
        other_fault,
    )


def occurrences(
    task: Task, delivery: Delivery, decided: Decided = NOTHING_DECIDED
) -> tuple[Occurrence, ...]:
    """Verify each entry of a task in what was delivered, and say what was done about it."""
    segment, text = task.segment, delivery.translation.text
    verdicts = decided.verdicts(segment.source, task.found, text)
    verified = zip(verify(segment.id, task.matches, text), delivery.outcomes, strict=True)
    return tuple(
        _declined(segment.id, match)
        if verdict is Verdict.DECLINED
        else _done_about(*next(verified), verdict)
        for match, verdict in zip(task.found, verdicts, strict=True)
    )


def _declined(segment_id: str, match: Match) -> Occurrence:
    return Occurrence(
        segment_id,
        match.entry.id,
        match.start,
        match.end,
        match.surface,
        OccurrenceStatus.DECLINED,
        reason="declined by the reviewer",
        decision=Verdict.DECLINED,
    )


def _done_about(found: Occurrence, outcome: Outcome, verdict: Verdict) -> Occurrence:
    if found.status is OccurrenceStatus.PRESENT:
        return replace(found, method=outcome.method, decision=verdict)
    reason = "; ".join(filter(None, (found.reason, outcome.reason)))
    return replace(found, reason=reason, decision=verdict)


@dataclass(frozen=True, slots=True)
class _Done:
    """A part with the hypothesis that was chosen, what was made of it, and how that scores."""

    part: Part
    choice: JudgedHypothesis
    mended: Enforced
    score: Likelihood


def _parts(task: Task, engine: Engine) -> list[Part]:
    source = task.segment.source
    parts = []
    for start, end in split_long(source, engine.fits):
        numbers = tuple(
            number
            for number, match in enumerate(task.matches)
            if start <= match.start and match.end <= end
        )
        inside = tuple(
            replace(match, start=match.start - start, end=match.end - start)
            for match in (task.matches[number] for number in numbers)
        )
        segment = replace(task.segment, source=source[start:end])
        parts.append(Part(segment, Request(segment.source, hints(inside)), inside, numbers))
    return parts


def _deliver(task: Task, done: Sequence[_Done], engine: Engine) -> Delivery:
    segment, card = task.segment, engine.card
    if task.copied:
        copy = Translation(segment.id, segment.source, 0.0, True, card.fingerprint, Origin.COPIED)
        return Delivery(copy)
    translation = Translation(
        segment.id,
        text=" ".join(each.mended.text for each in done if each.mended.text),
        confidence=_mean(done),
        finished=all(each.choice.hypothesis.finished and each.mended.text for each in done),
        engine=card.fingerprint,
        words=tuple(word for each in done for word in _rounded(each.score)),
        split=len(done) > 1,
        retried=any(each.choice.retried for each in done),
    )
    return Delivery(translation, _outcomes(task, done, engine))


def _rounded(score: Likelihood) -> tuple[float, ...]:
    return tuple(round(word, 3) for word in score.words)


def _outcomes(task: Task, done: Sequence[_Done], engine: Engine) -> tuple[Outcome, ...]:
    """Say which rung of the ladder brought each entry, or why none did."""
    at_once = "hint" if engine.takes_hints else "model"
    # An entry that is cut by the parts of a long sentence is none the engine was told of.
    outcomes = [Outcome("model")] * len(task.matches)
    for each in done:
        first = verify("", each.part.matches, each.choice.first)
        for number, found, method, reason in zip(
            each.part.numbers, first, each.mended.methods, each.mended.reasons, strict=True
        ):
            met = found.status is OccurrenceStatus.PRESENT and not each.choice.untold
            outcomes[number] = Outcome(method or (at_once if met else "hypothesis"), reason)
    return tuple(outcomes)


def _mean(done: Sequence[_Done]) -> float:
    """Average the scores of a sentence's parts, each weighed by the length of its text."""
    weights = [len(each.mended.text) + 1 for each in done]
    return sum(w * each.score.mean for w, each in zip(weights, done, strict=True)) / sum(weights)
