"""The HTML edition in a real browser: phone, tablet and desktop, with script and without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import EditionContent, ReferenceScore
from pipeline.stages.publish.figures import assess
from pipeline.stages.publish.render import build_edition, render_html, render_quality
from tests.support.browsers import chromium, context_of, needs_chromium
from tests.support.render_sample import SAMPLE, ranked

pytestmark = needs_chromium
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1280, 800)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the edition is; the quality page is beside it."""
    path: Path = tmp_path_factory.mktemp("edition") / "edition.html"
    edition, judged = build_edition(SAMPLE), _judged(SAMPLE)
    path.write_text(render_html(edition), encoding="utf-8")
    page = render_quality(judged, edition, assess(judged))
    path.with_name("quality.html").write_text(page, encoding="utf-8")
    return path.as_uri()


def _judged(content: EditionContent) -> EditionContent:
    """Give a content with words of which each third is weak, and scores against a reference."""
    translations = tuple(
        replace(each, words=tuple(-2.0 if n % 3 else -0.2 for n in range(len(each.text.split()))))
        for each in content.translations
    )
    scores = tuple(
        ReferenceScore((each.id,), "A reference.", 30.0, 55.0, 45.0) for each in content.segments
    )
    return ranked(replace(content, translations=translations, reference_scores=scores))


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Any]:
    """Open the edition; give the page. Whatever it asks for or complains of fails the test."""
    contexts, complaints = [], []

    def opened(size: str = "desktop", anchor: str = "", **options: Any) -> Any:
        width, height = SIZES[size]
        options.setdefault("viewport", {"width": width, "height": height})
        context = context_of(browser, has_touch=size != "desktop", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: complaints.append(r.url) if r.url[:4] == "http" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.goto(address + anchor)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mode", ["both", "reveal"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(open_page: Any, size: str, mode: str, scheme: str) -> None:
    page = open_page(size, f"#;{mode}", color_scheme=scheme, bypass_csp=True)
    assert _violations(page) == []


def _violations(page: Any) -> list[tuple[str, str, str]]:
    """Give what axe-core complains of."""
    import axe_playwright_python

    axe = Path(axe_playwright_python.__file__).parent / "axe.min.js"
    page.evaluate(axe.read_text(encoding="utf-8"))
    # All rules are tried; what passes is not described, which would take longest.
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert len(result["passes"]) > 20
    found = result["violations"]
    return [(each["id"], each["nodes"][0]["html"], each["help"]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_quality_page_is_accessible_and_fits(open_page: Any, size: str, scheme: str) -> None:
    page = open_page(size, color_scheme=scheme, bypass_csp=True)
    page.goto(page.url.replace("edition.html", "quality.html"))
    assert page.locator("mark.weak").first.is_visible()
    assert page.locator("figure svg rect").first.bounding_box()["width"] > 2
    assert _violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    page.get_by_role("link", name="Row 2").first.click()
    assert page.evaluate("location.hash").startswith("#en-2-")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_both_texts_are_there_and_nothing_overflows(
    open_page: Any, size: str, script: bool
) -> None:
    page = open_page(size, java_script_enabled=script)
    french, english = page.locator("#fr-2-1"), page.locator("#en-2-1")
    assert french.is_visible()
    assert english.is_visible()
    left, right = french.bounding_box(), english.bounding_box()
    if size == "phone":
        assert right["y"] > left["y"]
    else:
        assert right["x"] > left["x"] + 100
    width = SIZES[size][0]
    for row in page.locator(".row").all():
        box = row.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.locator(".modes").is_visible() is script


def test_a_sentence_lights_up_on_both_sides(open_page: Any) -> None:
    page = open_page()
    lit = page.locator(".s.on")
    page.locator("#fr-2-2").hover()
    assert lit.evaluate_all("all => all.map(each => each.id)") == ["fr-2-2", "en-2-2"]
    page.locator("#en-3-1").focus()
    assert lit.evaluate_all("all => all.map(each => each.id)") == ["fr-3-1", "en-3-1"]


def test_a_tap_lights_a_sentence_up(open_page: Any) -> None:
    page = open_page("phone")
    page.locator("#en-3-1").tap()
    ids = page.locator(".s.on").evaluate_all("all => all.map(each => each.id)")
    assert ids == ["fr-3-1", "en-3-1"]


def test_keys_move_along_rows_and_sentences(open_page: Any) -> None:
    page = open_page()
    focused = "document.activeElement.id"
    seen = []
    for key in ["j", "j", "ArrowRight", "j", "k", "ArrowLeft"]:
        page.keyboard.press(key)
        seen.append(page.evaluate(focused))
    assert seen == ["fr-1-1", "fr-2-1", "fr-2-2", "fr-3-1", "fr-2-1", "fr-1-1"]


def test_keys_can_be_turned_off(open_page: Any) -> None:
    page = open_page()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.locator("#shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    assert page.evaluate("location.hash") == ""


def test_modes_stand_in_the_address(open_page: Any) -> None:
    page = open_page()
    page.get_by_role("button", name="Français").click()
    assert not page.locator("#en-2-1").is_visible()
    assert page.evaluate("location.hash") == "#;fr"
    page.locator("#r2 .number a").click()
    assert page.evaluate("location.hash") == "#r2;fr"
    assert not page.locator("#en-2-1").is_visible()


def test_reveal_covers_each_translation_until_it_is_asked_for(open_page: Any) -> None:
    page = open_page(anchor="#;reveal")
    english = page.locator("#en-2-1")
    assert not english.is_visible()
    page.get_by_role("button", name="Show the English of row 2", exact=True).click()
    assert english.is_visible()
    assert not page.locator("#en-3-1").is_visible()
    page.get_by_role("button", name="Cover row 2", exact=True).click()
    assert not english.is_visible()


def test_a_link_to_a_covered_sentence_uncovers_it(open_page: Any) -> None:
    page = open_page(anchor="#en-2-2;reveal")
    assert page.locator("#en-2-2").is_visible()


def test_marks_say_what_they_stand_for_and_can_be_switched_off(open_page: Any) -> None:
    page = open_page()
    card = page.locator("#card")
    page.locator("#r2 a.t.present").first.hover()
    lines = card.inner_text().split("\n")
    assert "ministère des Armées → Ministry of the Armed Forces" in lines
    assert "1 after a hint" in lines
    page.keyboard.press("Escape")
    assert not card.is_visible()
    page.locator("#m2").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert "loud" in card.inner_text()
    page.get_by_role("button", name="Notes").click()
    page.locator("#r2 a.t").first.hover()
    assert not card.is_visible()
    assert not page.locator("#m2").is_visible()


def test_copying_gives_both_sentences_and_where_they_are_from(open_page: Any) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.locator("#fr-2-2").click()
    page.keyboard.press("c")
    page.wait_for_function("document.getElementById('said').textContent !== ''")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[:2] == ["L’Élysée se tait.", "The Élysée says nothing."]
    assert copied[3].startswith("Claire Ménard, Le conseil")
    assert copied[3].endswith("#en-2-2")


def test_print_shows_both_columns_and_no_controls(open_page: Any) -> None:
    page = open_page(anchor="#;reveal")
    page.emulate_media(media="print")
    assert page.locator("#en-2-1").is_visible()
    assert not page.locator(".bar").is_visible()
    assert not page.locator(".uncover").first.is_visible()
