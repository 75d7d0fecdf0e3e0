"""The command that shows the segments of a job from the worst to the best, and its findings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import json_option, output_folder, output_option
from pipeline.cli.display import print_json, print_table
from pipeline.cli.words import echo, echo_underlined, one_line
from pipeline.errors import Act, JobError, Remedy


@click.command()
@click.argument("job")
@click.option(
    "--most",
    "--worst",
    "most",
    type=click.IntRange(min=0),
    default=10,
    metavar="N",
    help="How many segments to show [10].",
)
@output_option
@json_option
def quality(job: str, most: int, output: Path | None, as_json: bool) -> None:
    """Show findings for 1,000 words, and the worst segments of a JOB first.

    On a terminal suspicious words are underlined, and French ones that seem lost. This is an order
    in which to read, not a grade; quality.html beside the edition shows more.
    """
    from pipeline.service import jobs

    folder = output_folder(output)
    records = [each for each in jobs.job_segments(folder, job) if each["rank"]]
    if not records:
        raise JobError("… has no order of risk yet", Remedy(Act.FINISH_JOB, job), where=job)
    # What a person wrote is among the worst only where the checks hold something against it.
    records = [each for each in records if each["note"] != "edited" or each["findings"]]
    records = sorted(records, key=lambda each: int(each["rank"]["place"]))[: max(most, 0)]
    if as_json:
        for record in records:
            print_json(record)
        return
    card = jobs.job_status(folder, job).card
    if card and card.classes:
        print_table(
            ["class", "to mend", "to look at", "to polish", "in 1,000 words"],
            [
                [rate.name, *map(str, (rate.block, rate.look, rate.polish, rate.per_thousand))]
                for rate in card.classes
            ],
        )
        echo()
    for record in records:
        _show(record)


def _show(record: Mapping[str, Any]) -> None:
    rank = record["rank"]
    facts = [f"risk {rank['risk']:.2f}"]
    if record["note"] == "edited":
        facts.append("written by a person")
    if rank.get("probability") is not None:
        facts.append(f"serious error {rank['probability']:.0%}")
    if rank["sureness"] is not None:
        facts.append(f"sureness {rank['sureness']:.2f}")
    if record["reference"]:
        facts.append(f"chrF++ {record['reference']['chrf']:.0f}")
    echo(f"{rank['place']}. {record['id']}  {', '.join(facts)}")
    echo_underlined("   ", record["source"], rank.get("lost_words", ()))
    echo_underlined("   ", record["target"], rank["weak_words"])
    for finding in record["findings"]:
        echo(f"   ! {finding['severity']}: {one_line(finding['message'])}")
    said = " ".join(finding["message"] for finding in record["findings"])
    for reason in rank.get("reasons", ()):
        if reason not in said:
            echo(f"   ? {one_line(reason)}")
    echo()
