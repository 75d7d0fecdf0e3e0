"""The newest decision counts, found again by content; a colleague's file is hostile at first."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decisions import Decided, Decision, change, dismiss, dump, judge, parse, write
from pipeline.errors import InputError, UsageError
from pipeline.glossary import Matcher
from pipeline.model import Entry, EntryKind, Finding, Severity, Stage, Verdict

COUNCIL = Entry("e1", "conseil", "council", alternatives=("board",), forbidden=("advice", "panel"))
SOURCE = "Le conseil du conseil."
MATCHES = Matcher([COUNCIL]).matches(SOURCE)
ACCEPTED, DECLINED, NONE = Verdict.ACCEPTED, Verdict.DECLINED, Verdict.NONE


def decided(*decisions: Decision) -> Decided:
    return Decided.of(decisions)


def test_an_occurrence_is_known_by_its_sentence_its_entry_and_its_place_among_its_like() -> None:
    made = decided(judge(SOURCE, "conseil", 1, DECLINED))
    assert made.verdicts(SOURCE, MATCHES) == (NONE, DECLINED)
    other = Matcher([COUNCIL]).matches("Un conseil, des conseils.")
    assert made.verdicts("Un conseil, des conseils.", other) == (NONE, NONE)


def test_an_occurrence_is_accepted_in_the_translation_it_was_seen_in_alone() -> None:
    made = decided(judge(SOURCE, "conseil", 0, ACCEPTED, "The board's."))
    assert made.verdicts(SOURCE, MATCHES, "The board's.") == (ACCEPTED, NONE)
    assert made.verdicts(SOURCE, MATCHES, "The panel's.") == (NONE, NONE)


def test_the_newest_counts_and_what_is_undone_leaves_no_trace() -> None:
    done: list[Decision] = [
        judge(SOURCE, "conseil", 0, DECLINED),
        write(SOURCE, "A."),
        change("conseil", "panel"),
    ]
    undone: list[Decision] = [
        judge(SOURCE, "conseil", 0, NONE),
        write(SOURCE, None),
        change("conseil", None),
    ]
    assert decided(*done, write(SOURCE, "B.")).translation(SOURCE) == "B."
    assert len(decided(*done).all) == 3
    after = decided(*done, *undone)
    assert (after.all, after.sha256, after.translation(SOURCE)) == ((), "", None)
    assert after.entries([COUNCIL]) == (COUNCIL,)
    assert decided(*done).sha256 == decided(*done, *undone, *done).sha256 != ""


def test_a_changed_entry_asks_for_what_was_decided_and_forbids_it_no_more() -> None:
    (entry,) = decided(change("conseil", "panel", ["committee"])).entries([COUNCIL])
    assert (entry.target, entry.alternatives) == ("panel", ("committee",))
    assert (entry.id, entry.forbidden) == ("e1", ("advice",))
    keep = Entry("e2", "conseil", "conseil", EntryKind.KEEP)
    assert decided(change("conseil", "panel")).entries([keep]) == (keep,)


def test_a_finding_is_known_by_what_it_points_at() -> None:
    finding = Finding("numbers", Severity.BLOCK, "b0000.s01", "m", (3, 5), (6, 8))
    made = decided(dismiss(finding, "Il a 12 ans.", "He is 13."))
    moved = replace(finding, segment_id="b0009.s02", message="other", target_span=(7, 9))
    there = made.judged(moved, "Il a 12 ans.", "She is 13 now.")
    assert there.dismissed
    assert there.id == made.judged(finding, "Il a 12 ans.", "He is 13.").id != ""
    for other, target in [
        (finding, "He is 14."),
        (replace(finding, check="names"), "He is 13."),
        (replace(finding, source_span=None), "He is 13."),
    ]:
        assert not made.judged(other, "Il a 12 ans.", target).dismissed
    assert not made.judged(finding, "Il a 12 ans !", "He is 13.").dismissed
    both = [dismiss(finding, "Il a 12 ans.", "He is 13.", each) for each in (True, False)]
    undone = decided(*both)
    assert undone.sha256 == ""
    assert not undone.judged(finding, "Il a 12 ans.", "He is 13.").dismissed


def test_a_finding_that_points_at_no_words_is_about_its_translation() -> None:
    finding = Finding("length", Severity.LOOK, "b0000.s01", "short")
    made = decided(dismiss(finding, "Une phrase.", "A."))
    assert made.judged(finding, "Une phrase.", "A.").dismissed
    assert not made.judged(finding, "Une phrase.", "B.").dismissed


def test_a_decision_concerns_one_stage_and_no_other() -> None:
    finding = Finding("length", Severity.LOOK, "b0000.s01", "short")
    dismissed = dismiss(finding, SOURCE, "A.")
    translating: list[Decision] = [
        judge(SOURCE, "conseil", 0, DECLINED),
        write(SOURCE, "A."),
        change("conseil", "panel"),
    ]
    assert decided(dismissed).concerning(Stage.TRANSLATE) == ""
    assert decided(dismissed).concerning(Stage.SCORE) != ""
    for decision in translating:
        assert decided(decision).concerning(Stage.SCORE) == ""
        both = decided(decision, dismissed).concerning(Stage.TRANSLATE)
        assert both == decided(decision).concerning(Stage.TRANSLATE) != ""


TEXT = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), min_size=1).filter(
    str.strip
)


@given(st.lists(st.tuples(TEXT, TEXT, st.integers(0, 9), st.sampled_from([ACCEPTED, DECLINED]))))
def test_what_is_exported_is_imported(rows: list[tuple[str, str, int, Verdict]]) -> None:
    made: list[Decision] = [judge(*row, "A text.") for row in rows]
    made += [write(row[0], row[1]) for row in rows]
    made += [change(row[0], row[1], [row[0]]) for row in rows]
    finding = Finding("check", Severity.LOOK, "s", "m", (0, 1))
    made += [dismiss(finding, row[0], row[1]) for row in rows]
    again = parse(dump(decided(*made).all).encode(), "f.json")
    assert decided(*again) == decided(*made)


@pytest.mark.parametrize("text", ["", " ", "a\u202eb", "a\x00b", "x" * 10_001])
def test_a_text_that_cannot_stand_in_an_edition_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        write(SOURCE, text)
    with pytest.raises(UsageError):
        change("conseil", "board", [text])


def test_line_breaks_of_a_text_become_spaces() -> None:
    assert write(SOURCE, " One\n two. ").text == "One two."


OCCURRENCE = {
    "kind": "occurrence",
    "key": ["s", "e", 0],
    "value": {"verdict": "declined", "text": ""},
}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b'{"schema": 2, "decisions": []}',
        b'{"schema": 1, "decisions": {}}',
        *(
            json.dumps({"schema": 1, "decisions": [row]}).encode()
            for row in (
                "x",
                {**OCCURRENCE, "more": 1},
                {**OCCURRENCE, "kind": "dismiss"},
                {**OCCURRENCE, "key": "s"},
                {**OCCURRENCE, "key": ["s", "e"]},
                {**OCCURRENCE, "key": ["s", ["e"], 0]},
                {**OCCURRENCE, "value": {"verdict": "burnt", "text": ""}},
                {**OCCURRENCE, "value": {"verdict": ["declined"], "text": ""}},
                {**OCCURRENCE, "value": []},
                {**OCCURRENCE, "value": {"verdict": "none", "text": ""}},
                {"kind": "finding", "key": ["c", "s", "", ""], "value": {"dismissed": False}},
                {"kind": "entry", "key": ["e"], "value": {}},
                {"kind": "translation", "key": ["s"], "value": {"text": None}},
                {"kind": "translation", "key": ["s"], "value": {"text": "a\u202eb"}},
                {"kind": "entry", "key": ["e"], "value": {"target": "t", "alternatives": "a"}},
                {"kind": "entry", "key": ["e"], "value": {"target": 3, "alternatives": []}},
                {
                    "kind": "entry",
                    "key": ["e"],
                    "value": {"target": "t", "alternatives": ["a"] * 51},
                },
            )
        ),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="cannot be imported") as caught:
        parse(data, "f.json")
    assert "\n" not in str(caught.value)
