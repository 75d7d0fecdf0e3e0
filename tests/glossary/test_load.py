"""Glossary files: what is taken, what is refused, and which file wins."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import GlossaryError
from pipeline.glossary import Glossary, Matcher, entry_id, load_glossary
from pipeline.jobs.plan import Plan
from pipeline.jobs.store import open_store
from pipeline.model import CaseRule, EntryKind
from tests.support.obedient import Obedient, offer
from tests.support.paths import ROOT

SHIPPED = (ROOT / "glossaries" / "diplomacy.yaml", ROOT / "glossaries" / "exemple.yaml")


def write(folder: Path, entries: str, name: str = "g.yaml") -> Path:
    path = folder / name
    path.write_text(f"name: Test\nentries:\n{entries}", encoding="utf-8")
    return path


def test_an_entry_with_everything(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "  - source: '  e\u0301tat   membre '\n    target: member state\n    kind: term\n"
        "    variants: [pays membre]\n    alternatives: [Member State]\n"
        "    forbidden: [limb state]\n"
        "    case: ignore\n    note: EU law\n    scope: law\n"
        "  - {source: 3 SAS, kind: keep}\n",
    )
    first, second = load_glossary([path]).entries
    assert first.source == "état membre"
    assert first.id == entry_id(EntryKind.TERM, "état membre", "member state")
    assert len(first.id) == 10
    assert (first.kind, first.case, first.scope) == (EntryKind.TERM, CaseRule.IGNORE, "law")
    assert (first.variants, first.alternatives) == (("pays membre",), ("Member State",))
    assert (first.file, first.line, second.line) == (str(path), 3, 12)
    assert (second.target, second.kind, second.case) == ("3 SAS", EntryKind.KEEP, CaseRule.EXACT)


@pytest.mark.parametrize(
    ("entries", "line", "message"),
    [
        ("  - source: a\n    target: b\n    varients: [c]\n", 5, "did you mean 'variants'"),
        ("  - source: a\n    target: b\n    zzz: 1\n", 5, "valid keys: source, target"),
        ("  - target: b\n", 3, "'source' is missing"),
        ("  - source: a\n", 3, "has no target"),
        ("  - source: a\n    target: 2024\n", 4, "write it in quotes"),
        ("  - source: true\n    target: b\n", 3, "write it in quotes"),
        ("  - source: a\n    target: b\n    kind: nmae\n", 5, "did you mean 'name'"),
        ("  - source: a\n    target: b\n    case: CAPS\n", 5, "choose smart, exact, ignore"),
        ("  - source: a\n    target: b\n    variants: c\n", 5, "must be a list"),
        ("  - source: a\n    target: b\n    variants:\n      - c\n      - 5\n", 7, "must be text"),
        ("  - source: ' '\n    target: b\n", 3, "source is empty"),
        ("  - source: a\n    target: ''\n", 4, "target is empty"),
        ("  - source: a\n    target: b\n    forbidden: [c, '']\n", 5, "forbidden is empty"),
        ("  - source: '…'\n    target: b\n", 3, "no letter or digit"),
        ('  - source: "a\\0"\n    target: b\n', 3, "U\\+0000"),
        ('  - source: a\n    target: "b\\u202ec"\n', 4, "U\\+202E"),
        ("  - source: a\n    target: b\n    forbidden: [x, B]\n", 5, "both allowed and forbidden"),
        ("  - source: a\n    target: b\n  - source: a\n    target: c\n", 5, "another target"),
        ("  - source: a\n    target: b\n  - source: a\n    target: b\n", 5, "line 3; keep one"),
        ("  - source: a\n    target: b\n    variants: [l’a, l'a]\n", 3, "already given"),
        ("  - source: a\n    kind: keep\n    target: b\n", 3, "kind keep stays as it is"),
        (f"  - source: {'a' * 301}\n    target: b\n", 3, "longer than 300"),
        ("  - hello\n", 3, "cannot be 'hello'"),
    ],
)  # fmt: skip
def test_mistakes_name_file_line_and_remedy(
    tmp_path: Path, entries: str, line: int, message: str
) -> None:
    path = write(tmp_path, entries)
    with pytest.raises(GlossaryError, match=message) as caught:
        load_glossary([path])
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'name' and 'entries'"),
        ("- a", "'name' and 'entries'"),
        ("name: N", "'entries' is missing"),
        ("name: N\nentries:", "must be a list"),
        ("name: N\nentrys: []", "did you mean 'entries'"),
        ("entries: []", "'name' is missing"),
        ("name: ' '\nentries: []", "name is empty"),
    ],
)
def test_mistakes_at_the_top_of_a_file(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "g.yaml"
    path.write_text(text)
    with pytest.raises(GlossaryError, match=message):
        load_glossary([path])


def test_the_first_mistake_in_the_file_is_reported(tmp_path: Path) -> None:
    path = write(tmp_path, "  - source: a\n    target: 1\n  - zource: b\n")
    with pytest.raises(GlossaryError, match=":4: target"):
        load_glossary([path])


def test_too_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.glossary.load.MAX_ENTRIES", 3)
    rows = [
        write(tmp_path, "".join(f"  - {{source: {c}{i}, target: t}}\n" for i in range(2)), c)
        for c in "ab"
    ]
    with pytest.raises(GlossaryError, match="more than 3 entries"):
        load_glossary(rows)


def test_later_files_win_for_the_words_they_name(tmp_path: Path) -> None:
    general = write(
        tmp_path,
        "  - {source: UE, target: EU, kind: name}\n"
        "  - {source: OTAN, target: NATO, variants: [Otan], kind: name}\n"
        "  - {source: ONU, target: UN, kind: name}\n",
        "general.yaml",
    )
    own = write(
        tmp_path,
        "  - {source: UE, target: European Union, kind: name}\n"
        "  - {source: Otan, target: the Alliance}\n"
        "  - {source: Nations unies, target: United Nations, variants: [ONU]}\n",
        "own.yaml",
    )
    glossary = load_glossary([general, own])
    assert [(e.source, e.target, e.variants) for e in glossary.entries] == [
        ("OTAN", "NATO", ()),
        ("UE", "European Union", ()),
        ("Otan", "the Alliance", ()),
        ("Nations unies", "United Nations", ("ONU",)),
    ]
    assert glossary.names == ("Test", "Test")


def test_the_hash_is_of_what_the_entries_say(tmp_path: Path) -> None:
    plain = write(tmp_path, "  - {source: a, target: b}\n", "1.yaml")
    styled = write(tmp_path, "  # why\n  - source: 'a '\n    target: b\n", "2.yaml")
    other = write(tmp_path, "  - {source: a, target: b, alternatives: [c]}\n", "3.yaml")
    hashes = [load_glossary([path]).sha256 for path in (plain, styled, other)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_glossary_survives_being_stored() -> None:
    glossary = load_glossary(SHIPPED)
    stored = Glossary.restore(json.loads(json.dumps(glossary.dump())))
    assert stored == glossary
    assert stored.sha256 == glossary.sha256
    damaged: tuple[dict[str, Any], ...] = ({}, {"names": [], "entries": [{}]}, {"names": 1})
    for broken in damaged:
        with pytest.raises(GlossaryError, match="stored glossary"):
            Glossary.restore(broken)


def test_the_shipped_glossaries_are_valid_and_useful() -> None:
    glossary = load_glossary(SHIPPED)
    assert glossary.names == ("Diplomacy and defence", "Example article")
    targets = {entry.source: entry.target for entry in glossary.entries}
    for source, target in {
        "Corée du Nord": "North Korea",
        "ONU": "UN",
        "CEDEAO": "ECOWAS",
        "Conseil de sécurité": "Security Council",
        "général de division": "major general",
        "PIB": "GDP",
    }.items():
        assert targets[source] == target


def test_every_entry_of_the_example_glossary_occurs_in_the_example() -> None:
    entries = load_glossary(SHIPPED[1:]).entries
    text = (ROOT / "examples" / "sommet-de-tallinn.md").read_text(encoding="utf-8")
    used = {match.entry for match in Matcher(entries).matches(text)}
    assert used == set(entries)


def scoped(tmp_path: Path) -> Glossary:
    return load_glossary(
        [
            write(
                tmp_path,
                "  - {source: cour, target: court}\n"
                "  - {source: cour, target: yard, scope: 'Farming, estate'}\n"
                "  - {source: bail, target: lease, variants: [location]}\n"
                "  - {source: location, target: rental, scope: estate}\n"
                "  - {source: Kadri, kind: keep, scope: tallinn.md}\n",
            )
        ]
    )


@pytest.mark.parametrize(
    ("labels", "targets"),
    [
        ([], ["court", "lease"]),
        (["farming"], ["lease", "yard"]),
        (["ESTATE"], ["lease", "yard", "rental"]),
        (["tallinn.md", "tallinn"], ["court", "lease", "Kadri"]),
    ],
)
def test_only_entries_of_a_jobs_scopes_apply(
    tmp_path: Path, labels: list[str], targets: list[str]
) -> None:
    glossary = scoped(tmp_path).within(labels)
    assert [entry.target for entry in glossary.entries] == targets
    (lease,) = (entry for entry in glossary.entries if entry.target == "lease")
    assert lease.variants == (() if "ESTATE" in labels else ("location",))


def test_a_scope_that_no_entry_has_is_a_mistake(tmp_path: Path) -> None:
    glossary = scoped(tmp_path)
    glossary.check_scopes(["estate", "Farming"])
    with pytest.raises(GlossaryError, match="'estat'; did you mean 'estate'"):
        glossary.check_scopes(["estat"])


def test_a_job_takes_its_scopes_from_settings_name_and_front_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.service import jobs as service

    offer(Obedient(), monkeypatch)
    path = write(
        tmp_path,
        "  - {source: a, target: t1, scope: client-x}\n  - {source: b, target: t2, scope: law}\n"
        "  - {source: c, target: t3, scope: note}\n  - {source: d, target: t4, scope: other}\n",
    )
    text = tmp_path / "note.md"
    text.write_text("---\nscope: law, press\n---\nUn texte.\n")
    plan = service.make_plan(
        None,
        [str(path)],
        flags={
            "scopes": ["client-x"],
            "output": str(tmp_path / "o"),
            "engine.name": "embedded",
            "publish.pdf": False,
        },
    )
    job = service.run_text(text, plan, lambda event: None)
    with closing(open_store(job.folder / "job.sqlite3")) as store:
        snapshot = store.snapshot()
    assert snapshot
    targets = {entry.target for entry in Plan.restore(snapshot).glossary.entries}
    assert {"t1", "t2", "t3"} <= targets
    assert "t4" not in targets


@pytest.mark.parametrize("page", ["docs/glossary.md", "README.md"])
def test_every_glossary_in_the_documentation_is_valid(tmp_path: Path, page: str) -> None:
    blocks = (ROOT / page).read_text(encoding="utf-8").split("```yaml\n")[1:]
    written = [block.split("```")[0] for block in blocks if "entries:" in block.split("```")[0]]
    assert written
    for number, text in enumerate(written):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, encoding="utf-8")
        assert load_glossary([path]).entries
