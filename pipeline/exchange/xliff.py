"""An ``EditionContent`` in; a file for translation tools, XLIFF 2.1 or 1.2, out. And back.

Both carry how far a person is with each sentence, and mark those that a person wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from pipeline.errors import InputError
from pipeline.exchange.returned import Returned
from pipeline.exchange.xml import (
    XML,
    below,
    children,
    first_text,
    from_bytes,
    local,
    to_bytes,
    xml_text,
)
from pipeline.model import (
    Block,
    BlockKind,
    EditionContent,
    Finding,
    Origin,
    Segment,
    SentenceState,
    Translation,
)

if TYPE_CHECKING:
    from pipeline.exchange.xml import XmlElement

# The namespace of XLIFF 2.1 is that of 2.0.
_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_NAMESPACE_12 = "urn:oasis:names:tc:xliff:document:1.2"
# What the two versions call how far a person is with a sentence; what is open is a machine's work.
_STATES = {
    SentenceState.OPEN: "translated",
    SentenceState.READ: "reviewed",
    SentenceState.SIGNED_OFF: "final",
}
_STATES_12 = {
    SentenceState.OPEN: "needs-review-translation",
    SentenceState.READ: "signed-off",
    SentenceState.SIGNED_OFF: "final",
}
_ORIGINS = {
    Origin.ENGINE: "machine",
    Origin.PERSON: "person",
    Origin.MEMORY: "memory",
    Origin.COPIED: "copied",
}
_QUALIFIERS_12 = {Origin.ENGINE: "leveraged-mt"}
_PROVENANCE = "provenance"
_OURS = "enregard"
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
    SubElement(notes, "note", category=_PROVENANCE).text = _provenance(content)
    states = {each.segment_id: each.state for each in content.reviewed}
    segments: dict[int, list[tuple[Segment, Translation]]] = defaultdict(list)
    for segment, translation in zip(content.segments, content.translations, strict=True):
        segments[segment.block].append((segment, translation))
    findings = _by_segment(content.findings)
    for block in content.document.blocks:
        # A unit needs a segment, and a block of white space has none.
        if pairs := segments[block.index]:
            _add_unit(file, block, pairs, findings, states)
    return to_bytes(root)


def xliff12(content: EditionContent) -> bytes:
    """Return a text as XLIFF 1.2, for tools that read no later one: a unit a segment."""
    root = Element("xliff", {"xmlns": _NAMESPACE_12, "version": "1.2"})
    file = SubElement(
        root,
        "file",
        {
            "original": xml_text(content.provenance.input_name),
            "source-language": content.document.language,
            "target-language": "en",
            "datatype": "plaintext",
        },
    )
    SubElement(SubElement(file, "header"), "note", {"from": _OURS}).text = _provenance(content)
    body = SubElement(file, "body")
    states = {each.segment_id: each.state for each in content.reviewed}
    findings = _by_segment(content.findings)
    groups: dict[int, Element] = {}
    kinds = {block.index: block.kind for block in content.document.blocks}
    for segment, translation in zip(content.segments, content.translations, strict=True):
        if segment.block not in groups:
            groups[segment.block] = SubElement(body, "group", id=f"b{segment.block:04}")
        state = states.get(segment.id, SentenceState.OPEN)
        unit = SubElement(
            groups[segment.block],
            "trans-unit",
            {
                "id": segment.id,
                "approved": "yes" if state is SentenceState.SIGNED_OFF else "no",
                f"{XML}space": "preserve",
            },
        )
        if kinds[segment.block] is BlockKind.CODE:
            unit.set("translate", "no")
        SubElement(unit, "source").text = xml_text(segment.source)
        target = SubElement(unit, "target", {"state": _STATES_12[state]})
        if translation.origin is Origin.PERSON and state is SentenceState.OPEN:
            target.set("state", "translated")
        if qualifier := _QUALIFIERS_12.get(translation.origin):
            target.set("state-qualifier", qualifier)
        target.text = xml_text(translation.text)
        for finding in findings[segment.id]:
            note = f"{finding.severity}: {finding.message}"
            SubElement(unit, "note", {"from": _OURS}).text = xml_text(note)
    return to_bytes(root)


def read_xliff(data: bytes, name: str) -> list[Returned]:
    """Read XLIFF 1.2 or 2 that a tool has edited; raises InputError where it is none, or unsafe.

    Inline elements count with the text in them. What is ours among the notes is left out.
    """
    root = from_bytes(data, name, InputError)
    if local(root) != "xliff":
        raise InputError(
            f"this is XML, but not XLIFF (its root is {local(root)[:40]})",
            "save it again in the program it was written with",
            where=name,
        )
    if root.get("version", "").startswith("1"):
        return [_unit12(unit) for unit in below(root, "trans-unit")]
    return [each for unit in below(root, "unit") for each in _unit2(unit)]


def _unit12(unit: XmlElement) -> Returned:
    states = {value: state for state, value in _STATES_12.items()}
    states |= {"signed-off": SentenceState.READ}
    target = next(children(unit, "target"), None)
    state = states.get(target.get("state", ""), SentenceState.OPEN) if target is not None else None
    notes = [
        "".join(note.itertext()).strip()
        for note in children(unit, "note")
        if note.get("from") != _OURS
    ]
    return Returned(
        unit.get("id", ""),
        first_text(unit, "source"),
        first_text(unit, "target"),
        tuple(filter(None, notes)),
        state=state or SentenceState.OPEN,
    )


def _unit2(unit: XmlElement) -> Iterator[Returned]:
    states = {value: state for state, value in _STATES.items()}
    segments = list(children(unit, "segment"))
    ids = [segment.get("id") or unit.get("id", "") for segment in segments]
    notes = [
        "".join(note.itertext()).strip()
        for holder in children(unit, "notes")
        for note in children(holder, "note")
        if note.get("category", "").partition(":")[0] != _OURS
    ]
    for number, (segment, name) in enumerate(zip(segments, ids, strict=True)):
        yield Returned(
            name,
            first_text(segment, "source"),
            first_text(segment, "target"),
            # A note belongs to the unit; a comment is shown with its first sentence.
            tuple(filter(None, notes)) if number == 0 else (),
            state=states.get(segment.get("state", ""), SentenceState.OPEN),
        )


def _by_segment(findings: Iterable[Finding]) -> defaultdict[str, list[Finding]]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.segment_id].append(finding)
    return found


def _provenance(content: EditionContent) -> str:
    return xml_text(
        f"Machine translation by {content.provenance.engine.title}; source SHA-256 "
        f"{content.provenance.input_sha256}; Enregard {content.provenance.program_version}."
    )


def _add_unit(
    file: Element,
    block: Block,
    pairs: list[tuple[Segment, Translation]],
    findings: dict[str, list[Finding]],
    states: Mapping[str, SentenceState],
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
                category=f"{_OURS}:{xml_text(finding.check)}",
                priority=_PRIORITY[finding.severity],
            ).text = xml_text(f"{finding.segment_id}: {finding.message}")
    end = 0
    for segment, translation in pairs:
        _add_gap(unit, block.text[end : segment.start])
        state = _STATES[states.get(segment.id, SentenceState.OPEN)]
        origin = f"{_OURS}:{_ORIGINS[translation.origin]}"
        part = SubElement(unit, "segment", id=segment.id, state=state, subState=origin)
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
