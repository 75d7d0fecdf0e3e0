"""Jobs whose sentences people corrected in; the glossary entries that these ask for, out.

``suggest`` gives them, ``suggestions_file`` writes them to look at, ``accept`` puts those that were
chosen in a glossary file. Both faces use these functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pipeline.decisions import Decided
from pipeline.decisions.kinds import EntryDecision, TranslationDecision
from pipeline.errors import GlossaryError, UsageError
from pipeline.files import expanded
from pipeline.glossary.changes import Correction
from pipeline.glossary.corrections import Learned, learned
from pipeline.glossary.entries import entry_id, rendering, source_form
from pipeline.glossary.formats import GlossaryText, holds_more, native
from pipeline.glossary.formats.text import Written
from pipeline.glossary.merge import merge
from pipeline.jobs.folder import find_job
from pipeline.jobs.store import Store, open_store
from pipeline.model import Entry, EntryKind
from pipeline.service.bench import Bench
from pipeline.service.bench_base import Base, read_base
from pipeline.service.glossary import read_glossary, write_glossary
from pipeline.text import did_you_mean

__all__ = ["Correction", "Learned", "accept", "chosen", "suggest", "suggestions_file"]


def suggest(output: Path, names: Sequence[str]) -> list[Learned]:
    """Propose glossary entries for what people changed in some jobs, the most frequent first.

    That is what they wrote instead of what the engine said, and entries that they changed in a job.
    """
    corrections: list[Correction] = []
    changed: list[Learned] = []
    glossary: dict[str, Entry] = {}
    for name in names:
        with closing(open_store(find_job(output, name).database)) as store:
            base = read_base(store, ())
            entries = base.plan.glossary.entries
            glossary |= {entry.source.casefold(): entry for entry in entries}
            corrections += _corrections(base, store)
            changed += _changed(store, entries)
    known = {each.entry.source.casefold() for each in changed}
    found = [
        each
        for each in learned(corrections, list(glossary.values()))
        if each.entry.source.casefold() not in known
    ]
    return [*changed, *found]


def _corrections(base: Base, store: Store) -> list[Correction]:
    """Give the sentences that people wrote, with what the engine had said."""
    decisions = store.decisions()
    written = Decided.of(decisions).translations
    if not written:
        return []
    # What an engine said is remembered under the entries of that time.
    without = [each for each in decisions if not isinstance(each, TranslationDecision)]
    plainly = [each for each in without if not isinstance(each, EntryDecision)]
    before: dict[str, str] = {}
    for made in (plainly, without):
        for row in Bench(base, Decided.of(made), store).rows():
            text = written.get((row.segment.source,))
            if text and text.text and row.text and row.text != text.text:
                before[row.segment.source] = row.text
    places = {segment.source: segment.id for segment in reversed(base.text.segments)}
    return [
        Correction(places[source], source, before[source], decision.text)
        for (source,), decision in written.items()
        if decision.text and source in before
    ]


def _changed(store: Store, entries: Iterable[Entry]) -> list[Learned]:
    """Give the entries that people changed in a job, with how often each occurs there."""
    changes = Decided.of(store.decisions()).changes
    counts = Counter(each.entry_id for each in store.occurrences())
    found = []
    for entry in entries:
        decision = changes.get((entry.source,))
        if decision is None or decision.target is None or decision.target == entry.target:
            continue
        if entry.kind is EntryKind.KEEP:
            continue
        wanted = _rendered(entry, decision.target, decision.alternatives)
        before = ((entry.target, counts[entry.id]),)
        found.append(Learned(wanted, counts[entry.id], before, (), replaces=entry))
    return found


def _rendered(entry: Entry, target: str, alternatives: Iterable[str]) -> Entry:
    """Give an entry with other renderings; what is asked for now is no mistake any more."""
    others = tuple(
        each for each in alternatives if rendering(entry, each) != rendering(entry, target)
    )
    allowed = {rendering(entry, each) for each in (target, *others)}
    return replace(
        entry,
        id=entry_id(entry.kind, entry.source, target),
        target=target,
        alternatives=others,
        forbidden=tuple(each for each in entry.forbidden if rendering(entry, each) not in allowed),
        file="",
        line=0,
    )


def chosen(suggested: Sequence[Learned], sources: Iterable[str]) -> list[Learned]:
    """Give the suggestions for these French words; raises UsageError where there is none."""
    by_source = {each.entry.source.casefold(): each for each in suggested}
    found = []
    for source in sources:
        if source.casefold() not in by_source:
            names = [each.entry.source for each in suggested]
            advice = did_you_mean(source, names, "the list shows which there are")
            raise UsageError(f"no entry is suggested for {source[:80]!r}", advice)
        found.append(by_source[source.casefold()])
    return found


def suggestions_file(name: str, suggested: Sequence[Learned]) -> str:
    """Give suggestions as a YAML glossary to edit, each below what is known of it."""
    rows = [(each.entry, _comment(each)) for each in suggested]
    advice = "Suggested by corrections: edit, remove what you do not want, use it as a glossary."
    return native.write_proposals(name[:100], rows, advice)


def _comment(each: Learned) -> str:
    examples = "".join(f"\n# {one.place}: {' '.join(one.after.split())}" for one in each.examples)
    return f"{each.comment}{examples}"


def accept(suggested: Sequence[Learned], target: Path, force: bool = False) -> tuple[str, ...]:
    """Put entries in a glossary file, which is made if it is not there; tell what gave way.

    An entry of the same words in the file has another target then, and all else that it says; the
    file's comments and its layout stay. Raises GlossaryError or UsageError, having written nothing,
    where the file cannot be used or written.
    """
    path = expanded(target)
    rows = tuple(Written(each.entry, f"# {each.comment}\n") for each in suggested)
    added = GlossaryText(path.stem[:100], "", rows)
    if not path.exists() or force:
        write_glossary(added, path, force)
        return ()
    if holds_more(path):
        raise GlossaryError(
            "a termbase may hold more than entries, which would be lost",
            "convert it to YAML, and put them there",
            where=path,
        )
    there = read_glossary(path)
    entries = {source_form(each.source, each.scope): each for each in there.entries}
    rows = tuple(
        replace(
            row,
            entry=_put_on(entries.get(source_form(row.entry.source, row.entry.scope)), row.entry),
        )
        for row in rows
    )
    merged, given_way = merge([there, replace(added, rows=rows)])
    write_glossary(merged, path, force=True)
    return given_way


def _put_on(there: Entry | None, wanted: Entry) -> Entry:
    """Give what a file says of some words with the renderings that are wanted of them."""
    if there is None:
        return wanted
    if there.kind is EntryKind.KEEP:
        there = replace(there, kind=wanted.kind, case=wanted.case)
    return _rendered(there, wanted.target, wanted.alternatives or there.alternatives)
