"""A reader has only so much time and memory; what it says comes through as if it ran here."""

from __future__ import annotations

import sys

import pytest

from pipeline.documents import READERS, confined
from pipeline.errors import Act, InputError, Remedy
from tests.documents.test_hostile import SAMPLES


@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_what_is_read_in_another_process_is_the_same(suffix: str) -> None:
    data = SAMPLES[suffix]
    assert confined.read_confined(suffix, data, "utf-8") == READERS[suffix](data, "utf-8")


def test_what_is_wrong_comes_through_with_its_remedies() -> None:
    with pytest.raises(InputError) as caught:
        confined.read_confined(".html", "Déjà créé à l'été.".encode("cp1252"), "utf-8")
    assert Remedy(Act.CHOOSE_ENCODING, "cp1252") in caught.value.remedies


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_what_takes_too_much_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "BYTES", 30_000_000)
    with pytest.raises(InputError, match="takes more than any text") as caught:
        confined.read_confined(".docx", SAMPLES[".docx"], "utf-8")
    assert "\n" not in str(caught.value)
