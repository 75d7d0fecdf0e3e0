"""Make the files of tests/fixtures/returned anew: what other programs give back of our exports.

Run as ``python -m tests.support.round_trips`` where LibreOffice (``soffice``) and OmegaT are
installed. The text is translated by the engine of the tests, exported, edited (twenty sentences),
opened and saved by LibreOffice as DOCX, and taken through OmegaT in console mode: XLIFF 1.2, whose
English it has edited, and a text that it translates from our TMX.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.exchange.archive import archive
from pipeline.exchange.tmx import memory_tmx
from tests.support.obedient import Obedient, offer
from tests.support.paths import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "returned"
PLACES = "Lyon Brest Nancy Dijon Tours Reims Lille Nantes Rouen Metz Angers Caen".split()
SENTENCES = [
    *(f"Le comité de {place} a dit\u00a0: «\u00a0C’est l’été à {place} & {7 * n} %.\u00a0»"
      for n, place in enumerate(PLACES)),
    *(f"Il y a *{n}\u00a0{100 + n} voix* pour <{place}> – ou contre." for n, place in
      enumerate(PLACES)),
    "Tout va bien.",
    "Tout va bien.",
]  # fmt: skip
TEXT = "# Un essai\n\n" + "\n\n".join(
    " ".join(SENTENCES[at : at + 3]) for at in range(0, len(SENTENCES), 3)
)
EDITED = 20


def edited(text: str) -> str:
    """Give the English of the tests' engine as a colleague edits it."""
    return text.replace("It says", "So “it” says, l’été & <b>")


def run(*arguments: str) -> str:
    """Call the command line."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def main_() -> None:
    """Make the files."""
    FIXTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        offer(Obedient(), patch)
        Path("essai.md").write_text(TEXT, "utf-8")
        settings = ("publish.pdf=false", "translate.lexicon=false", "glossaries=[]")
        run("run", "essai.md", *(word for each in settings for word in ("--set", each)))
        (job,) = [each.name for each in Path("output").iterdir() if each.is_dir()]
        for name in ("bilingual", "xliff12"):
            run("export", job, "--format", name, "--to", "out")
        lines = run("show", job, "--segments", "--json").splitlines()
        pairs = [(each["source"], each["target"]) for each in map(json.loads, lines)]
        _libreoffice(Path("out") / f"{job}-table.docx")
        xliff = Path("out") / f"{job}-1.2.xlf"
        _omegat("saved", xliff, [])
        # OmegaT shows the English of an XLIFF file to be edited.
        some = pairs[1 : EDITED + 1]
        _omegat("edited", xliff, [(target, edited(target)) for _, target in some])
        text = Path("essai.txt")
        text.write_text("\n\n".join(source for source, _ in pairs), "utf-8")
        changed = [(source, edited(target)) for source, target in pairs[:EDITED]]
        _omegat("tmx", text, [*changed, *pairs[EDITED:]])


def _libreoffice(table: Path) -> None:
    for name, edit in (("saved", False), ("edited", True)):
        with zipfile.ZipFile(table) as package:
            parts = {each: package.read(each) for each in package.namelist()}
        if edit:
            parts["word/document.xml"] = _edited_xml(parts["word/document.xml"])
        given = Path(f"{name}.docx")
        given.write_bytes(archive(parts))
        home = f"-env:UserInstallation=file://{Path.cwd()}/profile"
        subprocess.run(
            ["soffice", home, "--headless", "--convert-to", "docx:MS Word 2007 XML",
             "--outdir", "libre", str(given)],
            check=True,
        )  # fmt: skip
        shutil.copy(Path("libre") / given.name, FIXTURES / f"libreoffice-{name}.docx")


def _edited_xml(data: bytes) -> bytes:
    new = edited("It says").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(b"It says", new.encode(), data, count=EDITED)


def _omegat(name: str, source: Path, known: Sequence[tuple[str, str]]) -> None:
    """Translate a file in a project of its own, with what is ``known`` taken over."""
    project = Path(name) / "essai"
    for part in ("source", "target", "glossary", "dictionary", "tm/auto", "omegat"):
        (project / part).mkdir(parents=True)
    shutil.copy(source, project / "source")
    units = ((french, english, "", "person") for french, english in known)
    (project / "tm" / "auto" / "known.tmx").write_bytes(b"".join(memory_tmx(units)))
    (project / "omegat.project").write_text(_PROJECT, "utf-8")
    subprocess.run(
        ["omegat", str(project), "--mode=console-translate", "--no-team"],
        check=True,
        env={**os.environ, "HOME": str(Path.cwd()), "LC_ALL": "C.UTF-8"},
    )
    if source.suffix == ".txt":
        shutil.copy(project / "essai-level2.tmx", FIXTURES / "omegat-edited.tmx")
    else:
        shutil.copy(project / "target" / source.name, FIXTURES / f"omegat-{name}.xlf")


_PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>FR</source_lang><target_lang>EN</target_lang>
<sentence_seg>false</sentence_seg>
</project></omegat>
"""

if __name__ == "__main__":
    main_()
