"""Lines of verse stay lines, in every form; lines of addresses, lists and prose are no verse."""

from __future__ import annotations

import pytest

from pipeline.documents import READERS
from pipeline.documents.target import EnglishBlock
from pipeline.documents.writing import rewritten
from pipeline.model import BlockKind
from tests.support.packages import docx, epub, odt, p

LINES = [
    "Sous le pont Mirabeau coule la Seine,",
    "Et nos amours, de jour en jour,",
    "Faut-il qu’il m’en souvienne.",
    "La joie venait toujours après la peine.",
]
PAGE = "<p>" + "<br/>".join(LINES) + "</p>"
WORD_BREAK = "<w:r><w:br/></w:r>"
SAMPLES = {
    ".txt": "\n".join(LINES).encode(),
    ".md": "\n".join(LINES).encode(),
    ".markdown": "  \n".join(LINES).encode(),
    ".html": PAGE.encode(),
    ".epub": epub(PAGE),
    ".docx": docx(p(*(each for line in LINES for each in (line, WORD_BREAK)))),
    ".odt": odt(f"<text:p>{'<text:line-break/>'.join(LINES)}</text:p>"),
}
STYLED: dict[str, bytes] = {
    ".html": "".join(
        ("<div class='poem'>", *(f"<p class='line'>{line.lower()}</p>" for line in LINES), "</div>")
    ).encode(),
    ".docx": docx(
        "".join(p(line.lower(), style="V") for line in LINES),
        '<w:style w:type="paragraph" w:styleId="V"><w:name w:val="Vers"/></w:style>',
    ),
    ".odt": odt(
        "".join(f'<text:p text:style-name="Verse">{line.lower()}</text:p>' for line in LINES),
        '<style:style style:name="Verse" style:family="paragraph"/>',
    ),
    ".md": "\n".join(f"| {line.lower()}" for line in LINES).encode(),
}


@pytest.mark.parametrize("suffix", SAMPLES)
def test_each_line_of_verse_is_a_block_and_comes_back_as_a_line(suffix: str) -> None:
    data = SAMPLES[suffix]
    blocks = READERS[suffix](data, "utf-8").blocks
    assert [(b.kind, b.level, b.text) for b in blocks] == [
        (BlockKind.VERSE, number, line) for number, line in enumerate(LINES, 1)
    ]
    english = [line.replace("la", "the").replace("jour", "day") for line in LINES]
    titles = [EnglishBlock(blocks[0], "T", front="title")] if suffix == ".epub" else []
    targets = [EnglishBlock(b, text) for b, text in zip(blocks, english, strict=True)]
    made = rewritten(f"a{suffix}", data, "utf-8", [*titles, *targets])
    assert [b.text for b in READERS[suffix](made, "utf-8").blocks] == english


@pytest.mark.parametrize("suffix", STYLED)
def test_what_its_author_calls_verse_is_verse(suffix: str) -> None:
    blocks = READERS[suffix](STYLED[suffix], "utf-8").blocks
    assert [(b.kind, b.level, b.text) for b in blocks] == [
        (BlockKind.VERSE, number, line.lower()) for number, line in enumerate(LINES, 1)
    ]


def test_a_bar_alone_parts_stanzas_and_is_kept() -> None:
    data = b"Ici.\n\n| le vent\n| la mer\n| \n| une voile\n|\n| le port\n\nFin.\n"
    blocks = READERS[".md"](data, "utf-8").blocks
    verse = [(block.text, block.level) for block in blocks if block.kind is BlockKind.VERSE]
    assert verse == [("le vent", 1), ("la mer", 2), ("une voile", 1), ("le port", 1)]
    made = rewritten("a.md", data, "utf-8", [EnglishBlock(b, b.text.upper()) for b in blocks])
    assert made.decode().replace("| \n", "|\n") == data.decode().upper().replace("| \n", "|\n")


@pytest.mark.parametrize(
    "lines",
    [
        ["Mairie de Port-Vaillant", "3, place du Marché", "76999 Port-Vaillant"],
        ["Anne Roy", "Paul Vial", "Jean Morel", "Lise Petit"],
        ["Le maire est parti.", "La gare a fermé hier.", "Le préfet est venu.", "Il pleut encore."],
        ["Le projet de la commune prévoit", "une école, un parc et", "des logements pour tous"],
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_lines_of_another_kind_are_no_verse(lines: list[str], suffix: str) -> None:
    text = "\n".join(lines) if suffix == ".txt" else f"<p>{'<br>'.join(lines)}</p>"
    kinds = {block.kind for block in READERS[suffix](text.encode(), "utf-8").blocks}
    assert BlockKind.VERSE not in kinds


def test_a_stanza_whose_lines_mostly_end_in_stops_is_verse_beside_others() -> None:
    others = (
        "Je marcherai sans rien entendre,\nSans rien voir autour de moi,\n"
        "Seul et le dos courbé,\nTriste comme la nuit."
    )
    stanza = (
        "Je pars à l'aube claire,\nJe sais que tu m'attends.\n"
        "J'irai par la forêt.\nJe ne puis demeurer."
    )
    plain = READERS[".txt"]
    both = plain(f"{stanza}\n\n{others}".encode(), "utf-8").blocks
    assert [block.kind for block in both] == [BlockKind.VERSE] * 8
    alone = plain(stanza.encode(), "utf-8").blocks
    assert [block.text for block in alone] == stanza.split("\n")
