"""What tests share: no network, a short text, and the command line in-process."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from pipeline.cli import main
from tests.support.obedient import Obedient, offer
from tests.support.paths import ROOT

# A busy machine must not fail an example for being slow, neither in running nor in being made.
settings.register_profile("enregard", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("enregard")

_FOLDERS = count(1)

SHORT_TEXT = """\
# Un accord à Tallinn

Les ministres des Affaires étrangères de 12 pays ont signé mardi un accord à Tallinn. « C’est un
succès », a déclaré M. Kask. Le texte prévoit 3,4 milliards d’euros d’aide.

Les Nations unies n’ont pas commenté cette décision.

- Un comité se réunira en 2027.
"""


# What takes longest, the longest first: begun last, a file of these is waited for by all others.
LONGEST = (
    "web/test_journeys.py",
    "jobs/test_resume.py",
    "proof/test_sample.py",
    "proof/test_defects.py",
    "stages/publish/test_browser.py",
    "service/cluster/test_kills.py",
    "stages/publish/test_book.py",
    "stages/publish/test_long.py",
    "documents/test_independent.py",
    "cli/test_cli.py",
    "stages/publish/test_showcase.py",
    "engines/test_embedded.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let processes that share the suite begin with the files that take longest."""
    places = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave the thousands of tests, which stay to the end, out of every later look for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any test that opens a socket to anywhere."""

    def refuse(*args: object) -> NoReturn:
        raise AssertionError(f"a socket was opened: {args!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket.socket, "sendto", refuse)


@pytest.fixture(scope="session", autouse=True)
def this_checkout() -> Iterator[None]:
    """Let the processes that tests start import this checkout, whatever is installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        yield


@pytest.fixture(autouse=True)
def no_packages(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Hide the packages of the machine; give Enregard's own folder of packages, empty."""
    # Counted here: who asks for a folder of a new number looks through those of all tests.
    home = tmp_path_factory.getbasetemp() / "packages" / str(next(_FOLDERS))
    home.mkdir(parents=True)
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(home / "argos"))
    monkeypatch.setenv("ENREGARD_PACKAGES_DIR", str(home / "own"))
    return home / "own"


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Obedient:
    """An engine that loads nothing, registered as the embedded one."""
    obedient = Obedient()
    offer(obedient, monkeypatch)
    return obedient


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short French article as a Markdown file."""
    path = tmp_path / "accord.md"
    path.write_text(SHORT_TEXT, encoding="utf-8")
    return path


@pytest.fixture
def fast_config(tmp_path: Path) -> Path:
    """Settings that translate quickly and in several chunks."""
    path = tmp_path / "fast.yaml"
    path.write_text("translate: {beam_size: 1, chunk_segments: 2}\n", encoding="utf-8")
    return path


@pytest.fixture
def enregard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line, in-process, in an empty folder; an exception is a failed test."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: Any, code: int | None = 0) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        if code is not None:
            assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    return call
