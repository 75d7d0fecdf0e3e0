"""Entries, sentences and a run in; the entries that the run obeys without having them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence, Set

from pipeline.glossary.extract import choose
from pipeline.glossary.lint import Level, Problem
from pipeline.glossary.match import Matcher
from pipeline.glossary.verify import verify
from pipeline.model import Entry, Match, OccurrenceStatus

Run = Callable[[Set[str], Sequence[str]], list[str]]
"""Translates each text as a job would whose glossary lacks the entries with these ids."""


def needless(
    entries: Sequence[Entry], asked: Set[str], sentences: Sequence[str], most: int, run: Run
) -> list[Problem]:
    """Note the entries that a run renders as they ask without having them.

    Of the ``entries`` that apply, those are judged whose ids are ``asked``. All that are told can
    be left out at once: what is left of them is tried together until each stands. At most ``most``
    sentences in which they occur are tried.
    """
    matcher = Matcher(entries)
    matches: dict[int, list[Match]] = {}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(sentences):
        found = [match for match in matcher.matches(text) if match.entry.id in asked]
        matches[number] = found
        for match in found:
            places[match.entry.id].append(number)
    chosen = choose(places.values(), most)
    tried = {name: sum(number in chosen for number in own) for name, own in places.items()}
    left = {name for name, count in tried.items() if count}
    known: dict[tuple[int, frozenset[str]], str] = {}
    while True:
        lacking = {n: frozenset(m.entry.id for m in matches[n]) & left for n in chosen}
        wanted = [n for n in chosen if lacking[n] and (n, lacking[n]) not in known]
        for number, text in zip(wanted, run(left, [sentences[n] for n in wanted]), strict=True):
            known[number, lacking[number]] = text
        wrong = {
            one.entry_id
            for number in chosen
            if lacking[number]
            for one in verify("", matches[number], known[number, lacking[number]])
            if one.status is not OccurrenceStatus.PRESENT
        }
        if not wrong & left:
            break
        left -= wrong
    return [
        Problem(
            Level.NOTE,
            "needless",
            entry.file,
            entry.line,
            f"“{entry.source}” is rendered as asked without the entry, and without all others "
            f"told needless, in the {_occurrences(tried[entry.id])} tried",
        )
        for entry in entries
        if entry.id in left
    ]


def _occurrences(count: int) -> str:
    return "one occurrence" if count == 1 else f"{count} occurrences"
