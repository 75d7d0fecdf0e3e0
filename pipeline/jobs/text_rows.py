"""A text, its sentences and their English in; rows of a job's database out, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from pipeline.errors import Act, JobError, Remedy
from pipeline.jobs.revisions import RevisionRows
from pipeline.jobs.rows import made, sound
from pipeline.model import (
    Block,
    Document,
    Doubt,
    Notice,
    Occurrence,
    Segment,
    Translated,
    Translation,
)


class TextRows(RevisionRows):
    """What the first three stages gave, in a job's database, and its memory of translations."""

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
            told(translation.measured.doubts if translation.measured else ()),
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


def told(doubts: Iterable[Doubt]) -> str:
    """Give what checks hold against a text as it is stored."""
    return json.dumps([asdict(doubt) for doubt in doubts], ensure_ascii=False)


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
