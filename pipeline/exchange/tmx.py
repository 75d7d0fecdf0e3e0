"""An ``EditionContent`` in; a translation memory, TMX 1.4b, out: one unit a segment."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from pipeline.exchange.xml import XML, indent_around, to_bytes, xml_text
from pipeline.model import EditionContent, Origin

# What a unit's property calls the origin of its English.
_ORIGINS = {Origin.ENGINE: "mt", Origin.PERSON: "person", Origin.COPIED: "copied"}
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


def _property(parent: Element, name: str, value: str) -> None:
    SubElement(parent, "prop", type=name).text = xml_text(value)
