"""Stage 5: the content of an edition in, the bytes of its files out."""

from __future__ import annotations

import json

from pipeline.model import EditionContent
from pipeline.render import render_html, render_pdf
from pipeline.report import report, segment_records

VERSION = 1

HTML = "edition.html"
PDF = "edition.pdf"
REPORT = "report.json"
SEGMENTS = "segments.jsonl"


def publish(content: EditionContent, page_size: str, html: bool, pdf: bool) -> dict[str, bytes]:
    """Make the files of an edition, by name; the same content gives the same bytes.

    ``report.json`` and ``segments.jsonl`` are always among them. Raises PublishError where a
    segment is not exactly once on both sides, or a renderer fails.
    """
    records = segment_records(
        content.segments, content.translations, content.occurrences, content.findings
    )
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    summary = json.dumps(report(content), ensure_ascii=False, indent=2) + "\n"
    files = {REPORT: summary.encode(), SEGMENTS: "".join(lines).encode()}
    if html:
        files[HTML] = render_html(content).encode()
    if pdf:
        files[PDF] = render_pdf(content, page_size)
    return files
