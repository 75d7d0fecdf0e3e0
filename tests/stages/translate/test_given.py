"""The English that a person gave a title beside the text is delivered, and checked, as theirs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.model import Block, BlockKind, Document, Front, Likelihood, Request, Segment
from pipeline.service.benches import Benches
from pipeline.stages.translate.given import given_english
from tests.support.obedient import Obedient
from tests.support.small_job import Cli, items, segments

TEXT = "# Le comité a coûté 12 euros\n\nTout va bien.\n"
OPTIONS = (
    "run",
    "t.md",
    "--json",
    "--set",
    "translate.lexicon=false",
    "--set",
    "publish.pdf=false",
)


def unsure(pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
    return [Likelihood(-2.0, (-2.0,) * len(english.split())) for _, english in pairs]


@pytest.fixture(autouse=True)
def text(tmp_path: Path, engine: Obedient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text lies in the current folder; an unsure engine says « It says 12. » of its title."""
    (tmp_path / "t.md").write_text(TEXT, "utf-8")
    monkeypatch.setattr(engine, "score", unsure)


def document(*sentences: str, title: str = "", **front: str) -> tuple[Document, list[Segment]]:
    """A text of one block, whose title that block is."""
    whole = " ".join(sentences)
    starts = [whole.index(each) for each in sentences]
    segments = [
        Segment(f"b0000.s{number:02}", 0, start, start + len(each), each)
        for number, (start, each) in enumerate(zip(starts, sentences, strict=True), 1)
    ]
    blocks = (Block(0, BlockKind.HEADING, whole),)
    return Document("", title or whole, blocks, front=Front(**front)), segments


def test_one_english_is_for_one_sentence() -> None:
    assert given_english(*document("Le chat", title_en="Our cat")) == {"b0000.s01": "Our cat"}
    assert given_english(*document("Le chat", title="a.txt", title_en="A")) == {"b0000.s01": "A"}
    assert given_english(*document("Le chat", title="Il", subtitle_en="A")) == {}
    with pytest.raises(InputError, match="is 2 sentences"):
        given_english(*document("Oui !", "Non.", title_en="X"))


def report(enregard: Cli, *options: str, code: int = 0) -> tuple[str, list[dict[str, Any]]]:
    """Run the text; give the job's name and what its edition tells of each segment."""
    job = json.loads(enregard(*OPTIONS, *options, code=code).stdout)["job"]
    return job, segments(enregard, job)


def test_nothing_of_the_engines_title_is_left_on_the_one_that_was_given(enregard: Cli) -> None:
    _, (said, _) = report(enregard)
    assert said["target"] == "It says 12."
    _, (given, other) = report(enregard, "--title-en", "Our committee cost 12 euros", "--strict")
    assert (given["target"], given["note"]) == ("Our committee cost 12 euros", "edited")
    assert not given["findings"]
    # What the engine makes of it is about its own words, and doubts none of them.
    assert len(given["words"]) == 5
    assert given["rank"]["weak_words"] == []
    assert other["note"] == ""


def test_a_number_that_a_given_title_changes_is_found_in_the_given_title(enregard: Cli) -> None:
    _, (given, _) = report(
        enregard, "--title-en", "Our committee cost 13 euros", "--strict", code=1
    )
    (found,) = (each for each in given["findings"] if each["check"] == "numbers")
    assert given["target"][slice(*found["target_span"])] == "13"


def test_a_term_stands_where_a_given_title_has_it(enregard: Cli, tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(
        "name: Essai\nentries: [{source: comité, target: committee}]", "utf-8"
    )
    job, _ = report(enregard, "--title-en", "Our committee: 12 euros", "--glossary", "g.yaml")
    (term,) = items(enregard, job)
    assert (term["method"], term["target_start"]) == ("edited", 4)


def test_review_counts_more_than_what_was_given_and_gives_it_back(
    enregard: Cli, tmp_path: Path
) -> None:
    job, _ = report(enregard, "--title-en", "Our committee: 12 euros")

    def shown() -> tuple[str | None, bool]:
        with Benches(tmp_path / "output").open(job) as bench:
            row = bench.row("b0000.s01")
        return row.text, row.pending

    assert shown() == ("Our committee: 12 euros", False)
    enregard("review", job, "--segment", "b0000.s01", "--sentence", "The committee: 12 euros")
    assert shown() == ("The committee: 12 euros", False)
    enregard("review", job, "--segment", "b0000.s01", "--undo", "sentence")
    assert shown() == ("Our committee: 12 euros", False)
