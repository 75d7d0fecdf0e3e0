"""A house style: its colours, logo and fonts are checked, set, and kept with the job."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from docx import Document
from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from pipeline.config import load_settings
from pipeline.errors import ConfigError
from pipeline.jobs.plan import registered
from pipeline.model import EditionContent, House
from pipeline.stages.publish.dress import dress_of
from pipeline.stages.publish.exports import EXPORTS
from pipeline.stages.publish.house import dump_house, load_house, restore_house
from pipeline.stages.publish.logo import load_logo
from pipeline.stages.publish.render import (
    PrintOptions,
    beside_house,
    build_edition,
    render_html,
    render_pdf,
)
from pipeline.stages.publish.render.typefaces import FOLDER
from tests.support.obedient import Obedient
from tests.support.pdf_glyphs import boxes
from tests.support.render_sample import P, make_content

STYLE = """\
name: Les Éditions du Phare
theme: {accent: "#8a1538", muted: "#4b5563"}
logo: logo.png
fonts:
  licence: Licence 1234 of the foundry
  regular: regular.woff2
  italic: italic.woff2
  bold: bold.woff2
"""
FACES = {"regular": "serif-regular", "italic": "serif-italic", "bold": "serif-semibold"}


DRAWING = """\
<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="120" height="40"
 xmlns:other="http://example.org/other" other:note="mine">
<!-- drawn by hand --><metadata>me</metadata><title>Lampe</title><other:guide/>
<style>.lamp{fill:#8a1538}</style>
<defs><linearGradient id="glow"><stop stop-color="#fff"/><stop offset="1"/></linearGradient>
<clipPath id="frame"><rect width="120" height="40"/></clipPath><path id="ray" d="M0 0L9 9"/></defs>
<g clip-path="url(#frame)"><circle class="lamp" cx="20" cy="20" r="18"/>
<rect x="50" y="10" width="60" height="20" style="fill:url(#glow)"/>
<use xlink:href="#ray" x="60"/></g>
</svg>
"""


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of our fonts with the letters of French and English alone."""
    target = tmp_path_factory.mktemp("fonts")
    options = Options(flavor="woff2", layout_features=[])
    for name, face in FACES.items():
        with TTFont(FOLDER / f"{face}.woff2") as font:
            subsetter = Subsetter(options)
            subsetter.populate(unicodes=[*range(0x20, 0x180), *range(0x2000, 0x20D0)])
            subsetter.subset(font)
            save_font(font, str(target / f"{name}.woff2"), options)
    return target


@pytest.fixture
def folder(tmp_path: Path, fonts: Path) -> Path:
    """Give a house style whose fonts are ours under their own names; they know no Greek."""
    return made(tmp_path / "phare", fonts)


def made(target: Path, fonts: Path) -> Path:
    shutil.copytree(fonts, target)
    (target / "house.yaml").write_text(STYLE, encoding="utf-8")
    Image.new("RGB", (240, 80), "#8a1538").save(target / "logo.png")
    return target


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> House:
    """Give the house style, read once."""
    return load_house(made(tmp_path_factory.mktemp("house") / "phare", fonts))


def changed(folder: Path, **words: str) -> Path:
    text = STYLE
    for before, after in words.items():
        text = text.replace(before, after)
    (folder / "house.yaml").write_text(text, encoding="utf-8")
    return folder


def in_house(house: House, **flags: object) -> EditionContent:
    content = make_content(
        [(P, 0, "", [("Le poète Νίκος\u202f: «\u202foui\u202f».", "The poet Νίκος: “yes”.")])],
        "Un titre",
        "A title",
    )
    settings = load_settings(registered(), flags=flags)
    return replace(content, dress=dress_of(settings.publish, house))


def test_colours_logo_and_fonts_are_in_the_edition(house: House) -> None:
    for layout in ("side-by-side", "facing-pages", "interlinear"):
        content = in_house(house)
        options = PrintOptions(layout=layout, theme=content.dress.theme)
        data = render_pdf(build_edition(content), options)
        reader = PdfReader(io.BytesIO(data))
        first = reader.pages[0]
        assert len(first.images) == 1
        assert data == render_pdf(build_edition(content), options)
        assert not boxes(reader)
    page = render_html(build_edition(content))
    assert page.count("<img ") == 1
    assert 'alt="Les Éditions du Phare"' in page
    assert "img-src data:;" in page
    assert "House Text" in page


def bare(folder: Path, kind: str) -> House:
    """Give the house style with its logo as a file of a kind, and without its fonts."""
    (folder / "logo.svg").write_text(DRAWING, encoding="utf-8")
    style = STYLE.partition("fonts:")[0].replace("logo.png", f"logo.{kind}")
    (folder / "house.yaml").write_text(style, encoding="utf-8")
    return load_house(folder)


def test_a_drawing_stays_one_on_paper_and_screen(folder: Path) -> None:
    house = bare(folder, "svg")
    assert house.logo
    assert b"lamp" in house.logo.data
    assert all(word not in house.logo.data for word in (b"metadata", b"Lampe", b"other", b"hand"))
    edition = build_edition(in_house(house))
    assert "data:image/svg+xml;base64," in render_html(edition)
    assert len(PdfReader(io.BytesIO(render_pdf(edition))).pages[0].images) == 0
    assert restore_house(dump_house(house)) == house
    assert load_house(folder) == house


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_for_the_press_a_logo_has_no_colour(folder: Path, kind: str) -> None:
    content = in_house(bare(folder, kind))
    options = PrintOptions(press=True, theme=content.dress.theme)
    (image,) = PdfReader(io.BytesIO(render_pdf(build_edition(content), options))).pages[0].images
    assert image.image is not None
    assert image.image.mode == "L"


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_docx_and_epub_have_the_logo_with_the_name_of_the_house(folder: Path, kind: str) -> None:
    house = bare(folder, kind)
    content = in_house(house)
    assert house.logo
    with zipfile.ZipFile(io.BytesIO(EXPORTS["docx"].make(content))) as archive:
        document = archive.read("word/document.xml").decode()
        Image.open(io.BytesIO(archive.read("word/logo.png"))).verify()
        assert ("word/logo.svg" in archive.namelist()) is (kind == "svg")
        assert ("svgBlip" in document) is (kind == "svg")
    assert document.count('descr="Les Éditions du Phare"') == 2
    width, height = map(int, re.findall(r'wp:extent cx="(\d+)" cy="(\d+)"', document)[0])
    assert width == pytest.approx(3 * height, rel=0.01)
    (shape,) = Document(io.BytesIO(EXPORTS["docx"].make(content))).inline_shapes
    assert shape.height.mm == pytest.approx(11, abs=0.1)
    with zipfile.ZipFile(io.BytesIO(EXPORTS["epub"].make(content))) as book:
        assert (
            f'src="logo.{kind}" alt="Les Éditions du Phare"'
            in book.read("book/title.xhtml").decode()
        )
        assert book.read(f"book/logo.{kind}") == house.logo.data
        assert f'href="logo.{kind}" media-type="image/' in book.read("book/book.opf").decode()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("<defs>", "<script>alert(1)</script><defs>", "holds <script>"),
        ("<defs>", "<foreignObject/><defs>", "holds <foreignObject>"),
        ("<defs>", '<image href="x.png"/><defs>', "holds <image>"),
        ("<defs>", "<text>Phare</text><defs>", "turn the text into paths"),
        ("<defs>", '<animate attributeName="x"/><defs>', "holds <animate>"),
        ("<g ", '<g onload="alert(1)" ', "a script or an address"),
        ('"#ray"', '"https://example.org/#ray"', "a script or an address"),
        ('"#ray"', '"data:image/svg+xml,x"', "a script or an address"),
        ("url(#glow)", "url(http://example.org/)", "a script or an address"),
        (".lamp{", "@import 'x.css';.lamp{", "a script or an address"),
        (".lamp{", ".lamp{background:u\\72l(x);", "a script or an address"),
        ('<path id="ray" d="M0 0L9 9"/>', '<g id="ray"><use href="#ray"/></g>', "refers to itself"),
        ('<rect width="120" height="40"/>', '<g clip-path="url(#frame)"/>', "refers to itself"),
        ("<?xml", '<!DOCTYPE svg [<!ENTITY a "b">]><?xml', "declares entities"),
        (' width="120" height="40"\n', "", "has no size"),
        ("</svg>", "<g>" * 50 + "</g>" * 50 + "</svg>", "too many parts"),
        ("</svg>", "<g/>" * 1_200 + "</svg>", "too many parts"),
        ("</svg>", "</g></svg>", "not valid XML"),
        ("http://www.w3.org/2000/svg", "http://example.org", "is no SVG drawing"),
    ],
)
def test_a_drawing_that_is_more_than_shapes_is_refused(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert before in DRAWING
    (tmp_path / "logo.svg").write_text(DRAWING.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        load_logo(tmp_path / "logo.svg")


def test_without_a_logo_no_picture_may_load(folder: Path) -> None:
    without = {"logo: logo.png\n": "", STYLE[STYLE.index("fonts:") :]: ""}
    house = load_house(changed(folder, **without))
    page = render_html(build_edition(in_house(house)))
    assert "img-src" not in page
    assert "<img" not in page


def test_what_the_fonts_of_the_house_lack_is_told(house: House) -> None:
    edition = build_edition(in_house(house))
    assert set("Νίκος") <= set(beside_house(edition))
    assert "e" not in beside_house(edition)
    assert "Licence 1234 of the foundry" in edition.summary[1]


def test_settings_count_more_than_the_house(house: House) -> None:
    settings = load_settings(registered(), flags={"publish.theme": {"accent": "#123456"}})
    dress = dress_of(settings.publish, house)
    assert dress.theme == {"accent": "#123456", "muted": "#4b5563", "text-font": "House Text"}


def test_a_house_comes_back_from_its_plain_form(house: House, folder: Path) -> None:
    assert restore_house(dump_house(house)) == house
    assert load_house(folder) == house
    assert restore_house(None) is None


def test_the_docx_names_the_face_and_takes_the_colours_of_the_house(house: House) -> None:
    content = in_house(house)
    with zipfile.ZipFile(io.BytesIO(EXPORTS["docx"].make(content))) as archive:
        styles = archive.read("word/styles.xml").decode()
    assert "Georgia" not in styles
    assert "8A1538" in styles
    assert "8C2F23" not in styles


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('accent: "#8a1538"', 'accent: "#ffeeee"', "contrast of 1.1 to 1"),
        ("accent:", "acent:", "did you mean 'accent'"),
        ("  licence: Licence 1234 of the foundry\n", "", "fonts.licence: field required"),
        ("  italic: italic.woff2\n", "", "fonts: italic missing"),
        ("italic.woff2", "none.woff2", "does not exist"),
        ("logo.png", "house.yaml", "is no PNG, JPEG or SVG picture"),
        ("italic.woff2", "logo.png", "is no OpenType, TrueType or WOFF font"),
        ("logo.png", "../logo.png", "is not in the folder"),
        ("name: Les Éditions du Phare\n", "", "name: field required"),
        ("theme:", "colours:", "colours: extra inputs"),
    ],
)
def test_what_is_wrong_with_a_house_style_is_told(
    folder: Path, before: str, after: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        load_house(changed(folder, **{before: after}))


@pytest.mark.parametrize("bits", [0x0002, 0x0100, 0x0200])
def test_a_font_that_may_not_be_embedded_is_refused(folder: Path, bits: int) -> None:
    with TTFont(folder / "italic.woff2") as font:
        font["OS/2"].fsType = bits
        font.save(folder / "italic.woff2")
    with pytest.raises(ConfigError, match="forbids to embed"):
        load_house(folder)


def test_a_font_without_the_letters_of_french_is_refused(folder: Path) -> None:
    shutil.copy(FOLDER / "thai-regular.woff2", folder / "italic.woff2")
    with pytest.raises(ConfigError, match=r"the font has no .*é"):
        load_house(folder)


def test_a_job_keeps_the_house_style_when_its_folder_is_gone(
    enregard: Callable[..., Result],
    engine: Obedient,
    article: Path,
    fast_config: Path,
    tmp_path: Path,
    folder: Path,
) -> None:
    run = ("run", article, "--config", fast_config, "--engine", "embedded")
    enregard(*run, "--set", f"publish.house={folder}")
    job = next((tmp_path / "output").iterdir())
    assert len(PdfReader(job / "edition.pdf").pages[0].images) == 1
    shutil.rmtree(folder)
    enregard("run", article, "--config", fast_config, "--dress", "print")
    assert len(PdfReader(job / "edition.pdf").pages[0].images) == 1
    refused = enregard(*run, "--set", f"publish.house={folder}", code=4).output
    assert "house.yaml does not exist" in refused
