"""A case in, a finding out where the translation says the opposite of a word of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from pipeline.checks.base import Case, Check, Dimension, Span
from pipeline.language.dictionary import dictionary
from pipeline.language.directions import turned_round
from pipeline.language.lexicon import Content, answered, content, lexicon, stem_of
from pipeline.language.negations import french_negations
from pipeline.language.voice import suffered
from pipeline.language.words import Word, blanked, words
from pipeline.model import Doubt, Severity

ID = "opposites"
# English opposites; words of one side are parted by commas. What they render in French is known
# from the lexicon.
_PAIRS = (
    "increase,rise,rose,grow,growth,grew,climb:decrease,fall,fell,decline,drop,reduce,reduction "
    "high,higher,highest:low,lower,lowest strong,stronger:weak,weaker long,longer:short,shorter "
    "large,larger,big,bigger,greater:small,smaller,little old,older:new,newer,young,younger "
    "first:last early,earlier:late,later north,northern:south,southern east,eastern:west,western "
    "agree,agreed:refuse,"
    "refused,declined open,opened,opening:close,closed,closing,closure win,won,winner,victory:lose,"
    "lost,defeat,loss "
    "accept,accepted,approve,approved:reject,rejected,refuse,refused allow,permit:forbid,ban,"
    "prohibit man,men,male,boy:woman,women,female,girl father:mother brother:sister son:daughter "
    "husband:wife king:queen hot,warm:cold,cool good,better,best:bad,worse,worst begin,began,start,"
    "beginning:end,ended,finish,ending always:never public:private positive:negative easy,simple:"
    "difficult,hard legal:illegal success,succeed,successful:failure,fail,unsuccessful inside,"
    "internal,inner:outside,external,outer left:right rich,wealthy:poor "
    "buy,bought,purchase:sell,sold,sale import:export maximum:minimum majority:minority "
    "day:night life,alive:death,dead "
    "friend,ally:enemy war:peace true:false guilty:innocent heavy:light fast,quick:slow create,"
    "build,built:destroy,destroyed urban:rural civilian,civil:military surplus:deficit love:hate "
    "enter,arrive,arrived:leave,left,depart attack:defend possible:impossible likely:unlikely able:"
    "unable safe:dangerous summer:winter morning:evening upper:lower top:bottom wide:narrow deep:"
    "shallow full:empty wet:dry clean:dirty present:absent domestic:foreign offensive:defensive "
    "remember:forget borrow:lend acquit,acquitted:convict,convicted hire,hired:fire,fired,sacked "
    "arrest,arrested:release,released,free,freed"
)


def _opposites() -> dict[str, frozenset[str]]:
    """Return word → stems of its opposites."""
    table: dict[str, set[str]] = {}
    for pair in _PAIRS.split():
        one, other = (side.split(",") for side in pair.split(":"))
        for words_, opposites in ((one, other), (other, one)):
            for word in words_:
                table.setdefault(word, set()).update(map(stem_of, opposites))
    return {word: frozenset(stems) for word, stems in table.items()}


_OPPOSITES = _opposites()
_TURNING = frozenset(
    "peu moins pas non plus jamais hors loin sans trop not no t never less without hardly".split()
)
# Function words are not in the lexicon: French words, their English, and its opposite.
_FUNCTION = (
    (frozenset(["plus", "davantage"]), frozenset(["more"]), frozenset(["less", "fewer"])),
    (frozenset(["moins"]), frozenset(["less", "fewer", "least"]), frozenset(["more", "most"])),
    (frozenset(["avant"]), frozenset(["before", "prior"]), frozenset(["after"])),
    (frozenset(["après"]), frozenset(["after", "following"]), frozenset(["before"])),
    (frozenset(["tous", "toutes"]), frozenset(["all", "every", "each"]), frozenset(["none"])),
    (
        frozenset(["raison"]),
        frozenset("right rightly reason reasons because why cause due owing account rate".split()),
        frozenset(["wrong"]),
    ),
    (
        frozenset(["tort"]),
        frozenset("wrong wrongly mistaken error fault blame harm damage hurt unfairly".split()),
        frozenset(["right"]),
    ),
    (frozenset(["dessus"]), frozenset(["above", "over"]), frozenset(["below", "under"])),
    (frozenset(["dessous"]), frozenset(["below", "under"]), frozenset(["above", "over"])),
)
# Where "plus" and "less" compare nothing, and where « tort » is denied.
_FRENCH_PHRASES = re.compile(
    r"\b(?:en|de|non|au) plus\b|\b(?:pas|jamais) moins\b"
    r"|\b(?:pas|jamais) (?:\w+ ){0,3}?(?:tort|raison)\b"
    r"|\bn(?:e |['’])\w+ (?:\w+ )?plus\b"
    r"|\bavant-\w+|\b(?:roue|siège|vitre|train|essieu|patte|portière)s? avant\b",
    re.IGNORECASE,
)
_ENGLISH_PHRASES = re.compile(
    r"\b(?:far|much|still|no|none the|nonethe|let alone) less\b", re.IGNORECASE
)


def _run(case: Case) -> Iterator[Doubt]:
    french, english = content(case.source, "fr"), content(case.target, "en")
    table = lexicon()
    denied = french_negations(case.source)
    suspects = [
        entry
        for entry, found in zip(english, answered(english, french, table.english), strict=True)
        if not found
        and _base(entry.folded) in _OPPOSITES
        and not _is_turned(case.target, entry.word)
    ]
    lost = [
        entry
        for entry, found in zip(french, answered(french, english, table.french), strict=True)
        if not found
        and entry.stem in table.french
        and not _is_turned(case.source, entry.word)
        # Denied, the word and its opposite say the same: « ne pouvait pas », "was unable".
        and not any(start <= entry.word.start < end for start, end in denied)
    ]
    for suspect in suspects:
        for entry in lost:
            meant = _meant(entry)
            if meant.isdisjoint(_OPPOSITES[_base(suspect.folded)]):
                continue
            one, other = entry.word, suspect.word
            spans = (one.start, one.end), (other.start, other.end)
            if not _is_known(case, *spans):
                yield _doubt(case, *spans)
                return
    text = case.source, case.target
    for ours, theirs in chain(turned_round(*text), suffered(*text)):
        yield _doubt(case, ours, theirs)
        return
    yield from _function_words(case)


def _is_known(case: Case, source: Span, target: Span) -> bool:
    """Whether the dictionary, which knows more than the lexicon, has an answer for either word.

    « Un recul » is a fall there, and "increase" renders « la progression ».
    """
    terms = dictionary().answered(case.source, case.target).terms
    return any(
        (each.spans and each.term.start <= source[0] and source[1] <= each.term.end)
        or any(start <= target[0] and target[1] <= end for start, end in each.spans)
        for each in terms
    )


def _meant(entry: Content) -> frozenset[str]:
    """The stems of what a French word is rendered by.

    The lexicon's are of words that stand beside it too ("jeunes filles": girl), so that where the
    dictionary has the word, it must know them as well.
    """
    counterparts = lexicon().french[entry.stem].counterparts
    word = entry.word.lower
    known = dictionary().entry(word)
    if known is None or not known.renderings:
        return counterparts
    return counterparts & {stem_of(part) for each in known.renderings for part in each.text.split()}


def _base(word: str) -> str:
    """The listed form of a word that may carry a regular ending ("decreased" → "decrease")."""
    forms = (word.removesuffix(ending) for ending in ("", "s", "d", "ed", "ing", "er", "est"))
    return next((form for form in forms if form in _OPPOSITES), word)


def _is_turned(text: str, word: Word) -> bool:
    """Whether the words before turn this one into its opposite: "peu difficile"."""
    before = words(text[max(0, word.start - 20) : word.start])[-2:]
    return not _TURNING.isdisjoint(other.lower for other in before)


def _function_words(case: Case) -> Iterator[Doubt]:
    source, target = (
        {word.lower: word for word in words(blanked(text, phrases))}
        for phrases, text in ((_FRENCH_PHRASES, case.source), (_ENGLISH_PHRASES, case.target))
    )
    for french, rendering, opposite in _FUNCTION:
        asked, wrong = source.keys() & french, target.keys() & opposite
        licence = {word for others, meant, _ in _FUNCTION if meant & wrong for word in others}
        if asked and wrong and not target.keys() & rendering and not source.keys() & licence:
            word, other = source[min(asked)], target[min(wrong)]
            if _compares_another(case, word, other):
                continue
            yield _doubt(case, (word.start, word.end), (other.start, other.end))
            return


def _compares_another(case: Case, word: Word, other: Word) -> bool:
    """Whether what is compared became another word, too: « moins vite », "more slowly"."""
    french, english = content(case.source, "fr"), content(case.target, "en")
    after = [entry for entry in french if entry.word.start == word.end + 1]
    there = [entry for entry in english if entry.word.start == other.end + 1]
    return (
        bool(after and there)
        and not any(answered(after, english, lexicon().french))
        and not any(answered(there, french, lexicon().english))
    )


def _doubt(case: Case, source: tuple[int, int], target: tuple[int, int]) -> Doubt:
    message = (
        f"“{case.target[slice(*target)]}” may be the opposite of “{case.source[slice(*source)]}”."
    )
    return case.doubt(ID, Severity.LOOK, message, source, target)


CHECK = Check(
    id=ID,
    title="Opposites",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "A content word of the source has no counterpart in the translation; a word of the "
        "translation renders nothing in the source; and the one’s usual rendering is the opposite "
        "of the other (increase and decrease, first and last, north and south)."
    ),
    run=_run,
    notes=(
        "Pairs of opposites are a list of English words; what they render is learnt. Told by lists "
        "of words are what rises or falls (« a baissé de 3 % »), what a number is at least or at "
        "most (« pas moins de 300 »), the beginning or end of a month (« fin mars »), and who did "
        "what he tells (« il assure avoir alerté », and no “was alerted”)."
    ),
)
