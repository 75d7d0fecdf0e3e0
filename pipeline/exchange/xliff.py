"""An ``EditionContent`` in; a bilingual file for translation tools, XLIFF 2.1, out."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element, SubElement

from pipeline.exchange.xml import XML, to_bytes, xml_text
from pipeline.model import Block, BlockKind, EditionContent, Finding, Segment, Translation

# The namespace of XLIFF 2.1 is that of 2.0.
_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_PRIORITY = {"block": "1", "look": "4", "polish": "8"}


def xliff(content: EditionContent) -> bytes:
    """Return a text as XLIFF: a unit a block, a segment a sentence, findings as notes.

    Follows the OASIS standard, version 2.1. White space between sentences is "ignorable", so that a
    unit's content is its block, character for character.
    """
    root = Element(
        "xliff",
        {
            "xmlns": _NAMESPACE,
            "version": "2.1",
            "srcLang": content.document.language,
            "trgLang": "en",
        },
    )
    file = SubElement(root, "file", id="f1", original=xml_text(content.provenance.input_name))
    notes = SubElement(file, "notes")
    SubElement(notes, "note", category="provenance").text = xml_text(
        f"Machine translation by {content.provenance.engine.title}; source SHA-256 "
        f"{content.provenance.input_sha256}; Enregard {content.provenance.program_version}."
    )
    segments: dict[int, list[tuple[Segment, Translation]]] = defaultdict(list)
    for segment, translation in zip(content.segments, content.translations, strict=True):
        segments[segment.block].append((segment, translation))
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in content.findings:
        findings[finding.segment_id].append(finding)
    for block in content.document.blocks:
        # A unit needs a segment, and a block of white space has none.
        if pairs := segments[block.index]:
            _add_unit(file, block, pairs, findings)
    return to_bytes(root)


def _add_unit(
    file: Element,
    block: Block,
    pairs: list[tuple[Segment, Translation]],
    findings: dict[str, list[Finding]],
) -> None:
    unit = SubElement(file, "unit", {"id": f"b{block.index:04}", "type": f"enregard:{block.kind}"})
    if block.kind is BlockKind.CODE:
        unit.set("translate", "no")
    found = [finding for segment, _ in pairs for finding in findings[segment.id]]
    if found:
        notes = SubElement(unit, "notes")
        for finding in found:
            SubElement(
                notes,
                "note",
                category=xml_text(finding.check),
                priority=_PRIORITY[finding.severity],
            ).text = xml_text(f"{finding.segment_id}: {finding.message}")
    end = 0
    for segment, translation in pairs:
        _add_gap(unit, block.text[end : segment.start])
        part = SubElement(unit, "segment", id=segment.id, state="translated")
        _add_text(part, "source", segment.source)
        _add_text(part, "target", translation.text)
        end = segment.end
    _add_gap(unit, block.text[end:])


def _add_gap(unit: Element, gap: str) -> None:
    if gap:
        ignorable = SubElement(unit, "ignorable")
        _add_text(ignorable, "source", gap)
        _add_text(ignorable, "target", gap)


def _add_text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name, {f"{XML}space": "preserve"}).text = xml_text(text)
