"""The benchmark of the checks: every kind of error can be planted, and counts only if it is new."""

from pathlib import Path
from random import Random

import pytest

from benchmarks.checks import (
    check,
    false_alarms,
    new_findings,
    pair_id,
    planted,
    read_pairs,
    read_verdicts,
)
from benchmarks.damages import DAMAGES, Material, Planted
from pipeline.checks import CHECKS
from pipeline.errors import InputError

SOURCE = (
    "Hier à Koursk, le général Ryder n'a pas dit, malgré les questions de la presse étrangère, "
    "que 12 % des soldats et 3 millions de civils avaient marché 40 km depuis le 4 mai pour 5 €."
)
TARGET = (
    "Yesterday in Koursk, the general Ryder did not say, despite the questions of foreign media, "
    "that 12% of the soldiers and 3 million men had walked 40 km since 4 May for €5."
)
OTHER = (
    "La ministre de la Justice a visité le tribunal de Mayence avec deux juges hier matin.",
    "The justice minister visited the court in Mayence with two judges yesterday morning.",
)


@pytest.mark.parametrize("kind", DAMAGES)
def test_every_kind_can_be_planted(kind: str) -> None:
    error = DAMAGES[kind](Material(SOURCE, TARGET, *OTHER), Random(kind))
    assert error is not None
    assert error.damaged != error.clean
    assert DAMAGES[kind](Material("Oui.", "Yes.", "Non.", "No."), Random(kind)) is None or (
        kind in {"emptied", "bracket_broken", "quote_broken", "address_altered"}
    )


def test_a_finding_of_the_sound_translation_does_not_count() -> None:
    source, sound = "Ils sont 12 à bord.", "There are 15 on board."
    assert check(source, sound) != []
    assert new_findings(Planted(source, sound, sound)) == []
    assert [f.check for f in new_findings(Planted(source, sound, ""))] == ["finished"]


def test_pairs_are_read_from_one_file_or_two(tmp_path: Path) -> None:
    lines = tmp_path / "pairs.tsv"
    lines.write_text("a\tun\tone\na\tdeux\ttwo\nb\ttrois\tthree\na\tquatre\tfour\n")
    assert read_pairs([lines], frozenset("a"), 9, "even") == {
        "a": [("un", "one"), ("quatre", "four")]
    }
    assert read_pairs([lines], frozenset(), 1, "odd") == {"a": [("deux", "two")], "b": []}
    french, english = tmp_path / "x.fr", tmp_path / "x.en"
    french.write_text("un\ndeux\n")
    english.write_text("one\ntwo\n")
    assert read_pairs([french, english], frozenset(), 9, "all") == {
        "x": [("un", "one"), ("deux", "two")]
    }
    english.write_text("one\n")
    with pytest.raises(InputError, match="number of lines"):
        read_pairs([french, english], frozenset(), 9, "all")


def test_a_pair_whose_every_alarm_is_true_is_no_sound_pair() -> None:
    wrong = ("Ils sont 12 à Koursk depuis hier.", "They are 15 there since yesterday.")
    pairs = {"sample": [wrong, OTHER, OTHER]}
    name = pair_id(*wrong)
    assert {f.check for f in check(*wrong)} == {"numbers", "names"}

    def last_row(verdicts: dict[tuple[str, str], bool]) -> str:
        return list(false_alarms(pairs, verdicts))[-2]

    judged = {(name, "numbers"): True, (name, "names"): True}
    assert last_row({}) == "| **false, of sound pairs** | 333.3 | 333.3 |"
    assert last_row(judged | {(name, "names"): False}) == last_row({})
    assert last_row({(name, "numbers"): True}) == last_row({})
    assert last_row(judged) == "| **block or look** | 333.3 | 333.3 |"


def test_the_verdicts_are_of_checks_that_there_are() -> None:
    verdicts = read_verdicts()
    assert {name for _, name in verdicts} <= CHECKS.keys()
    assert set(verdicts.values()) == {True, False}
    assert all(len(pair) == 12 for pair, _ in verdicts)


def test_the_tables_name_every_kind_and_tier() -> None:
    pairs = {"sample": [(SOURCE, TARGET), OTHER, ("Ils sont 12.", "There are 15.")]}
    alarms = "\n".join(false_alarms(pairs, {}))
    assert "| **block or look** | 333.3 | 333.3 |" in alarms
    table = "\n".join(planted(pairs, ""))
    for kind in DAMAGES:
        assert f"| {kind.replace('_', ' ')}" in table
    assert "**mean of all kinds**" in table
