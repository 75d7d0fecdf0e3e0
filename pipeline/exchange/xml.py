"""What the XML formats share: text that XML may hold, and a tree as bytes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, indent, tostring

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
