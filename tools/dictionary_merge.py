"""Aligned words, counts and facts in, the lines of the dictionary out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.language.dictionary.english_forms import english_lemma
from pipeline.language.dictionary.keys import is_content, plain
from pipeline.language.lemmas import is_infinitive, known, lemma
from pipeline.language.small_words import FRENCH_FUNCTION
from pipeline.language.words import WORD
from pipeline.text import fold
from tools.dictionary_count import Counts, heads_key
from tools.dictionary_facts import RUDE_FRENCH, Fact, rude

EXPLAINED = 0.4  # share of the links of two words that terms they are part of may have
UNALIGNED = 0.5  # share of a rendering that is never aligned
UNHEARD = 0.4  # how far a fact is believed whose English word the pairs never have
PRIOR = 2.0  # sentences that the facts of a word count for
MOST = 8  # renderings of a word
MOST_FORMS = 4  # renderings of one inflected form
COMMON = 0.4  # share of capitals below which a word is no name
NAME = 0.9  # share of capitals from which a word is a name

Aligned = Mapping[str, Mapping[str, float]]


@dataclass
class Candidate:
    """One rendering: the evidence for it in sentences (``hits``) and in facts (``weight``)."""

    text: str
    kind: str = ""
    hits: float = 0.0
    back: float = 0.0
    weight: float = 0.0
    sources: int = 0


@dataclass
class Corpora:
    """What the pairs teach: translations of forms, their counts, both ways; how words are spelt."""

    aligned: Aligned
    french: Mapping[str, int]
    english: Mapping[str, int]
    counts: Counts

    def __post_init__(self) -> None:
        self.spelling = _spellings(self.counts.english)
        self.capitals = _capitals(self.counts.french)

    def spelt(self, word: str) -> str:
        """An English word as it is mostly written within a sentence: German, UN, bribe."""
        return self.spelling.get(word, word)


def _spellings(words: Counter[str]) -> dict[str, str]:
    best: dict[str, tuple[int, str]] = {}
    for word, seen in words.items():
        best[word.lower()] = max(best.get(word.lower(), (0, "")), (seen, word))
    return {lower: word for lower, (_, word) in best.items() if word != lower}


def _capitals(words: Counter[str]) -> dict[str, float]:
    every: Counter[str] = Counter()
    high: Counter[str] = Counter()
    for word, seen in words.items():
        every[plain(word)] += seen
        high[plain(word)] += seen * word[0].isupper()
    return {word: high[word] / every[word] for word in every}


def base_form(form: str, heads: Mapping[str, list[Fact]]) -> str:
    """The dictionary form of a French word: a singular that is a word of its own before a verb."""
    found = lemma(form)
    infinitive = found.removesuffix("é") + "er"
    kinds = {fact.kind for fact in heads.get(found, ())}
    if found.endswith("é") and kinds <= {"a", ""} and is_infinitive(infinitive):
        found = infinitive
    if found != form and _told(form, heads) > _told(found, heads):
        return form
    for plural, singular in (("aux", "al"), ("eaux", "eau"), ("s", ""), ("x", "")):
        if form.endswith(plural) and len(form) > 3:
            one = form.removesuffix(plural) + singular
            is_verb = is_infinitive(found) and lemma(one) != found
            # « Taux », which the lexicon lacks, is more than the plural of TAL.
            unknown = not known(form) and _told(one, heads) >= _told(form, heads)
            if one in heads and (one == found or is_verb or unknown):
                return one
    if found != form and found not in heads and form in heads:
        return form
    return found


def _told(head: str, heads: Mapping[str, list[Fact]]) -> float:
    """How far the facts of a head are believed, all together."""
    return sum(fact.weight for fact in heads.get(head, ()))


def _partial(english: str, candidates: Mapping[str, Candidate]) -> bool:
    """Whether a word is only a part of a rendering of several words."""
    return any(english in re.split("[ -]", key)[:-1] for key in candidates)


class Builder:
    """Joins what the pairs and the facts know of each French word."""

    def __init__(self, corpora: Corpora, facts: Mapping[str, list[Fact]]) -> None:
        self.corpora = corpora
        self.singles: defaultdict[str, list[Fact]] = defaultdict(list)
        self.phrases: defaultdict[str, list[Fact]] = defaultdict(list)
        for head, each in facts.items():
            key = heads_key(head)
            if " " in key:
                self.phrases[key].extend(each)
            elif key not in RUDE_FRENCH:
                common = self._common(head, key)
                self.singles[key] += [f for f in each if not (common and f.kind == "N")]
        for found in (*self.singles.values(), *self.phrases.values()):
            found.sort(key=lambda fact: -fact.weight)
        self.bases: dict[str, str] = {}
        self.pooled: defaultdict[str, defaultdict[str, float]] = defaultdict(
            lambda: defaultdict(float)
        )
        self.exact: defaultdict[str, dict[str, tuple[float, str]]] = defaultdict(dict)
        self.seen: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self._words = {key: WORD.findall(plain(each[0].head)) for key, each in self.phrases.items()}
        for word, seen in corpora.english.items():
            self.given[english_lemma(word)] += seen
        for form in corpora.french:
            base = base_form(base_form(form, self.singles), self.singles)
            if not RUDE_FRENCH.isdisjoint((form, base)):
                continue
            self.bases[form] = base
            self.seen[base] += corpora.french[form]
            for english, hits in corpora.aligned.get(form, {}).items():
                key = english_lemma(english)
                self.pooled[base][key] += hits
                if form == base:
                    best = self.exact[base].get(key, (0.0, ""))
                    self.exact[base][key] = max(best, (hits, english))
        self.explained = self._explain()

    def _explain(self) -> Counter[tuple[str, str]]:
        """How often a word and an English one stand together as parts of a term: sûr, course."""
        explained: Counter[tuple[str, str]] = Counter()
        for (key, english), hits in sorted(self.corpora.counts.hits.items()):
            if " " in key:
                for base in {self.bases.get(word, word) for word in self._words.get(key, ())}:
                    for word in WORD.findall(english.lower()):
                        explained[base, english_lemma(word)] += hits
        return explained

    def _common(self, head: str, word: str) -> bool:
        """Whether a head is a name that is spelt as a common word is: Tours, Forward."""
        mixed = head[0].isupper() and not head.isupper()
        return mixed and self.corpora.capitals.get(word, 1.0) < COMMON

    def word(self, base: str) -> list[Candidate]:
        """The renderings of a word in its dictionary form, the likeliest first."""
        facts = self.singles.get(base, [])
        candidates: dict[str, Candidate] = {}
        for fact in facts:
            one = " " not in fact.english and "-" not in fact.english
            key = english_lemma(fact.english) if one else fact.english.lower()
            known_one = candidates.setdefault(key, Candidate(fact.english, fact.kind))
            unheard = one and not self.given[key]
            known_one.weight += fact.weight * (UNHEARD if unheard else 1.0)
            known_one.sources = max(known_one.sources, fact.sources)
            if one and fact.weight > 1 and not is_content(fact.english.lower(), False):
                known_one.hits = UNALIGNED * self.seen[base]  # WHO is spelt as a function word is
            if not one:
                tried = self.corpora.counts.tried[base]
                share = self.corpora.counts.hits[base, fact.english] / tried if tried else 0.0
                known_one.hits = max(known_one.hits, share * self.seen[base])
                known_one.back = 0.5
        main = next((fact.kind for fact in facts), "")
        if not main:
            main = "v" if is_infinitive(base) else ""
            main = "N" if self.corpora.capitals.get(base, 0) >= NAME else main
        total = max(self.seen[base], 1)
        for key, hits in self.pooled.get(base, {}).items():
            share, back = hits / total, hits / max(self.given[key], 1)
            if key in candidates:
                candidates[key].hits, candidates[key].back = hits, back
                own = self.exact[base].get(key, (0.0, ""))
                if base[-1] in "sx" and candidates[key].kind == "n" and own[0] > hits / 2:
                    candidates[key].text = self.corpora.spelt(own[1])  # messieurs: gentlemen
            elif (
                self._sure(key, hits, share, back, bool(facts))
                and not _partial(key, candidates)
                and self.explained[base, key] < EXPLAINED * hits
            ):
                text = self.corpora.spelt(self.exact[base].get(key, (0.0, key))[1])
                candidates[key] = Candidate(text, main, hits, back)
        return self._ranked(candidates, total)

    @staticmethod
    def _sure(english: str, hits: float, share: float, back: float, facts: bool) -> bool:
        """Whether an aligned word that no fact knows is a translation."""
        if rude(english) or back < 0.01:
            return False
        if facts:
            return hits >= 4 and share >= 0.08 and back >= 0.02
        return hits >= 1.8 and share >= 0.3 and (hits >= 4 or back >= 0.2)

    @staticmethod
    def _ranked(candidates: Mapping[str, Candidate], total: float) -> list[Candidate]:
        weights = sum(c.weight for c in candidates.values()) or 1.0
        for each in candidates.values():
            each.hits = (each.hits + PRIOR * each.weight / weights) / (total + PRIOR)
        kept = [c for c in candidates.values() if c.hits >= 0.004]
        return sorted(kept, key=lambda c: (-c.hits, -c.weight, c.text))[:MOST]

    def inflected(self, form: str, base: str, allowed: Mapping[str, int]) -> list[Candidate]:
        """The renderings of one inflected form, as the pairs have it."""
        total = self.corpora.french[form]
        found: dict[str, Candidate] = {}
        for english, hits in self.corpora.aligned.get(form, {}).items():
            if rude(english):
                continue
            if english_lemma(english) in allowed and hits >= 1.5 and hits / total >= 0.03:
                back = hits / max(self.corpora.english.get(english, 1), 1)
                text = self.corpora.spelt(english)
                found[english] = Candidate(
                    text, "", hits / total, back, 0, allowed[english_lemma(english)]
                )
        for fact in self.singles.get(form, []) if form != base else []:
            if fact.english.lower() not in found and fact.weight >= 0.5:
                share = PRIOR / (total + PRIOR)
                found[fact.english.lower()] = Candidate(
                    fact.english, fact.kind, share, 0.3, fact.weight, fact.sources
                )
        return sorted(found.values(), key=lambda c: (-c.hits, c.text))[:MOST_FORMS]

    def term(self, key: str) -> list[Candidate]:
        """The renderings of a term of several words."""
        candidates: dict[str, Candidate] = {}
        tried = self.corpora.counts.tried[key]
        hand = False
        for fact in self.phrases[key]:
            name = "N" if fact.kind == "N" else ""
            one = candidates.setdefault(
                name + fact.english.lower(), Candidate(fact.english, fact.kind)
            )
            one.weight += fact.weight
            one.sources = max(one.sources, fact.sources)
            one.hits = self.corpora.counts.hits[key, fact.english]
            one.back = 0.5
            hand = hand or fact.sources > 2
        best = max(c.hits for c in candidates.values())
        if tried >= 8 and best < 0.08 * tried and not hand:
            return []
        return self._ranked(candidates, max(tried, 1))


def safety(each: Candidate, among: list[Candidate]) -> float:
    """How far a rendering may be trusted as a hint, from 0 to 1.

    0.6 of its probability, which is how often a translator chose it; the rest for facts that
    confirm it, as far as it stands out among the others.
    """
    told = {0: 0.3, 1: 0.6, 2: 0.85, 3: 0.95}.get(each.sources, 1.0)
    rivals = sum(other.hits for other in among if other.text.lower() != each.text.lower())
    return 0.6 * each.hits + 0.4 * told * each.hits / (each.hits + rivals)


def hundredths(share: float) -> int:
    """A share as the file has it; nothing learnt is certain."""
    return min(99, round(100 * share))


def shown(candidates: list[Candidate]) -> str:
    """Renderings as the file has them: text, kind, p(e|f), p(f|e), safety, in hundredths."""
    return "|".join(
        "~".join(
            [
                each.text,
                each.kind,
                *(
                    str(hundredths(share))
                    for share in (each.hits, each.back, safety(each, candidates))
                ),
            ]
        )
        for each in candidates
    )


def lines(corpora: Corpora, facts: Mapping[str, list[Fact]]) -> Iterator[str]:
    """Yield the lines of the dictionary, in no order.

    Key, form, lemma (empty where the form is one), occurrences in the first file and in all,
    renderings; separated by tabs.
    """
    build = Builder(corpora, facts)
    first, every = corpora.counts.forms
    allowed: dict[str, dict[str, int]] = {}
    for base in sorted(set(build.singles) | set(build.seen)):
        if build.bases.get(base, base) != base and base not in build.seen:
            continue
        if not is_content(base, True) and base not in build.singles:
            continue
        candidates = build.word(base)
        allowed[base] = {english_lemma(c.text): c.sources for c in candidates}
        if candidates:
            text = shown(candidates)
            yield f"{fold(base)}\t{base}\t\t{first[base]}\t{every[base]}\t{text}"
    for form, base in build.bases.items():
        if form != base and form not in FRENCH_FUNCTION and base in allowed:
            candidates = build.inflected(form, base, allowed[base])
            text = shown(candidates)
            if text or not known(form):
                yield f"{fold(form)}\t{form}\t{base}\t{first[form]}\t{every[form]}\t{text}"
    first, every = corpora.counts.terms
    for key, each in build.phrases.items():
        if not any(is_content(word, True) for word in WORD.findall(plain(each[0].head))):
            continue
        candidates = build.term(key)
        if candidates:
            text = shown(candidates)
            yield f"{key}\t{each[0].head}\t\t{first[key]}\t{every[key]}\t{text}"
