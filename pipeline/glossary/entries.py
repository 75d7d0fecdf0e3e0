"""The data of a glossary file and its lines in; validated entries, and every mistake, out.

Pydantic checks the shape (keys, types, lengths), this module the meaning. Each mistake is one
sentence with its file, its line and the remedy; an entry with a mistake is left out.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from pipeline.errors import GlossaryError
from pipeline.language.tokens import tokenize
from pipeline.model import CaseRule, Entry, EntryKind
from pipeline.text import did_you_mean
from pipeline.yamlfile import Lines, line_of

MAX_ENTRIES: Final = 50_000
MAX_CHARS: Final = 300

_Text = Annotated[str, Field(max_length=MAX_CHARS)]
_Texts = Annotated[list[_Text], Field(max_length=100)]
# Controls, direction marks, soft hyphens, surrogates, private characters: never meant in a term.
_UNFIT_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co"})


class _EntryRow(BaseModel):
    """An entry as it is written."""

    model_config = ConfigDict(strict=True, extra="forbid")

    source: _Text
    target: _Text | None = None
    kind: Literal["name", "term", "keep"] = "term"
    variants: _Texts = []
    alternatives: _Texts = []
    forbidden: _Texts = []
    case: Literal["smart", "exact", "ignore"] | None = None
    note: _Text = ""
    scope: _Text = ""


class _File(BaseModel):
    """A glossary file as it is written."""

    model_config = ConfigDict(strict=True, extra="forbid")

    name: _Text
    description: str = ""
    entries: Annotated[list[Any], Field(max_length=MAX_ENTRIES)]


LISTS: Final = ("variants", "alternatives", "forbidden")
"""The keys of an entry that hold lists."""

# Spaces at the ends, several together, or of a kind that is not the plain one.
_STRAY_SPACE: Final = re.compile(r"^\s|\s$|[^\S\n]\s|[^\S \n\r]")

_KEYS: Final = {False: tuple(_File.model_fields), True: tuple(_EntryRow.model_fields)}
"""The valid keys at the top of a file and (True) in an entry."""

_CHOICES: Final = {
    "kind": [kind.value for kind in EntryKind],
    "case": [rule.value for rule in CaseRule],
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a glossary file, where, and what to do about it."""

    path: Path
    line: int
    what: str
    remedy: str = ""

    @property
    def where(self) -> str:
        """The file and the line."""
        return f"{self.path}:{self.line}"

    @property
    def message(self) -> str:
        """What is wrong and what to do about it, in one sentence."""
        return f"{self.what}; {self.remedy}" if self.remedy else self.what

    @property
    def error(self) -> GlossaryError:
        """The error of a file that was to be used."""
        return GlossaryError(self.what, *filter(None, (self.remedy,)), where=self.where)


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """A glossary file that was read: its valid entries in order, and its mistakes by line.

    ``remarks`` are about what was mended: white space that people cannot see.
    """

    path: Path
    name: str
    description: str = ""
    entries: tuple[Entry, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    remarks: tuple[Mistake, ...] = ()


def entry_id(kind: EntryKind, source: str, target: str) -> str:
    """The id of an entry: the first ten hexadecimal digits of a SHA-256 of what it says."""
    return hashlib.sha256("\0".join((kind, source, target)).encode()).hexdigest()[:10]


def read_entries(data: object, lines: Lines, path: Path) -> GlossaryFile:
    """Validate what a file says; ``lines`` tells where each part of ``data`` was written."""
    if not isinstance(data, dict):
        mistake = Mistake(path, 1, "a glossary needs the keys 'name' and 'entries'", "add them")
        return GlossaryFile(path, "", mistakes=(mistake,))
    try:
        file = _File.model_validate(data)
        top = _Row(path, lines, None)
        name = top.clean(file.name, "name")
        description = top.clean(file.description, "description") if file.description.strip() else ""
    except ValidationError as exc:
        return GlossaryFile(path, "", mistakes=(_mistake(exc, path, lines, ()),))
    except _MistakeError as exc:
        return GlossaryFile(path, "", mistakes=(exc.mistake,))
    entries: list[Entry] = []
    mistakes: list[Mistake] = []
    remarks: list[Mistake] = []
    seen: dict[tuple[str, str], Entry] = {}
    for index, values in enumerate(file.entries):
        try:
            entry = _Row(path, lines, index, remarks).entry(_EntryRow.model_validate(values))
            own: dict[tuple[str, str], Entry] = {}
            for form in entry_forms(entry):
                if first := seen.get(form) or own.get(form):
                    raise _repeated(entry, first)
                own[form] = entry
            seen |= own
            entries.append(entry)
        except ValidationError as exc:
            mistakes.append(_mistake(exc, path, lines, ("entries", index)))
        except _MistakeError as exc:
            mistakes.append(exc.mistake)
    return GlossaryFile(path, name, description, tuple(entries), tuple(mistakes), tuple(remarks))


class _MistakeError(Exception):
    """Carries a mistake out of an entry."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(str(mistake))
        self.mistake = mistake


def source_form(source: str, scope: str) -> tuple[str, str]:
    """A French text as the matcher sees it, but for letter case and accents, and its scope."""
    tokens = tokenize(source)
    return "\t".join(token.text if token.is_word else token.key for token in tokens), scope


def entry_forms(entry: Entry) -> list[tuple[str, str]]:
    """The forms of an entry's source and variants; equal forms name the same French words."""
    return [source_form(source, entry.scope) for source in (entry.source, *entry.variants)]


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a value was written: the file, its lines, and the entry's number or None.

    What was mended is added to ``remarks``.
    """

    path: Path
    lines: Lines
    index: int | None
    remarks: list[Mistake] = field(default_factory=list)

    def line(self, *keys: str | int) -> int:
        """The line of a value of the entry, or of the file."""
        prefix = () if self.index is None else ("entries", self.index)
        return line_of(self.lines, (*prefix, *keys))

    def error(self, what: str, remedy: str, *keys: str | int) -> _MistakeError:
        """A mistake in a value of the entry."""
        return _MistakeError(Mistake(self.path, self.line(*keys), what, remedy))

    def clean(self, text: str, *keys: str | int) -> str:
        """The text composed (NFC), with single spaces; refused if empty or with hidden marks."""
        for character in text:
            if character not in "\t\n\r" and _is_unfit(character):
                code = f"U+{ord(character):04X}"
                raise self.error(
                    f"{keys[0]} contains the invisible character {code}", "remove it", *keys
                )
        cleaned = " ".join(unicodedata.normalize("NFC", text).split())
        if not cleaned:
            raise self.error(f"{keys[0]} is empty", "write it or remove the line", *keys)
        if _STRAY_SPACE.search(text.rstrip("\r\n")):
            what = f"{keys[0]} has stray white space, which is taken for single spaces: {cleaned!r}"
            self.remarks.append(Mistake(self.path, self.line(*keys), what))
        return cleaned

    def clean_all(self, texts: Sequence[str], key: str) -> tuple[str, ...]:
        """Each text of a list, cleaned, and once."""
        cleaned = (self.clean(text, key, position) for position, text in enumerate(texts))
        return tuple(dict.fromkeys(cleaned) if key != "variants" else cleaned)

    def entry(self, row: _EntryRow) -> Entry:
        """The entry that a row says, or an error where it contradicts itself."""
        kind, source = EntryKind(row.kind), self.clean(row.source, "source")
        target = source if row.target is None else self.clean(row.target, "target")
        case = CaseRule(row.case or CaseRule.SMART)
        if kind is EntryKind.KEEP:
            if target != source or row.alternatives or row.case not in (None, "exact"):
                raise self.error(
                    "an entry of kind keep stays as it is", "remove target, alternatives and case"
                )
            case = CaseRule.EXACT
        elif row.target is None:
            raise self.error(f"the entry {source!r} has no target", "add one, or 'kind: keep'")
        alternatives = self.clean_all(row.alternatives, "alternatives")
        entry = Entry(
            id=entry_id(kind, source, target),
            source=source,
            target=target,
            kind=kind,
            variants=self.clean_all(row.variants, "variants"),
            alternatives=tuple(text for text in alternatives if text != target),
            forbidden=self.clean_all(row.forbidden, "forbidden"),
            case=case,
            note=self.clean(row.note, "note") if row.note else "",
            scope=self.clean(row.scope, "scope") if row.scope else "",
            file=str(self.path),
            line=self.line(),
        )
        self._check(entry)
        return entry

    def _check(self, entry: Entry) -> None:
        for source in (entry.source, *entry.variants):
            if not any(token.is_word for token in tokenize(source)):
                raise self.error(f"the source {source!r} has no letter or digit", "write words")
        allowed = {rendering(entry, text) for text in (entry.target, *entry.alternatives)}
        for position, text in enumerate(entry.forbidden):
            if rendering(entry, text) in allowed:
                raise self.error(
                    f"{text!r} is both allowed and forbidden for {entry.source!r}",
                    "keep one",
                    "forbidden",
                    position,
                )


def _is_unfit(character: str) -> bool:
    code = ord(character)
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return no_character or unicodedata.category(character) in _UNFIT_CATEGORIES


def rendering(entry: Entry, text: str) -> str:
    """A rendering as the check of translations compares it: the case of a term does not count."""
    return text.casefold() if entry.kind is EntryKind.TERM else text


def _repeated(entry: Entry, first: Entry) -> _MistakeError:
    same = "the same target" if entry.target == first.target else "another target"
    what = f"the source {entry.source!r} is already given with {same} on line {first.line}"
    return _MistakeError(Mistake(Path(entry.file), entry.line, what, "keep one of the two"))


def _mistake(exc: ValidationError, path: Path, lines: Lines, at: tuple[str | int, ...]) -> Mistake:
    """The first mistake in the shape; a key that seems to be missing may only be misspelt."""
    errors = exc.errors(include_url=False, include_context=False)
    misspelt = any(error["type"] == "extra_forbidden" for error in errors)
    telling = [error for error in errors if error["type"] != "missing" or not misspelt]
    first = min(telling, key=lambda error: line_of(lines, (*at, *error["loc"])))
    return Mistake(path, line_of(lines, (*at, *first["loc"])), *_explained(first, bool(at)))


def _explained(error: ErrorDetails, in_entry: bool) -> tuple[str, str]:
    """What is wrong in the shape of a file, and what to do about it."""
    location, kind, value = error["loc"], error["type"], error["input"]
    key = next((part for part in reversed(location) if isinstance(part, str)), "")
    shown = f"{value[:40]!r}" if isinstance(value, str) else f"{value!r}"[:40]
    if kind == "extra_forbidden":
        known = _KEYS[in_entry]
        advice = did_you_mean(str(key), known, f"valid keys: {', '.join(known)}")
        return f"unknown key {key[:40]!r}", advice
    clauses = {
        "missing": (f"the key {key!r} is missing", "add it"),
        "string_type": (f"{key} must be text, not {shown}", "write it in quotes"),
        "string_too_long": (f"{key} is longer than {MAX_CHARS} characters", "shorten it"),
        "too_long": (f"{key} has too many items", "leave some out or split them up"),
        "list_type": (
            f"{key} must be a list",
            "write it as [one, two] or as lines beginning with '-'",
        ),
        "model_type": (f"an entry cannot be {shown}", "write 'source:' and 'target:' lines"),
    }
    if kind == "literal_error":
        choices = _CHOICES[key]
        advice = did_you_mean(str(value), choices, f"choose {', '.join(choices)}")
        return f"{key} cannot be {shown}", advice
    return clauses.get(kind, (f"{key}: {error['msg'].lower()}", ""))
