"""Errors say what is wrong, where, and what to do; only the command line speaks of its options."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipeline.cli import COMMANDS
from pipeline.cli.words import WORDS, said
from pipeline.errors import Act, InputError, JobError, Remedy, within_memory

PACKAGE = Path(__file__).parent.parent / "pipeline"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "cli" not in path.parts)
TEMPLATES = sorted((PACKAGE / "stages/publish/render/templates").glob("*.html*"))


def options(command: click.Command) -> Iterator[str]:
    """Give the options of a command and of those below it."""
    for each in command.params:
        yield from (name for name in each.opts if name.startswith("--"))
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from options(below)


OPTIONS = sorted({name for command in COMMANDS for name in options(command)})
COMMAND_WORDS = re.compile(
    rf"(?<![\w-])(?:{'|'.join(OPTIONS)})(?![\w-])"
    rf"|\benregard (?:{'|'.join(str(each.name) for each in COMMANDS)})\b"
)


def test_a_message_alone_is_the_whole_line() -> None:
    error = InputError("the file is empty")
    assert str(error) == said(error) == "the file is empty"


def test_what_where_and_remedies_make_one_line() -> None:
    error = InputError("… is too long", "split it", "shorten it", where="a.txt")
    assert str(error) == "a.txt is too long; split it, or shorten it"
    error = InputError("the line is too long", "split it", where=Path("a.txt"))
    assert str(error) == "a.txt: the line is too long; split it"
    assert (error.what, error.where, error.remedies) == (
        "the line is too long",
        "a.txt",
        ("split it",),
    )


def test_each_face_has_its_own_words_for_a_remedy() -> None:
    error = JobError("… has no edition", Remedy(Act.FINISH_JOB, "a-12"), where="a-12")
    assert str(error) == "a-12 has no edition; finish the job a-12 first"
    assert said(error) == "a-12 has no edition; run 'enregard resume a-12' first"
    assert error.line(lambda remedy: f"[{remedy.subject}]") == "a-12 has no edition; [a-12]"


@pytest.mark.parametrize("act", Act)
def test_the_command_line_has_words_for_every_act(act: Act) -> None:
    assert COMMAND_WORDS.search(WORDS[act])
    assert WORDS[act].count("{}") == act.value.count("{}")


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Give the strings of a module but for its docstrings, which no user reads."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


def test_only_the_command_line_speaks_of_options_and_commands() -> None:
    said_elsewhere = [
        f"{path.relative_to(PACKAGE)}:{line}: {text}"
        for path in MODULES
        for line, text in strings(path)
        if COMMAND_WORDS.search(text)
    ] + [
        str(path.relative_to(PACKAGE))
        for path in TEMPLATES
        if COMMAND_WORDS.search(path.read_text(encoding="utf-8"))
    ]
    assert said_elsewhere == []


@pytest.mark.parametrize(
    "lack",
    [
        MemoryError(),
        SystemError("error return without exception set"),
        RuntimeError("can't start new thread"),
    ],
)
def test_a_lack_of_memory_says_what_to_do(lack: Exception) -> None:
    with pytest.raises(JobError, match="out of memory; close"), within_memory(JobError):
        raise lack


def test_another_fault_of_the_interpreter_is_no_lack_of_memory() -> None:
    with pytest.raises(SystemError), within_memory(JobError):
        raise SystemError("bad argument to internal function")
