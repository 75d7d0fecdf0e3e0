"""The head of a Markdown text in; what it says of title, author, date and scopes out.

YAML between ``---`` lines, TOML between ``+++`` lines (Hugo), one JSON object (Hugo), or the lines
with ``%`` that pandoc reads.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import date

from pipeline.errors import InputError
from pipeline.jsonfile import load_json
from pipeline.model import Front
from pipeline.text import clean
from pipeline.yamlfile import line_of, parse_yaml

_NAME = "front matter"
# An empty line after the first --- makes that line a thematic break.
_YAML = re.compile(
    r"--- *\n(?! *\n)(?P<content>.*?)^(?:---|\.\.\.) *(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_BEFORE = re.compile(r"(?:[ \t]*\n)+(?=(?:---[ \t]*\n[\w-]+:|\+\+\+[ \t]*\n))")
# « Budget : le vote » is no valid value of YAML, but what every French title with a colon is.
_COLON = re.compile(
    r"^(?P<key>[\w-]+:[ ]+)(?P<value>[^\s\"'\[{|>&*!%@`#-][^\n#]*?:(?=[ \t]|$)[^\n#]*?)"
    r"(?P<rest>[ \t]+#[^\n]*|[ \t]*)$",
    re.MULTILINE,
)
_TOML = re.compile(r"\+\+\+ *\n(?P<content>.*?)^\+\+\+ *(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_JSON = re.compile(r"(?P<content>\{ *\n.*?^\}) *(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PANDOC = re.compile(r"(?:%[^\n]*(?:\n[ ]+\S[^\n]*)*(?:\n|\Z)){1,3}")
_FACTS = {
    "title": ("title", "titre"),
    "author": ("author", "authors", "auteur", "auteurs"),
    "date": ("date",),
    "scope": ("scope",),
    "subtitle": ("subtitle", "sous-titre", "sous_titre"),
    "kicker": ("kicker", "surtitre"),
    "title_en": ("title_en", "title-en"),
    "subtitle_en": ("subtitle_en", "subtitle-en"),
    "kicker_en": ("kicker_en", "kicker-en"),
    "source": ("source",),
    "rights": ("rights", "copyright", "droits"),
    "credit": ("credit", "crédit"),
}
# Those that only stand around the text; where they are no line of text, they are another program's.
_AROUND = tuple(each.name for each in fields(Front))
_LISTS = ("author", "scope")
# Where the value of a fact may stand: behind its name, or behind the first sign of pandoc.
_VALUE = (
    r"(?:(?:^|(?<=[{{,]))[ \t]*[\"']?(?:{names})[\"']?[ \t]*[:=]\s*|\A\s*(?P<percent>%)[ \t]*)"
    r"(?P<value>\"\"\"(?:[^\\]|\\.)*?\"\"\"|\'\'\'.*?\'\'\'|\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+'|"
    r"\S++(?:[ \t]++(?!\#)\S++)*+(?:[ \t]*+\n(?:[ \t]*+\n)*+[ \t]++\S[^\n]*+)*+)"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=[T ]\d)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a text says about itself ("" where it does not), and where the text begins."""

    end: int = 0
    title: str = ""
    author: str = ""
    date: str = ""
    scopes: tuple[str, ...] = ()
    front: Front = field(default_factory=Front)


def front_matter(text: str) -> FrontMatter:
    """Read the front matter of a clean text.

    Raises InputError with the line where it is not valid, or where a fact is no line of text.
    """
    # Empty lines above it are no part of it, and take nothing from it.
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml), (_JSON, _json), (_PANDOC, _pandoc)):
        if match := pattern.match(text, start):
            found = read(match["content"] if "content" in match.groupdict() else match[0])
            if found is None:
                continue
            values, lines = found
            facts = {key: _fact(key, values, lines) for key in _FACTS}
            scopes = tuple(
                label for each in facts.pop("scope").split(",") if (label := each.strip())
            )
            front = Front(**{name: facts.pop(name) for name in _AROUND})
            return FrontMatter(match.end(), **facts, scopes=scopes, front=front)
    return FrontMatter()


def saying(head: str, fact: str, text: str) -> str:
    """Give front matter that says ``text`` of "title", "subtitle" or "kicker", if it says that.

    Of what is written only the value changes. It stands between double quotes as in JSON, which
    YAML and TOML read too; pandoc's lines have none. Where nothing but that fact would not be read
    from it, the front matter stays as it is.
    """
    said = front_matter(head)
    line = " ".join(clean(text)[0].split())
    if fact == "title":
        wanted = replace(said, title=line)
    else:
        wanted = replace(said, front=replace(said.front, **{fact: line}))
    names = "|".join(map(re.escape, _FACTS[fact]))
    if wanted == said:
        return head
    for match in re.finditer(_VALUE.format(names=names), head, re.DOTALL | re.MULTILINE):
        written = line if match["percent"] else json.dumps(line, ensure_ascii=False)
        made = head[: match.start("value")] + written + head[match.end("value") :]
        with suppress(InputError):
            if replace(front_matter(made), end=said.end) == wanted:
                return made
    return head


_Found = tuple[Mapping[str, object], Mapping[str, int]]


def _yaml(content: str) -> _Found:
    # The line break stands for the opening ---, so that errors name the lines of the file.
    quoted = _COLON.sub(_quoted, content)
    values, lines = parse_yaml("\n" + quoted, _NAME, InputError)
    if not isinstance(values, dict | None):
        raise InputError(
            "this is no list of facts",
            "write lines such as 'title: Le titre' between the --- lines",
            "put an empty line after the first --- if the text begins there",
            where=_NAME,
        )
    return values or {}, {key: line_of(lines, (key,)) for key in values or {}}


def _quoted(match: re.Match[str]) -> str:
    value = match["value"].replace("'", "''")
    return f"{match['key']}'{value}'{match['rest']}"


def _toml(content: str) -> _Found:
    try:
        values = tomllib.loads("\n" + content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error)
        raise InputError(f"{_NAME} is not valid TOML ({reason})", "mend it, or remove it") from None
    return values, {key: _line(content, rf"^{key}\s*=", 2) for key in values}


def _json(content: str) -> _Found | None:
    try:
        values = load_json(content)
    except ValueError:
        return None
    return values, {key: _line(content, re.escape(json.dumps(key)), 1) for key in values}


def _pandoc(content: str) -> _Found:
    parts = [" ".join(part.split()) for part in re.split(r"^%", content, flags=re.MULTILINE)[1:]]
    names = ("title", "author", "date")
    return dict(zip(names, parts, strict=False)), dict(zip(names, (1, 2, 3), strict=True))


def _line(content: str, pattern: str, first: int) -> int:
    found = re.search(pattern, content, re.MULTILINE)
    return first + (content.count("\n", 0, found.start()) if found else 0)


def _fact(key: str, values: Mapping[str, object], lines: Mapping[str, int]) -> str:
    name = next((each for each in _FACTS[key] if each in values), key)
    value = values.get(name, "")
    text = _words(value, listed=key in _LISTS)
    if text is None and key in _AROUND:
        return ""
    if text is None:
        raise InputError(f"{name} must be one line of text", where=f"{_NAME}:{lines[name]}")
    line = " ".join(clean(text)[0].split())
    return line[:10] if key == "date" and _DAY.match(line) else line


def _words(value: object, listed: bool) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return "" if value is None else str(value)
    if listed and isinstance(value, list):
        texts = [_words(each, listed) for each in value]
        return None if None in texts else ", ".join(text for text in texts if text)
    if listed and isinstance(value, dict):
        named = value.get("name", value.get("nom"))
        if isinstance(named, dict):  # Quarto: given and family
            return " ".join(str(named.get(part, "")) for part in ("given", "family")).strip()
        return named if isinstance(named, str) else None
    return None
