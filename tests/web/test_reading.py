"""Reading, signing off, terms in a table, editions set anew, jobs put in order: by forms alone."""

from __future__ import annotations

import html
import re
from pathlib import Path

from starlette.testclient import TestClient

from pipeline.web.desk import Desk
from tests.web.test_desk import etag_of, text_of


def read_by(browser: TestClient, name: str) -> None:
    answer = browser.post("/reviewer", data={"reviewer": name, "back": "/"})
    assert answer.status_code == 303


def mark(browser: TestClient, job: str, segment: str, state: str) -> int:
    form = {"state": state, "etag": etag_of(browser, job, segment)}
    return browser.post(f"/jobs/{job}/states/{segment}", data=form).status_code


def test_a_sentence_is_read_by_somebody(browser: TestClient, posted: str) -> None:
    assert mark(browser, posted, "b0002.s01", "read") == 422
    read_by(browser, "Élise Marchandeau")
    assert mark(browser, posted, "b0002.s01", "nonsense") == 422
    assert mark(browser, posted, "b0002.s01", "read") == 303
    shown = browser.get(f"/jobs/{posted}/text").text
    assert "1 of 6 read" in shown
    assert "read by Élise Marchandeau" in browser.get(f"/jobs/{posted}/sentences/b0002.s01").text
    assert browser.get(f"/jobs/{posted}/text?show=unread").text.count('<li class="row') == 5


def test_who_writes_has_read_and_another_text_is_open_again(
    browser: TestClient, posted: str, desk: Desk
) -> None:
    read_by(browser, "A. B.")
    segment = "b0002.s01"
    form = {"text": "Mine.", "etag": etag_of(browser, posted, segment)}
    browser.post(f"/jobs/{posted}/sentences/{segment}", data=form)
    with desk.benches.open(posted) as bench:
        assert (bench.row(segment).state, bench.row(segment).reviewer) == ("read", "A. B.")
    form = {"engine": "yes", "etag": etag_of(browser, posted, segment)}
    browser.post(f"/jobs/{posted}/sentences/{segment}", data=form)
    with desk.benches.open(posted) as bench:
        assert bench.row(segment).state == "open"


def test_what_is_read_is_signed_off_and_the_edition_says_so(
    browser: TestClient, posted: str
) -> None:
    read_by(browser, "A. B.")
    for segment in ("b0000.s01", "b0002.s01"):
        mark(browser, posted, segment, "read")
    browser.post(f"/jobs/{posted}/sign-off", data={})
    assert "<b>2</b> signed off" in browser.get(f"/jobs/{posted}/text").text
    browser.post(f"/jobs/{posted}/run", data={})
    assert "A. B." in browser.get(f"/jobs/{posted}/download/edition.html").text


# Terms


def keys(browser: TestClient, job: str, query: str = "") -> list[str]:
    shown = browser.get(f"/jobs/{job}/terms{query}").text
    return [html.unescape(key) for key in re.findall(r'name="use" value="([^"]+)"', shown)]


def test_terms_are_filtered_and_decided_together(browser: TestClient, posted: str) -> None:
    every = keys(browser, posted)
    assert len(every) == 2
    assert keys(browser, posted, "?status=declined") == []
    form = {"use": every[:2], "verdict": "declined", "back": "?decided=no"}
    answer = browser.post(f"/jobs/{posted}/terms-all", data=form)
    assert answer.headers["location"] == f"/jobs/{posted}/terms?decided=no&stored=2&changed=0"
    assert "2 decided." in browser.get(answer.headers["location"]).text
    assert len(keys(browser, posted, "?decided=yes")) == 2
    browser.post(f"/jobs/{posted}/run", data={})
    assert len(keys(browser, posted, "?status=declined")) == 2


def test_terms_of_a_sentence_that_has_changed_are_left_as_they_are(
    browser: TestClient, posted: str
) -> None:
    every = keys(browser, posted)
    segment = every[0].split(" ")[0]
    form = {"text": "Changed.", "etag": etag_of(browser, posted, segment)}
    browser.post(f"/jobs/{posted}/sentences/{segment}", data=form)
    answer = browser.post(
        f"/jobs/{posted}/terms-all", data={"use": every[0], "verdict": "accepted"}
    )
    assert answer.headers["location"].endswith("stored=0&changed=1")
    for bad in ("x", "a b c d", "a b 1"):
        form = {"use": bad, "verdict": "accepted"}
        assert browser.post(f"/jobs/{posted}/terms-all", data=form).status_code == 422


def test_an_entry_is_changed_in_the_table(browser: TestClient, posted: str) -> None:
    segment, _, _, entry = keys(browser, posted)[0].split(" ", 3)
    form = {"segment": segment, "entry": entry, "target": "Odd words"}
    assert browser.post(f"/jobs/{posted}/terms-entry", data=form).status_code == 303
    browser.post(f"/jobs/{posted}/run", data={})
    assert "Odd words" in text_of(browser, posted, segment)


# Editions and jobs


def test_an_edition_is_set_in_another_way_and_keeps_its_translation(
    browser: TestClient, posted: str, desk: Desk
) -> None:
    form = {"text": "Mine.", "etag": etag_of(browser, posted, "b0002.s01")}
    browser.post(f"/jobs/{posted}/sentences/b0002.s01", data=form)
    form = {"layout": "facing-pages", "page_size": "Letter", "justify": "on", "dress": "print"}
    assert browser.post(f"/jobs/{posted}/layout", data=form).status_code == 422
    form |= {"english": "us", "notices": "fr"}
    assert browser.post(f"/jobs/{posted}/layout", data=form).status_code == 303
    shown = browser.get(f"/jobs/{posted}").text
    assert '<option value="facing-pages" selected>' in shown
    assert "<option selected>Letter</option>" in shown
    assert '<option value="us" selected>' in shown
    assert text_of(browser, posted, "b0002.s01") == "Mine."
    form["layout"] = "nonsense"
    assert browser.post(f"/jobs/{posted}/layout", data=form).status_code == 422


def test_a_corrected_text_goes_on_with_its_job(
    browser: TestClient, posted: str, article: Path
) -> None:
    form = {"text": "Mine.", "etag": etag_of(browser, posted, "b0002.s01")}
    browser.post(f"/jobs/{posted}/sentences/b0002.s01", data=form)
    corrected = article.read_text("utf-8").replace("2027", "2028").encode()
    answer = browser.post("/jobs", files={"files": ("accord.md", corrected)})
    assert answer.headers["location"] == f"/jobs/{posted}"
    assert text_of(browser, posted, "b0002.s01") == "Mine."
    assert "2028" in text_of(browser, posted, "b0003.s01")
    assert "Revisions" in browser.get(f"/jobs/{posted}").text


def test_jobs_are_renamed_put_away_and_deleted(browser: TestClient, posted: str) -> None:
    def organise(job: str, **form: str) -> str:
        return str(browser.post(f"/jobs/{job}/organise", data=form).headers.get("location"))

    address = organise(posted, what="rename", name="autre-nom")
    job = address.rsplit("/", 1)[1]
    assert browser.get(address).status_code == 200
    assert organise(job, what="archive") == "/"
    assert job not in browser.get("/").text
    assert job in browser.get("/?archived=yes").text
    organise(job, what="unarchive")
    asked = browser.post(f"/jobs/{job}/organise", data={"what": "delete"})
    assert "for good" in asked.text
    assert browser.get(f"/jobs/{job}").status_code == 200
    assert organise(job, what="delete", sure="yes") == "/"
    assert browser.get(f"/jobs/{job}").status_code == 404


def test_all_jobs_are_searched(browser: TestClient, posted: str) -> None:
    assert "1 sentence found" in browser.get("/?find=COMITÉ").text
    assert "0 sentences found" in browser.get("/?find=zzz").text


def test_the_machine_and_the_quality_are_shown(browser: TestClient, posted: str) -> None:
    shown = browser.get("/machine").text
    assert "Obedient 1" in shown
    refused = browser.post("/machine/install", files={"package": ("x.argosmodel", b"no zip")})
    assert refused.status_code == 422
    assert "x.argosmodel" in refused.text
    assert browser.post("/machine/install", data={}).status_code == 422
    assert f"/jobs/{posted}/preview/quality.html" in browser.get(f"/jobs/{posted}/quality").text
    policy = browser.get(f"/jobs/{posted}/preview/quality.html").headers["content-security-policy"]
    assert policy.startswith("sandbox ")


def test_a_damaged_job_is_told_and_can_be_deleted(
    browser: TestClient, posted: str, desk: Desk
) -> None:
    (desk.output / posted / "job.sqlite3").write_bytes(b"no database at all" * 99)
    browser.cookies.set("enregard-language", "fr")
    shown = browser.get(f"/jobs/{posted}").text
    assert "le fichier n’est pas une base de données" in shown
    assert 'value="rename"' not in shown
    browser.post(f"/jobs/{posted}/organise", data={"what": "delete", "sure": "yes"})
    assert not (desk.output / posted).exists()


def test_the_quality_page_is_in_the_editors_language(browser: TestClient, posted: str) -> None:
    shown = browser.get(f"/jobs/{posted}/quality").text
    assert "terms as asked" in shown
    browser.cookies.set("enregard-language", "fr")
    shown = browser.get(f"/jobs/{posted}/quality").text
    assert "une phrase sans constat peut être fausse." in shown
    assert "Ce que les contrôles ont relevé" in shown


def test_the_quality_page_leads_to_its_worst_sentences(browser: TestClient, posted: str) -> None:
    shown = browser.get(f"/jobs/{posted}/quality").text
    address = re.search(r'href="(/jobs/[^"]+open=[^"]+)"', shown)
    assert address
    assert "is-open" in browser.get(address[1].replace("&amp;", "&")).text
