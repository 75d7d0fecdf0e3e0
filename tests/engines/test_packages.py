"""Argos packages: found where Argos and Enregard keep them, and installed whatever is in a file."""

from __future__ import annotations

import json
import os
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engines.argos import argos_folder, installed_packages, keep, read_package, unpacked
from pipeline.engines.argos import install as installing
from pipeline.errors import EngineError, EnregardError, InputError

METADATA = {
    "package_version": "1.9",
    "argos_version": "1.9",
    "from_code": "fr",
    "from_name": "French",
    "to_code": "en",
    "to_name": "English",
}
FILES = {
    "metadata.json": json.dumps(METADATA).encode(),
    "sentencepiece.model": b"pieces",
    "model/model.bin": b"weights",
    "model/config.json": b"{}",
    "model/shared_vocabulary.json": b"[]",
}


def write_folder(folder: Path, files: Mapping[str, bytes] = FILES) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def write_archive(path: Path, entries: Mapping[str, bytes], root: str = "fr_en/") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(root + name, data)
    return path


def everything_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_a_package_is_read_by_its_metadata_and_its_files_only(tmp_path: Path) -> None:
    extra = {"stanza/fr/tokenize.pt": b"torch", "README.md": b"hello", "model/evil.py": b"no"}
    package = read_package(write_folder(tmp_path / "p", FILES | extra))
    assert (package.source, package.target, package.version) == ("fr", "en", "1.9")
    assert package.title == "French → English"
    assert set(package.files) == set(FILES)
    assert package.size == sum(map(len, FILES.values()))


def test_the_hash_is_of_the_content_alone(tmp_path: Path) -> None:
    one = read_package(write_folder(tmp_path / "one"))
    same = read_package(write_folder(tmp_path / "two", FILES | {"README.md": b"other"}))
    changed = read_package(write_folder(tmp_path / "three", FILES | {"model/model.bin": b"w"}))
    assert one.sha256 == same.sha256 != changed.sha256


@pytest.mark.parametrize(
    "changes",
    [
        {"metadata.json": None},
        {"metadata.json": b"{"},
        {"metadata.json": b"[1]"},
        {"metadata.json": b"\xff\xfe"},
        {"metadata.json": b"[" * 100_000},
        {"metadata.json": json.dumps(METADATA | {"type": "sbd"}).encode()},
        {"metadata.json": json.dumps(METADATA | {"from_code": "../x"}).encode()},
        {"metadata.json": json.dumps(METADATA | {"from_code": 3}).encode()},
        {"metadata.json": json.dumps(METADATA | {"package_version": "1/../2"}).encode()},
        {"metadata.json": json.dumps(METADATA | {"from_name": "a\x1b[31m"}).encode()},
        {"metadata.json": json.dumps(METADATA | {"target_prefix": "x" * 1000}).encode()},
        {"metadata.json": json.dumps(METADATA).encode() + b" " * 1_000_001},
        {"sentencepiece.model": None},
        {"model/model.bin": None},
    ],
    ids=str,
)
def test_what_is_no_package_is_refused(tmp_path: Path, changes: dict[str, bytes | None]) -> None:
    files = {name: data for name, data in (FILES | changes).items() if data is not None}
    with pytest.raises(EngineError, match="no usable Argos package"):
        read_package(write_folder(tmp_path / "p", files))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=100)
def test_any_metadata_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    write_folder(folder, FILES | {"metadata.json": data})
    with pytest.raises(EngineError):
        read_package(folder)


def test_packages_are_found_newest_first_and_a_broken_one_hides_no_other(
    no_packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    argos = Path(os.environ["ARGOS_PACKAGES_DIR"])
    newer = json.dumps(METADATA | {"package_version": "1.10"}).encode()
    write_folder(no_packages / "old")
    write_folder(argos / "translate-fr_en-1_10", FILES | {"metadata.json": newer})
    write_folder(argos / "broken", {"metadata.json": b"?"})
    (argos / "stray.txt").write_text("x")
    packages, problems = installed_packages()
    assert [package.version for package in packages] == ["1.10", "1.9"]
    assert len(problems) == 1
    assert "broken" in problems[0].fault


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"XDG_DATA_HOME": "{home}/data"},
        {"ARGOS_PACKAGES_DIR": "{home}/mine"},
        {"XDG_CONFIG_HOME": "{home}/conf"},
        {"XDG_CONFIG_HOME": "{home}/conf", "ARGOS_PACKAGES_DIR": "{home}/mine"},
    ],
    ids=str,
)
def test_the_argos_folder_is_the_one_that_argos_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    written = tmp_path / "conf" / "argos-translate" / "settings.json"
    written.parent.mkdir(parents=True)
    written.write_text(json.dumps({"ARGOS_PACKAGES_DIR": str(tmp_path / "set")}))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in environment.items():
        monkeypatch.setenv(name, value.format(home=tmp_path))
    code = "from argostranslate import settings; print(settings.package_data_dir)"
    theirs = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert str(argos_folder()) == theirs


def test_listing_makes_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ARGOS_PACKAGES_DIR", "ENREGARD_PACKAGES_DIR"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "")
    assert installed_packages() == ([], [])
    assert everything_below(tmp_path) == set()


def test_an_archive_is_installed_beside_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    for weights in (b"one", b"two", b"one"):
        extra = {"stanza/fr.pt": b"x" * 100, "model/other.py": b"x"}
        entries = FILES | extra | {"model/model.bin": weights}
        archive = write_archive(tmp_path / "p.argosmodel", entries)
        with unpacked(archive, folder) as package:
            kept = keep(package, folder)
        assert kept.read() == FILES | {"model/model.bin": weights}
    assert len(list(folder.iterdir())) == 2
    assert not [name for name in everything_below(folder) if name.endswith((".pt", ".py"))]


def renamed(name: str) -> Callable[[Path], None]:
    return lambda path: _rewrite(path, name)


def _rewrite(path: Path, name: str) -> None:
    """Write an archive whose last entry has a name that Python would mend while writing it."""
    placeholder = "z" * len(name)
    write_archive(path, FILES, "fr_en/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(placeholder, b"evil")
    data = path.read_bytes()
    path.write_bytes(data.replace(placeholder.encode(), name.encode()))


def symlink(path: Path) -> None:
    write_archive(path, FILES)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("fr_en/model/vmap.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def twice(path: Path) -> None:
    write_archive(path, FILES)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("fr_en/Model/MODEL.bin", b"other")


def two_roots(path: Path) -> None:
    write_archive(path, FILES)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("another/metadata.json", b"{}")


def bomb(path: Path) -> None:
    write_archive(path, FILES | {"model/model.bin": b"\0" * 50_000_000})


def lying(path: Path) -> None:
    """Say in the headers that the weights are short."""
    write_archive(path, FILES | {"model/model.bin": b"\0" * 5_000_000})
    real, small = struct.pack("<I", 5_000_000), struct.pack("<I", 10)
    path.write_bytes(path.read_bytes().replace(real, small))


def too_many(path: Path) -> None:
    write_archive(path, FILES | {f"stanza/{n}": b"" for n in range(installing.MAX_ENTRIES)})


def cut(path: Path) -> None:
    write_archive(path, FILES)
    path.write_bytes(path.read_bytes()[:-30])


def flipped(path: Path) -> None:
    write_archive(path, FILES | {"model/model.bin": bytes(range(256)) * 40})
    data = bytearray(path.read_bytes())
    at = data.index(b"model.bin") + 30
    data[at] ^= 0xFF
    path.write_bytes(bytes(data))


def no_archive(path: Path) -> None:
    path.write_bytes(b"<html>404</html>")


def missing(path: Path) -> None:
    pass


def a_folder(path: Path) -> None:
    path.mkdir()


def no_package(path: Path) -> None:
    write_archive(path, {"readme.txt": b"hello"})


HOSTILE: list[Callable[[Path], None]] = [
    renamed("../../evil"),
    renamed("fr_en/../../evil"),
    renamed("/tmp/evil-enregard"),
    renamed("C:/evil"),
    renamed("fr_en\\..\\evil"),
    renamed("fr_en/mo\0del"),
    symlink,
    twice,
    two_roots,
    bomb,
    lying,
    too_many,
    cut,
    flipped,
    no_archive,
    missing,
    a_folder,
    no_package,
]


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_archive_is_refused_and_leaves_nothing(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    folder = tmp_path / "own"
    write_folder(folder / "fr_en")
    archive = tmp_path / "p.argosmodel"
    make(archive)
    before = everything_below(tmp_path)
    with pytest.raises((InputError, EngineError)), unpacked(archive, folder) as package:
        keep(package, folder)
    assert everything_below(tmp_path) == before
    assert read_package(folder / "fr_en").read() == FILES


@given(st.data())
@settings(max_examples=60)
def test_a_damaged_archive_is_refused_or_gives_the_same_files(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    archive = write_archive(folder / "p.argosmodel", FILES)
    content = bytearray(archive.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    archive.write_bytes(content)
    try:
        with unpacked(archive, folder / "own") as package:
            assert {n: FILES.get(n) for n in package.files} == package.read()
    except EnregardError:
        pass
    assert everything_below(folder / "own") == set()


def test_the_index_out_of_reach_is_one_clear_line(tmp_path: Path) -> None:
    places = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ENREGARD_PACKAGES_DIR")
    environment = os.environ | dict.fromkeys(places, str(tmp_path))
    environment["ARGOS_PACKAGE_INDEX"] = f"file://{tmp_path}/nothing/"
    command = [sys.executable, "-m", "pipeline", "engines", "install", "--from-index", "fr", "en"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be reached" in done.stderr
