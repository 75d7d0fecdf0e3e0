"""A candidate that is surer than its French in; hints by which it hedges as that does, out.

The press's conditional (« aurait tiré », « serait arrivé ») says that others say so. The engine
makes it a plain past, or "would have", as often as not, and drops the « que » of « ne … que » and
who says so; it follows hints that tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

from pipeline.checks.hedges import ID as HEDGES
from pipeline.checks.hedges import RUMOUR_FR
from pipeline.language.dictionary import SourceTerm, dictionary
from pipeline.language.dictionary.english_forms import english_lemma, pasts
from pipeline.language.dictionary.entries import VERBS
from pipeline.language.lemmas import infinitives
from pipeline.model import Hint, Hypothesis
from pipeline.stages.translate.part import Candidate

# What is said of participles that go with « être », by the beginnings that their forms share.
_WITH_BE: Final = {
    "mort": "reportedly died",
    "né": "was reportedly born",
    "parti": "reportedly left",
    "venu": "reportedly came",
    "arrivé": "reportedly arrived",
    "entré": "reportedly entered",
    "resté": "reportedly remained",
    "tombé": "reportedly fell",
    "décédé": "reportedly died",
    "allé": "reportedly went",
    "revenu": "reportedly returned",
    "sorti": "reportedly left",
}
# A hint that was followed beside the engine's own way to hedge.
_TWICE: Final = re.compile(r"\bwould(?: have)? reportedly(?= \w+(?:ed|[dt]|wn|ew|ook|an)\b)")


def told_once(hypothesis: Hypothesis) -> Hypothesis:
    """Give a hypothesis in which a hint is not hedged again ("would reportedly transmitted")."""
    text = _TWICE.sub("reportedly", hypothesis.text)
    return (
        hypothesis if text == hypothesis.text else replace(hypothesis, text=text, likelihood=None)
    )


def hedges(plain: Candidate) -> tuple[Hint, ...]:
    """Give hints for what a check misses in a candidate: a rumour, « ne … que », who says so."""
    spans = [each.source_span for each in plain.findings if each.check == HEDGES]
    return tuple(chain.from_iterable(_hedge(plain, *span) for span in spans if span))


def _hedge(plain: Candidate, start: int, end: int) -> Iterator[Hint]:
    said = plain.segment.source[start:end]
    if RUMOUR_FR.fullmatch(said):
        yield from _rumour(plain, start, end)
    elif said.lower().endswith(" que"):
        yield Hint(said[-3:], "only")
    elif said.strip().lower() == "selon":
        yield Hint(said.strip(), "according to")


def _rumour(plain: Candidate, start: int, end: int) -> Iterator[Hint]:
    said = plain.segment.source[start:end]
    auxiliary, *between, participle = said.lower().split()
    be = "were" if auxiliary.endswith("ent") else "was"
    if auxiliary.startswith("ser"):
        past = next(past for stem, past in _WITH_BE.items() if participle.startswith(stem))
        yield Hint(said, re.sub(r"^was\b", be, past))
        return
    verb, end = _english_verb(plain, participle, end)
    first, space, rest = verb.partition(" ")
    if not first:
        return
    past, *participles = pasts(first)
    if first == "be":
        told, space = f"{be} reportedly", " "
    elif "été" in between:
        told = f"{be} reportedly {participles[0] if participles else past}"
    else:
        told = f"reportedly {past}"
    yield Hint(plain.segment.source[start:end], told + space + rest)


def _english_verb(plain: Candidate, participle: str, end: int) -> tuple[str, int]:
    """Give the English verb, in its base form, for the participle that ends at a place.

    And where its term ends: behind the participle if it is a set phrase (« pris la fuite »). ""
    where it cannot be told.
    """
    for term in (each.term for each in plain.answers.terms):
        if (term.sure or term.open) and " " in term.surface and term.start < end <= term.end:
            return _rendered(term), term.end
    if participle == "été":
        return "", end
    # Alone it may be a noun or an adjective (« commis », « disparu »), which its infinitive is not.
    words = (participle, *infinitives(participle))
    answers = [each for word in words for each in dictionary().answered(word, plain.text).terms]
    verbs = [each for each in answers if _rendered(each.term)]
    for answer in verbs:
        if answer.spans:
            first = min(answer.spans, key=lambda span: (span[0], -span[1]))
            return _base(plain.text[slice(*first)]), end
    # What the context chooses of an infinitive may be another sense than the participle's.
    own = (each.term for each in verbs if each.term.surface == participle or not each.term.open)
    return next(map(_rendered, own), ""), end


def _rendered(term: SourceTerm) -> str:
    """Give the likeliest verb that renders a term, in its base form; "" where none does."""
    verbs = (each.text for each in term.renderings if each.kind in VERBS)
    return _base(next(verbs, ""))


def _base(phrase: str) -> str:
    """Give a verb phrase with its verb in the base form."""
    first, space, rest = phrase.partition(" ")
    return english_lemma(first) + space + rest
