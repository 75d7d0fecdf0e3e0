"""The bundled fonts are what their table says, and enough for a French and an English text."""

import io

from fontTools.ttLib import TTFont

from pipeline.stages.publish.render.typefaces import FACES, FOLDER, _coverage

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
