"""The data of pipeline.model in, one SQLite file a job out, and back; what is committed is whole.

A stage is done when its fingerprint is in ``stage_runs``, committed in the same transaction as its
rows. The translations are the job's memory, keyed by what they were made from, so that nothing is
translated twice. People's decisions are only ever added to, and no stage drops them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.decisions import Decided
from pipeline.decisions.kinds import StateDecision, TranslationDecision
from pipeline.errors import Act, JobError, Remedy
from pipeline.jobs.decided import Approved
from pipeline.jobs.revisions import Carried, RevisionRows
from pipeline.jobs.rows import fit, made, sound
from pipeline.jsonfile import load_json
from pipeline.model import (
    Block,
    Document,
    Doubt,
    Finding,
    Measured,
    Metric,
    Milestone,
    Notice,
    Occurrence,
    Origin,
    Rank,
    ReferenceScore,
    Reviewed,
    Scores,
    Segment,
    SentenceState,
    Severity,
    Stage,
    Translated,
    Translation,
)

# The tables that hold what a stage gave; publishing leaves files instead.
_FINGERPRINT = re.compile("[0-9a-f]{1,64}")
_ROWS: Mapping[Stage, tuple[str, ...]] = {
    Stage.READ: ("document", "notices", "blocks"),
    Stage.SEGMENT: ("segments",),
    Stage.TRANSLATE: ("translations", "occurrences"),
    Stage.SCORE: ("findings", "ranks", "metrics", "reference_scores"),
    Stage.PUBLISH: (),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a job stands: the first stage that is not finished, the fingerprint of its edition.

    Then how many segments there are, how many are translated, findings by severity, and how many
    segments a person has read as they stand, those signed off among them. ``carried`` is what was
    kept of the text's earlier revision, if there was one. ``decided`` says that something was
    decided since the run that made the edition began.
    """

    unfinished: Stage | None
    edition: str | None
    segments: int
    translated: int
    findings: Mapping[str, int]
    read: int = 0
    signed_off: int = 0
    carried: Carried | None = None
    decided: bool = False


class Store(RevisionRows):
    """One job's database; every writing method must run inside ``transaction``."""

    # Stage runs, history, snapshots

    @sound
    def finished(self, stage: Stage) -> str | None:
        """Give the fingerprint under which the stage was last finished, or None."""
        row = self._one("SELECT fingerprint FROM stage_runs WHERE stage = ?", stage)
        return str(fit(row["fingerprint"], str)) if row else None

    def finish(self, stage: Stage, fingerprint: str, at: str, message: str) -> str:
        """Record that the stage's rows are complete for this fingerprint, and in the history.

        Gives the message, which says what came of it.
        """
        self._run("REPLACE INTO stage_runs VALUES (?, ?, ?)", stage, fingerprint, at)
        self._run("INSERT INTO events (at, stage, message) VALUES (?, ?, ?)", at, stage, message)
        return message

    def reopen(self, stages: Iterable[Stage]) -> None:
        """Record that these stages are to be done again, and drop what they gave.

        What the memory holds stays: it is keyed by what it was made from.
        """
        for stage in stages:
            self._run("DELETE FROM stage_runs WHERE stage = ?", stage)
            for table in _ROWS[stage]:
                self._run(f"DELETE FROM {table}")

    def mark(self) -> tuple[object, ...]:
        """Give what changes whenever a run stores something, and with nothing else."""
        rows = self._all("SELECT stage, fingerprint, finished FROM stage_runs ORDER BY stage")
        runs = tuple(tuple(row) for row in rows)
        counts = self._one(
            "SELECT (SELECT max(id) FROM snapshots), (SELECT count(*) FROM translations)"
        )
        return runs, tuple(counts or ())

    def add_snapshot(self, created: str, value: Mapping[str, object]) -> None:
        """Append a snapshot of settings and glossary; the newest is the job's."""
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        self._run("INSERT INTO snapshots (created, value) VALUES (?, ?)", created, text)

    @sound
    def snapshot(self) -> dict[str, Any] | None:
        """Give the newest snapshot, or None in a job that was never run."""
        row = self._one("SELECT value FROM snapshots ORDER BY id DESC LIMIT 1")
        value = load_json(fit(row["value"], str)) if row else None
        if row and not isinstance(value, dict):
            raise ValueError("a snapshot is no mapping")
        return value

    @sound
    def history(self) -> tuple[Milestone, ...]:
        """Give every stage that a run has finished, oldest first."""
        rows = self._all("SELECT at, stage, message FROM events ORDER BY id")
        return tuple(made(Milestone, row) for row in rows)

    # Read and segment

    def add_document(self, document: Document) -> None:
        """Store the document."""
        self._run(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)",
            document.sha256,
            document.title,
            document.author,
            document.date,
            document.language,
            json.dumps(document.scopes),
            json.dumps(asdict(document.front), ensure_ascii=False),
        )
        self._insert("notices", document.notices)
        self._insert("blocks", document.blocks)

    @sound
    def document(self) -> Document:
        """Give the stored document; raises JobError before the read stage has run."""
        row = self._one("SELECT * FROM document")
        if row is None:
            name = self.path.parent.name
            raise JobError("… has not been read yet", Remedy(Act.FINISH_JOB, name), where=name)
        blocks = tuple(
            made(Block, block) for block in self._all('SELECT * FROM blocks ORDER BY "index"')
        )
        if [block.index for block in blocks] != list(range(len(blocks))):
            raise ValueError("a block is missing")
        notices = tuple(made(Notice, notice) for notice in self._all("SELECT * FROM notices"))
        return made(Document, row, blocks=blocks, notices=notices)

    def add_segments(self, segments: Sequence[Segment]) -> None:
        """Store the segments, in order."""
        self._db.executemany(
            "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?)",
            [
                (position, segment.id, segment.block, segment.start, segment.end, segment.source)
                for position, segment in enumerate(segments)
            ],
        )

    @sound
    def segments(self) -> tuple[Segment, ...]:
        """Give the segments in document order."""
        rows = self._all('SELECT id, block, start, "end", source FROM segments ORDER BY position')
        return tuple(made(Segment, row) for row in rows)

    # Translate

    @sound
    def remembered(self, fingerprint: str) -> Translation | None:
        """Give what the memory holds: a translation without segment id."""
        row = self._one("SELECT * FROM memory WHERE fingerprint = ?", fingerprint)
        return made(Translation, row, segment_id="") if row else None

    def remember(self, fingerprint: str, translation: Translation) -> None:
        """Put a translation in the memory."""
        self._run(
            "REPLACE INTO memory (fingerprint, text, confidence, finished, engine, origin, words, "
            "entropies, split, retried, outcomes, lexicon, basis, doubts) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            fingerprint,
            translation.text,
            translation.confidence,
            translation.finished,
            translation.engine,
            translation.origin,
            json.dumps(translation.words),
            json.dumps(translation.entropies),
            translation.split,
            translation.retried,
            json.dumps(
                [(each.method, each.reason) for each in translation.outcomes], ensure_ascii=False
            ),
            json.dumps(
                [(hint.source, hint.target) for hint in translation.lexicon], ensure_ascii=False
            ),
            translation.measured.basis if translation.measured else None,
            _told(translation.measured.doubts if translation.measured else ()),
        )

    def deliver(self, segment_id: str, fingerprint: str, found: Iterable[Occurrence]) -> None:
        """Make a segment show what the memory holds under the fingerprint, with its occurrences."""
        self._run("INSERT INTO translations VALUES (?, ?)", segment_id, fingerprint)
        self._insert("occurrences", found)

    @sound
    def translations(self) -> tuple[Translation, ...]:
        """Give the delivered translations in document order (those there are)."""
        rows = self._all(
            "SELECT segments.id AS segment_id, memory.* "
            "FROM segments JOIN translations ON segments.id = translations.segment_id "
            "JOIN memory ON memory.fingerprint = translations.memory ORDER BY position"
        )
        return tuple(made(Translation, row) for row in rows)

    @sound
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Give the occurrences in document order."""
        rows = self._all(
            "SELECT occurrences.* FROM occurrences JOIN segments ON segments.id = segment_id "
            "ORDER BY position, occurrences.start"
        )
        return tuple(made(Occurrence, row) for row in rows)

    @sound
    def translated(self) -> Translated:
        """Give the text as the translate stage left it; raises JobError before it was read."""
        with self.reading():
            text = Translated(
                self.document(), self.segments(), self.translations(), self.occurrences()
            )
        _check(text)
        return text

    @sound
    def measured(self) -> dict[str, Measured]:
        """Give what the checks measured of segments while they were translated, by their ids."""
        rows = self._all(
            "SELECT segment_id, basis, doubts FROM translations "
            "JOIN memory ON memory.fingerprint = translations.memory WHERE basis IS NOT NULL"
        )
        return {fit(row["segment_id"], str): made(Measured, row) for row in rows}

    # Score

    def add_doubts(self, fingerprint: str, doubts: Iterable[Doubt]) -> None:
        """Store what the checks hold against the text that has this fingerprint, and no other."""
        self._run("DELETE FROM checked")
        self._run("INSERT INTO checked VALUES (?, ?)", fingerprint, _told(doubts))

    @sound
    def doubts(self, fingerprint: str) -> tuple[Doubt, ...] | None:
        """Give what the checks hold against the text, in order; None if it was not checked."""
        row = self._one("SELECT doubts FROM checked WHERE fingerprint = ?", fingerprint)
        doubts: tuple[Doubt, ...] | None = fit(row["doubts"], tuple[Doubt, ...]) if row else None
        return doubts

    def add_scores(self, scores: Scores) -> None:
        """Store what the score stage gave, in order."""
        self._insert("findings", scores.findings)
        self._insert("ranks", scores.ranks)
        self._insert("metrics", scores.metrics)
        self._insert("reference_scores", scores.reference_scores)

    @sound
    def scores(self) -> Scores:
        """Give what the score stage gave, in the order it was stored; empty before it has run."""
        scores = Scores(self.findings(), self.ranks(), self.metrics(), self.reference_scores())
        named = {each.segment_id for each in scores.ranks}
        named |= {name for each in scores.reference_scores for name in each.segment_ids}
        found = {each.segment_id for each in scores.findings}
        translated = {each.segment_id for each in self.translations()}
        if not named <= {each.id for each in self.segments()} or not found <= translated:
            raise ValueError("a finding is about no sentence")
        return scores

    @sound
    def findings(self) -> tuple[Finding, ...]:
        """Give the findings in the order they were stored."""
        rows = self._all("SELECT * FROM findings ORDER BY rowid")
        return tuple(made(Finding, row) for row in rows)

    @sound
    def ranks(self) -> tuple[Rank, ...]:
        """Give the segments from the worst to the best."""
        rows = self._all("SELECT * FROM ranks ORDER BY rowid")
        return tuple(made(Rank, row) for row in rows)

    @sound
    def metrics(self) -> tuple[Metric, ...]:
        """Give the reference metrics in the order they were stored."""
        rows = self._all("SELECT * FROM metrics ORDER BY rowid")
        return tuple(made(Metric, row) for row in rows)

    @sound
    def reference_scores(self) -> tuple[ReferenceScore, ...]:
        """Give the scores of each reference text in the order they were stored."""
        rows = self._all("SELECT * FROM reference_scores ORDER BY rowid")
        return tuple(made(ReferenceScore, row) for row in rows)

    @sound
    def standing(self) -> Standing:
        """Tell where the job stands."""
        rows = self._all("SELECT stage, fingerprint FROM stage_runs")
        done = {row["stage"]: _fingerprint(row["fingerprint"]) for row in rows}
        rows = self._all(
            "SELECT severity, count(*) AS n FROM findings WHERE NOT dismissed GROUP BY severity"
        )
        found = {row["severity"]: row["n"] for row in rows}
        one = "SELECT count(*) AS n FROM "
        segments, translated = (self._all(one + t)[0]["n"] for t in ("segments", "translations"))
        return Standing(
            next((stage for stage in Stage if stage not in done), None),
            done.get(Stage.PUBLISH),
            segments,
            translated,
            {severity: found.get(severity, 0) for severity in Severity},
            len(states := [each.state for each in self.reviewed()]),
            states.count(SentenceState.SIGNED_OFF),
            self.carried(),
            self.is_decided_since(),
        )

    @sound
    def approved(self) -> tuple[Approved, ...]:
        """Give the sentences whose English, as it stands, a person wrote or read."""
        decided = self.decided_at()
        if not decided:
            return ()
        sources = {segment.id: segment.source for segment in self.segments()}
        standing = {sources[each.segment_id]: each.text for each in self.translations()}
        found: dict[str, Approved] = {}
        for each in decided:
            match each.decision:
                case StateDecision(source=source, state=state, text=text, reviewer=reviewer):
                    origin, author = state.value, reviewer
                case TranslationDecision(source=source, text=str(text)):
                    origin, author = Origin.PERSON.value, each.author
                case _:
                    continue
            if standing.get(source) == text:
                found[source] = Approved(source, text, each.at, author, origin)
        return tuple(found.values())

    @sound
    def recalled(self) -> dict[str, str]:
        """Give the English that the memory has for the French of some sentences."""
        rows = self._all("SELECT source, text FROM recalled ORDER BY source")
        return {fit(row["source"], str): fit(row["text"], str) for row in rows}

    def recall(self, known: Mapping[str, str]) -> None:
        """Record what the memory has for the sentences of the text, in place of what it had."""
        self._run("DELETE FROM recalled")
        for source, text in known.items():
            self._run("INSERT INTO recalled VALUES (?, ?)", source, text)

    @sound
    def reviewed(self) -> tuple[Reviewed, ...]:
        """Give the segments that a person has read as they are translated now."""
        # Most jobs are listed far more often than read.
        if not (decisions := self.decisions()):
            return ()
        decided = Decided.of(decisions)
        if not decided.states:
            return ()
        return decided.reviewed(self.segments(), self.translations())


def _told(doubts: Iterable[Doubt]) -> str:
    return json.dumps([asdict(doubt) for doubt in doubts], ensure_ascii=False)


def _fingerprint(value: object) -> str:
    """Give a stored fingerprint, which is part of a folder's name."""
    if not isinstance(value, str) or not _FINGERPRINT.fullmatch(value):
        raise ValueError("it is no fingerprint")
    return value


def _check(text: Translated) -> None:
    """Raise ValueError where the parts of a text do not fit each other."""
    lengths = [len(block.text) for block in text.document.blocks]
    for segment in text.segments:
        if not 0 <= segment.start <= segment.end <= lengths[segment.block] or segment.block < 0:
            raise ValueError("a segment lies outside its block")
    sources = {each.id: len(each.source) for each in text.segments}
    targets = {each.segment_id: len(each.text) for each in text.translations}
    for found in text.occurrences:
        end = targets[found.segment_id]
        first, last = found.target_start, found.target_end
        if not 0 <= found.start <= found.end <= sources[found.segment_id] or not (
            first is last is None
            or (first is not None and last is not None and 0 <= first <= last <= end)
        ):
            raise ValueError("an occurrence lies outside its sentence")


def open_store(path: Path) -> Store:
    """Open the database of a job that was started; raises JobError where it was not."""
    if not path.exists():
        raise JobError("… was never started", "run its text again", where=path.parent.name)
    return Store(path)
