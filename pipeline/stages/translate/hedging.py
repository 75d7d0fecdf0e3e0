"""A candidate that is surer than its French in; hints by which it hedges as that does, out.

The press's conditional (« aurait tiré », « se serait enfui ») says that others say so. The engine
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
from pipeline.language.dictionary import SourceTerm, dictionary
from pipeline.language.dictionary.answers import Answer
from pipeline.language.dictionary.english_forms import english_lemma, pasts
from pipeline.language.dictionary.entries import VERBS
from pipeline.language.lemmas import infinitives
from pipeline.language.rumours import WITH_BE, Rumour, rumours
from pipeline.model import Hint, Hypothesis
from pipeline.stages.translate.part import Candidate
from pipeline.text import fold

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
    told = [
        each for each in rumours(plain.segment.source) if (each.start, each.end) == (start, end)
    ]
    if told:
        yield from _rumour(plain, told[0])
    elif said.lower().endswith(" que"):
        yield Hint(said[-3:], "only")
    elif said.strip().lower() == "selon":
        yield Hint(said.strip(), "according to")


def _rumour(plain: Candidate, told: Rumour) -> Iterator[Hint]:
    source, end = plain.segment.source, told.end
    said = source[told.start : end]
    if told.is_denied or "," in said or not (told.participle or told.is_being):
        return
    is_now, was = ("are", "were") if told.auxiliary.endswith("ent") else ("is", "was")
    be = is_now if told.is_being else was
    if told.is_being and told.is_past:
        past = next(past for stem, past in WITH_BE.items() if told.participle.startswith(stem))
        yield Hint(said, re.sub(r"^was\b", was, past))
        return
    if told.is_reflexive:
        verb = _reflexive_verb(plain, told.participle)
    else:
        verb, end = _english_verb(plain, told.participle, end)
    if not verb:
        if told.is_being:
            yield Hint(said.split()[0], f"{be} reportedly")
        return
    first, space, rest = verb.partition(" ")
    past, *participles = pasts(first)
    if first == "be":
        english, space = f"{be} reportedly", " "
    elif told.is_being or "été" in told.between:
        english = f"{be} reportedly {participles[0] if participles else past}"
    else:
        english = f"reportedly {past}"
    yield Hint(source[told.start : end], english + space + rest)


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
    verbs = _verbs(plain, (participle, *infinitives(participle)))
    if said := _said(plain, verbs):
        return said, end
    # What the context chooses of an infinitive may be another sense than the participle's.
    own = (each.term for each in verbs if each.term.surface == participle or not each.term.open)
    return next(map(_rendered, own), ""), end


def _reflexive_verb(plain: Candidate, participle: str) -> str:
    """Give the English verb, in its base form, for a reflexive one: enfui, "flee".

    Without « se » it may be another (« produire »): then only what the candidate says itself.
    """
    verbs = [
        answer
        for verb in infinitives(participle)
        for answer in _verbs(plain, (f"{_se(verb)}{verb}",))
    ]
    own = (each.term for each in verbs if each.term.surface.startswith(("s’", "se ")))
    return _said(plain, verbs) or next(map(_rendered, own), "")


def _se(verb: str) -> str:
    return "s’" if fold(verb[0]) in "aeiouyh" else "se "


def _verbs(plain: Candidate, words: tuple[str, ...]) -> list[Answer]:
    """Give what the dictionary has of French words that is a verb in English."""
    answers = (each for word in words for each in dictionary().answered(word, plain.text).terms)
    return [each for each in answers if _rendered(each.term)]


def _said(plain: Candidate, verbs: list[Answer]) -> str:
    """Give the verb, in its base form, by which a candidate answers one of some terms."""
    for answer in verbs:
        if answer.spans:
            first = min(answer.spans, key=lambda span: (span[0], -span[1]))
            return _base(plain.text[slice(*first)])
    return ""


def _rendered(term: SourceTerm) -> str:
    """Give the likeliest verb that renders a term, in its base form; "" where none does."""
    verbs = (each.text for each in term.renderings if each.kind in VERBS)
    return _base(next(verbs, ""))


def _base(phrase: str) -> str:
    """Give a verb phrase with its verb in the base form."""
    first, space, rest = phrase.partition(" ")
    return english_lemma(first) + space + rest
