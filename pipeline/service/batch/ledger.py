"""What came of each document of a batch, kept on disk a line a document; a killed batch goes on.

A line is written and flushed when a document is done, so that a kill loses none of them; a line
that a kill cut off is no line. Of several about one document the last counts.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.files import in_full, storing, write_atomic

FILE = "documents.jsonl"


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What came of a document: the job it has, or the problem that kept it from an edition.

    ``sha256`` is that of its bytes, ``plan`` a hash of all else that was asked for. ``findings``
    are by severity. About ``expected_errors`` of the ``estimated`` sentences have a serious error.
    ``seconds`` are those that its last run took, without what it waited for others; ``page`` is the
    file of the edition to open first.
    """

    path: str
    state: str
    sha256: str = ""
    plan: str = ""
    job: str = ""
    title: str = ""
    segments: int = 0
    words: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    estimated: int = 0
    expected_errors: float = 0.0
    seconds: float = 0.0
    page: str = ""
    problem: str = ""

    @property
    def is_published(self) -> bool:
        """Whether it has its edition."""
        return self.state == "published"

    @property
    def error_share(self) -> float | None:
        """The share of its sentences that probably have a serious error; None where unknown."""
        return self.expected_errors / self.estimated if self.estimated else None

    @property
    def risk(self) -> tuple[bool, float, float]:
        """What orders documents, the one to read first having the highest."""
        found = self.findings.get("block", 0), self.findings.get("look", 0)
        weight = (4 * found[0] + found[1]) / max(self.words, 1)
        return not self.is_published, self.error_share or 0.0, weight

    @property
    def speed(self) -> float | None:
        """French words a second; None where it was not run."""
        return self.words / self.seconds if self.seconds and self.words else None


class Ledger:
    """The records of a batch, by the path of their document.

    They stay on disk: of ten thousand documents it is only known where their lines begin.
    """

    def __init__(self, folder: Path) -> None:
        """Look through what there is; the caller holds the batch's lock."""
        self._path = folder / FILE
        self._places: dict[str, int] = {}
        self._lock = threading.Lock()
        with storing(f"the batch in {folder}"):
            data = self._path.read_bytes() if self._path.exists() else b""
            lines = {
                record.path: line + b"\n"
                for line in data.splitlines()
                if (record := _record(line)) is not None
            }
            if data:
                # Lines that do not count are dropped: the file shall not grow with every run.
                write_atomic(self._path, b"".join(lines.values()))
        place = 0
        for path, line in lines.items():
            self._places[path] = place
            place += len(line)

    def get(self, path: Path) -> DocumentRecord | None:
        """Give what is known of a document."""
        place = self._places.get(str(in_full(path)))
        if place is None:
            return None
        with storing(f"the batch in {self._path.parent}"), self._path.open("rb") as stream:
            stream.seek(place)
            return _record(stream.readline())

    def owners(self) -> Iterator[tuple[str, str]]:
        """Give each job, and the path of the document that it belongs to."""
        for path in self._places:
            record = self.get(Path(path))
            if record is not None and record.job:
                yield record.job, path

    def add(self, record: DocumentRecord) -> None:
        """Keep what came of a document; raises JobError where it cannot be written."""
        line = _line(record)
        with (
            self._lock,
            storing(f"the batch in {self._path.parent}"),
            self._path.open("ab") as stream,
        ):
            place = stream.tell()
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
            self._places[record.path] = place


def _line(record: DocumentRecord) -> bytes:
    # In ASCII: the name of a file may hold bytes that are no text.
    return json.dumps(asdict(record)).encode("ascii") + b"\n"


def _record(line: bytes) -> DocumentRecord | None:
    try:
        value: dict[str, Any] = json.loads(line)
        return DocumentRecord(**value)
    except (ValueError, TypeError):
        return None
