"""The showcase text, ``examples/vitrine.txt``, in; the content of its edition out.

It was written in both languages for this project, not translated by a model. A sentence is a line
of French and a line of English that starts with "= "; an empty line ends a block.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model import BlockKind, EditionContent, EngineCard, EntryKind, Severity
from tests.support.paths import ROOT
from tests.support.render_sample import Plan, make_content

FILE = ROOT / "examples" / "vitrine.txt"
_MARK = re.compile(r"(#{1,6}|>|-|\d+\.) ")


def showcase() -> EditionContent:
    """Return the showcase with a glossary and findings, so that every part of an edition shows."""
    plans = [_block(block) for block in FILE.read_text(encoding="utf-8").strip().split("\n\n")]
    french = [source for *_, pairs in plans for source, _ in pairs]

    def place(words: str) -> int:
        return next(number for number, sentence in enumerate(french) if words in sentence)

    content = make_content(
        plans,
        terms=[
            ("Saint-Aubert", "Saint-Aubert", EntryKind.KEEP, ""),
            ("conseil régional", "regional council", EntryKind.TERM, "Lower case in English."),
            ("Union européenne", "European Union", EntryKind.NAME, ""),
            ("bac", "ferry", EntryKind.TERM, "Never “tank” here."),
            ("procès-verbal", "official record", EntryKind.TERM, ""),
        ],
        findings=[
            (place("onze piétons"), Severity.POLISH, "punctuation", "A colon in both; well"),
            (place("86,5"), Severity.LOOK, "numbers", "Check the figure: 86,5 and 86.5"),
            (place("procès-verbal"), Severity.LOOK, "terms", "“procès-verbal” is not as asked"),
        ],
        author="Maëlle Corvec",
        date="2031-11-30",
    )
    engine = EngineCard("none", "a demonstration: written by hand", "", "Apache-2.0", "none")
    provenance = replace(content.provenance, engine=engine, input_name=FILE.name)
    return doubted(replace(content, provenance=provenance), "bonne", "kind")


def doubted(content: EditionContent, french: str, english: str) -> EditionContent:
    """Return the content with a word of the French lost where it first is, and one suspicious."""
    place = next(n for n, each in enumerate(content.segments) if french in each.source)
    segment, text = content.segments[place], content.translations[place].text
    lost, weak = segment.source.index(french), text.index(english)
    ranks = tuple(
        replace(
            each,
            lost_words=((lost, lost + len(french)),),
            weak_words=((weak, weak + len(english)),),
        )
        if each.segment_id == segment.id
        else each
        for each in content.ranks
    )
    return replace(content, ranks=ranks)


def _block(text: str) -> Plan:
    kind, level, marker = BlockKind.PARAGRAPH, 0, ""
    pairs = []
    lines = text.splitlines()
    for french, english in zip(lines[::2], lines[1::2], strict=True):
        mark = _MARK.match(french)
        sign = mark[1] if mark else ""
        if sign.startswith("#"):
            kind, level = BlockKind.HEADING, len(sign)
        elif sign == ">":
            kind, level = BlockKind.QUOTE, 1
        elif sign:
            kind, level, marker = BlockKind.LIST_ITEM, 1, sign
        pairs.append((french.removeprefix(sign).strip(), english.removeprefix("= ")))
    return kind, level, marker, pairs
