"""What was decided at the desk is taken back step by step; words are replaced after a look."""

from __future__ import annotations

import html
import re

from starlette.testclient import TestClient

from tests.web.test_desk import etag_of, put, text_of

SEGMENT = "b0002.s01"


def last_step(browser: TestClient, job: str) -> tuple[str, str]:
    """Give the number and the words of the button that undoes."""
    shown = browser.get(f"/jobs/{job}/text").text
    number = re.search(r'name="step" value="(\d+)"', shown)
    words = re.search(r">\s*(Undo: [^<]+)</button>", shown)
    return (number[1], words[1]) if number and words else ("", "")


def undo(browser: TestClient, job: str, step: str = "") -> int:
    step = step or last_step(browser, job)[0]
    return browser.post(f"/jobs/{job}/undo", data={"step": step}).status_code


def write(browser: TestClient, job: str, text: str, segment: str = SEGMENT) -> None:
    assert put(browser, job, segment, text, etag_of(browser, job, segment))[0] == 200


def test_steps_are_taken_back_one_after_the_other(browser: TestClient, posted: str) -> None:
    before = text_of(browser, posted, SEGMENT)
    assert last_step(browser, posted) == ("", "")
    for text in ("First.", "Second."):
        write(browser, posted, text)
    browser.post(
        f"/jobs/{posted}/states/{SEGMENT}", data={"state": "read", "etag": "x"}
    )  # is refused
    assert last_step(browser, posted)[1] == "Undo: text of sentence 5"
    assert undo(browser, posted) == 303
    assert text_of(browser, posted, SEGMENT) == "First."
    assert undo(browser, posted) == 303
    assert text_of(browser, posted, SEGMENT) == before
    assert last_step(browser, posted) == ("", "")
    assert undo(browser, posted, "1") == 422


def test_what_another_decided_since_is_not_undone(browser: TestClient, posted: str) -> None:
    browser.post("/reviewer", data={"reviewer": "Anne", "back": "/"})
    write(browser, posted, "Anne’s.")
    mine = last_step(browser, posted)[0]
    browser.post("/reviewer", data={"reviewer": "Béatrice", "back": "/"})
    assert last_step(browser, posted) == ("", "")
    write(browser, posted, "Béatrice’s.")
    browser.post("/reviewer", data={"reviewer": "Anne", "back": "/"})
    assert last_step(browser, posted)[0] == mine
    answer = browser.post(f"/jobs/{posted}/undo", data={"step": mine})
    assert answer.status_code == 422
    assert "somebody decided otherwise since" in answer.text
    assert text_of(browser, posted, SEGMENT) == "Béatrice’s."


def test_words_are_replaced_after_a_look_and_put_back(browser: TestClient, posted: str) -> None:
    write(browser, posted, "The accord of the Accord.")
    write(browser, posted, "An accord.", "b0003.s01")
    address = f"/jobs/{posted}/replace"
    shown = browser.get(f"{address}?find=accord&by=agreement").text
    keys = [
        html.unescape(each) for each in re.findall(r'name="use" checked value="([^"]+)"', shown)
    ]
    assert len(keys) == 2
    assert '<span class="new">Agreement</span>' in shown
    write(browser, posted, "Another accord.", "b0003.s01")
    form = {"find": "accord", "by": "agreement"}
    assert browser.post(address, data=form).status_code == 422
    done = browser.post(address, data={**form, "use": keys}).headers["location"]
    told = browser.get(done).text
    assert "1 sentence changed." in told
    assert "1 had changed meanwhile" in told
    assert text_of(browser, posted, SEGMENT) == "The agreement of the Agreement."
    assert text_of(browser, posted, "b0003.s01") == "Another accord."
    undo(browser, posted)
    assert text_of(browser, posted, SEGMENT) == "The accord of the Accord."
    assert "Nothing would change." in browser.get(f"{address}?find=zzz&by=x").text
    assert browser.get(f"{address}?find=+&by=x").status_code == 422
