"""A case in, a finding out where a proper name of the source has no counterpart in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.checks.base import Case, Check, Cover, Span
from pipeline.checks.lexicon import ENGLISH_OPENERS, TITLES, TRANSLATED
from pipeline.checks.words import FRENCH_ONLY, Word, fold, words
from pipeline.model import Finding, Severity

ID = "names"
_MOST = 60  # names a segment; beyond it edit distances would cost more than they tell
_JOINED = re.compile("[ \u00a0\u202f]|[-\u2010\u2011]|\\. ?")
_NUMERAL = re.compile("[IVXL]+(?:e|er|re|es)?")
_BREAK = re.compile(r"[.!?…:«“\"(—–•]")


@dataclass(frozen=True, slots=True)
class _Name:
    """Capitalised words in a row."""

    parts: tuple[Word, ...]

    @property
    def span(self) -> Span:
        return self.parts[0].start, self.parts[-1].end


def _names(text: str) -> list[_Name]:
    """Capitalised words inside the sentence, grouped where only a space or hyphen parts them."""
    found: list[_Name] = []
    group: list[Word] = []
    previous = 0
    starting = True
    for word in words(text):
        gap = text[previous : word.start]
        starting = starting or _BREAK.search(gap) is not None
        proper = word.text[0].isupper() and word.text.isalpha() and not starting
        if group and not (proper and _JOINED.fullmatch(gap)):
            found.append(_Name(tuple(group)))
            group = []
        if proper:
            group.append(word)
        # An elided article leaves its noun at the start: "L'Iran".
        starting = starting and text[word.end : word.end + 1] in ("'", "’")
        previous = word.end
    if group:
        found.append(_Name(tuple(group)))
    return found


def _skeleton(folded: str) -> str:
    """The consonants of a name, with the spellings French and English differ in made equal."""
    for french, english in (
        ("tch", "ch"),
        ("dj", "j"),
        ("ou", "w"),
        ("c", "k"),
        ("y", "i"),
        ("z", "s"),
    ):
        folded = folded.replace(french, english)
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouwh]", "", folded))


def _is_near(one: str, other: str, most: int = 2) -> bool:
    """Whether two words are at most ``most`` edits apart (Levenshtein, cut off early)."""
    if abs(len(one) - len(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, mate in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != mate))
        if min(row) > most:
            return False
    return row[-1] <= most


class _Index:
    """The words of one side, looked up by beginning and by consonants; as a rule its names only."""

    def __init__(self, found: Sequence[Word], *, names_only: bool = True) -> None:
        folded = {fold(word.text) for word in found}
        self.whole = folded
        self.capitals = {fold(w.text) for w in found if w.text[0].isupper() or not names_only}
        self.starts = {word[:3] for word in self.capitals if len(word) >= 3}
        self.long_starts = {word[:4] for word in folded if len(word) >= 4}
        self.any_starts = {word[:3] for word in folded}
        # Three consonants suffice, so that an adjective answers too ("Maroc", "Moroccan").
        self.skeletons = {_skeleton(word)[:3] for word in self.capitals if len(word) >= 3}

    def has(self, word: str) -> bool:
        """Whether this side has a word like the given one."""
        name = fold(word)
        if name in self.whole or name[:3] in self.starts or name[:4] in self.long_starts:
            return True
        skeleton = _skeleton(name)[:3]
        if len(skeleton) >= 2 and skeleton in self.skeletons:
            return True
        if len(name) < 5 or len(self.capitals) > _MOST or len(name) > 40:
            return False
        return any(_is_near(name, other) for other in self.capitals)


def _run(case: Case, limits: Mapping[str, float]) -> Iterator[Finding]:
    del limits
    covered = Cover(len(case.source), [(o.start, o.end) for o in case.occurrences])
    names = [
        bare
        for name in _names(case.source)[:_MOST]
        if (bare := _untitled(name)) and _counts(bare) and not covered.touches(*bare.span)
    ]
    if not names or not case.target.strip():
        return
    target = words(case.target)
    english = _Index(target)
    lost = [name for name in names if not english.has(_surname(name).text)]
    if not lost or len(lost) <= _strangers(case):
        return
    span = lost[0].span
    message = f"The name “{case.source[span[0] : span[1]]}” does not appear in the translation."
    yield case.finding(ID, Severity.LOOK, message, source_span=span)


def _untitled(name: _Name) -> _Name | None:
    """The name without the titles before it, or None where nothing else is left."""
    parts = name.parts
    while parts and fold(parts[0].text) in TITLES:
        parts = parts[1:]
    return _Name(parts) if parts else None


def _counts(name: _Name) -> bool:
    """Whether a name is likely to stay itself in English: no acronym, country or institution."""
    letters = _surname(name).text
    return (
        len(letters) > 2
        and not _NUMERAL.fullmatch(letters)
        and letters[1:] != letters[1:].upper()
        and not any(fold(p.text) in TRANSLATED or p.lower in FRENCH_ONLY for p in name.parts)
    )


def _surname(name: _Name) -> Word:
    """The last long part: a text may leave out the first name, hardly the last."""
    return next((p for p in reversed(name.parts) if len(p.text) > 2), name.parts[-1])


def _strangers(case: Case) -> int:
    """How many English names answer to no word of the source.

    They may render a name that has an English form of its own ("Pékin", "Beijing").
    """
    source = _Index(words(case.source), names_only=False)
    first = words(case.target)[:1]
    names = _names(case.target)
    opener = [_Name((w,)) for w in first if w.text[0].isupper() and w.lower not in ENGLISH_OPENERS]
    return sum(
        not any(
            part.lower in ENGLISH_OPENERS
            or not part.text[1:].islower()
            or fold(part.text)[:3] in source.any_starts
            or source.has(part.text)
            for part in name.parts
        )
        for name in [*opener, *names]
    )


CHECK = Check(
    id=ID,
    title="Names",
    severity=Severity.LOOK,
    formula=(
        "A capitalised name inside the French sentence has no similar word in the translation "
        "(same first three letters, at most two edits, or the same first three consonants), and "
        "there are more such names than English names that answer to nothing in the source."
    ),
    run=_run,
    notes=(
        "Acronyms, countries, institutions and other words that have an English form are left out, "
        "and so is what the glossary covers: those are the business of the terms check."
    ),
)
