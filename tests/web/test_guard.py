"""Who may ask the desk for anything: each defence against its truth table, on every route."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.web.guard import Door
from pipeline.web.views import ROUTES
from tests.web.conftest import HOME, PORT

PAGES = ["/", "/static/desk.css", "/fonts/serif-regular.woff2", "/events", "/nowhere", "/start"]
ADDRESSES = sorted(
    {
        address.replace("{job}", "x").replace("{segment}", "s").replace("{kind}", "k")
        for _, address, _ in ROUTES
    }
)


def test_the_desks_own_names_pass(browser: TestClient) -> None:
    for host in (f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"LOCALHOST:{PORT}"):
        assert browser.get("/", headers={"host": host}).status_code == 200


HOSTS = [
    "127.0.0.1",
    "localhost",
    "127.0.0.1:80",
    f"127.0.0.1:{PORT}1",
    f"evil.example:{PORT}",
    f"localhost.evil.example:{PORT}",
    f"www.localhost:{PORT}",
    f"127.0.0.1.nip.io:{PORT}",
    f"[::1]:{PORT}",
    f"user@127.0.0.1:{PORT}",
    f"127.0.0.1:{PORT}, evil.example",
    "",
]


def test_every_other_host_is_refused_on_every_route(browser: TestClient) -> None:
    for host, address in product(HOSTS, (*PAGES, *ADDRESSES)):
        answer = browser.get(address, headers={"host": host})
        assert (answer.status_code, host) == (400, host)
        assert "location" not in answer.headers


def test_two_hosts_are_none(browser: TestClient) -> None:
    headers = [("host", f"127.0.0.1:{PORT}"), ("host", f"127.0.0.1:{PORT}")]
    assert browser.get("/", headers=headers).status_code == 400


OWN = HOME
CASES = [
    ("same-origin", None, True),
    ("same-origin", "http://evil.example", True),
    ("none", None, True),
    ("same-site", OWN, False),
    ("cross-site", OWN, False),
    ("cross-site", None, False),
    ("", OWN, False),
    ("nonsense", OWN, False),
    (None, OWN, True),
    (None, f"http://localhost:{PORT}", False),
    (None, "null", False),
    (None, "http://127.0.0.1:1", False),
    (None, f"https://127.0.0.1:{PORT}", False),
    (None, "http://evil.example", False),
    (None, f"{OWN}, http://evil.example", False),
    (None, "", False),
    (None, None, False),
]


def test_what_changes_something_comes_from_the_desks_pages(
    stranger: TestClient, door: Door
) -> None:
    for (site, origin, passes), method in product(CASES, ("POST", "PUT", "DELETE")):
        headers = {"cookie": f"{door.cookie}={door.key}"}
        headers |= {"sec-fetch-site": site} if site is not None else {}
        headers |= {"origin": origin} if origin is not None else {}
        answer = stranger.request(method, "/jobs", headers=headers)
        assert (answer.status_code != 403) is passes, (site, origin, method)


COOKIES = [
    "",
    f"enregard-{PORT}=wrong",
    f"enregard-{PORT}=",
    f"enregard-{PORT}=start-token",
    "enregard-1=key-token",
    "key-token",
    f"enregard-{PORT}=key-token-and-more",
    "\x7f=;;;=",
]


def test_without_the_key_nothing_is_told(stranger: TestClient) -> None:
    for cookie, address in product(COOKIES, (*PAGES, *ADDRESSES)):
        answer = stranger.get(address, headers={"cookie": cookie})
        assert (answer.status_code, cookie) == (401, cookie)
        assert "job" not in answer.text
        assert "set-cookie" not in answer.headers


def test_the_printed_address_opens_the_desk_once(stranger: TestClient, door: Door) -> None:
    assert stranger.get("/start?token=wrong").status_code == 401
    opened = stranger.get("/start?token=start-token")
    assert opened.status_code == 200
    cookie = opened.headers["set-cookie"]
    assert cookie.startswith(f"enregard-{PORT}=key-token;")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert stranger.get("/").status_code == 200
    stranger.cookies.clear()
    assert stranger.get("/start?token=start-token").status_code == 401
    assert stranger.get("/start?token=").status_code == 401


def test_nothing_leads_away_from_the_desk(browser: TestClient) -> None:
    for back in ("//evil.example", "/\\evil.example", "http://evil.example", "javascript:1", ""):
        answer = browser.post("/language", data={"language": "fr", "back": back})
        assert answer.status_code == 422
    assert browser.get("/start?token=x&next=//evil.example").status_code == 401
    assert browser.get("/jobs/").status_code == 404


def test_other_methods_are_refused(browser: TestClient) -> None:
    for method in ("PATCH", "OPTIONS", "TRACE", "CONNECT", "FOO"):
        assert browser.request(method, "/").status_code == 405


def test_answers_forbid_what_the_desk_does_not_need(browser: TestClient) -> None:
    for address in (*PAGES[:3], "/nowhere"):
        headers = browser.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


# Bodies


def test_a_body_over_the_limit_is_refused_whether_its_length_is_told_or_not(
    browser: TestClient, door: Door
) -> None:
    door.max_body = 1000
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/jobs", content=b"a" * 1001, headers=headers).status_code == 413
    chunks = (b"a" * 100 for _ in range(11))
    assert browser.post("/jobs", content=chunks, headers=headers).status_code == 413
    lying = {**headers, "content-length": "-1"}
    assert browser.post("/jobs", content=b"", headers=lying).status_code == 413


def test_too_many_fields_are_refused_in_both_encodings(browser: TestClient) -> None:
    many = {f"f{number}": "1" for number in range(1001)}
    assert browser.post("/jobs", data=many).status_code == 400
    files = {name: (None, value) for name, value in many.items()}
    assert browser.post("/jobs", files=files).status_code == 400


def test_a_huge_part_header_is_refused(browser: TestClient) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="' + b"a" * 100_000 + b'"\r\n\r\n1\r\n--x--'
    )
    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert browser.post("/jobs", content=body, headers=headers).status_code == 400


def test_only_forms_and_json_are_read(browser: TestClient) -> None:
    for kind in ("text/plain", "", "application/xml"):
        answer = browser.post("/jobs", content=b"x=1", headers={"content-type": kind})
        assert answer.status_code == 415


def test_json_that_is_none_is_a_bad_request(browser: TestClient, posted: str) -> None:
    headers = {"content-type": "application/json", "if-match": '"x"'}
    for body in (b"[" * 5000, b"[]", b'{"a": 1}', b"\xff", b"", b'{"text": null}'):
        address = f"/jobs/{posted}/sentences/b0000.s01"
        assert browser.put(address, content=body, headers=headers).status_code == 400


# Names


def test_a_job_is_known_by_its_whole_name_alone(browser: TestClient, posted: str) -> None:
    for name in ("..%2f..", "accord", "ACCORD", "%00", "x" * 300, ".tmp-1", "CON", posted[:8]):
        assert browser.get(f"/jobs/{name}").status_code == 404
        assert browser.get(f"/jobs/{name}/text").status_code == 404
        assert browser.post(f"/jobs/{name}/run", data={}).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.md",
        "C:\\evil\\evil.md",
        "/etc/evil.md",
        'quo"te.md',
        "line\nbreak.md",
        "\u202edm.txt.md",
        "<script>.md",
        "x" * 250 + ".md",
    ],
)
def test_names_of_uploads_lead_nowhere(browser: TestClient, tmp_path: Path, name: str) -> None:
    before = set(tmp_path.iterdir())
    answer = browser.post("/jobs", files={"files": (name, b"Un texte.")})
    assert answer.status_code == 303
    assert set(tmp_path.iterdir()) - before <= {tmp_path / "output"}
    job = answer.headers["location"]
    assert [each.parent for each in tmp_path.rglob("job.json")] == [tmp_path / "output" / job[6:]]
    shown = browser.get(job)
    assert shown.status_code == 200
    assert "<script>.md" not in shown.text
    told = browser.get(f"{job}/download/source").headers["content-disposition"]
    assert told.startswith("attachment; ")
    assert "\n" not in told
    assert "<" not in told
    assert '"' not in told.split('"', 2)[2]


def test_html_in_a_text_is_text(browser: TestClient, desk: object) -> None:
    evil = "<script>alert(1)</script> & <img src=x onerror=alert(1)> dit le ministre."
    answer = browser.post("/jobs", data={"pasted": evil, "title": evil, "byline": evil})
    job = answer.headers["location"]
    for address in ("/", job, f"{job}/text", f"{job}/card", f"{job}/sentences/b0001.s01"):
        shown = browser.get(address).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_a_preview_is_a_stranger_and_downloads_are_never_shown(
    browser: TestClient, posted: str
) -> None:
    policy = browser.get(f"/jobs/{posted}/preview/edition.html").headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts;")
    assert "allow-same-origin" not in policy
    assert "connect-src" not in policy
    assert "default-src 'none'" in policy
    for kind in ("edition.html", "source", "docx", "tmx", "all"):
        headers = browser.get(f"/jobs/{posted}/download/{kind}").headers
        assert headers["content-disposition"].startswith("attachment; ")
        assert "sandbox" not in headers
    assert browser.get(f"/jobs/{posted}/download/job.sqlite3").status_code == 404
