"""Glossaries at the desk: brought in, changed entry by entry with their comments, taken out."""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

YAML = """\
# The desk's own.
name: Noms
entries:
  # People first.
  - source: Élise
    target: Elise
    kind: name
  - source: cessez-le-feu
    target: ceasefire
"""
TBX = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
  <text><body>
    <conceptEntry id="x17">
      <descrip type="definition">What parties agree on.</descrip>
      <langSec xml:lang="fr"><termSec><term>accord</term></termSec></langSec>
      <langSec xml:lang="en"><termSec><term>agreement</term></termSec></langSec>
      <langSec xml:lang="de"><termSec><term>Abkommen</term></termSec></langSec>
    </conceptEntry>
  </body></text>
</tbx>
"""


def brought(browser: TestClient, name: str = "noms.yaml", text: str = YAML) -> str:
    looked = browser.post("/glossaries", files={"file": (name, text.encode())})
    assert looked.status_code == 200
    assert "Add this glossary?" in looked.text
    fields = re.search(
        r'name="called" value="([^"]+)"><textarea[^>]*>(.*?)</textarea>', looked.text, re.DOTALL
    )
    assert fields
    # A browser leaves out the first line end of a field, and sends others as two characters.
    written = html.unescape(fields[2]).removeprefix("\n").replace("\n", "\r\n")
    form = {"called": (None, fields[1]), "text": (None, written)}
    answer = browser.post("/glossaries", files=form)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_a_glossary_is_looked_at_before_it_comes_in(browser: TestClient, tmp_path: Path) -> None:
    table = "source,target\nété,summer\n<b>,x\n"
    looked = browser.post("/glossaries", files={"file": ("Été.csv", table.encode())}).text
    assert "2 entries" in looked
    assert "summer" in looked
    assert "&lt;b&gt;" in looked
    assert not (tmp_path / "glossaries").exists()


def etag(browser: TestClient, address: str) -> str:
    found = re.search(r'name="etag" value="(\w+)"', browser.get(address).text)
    assert found
    return found[1]


def test_an_entry_is_changed_and_every_comment_stays(browser: TestClient, tmp_path: Path) -> None:
    address = brought(browser)
    form = {"number": "1", "source": "cessez-le-feu", "target": "truce", "kind": "term"}
    form |= {"case": "smart", "alternatives": "armistice | cease-fire"}
    stale = form | {"etag": etag(browser, address)}
    assert browser.post(f"{address}/entries", data=stale).status_code == 303
    text = (tmp_path / "glossaries" / "noms.yaml").read_text("utf-8")
    assert text.startswith("# The desk's own.\n")
    assert "  # People first.\n  - source: Élise\n" in text
    assert "target: truce" in text
    assert "armistice" in text
    assert browser.post(f"{address}/entries", data=stale | {"target": "peace"}).status_code == 412
    assert "peace" not in (tmp_path / "glossaries" / "noms.yaml").read_text("utf-8")


def test_entries_are_added_and_removed_and_mistakes_refused(browser: TestClient) -> None:
    address = brought(browser)
    form = {"etag": etag(browser, address), "number": "", "kind": "term", "case": "smart"}
    refused = browser.post(f"{address}/entries", data=form | {"source": "accord", "target": ""})
    assert refused.status_code == 422
    assert 'value="accord"' in refused.text
    added = browser.post(f"{address}/entries", data=form | {"source": "accord", "target": "deal"})
    assert added.status_code == 303
    assert "deal" in browser.get(address).text
    form = {"etag": etag(browser, address), "number": "0", "remove": "yes"}
    assert browser.post(f"{address}/entries", data=form).status_code == 303
    assert "Élise" not in browser.get(address).text


def test_an_entry_is_checked_as_it_is_typed(browser: TestClient) -> None:
    address = brought(browser)
    form = {"number": "1", "source": "cessez-le-feu", "target": "", "kind": "term", "case": "smart"}
    assert browser.post(f"{address}/check", data=form).json()["problems"]
    form["target"] = "truce"
    assert browser.post(f"{address}/check", data=form).json()["problems"] == []
    assert browser.post(f"{address}/check", data=form | {"kind": "x"}).json()["problems"]


def test_tables_come_in_and_go_out(browser: TestClient) -> None:
    address = brought(browser, "Table Excel.csv", "source,target\nété,summer\n")
    assert address == "/glossaries/table-excel"
    assert "summer" in browser.get(address).text
    for suffix in (".csv", ".tbx", ".tsv", ".yaml"):
        answer = browser.get(f"{address}/export/{suffix}")
        assert "été" in answer.content.decode("utf-8-sig")
        assert answer.headers["content-disposition"].startswith("attachment")
    assert browser.get(f"{address}/export/.exe").status_code == 404


def test_what_is_no_glossary_is_refused_and_none_is_replaced(
    browser: TestClient, tmp_path: Path
) -> None:
    brought(browser)
    for name, text in (
        ("noms.yaml", YAML),
        ("x.exe", YAML),
        ("x.yaml", "entries: [&a [*a]]"),
        ("../x.yaml", "- 1"),
        ("x.yaml", "name: x\nentries:\n  - source: a\n"),
    ):
        answer = browser.post("/glossaries", files={"file": (name, text.encode())})
        assert answer.status_code == 422, name
    assert [each.name for each in (tmp_path / "glossaries").iterdir()] == ["noms.yaml"]
    assert browser.get("/glossaries/..%2fnoms").status_code == 404
    assert browser.get("/glossaries/nothing").status_code == 404


def test_one_that_ships_with_the_program_is_copied(browser: TestClient, tmp_path: Path) -> None:
    shown = browser.get("/glossaries/diplomacy").text
    assert "It came with Enregard." in shown
    form = {"etag": "x", "number": "0", "remove": "yes"}
    assert browser.post("/glossaries/diplomacy/entries", data=form).status_code == 422
    address = browser.post("/glossaries", data={"copy": "diplomacy"}).headers["location"]
    assert address == "/glossaries/diplomacy-copie"
    assert browser.get(address).status_code == 200
    empty = browser.post("/glossaries", data={"name": "Nouveau"}).headers["location"]
    assert "No entry matches." in browser.get(empty).text


def own(name: str, text: str) -> str:
    """Put a file among the glossaries by hand; give its address at the desk."""
    path = Path("glossaries") / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return f"/glossaries/{path.stem}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("m.yaml", f"{YAML}  # The third.\n  - source: mairie\n    targe: town hall\n"),
        ("m.csv", "source,target,kind\nété,summer,\nmairie,,\npréfet,prefect,namee\n"),
        ("m.yaml", "name: Noms\nentrees:\n  - source: mairie\n    target: town hall\n"),
    ],
)
def test_a_file_with_a_mistake_stays_as_it_is(
    browser: TestClient, tmp_path: Path, name: str, text: str
) -> None:
    address = own(name, text)
    shown = browser.get(address).text
    assert "There is a mistake in the file." in shown
    assert "?edit=" not in shown
    assert "New entry" not in shown
    data = (tmp_path / "glossaries" / name).read_bytes()
    tag = hashlib.sha256(data).hexdigest()[:16]
    form = {"source": "été", "target": "sommer", "kind": "term", "case": "smart", "etag": tag}
    for number in ("0", ""):
        refused = browser.post(f"{address}/entries", data=form | {"number": number})
        assert refused.status_code == 422
        assert "line" in browser.get(address).text
    assert browser.post(f"{address}/check", data=form | {"number": "0"}).json()["problems"]
    assert browser.get(f"{address}/export/.csv").status_code >= 400
    assert (tmp_path / "glossaries" / name).read_bytes() == data


def test_a_termbase_is_changed_in_a_copy(browser: TestClient, tmp_path: Path) -> None:
    address = own("termes.tbx", TBX)
    shown = browser.get(address).text
    assert "A termbase may hold more than entries" in shown
    assert "?edit=" not in shown
    tag = hashlib.sha256(TBX.encode()).hexdigest()[:16]
    form = {"number": "0", "source": "accord", "target": "deal", "kind": "term", "case": "smart"}
    assert browser.post(f"{address}/entries", data=form | {"etag": tag}).status_code == 422
    assert (tmp_path / "glossaries" / "termes.tbx").read_text("utf-8") == TBX
    assert browser.get(f"{address}/export/.tbx").text == TBX
    copy = browser.post("/glossaries", data={"copy": "termes"}).headers["location"]
    done = browser.post(f"{copy}/entries", data=form | {"etag": etag(browser, copy)})
    assert done.status_code == 303
    assert "deal" in browser.get(copy).text


def test_two_words_begin_an_entry(browser: TestClient) -> None:
    address = brought(browser)
    listed = html.unescape(browser.get("/glossaries?source=le+port&target=the+harbour").text)
    assert f"{address}?source=le+port&target=the+harbour" in listed.replace("%20", "+")
    shown = browser.get(f"{address}?source=le+port&target=the+harbour").text
    assert 'value="le port"' in shown
    assert 'value="the harbour"' in shown


def test_the_remarks_of_a_job_follow_the_order_of_its_glossaries(browser: TestClient) -> None:
    own("agence.yaml", "name: A\nentries:\n  - source: conseil\n    target: council\n")
    own("bureau.yaml", "name: B\nentries:\n  - source: conseil\n    target: cabinet\n")
    own(
        "desk.yaml",
        "name: D\nentries:\n  - source: zone\n    target: area\n"
        "  - source: conseil\n    target: board\n",
    )
    names = [f"glossaries/{each}.yaml" for each in ("desk", "bureau", "agence")]
    answer = browser.post(
        "/jobs",
        files={"files": ("t.md", "Le conseil a voté dans la zone.\n".encode())},
        data={"glossary": names},
    )
    assert answer.status_code == 303
    job = str(answer.headers["location"]).rsplit("/", 1)[1]
    shown = html.unescape(browser.get(f"/jobs/{job}/terms").text)
    assert "“conseil” → “board” is not used: bureau.yaml:3 says “cabinet”" in shown
    assert "“conseil” → “cabinet” is not used: agence.yaml:3 says “council”" in shown
    assert "“council” is not used" not in shown


def test_an_entry_that_is_begun_in_a_text_comes_back_to_it_and_is_used(
    browser: TestClient, posted: str
) -> None:
    assert "steering panel" not in browser.get(f"/jobs/{posted}/text").text
    begun = f"source=comit%C3%A9&target=steering+panel&job={posted}"
    assert f'name="job" value="{posted}"' in opened_in(browser, posted)
    assert "Which glossary shall have the entry?" in browser.get(f"/glossaries?{begun}").text
    made = browser.post(f"/glossaries?{begun}", data={"name": "Maison"}).headers["location"]
    page = html.unescape(browser.get(made).text)
    assert 'value="steering panel"' in page
    action = re.search(r'action="(/glossaries/[^"]+/entries[^"]*)"', page)
    assert action
    form = {"number": "", "source": "comité", "target": "steering panel", "kind": "term"}
    form |= {"case": "smart", "etag": etag(browser, made.split("?")[0])}
    back = browser.post(action[1], data=form).headers["location"]
    assert back == f"/jobs/{posted}/terms?added=maison"
    page = html.unescape(browser.get(back).text)
    ticked = re.findall(r'name="glossary" value="([^"]+)" checked', page)
    assert [Path(each).stem for each in ticked] == ["diplomacy", "maison"]
    assert browser.post(f"/jobs/{posted}/glossaries", data={"glossary": ticked}).status_code == 303
    assert "steering panel" in html.unescape(browser.get(f"/jobs/{posted}/text").text)
    # Without it the text is as before; one that is not offered is none.
    left = {"glossary": ticked[:1]}
    assert browser.post(f"/jobs/{posted}/glossaries", data=left).status_code == 303
    assert "steering panel" not in browser.get(f"/jobs/{posted}/text").text
    other = {"glossary": "/etc/passwd"}
    assert browser.post(f"/jobs/{posted}/glossaries", data=other).status_code == 422


def opened_in(browser: TestClient, job: str) -> str:
    """Give the page of a job's text with its second sentence open."""
    first = re.findall(r'<li class="row[^"]*" id="([^"]+)"', browser.get(f"/jobs/{job}/text").text)
    return browser.get(f"/jobs/{job}/text?open={first[1]}").text
