"""A person is asked before what cannot be taken back: "no" does nothing, and Ctrl-C interrupts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import NoReturn

import click
import pytest

from pipeline.cli import base
from tests.support.small_job import Cli

ASKED = [("replace", "says", "states"), ("delete",)]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody sit before the program."""
    monkeypatch.setattr(base, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))


@pytest.mark.parametrize("command", ASKED)
@pytest.mark.usefixtures("terminal")
def test_no_is_an_answer(
    command: tuple[str, ...], job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(click, "confirm", lambda _: False)
    done = enregard(command[0], job, *command[1:])
    assert done.stderr == ""
    assert job in enregard("list").output


@pytest.mark.parametrize("command", ASKED)
@pytest.mark.usefixtures("terminal")
def test_stopping_at_a_question_is_an_interruption(
    command: tuple[str, ...], job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: str) -> NoReturn:
        raise click.Abort

    monkeypatch.setattr(click, "confirm", stop)
    done = enregard(command[0], job, *command[1:], code=130)
    assert "interrupted" in done.stderr
    assert "Aborted" not in done.output
    assert job in enregard("list").output
