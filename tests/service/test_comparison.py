"""Two editions of one text: what differs, whether by more than chance, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.errors import UsageError
from pipeline.service.comparison import Published, compare
from pipeline.service.published import PublishedSegment, Scorecard

Cli = Callable[..., Result]
SOURCES = ["Il pleut.", "La séance est levée.", "Rien n’est décidé."]
FIRST = ["It rains.", "The session is up.", "Nothing is decided."]
SECOND = ["It is raining.", "The meeting is closed.", "Nothing is decided."]
REFERENCES = ["It is raining.", "The meeting is closed.", "Nothing has been decided."]
CARD = Scorecard(
    titles=("Titre", "Title"),
    engine="E 1",
    glossaries=("g.yaml",),
    segments=3,
    clean_segments=2,
    source_words=9,
    target_words=9,
    findings={"block": 1, "look": 0, "polish": 0},
    checks={"numbers": 1},
    occurrences={"present": 2, "missing": 1},
)


def published(
    targets: Sequence[str], references: Sequence[str] | None = None, blocks: int = 0
) -> Published:
    """An edition with a reference for each segment, or one for the first ``blocks`` together."""
    names = [f"b{number:04}.s01" for number in range(len(targets))]
    segments = []
    for number, (name, source, target) in enumerate(zip(names, SOURCES, targets, strict=True)):
        answers = None
        if references and number < blocks:
            answers = tuple(names[:blocks]), " ".join(references[:blocks])
        elif references:
            answers = (name,), references[number]
        segments.append(PublishedSegment(name, source, target, answers))
    return Published("edition", CARD, segments)


def test_two_editions_side_by_side() -> None:
    found = compare(published(FIRST, REFERENCES), published(SECOND, REFERENCES))
    assert (found.segments, len(found.different)) == (3, 2)
    assert [each.segment_id for each in found.different] == ["b0001.s01", "b0000.s01"]
    assert found.different[0].likeness < found.different[1].likeness < 100
    assert [metric.name for metric in found.metrics] == ["BLEU", "chrF++", "TER"]
    assert found.metrics[1].second > found.metrics[1].first
    assert all("ar:10000" in metric.signature for metric in found.metrics)
    assert found.first.findings == {"block": 1, "look": 0, "polish": 0}


def test_the_same_edition_agrees_with_itself() -> None:
    found = compare(published(FIRST, REFERENCES), published(FIRST, REFERENCES))
    assert (found.agreement, found.different) == (100.0, ())
    assert {metric.p_value for metric in found.metrics} == {1.0}


def test_references_of_blocks_are_compared_by_block() -> None:
    whole = compare(published(FIRST, REFERENCES, 3), published(SECOND, REFERENCES, 3))
    assert len(whole.metrics) == 3
    assert whole.metrics[0].second > whole.metrics[0].first


@pytest.mark.parametrize("references", [None, ["Another.", "Reference.", "Text."]])
def test_without_a_common_reference_there_are_no_metrics(references: list[str] | None) -> None:
    found = compare(published(FIRST, REFERENCES), published(SECOND, references))
    assert found.metrics == ()
    assert found.agreement < 100


def test_other_texts_are_refused() -> None:
    one = published(FIRST)
    shorter = Published("shorter", CARD, one.segments[:2])
    with pytest.raises(UsageError, match=r"3 segments\) and shorter \(2\).*from segment 3 on"):
        compare(one, shorter)
    changed = replace(one.segments[0], source="Autre.")
    other = Published("other", CARD, [changed, *one.segments[1:]])
    with pytest.raises(UsageError, match="from segment 1 on"):
        compare(one, other)
    with pytest.raises(UsageError):
        compare(Published("empty", CARD, []), Published("empty", CARD, []))


def test_editions_of_a_job_on_the_command_line(
    article: Path, fast_config: Path, tmp_path: Path, enregard: Cli
) -> None:
    glossary = tmp_path / "own.yaml"
    glossary.write_text(
        "name: own\nentries: [{source: succès, target: triumph, kind: term}]\n", "utf-8"
    )
    (tmp_path / "reference.txt").write_text("\n".join("abcdef"), "utf-8")
    options = ("--config", fast_config, "--reference", "reference.txt", "--json")
    made = json.loads(enregard("run", article, *options).stdout)
    before = Path(made["files"]["report.json"]).parent
    made = json.loads(enregard("run", article, *options, "--glossary", glossary).stdout)
    shown = enregard("compare", before, made["job"])
    assert "1 of 6 segments differ" in shown.stdout
    assert "triumph" in shown.stdout
    assert "p = " in shown.stdout
    (found,) = [json.loads(enregard("compare", before, made["folder"], "--json").stdout)]
    assert found["second"]["occurrences"]["present"] == found["first"]["occurrences"]["present"] + 1
    (before / "segments.jsonl").write_text("{", "utf-8")
    assert "is damaged" in enregard("compare", before, made["job"], code=6).output
    assert "no job" in enregard("compare", "x", made["job"], code=2).output
