"""Publishing makes the files that are asked for, and says what the fonts lack."""

import json

import pytest

from pipeline.config import PublishSettings, load_settings
from pipeline.errors import PublishError
from pipeline.jobs.plan import registered
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
