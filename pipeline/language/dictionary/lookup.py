"""A French text in, what the dictionary knows of its words out; with its English, what is answered.

The dictionary is made by ``tools/dictionary.py`` from parallel texts and lexical facts, and by
``tools/dictionary_phrases.py`` from terms written by hand; it lies beside this module as sorted
lines, which are mapped and never read through. Its shares and its safety are fractions between 0
and 1; spans are offsets in the text as it was given.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pipeline.language.dictionary.answers import Answer, Answers, Target
from pipeline.language.dictionary.context import (
    auxiliary,
    earlier,
    heads,
    interrupted,
    is_first_name,
    is_no_verb,
    may_be_many,
    stretches,
)
from pipeline.language.dictionary.english_forms import english_lemma
from pipeline.language.dictionary.entries import (
    CAPITALS,
    NAME,
    Headword,
    Rendering,
    SourceTerm,
    opens,
    parsed,
)
from pipeline.language.dictionary.keys import (
    GAP,
    LONGEST,
    Place,
    is_content,
    phrase_key,
    places,
    plain,
)
from pipeline.language.dictionary.lines import SortedLines
from pipeline.language.dictionary.phrasing import fits, is_verb_phrase, phrase_term
from pipeline.language.dictionary.wording import (
    PARTICIPLE,
    name_term,
    without_nouns,
    without_verbs,
    word_term,
)
from pipeline.language.homographs import is_verb
from pipeline.language.lemmas import infinitives, is_infinitive, lemma
from pipeline.language.small_words import BE, ENGLISH_FUNCTION, HAVE
from pipeline.language.tokens import Token, tokenize
from pipeline.text import fold

# Letters of a word that tells whether it is English; shorter ones are parts of names and marks.
_SHORTEST = 3

__all__ = ["Answer", "Answers", "Dictionary", "Rendering", "SourceTerm", "dictionary"]


class Dictionary:
    """The French–English dictionary; look-ups are cached, nothing is changed.

    ``phrases`` are lines written by hand, which stand before those learnt of the same terms.
    """

    def __init__(self, entries: SortedLines, phrases: SortedLines, english: SortedLines) -> None:
        self._entries, self._phrases, self._english = entries, phrases, english
        self._lines = lru_cache(maxsize=1 << 12)(self._read)
        self._begins = lru_cache(maxsize=1 << 13)(self._any_starts)
        # The hypotheses of a sentence share its source.
        self._reading = lru_cache(maxsize=1 << 8)(self._read_text)

    def _read(self, key: str) -> tuple[Headword, ...]:
        written = [parsed(line) for line in self._phrases.starting(key + "\t")]
        if written and " " in key:
            return tuple(written)
        learnt = {each.form: each for each in map(parsed, self._entries.starting(key + "\t"))}
        told = [_with_common(each, learnt.pop(each.form, None)) for each in written]
        return (*told, *learnt.values())

    def _any_starts(self, key: str) -> bool:
        return self._phrases.any_starts(key) or self._entries.any_starts(key)

    def terms(self, text: str) -> tuple[SourceTerm, ...]:
        """The terms of a French text in order: longest first, none over another."""
        return tuple(term for term, _ in self._reading(text))

    def phrases_over(self, text: str, span: tuple[int, int]) -> Iterator[SourceTerm]:
        """Yield the terms of several words that a place in a French text is part of."""
        start, end = span
        for term in self.terms(text):
            if term.start <= start and end <= term.end and " " in term.surface:
                yield term

    def _read_text(self, text: str) -> tuple[tuple[SourceTerm, tuple[SourceTerm, ...]], ...]:
        """The terms of a text; with one of several words, what its content words are alone."""
        found = []
        for term, words in self._terms(text):
            parts = [self._word(word) for word in words if is_content(word.lower, True)]
            found.append((term, tuple(parts) if len(words) > 1 else ()))
        return tuple(found)

    def _terms(self, text: str) -> Iterator[tuple[SourceTerm, Sequence[Place]]]:
        words = places(text)
        starts = stretches(text, words)
        at = 0
        while at < len(words):
            length, term = self._likeliest(text, words, starts, at)
            if term is None and self._means(words, at):
                term = self._word_there(text, words, starts, at)
            if term is not None:
                yield term, words[at : at + length]
            at += length

    @staticmethod
    def _means(words: Sequence[Place], at: int) -> bool:
        """Whether a word carries meaning where it stands: « l'été », not « a été »."""
        lower, before = words[at].lower, words[at - 1].lower if at else ""
        if lower == "été":
            return before in ("l", "d", "cet", "un", "en", "chaque", "dernier", "prochain", "plein")
        if lower == "durent":  # of durer, but of devoir before an infinitive
            return not (words[at + 1 :] and is_infinitive(words[at + 1].lower))
        if lower == "est" and at:
            return before in ("l", "nord", "sud") or words[at].text[0].isupper()
        return is_content(lower, True)

    def _likeliest(
        self, text: str, words: Sequence[Place], starts: Sequence[int], at: int
    ) -> tuple[int, SourceTerm | None]:
        """The longest term of several words, unless it hides a longer one that begins within it."""
        length, term = self._longest(text, words, starts, at)
        for later in range(at + 1, at + length):
            others, other = self._longest(text, words, starts, later)
            if (
                term
                and other
                and later + others > at + length
                and (others, other.sure) > (length, term.sure)
            ):
                return self._longest(text, words[:later], starts, at)
        return length, term

    def _word_there(
        self, text: str, words: Sequence[Place], starts: Sequence[int], at: int
    ) -> SourceTerm:
        """What is known of a word where its neighbours may tell what it is."""
        place = words[at]
        gap = text[place.end : words[at + 1].start] if at + 1 < len(words) else ""
        if is_first_name(words, at, gap):
            return name_term(place, opens(text, place.start))
        no_verb = is_no_verb(words, at, starts[at])
        if may_be_many(words, at):
            one = self._named(self._one(place.lower))
            no_verb = no_verb or bool(one and _is_noun(one))
        term = self._word(place, text, auxiliary(words, at), no_verb)
        if gap == " " and words[at + 1].text.istitle() and _is_shouted(term):
            return name_term(place, term.opening)
        return term

    def _longest(
        self, text: str, words: Sequence[Place], starts: Sequence[int], at: int
    ) -> tuple[int, SourceTerm | None]:
        """The longest term of several words that begins at a word, and how many it takes.

        ``starts`` are the ``stretches`` of the words.
        """
        last = at + 1
        while (
            last < len(words)
            and last - at < LONGEST
            and GAP.fullmatch(text, words[last - 1].end, words[last].start)
        ):
            last += 1
        if last - at < 2:
            return 1, None
        found: tuple[int, SourceTerm | None] = (1, None)
        no_verb = is_no_verb(words, at, starts[at])
        for head, verb in heads(words, at, last, no_verb):
            # What follows the head in a term, at least: a word, unless the head has two.
            least = max(2 - len(head), 0)
            for begin in interrupted(words, verb, last):
                rest = [word.lower for word in words[begin:last]]
                if not self._begins(phrase_key((*head, *rest[:least]))):
                    continue
                for length in range(len(rest), least - 1, -1):
                    taken = words[at : begin + length]
                    if len(taken) <= found[0]:
                        break
                    span = text[taken[0].start : taken[-1].end]
                    # Only a verb is parted from the rest of its phrase.
                    parted = begin > verb + 1
                    entry = self._phrase((*head, *rest[:length]), span, parted)
                    if entry and (length or not parted):
                        before = (auxiliary(words, at), *earlier(words, at))
                        opening = opens(text, taken[0].start)
                        after = [word.lower for word in words[at + len(taken) :]] if opening else ()
                        term = phrase_term(entry, taken, verb - at, before, span, opening, after)
                        found = len(taken), term
                        break
        return found

    def _phrase(self, words: Sequence[str], span: str, verbs_alone: bool) -> Headword | None:
        """The entry of a term with these words that may be meant by what stands there."""
        fitting = [
            each
            for each in self._lines(phrase_key(words))
            if fits(each, span) and (not verbs_alone or is_verb_phrase(each))
        ]
        whole = (each for each in fitting if each.form == plain(span))
        return next(whole, fitting[0]) if fitting else None

    def _word(
        self, place: Place, text: str = "", before: str = "", no_verb: bool = False
    ) -> SourceTerm:
        """What is known of one word, where it stands in a text."""
        opening = bool(text) and opens(text, place.start)
        own = self._variant(place)
        if own and place.text.islower() and _is_name(own) and infinitives(place.lower):
            own = None  # « vienne » is no Vienna
        if own and text and _is_noun(own) and (verb := self._verb(place, text, before)):
            # « demeure un mystère » is no residence.
            told = tuple(each for each in own.renderings if each.kind == "")
            own = replace(own, base=verb, renderings=told)
        one = self._one(place.lower) if no_verb and own and is_infinitive(own.base) else ""
        own = None if one else own  # « est prête », of « prêt »
        base = one or (own.base or own.form if own else self._base(place.lower))
        parent = own if own and not own.base else self._named(base)
        if one and parent and place.lower.startswith(one + "e"):
            parent = without_nouns(parent)  # which is no loan
        term = word_term(place, base, own, parent, opening, before)
        return without_verbs(term) if no_verb else term

    def _verb(self, place: Place, text: str, before: str) -> str:
        """The infinitive of a word that is a verb where it stands, though spelt like another."""
        verbs = infinitives(place.lower)
        if before in BE | HAVE and not place.lower.endswith(PARTICIPLE):
            # « S'était mise » is of mettre: the participle of « miser » ends in -é.
            verbs = tuple(verb for verb in verbs if not verb.endswith("er")) or verbs
        verb = next(filter(self._named, verbs), "")
        if not verb or verb == place.lower:
            return ""
        tokens, starts = _tokens(text)
        return verb if is_verb(tokens, bisect_left(starts, place.start)) else ""

    def _variant(self, place: Place) -> Headword | None:
        """The entry of a word; capitals may lack their accents (ETATS, Etat)."""
        entries = self._lines(fold(place.lower))
        exact = next((entry for entry in entries if entry.form == place.lower), None)
        if place.text.isupper() or (place.text[0].isupper() and place.text[0].isascii()):
            alike = [
                entry
                for entry in entries
                if place.text.isupper() or entry.form[1:] == place.lower[1:]
            ]
            best = max(alike, key=lambda entry: entry.seen_in_all, default=None)
            if best and (exact is None or best.seen_in_all > 10 * exact.seen_in_all):
                return best
        return exact

    def _named(self, form: str) -> Headword | None:
        return next((entry for entry in self._lines(fold(form)) if entry.form == form), None)

    def _base(self, lower: str) -> str:
        """The dictionary form of a word that has no entry of its own."""
        found = lemma(lower)
        if found == lower or self._named(found) is None:
            if one := self._one(lower):
                return one
            return next(filter(self._named, infinitives(lower)), found)
        return found

    def _one(self, lower: str) -> str:
        """The entry that a word may be the plural or the feminine of; "" where there is none."""
        ones = (lower.removesuffix(ending) for ending in ("s", "x", "e", "es"))
        return next((one for one in ones if one != lower and len(one) > 2 and self._named(one)), "")

    def english_word(self, word: str) -> bool:
        """Whether a string is an English word or name; all parts of one with hyphens must be."""
        lower = word.lower().replace("’", "'").removesuffix("'s")
        parts = [part for part in lower.replace("'", "-").split("-") if part]
        return bool(parts) and all(
            part.isdigit()
            or part in ENGLISH_FUNCTION
            or self._english.holds(part)
            or self._english.holds(english_lemma(part))
            for part in parts
        )

    def french_word(self, word: str) -> bool:
        """Whether a string, of any case, is a French form that the dictionary knows."""
        return self.headword(word) is not None

    def headword(self, word: str) -> Headword | None:
        """What is known of one word; one in capitals may lack its accents."""
        found = places(word)
        return self._variant(found[0]) if len(found) == 1 else None

    def entry(self, word: str) -> Headword | None:
        """The entry of a word, or else that of its dictionary form."""
        return self.headword(word) or self.headword(lemma(word))

    def answered(self, french: str, english: str) -> Answers:
        """Which terms of the French the English answers, and which English words stand alone."""
        target = Target(english)
        answers: list[Answer] = []
        for term, alone in self._reading(french):
            spans = self._spans(term, target)
            # Looked for even where the whole stands: what they find is accounted for.
            parts = [self._spans(part, target) for part in alone]
            # Word by word is what a phrase of ours is not.
            if not spans and parts and all(parts) and not term.sure:
                spans = [span for part in parts for span in part]
            answers.append(Answer(term, tuple(sorted(set(spans)))))
        return Answers(tuple(answers), target.unused())

    def strange(self, french: str, english: str) -> tuple[Place, ...]:
        """The words of the English that are none, nor names of the French: made up, or left in it.

        Of words of the French, those in small letters or in capitals alone that it knows.
        """
        own = {fold(word.lower) for word in places(french)}
        return tuple(
            word
            for word in places(english)
            if len(word.lower) >= _SHORTEST and word.lower.isalpha()
            if not self.english_word(word.lower)
            if fold(word.lower) not in own
            or ((word.text.islower() or word.text.isupper()) and self.french_word(word.text))
        )

    def _spans(self, term: SourceTerm, target: Target) -> list[tuple[int, int]]:
        spans = [span for each in term.renderings for span in target.find(each.text)]
        if spans:
            return spans
        name = not term.renderings or all(each.kind == NAME for each in term.renderings)
        if name or term.named or (self.english_word(term.surface) and not term.sure):
            spans = target.find(term.surface)
        if not spans and not term.renderings:
            spans = target.alike(fold(term.surface))
        return spans


@lru_cache(maxsize=2)
def _tokens(text: str) -> tuple[Sequence[Token], Sequence[int]]:
    """The tokens of a text and where they start: asked for once a word, made once a text."""
    tokens = tokenize(text)
    return tokens, [token.start for token in tokens]


def _is_name(entry: Headword) -> bool:
    return bool(entry.renderings) and all(each.kind in CAPITALS for each in entry.renderings)


def _with_common(written: Headword, learnt: Headword | None) -> Headword:
    """An entry written by hand; if it is a name alone (EAU), with what the word means besides."""
    if learnt is None or not _is_name(written):
        return written
    common = [each for each in learnt.renderings if each.kind not in CAPITALS]
    return replace(learnt, renderings=(*written.renderings, *common))


def _is_noun(entry: Headword) -> bool:
    """Whether an entry of one word is of a noun."""
    return bool(entry.renderings) and entry.renderings[0].kind == "n"


def _is_shouted(term: SourceTerm) -> bool:
    """Whether a name would become an acronym: « Pat Ryder » is no PAT."""
    first = term.renderings[0].text if term.renderings else ""
    return term.surface.istitle() and first.isupper() and first == term.surface.upper()


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """The dictionary that ships with the program, mapped on first use."""
    folder = Path(str(files("pipeline.language"))) / "data"
    return Dictionary(
        SortedLines(folder / "dictionary.tsv"),
        SortedLines(folder / "phrases.tsv"),
        SortedLines(folder / "dictionary-english.txt"),
    )
