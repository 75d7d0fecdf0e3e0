"""Small PDFs, drawn letter by letter as a test asks, or printed from a page."""

from __future__ import annotations

from collections.abc import Iterable


def drawn(*pages: str, image: bool = False, extra: str = "") -> bytes:
    """Give a PDF of pages whose contents are these drawing commands, on A5.

    F1 is Helvetica, F2 its bold and F3 its italic cut; ``image`` puts a picture on every page,
    ``extra`` are entries of the pages.
    """
    names = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        *(
            f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>"
            for name in names
        ),
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
        "/Length 1>>\nstream\n\x80\nendstream",
    ]
    for number, commands in enumerate(pages):
        commands += " q 420 0 0 595 0 0 cm /I Do Q" if image else ""
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents {8 + 2 * number} 0 R"
            "/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>/XObject<</I 6 0 R>>>>" + extra + ">>"
        )
        objects.append(f"<</Length {len(commands)}>>\nstream\n{commands}\nendstream")
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252", "replace")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        made
        + (
            f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
            f"trailer\n<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF\n"
        ).encode()
    )


def line(text: str, x: float, y: float, size: float = 10, font: str = "F1", mode: int = 0) -> str:
    """Give the commands that draw a line of text; ``y`` is counted from the top of the page."""
    text = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {mode} Tr /{font} {size} Tf 1 0 0 1 {x} {595 - y} Tm ({text}) Tj ET\n"


def lines(texts: Iterable[str], x: float = 40, y: float = 60, size: float = 10) -> str:
    """Give the commands that draw lines one below the other."""
    return "".join(
        line(text, x, y + 1.2 * size * number, size) for number, text in enumerate(texts)
    )


def printed(body: str, css: str = "") -> bytes:
    """Give a text printed as PDF, on A5 with page numbers."""
    import weasyprint

    page = (
        "@page{size:A5;margin:20mm 15mm;"
        "@bottom-center{content:counter(page) ' / ' counter(pages)}}"
        "body{font:10pt serif;hyphens:auto;text-align:justify}"
    )
    html = f"<html lang=fr><style>{page}{css}</style><body>{body}</body></html>"
    made: bytes = weasyprint.HTML(string=html).write_pdf()
    return made
