"""Names of glossaries in; what is to be mended in them, and what a run needs not of them, out."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path

from pipeline.config import Settings, find_glossary
from pipeline.engines import choose_engine, opened
from pipeline.errors import Act, Remedy, UsageError
from pipeline.glossary import Glossary, Matcher
from pipeline.glossary.entries import GlossaryFile
from pipeline.glossary.formats import read_file
from pipeline.glossary.lint import Level, Problem, lint, together
from pipeline.glossary.needless import Run, needless
from pipeline.model import Block, BlockKind, Segment
from pipeline.service.glossary import Trial, sentences_of, trial_settings
from pipeline.service.texts import read_text
from pipeline.stages.translate import stage as translate
from pipeline.stages.translate.search import Search

__all__ = ["Level", "Problem", "check_glossaries"]


def check_glossaries(
    names: Sequence[str],
    text: Path | None = None,
    encoding: str | None = None,
    scopes: Sequence[str] = (),
    trial: Trial | None = None,
    config: Path | None = None,
    alone: bool = False,
) -> list[Problem]:
    """Lint glossaries that are used together, the last one winning; see ``pipeline.glossary.lint``.

    Those of the settings are used with them, below, unless they stand ``alone``. With a text, what
    never occurs in it is told; with a trial, what a run renders rightly without being told of it.
    Raises GlossaryError where a file cannot be read at all.
    """
    settings = trial_settings(encoding, trial, config)
    files = [read_file(find_glossary(name, None)) for name in names]
    named = {file.path.resolve() for file in files}
    beside = config.parent if config else None
    paths = [] if alone else [find_glossary(name, beside) for name in settings.glossaries]
    below = [read_file(path) for path in paths if path.resolve() not in named]
    if text is None:
        if trial is not None:
            raise UsageError("an engine is asked about a text", Remedy(Act.NAME_TEXT))
        return lint(files, below=below)
    source = read_text(text, settings.read)
    sentences, labels = sentences_of(source.document), [*scopes, *source.scopes]
    problems = lint(files, sentences, labels, below)
    if trial is not None:
        own = {entry.id for file in files for entry in file.entries}
        applying = Glossary(together([*below, *files])).within(labels).entries
        run = _run_without(below, files, labels, settings, trial)
        problems += needless(applying, own, sentences, trial.sentences, run)
    return problems


def _run_without(
    below: Sequence[GlossaryFile],
    files: Sequence[GlossaryFile],
    labels: Sequence[str],
    settings: Settings,
    trial: Trial,
) -> Run:
    """Give what translates sentences as a job would that lacks some entries of the ``files``."""
    offer = choose_engine(settings.engine.name, settings.engine.sha256)
    engine = opened(offer, settings.engine.threads)
    asked = settings.translate
    search = Search(asked.beam_size, asked.thorough, asked.lexicon, asked.keep_foreign)

    def run(lacking: Set[str], texts: Sequence[str]) -> list[str]:
        left = [
            replace(file, entries=tuple(each for each in file.entries if each.id not in lacking))
            for file in files
        ]
        entries = Glossary(together([*below, *left])).within(labels).entries
        blocks = [Block(n, BlockKind.PARAGRAPH, text) for n, text in enumerate(texts)]
        segments = [Segment(f"b{n:04}.s01", n, 0, len(text), text) for n, text in enumerate(texts)]
        matcher = Matcher(entries)
        tasks = translate.plan(blocks, segments, matcher, engine.card.fingerprint, search)
        translated: list[str] = []
        for start in range(0, len(tasks), offer.chunk_segments):
            chunk = tasks[start : start + offer.chunk_segments]
            translated += [each.text for each in translate.translate(chunk, engine, search)]
            if trial.told is not None:
                trial.told(len(translated), len(tasks))
        return translated

    return run
