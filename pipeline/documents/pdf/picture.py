"""A PDF in; the picture of its first page out."""

from __future__ import annotations

import io


def picture(data: bytes, width: int) -> bytes:
    """Return the first page of a PDF of our own as a PNG so many dots wide, on white."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0]
        made = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
        page.close()
    finally:
        document.close()
    stream = io.BytesIO()
    made.save(stream, "PNG", optimize=True)
    return stream.getvalue()
