"""Plain text and Markdown become blocks that keep every word, with their kinds and a title."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import ReadSettings
from pipeline.documents.decoding import mended
from pipeline.errors import InputError
from pipeline.model import BlockKind, Document
from pipeline.stages.read.stage import read

LIMIT = 1_000
SETTINGS = ReadSettings(encoding="utf-8", max_bytes=1_000_000, max_block_chars=LIMIT)


def document(text: str, name: str = "note.txt") -> Document:
    return read(text.encode(), name, SETTINGS)


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
        ("paragraph", 0, "brut"),
    ]
    assert [block.marker for block in document(text, "a.md").blocks][3:6] == ["1.", "2.", "-"]


def marked(text: str) -> list[tuple[str, str, str]]:
    return [(block.kind.value, block.marker, block.text) for block in document(text, "a.md").blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Il parle d’*un\\\nretour*  \nau `calme\nrelatif`.",
            "Il parle d’un retour au calme relatif.",
        ),
        ("![le *port* de &laquo;&nbsp;Sète](p.png)", "le port de «\u00a0Sète"),
        ("![![un](a.png) deux &amp; trois](b.png)", "un deux & trois"),
        ('Voir [le site](http://a.fr "Le titre").', "Voir le site."),
        ("Voir [le site][1].\n\n[1]: http://a.fr", "Voir le site."),
        ("Voir <http://a.fr/b?c=d>.", "Voir http://a.fr/b?c=d."),
        ("A &lt; B &#233;t&eacute; \\*brut\\*", "A < B été *brut*"),
        ("un&#x202E; de&shy;ux&#10;trois   quatre", "un deux trois quatre"),
        ("Du <i>gras</i> <!-- noté --> ici", "Du gras ici"),
        ("[^1]: Ibid.", "Ibid."),
        ("[Rires]: oui", "[Rires]: oui"),
        ("```js\nx = 1\n```", "x = 1"),
        ("``` Sans le vouloir\nx = 1\n```", "Sans le vouloir\nx = 1"),
        ("Le titre\n========", "Le titre"),
        ("1984.", "1984."),
    ],
)
def test_markdown_keeps_the_words_of(text: str, expected: str) -> None:
    assert [block.text for block in document(text, "a.md").blocks] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. Un.\n\n   Suite.\n   - bis\n\n   Fin.\n2. Deux.",
            [
                ("list_item", "1.", "Un."),
                ("list_item", "", "Suite."),
                ("list_item", "-", "bis"),
                ("list_item", "", "Fin."),
                ("list_item", "2.", "Deux."),
            ],
        ),
        ("7) > Cité", [("list_item", "7)", "Cité")]),
        ("3. # Titre", [("list_item", "", "3."), ("heading", "", "Titre")]),
        ("- ```\n  x\n  ```\n- y", [("code", "", "x"), ("list_item", "-", "y")]),
        (
            "Écrit le\n\n3. 5. 2026",
            [
                ("paragraph", "", "Écrit le"),
                ("list_item", "", "3."),
                ("list_item", "5.", "2026"),
            ],
        ),
    ],
)
def test_each_marker_of_a_markdown_list_stands_once(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert marked(text) == expected


def test_thematic_breaks_of_markdown_stay_out_but_not_those_of_plain_text() -> None:
    text = "Un.\n\n***\n\nDeux.\n\n---\n\nTrois."
    assert [block.text for block in document(text, "a.md").blocks] == ["Un.", "Deux.", "Trois."]
    assert [block.text for block in document(text).blocks] == [
        "Un.",
        "***",
        "Deux.",
        "---",
        "Trois.",
    ]


@pytest.mark.parametrize(("opening", "levels"), [("> ", 98), ("- ", 49)])
def test_deeply_nested_markdown_is_read(opening: str, levels: int) -> None:
    (block,) = document(opening * levels + "mot", "a.md").blocks
    assert (block.text, block.level) == ("mot", levels)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (">" * 10_000 + " mot", 1),
        ("- " * 5_000 + "mot", 1),
        ("1. " * 5_000 + "mot", 1),
        ("---\ntitle: Riga\n---\nUn.\n\n" + "> - " * 5_000 + "mot", 6),
        ("\n".join("  " * depth + "- mot" for depth in range(100)), 50),
    ],
)
def test_markdown_nested_too_deep_is_refused_not_cut(text: str, line: int) -> None:
    with pytest.raises(InputError, match=f"^a.md: line {line}: .* nested too deep .*; remove"):
        document(text, "a.md")


@pytest.mark.parametrize("opening", ["[", "![", "**a ", "<a ", "&", "[a]("])
def test_hostile_inline_marks_are_kept_as_text(opening: str) -> None:
    text = "mot " + opening * 200
    (block,) = document(text, "a.md").blocks
    assert block.text == text.strip()


def test_front_matter_becomes_title_and_first_heading() -> None:
    made = document("---\ntitle: Le sommet\nauthor: A. Roux\ndate: 2026-11-22\n---\nTexte.", "a.md")
    assert (made.title, made.author, made.date) == ("Le sommet", "A. Roux", "2026-11-22")
    assert [(block.kind, block.text) for block in made.blocks] == [
        (BlockKind.HEADING, "Le sommet"),
        (BlockKind.PARAGRAPH, "Texte."),
    ]


def test_front_matter_names_the_scopes_of_the_text() -> None:
    assert document("---\nscope: presse , droit,\n---\nTexte.", "a.md").scopes == (
        "presse",
        "droit",
    )
    assert document("---\nscope: 2026\n---\nTexte.", "a.md").scopes == ("2026",)
    assert document("scope: presse").scopes == ()


def test_a_first_heading_other_than_the_title_stays() -> None:
    made = document("---\ntitle: Le sommet\n---\n# La veille\n\nTexte.", "a.md")
    assert [block.text for block in made.blocks] == ["Le sommet", "La veille", "Texte."]
    made = document("---\ntitle: Le sommet\n---\nLe sommet\n\n# La veille", "a.md")
    assert made.title == "Le sommet"


def test_a_text_between_thematic_breaks_is_not_front_matter() -> None:
    texts = [block.text for block in document("---\n\nNote : rien.\n\n---\n", "a.md").blocks]
    assert texts == ["Note : rien."]
    texts = [block.text for block in document("--- Venez !\n\nA: b\n\n---\n", "a.md").blocks]
    assert texts == ["--- Venez !", "A: b"]


@pytest.mark.parametrize("name", ["NOTE.TXT", "Note.Md", "note.MARKDOWN", "le.sommet.txt"])
def test_suffixes_in_any_case(name: str) -> None:
    assert [block.text for block in document("Un texte.", name).blocks] == ["Un texte."]


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
        ("Texte.", "a.pages", "reads .txt, .md"),
        ("Texte.", "a", "reads .txt, .md"),
        ("… ! — ?", "a.txt", "holds no words"),
        (" \n", "a.txt", "^a.txt: the file is empty"),
        ("---\ntitle: Seul\n---\n", "a.md", None),
        ("a" * (LIMIT + 1), "a.txt", "over the limit of 1,000"),
        ("---\ntitle: [a, b]\n---\nTexte.", "a.md", "front matter:2: title must be one line"),
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


def letters_and_digits(text: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFC", text) if c.isalnum()]


def read_back(made: Document) -> list[str]:
    """Give the words as they were read; markers of cells are places, not words."""
    marked = (BlockKind.LIST_ITEM, BlockKind.NOTE)
    return letters_and_digits(
        "".join(
            (block.marker if block.kind in marked else "") + block.text for block in made.blocks
        )
    )


@given(
    # "Ã©" is read back as the letter it was; letters that are never seen (Hangul's fillers) are
    # dropped, which other tests hold.
    st.text(
        st.characters(
            categories=["L", "N", "P", "Zs"],
            include_characters="\n",
            exclude_characters="ÃÂ\u115f\u1160\u3164\uffa0",
        ),
        max_size=300,
    )
)
def test_plain_text_keeps_every_letter_and_digit(text: str) -> None:
    try:
        made = document(text)
    except InputError:
        return
    assert read_back(made) == letters_and_digits(mended(text)[0])


@given(st.text(st.sampled_from("aé12 \n-+.)#>*_~=|!"), max_size=200))
def test_markdown_without_links_keeps_every_letter_and_digit(text: str) -> None:
    text = f"début\n\n{text}".replace("~~~", "~~")
    assert read_back(document(text, "a.md")) == letters_and_digits(text)


# Pairs of Markdown and the words it stands for.
Marked = tuple[str, str]
WORDS = st.lists(st.sampled_from(["été", "Riga", "cœur", "1914", "l’État"]), min_size=1, max_size=4)


def wrapped(before: str, after: str) -> st.SearchStrategy[Marked]:
    return WORDS.map(lambda words: (f"{before}{' '.join(words)}{after}", " ".join(words)))


PIECES = [
    wrapped("", ""),
    wrapped("**", "**"),
    wrapped("`", "`"),
    wrapped("[", "](http://x.fr 'y')"),
    wrapped("&laquo; ", "\\!"),
    WORDS.map(lambda words: (f"<http://{words[0]}>", f"http://{words[0]}")),
    WORDS.map(lambda words: (f"<b>{words[0]}</b>", words[0])),
]
IMAGE = wrapped("![*", "*](x.png)")


def lines(pieces: Sequence[st.SearchStrategy[Marked]]) -> st.SearchStrategy[Marked]:
    return st.lists(st.one_of(*pieces), min_size=1, max_size=3).map(
        lambda pieces: (" ".join(p[0] for p in pieces), " ".join(p[1] for p in pieces))
    )


def nested(inner: st.SearchStrategy[Marked]) -> st.SearchStrategy[Marked]:
    def indented(first: str, rest: str, words: str) -> st.SearchStrategy[Marked]:
        return inner.map(lambda pair: (first + pair[0].replace("\n", f"\n{rest}"), words + pair[1]))

    return st.one_of(
        indented("> ", "> ", ""),
        indented("- ", "  ", ""),
        indented("12. ", "    ", "12."),
        st.lists(inner, min_size=2, max_size=3).map(
            lambda pairs: ("\n\n".join(p[0] for p in pairs), " ".join(p[1] for p in pairs))
        ),
    )


def blocks(lines: st.SearchStrategy[Marked]) -> st.SearchStrategy[Marked]:
    return st.recursive(
        st.one_of(
            lines,
            lines.map(lambda pair: (f"## {pair[0]}", pair[1])),
            lines.map(lambda pair: (f"{pair[0]}\n===", pair[1])),
            lines.map(lambda pair: (f"{pair[0]}  \n{pair[0]}", pair[1] * 2)),
            WORDS.map(lambda words: ("```fr\n" + "\n".join(words) + "\n```", "".join(words))),
        ),
        nested,
        max_leaves=6,
    )


@given(blocks(lines(PIECES)))
def test_markdown_keeps_every_word_in_order(pair: Marked) -> None:
    text, words = pair
    assert read_back(document(text, "a.md")) == letters_and_digits(words)


@given(blocks(lines([*PIECES, IMAGE])))
def test_markdown_keeps_every_word_that_stands_for_an_image(pair: Marked) -> None:
    text, words = pair
    assert sorted(read_back(document(text, "a.md"))) == sorted(letters_and_digits(words))


def test_the_words_of_an_image_are_a_block_of_their_own() -> None:
    made = document("![Le phare](a.png)\n\n[![Le port](b.png)](c)\n\nVoir ![ici](d.png).", "a.md")
    assert [(block.kind, block.text) for block in made.blocks] == [
        (BlockKind.IMAGE, "Le phare"),
        (BlockKind.IMAGE, "Le port"),
        (BlockKind.PARAGRAPH, "Voir ."),
        (BlockKind.IMAGE, "ici"),
    ]
