"""What came of a batch's documents in; the figures of the whole, ``batch.json`` and a page, out."""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import JobError
from pipeline.files import storing, write_atomic, write_pieces
from pipeline.model import Severity
from pipeline.service.batch.ledger import DocumentRecord
from pipeline.service.batch.page import Figures, render_batch
from pipeline.text import clean

Records = Callable[[], Iterable[DocumentRecord]]
JSON, PAGE = "batch.json", "batch.html"
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Totals:
    """A batch as a whole: its documents, those published, and sums over these.

    ``seconds`` are those of each document's last run added up.
    """

    documents: int
    published: int
    segments: int
    words: int
    findings: Mapping[str, int]
    estimated: int
    expected_errors: float
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Whether every document has its edition."""
        return self.published == self.documents


# Documents that the page shows of a long batch, those to read first first; batch.json has them all.
_MOST = 1000


def totals_of(documents: int, records: Iterable[DocumentRecord]) -> Totals:
    """Sum up what came of so many documents, as far as they were looked at."""
    published = segments = words = estimated = 0
    expected = seconds = 0.0
    findings = dict.fromkeys((tier.value for tier in Severity), 0)
    for each in records:
        if not each.is_published:
            continue
        published += 1
        segments, words = segments + each.segments, words + each.words
        estimated, expected = estimated + each.estimated, expected + each.expected_errors
        seconds += each.seconds
        for tier in findings:
            findings[tier] += each.findings.get(tier, 0)
    return Totals(
        documents=documents,
        published=published,
        segments=segments,
        words=words,
        findings=findings,
        estimated=estimated,
        expected_errors=round(expected, 2),
        seconds=round(seconds, 2),
    )


def to_read_first(records: Iterable[DocumentRecord], most: int | None) -> list[DocumentRecord]:
    """Give those that have no edition, and of the others as many as are wanted, the worst first."""
    failed: list[DocumentRecord] = []

    def made() -> Iterator[DocumentRecord]:
        for each in records:
            if each.is_published:
                yield each
            else:
                failed.append(each)

    found = (
        sorted(made(), key=_risk, reverse=True)
        if most is None
        else heapq.nlargest(most, made(), key=_risk)
    )
    return sorted(failed, key=_risk, reverse=True) + found


def write_summary(
    folder: Path, documents: int, records: Records, theme: Mapping[str, str]
) -> Totals:
    """Write ``batch.json`` and ``batch.html`` in a batch's folder, each whole or not at all.

    The records are gone through several times, and never held all at once.
    """
    totals = totals_of(documents, records())
    pieces = (piece.encode() for piece in _json(folder.name, totals, records()))
    write_pieces(folder / JSON, pieces, True, JobError, "make room there and try again")
    shown = to_read_first(records(), _MOST)
    page = render_batch(folder.name, asdict(totals), shown, Figures.of(records()), theme)
    with storing(f"the batch in {folder}"):
        write_atomic(folder / PAGE, page.encode())
    return totals


def _risk(record: DocumentRecord) -> tuple[bool, float, float]:
    return record.risk


def _json(name: str, totals: Totals, records: Iterable[DocumentRecord]) -> Iterable[str]:
    """Give the summary, a document a line: the file can be long."""
    head = json.dumps(
        {"schema": _SCHEMA, "batch": name, "totals": asdict(totals)}, ensure_ascii=False
    )
    yield head[:-1] + ',\n"documents": [\n'
    parting = ""
    for each in records:
        yield parting + json.dumps(record_json(each), ensure_ascii=False)
        parting = ",\n"
    yield "\n]}\n"


def record_json(record: DocumentRecord) -> dict[str, object]:
    """Give a document's record, as documented in docs/formats.md."""
    values = asdict(record)
    del values["plan"]
    share = record.error_share
    return values | {
        "path": clean(record.path)[0],
        "job": record.job or None,
        "problem": record.problem or None,
        "error_share": None if share is None else round(share, 4),
        "words_per_second": record.speed and round(record.speed, 1),
    }
