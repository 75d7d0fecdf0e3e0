"""What helps with a sentence: the dictionary, the memory with its differences, the concordance."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pipeline.jobs.memory import FILE, ApprovedPair, Memory
from pipeline.service.benches import Benches
from pipeline.service.beside import concordance, known, senses


def remembered(output: Path, *pairs: tuple[str, str]) -> None:
    output.mkdir(parents=True, exist_ok=True)
    with closing(Memory(output / FILE)) as memory:
        memory.add(ApprovedPair(source, target, at="2026-01-01") for source, target in pairs)


def test_the_dictionary_says_what_words_are_and_whether_that_is_said() -> None:
    found = {each.french: each for each in senses("Le traité et la pêche.", "The treaty.")}
    assert "treaty" in found["traité"].english
    assert found["traité"].is_answered
    assert "fishing" in found["pêche"].english
    assert not found["pêche"].is_answered


def test_the_memory_shows_where_its_french_differs(tmp_path: Path) -> None:
    source = "Le comité se réunira à Tallinn en 2027 avec ses membres."
    remembered(
        tmp_path,
        (source, "The committee meets in Tallinn."),
        (source.replace("Tallinn", "Riga"), "The committee meets in Riga."),
    )
    same, nearly = known(tmp_path, source, "Something else.")
    assert (same.likeness, same.text) == (1.0, "The committee meets in Tallinn.")
    assert 0.75 < nearly.likeness < 1.0
    kinds = {each.kind: each.text.strip() for each in nearly.french if each.kind != "same"}
    assert kinds == {"gone": "Riga", "new": "Tallinn"}
    # What stands there already is no suggestion.
    assert nearly.text == same.text
    assert known(tmp_path, source, "The committee meets in Tallinn.") == ()
    assert known(tmp_path / "none", source, "") == ()


def test_words_are_found_in_the_text_in_others_and_in_the_memory(tmp_path: Path, job: str) -> None:
    output = tmp_path / "output"
    remembered(output, ("Rien à Tallinn.", "Nothing in Tallinn."))
    with Benches(output).open(job) as bench:
        rows = bench.rows()
    found = concordance(output, job, rows, " TALLINN ")
    assert found.here
    assert all("tallinn" in row.segment.source.casefold() for row in found.here)
    assert [each.target for each in found.memory] == ["Nothing in Tallinn."]
    elsewhere = concordance(output, "another", (), "Tallinn").elsewhere
    assert {each.job for each in elsewhere} == {job}
    assert concordance(output, job, rows, "  ").here == ()
