"""A machine in; what an editor can choose from for a job, out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import GLOSSARY_SUFFIXES, find_glossary, load_settings
from pipeline.documents import READERS
from pipeline.documents.writing import WRITERS
from pipeline.engines import engine_names
from pipeline.errors import EnregardError
from pipeline.files import shipped
from pipeline.glossary import load_glossary
from pipeline.jobs.plan import registered
from pipeline.service.plans import house_path
from pipeline.stages.publish.dress import DRESSES
from pipeline.stages.publish.house import FILE, house_name, load_house
from pipeline.stages.publish.render import LAYOUTS, PAGE_SIZES

# Whose spelling and quotation marks the printed English has; in which languages notices stand.
ENGLISH = ("gb", "us", "as-written")
NOTICES = ("both", "en", "fr")


@dataclass(frozen=True, slots=True)
class GlossaryChoice:
    """A glossary file: its path, its name, how many entries it has, or what is wrong with it.

    ``is_default`` says that the settings name it already.
    """

    path: Path
    name: str
    entries: int
    is_default: bool
    problem: EnregardError | None = None


@dataclass(frozen=True, slots=True)
class HouseChoice:
    """A house style: the path of its folder, and its name."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for a job, the default first; ``formats`` are suffixes of texts.

    ``written_back`` are those of texts that can be had in English in their own form. ``houses`` has
    the one of the settings first, which ``has_house`` says that there is.
    """

    engines: tuple[str, ...]
    layouts: tuple[str, ...]
    dresses: tuple[str, ...]
    page_sizes: tuple[str, ...]
    formats: tuple[str, ...]
    written_back: tuple[str, ...]
    glossaries: tuple[GlossaryChoice, ...]
    max_bytes: int
    houses: tuple[HouseChoice, ...] = ()
    has_house: bool = False


def choices(config: Path | None) -> Choices:
    """Give what there is to choose from, with the settings of a configuration file or without."""
    settings = load_settings(registered(), config)
    layout, size = settings.publish.layout, settings.publish.page_size
    return Choices(
        _first(settings.engine.name, engine_names()),
        _first(layout, [*LAYOUTS]),
        _first(settings.publish.dress, [*DRESSES]),
        _first(size, [*PAGE_SIZES]),
        tuple(READERS),
        tuple(WRITERS),
        tuple(glossary_choices({Path(name).stem for name in settings.glossaries})),
        settings.read.max_bytes,
        tuple(_houses(config, settings.publish.house)),
        bool(settings.publish.house),
    )


def checked_house(path: str) -> str:
    """Give the path of a house style that can be set; raises ConfigError for one that cannot."""
    if path:
        load_house(Path(path))
    return path


def _houses(config: Path | None, default: str) -> list[HouseChoice]:
    """Give the house styles beside the settings and in the current folder, by name."""
    beside = config.parent if config else None
    folders = {beside or Path(), Path()}
    files = [
        found for folder in folders for found in (*folder.glob(FILE), *folder.glob(f"*/{FILE}"))
    ]
    paths = {str(file.parent.resolve()) for file in files if file.is_file()}
    first = house_path(default, beside) if default else ""
    made = [HouseChoice(each, house_name(Path(each))) for each in paths | {first} - {""}]
    return sorted(made, key=lambda each: (each.path != first, each.name, each.path))


def glossary_choices(default: set[str]) -> list[GlossaryChoice]:
    """Give the glossaries of the current folder and of the program, by name."""
    found: dict[str, GlossaryChoice] = {}
    for folder in (Path("glossaries"), shipped("glossaries")):
        for path in sorted(folder.glob("*")) if folder.is_dir() else []:
            if path.suffix in GLOSSARY_SUFFIXES and path.stem not in found:
                found[path.stem] = _glossary(path, path.stem in default)
    return sorted(found.values(), key=lambda each: (not each.is_default, each.name))


def job_glossaries(config: Path | None, names: Iterable[str]) -> dict[GlossaryChoice, bool]:
    """Give the glossaries that a job can be translated with, and whether it was.

    ``names`` are those it was translated with, which come first, in their order; they may lie
    anywhere. Paths are whole.
    """
    used = [_found(name, config.parent if config else None) for name in names]
    others = [_glossary(each.path.resolve(), False) for each in glossary_choices(set())]
    known = {each.path for each in used}
    return dict.fromkeys(used, True) | {each: False for each in others if each.path not in known}


def _found(name: str, beside: Path | None) -> GlossaryChoice:
    try:
        return _glossary(find_glossary(name, beside).resolve(), False)
    except EnregardError as error:
        return GlossaryChoice(Path(name), Path(name).stem, 0, False, error)


def _glossary(path: Path, is_default: bool) -> GlossaryChoice:
    try:
        return GlossaryChoice(path, path.stem, len(load_glossary([path]).entries), is_default)
    except EnregardError as error:
        return GlossaryChoice(path, path.stem, 0, is_default, error)


def _first(default: str, names: list[str]) -> tuple[str, ...]:
    return (default, *(name for name in names if name != default))
