"""Words to find in the English of a job and words to put there in; each change to look at, out.

Nothing is stored before a person has seen it: ``preview`` gives the changes, ``store_replacements``
those that were chosen, unless their sentences have changed since. Both faces use these functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.decisions import Decision, mark, named, taken_back, write
from pipeline.errors import UsageError
from pipeline.jobs.database import moment
from pipeline.jobs.folder import find_job
from pipeline.jobs.store import open_store
from pipeline.language.articles import with_article
from pipeline.model import SentenceState
from pipeline.service.bench_rows import etag_of
from pipeline.service.sentences import ReviewSentence, read_sentences

__all__ = [
    "Put",
    "Replaced",
    "Replacement",
    "Sought",
    "preview",
    "put",
    "store_replacements",
    "take_back",
]

# What decisions came in with that replaced words.
REPLACED: Final = "replace"
_LONGEST: Final = 300
# Marks that are typed and printed in several ways.
_ALIKE: Final = {mark: f"[{marks}]" for marks in ("'’ʼ‘", '"“”„', r"\-‐‑–") for mark in marks}

# The most letters of a word in capitals that is taken for an acronym.
_ACRONYM: Final = 4
# What opens brackets, a quotation or an insertion: no space follows it.
_OPENS: Final = frozenset("([{“‘«„\"'—–-/")

Span = tuple[int, int]


def _opening(first: str) -> str:
    """What must not stand before words: a part of the first word, or of its number (5.5)."""
    if first.isdigit():
        return r"(?<!\w)(?<!\d[.,])"
    return r"(?<!\w)" if first.isalnum() else ""


def _closing(last: str) -> str:
    """What must not follow words: a part of the last word, or of its number."""
    if last.isdigit():
        return r"(?!\w)(?![.,]\d)"
    return r"(?!\w)" if last.isalnum() else ""


@dataclass(frozen=True, slots=True)
class Sought:
    """Words to find, and what to put there.

    In small letters they are found with a capital too, which then stays; with any capital, or with
    ``match_case``, only as they are written. ``parts`` finds them inside longer words.
    """

    find: str
    by: str
    match_case: bool = False
    parts: bool = False

    def pattern(self) -> re.Pattern[str]:
        """Give what finds them; raises UsageError where there is nothing to find."""
        find = " ".join(self.find.split())
        if not find or len(find) > _LONGEST:
            raise UsageError(f"the words to find have between 1 and {_LONGEST} characters")
        written = "".join(
            r"\s+" if each == " " else _ALIKE.get(each) or re.escape(each) for each in find
        )
        if not self.parts:
            written = _opening(find[0]) + written + _closing(find[-1])
        return re.compile(written, 0 if self._exact else re.IGNORECASE)

    @property
    def _exact(self) -> bool:
        return self.match_case or self.find != self.find.lower()

    def instead(self, found: str, in_capitals: bool = False) -> str:
        """Give what stands in the place of words as they were found: with their capitals.

        ``in_capitals`` is the whole text; elsewhere those of an acronym (U.S., NATO) are its own.
        """
        by = " ".join(self.by.split())
        if self._exact or not by:
            return by
        longest = max(map(len, re.findall(r"\w+", found)), default=0)
        if found.isupper() and len(found) > 1 and (in_capitals or longest > _ACRONYM):
            return by.upper()
        return by[0].upper() + by[1:] if found[0].isupper() else by


@dataclass(frozen=True, slots=True)
class Put:
    """A text with words replaced, and where these stood before and stand now."""

    text: str
    before: tuple[Span, ...]
    after: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A sentence whose English would change: where the words stand in both, and how far it is.

    ``etag`` tells the two texts that were looked at, as ``bench.etag_of`` does.
    """

    number: int
    segment_id: str
    source: str
    before: str
    after: str
    spans_before: tuple[Span, ...]
    spans_after: tuple[Span, ...]
    state: SentenceState
    etag: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """What came of replacements: the sentences stored, and those that had changed meanwhile.

    ``decisions`` counts what was stored; ``take_back`` undoes all of it.
    """

    stored: tuple[str, ...]
    changed: tuple[str, ...]
    decisions: int


def put(text: str, sought: Sought) -> Put | None:
    """Replace words in a text, and "a" or "an" before them as they want it.

    Gives None where that changes nothing.
    """
    pieces: list[str] = []
    before: list[Span] = []
    after: list[Span] = []
    at = length = 0
    for found in sought.pattern().finditer(text):
        by = sought.instead(found[0], text.isupper())
        if by == found[0]:
            continue
        start, end = found.span() if by else _with_space(text, *found.span())
        between = with_article(text[at : found.start()], by or text[found.end() :].lstrip())
        between = between.removesuffix(text[start : found.start()])
        pieces += between, by
        length += len(between)
        before.append((start, end))
        after.append((length, length + len(by)))
        length += len(by)
        at = end
    whole = "".join([*pieces, text[at:]])
    return Put(whole, tuple(before), tuple(after)) if whole != text else None


def _with_space(text: str, start: int, end: int) -> Span:
    """Give words to be removed with a space beside them that would be one too many.

    What is removed leaves no two spaces, nor one before a full stop or where a text, brackets or
    quotation marks begin.
    """
    if text[:start].endswith(" ") and not text[end : end + 1].isalnum():
        return start - 1, end
    opens = start == 0 or text[start - 1] in _OPENS
    return (start, end + 1) if opens and text[end : end + 1] == " " else (start, end)


def preview(output: Path, name: str, sought: Sought) -> tuple[Replacement, ...]:
    """Give the sentences of a job that would change, in the order of the text.

    Raises UsageError where the words cannot be found or a text would be none that can be printed.
    """
    with closing(open_store(find_job(output, name).database)) as store:
        return among(read_sentences(store), sought)


def among(sentences: Iterable[ReviewSentence], sought: Sought) -> tuple[Replacement, ...]:
    """Give those of some sentences that would change; code, of several lines, stays."""
    found = []
    for each in sentences:
        made = put(each.target, sought) if "\n" not in each.target else None
        if made is None:
            continue
        write(each.source, made.text)
        found.append(
            Replacement(
                each.number,
                each.id,
                each.source,
                each.target,
                made.text,
                made.before,
                made.after,
                each.state,
                etag_of(each.source, each.target),
            )
        )
    return tuple(found)


def store_replacements(
    output: Path, name: str, chosen: Sequence[Replacement], reviewer: str = ""
) -> Replaced:
    """Store replacements that a person has seen; the next run of the job brings them out.

    A sentence that was read stays read, by whoever replaces words in it, where that is known: they
    have seen it as it is now. One that was signed off is to be signed off again.
    """
    reviewer = reviewer and named(reviewer)
    with closing(open_store(find_job(output, name).database)) as store, store.transaction():
        standing = {each.id: etag_of(each.source, each.target) for each in read_sentences(store)}
        fresh = [each for each in chosen if standing.get(each.segment_id) == each.etag]
        # The same French may stand several times; one decision counts for all.
        made: dict[object, Decision] = {}
        for each in fresh:
            written = write(each.source, each.after)
            made[written.kind, written.key] = written
            if reviewer and each.state is not SentenceState.OPEN:
                read = mark(each.source, SentenceState.READ, written.text or "", reviewer)
                made[read.kind, read.key] = read
        if made:
            store.decide_together(moment(), made.values(), reviewer, REPLACED)
        if reviewer and made:
            store.name_reviewer(reviewer)
    ids = {each.segment_id for each in fresh}
    return Replaced(
        tuple(each.segment_id for each in fresh),
        tuple(each.segment_id for each in chosen if each.segment_id not in ids),
        len(made),
    )


def take_back(output: Path, name: str) -> int:
    """Undo the last replacement in a job, where nothing was decided about its sentences since.

    Gives how many decisions were undone: each sentence is as it was before. Raises UsageError where
    there is nothing to undo.
    """
    with closing(open_store(find_job(output, name).database)) as store, store.transaction():
        last = store.last_together(REPLACED)
        if not last:
            raise UsageError("no words were replaced in this job that could be put back")
        at, reviewer = moment(), store.reviewer
        for made, before in last:
            store.decide(at, before or taken_back(made), reviewer)
    return len(last)
