"""The cases of a document in, findings out where the same French was rendered in different ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.checks.base import Case, Check, Cover, Dimension, Span, nothing
from pipeline.language.alterations import is_near
from pipeline.language.lexicon import lexicon, stem_of
from pipeline.language.proper_names import is_name, proper_words
from pipeline.language.words import Word, words
from pipeline.model import BlockKind, Doubt, Severity
from pipeline.text import fold

ID = "consistency"
_FEWEST_WORDS = 3  # shorter segments may well depend on what stands around them
# An adjective or a plural made from a name is no other rendering of it.
_DERIVED = ("s", "an", "n", "ian", "ean", "i", "ese", "ar", "ic", "er", "ist", "ists", "ers", "ns")

Rendered = tuple[Case, str, Span | None, Span | None]


def run_document(cases: Sequence[Case]) -> Iterator[Doubt]:
    """Yield the findings of a whole document, in no particular order."""
    yield from _segments(cases)
    yield from _names(cases)


def _segments(cases: Sequence[Case]) -> Iterator[Doubt]:
    """Segments with the same French and other English than most of them."""
    groups: dict[tuple[str, ...], list[Rendered]] = defaultdict(list)
    for case in cases:
        key = _key(case.source)
        if case.target.strip() and (len(key) >= _FEWEST_WORDS or case.kind is BlockKind.HEADING):
            groups[key].append((case, case.target, None, (0, len(case.target))))
    for group in groups.values():
        for rendered, usual in _unusual(group):
            case, _, _, span = rendered
            message = f"The same French is rendered elsewhere as “{_short(usual[1])}”."
            yield case.doubt(ID, Severity.LOOK, message, target_span=span)


def _names(cases: Sequence[Case]) -> Iterator[Doubt]:
    """Names that most segments spell otherwise."""
    groups: dict[str, list[Rendered]] = defaultdict(list)
    for case in cases:
        covered = Cover(len(case.source), [(o.start, o.end) for o in case.occurrences])
        english = [w for w in words(case.target) if w.text[0].isupper()]
        for name in proper_words(case.source):
            folded = fold(name.text)
            if (
                len(folded) > 4
                and is_name(name)
                and stem_of(folded) not in lexicon().french
                and not covered.touches(name.start, name.end)
                and (word := _rendering(folded, english))
            ):
                spans = (name.start, name.end), (word.start, word.end)
                groups[folded].append((case, word.text, *spans))
    for group in groups.values():
        for rendered, usual in _unusual(group):
            case, text, source, target = rendered
            message = f"“{text}” is spelt “{usual[1]}” elsewhere."
            yield case.doubt(ID, Severity.LOOK, message, source, target)


def _rendering(name: str, english: Sequence[Word]) -> Word | None:
    """The word that spells a folded name, or one most like it; None where there is none."""
    exact = next((word for word in english if fold(word.text) == name), None)
    return exact or next(
        (
            word
            for word in english
            if word.lower[0] == name[0]
            and is_near(name, fold(word.text))
            and not fold(word.text).startswith(tuple(name + ending for ending in _DERIVED))
        ),
        None,
    )


def _unusual(group: Sequence[Rendered]) -> Iterator[tuple[Rendered, Rendered]]:
    """Yield the members that differ from the commonest rendering (the first among equals)."""
    counts = Counter(_key(rendered[1]) for rendered in group)
    if len(counts) < 2:
        return
    best = max(counts.values())
    usual = next(rendered for rendered in group if counts[_key(rendered[1])] == best)
    for rendered in group:
        if _key(rendered[1]) != _key(usual[1]):
            yield rendered, usual


def _key(text: str) -> tuple[str, ...]:
    return tuple(word.lower for word in words(text))


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"


CHECK = Check(
    id=ID,
    title="Consistency",
    dimension=Dimension.TERMINOLOGY,
    severity=Severity.LOOK,
    formula=(
        f"Two segments of at least {_FEWEST_WORDS} words, or two headings, have the same French "
        "words and different English ones; or a proper name that the lexicon does not know is "
        "spelt in different ways (at most two edits from the French). The commonest rendering, or "
        "the first among equals, is taken for the usual one; the others are reported."
    ),
    run=nothing,
    run_document=run_document,
    notes=(
        "Looks at the whole document, after translation. Letter case and punctuation do not "
        "count, nor do adjectives and plurals made from a name; names in the glossary are the "
        "business of the terms check."
    ),
)
