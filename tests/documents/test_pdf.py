"""A PDF's letters become paragraphs again: columns, pages, hyphens, heads, notes and tables."""

from __future__ import annotations

import pytest

from pipeline.documents.draft import Draft
from pipeline.documents.pdf import read_pdf
from pipeline.errors import InputError
from pipeline.model import BlockKind, InlineKind
from tests.support.pdfs import drawn, line, lines, printed

VOTE = (
    "Le conseil municipal a voté mardi soir l'aménagement du quartier de la gare, malgré "
    "l'opposition d'une partie des riverains. Le projet, qui sera financé par la région et par "
    "l'État, prévoit deux cent cinquante logements, une école et un parc."
)
PLEA = (
    "Les associations environnementales demandent une contre-expertise indépendante, comme "
    "l'avait fait en son temps le commissaire-enquêteur. « Nous n'abandonnerons pas », prévient "
    "Anne Roy, qui préside le collectif depuis le 3 mars 2021."
)


def read(data: bytes) -> Draft:
    return read_pdf(data, "utf-8")


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks]


def codes(data: bytes) -> set[str]:
    return {notice.code for notice in read(data).notices}


@pytest.mark.parametrize(
    "css",
    [
        "",
        "p{margin:0;text-indent:1.5em}",
        "div{column-count:2;column-gap:8mm}",
        "@page{size:A5 landscape} div{column-count:3;column-gap:6mm}",
        "body{text-align:left;hyphens:manual}",
        "p b{float:left;font:34pt serif;line-height:30pt}",
        "@page{size:A6;margin:15mm 10mm}",
    ],
)
def test_paragraphs_are_whole_over_lines_columns_and_pages(css: str) -> None:
    prose = [VOTE, PLEA] * 8
    paragraphs = [f"<p><b>{each[0]}</b>{each[1:]}</p>" for each in prose]
    body = "<h1>Le quartier change</h1><div>" + "".join(paragraphs)
    head = "b{font-weight:normal} @page{@top-center{content:'La Gazette de Vire'}}"
    draft = read(printed(body + "</div>", head + css))
    assert [block.text for block in draft.blocks] == ["Le quartier change", *prose]
    assert draft.blocks[0].kind is BlockKind.HEADING
    assert any("La Gazette de Vire" in notice.message for notice in draft.notices)


def test_marks_lists_headings_and_notes() -> None:
    body = (
        "<h1>Le quartier</h1><p>La maire a salué un vote <em>historique</em><sup>1</sup>. Selon "
        "son porte-parole, <b>rien</b> : voir <a href='https://example.org/avis'>l'avis du "
        "préfet</a>, "
        "au 1<sup>er</sup> étage, 12 m<sup>2</sup>.</p><h2>La suite</h2><ul><li>Un point.</li>"
        f"<li>{PLEA}</li></ul><p>Fin de l'article.</p>"
        "<p style='font-size:8pt'><sup>1</sup> Délibération du 12 mars.</p>"
    )
    blocks = read(printed(body)).blocks
    assert [(b.kind, b.level, b.marker) for b in blocks] == [
        (BlockKind.HEADING, 1, ""),
        (BlockKind.PARAGRAPH, 0, ""),
        (BlockKind.HEADING, 2, ""),
        (BlockKind.LIST_ITEM, 1, "•"),
        (BlockKind.LIST_ITEM, 1, "•"),
        (BlockKind.PARAGRAPH, 0, ""),
        (BlockKind.NOTE, 0, "1"),
    ]
    assert blocks[4].text == PLEA
    assert blocks[6].text == "Délibération du 12 mars."
    marked = [(m.kind, blocks[1].text[m.start : m.end], m.value) for m in blocks[1].marks]
    assert marked == [
        (InlineKind.EMPHASIS, "historique", ""),
        (InlineKind.NOTE, "", "1"),
        (InlineKind.STRONG, "rien", ""),
        (InlineKind.LINK, "l'avis du préfet", "https://example.org/avis"),
        (InlineKind.SUPERSCRIPT, "er", ""),
    ]
    assert "12 m²" in blocks[1].text


def test_cells_of_a_table_stay_apart() -> None:
    rows = (("Poste", "2023", "2024"), ("Écoles et cantines de Flers", "1 250", "1 310"))
    table = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        for row in (*rows, ("Voirie", "870", "790"))
    )
    blocks = read(
        printed(f"<p>{VOTE}</p><table>{table}</table><p>{PLEA}</p>", "td{padding:0 9mm 0 0}")
    ).blocks
    assert [(b.text, b.level, b.marker) for b in blocks if b.kind is BlockKind.CELL] == [
        (cell, column, f"1.{row}")
        for row, cells in enumerate((*rows, ("Voirie", "870", "790")), 1)
        for column, cell in enumerate(cells, 1)
    ]
    assert (blocks[0].text, blocks[-1].text) == (VOTE, PLEA)


def test_words_that_no_space_parts_and_lines_in_any_order() -> None:
    page = line("parle.", 92, 72) + line("maire", 55, 72) + line("Le", 40, 72)
    assert texts(drawn(page)) == ["Le maire parle."]


def test_addresses_keep_their_lines() -> None:
    page = lines(["Anne Roy", "Maire de Vire", "14500 Vire"]) + lines([VOTE[:84]], y=150)
    assert texts(drawn(page))[:3] == ["Anne Roy", "Maire de Vire", "14500 Vire"]


def test_what_is_hidden_is_left_out_and_counted() -> None:
    page = lines(["Le maire parle à la presse."])
    page += line("NE PAS PUBLIER", 40, 200, mode=3) + line("HORS PAGE", 500, 100)
    page += line("minuscule", 40, 220, size=0.5)
    assert texts(drawn(page)) == ["Le maire parle à la presse."]
    assert "hidden" in codes(drawn(page))


def test_a_stamp_across_the_page_is_left_out_and_counted() -> None:
    stamp = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 90 150 Tm (PROJET) Tj ET\n"
    page = lines(["Le maire parle à la presse.", "Il répond aux questions."]) + stamp
    assert "PROJET" not in " ".join(texts(drawn(page)))
    assert "turned" in codes(drawn(page))


def test_a_page_on_its_side_is_read() -> None:
    turned = "".join(
        f"BT /F1 10 Tf 0 1 -1 0 {60 + 12 * number} 60 Tm ({text}) Tj ET\n"
        for number, text in enumerate(("Le maire parle", "à la presse."))
    )
    assert texts(drawn(turned, extra="/Rotate 90")) == ["Le maire parle à la presse."]


def test_a_scan_is_refused_and_a_recognised_one_is_read_with_a_notice() -> None:
    with pytest.raises(InputError, match=r"a scan.*OCR"):
        read(drawn("", image=True))
    with pytest.raises(InputError, match="a scan"):
        read(drawn(line("12", 200, 580), image=True))
    recognised = drawn(line("Le maire parle à la presse ce soir.", 40, 60, mode=3), image=True)
    assert texts(recognised) == ["Le maire parle à la presse ce soir."]
    assert codes(recognised) == {"recognised"}


def test_a_page_that_is_a_picture_among_others_is_told_of() -> None:
    page = lines(["Le maire parle à la presse.", "Il répond aux questions des habitants."])
    data = drawn(page, "", image=True)
    assert "picture" in codes(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a whole PDF"),
        (b"%PDF-1.4\n%%EOF", "not a whole PDF"),
        (drawn(lines(["x"]))[:400], "not a whole PDF"),
    ],
)
def test_broken_files_are_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_a_locked_file_is_refused() -> None:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn(lines(["Le maire parle."])))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(InputError, match="encrypted"):
        read(stream.getvalue())


def test_a_page_number_is_no_text_but_a_table_of_numbers_is() -> None:
    pages = [
        lines(["Le maire parle à la presse.", "Il répond aux questions des habitants."])
        + line(f"- {number} -", 200, 570)
        for number in (1, 2, 3)
    ]
    assert not any("-" in text for text in texts(drawn(*pages)))


def test_a_line_with_two_marks_before_it_is_read() -> None:
    item = [line("•", 40, 60), line("1.", 60, 60), line("Un point voté hier.", 85, 60)]
    page = "".join(item) + lines(["Une autre phrase de ce texte.", "La dernière."] * 3, y=160)
    said = [f"{block.marker} {block.text}" for block in read(drawn(page)).blocks]
    assert sum("Un point voté hier." in each for each in said) == 1


def test_letters_larger_than_any_page_are_no_text() -> None:
    sentences = [VOTE[:60], PLEA[:60], VOTE[60:120], PLEA[60:120]] * 3
    page = line("M", 100, 300, size=1_000_000_000) + lines(sentences, y=60)
    assert VOTE[:60] in " ".join(texts(drawn(page)))
