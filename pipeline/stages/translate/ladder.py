"""Translations that break the glossary in; the same out, mended where that does no harm.

The lower rungs of the glossary's ladder, for what neither hints nor other hypotheses have brought:
the wrong rendering is looked for and replaced; else the sentence is decoded again with the right
one forced where it seems to belong. What makes a sentence clearly worse is not done, and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from pipeline.engines import Engine
from pipeline.glossary import verify
from pipeline.glossary.verify import places, too_often
from pipeline.model import Likelihood, Match, Occurrence, OccurrenceStatus, Request
from pipeline.stages.translate.replace import opening, replacements, with_article

# Raise it when what comes out changes.
VERSION: Final = 3

REPLACED, REDECODED = "replaced", "redecoded"

# How much the score of a sentence's other words (mean log-probability) may fall.
MARGIN: Final = 0.4
# What an engine may say for a term is learnt from so many hypotheses of the term alone.
_PROBE_BEAM: Final = 4
# How many words, from the likeliest place on, a rendering is forced at, and the beam behind it:
# first quickly at a few, then thoroughly at more.
_TRIES: Final = ((3, 1), (7, 2))

_ARTICLE: Final = re.compile(r"(?:a|an|the|this|these|some)\s+", re.IGNORECASE)
_FRENCH_ARTICLE: Final = re.compile(r"\b(?:l['’]|(?:la|le|les|une?)\s)$", re.IGNORECASE)
_WORD: Final = re.compile(r"(?<![\w'’-])\w[\w'’-]*")

Fault = Callable[[int, str], float]
"""How much is wrong with a text for the draft of this number, but for its entries; see ``MORE``."""
# As much more may be wrong than before: a thing to look at, nothing to mend.
MORE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Mending:
    """A translation to mend: what the engine was asked, the entries found, what it gave."""

    request: Request
    matches: tuple[Match, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Enforced:
    """A mended text; for each match the rung that mended it ("" for none), or why none could."""

    text: str
    methods: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Gap:
    """An entry that a draft's text lacks, by the numbers of the draft and of its match."""

    number: int
    index: int
    draft: Mending
    text: str

    @property
    def match(self) -> Match:
        return self.draft.matches[self.index]


_Propose = Callable[[Sequence[_Gap], Engine], list[list[str]]]


def enforce(drafts: Sequence[Mending], engine: Engine, fault: Fault) -> list[Enforced]:
    """Bring the entries that are missing into the drafts, as far as it does no harm.

    A text is only taken if it has the entry and loses none, has at most ``MORE`` fault than the one
    it replaces, and scores at most ``MARGIN`` below it.
    """
    done = [Enforced(d.text, ("",) * len(d.matches), ("",) * len(d.matches)) for d in drafts]
    rungs: list[tuple[str, _Propose]] = [(REPLACED, _replaced)]
    for tried, beam_size in _TRIES:
        rungs.append((REDECODED, partial(_redecoded, tried=tried, beam_size=beam_size)))
    for method, propose in rungs:
        seen: set[tuple[int, int]] = set()
        while gaps := list(_gaps(drafts, done, seen)):
            seen.update((gap.number, gap.index) for gap in gaps)
            proposals = propose(gaps, engine)
            for gap, judged in zip(gaps, _judge(gaps, proposals, engine, fault), strict=True):
                done[gap.number] = _with(done[gap.number], gap.index, method, *judged)
    return done


def _gaps(
    drafts: Sequence[Mending], done: Sequence[Enforced], tried: set[tuple[int, int]]
) -> Iterator[_Gap]:
    """Give the first untried gap of each draft: what is done to it may close or move the next."""
    for number, (draft, now) in enumerate(zip(drafts, done, strict=True)):
        for index, found in enumerate(verify("", draft.matches, now.text)):
            if not _is_met(found) and (number, index) not in tried:
                yield _Gap(number, index, draft, now.text)
                break


def _is_met(found: Occurrence) -> bool:
    return found.status is OccurrenceStatus.PRESENT


def _with(now: Enforced, index: int, method: str, text: str | None, reason: str) -> Enforced:
    def put(old: tuple[str, ...], new: str) -> tuple[str, ...]:
        return (*old[:index], new, *old[index + 1 :])

    if text is None:
        return replace(now, reasons=put(now.reasons, reason or now.reasons[index]))
    return Enforced(text, put(now.methods, method), put(now.reasons, ""))


def _judge(
    gaps: Sequence[_Gap], proposals: Sequence[Sequence[str]], engine: Engine, fault: Fault
) -> list[tuple[str | None, str]]:
    """Give for each gap the proposal that scores best, or None and the reason."""
    fitting = [
        [text for text in dict.fromkeys(texts) if _fills(gap, text)]
        for gap, texts in zip(gaps, proposals, strict=True)
    ]
    faultless = [
        [t for t in texts if fault(gap.number, t) <= fault(gap.number, gap.text) + MORE]
        for gap, texts in zip(gaps, fitting, strict=True)
    ]
    asked = [
        (gap, text)
        for gap, texts in zip(gaps, faultless, strict=True)
        for text in ([gap.text, *texts] if texts else [])
    ]
    pairs = [(gap.draft.request, text) for gap, text in asked]
    likelihoods = engine.score(pairs) if pairs else []
    scores = iter([_rest(*each, found) for each, found in zip(asked, likelihoods, strict=True)])
    judged: list[tuple[str | None, str]] = []
    for proposed, texts in zip(fitting, faultless, strict=True):
        if not texts:
            judged.append((None, "applied, it would break something else" if proposed else ""))
            continue
        before, *after = [next(scores) for _ in range(len(texts) + 1)]
        best = max(after)
        if best < before - MARGIN:
            reason = f"applied, the sentence would be clearly worse ({best:.2f}, not {before:.2f})"
            judged.append((None, reason))
        else:
            judged.append((texts[after.index(best)], ""))
    return judged


def _rest(gap: _Gap, text: str, found: Likelihood) -> float:
    """Average the scores of the words of a text that do not render the entry.

    How probable an engine finds the rendering itself is no reason against it.
    """
    here = verify("", gap.draft.matches, text)[gap.index]
    start, end = here.target_start or 0, here.target_end or 0
    spans = [word.span() for word in re.finditer(r"\S+", text)]
    rest = [
        score
        for (left, right), score in zip(spans, found.words, strict=False)
        if right <= start or end <= left
    ]
    return sum(rest) / len(rest) if rest else found.mean


def _fills(gap: _Gap, text: str) -> bool:
    """Tell whether a text has the entry and all that were there before, none of them too often."""
    matches = gap.draft.matches
    before, after = verify("", matches, gap.text), verify("", matches, text)
    return (
        _is_met(after[gap.index])
        and all(_is_met(now) or not _is_met(then) for then, now in zip(before, after, strict=True))
        and _surplus(matches, text) <= _surplus(matches, gap.text)
    )


def _surplus(matches: Sequence[Match], text: str) -> int:
    return sum(too_often(matches, text).values())


# The first rung: replace the wrong rendering


def _replaced(gaps: Sequence[_Gap], engine: Engine) -> list[list[str]]:
    """Replace the rendering that the engine gives the term by itself, if it stands there once."""
    probes = list(dict.fromkeys(probe for gap in gaps for probe in _probes(gap)))
    hypotheses = engine.translate([Request(probe) for probe in probes], _PROBE_BEAM)
    said = {
        probe: [_ARTICLE.sub("", each.text.strip(' ."“”'), count=1) for each in found]
        for probe, found in zip(probes, hypotheses, strict=True)
    }
    proposals = []
    for gap in gaps:
        span = _wrong(gap, [text for probe in _probes(gap) for text in said[probe]])
        proposals.append(list(replacements(gap.text, span, gap.match)) if span else [])
    return proposals


def _probes(gap: _Gap) -> tuple[str, str]:
    """Give the term alone, and with the article it has, as a sentence."""
    source, match = gap.draft.request.source, gap.match
    article = _FRENCH_ARTICLE.search(source[: match.start])
    phrase = (article[0] if article else "") + match.surface
    return match.surface, phrase[0].upper() + phrase[1:] + "."


def _wrong(gap: _Gap, renderings: Sequence[str]) -> tuple[int, int] | None:
    """Give the one place where a wrong rendering stands, outside of those that are right."""
    match = gap.match
    found = verify("", gap.draft.matches, gap.text)
    here = found[gap.index]
    if here.target_start is not None and here.target_end is not None:
        return here.target_start, here.target_end
    taken = [(o.target_start or 0, o.target_end or 0) for o in found if _is_met(o)]
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
        [(gaps[number].draft.request, begin + new) for number, begin, new in asked], beam_size
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
    source, text, match = gap.draft.request.source, gap.text, gap.match
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
