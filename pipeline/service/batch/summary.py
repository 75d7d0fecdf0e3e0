"""What came of a batch's documents in; the figures of the whole, ``batch.json`` and a page, out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.files import storing, write_atomic
from pipeline.model import Severity
from pipeline.service.batch.ledger import DocumentRecord
from pipeline.service.batch.page import render_batch
from pipeline.text import clean

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


def totals_of(documents: int, records: Sequence[DocumentRecord]) -> Totals:
    """Sum up what came of so many documents, as far as they were looked at."""
    made = [record for record in records if record.is_published]
    return Totals(
        documents=documents,
        published=len(made),
        segments=sum(each.segments for each in made),
        words=sum(each.words for each in made),
        findings={
            tier.value: sum(each.findings.get(tier.value, 0) for each in made) for tier in Severity
        },
        estimated=sum(each.estimated for each in made),
        expected_errors=round(sum(each.expected_errors for each in made), 2),
        seconds=round(sum(each.seconds for each in made), 2),
    )


def write_summary(
    folder: Path, documents: int, records: Sequence[DocumentRecord], theme: Mapping[str, str]
) -> Totals:
    """Write ``batch.json`` and ``batch.html`` in a batch's folder, whole or not at all."""
    totals = totals_of(documents, records)
    ordered = sorted(records, key=lambda record: record.risk, reverse=True)
    with storing(f"the batch in {folder}"):
        write_atomic(folder / JSON, "".join(_json(folder.name, totals, records)).encode())
        page = render_batch(folder.name, asdict(totals), ordered, theme)
        write_atomic(folder / PAGE, page.encode())
    return totals


def _json(name: str, totals: Totals, records: Iterable[DocumentRecord]) -> Iterable[str]:
    """Give the summary, a document a line: the file can be long."""
    head = json.dumps(
        {"schema": _SCHEMA, "batch": name, "totals": asdict(totals)}, ensure_ascii=False
    )
    yield head[:-1] + ',\n"documents": [\n'
    yield ",\n".join(json.dumps(record_json(each), ensure_ascii=False) for each in records)
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
