"""The terms written for this project in, their lines for the dictionary out.

    python -m tools.dictionary_phrases [--phrases tools/phrases] [--out pipeline/language/data]

Each file of the folder has a term a line: "French TAB English|other English TAB kind". The first
rendering is what a translator of the press would write nearly always, and the others answer the
term as well. A verb phrase begins with its infinitive. A "?" behind the kind says that the context
chooses among the renderings: they answer the term, and none is asked for. ``phrases.tsv`` has lines
like those of ``dictionary.tsv`` (how often a term was seen is taken from there), and stands before
it; the renderings are ordered by how often translators choose them (``tools/dictionary_usage.py``),
those of learnt words, too. What a term means in some domain (``pipeline/language/domains.py``) is
added as its last renderings. What is no English word yet for ``dictionary-english.txt`` is added to
it, from the renderings and from the English of the pairs that were written for the project
(``models/recipe/press``).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpus import pairs_to_learn
from pipeline.language.dictionary.english_forms import lemmas
from pipeline.language.dictionary.entries import KINDS, SURE, Rendering, parsed
from pipeline.language.dictionary.keys import LONGEST
from pipeline.language.domains import meanings
from pipeline.language.lemmas import is_infinitive
from pipeline.language.words import WORD
from pipeline.text import fold
from tools.dictionary_count import heads_key
from tools.dictionary_merge import hundredths
from tools.dictionary_usage import PAIRS, Usage, shares, times
from tools.dictionary_usage import read as read_usage

PHRASES = Path(__file__).parent / "phrases"
DATA = Path(__file__).parents[1] / "pipeline/language/data"
# Hundredths: of the first rendering, of all others together; how far those may be trusted.
_FIRST, _OTHERS, _OTHERS_SAFE = 60, 35, 30
_NEVER = ("0", "0")
_UNUSED: Mapping[tuple[str, ...], int] = {}
_TELLING = 5  # uses from which on those of a learnt word count
_LEAST = 0.005  # share of a rendering that is less than a hundredth
_THEIRS = re.compile(r"\bleurs?\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A French term, its renderings, the best first, and its kind (see ``Rendering``).

    ``open``: the context says which rendering is right, so that none may be asked for.
    """

    head: str
    renderings: tuple[str, ...]
    kind: str
    open: bool = False

    @property
    def form(self) -> str:
        """The term as the dictionary has it: a single word in small letters."""
        key = heads_key(self.head)
        return self.head if " " in key else key

    @property
    def key(self) -> str:
        """What its line begins with."""
        key = heads_key(self.head)
        return key if " " in key else fold(key)

    @property
    def counted(self) -> str:
        """What the learnt dictionary counts it by."""
        return self.key if " " in self.key else self.form

    @property
    def identity(self) -> str:
        """What no two terms share."""
        return self.counted + (" +" if _THEIRS.search(self.head) else "")

    def line(self, seen: tuple[str, str], used: Mapping[tuple[str, ...], int] = _UNUSED) -> str:
        """Give its line; ``seen`` are its occurrences in the training text and in all texts.

        ``used`` says how often translators chose its renderings: the first stays the first unless
        the context chooses.
        """
        rest = len(self.renderings) - 1
        own = [_FIRST, *[_OTHERS / rest] * rest] if rest else [_FIRST + _OTHERS]
        chosen = times(self.renderings, used)
        told = sum(chosen)
        if told:
            own = [(_FIRST + _OTHERS) * share for share in shares(own, chosen)]
        ranks = sorted(range(rest + 1), key=lambda rank: (rank > 0 or self.open, -own[rank]))
        safe = [0 if self.open else _OTHERS_SAFE] * len(own)
        if not self.open:
            safe[0] = round(100 * SURE)
        text = "|".join(
            f"{self.renderings[rank]}~{self.kind}~{int(own[rank])}~50~{safe[rank]}"
            for rank in ranks
        )
        return "\t".join((self.key, self.form, "", *seen, text))


def phrase(line: str) -> Phrase:
    """Read a line; raises ValueError where it is none."""
    head, english, kind = line.split("\t")
    is_open, kind = kind.endswith("?"), kind.removesuffix("?")
    renderings = list({text.lower(): text for text in reversed(english.split("|"))}.values())[::-1]
    if kind == "v":
        head = head.replace("s'", "se ", 1) if head.startswith("s'") else head  # s'imposer
    words = WORD.findall(head)
    fit = 0 < len(words) <= LONGEST and kind in KINDS and english == english.strip()
    if not fit or not all(WORD.search(text) and "~" not in text for text in renderings):
        raise ValueError(line)
    kind = "V" if kind == "v" and len(words) > 1 else kind
    return Phrase(head, tuple(renderings), kind, is_open)


def read(folder: Path) -> dict[str, Phrase]:
    """Read the terms of a folder by form: of one form, that of the first file by name counts.

    Words that differ in their accents alone (mur, mûr) share the key of their lines, and so do
    « à sa guise » and « à leur guise ».
    """
    found: dict[str, Phrase] = {}
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            each = phrase(line)
            found.setdefault(each.identity, each)
    return found


def meant() -> dict[str, list[str]]:
    """Give what each term means in some domain."""
    found: dict[str, list[str]] = {}
    for table in meanings().values():
        for french, english in table.items():
            found.setdefault(french, []).extend(english)
    return found


def lacking(known: Iterable[str], english: Iterable[str]) -> list[str]:
    """Give the renderings of a term that are not known in any form."""
    forms = {lemmas(text.lower()) for text in known}
    left = {lemmas(text.lower()): text for text in english}
    return [text for form, text in left.items() if form not in forms]


def with_meanings(phrases: Mapping[str, Phrase], learnt: Iterable[str]) -> dict[str, Phrase]:
    """Add what terms mean in some domain: to those there are, and terms that are not known."""
    found, left = dict(phrases), meant()
    for name, each in phrases.items():
        if english := left.pop(each.form, None):
            more = lacking(each.renderings, english)
            found[name] = replace(each, renderings=(*each.renderings, *more))
    for line in learnt:
        left.pop(line.split("\t")[1], None)
    for french, english in left.items():
        kind = ("V" if " " in french else "v") if is_infinitive(french.split()[0]) else "n"
        made = Phrase(french, tuple(lacking((), english)), kind, open=True)
        found.setdefault(made.identity, made)
    return found


def lines(phrases: Mapping[str, Phrase], learnt: Sequence[str], usage: Usage) -> Iterator[str]:
    """Yield the lines of terms, with the counts that the lines of the learnt dictionary have.

    Then those of learnt words whose renderings are used otherwise than they were learnt, or that
    mean something else in some domain.
    """
    phrases = with_meanings(phrases, learnt)
    seen: dict[str, tuple[str, str]] = {}
    words, wanted = [], meant()
    for line in learnt:
        key, form, base, first, every, _ = line.split("\t")
        seen[key if " " in key else form] = (first, every)
        told = form in usage or form in wanted
        if " " not in key and not base and form not in phrases and told:
            words.append((line, wanted.get(form, ())))
    for each in phrases.values():
        yield each.line(seen.get(each.counted, _NEVER), usage.get(each.form, _UNUSED))
    for line, english in words:
        yield from _used_otherwise(line, english, usage)


def _used_otherwise(line: str, english: Iterable[str], usage: Usage) -> Iterator[str]:
    """Yield the line of a learnt word with the shares that its renderings have in the pairs.

    ``english`` is what it means besides.
    """
    entry = parsed(line)
    kind = entry.renderings[0].kind if entry.renderings else "n"
    more = [
        Rendering(text, _LEAST, 0.5, kind, 0.0)
        for text in lacking([each.text for each in entry.renderings], english)
    ]
    entry = replace(entry, renderings=(*entry.renderings, *more))
    chosen = times([each.text for each in entry.renderings], usage.get(entry.form, _UNUSED))
    if sum(chosen) < _TELLING and not more:
        return
    own = [max(each.probability, _LEAST) for each in entry.renderings]
    every = sum(own)
    made = [
        (share * every, each.safe * share * every / before, each)
        for share, before, each in zip(shares(own, chosen), own, entry.renderings, strict=True)
    ]
    text = "|".join(
        f"{each.text}~{each.kind}~{hundredths(share)}~{hundredths(each.back)}~{hundredths(safe)}"
        for share, safe, each in sorted(made, key=lambda told: -told[0])
    )
    yield "\t".join((*line.split("\t")[:-1], text))


def english_words(phrases: Mapping[str, Phrase]) -> Iterator[str]:
    """Yield the words of all renderings but those of names, which may be French."""
    for each in phrases.values():
        for text in each.renderings:
            yield from (word for word in WORD.findall(text) if word.islower() and word.isascii())


def words_of_pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the words in small letters of the English of pairs, unless their French has them."""
    for french, english in pairs:
        own = set(WORD.findall(french.lower()))
        for word in WORD.findall(english):
            if word.islower() and word.isascii() and word.isalpha() and word not in own:
                yield word


def write(path: Path, made: Iterable[str]) -> None:
    """Write lines sorted by their bytes, each once."""
    path.write_bytes(b"".join(sorted({f"{line}\n".encode() for line in made})))


def build(folder: Path, out: Path) -> int:
    """Write the lines of a folder's terms beside the dictionary; add their English words to it."""
    phrases = read(folder)
    learnt = (out / "dictionary.tsv").read_text(encoding="utf-8").splitlines()
    write(out / "phrases.tsv", lines(phrases, learnt, read_usage()))
    words = out / "dictionary-english.txt"
    known = words.read_text(encoding="utf-8").splitlines()
    write(words, {*known, *english_words(phrases), *words_of_pairs(pairs_to_learn(PAIRS))})
    return len(phrases)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phrases", type=Path, default=PHRASES)
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    print(build(options.phrases, options.out), "terms")


if __name__ == "__main__":
    main()
