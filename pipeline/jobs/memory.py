"""French sentences in; the English that people approved for them in any job, out: one SQLite file.

A pair is known by its French, but for spaces, quotation marks and apostrophes, and its English.
What is exactly alike is for use; what is nearly alike is for people to look at.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import ClassVar, Final

from pipeline.alike import ranked
from pipeline.jobs.database import Database
from pipeline.jobs.rows import made, sound
from pipeline.language.substitution import substituted
from pipeline.text import fold

FILE = "memory.sqlite3"

_SPACES: Final = re.compile(r"\s+")
_SAME: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "«": '"', "»": '"', "“": '"', "”": '"'})
_QUOTE_SPACES: Final = re.compile(r'(?<=")\s+|\s+(?=")')
_WORD: Final = re.compile(r"[^\W_]+")
_BATCH: Final = 500
_CHUNK: Final = 20_000
# How many sentences that share a rare word are compared, and how many rare words are tried.
_MOST_COMPARED: Final = 2_000
_MOST_WORDS: Final = 6
# Numbers and names alone differ: as good as the same, however long they are.
_BUT_NAMES: Final = 0.99
_LEAST_BUT_NAMES: Final = 0.5


@dataclass(frozen=True, slots=True)
class ApprovedPair:
    """A sentence and its approved English: from which job, since when, by whom, how it came in.

    ``glossary`` is the hash of the glossary that it was approved under, "" where there was none.
    """

    source: str
    target: str
    job: str = ""
    at: str = ""
    author: str = ""
    origin: str = ""
    glossary: str = ""


@dataclass(frozen=True, slots=True)
class NearPair:
    """A pair whose French is nearly alike: how alike, from 0 to 1, and the English to begin with.

    ``text`` is the pair's English, with the numbers and names of the new sentence where these alone
    differ.
    """

    pair: ApprovedPair
    likeness: float
    text: str


@dataclass(frozen=True, slots=True)
class MemoryStats:
    """How much a memory holds: pairs, different French sentences, and pairs by origin."""

    pairs: int
    sentences: int
    origins: tuple[tuple[str, int], ...]


class Memory(Database):
    """The pairs that people approved, over all jobs."""

    changes: ClassVar = {
        1: """
CREATE TABLE pairs (
    id INTEGER PRIMARY KEY, key INTEGER NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
    job TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, origin TEXT NOT NULL,
    glossary TEXT NOT NULL
);
CREATE UNIQUE INDEX pairs_by_key ON pairs (key, target);
CREATE VIRTUAL TABLE words USING fts5(
    source, target, content=pairs, content_rowid=id, detail=column,
    tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE frequencies (
    word TEXT PRIMARY KEY, sentences INTEGER NOT NULL
) WITHOUT ROWID
"""
    }

    def add(self, pairs: Iterable[ApprovedPair]) -> int:
        """Add pairs, all or none; give how many are new. One that is there is brought up to date.

        It says who approved it last: an older approval that comes in again changes nothing.
        How often a word stands is only used to tell rare words, and never counted down.
        """
        found = iter(pairs)
        with self.transaction():
            before = self._newest()
            while chunk := list(islice(found, _CHUNK)):
                self._add(chunk)
            # Only a new pair takes a number, the next one.
            return self._newest() - before

    def _newest(self) -> int:
        row = self._one("SELECT coalesce(max(id), 0) AS id FROM pairs")
        return int(row["id"]) if row else 0

    def _add(self, pairs: Sequence[ApprovedPair]) -> None:
        last = self._newest()
        self._db.executemany(
            "INSERT INTO pairs (key, source, target, job, at, author, origin, glossary) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key, target) DO UPDATE SET "
            "job = excluded.job, at = excluded.at, author = excluded.author, "
            "origin = excluded.origin, glossary = excluded.glossary "
            "WHERE excluded.at >= pairs.at",
            [
                (_key(p.source), p.source, p.target, p.job, p.at, p.author, p.origin, p.glossary)
                for p in pairs
            ],
        )
        self._run(
            "INSERT INTO words (rowid, source, target) "
            "SELECT id, source, target FROM pairs WHERE id > ?",
            last,
        )
        # A pair that was there is not counted again.
        new = self._all("SELECT source FROM pairs WHERE id > ?", last)
        counts = Counter(word for row in new for word in frozenset(_words(row["source"])))
        self._db.executemany(
            "INSERT INTO frequencies VALUES (?, ?) "
            "ON CONFLICT (word) DO UPDATE SET sentences = sentences + excluded.sentences",
            counts.items(),
        )

    @sound
    def exact(self, sources: Iterable[str]) -> dict[str, ApprovedPair]:
        """Give for each French sentence that is known the pair that was approved last."""
        keys = {source: _key(source) for source in dict.fromkeys(sources)}
        by_key: dict[int, ApprovedPair] = {}
        wanted = list(dict.fromkeys(keys.values()))
        for start in range(0, len(wanted), _BATCH):
            some = wanted[start : start + _BATCH]
            marks = ", ".join("?" * len(some))
            rows = self._all(f"SELECT * FROM pairs WHERE key IN ({marks}) ORDER BY at, id", *some)
            by_key |= {row["key"]: made(ApprovedPair, row) for row in rows}
        return {
            source: pair
            for source, key in keys.items()
            if (pair := by_key.get(key)) and normal(pair.source) == normal(source)
        }

    @sound
    def suggestions(self, source: str, least: float = 0.75, limit: int = 3) -> list[NearPair]:
        """Give pairs whose French is nearly alike, the likest first; the same itself is none.

        Those are compared that have one of the sentence's rarest words in common with it.
        """
        rare = self._rarest(source)
        if not rare:
            return []
        query = "source : (" + " OR ".join(f'"{word}"' for word in rare) + ")"
        rows = self._all(
            "SELECT pairs.id, pairs.source FROM words CROSS JOIN pairs ON pairs.id = words.rowid "
            "WHERE words MATCH ? AND length(pairs.source) BETWEEN ? AND ? LIMIT ?",
            query,
            int(len(source) * 0.6),
            int(len(source) / 0.6) + 1,
            _MOST_COMPARED,
        )
        # What is likest as it stands is compared once more, as the memory compares.
        lowest, wide = min(least, _LEAST_BUT_NAMES), 4 * limit
        nearest = ranked(source, [row["source"] for row in rows], lowest - 0.1, wide)
        pairs = self._pairs([rows[place]["id"] for place, _ in nearest])
        asked = normal(source)
        others = [pair for pair in pairs if normal(pair.source) != asked]
        found = []
        for place, likeness in ranked(asked, [normal(o.source) for o in others], lowest, wide):
            pair = others[place]
            text = substituted(source, pair.source, pair.target)
            better = max(likeness, _BUT_NAMES) if text else likeness
            if better >= least:
                found.append(NearPair(pair, better, text or pair.target))
        return sorted(found, key=lambda each: -each.likeness)[:limit]

    def _pairs(self, ids: Sequence[int]) -> list[ApprovedPair]:
        marks = ", ".join("?" * len(ids))
        rows = self._all(f"SELECT * FROM pairs WHERE id IN ({marks})", *ids)
        by_id = {row["id"]: made(ApprovedPair, row) for row in rows}
        return [by_id[each] for each in ids]

    def _rarest(self, source: str) -> list[str]:
        words = list(dict.fromkeys(_words(source)))[:200]
        marks = ", ".join("?" * len(words))
        rows = self._all(
            f"SELECT word, sentences FROM frequencies WHERE word IN ({marks}) ORDER BY sentences",
            *words,
        )
        chosen: list[str] = []
        compared = 0
        for row in rows[:_MOST_WORDS]:
            compared += row["sentences"]
            if chosen and compared > _MOST_COMPARED:
                break
            chosen.append(row["word"])
        return chosen

    @sound
    def search(self, text: str, limit: int = 20) -> list[ApprovedPair]:
        """Give pairs that have all these words, in French or in English; the newest first."""
        words = _words(text)
        if not words:
            return []
        rows = self._all(
            "SELECT pairs.* FROM words CROSS JOIN pairs ON pairs.id = words.rowid "
            "WHERE words MATCH ? ORDER BY pairs.at DESC, pairs.id DESC LIMIT ?",
            " AND ".join(f'"{word}"' for word in words),
            limit,
        )
        return [made(ApprovedPair, row) for row in rows]

    def pairs(self) -> Iterator[ApprovedPair]:
        """Give every pair, the oldest first; raises JobError where one is damaged."""
        with self._explained():
            for row in self._db.execute("SELECT * FROM pairs ORDER BY id"):
                yield self._pair(row)

    @sound
    def _pair(self, row: sqlite3.Row) -> ApprovedPair:
        return made(ApprovedPair, row)

    @sound
    def rename(self, job: str, name: str) -> None:
        """Follow a job that has another name from now on."""
        with self.transaction():
            self._run("UPDATE pairs SET job = ? WHERE job = ?", name, job)

    def forget(self, source: str = "", job: str = "") -> int:
        """Remove the pairs of a French sentence, of a job, or both; give how many that were."""
        tests = {"key = ?": _key(source) if source else None, "job = ?": job or None}
        given = {test: value for test, value in tests.items() if value is not None}
        where = " AND ".join(given) or "0"
        with self.transaction():
            rows = self._all(f"SELECT id, source, target FROM pairs WHERE {where}", *given.values())
            for row in rows:
                self._run(
                    "INSERT INTO words (words, rowid, source, target) VALUES ('delete', ?, ?, ?)",
                    *row,
                )
            self._run(f"DELETE FROM pairs WHERE {where}", *given.values())
        return len(rows)

    @sound
    def stats(self) -> MemoryStats:
        """Tell how much it holds."""
        rows = self._all("SELECT origin, count(*) AS n FROM pairs GROUP BY origin ORDER BY origin")
        sentences = self._all("SELECT count(DISTINCT key) AS n FROM pairs")[0]["n"]
        origins = tuple((row["origin"], row["n"]) for row in rows)
        return MemoryStats(sum(count for _, count in origins), sentences, origins)


def normal(text: str) -> str:
    """Give a sentence as it is compared: spaces, quotation marks and apostrophes of one kind."""
    return _QUOTE_SPACES.sub("", _SPACES.sub(" ", text).strip().translate(_SAME))


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _key(text: str) -> int:
    digest = hashlib.blake2b(normal(text).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def open_memory(folder: Path) -> Memory | None:
    """Open the memory beside the jobs in a folder; None where nothing was ever put in one."""
    path = folder / FILE
    return Memory(path) if path.is_file() else None
