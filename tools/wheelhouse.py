"""The lock file in; a folder of wheels out, from which Enregard is installed without a network.

    make wheelhouse             or: .venv/bin/python tools/wheelhouse.py [FOLDER [LOCK]]

The wheels of the lock are fetched for this kind of machine and checked by their hashes; those of
the program and of its model are built. requirements.txt names each with its hash, SHA256SUMS too;
sbom.cdx.json is the bill of materials, with the licences.
The argostranslate wheel asks for packages that Enregard never uses (tools/left-out.txt); its copy
in the folder does not, which its build tag tells.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Only needed where the program is installed from a clone.
BUILD_ONLY = frozenset({"hatchling", "editables", "pathspec", "pluggy", "trove-classifiers"})
PROJECTS = (ROOT, ROOT / "models" / "wheels" / "fr-en", ROOT / "models" / "wheels" / "fr-en-more")
# One moment for all builds: the same sources give the same wheels.
EPOCH = "1893456000"
LIMIT = 100_000_000
# The bill of materials, CycloneDX.
BILL = "sbom.cdx.json"


def main() -> None:
    """Make the folder anew."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "dist" / "wheelhouse"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    fetch(folder, ROOT / (sys.argv[2] if sys.argv[2:] else "requirements.lock"))
    left_out = frozenset((ROOT / "tools" / "left-out.txt").read_text("ascii").split())
    for wheel in sorted(folder.glob("*.whl")):
        if without(wheel, left_out):
            print(f"made {wheel.name} ask for nothing that is left out")
    for project in PROJECTS:
        build(project, folder)
    bill = [sys.executable, str(ROOT / "tools" / "sbom.py"), str(folder / BILL)]
    subprocess.run(bill, check=True)
    write_lists(folder)
    print(f"{folder}: {len(list(folder.glob('*.whl')))} wheels. On a machine without a network:")
    print(
        f"  python3 -m venv enregard && enregard/bin/pip install --no-index --find-links {folder}"
        f" --require-hashes -r {folder / 'requirements.txt'}"
    )


def fetch(folder: Path, locked: Path) -> None:
    """Fetch the wheels of a lock, checked by their hashes."""
    options = ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
    with tempfile.TemporaryDirectory() as place:
        lock = Path(place) / "requirements.lock"
        lock.write_text(needed(locked.read_text("utf-8")), "utf-8")
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download"]
        subprocess.run([*pip, *options, "--dest", folder, "--requirement", lock], check=True)


def needed(lock: str) -> str:
    """Give a lock file without what only builds need."""
    blocks = re.split(r"^(?=[a-zA-Z0-9])", lock, flags=re.MULTILINE)
    return "".join(block for block in blocks if block.split("==")[0] not in BUILD_ONLY)


def build(project: Path, folder: Path) -> None:
    """Build the wheel of a project."""
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(folder.resolve()),
    ]
    environment = {"SOURCE_DATE_EPOCH": EPOCH, "PATH": "/usr/bin:/bin"}
    subprocess.run(command, cwd=project, check=True, env=environment, stdout=subprocess.DEVNULL)


def without(wheel: Path, left_out: Collection[str]) -> bool:
    """Replace a wheel by one that does not ask for packages; False where it asks for none."""
    with zipfile.ZipFile(wheel) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    about = next(name for name in files if name.endswith(".dist-info/METADATA"))
    text = files[about].decode("utf-8")
    kept = [line for line in text.split("\n") if required(line) not in left_out]
    if len(kept) == len(text.split("\n")):
        return False
    files[about] = "\n".join(kept).encode()
    record = about.replace("METADATA", "RECORD")
    files[record] = recorded(files, record)
    name, version, rest = wheel.name.split("-", 2)
    with zipfile.ZipFile(wheel.with_name(f"{name}-{version}-1enregard-{rest}"), "w") as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(path)
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[path], zipfile.ZIP_DEFLATED)
    wheel.unlink()
    return True


def required(line: str) -> str:
    """Give the package that a line of metadata asks for, "" where it asks for none."""
    found = re.match(r"Requires-Dist: ([A-Za-z0-9._-]+)", line)
    return re.sub(r"[-_.]+", "-", found[1]).lower() if found else ""


def recorded(files: dict[str, bytes], record: str) -> bytes:
    """Give the list of a wheel's files with their hashes."""
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    for path, data in sorted(files.items()):
        if path != record:
            hashed = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
            rows.writerow([path, f"sha256={hashed.decode()}", len(data)])
    rows.writerow([record, "", ""])
    return stream.getvalue().encode()


def write_lists(folder: Path) -> None:
    """Write what names each wheel with its hash, for pip and for sha256sum."""
    asked, sums = [], []
    for wheel in sorted(folder.glob("*.whl")):
        if wheel.stat().st_size >= LIMIT:
            raise SystemExit(f"{wheel.name} is larger than {LIMIT:,} bytes")
        hashed = hashlib.sha256(wheel.read_bytes()).hexdigest()
        name, version, *_ = wheel.name.split("-")
        asked.append(f"{name.replace('_', '-')}=={version} --hash=sha256:{hashed}\n")
        sums.append(f"{hashed}  {wheel.name}\n")
    if (folder / BILL).exists():
        sums.append(f"{hashlib.sha256((folder / BILL).read_bytes()).hexdigest()}  {BILL}\n")
    (folder / "requirements.txt").write_text("".join(asked), "utf-8")
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")


if __name__ == "__main__":
    main()
