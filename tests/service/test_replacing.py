"""Words are replaced in the English of a job: seen before they are stored, and put back whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.service.replacing import Sought, preview, put, store_replacements
from tests.support.obedient import Obedient
from tests.support.small_job import Cli, segments


@pytest.mark.parametrize(
    ("sought", "text", "after"),
    [
        (Sought("troops", "soldiers"), "Troops met troops.", "Soldiers met soldiers."),
        (Sought("troops", "soldiers"), "TROOPS OUT", "SOLDIERS OUT"),
        (Sought("troops", "soldiers"), "paratroops", None),
        (Sought("troops", "soldiers", parts=True), "paratroops", "parasoldiers"),
        (Sought("troops", "soldiers", match_case=True), "Troops", None),
        (Sought("Choe", "Choi"), "Choe’s choe", "Choi’s choe"),
        (Sought("general", "General"), "the general General", "the General General"),
        (Sought("front line", "front"), "the front\u00a0line held", "the front held"),
        (Sought("Seoul's", "Pyongyang's"), "Seoul’s law", "Pyongyang's law"),
        (Sought('"law"', "law"), "the “law” of", "the law of"),
        (Sought("very", ""), "It is very good, very.", "It is good,."),
        (Sought("12 %", "12%"), "up 12 % now", "up 12% now"),
        (Sought("a.b", "c"), "axb a.b", "axb c"),
        (Sought("same", "same"), "Same same", None),
        (
            Sought("5", "6"),
            "5.5 percent, 5,000, 5, 1.5. Then 5.",
            "5.5 percent, 5,000, 6, 1.5. Then 6.",
        ),
        (Sought("250", "300"), "1,250 people", None),
        (Sought("12 people", "13 people"), "1.12 people, 12 people", "1.12 people, 13 people"),
        (Sought("12", "13"), "12.5 and 12", "12.5 and 13"),
        (Sought("5", "6", parts=True), "5.5", "6.6"),
        (Sought("envoy", "minister"), "An envoy, an envoy.", "A minister, a minister."),
        (Sought("minister", "envoy"), "A minister, the minister.", "An envoy, the envoy."),
        (Sought("very", ""), "“Very big”, he said", "“big”, he said"),
        (Sought("very", ""), "a (very big) dog", "a (big) dog"),
        (Sought("very", ""), "big—very big—dog", "big—big—dog"),
        (Sought("very", ""), "Very big. It is “very”.", "big. It is “”."),
        (Sought("very", ""), "is very big, very, very", "is big,,"),
        (Sought("u.s.", "American"), "the U.S. army", "the American army"),
        (Sought("says", "states"), "IT SAYS NO", "IT STATES NO"),
        (Sought("very", ""), "a very old, an old, very new", "an old, an old, new"),
        (Sought("nato", "the Alliance"), "NATO said", "The Alliance said"),
        (Sought("u.s. troops", "soldiers"), "U.S. TROOPS OUT", "SOLDIERS OUT"),
    ],
)
def test_words_are_found_as_an_editor_means_them(
    sought: Sought, text: str, after: str | None
) -> None:
    made = put(text, sought)
    assert (made.text if made else None) == after


@given(st.text("ab ’'A.", max_size=30), st.text("abA’ ", min_size=1, max_size=3), st.text("xY "))
def test_the_spans_say_what_was_replaced(text: str, find: str, by: str) -> None:
    if not find.strip():
        return
    sought = Sought(find, by)
    made = put(text, sought)
    if made is None:
        return
    assert [made.text[slice(*span)] for span in made.after] == [
        sought.instead(text[slice(*span)].strip() or text[slice(*span)], text.isupper())
        for span in made.before
    ]
    # What lies between the places stays, but for articles.
    cuts = [0, *(at for span in made.before for at in span), len(text)]
    kept = "".join(text[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True))
    cuts = [0, *(at for span in made.after for at in span), len(made.text)]
    between = "".join(made.text[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True))
    assert kept == between.replace("an", "a").replace("An", "A")


def test_nothing_is_changed_before_it_was_seen_and_agreed_to(
    job: str, engine: Obedient, enregard: Cli
) -> None:
    before = segments(enregard, job)
    shown = enregard("replace", job, "says", "states", "--dry-run").stdout
    assert "- It says committee Tallinn." in shown
    assert "+ It states committee Tallinn." in shown
    assert "4 places in 4 sentences" in shown
    assert "--yes" in enregard("replace", job, "says", "states", code=2).output
    nowhere = enregard("replace", job, "zzz", "states", "--yes")
    assert "'zzz' stands nowhere in the English" in nowhere.stderr
    assert segments(enregard, job) == before
    only = ("--segment", "b0002.s01", "--yes")
    record = enregard("replace", job, "says", "states", *only, "--json").stdout.splitlines()[0]
    assert json.loads(record)["spans_after"] == [[3, 9]]
    after = segments(enregard, job)
    assert after[:3] == before[:3]
    assert (after[3]["target"], after[3]["note"]) == ("It states committee Tallinn.", "edited")
    assert engine.asked == []


def test_what_was_read_stays_read_by_whoever_replaces_and_is_put_back(
    job: str, enregard: Cli
) -> None:
    enregard("review", job, "--all", "--state", "signed-off", "--by", "Anne", "--no-rebuild")
    enregard("review", job, "--segment", "b0000.s01", "--state", "open", "--no-rebuild")
    enregard("review", job, "--segment", "b0001.s02", "--sentence", "It says well.")
    before = segments(enregard, job)
    enregard("replace", job, "says", "states", "--yes", "--by", "Bo", "--no-rebuild")
    # Sentences that were never delivered like this can be replaced in once more.
    enregard("replace", job, "states", "holds", "--yes", "--by", "Bo")
    after = segments(enregard, job)
    assert [each["target"].split()[1] for each in after] == ["holds"] * 4
    assert [each["state"] for each in after] == ["open", "read", "open", "read"]
    assert after[1]["reviewer"] == "Bo"
    enregard("replace", job, "holds", "says", "--yes")
    assert {each["state"] for each in segments(enregard, job)} == {"open"}
    enregard("replace", job, "--undo")
    assert segments(enregard, job) == after
    enregard("review", job, "--segment", "b0000.s01", "--undo", "sentence", "--no-rebuild")
    assert segments(enregard, job)[0]["target"] != before[0]["target"]


def test_what_is_removed_at_the_beginning_of_a_sentence_leaves_it_read(
    job: str, enregard: Cli
) -> None:
    enregard("review", job, "--all", "--state", "read", "--by", "Anne", "--no-rebuild")
    enregard("replace", job, "it ", "", "--yes", "--by", "Bo")
    last = segments(enregard, job)[3]
    assert (last["target"], last["state"], last["reviewer"]) == (
        "says committee Tallinn.",
        "read",
        "Bo",
    )


@pytest.mark.parametrize("option", [["--dry-run"], ["--segment", "b0000.s01"], ["--parts"]])
def test_what_an_undo_does_not_mind_is_refused(option: list[str], job: str, enregard: Cli) -> None:
    enregard("replace", job, "says", "states", "--yes", "--no-rebuild")
    before = segments(enregard, job)
    refused = enregard("replace", job, "--undo", *option, code=2).output
    assert f"give --undo or {option[0]}, one at a time" in refused
    assert "one at a time" in enregard("replace", job, "says", "--undo", code=2).output
    assert segments(enregard, job) == before


def test_a_replacement_is_undone_but_for_what_was_decided_since(job: str, enregard: Cli) -> None:
    before = [(each["target"], each["note"]) for each in segments(enregard, job)]
    enregard("replace", job, "says", "states", "--yes", "--no-rebuild")
    enregard("review", job, "--segment", "b0000.s01", "--sentence", "A deal.", "--no-rebuild")
    enregard("replace", job, "--undo")
    after = [(each["target"], each["note"]) for each in segments(enregard, job)]
    assert after == [("A deal.", "edited"), *before[1:]]
    assert "no words were replaced" in enregard("replace", job, "--undo", code=2).output


def test_a_sentence_that_changed_since_it_was_seen_is_left(job: str, enregard: Cli) -> None:
    output = Path("output")
    seen = preview(output, job, Sought("says", "states"))
    enregard("review", job, "--segment", "b0000.s01", "--sentence", "A deal.", "--no-rebuild")
    made = store_replacements(output, job, seen)
    assert (made.changed, len(made.stored)) == (("b0000.s01",), 3)


def test_what_cannot_be_printed_is_not_put_in(job: str, enregard: Cli) -> None:
    for by in ("a\u202eb", "x" * 10_000):
        with pytest.raises(UsageError):
            preview(Path("output"), job, Sought("says", by))
    assert "between 1 and" in enregard("replace", job, " ", "x", code=2).output
    assert "FIND WITH" in enregard("replace", job, "x", code=2).output
