"""The command that lists a job's findings and stores which of them a person dismisses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.base import json_option, output_folder, output_option
from pipeline.cli.display import print_json, print_table
from pipeline.cli.updating import bring_up_to_date
from pipeline.cli.words import counted, echo, one_line
from pipeline.errors import Act, Remedy, UsageError

if TYPE_CHECKING:
    from pipeline.service.review import Noted


@click.command()
@click.argument("job")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--list", "as_list", is_flag=True, help="List them; so it is without any ID.")
@click.option("--undo", is_flag=True, help="Let the findings count again.")
@click.option("--no-rebuild", is_flag=True, help="Store it; leave the edition as it is.")
@output_option
@json_option
def dismiss(
    job: str,
    ids: Sequence[str],
    as_list: bool,
    undo: bool,
    no_rebuild: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """List the findings of a JOB, or dismiss some of them by their ids.

    A dismissed finding is shown as dismissed and does not count. It is known by its check, the
    sentence and what it points at: it stays dismissed in later runs and when the paragraph moves,
    and is open again when what it points at, or else the translation, has changed.
    """
    from pipeline.service import jobs, review

    folder = output_folder(output)
    if ids and as_list:
        raise UsageError("--list shows all findings; leave the ids out")
    if not ids and undo:
        raise UsageError("--undo needs the ids of findings; leave it out to list them")
    with review.open_review(folder, job) as opened:
        found = opened.findings()
        if not ids:
            _list(found, as_json)
            return
        unknown = [each for each in ids if each not in {noted.finding.id for noted in found}]
        if unknown:
            raise UsageError(
                f"… has no finding {unknown[0]!r}", Remedy(Act.SHOW_FINDINGS, job), where=job
            )
        chosen = [
            noted for noted in found if noted.finding.id in ids and noted.finding.dismissed is undo
        ]
        if not chosen and jobs.shows_all(folder, job):
            raise UsageError(f"what is named {'is not' if undo else 'is already'} dismissed")
        opened.decide([noted.dismissed(not undo) for noted in chosen])
    echo(f"{counted(len(chosen), 'finding')} {'reopened' if undo else 'dismissed'}", err=True)
    bring_up_to_date(folder, job, bool(chosen), no_rebuild, as_json)


def _list(found: Sequence[Noted], as_json: bool) -> None:
    if as_json:
        for noted in found:
            print_json(asdict(noted.finding) | {"source": noted.source, "target": noted.target})
    elif not found:
        echo("The checks found nothing to report.")
    else:
        print_table(
            ["id", "segment", "severity", "check", "finding"],
            [
                [
                    noted.finding.id,
                    noted.finding.segment_id,
                    "dismissed" if noted.finding.dismissed else noted.finding.severity,
                    noted.finding.check,
                    one_line(noted.finding.message),
                ]
                for noted in found
            ],
        )
