"""What came of a batch's documents in; the page that sums it up, one HTML file, out."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.service.batch.ledger import DocumentRecord
from pipeline.stages.publish.figures import distribution, per_thousand
from pipeline.stages.publish.render.layouts import theme_css
from pipeline.stages.publish.render.plots import Plot, plotted
from pipeline.stages.publish.render.templates import digest, fill_trusted, read_asset
from pipeline.stages.publish.render.typefaces import core_faces, data_url, font_css
from pipeline.text import clean

# Values of which a plot says something.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """What is drawn of all documents that are published, and the folder that all lie in."""

    shares: Sequence[float]
    rates: Sequence[float]
    speeds: Sequence[float]
    root: Path

    @staticmethod
    def of(records: Iterable[DocumentRecord]) -> Figures:
        """Gather them."""
        shares, rates, speeds = array("d"), array("d"), array("d")
        folders = set()
        for each in records:
            folders.add(str(Path(each.path).parent))
            if not each.is_published:
                continue
            if each.error_share is not None:
                shares.append(each.error_share)
            if each.words:
                found = each.findings.get("block", 0) + each.findings.get("look", 0)
                rates.append(per_thousand(found, each.words))
            if each.speed is not None:
                speeds.append(each.speed)
        return Figures(shares, rates, speeds, _common(folders))


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
    totals: Mapping[str, Any],
    records: Sequence[DocumentRecord],
    figures: Figures,
    theme: Mapping[str, str],
) -> str:
    """Return the page: self-contained, without a script; ``records`` are shown, in their order."""
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
    rows = [_row(record, figures.root) for record in records]
    made = [row for row in rows if row.record.is_published]
    failed = [row for row in rows if not row.record.is_published]
    return fill_trusted(
        "batch.html",
        css=css,
        script="",
        policy=policy,
        batch=name,
        totals=totals,
        plots=list(_plots(figures)),
        failed=failed,
        made=made,
        left_out=totals["published"] - len(made),
    )


def _common(folders: Iterable[str]) -> Path:
    """Give the folder that all folders lie in, which names need not repeat."""
    try:
        return Path(os.path.commonpath(list(folders)))
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


def _plots(figures: Figures) -> Iterator[Plot]:
    for title, caption, values, high, digits in (
        (
            "Sentences with a serious error",
            "The estimated share of each document’s. Further right is worse.",
            figures.shares,
            1.0,
            0,
        ),
        (
            "Findings in 1,000 words",
            "To mend and to look at, of each document. Further right is worse.",
            figures.rates,
            _ceiling(figures.rates),
            0,
        ),
        (
            "French words a second",
            "Of each document’s run, from file to edition.",
            figures.speeds,
            _ceiling(figures.speeds),
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
