"""The data of pipeline.model in, one SQLite file a job out, and back; what is committed is whole.

A stage is done when its fingerprint is in ``stage_runs``, committed in the same transaction as its
rows. The translations are the job's memory, keyed by what they were made from, so that nothing is
translated twice. People's decisions are only ever added to, and no stage drops them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.decisions import Decided
from pipeline.decisions.kinds import StateDecision, TranslationDecision
from pipeline.errors import JobError
from pipeline.jobs.decided import Approved
from pipeline.jobs.revisions import Carried, RevisionRows
from pipeline.model import (
    Block,
    BlockKind,
    Document,
    Doubt,
    Finding,
    Front,
    Hint,
    InlineKind,
    InlineMark,
    Measured,
    Metric,
    Milestone,
    Notice,
    Occurrence,
    OccurrenceStatus,
    Origin,
    Outcome,
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
    Verdict,
)

# The tables that hold what a stage gave; publishing leaves files instead.
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
    kept of the text's earlier revision, if there was one. ``approved`` is told by a run alone.
    """

    unfinished: Stage | None
    edition: str | None
    segments: int
    translated: int
    findings: Mapping[str, int]
    read: int = 0
    signed_off: int = 0
    carried: Carried | None = None
    approved: tuple[Approved, ...] = ()


class Store(RevisionRows):
    """One job's database; every writing method must run inside ``transaction``."""

    # Stage runs, history, snapshots

    def finished(self, stage: Stage) -> str | None:
        """Give the fingerprint under which the stage was last finished, or None."""
        row = self._one("SELECT fingerprint FROM stage_runs WHERE stage = ?", stage)
        return row["fingerprint"] if row else None

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

    def snapshot(self) -> dict[str, Any] | None:
        """Give the newest snapshot, or None in a job that was never run."""
        row = self._one("SELECT value FROM snapshots ORDER BY id DESC LIMIT 1")
        try:
            return json.loads(row["value"]) if row else None
        except ValueError:
            raise JobError(
                "… is damaged", "run the text again from its file", where=self.path
            ) from None

    def history(self) -> tuple[Milestone, ...]:
        """Give every stage that a run has finished, oldest first."""
        rows = self._all("SELECT at, stage, message FROM events ORDER BY id")
        return tuple(Milestone(row["at"], Stage(row["stage"]), row["message"]) for row in rows)

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

    def document(self) -> Document:
        """Give the stored document; raises JobError before the read stage has run."""
        row = self._one("SELECT * FROM document")
        if row is None:
            raise JobError(
                "… has not been read yet", "resume it first", where=self.path.parent.name
            )
        blocks = tuple(
            _block(block) for block in self._all('SELECT * FROM blocks ORDER BY "index"')
        )
        notices = tuple(Notice(**dict(notice)) for notice in self._all("SELECT * FROM notices"))
        scopes = tuple(json.loads(row["scopes"]))
        front = Front(**json.loads(row["front"]))
        facts = {**dict(row), "scopes": scopes, "front": front}
        return Document(**facts, blocks=blocks, notices=notices)

    def add_segments(self, segments: Sequence[Segment]) -> None:
        """Store the segments, in order."""
        self._db.executemany(
            "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?)",
            [
                (position, segment.id, segment.block, segment.start, segment.end, segment.source)
                for position, segment in enumerate(segments)
            ],
        )

    def segments(self) -> tuple[Segment, ...]:
        """Give the segments in document order."""
        rows = self._all('SELECT id, block, start, "end", source FROM segments ORDER BY position')
        return tuple(Segment(**dict(row)) for row in rows)

    # Translate

    def remembered(self, fingerprint: str) -> Translation | None:
        """Give what the memory holds: a translation without segment id."""
        row = self._one("SELECT * FROM memory WHERE fingerprint = ?", fingerprint)
        return _translation("", row) if row else None

    def remember(self, fingerprint: str, translation: Translation) -> None:
        """Put a translation in the memory."""
        self._run(
            "REPLACE INTO memory (fingerprint, text, confidence, finished, engine, origin, words, "
            "split, retried, outcomes, lexicon, basis, doubts) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            fingerprint,
            translation.text,
            translation.confidence,
            translation.finished,
            translation.engine,
            translation.origin,
            json.dumps(translation.words),
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

    def translations(self) -> tuple[Translation, ...]:
        """Give the delivered translations in document order (those there are)."""
        rows = self._all(
            "SELECT segments.id AS segment_id, memory.* "
            "FROM segments JOIN translations ON segments.id = translations.segment_id "
            "JOIN memory ON memory.fingerprint = translations.memory ORDER BY position"
        )
        return tuple(_translation(row["segment_id"], row) for row in rows)

    def occurrences(self) -> tuple[Occurrence, ...]:
        """Give the occurrences in document order."""
        rows = self._all(
            "SELECT occurrences.* FROM occurrences JOIN segments ON segments.id = segment_id "
            "ORDER BY position, occurrences.start"
        )
        return tuple(
            Occurrence(
                **{
                    **dict(row),
                    "status": OccurrenceStatus(row["status"]),
                    "decision": Verdict(row["decision"]),
                }
            )
            for row in rows
        )

    def translated(self) -> Translated:
        """Give the text as the translate stage left it; raises JobError before it was read."""
        return Translated(self.document(), self.segments(), self.translations(), self.occurrences())

    def measured(self) -> dict[str, Measured]:
        """Give what the checks measured of segments while they were translated, by their ids."""
        rows = self._all(
            "SELECT segment_id, basis, doubts FROM translations "
            "JOIN memory ON memory.fingerprint = translations.memory WHERE basis IS NOT NULL"
        )
        return {row["segment_id"]: Measured(row["basis"], _doubts(row["doubts"])) for row in rows}

    # Score

    def add_doubts(self, fingerprint: str, doubts: Iterable[Doubt]) -> None:
        """Store what the checks hold against the text that has this fingerprint, and no other."""
        self._run("DELETE FROM checked")
        self._run("INSERT INTO checked VALUES (?, ?)", fingerprint, _told(doubts))

    def doubts(self, fingerprint: str) -> tuple[Doubt, ...] | None:
        """Give what the checks hold against the text, in order; None if it was not checked."""
        row = self._one("SELECT doubts FROM checked WHERE fingerprint = ?", fingerprint)
        return _doubts(row["doubts"]) if row else None

    def add_scores(self, scores: Scores) -> None:
        """Store what the score stage gave, in order."""
        self._insert("findings", scores.findings)
        self._insert("ranks", scores.ranks)
        self._insert("metrics", scores.metrics)
        self._insert("reference_scores", scores.reference_scores)

    def scores(self) -> Scores:
        """Give what the score stage gave, in the order it was stored; empty before it has run."""
        return Scores(self.findings(), self.ranks(), self.metrics(), self.reference_scores())

    def findings(self) -> tuple[Finding, ...]:
        """Give the findings in the order they were stored."""
        return tuple(
            Finding(
                row["check"],
                Severity(row["severity"]),
                row["segment_id"],
                row["message"],
                _span(row["source_span"]),
                _span(row["target_span"]),
                row["id"],
                bool(row["dismissed"]),
            )
            for row in self._all("SELECT * FROM findings ORDER BY rowid")
        )

    def ranks(self) -> tuple[Rank, ...]:
        """Give the segments from the worst to the best."""
        return tuple(
            Rank(
                **{
                    **dict(row),
                    "weak_words": _spans(row["weak_words"]),
                    "lost_words": _spans(row["lost_words"]),
                    "reasons": tuple(json.loads(row["reasons"])),
                }
            )
            for row in self._all("SELECT * FROM ranks ORDER BY rowid")
        )

    def metrics(self) -> tuple[Metric, ...]:
        """Give the reference metrics in the order they were stored."""
        return tuple(
            Metric(**dict(row)) for row in self._all("SELECT * FROM metrics ORDER BY rowid")
        )

    def reference_scores(self) -> tuple[ReferenceScore, ...]:
        """Give the scores of each reference text in the order they were stored."""
        rows = self._all("SELECT * FROM reference_scores ORDER BY rowid")
        return tuple(
            ReferenceScore(**{**dict(row), "segment_ids": tuple(json.loads(row["segment_ids"]))})
            for row in rows
        )

    def standing(self) -> Standing:
        """Tell where the job stands."""
        rows = self._all("SELECT stage, fingerprint FROM stage_runs")
        done = {row["stage"]: row["fingerprint"] for row in rows}
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
        )

    def approved(self) -> tuple[Approved, ...]:
        """Give the sentences whose English, as it stands, a person wrote or read."""
        decided = self.decided_at()
        if not decided:
            return ()
        sources = {segment.id: segment.source for segment in self.segments()}
        standing = {sources[each.segment_id]: each.text for each in self.translations()}
        found: dict[str, Approved] = {}
        for made in decided:
            match made.decision:
                case StateDecision(source=source, state=state, text=text, reviewer=reviewer):
                    origin, author = state.value, reviewer
                case TranslationDecision(source=source, text=str(text)):
                    origin, author = Origin.PERSON.value, made.author
                case _:
                    continue
            if standing.get(source) == text:
                found[source] = Approved(source, text, made.at, author, origin)
        return tuple(found.values())

    def recalled(self) -> dict[str, str]:
        """Give the English that the memory has for the French of some sentences."""
        rows = self._all("SELECT source, text FROM recalled ORDER BY source")
        return {row["source"]: row["text"] for row in rows}

    def recall(self, known: Mapping[str, str]) -> None:
        """Record what the memory has for the sentences of the text, in place of what it had."""
        self._run("DELETE FROM recalled")
        for source, text in known.items():
            self._run("INSERT INTO recalled VALUES (?, ?)", source, text)

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


def _doubts(text: str) -> tuple[Doubt, ...]:
    return tuple(
        Doubt(
            Finding(
                **{
                    **each["finding"],
                    "severity": Severity(each["finding"]["severity"]),
                    "source_span": _pair(each["finding"]["source_span"]),
                    "target_span": _pair(each["finding"]["target_span"]),
                }
            ),
            tuple((name, value) for name, value in each["beyond"]),
            each["step"],
        )
        for each in json.loads(text)
    )


def _pair(ends: Sequence[int] | None) -> tuple[int, int] | None:
    return (ends[0], ends[1]) if ends else None


def _span(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    return _pair(json.loads(text))


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in json.loads(text))


def _block(row: sqlite3.Row) -> Block:
    marks = tuple(
        InlineMark(**{**mark, "kind": InlineKind(mark["kind"])})
        for mark in json.loads(row["marks"])
    )
    return Block(**{**dict(row), "kind": BlockKind(row["kind"]), "marks": marks})


def _translation(segment_id: str, row: sqlite3.Row) -> Translation:
    return Translation(
        segment_id,
        row["text"],
        row["confidence"],
        bool(row["finished"]),
        row["engine"],
        Origin(row["origin"]),
        tuple(json.loads(row["words"])),
        bool(row["split"]),
        bool(row["retried"]),
        tuple(Outcome(*each) for each in json.loads(row["outcomes"])),
        tuple(Hint(*each) for each in json.loads(row["lexicon"])),
    )


def open_store(path: Path) -> Store:
    """Open the database of a job that was started; raises JobError where it was not."""
    if not path.exists():
        raise JobError("… was never started", "run its text again", where=path.parent.name)
    return Store(path)
