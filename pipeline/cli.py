"""Arguments in, calls to pipeline.service, words and exit codes out.

Exit codes: 0 done; 1 done, but a finding needs mending before printing (with --strict); 2 to 7 an
error, as in pipeline.errors; 130 interrupted. The service is imported inside the commands, so that
`enregard --help` answers without loading it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline import __version__
from pipeline.display import (
    one_line,
    print_json,
    print_table,
    show_result,
    status_record,
    with_progress,
)
from pipeline.errors import EnregardError

_Command = TypeVar("_Command", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path)


class _Group(click.Group):
    """The commands in the order of a user's work, and errors as one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except EnregardError as error:
            click.echo(f"enregard: {one_line(str(error))}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("enregard: interrupted; run the same again to go on from there", err=True)
            ctx.exit(130)
        except BrokenPipeError:
            # The reader (`| head`) has gone; there is nobody left to tell.
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
            ctx.exit(0)
        except MemoryError:
            click.echo("enregard: out of memory; close other programs or split the text", err=True)
            ctx.exit(6)
        except OSError as error:
            click.echo(f"enregard: {error.strerror or error}; nothing stored is lost", err=True)
            ctx.exit(6)


def _output_option(command: _Command) -> _Command:
    return click.option(
        "--output",
        type=_FILE,
        metavar="DIR",
        help="Folder that holds the jobs [default: output].",
    )(command)


def _json_option(command: _Command) -> _Command:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")(command)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="enregard")
def main() -> None:
    """Translate French texts to English offline, and publish the two side by side.

    \b
    enregard run article.txt          translate and publish a text
    enregard show JOB --segments      see what was done, sentence by sentence

    Nothing leaves this machine.
    """  # noqa: D301


@main.command("run")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@click.option(
    "--config", type=_FILE, metavar="FILE", help="Your settings (see config/default.yaml)."
)
@click.option(
    "--glossary",
    "glossaries",
    type=_FILE,
    multiple=True,
    metavar="FILE",
    help="A glossary to add; may be repeated, the last one wins.",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "argos", "embedded"]),
    help="Which engine translates [default: auto].",
)
@click.option(
    "--reference",
    type=_FILE,
    metavar="FILE",
    help="A human translation to measure against, a line a segment or a paragraph a block.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the files [default: utf-8].")
@click.option("--strict", is_flag=True, help="Exit with 1 if a blocking finding is left.")
@_output_option
@_json_option
def run_command(
    files: Sequence[Path],
    config: Path | None,
    glossaries: Sequence[Path],
    engine: str | None,
    reference: Path | None,
    encoding: str | None,
    strict: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Translate and publish texts, each as a job of its own.

    A text that was run before is not translated again: only what changed since is done.
    """
    from pipeline import service

    flags = {"engine.name": engine, "read.encoding": encoding, "output": output and str(output)}
    given = {name: value for name, value in flags.items() if value is not None}
    plan = service.make_plan(config, glossaries, reference, given)
    code = 0
    for path in files:
        try:
            status = with_progress(as_json, path.name, partial(service.run_text, path, plan))
        except EnregardError as error:
            # One unfit text does not keep the others from their edition.
            if len(files) == 1:
                raise
            click.echo(f"enregard: {one_line(str(error))}", err=True)
            code = code or error.exit_code
            continue
        show_result(status, as_json)
        if strict and status.findings["block"]:
            code = code or 1
    if code:
        raise SystemExit(code)


@main.command()
@click.argument("job")
@_output_option
@_json_option
def resume(job: str, output: Path | None, as_json: bool) -> None:
    """Go on with a JOB that was interrupted, with the settings it was last run with."""
    from pipeline import service

    folder = _folder(output)
    status = with_progress(as_json, job, partial(service.resume_job, folder, job))
    show_result(status, as_json)


@main.command("list")
@_output_option
@_json_option
def list_command(output: Path | None, as_json: bool) -> None:
    """List the jobs: how far each is, and its findings."""
    from pipeline import service

    statuses = service.jobs(_folder(output))
    if as_json:
        for status in statuses:
            print_json(status_record(status))
    elif not statuses:
        click.echo(f"No jobs in {_folder(output)}. Start one with: enregard run FILE")
    else:
        print_table(
            ["job", "state", "segments", "block", "look", "polish"],
            [
                [
                    status.name,
                    status.state + (f": {status.unfinished}" if status.unfinished else ""),
                    f"{status.translated}/{status.segments}",
                    *(str(status.findings.get(tier, "")) for tier in ("block", "look", "polish")),
                ]
                for status in statuses
            ],
        )


@main.command()
@click.argument("job")
@click.option("--segments", is_flag=True, help="Show every segment with its translation.")
@_output_option
@_json_option
def show(job: str, segments: bool, output: Path | None, as_json: bool) -> None:
    """Show where a JOB stands: scorecard, findings, files."""
    from pipeline import service

    folder = _folder(output)
    if not segments:
        show_result(service.job_status(folder, job), as_json)
        return
    for record in service.job_segments(folder, job):
        if as_json:
            print_json(record)
            continue
        click.echo(f"{record['id']}  {record['source']}")
        click.echo(f"{'':{len(record['id'])}}  {record['target'] or '(not translated yet)'}")
        for finding in record["findings"]:
            click.echo(f"{'':{len(record['id'])}}  ! {finding['severity']}: {finding['message']}")
        click.echo()


@main.command()
@click.argument("job")
@_output_option
@_json_option
def publish(job: str, output: Path | None, as_json: bool) -> None:
    """Build the editions of a JOB again, with the settings it was last run with."""
    from pipeline import service

    folder = _folder(output)
    rebuild = partial(service.resume_job, folder, job, rebuild=True)
    status = with_progress(as_json, job, rebuild)
    show_result(status, as_json)


@main.command()
@click.argument("file", type=_FILE)
@click.option(
    "--config", type=_FILE, metavar="FILE", help="Your settings (see config/default.yaml)."
)
@click.option("--encoding", metavar="NAME", help="Encoding of the file [default: utf-8].")
@_json_option
def segment(file: Path, config: Path | None, encoding: str | None, as_json: bool) -> None:
    """Show the segments of a FILE; nothing is translated or stored."""
    from pipeline import service

    plan = service.make_plan(
        config, flags=None if encoding is None else {"read.encoding": encoding}
    )
    for found in service.segment_text(file, plan.settings):
        if as_json:
            print_json(asdict(found))
        else:
            click.echo(f"{found.id}  {found.source}")


@main.command()
@_json_option
def engines(as_json: bool) -> None:
    """List the translation engines on this machine; the first is the one 'auto' takes."""
    from pipeline import service

    cards = service.engines()
    if as_json:
        for card in cards:
            print_json(asdict(card))
        return
    print_table(
        ["engine", "model", "version", "size", "fingerprint", "licence"],
        [
            [
                card.name,
                card.title,
                card.version,
                f"{card.size // 1_000_000} MB",
                card.fingerprint,
                card.licence,
            ]
            for card in cards
        ],
    )


@main.command()
@_output_option
@_json_option
def doctor(output: Path | None, as_json: bool) -> None:
    """Check that this machine has what Enregard needs, and name the remedy if not."""
    from pipeline import service

    diagnoses = service.check_machine(_folder(output))
    for diagnosis in diagnoses:
        if as_json:
            print_json(asdict(diagnosis))
        else:
            mark = "ok  " if diagnosis.well else "FAIL"
            click.echo(f"{mark}  {diagnosis.name}: {diagnosis.found}")
            if not diagnosis.well:
                click.echo(f"      → {diagnosis.remedy}")
    if not all(diagnosis.well for diagnosis in diagnoses):
        raise SystemExit(1)


def _folder(output: Path | None) -> Path:
    from pipeline import service

    return service.output_path(output)
