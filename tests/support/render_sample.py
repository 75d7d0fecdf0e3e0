"""Blocks as (kind, level, marker, pairs of French and English sentences) in; a content out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import (
    Block,
    BlockKind,
    Document,
    EditionContent,
    EngineCard,
    Entry,
    EntryKind,
    Finding,
    Metric,
    Occurrence,
    OccurrenceStatus,
    Provenance,
    Segment,
    Severity,
    Translation,
)
from pipeline.stages.score.ranking import rank

Pairs = Sequence[tuple[str, str]]
Plan = tuple[BlockKind, int, str, Pairs]

H, P, LI, Q, CODE = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.QUOTE,
    BlockKind.CODE,
)

ENGINE = EngineCard(
    name="embedded",
    title="Enregard embedded French–English model",
    version="1",
    licence="CC-BY 4.0",
    fingerprint="embedded-1-" + "5e" * 16,
)


def make_content(
    plans: Sequence[Plan],
    title: str = "",
    target_title: str = "",
    terms: Sequence[tuple[str, str, EntryKind, str]] = (),
    findings: Sequence[tuple[int, Severity, str, str]] = (),
    metrics: Sequence[Metric] = (),
    author: str = "",
    date: str = "",
) -> EditionContent:
    """Return a content; a finding names the place of its segment.

    A term (source, target, kind, note) occurs wherever its source stands in a French sentence, and
    is rendered where its target stands in the English one.
    """
    blocks, segments, translations = [], [], []
    for index, (kind, level, marker, pairs) in enumerate(plans):
        text = " ".join(french for french, _ in pairs)
        blocks.append(Block(index, kind, text, level, marker))
        start = 0
        for order, (french, english) in enumerate(pairs):
            name = f"b{index:04}.s{order + 1:02}"
            segments.append(Segment(name, index, start, start + len(french), french))
            translations.append(Translation(name, english, -0.3, True, ENGINE.fingerprint))
            start += len(french) + 1
    entries = tuple(
        Entry(f"e{place}", source, target, kind, note=note)
        for place, (source, target, kind, note) in enumerate(terms)
    )
    document = Document(
        sha256="a1" * 32,
        title=title or blocks[0].text,
        blocks=tuple(blocks),
        author=author,
        date=date,
    )
    content = EditionContent(
        document=document,
        target_title=target_title or (translations[0].text if translations else "Untitled"),
        segments=tuple(segments),
        translations=tuple(translations),
        entries=entries,
        occurrences=tuple(
            occurrence
            for segment, translation in zip(segments, translations, strict=True)
            for entry in entries
            for occurrence in _occurrences(segment, translation, entry)
        ),
        findings=tuple(
            Finding(check, severity, segments[place].id, message)
            for place, severity, check, message in findings
        ),
        metrics=tuple(metrics),
        provenance=Provenance(
            input_name="article.txt",
            input_sha256="a1" * 32,
            engine=ENGINE,
            glossary_names=("diplomacy.yaml",) if terms else (),
            glossary_sha256="b2" * 32,
            config_sha256="c3" * 32,
            program_version="0.1.0",
        ),
    )
    return ranked(content)


def ranked(content: EditionContent) -> EditionContent:
    """Return the content with its segments in the order of risk."""
    sources = {segment.id: segment.source for segment in content.segments}
    return replace(content, ranks=rank(sources, content.translations, content.findings))


def _occurrences(segment: Segment, translation: Translation, entry: Entry) -> list[Occurrence]:
    start = segment.source.find(entry.source)
    if start < 0:
        return []
    there = translation.text.find(entry.target)
    occurrence = Occurrence(
        segment.id,
        entry.id,
        start,
        start + len(entry.source),
        entry.source,
        OccurrenceStatus.MISSING,
        reason="no hypothesis renders it",
    )
    if there >= 0:
        occurrence = replace(
            occurrence,
            status=OccurrenceStatus.PRESENT,
            rendering=entry.target,
            target_start=there,
            target_end=there + len(entry.target),
            method="hint",
            reason="",
        )
    return [occurrence]


_CODE = "\n  si (a < b) { « x » : y ; }\n"

_LONG: Pairs = [
    (
        f"Au point {number}, le rapporteur rappelle que l'État n'a pas répondu : « Où en est la "
        "dépense ? » demande-t-il ; la question restera posée jusqu'au prochain conseil.",
        f'Under item {number}, the rapporteur recalls that the State has not answered: "Where '
        'does the spending stand?" he asks; the question will stay open until the next council.',
    )
    for number in range(1, 41)
]

SAMPLE = make_content(
    [
        (H, 1, "", [("Le conseil des ministres reporte sa décision", "Council delays decision")]),
        (
            P,
            0,
            "",
            [
                (
                    "Le ministère des Armées a publié, à 14:30, un avis de 1 200 pages : «Enfin!»",
                    'The Ministry of the Armed Forces published a 1,200-page notice: "At last!"',
                ),
                ("L'Élysée se tait.", "The Élysée says nothing."),
            ],
        ),
        (LI, 1, "-", [("Un premier point ;", "A first point;")]),
        (LI, 1, "-", [("un second point.", "a second point.")]),
        (LI, 2, "3.", [("Et un troisième.", "And a third.")]),
        (H, 3, "", [("Ce que dit le texte", "What the text says")]),
        (Q, 1, "", [("Rien n'est décidé.", "Nothing is decided.")]),
        (CODE, 0, "", [(_CODE, _CODE)]),
        (
            P,
            0,
            "",
            [
                (
                    "Un texte hostile : <script>alert(1)</script> & </style> {{ titre }} {% x %}.",
                    '<img src="http://example.org/x.png"> & </script> {{ x }} <!-- " \' >.',
                ),
                ("Marques \u202edroite à gauche\u202c.", "Bidi \u2066marks\u2069."),
            ],
        ),
        (P, 0, "", _LONG),
        (H, 2, "", [("Conclusion", "Conclusion")]),
        (P, 0, "", [("Le nom 北京 et Київ, Αθήνα.", "The name 北京 and Київ, Αθήνα.")]),
    ],
    terms=[
        (
            "ministère des Armées",
            "Ministry of the Armed Forces",
            EntryKind.NAME,
            "Never MoD <sic>.",
        ),
        ("Élysée", "Élysée", EntryKind.KEEP, ""),
        ("conseil des ministres", "Council of Ministers", EntryKind.TERM, ""),
    ],
    findings=[
        (0, Severity.LOOK, "glossary.missing", "'conseil des ministres' is not rendered"),
        (1, Severity.POLISH, "length.long", "The English is long & <b>loud</b>"),
        (2, Severity.BLOCK, "unfinished", "The engine did not finish"),
        (1, Severity.LOOK, "numbers.changed", "1 200 became 1,200"),
    ],
    metrics=[
        Metric(
            "BLEU", 31.4, "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0", 31.5, 1.9
        )
    ],
    author="Claire Ménard",
    date="2026-03-14",
)
