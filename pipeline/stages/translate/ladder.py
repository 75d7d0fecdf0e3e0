"""Parts whose best texts break the glossary in; the same out, mended where that does no harm.

The lower rungs of the glossary's ladder, for what neither hints nor other hypotheses have brought:
the wrong rendering is looked for and replaced; else the sentence is decoded again with the right
one forced where it seems to belong. What makes a sentence clearly worse is not done, and said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from pipeline.engines import Engine
from pipeline.glossary.verify import places
from pipeline.language.articles import FRENCH_ARTICLE_BEFORE, with_article
from pipeline.model import EntryKind, Likelihood, Match, Method, Outcome, Request
from pipeline.stages.translate.part import Candidate, Part
from pipeline.stages.translate.replace import opening, replacements

# Raise it when what comes out changes.
VERSION: Final = 5

# How much the score of a sentence's other words (mean log-probability) may fall; and from which
# fall on what was put in is something to look at.
MARGIN: Final = 0.4
DOUBTFUL: Final = 0.1
# How much the log-probability of the whole sentence may fall with an engine that was told what to
# say. In its right place such a rendering is probable; where one was forced at the cost of more, it
# stood in a wrong place or broke the grammar, as a rule ("supported by the United States Security
# Council United Nations"). What is put in the place of a wrong rendering may cost more, since only
# its form can be wrong. Seen in 51 sentences that were mended so.
FALL: Final = {Method.REPLACED: 10.0, Method.REDECODED: 5.0}
# What an engine may say for a term is learnt from so many hypotheses of the term alone.
_PHRASE_BEAM: Final = 4
# How many words, from the likeliest place on, a rendering is forced at, and the beam behind it:
# first quickly at a few, then thoroughly at more.
_TRIES: Final = ((3, 1), (7, 2))

_DETERMINER: Final = re.compile(r"\A(?:a|an|the|this|these|some)\s+", re.IGNORECASE)
_WORD: Final = re.compile(r"(?<![\w'’-])\w[\w'’-]*")

# As much more may be wrong than before, but for entries: a thing to look at, nothing to mend.
MORE: Final = 1.0
# And where only a term is missing: matters of form.
SLIGHT: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Gap:
    """An entry that a part's best text lacks, by the numbers of the part and of its match."""

    number: int
    index: int
    part: Part

    @property
    def match(self) -> Match:
        return self.part.matches[self.index]

    @property
    def text(self) -> str:
        return self.part.best.text

    def filled_by(self, text: str) -> Candidate:
        """Give the text as a candidate in the place of the best."""
        return self.part.candidate(replace(self.part.best.hypothesis, text=text, likelihood=None))

    def outcomes(self, outcome: Outcome) -> tuple[Outcome, ...]:
        """Give the part's outcomes with another one for this match."""
        before = self.part.outcomes
        return (*before[: self.index], outcome, *before[self.index + 1 :])


_Propose = Callable[[Sequence[_Gap], Engine], list[list[str]]]


def enforce(parts: Sequence[Part], engine: Engine) -> list[Part]:
    """Bring the entries that are missing into the parts' best texts, as far as it does no harm.

    A text is only taken if it has the entry and loses none, has at most ``MORE`` fault than the one
    it replaces (``SLIGHT`` for a term), and scores at most ``MARGIN`` and ``FALL`` below it. What
    lies ``DOUBTFUL`` below it is said to.
    """
    mended = list(parts)
    rungs: list[tuple[Method, _Propose]] = [(Method.REPLACED, _replaced)]
    for tried, beam_size in _TRIES:
        rungs.append((Method.REDECODED, partial(_redecoded, tried=tried, beam_size=beam_size)))
    for method, propose in rungs:
        seen: set[tuple[int, int]] = set()
        while gaps := list(_gaps(mended, seen)):
            seen.update((gap.number, gap.index) for gap in gaps)
            proposals = propose(gaps, engine)
            for gap, part in zip(gaps, _filled(gaps, proposals, method, engine), strict=True):
                mended[gap.number] = part
    return mended


def _gaps(parts: Sequence[Part], tried: set[tuple[int, int]]) -> Iterator[_Gap]:
    """Give the first untried gap of each part: what is done to it may close or move the next."""
    for number, part in enumerate(parts):
        for index in range(len(part.matches)):
            if not part.best.renders(index) and (number, index) not in tried:
                yield _Gap(number, index, part)
                break


def _filled(
    gaps: Sequence[_Gap], proposals: Sequence[Sequence[str]], method: Method, engine: Engine
) -> list[Part]:
    """Give each gap's part with the proposal that scores best, or with the reason why none does."""
    fitting = [
        [each for each in map(gap.filled_by, dict.fromkeys(texts)) if _fills(gap, each)]
        for gap, texts in zip(gaps, proposals, strict=True)
    ]
    faultless = [
        [each for each in found if each.other_fault <= gap.part.best.other_fault + _more(gap)]
        for gap, found in zip(gaps, fitting, strict=True)
    ]
    pairs = [
        (gap.part.request, each.text)
        for gap, found in zip(gaps, faultless, strict=True)
        for each in ([gap.part.best, *found] if found else [])
    ]
    likelihoods = iter(engine.score(pairs) if pairs else ())
    filled = []
    for gap, proposed, found in zip(gaps, fitting, faultless, strict=True):
        if not found:
            reason = "applied, it would break something else" if proposed else ""
            filled.append(_unfilled(gap, reason))
            continue
        told = [next(likelihoods) for _ in range(len(found) + 1)]
        before, *after = map(partial(_rest, gap.index), [gap.part.best, *found], told)
        whole, *wholes = (sum(each.words) for each in told)
        fall = FALL[method] if engine.takes_hints else math.inf
        near = [place for place, rest in enumerate(after) if rest >= before - MARGIN]
        bearable = [place for place in near if wholes[place] >= whole - fall]
        if bearable:
            place = max(bearable, key=after.__getitem__)
            doubt = ""
            if after[place] < before - DOUBTFUL:
                doubt = (
                    f"put in, the sentence is less probable ({after[place]:.2f}, not {before:.2f})"
                )
            outcomes = gap.outcomes(Outcome(method, doubt))
            filled.append(gap.part.choosing(found[place], told[place + 1], outcomes))
        else:
            # The rest of the sentence bears it somewhere, but the whole does not.
            worse, than = (max(wholes[p] for p in near), whole) if near else (max(after), before)
            reason = f"applied, the sentence would be clearly worse ({worse:.2f}, not {than:.2f})"
            filled.append(_unfilled(gap, reason))
    return filled


def _more(gap: _Gap) -> float:
    """How much more fault a rendering may bring: a term that is missing is itself but a look."""
    return SLIGHT if gap.match.entry.kind is EntryKind.TERM else MORE


def _unfilled(gap: _Gap, reason: str) -> Part:
    before = gap.part.outcomes[gap.index]
    outcomes = gap.outcomes(replace(before, reason=reason or before.reason))
    return replace(gap.part, outcomes=outcomes)


def _rest(index: int, candidate: Candidate, told: Likelihood) -> float:
    """Average the scores of the words of a text that do not render the match of this number.

    How probable an engine finds the rendering itself is no reason against it.
    """
    here = candidate.occurrences[index]
    start, end = here.target_start or 0, here.target_end or 0
    spans = [word.span() for word in re.finditer(r"\S+", candidate.text)]
    rest = [
        score
        for (left, right), score in zip(spans, told.words, strict=False)
        if right <= start or end <= left
    ]
    return sum(rest) / len(rest) if rest else told.mean


def _fills(gap: _Gap, after: Candidate) -> bool:
    """Tell whether a text has the entry and all that were there before, none of them too often."""
    before = gap.part.best
    return (
        after.renders(gap.index)
        and all(
            after.renders(index) or not before.renders(index)
            for index in range(len(gap.part.matches))
        )
        and sum(after.surplus.values()) <= sum(before.surplus.values())
    )


# The first rung: replace the wrong rendering


def _replaced(gaps: Sequence[_Gap], engine: Engine) -> list[list[str]]:
    """Replace the rendering that the engine gives the term by itself, if it stands there once."""
    phrases = list(dict.fromkeys(phrase for gap in gaps for phrase in _phrases(gap)))
    hypotheses = engine.translate([Request(phrase) for phrase in phrases], _PHRASE_BEAM)
    said = {
        phrase: [_DETERMINER.sub("", each.text.strip(' ."“”'), count=1) for each in found]
        for phrase, found in zip(phrases, hypotheses, strict=True)
    }
    proposals = []
    for gap in gaps:
        span = _wrong(gap, [text for phrase in _phrases(gap) for text in said[phrase]])
        proposals.append(list(replacements(gap.text, span, gap.match)) if span else [])
    return proposals


def _phrases(gap: _Gap) -> tuple[str, str]:
    """Give the term alone, and with the article it has, as a sentence."""
    source, match = gap.part.request.source, gap.match
    article = FRENCH_ARTICLE_BEFORE.search(source[: match.start])
    phrase = (article[0] if article else "") + match.surface
    return match.surface, phrase[0].upper() + phrase[1:] + "."


def _wrong(gap: _Gap, renderings: Sequence[str]) -> tuple[int, int] | None:
    """Give the one place where a wrong rendering stands, outside of those that are right."""
    match, best = gap.match, gap.part.best
    here = best.occurrences[gap.index]
    if here.target_start is not None and here.target_end is not None:
        return here.target_start, here.target_end
    taken = [
        (found.target_start or 0, found.target_end or 0)
        for index, found in enumerate(best.occurrences)
        if best.renders(index)
    ]
    entry = match.entry
    known = [*renderings, match.surface, entry.source, entry.target, *entry.variants]
    for rendering in sorted(filter(None, dict.fromkeys(known)), key=len, reverse=True):
        free = [
            (start, end)
            for start, end in places(gap.text, rendering, entry)
            if all(end <= left or right <= start for left, right in taken)
        ]
        if len(free) == 1:
            return free[0]
    return None


# The second rung: decode again, with the right rendering forced


def _redecoded(gaps: Sequence[_Gap], engine: Engine, tried: int, beam_size: int) -> list[list[str]]:
    """Keep the text up to a place, put the entry's target there, let the engine go on."""
    asked = [(number, *begun) for number, gap in enumerate(gaps) for begun in _begun(gap, tried)]
    completed = engine.complete(
        [(gaps[number].part.request, begin + new) for number, begin, new in asked], beam_size
    )
    proposals: list[list[str]] = [[] for _ in gaps]
    for (number, _, new), hypotheses in zip(asked, completed, strict=True):
        # Nothing may be glued to what was forced.
        whole = re.compile(re.escape(new) + r"(?!\w)")
        proposals[number] += [h.text for h in hypotheses if h.finished and whole.search(h.text)]
    return proposals


def _begun(gap: _Gap, tried: int) -> list[tuple[str, str]]:
    """Give beginnings of the text and the target behind each, at the likeliest places first.

    Each is tried alone and with the word that stands at the place, which keeps the two apart.
    """
    source, text, match = gap.part.request.source, gap.text, gap.match
    expected = match.start / len(source) * len(text)
    words = sorted(
        (found.span() for found in _WORD.finditer(text)), key=lambda span: abs(span[0] - expected)
    )
    begun = []
    for start, end in words[:tried]:
        new = opening(text[:start], match)
        begin = with_article(text[:start], new)
        begun += [(begin, new), (begin, f"{new} {text[start:end]}")]
    return begun
