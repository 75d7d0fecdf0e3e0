"""An OpenDocument text that was translated in; its tables of contents, in English as well, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.documents.package import Element, local
from pipeline.documents.shown import said_again

CONTENTS = frozenset(
    """table-of-content illustration-index table-index object-index user-index
    alphabetical-index""".split()
)
# A text as OpenDocument has it: of an element, or behind it.
_Text = tuple[Element, str]


def retell_contents(root: Element, names: Mapping[str, str]) -> None:
    """Give the entries of tables of contents the English of the headings that they name."""
    for contents in [each for each in root.iter() if local(each) in CONTENTS]:
        for entry in [each for each in contents.iter() if local(each) == "p"]:
            for texts in _parts(entry):
                said = "".join(getattr(each, kind) for each, kind in texts)
                english = said_again(said, names)
                for number, (each, kind) in enumerate(texts if english is not None else ()):
                    setattr(each, kind, "" if number else english)


def _parts(entry: Element) -> Iterator[list[_Text]]:
    """Give the texts of each part of an entry, which tabs part: number, name, page."""
    texts: list[_Text] = []

    def gather(element: Element) -> Iterator[list[_Text]]:
        nonlocal texts
        if element.text:
            texts.append((element, "text"))
        for each in element:
            if local(each) == "tab":
                yield texts
                texts = []
            else:
                yield from gather(each)
            if each.tail:
                texts.append((each, "tail"))

    yield from gather(entry)
    yield texts
