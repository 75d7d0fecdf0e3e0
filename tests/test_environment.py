"""The installed environment is light, complete without the tools of development, and locked."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = ("torch", "stanza", "spacy", "triton", "transformers")
# The names that a library does not promise to keep, and the first version that may lack them.
PRIVATE = {
    "sacrebleu": (
        "<2.7",
        {"_aggregate_and_compute", "_compute_score_from_stats", "_extract_corpus_statistics"},
    ),
    "weasyprint": ("<71", {"_page_box"}),
}


def locked(name: str) -> dict[str, int]:
    """Give each package of a lock file with the number of its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(
        r"^([a-z0-9-]+)==[^\n]*\\\n((?: +--hash=sha256:[0-9a-f]{64}[^\n]*\n)+)", text, re.M
    )
    return {package: hashes.count("--hash") for package, hashes in blocks}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_forbidden_packages_are_absent(name: str) -> None:
    assert importlib.util.find_spec(name) is None
    assert not any(name == d.name.lower() for d in importlib.metadata.distributions())


LOCKS = ["requirements.lock", "requirements-cluster.lock", "requirements-dev.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_every_package_by_hash_and_leave_the_forbidden_out(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = locked(name)
    assert len(packages) == len(set(re.findall(r"^([a-z0-9-]+)==", text, re.M)))
    assert not set(packages) & set(FORBIDDEN)
    assert not any(package.startswith("nvidia") for package in packages)
    assert "://" not in text


def test_dask_is_in_nobodys_environment_who_did_not_ask_for_it() -> None:
    extra = set(locked("requirements-cluster.lock")) - set(locked("requirements.lock"))
    assert {"dask", "distributed", "cryptography"} <= extra
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert not any(each.startswith(("dask", "distributed")) for each in project["dependencies"])


def test_private_names_of_libraries_are_listed_and_their_next_version_is_excluded() -> None:
    own: set[str] = set()
    used: set[str] = set()
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                own.add(node.name)
            elif isinstance(node, ast.Name):
                own.add(node.id)
            elif isinstance(node, ast.Attribute):
                (used if isinstance(node.ctx, ast.Load) else own).add(node.attr)
    # os._exit is documented: its name says that nothing is cleaned up.
    foreign = {name for name in used - own if re.match("_[^_]", name)} - {"_exit"}
    assert foreign == set().union(*(names for _, names in PRIVATE.values()))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for library, (bound, _) in PRIVATE.items():
        assert any(each.startswith(library) and bound in each for each in project["dependencies"])


def test_the_tool_runs_without_the_development_packages() -> None:
    """Hide every package that only the development lock has, and run the quick commands."""
    only_dev = set(locked("requirements-dev.lock")) - set(locked("requirements.lock"))
    modules = {name.replace("-", "_") for name in only_dev}
    assert {"pytest", "hypothesis"} <= modules
    code = (
        "import sys\n"
        "class Hidden:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] in {modules!r}:\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Hidden())\n"
        "from pipeline.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    for arguments in (["doctor"], ["engines"], ["segment", "README.md"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


def test_without_pango_the_remedy_is_named_and_nothing_is_lost(
    article: Path, fast_config: Path, tmp_path: Path
) -> None:
    """Let WeasyPrint fail to load as it does where Pango's library is missing."""
    code = (
        "import sys\n"
        "class NoPango:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'weasyprint':\n"
        "            raise OSError(\"cannot load library 'libpango-1.0-0'\")\n"
        "sys.meta_path.insert(0, NoPango())\n"
        "from pipeline.cli import main\n"
        "main(sys.argv[1:])\n"
    )

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    doctor = call("doctor")
    assert doctor.returncode == 1
    assert "apt-get install libpango" in doctor.stdout
    run = call("run", article.name, "--config", fast_config.name)
    assert run.returncode == 7
    assert "apt-get install libpango" in run.stderr.splitlines()[-1]
    assert '"unfinished": "publish"' in call("list", "--json").stdout
