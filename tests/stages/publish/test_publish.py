"""Publishing makes the files that are asked for, and says what the fonts lack."""

import json
from dataclasses import replace

import pytest

from pipeline.config import PublishSettings, load_settings
from pipeline.errors import PublishError
from pipeline.jobs.plan import registered
from pipeline.stages.publish.characters import glyph_notices, named
from pipeline.stages.publish.render import boxed
from pipeline.stages.publish.stage import HTML, PDF, QUALITY, REPORT, SEGMENTS, publish
from tests.support.render_sample import SAMPLE


def settings_with(flags: dict[str, object]) -> PublishSettings:
    """Give the defaults with some flags; the sample quotes Chinese, which no bundled font has."""
    flags = {"publish.missing_glyphs": "substitute"} | flags
    return load_settings(registered(), flags=flags).publish


def test_a_character_that_cannot_be_drawn_fails_the_build() -> None:
    with pytest.raises(PublishError, match=r"京 北.*missing_glyphs"):
        publish(SAMPLE, settings_with({"publish.missing_glyphs": "fail"}))


@pytest.mark.parametrize(("html", "pdf", "made"), [(True, False, {HTML}), (False, True, {PDF})])
def test_the_data_is_always_there_and_the_editions_asked_for(
    html: bool, pdf: bool, made: set[str]
) -> None:
    published = publish(SAMPLE, settings_with({"publish.html": html, "publish.pdf": pdf}))
    assert set(published.files) == {QUALITY, REPORT, SEGMENTS} | made
    assert published.missing_glyphs == ("京", "北")
    lines = published.files[SEGMENTS].decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [each.id for each in SAMPLE.segments]


def test_what_cannot_be_drawn_is_named_before_anything_is_translated() -> None:
    block = replace(SAMPLE.document.blocks[0], text="和平 et 평화, « שלום »")
    document = replace(SAMPLE.document, title="Titre", blocks=(block,))
    (notice,) = glyph_notices(document, settings_with({"publish.missing_glyphs": "fail"}))
    assert "cannot draw 和 平 평 화: publishing will stop; replace" in notice.message
    assert not glyph_notices(
        replace(document, blocks=(replace(block, text="Ça va."),)), settings_with({})
    )


def test_a_list_of_characters_says_how_many_it_leaves_out() -> None:
    assert named("和平") == "和 平"
    assert named(map(chr, range(0x4E00, 0x4E00 + 127))).endswith(" 乷 and 7 more")


def test_characters_that_no_font_of_the_machine_has_are_known() -> None:
    # A noncharacter: no font may draw it.
    assert boxed("a\U0001fffe") == ("\U0001fffe",)
    assert boxed("") == ()
