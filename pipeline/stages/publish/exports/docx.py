"""An ``EditionContent`` in; a two-column document for word processors (DOCX) out.

Office Open XML (ECMA-376, transitional): one table of three columns, every run of text in its
language, headings as headings so that the navigation pane shows them.
"""

from __future__ import annotations

from pipeline.exchange.archive import archive
from pipeline.model import BlockKind, EditionContent
from pipeline.stages.publish.render import build_edition
from pipeline.stages.publish.render.templates import fill
from pipeline.stages.publish.render.view import Row

_STYLES = {BlockKind.LIST_ITEM: "ListItem", BlockKind.QUOTE: "Quote", BlockKind.CODE: "Code"}


def docx(content: EditionContent) -> bytes:
    """Return the document; findings stand as numbers after their sentence and in a list."""
    edition = build_edition(content)
    parts = {
        "[Content_Types].xml": "types.xml",
        "_rels/.rels": "package-rels.xml",
        "docProps/core.xml": "core.xml",
        "word/_rels/document.xml.rels": "document-rels.xml",
        "word/styles.xml": "styles.xml",
        "word/footer1.xml": "footer.xml",
        "word/document.xml": "document.xml",
    }
    return archive(
        {
            name: fill(f"docx/{template}", edition=edition, styles=_style).lstrip()
            for name, template in parts.items()
        }
    )


def _style(row: Row) -> str:
    return f"Heading{row.heading}" if row.heading else _STYLES.get(row.kind, "Normal")
