"""The command that starts the desk."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.base import config_option, output_folder, output_option
from pipeline.cli.words import echo


@click.command("desk")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="Port to listen on [default: the folder's own, or a free one].",
)
@click.option("--no-browser", is_flag=True, help="Only print the address; open no browser.")
@config_option
@output_option
def desk(port: int, no_browser: bool, config: Path | None, output: Path | None) -> None:
    """Work in the browser: run, read, correct, decide and download, on this machine alone.

    The first line printed is the address. It opens the desk once; Ctrl+C ends it.
    """
    from pipeline.web.serve import serve

    serve(output_folder(output), config, port, not no_browser, echo)
