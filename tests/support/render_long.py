"""A number of words in; a made-up bilingual text of that length, always the same, out.

It has the lengths and the headings of long reports; half the rows hold a glossary term, one
sentence in twenty has a finding, and here and there a side is far shorter than the other, or empty.
"""

from __future__ import annotations

import random

from pipeline.model import BlockKind, EditionContent, EntryKind, Severity
from tests.support.render_sample import make_content

FRENCH = (
    "le la les un une des conseil ministres gouvernement rapport décision commission politique "
    "européenne sécurité mardi dernier pays région accord projet loi budget population habitants "
    "qui que dont pour avec dans sur par selon après avant pendant contre sans afin cependant "
    "développement international organisation représentants responsabilité négociations "
    "a annoncé estime souligne demande refuse propose rappelle craint espère soutient prépare"
).split()
ENGLISH = (
    "the a of to in council ministers government report decision commission policy European "
    "security Tuesday last country region agreement project law budget population inhabitants "
    "who which whose for with on by according after before during against without however "
    "development international organisation representatives responsibility negotiations "
    "has announced believes stresses demands refuses proposes recalls fears hopes supports"
).split()


def long_text(words: int) -> EditionContent:
    """Return a bilingual text of about ``words`` French words, the same for the same number."""
    chance = random.Random(words)
    plans: list[tuple[BlockKind, int, str, list[tuple[str, str]]]] = [
        (BlockKind.HEADING, 1, "", [("Rapport annuel", "Annual report")])
    ]
    made = sentences = 0
    findings = []
    while made < words:
        kind, level, marker, count = BlockKind.PARAGRAPH, 0, "", chance.choice((1, 2, 3, 4, 6, 9))
        roll = chance.random()
        if roll < 0.06:
            kind, level, count = BlockKind.HEADING, chance.choice((2, 2, 3)), 1
        elif roll < 0.16:
            kind, level, marker, count = BlockKind.LIST_ITEM, 1, "-", 1
        elif roll < 0.2:
            kind, level = BlockKind.QUOTE, 1
        elif roll < 0.215:
            count = 40
        pairs = []
        for _ in range(count):
            length = 6 if kind is BlockKind.HEADING else chance.randint(6, 32)
            pairs.append(
                (
                    _sentence(chance, FRENCH, length, kind),
                    _sentence(chance, ENGLISH, max(3, round(length * 0.9)), kind),
                )
            )
            made += length
            sentences += 1
            if chance.random() < 0.05:
                findings.append((sentences, Severity.LOOK, "length", "The English is short"))
        if chance.random() < 0.03:
            pairs = [
                (french, english if place < 1 else "Cut.")
                for place, (french, english) in enumerate(pairs)
            ]
        plans.append((kind, level, marker, pairs))
    return make_content(
        plans,
        terms=[
            ("commission", "commission", EntryKind.TERM, ""),
            ("accord", "agreement", EntryKind.TERM, ""),
        ],
        findings=findings,
    )


def _sentence(chance: random.Random, words: list[str], length: int, kind: BlockKind) -> str:
    text = " ".join(chance.choice(words) for _ in range(length)).capitalize()
    return text if kind is BlockKind.HEADING else text + "."
