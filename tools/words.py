"""Brings the catalogues of the desk's interface up to date with what its pages and errors say.

python tools/words.py            write pipeline/web/locale/*/LC_MESSAGES/desk.po and desk.mo
python tools/words.py --check    fail where they are not up to date, or a message is not translated
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.forms import forms

WEB = Path(__file__).resolve().parent.parent / "pipeline" / "web"
METHODS = [("templates/**.html", "jinja2"), ("*.py", "python")]
FORMS = WEB / "locale" / "forms.txt"
OPTIONS = {"templates/**.html": {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "silent": "false"}}


def template() -> Catalog:
    """Give every message of the templates."""
    catalog = Catalog(project="Enregard", charset="utf-8")
    found = extract_from_dir(str(WEB), METHODS, OPTIONS, {**DEFAULT_KEYWORDS, "N_": None})
    for _file, _line, message, comments, context in found:
        catalog.add(message, auto_comments=comments, context=context)
    for form in forms():
        catalog.add(form)
    return catalog


def updated(path: Path, messages: Catalog) -> Catalog:
    """Give a catalogue with the messages there are: those translated before stay so."""
    with path.open("rb") as stream:
        catalog = read_po(stream, locale=path.parent.parent.name)
    catalog.update(messages, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def written(catalog: Catalog) -> tuple[bytes, bytes]:
    """Give the catalogue's text and its compiled form."""
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalog, sort_output=True, width=100, omit_header=False, no_location=True)
    write_mo(compiled, catalog)
    return text.getvalue(), compiled.getvalue()


def main(check: bool) -> int:
    """Bring every catalogue up to date, or say what is not."""
    messages, wrong = template(), 0
    listing = "".join(f"{form}\n" for form in sorted(forms()))
    if not check:
        FORMS.write_text(listing, "utf-8")
    elif FORMS.read_text("utf-8") != listing:
        print(f"{FORMS} is not up to date; run tools/words.py", file=sys.stderr)
        wrong = 1
    for path in sorted(WEB.glob("locale/*/LC_MESSAGES/desk.po")):
        catalog = updated(path, messages)
        lacking = [each.id for each in catalog if each.id and not _is_translated(each.string)]
        for each in lacking:
            print(f"{path}: not translated: {each!r}", file=sys.stderr)
        for file, data in zip((path, path.with_suffix(".mo")), written(catalog), strict=True):
            if not check:
                file.write_bytes(data)
            elif not file.is_file() or _said(file.read_bytes()) != _said(data):
                print(f"{file} is not up to date; run tools/words.py", file=sys.stderr)
                wrong = 1
        wrong = wrong or int(bool(lacking))
    return wrong


def _said(data: bytes) -> dict[object, object]:
    """Give what a catalogue translates; its header names the program that wrote it."""
    read = read_mo if data[:4] in (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde") else read_po
    return {str(each.id): each.string for each in read(io.BytesIO(data)) if each.id and each.string}


def _is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    raise SystemExit(main("--check" in sys.argv[1:]))
