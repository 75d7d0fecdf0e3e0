"""Files by name in; a ZIP archive, the same bytes for the same files, out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_NO_DATE = (1980, 1, 1, 0, 0, 0)


def archive(files: Mapping[str, bytes | str], stored: str = "") -> bytes:
    """Return an archive of files in their order, without dates; ``stored`` is not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            target.writestr(entry, data)
    return stream.getvalue()
