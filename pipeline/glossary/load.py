"""YAML glossary files in; one validated glossary out.

Pydantic checks the shape (keys, types, lengths), this module the meaning. The first mistake, by
line, is reported as one sentence with its file, its line and the remedy. Where several files name
the same French words, the later file wins.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from pipeline.errors import GlossaryError
from pipeline.glossary.tokens import tokenize
from pipeline.model import CaseRule, Entry, EntryKind
from pipeline.yamlfile import Lines, line_of, load_yaml

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
    entries: Annotated[list[_EntryRow], Field(max_length=MAX_ENTRIES)]


_KEYS: Final = {False: tuple(_File.model_fields), True: tuple(_EntryRow.model_fields)}
"""The valid keys at the top of a file and (True) in an entry."""

_CHOICES: Final = {
    "kind": [kind.value for kind in EntryKind],
    "case": [rule.value for rule in CaseRule],
}


@dataclass(frozen=True)
class Glossary:
    """The entries of all files, in order, and the names of the files' glossaries."""

    entries: tuple[Entry, ...] = ()
    names: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Hash of what the entries say, in order; comments, layout and file names do not count."""
        rows = [{**asdict(entry), "file": "", "line": 0} for entry in self.entries]
        text = json.dumps(rows, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def dump(self) -> dict[str, object]:
        """Give the glossary as plain data, fit for JSON."""
        return {"names": list(self.names), "entries": [asdict(entry) for entry in self.entries]}

    @classmethod
    def restore(cls, value: Mapping[str, Any]) -> Glossary:
        """Give back what ``dump`` gave; raises GlossaryError where it cannot be read."""
        try:
            return cls(tuple(map(_restored, value["entries"])), tuple(map(str, value["names"])))
        except (KeyError, TypeError, ValueError) as exc:
            raise GlossaryError(
                "the stored glossary cannot be read; run the text again with its glossary files"
            ) from exc


def _restored(row: Mapping[str, Any]) -> Entry:
    lists = {key: tuple(map(str, row[key])) for key in ("variants", "alternatives", "forbidden")}
    return Entry(**{**row, **lists, "kind": EntryKind(row["kind"]), "case": CaseRule(row["case"])})


def entry_id(kind: EntryKind, source: str, target: str) -> str:
    """The id of an entry: the first ten hexadecimal digits of a SHA-256 of what it says."""
    return hashlib.sha256("\0".join((kind, source, target)).encode()).hexdigest()[:10]


def load_glossary(paths: Sequence[Path]) -> Glossary:
    """Load glossary files; a later file replaces what earlier ones say about the same words.

    Raises GlossaryError naming file and line for a file that cannot be read or is not valid, for
    texts over 300 characters and for more than 50,000 entries together.
    """
    names: list[str] = []
    entries: list[Entry] = []
    for path in paths:
        name, own = _load_file(path)
        names.append(name)
        entries = [*_without(entries, own), *own]
        if len(entries) > MAX_ENTRIES:
            raise GlossaryError(
                f"{path}: the glossaries have more than {MAX_ENTRIES:,} entries; leave some out"
            )
    return Glossary(tuple(entries), tuple(names))


def _without(entries: Sequence[Entry], later: Sequence[Entry]) -> list[Entry]:
    """The entries less what later ones say: a source they name goes, and so does a variant."""
    claimed = {form for entry in later for form in _forms(entry)}
    kept = []
    for entry in entries:
        if _form(entry.source, entry.scope) not in claimed:
            variants = tuple(v for v in entry.variants if _form(v, entry.scope) not in claimed)
            kept.append(replace(entry, variants=variants))
    return kept


def _form(source: str, scope: str) -> tuple[str, str]:
    """A French text as the matcher sees it, but for letter case and accents, and its scope."""
    tokens = tokenize(source)
    return "\t".join(token.text if token.is_word else token.key for token in tokens), scope


def _forms(entry: Entry) -> list[tuple[str, str]]:
    return [_form(source, entry.scope) for source in (entry.source, *entry.variants)]


def _load_file(path: Path) -> tuple[str, list[Entry]]:
    data, lines = load_yaml(path, GlossaryError)
    if not isinstance(data, dict):
        raise GlossaryError(f"{path}:1: a glossary needs the keys 'name' and 'entries'; add them")
    try:
        file = _File.model_validate(data)
    except ValidationError as exc:
        first = _first(exc.errors(include_url=False, include_context=False), lines)
        where = f"{path}:{line_of(lines, first['loc'])}"
        raise GlossaryError(f"{where}: {_explain(first)}") from None
    entries = []
    seen: dict[tuple[str, str], Entry] = {}
    for index, row in enumerate(file.entries):
        entry = _Row(path, lines, index).entry(row)
        for form in _forms(entry):
            if form in seen:
                raise _repeated(entry, seen[form])
            seen[form] = entry
        entries.append(entry)
    return _Row(path, lines, None).clean(file.name, "name"), entries


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a value was written: the file, its lines, and the entry's number or None."""

    path: Path
    lines: Lines
    index: int | None

    def line(self, *keys: str | int) -> int:
        """The line of a value of the entry, or of the file."""
        prefix = () if self.index is None else ("entries", self.index)
        return line_of(self.lines, (*prefix, *keys))

    def error(self, message: str, *keys: str | int) -> GlossaryError:
        """An error about a value of the entry."""
        return GlossaryError(f"{self.path}:{self.line(*keys)}: {message}")

    def clean(self, text: str, *keys: str | int) -> str:
        """The text composed (NFC), with single spaces; refused if empty or with hidden marks."""
        for character in text:
            if character not in "\t\n\r" and unicodedata.category(character) in _UNFIT_CATEGORIES:
                code = f"U+{ord(character):04X}"
                raise self.error(
                    f"{keys[0]} contains the invisible character {code}; remove it", *keys
                )
        cleaned = " ".join(unicodedata.normalize("NFC", text).split())
        if not cleaned:
            raise self.error(f"{keys[0]} is empty; write it or remove the line", *keys)
        return cleaned

    def clean_all(self, texts: Sequence[str], key: str) -> tuple[str, ...]:
        """Each text of a list, cleaned."""
        return tuple(self.clean(text, key, position) for position, text in enumerate(texts))

    def entry(self, row: _EntryRow) -> Entry:
        """The entry that a row says, or an error where it contradicts itself."""
        kind, source = EntryKind(row.kind), self.clean(row.source, "source")
        target = source if row.target is None else self.clean(row.target, "target")
        case = CaseRule(row.case or CaseRule.SMART)
        if kind is EntryKind.KEEP:
            if target != source or row.alternatives or row.case not in (None, "exact"):
                raise self.error(
                    "an entry of kind keep stays as it is; remove target, alternatives and case"
                )
            case = CaseRule.EXACT
        elif row.target is None:
            raise self.error(f"the entry {source!r} has no target; add one, or 'kind: keep'")
        entry = Entry(
            id=entry_id(kind, source, target),
            source=source,
            target=target,
            kind=kind,
            variants=self.clean_all(row.variants, "variants"),
            alternatives=self.clean_all(row.alternatives, "alternatives"),
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
                raise self.error(f"the source {source!r} has no letter or digit; write words")
        allowed = {_rendering(entry, text) for text in (entry.target, *entry.alternatives)}
        for position, text in enumerate(entry.forbidden):
            if _rendering(entry, text) in allowed:
                raise self.error(
                    f"{text!r} is both allowed and forbidden for {entry.source!r}; keep one",
                    "forbidden",
                    position,
                )


def _rendering(entry: Entry, text: str) -> str:
    """A rendering as the check of translations compares it: the case of a term does not count."""
    return text.casefold() if entry.kind is EntryKind.TERM else text


def _repeated(entry: Entry, first: Entry) -> GlossaryError:
    same = "the same target" if entry.target == first.target else "another target"
    return GlossaryError(
        f"{entry.file}:{entry.line}: the source {entry.source!r} is already given with {same} on "
        f"line {first.line}; keep one of the two"
    )


def _first(errors: Sequence[ErrorDetails], lines: Lines) -> ErrorDetails:
    """The first mistake in the file; a key that seems to be missing may only be misspelt."""
    misspelt = {error["loc"][:-1] for error in errors if error["type"] == "extra_forbidden"}
    telling = [e for e in errors if e["type"] != "missing" or e["loc"][:-1] not in misspelt]
    return min(telling, key=lambda error: line_of(lines, error["loc"]))


def _explain(error: ErrorDetails) -> str:
    """A sentence for a mistake in the shape of a file."""
    location, kind, value = error["loc"], error["type"], error["input"]
    in_entry = len(location) > 1
    key = next((part for part in reversed(location) if isinstance(part, str)), "")
    shown = f"{value[:40]!r}" if isinstance(value, str) else f"{value!r}"[:40]
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(key), _KEYS[in_entry], n=1, cutoff=0.5)
        advice = (
            f"did you mean {near[0]!r}?" if near else f"valid keys: {', '.join(_KEYS[in_entry])}"
        )
        return f"unknown key {key[:40]!r}; {advice}"
    sentences = {
        "missing": f"the key {key!r} is missing; add it",
        "string_type": f"{key} must be text, not {shown}; write it in quotes",
        "string_too_long": f"{key} is longer than {MAX_CHARS} characters; shorten it",
        "too_long": f"{key} has too many items; leave some out or split them up",
        "list_type": f"{key} must be a list; write it as [one, two] or as lines beginning with '-'",
        "model_type": f"an entry cannot be {shown}; write 'source:' and 'target:' lines",
    }
    if kind == "literal_error":
        choices = _CHOICES[key]
        near = difflib.get_close_matches(str(value), choices, n=1, cutoff=0.5)
        advice = f"did you mean {near[0]!r}?" if near else f"choose {', '.join(choices)}"
        return f"{key} cannot be {shown}; {advice}"
    return sentences.get(kind, f"{key}: {error['msg'].lower()}")
