"""Small office documents and books, made of the XML that a test writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_O = 'xmlns:xlink="http://www.w3.org/1999/xlink" ' + " ".join(
    f'xmlns:{prefix}="{_ODF}:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "draw": "drawing",
        "svg": "svg-compatible",
    }.items()
)


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Give an archive of members, the first of which is not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(members.items()):
            packing = zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED
            archive.writestr(name, data, packing)
    return stream.getvalue()


def docx(
    body: str, styles: str = "", links: str = "", more: Mapping[str, str] | None = None
) -> bytes:
    """Give a Word document with this content of its body; ``more`` parts have their root's content.

    ``links`` are relationships of the body, such as ``<Relationship Id="r1" …/>``.
    """
    roots = {"footnotes": "footnotes", "header1": "hdr", "footer1": "ftr"}
    parts = {
        f"word/{name}.xml": f"<w:{roots[name]} {_W}>{content}</w:{roots[name]}>"
        for name, content in (more or {}).items()
    }
    return packed(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType='
                '"application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                '<Override PartName="/word/document.xml" ContentType="application/vnd.openxml'
                'formats-officedocument.wordprocessingml.document.main+xml"/></Types>'
            ),
            "_rels/.rels": (
                f'<Relationships xmlns="{_RELS}"><Relationship Id="d" '
                f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
            ),
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{_RELS}">{links}</Relationships>'
            ),
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
            **parts,
        }
    )


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """Give a paragraph of Word: runs of plain text, or of XML where they begin with "<"."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    head = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{head}{''.join(each if each[:1] == '<' else r(each) for each in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Give a run of Word."""
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{head}<w:t xml:space="preserve">{text}</w:t></w:r>'


def odt(body: str, styles: str = "", furniture: str = "") -> bytes:
    """Give an OpenDocument text with this content, automatic styles, and master styles."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {_O}><office:automatic-styles>{styles}"
                f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
                "</office:body></office:document-content>"
            ),
            "styles.xml": (
                f"<office:document-styles {_O}><office:master-styles>{furniture}"
                "</office:master-styles></office:document-styles>"
            ),
        }
    )


def epub(*chapters: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Give a book of chapters, which are the content of their bodies."""
    items = "".join(
        f'<item id="c{n}" href="c%20{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    pages = {
        f"book/c {n}.xhtml": (
            '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" '
            f'xml:lang="fr"><head><title>Chapitre {n}</title></head><body>{body}</body></html>'
        )
        for n, body in enumerate(chapters)
    }
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": (
                '<container><rootfiles><rootfile full-path="book/p.opf"/></rootfiles></container>'
            ),
            "book/p.opf": (
                '<package xmlns:dc="x"><metadata><dc:title>Le livre</dc:title>'
                "<dc:creator>Anne Roy</dc:creator></metadata>"
                f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
            ),
            **pages,
            **(more or {}),
        }
    )
