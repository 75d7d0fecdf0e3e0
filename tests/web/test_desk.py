"""What an editor does at the desk, by forms alone and by the requests of its scripts."""

from __future__ import annotations

import html
import io
import re
import zipfile

from starlette.testclient import TestClient

from tests.support.obedient import Obedient

TITLE = "Un accord à Tallinn"


def etag_of(browser: TestClient, job: str, segment: str) -> str:
    found = re.search(r'data-etag="(\w+)"', browser.get(f"/jobs/{job}/sentences/{segment}").text)
    assert found
    return found[1]


def text_of(browser: TestClient, job: str, segment: str) -> str:
    found = re.search(r'data-text="([^"]*)"', browser.get(f"/jobs/{job}/sentences/{segment}").text)
    assert found
    return html.unescape(found[1])


def test_a_file_becomes_a_job_that_is_run(browser: TestClient, posted: str) -> None:
    assert posted.startswith("accord-")
    home = browser.get("/").text
    assert "Un accord à Tallinn" in home
    assert "up to date" in home
    shown = browser.get(f"/jobs/{posted}").text
    assert "edition.html" in shown
    assert browser.get(f"/jobs/{posted}/text").text.count('<li class="row') == 6


def test_a_text_that_is_pasted_has_its_title_and_byline(browser: TestClient) -> None:
    answer = browser.post(
        "/jobs",
        data={
            "pasted": "Il pleut: vraiment.\r\n\r\nIl neige.",
            "title": 'Du "temps"',
            "byline": "A. B",
        },
    )
    job = answer.headers["location"]
    assert "Du ”temps”" in browser.get(job).text
    edition = browser.get(f"{job}/download/edition.html").text
    assert "A. B" in edition
    assert "Il neige." in edition


def test_a_file_takes_its_title_and_byline_from_the_form(browser: TestClient) -> None:
    form = {"title": "Le temps", "byline": "A. B", "dress": "print"}
    job = browser.post("/jobs", data=form, files={"files": ("x.txt", b"Il pleut sur le port.")})
    edition = browser.get(f"{job.headers['location']}/download/edition.html").text
    assert "Le temps" in edition
    assert "A. B" in edition


def test_what_cannot_be_read_is_told_and_keeps_no_other_from_its_job(browser: TestClient) -> None:
    files = [("files", ("a.txt", b"Un texte.")), ("files", ("b.exe", b"\0\1"))]
    answer = browser.post("/jobs", files=files)
    assert answer.status_code == 422
    assert "b.exe: Enregard reads .txt" in answer.text
    assert answer.text.count('<li class="job">') == 1
    nothing = browser.post("/jobs", data={"pasted": "  "})
    assert nothing.status_code == 422
    assert "Choose a file, or paste a text." in nothing.text


def test_a_text_that_is_not_french_is_refused_unless_it_is_wanted(browser: TestClient) -> None:
    text = (
        "The ministers signed an agreement in Riga on Tuesday, and the treaty was kept secret. " * 3
    )
    refused = browser.post("/jobs", data={"pasted": text})
    assert refused.status_code == 422
    assert "tick that it is translated all the same" in refused.text
    assert browser.post("/jobs", data={"pasted": text, "force": "on"}).status_code == 303


def test_an_empty_desk_says_what_to_do(browser: TestClient) -> None:
    shown = browser.get("/").text
    assert "No job yet." in shown
    assert '<details class="new" open>' in shown


# Sentences


def test_a_sentence_is_written_by_a_form_alone(browser: TestClient, posted: str) -> None:
    address = f"/jobs/{posted}/sentences/b0002.s01"
    etag = etag_of(browser, posted, "b0002.s01")
    answer = browser.post(
        address, data={"text": "The UN said nothing.", "etag": etag, "back": "?show=all&order=risk"}
    )
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("?show=all&order=risk&open=b0002.s01#b0002.s01")
    shown = browser.get(answer.headers["location"]).text
    assert "The UN said nothing." in shown
    assert "not in the edition yet" in shown
    assert "edition out of date" in browser.get(f"/jobs/{posted}").text


def put(
    browser: TestClient, job: str, segment: str, text: str, etag: str
) -> tuple[int, dict[str, str]]:
    answer = browser.put(
        f"/jobs/{job}/sentences/{segment}",
        json={"text": text},
        headers={"if-match": f'"{etag}"', "accept": "application/json"},
    )
    return answer.status_code, answer.json()


def test_a_sentence_that_another_changed_is_no_mans_loss(browser: TestClient, posted: str) -> None:
    segment = "b0002.s01"
    etag = etag_of(browser, posted, segment)
    assert put(browser, posted, segment, "First.", etag)[0] == 200
    status, told = put(browser, posted, segment, "Second.", etag)
    assert (status, told["text"]) == (412, "First.")
    assert text_of(browser, posted, segment) == "First."
    form = {"text": "Second.", "etag": etag}
    refused = browser.post(f"/jobs/{posted}/sentences/{segment}", data=form)
    assert refused.status_code == 412
    assert "First." in refused.text
    assert "Second." in refused.text
    assert put(browser, posted, segment, "Second.", told["etag"])[0] == 200


def test_to_save_twice_is_no_conflict(browser: TestClient, posted: str) -> None:
    etag = etag_of(browser, posted, "b0002.s01")
    assert [put(browser, posted, "b0002.s01", "Same.", etag)[0] for _ in range(3)] == [200] * 3
    assert len(browser_history(browser, posted)) == 1


def browser_history(browser: TestClient, job: str) -> list[str]:
    return re.findall("<time", browser.get(f"/jobs/{job}/sentences/b0002.s01").text)


def test_who_does_not_say_what_they_saw_changes_nothing(browser: TestClient, posted: str) -> None:
    answer = browser.put(f"/jobs/{posted}/sentences/b0002.s01", json={"text": "x"})
    assert answer.status_code == 428


def test_findings_of_an_edit_are_seen_at_once(browser: TestClient, posted: str) -> None:
    segment = "b0003.s01"
    etag = etag_of(browser, posted, segment)
    status, told = put(browser, posted, segment, "A committee will meet in 2026.", etag)
    assert status == 200
    assert "“2027” is missing" in told["open"] or "2027" in told["open"]
    assert told["findings"]
    finding = re.search(r'name="finding" value="(\w+)"', told["open"])
    assert finding
    answer = browser.post(
        f"/jobs/{posted}/findings/{segment}",
        data={"finding": finding[1], "dismissed": "yes"},
        headers={"accept": "application/json"},
    )
    assert answer.json()["findings"] < told["findings"]


def test_a_sentence_is_given_back_and_an_earlier_version_restored(
    browser: TestClient, posted: str
) -> None:
    segment = "b0002.s01"
    before = text_of(browser, posted, segment)
    put(browser, posted, segment, "Mine.", etag_of(browser, posted, segment))
    browser.post(f"/jobs/{posted}/run", data={})
    assert "not in the edition yet" not in browser.get(f"/jobs/{posted}/text").text.split("<ol")[1]
    browser.post(
        f"/jobs/{posted}/sentences/{segment}",
        data={"engine": "yes", "etag": etag_of(browser, posted, segment)},
    )
    assert text_of(browser, posted, segment) == before
    browser.post(f"/jobs/{posted}/run", data={})
    assert text_of(browser, posted, segment) == before
    assert "Mine." in browser.get(f"/jobs/{posted}/sentences/{segment}").text


def test_a_term_is_declined_and_an_entry_changed(
    browser: TestClient, posted: str, engine: Obedient
) -> None:
    segment = "b0001.s01"
    shown = browser.get(f"/jobs/{posted}/sentences/{segment}").text
    entry = html.unescape(re.findall(r'name="entry" value="([^"]+)"', shown)[0])
    decided = browser.post(
        f"/jobs/{posted}/terms/{segment}",
        data={
            "entry": entry,
            "ordinal": "0",
            "verdict": "declined",
            "etag": etag_of(browser, posted, segment),
        },
    )
    assert decided.status_code == 303
    assert "declined by you" in browser.get(f"/jobs/{posted}/sentences/{segment}").text
    assert "edition out of date" in browser.get(f"/jobs/{posted}").text
    browser.post(
        f"/jobs/{posted}/entries/{segment}", data={"entry": entry, "target": "Foreign folk"}
    )
    browser.post(
        f"/jobs/{posted}/terms/{segment}",
        data={
            "entry": entry,
            "ordinal": "0",
            "verdict": "none",
            "etag": etag_of(browser, posted, segment),
        },
    )
    browser.post(f"/jobs/{posted}/run", data={})
    assert "Foreign folk" in text_of(browser, posted, segment)
    assert "up to date" in browser.get(f"/jobs/{posted}").text


def test_sentences_are_listed_as_asked(browser: TestClient, posted: str) -> None:
    for show in ("all", "findings", "block", "terms", "yours", "pending", "x"):
        for order in ("text", "risk"):
            shown = browser.get(f"/jobs/{posted}/text?show={show}&order={order}&find=&page=9")
            assert shown.status_code == 200
    found = browser.get(f"/jobs/{posted}/text?find=nations+UNIES").text
    assert found.count('<li class="row') == 1
    assert "No sentence matches." in browser.get(f"/jobs/{posted}/text?find=zzz").text


# Files


def test_downloads_have_names_that_a_person_would_give(browser: TestClient, posted: str) -> None:
    answer = browser.get(f"/jobs/{posted}/download/docx")
    assert answer.headers["content-disposition"].endswith(
        "UTF-8''Un%20accord%20%C3%A0%20Tallinn%20%28fr-en%29.docx"
    )
    put(browser, posted, "b0002.s01", "Mine.", etag_of(browser, posted, "b0002.s01"))
    refused = browser.get(f"/jobs/{posted}/download/docx")
    assert refused.status_code == 409
    assert browser.get(f"/jobs/{posted}/download/edition.html").status_code == 200


def test_an_archive_has_everything(browser: TestClient, posted: str) -> None:
    answer = browser.get(f"/jobs/{posted}/download/all")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
    in_its_form = {"accord (en).md", "accord (fr-en).md"}
    assert {"accord.md", f"{TITLE} (fr-en).html", f"{TITLE} (fr-en).tmx", *in_its_form} < set(names)


def test_a_text_can_be_had_in_english_in_its_own_form(browser: TestClient, posted: str) -> None:
    shown = browser.get(f"/jobs/{posted}").text
    for kind in ("original", "original-bilingual"):
        assert f'href="/jobs/{posted}/download/{kind}"' in shown
        answer = browser.get(f"/jobs/{posted}/download/{kind}")
        assert answer.text.startswith("# ")


def test_the_interface_speaks_french(browser: TestClient, posted: str) -> None:
    answer = browser.post("/language", data={"language": "fr", "back": f"/jobs/{posted}/text"})
    assert answer.headers["location"] == f"/jobs/{posted}/text"
    shown = browser.get(f"/jobs/{posted}/text").text
    assert '<html lang="fr">' in shown
    assert "les pires d’abord" in shown


def test_what_a_person_changed_is_shown_over_what_the_engine_said(
    browser: TestClient, posted: str
) -> None:
    before = text_of(browser, posted, "b0002.s01")
    written = before.replace("says", "tells")
    assert written != before
    put(browser, posted, "b0002.s01", written, etag_of(browser, posted, "b0002.s01"))
    for _ in range(2):
        shown = browser.get(f"/jobs/{posted}/text").text
        assert "<del> says</del> <ins>tells</ins>" in shown
        browser.post(f"/jobs/{posted}/run", data={})


def test_terms_are_filtered_by_sentence(browser: TestClient, posted: str) -> None:
    def listed(sentence: str) -> int:
        shown = browser.get(f"/jobs/{posted}/terms", params={"sentence": sentence}).text
        return shown.count('name="use"')

    total = listed("")
    assert 0 < listed("5") < total
    assert listed("05") == listed("nations UNIES n’ont") == listed("5")
    assert listed("zzz") == listed("0") == 0


def test_titles_and_byline_are_changed_after_the_run(browser: TestClient, posted: str) -> None:
    sentence = f"/jobs/{posted}/sentences/b0002.s01"
    etag = etag_of(browser, posted, "b0002.s01")
    browser.post(sentence, data={"text": "It was written by hand.", "etag": etag})
    form = {"title": "Un\taccord\x07 à Riga", "title_en": "An agreement", "byline": "Élise M."}
    browser.post(f"/jobs/{posted}/titles", data=form)
    shown = browser.get(f"/jobs/{posted}").text
    assert 'value="Un accord à Riga"' in shown
    edition = browser.get(f"/jobs/{posted}/download/edition.html").text
    for words in ("Un accord à Riga", "An agreement", "Élise M.", "It was written by hand."):
        assert words in edition
    # What is emptied is as the text has it.
    browser.post(f"/jobs/{posted}/titles", data={"byline": ""})
    shown = browser.get(f"/jobs/{posted}").text
    assert f'value="{TITLE}"' in shown
    assert "Élise M." not in browser.get(f"/jobs/{posted}/download/edition.html").text


def test_what_was_chosen_stays_where_a_text_is_refused(browser: TestClient) -> None:
    glossary = re.search(r'name="glossary" value="([^"]*exemple[^"]*)"', browser.get("/").text)
    assert glossary
    english = "The council voted on Monday evening. The opposition did not hide its anger at all."
    wishes = {"pasted": english, "dress": "print", "page_size": "A5", "glossary": glossary[1]}
    refused = browser.post("/jobs", data={**wishes, "thorough": "on"})
    assert refused.status_code == 422
    assert f'value="{glossary[1]}" checked' in refused.text
    assert '<option value="print" selected>' in refused.text
    assert "<option selected>A5<" in refused.text
    assert 'name="thorough" checked' in refused.text
    assert 'name="force" checked' not in refused.text
