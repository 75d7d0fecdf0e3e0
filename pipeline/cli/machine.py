"""The commands about this machine: its engines, and whether it has what Enregard needs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.base import FILE, json_option, output_folder, output_option
from pipeline.cli.display import download_bar, print_json, print_table
from pipeline.cli.words import echo, one_line, said, ways
from pipeline.errors import UsageError


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def engines(context: click.Context, as_json: bool) -> None:
    """List the translation engines on this machine; the first is the one 'auto' takes."""
    from pipeline.service import engines

    if context.invoked_subcommand:
        return
    found, problems = engines.engines()
    for problem in problems:
        echo(f"enregard: {said(problem)}", err=True)
    if as_json:
        for engine in found:
            print_json(asdict(engine.card) | {"place": engine.place})
        return
    print_table(
        ["engine", "model", "version", "size", "sha256", "place"],
        [
            [
                engine.card.name,
                one_line(engine.card.title),
                engine.card.version,
                f"{engine.card.size // 1_000_000} MB",
                engine.card.sha256,
                engine.place,
            ]
            for engine in found
        ],
    )


@engines.command("install")
@click.argument("archive", required=False, type=FILE, metavar="[FILE.argosmodel]")
@click.option(
    "--from-index",
    nargs=2,
    metavar="FROM TO",
    help="Download the package of a language pair from Argos' index: --from-index fr en.",
)
@json_option
def engines_install(
    archive: Path | None, from_index: tuple[str, str] | None, as_json: bool
) -> None:
    """Install an Argos Translate package: a file, or (with a connection) one from the index.

    It is checked and tried first, and put beside what is there, never over it.
    """
    from pipeline.service import engines

    if (archive is None) == (from_index is None):
        raise UsageError("name a .argosmodel file, or --from-index FROM TO; one of the two")
    if archive is not None:
        package = engines.install_package(archive)
    else:
        assert from_index is not None
        with download_bar(as_json) as progress:
            package = engines.download_package(*from_index, progress)
    if as_json:
        print_json(asdict(package) | {"folder": str(package.folder)})
    else:
        echo(f"{one_line(package.title)} {package.version} is installed in {package.folder}")
        echo(f"sha256 {package.sha256}")


@click.command()
@output_option
@json_option
def doctor(output: Path | None, as_json: bool) -> None:
    """Check that this machine has what Enregard needs, and name the remedy if not."""
    from pipeline.service import engines

    diagnoses = engines.check_machine(output_folder(output))
    for diagnosis in diagnoses:
        if as_json:
            print_json(
                {
                    "name": diagnosis.name,
                    "well": diagnosis.well,
                    "found": diagnosis.found,
                    "remedy": ways(diagnosis.remedies),
                }
            )
        else:
            mark = "ok  " if diagnosis.well else "FAIL"
            echo(f"{mark}  {diagnosis.name}: {diagnosis.found}")
            if not diagnosis.well:
                echo(f"      → {ways(diagnosis.remedies)}")
    if not all(diagnosis.well for diagnosis in diagnoses):
        raise SystemExit(1)
