"""No locked version is one that an advisory of the bundled list concerns."""

from __future__ import annotations

import pytest

from tools.audit import LIST, LOCKS, ROOT, Advisory, audit, known, pinned


@pytest.mark.parametrize("name", LOCKS)
def test_no_locked_version_has_a_known_weakness(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    assert pinned(lock)
    assert audit(lock, known(LIST.read_text("utf-8"))) == []


def test_the_list_finds_what_it_knows_and_says_its_day() -> None:
    text = LIST.read_text("utf-8")
    assert "(CC BY 4.0) as of 20" in text.partition("\n")[0]
    found = audit("Jinja2==2.10 \\\n    --hash=sha256:00\npyyaml==5.1\n", known(text))
    assert {name for name, _, _ in found} == {"jinja2", "pyyaml"}


@pytest.mark.parametrize(
    ("affected", "version", "concerned"),
    [
        ("1.0..1.3", "1.2.9", True),
        ("1.0..1.3", "1.3", False),
        ("1.0..1.3", "0.9", False),
        ("1.0..", "7", True),
        ("0..2.0rc1", "2.0b1", True),
        ("1.0.0 1.0.1", "1.0", True),
        ("1.0.0 1.0.1", "1.0.2", False),
        ("no-version", "1.0", False),
    ],
)
def test_versions_that_an_advisory_concerns(affected: str, version: str, concerned: bool) -> None:
    assert Advisory("a", "X", "", tuple(affected.split())).concerns(version) is concerned
