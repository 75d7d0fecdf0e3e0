"""The commands about this machine: its engines, and whether it has what Enregard needs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.base import json_option, output_folder, output_option
from pipeline.display import print_json, print_table


@click.command()
@json_option
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


@click.command()
@output_option
@json_option
def doctor(output: Path | None, as_json: bool) -> None:
    """Check that this machine has what Enregard needs, and name the remedy if not."""
    from pipeline import service

    diagnoses = service.check_machine(output_folder(output))
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
