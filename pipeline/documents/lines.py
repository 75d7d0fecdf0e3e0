"""Lines of text in; which of them one paragraph was cut into, and the words cut at their ends, out.

Text that was copied from a page comes in lines that end where the page did. A line was cut there if
the next one goes on in the middle of a sentence, or if the next word would not have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.language.lemmas import known

# What a sentence, or the part of it that a line of its own may be, ends with.
_ENDS = re.compile(r"[.!?…:;][»”\")\]\s\u00a0\u202f]*$|[»”\"]$")
_GOES_ON = re.compile(r"[«“\"(]?[\s\u00a0\u202f]*[a-zà-öø-ÿœ]")
# A line that ends with one of these is no line of its own, whatever comes next.
_OPEN_END = re.compile(
    r"(?:,|[-‐]|(?:^|[\s'’])(?:à|au|aux|avec|ce|ces|cette|chez|comme|d['’]|dans|de|des|du|elle|en|et|il|"
    r"ils|l['’]|la|le|les|leur|leurs|mais|M\.|MM\.|Mme|ne|notre|on|ou|où|par|pas|plus|pour|qu['’]|que|"
    r"qui|sa|sans|se|ses|son|sous|sur|un|une|vers))$"
)
_DASH = re.compile(r"[—–-][\s\u00a0\u202f]")
# Narrower columns are lists of words, wider ones are not lines of a page.
_WIDTHS = range(28, 221)
# How much room, in characters, hand-set or proportional lines leave at their ends.
_RAGGED_CHARS = 12


def paragraphs(groups: Sequence[Sequence[str]]) -> tuple[list[list[str]], int, int]:
    """Join the lines of groups that empty lines part: the paragraphs of each group.

    Lines are as they stand, but for spaces around them; a paragraph has its lines joined by a line
    break. Gives also how many line ends were joined, and how many look cut but were left.
    """
    width = _page_width(groups)
    made, joined, left = [], 0, 0
    for lines in groups:
        texts = [lines[0]] if lines else []
        cut = _Cut.of(lines, width)
        for line, following in pairwise(lines):
            if cut.goes_on(line, following):
                texts[-1] += "\n" + following
                joined += 1
            else:
                left += cut.is_lost(line, following)
                texts.append(following)
        made.append(texts)
    return made, joined, left


@dataclass(frozen=True, slots=True)
class _Cut:
    """How the lines of a group are cut: the width of the page, and whether they are at all."""

    width: int
    wrapped: bool
    page: bool

    @classmethod
    def of(cls, lines: Sequence[str], page_width: int) -> _Cut:
        longest = max(map(len, lines), default=0)
        page = bool(page_width) and longest <= page_width * 1.1
        width = max(longest, page_width) if page else longest
        cut = sum(_is_cut(*pair) for pair in pairwise(lines))
        # Verse begins its lines with capitals, prose only those that happen to begin a sentence.
        verse = sum(
            not _ENDS.search(line)
            and following[0].isupper()
            and not _OPEN_END.search(line)
            and not (page and _room(width, line, following) < 0)
            for line, following in pairwise(lines)
        )
        hyphenated = any(_HYPHENATED.search(f"{line}\n{after}") for line, after in pairwise(lines))
        wide = width in _WIDTHS or hyphenated
        # So many capitals at the heads of lines do not come by chance: a stanza, statements.
        stanza = not page and len(lines) > _FEWEST_VERSES and all(map(_CAPITAL.match, lines))
        wide = wide and (hyphenated or not stanza)
        return cls(width, wide and (cut > verse or (page and cut >= verse)), page)

    def goes_on(self, line: str, following: str) -> bool:
        if not self.wrapped:
            return False
        if _HYPHENATED.search(both := f"{line}\n{following}") or _UNBROKEN.search(both):
            return True
        room = _room(self.width, line, following)
        if _DASH.match(following) and not _is_cut(line, following[2:].lstrip()):
            return False
        if _is_cut(line, following):
            return room < max(_RAGGED_CHARS, self.width // 4)
        if _ENDS.search(line):
            return room < 0
        return room < 3

    def is_lost(self, line: str, following: str) -> bool:
        """Whether two lines that are kept apart look like one that was cut."""
        return len(line) >= _WIDTHS.start and _is_cut(line, following)


def _room(width: int, line: str, following: str) -> int:
    """Give how many characters a line would have left with the next line's first word on it."""
    return width - len(line) - 1 - len(following.split()[0])


def _is_cut(line: str, following: str) -> bool:
    """Whether a sentence goes on from one line to the next, by how they end and begin."""
    if _OPEN_END.search(line):
        return True
    return not _ENDS.search(line) and bool(_GOES_ON.match(following))


# Of lines that may be verse: the fewest, how long one may be, how many words one has on average.
_FEWEST_VERSES = 3
_VERSE_CHARS = 72
_VERSE_WORDS = 3.5
_CAPITAL = re.compile(r"[—–«“\"'’(\s\u00a0\u202f]*[^\W\d_a-zß-öø-ÿœ]")
_SENTENCE_END = re.compile(r"[.!?…][»”\")\s\u00a0\u202f]*$")


def are_verse(lines: Sequence[str], in_poem: bool = False) -> bool:
    """Whether lines that somebody set apart are verse: short, with capitals, sentences across them.

    Addresses have figures, lists and signatures fewer words, statements a full stop each; so have
    most lines of some stanzas, which are known ``in_poem`` alone, beside another one like them.
    """
    if len(lines) < _FEWEST_VERSES or not all(map(_CAPITAL.match, lines)):
        return False
    words_ = sum(len(line.split()) for line in lines) / len(lines)
    stops = sum(bool(_SENTENCE_END.search(line)) for line in lines)
    return (
        max(map(len, lines)) <= _VERSE_CHARS
        and words_ >= _VERSE_WORDS
        and not any(map(str.isdigit, "".join(lines)))
        and (2 * stops <= len(lines) or (in_poem and stops < len(lines)))
    )


def ends_a_line(before: str, after: str) -> bool:
    """Whether a line break that an author set parts two lines, and not the words of a sentence."""
    before, after = one_line(before), one_line(after)
    if not before or not after:
        return True
    return not _is_cut(before, after)


def _page_width(groups: Sequence[Sequence[str]]) -> int:
    """Give the width of the page that the groups were cut for, 0 where there was none."""
    widths = [
        max(map(len, lines))
        for lines in groups
        if len(lines) > 2 and 2 * sum(_is_cut(*pair) for pair in pairwise(lines)) >= len(lines) - 1
    ]
    return round(median(widths)) if widths and max(widths) in _WIDTHS else 0


_HYPHENATED = re.compile(
    # From the beginning of a word on only: else a long one would be read again from each letter.
    r"(?<![^\W\d_])(?<![^\W\d_][-‐])"
    r"(?P<head>[^\W\d_]+(?:[-‐][^\W\d_]+)*)(?P<hyphen>[-‐])[ \u00a0]*\n[ \u00a0]*"
    r"(?P<tail>[^\W\d_]+)"
)
# The line break of "mal- gré" is lost, but not that it was there.
_FLATTENED = re.compile(
    r"(?<![\w-])(?P<head>[^\W\d_]+)(?P<hyphen>[-‐]) "
    r"(?P<tail>[^\W\d_]{2,}(?![\w-])|(?:à|aux?|d[eu]|des|en|et)(?=[-‐][^\W\d_]))"
)
# Words that keep their hyphen although dictionaries do not list what they make.
_BEFORE_HYPHEN = frozenset(
    """abat anti après arrière audio aussi auto avant bas basse beau belle bien ceci cela celle
    celles celui ceux cent chef cinquante ci co contre demi demie deux dix dessous dessus entre
    est ex extra faux garde grand grande grands gros haut haute hors huit jusque la là libre lui
    mi micro mini moi moyen multi neuf non nord nous nouveau nouvelle onze ouest outre par pare
    passe petit petite plate plein porte post pré presque pro quarante quasi quatre quinze radio
    saint sainte sans seize self semi sept six soi soixante sous sud sur tout treize trente
    trois un vice vingt vis vous y""".split()
)
_AFTER_HYPHEN = frozenset(
    """ce ci elle elles en il ils je la là le les leur lui même mêmes moi nous on t toi tu vous
    y""".split()
)
# Inside a compound of several (c'est-à-dire, arc-en-ciel, va-et-vient) the hyphen is its own.
_WITHIN = frozenset("à au aux d de des du en et l la le les ou sur sous".split())
# « au-dessus », « par-delà »: adverbs of place that are in no dictionary.
_PLACES = frozenset("dedans dehors delà dessous dessus devant devers".split())
_BEFORE_PLACES = frozenset("au ci en là par".split())
# Numbers stand in no dictionary of forms.
_NUMERALS = frozenset("trente quarante cinquante soixante septante octante nonante".split())
# « 2024-⏎2030 », « J.-⏎P. Martin »: the hyphen is their own.
_UNBROKEN = re.compile(
    r"(?:(?<=\d)(?P<hyphen>[-‐–])[ \u00a0]*\n[ \u00a0]*(?=\d)"
    r"|(?<=\b[A-ZÀ-ÖØ-ÞŒ]\.)(?P<dash>[-‐])[ \u00a0]*\n[ \u00a0]*(?=[A-ZÀ-ÖØ-ÞŒ]\.))"
)
_SUSPENDED = "- "
_JOINS_TWO = frozenset("et ou ni à de puis comme mais voire".split())


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a text and what takes its place."""

    start: int
    end: int
    text: str


def broken_words(text: str) -> Iterator[Edit]:
    """Say how the words that line ends part in a text (« mal-⏎gré ») are put together again."""
    for match in _HYPHENATED.finditer(text):
        link = _link(match)
        if link != _SUSPENDED:
            yield Edit(match.start("hyphen"), match.start("tail"), link)
    for match in _UNBROKEN.finditer(text):
        yield Edit(match.start(), match.end(), match["hyphen"] or match["dash"])
    for match in _FLATTENED.finditer(text):
        head, tail = match["head"].lower(), match["tail"].lower()
        compound = _is_place(head, tail) or (head in _BEFORE_HYPHEN and known(tail))
        if _is_within(match) or (
            tail not in _JOINS_TWO and (compound or known(head + tail) or known(f"{head}-{tail}"))
        ):
            yield Edit(match.start("hyphen"), match.start("tail"), _link(match))


def _is_place(head: str, tail: str) -> bool:
    return head in _BEFORE_PLACES and tail in _PLACES


def _is_within(match: re.Match[str]) -> bool:
    """Whether the second half is a small word inside a compound of several: c'est-⏎à-dire."""
    small = match["tail"].lower() in _WITHIN | _JOINS_TWO
    return small and match.string[match.end() :][:1] in ("-", "‐")


def _link(match: re.Match[str]) -> str:
    """Give what stands between two halves of a word: nothing, its hyphen, or hyphen and space."""
    head, tail = match["head"], match["tail"]
    last = re.split("[-‐]", head)[-1].lower()
    lower = tail.lower()
    if _is_within(match):
        # but « gar-⏎de-manger »
        return "" if known(last + lower) else "-"
    if lower in _JOINS_TWO and not known(last + lower):
        return _SUSPENDED
    if _is_place(last, lower):
        return "-"
    if last + lower in _NUMERALS:
        return ""
    if last in _WITHIN and last != head.lower():
        # but « commissaire-en-⏎quêteur »
        return "" if known(last + lower) and not known(f"{head}-{tail}".lower()) else "-"
    if tail[0].isupper():
        # A name or a heading in capitals: Saint-Nazaire, RÉPU-BLIQUE.
        return "" if head.isupper() and tail.isupper() and not known(last) else "-"
    joined, parted = known(last + lower), known(f"{last}-{lower}")
    if joined != parted:
        return "" if joined else "-"
    if joined:
        return "-" if last in _BEFORE_HYPHEN else ""
    if last in _BEFORE_HYPHEN or (lower in _AFTER_HYPHEN and known(last)):
        return "-"
    if last.endswith("o") and len(last) > 3 and known(lower):
        return "-"  # franco-malien, socio-éducatif
    return "-" if known(last) and known(lower) and min(len(last), len(lower)) > 3 else ""


_ACROSS = re.compile(
    r"(?<![^\W\d_])(?P<head>[^\W\d_]{2,40})[-‐][ \t]*\n(?P<gap>(?:[ \t]*\n){0,4}"
    r"(?:[ \t]*\d{1,4}[ \t]*\n(?:[ \t]*\n){0,4})?)[ \t]*(?P<tail>[a-zà-öø-ÿœ]{2,40})"
)


def across_pages(text: str) -> tuple[str, int]:
    """Put lines together where the end of a page cut a word; say how many page numbers went."""
    numbers = 0

    def closed(match: re.Match[str]) -> str:
        nonlocal numbers
        if not match["gap"] or not known((match["head"] + match["tail"]).lower()):
            return match[0]
        numbers += bool(match["gap"].strip())
        return f"{match['head']}-\n{match['tail']}"

    return _ACROSS.sub(closed, text), numbers


def rejoined(text: str) -> tuple[str, int]:
    """Give a text on one line, its broken words whole, and how many there were."""
    edits = sorted(broken_words(text), key=lambda edit: edit.start)
    return one_line(apply(text, edits)), len(edits)


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Give a text with its edits made; they are in order and do not overlap."""
    pieces, done = [], 0
    for edit in edits:
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join((*pieces, text[done:]))


def one_line(text: str) -> str:
    """Give a text with every run of spaces, tabs and line breaks as one space, none around it."""
    return re.sub(r"[ \t\n]+", " ", text).strip()
