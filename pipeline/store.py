"""The data of pipeline.model in, one SQLite file a job out, and back; what is committed is whole.

A stage is done when its fingerprint is in ``stage_runs``, committed in the same transaction as its
rows. The translations are the job's memory, keyed by what they were made from, so that nothing is
translated twice. Rollback journal and full synchronisation: the write-ahead log of SQLite before
3.51.3 can lose data. People's decisions are only ever added to, and no stage drops them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import JobError
from pipeline.model import (
    Block,
    BlockKind,
    Decision,
    Document,
    Finding,
    Metric,
    Notice,
    Occurrence,
    OccurrenceStatus,
    Outcome,
    ReferenceScore,
    Segment,
    Severity,
    Stage,
    Translation,
    Verdict,
)

SCHEMA_VERSION = 6

# What each version changed in the tables before it: an older database is brought up to date.
_CHANGES_OF_VERSION: Mapping[int, str] = {
    1: """
CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY, created TEXT NOT NULL, value TEXT NOT NULL
);
CREATE TABLE stage_runs (
    stage TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, finished TEXT NOT NULL
);
CREATE TABLE events (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, stage TEXT NOT NULL, message TEXT NOT NULL
);
CREATE TABLE document (
    sha256 TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, date TEXT NOT NULL,
    language TEXT NOT NULL
);
CREATE TABLE notices (
    code TEXT NOT NULL, message TEXT NOT NULL, line INTEGER
);
CREATE TABLE blocks (
    "index" INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL,
    level INTEGER NOT NULL, marker TEXT NOT NULL
);
CREATE TABLE segments (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, block INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, source TEXT NOT NULL
);
CREATE TABLE memory (
    fingerprint TEXT PRIMARY KEY, text TEXT NOT NULL, confidence REAL NOT NULL,
    finished INTEGER NOT NULL, engine TEXT NOT NULL, note TEXT NOT NULL, first TEXT NOT NULL
);
CREATE TABLE translations (
    segment_id TEXT PRIMARY KEY, memory TEXT NOT NULL REFERENCES memory (fingerprint)
);
CREATE TABLE occurrences (
    segment_id TEXT NOT NULL, entry_id TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, surface TEXT NOT NULL, status TEXT NOT NULL, rendering TEXT NOT NULL,
    target_start INTEGER, target_end INTEGER, method TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (segment_id, start)
);
CREATE TABLE findings (
    "check" TEXT NOT NULL, severity TEXT NOT NULL, segment_id TEXT NOT NULL, message TEXT NOT NULL,
    source_span TEXT, target_span TEXT
);
CREATE TABLE metrics (
    name TEXT PRIMARY KEY, score REAL NOT NULL, signature TEXT NOT NULL
);
""",
    2: """
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    value TEXT NOT NULL
);
""",
    # Metrics of before are measured again, as their stage's version has changed.
    3: """
DROP TABLE metrics;
CREATE TABLE metrics (
    name TEXT PRIMARY KEY, score REAL NOT NULL, signature TEXT NOT NULL, mean REAL NOT NULL,
    margin REAL NOT NULL
);
CREATE TABLE reference_scores (
    segment_ids TEXT PRIMARY KEY, reference TEXT NOT NULL, bleu REAL NOT NULL, chrf REAL NOT NULL,
    ter REAL NOT NULL
);
""",
    4: """
ALTER TABLE memory ADD COLUMN words TEXT NOT NULL DEFAULT '[]';
""",
    5: """
ALTER TABLE memory RENAME COLUMN first TO outcomes;
UPDATE memory SET outcomes = '[]';
ALTER TABLE occurrences ADD COLUMN decision TEXT NOT NULL DEFAULT 'none';
""",
    6: """
ALTER TABLE findings ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE findings ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0;
""",
}

# The tables that hold what a stage gave; publishing leaves files instead.
_ROWS: Mapping[Stage, tuple[str, ...]] = {
    Stage.READ: ("document", "notices", "blocks"),
    Stage.SEGMENT: ("segments",),
    Stage.TRANSLATE: ("translations", "occurrences"),
    Stage.SCORE: ("findings", "metrics", "reference_scores"),
    Stage.PUBLISH: (),
}

_Row = TypeVar("_Row", Block, Segment, Occurrence, Finding, Metric, Notice, ReferenceScore)


class Store:
    """One job's database; every writing method must run inside ``transaction``."""

    def __init__(self, path: Path) -> None:
        """Open the database, making the tables it lacks.

        Raises JobError where it is damaged, cannot be written, or was made by a newer version.
        """
        self.path = path
        with self._explained():
            self._db = sqlite3.connect(path, isolation_level=None, timeout=10)
            self._db.row_factory = sqlite3.Row
            self._db.executescript("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL")
            if self._version() < SCHEMA_VERSION:
                with self.transaction():
                    # Another process may have made the tables while this one waited.
                    for version in range(self._version() + 1, SCHEMA_VERSION + 1):
                        for statement in _CHANGES_OF_VERSION[version].split(";"):
                            self._db.execute(statement)
                        self._db.execute(f"PRAGMA user_version={version}")
            if self._version() != SCHEMA_VERSION:
                raise JobError(
                    f"{path} was made by another version of Enregard (format {self._version()}, "
                    f"this one reads {SCHEMA_VERSION}); run the text again as a new job"
                )

    def _version(self) -> int:
        version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        return version

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            remedy = "free some space on the disk, check that the folder can be written, and resume"
            if "malformed" in str(error):
                remedy = (
                    "restore it from a backup, or run the text again in another --output folder"
                )
            elif "not a database" in str(error):
                remedy = "it was changed by something else: run the text again in another folder"
            raise JobError(f"{self.path} cannot be used ({error}); {remedy}") from None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything written inside, or nothing."""
        with self._explained():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    # Stage runs, snapshots, events

    def finished(self, stage: Stage) -> str | None:
        """Give the fingerprint under which the stage was last finished, or None."""
        row = self._one("SELECT fingerprint FROM stage_runs WHERE stage = ?", stage)
        return row["fingerprint"] if row else None

    def finish(self, stage: Stage, fingerprint: str, at: str) -> None:
        """Record that the stage's rows are complete for this fingerprint."""
        self._run("REPLACE INTO stage_runs VALUES (?, ?, ?)", stage, fingerprint, at)

    def reopen(self, stages: Iterable[Stage]) -> None:
        """Record that these stages are to be done again, and drop what they gave.

        What the memory holds stays: it is keyed by what it was made from.
        """
        for stage in stages:
            self._run("DELETE FROM stage_runs WHERE stage = ?", stage)
            for table in _ROWS[stage]:
                self._run(f"DELETE FROM {table}")

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
            raise JobError(f"{self.path} is damaged; run the text again from its file") from None

    def log(self, at: str, stage: Stage, message: str) -> None:
        """Append a line to the job's history."""
        self._run("INSERT INTO events (at, stage, message) VALUES (?, ?, ?)", at, stage, message)

    # Decisions

    def decide(self, at: str, kind: str, key: str, value: Mapping[str, object]) -> None:
        """Append a person's decision; a later one of the same kind and key replaces an earlier.

        ``key`` names what was decided on by its content, so that it is found again after a re-run.
        """
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        self._run(
            "INSERT INTO decisions (at, kind, key, value) VALUES (?, ?, ?, ?)", at, kind, key, text
        )

    def decisions(self) -> tuple[Decision, ...]:
        """Give every decision ever made on this job, oldest first."""
        rows = self._all("SELECT * FROM decisions ORDER BY id")
        try:
            return tuple(
                Decision(**{**dict(row), "value": json.loads(row["value"])}) for row in rows
            )
        except ValueError:
            raise JobError(f"{self.path} is damaged; restore it from a backup") from None

    # Read and segment

    def add_document(self, document: Document) -> None:
        """Store the document."""
        self._run(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?)",
            document.sha256,
            document.title,
            document.author,
            document.date,
            document.language,
        )
        self._insert("notices", document.notices)
        self._insert("blocks", document.blocks)

    def document(self) -> Document:
        """Give the stored document; raises JobError before the read stage has run."""
        row = self._one("SELECT * FROM document")
        if row is None:
            raise JobError(f"{self.path.parent.name} has not been read yet; resume it first")
        blocks = tuple(
            Block(**{**dict(block), "kind": BlockKind(block["kind"])})
            for block in self._all('SELECT * FROM blocks ORDER BY "index"')
        )
        notices = tuple(Notice(**dict(notice)) for notice in self._all("SELECT * FROM notices"))
        return Document(blocks=blocks, notices=notices, **dict(row))

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

    def remembered(self, fingerprint: str) -> tuple[Translation, tuple[Outcome, ...]] | None:
        """Give what the memory holds: a translation without segment id, an outcome a match."""
        row = self._one("SELECT * FROM memory WHERE fingerprint = ?", fingerprint)
        if row is None:
            return None
        outcomes = tuple(Outcome(*each) for each in json.loads(row["outcomes"]))
        return _translation("", row), outcomes

    def remember(
        self, fingerprint: str, translation: Translation, outcomes: Iterable[Outcome]
    ) -> None:
        """Put a translation in the memory, with what was done about each match."""
        self._run(
            "REPLACE INTO memory VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            fingerprint,
            translation.text,
            translation.confidence,
            translation.finished,
            translation.engine,
            translation.note,
            json.dumps([(each.method, each.reason) for each in outcomes], ensure_ascii=False),
            json.dumps(translation.words),
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

    # Score

    def add_score(
        self,
        findings: Iterable[Finding],
        metrics: Iterable[Metric],
        reference_scores: Iterable[ReferenceScore],
    ) -> None:
        """Store findings, in order, and what was measured against a reference."""
        self._insert("findings", findings)
        self._insert("metrics", metrics)
        self._insert("reference_scores", reference_scores)

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

    def counts(self) -> tuple[int, int, dict[str, int]]:
        """Count segments, delivered translations, and findings by severity."""
        one = "SELECT count(*) AS n FROM "
        rows = self._all(
            "SELECT severity, count(*) AS n FROM findings WHERE NOT dismissed GROUP BY severity"
        )
        found = {row["severity"]: row["n"] for row in rows}
        segments, translations = (self._all(one + t)[0]["n"] for t in ("segments", "translations"))
        return segments, translations, {severity: found.get(severity, 0) for severity in Severity}

    # Plumbing

    def _insert(self, table: str, rows: Iterable[_Row]) -> None:
        for row in rows:
            names = ", ".join(f'"{field.name}"' for field in fields(row))
            values = [
                json.dumps(value) if isinstance(value, tuple) else value
                for value in asdict(row).values()
            ]
            marks = ", ".join("?" * len(values))
            self._db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)

    def _run(self, statement: str, *values: object) -> None:
        self._db.execute(statement, values)

    def _one(self, query: str, *values: object) -> sqlite3.Row | None:
        with self._explained():
            row: sqlite3.Row | None = self._db.execute(query, values).fetchone()
            return row

    def _all(self, query: str, *values: object) -> list[sqlite3.Row]:
        with self._explained():
            return self._db.execute(query, values).fetchall()


def _translation(segment_id: str, row: sqlite3.Row) -> Translation:
    return Translation(
        segment_id,
        row["text"],
        row["confidence"],
        bool(row["finished"]),
        row["engine"],
        row["note"],
        tuple(json.loads(row["words"])),
    )


def open_store(path: Path) -> Store:
    """Open the database of a job that was started; raises JobError where it was not."""
    if not path.exists():
        raise JobError(f"{path.parent.name} was never started; run its text again")
    return Store(path)


def _span(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    start, end = json.loads(text)
    return start, end
