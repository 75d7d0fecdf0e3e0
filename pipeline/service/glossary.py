"""Names of glossary files in; what the glossary commands show, and the files they write, out.

Nothing here prints or exits; errors are those of pipeline.errors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Settings, find_glossary, load_settings
from pipeline.engines import choose_engine, opened
from pipeline.errors import GlossaryError
from pipeline.files import expanded, write_output
from pipeline.glossary import Matcher, load_glossary
from pipeline.glossary.candidates import candidates
from pipeline.glossary.extract import Proposal, Translate, rendered, unrendered
from pipeline.glossary.formats import (
    GlossaryText,
    glossary_bytes,
    glossary_text,
    native,
    read_file,
)
from pipeline.glossary.merge import merge
from pipeline.jobs.plan import registered
from pipeline.language.forms import shown_forms
from pipeline.model import BlockKind, CaseRule, Document, Entry, EntryKind, Request
from pipeline.service.texts import read_text
from pipeline.stages import segment
from pipeline.stages.translate.search import Search, first_beam

__all__ = [
    "Merged",
    "Proposal",
    "Trial",
    "convert_glossary",
    "extract_entries",
    "forms_of",
    "merge_glossaries",
    "proposals_file",
    "read_glossary",
    "show_glossaries",
    "write_glossary",
    "write_proposals",
]


@dataclass(frozen=True, slots=True)
class Trial:
    """How an engine is tried: which (None: that of the settings), on how many sentences at most.

    ``told`` is told how many of how many texts are translated.
    """

    engine: str | None = None
    sentences: int = 100
    told: Callable[[int, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge wrote: the path, how many entries, and a sentence for each that gave way."""

    path: Path
    entries: int
    given_way: tuple[str, ...]


def extract_entries(
    path: Path,
    trial: Trial | None,
    names: Sequence[str] = (),
    config: Path | None = None,
    encoding: str | None = None,
    least: int = 2,
    most: int = 100,
    least_names: int = 1,
) -> list[Proposal]:
    """Propose at most ``most`` entries for what stands ``least`` times in a text, the best first.

    A name is proposed if it stands ``least_names`` times.
    What the glossaries of the settings and those named have already is left out. Without a trial no
    engine is asked, and the proposals have no target.
    """
    settings = trial_settings(encoding, trial, config)
    source = read_text(path, settings.read)
    sentences = sentences_of(source.document)
    beside = config.parent if config else None
    paths = [find_glossary(name, beside) for name in (*settings.glossaries, *names)]
    known = load_glossary(paths).within([*settings.scopes, *source.scopes]).entries
    found = candidates(sentences, known, least, most, least_names)
    if trial is None or not found:
        return unrendered(found)
    return rendered(found, sentences, trial.sentences, _translator(settings, trial))


def proposals_file(path: Path, proposals: Sequence[Proposal]) -> str:
    """Give proposals as a YAML glossary to edit."""
    advice = "Proposed from the text: edit, remove what you do not want, use it as a glossary."
    rows = [(proposal.entry, proposal.comment) for proposal in proposals]
    return native.write_proposals(path.stem[:100], rows, advice)


def write_proposals(text: str, target: Path, force: bool = False) -> None:
    """Write what ``proposals_file`` gives to a file, which must not exist unless forced.

    Raises GlossaryError unless its name is that of a YAML file, which it would be read as.
    """
    if target.suffix.lower() not in (".yaml", ".yml"):
        raise GlossaryError(
            "what is proposed is written as YAML", "call the file .yaml", where=target
        )
    _put(text.encode(), expanded(target), force)


def forms_of(entry: Entry) -> str:
    """Give the plurals and feminines in which the source of a term is found; "" for others."""
    inflects = entry.kind is EntryKind.TERM and entry.case is not CaseRule.EXACT
    return shown_forms(entry.source) if inflects else ""


def show_glossaries(names: Sequence[str], wanted: str = "") -> list[Entry]:
    """Give the entries that a job with these glossaries has; with ``wanted``, those about it.

    An entry is about some words where it is found in them as in a text, or they stand in one of its
    own French or English forms. Without names the glossaries of the default settings are shown.
    """
    paths = [find_glossary(name, None) for name in names or load_settings(registered()).glossaries]
    entries = load_glossary(paths).entries
    if not wanted:
        return list(entries)
    found = {match.entry for match in Matcher(entries).matches(wanted)}
    part = wanted.casefold()
    return [
        entry
        for entry in entries
        if entry in found
        or any(
            part in text.casefold()
            for text in (entry.source, *entry.variants, entry.target, *entry.alternatives)
        )
    ]


def convert_glossary(source: str, target: Path, force: bool = False) -> int:
    """Write a glossary in the format that the new name says; give the number of entries."""
    text = read_glossary(find_glossary(source, None))
    write_glossary(text, target, force)
    return len(text.rows)


def merge_glossaries(names: Sequence[str], target: Path, force: bool = False) -> Merged:
    """Write glossaries as one; what a later one says wins, and keeps its comments in YAML."""
    text, given_way = merge([read_glossary(find_glossary(name, None)) for name in names])
    write_glossary(text, target, force)
    return Merged(target, len(text.rows), given_way)


def read_glossary(path: Path) -> GlossaryText:
    """Read a glossary with what stands around its entries; raises GlossaryError for a mistake."""
    file = read_file(path)
    if file.mistakes:
        raise file.mistakes[0].error
    return glossary_text(file)


def write_glossary(text: GlossaryText, target: Path, force: bool) -> None:
    """Write a glossary in the format of the file's name, which must not exist unless forced."""
    path = expanded(target)
    _put(glossary_bytes(text, path), path, force)


def _put(data: bytes, path: Path, force: bool) -> None:
    write_output({path: data}, force, GlossaryError, "choose another folder")


def trial_settings(
    encoding: str | None, trial: Trial | None, config: Path | None = None
) -> Settings:
    """Give the settings with an encoding and the engine of a trial."""
    flags = {"read.encoding": encoding, "engine.name": trial and trial.engine}
    return load_settings(
        registered(), config, {name: value for name, value in flags.items() if value}
    )


def sentences_of(document: Document) -> tuple[str, ...]:
    """Give the sentences of a text but for its code."""
    code = {block.index for block in document.blocks if block.kind is BlockKind.CODE}
    return tuple(one.source for one in segment.segment(document) if one.block not in code)


def _translator(settings: Settings, trial: Trial) -> Translate:
    """Open the engine; give what translates texts with it, without hints."""
    offer = choose_engine(settings.engine.name, settings.engine.sha256)
    engine = opened(offer, settings.engine.threads)
    beam = first_beam(engine, Search(settings.translate.beam_size, settings.translate.thorough))

    def translated_by(texts: Sequence[str]) -> list[str]:
        translated: list[str] = []
        for start in range(0, len(texts), offer.chunk_segments):
            chunk = texts[start : start + offer.chunk_segments]
            fit = [Request(text) for text in chunk if engine.fits(text)]
            best = iter(engine.translate(fit, beam))
            translated += [next(best)[0].text if engine.fits(text) else "" for text in chunk]
            if trial.told is not None:
                trial.told(len(translated), len(texts))
        return translated

    return translated_by
