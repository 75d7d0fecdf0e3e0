"""Publishing makes the files that are asked for, and says what the fonts lack."""

import json

import pytest

from pipeline.config import PublishSettings, load_settings
from pipeline.stages.publish import HTML, PDF, REPORT, SEGMENTS, publish
from tests.render_sample import SAMPLE


def settings_with(flags: dict[str, object]) -> PublishSettings:
    return load_settings(flags=flags).publish


@pytest.mark.parametrize(("html", "pdf", "made"), [(True, False, {HTML}), (False, True, {PDF})])
def test_the_data_is_always_there_and_the_editions_asked_for(
    html: bool, pdf: bool, made: set[str]
) -> None:
    published = publish(SAMPLE, settings_with({"publish.html": html, "publish.pdf": pdf}))
    assert set(published.files) == {REPORT, SEGMENTS} | made
    assert published.missing_glyphs == ("京", "北")
    lines = published.files[SEGMENTS].decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [each.id for each in SAMPLE.segments]
