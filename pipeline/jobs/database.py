"""A path in, an SQLite database brought up to date out: tables, transactions, errors in words.

Rollback journal and full synchronisation: the write-ahead log of SQLite before 3.51.3 can lose
data.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pipeline.errors import Act, JobError, Remedy, remedy_of
from pipeline.files import PRIVATE, explain

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# What to do where SQLite says so, and otherwise.
_REMEDIES: Mapping[str, tuple[str | Remedy, ...]] = {
    "": ("check the disk and the folder's permissions, and resume",),
    "is full": ("free some space on the disk, and resume",),
    # Also what SQLite says where a quota or a limit of file size is reached.
    "disk I/O error": ("free some space or check the disk, and resume",),
    "readonly": ("check the folder and its permissions, and resume",),
    "unable to open": ("check the folder and its permissions, and resume",),
    "is locked": ("wait for the other command, and try again",),
    "malformed": ("restore it from a backup", Remedy(Act.RUN_ELSEWHERE)),
    "not a database": ("run the text again in another folder: something else changed it",),
}

# What each version changed in the tables before it: an older database is brought up to date.
CHANGES_OF_VERSION: Mapping[int, str] = {
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
    7: """
ALTER TABLE memory ADD COLUMN origin TEXT NOT NULL DEFAULT 'engine';
ALTER TABLE memory ADD COLUMN split INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memory ADD COLUMN retried INTEGER NOT NULL DEFAULT 0;
UPDATE memory SET origin = 'person' WHERE note = 'edited';
UPDATE memory SET origin = 'copied' WHERE note = 'copied';
UPDATE memory SET split = 1 WHERE note LIKE '%split%';
UPDATE memory SET retried = 1 WHERE note LIKE '%retried%';
ALTER TABLE memory DROP COLUMN note;
""",
    # Ranks of before are worked out when the score stage runs again, as its version has changed.
    8: """
CREATE TABLE ranks (
    segment_id TEXT PRIMARY KEY, risk REAL NOT NULL, sureness REAL, percentile REAL,
    unanswered REAL, weak_words TEXT NOT NULL
);
""",
    9: """
ALTER TABLE memory ADD COLUMN lexicon TEXT NOT NULL DEFAULT '[]';
""",
    10: """
ALTER TABLE document ADD COLUMN scopes TEXT NOT NULL DEFAULT '[]';
""",
    11: """
CREATE TABLE checked (
    fingerprint TEXT NOT NULL
);
CREATE TABLE doubts (
    "check" TEXT NOT NULL, severity TEXT NOT NULL, segment_id TEXT NOT NULL, message TEXT NOT NULL,
    source_span TEXT, target_span TEXT, beyond TEXT NOT NULL, step INTEGER NOT NULL
);
""",
    12: """
CREATE TABLE facts (
    name TEXT PRIMARY KEY, value TEXT NOT NULL
);
ALTER TABLE decisions ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN origin TEXT NOT NULL DEFAULT '';
""",
    13: """
CREATE TABLE revisions (
    number INTEGER PRIMARY KEY, begun TEXT NOT NULL, source_name TEXT NOT NULL, sha256 TEXT NOT NULL
);
CREATE TABLE earlier (
    revision INTEGER NOT NULL, segment_id TEXT NOT NULL, source TEXT NOT NULL,
    target TEXT NOT NULL, origin TEXT NOT NULL, state TEXT NOT NULL, reviewer TEXT NOT NULL
);
""",
    14: """
ALTER TABLE blocks ADD COLUMN marks TEXT NOT NULL DEFAULT '[]';
""",
    15: """
CREATE TABLE recalled (
    source TEXT PRIMARY KEY, text TEXT NOT NULL
);
""",
    16: """
ALTER TABLE document ADD COLUMN front TEXT NOT NULL DEFAULT '{}';
""",
    17: """
ALTER TABLE ranks ADD COLUMN probability REAL;
ALTER TABLE ranks ADD COLUMN lost_words TEXT NOT NULL DEFAULT '[]';
ALTER TABLE ranks ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
""",
    18: """
ALTER TABLE memory ADD COLUMN basis TEXT;
ALTER TABLE memory ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]';
DROP TABLE doubts;
DELETE FROM checked;
ALTER TABLE checked ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]';
""",
    19: """
ALTER TABLE memory ADD COLUMN entropies TEXT NOT NULL DEFAULT '[]';
""",
}


def now() -> str:
    """Give the time as a job's rows have it: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def moment() -> str:
    """Give the time so finely that what is stored together is told from what comes after it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _made_ready(path: Path) -> None:
    """Make a file for a new database that is private; SQLite's would be as the umask has it.

    Raises OSError for what is no ordinary file: SQLite would follow a link, and wait for a pipe. An
    existing file must not be opened here: to close it would undo SQLite's locks.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file")
    except FileNotFoundError:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE & 0o666))


class Database:
    """A database file; whatever writes to it must run inside ``transaction``."""

    changes: ClassVar[Mapping[int, str]] = CHANGES_OF_VERSION

    def __init__(self, path: Path) -> None:
        """Open the database, making the tables it lacks.

        Raises JobError where it is damaged, cannot be written, or was made by a newer version.
        """
        self.path = path
        try:
            _made_ready(path)
        except OSError as error:
            raise JobError(
                f"… cannot be used ({explain(error)})", remedy_of(error), where=path
            ) from None
        with self._explained():
            self._db = sqlite3.connect(path, isolation_level=None, timeout=10)
            self._db.row_factory = sqlite3.Row
            self._db.executescript("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL")
            newest = max(self.changes)
            if self._version() < newest:
                with self.transaction():
                    # Another process may have made the tables while this one waited.
                    for version in range(self._version() + 1, newest + 1):
                        for statement in self.changes[version].split(";"):
                            self._db.execute(statement)
                        self._db.execute(f"PRAGMA user_version={version}")
            if self._version() != newest:
                raise JobError(
                    f"… was made by another version of Enregard (format {self._version()}, "
                    f"this one reads {newest})",
                    "run the text again as a new job",
                    where=path,
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
            told = max((told for told in _REMEDIES if told in str(error)), key=len)
            raise JobError(
                f"… cannot be used ({error})", *_REMEDIES[told], where=self.path
            ) from None

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

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read one state of the database inside, whatever others write meanwhile."""
        if self._db.in_transaction:
            yield
            return
        with self._explained():
            self._db.execute("BEGIN")
        try:
            yield
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _insert(self, table: str, rows: Iterable[DataclassInstance]) -> None:
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
