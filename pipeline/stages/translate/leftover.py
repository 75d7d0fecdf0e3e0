"""Parts whose best texts have French words in; with the dictionary's English for these, out.

The last resort for a word that neither the engine nor a hint has brought into English, and the only
one with an engine that takes no hints. What is put in is the sure rendering of one word, in the
place where the word itself was left; a text is only taken if no check finds more fault with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.language.articles import with_article
from pipeline.language.dictionary import SourceTerm, dictionary
from pipeline.language.dictionary.keys import Place
from pipeline.model import Hint
from pipeline.stages.translate.part import Part
from pipeline.text import fold

# How likely and how safe a rendering must be, and of a known kind: others are rare senses.
_LIKELY: Final = 0.4
_SAFE: Final = 0.3


def rendered(parts: Sequence[Part]) -> list[Part]:
    """Put English for the French words that were left in the parts' best texts."""
    return [_rendered(part) for part in parts]


def _rendered(part: Part) -> Part:
    for word, term in list(_left(part))[::-1]:
        text = part.best.text
        first = term.renderings[0].text
        target = first.upper() if text.isupper() else first
        before = with_article(text[: word.start], target)
        hypothesis = replace(
            part.best.hypothesis, text=before + target + text[word.end :], likelihood=None
        )
        hints = (*part.lexical, Hint(term.surface, target))
        found = part.candidate(hypothesis, part.best.lexical)
        if found.fault <= part.best.fault:
            part = replace(part.choosing(found, None, part.outcomes), lexical=hints)
    return part


def _left(part: Part) -> Iterator[tuple[Place, SourceTerm]]:
    """Give the words of the best text that are French, each with the term that it is a copy of."""
    strange = dictionary().strange(part.segment.source, part.best.text)
    if not strange:
        return
    terms = {fold(term.surface): term for term in dictionary().terms(part.segment.source)}
    # What the glossary wants is its matter.
    taken = [(each.target_start or 0, each.target_end or 0) for each in part.best.occurrences]
    for word in strange:
        term = terms.get(fold(word.lower))
        own = any(start < word.end and word.start < end for start, end in taken)
        if term is None or not term.renderings or own:
            continue
        first = term.renderings[0]
        sure = first.kind and first.probability >= _LIKELY and first.safe >= _SAFE
        if sure and fold(first.text) != fold(term.surface):
            yield word, term
