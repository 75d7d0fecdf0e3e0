"""The glossary commands as users meet them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Cli = Callable[..., Result]

DESK = "name: Desk\nentries:\n  # always\n  - {source: OTAN, target: NATO, variants: [Otan]}\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A glossary called « desk » in the folder ``glossaries`` of the current folder."""
    (tmp_path / "glossaries").mkdir()
    path = tmp_path / "glossaries" / "desk.yaml"
    path.write_text(DESK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def test_check_prints_lines_and_a_count(desk: Path, tmp_path: Path, enregard: Cli) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Le sommet commence demain à Tallinn.")
    result = enregard("glossary", "check", "desk", "--text", text, "--alone")
    assert result.stdout.splitlines() == [
        "glossaries/desk.yaml:4: note: “OTAN” does not occur in the text [unused]",
        "0 errors, 0 warnings, 1 note",
    ]


def test_check_tells_what_takes_the_place_of_the_glossaries_of_the_settings(
    desk: Path, tmp_path: Path, enregard: Cli
) -> None:
    desk.write_text(DESK + "  - {source: ministre des Affaires étrangères, target: FM}\n")
    told = enregard("glossary", "check", "desk").stdout
    assert "desk.yaml:5: note: “ministre des Affaires étrangères” → “FM” takes the place" in told
    assert {"desk.yaml:4", "desk.yaml:5"} <= set(re.findall(r"desk.yaml:[0-9]", told))
    assert "“OTAN” → “NATO” takes the place of diplomacy.yaml:" in told
    assert "which says “NATO”, a name [overrides]" in told
    assert "[unused]" not in told
    # Nothing is told of the other glossary itself, and a file of settings may name others.
    text = tmp_path / "a.txt"
    text.write_text("Le sommet commence demain à Tallinn.")
    assert "diplomacy.yaml:" not in {
        line.partition(" ")[0]
        for line in enregard("glossary", "check", "desk", "--text", text).stdout.splitlines()
    }
    (tmp_path / "c.yaml").write_text("glossaries: []\n")
    alone = enregard("glossary", "check", "desk", "--config", "c.yaml").stdout
    assert alone == "0 errors, 0 warnings, 0 notes\n"


def test_check_fails_on_errors_only(desk: Path, enregard: Cli) -> None:
    desk.write_text(DESK + "  - {source: otan, target: N, variants: [OTAN]}\n  - {source: b}\n")
    result = enregard("glossary", "check", "desk", "--alone", "--json", code=1)
    problems = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(p["line"], p["level"], p["rule"]) for p in problems] == [
        (5, "error", "invalid"),
        (6, "error", "invalid"),
    ]


def test_show(desk: Path, enregard: Cli) -> None:
    table = enregard("glossary", "show", "desk").stdout.splitlines()
    assert table[0].split() == ["source", "target", "kind", "scope", "place"]
    assert table[1].split() == ["OTAN", "NATO", "term", "glossaries/desk.yaml:4"]
    assert "variants     Otan" in enregard("glossary", "show", "desk", "--find", "l’OTAN").stdout
    found = enregard("glossary", "show", "--find", "ministre délégué").stdout
    assert "found as     ministre/ministres délégué/déléguée/déléguées/délégués" in found
    assert enregard("glossary", "show", "desk", "--find", "x").stdout == "0 entries about 'x'\n"
    (entry,) = enregard("glossary", "show", "desk", "--json").stdout.splitlines()
    assert json.loads(entry)["target"] == "NATO"
    assert "North Korea" in enregard("glossary", "show").stdout


def test_convert_there_and_back(desk: Path, tmp_path: Path, enregard: Cli) -> None:
    enregard("glossary", "convert", "desk", "a.csv")
    enregard("glossary", "convert", "a.csv", "a.tbx")
    enregard("glossary", "convert", "a.tbx", "a.tsv")
    result = enregard("glossary", "convert", "a.tsv", "a.yaml")
    assert result.stdout == "1 entry written to a.yaml\n"
    assert (tmp_path / "a.yaml").read_text() == (
        "name: a\n\nentries:\n  - source: OTAN\n    target: NATO\n    variants: [Otan]\n"
    )


def test_nothing_is_replaced_unasked(desk: Path, tmp_path: Path, enregard: Cli) -> None:
    (tmp_path / "a.yaml").write_text("mine")
    result = enregard("glossary", "convert", "desk", "a.yaml", code=2)
    assert "a.yaml exists; choose another name, or replace it with --force" in result.stderr
    assert (tmp_path / "a.yaml").read_text() == "mine"
    enregard("glossary", "convert", "desk", "a.yaml", "--force")
    assert (tmp_path / "a.yaml").read_text() == DESK


def test_merge(desk: Path, tmp_path: Path, enregard: Cli) -> None:
    (tmp_path / "b.csv").write_text("source,target\nOTAN,the Alliance\n")
    result = enregard("glossary", "merge", "desk", "b.csv", "-o", "m.yaml")
    assert result.stdout.splitlines() == [
        "OTAN: “NATO” (glossaries/desk.yaml:4) gives way to “the Alliance” (b.csv:2) "
        "and loses variants “Otan”",
        "1 entry written to m.yaml",
    ]
    assert "# always" in (tmp_path / "m.yaml").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["check", "nowhere"], 4, "glossary nowhere does not exist"),
        (["check", "glossaries"], 4, "is a folder"),
        (["convert", "desk", "a.xlsx"], 4, "must end in one of .yaml"),
        (["convert", "desk", "none/a.csv"], 4, "cannot be written: no such file"),
        (["convert", "bad.csv", "a.yaml"], 4, "bad.csv:2: the entry 'OTAN' has no target"),
        (["convert", "binary.csv", "a.yaml"], 4, "binary.csv:1: the character U+0000"),
        (["check", "bomb.tbx"], 4, "declares entities"),
        (["check", "bomb.yaml"], 4, "anchors"),
    ],
)
def test_bad_input_is_one_line(
    desk: Path, tmp_path: Path, enregard: Cli, arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "bad.csv").write_text("source,target\nOTAN,\n")
    (tmp_path / "binary.csv").write_bytes(bytes(range(128)))
    (tmp_path / "bomb.tbx").write_text('<!DOCTYPE tbx [<!ENTITY a "b">]><tbx>&a;</tbx>')
    (tmp_path / "bomb.yaml").write_text("a: &a [x]\nb: [*a, *a]\n")
    result = enregard("glossary", *arguments, code=code)
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
