"""A YAML file in; plain Python values and the line of each of them out.

A deliberately small YAML, because settings and glossaries are written by hand and may come from
strangers. Only ``true`` and ``false`` are booleans (a glossary needs the words "non" and "on"),
only plain decimal numbers are numbers (12:30, 007 and 2024-05-01 stay text), and anchors, aliases,
custom tags, repeated keys and deep nesting are refused. Values are built from the parser's events
on a stack of our own, so that no input can exhaust the interpreter's.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from pipeline.errors import EnregardError

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 20

KeyPath = tuple[str | int, ...]
Lines = dict[KeyPath, int]
"""The line (from 1) of each value by its path, such as ("entries", 3, "source")."""

_TAGS: Final[dict[type[yaml.Event], str]] = {
    yaml.ScalarEvent: "tag:yaml.org,2002:str",
    yaml.SequenceStartEvent: "tag:yaml.org,2002:seq",
    yaml.MappingStartEvent: "tag:yaml.org,2002:map",
}
_NodeEvent = yaml.ScalarEvent | yaml.CollectionStartEvent

# Bounded digits: int() refuses very long numbers and float() turns them into infinity.
_INT: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,2})?")
_CONSTANTS: Final[dict[str, bool | None]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
# What YAML forbids, and the exotic line breaks after which editors and YAML number lines otherwise.
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)
_UNCLOSED: Final = (
    "found unexpected end of stream",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
)
_REMEDIES: Final = {
    "found character that cannot start any token": "put the value in quotes",
    "mapping values are not allowed in this context": "put a value that contains ': ' in quotes",
    "did not find expected <document start>": "check the quotes and the indentation",
    **dict.fromkeys(_UNCLOSED, "close the quotes or brackets that are opened there"),
}


def load_yaml(path: Path, error: type[EnregardError]) -> tuple[object, Lines]:
    """Read one YAML document: its value (None for an empty file) and the line of every part of it.

    Mapping keys are always text. Raises ``error`` with one sentence that names ``file:line`` and
    the remedy, for a file that is missing, unreadable, over 1 MB, not UTF-8 or not this YAML.
    """
    return parse_yaml(_read(path, error), str(path), error)


def parse_yaml(text: str, name: str, error: type[EnregardError]) -> tuple[object, Lines]:
    """Parse one YAML document called ``name`` in messages; as ``load_yaml`` otherwise."""
    if unfit := _UNFIT.search(text):
        line, code = _line_at(text[: unfit.start()]), ord(unfit.group())
        raise error(
            f"the character U+{code:04X} is not allowed in YAML",
            "remove it",
            where=f"{name}:{line}",
        )
    try:
        return _Builder(name, error).build(text)
    except yaml.MarkedYAMLError as exc:
        problem = exc.problem or "it cannot be parsed"
        # What was opened and never closed is only noticed further down: name where it was opened.
        unclosed = exc.context_mark and problem in _UNCLOSED
        mark = exc.context_mark if unclosed else exc.problem_mark or exc.context_mark
        line = mark.line + 1 if mark else 1
        remedy = _REMEDIES.get(problem, "check the indentation and the quotes there")
        if _line_text(text, line).lstrip(" ").startswith("\t"):
            remedy = "indent with spaces, not with tabs"
        raise error(f"this is not valid YAML ({problem})", remedy, where=f"{name}:{line}") from exc
    except yaml.YAMLError as exc:
        summary = " ".join(str(exc).split())
        raise error(
            f"this is not valid YAML ({summary})", "save it as UTF-8", where=f"{name}:1"
        ) from exc


def line_of(lines: Lines, path: KeyPath) -> int:
    """The line of the value at ``path``, or of the nearest value around it that exists."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _read(path: Path, error: type[EnregardError]) -> str:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise error("… is a directory", "name a YAML file", where=path)
        if not stat.S_ISREG(mode):
            raise error("… is not a regular file", "name a YAML file", where=path)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as exc:
        raise error("… does not exist", "check the name and the folder", where=path) from exc
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or exc
        raise error(
            f"… cannot be read ({reason})", "check its name and permissions", where=path
        ) from exc
    if len(data) > MAX_BYTES:
        raise error(
            f"… is larger than {MAX_BYTES:,} bytes", "split it into several files", where=path
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = _line_at(data[: exc.start].decode("utf-8-sig", "replace"))
        raise error(
            "this is not UTF-8 text", "save the file as UTF-8", where=f"{path}:{line}"
        ) from exc
    return text


def _line_at(before: str) -> int:
    return 1 + len(re.findall(r"\r\n|\r|\n", before))


def _line_text(text: str, line: int) -> str:
    rows = re.split(r"\r\n|\r|\n", text)
    return rows[line - 1] if line <= len(rows) else ""


@dataclass(slots=True)
class _Open:
    """A mapping or list being filled; ``key`` is the mapping key whose value comes next."""

    value: dict[str, object] | list[object]
    path: KeyPath
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Builds the value of one document from the parser's events."""

    name: str
    error: type[EnregardError]
    root: object = None
    lines: Lines = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)

    def build(self, text: str) -> tuple[object, Lines]:
        documents = 0
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refuse(line, "a second document starts here", "keep one per file")
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
            elif isinstance(event, yaml.AliasEvent):
                raise self._refuse(line, "aliases (*name) are not allowed", "write the value out")
            elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
                self._node(event, line)
        return self.root, {(): 1, **self.lines}

    def _refuse(self, line: int, what: str, remedy: str) -> EnregardError:
        return self.error(what, remedy, where=f"{self.name}:{line}")

    def _node(self, event: _NodeEvent, line: int) -> None:
        if event.anchor is not None:
            raise self._refuse(line, "anchors (&name) are not allowed", "remove this one")
        # An escape ("\\0") can write what the file itself must not hold.
        if isinstance(event, yaml.ScalarEvent) and (unfit := _UNFIT.search(event.value)):
            what = f"the character U+{ord(unfit[0]):04X} is not allowed in YAML"
            raise self._refuse(line, what, "remove it")
        parent = self.open[-1] if self.open else None
        if parent is None:
            place: KeyPath = ()
        elif isinstance(parent.value, list):
            place = (*parent.path, len(parent.value))
        elif parent.key is None:
            parent.key = self._key(event, line, parent)
            return
        else:
            place = (*parent.path, parent.key)
        self.lines.setdefault(place, line)
        value = self._value(event, line)
        if parent is None:
            self.root = value
        elif isinstance(parent.value, list):
            parent.value.append(value)
        else:
            parent.value[str(parent.key)] = value
            parent.key = None
        if isinstance(value, dict | list):
            if len(self.open) >= MAX_DEPTH:
                raise self._refuse(
                    line, f"this is nested deeper than {MAX_DEPTH} levels", "flatten it"
                )
            self.open.append(_Open(value, place))

    def _key(self, event: _NodeEvent, line: int, parent: _Open) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse(
                line, "a key must be a word, not a list or a mapping", "write it out"
            )
        self._tag(event, line)
        key: str = event.value
        place = (*parent.path, key)
        if place in self.lines:
            first = self.lines[place]
            raise self._refuse(
                line, f"the key {key[:40]!r} is already given on line {first}", "keep one of them"
            )
        self.lines[place] = line
        return key

    def _tag(self, event: _NodeEvent, line: int) -> None:
        """Refuse an explicit tag other than the three that say what the value is anyway."""
        if event.tag not in (None, "!", _TAGS[type(event)]):
            raise self._refuse(line, f"the tag {event.tag[:60]!r} is not allowed", "remove it")

    def _value(self, event: _NodeEvent, line: int) -> object:
        self._tag(event, line)
        if not isinstance(event, yaml.ScalarEvent):
            return {} if isinstance(event, yaml.MappingStartEvent) else []
        plain = event.tag is None and event.implicit[0]
        return _resolve(event.value) if plain else event.value


def _resolve(text: str) -> object:
    """The value of an unquoted scalar: null, true/false, a plain decimal number, or the text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
