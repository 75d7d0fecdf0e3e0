"""Entries, the sentences of a text and an engine in; what the model renders rightly anyway, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.glossary.extract import Translate, choose
from pipeline.glossary.lint import Level, Problem
from pipeline.glossary.match import Matcher
from pipeline.glossary.verify import verify
from pipeline.model import Entry, OccurrenceStatus


def needless(
    entries: Sequence[Entry], sentences: Sequence[str], most: int, translate: Translate
) -> list[Problem]:
    """Note the entries that the model renders as they ask without being told of them.

    At most ``most`` sentences in which entries occur are translated, without any hint.
    """
    matcher = Matcher(entries)
    matches = {number: matcher.matches(text) for number, text in enumerate(sentences)}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, found in matches.items():
        for match in found:
            places[match.entry.id].append(number)
    chosen = choose(places.values(), most)
    tried: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for number, text in zip(chosen, translate([sentences[n] for n in chosen]), strict=True):
        for one in verify("", matches[number], text) if text else ():
            tried[one.entry_id] += 1
            right[one.entry_id] += one.status is OccurrenceStatus.PRESENT
    return [
        Problem(
            Level.NOTE,
            "needless",
            entry.file,
            entry.line,
            f"the model renders “{entry.source}” as asked without the entry in the "
            f"{_occurrences(tried[entry.id])} tried",
        )
        for entry in entries
        if tried[entry.id] and right[entry.id] == tried[entry.id]
    ]


def _occurrences(count: int) -> str:
    return "one occurrence" if count == 1 else f"{count} occurrences"
