"""The command that prints what lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from pipeline.cli.words import echo

_SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what lets a SHELL complete commands and options.

    \b
    bash: enregard completion bash > ~/.local/share/bash-completion/completions/enregard
    zsh:  enregard completion zsh > a file _enregard in a folder of $fpath
    fish: enregard completion fish > ~/.config/fish/completions/enregard.fish
    """  # noqa: D301
    made = get_completion_class(shell)
    assert made is not None
    for_us = made(context.find_root().command, {}, "enregard", "_ENREGARD_COMPLETE")
    echo(for_us.source_template % for_us.source_vars())
