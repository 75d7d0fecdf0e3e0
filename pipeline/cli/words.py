"""Texts, counts and errors in, words for the terminal out: the only place that words a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import click

from pipeline.errors import Act, EnregardError, Remedy, advice, counted

__all__ = ["WORDS", "counted", "echo", "one_line", "printable", "said", "ways"]

# No-break spaces are not "printable" to Python, but they print.
_SPACES = "\u00a0\u202f"

# What steers a terminal, turns the direction of its text, or cannot be encoded.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

WORDS: dict[Act, str] = {
    Act.FINISH_JOB: "run 'enregard resume {}' first",
    Act.SHOW_JOBS: "'enregard list' shows the jobs",
    Act.SHOW_SEGMENTS: "see 'enregard show {} --segments'",
    Act.SHOW_FINDINGS: "see 'enregard dismiss {}'",
    Act.EXPORT_DECISIONS: "make it with 'enregard review JOB --export FILE'",
    Act.REBUILD_EDITION: "rebuild the edition with 'enregard publish'",
    Act.TURN_ON: "make it with 'enregard publish JOB --set {}=true'",
    Act.LOOK_IN_FOLDER: "add --output '{}'",
    Act.CHOOSE_OUTPUT: "choose another folder with --output",
    Act.RUN_ELSEWHERE: "run the text again in another --output folder",
    Act.NAME_TEXT: "name one with --text",
    Act.CHOOSE_PORT: "choose another with --port, or none for a free one",
    Act.CHOOSE_ENCODING: "run again with --encoding {}",
    Act.NAME_ENCODING: "name the right one with --encoding",
    Act.REPLACE_FILE: "replace it with --force",
    Act.CHOOSE_TARGET: "choose another folder with --to",
    Act.SHOW_ENGINES: "see 'enregard engines'",
    Act.CHOOSE_ENGINE: "use --engine {}",
    Act.INSTALL_PACKAGE: "install a package with 'enregard engines install FILE.argosmodel'",
    Act.TRANSLATE_ANYWAY: "translate it all the same with --force",
    Act.BRING_PACKAGE: "bring the package file from another machine and run: "
    "enregard engines install FILE.argosmodel",
}


def echo(message: object = "", err: bool = False, nl: bool = True) -> None:
    """Print lines of text, without the characters that would steer a terminal."""
    click.echo(_STEERING.sub("\ufffd", str(message)), err=err, nl=nl)


def echo_underlined(before: str, text: str, spans: Iterable[tuple[int, int]]) -> None:
    """Print a text on a line, with words underlined; click leaves that out without a terminal."""
    # One character for one, so that the spans still hold.
    shown = printable(text).replace("\n", " ")
    parts, done = [before], 0
    for start, end in sorted(spans):
        parts += [shown[done:start], click.style(shown[start:end], underline=True)]
        done = end
    click.echo("".join([*parts, shown[done:]]))


def one_line(text: str) -> str:
    """Give text fit for one line of a terminal: no line breaks, no control characters."""
    return printable(" ".join(text.split()))


def printable(text: str) -> str:
    """Give text whose characters a terminal prints, one for one."""
    return "".join(c if c.isprintable() or c in _SPACES else "\ufffd" for c in text)


def said(error: EnregardError) -> str:
    """Say in one line what is wrong, where, and what to do about it."""
    return one_line(error.line(_worded))


def ways(remedies: Sequence[str | Remedy]) -> str:
    """Say what can be done."""
    return one_line(advice(tuple(remedies), _worded))


def _worded(remedy: Remedy) -> str:
    return WORDS[remedy.act].format(remedy.subject)
