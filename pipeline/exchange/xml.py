"""What the XML formats share: text that XML may hold, a tree as bytes, and hostile bytes as a tree.

A file from elsewhere resolves no entity, opens no other file or address, and is refused where it
declares entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, TypeAlias
from xml.etree.ElementTree import Element, indent, tostring

from pipeline.errors import EnregardError

if TYPE_CHECKING:
    from lxml.etree import _Element

    XmlElement: TypeAlias = _Element

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
XML = "{http://www.w3.org/XML/1998/namespace}"


def xml_text(text: str) -> str:
    """Return ``text`` with U+FFFD for each character that XML 1.0 cannot hold in any way."""
    return _FORBIDDEN.sub("\ufffd", text)


def indent_around(root: Element, name: str, space: str = " ") -> None:
    """Indent a tree for people; the elements called ``name``, whose text counts, hold text only."""
    indent(root, space)
    assert all(not len(each) for each in root.iter(name))


def to_bytes(root: Element, doctype: str = "") -> bytes:
    """Return an XML file in UTF-8; ``doctype`` is its document type declaration."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' + (doctype and doctype + "\n")
    return (head + tostring(root, encoding="unicode") + "\n").encode()


# Nothing is fetched or expanded, and comments and instructions are nobody's text.
_SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def from_bytes(data: bytes, name: str, error: type[EnregardError]) -> XmlElement:
    """Give the root of an XML file from elsewhere; raises ``error`` where it is none, or unsafe."""
    from lxml import etree

    if b"<!ENTITY" in data:
        raise error("the file declares entities, which are refused", "remove them", where=name)
    parser = etree.XMLParser(
        **_SAFELY,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as cause:
        where = f"{name}:{cause.lineno or 1}"
        raise error(
            f"this is not valid XML ({cause.msg})",
            "save it again in the program it was written with",
            where=where,
        ) from None
    if next(root.iter(etree.Entity), None) is not None:
        raise error("the file uses entities, which are refused", "write them out", where=name)
    return root


def element_bytes(root: XmlElement) -> bytes:
    """Return a tree that was read as an XML file in UTF-8, without a document type."""
    from lxml import etree

    etree.cleanup_namespaces(root)
    made: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, with_tail=False)
    return made + b"\n"


def local(element: XmlElement) -> str:
    """Give an element's name without its namespace; "" for what is no element."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def below(element: XmlElement, *names: str) -> Iterator[XmlElement]:
    """Give the elements of these names anywhere in an element."""
    return (one for one in element.iter() if local(one) in names)


def children(element: XmlElement, *names: str) -> Iterator[XmlElement]:
    """Give the elements of these names right below an element."""
    return (one for one in element if local(one) in names)


def first_text(element: XmlElement, name: str) -> str:
    """Give all the text of the first child of this name, "" where there is none."""
    return next(("".join(one.itertext()) for one in children(element, name)), "")


# What a document says of itself stands before its root.
_MAX_HEAD = 65_536


def stream_elements(
    stream: IO[bytes], name: str, error: type[EnregardError], root: str, wanted: str
) -> Iterator[XmlElement]:
    """Give the elements of one name in a file with this root, however long it is.

    Each is let go when the next is asked for. Raises ``error`` where the file has another root, is
    unsafe, or breaks off.
    """
    from lxml import etree

    if b"<!ENTITY" in stream.read(_MAX_HEAD):
        raise error("the file declares entities, which are refused", "remove them", where=name)
    stream.seek(0)
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        **_SAFELY,
    )
    is_first = True
    try:
        for event, element in events:
            if is_first and local(element) != root:
                found = local(element)[:40]
                raise error(
                    f"this is XML, but not {root.upper()} (its root is {found})",
                    "save it again in the program it was written with",
                    where=name,
                )
            is_first = False
            if event == "end" and local(element) == wanted:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as cause:
        where = f"{name}:{cause.lineno or 1}"
        raise error(
            f"this is not valid XML ({cause.msg})",
            "save it again in the program it was written with",
            where=where,
        ) from None
