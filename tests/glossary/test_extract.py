"""Entries proposed from a text, and entries that the model does not need."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.errors import UsageError
from pipeline.glossary import load_glossary
from pipeline.glossary.candidates import candidates
from pipeline.glossary.extract import rendered, unrendered
from pipeline.glossary.needless import needless
from pipeline.model import Entry, EntryKind, Hypothesis, Request
from pipeline.service import linting
from pipeline.service.glossary import Trial
from tests.support.obedient import Obedient, offer

Cli = Callable[..., Result]

# French, English; "Ville-Haute" is rendered in two ways, and "conseil de quartier" in one.
PAIRS = (
    ("Le conseil de quartier de Ville-Haute siège lundi.", "The ward council of Upper Town sits."),
    ("À Ville-Haute, on attend Noor Fadel.", "In Hightown, they await Noor Fadel."),
    ("Deux conseils de quartier ont voté contre.", "Two ward councils voted against."),
    ("Hier, Noor Fadel a quitté Ville-Haute.", "Yesterday Noor Fadel left Upper Town."),
    ("Le conseil de quartier se tait.", "The ward council is silent."),
    ("Il pleut souvent.", "It often rains."),
)
SENTENCES = [french for french, _ in PAIRS]
ALONE = {"Ville-Haute": "Upper Town.", "conseil de quartier": "District council",
         "Noor Fadel": "Noor Fadel"}  # fmt: skip
ENGLISH = dict(PAIRS) | ALONE


def translate(texts: Sequence[str]) -> list[str]:
    return [ENGLISH[text] for text in texts]


def test_repeated_names_and_terms_are_found_with_their_counts() -> None:
    found = {c.source: (c.kind, c.count) for c in candidates(SENTENCES, [], least=2, most=10)}
    assert found == {
        "conseil de quartier": (EntryKind.TERM, 3),
        "Ville-Haute": (EntryKind.NAME, 3),
        "Noor Fadel": (EntryKind.NAME, 2),
    }


def test_what_is_known_rare_or_too_much_is_left_out() -> None:
    known = [Entry("1", "Ville-Haute", "Upper Town", EntryKind.NAME)]
    found = candidates(SENTENCES, known, least=3, most=10, least_names=3)
    assert [c.source for c in found] == ["conseil de quartier"]
    assert len(candidates(SENTENCES, [], least=2, most=1)) == 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the longest, not its parts
        ("La Cour des comptes et la Cour des comptes.", ["Cour des comptes"]),
        # sentence-initial capitals are no names
        ("Demain, il part. Demain, elle part.", []),
        # verbs, adverbs and small words part
        ("La commission votera rapidement la commission votera.", []),
        ("les droits fondamentaux, ces droits fondamentaux", ["droits fondamentaux"]),
        # « président de la Russie » says nothing that its parts do not
        ("le président de Zubrowka, le président de Zubrowka", ["Zubrowka"]),
        ("le droit de l'Homme, un droit de l’Homme", ["droit de l'Homme"]),
        ("l'OMK et l'OMK", ["OMK"]),
    ],
)
def test_what_counts_as_a_candidate(sentence: str, expected: list[str]) -> None:
    sentences = [part for part in sentence.split(". ") if part]
    assert [c.source for c in candidates(sentences, [], least=2, most=10)] == expected


def test_names_are_proposed_that_stand_once_and_nothing_else_is() -> None:
    sentences = [
        "Jusqu'au XXIe siècle, la Corée du Nord à la suite d’une crise risque une escalade.",
        "Pat Ryder a reçu le ministre nord-coréen Yoon Suk Yeol.",
    ]
    found = candidates(sentences, [], least=2, most=20)
    assert sorted(c.source for c in found) == [
        "Corée du Nord",
        "Pat Ryder",
        "Yoon Suk Yeol",
    ]
    assert unrendered(found)[0].comment == "once"


def test_names_with_an_article_inside_are_proposed_whole() -> None:
    sentences = [
        "Marine Le Pen a quitté la salle.",
        "Selon Marine Le Pen, rien ne change.",
        "On attend Bruno Le Maire.",
        "Jean-Yves Le Drian a refusé.",
        "Le procès de La Haye continue.",
    ]
    found = candidates(sentences, [], least=2, most=20)
    names = {"Marine Le Pen", "Bruno Le Maire", "Jean-Yves Le Drian", "La Haye"}
    assert {c.source for c in found} == names
    assert all(c.kind is EntryKind.NAME for c in found)


def test_what_opens_a_sentence_is_no_name_for_its_capital() -> None:
    openings = (
        "Peut-on rire ? Faut-il partir ? Est-ce vrai ? Heureusement, il est venu. Oui, il dort. "
        "Non, il dort. Vingt-deux personnes dorment. Soixante-dix ans passent. Quant à lui, il "
        "dort. Peut-être dort-il. Jeunes et vieux dorment. Vingt-deux personnes mangent."
    )
    sentences = re.split(r"(?<=[.?]) (?=[A-Z])", openings)
    assert candidates(sentences, [], least=2, most=20) == []
    (found,) = candidates(["Ville-Haute dort."], [], least=2, most=20)
    assert found.source == "Ville-Haute"


def test_an_acronym_brings_its_expansion() -> None:
    sentences = ["L'Organisation maritime du Kattegat (OMK) se réunit.", "Selon l'OMK, rien."]
    (found,) = unrendered(candidates(sentences, [], least=2, most=5))
    assert found.entry.source == "OMK"
    assert found.entry.variants == ("Organisation maritime du Kattegat",)


def test_renderings_are_counted_by_sentence() -> None:
    found = candidates(SENTENCES, [], least=2, most=10)
    proposals = {p.entry.source: p for p in rendered(found, SENTENCES, 100, translate)}
    council = proposals["conseil de quartier"]
    # Alone the model says "district council"; what it says in the sentences counts.
    assert council.entry.target == "ward council"
    assert council.comment == "3 times; the model always says ward council"
    town = proposals["Ville-Haute"]
    assert town.entry.target == "Upper Town"
    assert town.comment == "3 times; in 3 sentences the model says Upper Town (2), otherwise in 1"
    assert proposals["Noor Fadel"].renderings == (("Noor Fadel", 2),)


def test_a_rendering_that_is_not_recognised_is_said_to_be_so() -> None:
    found = candidates(["Noor Fadel", "Noor Fadel"], [], least=2, most=10)
    (proposal,) = rendered(found, ["Noor Fadel", "Noor Fadel"], 1, lambda texts: ["Light"] * 1)
    assert proposal.renderings == (("Light", 1),)
    (proposal,) = rendered(
        found, SENTENCES, 1, lambda texts: ["Light" if "N" in texts[0][:1] else "x"]
    )
    assert proposal.entry.target == "Light"
    assert "no rendering recognised, alone the model says 'Light'" in proposal.comment


def test_at_most_so_many_sentences_are_translated() -> None:
    asked: list[str] = []

    def counting(texts: Sequence[str]) -> list[str]:
        asked.extend(texts)
        return translate(texts)

    rendered(candidates(SENTENCES, [], least=2, most=10), SENTENCES, 2, counting)
    assert len([text for text in asked if text in SENTENCES]) == 2


def test_entries_are_needless_that_can_be_left_out_together() -> None:
    entries = [
        Entry("1", "conseil de quartier", "ward council", file="a", line=1),
        Entry("2", "Ville-Haute", "Upper Town", EntryKind.NAME, file="a", line=2),
        Entry("3", "lac", "lake", file="a", line=3),
        Entry("4", "conseil", "council", file="b", line=1),
        Entry("5", "Noor Fadel", "Noor Fadel", EntryKind.NAME, file="a", line=5),
    ]
    asked: list[tuple[list[str], int]] = []

    def run(lacking: Set[str], texts: Sequence[str]) -> list[str]:
        asked.append((sorted(lacking), len(texts)))
        # Fadel is only right where the model is told of Ville-Haute.
        return [
            ENGLISH[text].replace("Fadel", "Fadel" if "2" in lacking else "Faddle")
            for text in texts
        ]

    (problem,) = needless(entries, {"1", "2", "3", "5"}, SENTENCES, 100, run)
    assert (problem.rule, problem.line) == ("needless", 1)
    assert problem.message.endswith("in the 3 occurrences tried")
    # What is known of the same sentence, lacking the same, is not asked again.
    assert asked == [(["1", "2", "5"], 5), (["1", "5"], 3), (["1"], 0)]


class Fake(Obedient):
    """An engine that knows the sentences above."""

    half_beam_suffices = True

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        return [(Hypothesis(ENGLISH[one.source], -1.0, True),) for one in requests]

    def fits(self, text: str) -> bool:
        return "pleut" not in text


@pytest.fixture
def fake_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(Fake(), monkeypatch)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "quartier.txt"
    path.write_text(" ".join(SENTENCES), encoding="utf-8")
    return path


def test_extract_prints_a_glossary_to_edit(
    text: Path, tmp_path: Path, enregard: Cli, fake_engine: None
) -> None:
    printed = enregard("glossary", "extract", text).stdout
    assert "  # 3 times; the model always says ward council\n  - source: conseil de" in printed
    result = enregard("glossary", "extract", text, "-o", "new.yaml")
    assert result.stdout == "3 entries proposed in new.yaml\n"
    targets = {entry.source: entry.target for entry in load_glossary([Path("new.yaml")]).entries}
    assert targets["conseil de quartier"] == "ward council"
    # A second time, nothing is left to propose.
    enregard("glossary", "extract", text, "--glossary", "new.yaml", "-o", "none.yaml")
    assert load_glossary([Path("none.yaml")]).entries == ()
    enregard("glossary", "extract", text, "-o", "none.yaml", code=2)


def test_extract_without_an_engine_leaves_the_targets_to_people(
    text: Path, tmp_path: Path, enregard: Cli
) -> None:
    result = enregard("glossary", "extract", text, "--no-engine", "-o", "new.yaml")
    assert result.stderr == ""
    result = enregard("glossary", "check", "new.yaml", code=1)
    assert result.stdout.count("has no target; add one") == 3
    enregard("glossary", "extract", text, "--no-engine", "--engine", "argos", code=2)


def test_check_asks_an_engine(text: Path, tmp_path: Path, enregard: Cli, fake_engine: None) -> None:
    (tmp_path / "g.csv").write_text("source,target\nconseil de quartier,ward council\n")
    result = enregard("glossary", "check", "g.csv", "--text", text, "--engine", "auto")
    assert "[needless]" in result.stdout
    with pytest.raises(UsageError, match="asked about a text; name a text"):
        linting.check_glossaries(["g.csv"], trial=Trial("auto"))
