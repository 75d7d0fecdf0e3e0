"""A book and the English of its blocks in; the book in English, all else as it is, out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from pipeline.documents.decoding import decode_html
from pipeline.documents.epub import Book
from pipeline.documents.html import HtmlWalk
from pipeline.documents.html_writer import in_english, retitled, spliced, translated_names
from pipeline.documents.package import Package
from pipeline.documents.shown import names_of
from pipeline.documents.target import EnglishBlock, grouped
from pipeline.errors import InputError
from pipeline.text import clean


def write_epub(
    data: bytes, _encoding: str, targets: Sequence[EnglishBlock], bilingual: bool
) -> bytes:
    """Write the English in the place of the French; see ``pipeline.documents.writing``."""
    package = Package(data)
    book = Book.of(package)
    sources = {page: decode_html(package.read(page), "utf-8") for page in book.pages}
    walks = {page: HtmlWalk(source, xml=True) for page, source in sources.items()}
    own = grouped([[slot.block for slot in walk.slots] for walk in walks.values()], targets)
    names = names_of(chain(targets, *own))
    title = " ".join(clean(book.title)[0].split())
    given = next((each.text for each in targets if each.front == "title"), "")
    if title and given:
        names.setdefault(title, given)
    changed: dict[str, bytes] = {}
    for (page, walk), part in zip(walks.items(), own, strict=True):
        made = spliced(sources[page], walk.slots, part, bilingual, xml=True)
        if bilingual:
            changed[page] = made.encode()
        else:
            changed[page] = in_english(retitled(made, part), xml=True).encode()
    for name in () if bilingual else package.names:
        if name == book.path or name in book.contents or name.endswith(".ncx"):
            try:
                text = decode_html(package.read(name), "utf-8")
            except InputError:
                continue  # contents that cannot be read stay as they are
            text = translated_names(text, names)
            if name == book.path:
                text = translated_names(text, {"fr": "en", "fr-FR": "en"})
            changed[name] = in_english(text, xml=True).encode()
    return package.with_members(changed)
