"""The command that shows two editions of one text side by side."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.base import json_option, output_folder, output_option
from pipeline.cli.display import print_json, print_table
from pipeline.cli.words import echo, one_line

if TYPE_CHECKING:
    from pipeline.service.comparison import Comparison


@click.command()
@click.argument("first")
@click.argument("second")
@click.option(
    "--most",
    "--show",
    "most",
    type=click.IntRange(min=0),
    default=5,
    metavar="N",
    help="How many segments to show, least alike first [5].",
)
@output_option
@json_option
def compare(first: str, second: str, most: int, output: Path | None, as_json: bool) -> None:
    """Compare two editions of one text: two engines, two glossaries, before and after.

    FIRST and SECOND are jobs, their folders, or folders of editions (output/JOB/editions/…).
    Metrics are compared where both were run with the same --reference: p is how often chance alone
    parts two such translations as far (paired approximate randomisation).
    """
    from pipeline.service import editions

    found = editions.compare_editions(output_folder(output), first, second)
    if as_json:
        print_json(asdict(found))
        return
    print_table(["", "first", "second", ""], _rows(found))
    echo(
        f"\n{len(found.different)} of {found.segments} segments differ; "
        f"chrF++ of the second against the first: {found.agreement:.1f}"
    )
    for each in found.different[: max(most, 0)]:
        echo(f"\n{each.segment_id}  {one_line(each.source)}")
        echo(f"   first  {one_line(each.first)}")
        echo(f"  second  {one_line(each.second)}")


def _rows(found: Comparison) -> list[list[str]]:
    first, second = found.first, found.second
    rows = [
        ["edition", one_line(first.name), one_line(second.name), ""],
        ["engine", one_line(first.engine), one_line(second.engine), ""],
        ["glossary", one_line(first.glossary), one_line(second.glossary), ""],
    ]
    rows += [
        [metric.name, f"{metric.first:.1f}", f"{metric.second:.1f}", f"p = {metric.p_value:.4f}"]
        for metric in found.metrics
    ]
    for title, one, other in (
        ("findings: {}", first.findings, second.findings),
        ("check: {}", first.checks, second.checks),
        ("glossary: {}", first.occurrences, second.occurrences),
    ):
        names = dict.fromkeys([*one, *other])
        rows += [
            [title.format(name), str(one.get(name, 0)), str(other.get(name, 0)), ""]
            for name in names
            if one.get(name) or other.get(name)
        ]
    return rows
