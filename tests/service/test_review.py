"""A person overrules the glossary, occurrence by occurrence; only what they touch is done again.

The engine is a fake that obeys hints and counts what it is asked.
"""

from __future__ import annotations

import importlib
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import click
import pytest

from pipeline.model import Verdict
from pipeline.service.benches import Benches
from pipeline.service.replacing import Sought, preview, store_replacements
from pipeline.service.review import open_review
from tests.support.obedient import Obedient
from tests.support.small_job import TEXT, Cli, items, run


def edition(tmp_path: Path, job: str) -> bytes:
    return (tmp_path / "output" / job / "edition.html").read_bytes()


def test_the_list_says_what_became_of_each_occurrence(job: str, enregard: Cli) -> None:
    found = items(enregard, job)
    assert [(i["number"], i["surface"], i["ordinal"]) for i in found] == [
        (1, "accord", 0),
        (2, "comité", 0),
        (3, "accord", 0),
        (4, "comité", 1),
        (5, "comité", 0),
    ]
    assert {i["method"] for i in found} == {"hint"}
    assert found[1]["target"][found[1]["target_start"] : found[1]["target_end"]] == "committee"
    assert [i["number"] for i in items(enregard, job, "--entry", "COMITÉ")] == [2, 4, 5]
    assert [i["number"] for i in items(enregard, job, "--segment", "b0002.s01")] == [5]
    assert items(enregard, job, "--status", "missing") == []
    table = enregard("review", job, "--number", "2").stdout
    assert "hint" in table
    assert "committee" in table


def test_a_declined_occurrence_is_translated_without_the_entry_and_nothing_else_is(
    job: str, engine: Obedient, enregard: Cli, tmp_path: Path
) -> None:
    before = edition(tmp_path, job)
    enregard("review", job, "--number", "5", "--decline")
    assert engine.asked == ["Le comité siège à Tallinn."]
    (declined,) = items(enregard, job, "--number", "5")
    assert (declined["status"], declined["decision"]) == ("declined", "declined")
    assert declined["reason"] == "declined by the reviewer"
    assert declined["target"] == "It says Tallinn."
    assert b"1 declined" in edition(tmp_path, job)
    # It outlives a run of the text, and is gone without a trace when it is taken back.
    enregard("run", "t.md", "--config", "c.yaml")
    assert items(enregard, job, "--status", "declined") == [declined]
    enregard("review", job, "--number", "5", "--undo", "verdict")
    assert edition(tmp_path, job) == before
    assert len(engine.asked) == 1
    again = enregard("review", job, "--number", "5", "--undo", "verdict", code=2)
    assert "no verdict was decided on here that could be taken back" in again.output


def test_an_accepted_occurrence_is_no_finding_while_its_sentence_stays(
    job: str, enregard: Cli
) -> None:
    written = ("review", job, "--segment", "b0002.s01", "--sentence")
    enregard(*written, "They sit in Tallinn.")
    (item,) = items(enregard, job, "--number", "5")
    assert (item["status"], item["note"], item["target"]) == (
        "missing",
        "edited",
        "They sit in Tallinn.",
    )
    assert "is not rendered" in enregard("show", job, "--segments").stdout
    enregard("review", job, "--number", "5", "--accept")
    assert "is not rendered" not in enregard("show", job, "--segments").stdout
    assert items(enregard, job, "--number", "5")[0]["decision"] == "accepted"
    enregard(*written, "It sits in Tallinn.")
    assert items(enregard, job, "--number", "5")[0]["decision"] == "none"


def test_accepting_an_occurrence_translates_nothing(
    job: str, engine: Obedient, enregard: Cli
) -> None:
    enregard("review", job, "--entry", "comité", "--accept")
    assert {each["decision"] for each in items(enregard, job, "--entry", "comité")} == {"accepted"}
    assert engine.asked == []


def test_dismissing_a_finding_delivers_no_translation_again(
    job: str, engine: Obedient, enregard: Cli
) -> None:
    enregard("review", job, "--segment", "b0002.s01", "--sentence", "It sits in Tallinn in 2030.")
    finding = json.loads(enregard("dismiss", job, "--json").stdout.splitlines()[0])
    shown = enregard("dismiss", job, finding["id"]).output
    assert re.findall(r"(\w+) +nothing to do", shown) == ["read", "segment", "translate"]
    assert engine.asked == []


def test_a_sentence_written_by_hand_is_verified_scored_and_taken_back(
    job: str, engine: Obedient, enregard: Cli
) -> None:
    enregard("review", job, "--segment", "b0002.s01", "--sentence", "The committee is in Tallinn.")
    (item,) = items(enregard, job, "--number", "5")
    assert (item["status"], item["method"], item["rendering"]) == ("present", "edited", "committee")
    record = json.loads(enregard("show", job, "--segments", "--json").stdout.splitlines()[-1])
    assert (record["note"], record["confidence"], record["finished"]) == ("edited", -0.5, True)
    assert engine.asked == []
    enregard("review", job, "--segment", "b0002.s01", "--undo", "sentence")
    assert items(enregard, job, "--number", "5")[0]["target"] == "It says committee Tallinn."


def test_a_changed_entry_counts_in_this_job(job: str, engine: Obedient, enregard: Cli) -> None:
    enregard("review", job, "--entry", "accord", "--target", "deal", "--alternative", "pact")
    assert engine.asked == ["Un accord", "Le comité a signé un accord avec le comité voisin."]
    changed = items(enregard, job, "--entry", "accord")
    assert {(i["status"], i["rendering"]) for i in changed} == {("present", "deal")}
    assert changed[0]["entry"]["alternatives"] == ["pact"]
    enregard("review", job, "--entry", "accord", "--undo", "entry")
    assert items(enregard, job, "--number", "1")[0]["rendering"] == "treaty"


def test_an_override_opens_the_database_once_to_decide_and_once_to_run(
    job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    connect = sqlite3.connect

    def counted(path: object, **options: Any) -> Any:
        opened.append(path)
        return connect(path, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(sqlite3, "connect", counted)
    enregard("review", job, "--entry", "accord", "--target", "deal")
    assert len(opened) == 2
    enregard("dismiss", job)
    assert len(opened) == 3


def test_a_colleagues_decisions_fit_a_text_whose_paragraphs_moved(
    job: str, config: Path, enregard: Cli, tmp_path: Path
) -> None:
    enregard("review", job, "--number", "4", "--decline")
    enregard("review", job, "--segment", "b0002.s01", "--sentence", "It sits in Tallinn.")
    enregard("review", job, "--export", tmp_path / "d.json")
    title, first, second = TEXT.strip().split("\n\n")
    moved = run(tmp_path, config, enregard, "\n\n".join([title, second, first]), "--new")
    assert moved != job
    enregard("review", moved, "--import", tmp_path / "d.json")
    found = items(enregard, moved)
    assert [i["status"] for i in found] == ["present", "missing", "present", "present", "declined"]
    assert found[1]["target"] == "It sits in Tallinn."


def test_a_hostile_file_of_decisions_changes_nothing(
    job: str, enregard: Cli, tmp_path: Path
) -> None:
    row = {"kind": "translation", "key": ["Le comité siège à Tallinn."], "value": {"text": "Hi."}}
    bad = {"kind": "entry", "key": ["comité"], "value": {"target": "a\u202eb", "alternatives": []}}
    (tmp_path / "d.json").write_text(json.dumps({"schema": 1, "decisions": [row, bad]}), "utf-8")
    before = edition(tmp_path, job)
    refused = enregard("review", job, "--import", tmp_path / "d.json", code=3)
    assert "cannot be imported" in refused.output
    enregard("resume", job)
    assert edition(tmp_path, job) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--decline"], "say which"),
        (["--accept", "--decline", "--number", "1"], "at a time"),
        (["--sentence", "A.", "--segment", "b9.s9"], "no segment"),
        (["--sentence", "", "--segment", "b0002.s01"], "between 1 and"),
        (["--target", "x", "--number", "99"], "add --entry"),
        (["--entry", "comite", "--decline"], "did you mean 'comité'"),
        (["--entry", "zzz"], "the list shows"),
        (["--number", "99", "--accept"], "these options choose nothing"),
        (["--segment", "b9.s9", "--decline"], "these options choose nothing"),
        (["--status", "forbidden", "--state", "read", "--by", "Bo"], "choose nothing"),
        (["--entry", "comité", "--accept", "--dry-run"], "--dry-run needs --import"),
        (["--force", "--list"], "--force needs --export"),
        (["--sentence", "A.", "--entry", "comité"], "--sentence needs --segment"),
        (["--sentence", "A.", "--segment", "b0002.s01", "--number", "5"], "at a time"),
        (["--alternative", "x", "--entry", "comité", "--accept"], "needs --target"),
        (["--all"], "--all needs --state"),
        (["--state", "read", "--by", "Bo"], "add --entry, --segment, --status, --number or --all"),
        (["--state", "read", "--all", "--segment", "b0002.s01"], "--all or --segment"),
        (["--list", "--number", "1", "--accept"], "--accept or --list"),
        (["--detached", "--number", "1", "--accept"], "--accept or --detached"),
        (["--export", "d.json", "--entry", "comité"], "--export or --entry"),
        (["--import", "d.json", "--segment", "b0002.s01"], "--import or --segment"),
        (["--segment", "b0001.s02", "--entry", "comité", "--state", "open"], "choose nothing"),
    ],
)
def test_what_cannot_be_done_is_said(
    options: list[str], message: str, job: str, enregard: Cli
) -> None:
    assert message in enregard("review", job, *options, code=2).output
    with open_review(Path("output"), job) as opened:
        assert opened.standing(item.judged(Verdict.NONE) for item in opened.items()) == []


def test_what_a_command_decided_is_taken_back_by_itself_at_the_desk(
    job: str, enregard: Cli
) -> None:
    file = Path("t.csv")
    file.write_text("français,english\nTout va bien.,Fine.\n", "utf-8")
    sought = [Sought("says", "states"), Sought("states", "holds")]
    with open_review(Path("output"), job) as opened:
        first, *_, last = opened.items()
        opened.decide([first.judged(Verdict.ACCEPTED)])
        opened.decide([last.judged(Verdict.ACCEPTED)])
        opened.take_over(opened.compare_with(file))
        file.write_text("français,english\nTout va bien.,Well.\n", "utf-8")
        opened.take_over(opened.compare_with(file))
    for each in sought:
        store_replacements(Path("output"), job, preview(Path("output"), job, each))
    benches = Benches(Path("output"))
    sizes = []
    while (step := benches.last_step(job)) is not None:
        sizes.append(len(step.decisions))
        benches.undo(job, step.id)
    assert sizes == [3, 3, 1, 1, 1, 1]


def test_on_a_terminal_each_occurrence_is_asked_about(
    job: str, engine: Obedient, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(
        ["?", "d", "b", "clear", "9", "n", "e", "n", "c", "deed", "", "5", "u", "verdict"]
    )
    monkeypatch.setenv("EDITOR", "ed")
    # The package's attribute of this name is the command.
    module = importlib.import_module("pipeline.cli.review")
    monkeypatch.setattr(module, "_on_terminal", lambda: True)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(answers, "q"))
    opened: list[str] = []

    def edit(text: str) -> str:
        opened.append(text)
        return text.replace("It ", "This ")

    monkeypatch.setattr(click, "edit", edit)
    shown = enregard("review", job, "--terms").output
    # The French is there to be read; what was written is shown from then on; a word is no key.
    assert opened[0].startswith("# Le comité a signé")
    assert shown.count("This says") > 1
    for words in ("saved", "no key 'clear'", "no occurrence 9", "12        go to", "no verdict"):
        assert words in shown
    assert "1 of 5  b0000.s01  present" in shown
    assert "hint: the model was given the entry" in shown
    found = items(enregard, job)
    assert [i["status"] for i in found[:2]] == ["declined", "present"]
    assert found[1]["target"].startswith("This says")
    assert found[2]["entry"]["target"] == "deed"


def test_one_entry_of_a_long_text_costs_its_own_segments_alone(
    engine: Obedient, config: Path, enregard: Cli, tmp_path: Path
) -> None:
    sentence = "Le ministre numéro {} a rencontré hier soir les députés de la ville voisine."
    lines = [sentence.format(number) for number in range(240)]
    for place in range(0, 240, 20):
        lines[place] = f"Un comité de {place} personnes a été réuni hier."
    text = "\n\n".join(" ".join(lines[at : at + 6]) for at in range(0, 240, 6))
    assert len(text.split()) > 3_000
    name = run(tmp_path, config, enregard, text)
    # What looks wrong to the checks is asked for again.
    assert len(set(engine.asked)) == 240
    engine.asked.clear()
    enregard("review", name, "--entry", "comité", "--target", "panel")
    assert list(dict.fromkeys(engine.asked)) == [lines[place] for place in range(0, 240, 20)]
