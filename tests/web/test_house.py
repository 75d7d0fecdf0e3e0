"""House styles: offered where a job is made and where its edition is set, and checked first."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.service.editions import publish_settings

OUTPUT = Path("output")
LAYOUT = {
    "layout": "side-by-side",
    "page_size": "A4",
    "dress": "print",
    "english": "gb",
    "notices": "both",
}


@pytest.fixture
def house(browser: TestClient) -> Path:
    """A folder with a house style beside the settings."""
    folder = Path("phare").resolve()
    folder.mkdir()
    style = 'name: Les Éditions du Phare\ntheme: {accent: "#8a1538"}\n'
    (folder / "house.yaml").write_text(style, "utf-8")
    return folder


def set_in(browser: TestClient, job: str, house: str) -> int:
    return browser.post(f"/jobs/{job}/layout", data={**LAYOUT, "house": house}).status_code


def house_of(job: str) -> str:
    setting = publish_settings(OUTPUT, job)
    assert setting
    return setting.house


def test_a_new_job_is_set_in_the_house_style_that_was_chosen(
    browser: TestClient, house: Path
) -> None:
    assert "Les Éditions du Phare" in browser.get("/").text
    wishes = {"pasted": "Il pleut sur le port.", "house": str(house)}
    answer = browser.post("/jobs", data=wishes)
    job = answer.headers["location"].rsplit("/", 1)[1]
    assert house_of(job) == str(house)
    assert "#8a1538" in browser.get(f"/jobs/{job}/preview/edition.html").text
    assert browser.post("/jobs", data={**wishes, "house": "/etc"}).status_code == 422


def test_an_edition_is_set_in_a_house_style_and_out_of_it(
    browser: TestClient, posted: str, house: Path
) -> None:
    assert set_in(browser, posted, str(house)) == 303
    assert "#8a1538" in browser.get(f"/jobs/{posted}/preview/edition.html").text
    (house / "house.yaml").rename(house / "elsewhere.yaml")
    assert set_in(browser, posted, str(house)) == 303
    assert house_of(posted) == str(house)
    assert set_in(browser, posted, "") == 303
    assert "#8a1538" not in browser.get(f"/jobs/{posted}/preview/edition.html").text
    assert set_in(browser, posted, str(house)) == 422


def test_a_house_style_that_cannot_be_set_says_why_and_changes_nothing(
    browser: TestClient, posted: str, house: Path
) -> None:
    (house / "house.yaml").write_text('name: Trop pâle\ntheme: {accent: "#eeeeee"}\n', "utf-8")
    answer = browser.post(f"/jobs/{posted}/layout", data={**LAYOUT, "house": str(house)})
    assert answer.status_code == 422
    assert "accent" in answer.text
    assert house_of(posted) == ""
