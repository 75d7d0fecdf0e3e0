"""Files are whole or absent whatever fails; folders are published by rename; locks exclude."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import InputError, JobError, PublishError
from pipeline.files import (
    CHECKSUMS,
    locked,
    publish_folder,
    read_input,
    storing,
    sweep,
    write_atomic,
)


@pytest.mark.parametrize("operation", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_content_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    path = tmp_path / "a.txt"
    write_atomic(path, b"old")

    def fail(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = Path if operation == "replace" else os
    monkeypatch.setattr(target, operation, fail)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["a.txt"]


def test_a_published_folder_holds_all_files_and_their_hashes(tmp_path: Path) -> None:
    publish_folder(tmp_path / "e" / "1", {"b.txt": b"b", "a.txt": b"a"})
    check = subprocess.run(
        ["sha256sum", "--check", CHECKSUMS],
        cwd=tmp_path / "e" / "1",
        capture_output=True,
        text=True,
    )
    assert check.stdout == "a.txt: OK\nb.txt: OK\n"


def test_publishing_replaces_a_folder_that_is_not_whole(tmp_path: Path) -> None:
    target = tmp_path / "1"
    publish_folder(target, {"a": b"1"})
    publish_folder(target, {"a": b"1"})
    (target / "a").write_bytes(b"damaged")
    publish_folder(target, {"a": b"1"})
    assert (target / "a").read_bytes() == b"1"


@pytest.mark.parametrize("fail_at", range(1, 8))
def test_publishing_is_all_or_nothing_whichever_write_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail_at: int
) -> None:
    publish_folder(tmp_path / "old", {"a": b"old"})
    calls = 0
    real = os.fsync

    def failing(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == fail_at:
            raise OSError(errno.EIO, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with suppress(OSError):
        publish_folder(tmp_path / "new", {"a": b"1", "b": b"2"})
    names = {item.name for item in tmp_path.iterdir()}
    assert names in ({"old"}, {"old", "new"})
    if "new" in names:
        assert {item.name for item in (tmp_path / "new").iterdir()} == {"a", "b", CHECKSUMS}


def test_sweeping_removes_strays_only(tmp_path: Path) -> None:
    (tmp_path / ".tmp-folder").mkdir()
    (tmp_path / ".tmp-folder" / "x").touch()
    (tmp_path / ".tmp-file").touch()
    (tmp_path / "kept").touch()
    sweep(tmp_path)
    assert [item.name for item in tmp_path.iterdir()] == ["kept"]


def test_a_lock_excludes_another_process_and_dies_with_its_holder(tmp_path: Path) -> None:
    lock = tmp_path / "job.lock"
    hold = (
        "import sys; from pathlib import Path; from pipeline.files import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(JobError, match="in use by another run"), locked(lock):
            pass
        holder.kill()
        holder.wait()
        with locked(lock):
            pass


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "does not exist"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: os.mkfifo(path), "not an ordinary file"),
        (lambda path: path.write_bytes(b"x" * 101), "larger than 100 bytes"),
    ],
)
def test_unfit_input_files(tmp_path: Path, make: object, says: str) -> None:
    assert callable(make)
    make(tmp_path / "a.txt")
    with pytest.raises(InputError, match=says):
        read_input(tmp_path / "a.txt", 100)


def test_a_path_with_a_nul_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_input(tmp_path / "a\x00b", 100)


def test_an_error_while_storing_says_what_to_do() -> None:
    with (
        pytest.raises(PublishError, match=r"no space left.*choose another folder"),
        storing("x", PublishError),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
