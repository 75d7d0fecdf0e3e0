"""The glossaries of a folder in; their entries to look at, change, bring in and take out, out.

A change is written only where the whole file is a glossary, before and after; in YAML the comments
and lines of the other entries stay as they are.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pipeline.errors import GlossaryError, UsageError
from pipeline.files import shipped, storing, sweep_dead, write_atomic
from pipeline.glossary.entries import GlossaryFile, entry_id
from pipeline.glossary.formats import (
    FORMATS,
    GlossaryText,
    glossary_bytes,
    glossary_text,
    holds_more,
    read_file,
)
from pipeline.glossary.formats.text import Written
from pipeline.glossary.lint import Problem, lint
from pipeline.jobs.plan import Plan
from pipeline.model import CaseRule, Entry, EntryKind
from pipeline.service.choices import GlossaryChoice, glossary_choices
from pipeline.service.glossary import read_glossary
from pipeline.text import slug

OWN = Path("glossaries")


class Hindrance(StrEnum):
    """What keeps the entries of a glossary from being changed where it is."""

    NONE = ""
    SHIPPED = "shipped"
    MISTAKE = "mistake"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class OpenGlossary:
    """A glossary as an editor sees it; ``etag`` is the hash of its bytes.

    A copy can be changed of one that ships with the program, or whose file holds more than entries.
    """

    choice: GlossaryChoice
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    etag: str
    hindrance: Hindrance


def shelf(default: set[str]) -> list[GlossaryChoice]:
    """Give the glossaries of this folder and of the program; those named in ``default`` apply."""
    return glossary_choices(default)


def open_glossary(name: str) -> OpenGlossary:
    """Open a glossary by its name; raises UsageError where there is none."""
    choice = _choice(name)
    file = read_file(choice.path)
    problems = tuple(lint([file]))
    return OpenGlossary(choice, file.entries, problems, _etag(choice.path), _hindrance(file))


def changed(name: str, number: int | None, wanted: Entry | None) -> tuple[bytes, list[Problem]]:
    """Give a glossary's bytes with one entry changed, added (no number) or removed (no entry).

    Then what is to be said of the entry in it. Raises GlossaryError where it is no glossary then,
    or has a mistake already: what a mistake is in would be lost.
    """
    choice = _choice(name)
    text = read_glossary(choice.path)
    rows = list(text.rows)
    if number is not None and not 0 <= number < len(rows):
        raise UsageError("this entry is gone", "load the page again")
    if wanted is None and number is not None:
        del rows[number]
    elif wanted is not None and number is not None:
        rows[number] = replace(rows[number], entry=wanted, text="")
    elif wanted is not None:
        rows.append(Written(wanted))
    data = glossary_bytes(replace(text, rows=tuple(rows)), choice.path)
    file, _ = _read(data, choice.path)
    place = number if number is not None else len(file.entries) - 1
    line = file.entries[place].line if wanted and place < len(file.entries) else 0
    return data, [each for each in lint([file]) if each.line == line]


def change_entry(name: str, number: int | None, wanted: Entry | None, etag: str) -> bool:
    """Store a changed, added or removed entry; False where the file is no more what was seen."""
    choice = _choice(name)
    if not _is_own(choice.path):
        raise UsageError("this glossary came with the program", "copy it, and change the copy")
    if holds_more(choice.path):
        raise UsageError("this file may hold more than entries", "copy it, and change the copy")
    if _etag(choice.path) != etag:
        return False
    data, _ = changed(name, number, wanted)
    _put(choice.path, data)
    return True


def entry_of(values: Mapping[str, str]) -> Entry:
    """Make an entry of the texts of a form, in which "|" parts those of a list.

    Raises GlossaryError for a kind or a rule of case that there is not.
    """
    kind, case = values.get("kind", "term"), values.get("case", "smart")
    if kind not in list(EntryKind) or case not in list(CaseRule):
        raise GlossaryError(f"there is no {kind!r} entry with the case {case!r}", "choose another")
    source, target = values.get("source", "").strip(), values.get("target", "").strip()
    target = source if kind == EntryKind.KEEP else target
    variants, alternatives, forbidden = (
        tuple(filter(None, (each.strip() for each in values.get(name, "").split("|"))))
        for name in ("variants", "alternatives", "forbidden")
    )
    return Entry(
        entry_id(EntryKind(kind), source, target),
        source,
        target,
        EntryKind(kind),
        variants,
        alternatives,
        forbidden,
        CaseRule(case),
        note=values.get("note", "").strip(),
        scope=values.get("scope", "").strip(),
    )


@dataclass(frozen=True, slots=True)
class Arriving:
    """A glossary that is about to come in: its name here, its entries, what is to be said of it.

    ``text`` is the YAML file that it would be.
    """

    name: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    text: str


def arriving(filename: str, data: bytes) -> Arriving:
    """Look at a glossary in any format, without adding it; the same errors as to bring it in."""
    path = Path(filename)
    if path.suffix.lower() not in FORMATS:
        raise GlossaryError(
            "this is no glossary", f"bring one of {', '.join(FORMATS)}", where=filename
        )
    target = OWN / f"{slug(path.stem)}.yaml"
    if any(each.name == target.stem for each in glossary_choices(set())):
        raise UsageError(
            f"there is a glossary {target.stem!r} already", "give the file another name"
        )
    file, text = _read(data, path)
    written = glossary_bytes(text, target)
    return Arriving(target.stem, file.entries, tuple(lint([file])), written.decode())


def bring_in(filename: str, data: bytes) -> str:
    """Add a glossary in any format to this folder, as YAML; give its name.

    Raises GlossaryError where it is none, UsageError where there is one of its name.
    """
    found = arriving(filename, data)
    _put(OWN / f"{found.name}.yaml", found.text.encode())
    return found.name


def problems_of(plan: Plan) -> list[Problem]:
    """Lint the glossaries of a job, as they are now, used together in the order it takes them."""
    files = []
    for path in _glossaries(plan):
        with suppress(GlossaryError):
            files.append(read_file(path))
    return lint(files)


def _glossaries(plan: Plan) -> list[Path]:
    """Give the files of a plan's glossaries, the last winning.

    Those that were named are all known; of the usual ones those that have an entry in it.
    """
    given = plan.given.get("glossaries")
    named = (
        [Path(each) for each in given if isinstance(each, str)] if isinstance(given, list) else []
    )
    if named and all(each.is_file() for each in named):
        return named
    return list(dict.fromkeys(Path(each.file) for each in plan.glossary.entries if each.file))


def copy_own(name: str) -> str:
    """Copy a glossary to one in this folder that can be changed; give the copy's name."""
    choice = _choice(name)
    return bring_in(f"{name}-copie{choice.path.suffix}", choice.path.read_bytes())


def new_glossary(name: str) -> str:
    """Begin an empty glossary in this folder; give its name."""
    return bring_in(f"{name}.yaml", glossary_bytes(GlossaryText.of(name, "", ()), Path("n.yaml")))


def taken_out(name: str, suffix: str) -> bytes:
    """Give a glossary in the format of a suffix; raises GlossaryError for a mistake in it."""
    path = _choice(name).path
    if holds_more(path) and path.suffix.lower() == suffix:
        return path.read_bytes()
    return glossary_bytes(read_glossary(path), Path(f"{name}{suffix}"))


def _choice(name: str) -> GlossaryChoice:
    for each in glossary_choices(set()):
        if each.name == name:
            return each
    raise UsageError(f"there is no glossary {name!r}", "look for it among the glossaries")


def _hindrance(file: GlossaryFile) -> Hindrance:
    if not _is_own(file.path):
        return Hindrance.SHIPPED
    if file.mistakes:
        return Hindrance.MISTAKE
    return Hindrance.MORE if holds_more(file.path) else Hindrance.NONE


def _is_own(path: Path) -> bool:
    return path.parent == OWN and path.resolve().parent != shipped("glossaries").resolve()


def _etag(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _read(data: bytes, path: Path) -> tuple[GlossaryFile, GlossaryText]:
    """Read bytes as a file of this name; raises GlossaryError with the first mistake."""
    with tempfile.TemporaryDirectory(prefix="enregard-") as folder:
        place = Path(folder) / f"{slug(path.stem)}{path.suffix.lower()}"
        place.write_bytes(data)
        try:
            file = read_file(place)
            text = glossary_text(file)
        except GlossaryError as error:
            where = error.where.replace(str(place), path.name)
            raise GlossaryError(error.what, *error.remedies, where=where) from None
    if file.mistakes:
        raise replace(file.mistakes[0], path=Path(path.name)).error
    return file, text


def _put(path: Path, data: bytes) -> None:
    with storing(f"the glossary {path}", GlossaryError):
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep_dead(path.parent)
        write_atomic(path, data)
