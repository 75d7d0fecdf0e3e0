"""Plain text and Markdown become blocks that keep every word, with their kinds and a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.model import BlockKind, Document
from pipeline.stages.read import read

LIMIT = 1_000


def document(text: str, name: str = "note.txt") -> Document:
    return read(text.encode(), name, "utf-8", LIMIT)


def shape(text: str, name: str = "note.txt") -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in document(text, name).blocks]


LONG = (
    "Le conseil a siégé toute la journée, et personne n’a voulu dire ce qui s’y était décidé hier."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un.\n\nDeux.", ["Un.", "Deux."]),
        ("Une phrase.\nUne autre.", ["Une phrase.", "Une autre."]),
        (f"{LONG} {LONG}\n{LONG} {LONG}", [f"{LONG} {LONG}", f"{LONG} {LONG}"]),
        (
            "Ce texte a été coupé à la main vers la soixantième\n"
            "colonne, comme le font encore quelques programmes de\n"
            "courrier.",
            [
                "Ce texte a été coupé à la main vers la soixantième colonne, comme le font encore "
                "quelques programmes de courrier."
            ],
        ),
        ("— Venez-vous ?\n— Non.", ["— Venez-vous ?", "— Non."]),
        ("  Trop   d’espaces. \n\n\n\n", ["Trop d’espaces."]),
    ],
)
def test_paragraphs_of_plain_text(text: str, expected: list[str]) -> None:
    assert [block.text for block in document(text).blocks] == expected


def test_headings_lists_and_a_signature_in_plain_text() -> None:
    text = f"Le sommet de Riga\n\n{LONG}\n\nLes suites\n\n- un comité ;\n- un budget.\n\nJ. Roux"
    assert shape(text) == [
        ("heading", 1, "Le sommet de Riga"),
        ("paragraph", 0, LONG),
        ("heading", 2, "Les suites"),
        ("list_item", 1, "un comité ;"),
        ("list_item", 1, "un budget."),
        ("paragraph", 0, "J. Roux"),
    ]


def test_markdown_blocks() -> None:
    text = (
        "# Le *sommet*\n\nUn [lien](http://exemple.fr) et du **gras**\nsur deux lignes.\n\n"
        "> Une citation.\n\n1. Premier\n2. Second\n   - imbriqué\n\n"
        "```\nx = 1\n```\n\n<b>brut</b>\n"
    )
    assert shape(text, "a.md") == [
        ("heading", 1, "Le sommet"),
        ("paragraph", 0, "Un lien et du gras sur deux lignes."),
        ("quote", 1, "Une citation."),
        ("list_item", 1, "Premier"),
        ("list_item", 1, "Second"),
        ("list_item", 2, "imbriqué"),
        ("code", 0, "x = 1"),
        ("paragraph", 0, "<b>brut</b>"),
    ]
    assert [block.marker for block in document(text, "a.md").blocks][3:6] == ["1.", "2.", "-"]


def test_front_matter_becomes_title_and_first_heading() -> None:
    made = document("---\ntitle: Le sommet\nauthor: A. Roux\ndate: 2026-11-22\n---\nTexte.", "a.md")
    assert (made.title, made.author, made.date) == ("Le sommet", "A. Roux", "2026-11-22")
    assert [(block.kind, block.text) for block in made.blocks] == [
        (BlockKind.HEADING, "Le sommet"),
        (BlockKind.PARAGRAPH, "Texte."),
    ]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        (f"{LONG} {LONG}", "le-sommet_de riga.fr.txt", "Le sommet de riga"),
        ("# Un titre\n\nTexte.", "x.md", "Un titre"),
        ("Un titre\n\nUn texte.", "x.txt", "Un titre"),
        ("Un texte.", "....txt", "..."),
    ],
)
def test_title(text: str, name: str, title: str) -> None:
    assert document(text, name).title == title


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("Texte.", "a.docx", "reads .txt, .md"),
        ("Texte.", "a", "reads .txt, .md"),
        ("… ! — ?", "a.txt", "holds no words"),
        ("---\ntitle: Seul\n---\n", "a.md", None),
        ("a" * (LIMIT + 1), "a.txt", "over the limit of 1,000"),
        ("---\ntitle: [a, b]\n---\nTexte.", "a.md", "title must be one line"),
        ("---\n- a\n---\nTexte.", "a.md", "front matter"),
        ("---\na: &x 1\nb: *x\n---\nTexte.", "a.md", "front matter"),
    ],
)
def test_bad_input_is_one_clear_line(text: str, name: str, says: str | None) -> None:
    if says is None:
        assert document(text, name).title == "Seul"
        return
    with pytest.raises(InputError, match=says) as caught:
        document(text, name)
    assert "\n" not in str(caught.value)


@given(st.text(st.sampled_from("aé. \n-#>*`1!«»—\u00a0\u2028\x00[]()<&"), max_size=300))
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_any_text_reads_to_numbered_clean_blocks(name: str, text: str) -> None:
    try:
        made = document(text, name)
    except InputError:
        return
    assert [block.index for block in made.blocks] == list(range(len(made.blocks)))
    for block in made.blocks:
        assert block.text.strip()
        assert block.kind is BlockKind.CODE or "\n" not in block.text


@given(
    st.text(st.characters(categories=["L", "N", "P", "Zs"], include_characters="\n"), max_size=300)
)
def test_plain_text_keeps_every_letter_and_digit(text: str) -> None:
    try:
        made = document(text)
    except InputError:
        return
    read_back = "".join(block.marker + block.text for block in made.blocks)
    import unicodedata

    wanted = unicodedata.normalize("NFC", text)
    assert [c for c in read_back if c.isalnum()] == [c for c in wanted if c.isalnum()]
