"""What the rows show is what the edition prints, character for character."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from pipeline.web.desk import Desk
from tests.web.test_desk import etag_of

TEXT = '« Il pleut, dit-il. L\'eau monte ! » `a "b"` ?\n\nIl neige.'


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("gb", "He said, ‘the colour isn’t grey’."),
        ("us", "He said, “the color isn’t gray”."),
        ("as-written", "He said, “the color isn’t grey”."),
    ],
)
def test_rows_are_as_the_edition_prints_them(
    browser: TestClient, desk: Desk, english: str, said: str
) -> None:
    files = {"files": ("port.md", TEXT.encode())}
    job = browser.post("/jobs", files=files).headers["location"].rsplit("/", 1)[1]
    desk.runs.start(job, rebuild=True, flags={"publish.english": english})
    with desk.benches.open(job) as bench:
        last = bench.rows()[-1].segment.id
    wanted = 'He said, "the color isn\'t grey".'
    shown = browser.post(f"/jobs/{job}/printed/{last}", data={"text": wanted}).json()["printed"]
    form = {"text": wanted, "etag": etag_of(browser, job, last)}
    browser.post(f"/jobs/{job}/sentences/{last}", data=form)
    browser.post(f"/jobs/{job}/run", data={})
    edition = browser.get(f"/jobs/{job}/download/edition.html").text
    printed = html.unescape(re.sub(r"<[^>]+>", "", edition))
    page = html.unescape(re.sub(r"<[^>]+>", "", browser.get(f"/jobs/{job}/text").text))
    with desk.benches.open(job) as bench:
        rows = bench.rows()
        assert "".join(rows[-1].printed) == shown
        for row in rows:
            for text in ("".join(row.printed), "".join(row.printed_source)):
                assert text in printed
                assert text in page
    assert shown == said
    # It is found as it is typed and as it is printed.
    for words in ("isn't", "isn’t", "L’eau monte !", "l'eau"):
        assert browser.get(f"/jobs/{job}/text", params={"find": words}).text.count('<li class="row')
