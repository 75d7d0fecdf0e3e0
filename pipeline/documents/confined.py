"""The bytes of a document in, its draft out, read in a process with limits of time and memory.

Documents may come from anyone, and PDFium and libxml2 are native code: what hangs, swells or
crashes there ends that process and nothing else. Short texts of plain characters are read here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from pipeline.documents import READERS
from pipeline.documents.draft import Draft
from pipeline.errors import InputError, pack, unpack

_PLAIN = frozenset((".txt", ".md", ".markdown", ".srt", ".vtt"))
_PLAIN_BYTES = 2_000_000
SECONDS = 120
BYTES = 2_000_000_000
_REFUSED = 3
_ROOM = 8_000_000  # bytes that any process with memory left gets
_SAVE_AGAIN = "save it again in the program it was written with"


def read_confined(suffix: str, data: bytes, encoding: str) -> Draft:
    """Read a document with the reader of its suffix; raises InputError as that reader does.

    Also where it takes more than ``SECONDS`` of processor time or ``BYTES`` of memory, or its
    reader crashes.
    """
    own = READERS[suffix].__module__.startswith("pipeline.documents.")
    if not own or (suffix in _PLAIN and len(data) < _PLAIN_BYTES):
        return READERS[suffix](data, encoding)
    from pydantic import TypeAdapter

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    limits = [str(SECONDS), str(BYTES)]
    command = [sys.executable, "-m", "pipeline.documents.confined", suffix, encoding, *limits]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=4 * SECONDS, env=environment
        )
    except subprocess.TimeoutExpired:
        raise InputError("reading it takes longer than any text", _SAVE_AGAIN) from None
    if done.returncode == _REFUSED:
        raise unpack(json.loads(done.stdout), InputError)
    if done.returncode:
        raise InputError("reading it takes more than any text, or fails", _SAVE_AGAIN)
    return TypeAdapter(Draft).validate_json(done.stdout)


def _main() -> int:
    from pydantic import TypeAdapter

    suffix, encoding, seconds, size = sys.argv[1:]
    data = sys.stdin.buffer.read()
    _limit(int(seconds), int(size))
    try:
        draft = READERS[suffix](data, encoding)
    except InputError as error:
        if _is_full():
            return 1  # libxml2 tells of memory that it does not get as of damage
        sys.stdout.write(json.dumps(pack(error)))
        return _REFUSED
    sys.stdout.buffer.write(TypeAdapter(Draft).dump_json(draft))
    return 0


def _is_full() -> bool:
    """Tell whether this process gets no more memory."""
    try:
        bytearray(_ROOM)
    except MemoryError:
        return True
    return False


def _limit(seconds: int, size: int) -> None:
    """Limit this process; Windows has no such limits, and there only the clock counts."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


if __name__ == "__main__":
    sys.exit(_main())
