"""Stage 5: the content of an edition in, the bytes of its files out."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pipeline.model import EditionContent
from pipeline.render import build_edition, missing_glyphs, render_html, render_pdf
from pipeline.report import report, segment_records

VERSION = 1

HTML = "edition.html"
PDF = "edition.pdf"
REPORT = "report.json"
SEGMENTS = "segments.jsonl"


@dataclass(frozen=True, slots=True)
class Published:
    """The files of an edition, by name, and the characters that no bundled font can draw."""

    files: dict[str, bytes]
    missing_glyphs: tuple[str, ...]


def publish(content: EditionContent, page_size: str, html: bool, pdf: bool) -> Published:
    """Make the files of an edition; the same content gives the same bytes.

    ``page_size`` is "A4" or "Letter". ``report.json`` and ``segments.jsonl`` are always among the
    files. Raises PublishError where the text is not whole on both sides, or a renderer fails.
    """
    edition = build_edition(content)
    records = segment_records(
        content.segments, content.translations, content.occurrences, content.findings
    )
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    summary = json.dumps(report(content), ensure_ascii=False, indent=2) + "\n"
    files = {REPORT: summary.encode(), SEGMENTS: "".join(lines).encode()}
    if html:
        files[HTML] = render_html(edition).encode()
    if pdf:
        files[PDF] = render_pdf(edition, page_size)
    return Published(files, missing_glyphs(edition))
