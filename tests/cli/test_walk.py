"""A walk over sentences: each is shown with its newest English, and what is decided is stored."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from pipeline.service import memory
from tests.support.small_job import TEXT, Cli, run, segments

Answer = Callable[..., str]


@pytest.fixture
def walked(job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Walk the job with these answers; give what was shown."""
    # The package's attribute of this name is the command.
    module = importlib.import_module("pipeline.cli.review")
    monkeypatch.setattr(module, "_on_terminal", lambda: True)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "ed")

    def walk(*answers: str, options: tuple[str, ...] = ("--in-order",)) -> str:
        given: Iterator[str] = iter(answers)

        def prompt(*_: object, default: str = "", **__: object) -> str:
            try:
                return next(given) or default
            except StopIteration:
                raise click.Abort from None

        monkeypatch.setattr(click, "prompt", prompt)
        output: str = enregard("review", job, *options).output
        return output

    return walk


def states(enregard: Cli, job: str) -> list[str]:
    return [each["state"] for each in segments(enregard, job)]


def test_every_sentence_is_walked_and_marked_by_somebody(
    walked: Answer, job: str, enregard: Cli
) -> None:
    shown = walked("a", "Anne Kask", "s", "", "n")
    assert "1 of 4, b0000.s01, open" in shown
    assert "3 of 4, b0001.s02, open" in shown
    assert "2 of 4 sentences read, 1 signed off" in shown
    assert states(enregard, job) == ["read", "signed-off", "open", "open"]
    assert segments(enregard, job)[0]["reviewer"] == "Anne Kask"
    walked("rest")
    assert states(enregard, job) == ["read", "signed-off", "read", "read"]


def test_an_edited_sentence_is_shown_as_it_was_written(
    walked: Answer, job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def edit(text: str) -> str:
        opened.append(text)
        return text.replace("It says", "So it says")

    monkeypatch.setattr(click, "edit", edit)
    shown = walked("3", "e", "n", "b", options=("--in-order", "--by", "Anne"))
    assert opened[0].startswith("# Tout va bien.\n")
    assert "saved" in shown
    assert shown.count("So it says") == 2
    assert "read by Anne, written by a person" in shown
    assert segments(enregard, job)[2]["target"].startswith("So it says")


def test_what_was_decided_is_undone_and_sentences_are_found(
    walked: Answer, job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(click, "edit", lambda text: "Written.")
    before = segments(enregard, job)
    options = ("--in-order", "--by", "Anne")
    shown = walked("/bien", "e", "u", "a", "u", "u", "99", "/rien", "x", "?", options=options)
    assert segments(enregard, job) == before
    for words in ("undone", "nothing is decided", "no sentence 99", "'rien'", "no key 'x'", "12  "):
        assert words in shown


def test_without_an_editor_the_line_is_asked_for_and_notes_are_kept(
    walked: Answer, job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR")
    walked("e", "An agreement", "m", "check the date")
    assert segments(enregard, job)[0]["target"] == "An agreement"
    assert "note: check the date" in walked("q")


def test_the_worst_comes_first_and_what_stood_there_before_is_taken_over(
    walked: Answer, job: str, enregard: Cli, tmp_path: Path
) -> None:
    ranked = sorted(segments(enregard, job), key=lambda each: int(each["rank"]["place"]))
    shown = walked(options=())
    assert f"{ranked[0]['id']}, open" in shown.splitlines()[1]
    enregard("review", job, "--segment", "b0002.s01", "--sentence", "It sits in Tallinn.")
    run(tmp_path, tmp_path / "c.yaml", enregard, TEXT.replace("Tallinn", "Tartu"))
    shown = walked("4", "o")
    assert "before: Le comité siège à Tallinn." in shown
    assert segments(enregard, job)[3]["target"] == "It sits in Tallinn."


def test_what_the_memory_has_is_offered_with_its_differences_and_taken_on_demand(
    walked: Answer, job: str, enregard: Cli, tmp_path: Path
) -> None:
    table = tmp_path / "m.csv"
    table.write_text(
        "fr,en\nLe comité siège souvent à Tallinn.,It often sits in Tallinn.\n", "utf-8"
    )
    memory.import_memory(tmp_path / "output", table)
    shown = walked("4")
    assert "It often sits in Tallinn." in shown
    assert "Le comité siège[- souvent-] à Tallinn." in shown
    assert segments(enregard, job)[3]["note"] == ""
    assert "nothing else for this sentence" in walked("1", "t", "4", "t")
    assert segments(enregard, job)[3]["target"] == "It often sits in Tallinn."


def write(enregard: Cli, job: str, segment: str, text: str) -> None:
    enregard("review", job, "--segment", segment, "--sentence", text)


@pytest.mark.parametrize("options", [("--in-order",), ("--terms",)])
@pytest.mark.parametrize("editor", ["ed", ""])
def test_what_is_left_as_it_was_shown_is_nobodys_edit(
    editor: str,
    options: tuple[str, ...],
    walked: Answer,
    job: str,
    enregard: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "10\u00a0000 euros\u202f: \U0001f469\u200d\U0001f680."
    write(enregard, job, "b0000.s01", text)
    monkeypatch.setenv("EDITOR", editor)
    monkeypatch.setattr(click, "edit", lambda text: text.replace(": ", ":\n"))
    before = segments(enregard, job)
    assert before[0]["target"] == text
    assert "unchanged" in walked("e", "", options=options)
    assert segments(enregard, job) == before


def test_what_stands_below_the_mark_is_the_english_whatever_it_begins_with(
    walked: Answer, job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(enregard, job, "b0000.s01", "#MeToo changed\u00a0all.")
    monkeypatch.setattr(click, "edit", lambda text: text.replace("all.", "it\n  all."))
    assert "saved" in walked("e")
    assert segments(enregard, job)[0]["target"] == "#MeToo changed\u00a0it all."
    # Where somebody took the mark away, the French is still none of it.
    monkeypatch.setattr(click, "edit", lambda _: "# Un accord\n#MeToo again.\n")
    walked("e")
    assert segments(enregard, job)[0]["target"] == "#MeToo again."


def test_an_edited_sentence_is_read_in_the_text_that_is_stored(
    walked: Answer, job: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR")
    walked("e", "An agreement \u00a0", "a", "Anne", options=("--in-order",))
    first = segments(enregard, job)[0]
    assert (first["target"], first["state"]) == ("An agreement", "read")


def test_notes_and_renderings_that_are_left_as_shown_are_not_decided_again(
    walked: Answer, job: str, enregard: Cli
) -> None:
    walked("m", "vérifier\u00a0: 12")
    assert "unchanged" in walked("m", "")
    assert "unchanged" in walked("c", "", "", options=("--terms",))
    enregard("review", job, "--export", "d.json")
    decided = json.loads(Path("d.json").read_text("utf-8"))["decisions"]
    assert [each["value"]["text"] for each in decided] == ["vérifier\u00a0: 12"]
