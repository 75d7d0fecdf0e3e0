"""A case in, a finding out where a negation was lost or invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.checks.base import Case, Check, Dimension, Span
from pipeline.language.lexicon import Content, Item, answered, content, lexicon, stem_of
from pipeline.language.negations import EXPLETIVE, french_negations, is_ne
from pipeline.language.words import Word, blanked, words
from pipeline.model import Doubt, Severity
from pipeline.text import fold

ID = "negation"
_DEPRIVED = re.compile(
    r"(?:priv[eé]|dépourvu|dénué)(?:e?s?|er|ant) (?:de\b|d['’]|du\b|des\b)"
    r"|gard\w+ (?:bien )?(?:de\b|d['’])",
    re.IGNORECASE,
)
# Phrases that hold a negative word and need none in the other language.
_FRENCH_PHRASES = re.compile(
    r"\bn['’]importe\b|\bn['’]est-ce pas\b|\bne serait-ce\b"
    r"|\bn['’](?:oubli|hésit)\w+ (?:pas|jamais)\b"
    r"|\bsi (?:l['’])?(?:on|nous|vous|ils?|elles?) ne (?:pourr|faudr|devr)\w+ pas\b",
    re.IGNORECASE,
)
# French that denies what is negative, and the English that leaves out one of the two: « il n'avait
# pas tort » is no "he was wrong".
_TWICE = tuple(
    (re.compile(french, re.IGNORECASE), re.compile(rf"\b(?:{english})\b", re.IGNORECASE))
    for french, english in (
        (
            r"\b(?:ne |n['’])(?:\w+ ){1,3}?(?:pas|jamais) (?!moins)(?:\w+ ){0,3}?tort\b",
            "wrong|mistaken|in error",
        ),
        (r"\bn['’]\w+ pas tardé\b|\bne tard\w+ pas\b", r"slow\w*|late|delay\w*"),
        (r"\bne cess\w+ (?:pas )?(?:de\b|d['’])", r"(?<!without )(?:stop(?:s|ped)?|ceas\w+)"),
        (
            r"\bne manqu\w+ (?:pas|jamais)\b",
            r"lack\w*|miss(?:es|ed|ing)?|fail(?:s|ed)?|short|without|avoid\w*",
        ),
        (
            r"\b(?:ne |n['’])\w+ (?:pas|jamais) (?:été )?sans\b",
            "without|devoid|free of|free from|unaware|ignorant",
        ),
    )
)
# French that denies, and the English that says it without: « tant que … ne … pas » is "until".
_UNDENIED = tuple(
    (re.compile(french, re.IGNORECASE), re.compile(rf"\b(?:{english})\b", re.IGNORECASE))
    for french, english in (
        (
            r"\btant qu(?:e\b|['’])[^.;:!?]{0,60}?\b(?:ne |n['’])(?:\w+ ){1,3}?pas\b",
            "until|till|unless|before",
        ),
        (
            r"\b(?:ne |n['’])(?:\w+ ){1,3}?plus\b(?=[^.;:!?]{1,90}?\bqu(?:e\b|['’]))",
            "only|just|merely|nothing but|no more than|mere",
        ),
        (
            r"(?<=\bque )[^.;:!?]{0,40}?(?:ne |n['’])(?:\w+ ){1,3}?(?:pas|plus)\b",
            r"(?:since|first)\b[^.;:!?]{1,60}\b(?:last|in|for)"
            r"|(?:time|years?|months?|weeks|days) since",
        ),
        (r"\bne quitt\w+ pas des yeux\b", r"an eye|watch\w*|eyes"),
    )
)
_ENGLISH_PHRASES = re.compile(
    r"\bnot\s+(?:only|merely|simply|least|to mention|just(?! as\b))\b|\bor not\b"
    r"|\bif not\b|\bno (?:later|fewer|less) than\b|\bNo\.|\bno\. ?[0-9]|\bnothing but\b"
    r"|\b(?:is|was|were) not until\b|\bif (?:you|he|she|we|they) (?:do not|don['’]t) mind\b",
    re.IGNORECASE,
)
_ENGLISH = frozenset(
    "not never no none non nothing nobody nowhere neither nor cannot noone".split()
)
# Only the plain ones are taken for invented: "no" and "nor" have too many other origins.
_PLAIN = frozenset("not never nothing nobody none cannot".split())
_FRENCH = frozenset("pas non jamais rien aucun aucune ni nul nulle guère sinon".split())
_WITHOUT = frozenset(["without", "no", "free", "irrespective", "regardless"])

# What may carry a negation of the other language. A word of negative meaning does so unless the
# other side has such a word too; a word that only begins like one, unless it renders anything.
_ENGLISH_CARRIERS = re.compile(
    r"(?:refus|fail|lack|den[iy]|avoid|prevent|declin|reject|oppos|neglect|exclu|lose|losing|lost"
    r"|preclud|refrain|abstain|hinder|depriv|ceas|stop|miss|ban|forbid|forbad|prohibit|ignor|doubt"
    r"|forget|forgot|absen|wrong|false|empty|difficult|hard|short|devoid|exempt|abandon|scarce"
    r"|rarely|seldom|beyond|except|zero|otherwise|trouble|poor|impossib|unable|inab|insuffic"
    r"|unaccept|unlikely|unclear|unfair|unnecess|premature|disagree|outside|warn|default)[a-z]*"
    r"|only|hardly|barely|scarcely|unless|few|little|free|out|far|against|yet"
)
_ENGLISH_PREFIXED = re.compile(r"(?:un|non|dis|mis|in|im|ir|il)[a-z]{4,}|[a-z]{3,}less(?:ly|ness)?")
# Said of what was not done: "untreated" answers « pas traité », which the lexicon pairs it with.
_UNDONE = re.compile(
    r"un(?!veil|fold|leash|earth|cover|load|lock|it|ifi|dermin)[a-z]{3,}(?:ed|able)"
)
_FRENCH_UNDONE = re.compile(r"(?:in|im|ir|il|dés|mal|mé|non)[a-zà-ÿ]{4,}")
_FRENCH_CARRIERS = re.compile(
    r"(?:refus|manqu|absen|évit|empêch|dépourv|ignor|exclu|échou|échec|cess|arrêt|lacun|insuff"
    r"|rejet|oppos|prohib|sauf|nég|nie|nier|perd|vain|interdi|faux|fauss|difficil|rare|peu|loin"
    r"|faute|hors|malgré|moins|trop|contraire|contre|défaut|personne|seul|jusqu|ailleurs|plutôt"
    r"|avant|vide|dout|ferm|égal|mauvais|impossib|incapab|inutil|tort|déconseill|absten|abstien"
    r"|dissua|surs[eio]|renonc|introuvab|échapp|épargn|dispens|impuni|anonym|inodore)[a-zà-ÿ]*|mal"
)
_FRENCH_PREFIXED = re.compile(r"(?:in|im|ir|il|dé|dés|mal|mé|non|anti)[a-zà-ÿ]{4,}")
# How far apart a negation and its carrier may stand: as shares of their texts, in characters.
_NEAR, _NEAREST = 0.15, 30
_NEGATED = 2  # content words after the beginning of a negation that it may negate
_LIST = 3  # negations that make a list, of which the other language may say "not" once


def _carriers(
    found: Sequence[Word],
    other: Sequence[Word],
    strong: tuple[re.Pattern[str], re.Pattern[str]],
    prefixed: re.Pattern[str],
    language: str,
) -> list[Word]:
    """Return the words that may carry a negation (see ``_ENGLISH_CARRIERS``)."""
    items = lexicon().french if language == "fr" else lexicon().english
    own, foreign = strong
    negative = [word for word in other if foreign.fullmatch(word.lower)]
    carriers: list[Word] = []
    undone = [w for w in found if _UNDONE.fullmatch(w.lower)]
    unmade = [w for w in other if _FRENCH_UNDONE.fullmatch(w.lower)]
    for candidates, rendered in (
        ([w for w in found if own.fullmatch(w.lower)], negative),
        (undone, [*negative, *unmade]),
        (
            [
                w
                for w in found
                if prefixed.fullmatch(w.lower) and _known(w, items) and w not in undone
            ],
            other,
        ),
    ):
        known = answered(_contents(candidates), _contents(rendered), items)
        carriers += [word for word, yes in zip(candidates, known, strict=True) if not yes]
    return carriers


def _known(word: Word, items: Mapping[str, Item]) -> bool:
    """Whether the lexicon holds a word; an English "un-" needs no proof."""
    return stem_of(fold(word.text)) in items or word.lower.startswith("un")


def _contents(found: Sequence[Word]) -> list[Content]:
    return [Content(word, folded := fold(word.text), stem_of(folded)) for word in found]


def _unmatched(
    wanted: Sequence[Span], certain: Sequence[Word], carriers: Sequence[Word], lengths: Span
) -> Span | None:
    """Return a negation of one side that the other side does not account for, or None.

    ``lengths`` are those of the text of ``wanted`` and of the other.
    """
    own, other = lengths
    places = [start / own for start, _ in wanted]
    reach = max(_NEAR, _NEAREST / other)
    near = [w for w in carriers if any(abs(w.start / other - place) < reach for place in places)]
    needed = len(wanted) if len(wanted) < _LIST else len(wanted) // 2
    if needed <= len(certain) + len(near):
        return None
    taken = [word.start / other for word in [*certain, *near]]
    return max(
        wanted, key=lambda span: min((abs(span[0] / own - place) for place in taken), default=1.0)
    )


def _run(case: Case) -> Iterator[Doubt]:
    source, target = (
        blanked(case.source, _FRENCH_PHRASES),
        blanked(case.target, _ENGLISH_PHRASES),
    )
    if not case.source.strip() or not target.strip():
        return
    english = words(target)
    found = [w for w in english if w.lower in _ENGLISH or _is_contracted(target, w)]
    for denied, negative in _TWICE:
        twice = denied.search(source)
        if twice and not found and negative.search(target):
            yield case.doubt(ID, Severity.LOOK, _lost(case, twice.span()), source_span=twice.span())
            return
        source = blanked(source, denied)
    for denied, plain_words in _UNDENIED:
        if plain_words.search(target):
            source = blanked(source, denied)
    french, full = words(source), french_negations(source)
    carriers = _carriers(
        english, french, (_ENGLISH_CARRIERS, _FRENCH_CARRIERS), _ENGLISH_PREFIXED, "en"
    )
    # "Not just" may render a negation, though it need not.
    carriers += [w for w in words(case.target) if w.lower in _ENGLISH and target[w.start] == " "]
    if "sans" not in {word.lower for word in french}:
        carriers += [word for word in english if word.lower == "without"]
    lengths = len(source), len(target)
    if full and (span := _unmatched(full, found, carriers, lengths)):
        severity = _severity(content(case.source, "fr"), content(case.target, "en"), span, "fr")
        yield case.doubt(ID, severity, _lost(case, span), source_span=span)
        return
    plain = [(w.start, w.end) for w in found if w.lower in _PLAIN or w.lower == "t"]
    if plain and (span := _unmatched(plain, *_accounted(case, full), lengths[::-1])):
        message = f"“{case.target[slice(*span)]}” negates what the source affirms."
        severity = _severity(content(case.target, "en"), content(case.source, "fr"), span, "en")
        yield case.doubt(ID, severity, message, target_span=span)


def _lost(case: Case, span: Span) -> str:
    return f"A negation is lost: “{case.source[slice(*span)]}”."


def _severity(
    own: Sequence[Content], other: Sequence[Content], span: Span, language: str
) -> Severity:
    """How grave an unmatched negation is: a matter of form where what it negates is said otherwise.

    "Je n'ai pas aimé" and "it was dreadful": no word of the other text answers the negated one.
    """
    negated = [entry for entry in own if entry.word.end > span[0]][:_NEGATED]
    items = lexicon().french if language == "fr" else lexicon().english
    return Severity.LOOK if any(answered(negated, other, items)) else Severity.POLISH


def _accounted(case: Case, full: Sequence[Span]) -> tuple[list[Word], list[Word]]:
    """Return the words of the source that negate for certain, and those that may."""
    french, english = words(case.source), words(case.target)
    certain = [w for w in french if any(w.start == start for start, _ in full)]
    outside = [w for w in french if not any(start <= w.start < end for start, end in full)]
    sure = _FRENCH | _PLAIN
    # A French text may quote English: "Don't Go Breaking My Heart".
    certain += [w for w in outside if w.lower in sure or _is_contracted(case.source, w)]
    alone = [w for w in outside if is_ne(case.source, w)]
    expletive = sum(1 for _ in EXPLETIVE.finditer(case.source))
    certain += alone[: max(0, len(alone) - expletive)]
    if _WITHOUT.isdisjoint(w.lower for w in english):
        certain += [w for w in outside if w.lower == "sans"]
    carriers = _carriers(
        outside, english, (_FRENCH_CARRIERS, _ENGLISH_CARRIERS), _FRENCH_PREFIXED, "fr"
    )
    carriers += [w for w in outside if _DEPRIVED.match(case.source, w.start)]
    return certain, carriers


def _is_contracted(text: str, word: Word) -> bool:
    """Whether this "t" ends "n't"."""
    return word.lower == "t" and text[max(0, word.start - 2) : word.start].lower() in ("n'", "n’")


CHECK = Check(
    id=ID,
    title="Negation",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "The source has more full negations (ne … pas, plus, jamais, rien, aucun, ni, personne) "
        "than the translation has negative words or words that may carry a negation; or the "
        "translation has more of not, n't, never, none, nothing, nobody and cannot than the "
        "source has negations and words that may be rendered by one."
    ),
    run=_run,
    notes=(
        "A word such as “refuse”, “unable” or “lack” may carry a negation only if it renders no "
        "word of its own, as the bundled lexicon knows it; “sans” only if no “without” renders "
        "it. Where no counterpart of the words negated is seen either, the thing was said "
        "otherwise, and the finding is a matter of form. “ne … que”, “ne” after “craindre que” and "
        "the like, “pas seulement” and “not only” do not count; “ne” denies “pouvoir” alone, and "
        "“tant que … ne … pas” is “until”. Whether the right part of the "
        "sentence is negated is beyond this check."
    ),
)
