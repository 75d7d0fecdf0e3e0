"""The command that writes a published job in formats for other tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.cli.base import (
    FILE,
    Registered,
    force_option,
    json_option,
    output_folder,
    output_option,
)
from pipeline.cli.display import print_json
from pipeline.cli.words import echo
from pipeline.errors import UsageError


@click.command("export")
@click.argument("job")
@click.option(
    "--format",
    "formats",
    multiple=True,
    required=True,
    type=Registered("export"),
    help="What to write; may be repeated.",
)
@click.option(
    "--to", type=FILE, default=Path(), metavar="DIR", help="Folder to write to [default: here]."
)
@click.option(
    "--bilingual", is_flag=True, help="With the format original: the English below the French."
)
@force_option
@output_option
@json_option
def export(
    job: str,
    formats: Sequence[str],
    to: Path,
    bilingual: bool,
    force: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Write the edition of a JOB for translation tools, word processors and e-readers."""
    from pipeline.service import editions

    if bilingual and "original" not in formats:
        raise UsageError(
            "only the text's own document is written in both languages", "add --format original"
        )
    folder = output_folder(output)
    for path in editions.export_job(folder, job, formats, to, force, bilingual):
        if as_json:
            print_json({"job": job, "file": str(path)})
        else:
            echo(path)
