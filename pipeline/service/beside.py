"""A sentence of a job in; what helps to write its English, out: dictionary, memory, concordance."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.alike import Passage, differences
from pipeline.jobs.memory import ApprovedPair, open_memory
from pipeline.language.dictionary import SourceTerm, dictionary
from pipeline.service.bench_rows import BenchRow
from pipeline.service.hypotheses import OtherText
from pipeline.service.search import Hit, search
from pipeline.text import plain

__all__ = [
    "Concordance",
    "Known",
    "Offered",
    "Passage",
    "Senses",
    "concordance",
    "known",
    "offered",
    "senses",
]

# Renderings of a word that are too rare to help, and how many are shown.
_RAREST = 0.02
_MOST_SENSES = 6
_MOST_PLACES = 12
_MOST_OTHERS = 6


@dataclass(frozen=True, slots=True)
class Senses:
    """A word or phrase of the French, what it is in English, the likeliest first.

    ``is_answered``: one of these stands in the English.
    """

    french: str
    english: tuple[str, ...]
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What people approved for the same French or nearly the same, and how alike the French is.

    ``french`` is the memory's French laid over that of the sentence: what is gone stood in the
    memory alone. ``text`` is the English to begin with.
    """

    pair: ApprovedPair
    likeness: float
    french: tuple[Passage, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """Where some words stand: in sentences of this text, of others, and of the memory."""

    here: tuple[BenchRow, ...] = ()
    elsewhere: tuple[Hit, ...] = ()
    memory: tuple[ApprovedPair, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """Another translation of the engine laid over the one there is, and how many findings it has.

    Its ``passages`` together are its text.
    """

    text: str
    passages: tuple[Passage, ...]
    findings: int


def offered(others: Iterable[OtherText], text: str) -> tuple[Offered, ...]:
    """Give the best of an engine's translations that are not the one there is."""
    return tuple(
        Offered(
            each.text,
            tuple(one for one in differences(text, each.text) if one.kind != "gone"),
            len(each.findings),
        )
        for each in [each for each in others if each.text != text][:_MOST_OTHERS]
    )


def senses(source: str, target: str) -> tuple[Senses, ...]:
    """Give what the dictionary knows of the words of a sentence, in their order, each once."""
    answers = dictionary().answered(source, target)
    found = {
        each.term.surface.casefold(): Senses(
            each.term.surface, _likeliest(each.term), bool(each.spans)
        )
        for each in answers.terms
    }
    return tuple(each for each in found.values() if each.english)


def _likeliest(term: SourceTerm) -> tuple[str, ...]:
    likely = (each.text for each in term.renderings if each.probability >= _RAREST)
    # A name that the dictionary does not know is no news.
    return tuple(text for text in dict.fromkeys(likely) if text != term.surface)[:_MOST_SENSES]


def known(output: Path, source: str, target: str) -> tuple[Known, ...]:
    """Give what the memory has for a French sentence or nearly that, but for what stands there."""
    memory = open_memory(output)
    if memory is None:
        return ()
    with closing(memory):
        same = memory.exact([source]).get(source)
        nearly = memory.suggestions(source)
    found = [Known(same, 1.0, (Passage(source, "same"),), same.target)] if same else []
    found += [
        Known(each.pair, each.likeness, tuple(differences(each.pair.source, source)), each.text)
        for each in nearly
    ]
    return tuple(each for each in found if each.text != target)


def concordance(output: Path, job: str, rows: Iterable[BenchRow], words: str) -> Concordance:
    """Give where some words stand, in French or in English, in any case; this text first."""
    wanted = plain(" ".join(words.split()))
    if not wanted:
        return Concordance()
    here = [row for row in rows if row.has(wanted)]
    elsewhere = [each for each in search(output, wanted) if each.job != job]
    texts = {each.source for each in elsewhere} | {row.segment.source for row in here}
    memory = open_memory(output)
    if memory is None:
        remembered = []
    else:
        with closing(memory):
            remembered = memory.search(wanted, _MOST_PLACES)
    return Concordance(
        tuple(here[:_MOST_PLACES]),
        tuple(elsewhere[:_MOST_PLACES]),
        tuple(each for each in remembered if each.source not in texts),
    )
