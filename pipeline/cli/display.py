"""Results and progress in, words, tables, bars or JSON on the terminal out.

Results go to standard output, progress to standard error.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from pipeline.cli.words import counted, echo, one_line, said

if TYPE_CHECKING:
    from rich.progress import TaskID

    from pipeline.service.jobs import Carried, Event, JobStatus, Listener
    from pipeline.service.published import PublishedMetric, Scorecard


# JSON may hold them, but they would steer a terminal, or cannot be encoded.
_UNPRINTED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def with_progress(as_json: bool, title: str, work: Callable[[Listener], JobStatus]) -> JobStatus:
    """Do the work under a listener that suits where standard error goes."""
    title = one_line(title)
    # Standard error may be closed.
    if sys.stderr is not None and sys.stderr.isatty() and not as_json:
        with live(title) as listener:
            return work(listener)
    return work(lines(title))


def lines(title: str) -> Listener:
    """Give a listener that prints a line on standard error when a stage ends or a chunk is done."""

    def listener(event: Event) -> None:
        if event.is_remark:
            with suppress(OSError):
                echo(f"{title}  {one_line(event.message)}", err=True)
            return
        if event.message:
            words = event.message
        elif event.done:
            words = f"{event.done}/{event.total}"
        else:
            return
        # Nobody may be reading progress; the run goes on all the same.
        with suppress(OSError):
            echo(f"{title}  {event.stage:<9}  {words}", err=True)

    return listener


@contextmanager
def download_bar(as_json: bool) -> Iterator[Callable[[int, int], None]]:
    """Give what is told the bytes of a download so far and in all, and draws them as a bar."""
    if sys.stderr is None or not sys.stderr.isatty() or as_json:
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("download", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total or None)


@contextmanager
def live(title: str) -> Iterator[Listener]:
    """Give a listener that draws one bar a stage on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:<9}"),
        BarColumn(bar_width=32),
        TextColumn("{task.fields[message]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(file=sys.stderr)) as progress:
        progress.console.print(title, style="bold", markup=False, highlight=False)
        bars: dict[str, TaskID] = {}

        def listener(event: Event) -> None:
            if event.is_remark:
                progress.console.print(one_line(event.message), markup=False, highlight=False)
                return
            if event.stage not in bars:
                bars[event.stage] = progress.add_task(event.stage, total=event.total, message="")
            message = event.message or (f"{event.done}/{event.total}" if event.done else "")
            progress.update(
                bars[event.stage], completed=event.done, total=event.total, message=message
            )

        yield listener


def show_result(status: JobStatus, as_json: bool) -> None:
    """Show a job: scorecard and paths, or one line of JSON."""
    if as_json:
        print_json(status_record(status))
        return
    if status.card:
        _show_scorecard(status.card, status)
    else:
        echo(f"{status.translated} of {status.segments} segments translated")
    if status.carried:
        echo(f"{'revision':<9} {status.revision}: {_carried(status.carried)}")
    if status.unfinished:
        echo(f"unfinished: stopped before the end of {status.unfinished}")
        echo(f"go on with: enregard resume {status.name} --output '{status.folder.parent}'")
    echo(f"{'job':<9} {status.name}")
    for label, name in (
        ("PDF", "edition.pdf"),
        ("HTML", "edition.html"),
        ("quality", "quality.html"),
    ):
        if name in status.files:
            echo(f"{label:<9} {status.files[name]}")


def _show_scorecard(card: Scorecard, status: JobStatus) -> None:
    found, terms = card.findings, card.occurrences
    asked = sum(terms.values()) - terms.get("declined", 0)
    worst = card.worst_first[:5]
    rows = [
        ("dress", card.dress),
        ("segments", f"{card.segments}, {card.clean_segments} without findings"),
        *([("estimate", _estimate(card))] if card.estimated else []),
        ("words", f"{card.source_words} French, {card.target_words} English"),
        (
            "findings",
            f"{found['block']} to mend, {found['look']} to look at, {found['polish']} to polish",
        ),
        ("glossary", f"{terms['present']} of {asked} occurrences as asked"),
        *([("read", _reading(status))] if status.read else []),
        *([("worst", f"{', '.join(worst)}; read these first")] if len(worst) > 1 else []),
        *((metric.name, _metric(metric)) for metric in card.metrics),
        *(("note", notice) for notice in card.notices),
    ]
    echo("\n{}\n".format("\n".join(dict.fromkeys(card.titles))))
    for name, value in rows:
        echo(f"{name:<9} {value}")
    echo()


def _carried(carried: Carried) -> str:
    """Say what a revision kept, for example "18 of 19 sentences kept, 6 decisions kept, 1 new"."""
    whole = carried.kept_sentences + carried.new_sentences
    said = (
        f"{carried.kept_sentences} of {counted(whole, 'sentence')} kept, "
        f"{counted(carried.kept_decisions, 'decision')} kept, {carried.new_sentences} new"
    )
    off = carried.detached_decisions
    return f"{said}; {counted(off, 'decision')} detached" if off else said


def _reading(status: JobStatus) -> str:
    signed = f", {status.signed_off} signed off" if status.signed_off else ""
    return f"{status.read} of {counted(status.segments, 'sentence')}{signed}"


def _estimate(card: Scorecard) -> str:
    """Say how many sentences probably have a serious error."""
    about = round(card.expected_errors)
    verb = "has" if about == 1 else "have"
    return f"about {about} of {counted(card.estimated, 'sentence')} probably {verb} a serious error"


def _metric(metric: PublishedMetric) -> str:
    interval = " (μ = {:.1f} ± {:.1f})".format(*metric.interval) if metric.interval else ""
    return f"{metric.score:.1f}{interval}  {metric.signature}"


def status_record(status: JobStatus) -> dict[str, Any]:
    """Give a job's record, as documented in docs/formats.md."""
    return {
        "job": status.name,
        "folder": str(status.folder),
        "source": status.source_name,
        "state": status.state,
        "unfinished": status.unfinished or None,
        "problem": said(status.problem) if status.problem else None,
        "segments": status.segments,
        "translated": status.translated,
        "findings": dict(status.findings),
        "revision": status.revision,
        "kept_sentences": status.carried and status.carried.kept_sentences,
        "new_sentences": status.carried and status.carried.new_sentences,
        "kept_decisions": status.carried and status.carried.kept_decisions,
        "detached_decisions": status.carried and status.carried.detached_decisions,
        "archived": status.archived,
        "behind": status.behind,
        "read": status.read,
        "signed_off": status.signed_off,
        "files": {name: str(path) for name, path in status.files.items()},
    }


def show_edit(head: str, source: str, before: str, after: str, author: str = "") -> None:
    """Show a sentence whose English changes: the French, the English of before and of now."""
    who = f"  by {one_line(author)}" if author else ""
    echo(f"{head}  {one_line(source)}{who}")
    echo(f"{'':{len(head)}}  - {one_line(before)}")
    echo(f"{'':{len(head)}}  + {one_line(after)}")


def print_json(record: Mapping[str, Any]) -> None:
    """Print a record on one line."""
    text = json.dumps(record, ensure_ascii=False)
    echo(_UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print columns without frames: easy to read, easy to cut."""
    table = [list(headings), *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(headings))]
    # One long write: a list can have ten thousand rows.
    lines = (
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )
    echo("\n".join(lines))
