"""The best hypothesis for glossary and numbers is delivered, whole, or said not to be.

The engine here is scripted: only so can a test say which hypotheses there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.glossary import Matcher
from pipeline.model import (
    Block,
    BlockKind,
    CaseRule,
    Entry,
    EntryKind,
    Hint,
    Hypothesis,
    Likelihood,
    OccurrenceStatus,
    Origin,
    Request,
    Segment,
    Translation,
)
from pipeline.stages.translate.search import Search
from pipeline.stages.translate.stage import Task, occurrences, plan, translate
from tests.support.obedient import Silent

TALLINN = Entry("e1", "Tallinn", "Tallinn", EntryKind.NAME)
# What is asked of the engine here is no matter of the dictionary.
BEAM = Search(4, lexicon=False)
COUNCIL = Entry("e2", "conseil", "council", EntryKind.TERM)


class ScriptedEngine(Silent):
    """Answers from a script; what it has none for, it gives back in capitals."""

    def __init__(
        self,
        script: dict[str, list[Hypothesis]] | None = None,
        guarded: dict[str, list[Hypothesis]] | None = None,
        longest: int = 1_000,
        half: dict[str, list[Hypothesis]] | None = None,
    ) -> None:
        self.script, self.guarded, self.longest = script or {}, guarded or {}, longest
        self.half = half or {}
        self.half_beam_suffices = half is not None
        self.asked: list[Request] = []
        self.beams: list[int] = []

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        self.asked += requests
        self.beams.append(beam_size)
        script = self.script if beam_size > 2 else self.half
        script = {**script, **self.guarded} if guarded else script
        return [
            tuple(script.get(request.source, [Hypothesis(request.source.upper(), -0.5, True)]))
            for request in requests
        ]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        return [
            Likelihood(-float(len(text)), tuple(-float(len(word)) for word in text.split()))
            for _, text in pairs
        ]

    def fits(self, text: str) -> bool:
        return len(text) <= self.longest


def task(source: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Task:
    segment = Segment("b0000.s01", 0, 0, len(source), source)
    (made,) = plan(
        [Block(0, kind, source)], [segment], Matcher((TALLINN, COUNCIL)), "scripted-1", BEAM
    )
    return made


def deliver(source: str, engine: ScriptedEngine) -> Translation:
    (translation,) = translate([task(source)], engine, BEAM)
    return translation


@pytest.mark.parametrize(
    ("source", "hypotheses", "chosen", "methods"),
    [
        ("Le conseil.", ["The council.", "The board."], "The council.", ["hint"]),
        ("Le conseil.", ["The board.", "The council."], "The council.", ["hypothesis"]),
        ("Au conseil.", ["The board.", "The committee."], "The board.", [""]),
        ("Le conseil de Tallinn.", ["The board of Tallinn.", "The council."], None, ["", "hint"]),
        ("12 conseils.", ["21 councils.", "12 councils."], "12 councils.", ["hint"]),
    ],
)
def test_the_hypothesis_with_the_fewest_faults_is_delivered(
    source: str, hypotheses: list[str], chosen: str | None, methods: list[str]
) -> None:
    script = [Hypothesis(text, -0.1 * rank, True) for rank, text in enumerate(hypotheses)]
    translation = deliver(source, ScriptedEngine({source: script}))
    assert translation.text == (chosen or hypotheses[0])
    assert [found.method for found in occurrences(task(source), translation)] == methods


def test_the_occurrences_say_how_a_rendering_got_there_and_why_one_did_not() -> None:
    source = "Le conseil de Tallinn."
    made = task(source)
    engine = ScriptedEngine({source: [Hypothesis("The council.", -0.1, True)]})
    (translation,) = translate([made], engine, BEAM)
    council, tallinn = occurrences(made, translation)
    assert (council.status, council.method) == (OccurrenceStatus.PRESENT, "hint")
    assert (tallinn.status, tallinn.method) == (OccurrenceStatus.MISSING, "")
    assert tallinn.reason
    assert engine.asked[0].hints == (Hint("conseil", "council"), Hint("Tallinn", "Tallinn"))


def test_a_hint_that_stands_where_its_term_does_not_is_left_out() -> None:
    class Eager(ScriptedEngine):
        """Says the target of a hint wherever it can."""

        def translate(
            self, requests: Sequence[Request], beam_size: int, guarded: bool = False
        ) -> list[tuple[Hypothesis, ...]]:
            self.asked += requests
            told = [any(hint.source == "conseil" for hint in r.hints) for r in requests]
            return [
                (Hypothesis(f"The {'council' if eager else 'town'} council of Tallinn.", -1, True),)
                for eager in told
            ]

    source = "Le conseil de la ville de Tallinn."
    engine = Eager()
    translation = deliver(source, engine)
    assert translation.text == "The town council of Tallinn."
    assert Request(source, (Hint("Tallinn", "Tallinn"),)) in engine.asked
    methods = [found.method for found in occurrences(task(source), translation)]
    assert methods == ["hypothesis", "hypothesis"]


LOOP = "the same words again and the same words again and the same words again and the same words"


@pytest.mark.parametrize("broken", [Hypothesis(LOOP, -0.1, True), Hypothesis("Cut", -0.1, False)])
def test_a_loop_or_a_cut_is_decoded_again_under_guard(broken: Hypothesis) -> None:
    engine = ScriptedEngine({"Un mot.": [broken]}, {"Un mot.": [Hypothesis("A word.", -1, True)]})
    translation = deliver("Un mot.", engine)
    assert (translation.text, translation.finished) == ("A word.", True)
    assert (translation.retried, translation.split) == (True, False)


@pytest.mark.parametrize(
    ("draft", "thorough", "chosen", "beams"),
    [
        ("The council.", False, "The council.", [2]),
        ("The board.", False, "The Council sits.", [2, 4]),
        ("The council.", True, "The Council sits.", [4]),
    ],
    ids=["sound", "at fault", "thorough"],
)
def test_the_whole_beam_is_for_what_is_at_fault_unless_the_search_is_thorough(
    draft: str, thorough: bool, chosen: str, beams: list[int]
) -> None:
    source = "Le conseil siège."
    engine = ScriptedEngine(
        {source: [Hypothesis("The Council sits.", -0.3, True)]},
        half={source: [Hypothesis(draft, -0.4, True)]},
    )
    (translation,) = translate([task(source)], engine, Search(4, thorough, lexicon=False))
    assert (translation.text, translation.retried) == (chosen, False)
    assert engine.beams == beams


def test_the_engine_is_asked_how_probable_a_text_is_only_where_its_search_did_not_tell() -> None:
    told = Likelihood(-0.25, (-0.2, -0.3))
    half = {"Le conseil.": [Hypothesis("The council.", -0.25, True, told)]}
    engine = ScriptedEngine(half={**half, "Un mot.": [Hypothesis("A word.", -0.3, True)]})
    council, word = (deliver(text, engine) for text in ("Le conseil.", "Un mot."))
    assert (council.confidence, council.words) == (-0.25, (-0.2, -0.3))
    assert (word.confidence, word.words) == (-7.0, (-1.0, -5.0))


def test_what_stays_broken_says_so() -> None:
    cut = [Hypothesis("A", -0.1, False)]
    translation = deliver("Un mot.", ScriptedEngine({"Un mot.": cut}, {"Un mot.": cut}))
    assert (translation.text, translation.finished) == ("A", False)


def test_a_long_sentence_is_translated_in_parts_and_loses_nothing() -> None:
    source = "Le premier point est clair ; le deuxième, qui suit, ne l’est pas ; le dernier attend."
    engine = ScriptedEngine(longest=40)
    translation = deliver(source, engine)
    assert translation.text == source.upper()
    assert (translation.retried, translation.split) == (False, True)
    assert all(len(request.source) <= 40 for request in engine.asked)


def test_a_number_alone_is_written_as_english_writes_it() -> None:
    translation = deliver("1 250,5 %", ScriptedEngine())
    assert (translation.text, translation.origin) == ("1,250.5%", Origin.COPIED)


@pytest.mark.parametrize("source", ["01 44 55 66", "***", "https://exemple.fr/a", "x@exemple.fr"])
def test_what_has_no_words_is_copied(source: str) -> None:
    engine = ScriptedEngine()
    translation = deliver(source, engine)
    assert (translation.text, translation.origin) == (source, Origin.COPIED)
    assert not engine.asked


def test_code_is_copied() -> None:
    (translation,) = translate([task("x = conseil", BlockKind.CODE)], ScriptedEngine(), BEAM)
    assert translation.text == "x = conseil"


def test_a_fingerprint_depends_on_what_the_translation_depends_on() -> None:
    source = "Le conseil siège."
    segment = Segment("b0000.s01", 0, 0, len(source), source)
    block = [Block(0, BlockKind.PARAGRAPH, source)]

    def made(*entries: Entry, engine: str = "e", search: Search = BEAM) -> str:
        return plan(block, [segment], Matcher(entries), engine, search)[0].fingerprint

    assert made(COUNCIL) == made(COUNCIL, TALLINN)
    plural = replace(COUNCIL, source="conseils")
    exact = replace(COUNCIL, case=CaseRule.EXACT)
    keys = [made(), made(COUNCIL), made(COUNCIL, engine="f"), made(COUNCIL, search=Search(1))]
    keys += [made(exact), made(replace(COUNCIL, forbidden=("board",)))]
    keys += [made(COUNCIL, search=Search(4, thorough=True))]
    assert len(set(keys)) == 7
    assert made(plural) != made(COUNCIL)
