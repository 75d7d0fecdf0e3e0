"""A thousand requests that have no business with the desk: nothing is told, nothing is changed."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.web.guard import SAFE, Door
from pipeline.web.views import ROUTES
from tests.web.conftest import HOME, PORT
from tests.web.test_guard import CASES, COOKIES, HOSTS

# Five and three draws of so many requests that are sent: 1,100.
UNKNOWN, KEYED = 160, 100
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X"]
KNOWN = METHODS[:5]
STRANGE = [
    "..",
    "../..",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f",
    "..\\..\\",
    "%00",
    "CON",
    "a" * 3000,
    "<script>",
    "\u202e",
    "' OR 1=1 --",
    "{{7*7}}",
    "-1",
    "job.sqlite3",
]
BODIES = [
    ("application/json", b'{"text": ["x"]}'),
    ("application/json", b"[" * 10_000),
    ("application/json", b'{"text": "\\ud800"}'),
    ("application/x-www-form-urlencoded", b"text=%00&etag=%FF"),
    ("application/x-www-form-urlencoded", b"a&" * 2000),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--"),
    ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=x", b"--y\r\n"),
    ("application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
    ("text/plain", b"text=x"),
]


def address(chance: random.Random, job: str) -> str:
    """Give the address of a route, with what it names or something strange in its places."""
    _, found, _ = chance.choice(ROUTES)
    known = {"job": job, "segment": "b0002.s01", "kind": "docx", "file": "edition.html"}
    for name in ("job", "segment", "kind", "file", "name", "suffix"):
        strange = chance.choice(STRANGE).replace("/", "%2f") if chance.random() < 0.4 else ""
        found = found.replace(f"{{{name}}}", strange or known.get(name, "diplomacy"))
    return found


def all_bytes(folder: Path) -> str:
    """Hash everything that lies in a folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        whole.update(str(path).encode())
        whole.update(path.read_bytes() if path.is_file() else b"")
    return whole.hexdigest()


@pytest.mark.parametrize("seed", range(5))
def test_what_is_not_from_the_desks_own_pages_is_refused(
    stranger: TestClient, door: Door, posted: str, tmp_path: Path, seed: int
) -> None:
    chance, before, sent = random.Random(seed), all_bytes(tmp_path), 0
    while sent < UNKNOWN:
        method = chance.choice(METHODS)
        host = chance.choice(HOSTS) if chance.random() < 0.3 else f"127.0.0.1:{PORT}"
        site, origin, is_own = chance.choice(CASES)
        key = chance.choice(COOKIES) if chance.random() < 0.5 else f"{door.cookie}={door.key}"
        refused = (
            400
            if host in HOSTS
            else 405
            if method not in KNOWN
            else 403
            if method not in SAFE and not is_own
            else 401
            if key in COOKIES
            else 0
        )
        if not refused:
            continue
        sent += 1
        headers = {"host": host, "cookie": key}
        headers |= {"sec-fetch-site": site} if site is not None else {}
        headers |= {"origin": origin} if origin is not None else {}
        kind, body = chance.choice(BODIES)
        answer = stranger.request(
            method,
            HOME + address(chance, posted).encode("ascii", "replace").decode(),
            content=body,
            headers={**headers, "content-type": kind},
        )
        assert answer.status_code == refused, (method, headers)
        assert "Tallinn" not in answer.text
        assert "set-cookie" not in answer.headers
        assert "location" not in answer.headers
    assert all_bytes(tmp_path) == before


@pytest.mark.parametrize("seed", range(3))
def test_what_makes_no_sense_changes_nothing_with_the_key_either(
    browser: TestClient, posted: str, tmp_path: Path, seed: int
) -> None:
    chance, before, sent = random.Random(seed), all_bytes(tmp_path), 0
    while sent < KEYED:
        kind, body = chance.choice(BODIES)
        method = chance.choice(["POST", "PUT", "DELETE"])
        place = address(chance, posted)
        # What needs no field to be meant.
        if place.endswith(("/run", "/stop", "/sign-off", "/check")) or place == "/reviewer":
            continue
        sent += 1
        answer = browser.request(
            method,
            HOME + place.encode("ascii", "replace").decode(),
            content=body,
            headers={"content-type": kind},
        )
        assert 400 <= answer.status_code < 500, (method, place, body[:40], answer.status_code)
        assert "root:" not in answer.text
    assert all_bytes(tmp_path) == before
