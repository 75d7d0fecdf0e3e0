"""The bytes of a package (DOCX, ODT, EPUB) in; its members and their XML out, were it hostile.

Nothing is extracted to disk and nothing fetched. Sizes are counted while members are unpacked, as
what an archive declares may be a lie; external entities are never resolved.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import InputError

_MOST_MEMBERS = 5_000
_MOST_BYTES = 300_000_000
_MOST_MEMBER_BYTES = 64_000_000
# A large member that was packed this many times smaller is a bomb; small ones repeat themselves.
_RATIO, _RATIO_BYTES = 200, 16_000_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0"
# The namespace of Word's elements in the strict form of Office Open XML, and the usual one.
_STRICT, _USUAL = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)
_SAVE_AGAIN = "save it again in the program it was written with"

Element = Any  # of lxml, which has no types


class Package:
    """An archive of named members; raises InputError where it is damaged or dangerous."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE):
            raise InputError(
                "this is an old or encrypted office file",
                "save it as .docx or .odt without password",
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise InputError("it is not a whole document of its kind", _SAVE_AGAIN) from None
        self._left = _MOST_BYTES
        self._members = self._checked()

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._archive.infolist()
        if len(infos) > _MOST_MEMBERS:
            raise _danger(f"it holds more than {_MOST_MEMBERS:,} parts")
        members: dict[str, zipfile.ZipInfo] = {}
        end = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            name = info.filename
            parts = name.split("/")
            if name in members or ".." in parts or name.startswith("/") or "\\" in name:
                raise _danger("the names of its parts are not safe")
            if info.flag_bits & 1:
                raise InputError("it is encrypted", "save it without a password")
            if info.header_offset < end:
                raise _danger("its parts overlap")
            end = info.header_offset + 30 + info.compress_size
            members[name] = info
        return {info.filename: members[info.filename] for info in infos}

    @property
    def names(self) -> list[str]:
        """The names of the members, in their order."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Unpack a member; raises InputError where it is missing, damaged or a bomb."""
        info = self._members.get(name)
        if info is None:
            raise InputError(f"its part {name[:80]} is missing", _SAVE_AGAIN)
        pieces, size = [], 0
        try:
            with self._archive.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    bomb = size > _RATIO_BYTES and size > _RATIO * max(1, info.compress_size)
                    if size > _MOST_MEMBER_BYTES or size > self._left or bomb:
                        raise _danger("it unpacks to more than any text")
                    pieces.append(piece)
        except InputError:
            raise
        except Exception:
            # Of a damaged member zipfile and its decompressors raise whatever they happen to meet.
            raise InputError(f"its part {name[:80]} is damaged", _SAVE_AGAIN) from None
        self._left -= size
        return b"".join(pieces)

    def xml(self, name: str) -> Element:
        """Parse a member as XML; that of "Strict Open XML" as if it were the usual one."""
        return parse_xml(self.read(name).replace(_STRICT, _USUAL), name)

    def written(self, name: str, root: Element) -> bytes:
        """Give the bytes of a tree that stands for a member, as office programs write them."""
        data = to_xml(root)
        return data.replace(_USUAL, _STRICT) if _STRICT in self.read(name) else data

    def with_members(self, changed: Mapping[str, bytes]) -> bytes:
        """Give the package with some members changed, all others as they are, in their order."""
        stream = io.BytesIO()
        self._left = _MOST_BYTES
        with zipfile.ZipFile(stream, "w") as target:
            for name, info in self._members.items():
                entry = zipfile.ZipInfo(name, info.date_time)
                entry.compress_type = info.compress_type
                entry.external_attr = info.external_attr
                entry.create_system = info.create_system
                data = changed[name] if name in changed else self.read(name)
                target.writestr(entry, data)
        return stream.getvalue()


def parse_xml(data: bytes, name: str) -> Element:
    """Parse XML that may be hostile; raises InputError where it is broken or has a doctype."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise InputError(f"its part {name[:80]} is damaged", _SAVE_AGAIN) from None
    if root.getroottree().docinfo.doctype:
        raise _danger(f"its part {name[:80]} has a doctype")
    return root


def to_xml(root: Element) -> bytes:
    """Give the bytes of a tree, as office programs write them."""
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def local(element: Element) -> str:
    """Give the name of an element without its namespace; "" of comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Give an attribute by its name without namespace, "" where there is none."""
    for key, value in element.items():
        if key == name or key.endswith("}" + name):
            return str(value)
    return ""


def child(element: Element, name: str) -> Element | None:
    """Give the first child of this name, or None."""
    return next((each for each in element if local(each) == name), None)


def children(element: Element, name: str) -> Iterator[Element]:
    """Give the children of this name."""
    return (each for each in element if local(each) == name)


def relationships(package: Package, part: str) -> dict[str, str]:
    """Give what the relationships of an OOXML part lead to, by id; addresses outside are kept."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels".lstrip("/")
    if path not in package:
        return {}
    return {
        attribute(each, "Id"): attribute(each, "Target")
        for each in package.xml(path)
        if local(each) == "Relationship"
    }


def _danger(what: str) -> InputError:
    return InputError(what, _SAVE_AGAIN)
