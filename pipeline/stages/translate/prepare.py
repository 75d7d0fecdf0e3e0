"""A French text in; what the engine is asked in its place, and how its English is put back, out.

Engines know running text in small letters. What they handle badly for mechanical reasons they are
asked in another way: words in capitals in small letters, an address as a code that they copy, a
ligature as its letters, amounts and times in full (``M€``, ``14 h 30``), a quotation that goes on
in another sentence with both its marks, a line without a sentence's end also with a small initial.
The stored text stays as it is; spans, glossary and checks are about that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from itertools import chain, count
from typing import Final

from pipeline.language.articles import with_right_articles
from pipeline.language.capitals import (
    LEAD,
    QUOTED,
    RUN,
    in_capitals,
    in_small_letters,
    is_common,
    is_emphasis,
    is_small_word,
)
from pipeline.language.dictionary import dictionary
from pipeline.language.literals import literal_spans
from pipeline.language.sentences import Span
from pipeline.model import Hint, Hypothesis, Likelihood, Request
from pipeline.stages.translate.shorthand import in_full, needless_halves

_SPACE: Final = re.compile(r"\s")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# Letters written as one ligature, as small superior letters or in a style of their own.
_STYLED: Final = re.compile(
    "[\ufb00-\ufb06\u1d2c-\u1d6a\u02b0-\u02b8\u02e1-\u02e3\U0001d400-\U0001d7cb]"
)
_ENGLISH_LEAD: Final = re.compile(r"[^:\n]+(?=:\s)")
_ENGLISH_QUOTED: Final = re.compile(r"\"([^\"]+)\"|“([^”]+)”|«([^»]+)»")
_FIRST_MARK: Final = re.compile(r"^([^\w\"]*)\"\s?")
_LAST_MARK: Final = re.compile(r"\s?\"([^\w\"]*)$")
# Opening and closing mark; the outer ones first.
_PAIRS: Final = (("« ", " »"), ("“", "”"))
# What may stand before a mark that closes a quotation and behind it: no inches, no breadcrumbs.
_QUOTED_BEFORE: Final = re.compile(r"(?:[^\W\d]|[.,!?…%)])\s?$")
_QUOTED_BEHIND: Final = re.compile(r"\s*(?:$|[^\w\s]|[^\W\d_A-ZÀ-Ý])")
_CODE: Final = re.compile(r"\w+")
_WORD: Final = re.compile(r"[^\W\d_]+")
# Lines of so many words at most are asked with a small initial too.
_FEW_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Capitals:
    """Which of an English text stands in capitals again: all, what leads up to a colon, quotes."""

    all: bool = False
    lead: bool = False
    quotes: tuple[int, ...] = ()
    of_quotes: int = 0

    def __bool__(self) -> bool:
        return self.all or self.lead or bool(self.quotes)

    def spans(self, english: str) -> list[Span]:
        """Spans of an English text that were in capitals in the French."""
        if self.all:
            return [(0, len(english))]
        found = []
        if self.lead and (lead := _ENGLISH_LEAD.match(english)):
            found.append(lead.span())
        quoted = [match.span(match.lastindex or 0) for match in _ENGLISH_QUOTED.finditer(english)]
        if len(quoted) == self.of_quotes:
            found += [quoted[number] for number in self.quotes]
        return found


class Lone(Enum):
    """Which mark of a quotation stands in a text without the other."""

    NONE = auto()
    OPENING = auto()
    CLOSING = auto()


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an engine is asked for a text: its words, and what stands for what in them.

    ``codes`` are pairs: a code, and what it stands for. ``raised`` says that the English begins
    with a capital although ``source`` does not; ``lone`` says which mark of a quotation the text
    has without the other, which ``source`` has too.
    """

    source: str
    codes: tuple[tuple[str, str], ...] = ()
    capitals: Capitals = Capitals()
    raised: bool = False
    lone: Lone = Lone.NONE

    def request(self, request: Request) -> Request:
        """Give what is asked, with what is told of the words that stand in ``source``."""
        hints = tuple(hint for each in request.hints if (hint := self.hint(each)) is not None)
        suggestions = tuple(
            replace(each, source=place)
            for each in request.suggestions
            if (place := self.place(each.source)) is not None
        )
        draft = self.asked(request.draft)
        return Request(self.source, hints, draft, suggestions)

    def answered(self, found: Iterable[Hypothesis]) -> tuple[Hypothesis, ...]:
        """Give an engine's hypotheses as they are delivered, but those that lost a code."""
        return tuple(self._delivered(each) for each in found if self.kept(each.text))

    def _delivered(self, found: Hypothesis) -> Hypothesis:
        found = _without_halves(found)
        told = found.likelihood
        likely = None if told is None else self.spread(found.text, told)
        text = with_right_articles(self.restored(found.text), dictionary().english_word)
        return replace(found, text=text, likelihood=likely)

    def spread(self, text: str, told: Likelihood) -> Likelihood:
        """Give each word of a restored text the value of the word whose place it took."""
        if not self.codes:
            return told
        literals = dict(self.codes)
        sizes = [
            max(
                [len(literal.split()) for code, literal in literals.items() if code in word],
                default=1,
            )
            for word in text.split()
        ]
        places = [place for place, size in enumerate(sizes) for _ in range(size)]
        return Likelihood(told.mean, _at(told.words, places), _at(told.entropies, places))

    def hint(self, hint: Hint) -> Hint | None:
        """Give a hint in the words of ``source``, or None where its own do not stand there."""
        place, english = self.place(hint.source), hint.target
        for code, literal in self.codes:
            english = english.replace(literal, code)
        return None if place is None else Hint(place, english)

    def place(self, term: str) -> str | None:
        """Give a term as it stands in ``source``, or None where it does not."""
        french = plain(term)
        for code, literal in self.codes:
            french = french.replace(literal, code)
        ways = [french]
        if self.capitals or self.raised:
            small = in_small_letters(french) if french.isupper() else french
            ways += [small, small[:1].lower() + small[1:], small[:1].upper() + small[1:]]
        return next(filter(self.source.__contains__, ways), None)

    def kept(self, english: str) -> bool:
        """Tell whether an answer has every code once, whole."""
        found = [match[0] for match in _CODE.finditer(english)]
        return all(found.count(code) == 1 for code, _ in self.codes)

    def restored(self, english: str) -> str:
        """Give the engine's English as it is delivered: capitals and literals put back."""
        for start, end in self.capitals.spans(english):
            english = english[:start] + english[start:end].upper() + english[end:]
        if english.count('"') % 2 == 0:
            if self.lone is Lone.OPENING:
                english = _LAST_MARK.sub(r"\1", english)
            elif self.lone is Lone.CLOSING:
                english = _FIRST_MARK.sub(r"\1", english)
        if self.raised:
            english = english[:1].upper() + english[1:]
        literals = dict(self.codes)
        return _CODE.sub(lambda match: literals.get(match[0], match[0]), english)

    def asked(self, english: str) -> str:
        """Give a delivered text as the engine would have said it: the reverse of ``restored``.

        A quotation left open stays so: what a beginning of a text leaves open goes on.
        """
        for code, literal in self.codes:
            english = english.replace(literal, code, 1)
        if english and self.lone is Lone.CLOSING:
            english = f'"{english}'
        for start, end in self.capitals.spans(english):
            english = english[:start] + self._in_small_letters(english[start:end]) + english[end:]
        return english

    def _in_small_letters(self, english: str) -> str:
        """Write English in small letters, but for what the French has with a capital too."""
        own = {word.upper(): word for word in _CODE.findall(self.source) if not word.islower()}
        small = _CODE.sub(lambda match: own.get(match[0], match[0].lower()), english)
        return small[:1].upper() + small[1:]


def _without_halves(found: Hypothesis) -> Hypothesis:
    """Leave out what puts a late hour in a half of the day, but for the marks behind it."""
    needless = needless_halves(found.text)
    if not needless:
        return found
    words = found.text.split()
    for place in needless:
        end = "." if place == len(words) - 1 else ""
        words[place - 1] += words[place].lstrip("apm.") or end
    kept = [place for place in range(len(words)) if place not in needless]
    told = found.likelihood
    likely = told and Likelihood(told.mean, _at(told.words, kept), _at(told.entropies, kept))
    return replace(found, text=" ".join(words[place] for place in kept), likelihood=likely)


def _at(values: Sequence[float], places: Sequence[int]) -> tuple[float, ...]:
    return tuple(values[place] for place in places) if values else ()


def plain(text: str) -> str:
    """Give a text in the letters and spaces that engines know: ``ﬁ`` as fi, ``ᵉ`` as e."""
    text = _SPACE.sub(" ", _INVISIBLE.sub("", text))
    text = _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return in_full(text)


@lru_cache(maxsize=1 << 10)
def prepare(source: str) -> tuple[Prepared, ...]:
    """Say what to ask for a text; where there are two ways, the more usual one first."""
    text, codes = _coded(plain(source))
    text, lone = _with_both_marks(text)
    text, capitals = _without_capitals(text)
    first = Prepared(text, codes, capitals, lone=lone)
    if codes or not _is_fragment(text):
        return (first,)
    return first, replace(first, source=text[0].lower() + text[1:], raised=True)


def uncoded(source: str) -> tuple[Prepared, tuple[Hint, ...]]:
    """Say what to ask for a text whose codes get lost: literals as they are, as hints."""
    text = plain(source)
    literals = dict.fromkeys(text[start:end] for start, end in literal_spans(text))
    return Prepared(text), tuple(Hint(literal, literal) for literal in literals)


def _coded(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Put codes in the place of what is to be copied letter for letter."""
    letters = next(letters for letters in _letters_of_codes() if letters not in text)
    codes: list[tuple[str, str]] = []
    pieces, last = [], 0
    for start, end in literal_spans(text):
        code = f"{letters}{len(codes) + 1}00"
        codes.append((code, text[start:end]))
        pieces += [text[last:start], code]
        last = end
    return "".join((*pieces, text[last:])), tuple(codes)


def _letters_of_codes() -> Iterator[str]:
    return chain(["AX"], (f"X{number}X" for number in count()))


def _with_both_marks(text: str) -> tuple[str, Lone]:
    """Close the quotation that a text leaves open, or open the one that it only closes."""
    if '"' in text or "„" in text:
        return text, Lone.NONE
    for opening, closing in _PAIRS:
        begins, ends = opening.strip(), closing.strip()
        more = text.count(begins) - text.count(ends)
        if more == 1 and text.rfind(begins) > text.rfind(ends):
            told = re.match(r"\s?\w", text[text.rfind(begins) + 1 :])
            return (text + closing, Lone.OPENING) if told else (text, Lone.NONE)
        if more == -1:
            at = text.find(ends)
            alone = begins not in text[:at]
            before, behind = text[max(0, at - 2) : at], text[at + 1 : at + 8]
            if alone and _QUOTED_BEFORE.search(before) and _QUOTED_BEHIND.match(behind):
                return opening + text, Lone.CLOSING
    return text, Lone.NONE


def _without_capitals(text: str) -> tuple[str, Capitals]:
    """Write in small letters what is words in capitals."""
    if in_capitals(text):
        return in_small_letters(text), Capitals(all=True)
    lead = LEAD.match(text)
    leading = lead is not None and in_capitals(lead[0])
    if lead and leading:
        text = in_small_letters(lead[0]) + text[lead.end() :]
    quoted = list(QUOTED.finditer(text))
    loud = tuple(number for number, match in enumerate(quoted) if in_capitals(match[0]))
    for number in loud:
        start, end = quoted[number].span()
        text = text[:start] + in_small_letters(text[start:end]) + text[end:]
    return RUN.sub(_softened, text), Capitals(False, leading, loud, len(quoted))


def _softened(run: re.Match[str]) -> str:
    """Write words of emphasis in small letters."""
    if not is_emphasis(run):
        return run[0]
    small = in_small_letters(run[0])
    return small if run.start() == 0 else small[0].lower() + small[1:]


def _is_fragment(text: str) -> bool:
    """Tell whether a text is a line of few words, of which the first has its capital for that."""
    words = _WORD.findall(text)
    return (
        1 <= len(words) <= _FEW_WORDS
        and text.startswith(words[0])
        and text[-1] not in ".!?…;:,"
        and words[0].istitle()
        and all(word.islower() for word in words[1:])
        and is_common(words[0])
        and not is_small_word(words[0])
    )
