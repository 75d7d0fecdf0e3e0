"""Bytes and folders in, files that are whole or absent out: atomic writes, publishing, locks.

``places`` finds files, ``reading`` reads those of others, ``writing`` leaves old or new, never a
mixture; ``temporary`` names what is on the way there, ``locks`` holds a folder for one process.
"""

from pipeline.files.locks import PRIVATE, locked
from pipeline.files.places import expanded, in_full, project_file, shipped
from pipeline.files.reading import check_file, explain, naming, read_input, read_own
from pipeline.files.temporary import (
    TEMPORARY_PREFIX,
    remove,
    sweep,
    sweep_dead,
    temporary_folder,
    temporary_name,
)
from pipeline.files.writing import (
    CHECKSUMS,
    checksums,
    publish_folder,
    storing,
    write_atomic,
    write_output,
    write_pieces,
)

__all__ = [
    "CHECKSUMS",
    "PRIVATE",
    "TEMPORARY_PREFIX",
    "check_file",
    "checksums",
    "expanded",
    "explain",
    "in_full",
    "locked",
    "naming",
    "project_file",
    "publish_folder",
    "read_input",
    "read_own",
    "remove",
    "shipped",
    "storing",
    "sweep",
    "sweep_dead",
    "temporary_folder",
    "temporary_name",
    "write_atomic",
    "write_output",
    "write_pieces",
]
