"""A job's store in; its sentences row by row as an editor works on them out, and edits back in.

What was decided since the last run is laid over what that run delivered: an edited sentence is
verified and checked by itself, at once; the rest waits for the next run. A sentence's ``etag`` is a
hash of its two texts: whoever changes it says which texts they saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from pipeline.decisions import Decided, ordinals
from pipeline.engines import opened
from pipeline.errors import UsageError
from pipeline.glossary import Matcher
from pipeline.jobs.plan import Plan
from pipeline.jobs.store import Store
from pipeline.model import (
    Finding,
    Method,
    Occurrence,
    Origin,
    Outcome,
    Segment,
    Translated,
    Translation,
    Verdict,
)
from pipeline.service.bench_base import Base
from pipeline.service.bench_rows import BenchRow, TermUse
from pipeline.service.printing import printed_block
from pipeline.stages.score import stage as score
from pipeline.stages.translate import stage as translate
from pipeline.stages.translate.alternatives import Alternative, alternatives
from pipeline.stages.translate.given import given_english
from pipeline.stages.translate.search import Search


class Bench:
    """A job's sentences with the decisions of one moment laid over them."""

    def __init__(self, base: Base, decided: Decided, store: Store | None = None) -> None:
        """Lay ``decided`` over ``base``; the store is asked for translations it remembers."""
        self._base = base
        self._decided = decided
        self._store = store
        self._entries = decided.entries(base.plan.glossary.entries)
        self._by_id = {entry.id: entry for entry in self._entries}
        self._changed = {source for (source,) in decided.changes}
        self._blocks = {block.index: block for block in base.text.document.blocks}
        self._found: dict[str, list[Finding]] = {}
        for finding in base.findings:
            self._found.setdefault(finding.segment_id, []).append(finding)

    @property
    def plan(self) -> Plan:
        """What the job depends on besides its text."""
        return self._base.plan

    @property
    def title(self) -> str:
        """The title of the text, as its reader found it."""
        return self._base.text.document.title

    @property
    def author(self) -> str:
        """The byline of the text."""
        return self._base.text.document.author

    def rows(self) -> list[BenchRow]:
        """Give every sentence, in document order."""
        numbered = enumerate(self._base.text.segments, 1)
        return [
            row
            for _, block in groupby(numbered, key=lambda each: each[1].block)
            for row in self._set([self._row(number, segment) for number, segment in block])
        ]

    def row(self, segment_id: str) -> BenchRow:
        """Give one sentence; raises UsageError where there is none of this id."""
        for number, segment in enumerate(self._base.text.segments, 1):
            if segment.id == segment_id:
                return next(each for each in self._block_of(segment) if each.number == number)
        raise UsageError(f"the text has no sentence {segment_id!r}", "load the page again")

    def as_printed(self, segment_id: str, text: str) -> str:
        """Give what the edition would print of a text that is being written for a sentence."""
        segment = self.row(segment_id).segment
        rows = [
            self._typed(row, text) if row.segment is segment else row
            for row in self._block_of(segment)
        ]
        return next("".join(row.printed) for row in self._set(rows) if row.segment is segment)

    def _block_of(self, segment: Segment) -> list[BenchRow]:
        """Give the sentences of the block that a sentence is in: they are set as one text."""
        numbered = enumerate(self._base.text.segments, 1)
        return self._set(
            [self._row(number, each) for number, each in numbered if each.block == segment.block]
        )

    def _set(self, rows: Sequence[BenchRow]) -> list[BenchRow]:
        """Give the rows of a block with what is printed of them."""
        lines = [
            (row.segment, row.text or "", tuple(each.occurrence for each in row.terms))
            for row in rows
        ]
        english = self._base.plan.settings.publish.english
        sides = printed_block(rows[0].block, lines, english)
        return [
            replace(row, printed=printed, printed_source=french)
            for row, french, printed in zip(rows, *sides, strict=True)
        ]

    def same(self, source: str) -> tuple[str, ...]:
        """Give the ids of the sentences with this French."""
        return tuple(each.id for each in self._base.text.segments if each.source == source)

    def alternatives(self, segment_id: str) -> list[Alternative]:
        """Give the translations that the engine finds for a sentence, which loads the engine."""
        (task,) = self._tasks(self.row(segment_id).segment)
        settings = self._base.plan.settings
        engine = opened(self._base.plan.engine(), settings.engine.threads)
        return alternatives(task, engine, self._search)

    @property
    def _search(self) -> Search:
        settings = self._base.plan.settings.translate
        return Search(
            settings.beam_size, settings.thorough, settings.lexicon, settings.keep_foreign
        )

    def _row(self, number: int, segment: Segment) -> BenchRow:
        row = self._shown(number, segment)
        if row.origin is Origin.PERSON:
            row = replace(row, before=self._said(segment))
        read = self._decided.states.get((segment.source,))
        if read is None or read.text != row.text:
            return row
        return replace(row, state=read.state, reviewer=read.reviewer)

    def _said(self, segment: Segment) -> str | None:
        """Give what the engine said of a sentence that a person wrote, if it is remembered."""
        delivered = self._base.translations.get(segment.id)
        if delivered is not None and delivered.origin is not Origin.PERSON:
            return delivered.text
        key = (segment.id, self._entries)
        if key not in self._base.said:
            left = replace(self._decided, translations={})
            (task,) = self._tasks(segment, left)
            remembered = self._store.remembered(task.fingerprint) if self._store else None
            self._base.said[key] = remembered.text if remembered else None
        return self._base.said[key]

    @cached_property
    def _given(self) -> dict[str, str]:
        """The English that was given for titles, by segment."""
        return given_english(self._base.text.document, self._base.text.segments)

    def _shown(self, number: int, segment: Segment) -> BenchRow:
        base, delivered = self._base, self._base.translations.get(segment.id)
        place, rank = base.ranks.get(segment.id, (None, None))
        row = BenchRow(
            number,
            segment,
            self._blocks[segment.block],
            delivered.text if delivered else None,
            delivered.origin if delivered else Origin.ENGINE,
            pending=False,
            place=place,
        )
        written = self._decided.translation(segment.source)
        if written is None and delivered is not None and delivered.origin is Origin.PERSON:
            written = self._given.get(segment.id)
        if written is not None and (delivered is None or delivered.text != written):
            return self._edited(row, written)
        if delivered is None:
            return row
        if written is None and delivered.origin is Origin.PERSON:
            return self._given_back(row)
        found = base.occurrences.get(segment.id, ())
        if any(self._source_of(each) in self._changed for each in found):
            found = self._verified(segment, delivered)
        terms = self._terms(segment.source, found, delivered.text)
        stored = [(each.status, each.decision) for each in base.occurrences.get(segment.id, ())]
        shown = [(each.occurrence.status, each.occurrence.decision) for each in terms]
        judged = tuple(
            self._decided.judged(finding, segment.source, delivered.text)
            for finding in self._found.get(segment.id, ())
        )
        dismissed = [each.dismissed for each in self._found.get(segment.id, ())]
        return replace(
            row,
            pending=stored != shown or dismissed != [each.dismissed for each in judged],
            findings=judged,
            terms=terms,
            weak_words=rank.weak_words if rank else (),
        )

    def _source_of(self, occurrence: Occurrence) -> str:
        entry = self._by_id.get(occurrence.entry_id)
        return entry.source if entry else ""

    def _verified(self, segment: Segment, delivered: Translation) -> tuple[Occurrence, ...]:
        """Look for entries that were changed since the last run in what that run delivered."""
        (task,) = self._tasks(segment)
        known = (*delivered.outcomes, *((Outcome(),) * len(task.matches)))
        outcomes = known[: len(task.matches)]
        return translate.occurrences(task, replace(delivered, outcomes=outcomes), self._decided)

    def _terms(self, source: str, found: Sequence[Occurrence], text: str) -> tuple[TermUse, ...]:
        known = [each for each in found if each.entry_id in self._by_id]
        sources = [self._by_id[each.entry_id].source for each in known]
        terms = []
        for each, entry, ordinal in zip(known, sources, ordinals(sources), strict=True):
            decision = self._decided.occurrences.get((source, entry, ordinal))
            verdict = decision.verdict if decision else Verdict.NONE
            if decision and verdict is Verdict.ACCEPTED and decision.text != text:
                verdict = Verdict.NONE
            shown = replace(each, decision=verdict)
            terms.append(TermUse(shown, self._by_id[each.entry_id], ordinal))
        return tuple(terms)

    def _given_back(self, row: BenchRow) -> BenchRow:
        """Show what the engine said before a person wrote the sentence, if it is remembered."""
        (task,) = self._tasks(row.segment)
        remembered = self._store.remembered(task.fingerprint) if self._store else None
        if remembered is None:
            return replace(row, origin=Origin.ENGINE, pending=True)
        found = translate.occurrences(task, remembered, self._decided)
        return replace(
            row,
            text=remembered.text,
            origin=remembered.origin,
            terms=self._terms(row.segment.source, found, remembered.text),
            pending=True,
        )

    def _edited(self, row: BenchRow, text: str) -> BenchRow:
        segment = row.segment
        declined = tuple(
            (key, each.verdict)
            for key, each in self._decided.occurrences.items()
            if key[0] == segment.source
        )
        key = (segment.id, text, declined, self._entries)
        if key not in self._base.seen:
            self._base.seen[key] = self._look(segment, text)
        found, findings = self._base.seen[key]
        return replace(
            row,
            text=text,
            origin=Origin.PERSON,
            pending=True,
            findings=tuple(self._decided.judged(each, segment.source, text) for each in findings),
            terms=self._terms(segment.source, found, text),
        )

    def _typed(self, row: BenchRow, text: str) -> BenchRow:
        """Show a text that nobody has stored or checked, with the terms that stand in it."""
        found = self._found_in(row.segment, self._written(row.segment, text))
        return replace(row, text=text, terms=self._terms(row.segment.source, found, text))

    def _written(self, segment: Segment, text: str) -> Translation:
        (task,) = self._tasks(segment)
        return Translation(
            segment.id,
            text,
            0.0,
            finished=True,
            engine=self._base.engine,
            origin=Origin.PERSON,
            outcomes=(Outcome(Method.EDITED),) * len(task.matches),
        )

    def _found_in(self, segment: Segment, translation: Translation) -> tuple[Occurrence, ...]:
        (task,) = self._tasks(segment)
        return translate.occurrences(task, translation, self._decided)

    def _look(
        self, segment: Segment, text: str
    ) -> tuple[tuple[Occurrence, ...], tuple[Finding, ...]]:
        """Verify and check a sentence as a person wrote it, alone."""
        translation = self._written(segment, text)
        found = self._found_in(segment, translation)
        one = Translated(self._base.text.document, (segment,), (translation,), found)
        doubts = score.check(one, self._entries)
        scores = score.score(one, doubts, self._base.plan.checks, self._decided)
        return found, scores.findings

    def _tasks(
        self, segment: Segment, decided: Decided | None = None
    ) -> tuple[translate.Task, ...]:
        base = self._base
        if self._entries not in base.matchers:
            base.matchers.clear()
            base.matchers[self._entries] = Matcher(self._entries)
        return translate.plan(
            base.text.document.blocks,
            [segment],
            base.matchers[self._entries],
            base.engine,
            self._search,
            self._decided if decided is None else decided,
        )
