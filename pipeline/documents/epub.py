"""A book for e-readers (EPUB 2 and 3) in, a draft out: its chapters in their order, as web pages.

The package file is read with the parser of web pages: doctypes of old books are no danger.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from urllib.parse import unquote

from pipeline.documents.decoding import decode_html
from pipeline.documents.draft import Draft, numbered
from pipeline.documents.html import HtmlWalk
from pipeline.documents.inline import Mender
from pipeline.documents.markup import pieces
from pipeline.documents.package import Package
from pipeline.errors import InputError
from pipeline.model import Block, BlockKind

_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_SAVE_AGAIN = "export the book again as EPUB"


def read_epub(data: bytes, _encoding: str) -> Draft:
    """Read a book; it tells its own encoding."""
    package = Package(data)
    book = Book.of(package)
    mender = Mender()
    blocks: list[Block] = []
    tables = 0
    for page in book.pages:
        walk = HtmlWalk(decode_html(package.read(page), "utf-8"), mender, xml=True)
        for slot in walk.slots:
            block = slot.block
            if block.kind is BlockKind.CELL:
                table, _, row = block.marker.partition(".")
                block = replace(block, marker=f"{tables + int(table)}.{row}")
            blocks.append(block)
        tables += walk.tables
    clean = mender.clean
    return Draft(
        numbered(blocks),
        title=" ".join(clean(book.title).split()),
        author=", ".join(" ".join(clean(name).split()) for name in book.authors),
        notices=mender.notices(),
    )


@dataclass(frozen=True, slots=True)
class Book:
    """What the package file says: where it is, and the paths of chapters and contents pages."""

    title: str
    authors: tuple[str, ...]
    pages: tuple[str, ...]
    path: str
    contents: tuple[str, ...]

    @classmethod
    def of(cls, package: Package) -> Book:
        """Read it; raises InputError where it is none, or the book is encrypted."""
        path = _package_path(package)
        folder = posixpath.dirname(path)
        items: dict[str, str] = {}
        contents: list[str] = []
        spine: list[str] = []
        facts: dict[str, list[str]] = {"title": [], "creator": []}
        inside = ""
        for piece in pieces(decode_html(package.read(path), "utf-8"), xml=True):
            attributes = piece.attributes
            if piece.kind == "open" and piece.name == "item":
                href = unquote(attributes.get("href", "").partition("#")[0])
                if "nav" in attributes.get("properties", "").split():
                    contents.append(_inside(folder, href))
                elif attributes.get("media-type", "") in _PAGES:
                    items[attributes.get("id", "")] = _inside(folder, href)
            elif piece.kind == "open" and piece.name == "itemref":
                spine.append(attributes.get("idref", ""))
            elif piece.kind == "open":
                inside = piece.name
            elif piece.kind == "text" and inside in facts and piece.text.strip():
                facts[inside].append(piece.text)
            elif piece.kind == "close":
                inside = ""
        pages = dict.fromkeys(items[each] for each in spine if each in items)
        present = tuple(page for page in pages if page in package)
        if not present:
            raise InputError("it holds no chapters", _SAVE_AGAIN)
        _check_rights(package, present)
        return cls(
            "".join(facts["title"][:1]), tuple(facts["creator"]), present, path, tuple(contents)
        )


def _package_path(package: Package) -> str:
    container = "META-INF/container.xml"
    if container in package:
        for piece in pieces(decode_html(package.read(container), "utf-8"), xml=True):
            if piece.name == "rootfile" and piece.attributes.get("full-path", "") in package:
                return piece.attributes["full-path"]
    raise InputError("it is not a book in EPUB", _SAVE_AGAIN)


def _inside(folder: str, href: str) -> str:
    """Resolve a path inside the archive; what leads out of it is in no package."""
    return posixpath.normpath(posixpath.join(folder, href))


def _check_rights(package: Package, pages: tuple[str, ...]) -> None:
    """Refuse a book whose text is encrypted; that its fonts are is no hindrance."""
    path = "META-INF/encryption.xml"
    if path not in package:
        return
    for piece in pieces(decode_html(package.read(path), "utf-8"), xml=True):
        if piece.name == "cipherreference" and unquote(piece.attributes.get("uri", "")) in pages:
            raise InputError(
                "the book is encrypted", "get a copy without digital rights management"
            )
