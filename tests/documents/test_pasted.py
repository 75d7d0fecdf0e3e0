"""Text as it is pasted: cut lines, broken words, tables, notes, hidden remarks, front matter."""

from __future__ import annotations

import textwrap
import time

import pytest

from pipeline.config import ReadSettings
from pipeline.errors import InputError
from pipeline.model import Block, BlockKind, Document, InlineKind
from pipeline.stages.read.stage import read

SETTINGS = ReadSettings(encoding="utf-8", max_bytes=1_000_000, max_block_chars=50_000)


def document(text: str, name: str = "a.txt") -> Document:
    return read(text.encode(), name, SETTINGS)


def texts(text: str, name: str = "a.txt") -> list[str]:
    return [block.text for block in document(text, name).blocks]


def codes(text: str, name: str = "a.txt") -> list[str]:
    return [notice.code for notice in document(text, name).notices]


ARTICLE = """Le budget municipal

Le conseil municipal a voté mardi soir l'aménagement du quartier de la gare, malgré l'opposition \
d'une partie des riverains. Le projet, qui sera financé par la région et par l'État, prévoit deux \
cent cinquante logements, une école et un parc. Les travaux débuteront au printemps et dureront \
trois ans, selon la mairie.

— Venez-vous demain à la réunion du conseil, madame la maire ?

— Non, je n'y serai pas, car je dois voir le préfet à Saint-Nazaire, où Jean Dupont, Marie Curie \
et Paul Vial m'attendent.

Anne Roy et Paul Vial l'ont dit : « Nous ne céderons pas. » Et ils sont partis."""


@pytest.mark.parametrize("width", range(30, 201))
def test_prose_gives_the_same_blocks_at_any_width(width: int) -> None:
    wrapped = "\n\n".join(
        textwrap.fill(paragraph, width, break_on_hyphens=False)
        for paragraph in ARTICLE.split("\n\n")
    )
    assert document(wrapped).blocks == document(ARTICLE).blocks


@pytest.mark.parametrize("width", [34, 60, 110, 170])
def test_paragraphs_that_no_empty_line_parts_are_told_by_their_last_lines(width: int) -> None:
    prose = [part for part in ARTICLE.split("\n\n") if len(part) > 60]
    wrapped = "\n".join(textwrap.fill(part, width, break_on_hyphens=False) for part in prose)
    assert texts(wrapped) == prose


@pytest.mark.parametrize(
    "lines",
    [
        ["Une phrase.", "Une autre."],
        ["Anne Roy", "12, rue du Port", "76600 Le Havre"],
        ["Sous le pont Mirabeau coule la Seine", "Et nos amours", "Faut-il qu’il m’en souvienne"],
        ["pommes de terre", "poires", "cerises"],
        ["Le maire a voté pour le projet de la gare de Vire.", "La préfète l’a refusé hier."],
        ["— Venez-vous ?", "— Non, pas demain.", "— Alors après-demain."],
        ["- le pain ;", "- le vin ;", "- le sel."],
        ["Vire, le 3 mai 2024", "Le maire, Paul Vial"],
    ],
)
def test_lines_of_their_own_stay_apart(lines: list[str]) -> None:
    items = [line.removeprefix("- ") for line in lines]
    assert texts("\n".join(lines)) == items
    assert texts(f"{ARTICLE}\n\n" + "\n".join(lines))[-len(items) :] == items


def test_a_list_item_goes_on_in_the_next_line() -> None:
    text = (
        "Le comité a retenu pour cette année les travaux que voici :\n"
        "- la réfection complète de la toiture de l’école du centre, que\n"
        "  les parents demandaient ;\n"
        "- un parc."
    )
    assert texts(text) == [
        "Le comité a retenu pour cette année les travaux que voici :",
        "la réfection complète de la toiture de l’école du centre, que les parents demandaient ;",
        "un parc.",
    ]


def test_joined_lines_are_counted_and_those_that_look_cut_are_told_of() -> None:
    notices = document(textwrap.fill(ARTICLE.split("\n\n")[1], 60)).notices
    assert [notice.message for notice in notices] == ["5 line ends inside paragraphs joined"]
    doubtful = "Le conseil municipal a voté hier soir\n" + "malgré tout ce qu’on en disait " * 9
    assert codes(doubtful) == ["cut"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’opposition, mal-\ngré tout", "l’opposition, malgré tout"),
        ("l’aména-\ngement du quai", "l’aménagement du quai"),
        ("selon le porte-\nparole de la mairie", "selon le porte-parole de la mairie"),
        ("le vice-prési-\ndent absent", "le vice-président absent"),
        ("le vice-\nprésident absent", "le vice-président absent"),
        ("à Saint-\nNazaire", "à Saint-Nazaire"),
        ("dit-\nil, est-\nce sûr", "dit-il, est-ce sûr"),
        ("celui-\nci et là-\nbas", "celui-ci et là-bas"),
        ("un accord franco-\nmalien", "un accord franco-malien"),
        ("vingt-\nquatre navires", "vingt-quatre navires"),
        ("les micro-\net macro-économies", "les micro- et macro-économies"),
        ("de 2024-\n2025", "de 2024-2025"),
        ("ils démission-\nnaient tous", "ils démissionnaient tous"),
        ("une contre-\nindication grave", "une contre-indication grave"),
        ("la coo\u00ad\npération, un par\u00ac\nti", "la coopération, un parti"),
        ("Les tra- vaux d’un con- seiller", "Les travaux d’un conseiller"),
        ("pré- et post-natal", "pré- et post-natal"),
        ("un sous- marin", "un sous-marin"),
        ("c’est-\nà-dire et vis-\nà-vis", "c’est-à-dire et vis-à-vis"),
        ("le rez-\nde-chaussée, un va-\net-vient", "le rez-de-chaussée, un va-et-vient"),
        ("un gar-\nde-manger", "un garde-manger"),
        ("au-\ndessus et au-\ndelà de tout", "au-dessus et au-delà de tout"),
        ("par-\ndessus et là-\ndedans", "par-dessus et là-dedans"),
        ("c’est- à-dire au- dessus", "c’est-à-dire au-dessus"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_words_cut_at_line_ends_are_whole_again(text: str, expected: str, name: str) -> None:
    text, expected = (
        f"Il y avait en ce temps-là {each} dans la ville." for each in (text, expected)
    )
    assert texts(text, name) == [expected]
    assert ("hyphen" in codes(text, name)) == (text.replace("\n", " ") != expected)


def cells(blocks: tuple[Block, ...]) -> list[tuple[str, int, str]]:
    return [(block.marker, block.level, block.text) for block in blocks if block.kind == "cell"]


TABLE = [
    ("1.1", 1, "Poste"),
    ("1.1", 2, "2024"),
    ("1.2", 1, "Écoles et crèches"),
    ("1.2", 2, "1 250 €"),
    ("1.3", 1, "Voirie"),
    ("1.3", 2, "870"),
]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Poste\t2024\nÉcoles et crèches\t1 250 €\nVoirie\t870\n\nSource : mairie.", "a.txt"),
        ("Poste               2024\nÉcoles et crèches   1 250 €\nVoirie              870", "a.txt"),
        ("Voici :\nPoste\t2024\nÉcoles et crèches\t1 250 €\nVoirie\t870\nFin.", "a.txt"),
        ("| Poste | 2024 |\n|---|---:|\n| Écoles et crèches | 1 250 € |\n| Voirie | 870 |", "a.md"),
        (
            "| Poste | 2024 |\n|---|---:|\n| Écoles et crèches | 1 250 € |\n| Voirie | 870 |",
            "a.txt",
        ),
        ("Poste | 2024\n--- | ---\nÉcoles et crèches | 1 250 €\nVoirie | 870\n\nFin.", "a.md"),
        ("| Poste | 2024 |\n| Écoles et crèches | 1 250 € |\n| Voirie | 870 |", "a.md"),
        (
            "Voici :\n\n> Poste | 2024\n> -|-\n> **Écoles** et crèches | 1 250 €\n> Voirie | 870",
            "a.md",
        ),
        (
            "<table><tr><th>Poste<th>2024<tr><td>Écoles et crèches<td>1 250 €"
            "<tr><td>Voirie<td>870</table>",
            "a.md",
        ),
    ],
)
def test_cells_of_a_table_stay_apart(text: str, name: str) -> None:
    assert cells(document(text, name).blocks) == TABLE


DRAWN = """+-------------------+---------+
| Poste             | 2024    |
+===================+=========+
| Écoles et         | 1 250 € |
| crèches           |         |
+-------------------+---------+
| Voirie            | 870     |
+-------------------+---------+"""
BOXED = """┌───────────────────┬─────────┐
│ Poste             │ 2024    │
├───────────────────┼─────────┤
│ Écoles et crèches │ 1 250 € │
│ Voirie            │ 870     │
└───────────────────┴─────────┘"""
DASHED = """Poste                  2024
-------------------  -------
Écoles et crèches    1 250 €
Voirie                   870"""


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    "text",
    [
        DRAWN,
        BOXED,
        DASHED,
        "Poste\t2024\nÉcoles et crèches\t1 250 €\nVoirie\t870",
        'Poste\t2024\n"Écoles et\ncrèches"\t1 250 €\nVoirie\t870',
        "Poste               2024\nÉcoles et crèches   1 250 €\nVoirie              870",
        "Poste;2024\nÉcoles et crèches;1 250 €\nVoirie;870",
        "| Poste | 2024 |\n| — | — |\n| Écoles et crèches | 1 250 € |\n| Voirie | 870 |",
    ],
)
def test_tables_of_every_hand_are_tables_in_text_and_markdown(text: str, name: str) -> None:
    assert cells(document(f"Voici.\n\n{text}\n\nFin.", name).blocks) == TABLE


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("subhead", ["Nord\t\t", "Nord\t\t ", '"Nord"\t\t', '"Nord\n"\t\t'])
def test_a_subhead_of_a_spreadsheet_is_a_row_of_its_table(subhead: str, name: str) -> None:
    text = f"Voici.\n\nPoste\t2024\t2025\n{subhead}\nVoirie\t870\t910\n\nFin."
    assert cells(document(text, name).blocks) == [
        ("1.1", 1, "Poste"),
        ("1.1", 2, "2024"),
        ("1.1", 3, "2025"),
        ("1.2", 1, "Nord"),
        ("1.3", 1, "Voirie"),
        ("1.3", 2, "870"),
        ("1.3", 3, "910"),
    ]


def test_figures_stand_below_their_heads_where_the_first_head_is_empty() -> None:
    found = cells(document("Voici.\n\n\t2024\t2025\nVoirie\t870\t910").blocks)
    places = {text: column for _, column, text in found}
    assert places["2024"] == places["870"] == 2
    indented = cells(document("Voici.\n\n\tPoste\t2024\n\tVoirie\t870").blocks)
    assert [column for _, column, _ in indented] == [1, 2, 1, 2]


def test_narrow_columns_of_figures_are_a_table() -> None:
    text = "Poste  2023  2024\nÉcoles  1 250  1 310\nVoirie  870  –"
    assert [row for row, _, _ in cells(document(text).blocks)] == ["1.1"] * 3 + ["1.2"] * 3 + [
        "1.3"
    ] * 3


def test_no_cell_of_a_markdown_table_is_lost() -> None:
    text = "a | b\n--|--\nun | deux | trois\n\\| quatre | `x`"
    assert texts(text, "a.md") == ["a", "b", "un", "deux", "trois", "| quatre", "x"]


def test_comments_that_are_shown_as_code_are_code() -> None:
    text = "Écrivez `<!-- note -->` ou :\n\n```\n<!-- note -->\n```\n\nFin.<!-- caché -->"
    assert texts(text, "a.md") == ["Écrivez <!-- note --> ou :", "<!-- note -->", "Fin."]
    assert codes(text, "a.md") == ["comment"]


@pytest.mark.parametrize(
    "text",
    [
        "Un mot à part dans une phrase assez longue pour n’être pas une cellule, et\tla suite "
        "aussi de cette phrase, qui va jusqu’à son point après d’autres mots encore.",
        "1.\tPremier point\n2.\tSecond point",
        "Vrai | faux : choisir.",
        "\tLe conseil a voté.\n\tIl s’est séparé.",
        "Le pain ; le vin ;\nle sel ; le poivre ;\nle riz ; le blé.",
        "Un mot  de trop\nune ligne  encore ici",
        "a;b\nc;d",
    ],
)
def test_what_is_no_table_is_none(text: str) -> None:
    assert cells(document(text).blocks) == []


def test_notes_of_markdown_are_blocks_and_their_calls_no_words() -> None:
    text = (
        "Le conseil[^1] a voté[^b] hier^[Mardi.].\n[^1]: Délibération\ndu 12 mars.\n"
        "[^b]: Voir *Ibid.*\n\n[^9]: Seule.\n\nUn renvoi[^inconnu]."
    )
    made = document(text, "a.md")
    assert [(block.kind.value, block.marker, block.text) for block in made.blocks] == [
        ("paragraph", "", "Le conseil a voté hier."),
        ("note", "*1", "Mardi."),
        ("note", "1", "Délibération du 12 mars."),
        ("note", "b", "Voir Ibid."),
        ("note", "9", "Seule."),
        ("paragraph", "", "Un renvoi[^inconnu]."),
    ]
    calls = [(mark.start, mark.value) for mark in made.blocks[0].marks]
    assert calls == [(10, "1"), (17, "b"), (22, "*1")]


HIDDEN = "NE PAS PUBLIER"


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- {HIDDEN} -->\n\nLa maire a démissionné.",
        f"La maire <!-- {HIDDEN} --> a démissionné.",
        f"La maire<!-- {HIDDEN}\n\nencore --> a démissionné.",
        f"La maire a démissionné.\n\n<!-- {HIDDEN}\n\nencore",
        f"La maire a démissionné.\n\n<!-- a --!> <!-- {HIDDEN} -->",
        f"<div hidden>{HIDDEN}</div>\n\nLa maire a démissionné.",
        f"La maire <del>{HIDDEN}</del>a démissionné.",
        f"La maire <span style='display: none'>{HIDDEN}</span>a démissionné.",
        f"<script>var x = '{HIDDEN}';</script>\n\nLa maire a démissionné.",
        f"[//]: # ({HIDDEN})\n\nLa maire a démissionné.",
        f"[comment]: <> ({HIDDEN})\n\nLa maire a démissionné.",
        f'La maire a démissionné. [](# "{HIDDEN}")',
    ],
)
def test_what_is_hidden_in_markdown_is_no_text(text: str) -> None:
    assert HIDDEN not in repr(document(text, "a.md"))
    assert " ".join("".join(texts(text, "a.md")).split()).startswith("La maire a démissionné.")


@pytest.mark.parametrize(
    "text",
    [
        "La maire part.\n\n<div hidden>\n\nsecret, *secret*\n\n- secret\n\n</div>\n\nFin.",
        'La maire part.\n\n<div style="display: none">\n\n<div>\n\nsecret\n\n</div>\n\nsecret'
        "\n\n</div>\n\nFin.",
        "La maire part.\n\n<template>\n\n| secret | secret |\n|--|--|\n\n</template>\nFin.",
        "La maire part.\n\n<del>\n\nsecret\n\n</del>\n\nFin.",
        "La maire %%secret%% part.\n\n%%\nsecret\n\nsecret\n%%\n\nFin.",
        "La {>>secret<<}maire{--secret--} {~~secret~>part~~}.\n\n~~secret~~ {==Fin==}.",
        "La maire part.\n\n<div hidden>\nsecret\n</div>Fin.",
    ],
)
def test_what_goes_on_being_hidden_or_is_struck_out_in_markdown_is_no_text(text: str) -> None:
    made = document(text, "a.md")
    assert [block.text for block in made.blocks] == ["La maire part.", "Fin."]
    assert {notice.code for notice in made.notices} & {"hidden", "deleted", "comment"} or (
        "<template>" in text
    )


@pytest.mark.parametrize(
    "text",
    [
        "De 10 %% à 20 % selon l’avis.",
        "Environ ~30 euros, ~40 au plus.",
        "Le code `~~x~~ %%y%%` reste.",
        "Un ensemble {a, b} et {x++}.",
    ],
)
def test_signs_that_strike_nothing_out_stay(text: str) -> None:
    assert texts(text, "a.md") == [text.replace("`", "")]


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil a voté[1] mardi soir[2].\n\n[1] Délibération.\n[2] Voir p. 3.",
        "Le conseil a voté (1) mardi soir (2).\n\n(1) Délibération.\n(2) Voir p. 3.",
        "Le conseil a voté¹ mardi soir².\n\n¹ Délibération.\n\n² Voir p. 3.",
        "Le conseil a voté[^1] mardi soir[^2].\n\n[^1]: Délibération.\n[^2]: Voir p. 3.",
    ],
)
def test_notes_of_plain_text_are_blocks_and_their_calls_no_words(text: str) -> None:
    made = document(text)
    assert [(b.kind.value, b.marker, b.text) for b in made.blocks] == [
        ("paragraph", "", "Le conseil a voté mardi soir."),
        ("note", "1", "Délibération."),
        ("note", "2", "Voir p. 3."),
    ]
    assert [(mark.start, mark.value) for mark in made.blocks[0].marks] == [(17, "1"), (28, "2")]


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil (1) a voté.",
        "(1) Le premier point.\n\n(2) Le second.",
        "Une pièce de 12 m² a été louée.\n\n² Note sans appel.",
        "[Rires] Il sort.\n\n[1] Voir plus bas, où rien n’appelle.",
    ],
)
def test_signs_that_nothing_explains_stay(text: str) -> None:
    assert texts(text) == text.split("\n\n")


def test_a_mail_that_is_quoted_is_a_quotation() -> None:
    text = (
        "Bonjour,\n\n> Le conseil a voté hier soir le budget de la\n> ville.\n>\n> > Oui.\n\nFin."
    )
    made = [(b.kind.value, b.level, b.text) for b in document(text).blocks]
    assert made == [
        ("paragraph", 0, "Bonjour,"),
        ("quote", 1, "Le conseil a voté hier soir le budget de la ville."),
        ("quote", 2, "Oui."),
        ("paragraph", 0, "Fin."),
    ]
    assert texts("> 30 ans : 12 %\n> 60 ans : 8 %") == ["> 30 ans : 12 %", "> 60 ans : 8 %"]


def test_a_word_that_the_end_of_a_page_cut_is_whole_again() -> None:
    assert texts("Le conseil a voté l’aména-\n\n12\n\ngement du quartier.") == [
        "Le conseil a voté l’aménagement du quartier."
    ]
    assert texts("\n\n".join(["Fin du sous-", "Zzz est un mot."])) == [
        "Fin du sous-",
        "Zzz est un mot.",
    ]


def test_letters_written_as_in_html_are_letters() -> None:
    assert texts("Le pr&eacute;fet a re&ccedil;u l&#8217;&eacute;lue.") == [
        "Le préfet a reçu l’élue."
    ]
    assert texts("R&D ; AT&T; et &c;") == ["R&D ; AT&T; et &c;"]


def test_letters_that_were_lost_are_told_of() -> None:
    assert codes("Le pr?fet a re?u le d?put?.") == ["replacement"]
    assert codes("Voir https://vire.fr/a?b=1&c?d. Ah?oui.") == []


def test_tags_in_markdown_are_marks_not_text() -> None:
    text = (
        "Le 3<sup>e</sup> étage.<br>M<sup>me</sup> <b>Roy</b> n<sup>o</sup> 5, CO<sub>2</sub>, "
        "m<sup>2</sup>."
    )
    (first, second) = document(text, "a.md").blocks
    assert (first.text, second.text) == ("Le 3e étage.", "Mme Roy no 5, CO2, m².")
    assert [(mark.kind, second.text[mark.start : mark.end]) for mark in second.marks] == [
        (InlineKind.SUPERSCRIPT, "me"),
        (InlineKind.STRONG, "Roy"),
        (InlineKind.SUPERSCRIPT, "o"),
        (InlineKind.SUBSCRIPT, "2"),
    ]


@pytest.mark.parametrize(
    ("text", "expected", "notes"),
    [
        ("Au <sup>14</sup>C, l’<sup>235</sup>U et (<sup>3</sup>He)", "Au ¹⁴C, l’²³⁵U et (³He)", ""),
        ("<sup>14</sup>C et datation", "¹⁴C et datation", ""),
        ("<sup>1</sup>C’est une note", "C’est une note", "1"),
        ("La loi<sup>2</sup> du roi<sup>3</sup>, mot<sup>4</sup>", "La loi du roi, mot", "234"),
        (
            "5 km<sup>2</sup>, CO<sup>2</sup>, mc<sup>2</sup>, x<sup>2</sup>",
            "5 km², CO², mc², x²",
            "",
        ),
        ("Un mot <sup>1</sup> et la CGT<sup>2</sup>", "Un mot et la CGT", "12"),
    ],
)
@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_a_raised_figure_belongs_to_a_word_or_calls_for_a_note(
    text: str, expected: str, notes: str, name: str
) -> None:
    (block,) = document(text if name == "a.md" else f"<p>{text}</p>", name).blocks
    assert block.text == expected
    assert "".join(m.value for m in block.marks if m.kind is InlineKind.NOTE) == notes


@pytest.mark.parametrize("scene", ["* * *", "- - -", "* * * * *", "***"])
def test_a_break_between_scenes_is_no_item_and_no_note(scene: str) -> None:
    text = f"Un mot* est dit.\n\n{scene}\n\nElle resta là.\n\n{scene}\n\n* Une note.\n\nFin."
    blocks = document(text).blocks
    assert [(b.kind.value, b.text, len(b.marks)) for b in blocks] == [
        ("paragraph", "Un mot est dit.", 1),
        ("paragraph", scene, 0),
        ("paragraph", "Elle resta là.", 0),
        ("paragraph", scene, 0),
        ("note", "Une note.", 0),
        ("paragraph", "Fin.", 0),
    ]


def test_a_sign_that_is_no_tag_stays() -> None:
    assert texts("Si a < b et b > c, alors 3 <4 &lt;p&gt; <3", "a.md") == [
        "Si a < b et b > c, alors 3 <4 <p> <3"
    ]


@pytest.mark.parametrize(
    ("head", "author", "day"),
    [
        ("---\ntitle: Le budget\nauthor: [Anne Roy, Paul Vial]\n---\n", "Anne Roy, Paul Vial", ""),
        ("---\ntitle: Le budget\nauthor:\n  - name: Anne Roy\n    mail: x\n---\n", "Anne Roy", ""),
        ("---\ntitle: Le budget\nauthors:\n  - Anne Roy\ntags: [a, b]\n---\n", "Anne Roy", ""),
        ("---\ntitle: Le budget\ndate: 2024-03-15T10:00:00+01:00\n---\n", "", "2024-03-15"),
        ('+++\ntitle = "Le budget"\ndate = 2024-03-15\n+++\n', "", "2024-03-15"),
        ('+++\ntitle = "Le budget"\nauthors = ["A. Roy"]\n[menu]\nx = 1\n+++\n', "A. Roy", ""),
        ('{\n"title": "Le budget",\n"author": "A. Roy"\n}\n', "A. Roy", ""),
        ("% Le budget\n% A. Roy\n% 2024-03-15\n", "A. Roy", "2024-03-15"),
        ("\n\n---\ntitre: Le budget\nauteur: A. Roy\n---\n", "A. Roy", ""),
        ("---\ntitle: Le budget\nabstract: Un vote : le pire # témoin : X\n---\n", "", ""),
    ],
)
def test_front_matter_of_every_kind(head: str, author: str, day: str) -> None:
    made = document(f"{head}\nLe maire parle.", "a.md")
    assert (made.title, made.author, made.date) == ("Le budget", author, day)
    assert [block.text for block in made.blocks] == ["Le budget", "Le maire parle."]


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ('+++\ntitle = "Le budget\n+++\n', "front matter is not valid TOML"),
        ("+++\ntitle = [1]\n+++\n", "front matter:2: title must be one line"),
        ("---\nauthor: [[a]]\ntitle: {a: b}\n---\n", "front matter:3: title must be one line"),
    ],
)
def test_a_head_that_is_not_valid_is_one_clear_line(head: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        document(f"{head}\nLe maire parle.", "a.md")
    assert "\n" not in str(caught.value)


def kinds(text: str, name: str = "a.txt") -> list[tuple[str, str, str]]:
    return [(b.kind.value, b.marker, b.text) for b in document(text, name).blocks]


def test_a_mail_quoted_right_below_the_line_that_says_so_is_quoted() -> None:
    text = (
        "Paul a écrit :\n> Bonjour Anne,\n>\n> Je voulais te dire que la réunion\n"
        "> est reportée.\n> > Ancien.\n"
    )
    assert kinds(text) == [
        ("paragraph", "", "Paul a écrit :"),
        ("quote", "", "Bonjour Anne,"),
        ("quote", "", "Je voulais te dire que la réunion est reportée."),
        ("quote", "", "Ancien."),
    ]
    assert texts("Part :\n> 30 ans : 12 %\n> 60 ans : 14 %")[1:] == [
        "> 30 ans : 12 %",
        "> 60 ans : 14 %",
    ]


@pytest.mark.parametrize("mark", ["o", "–", "§", "a.", "I.", "(a)", "1.1"])
def test_a_tab_behind_the_mark_of_a_list_makes_no_table(mark: str) -> None:
    assert texts(f"Voici.\n{mark}\tUn point ;\n{mark}\tAutre point.")[1:] == [
        f"{mark} Un point ;",
        f"{mark} Autre point.",
    ]


def test_letters_and_figures_of_a_table_are_cells() -> None:
    assert [row for row, *_ in cells(document("Signe\tMot\na\tarbre\no\torange").blocks)] == [
        "1.1", "1.1", "1.2", "1.2", "1.3", "1.3",
    ]  # fmt: skip
    assert len(cells(document("A.\t12\nB.\t13").blocks)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Le budget est voté.1 La loi (art. 3)2 aussi3.\n\n1 Loi du 12.\n2 JO.\n3 Ibid.",
        "Le budget1 est voté. La loi2 aussi.3\n\n1. Loi du 12.\n2. JO.\n3. Ibid.",
    ],
)
def test_figures_that_call_for_the_last_lines_are_notes(text: str) -> None:
    made = document(text).blocks
    assert [block.text for block in made if block.kind is BlockKind.NOTE] == [
        "Loi du 12.",
        "JO.",
        "Ibid.",
    ]
    assert [mark.value for mark in made[0].marks] == ["1", "2", "3"]
    assert not any(map(str.isdigit, made[0].text.replace("art. 3", "")))
    assert made[0].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    "text",
    [
        "Le vaccin Covid1 et le tome1.\n\n1. Premier point.",
        "Le groupe compte 12 membres.\n\n1. Premier point.\n2. Deuxième point.",
        "Le mot1 puis le mot3.\n\n1. Premier point.\n2. Deuxième point.",
    ],
)
def test_figures_that_call_for_nothing_are_figures(text: str) -> None:
    assert not [block for block in document(text).blocks if block.kind is BlockKind.NOTE]


def test_a_paragraph_that_ends_with_a_call_is_no_heading() -> None:
    text = "La séance a duré deux heures.[1]\n\nNotes\n\n[1] Voir p. 12."
    assert kinds(text)[0][0] == "paragraph"
    assert kinds("Réforme des retraites [1]\n\nIl dort.\n\n[1] Loi.")[0][0] == "heading"


def test_initials_and_years_cut_at_a_hyphen_keep_it() -> None:
    text = (
        "Le vice-président du conseil, M. J.-\nP. Durand, a promis un plan d'ici à 2030-\n"
        "2035, selon la mairie et la région."
    )
    assert texts(text) == [text.replace("-\n", "-")]


def test_parts_set_apart_and_attributes_of_markdown_are_no_text() -> None:
    text = (
        "# Le XIX^e^ siècle {#xix .t}\n\n"
        "::: {.encadre}\nM^me^ Roy boit ~5 l d'H~2~O.\n:::\n\n"
        "Fin ::: là."
    )
    assert texts(text, "a.md") == [
        "Le XIXe siècle",
        "Mme Roy boit ~5 l d'H2O.",
        "Fin ::: là.",
    ]


def test_authors_may_be_named_in_french() -> None:
    text = "---\nauteur:\n  - nom: Anne Roy\n  - name: Paul Vial\n---\n\nLe maire parle.\n"
    assert document(text, "a.md").author == "Anne Roy, Paul Vial"


def test_a_row_with_another_number_of_cells_costs_no_table_and_no_time() -> None:
    text = "a;b;c\n" * 3_000
    before = time.process_time()
    made = document(f"{text}d;e").blocks
    assert time.process_time() - before < 20  # 60 times as long where each line read all others
    assert len(cells(made)) == 9_000
    assert made[-1].text == "d;e"
