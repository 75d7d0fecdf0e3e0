"""Cells of a table stand beside one another on both sides; lines of verse are close together."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from pipeline.model import BlockKind, EditionContent
from pipeline.stages.publish.render import PrintOptions, build_edition, render_html, render_pdf
from pipeline.stages.publish.render.view import Pair, abreast
from tests.support.render_sample import P, Plan, make_content

CELLS = {
    (1, 1): ("Poste", "Item"),
    (1, 2): ("Total", "Sum"),
    (2, 1): ("Voirie", "Roads"),
    (2, 3): ("870 €", "€870"),
    (3, 2): ("1 250 €", "€1,250"),
    (3, 3): ("12", "12"),
}


def content(columns: int = 0, long: str = "") -> EditionContent:
    """Give a text with a table; of so many ``columns`` beyond its own, whose cells are ``long``."""
    plan: list[Plan] = [(P, 0, "", [("Voici.", "Here.")])]
    cells = dict(CELLS)
    cells |= {(1, 3 + n): (f"{long}c{n}", f"{long}k{n}") for n in range(1, columns + 1)}
    plan += [
        (BlockKind.CELL, column, f"1.{row}", [pair])
        for (row, column), pair in sorted(cells.items())
    ]
    return make_content([*plan, (P, 0, "", [("Fin.", "End.")])], "T", "T")


def test_cells_of_a_line_are_one_row_and_each_is_in_its_column() -> None:
    edition = build_edition(content())
    lines = [[row.depth for row in rows] for rows in abreast(edition.rows) if rows[0].columns]
    assert lines == [[1, 2], [1, 3], [2, 3]]
    page = render_html(edition)
    (line,) = re.findall(r'<div class="row cell[^>]*id="r4".*?\n</div>', page, re.DOTALL)
    french = line[: line.index('lang="en"')]
    assert french.index("Voirie") < french.index('figures"></div>') < french.index("870")
    assert [page.count(f'id="r{number}"') for number in range(1, len(edition.rows) + 1)] == [
        1
    ] * len(edition.rows)


def test_no_line_of_a_long_table_is_cut() -> None:
    plan = [(P, 0, "", [("Oui.", "Yes.")])] * 2 + [
        (BlockKind.CELL, column, f"1.{line}", [("1", "1")])
        for line in range(1, 40)
        for column in (1, 2, 3)
    ]
    edition = build_edition(make_content(plan, "T", "T"))
    assert len(edition.sections) > 2
    assert {len(line) for rows in edition.sections for line in abreast(rows)} == {1, 3}
    # What goes on is no new section: no space parts its lines.
    assert render_html(edition).count('class="facing on"') == len(edition.sections)


@pytest.mark.parametrize(
    ("columns", "long", "stacked"), [(3, "", False), (3, "mot " * 4, True), (8, "", True)]
)
def test_the_cells_of_a_line_that_find_no_room_stand_below_one_another(
    columns: int, long: str, stacked: bool
) -> None:
    rows = build_edition(content(columns, long)).rows
    assert {row.stacked for row in rows if row.kind is BlockKind.CELL} == {stacked}


def test_a_stacked_cell_says_what_it_is() -> None:
    edition = build_edition(content(3, "mot " * 4))
    labels = {row.source.text: row.label for row in edition.rows if row.kind is BlockKind.CELL}
    assert labels["1\u202f250\xa0€"] == Pair("Total", "Sum")
    assert [labels[text] for text in ("Poste", "Total", "Voirie")] == [None] * 3
    page = render_html(edition)
    assert '<span class="label">Total\xa0:</span>' in page
    assert '<span class="label">Sum:</span>' in page
    assert [page.count(f'id="r{number}"') for number in range(1, len(edition.rows) + 1)] == [
        1
    ] * len(edition.rows)


def test_columns_of_figures_are_known_and_the_line_above_them_is_a_head() -> None:
    cells = [row for row in build_edition(content()).rows if row.kind is BlockKind.CELL]
    assert [column.figures for column in cells[0].columns] == [False, True, True]
    assert sum(column.share for column in cells[0].columns) == 100
    assert [row.edges for row in cells] == [("first", "head")] * 2 + [()] * 2 + [("last",)] * 2


@pytest.mark.parametrize(
    ("first", "second", "beside"),
    [
        ("Développement", "Approvisionnement", True),
        ("Dysfonctionnements", "https://www.exemple.org/budget", False),
    ],
)
def test_a_table_stands_beside_itself_only_where_its_longest_words_do_not_meet(
    first: str, second: str, beside: bool
) -> None:
    plan: list[Plan] = [
        (BlockKind.CELL, column, f"1.{line}", [(text, "Sum")])
        for line, column, text in ((1, 1, first), (1, 2, second), (2, 1, "a"), (2, 2, "b"))
    ]
    rows = build_edition(make_content([(P, 0, "", [("Voici.", "Here.")]), *plan], "T", "T")).rows
    assert rows[1].stacked is not beside


@pytest.mark.parametrize("layout", ["side-by-side", "facing-pages", "interlinear"])
def test_lines_of_a_note_do_not_lie_on_one_another(layout: str) -> None:
    note = (
        "La date est donnée par le registre du port, qui a brûlé avec la mairie voisine. " * 3,
        "The date is given by the register of the port, which burned with the town hall. " * 3,
    )
    plans: list[Plan] = [
        (P, 0, "", [("Voici.", "Here.")]),
        (BlockKind.NOTE, 0, "1", [note]),
        (BlockKind.NOTE, 0, "2", [("Ici.", "There.")]),
    ]
    pdf = render_pdf(build_edition(make_content(plans, "T", "T")), PrintOptions(layout=layout))
    heights: dict[tuple[int, str], float] = {}
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages):

        def seen(
            text: str, cm: list[float], tm: list[float], *_: object, page: int = number
        ) -> None:
            for word in ("date", "Ici", "register", "There"):
                if word in text:
                    heights.setdefault((page, word), tm[5] * cm[3] + cm[5])

        page.extract_text(visitor_text=seen)
    for first, second in (("date", "Ici"), ("register", "There")):
        above, below = (next(y for (_, w), y in heights.items() if w == x) for x in (first, second))
        assert abs(above - below) > 18, (first, second)


@pytest.mark.parametrize("layout", ["side-by-side", "facing-pages", "interlinear"])
def test_in_print_the_cells_of_a_line_stand_on_one_line(layout: str) -> None:
    pdf = render_pdf(build_edition(content()), PrintOptions(layout=layout))
    places: dict[str, tuple[int, float, float]] = {}
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages):

        def seen(text: str, _cm: object, tm: list[float], *_: object, page: int = number) -> None:
            for word in ("Poste", "Total", "Item", "Sum", "Voirie", "Roads"):
                if word in text:
                    places.setdefault(word, (page, tm[4], tm[5]))

        page.extract_text(visitor_text=seen)
    for left, right in (("Poste", "Total"), ("Item", "Sum")):
        assert places[left][0] == places[right][0]
        assert places[left][2] == pytest.approx(places[right][2], abs=0.5)
        assert places[left][1] < places[right][1]
    # Both languages have each column at the same distance.
    if layout == "facing-pages":
        assert places["Voirie"][2] == pytest.approx(places["Roads"][2], abs=0.5)


def test_lines_of_verse_are_close_rows() -> None:
    plan: list[Plan] = [
        (BlockKind.VERSE, place, "", [(f"Vers {place}", f"Line {place}")]) for place in (1, 2, 1, 2)
    ]
    rows = [row for row in build_edition(make_content(plan, "T", "T")).rows if row.kind == "verse"]
    assert [row.close for row in rows] == [True, False, True, False]
