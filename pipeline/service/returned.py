"""A file that a colleague edited in; how it differs from the job, and the decisions in it, out."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.decisions import Decision, mark, remark, write
from pipeline.errors import InputError, UsageError
from pipeline.exchange.bilingual import read_bilingual
from pipeline.exchange.returned import Returned
from pipeline.exchange.table import read_table
from pipeline.exchange.tmx import read_tmx
from pipeline.exchange.xliff import read_xliff
from pipeline.model import SentenceState
from pipeline.service.sentences import ReviewSentence
from pipeline.text import fold

_SPACES = re.compile(r"\s+")
# More sentences than any text has.
_MAX_ROWS = 500_000

READERS: Mapping[str, Callable[[bytes, str], list[Returned]]] = {
    ".xlf": read_xliff,
    ".xliff": read_xliff,
    ".tmx": lambda data, name: list(read_tmx(io.BytesIO(data), name)),
    ".docx": read_bilingual,
    ".csv": read_table,
    ".tsv": read_table,
}
"""What reads a file that comes back, by its suffix."""


@dataclass(frozen=True, slots=True)
class EditedSentence:
    """A sentence whose English is another in the file; ``author`` is who changed it, or ""."""

    sentence: ReviewSentence
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Differences:
    """How a file differs from the job that it was exported from.

    ``unknown`` are its French sentences that the text has not: somebody split, joined or reworded
    them. ``empty`` have no English in the file; ``disputed`` stand in the text more than once, and
    in the file with different English. ``missing`` are sentences of the text that are not in it.
    """

    edited: tuple[EditedSentence, ...]
    unchanged: int
    states: tuple[tuple[ReviewSentence, SentenceState, str], ...]
    notes: tuple[tuple[ReviewSentence, str, str], ...]
    unknown: tuple[Returned, ...]
    empty: tuple[str, ...]
    disputed: tuple[str, ...]
    missing: tuple[str, ...]

    def decisions(self, by: str = "") -> list[Decision]:
        """Give the decisions in it; ``by`` is whose they are where the file does not tell.

        Raises InputError where a text cannot stand in an edition.
        """
        try:
            written = [write(each.sentence.source, each.text) for each in self.edited]
            made: list[Decision] = [*written]
            # A state is one of the text as it is stored, not as the file has it.
            texts = {each.source: each.text or "" for each in written}
            for sentence, state, author in self.states:
                if reviewer := by or author:
                    text = texts.get(sentence.source, sentence.target)
                    made.append(mark(sentence.source, state, text, reviewer))
            made += [
                remark(sentence.source, note, author or by) for sentence, note, author in self.notes
            ]
        except UsageError as error:
            raise InputError(f"a text in the file cannot be taken: {error}") from None
        return made


def read_returned(data: bytes, suffix: str, name: str) -> list[Returned]:
    """Read a file that comes back; raises InputError where anything in it is amiss."""
    rows = READERS[suffix](data, name)
    if not rows:
        raise InputError(
            "the file has no sentences in French and English",
            "bring back the file that was exported",
            where=name,
        )
    if len(rows) > _MAX_ROWS:
        raise InputError(f"the file has more than {_MAX_ROWS:,} sentences", "split it", where=name)
    return rows


def compare_returned(sentences: Sequence[ReviewSentence], rows: Iterable[Returned]) -> Differences:
    """Say what a file changes: sentences are found again by their French, wherever they stand."""
    by_source: defaultdict[str, list[ReviewSentence]] = defaultdict(list)
    for each in sentences:
        by_source[each.source].append(each)
    answers, unknown = _answers(by_source, rows)
    edited, states, notes, empty, disputed = [], [], [], [], []
    unchanged = 0
    for source, found in answers.items():
        sentence = by_source[source][0]
        standing = {_spaced(each.target) for each in by_source[source]}
        given = [row for row in found if row.target.strip()]
        changed = [row for row in given if _spaced(row.target) not in standing]
        comments = list(dict.fromkeys(note for row in found for note in row.notes))
        if comments:
            notes.append((sentence, " · ".join(comments), _author(found)))
        if not given:
            empty.append(sentence.id)
            continue
        if len({_spaced(row.target) for row in changed}) > 1:
            disputed.append(sentence.id)
            continue
        if changed:
            edited.append(EditedSentence(sentence, changed[0].target, _author(changed)))
        else:
            unchanged += len(by_source[source])
        # Who read one English has not read the other that takes its place.
        read = changed or given
        state = max((row.state for row in read), key=_rank)
        if _rank(state) > _rank(sentence.state):
            states.append((sentence, state, _author(read)))
    return Differences(
        tuple(edited),
        unchanged,
        tuple(states),
        tuple(notes),
        tuple(unknown),
        tuple(empty),
        tuple(disputed),
        tuple(each.id for each in sentences if each.source not in answers),
    )


def _answers(
    sources: Iterable[str], rows: Iterable[Returned]
) -> tuple[dict[str, list[Returned]], list[Returned]]:
    """Give what a file says of each French sentence, and its rows that are about none of them."""
    find = _finder(sources)
    answers: defaultdict[str, list[Returned]] = defaultdict(list)
    unknown = []
    for row in rows:
        source = find(row.source)
        if source is None:
            unknown.append(row)
        else:
            answers[source].append(row)
    return answers, unknown


def _finder(sources: Iterable[str]) -> Callable[[str], str | None]:
    """Give what finds a French sentence among some, though a program changed its spaces or case.

    Nearness counts only where one alone is near: "ou" is not "où", nor a headline the same words
    in capitals, where a text has both.
    """
    ways: tuple[Callable[[str], str], ...] = (str, _spaced, _folded)
    tables: list[defaultdict[str, list[str]]] = [defaultdict(list) for _ in ways]
    for source in sources:
        for way, table in zip(ways, tables, strict=True):
            table[way(source)].append(source)

    def find(text: str) -> str | None:
        for way, table in zip(ways, tables, strict=True):
            meant = table.get(way(text), [])
            if len(meant) == 1:
                return meant[0]
        return None

    return find


def _author(rows: Iterable[Returned]) -> str:
    return next((row.author for row in rows if row.author), "")


def _rank(state: SentenceState) -> int:
    return list(SentenceState).index(state)


def _folded(text: str) -> str:
    return fold(_spaced(text))


def _spaced(text: str) -> str:
    """Give a text as it looks: composed letters, and one plain space for any."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
