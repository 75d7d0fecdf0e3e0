"""A folder of jobs in; their sentences to work on, and what editors decide on them, stored, out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.decisions import Decided, Decision, change, dismiss, judge, mark, named, write
from pipeline.errors import UsageError
from pipeline.files import shipped
from pipeline.glossary import Matcher, load_glossary
from pipeline.jobs.database import moment
from pipeline.jobs.folder import known_job
from pipeline.jobs.store import Store, open_store
from pipeline.model import (
    Block,
    BlockKind,
    Document,
    Origin,
    Segment,
    SentenceState,
    Stage,
    Translated,
    Translation,
    Verdict,
)
from pipeline.service.bench import Bench
from pipeline.service.bench_base import Base, read_base
from pipeline.service.bench_rows import BenchRow
from pipeline.service.beside import senses
from pipeline.service.undo import Step, last_step, undo
from pipeline.stages.score import stage as score

# Of how many jobs what the last run left is kept in memory.
_KEPT = 4


@dataclass(frozen=True, slots=True)
class WrittenText:
    """An English that a person gave a sentence, when and who; None gave it to the engine again."""

    at: str
    author: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an edit: the row as it is now, and the ids of all rows with its French.

    With ``conflict`` nothing was stored: the sentence is no more what the editor saw.
    """

    row: BenchRow
    same: tuple[str, ...]
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """An occurrence that is to be decided on, in the sentence that had this ``etag``."""

    segment_id: str
    entry: str
    ordinal: int
    etag: str


class Benches:
    """The benches of the jobs in a folder: opened, edited, and kept for the next request."""

    def __init__(self, output: Path) -> None:
        """Open benches of the jobs in ``output``."""
        self._output = output
        self._bases: dict[str, Base] = {}
        self._lock = threading.Lock()

    @contextmanager
    def open(self, name: str) -> Iterator[Bench]:
        """Give the bench of a job as it is now; raises JobError before its text was read."""
        with self._stored(name) as store:
            yield self._of(name, store)

    def warm(self) -> None:
        """Look at a made-up sentence: what the checks read from disk takes seconds, once."""
        source, text = "Les ministres ont signé un accord.", "The ministers signed an agreement."
        block = Block(0, BlockKind.PARAGRAPH, source)
        segment = Segment("b0000.s01", 0, 0, len(source), source)
        translation = Translation(segment.id, text, 0.0, True, "", Origin.PERSON)
        document = Document("", "", (block,))
        Matcher(load_glossary([shipped("glossaries") / "diplomacy.yaml"]).entries).matches(source)
        score.check(Translated(document, (segment,), (translation,), ()), ())
        senses(source, text)

    @contextmanager
    def _stored(self, name: str) -> Iterator[Store]:
        with closing(open_store(known_job(self._output, name).database)) as store:
            yield store

    def write(
        self, name: str, segment_id: str, text: str | None, etag: str, author: str = ""
    ) -> Saved:
        """Store the English that a person gives a sentence; None gives it back to the engine.

        Who wrote it has read it, where it is known who that is. To ask for what stands already is
        no conflict, whatever was seen before.
        """
        with self._stored(name) as store:
            with store.transaction():
                bench = self._of(name, store)
                row = bench.row(segment_id)
                decision = write(row.segment.source, text)
                if decision.text != row.text or (text is None and row.origin is Origin.PERSON):
                    if row.etag != etag:
                        return Saved(row, bench.same(row.segment.source), conflict=True)
                    decisions: list[Decision] = [decision]
                    if author and decision.text is not None:
                        decisions.append(_read_by(author, row.segment.source, decision.text))
                    _add(store, decisions, author)
            return self._after(name, store, row)

    def judge(
        self,
        name: str,
        segment_id: str,
        entry: str,
        ordinal: int,
        verdict: Verdict,
        etag: str,
        author: str = "",
    ) -> Saved:
        """Store a verdict on an occurrence of the entry with this source in a sentence."""
        return self._decide(
            name,
            segment_id,
            etag,
            lambda row: [judge(row.segment.source, entry, ordinal, verdict, row.text or "")],
            author,
        )

    def judge_all(
        self, name: str, uses: Iterable[Use], verdict: Verdict, author: str = ""
    ) -> tuple[int, int]:
        """Store a verdict on many occurrences; give how many, and how many changed meanwhile."""
        decisions: list[Decision] = []
        changed = 0
        with self._stored(name) as store, store.transaction():
            rows = {row.segment.id: row for row in self._of(name, store).rows()}
            for use in uses:
                row = rows.get(use.segment_id)
                if row is None or row.etag != use.etag:
                    changed += 1
                    continue
                source, text = row.segment.source, row.text or ""
                decisions.append(judge(source, use.entry, use.ordinal, verdict, text))
            _add(store, decisions, author)
        return len(decisions), changed

    def change(
        self,
        name: str,
        segment_id: str,
        entry: str,
        target: str | None,
        alternatives: Sequence[str] = (),
        author: str = "",
    ) -> Saved:
        """Give the entry with this source another target in this job; None takes it back."""
        return self._decide(
            name, segment_id, None, lambda _: [change(entry, target, alternatives)], author
        )

    def dismiss(
        self, name: str, segment_id: str, finding_id: str, dismissed: bool, author: str = ""
    ) -> Saved:
        """Dismiss a finding of a sentence, or let it count again."""

        def decisions(row: BenchRow) -> list[Decision]:
            found = [each for each in row.findings if each.id == finding_id]
            if not found:
                raise UsageError("this finding is gone: the sentence has changed", "look again")
            return [dismiss(found[0], row.segment.source, row.text or "", dismissed)]

        return self._decide(name, segment_id, None, decisions, author)

    def mark(
        self, name: str, segment_id: str, state: SentenceState, etag: str, author: str
    ) -> Saved:
        """Record that ``author`` read a sentence as it stands, signed it off, or left it open."""
        return self._decide(
            name,
            segment_id,
            etag,
            lambda row: [mark(row.segment.source, state, row.text or "", author)],
            author,
        )

    def sign_off(self, name: str, author: str) -> int:
        """Sign off every sentence that was read as it stands; give how many there were."""
        with self._stored(name) as store, store.transaction():
            decisions = [
                mark(row.segment.source, SentenceState.SIGNED_OFF, row.text or "", author)
                for row in self._of(name, store).rows()
                if row.state is SentenceState.READ
            ]
            _add(store, decisions, author)
        return len(decisions)

    def history(self, name: str, source: str) -> tuple[WrittenText, ...]:
        """Give what people wrote for a French sentence, oldest first."""
        with self._stored(name) as store:
            return tuple(WrittenText(*each) for each in store.written(source))

    def last_step(self, name: str, author: str = "") -> Step | None:
        """Give what an author decided last on a job and has not taken back."""
        with self._stored(name) as store:
            return last_step(store, author)

    def undo(self, name: str, step_id: int, author: str = "") -> Step:
        """Take back an author's last step on a job; raises UsageError where it is no more that."""
        with self._stored(name) as store, store.transaction():
            return undo(store, step_id, author, moment())

    def _decide(
        self,
        name: str,
        segment_id: str,
        etag: str | None,
        decisions: Callable[[BenchRow], Sequence[Decision]],
        author: str,
    ) -> Saved:
        with self._stored(name) as store:
            with store.transaction():
                bench = self._of(name, store)
                row = bench.row(segment_id)
                if etag is not None and row.etag != etag:
                    return Saved(row, bench.same(row.segment.source), conflict=True)
                _add(store, decisions(row), author)
            return self._after(name, store, row)

    def _after(self, name: str, store: Store, row: BenchRow) -> Saved:
        after = self._of(name, store)
        return Saved(after.row(row.segment.id), after.same(row.segment.source))

    def _of(self, name: str, store: Store) -> Bench:
        decided = Decided.of(store.decisions())
        with self._lock:
            base = self._base(name, store)
        return Bench(base, decided, store)

    def _base(self, name: str, store: Store) -> Base:
        """Give what the last run left; while another is under way, what the one before it left."""
        known = self._bases.get(name)
        key = store.mark()
        if known is not None and known.key == key:
            return known
        base = read_base(store, key)
        under_way = store.finished(Stage.SCORE) is None
        if known and under_way and known.is_whole and known.text.segments == base.text.segments:
            return known
        self._bases.pop(name, None)
        self._bases[name] = base
        while len(self._bases) > _KEPT:
            del self._bases[next(iter(self._bases))]
        return base


def _add(store: Store, decisions: Iterable[Decision], author: str) -> None:
    at = moment()
    for decision in decisions:
        store.decide(at, decision, author)
    if author and store.reviewer != author:
        store.name_reviewer(named(author))


def _read_by(author: str, source: str, text: str) -> Decision:
    return mark(source, SentenceState.READ, text, author)
