"""A bench's rows in; the glossary's work on a text, entry by entry and use by use, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Entry, OccurrenceStatus, Verdict
from pipeline.service.bench_rows import BenchRow, TermUse
from pipeline.text import fold


@dataclass(frozen=True, slots=True)
class UseRow:
    """A use of an entry, in its row."""

    row: BenchRow
    use: TermUse

    @property
    def key(self) -> str:
        """What tells it from every other: sentence, etag, ordinal and entry."""
        ordinal = str(self.use.ordinal)
        return " ".join((self.row.segment.id, self.row.etag, ordinal, self.use.entry.source))


@dataclass(frozen=True, slots=True)
class EntryUses:
    """An entry with how often it is used, in how many sentences, and with what outcome.

    A change of the entry touches these sentences and no others.
    """

    entry: Entry
    uses: int
    sentences: int
    statuses: Mapping[OccurrenceStatus, int]
    first: str


@dataclass(frozen=True, slots=True)
class UseFilter:
    """Which uses are wanted: of an entry's French, a status, a rung, decided or not; "" all.

    ``sentence`` is the number of one, or words that stand in it.
    """

    entry: str = ""
    status: str = ""
    rung: str = ""
    decided: str = ""
    sentence: str = ""

    def takes(self, each: UseRow) -> bool:
        """Tell whether a use is wanted."""
        found = each.use.occurrence
        is_decided = found.decision is not Verdict.NONE
        return (
            (not self.entry or each.use.entry.source == self.entry)
            and (not self.status or found.status == self.status)
            and (not self.rung or found.method == self.rung)
            and (not self.decided or (self.decided == "yes") is is_decided)
            and (not self.sentence or self._is_in(each.row))
        )

    def _is_in(self, row: BenchRow) -> bool:
        wanted = self.sentence.strip().casefold()
        if wanted.isascii() and wanted.isdigit():
            return str(row.number) == wanted.lstrip("0")
        return wanted in row.segment.source.casefold() or wanted in (row.text or "").casefold()


def uses_of(rows: Iterable[BenchRow]) -> list[UseRow]:
    """Give every use of every entry, in the order of the text."""
    return [UseRow(row, use) for row in rows for use in row.terms]


def by_entry(uses: Sequence[UseRow]) -> list[EntryUses]:
    """Give the entries that are used, those with something missing first, then by French."""
    grouped: dict[str, list[UseRow]] = {}
    for each in uses:
        grouped.setdefault(each.use.entry.source, []).append(each)
    found = [_summed(group) for group in grouped.values()]
    return sorted(found, key=lambda each: (-_wrong(each), fold(each.entry.source)))


def _summed(group: Sequence[UseRow]) -> EntryUses:
    return EntryUses(
        group[0].use.entry,
        len(group),
        len({each.row.segment.id for each in group}),
        Counter(each.use.occurrence.status for each in group),
        group[0].row.segment.id,
    )


def _wrong(each: EntryUses) -> int:
    return sum(
        each.statuses.get(status, 0)
        for status in (OccurrenceStatus.MISSING, OccurrenceStatus.FORBIDDEN)
    )
