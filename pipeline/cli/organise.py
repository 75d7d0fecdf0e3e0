"""The commands that name jobs, put them away and remove them."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.base import agreed, output_folder, output_option
from pipeline.cli.words import echo


@click.command("rename")
@click.argument("job")
@click.argument("name")
@output_option
def rename_command(job: str, name: str, output: Path | None) -> None:
    """Give a JOB another NAME, of small letters, digits and hyphens."""
    from pipeline.service import jobs

    echo(jobs.rename(output_folder(output), job, name).name)


@click.command()
@click.argument("job")
@click.option("--undo", is_flag=True, help="Put it back among the others.")
@output_option
def archive(job: str, undo: bool, output: Path | None) -> None:
    """Put a JOB away: it is not listed any more, and no new text goes on with it."""
    from pipeline.service import jobs

    echo(jobs.archive(output_folder(output), job, not undo))


@click.command()
@click.argument("job")
@click.option("--yes", is_flag=True, help="Do not ask.")
@output_option
def delete(job: str, yes: bool, output: Path | None) -> None:
    """Remove a JOB for good: its text, translations, decisions and editions."""
    from pipeline.service import jobs

    folder = output_folder(output)
    status = jobs.job_status(folder, job)
    question = f"Delete {status.name} with all that was decided in it?"
    if not agreed(question, yes, f"to delete {status.name} for good, say so with --yes"):
        return
    jobs.delete(folder, job)
    echo(f"{status.name} deleted", err=True)
