"""Readers, stages, checks and exports at doubling sizes, by processor time: none may grow faster
than its input by more than an exponent of 1.3, the layout of pages by 1.5; and memory by the words.
"""

from __future__ import annotations

import gc
import math
import os
import resource
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.checks import CHECKS, CheckProfile
from pipeline.checks.base import Case
from pipeline.documents import READERS
from pipeline.glossary import Matcher
from pipeline.glossary.formats import glossary_bytes, glossary_text, read_file
from pipeline.glossary.lint import lint
from pipeline.language.dictionary import dictionary
from pipeline.language.numbers import compare
from pipeline.language.sentences import sentence_spans
from pipeline.model import EditionContent, Origin, Segment, Translated, Translation
from pipeline.stages.publish.exports import EXPORTS
from pipeline.stages.publish.render import build_edition, render_html, render_pdf
from pipeline.stages.score import stage as score
from pipeline.stages.translate.prepare import prepare
from pipeline.text import clean
from tests.proof import fuzz
from tests.proof.ground import Fixture, forked, place, run_here, work
from tests.proof.report import Tally
from tests.support.paths import ROOT

LIMIT, LAYOUT = 1.3, 1.5
# Seconds below which a time says nothing, and from which on it says enough.
_LEAST, _ENOUGH = 0.01, 0.3
_DOUBLINGS = 5
# An exponent over its limit is measured so often again, and the least counts: what else runs on a
# machine makes one too large now and then, but never makes quadratic work linear.
AGAIN = 2
WORDS = (1_000, 10_000, 50_000, 100_000)

# What texts are made of, over and over: sentences, and what checks and parsers have to search in.
PATTERNS = {
    "sentences": "Le comité {n} a signé un accord avec 12 pays à Riga, « sans délai ». ",
    "numbers": "{n} ",
    "one number": "7 ",
    "names": "Jean{n} Dupont ",
    "quotes": "« a » ",
    "one word": "a",
    "emphasis": "*a **b ",
    "spaces": "a     ",
}
# What the dictionary has to look up: nothing parts its terms, or all begin as phrases do.
LOOKED_UP = PATTERNS | {
    "words": "vent maison marchandise remontait jeudi trois mars ",
    "verbs": "sans le rabrouer ils se sont fait connaître ",
    "capitals": "Jeudi ",
}


def growth(tally: Tally, share: Callable[[int], bool], doublings: int = _DOUBLINGS) -> None:
    """Measure everything that is this process's share."""
    for number, (name, pattern, limit, make, work_) in enumerate(_measured()):
        if share(number):
            measured = partial(forked, partial(_exponent, make, work_, doublings), patience=300)
            outcome = measured()
            for _ in range(AGAIN):
                if outcome.value and outcome.value[0] > limit:
                    again = measured()
                    outcome = again if again.value and again.value < outcome.value else outcome
            exponent, seconds, size = outcome.value or (99.0, 0.0, 0)
            fault = outcome.fault
            if not fault and exponent > limit:
                fault = f"exponent {exponent:.2f}, {seconds:.2f} s at {size}"
            tally.add("exponents", fault, f"{name}: {pattern}")
            row = [name, pattern, round(exponent, 2), round(seconds, 3), size]
            tally.figures.setdefault("exponents", []).append(row)
    for piece, words in enumerate(WORDS, 10_000):
        if share(piece):
            tally.figures.setdefault("memory", []).append(_memory(tally, words))


def _text(pattern: str, size: int) -> str:
    return "".join(LOOKED_UP[pattern].format(n=number % 90 + 10) for number in range(size))


def _exponent(
    make: Callable[[int], Any], work_: Callable[[Any], object], doublings: int
) -> tuple[float, float, int]:
    """Give the exponent of the last doublings that took long enough, and the last of them."""
    size, times = 32, []
    for _ in range(doublings + 6):
        making = time.process_time()
        given = make(size)
        gc.collect()
        begun = time.process_time()
        work_(given)
        took = time.process_time() - begun
        times.append((size, took))
        if max(begun - making, times[-1][1]) > _ENOUGH:
            break
        size *= 2
    told = [each for each in times if each[1] >= _LEAST][-4:]
    if len(told) < 2:
        return 1.0, times[-1][1], times[-1][0]
    (first, early), (last, late) = told[0], told[-1]
    return math.log(late / early) / math.log(last / first), late, last


def _measured() -> Iterator[tuple[str, str, float, Callable[[int], Any], Callable[[Any], object]]]:
    for pattern in PATTERNS:
        text, data = partial(_text, pattern), partial(_bytes, pattern)
        for suffix in (".txt", ".md", ".html"):
            yield f"read {suffix}", pattern, LIMIT, data, partial(_read, suffix)
        yield "clean", pattern, LIMIT, text, clean
        yield "segment", pattern, LIMIT, text, sentence_spans
        yield "match", pattern, LIMIT, text, _matched
        for name in CHECKS:
            yield f"check {name}", pattern, LIMIT, partial(_case, pattern), partial(_checked, name)
        yield "numbers", pattern, LIMIT, text, partial(compare, translation="The cat sat.")
    for pattern in LOOKED_UP:
        text = partial(_text, pattern)
        yield "look up", pattern, LIMIT, text, dictionary().terms
        yield "prepare", pattern, LIMIT, text, prepare
        if pattern not in PATTERNS:
            case = partial(_case, pattern)
            yield "check confusions", pattern, LIMIT, case, partial(_checked, "confusions")
    yield "glossary", "entries", LIMIT, _entries, _loaded
    yield "lint", "entries", LIMIT, _entries, _linted
    for name in EXPORTS:
        yield f"export {name}", "sentences", LIMIT, _content, partial(_exported, name)
    yield "html", "sentences", LIMIT, _content, _set
    yield "check, score and rank", "sentences", LIMIT, _content, _scored
    yield "pdf", "sentences", LAYOUT, _content, _printed


def _bytes(pattern: str, size: int) -> bytes:
    return _text(pattern, size).encode()


def _read(suffix: str, data: bytes) -> object:
    return READERS[suffix](data, "utf-8")


def _matched(text: str) -> object:
    return Matcher(fuzz.glossary().entries).matches(text)


def _checked(name: str, case: Case) -> object:
    return list(CHECKS[name].run(case))


def _exported(name: str, content: EditionContent) -> object:
    return EXPORTS[name].make(content)


def _set(content: EditionContent) -> object:
    return render_html(build_edition(content))


def _case(pattern: str, size: int) -> Case:
    text = _text(pattern, size)
    english = f"It says {text[: len(text) // 2]}"
    translation = Translation("b0000.s01", english, -0.5, True, "e", Origin.ENGINE)
    return Case(Segment("b0000.s01", 0, 0, len(text), text), translation)


def _entries(size: int) -> Path:
    rows = "".join(f"  - {{source: mot{n} vert, target: word{n} green}}\n" for n in range(size))
    path = ROOT / "build" / f"grown-{os.getpid()}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("name: G\nentries:\n" + rows, "utf-8")
    return path


def _loaded(path: Path) -> object:
    return glossary_bytes(glossary_text(read_file(path)), Path("x.csv"))


def _linted(path: Path) -> object:
    return lint([read_file(path)])


def _content(size: int) -> EditionContent:
    return fuzz.content_of(_text("sentences", size).replace("délai ». ", "délai ».\n\n").encode())


def _scored(content: EditionContent) -> object:
    text = Translated(content.document, content.segments, content.translations, content.occurrences)
    return score.checked_and_scored(
        text, Fixture().card, fuzz.glossary().entries, {}, None, CheckProfile(frozenset(), {})
    )


def _printed(content: EditionContent) -> object:
    return render_pdf(build_edition(content))


def _memory(tally: Tally, words: int) -> list[Any]:
    """Run a job of so many words; give the megabytes and the seconds that it took."""
    with place() as folder:
        work(folder, _text("sentences", words // 13).replace("délai ». ", "délai ».\n\n"))
        outcome = forked(_peak, patience=900)
    fault = outcome.fault or ("" if outcome.value[0] == 0 else str(outcome.value))
    tally.add("memory", fault, f"{words} words")
    return [words, *(outcome.value or (1, 0, 0))[1:]]


def _peak() -> tuple[int, int, float]:
    os.environ["ENREGARD_OUTPUT"] = "output"
    before = time.process_time()
    done = run_here("run", "t.md", "--json")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return done.code, peak, round(time.process_time() - before, 1)
