"""A folder in, a copy of ONNX Runtime in it out that takes every processor for one with AVX2 alone.

    python -m benchmarks.older_runtime FOLDER
    PYTHONPATH=FOLDER:. python benchmarks/translation.py SOURCE.fr REFERENCE.en

Where a processor cannot hide what it has (``older_processor.c`` needs ``cpuid_fault``), the library
is kept from asking: four branches that choose kernels for AVX-512 and VNNI are made to be passed
by. They are found by the instructions around them, in the release that is pinned, for x86-64.
Products then have the kernels, and the overflow, of processors of 2013 to 2020; the clock, the
caches and the memory stay those of this one.
"""

from __future__ import annotations

import argparse
import shutil
from importlib.util import find_spec
from pathlib import Path

# Instructions that test for AVX-VNNI, AVX-512, AVX-VNNI-INT8 and AVX-NE-CONVERT; a short jump
# where there is none follows each, its distance last.
TESTS = (
    bytes.fromhex("0fa2a810"),
    bytes.fromhex("41f7c200000100"),
    bytes.fromhex("f6c210"),
    bytes.fromhex("83e220"),
)
JUMP_IF_NONE, JUMP = 0x74, 0xEB
# Bytes that the four lie within.
NEAR = 256


def older(library: bytes) -> bytes:
    """Give the library with the four branches passed by; raises SystemExit where one is not found.

    They stand one after the other, behind the question for features that only the first asks.
    """
    start = -1
    while (start := library.find(TESTS[0] + bytes([JUMP_IF_NONE]), start + 1)) >= 0:
        at, places = start, []
        for test in TESTS:
            at = library.find(test + bytes([JUMP_IF_NONE]), at, start + NEAR)
            if at < 0:
                break
            places.append(at + len(test))
        if len(places) == len(TESTS):
            changed = bytearray(library)
            for place in places:
                changed[place] = JUMP
            return bytes(changed)
    raise SystemExit("the branches were not found: this is another release, or another processor")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    found = find_spec("onnxruntime")
    if found is None or found.origin is None:
        raise SystemExit("ONNX Runtime is not installed")
    copy = options.folder / "onnxruntime"
    shutil.copytree(Path(found.origin).parent, copy)
    (library,) = (copy / "capi").glob("onnxruntime_pybind11_state*")
    library.write_bytes(older(library.read_bytes()))


if __name__ == "__main__":
    main()
