"""Stage 3: segments and a glossary in, one translation a segment out, by whichever engine is given.

Planning is cheap and needs no model; it says which glossary entries apply to a segment and gives
the fingerprint under which its translation is remembered. Translating then works on whole chunks of
planned segments. Of an engine's hypotheses the one is delivered that the checks find least fault
with (entries not rendered, numbers changed, names lost) and that is worth most; a sentence is
searched the more widely the more fault is found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice

from pipeline.decisions import NOTHING_DECIDED, Decided
from pipeline.engines import Engine
from pipeline.glossary import Matcher, hints, verify
from pipeline.language.domains import Domains, Sense, senses
from pipeline.language.identify import language_of
from pipeline.language.literals import literal_spans
from pipeline.language.numbers.figures import english_figures
from pipeline.language.sentences import split_long
from pipeline.model import (
    Block,
    BlockKind,
    Likelihood,
    Match,
    Method,
    Occurrence,
    OccurrenceStatus,
    Origin,
    Outcome,
    Request,
    Segment,
    Translation,
    Verdict,
)
from pipeline.stages.translate.asking import Asking
from pipeline.stages.translate.ladder import VERSION as ENFORCE_VERSION
from pipeline.stages.translate.ladder import enforce
from pipeline.stages.translate.leftover import rendered
from pipeline.stages.translate.lexical import followed
from pipeline.stages.translate.part import Part
from pipeline.stages.translate.search import Search, decode
from pipeline.stages.translate.suggestions import as_asked
from pipeline.text import fingerprint

VERSION = (37, ENFORCE_VERSION)


NOTHING_GIVEN: Mapping[str, str] = {}
NOTHING_RECALLED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Task:
    """A segment to translate: the entries found in it, and its fingerprint in the memory.

    Of the entries ``found``, ``matches`` are those that nobody declined. ``edited`` is what a
    person wrote, if one did, or approved in another text, which ``origin`` tells. ``senses`` are
    what its words mean in the domain of the text.
    """

    segment: Segment
    found: tuple[Match, ...]
    matches: tuple[Match, ...]
    copied: bool
    fingerprint: str
    edited: str | None = None
    origin: Origin = Origin.PERSON
    senses: tuple[Sense, ...] = ()


def plan(
    blocks: Sequence[Block],
    segments: Sequence[Segment],
    matcher: Matcher,
    engine_fingerprint: str,
    search: Search,
    decided: Decided = NOTHING_DECIDED,
    recalled: Mapping[str, str] = NOTHING_RECALLED,
    given: Mapping[str, str] = NOTHING_GIVEN,
) -> tuple[Task, ...]:
    """Say for each segment which entries apply to it and what its translation depends on.

    What is ``recalled`` for its French is used where it renders all of them as they ask. What a
    person has ``given`` a segment, by its id, counts more, and what one wrote in review most.
    """
    kept = {
        block.index
        for block in blocks
        if block.kind is BlockKind.CODE
        or (search.keep_foreign and language_of(block.text) not in ("fr", None))
    }
    domains = Domains([block.text for block in blocks])
    place = {block.index: number for number, block in enumerate(blocks)}
    tasks = []
    for segment in segments:
        copied = segment.block in kept or not _has_words(segment.source)
        found = () if copied else matcher.matches(segment.source)
        verdicts = decided.verdicts(segment.source, found)
        matches = tuple(
            match
            for match, verdict in zip(found, verdicts, strict=True)
            if verdict is not Verdict.DECLINED
        )
        edited, origin = decided.translation(segment.source), Origin.PERSON
        if edited is None:
            edited = given.get(segment.id)
        known = recalled.get(segment.source)
        if edited is None and known is not None and not copied and _obeys(segment, matches, known):
            edited, origin = known, Origin.MEMORY
        entries = [
            (m.start, m.end, e.kind, e.target, e.alternatives, e.forbidden, e.case)
            for m in matches
            for e in [m.entry]
        ]
        meant: tuple[Sense, ...] = ()
        if search.lexicon and not copied and edited is None:
            meant = senses(segment.source, domains.around(place[segment.block]))
        asked = [(hint.source, hint.target) for hint in hints(matches)]
        key = fingerprint(
            VERSION,
            engine_fingerprint,
            asdict(search),
            segment.source,
            copied,
            entries,
            asked,
            edited,
            [asdict(each) for each in meant],
            *([origin] if origin is not Origin.PERSON else []),
        )
        tasks.append(Task(segment, found, matches, copied, key, edited, origin, meant))
    return tuple(tasks)


def _obeys(segment: Segment, matches: Sequence[Match], text: str) -> bool:
    found = verify(segment.id, matches, text)
    return all(each.status is OccurrenceStatus.PRESENT for each in found)


def _has_words(text: str) -> bool:
    literal = {place for start, end in literal_spans(text) for place in range(start, end)}
    return any(letter.isalpha() and place not in literal for place, letter in enumerate(text))


def translate(tasks: Sequence[Task], engine: Engine, search: Search) -> list[Translation]:
    """Translate a chunk of tasks with one engine; give a translation a task, in order.

    A sentence longer than the engine was made for is translated in parts and joined. Each step
    takes the parts as the one before it left them.
    """
    engine = Asking(engine)
    # By place, not by id: a chunk can hold sentences of several texts.
    cut = [
        parts_of(task, engine, search) if not task.copied and task.edited is None else []
        for task in tasks
    ]
    parts = decode([part for each in cut for part in each], engine, search)
    if search.lexicon:
        parts = rendered(parts)
    parts = enforce(parts, engine)
    done = iter(_scored(parts, engine))
    edited = [task for task in tasks if task.edited is not None]
    written = iter(_written(edited, engine, search))
    return [
        next(written)
        if task.edited is not None
        else _deliver(task, [*islice(done, len(each))], engine)
        for task, each in zip(tasks, cut, strict=True)
    ]


def _scored(parts: Sequence[Part], engine: Engine) -> list[Part]:
    """Say how probable each text is; the engine is only asked where no step has told."""
    asked = [(part.request, part.best.text) for part in parts if part.likelihood is None]
    answers = iter(engine.score(asked) if asked else ())
    return [
        part if part.likelihood is not None else replace(part, likelihood=next(answers))
        for part in parts
    ]


def _written(tasks: Sequence[Task], engine: Engine, search: Search) -> list[Translation]:
    """Deliver what a person wrote, scored by the engine as its own translations are."""
    pairs = [
        (_request(task, task.segment.source, task.matches, engine, search), task.edited or "")
        for task in tasks
    ]
    scores = engine.score(pairs) if pairs else []
    return [
        Translation(
            task.segment.id,
            text,
            score.mean,
            finished=True,
            engine=engine.card.fingerprint,
            origin=task.origin,
            words=_rounded(score.words),
            entropies=_rounded(score.entropies),
            outcomes=(Outcome(Method.EDITED),) * len(task.matches),
        )
        for task, (_, text), score in zip(tasks, pairs, scores, strict=True)
    ]


def occurrences(
    task: Task, translation: Translation, decided: Decided = NOTHING_DECIDED
) -> tuple[Occurrence, ...]:
    """Verify each entry of a task in what was delivered, and say what was done about it."""
    segment, text = task.segment, translation.text
    verdicts = decided.verdicts(segment.source, task.found, text)
    verified = zip(verify(segment.id, task.matches, text), translation.outcomes, strict=True)
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
        # What was put in though the sentence reads less well for it says so.
        return replace(found, method=outcome.method, reason=outcome.reason, decision=verdict)
    reason = "; ".join(filter(None, (found.reason, outcome.reason)))
    return replace(found, reason=reason, decision=verdict)


def _request(
    task: Task, source: str, matches: Sequence[Match], engine: Engine, search: Search
) -> Request:
    """Give what an engine is asked first for a text of a task with these entries."""
    if engine.takes_hints and search.lexicon:
        return as_asked(source, matches, task.senses)
    return Request(source, hints(matches))


def parts_of(task: Task, engine: Engine, search: Search) -> list[Part]:
    """Give the sentence of a task, or its pieces where it is longer than the engine takes."""
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
        request = _request(task, segment.source, inside, engine, search)
        parts.append(Part(segment, request, inside, numbers))
    return parts


def _deliver(task: Task, parts: Sequence[Part], engine: Engine) -> Translation:
    """Join the parts of a task, each with its likelihood."""
    segment, card = task.segment, engine.card
    if task.copied:
        kept = "\n" in segment.source or _has_words(segment.source)
        text = segment.source if kept else english_figures(segment.source)
        return Translation(segment.id, text, 0.0, True, card.fingerprint, Origin.COPIED)
    texts = [part.best.text for part in parts]
    told = [part.likelihood for part in parts if part.likelihood is not None]
    # An entry that is cut by the parts of a long sentence is none the engine was told of.
    outcomes = [Outcome(Method.MODEL)] * len(task.matches)
    for part in parts:
        for number, outcome in zip(part.numbers, part.outcomes, strict=True):
            outcomes[number] = outcome
    return Translation(
        segment.id,
        text=" ".join(filter(None, texts)),
        confidence=_mean(texts, told),
        finished=all(part.best.hypothesis.finished and part.best.text for part in parts),
        engine=card.fingerprint,
        words=tuple(word for each in told for word in _rounded(each.words)),
        entropies=tuple(word for each in told for word in _rounded(each.entropies)),
        split=len(parts) > 1,
        retried=any(part.retried for part in parts),
        outcomes=tuple(outcomes),
        lexicon=tuple(hint for part in parts for hint in followed(part)),
        measured=parts[0].best.measured if len(parts) == 1 else None,
    )


def _rounded(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(value, 3) for value in values)


def _mean(texts: Sequence[str], told: Sequence[Likelihood]) -> float:
    """Average the scores of a sentence's parts, each weighed by the length of its text."""
    weights = [len(text) + 1 for text in texts]
    return sum(w * each.mean for w, each in zip(weights, told, strict=True)) / sum(weights)
