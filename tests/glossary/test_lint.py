"""What is told about glossaries before they are used, and how they are merged."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.glossary.formats import FORMATS, glossary_bytes, glossary_text, read_file
from pipeline.glossary.lint import Level, lint
from pipeline.glossary.merge import merge
from tests.support.paths import ROOT


def write(folder: Path, entries: str, name: str = "a.yaml") -> Path:
    path = folder / name
    path.write_text(f"name: Desk\nentries:\n{entries}", encoding="utf-8")
    return path


def found(*paths: Path, texts: list[str] | None = None) -> list[tuple[str, int, str]]:
    """The rule, the line and the level of each problem."""
    problems = lint([read_file(path) for path in paths], texts)
    return [(problem.rule, problem.line, problem.level.value) for problem in problems]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("  - {source: a, target: b}\n", []),
        # every mistake is told, not the first alone
        (
            "  - {source: a, target: b}\n  - {source: a, target: c}\n  - {source: d}\n"
            "  - {source: e, target: f, forbidden: [F]}\n",
            [("invalid", 4, "error"), ("invalid", 5, "error"), ("invalid", 6, "error")],
        ),
        ("  - {source: 'a  b', target: 'c '}\n", [("white-space", 3, "warning")] * 2),
        ("  - {source: a\u00a0b, target: c}\n", [("white-space", 3, "warning")]),
        # о and А are Cyrillic
        ("  - {source: accоrd, target: agreement}\n", [("look-alike", 3, "warning")]),
        ("  - {source: ОТАН, target: NATO}\n", [("look-alike", 3, "warning")]),
        ("  - {source: Правда, kind: keep}\n", []),
        (
            "  - {source: RPDC, target: Corée du Nord}\n"
            "  - {source: Corée du Nord, target: North Korea}\n",
            [("chain", 3, "warning")],
        ),
        ("  - {source: Nice, target: Nice}\n", []),
        (
            "  - {source: conseil, target: council}\n"
            "  - {source: Conseil de sécurité, target: Security Board}\n"
            "  - {source: conseil municipal, target: town councils}\n",
            [("contradiction", 4, "note")],
        ),
        # an état-major is no état
        (
            "  - {source: état, target: state}\n  - {source: état-major, target: general staff}\n",
            [],
        ),
        (
            "  - {source: ministre, target: minister}\n  - {source: membre du gouvernement, "
            "target: Minister}\n",
            [("same-target", 4, "note")],
        ),
        (
            "  - {source: bande, target: band}\n  - {source: bande de Gaza, target: Gaza Strip, "
            "alternatives: [Gaza band], forbidden: [band]}\n",
            [("forbidden-elsewhere", 4, "warning")],
        ),
        (
            "  - {source: Conseil européen, target: European Council}\n  - {source: Conseil de "
            "l'Europe, target: Council of Europe, forbidden: [European Council]}\n",
            [],
        ),
    ],
)
def test_problems_of_one_file(
    tmp_path: Path, entries: str, expected: list[tuple[str, int, str]]
) -> None:
    assert found(write(tmp_path, entries)) == expected


def test_problems_between_files(tmp_path: Path) -> None:
    first = write(
        tmp_path,
        "  - {source: OTAN, target: NATO}\n"
        "  - {source: UE, target: EU, variants: [Union]}\n"
        "  - {source: ONU, target: UN}\n",
    )
    second = write(
        tmp_path,
        "  - {source: OTAN, target: NATO}\n  - {source: union, target: union}\n"
        "  - {source: Union, target: the Union}\n  - {source: ONU, target: U.N., scope: client}\n",
        "b.yaml",
    )
    problems = lint([read_file(first), read_file(second)])
    assert [(Path(p.path).name, p.line, p.rule) for p in problems] == [
        ("a.yaml", 3, "duplicate"),
        ("a.yaml", 4, "conflict"),
    ]
    assert "b.yaml:5 says “the Union”, and the later file wins" in problems[1].message


def test_entries_that_never_occur(tmp_path: Path) -> None:
    path = write(
        tmp_path, "  - {source: accord, target: deal}\n  - {source: pacte, target: pact}\n"
    )
    assert found(path, texts=["Titre", "Les accords d'hier"]) == [("unused", 4, "note")]


def test_entries_of_other_scopes_do_not_apply(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "  - {source: cour, target: court}\n  - {source: cour, target: yard, scope: farming}\n",
    )
    problems = {scope: lint([read_file(path)], ["La cour"], [scope]) for scope in ("", "farming")}
    assert [(p.rule, p.line) for p in problems[""]] == [("scope", 4)]
    assert [(p.rule, p.line) for p in problems["farming"]] == [("scope", 3)]


def test_the_shipped_glossaries_have_no_errors() -> None:
    files = [read_file(ROOT / "glossaries" / name) for name in ("diplomacy.yaml", "exemple.yaml")]
    assert [problem for problem in lint(files) if problem.level is not Level.NOTE] == []


def test_merging_keeps_comments_and_tells_what_gives_way(tmp_path: Path) -> None:
    general = write(
        tmp_path,
        "  # organisations\n  - source: OTAN  # always\n    target: NATO\n"
        "  # the union\n  - {source: UE, target: EU, variants: [Union européenne]}\n"
        "  # last\n  - {source: ONU, target: UN}\n# the end\n",
    )
    own = write(
        tmp_path,
        "  # ours\n  - {source: ONU, target: the UN}\n"
        "  - {source: Union européenne, target: the Union}\n",
        "b.yaml",
    )
    merged, told = merge([glossary_text(read_file(path)) for path in (general, own)])
    assert [(e.source, e.target, e.variants) for e in merged.entries] == [
        ("OTAN", "NATO", ()),
        ("UE", "EU", ()),
        ("ONU", "the UN", ()),
        ("Union européenne", "the Union", ()),
    ]
    assert told == (
        f"Union européenne: “EU” ({general}:7) gives way to “the Union” ({own}:5)",
        f"ONU: “UN” ({general}:9) gives way to “the UN” ({own}:4)",
    )
    assert glossary_bytes(merged, Path("m.yaml")).decode() == (
        "name: Desk\nentries:\n  # organisations\n  - source: OTAN  # always\n    target: NATO\n"
        "  # the union\n  - source: UE\n    target: EU\n  # last\n  # the end\n  # ours\n"
        "  - {source: ONU, target: the UN}\n"
        "  - {source: Union européenne, target: the Union}\n"
    )


def test_merging_tells_all_that_is_lost(tmp_path: Path) -> None:
    general = write(
        tmp_path,
        "  - source: conseil\n    target: council\n    variants: [CA, haut conseil]\n"
        "    alternatives: [board]\n    forbidden: [counsel, advice]\n    note: Not a lawyer.\n"
        "  - {source: maire, target: mayor, variants: [édile, bourgmestre], forbidden: [major]}\n"
        "  - {source: Tallinn, target: Tallinn, kind: name}\n"
        "  - {source: accord, target: deal, variants: [pacte]}\n",
    )
    own = write(
        tmp_path,
        "  - {source: conseil, target: council, variants: [haut conseil], forbidden: [advice]}\n"
        "  - {source: édile, target: councillor}\n  - {source: bourgmestre, target: mayor}\n"
        "  - {source: Tallinn, target: Tallinn, case: exact}\n"
        "  - {source: accord, target: deal, variants: [pacte], note: Ours.}\n",
        "b.yaml",
    )
    _, told = merge([glossary_text(read_file(path)) for path in (general, own)])
    assert told == (
        f"conseil: “council” ({general}:3) gives way to “council” ({own}:3) and loses variants "
        "“CA”; alternatives “board”; forbidden “counsel”; note “Not a lawyer.”",
        f"édile: “mayor” ({general}:9) gives way to “councillor” ({own}:4) and loses forbidden "
        "“major”",
        f"bourgmestre: “mayor” ({general}:9) gives way to “mayor” ({own}:5) and loses forbidden "
        "“major”",
        f"Tallinn: “Tallinn” ({general}:10) gives way to “Tallinn” ({own}:6) and loses kind name; "
        "case smart",
    )


def test_names_find_every_format() -> None:
    from pipeline.config import GLOSSARY_SUFFIXES

    assert tuple(FORMATS) == GLOSSARY_SUFFIXES
