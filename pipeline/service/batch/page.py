"""What came of a batch's documents in; the page that sums it up, one HTML file, out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.service.batch.ledger import DocumentRecord
from pipeline.stages.publish.figures import distribution, per_thousand
from pipeline.stages.publish.render.layouts import theme_css
from pipeline.stages.publish.render.plots import Plot, plotted
from pipeline.stages.publish.render.templates import digest, fill_trusted, read_asset
from pipeline.stages.publish.render.typefaces import core_faces, data_url, font_css
from pipeline.text import clean

# Documents shown of a long batch, those to read first first; ``batch.json`` has them all.
_MOST = 1000
# Values of which a plot says something.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document on the page: what it is called, what is known, and where its edition is."""

    name: str
    record: DocumentRecord
    share: str
    found: str
    speed: str

    @property
    def address(self) -> str:
        """Where its job's folder is, seen from the page."""
        return f"../../{self.record.job}"


def render_batch(
    name: str,
    totals: Mapping[str, object],
    records: Sequence[DocumentRecord],
    theme: Mapping[str, str],
) -> str:
    """Return the page: self-contained, without a script; ``records`` in the order shown."""
    css = "\n".join(
        [
            font_css(core_faces(), data_url),
            read_asset("reader.css").replace("/* THEME */", theme_css(theme)),
            read_asset("quality.css"),
        ]
    )
    policy = (
        f"default-src 'none'; style-src '{digest(css)}'; font-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    root = _root(records)
    rows = [_row(record, root) for record in records]
    made = [row for row in rows if row.record.is_published]
    return fill_trusted(
        "batch.html",
        css=css,
        script="",
        policy=policy,
        batch=name,
        totals=totals,
        plots=list(_plots([row.record for row in made])),
        failed=[row for row in rows if not row.record.is_published],
        made=made[:_MOST],
        left_out=max(len(made) - _MOST, 0),
    )


def _root(records: Sequence[DocumentRecord]) -> Path:
    """Give the folder that all documents lie in, which their names need not repeat."""
    folders = {str(Path(record.path).parent) for record in records}
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:
        return Path()


def _row(record: DocumentRecord, root: Path) -> DocumentRow:
    path = Path(record.path)
    name = str(path.relative_to(root)) if path.is_relative_to(root) else record.path
    share, speed = record.error_share, record.speed
    look = record.findings.get("look", 0)
    return DocumentRow(
        clean(name)[0],
        record,
        "–" if share is None else f"{100 * share:.0f} %",
        f"{record.findings.get('block', 0)} / {look}",
        "–" if speed is None else f"{speed:.0f}",
    )


def _plots(records: Sequence[DocumentRecord]) -> Iterator[Plot]:
    shares = [each.error_share for each in records if each.error_share is not None]
    rates = [
        per_thousand(each.findings.get("block", 0) + each.findings.get("look", 0), each.words)
        for each in records
        if each.words
    ]
    speeds = [each.speed for each in records if each.speed is not None]
    for title, caption, values, high, digits in (
        (
            "Sentences with a serious error",
            "The estimated share of each document’s. Further right is worse.",
            shares,
            1.0,
            0,
        ),
        (
            "Findings in 1,000 words",
            "To mend and to look at, of each document. Further right is worse.",
            rates,
            _ceiling(rates),
            0,
        ),
        (
            "French words a second",
            "Of each document’s run, from file to edition.",
            speeds,
            _ceiling(speeds),
            0,
        ),
    ):
        if len(values) >= _FEWEST:
            yield plotted(distribution(title, values, 0.0, high), title, caption, digits)


def _ceiling(values: Sequence[float]) -> float:
    """Give a round number that is no smaller than any of the values."""
    highest, step = max(values, default=1.0), 1.0
    while step * 10 < highest:
        step *= 10
    return next(step * number for number in (1, 2, 5, 10) if step * number >= highest)
