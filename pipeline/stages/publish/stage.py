"""Stage 5: the content of an edition in, the bytes of its files out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.config import PublishSettings
from pipeline.errors import PublishError
from pipeline.model import Dress, EditionContent, Scores, Translated
from pipeline.stages.publish.characters import REMEDY, named
from pipeline.stages.publish.exports import EXPORTS
from pipeline.stages.publish.figures import assess
from pipeline.stages.publish.names import HTML, PDF, QUALITY, REPORT, SEGMENTS
from pipeline.stages.publish.render import (
    PrintOptions,
    beside_house,
    build_edition,
    missing_glyphs,
    render_html,
    render_pdf,
    render_quality,
    screen_css,
)
from pipeline.stages.publish.report import report, segment_records

__all__ = [
    "HTML",
    "PDF",
    "QUALITY",
    "REPORT",
    "SEGMENTS",
    "VERSION",
    "EditionFiles",
    "attachments",
    "export",
    "publish",
]

VERSION = 13

# What the report is called among the files inside a PDF.
_REPORT = "report"


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """The files of an edition, by name, and the characters that no bundled font can draw.

    ``beside_house`` are those that the house's own fonts do not have.
    """

    files: dict[str, bytes]
    missing_glyphs: tuple[str, ...]
    beside_house: tuple[str, ...] = ()


def publish(content: EditionContent, settings: PublishSettings) -> EditionFiles:
    """Make the files of an edition; the same content and settings give the same bytes.

    ``report.json``, ``segments.jsonl`` and ``quality.html`` are always among the files. Raises
    PublishError where the text is not whole on both sides, a character cannot be drawn, or a
    renderer fails.
    """
    edition, quality = build_edition(content), assess(content)
    review = Dress()
    in_review = replace(content.dress, name=review.name, parts=review.parts)
    reviewed = (
        edition if content.dress == in_review else build_edition(replace(content, dress=in_review))
    )
    theme = content.dress.theme
    css = screen_css(edition, theme)
    css_in_review = css if reviewed is edition else screen_css(reviewed, theme)
    lacking, beside = missing_glyphs(edition), beside_house(edition)
    # A file name that is no text shows the replacement character; that is no reason to stop.
    if set(lacking) - {"\ufffd"} and settings.missing_glyphs == "fail":
        raise PublishError(f"the bundled fonts cannot draw {named(lacking)}", REMEDY)
    attached = [name for name in settings.attach if name != _REPORT]
    exported = {name: EXPORTS[name].make(content) for name in {*settings.exports, *attached}}
    records = segment_records(
        Translated(content.document, content.segments, content.translations, content.occurrences),
        Scores(
            (*content.findings, *content.dismissed),
            content.ranks,
            content.metrics,
            content.reference_scores,
        ),
        content.reviewed,
    )
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    summary = json.dumps(report(content, quality), ensure_ascii=False, indent=2) + "\n"
    files = {REPORT: summary.encode(), SEGMENTS: "".join(lines).encode()}
    files |= {EXPORTS[name].file: exported[name] for name in settings.exports}
    files[QUALITY] = render_quality(content, reviewed, quality, css_in_review).encode()
    if settings.html:
        files[HTML] = render_html(edition, css).encode()
    if settings.pdf:
        inside = {EXPORTS[name].file: exported[name] for name in attached}
        if _REPORT in settings.attach:
            inside[REPORT] = files[REPORT]
        files[PDF] = render_pdf(
            edition,
            PrintOptions(
                settings.page_size,
                settings.layout,
                justify=settings.justify,
                book=settings.book,
                press=settings.press,
                archive=settings.archive,
                theme=theme,
                attachments=inside,
            ),
        )
    return EditionFiles(files, lacking, beside)


def attachments() -> list[str]:
    """Give the names of what can be put inside a PDF."""
    return [_REPORT, *EXPORTS]


def export(content: EditionContent, formats: Iterable[str]) -> dict[str, bytes]:
    """Make the files of some formats of ``EXPORTS``, by name."""
    return {EXPORTS[name].file: EXPORTS[name].make(content) for name in formats}
