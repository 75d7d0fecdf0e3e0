"""The commands that make, continue, show and rebuild jobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import (
    FILE,
    Command,
    Registered,
    config_option,
    engine_option,
    json_option,
    output_folder,
    output_option,
    set_option,
    settings_given,
    settings_of,
)
from pipeline.cli.display import print_json, print_table, show_result, status_record, with_progress
from pipeline.cli.updating import tell_if_behind
from pipeline.cli.words import echo, one_line, said
from pipeline.errors import EnregardError, UsageError

if TYPE_CHECKING:
    from pipeline.model import Milestone
    from pipeline.service.status import JobStatus

# The titles and people of a text, and what each is.
_FRONT = {
    "title": "Title of the text, in French.",
    "title_en": "Title in English [default: its translation].",
    "subtitle": "Subtitle, in French.",
    "subtitle_en": "Subtitle in English [default: its translation].",
    "kicker": "A few words above the title, in French.",
    "kicker_en": "Those words in English [default: their translation].",
    "byline": "Who wrote the text.",
    "date": "Date of the text, such as 2031-10-16; set as each language does.",
    "source": "Where the text is from.",
    "rights": "Whose the text is.",
    "credit": "Whose the images are.",
}


def front_options(command: Command) -> Command:
    """Add an option for each of the titles and people of a text."""
    for name, words in reversed(_FRONT.items()):
        flag = "--" + name.replace("_", "-")
        command = click.option(flag, name, metavar="TEXT", help=words)(command)
    return command


@click.command("run")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@config_option
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    metavar="FILE",
    help="A glossary to add, or its name in a folder 'glossaries'; may be repeated, the last wins.",
)
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    metavar="LABEL",
    help="A scope whose glossary entries apply; may be repeated.",
)
@engine_option("Which engine translates [default: auto].")
@click.option(
    "--reference",
    type=FILE,
    metavar="FILE",
    help="A human translation to measure against, a line a segment or a paragraph a block.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the files [default: utf-8].")
@click.option(
    "--dress", type=Registered("dress"), help="How the edition is dressed [default: review]."
)
@click.option(
    "--book", is_flag=True, default=None, help="Publish a book: chapters, contents, index."
)
@front_options
@click.option(
    "--thorough", is_flag=True, default=None, help="Search longer: reads better, takes longer."
)
@set_option
@click.option("--fresh", is_flag=True, help="Use nothing of the settings of last time.")
@click.option("--new", is_flag=True, help="Make a job of its own of a text that has one.")
@click.option("--revises", default="", metavar="JOB", help="The text is a new version of JOB's.")
@click.option("--name", default="", metavar="NAME", help="What the job is called.")
@click.option("--force", is_flag=True, help="Translate a text that is not all French, too.")
@click.option("--strict", is_flag=True, help="Exit with 1 if a blocking finding is left.")
@output_option
@json_option
def run_command(
    files: Sequence[Path],
    config: Path | None,
    glossaries: Sequence[str],
    scopes: Sequence[str],
    engine: str | None,
    reference: Path | None,
    encoding: str | None,
    dress: str | None,
    book: bool | None,
    thorough: bool | None,
    assigned: Sequence[str],
    fresh: bool,
    new: bool,
    revises: str,
    name: str,
    force: bool,
    strict: bool,
    output: Path | None,
    as_json: bool,
    **front: str | None,
) -> None:
    """Translate and publish texts, each as a job of its own.

    A text that was run before is not translated again: only what changed since is done. A file of
    the same name with most of the same text is a new revision of its job: what is still there keeps
    its translation and all that was decided about it. Glossaries, settings and a reference that are
    not named again are those of last time.
    """
    from pipeline.service import jobs

    flags = {
        "engine.name": engine,
        "read.encoding": encoding,
        "translate.thorough": thorough,
        "publish.dress": dress,
        "publish.book": book,
        "output": output and str(output),
        **{f"front.{name}": value for name, value in front.items()},
    }
    given = settings_given(assigned, scopes, flags)
    if revises and (new or len(files) > 1):
        raise UsageError("--revises is for one file, and not with --new")
    if len(files) > 1 and any(front.values()):
        raise UsageError("titles and people are of one text: name one file")
    if len(files) > 1 and name:
        raise UsageError("--name is for one file")
    plan = jobs.make_plan(config, glossaries, reference, given)
    intent = jobs.Intent(new, revises, fresh, force, name=name)
    code = 0
    for path in files:
        try:
            status = with_progress(
                as_json,
                path.name,
                partial(jobs.run_text, path, plan, intent=intent),
            )
        except EnregardError as error:
            # One unfit text does not keep the others from their edition.
            if len(files) == 1:
                raise
            echo(f"enregard: {said(error)}", err=True)
            code = code or error.exit_code
            continue
        show_result(status, as_json)
        if strict and status.findings["block"]:
            code = code or 1
    if code:
        raise SystemExit(code)


@click.command("resume")
@click.argument("job")
@config_option
@set_option
@output_option
@json_option
def resume_command(
    job: str, config: Path | None, assigned: Sequence[str], output: Path | None, as_json: bool
) -> None:
    """Go on with a JOB that was interrupted, with the settings it was last run with."""
    from pipeline.service import jobs

    folder = output_folder(output)
    resume = partial(jobs.resume_job, folder, job, config=config, flags=settings_of(assigned))
    status = with_progress(as_json, job, resume)
    show_result(status, as_json)


@click.command("list")
@click.option("--archived", is_flag=True, help="List those that were put away.")
@output_option
@json_option
def list_command(archived: bool, output: Path | None, as_json: bool) -> None:
    """List the jobs: how far each is, and its findings."""
    from pipeline.service.listing import listed

    statuses = listed(output_folder(output), archived)
    if as_json:
        for status in statuses:
            print_json(status_record(status))
    elif not statuses:
        others = listed(output_folder(output), not archived)
        echo(_none_listed(output_folder(output), archived, bool(others)))
    else:
        print_table(
            ["job", "state", "segments", "read", "block", "look", "polish"],
            [
                [
                    status.name,
                    _state(status),
                    f"{status.translated}/{status.segments}",
                    f"{status.read}/{status.segments}",
                    *(str(status.findings.get(tier, "")) for tier in ("block", "look", "polish")),
                ]
                for status in statuses
            ],
        )


def _none_listed(folder: Path, archived: bool, has_others: bool) -> str:
    """Say why nothing is listed, and what can be done."""
    if archived:
        return f"No job in '{folder}' was put away."
    if has_others:
        return f"All jobs in '{folder}' were put away. See: enregard list --archived"
    return f"No jobs in '{folder}'. Start one with: enregard run FILE"


def _state(status: JobStatus) -> str:
    if status.behind:
        return "published, decided since"
    return status.state + (f": {status.unfinished}" if status.unfinished else "")


@click.command()
@click.argument("job")
@click.option("--segments", is_flag=True, help="Show every segment with its translation.")
@click.option("--history", is_flag=True, help="Show every stage that its runs have finished.")
@output_option
@json_option
def show(job: str, segments: bool, history: bool, output: Path | None, as_json: bool) -> None:
    """Show where a JOB stands: scorecard, findings, files."""
    from pipeline.service import jobs

    folder = output_folder(output)
    if segments and history:
        raise UsageError("give --segments or --history, one at a time")
    if segments:
        _show_segments(jobs.job_segments(folder, job), as_json)
    elif history:
        _show_history(jobs.job_history(folder, job), as_json)
    else:
        status = jobs.job_status(folder, job)
        show_result(status, as_json)
        if not (as_json or status.unfinished):
            tell_if_behind(folder, job)


def _show_history(history: Sequence[Milestone], as_json: bool) -> None:
    if as_json:
        for each in history:
            print_json(asdict(each))
    else:
        rows = [[each.at, each.stage, one_line(each.message)] for each in history]
        print_table(["finished", "stage", "result"], rows)


def _show_segments(records: Iterable[Mapping[str, Any]], as_json: bool) -> None:
    for record in records:
        if as_json:
            print_json(record)
            continue
        echo(f"{record['id']}  {record['source']}")
        echo(f"{'':{len(record['id'])}}  {record['target'] or '(not translated yet)'}")
        if before := record["earlier"]:
            echo(f"{'':{len(record['id'])}}  < {before['source']}")
            echo(f"{'':{len(record['id'])}}  < {before['target']}")
        if record["reviewer"]:
            words = record["state"].replace("-", " ")
            echo(f"{'':{len(record['id'])}}  = {words} by {one_line(record['reviewer'])}")
        for finding in record["findings"]:
            echo(f"{'':{len(record['id'])}}  ! {finding['severity']}: {finding['message']}")
        echo()


@click.command()
@click.argument("job")
@config_option
@set_option
@output_option
@json_option
def publish(
    job: str, config: Path | None, assigned: Sequence[str], output: Path | None, as_json: bool
) -> None:
    """Build the editions of a JOB again, with the settings it was last run with.

    Of a configuration file the section 'publish' counts: how the edition looks can change, the
    translation stays.
    """
    from pipeline.service import jobs

    folder = output_folder(output)
    rebuild = partial(
        jobs.resume_job, folder, job, rebuild=True, config=config, flags=settings_of(assigned)
    )
    status = with_progress(as_json, job, rebuild)
    show_result(status, as_json)


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--config", type=FILE, metavar="FILE", help="Your settings (see config/default.yaml)."
)
@click.option("--encoding", metavar="NAME", help="Encoding of the file [default: utf-8].")
@json_option
def segment(file: Path, config: Path | None, encoding: str | None, as_json: bool) -> None:
    """Show the segments of a FILE and what was mended; nothing is translated or stored.

    Author, date and notes go to standard error.
    """
    from pipeline.service import jobs

    plan = jobs.make_plan(config, flags=None if encoding is None else {"read.encoding": encoding})
    document, segments = jobs.segment_text(file, plan.settings)
    told = [("author", document.author), ("date", document.date)]
    told += [("note", notice.message) for notice in document.notices]
    for label, text in told:
        if text:
            echo(f"{label:9} {one_line(text)}", err=True)
    for found in segments:
        if as_json:
            print_json(asdict(found))
        else:
            echo(f"{found.id}  {found.source}")
