"""What an error, a check or the lint says in; the same in the editor's language, out.

They say it in English, and jobs keep it so. ``locale/forms.txt`` has the forms of what errors and
the lint say, taken from the sources (``tools/forms.py``), ``findings`` those of what is said of a
sentence; the catalogues have each in every language. What no form fits stays as it is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from string import Formatter

from pipeline.errors import EnregardError, Remedy
from pipeline.web import findings
from pipeline.web.words import LOCALE, N_, WORDS, catalogue

# What is put together where no source has it whole, and what the system says.
MORE: tuple[str, ...] = (
    N_("{p1} is damaged"),
    N_("the same target"),
    N_("another target"),
    N_("there are {p1}"),
    N_("{p1} There are {p2}"),
    N_("{p1} occurrences"),
    N_(", a {p1}"),
    N_("check the indentation and the quotes there"),
    N_("{p1} block"),
    N_("{p1} blocks"),
    N_("{p1} segment"),
    N_("{p1} segments"),
    N_("{p1}, {p2} of them translated now"),
    N_("{p1} finding"),
    N_("{p1} findings"),
    N_("edition {p1}"),
    N_("WeasyPrint {p1}, Pango {p2}, {p3} fonts"),
    N_("{p1} ({p2} MB, {p3})"),
    N_(" and {p1} GB of free memory"),
    N_("1 process"),
    N_("{p1} processes"),
    N_("file is not a database"),
    N_("database disk image is malformed"),
    N_("database is locked"),
    N_("disk I/O error"),
    N_("unable to open database file"),
    N_("attempt to write a readonly database"),
    N_("database or disk is full"),
    N_("permission denied"),
    N_("no such file or directory"),
    N_("not a directory"),
    N_("no space left on device"),
    N_("disk quota exceeded"),
    N_("read-only file system"),
    N_("input/output error"),
    N_("file name too long"),
    N_("file too large"),
    N_("too many open files"),
    N_("too many levels of symbolic links"),
    N_("it is no ordinary file"),
)
NAMES: tuple[str, ...] = (
    N_("engine"),
    N_("layout"),
    N_("check"),
    N_("export"),
    N_("page size"),
    N_("Spanish"),
    N_("Italian"),
    N_("Portuguese"),
    N_("German"),
    N_("Dutch"),
    N_("English"),
)
_QUOTES = "“‘«'"
_REASONS = ("reason", "other")


def said(error: EnregardError, language: str) -> str:
    """Say what is wrong, where, and what to do about it at the desk."""
    if language == "en":
        return error.line(lambda remedy: WORDS[remedy.act].format(remedy.subject))
    words = catalogue(language)
    ways = [way(each, language) for each in error.remedies]
    *others, last = ways or [""]
    told_ways = words.gettext("{ways}, or {way}").format(ways=", ".join(others), way=last)
    fault = _fault(error, language)
    if not ways:
        return fault
    return words.gettext("{fault}; {ways}").format(fault=fault, ways=told_ways if others else last)


def _fault(error: EnregardError, language: str) -> str:
    what = told(error.what, language)
    if not error.where:
        return what
    if what.startswith("…"):
        return f"{error.where}{what.removeprefix('…')}"
    return catalogue(language).gettext("{where}: {what}").format(where=error.where, what=what)


def way(remedy: str | Remedy, language: str) -> str:
    """Say what can be done about an error."""
    if isinstance(remedy, str):
        return told(remedy, language)
    return catalogue(language).gettext(WORDS[remedy.act]).format(remedy.subject)


@lru_cache(maxsize=4096)
def told(message: str, language: str) -> str:
    """Say what was found, what is wrong, or why an entry is missing, in a language."""
    if language == "en" or not message:
        return message
    words = catalogue(language)
    if message in NAMES or message in findings.NAMES:
        # In a sentence, where the catalogue may have the head of a column.
        return words.gettext(message).lower()
    for form, pattern in _patterns():
        found = pattern.fullmatch(message)
        if found is not None:
            parts = found.groupdict().items()
            return words.gettext(form).format(
                **{name: _part(name, form, text, language) for name, text in parts}
            )
    for joint in ("; ", ": "):
        # What a name stands before, and what is said one after another.
        first, found_joint, rest = message.partition(joint)
        if found_joint and told(rest, language) != rest:
            form = "{fault}; {ways}" if joint == "; " else "{where}: {what}"
            both = (told(first, language), told(rest, language))
            names = [name for _, name, _, _ in Formatter().parse(form) if name]
            return words.gettext(form).format(**dict(zip(names, both, strict=True)))
    return message


def _part(name: str, form: str, text: str, language: str) -> str:
    """Give what is put in a form: a number or a quotation as the language writes it, words told."""
    if name == "n":
        return text.replace("%", "\u202f%")
    if text in findings.NAMES:
        return catalogue(language).gettext(text)
    if name in _REASONS and "{reason}" in form:
        return told(text, language)
    if not re.fullmatch(r"p\d", name):
        return text
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        return text.replace(",", "\u202f")
    if " GB " in form:
        return text.replace(".", ",") if re.fullmatch(r"\d+\.\d", text) else told(text, language)
    if re.fullmatch(r"\d+%", text):
        return text.replace("%", "\u202f%")
    if re.fullmatch(r"'[^']+'|\"[^\"]+\"", text):
        return f"«\u00a0{text[1:-1]}\u00a0»"
    before = form[: form.index(f"{{{name}}}")]
    return text if before.endswith(tuple(_QUOTES)) else told(text, language)


@cache
def forms() -> tuple[str, ...]:
    """Give every form, the ones with the most letters of their own first."""
    taken = (LOCALE / "forms.txt").read_text("utf-8").splitlines()
    whole = (*findings.FORMS, *MORE, *taken)
    return tuple(sorted(dict.fromkeys(whole), key=lambda form: -len(re.sub(r"\{\w+\}", "", form))))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((form, re.compile(_pattern(form), re.DOTALL)) for form in forms())


def _pattern(form: str) -> str:
    """Give the pattern of a form; braces that stand in what is said are doubled in it."""
    return "".join(
        re.escape(text) + (f"(?P<{name}>.{'*' if name[0] == 'p' else '+'}?)" if name else "")
        for text, name, _, _ in Formatter().parse(form)
    )
