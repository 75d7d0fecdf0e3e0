"""A small book that validators find nothing wrong in, with notes, a poem, a table and images."""

from __future__ import annotations

from tests.support.packages import packed

_HTML = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/'
    'xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="fr" xml:lang="fr"><head>'
    "<title>{title}</title></head><body>{body}</body></html>"
)
FIRST = (
    '<section epub:type="chapter"><h1 id="un">Le retour</h1><p>Le conseil<a epub:type="noteref" '
    'role="doc-noteref" id="r1" href="#n1">1</a> a voté <em>hier</em> soir<sup><a id="r2" '
    'epub:type="noteref" href="notes.xhtml#n2">2</a></sup>, dit le <i lang="de" xml:lang="de">'
    'Bundestag</i> dans <a href="two.xhtml#deux">la suite</a>.</p><figure><img src="p.svg" '
    'alt="Une vue du port"/><figcaption>Le port, <b>vu</b> du quai.</figcaption></figure>'
    "<table><thead><tr><th>Poste</th><th>Total</th></tr></thead><tbody><tr><td>Voirie</td>"
    "<td>7</td></tr></tbody></table>"
    '<aside epub:type="footnote" role="doc-footnote" id="n1"><p><a href="#r1">1</a>. Séance du '
    "12 mars.</p></aside></section>"
)
SECOND = (
    '<h1 id="deux">La suite</h1><blockquote><p>Le vent se lève sur la mer,<br/>Il faut tenter de '
    "vivre un peu,<br/>La page est blanche et le ciel clair,<br/>Le jour s’en va comme le feu."
    '</p></blockquote><ol start="3"><li>Un point.</li><li><p>Deux points.</p></li></ol>'
)
NOTES = (
    '<section epub:type="endnotes" role="doc-endnotes"><h1>Notes</h1><ol><li id="n2" '
    'role="doc-endnote"><p>Voir le <cite>Journal</cite>. <a role="doc-backlink" '
    'href="one.xhtml#r2">↩</a></p></li></ol></section>'
)
_PAGES = {"one": ("Le retour", FIRST), "two": ("La suite", SECOND), "notes": ("Notes", NOTES)}


def book() -> bytes:
    """Give the book (EPUB 3, with the contents of EPUB 2 beside)."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in _PAGES
    )
    entries = "".join(
        f'<li><a href="{name}.xhtml">{title}</a></li>' for name, (title, _) in _PAGES.items()
    )
    points = "".join(
        f'<navPoint id="p{n}" playOrder="{n}"><navLabel><text>{title}</text></navLabel>'
        f'<content src="{name}.xhtml"/></navPoint>'
        for n, (name, (title, _)) in enumerate(_PAGES.items(), 1)
    )
    nav = f'<nav epub:type="toc"><h1>Table</h1><ol>{entries}</ol></nav>'
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": (
                '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:'
                'opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/c.opf" '
                'media-type="application/oebps-package+xml"/></rootfiles></container>'
            ),
            "OEBPS/c.opf": (
                '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
                'unique-identifier="i" xml:lang="fr"><metadata xmlns:dc="http://purl.org/dc/'
                'elements/1.1/"><dc:identifier id="i">urn:uuid:6f1c7b2e-8f5a-4a55-9a10-1b6d6a'
                "f1f000</dc:identifier><dc:title>Le retour</dc:title><dc:language>fr</dc:language>"
                '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata><manifest>'
                '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml'
                '"/><item id="ncx" href="t.ncx" media-type="application/x-dtbncx+xml"/><item '
                f'id="img" href="p.svg" media-type="image/svg+xml"/>{items}</manifest>'
                '<spine toc="ncx"><itemref idref="one"/><itemref idref="two"/>'
                '<itemref idref="notes"/></spine></package>'
            ),
            "OEBPS/nav.xhtml": _HTML.format(title="Table", body=nav),
            "OEBPS/t.ncx": (
                '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version='
                '"2005-1"><head><meta name="dtb:uid" content="urn:uuid:6f1c7b2e-8f5a-4a55-9a10-'
                '1b6d6af1f000"/></head><docTitle><text>Le retour</text></docTitle>'
                f"<navMap>{points}</navMap></ncx>"
            ),
            "OEBPS/p.svg": (
                '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
                '<rect width="9" height="9"/></svg>'
            ),
            **{
                f"OEBPS/{name}.xhtml": _HTML.format(title=title, body=body)
                for name, (title, body) in _PAGES.items()
            },
        }
    )
