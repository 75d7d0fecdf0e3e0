"""What was corrected in jobs is proposed for a glossary, and put in one without harm to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.obedient import Obedient
from tests.support.small_job import Cli, run

TEXT = "Un accord est là.\n\nLe comité siège à Tallinn.\n\nLe comité siège à Tartu.\n"
OWN = """\
name: Desk   # ours
entries:
  # never "Board"
  - source: accord
    target: accord
  - {source: Tallinn, target: Tallinn, kind: name}
"""


@pytest.fixture
def job(tmp_path: Path, config: Path, engine: Obedient, enregard: Cli) -> str:
    """A finished job of three sentences."""
    return run(tmp_path, config, enregard, TEXT)


def suggested(enregard: Cli, *options: str) -> list[dict[str, Any]]:
    lines = enregard("glossary", "suggest", *options, "--json").stdout.splitlines()
    return [json.loads(line) for line in lines]


def corrected(enregard: Cli, job: str) -> None:
    """Correct the comité of two sentences in the same way, and change an entry of the job."""
    enregard("replace", job, "committee", "panel", "--yes", "--no-rebuild")
    enregard("review", job, "--entry", "accord", "--target", "deal")


def test_corrections_are_proposed_with_counts_and_examples(job: str, enregard: Cli) -> None:
    assert suggested(enregard, job) == []
    corrected(enregard, job)
    deal, panel = suggested(enregard, job)
    assert (deal["entry"]["source"], deal["entry"]["target"]) == ("accord", "deal")
    assert (panel["entry"]["source"], panel["entry"]["target"]) == ("comité", "panel")
    assert (panel["count"], panel["before"]) == (2, [["committee", 2]])
    assert panel["replaces"]["target"] == "committee"
    shown = enregard("glossary", "suggest", job).stdout
    assert "# corrected 2 times, from committee (2); a glossary has committee" in shown
    assert "# b0001.s01: It says panel Tallinn." in shown


def test_they_are_put_in_a_glossary_whose_words_stay(job: str, enregard: Cli) -> None:
    corrected(enregard, job)
    Path("desk.yaml").write_text(OWN, "utf-8")
    done = enregard("glossary", "suggest", job, "--entry", "accord", "-o", "desk.yaml")
    assert "gives way" in done.stderr
    assert "1 entry put in desk.yaml" in done.stderr
    text = Path("desk.yaml").read_text("utf-8")
    assert text.startswith("name: Desk   # ours\n")
    assert '# never "Board"' in text
    assert "{source: Tallinn, target: Tallinn, kind: name}" in text
    enregard("glossary", "suggest", job, "-o", "new.csv")
    assert "comité" in Path("new.csv").read_text("utf-8-sig")
    enregard("glossary", "check", "desk.yaml", "new.csv")
    wrong = enregard("glossary", "suggest", job, "--entry", "acord", code=2)
    assert "did you mean 'accord'" in wrong.output
    Path("bad.yaml").write_text("name: [", "utf-8")
    enregard("glossary", "suggest", job, "-o", "bad.yaml", code=4)
    assert Path("bad.yaml").read_text("utf-8") == "name: ["
    Path("t.tbx").write_bytes(tbx := b"<tbx/>")
    refused = enregard("glossary", "suggest", job, "-o", "t.tbx", code=4)
    assert "convert it to YAML" in refused.output
    assert Path("t.tbx").read_bytes() == tbx


def test_all_else_that_an_entry_says_stays(job: str, enregard: Cli) -> None:
    corrected(enregard, job)
    Path("desk.yaml").write_text(
        "name: Desk\nentries:\n  - source: comité\n    target: committee\n    kind: name\n"
        "    variants: [CC]\n    alternatives: [board, Panel]\n    forbidden: [panel, group]\n"
        "    case: exact\n    note: Ask Anne.\n",
        "utf-8",
    )
    done = enregard("glossary", "suggest", job, "--entry", "comité", "-o", "desk.yaml")
    assert "comité: “committee” (desk.yaml:3) gives way to “panel”\n" in done.stderr
    text = Path("desk.yaml").read_text("utf-8")
    assert text.endswith(
        "  - source: comité\n    target: panel\n    kind: name\n    variants: [CC]\n"
        "    alternatives: [board, Panel]\n    forbidden: [group]\n    case: exact\n"
        "    note: Ask Anne.\n"
    )


def test_a_changed_entry_keeps_its_mistakes(
    tmp_path: Path, config: Path, engine: Obedient, enregard: Cli
) -> None:
    Path("own.yaml").write_text(
        "name: Own\nentries:\n  - {source: accord, target: agreement, forbidden: [pact, Deal]}\n",
        "utf-8",
    )
    job = run(tmp_path, config, enregard, TEXT, "--glossary", "own.yaml")
    enregard("review", job, "--entry", "accord", "--target", "deal")
    (deal,) = suggested(enregard, job)
    assert (deal["entry"]["target"], deal["entry"]["forbidden"]) == ("deal", ["pact"])
