"""What a command that was stopped has decided, and its edition does not show, is told and shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from tests.proof.conftest import Cli

WRITE = ("--segment", "b0001.s01", "--sentence", "A treaty was signed.", "--no-rebuild")


@pytest.fixture
def behind(job: Path, enregard: Cli) -> str:
    """A job with a decision that its edition does not show."""
    done = enregard("review", job.name, *WRITE)
    assert f"enregard resume {job.name}" in done.stderr
    return job.name


def is_shown(job: Path, enregard: Cli) -> bool:
    return "does not show all that was decided" not in enregard("show", job.name).stdout


def test_show_tells_that_an_edition_is_behind(behind: str, job: Path, enregard: Cli) -> None:
    assert not is_shown(job, enregard)
    enregard("resume", behind)
    assert is_shown(job, enregard)


def decided_twice(name: str, enregard: Cli) -> dict[str, tuple[str, ...]]:
    enregard("review", name, "--export", "d.json")
    shown = enregard("dismiss", name, "--json").stdout.splitlines()
    finding = json.loads(shown[0])["id"]
    enregard("dismiss", name, finding, "--no-rebuild")
    enregard("replace", name, "treaty", "accord", "--yes", "--no-rebuild")
    return {
        "import": ("review", name, "--import", "d.json"),
        "replace": ("replace", name, "treaty", "accord", "--yes"),
        "dismiss": ("dismiss", name, finding),
    }


@pytest.mark.parametrize("command", ["import", "replace", "dismiss"])
def test_the_same_command_again_ends_what_a_kill_left(
    command: str, behind: str, job: Path, enregard: Cli
) -> None:
    again = decided_twice(behind, enregard)[command]
    assert not is_shown(job, enregard)
    enregard(*again)
    assert is_shown(job, enregard)


def test_a_dry_run_of_decisions_shows_them_and_stores_nothing(
    behind: str, job: Path, enregard: Cli
) -> None:
    name = behind
    enregard("review", name, "--export", "d.json")
    other = json.loads(Path("d.json").read_bytes())
    other["decisions"][0]["value"]["text"] = "They signed."
    gone = {"kind": "note", "key": ["Il neige."], "value": {"text": "Vrai ?", "author": "Anne"}}
    Path("o.json").write_text(json.dumps(other | {"decisions": [*other["decisions"], gone]}))
    same = enregard("review", name, "--import", "d.json", "--dry-run").stdout
    assert "1 decision: 0 would change something, 1 is decided so already" in same
    told: Result = enregard("review", name, "--import", "o.json", "--dry-run")
    assert "- A treaty was signed." in told.stdout
    assert "+ They signed." in told.stdout
    assert "note  Il neige.  (not in the text)" in told.stdout
    rows = enregard("review", name, "--import", "o.json", "--dry-run", "--json").stdout
    assert [json.loads(row)["changes"] for row in rows.splitlines()] == [True, True]
    enregard("review", name, "--export", "d.json")
    assert "They signed." not in Path("d.json").read_text("utf-8")
    Path("o.json").write_text('{"schema": 1, "decisions": [1]}')
    enregard("review", name, "--import", "o.json", "--dry-run", code=3)
