"""An ``EditionContent`` in; a translation memory, TMX 1.4b, out: one unit a segment. And back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline import __version__
from pipeline.errors import InputError
from pipeline.exchange.returned import Returned
from pipeline.exchange.xml import (
    XML,
    children,
    indent_around,
    local,
    stream_elements,
    to_bytes,
    xml_text,
)
from pipeline.model import SOURCE_LANGUAGE, TARGET_LANGUAGE, EditionContent, Origin

if TYPE_CHECKING:
    from pipeline.exchange.xml import XmlElement

# What a unit's property calls the origin of its English.
_ORIGINS = {
    Origin.ENGINE: "mt",
    Origin.PERSON: "person",
    Origin.MEMORY: "memory",
    Origin.COPIED: "copied",
}
_DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'


def tmx(content: EditionContent) -> bytes:
    """Return the translation memory of a text, each segment with its id and its origin.

    Follows LISA OSCAR's TMX 1.4b. That a unit is a machine's is said in its properties, so that a
    memory which mixes it with people's work can tell.
    """
    provenance = content.provenance
    root = Element("tmx", version="1.4")
    header = SubElement(
        root,
        "header",
        {
            "creationtool": "Enregard",
            "creationtoolversion": provenance.program_version,
            "segtype": "sentence",
            "o-tmf": "Enregard",
            "adminlang": "en",
            "srclang": content.document.language,
            "datatype": "plaintext",
        },
    )
    if provenance.created:
        header.set("creationdate", re.sub("[-:]", "", provenance.created))
    for name, value in (
        ("x-title", content.document.title),
        ("x-source", provenance.input_name),
        ("x-source-sha256", provenance.input_sha256),
        ("x-engine", provenance.engine.title),
        ("x-engine-fingerprint", provenance.engine.fingerprint),
    ):
        _property(header, name, value)
    body = SubElement(root, "body")
    for segment, translation in zip(content.segments, content.translations, strict=True):
        unit = SubElement(body, "tu", tuid=segment.id)
        _property(unit, "x-origin", _ORIGINS[translation.origin])
        for language, text in (
            (content.document.language, segment.source),
            ("en", translation.text),
        ):
            variant = SubElement(unit, "tuv", {f"{XML}lang": language})
            SubElement(variant, "seg").text = xml_text(text)
    indent_around(root, "seg")
    return to_bytes(root, _DOCTYPE)


# Where the units of a memory are put.
_BODY = "…"

# Native code of a tool: what stands in these is no text, what comes after them is.
_CODES = frozenset(["bpt", "ept", "ph", "it", "ut"])


def memory_tmx(pairs: Iterable[tuple[str, str, str, str]]) -> Iterator[bytes]:
    """Give a memory of any length piece by piece: French, English, by whom, and how it came in."""
    about = {
        "creationtool": "Enregard",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "Enregard",
        "adminlang": "en",
        "srclang": SOURCE_LANGUAGE,
        "datatype": "plaintext",
    }
    root = Element("tmx", version="1.4")
    SubElement(root, "header", about)
    SubElement(root, "body").text = _BODY
    head, _, tail = to_bytes(root, _DOCTYPE).partition(_BODY.encode())
    yield head + b"\n"
    for source, target, author, origin in pairs:
        unit = Element("tu")
        _property(unit, "x-origin", origin)
        french = SubElement(unit, "tuv", {f"{XML}lang": SOURCE_LANGUAGE})
        SubElement(french, "seg").text = xml_text(source)
        english = SubElement(unit, "tuv", {f"{XML}lang": TARGET_LANGUAGE})
        if author:
            english.set("changeid", xml_text(author))
        SubElement(english, "seg").text = xml_text(target)
        yield tostring(unit, encoding="unicode").encode() + b"\n"
    yield tail


def read_tmx(stream: IO[bytes], name: str) -> Iterator[Returned]:
    """Read the French-English units of a TMX file one by one, however long it is.

    Languages count without their regions (fr-CA, EN-GB); of several variants of a unit in one
    language the first. Raises InputError where it is not TMX, declares entities, or breaks off.
    """
    for element in stream_elements(stream, name, InputError, "tmx", "tu"):
        if (unit := _unit(element)) is not None:
            yield unit


def _unit(unit: XmlElement) -> Returned | None:
    texts: dict[str, tuple[str, str]] = {}
    for variant in children(unit, "tuv"):
        named = variant.get(f"{XML}lang") or variant.get("lang") or ""
        language = re.split("[-_]", named.casefold())[0]
        author = variant.get("changeid") or variant.get("creationid") or ""
        for segment in children(variant, "seg"):
            texts.setdefault(language, (_plain(segment), author))
    if SOURCE_LANGUAGE not in texts or TARGET_LANGUAGE not in texts:
        return None
    (source, _), (target, author) = texts[SOURCE_LANGUAGE], texts[TARGET_LANGUAGE]
    notes = ["".join(note.itertext()).strip() for note in children(unit, "note")]
    by = author or unit.get("changeid") or unit.get("creationid") or ""
    return Returned(unit.get("tuid", ""), source, target, tuple(filter(None, notes)), by)


def _plain(element: XmlElement) -> str:
    """Give the text of a segment without the native code of the tool that made it."""
    pieces = [element.text or ""]
    for child in element:
        if local(child) not in _CODES:
            pieces.append(_plain(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _property(parent: Element, name: str, value: str) -> None:
    SubElement(parent, "prop", type=name).text = xml_text(value)
