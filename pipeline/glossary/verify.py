"""Matches and a translation in; what became of each match out, and hints for an engine.

A rendering counts where all its words stand in the translation: the nouns of a term may be in the
plural, anything may carry 's, a lower-case letter may be a capital but a capital must be one, and
apostrophes, hyphens and spaces may be of any kind. A place in the translation serves one match.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from pipeline.glossary.places import Key, Span, assigned
from pipeline.glossary.targets import bare, is_verb, spoken, target_of
from pipeline.language.articles import ARTICLES
from pipeline.language.forms import english_plurals
from pipeline.language.tokens import Token, closes, opens, same_word, tokenize
from pipeline.model import CaseRule, Entry, EntryKind, Hint, Match, Occurrence, OccurrenceStatus
from pipeline.text import fold

_TIMES: Final = {1: "once", 2: "twice"}


@dataclass(frozen=True, slots=True)
class _Target:
    """A translation cut into tokens, with the places of each word."""

    text: str
    tokens: tuple[Token, ...]
    places: dict[str, list[int]]

    @classmethod
    def of(cls, text: str) -> _Target:
        tokens = tuple(tokenize(text))
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, token in enumerate(tokens):
            places[token.key].append(index)
        return cls(text, tokens, dict(places))


def verify(segment_id: str, matches: Sequence[Match], translation: str) -> tuple[Occurrence, ...]:
    """Look for an allowed rendering of every match; one occurrence a match, in the same order.

    PRESENT with the rendering's place; FORBIDDEN with the place of a forbidden rendering where no
    allowed one is left for the match; otherwise MISSING. The latter two carry a reason for editors.
    Longer renderings choose their places first, so that "minister" never takes its place from
    "foreign minister". ``method`` stays empty: only the caller knows where the translation is from.
    """
    english = _Target.of(translation)
    allowed = _assign(english, matches, _allowed, frozenset())
    taken = {token for span in allowed if span for token in range(*span)}
    # Forbidden renderings only count outside the allowed ones, which may contain them.
    unfulfilled = [match for match, span in zip(matches, allowed, strict=True) if span is None]
    forbidden = iter(_assign(english, unfulfilled, _forbidden, taken))

    totals = Counter(match.entry.id for match in matches)
    rendered = Counter(m.entry.id for m, span in zip(matches, allowed, strict=True) if span)
    occurrences = []
    for match, span in zip(matches, allowed, strict=True):
        missing = Occurrence(
            segment_id=segment_id,
            entry_id=match.entry.id,
            start=match.start,
            end=match.end,
            surface=match.surface,
            status=OccurrenceStatus.MISSING,
        )
        if span is not None:
            occurrence = _placed(missing, OccurrenceStatus.PRESENT, english, span)
        elif (wrong := next(forbidden)) is not None:
            occurrence = _placed(missing, OccurrenceStatus.FORBIDDEN, english, wrong)
            reason = f"the forbidden rendering “{occurrence.rendering}” stands in the translation"
            occurrence = replace(occurrence, reason=reason)
        else:
            times, total = rendered[match.entry.id], totals[match.entry.id]
            occurrence = replace(missing, reason=_reason(english, match, times, total))
        occurrences.append(occurrence)
    return tuple(occurrences)


def hints(matches: Sequence[Match]) -> tuple[Hint, ...]:
    """One hint for each entry that occurs, at its first use: the text's own words and the target.

    The target has the form that the text asks for (``targets``).
    """
    first = {match.entry.id: match for match in reversed(matches)}
    return tuple(
        Hint(match.surface, target_of(match)) for match in matches if first[match.entry.id] is match
    )


def places(text: str, rendering: str, entry: Entry) -> tuple[tuple[int, int], ...]:
    """Give where words stand in a translation, as a rendering of the entry might, in any case."""
    english = _Target.of(text)
    return tuple(
        (english.tokens[first].start, english.tokens[behind - 1].end)
        for first, behind in _spans(english, rendering, entry, CaseRule.IGNORE)
    )


def too_often(matches: Sequence[Match], text: str) -> dict[str, int]:
    """Count by how much targets stand in a translation more often than their entries occur.

    The keys are the targets of which there are too many.
    """
    asked = Counter(match.entry.id for match in matches)
    first = {match.entry.id: match for match in reversed(matches)}
    surplus = {
        target_of(match): len(places(text, target_of(match), match.entry)) - asked[entry_id]
        for entry_id, match in first.items()
    }
    return {target: count for target, count in surplus.items() if count > 0}


def _allowed(match: Match) -> tuple[str, ...]:
    if match.entry.kind is EntryKind.KEEP:
        return (match.surface,)
    return (match.entry.target, *match.entry.alternatives)


def _forbidden(match: Match) -> tuple[str, ...]:
    return match.entry.forbidden


def _assign(
    english: _Target,
    matches: Sequence[Match],
    renderings: Callable[[Match], tuple[str, ...]],
    taken: Set[int],
) -> list[Span | None]:
    """A place of its own for each match that finds one, none at the tokens that are taken."""
    keys = [(match.entry.id, renderings(match)) for match in matches]
    spans: dict[Key, list[Span]] = {}
    for match, key in zip(matches, keys, strict=True):
        if key not in spans:
            rule = _rule(match.entry)
            found = {s for text in key[1] for s in _spans(english, text, match.entry, rule)}
            free = (span for span in found if taken.isdisjoint(range(*span)))
            # The leftmost first, and there the longest.
            spans[key] = sorted(free, key=lambda span: (span[0], -span[1]))
    return assigned(keys, spans)


def _rule(entry: Entry) -> CaseRule:
    """The case rule for renderings: "exact" concerns the French; English sentences begin too."""
    if entry.kind is EntryKind.KEEP:
        return CaseRule.EXACT
    return CaseRule.IGNORE if entry.case is CaseRule.IGNORE else CaseRule.SMART


def _spans(english: _Target, rendering: str, entry: Entry, rule: CaseRule) -> list[Span]:
    """All places where a rendering stands, as whole words."""
    is_term = entry.kind is EntryKind.TERM
    words = _words(rendering, entry.kind, is_verb(entry))
    starts = {place for form in words[0] for place in english.places.get(fold(form), ())}
    return [
        (start, start + len(words))
        for start in sorted(starts)
        if _stands(english.tokens[start : start + len(words)], words, rule, is_term)
        and opens(english.tokens, start, french=False)
        and closes(english.tokens, start + len(words) - 1, french=False)
    ]


@lru_cache(maxsize=1 << 12)
def _words(rendering: str, kind: EntryKind, verb: bool) -> tuple[tuple[str, ...], ...]:
    """The forms of each token of a rendering, without its own a, an or the, or a verb's to."""
    tokens = tokenize(bare(rendering) if verb else rendering)
    if len(tokens) > 2 and tokens[0].text in ARTICLES and kind is not EntryKind.KEEP:
        tokens = tokens[2:]
    first, *rest = [_forms(token, kind is EntryKind.TERM) for token in tokens]
    return ((*first, *spoken(tokens[0].text)) if verb else first, *rest)


def _forms(token: Token, is_term: bool) -> tuple[str, ...]:
    if not token.is_word:
        return (token.key,)
    return (token.text, *english_plurals(token.text)) if is_term else (token.text,)


def _stands(
    tokens: Sequence[Token], words: Sequence[tuple[str, ...]], rule: CaseRule, is_term: bool
) -> bool:
    if len(tokens) < len(words):
        return False
    for token, forms in zip(tokens, words, strict=True):
        if token.is_word:
            if not any(same_word(form, token.text, rule) for form in forms):
                return False
        # English hyphenates terms used as adjectives: an "air defence" system, "air-defence".
        elif token.key not in forms and not (is_term and token.key == "-" and forms == (" ",)):
            return False
    return True


def _placed(
    occurrence: Occurrence, status: OccurrenceStatus, english: _Target, span: Span
) -> Occurrence:
    start, end = english.tokens[span[0]].start, english.tokens[span[1] - 1].end
    return replace(
        occurrence,
        status=status,
        rendering=english.text[start:end],
        target_start=start,
        target_end=end,
    )


def _reason(english: _Target, match: Match, times: int, total: int) -> str:
    if times:
        return f"rendered {_TIMES.get(times, f'{times} times')} for {total} occurrences"
    entry = match.entry
    for rendering in _allowed(match):
        if _spans(english, rendering, entry, _rule(entry)):
            return f"“{rendering}” stands in the translation, but renders another entry there"
        if spans := _spans(english, rendering, entry, CaseRule.IGNORE):
            first, last = spans[0][0], spans[0][1] - 1
            text = english.text[english.tokens[first].start : english.tokens[last].end]
            return f"“{text}” stands in the translation, but not with the letters of “{rendering}”"
    if entry.kind is EntryKind.KEEP:
        return "the text to keep does not stand in the translation letter for letter"
    return "none of the allowed renderings stands in the translation"
