"""The bundled fonts are what their table says, and enough for a French and an English text."""

import io

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from pipeline.model import EntryKind
from pipeline.stages.publish.render import LAYOUTS, PrintOptions, build_edition, pdf, render_pdf
from pipeline.stages.publish.render.adapt import adapted
from pipeline.stages.publish.render.typefaces import (
    FACES,
    FOLDER,
    _coverage,
    faces_for,
    font_css,
    own_address,
    undrawn,
)
from tests.support.pdf_glyphs import boxes
from tests.support.render_sample import LI, H, P, Q, make_content

SPACES = (
    " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
SILENT = "\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f"
FRENCH = "éèêëàâäçîïôöùûüÿœæŒÆÉÈÀÇ«»‹›“”‘’–—…€№°ºª§†·\u00a0\u202f\u2011"


def test_the_coverage_table_is_what_every_style_of_a_family_draws() -> None:
    drawn: dict[str, set[int]] = {}
    for face in FACES:
        points = set(TTFont(io.BytesIO(face.read())).getBestCmap())
        drawn[face.family] = drawn.get(face.family, points) & points
    listed = {family: set(map(ord, points)) for family, points in _coverage().items()}
    assert listed == drawn


def test_french_and_english_need_no_other_font() -> None:
    assert set(FRENCH) <= _coverage()["Enregard Serif"]


def test_the_fonts_are_small_and_carry_their_licence() -> None:
    assert sum(len(face.read()) for face in FACES) < 1_200_000
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    names = {TTFont(io.BytesIO(face.read()))["name"].getDebugName(1) for face in FACES}
    assert not any("Source" in name for name in names)


def test_every_character_of_every_font_is_drawn_beside_every_kind_of_space() -> None:
    gaps = SPACES + SILENT
    paragraphs = []
    for family, points in _coverage().items():
        words = [point + gaps[place % len(gaps)] for place, point in enumerate(sorted(points))]
        # One word of the family stands before each kind of space, whatever its other letters get.
        words += [max(points) + gap for gap in gaps]
        paragraphs.append(f"<p style='font-family:\"{family}\",var(--others)'>{_page(words)}</p>")
    css = font_css(FACES, own_address) + "@page{size:600mm 600mm}"
    page = f"<style>{css}</style><body>{''.join(paragraphs)}</body>"
    assert not boxes(PdfReader(io.BytesIO(pdf.print_page(adapted(page)))))


def _page(words: list[str]) -> str:
    return "".join(f"&#{ord(each)};" if each in "&<>" else each for each in "".join(words))


@pytest.mark.parametrize("justify", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_space_after_another_script_is_a_box(layout: str, justify: bool) -> None:
    poet = "Лев\u00a0Толстой, Νίκος\u202fΚαζαντζάκης ; שלום « شكرا جزيلا » สันติภาพ !"
    content = make_content(
        [
            (H, 1, "", [("Тарас Шевченко à Paris", "Тарас Шевченко in Paris")]),
            *((kind, 1, "-" if kind is LI else "", [(poet, poet)]) for kind in (P, LI, Q)),
            (H, 2, "", [(poet, poet)]),
        ],
        terms=[("Лев\u00a0Толстой", "Лев\u00a0Толстой", EntryKind.KEEP, "Київ et Αθήνα .")],
    )
    data = render_pdf(build_edition(content), PrintOptions(layout=layout, justify=justify))
    assert not boxes(PdfReader(io.BytesIO(data)))


def test_an_edition_carries_the_fonts_of_its_own_scripts_alone() -> None:
    def families(text: str) -> set[str]:
        edition = build_edition(make_content([(P, 0, "", [(text, text)])], "Titre", "Title"))
        return {face.family.removeprefix("Enregard ") for face in faces_for(edition)}

    core = families("Le texte.")
    assert core == {"Serif", "Display", "Mono"}
    for text, family in {
        "Київ": "Extended",
        "ἐν ἀρχῇ": "Wide Greek",
        "שלום": "Hebrew",
        "شكرا": "Arabic",
        "สันติภาพ": "Thai",
        "Ղարաբաղ": "Armenian",
        "თბილისი": "Georgian",
        "नमस्ते": "Devanagari",
        "😀": "Emoji",
    }.items():
        assert families(text) - core >= {family}, text


def test_what_is_never_drawn_is_not_missing() -> None:
    assert undrawn("Mᵐᵉ 1ᵉʳ\u00ad\u200d\ufe0f\u2060和") == ("和",)
