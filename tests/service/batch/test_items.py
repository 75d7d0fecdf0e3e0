"""Folders, files and lists become documents, each once; a list that is wrong says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError, UsageError
from pipeline.service.batch import BatchItem, list_items


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    for name in ("b.md", "a.txt", ".hidden.md", "~$c.docx", "d.jpg", "deep/e.md", "output/f.md"):
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Bonjour.\n", "utf-8")
    (place / "deep" / "back").symlink_to(place)
    return place


def names(items: tuple[BatchItem, ...]) -> list[str]:
    return [item.path.name for item in items]


def test_a_folder_gives_what_can_be_read_in_order(folder: Path) -> None:
    assert names(list_items([folder])) == ["a.txt", "b.md"]
    apart = folder / "output"
    assert names(list_items([folder], recursive=True, leaving_out=apart)) == [
        "a.txt",
        "b.md",
        "e.md",
    ]
    assert names(list_items([folder], ["*.m?", "*.jpg"])) == ["b.md", "d.jpg"]


def test_a_document_that_is_named_twice_is_run_once(folder: Path) -> None:
    assert names(list_items([folder / "b.md", folder])) == [
        "b.md",
        "a.txt",
    ]


def test_a_document_that_is_named_in_two_ways_is_run_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert names(list_items([Path("b.md"), Path("deep/../b.md"), Path("../in")])) == [
        "b.md",
        "a.txt",
    ]
    (folder / "deep" / "list.csv").write_text("path\n../b.md\n../deep/../a.txt\n", "utf-8")
    assert names(list_items([folder, Path("deep/list.csv")])) == ["a.txt", "b.md"]
    (folder / "deep" / "list.csv").write_text("path\n../b.md\n../deep/../b.md\n", "utf-8")
    with pytest.raises(InputError, match=r"is in the list already \(line 2\)"):
        list_items([Path("deep/list.csv")])


@pytest.mark.parametrize(
    "text",
    [
        "\npath;title\na.md;Le port\n",
        ",,\n\npath,title\na.md,Le port\n",
        "path,title,\na.md,Le port,\n",
        "path\ttitle\t\t\na.md\tLe port\n",
    ],
)
def test_a_list_is_read_as_spreadsheets_write_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "list.csv").write_text(text, "utf-8")
    (only,) = list_items([tmp_path / "list.csv"])
    assert (only.path.name, only.title) == ("a.md", "Le port")


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("\npath,path\na.md,b.md\n", "utf-8")
    with pytest.raises(InputError, match="two columns are called 'path'"):
        list_items([tmp_path / "list.csv"])


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        list_items([tmp_path / "nowhere"])


def test_a_list_says_what_each_document_asks_for(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text("name: G\nentries: []\n", "utf-8")
    (tmp_path / "list.csv").write_text(
        "\ufeffpath;title;glossary;settings;reference\n"
        'a.md;"Le port; la mer";g.yaml;publish.pdf=false;a.en.txt\n\nb.md\n',
        "utf-8",
    )
    first, second = list_items([tmp_path / "list.csv"])
    assert first == BatchItem(
        tmp_path / "a.md",
        (str(tmp_path / "g.yaml"),),
        "Le port; la mer",
        {"publish.pdf": False},
        tmp_path / "a.en.txt",
    )
    assert second == BatchItem(tmp_path / "b.md")
    (tmp_path / "list.jsonl").write_text(
        '{"path": "a.md", "glossary": ["noms", "lieux"], '
        '"settings": {"publish": {"pdf": false}}}\n',
        "utf-8",
    )
    (item,) = list_items([tmp_path / "list.jsonl"])
    assert (item.glossaries, item.settings) == (("noms", "lieux"), {"publish.pdf": False})


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "l.csv",
            "path,titel\na.md,x\n",
            "l.csv:2: there is no column 'titel'; did you mean 'title'?",
        ),
        ("l.csv", "title\nx\n", "l.csv:2: the row names no path; fill the column 'path'"),
        ("l.csv", "path\na.md\n./a.md\n", "a.md is in the list already (line 2); name it once"),
        ("l.csv", "path\na.md,b,c\n", "l.csv:2: there are 3 cells, but 1 column;"),
        ("l.csv", 'path\n"a.md\n', "this is no table"),
        ("l.csv", "path,settings\na.md,publish.pdf\n", "l.csv:2: 'publish.pdf' sets nothing"),
        ("l.csv", "path\n", "l.csv names no document"),
        ("l.jsonl", '{"path": "a.md"\n', "l.jsonl:1: this is no JSON object"),
        ("l.jsonl", "[" * 100_000, "l.jsonl:1: this is no JSON object"),
        ("l.csv", 'path\n"a.md\0"\n', "l.csv:2: path holds the character U+0000; remove it"),
        (
            "l.csv",
            "path,reference\na.md,r\0\n",
            "l.csv:2: reference holds the character U+0000; remove it",
        ),
        ("l.jsonl", '{"path": ["a.md"]}\n', "l.jsonl:1: path is not a text"),
        ("l.jsonl", '{"path": "a.md", "glossary": [1]}\n', "glossary is neither a text nor a list"),
    ],
)
def test_a_list_that_is_wrong_says_where(name: str, text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        list_items([tmp_path / name])
    assert said in str(caught.value)
