"""The command line in, its manual page out (docs/enregard.1): every command with its options."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from pipeline import __version__
from pipeline.cli import main as enregard

_EXIT = (
    ("0", "done"),
    ("1", "done, but something is left: a blocking finding (--strict), a document not published"),
    ("2", "the command or its arguments cannot work as given"),
    ("3", "the text is missing, unreadable or unfit"),
    ("4", "a configuration or glossary file is not valid"),
    ("5", "no usable engine, or a damaged model"),
    ("6", "a job is missing, busy, damaged or cannot be stored"),
    ("7", "the edition cannot be built"),
    ("130", "interrupted; the same command goes on from there"),
)


def man_page() -> str:
    """Give the manual page, as man(7) wants it."""
    head = [
        f'.TH ENREGARD 1 "" "Enregard {__version__}" "User Commands"',
        ".SH NAME",
        r"enregard \- translate French to English offline, and publish the two side by side",
        ".SH SYNOPSIS",
        r".B enregard",
        r"[\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGS\fR]...",
        ".SH DESCRIPTION",
        *_paragraphs(enregard.help or ""),
        ".SH COMMANDS",
    ]
    codes = [line for code, what in _EXIT for line in (".TP", f".B {code}", _plain(what))]
    lines = [*head, *_commands(enregard, click.Context(enregard, info_name="enregard"))]
    lines += [".SH EXIT STATUS", *codes, ".SH ENVIRONMENT"]
    lines += [".TP", ".B ENREGARD_OUTPUT", "The folder that holds the jobs."]
    return "\n".join(lines) + "\n"


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        usage = " ".join(command.collect_usage_pieces(inner))
        yield f".SS {_plain(inner.command_path)}"
        yield f".B {_plain(inner.command_path)}"
        yield _plain(usage)
        yield ".PP"
        yield from _paragraphs(command.help or "")
        for option in command.get_params(inner):
            if record := option.get_help_record(inner):
                yield ".TP"
                yield f".B {_plain(record[0])}"
                yield _plain(record[1])
        if isinstance(command, click.Group):
            yield from _commands(command, inner)


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        if number:
            yield ".PP"
        paragraph = "\n".join(line.strip(" ") for line in paragraph.split("\n"))
        if paragraph.startswith("\b"):
            yield ".nf"
            yield from (_plain(line) for line in paragraph.split("\n")[1:])
            yield ".fi"
        else:
            yield _plain(" ".join(paragraph.split()))


def _plain(text: str) -> str:
    r"""Give text that roff takes as text: no escapes, no requests, hyphens that can be copied.

    It is ASCII: groff reads other letters by name.
    """
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    escaped = re.sub(r"[^\x00-\x7f]", lambda letter: rf"\[u{ord(letter[0]):04X}]", escaped)
    return rf"\&{escaped}" if escaped[:1] in ".'" else escaped
