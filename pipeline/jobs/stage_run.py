"""A job, its store and its plan in; the five stages, each run only where it must be, out.

One rule: a stage whose recorded fingerprint is the wanted one is done; any other runs again from
what the stage before it stored. Translations are committed chunk by chunk, and chunks are fixed by
the document, so what is decoded together never depends on where an earlier run was killed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from pipeline.checks import CHECKS
from pipeline.decisions import Decided
from pipeline.errors import PublishError, counted
from pipeline.files import publish_folder, remove, storing, write_atomic
from pipeline.glossary import Matcher
from pipeline.jobs.database import now
from pipeline.jobs.decided import Approved
from pipeline.jobs.folder import PEOPLES_FILES, Job
from pipeline.jobs.labour import HERE, Judging, Labour, Promise
from pipeline.jobs.plan import Plan
from pipeline.jobs.rows import damaged
from pipeline.jobs.store import Standing, Store
from pipeline.jobs.wanted import fingerprints, provenance
from pipeline.model import Document, EditionContent, Stage
from pipeline.stages import segment
from pipeline.stages.publish.characters import glyph_notices, named, substitution
from pipeline.stages.publish.content import edition_content
from pipeline.stages.read import stage as read
from pipeline.stages.read.front import with_front
from pipeline.stages.score import stage as score
from pipeline.stages.translate import stage as translate
from pipeline.stages.translate.given import given_english
from pipeline.stages.translate.search import Search
from pipeline.text import fingerprint


@dataclass(frozen=True, slots=True)
class Event:
    """Progress of one stage: ``done`` of ``total`` steps; ``message`` sums up a finished stage.

    A remark is about the run as a whole, before it starts, and no progress.
    """

    stage: Stage
    done: int
    total: int
    message: str = ""
    is_remark: bool = False


Listener = Callable[[Event], None]
# What is done, by the plan of a run, with the sentences that people wrote or read, as they stand.
Keeper = Callable[[Plan, Sequence[Approved]], None]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Consecutive segments that are committed together, and what is being translated of them."""

    tasks: tuple[translate.Task, ...]
    missing: tuple[str, ...]
    made: Promise


class StageRun:
    """One run of one job, its lock held; every stage is a method that starts from the store."""

    def __init__(
        self,
        job: Job,
        store: Store,
        plan: Plan,
        listener: Listener,
        document: Document | None = None,
        labour: Labour = HERE,
    ) -> None:
        self._labour = labour
        self._job = job
        self._store = store
        self._plan = plan
        self._settings = plan.settings
        self._profile = plan.checks
        self._offer = plan.engine()
        self._card = self._offer.card()
        self._recalled = store.recalled()
        # Before the decisions: what comes in between is looked at once more, and never missed.
        self._last_decision = store.last_decision()
        self._decided = Decided.of(store.decisions())
        self._entries = self._decided.entries(plan.glossary.entries)
        self._tell = listener
        self._document = document
        asked = plan.settings.translate
        self._search = Search(asked.beam_size, asked.thorough, asked.lexicon, asked.keep_foreign)
        hashes = {stage: self._decided.concerning(stage) for stage in Stage}
        self._provenance = provenance(job, plan, self._card, self._decided.sha256)
        self._wanted = fingerprints(plan, self._provenance, self._recalled, hashes)

    def all_stages(self, keep: Keeper) -> Standing:
        """Run each stage that is not done with what is wanted; tell where the job then stands."""
        wanted = self._wanted
        steps: dict[Stage, Callable[[str], str]] = {
            Stage.READ: self._read,
            Stage.SEGMENT: self._segment,
            Stage.TRANSLATE: self._translate,
            Stage.SCORE: self._score,
            Stage.PUBLISH: self._publish,
        }
        for stage, step in steps.items():
            if stage is Stage.PUBLISH and (self._decided.states or self._decided.translations):
                keep(self._plan, self._store.approved())
            if self._store.finished(stage) == wanted[stage] and self._is_whole(
                stage, wanted[stage]
            ):
                self._tell(Event(stage, 1, 1, "nothing to do"))
                continue
            with self._store.transaction():
                self._store.reopen(list(Stage)[list(Stage).index(stage) :])
            self._tell(Event(stage, 0, 1))
            self._tell(Event(stage, 1, 1, step(wanted[stage])))
        return self._store.standing()

    def is_published(self) -> bool:
        """Tell whether every stage is done with what is wanted now."""
        return all(self._store.finished(stage) == self._wanted[stage] for stage in Stage)

    def _is_whole(self, stage: Stage, wanted: str) -> bool:
        return stage is not Stage.PUBLISH or bool(self._job.edition(wanted))

    def _read(self, wanted: str) -> str:
        document = self._document or read.read(
            self._job.source(), self._job.source_name, self._settings.read
        )
        document = with_front(document, self._settings.front)
        lacking = glyph_notices(document, self._settings.publish)
        document = replace(document, notices=(*document.notices, *lacking))
        notes = "".join(f"; {notice.message}" for notice in document.notices)
        with self._store.transaction():
            self._store.add_document(document)
            return self._store.finish(
                Stage.READ, wanted, now(), f"{counted(len(document.blocks), 'block')}{notes}"
            )

    def _segment(self, wanted: str) -> str:
        segments = segment.segment(self._store.document())
        with self._store.transaction():
            self._store.add_segments(segments)
            said = counted(len(segments), "segment")
            return self._store.finish(Stage.SEGMENT, wanted, now(), said)

    def _translate(self, wanted: str) -> str:
        store, settings = self._store, self._settings.translate
        document, segments = store.document(), store.segments()
        tasks = translate.plan(
            document.blocks,
            segments,
            Matcher(self._entries),
            self._card.fingerprint,
            self._search,
            self._decided,
            self._recalled,
            given_english(document, segments),
        )
        size = settings.chunk_segments or self._offer.chunk_segments
        under_way: deque[_Chunk] = deque()
        done = made = 0
        for start in range(0, len(tasks), size):
            asked = {key for each in under_way for key in each.missing}
            under_way.append(self._begin(tasks[start : start + size], asked))
            last = start + size >= len(tasks)
            while len(under_way) >= (1 if last else self._labour.ahead):
                chunk = under_way.popleft()
                done += self._commit(chunk)
                made += len(chunk.missing)
                self._tell(Event(Stage.TRANSLATE, done, len(tasks)))
        said = f"{counted(len(tasks), 'segment')}, {made:,} of them translated now"
        with store.transaction():
            return store.finish(Stage.TRANSLATE, wanted, now(), said)

    def _begin(self, tasks: tuple[translate.Task, ...], asked: Collection[str]) -> _Chunk:
        """Have translated what the memory lacks of a chunk, but for what is ``asked`` already.

        Chunks are committed in their order, and whole. A killed run left a chunk in the memory
        whole or not at all, so the next run decodes the same sentences together.
        """
        missing = {
            task.fingerprint: task
            for task in tasks
            if task.fingerprint not in asked and self._store.remembered(task.fingerprint) is None
        }
        if not missing:
            return _Chunk(tasks, (), list)
        threads = self._settings.engine.threads
        made = self._labour.translate(self._offer, threads, [*missing.values()], self._search)
        return _Chunk(tasks, tuple(missing), made)

    def _commit(self, chunk: _Chunk) -> int:
        """Store a chunk's translations; give how many segments it has."""
        store = self._store
        fresh = dict(zip(chunk.missing, chunk.made(), strict=True))
        found = []
        for task in chunk.tasks:
            known = fresh.get(task.fingerprint) or store.remembered(task.fingerprint)
            assert known is not None
            found.append(translate.occurrences(task, known, self._decided))
        with store.transaction():
            for key, translation in fresh.items():
                store.remember(key, translation)
            for task, occurrences in zip(chunk.tasks, found, strict=True):
                store.deliver(task.segment.id, task.fingerprint, occurrences)
        return len(chunk.tasks)

    def _score(self, wanted: str) -> str:
        store = self._store
        text = store.translated()
        # What the checks measured stands for as long as the translation does, whatever the limits.
        checked = fingerprint(score.VERSION, list(CHECKS), store.finished(Stage.TRANSLATE))
        known = store.doubts(checked)
        judging = Judging(
            text,
            self._card,
            tuple(self._entries),
            store.measured() if known is None else {},
            known,
            self._profile,
            self._decided,
            self._plan.reference,
        )
        doubts, scores = self._labour.score(judging)
        with store.transaction():
            if known is None:
                store.add_doubts(checked, doubts)
            store.add_scores(scores)
            open_ones = sum(not finding.dismissed for finding in scores.findings)
            return store.finish(Stage.SCORE, wanted, now(), counted(open_ones, "finding"))

    def _publish(self, wanted: str) -> str:
        settings, folder = self._settings.publish, self._job.folder
        made = self._labour.publish(self.content(), settings)
        edition = self._job.edition_folder(wanted)
        with storing(f"the edition in {folder}", PublishError):
            publish_folder(edition, made.files)
            for name in PEOPLES_FILES:
                if name in made.files:
                    if (folder / name).is_dir():
                        remove(folder / name)
                    write_atomic(folder / name, made.files[name])
                else:
                    remove(folder / name)
        note = f"; {substitution(made.missing_glyphs)}" if made.missing_glyphs else ""
        if made.beside_house:
            note += f"; the fonts of the house lack {named(made.beside_house)}, ours draw them"
        with self._store.transaction():
            self._store.show_decisions(self._last_decision)
            return self._store.finish(Stage.PUBLISH, wanted, now(), f"edition {edition.name}{note}")

    def content(self) -> EditionContent:
        """Gather what the edition shows from the store; raises JobError where that is damaged."""
        text = self._store.translated()
        if not {each.entry_id for each in text.occurrences} <= {each.id for each in self._entries}:
            raise damaged(self._store.path)
        return edition_content(
            text,
            self._store.scores(),
            self._entries,
            self._decided,
            self._provenance,
            self._settings.publish,
            self._plan.house,
        )
