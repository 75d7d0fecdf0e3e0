"""TBX (ISO 30042), the exchange format of termbases: text in, data out; entries in, text out.

Written as TBX-Basic of 2019, style DCA. Read from it, from style DCT and from TBX of 2008 (martif).
A concept is an entry: its preferred or first French term is the source, the other French terms are
variants; its preferred or first English term is the target, deprecated and superseded terms are
forbidden, the others alternatives. A proper noun is a name. The subsets of projects and customers
are the scope. What TBX has no word for (kind keep, the case rule) is a note of the French term.

The file may be hostile: no entity is resolved, no other file or address is opened, and a document
that declares entities is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

from pipeline.errors import GlossaryError
from pipeline.exchange.xml import (
    XML,
    below,
    children,
    from_bytes,
    indent_around,
    local,
    to_bytes,
)
from pipeline.glossary.formats.text import GlossaryText
from pipeline.model import SOURCE_LANGUAGE, TARGET_LANGUAGE, CaseRule, Entry, EntryKind
from pipeline.yamlfile import Lines

if TYPE_CHECKING:
    from pipeline.exchange.xml import XmlElement

_NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"
_LANG: Final = f"{XML}lang"
_PREFERRED, _ADMITTED, _DEPRECATED = (
    f"{status}Term-admn-sts" for status in ("preferred", "admitted", "deprecated")
)
_WRONG: Final = ("deprecated", "superseded", "obsolete", "notRecommended")
_SCOPES: Final = ("projectSubset", "customerSubset")
_SETTING: Final = re.compile(r"(kind): (keep)|(case): (exact|ignore)")


def parse(text: str, name: str) -> tuple[object, Lines]:
    """Parse TBX; concepts without a French and an English term are passed over.

    Raises GlossaryError where it is not XML, not TBX, declares entities or holds no such concept.
    """
    root = _root(text, name)
    entries: list[dict[str, object]] = []
    lines: Lines = {}
    for concept in below(root, "conceptEntry", "termEntry"):
        entry = _entry(concept)
        if entry:
            lines["entries", len(entries)] = concept.sourceline or 1
            entries.append(entry)
    if not entries and next(below(root, "conceptEntry", "termEntry"), None) is not None:
        raise GlossaryError(
            "no concept has both a French and an English term", "add them", where=name
        )
    title = next((" ".join(_words(one)) for one in below(root, "title")), "") or "Glossary"
    data: dict[str, object] = {"name": title, "entries": entries}
    described = next((" ".join(_words(one)) for one in below(root, "sourceDesc")), "")
    if described:
        data["description"] = described
    return data, lines


def write(text: GlossaryText) -> str:
    """Write a glossary as TBX-Basic."""
    root = Element("tbx", {"style": "dca", "type": "TBX-Basic", "xml:lang": TARGET_LANGUAGE})
    root.set("xmlns", _NAMESPACE)
    about = SubElement(SubElement(root, "tbxHeader"), "fileDesc")
    SubElement(SubElement(about, "titleStmt"), "title").text = text.name
    SubElement(SubElement(about, "sourceDesc"), "p").text = text.description
    body = SubElement(SubElement(root, "text"), "body")
    for number, entry in enumerate(text.entries, 1):
        _write_concept(SubElement(body, "conceptEntry", {"id": f"c{number}"}), entry)
    indent_around(root, "term", "  ")
    return to_bytes(root).decode()


def _root(text: str, name: str) -> XmlElement:
    root = from_bytes(text.encode(), name, GlossaryError)
    if local(root) not in ("tbx", "martif"):
        raise GlossaryError(
            f"this is XML, but not TBX (its root is {local(root)[:40]})",
            "save it again in the program it was written with",
            where=f"{name}:1",
        )
    return root


def _words(element: XmlElement) -> list[str]:
    return "".join(element.itertext()).split()


def _entry(concept: XmlElement) -> dict[str, object]:
    """The entry that a concept says; {} where it lacks a language."""
    french, english = _terms(concept, SOURCE_LANGUAGE), _terms(concept, TARGET_LANGUAGE)
    good = [term for term in english if not term.status.startswith(_WRONG)]
    if not french or not good:
        return {}
    source, target = _preferred(french), _preferred(good)
    settings = dict(note.split(": ") for note in source.notes if _SETTING.fullmatch(note))
    entry: dict[str, object] = {
        "source": source.text,
        "target": "" if "kind" in settings else target.text,
        "kind": EntryKind.NAME.value if source.is_name else "",
        "variants": [term.text for term in french if term is not source],
        "alternatives": [term.text for term in good if term is not target],
        "forbidden": [term.text for term in english if term not in good],
        "note": " ".join(_notes(concept, source)),
        "scope": ", ".join(filter(None, (_typed(concept, one) for one in _SCOPES))),
        **settings,
    }
    return {key: value for key, value in entry.items() if value}


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    text: str
    status: str
    is_name: bool
    notes: tuple[str, ...]


def _terms(concept: XmlElement, language: str) -> list[_Term]:
    """The terms of a concept in a language, in order, each once."""
    terms: dict[str, _Term] = {}
    for section in children(concept, "langSec", "langSet"):
        tag = section.get(_LANG) or section.get("lang") or ""
        if re.split("[-_]", tag.lower())[0] == language:
            for part in children(section, "termSec", "tig", "ntig"):
                words = next((" ".join(_words(one)) for one in below(part, "term")), "")
                if words:
                    terms.setdefault(words, _term(words, part))
    return list(terms.values())


def _term(words: str, part: XmlElement) -> _Term:
    notes = tuple(" ".join(_words(one)) for one in children(part, "note"))
    status = _typed(part, "administrativeStatus") or _typed(part, "normativeAuthorization")
    return _Term(words, status, _typed(part, "partOfSpeech") == "properNoun", notes)


def _typed(element: XmlElement, category: str) -> str:
    """The text of a data category: ``<x type="category">`` (DCA) or ``<category>`` (DCT)."""
    for group in (element, *element):
        for one in group:
            if one.get("type") == category or local(one) == category:
                return " ".join(_words(one))
    return ""


def _preferred(terms: list[_Term]) -> _Term:
    return next((term for term in terms if term.status.startswith("preferred")), terms[0])


def _notes(concept: XmlElement, source: _Term) -> list[str]:
    """The notes of a concept and of its source, and the subject field, which has no other place."""
    subject = _typed(concept, "subjectField")
    return [
        *(" ".join(_words(one)) for one in children(concept, "note")),
        *(note for note in source.notes if not _SETTING.fullmatch(note)),
        *([f"subject: {subject}"] if subject else []),
    ]


def _write_concept(concept: Element, entry: Entry) -> None:
    """Write the entry as a concept; the order of the parts is that of the standard."""
    if entry.scope:
        SubElement(concept, "admin", {"type": "projectSubset"}).text = entry.scope
    if entry.note:
        SubElement(concept, "note").text = entry.note
    french = SubElement(concept, "langSec", {"xml:lang": SOURCE_LANGUAGE})
    source = _write_term(french, entry.source, _PREFERRED)
    if entry.kind is EntryKind.NAME:
        SubElement(source, "termNote", {"type": "partOfSpeech"}).text = "properNoun"
    if entry.kind is EntryKind.KEEP:
        SubElement(source, "note").text = "kind: keep"
    elif entry.case is not CaseRule.SMART:
        SubElement(source, "note").text = f"case: {entry.case.value}"
    for variant in entry.variants:
        _write_term(french, variant, _ADMITTED)
    english = SubElement(concept, "langSec", {"xml:lang": TARGET_LANGUAGE})
    _write_term(english, entry.target, _PREFERRED)
    for alternative in entry.alternatives:
        _write_term(english, alternative, _ADMITTED)
    for wrong in entry.forbidden:
        _write_term(english, wrong, _DEPRECATED)


def _write_term(section: Element, words: str, status: str) -> Element:
    part = SubElement(section, "termSec")
    SubElement(part, "term").text = words
    SubElement(part, "termNote", {"type": "administrativeStatus"}).text = status
    return part
