"""The command that replaces words in the English of a job, once a person has seen where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.base import agreed, json_option, output_folder, output_option
from pipeline.cli.display import print_json, show_edit
from pipeline.cli.options import REPLACE, check
from pipeline.cli.updating import bring_up_to_date
from pipeline.cli.words import counted, echo, one_line
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.service.replacing import Replacement


@click.command()
@click.argument("job")
@click.argument("find", default="")
@click.argument("by", default=None, required=False, metavar="[WITH]")
@click.option("--match-case", is_flag=True, help="Find the words only as they are written.")
@click.option("--parts", is_flag=True, help="Find them inside longer words, too.")
@click.option(
    "--segment",
    "segments",
    multiple=True,
    metavar="ID",
    help="Only in this segment (b0012.s03); may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and store nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--undo", is_flag=True, help="Put back what was replaced last in JOB.")
@click.option(
    "--by",
    "reviewer",
    default="",
    metavar="NAME",
    envvar="ENREGARD_REVIEWER",
    help="Who decides; what was read stays read, by NAME [$ENREGARD_REVIEWER].",
)
@click.option("--no-rebuild", is_flag=True, help="Store it; leave the edition as it is.")
@output_option
@json_option
def replace(
    job: str,
    find: str,
    by: str | None,
    match_case: bool,
    parts: bool,
    segments: Sequence[str],
    dry_run: bool,
    yes: bool,
    undo: bool,
    reviewer: str,
    no_rebuild: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Replace words in the English of a JOB: FIND is looked for, WITH stands in its place.

    Every sentence that would change is shown before and after, and you are asked. Words in small
    letters are found with a capital too, which stays. A sentence that changes is a person's from
    then on; one that was read is open again, unless --by says who has seen it now.
    """
    from pipeline.service import replacing

    folder = output_folder(output)
    given = {
        "--undo": undo,
        "FIND": find,
        "--dry-run": dry_run,
        "--segment": segments,
        "--match-case": match_case,
        "--parts": parts,
    }
    check(given, REPLACE)
    if undo:
        count = replacing.take_back(folder, job)
        echo(f"{counted(count, 'decision')} taken back", err=True)
    else:
        if by is None:
            raise UsageError("say what to find and what to put there: replace JOB FIND WITH")
        if find.split() == by.split():
            raise UsageError("FIND and WITH are the same words; write what is to stand there")
        found = replacing.preview(folder, job, replacing.Sought(find, by, match_case, parts))
        chosen = _chosen(found, segments)
        _show(chosen, as_json)
        if not chosen and not as_json:
            echo(f"{one_line(find)!r} stands nowhere in the English", err=True)
        if dry_run:
            return
        if not chosen:
            bring_up_to_date(folder, job, False, no_rebuild, as_json)
            return
        question = f"Change {counted(len(chosen), 'sentence')}?"
        if not agreed(question, yes, "to store this, say so with --yes, or look with --dry-run"):
            return
        made = replacing.store_replacements(folder, job, chosen, reviewer)
        echo(f"{counted(len(made.stored), 'sentence')} changed", err=True)
        if made.changed:
            echo(f"changed by somebody else meanwhile: {', '.join(made.changed)}", err=True)
    bring_up_to_date(folder, job, True, no_rebuild, as_json)


def _chosen(found: Sequence[Replacement], segments: Sequence[str]) -> list[Replacement]:
    ids = {each.segment_id for each in found}
    for segment in segments:
        if segment not in ids:
            raise UsageError(f"nothing would change in a segment {segment[:40]!r}")
    return [each for each in found if not segments or each.segment_id in segments]


def _show(found: Sequence[Replacement], as_json: bool) -> None:
    for each in found:
        if as_json:
            print_json(_record(each))
        else:
            show_edit(each.segment_id, each.source, each.before, each.after)
    if found and not as_json:
        places = sum(len(each.spans_after) for each in found)
        echo(f"{counted(places, 'place')} in {counted(len(found), 'sentence')}")


def _record(each: Replacement) -> dict[str, object]:
    """Give a replacement's record, as documented in docs/formats.md."""
    return {
        "segment_id": each.segment_id,
        "source": each.source,
        "before": each.before,
        "after": each.after,
        "spans_before": [list(span) for span in each.spans_before],
        "spans_after": [list(span) for span in each.spans_after],
        "state": each.state.value,
    }
