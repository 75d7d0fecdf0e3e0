"""French sentences and an engine in; proposed glossary entries, with what the model says, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.glossary.candidates import TermCandidate
from pipeline.glossary.entries import entry_id
from pipeline.glossary.renderings import Translations, plain, renderings
from pipeline.model import Entry

_EACH: Final = 6
"""How many sentences are translated for one candidate or entry at the most."""

Translate = Callable[[Sequence[str]], list[str]]
"""Translates each text; gives "" for one that cannot be translated whole."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry to edit, how often its French stands in the text, and the model's renderings.

    ``renderings`` count sentences; ``tried`` is how many were translated, ``alone`` what the model
    gives for the words by themselves.
    """

    entry: Entry
    count: int
    tried: int = 0
    renderings: tuple[tuple[str, int], ...] = ()
    alone: str = ""

    @property
    def comment(self) -> str:
        """What an editor should know of it, in one line."""
        times = "once" if self.count == 1 else f"{self.count} times"
        if not self.tried:
            return times
        if not self.renderings:
            return f"{times}; no rendering recognised, alone the model says {self.alone!r}"
        said = ", ".join(f"{text} ({count})" for text, count in self.renderings)
        other = self.tried - sum(count for _, count in self.renderings)
        if len(self.renderings) == 1 and not other:
            always = "always " if self.tried > 1 else ""
            return f"{times}; the model {always}says {self.renderings[0][0]}"
        rest = f", otherwise in {other}" if other else ""
        where = "one sentence" if self.tried == 1 else f"{self.tried} sentences"
        return f"{times}; in {where} the model says {said}{rest}"


def unrendered(candidates: Iterable[TermCandidate]) -> list[Proposal]:
    """Propose candidates without asking a model; their entries have no target yet."""
    return [Proposal(_entry(one, ""), one.count) for one in candidates]


def rendered(
    candidates: Sequence[TermCandidate], sentences: Sequence[str], most: int, translate: Translate
) -> list[Proposal]:
    """Propose candidates with the renderings that ``translate`` gives in some sentences.

    At most ``most`` sentences are translated, besides the candidates themselves.
    """
    chosen = choose([candidate.sentences for candidate in candidates], most)
    alone = translate([candidate.source for candidate in candidates])
    texts = translate([sentences[number] for number in chosen])
    translations = Translations({n: text for n, text in zip(chosen, texts, strict=True) if text})
    proposals = []
    for candidate, bare in zip(candidates, alone, strict=True):
        found = renderings(candidate, bare, translations)
        said = plain(bare, candidate.kind)
        target = found[0][0] if found else said
        tried = len({number for number in candidate.sentences if number in translations.texts})
        proposals.append(Proposal(_entry(candidate, target), candidate.count, tried, found, said))
    return proposals


def choose(places: Iterable[Sequence[int]], most: int) -> list[int]:
    """Choose the sentences to translate: some of those of each thing, the first things first."""
    chosen: dict[int, None] = {}
    for own in places:
        # Sentences that serve another too come first.
        for number in sorted(dict.fromkeys(own), key=lambda number: number not in chosen)[:_EACH]:
            if len(chosen) < most:
                chosen[number] = None
    return sorted(chosen)


def _entry(candidate: TermCandidate, target: str) -> Entry:
    variants = (candidate.expansion,) if candidate.expansion else ()
    source, kind = candidate.source, candidate.kind
    return Entry(entry_id(kind, source, target), source, target, kind, variants=variants)
