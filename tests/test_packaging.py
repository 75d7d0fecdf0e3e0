"""What is installed from wheels: hash-checked, light, and found without a clone."""

from __future__ import annotations

import subprocess
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.cli import COMMANDS
from tests.support.paths import ROOT
from tools import wheelhouse
from tools.man_page import man_page

Cli = Callable[..., Result]


def wheel(folder: Path, name: str, metadata: str) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", "x = 1\n")
        archive.writestr(f"{about}/METADATA", metadata)
        archive.writestr(f"{about}/RECORD", f"{name}.py,,\n")
    return path


def test_a_wheel_asks_for_nothing_that_is_left_out(tmp_path: Path) -> None:
    asking = (
        "Name: a\nRequires-Dist: Stanza (>=1)\nRequires-Dist: numpy>=2\n\nRequires-Dist: text\n"
    )
    assert wheelhouse.without(wheel(tmp_path, "a", asking), {"stanza"})
    (made,) = tmp_path.glob("*.whl")
    assert made.name == "a-1.0-1enregard-py3-none-any.whl"
    with zipfile.ZipFile(made) as archive:
        assert archive.testzip() is None
        metadata = archive.read("a-1.0.dist-info/METADATA").decode()
        assert metadata == asking.replace("Requires-Dist: Stanza (>=1)\n", "")
        record = archive.read("a-1.0.dist-info/RECORD").decode().splitlines()
    assert [line.split(",")[0] for line in record] == [
        "a-1.0.dist-info/METADATA",
        "a.py",
        "a-1.0.dist-info/RECORD",
    ]
    assert not wheelhouse.without(wheel(tmp_path, "b", "Requires-Dist: numpy\n"), {"stanza"})


def test_what_only_builds_need_is_not_in_the_folder(tmp_path: Path) -> None:
    kept = wheelhouse.needed((ROOT / "requirements.lock").read_text("utf-8"))
    assert "\nweasyprint==" in kept
    assert "hatchling==" not in kept
    wheel(tmp_path, "a_b", "Name: a\n")
    wheelhouse.write_lists(tmp_path)
    sums = (tmp_path / "SHA256SUMS").read_text("utf-8")
    assert (tmp_path / "requirements.txt").read_text("utf-8") == (
        f"a-b==1.0 --hash=sha256:{sums.split()[0]}\n"
    )
    assert subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=tmp_path).returncode == 0


def test_the_two_wheels_of_the_model_have_all_of_it_and_are_not_too_large() -> None:
    listed: list[Path] = []
    for name in ("fr-en", "fr-en-more"):
        folder = ROOT / "models" / "wheels" / name
        project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
        included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
        files = [(folder / path).resolve() for path in included]
        assert all(path.exists() for path in files)
        assert any(path.name == "licence" for path in files)
        assert sum(path.stat().st_size for path in files if path.is_file()) < wheelhouse.LIMIT
        listed += files
    model = ROOT / "models" / "fr-en-1"
    assert {path for path in listed if path.parent == model} == set(model.iterdir())


def test_the_manual_has_every_command_and_no_stray_request() -> None:
    page = man_page()
    assert page.isascii()
    for command in COMMANDS:
        assert f"\n.SS enregard {command.name}\n" in page
    for line in page.splitlines():
        assert not line.startswith("'")
        assert line[:1] != "." or line.split()[0] in (".TH .SH .SS .B .TP .PP .nf .fi".split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(shell: str, enregard: Cli) -> None:
    assert "_ENREGARD_COMPLETE" in enregard("completion", shell).stdout
