"""The command that runs many documents, and shows what came of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.base import (
    FILE,
    Registered,
    config_option,
    engine_option,
    json_option,
    output_folder,
    output_option,
    set_option,
    settings_given,
)
from pipeline.cli.display import print_json, print_table
from pipeline.cli.options import BATCH, check
from pipeline.cli.words import counted, echo, one_line, said
from pipeline.errors import EngineError, EnregardError, UsageError

if TYPE_CHECKING:
    from pipeline.service.batch import Batch, BatchItem, DocumentRecord, Doing, Totals
    from pipeline.service.cluster import Labour, Site

# Seconds between two looks at a watched folder.
_LOOK = 2.0
# Documents shown on the terminal, those to read first.
_SHOWN = 20


@click.command("batch")
@click.argument("where", nargs=-1, required=True, type=FILE, metavar="FOLDER|FILE|LIST...")
@click.option(
    "--pattern",
    "patterns",
    multiple=True,
    metavar="GLOB",
    help="Of a folder, only files such as '*.md'; may be repeated [default: all that can be read].",
)
@click.option("--recursive", is_flag=True, help="Of a folder, also the folders inside.")
@config_option
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    metavar="FILE",
    help="A glossary for all documents, as for 'run'; may be repeated.",
)
@click.option("--scope", "scopes", multiple=True, metavar="LABEL", help="As for 'run'.")
@engine_option("Which engine translates [default: auto].")
@click.option(
    "--dress", type=Registered("dress"), help="How the editions are dressed [default: review]."
)
@click.option("--encoding", metavar="NAME", help="Encoding of the files [default: utf-8].")
@click.option("--thorough", is_flag=True, default=None, help="Search longer, as for 'run'.")
@set_option
@click.option("--fresh", is_flag=True, help="Use nothing of the settings of last time.")
@click.option("--force", is_flag=True, help="Translate texts that are not all French, too.")
@click.option("--strict", is_flag=True, help="Exit with 1 if a blocking finding is left, too.")
@click.option("--watch", is_flag=True, help="Go on with files that come or change, until Ctrl-C.")
@click.option(
    "--workers",
    type=click.IntRange(0, 256),
    metavar="N",
    help="Work by N processes at once; 0: as many as suit this machine (see 'doctor').",
)
@click.option("--scheduler", metavar="ADDRESS", help="Work by the workers of a Dask scheduler.")
@click.option("--tls-ca", type=FILE, metavar="FILE", help="Whose keys the scheduler's may be.")
@click.option("--tls-cert", type=FILE, metavar="FILE", help="Certificate for the scheduler.")
@click.option("--tls-key", type=FILE, metavar="FILE", help="Its key.")
@click.option("--name", metavar="NAME", help="Name of the batch [default: made of what it is of].")
@output_option
@json_option
def batch_command(
    where: Sequence[Path],
    patterns: Sequence[str],
    recursive: bool,
    config: Path | None,
    glossaries: Sequence[str],
    scopes: Sequence[str],
    engine: str | None,
    dress: str | None,
    encoding: str | None,
    thorough: bool | None,
    assigned: Sequence[str],
    fresh: bool,
    force: bool,
    strict: bool,
    watch: bool,
    workers: int | None,
    scheduler: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    name: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Translate and publish many documents with one engine, each as a job of its own.

    A document that fails is reported and keeps no other from its edition. The same command goes on
    with a batch that was interrupted; what is published as it is asked for is not run again. A LIST
    is a file .csv or .jsonl with the columns path, glossary, title, settings and reference. What
    came of all of them is summed up in batch.html and batch.json. Exits with 1 unless all are
    published.
    """
    from pipeline.service.batch import BatchOrder, batch_name, list_items, open_batch
    from pipeline.service.cluster import Site
    from pipeline.service.cluster.placement import suited

    flags = {
        "engine.name": engine,
        "read.encoding": encoding,
        "translate.thorough": thorough,
        "publish.dress": dress,
        "output": output and str(output),
    }
    tls = {"--tls-ca": tls_ca, "--tls-cert": tls_cert, "--tls-key": tls_key}
    check({"--workers": workers is not None, "--scheduler": scheduler, **tls}, BATCH)
    given = settings_given(assigned, scopes, flags)
    folder = output_folder(output)

    def listed() -> Sequence[BatchItem]:
        return list_items(where, patterns, recursive, leaving_out=folder)

    listing = _Listing(listed)
    items = listing.items
    if not items and not watch:
        places = ", ".join(map(str, where))
        raise UsageError(
            "… holds no document that can be read",
            "say which files are meant with --pattern, or look inside with --recursive",
            where=places,
        )
    order = BatchOrder(config, tuple(glossaries), given, fresh, force)
    many = suited().workers if workers == 0 else workers or 0
    place = Site(many, scheduler or "", tls_ca, tls_cert, tls_key)
    with ExitStack() as stack:
        labour = stack.enter_context(_labour(place))
        batch = stack.enter_context(open_batch(folder, name or batch_name(where), order, labour))
        try:
            with _watcher(as_json) as watcher:
                batch.run(items, watcher)
                batch.summarise(items)
                if watch:
                    echo("watching; Ctrl-C ends it", err=True)
                    batch.watch(listing.again, watcher, _wait)
        except EngineError:
            _show(batch, listing.items, as_json)
            raise
        except KeyboardInterrupt:
            totals = _show(batch, listing.again() if watch else items, as_json)
            if not watch:
                raise
        else:
            totals = _show(batch, items, as_json)
    if not totals.is_whole or (strict and totals.findings["block"]):
        raise SystemExit(1)


@contextmanager
def _labour(place: Site) -> Iterator[Labour]:
    """Give what does the work: this process, others of this machine, or those of a scheduler."""
    from pipeline.service.cluster import HERE, joined

    if place.is_open:
        echo(
            f"enregard: {place.address} is open: whoever reaches it can read the texts and run "
            "programs on its machines; use tls:// (docs/scale.md)",
            err=True,
        )
    if not (place.workers or place.address):
        yield HERE
        return
    with joined(place) as labour:
        yield labour


def _wait() -> bool:
    time.sleep(_LOOK)
    return True


class _Listing:
    """Documents that are listed again and again; ``items`` are those of the last time."""

    def __init__(self, listed: Callable[[], Sequence[BatchItem]]) -> None:
        self._listed = listed
        self.items = listed()

    def again(self) -> Sequence[BatchItem]:
        """List them; while somebody is just writing a list, say so and give those of before."""
        try:
            self.items = self._listed()
        except EnregardError as error:
            echo(f"enregard: {said(error)}", err=True)
        return self.items


@contextmanager
def _watcher(as_json: bool) -> Iterator[Callable[[Doing], None]]:
    """Give what shows a batch's progress: a bar on a terminal, else a line a document."""
    if sys.stderr is None or not sys.stderr.isatty() or as_json:
        yield lambda doing: _line(doing, as_json)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[doing]}", markup=False),
    )
    with Progress(*columns, console=Console(file=sys.stderr)) as progress:
        bar = progress.add_task("", total=None, doing="")

        def watcher(doing: Doing) -> None:
            if doing.problem is not None:
                progress.console.print(_outcome(doing), markup=False, highlight=False)
            step = f"{doing.event.stage} " if doing.event else ""
            shown = f"{step}{one_line(doing.path.name)}"
            progress.update(bar, total=doing.total, doing=shown)
            if doing.place is not None:
                progress.update(bar, completed=doing.place)

        yield watcher


def _line(doing: Doing, as_json: bool) -> None:
    if doing.record is None:
        return
    # Nobody may be reading progress; the batch goes on all the same.
    with suppress(OSError):
        echo(f"{doing.place}/{doing.total}  {_outcome(doing)}", err=True)
    if as_json:
        from pipeline.service.batch import record_json

        print_json(record_json(doing.record))


def _outcome(doing: Doing) -> str:
    record = doing.record
    name = one_line(str(doing.path))
    if doing.problem is not None:
        return f"{name}  failed: {said(doing.problem)}"
    assert record is not None
    if doing.skipped:
        return f"{name}  published already"
    mend = counted(record.findings.get("block", 0), "finding")
    return f"{name}  {record.state}  {mend} to mend  {record.seconds:.1f} s"


def _show(batch: Batch, items: Sequence[BatchItem], as_json: bool) -> Totals:
    totals = batch.summarise(items)
    if as_json:
        return totals
    records = batch.records(items, _SHOWN)
    if records:
        echo()
        print_table(
            ["document", "state", "words", "serious", "mend", "look", "words/s"],
            [_row(record) for record in records[:_SHOWN]],
        )
    failed = [record for record in records if not record.is_published]
    left = len(failed) + totals.published - _SHOWN
    if left > 0:
        echo(f"and {counted(left, 'other')} that can be read later")
    found = totals.findings
    echo(
        f"\n{totals.published:,} of {counted(totals.documents, 'document')} published, "
        f"{totals.words:,} French words; {found['block']:,} findings to mend, "
        f"{found['look']:,} to look at"
    )
    for record in failed:
        echo(f"not published: {one_line(record.path)}: {one_line(record.problem)}")
    echo(f"summary  {batch.folder / 'batch.html'}")
    return totals


def _row(record: DocumentRecord) -> list[str]:
    share, speed = record.error_share, record.speed
    return [
        one_line(Path(record.path).name),
        record.state,
        f"{record.words:,}",
        "" if share is None else f"{share:.0%}",
        str(record.findings.get("block", "")),
        str(record.findings.get("look", "")),
        "" if speed is None else f"{speed:.0f}",
    ]
