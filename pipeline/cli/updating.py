"""A job on which something may have been decided in; its edition, which shows it, out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pipeline.cli.display import show_result, with_progress
from pipeline.cli.words import echo


def bring_up_to_date(
    folder: Path, job: str, decided: bool, leaves_edition: bool, as_json: bool
) -> None:
    """Make the edition anew where something was decided, now or by a command that was stopped."""
    from pipeline.service import jobs

    if leaves_edition:
        if decided:
            echo(f"the edition is as it was; {_how(folder, job)} brings it up to date", err=True)
    elif decided or not jobs.shows_all(folder, job):
        status = with_progress(as_json, job, partial(jobs.resume_job, folder, job))
        show_result(status, as_json)


def tell_if_behind(folder: Path, job: str) -> None:
    """Say of a published job whether its edition lacks what was decided since."""
    from pipeline.service import jobs

    if not jobs.shows_all(folder, job):
        echo(f"the edition does not show all that was decided; {_how(folder, job)} makes it anew")


def _how(folder: Path, job: str) -> str:
    return f"enregard resume {job} --output '{folder}'"
