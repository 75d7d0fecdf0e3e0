"""What the pages promise is true: the commands they show run, and so does the Python."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.paths import PACKAGE, ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
Cli = Callable[..., Result]

ARTICLE = "# Un conseil\n\nLe conseil a siégé mardi à Tallinn. Il a adopté un texte.\n"
GLOSSARY = "name: Noms\nentries:\n  - {source: conseil, target: council}\n"


def blocks(page: Path, language: str) -> Iterator[str]:
    """Give the code blocks of a page in a language."""
    text = page.read_text(encoding="utf-8")
    return (found[1] for found in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.M | re.S))


def commands(page: Path) -> list[list[str]]:
    """Give the words of each shell command of a page, a command on several lines joined."""
    text = "\n".join(blocks(page, "sh")).replace("\\\n", " ")
    return [words for line in text.splitlines() if (words := shlex.split(line, comments=True))]


MEMORY = """<tmx version="1.4"><header srclang="fr"/><body><tu>
<tuv xml:lang="fr"><seg>La rivière monte.</seg></tuv>
<tuv xml:lang="en"><seg>The river is rising.</seg></tuv></tu></body></tmx>"""


JOB = re.compile(r"\bJOB\b|^article-1a2b3c4d$")


@pytest.fixture
def files(tmp_path: Path) -> None:
    """The files that the pages speak of."""
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "noms.yaml").write_text(GLOSSARY, "utf-8")
    (tmp_path / "old.tmx").write_text(MEMORY, "utf-8")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "port.md").write_text("Le port est fermé.\n", "utf-8")
    (tmp_path / "today.csv").write_text("path,title\narticles/port.md,Le port\n", "utf-8")
    (tmp_path / "translate-fr_en-1_9.argosmodel").write_bytes(PACKAGE.read_bytes())


def published(enregard: Cli) -> str:
    """Publish the article; give the name of its job."""
    enregard("run", "article.txt", "--glossary", "noms.yaml")
    (found,) = Path("output").iterdir()
    return found.name


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_the_pages_runs(page: Path, enregard: Cli) -> None:
    shown = [
        words
        for program, *words in commands(page)
        if program == "enregard" and "--from-index" not in words
    ]
    speaks_of_a_job = any(JOB.search(word) for words in shown for word in words)
    job = published(enregard) if speaks_of_a_job else ""
    for words in shown:
        enregard(*(JOB.sub(job, word) for word in words))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_other_program_of_the_pages_is_there(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for program, *words in commands(page):
        match program, words:
            case "make", [target, *_]:
                assert target in targets
            case "python", ["-m", module, *_]:
                assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists()
            case "python", [script, *_]:
                assert (ROOT / script).exists()
            case _:
                assert program == "enregard", f"{page.name}: {program}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_the_pages_runs(page: Path) -> None:
    for block in blocks(page, "python"):
        exec(compile(block, page.name, "exec"), {})


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`((?:pipeline|tests|tools|benchmarks)/[\w./-]+)`", page.read_text("utf-8"))
    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing == []
