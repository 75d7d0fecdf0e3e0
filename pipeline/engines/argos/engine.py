"""French sentences in, English hypotheses out, by an installed Argos Translate package.

The package is used as it is, but through the core in ``ct2.py``: sentence by sentence, so that no
alignment is lost, in full batches, and with underscores kept. Where no package leads from French to
English, two are chained over a third language, as Argos Translate does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from pipeline.engines.argos.ct2 import Translator
from pipeline.engines.argos.folders import installed_packages
from pipeline.engines.argos.package import ArgosPackage, content_hash
from pipeline.engines.decoding import Decoded, Decoding
from pipeline.engines.likelihood import likelihood
from pipeline.engines.protocol import Offer
from pipeline.engines.tokenizer import Tokenizer
from pipeline.errors import EngineError
from pipeline.model import (
    SOURCE_LANGUAGE,
    TARGET_LANGUAGE,
    EngineCard,
    Hypothesis,
    Likelihood,
    Request,
)
from pipeline.text import fingerprint

# Part of the engine's fingerprint: raise it when tokenizing or decoding change what comes out.
_DECODING_VERSION = 1
# Argos Translate's own, so that the same package gives the same text.
_LENGTH_PENALTY = 0.2
_LONGEST_OUTPUT = 256
# Packages are trained on sentences up to about this many pieces.
_MAX_SOURCE_PIECES = 150
_GUARD_NO_REPEAT, _GUARD_PENALTY = 4, 1.15
_CHUNK_SEGMENTS = 256


class _Tokenizer(Protocol):
    def encode(self, text: str) -> list[str]: ...

    def decode(self, pieces: list[str]) -> str: ...


def argos_offers() -> list[Offer]:
    """Offer the installed packages from French to English, else the pairs that lead there."""
    packages, _ = installed_packages()
    direct = [[p] for p in packages if (p.source, p.target) == (SOURCE_LANGUAGE, TARGET_LANGUAGE)]
    pairs = [
        [first, second]
        for first in packages
        for second in packages
        if first.source == SOURCE_LANGUAGE
        and first.target == second.source
        and second.target == TARGET_LANGUAGE
    ]
    return [_offer(route) for route in direct or pairs]


def _offer(route: Sequence[ArgosPackage]) -> Offer:
    # Hashing a package takes a moment, so that it is done once.
    card = cache(partial(_card, route))
    return Offer(
        card=card,
        open=lambda threads: _open(card(), route, threads),
        chunk_segments=_CHUNK_SEGMENTS,
        place=", ".join(str(package.folder) for package in route),
    )


def _card(route: Sequence[ArgosPackage]) -> EngineCard:
    hashes = [package.sha256 for package in route]
    return EngineCard(
        name="argos",
        title="Argos Translate " + ", ".join(package.title for package in route),
        version=", ".join(package.version for package in route),
        licence="see the package",
        fingerprint=fingerprint("argos", _DECODING_VERSION, hashes)[:16],
        size=sum(package.size for package in route),
        sha256=" ".join(hashes),
    )


def open_argos(route: Sequence[ArgosPackage], threads: int) -> ArgosEngine:
    """Load the packages of a route; raises EngineError where one is damaged."""
    return _open(_card(route), route, threads)


def _open(card: EngineCard, route: Sequence[ArgosPackage], threads: int) -> ArgosEngine:
    legs = [_Leg(package, threads) for package in route]
    # What was pinned or fingerprinted must be what was loaded.
    if " ".join(leg.sha256 for leg in legs) != card.sha256:
        raise EngineError(f"the package in {route[0].folder} is being changed", "run again")
    return ArgosEngine(card, legs)


class _Leg:
    """One package, loaded: sentences of its source language to sentences of its target language."""

    def __init__(self, package: ArgosPackage, threads: int) -> None:
        files = package.read()
        self.sha256 = content_hash(files)
        self._tokenizer = _open_tokenizer(package, files[package.tokenizer])
        model = {Path(name).name: data for name, data in files.items() if name.startswith("model/")}
        self._translator = Translator(model, threads)
        self._prefix = [package.target_prefix] if package.target_prefix else []

    def translate(
        self, texts: Sequence[str], decoding: Decoding, begins: Sequence[str] = ()
    ) -> list[list[Hypothesis]]:
        """Give each text's hypotheses, best first; they begin with what is given for each."""
        sources = [self.encode(text) for text in texts]
        prefixes = [
            [*self._prefix, *(self.encode(begin) if begin else [])]
            for begin in begins or [""] * len(texts)
        ]
        results = self._translator.translate(sources, prefixes, _LONGEST_OUTPUT, decoding)
        return [[self._hypothesis(decoded) for decoded in decodeds] for decodeds in results]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Likelihood]:
        """Say how probable each target is, given its source.

        Of a target longer than the model could have written, the beginning is scored.
        """
        sources = [self.encode(source) for source, _ in pairs]
        whole = [[*self._prefix, *self.encode(target)] for _, target in pairs]
        targets = [pieces[: _LONGEST_OUTPUT - 1] for pieces in whole]
        skipped = len(self._prefix)
        return [
            likelihood(text, pieces[skipped:], row[skipped:])
            for (_, text), pieces, row in zip(
                pairs, whole, self._translator.score(sources, targets), strict=True
            )
        ]

    def encode(self, text: str) -> list[str]:
        """Split a text into the pieces of the package."""
        return self._tokenizer.encode(text)

    def _hypothesis(self, decoded: Decoded) -> Hypothesis:
        pieces = list(decoded.pieces)
        if pieces[: len(self._prefix)] == self._prefix:
            del pieces[: len(self._prefix)]
        return Hypothesis(
            self._tokenizer.decode(pieces).strip(), min(decoded.score, 0.0), decoded.finished
        )


def _open_tokenizer(package: ArgosPackage, model: bytes) -> _Tokenizer:
    if package.tokenizer == "sentencepiece.model":
        return Tokenizer(model)
    from argostranslate.tokenizer import BPETokenizer

    path = package.folder / package.tokenizer
    tokenizer: _Tokenizer = BPETokenizer(path, package.source, package.target)
    try:
        tokenizer.encode("a")
    except Exception as error:
        raise EngineError(
            f"the model's tokenizer is damaged: {error}", "install it again"
        ) from None
    return tokenizer


class ArgosEngine:
    """One package, or two chained over a third language, loaded. Hints are not understood."""

    takes_hints = False
    # A beam costs a package little, and is what Argos Translate does.
    half_beam_suffices = False

    def __init__(self, card: EngineCard, legs: Sequence[_Leg]) -> None:
        self.card = card
        *self._before, self._last = legs

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        """Give each request's hypotheses, best first, as many as the beam is wide."""
        decoding = Decoding(beam_size, beam_size, length_penalty=_LENGTH_PENALTY)
        if guarded:
            decoding = Decoding(
                beam_size, beam_size, _GUARD_NO_REPEAT, _GUARD_PENALTY, _LENGTH_PENALTY
            )
        hypotheses = [[Hypothesis(request.source, 0.0, True)] for request in requests]
        for leg in [*self._before, self._last]:
            hypotheses = _chain(hypotheses, partial(leg.translate, decoding=decoding), beam_size)
        return [tuple(row) for row in hypotheses]

    def complete(
        self, begun: Sequence[tuple[Request, str]], beam_size: int
    ) -> list[tuple[Hypothesis, ...]]:
        """Give each request's hypotheses that begin with a text, best first."""
        decoding = Decoding(beam_size, beam_size, length_penalty=_LENGTH_PENALTY)
        sources = self._over_between([request.source for request, _ in begun])
        rows = self._last.translate(sources, decoding, [begin for _, begin in begun])
        return [tuple(row) for row in rows]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        """Say how probable each text is as the translation of its request.

        Of chained packages it is the last one's, given the best text over the language between.
        """
        sources = self._over_between([request.source for request, _ in pairs])
        targets = [target for _, target in pairs]
        return self._last.score(list(zip(sources, targets, strict=True)))

    def _over_between(self, sources: list[str]) -> list[str]:
        """Give the best text of each source in the language that the last package reads."""
        for leg in self._before:
            best = leg.translate(sources, Decoding(4, 1, length_penalty=_LENGTH_PENALTY))
            sources = [hypotheses[0].text for hypotheses in best]
        return sources

    def fits(self, text: str) -> bool:
        """Tell whether the text is within the length that packages are trained on."""
        first = [*self._before, self._last][0]
        return len(text) <= _MAX_SOURCE_PIECES or (
            len(text) <= 16 * _MAX_SOURCE_PIECES and len(first.encode(text)) <= _MAX_SOURCE_PIECES
        )


def _chain(
    hypotheses: Sequence[Sequence[Hypothesis]],
    translate: Callable[[Sequence[str]], list[list[Hypothesis]]],
    wanted: int,
) -> list[list[Hypothesis]]:
    """Translate every hypothesis of every sentence on, and keep the best of each sentence."""
    flat = [hypothesis for row in hypotheses for hypothesis in row]
    further = iter(translate([hypothesis.text for hypothesis in flat]))
    return [_best(row, [next(further) for _ in row], wanted) for row in hypotheses]


def _best(
    row: Iterable[Hypothesis], further: Iterable[Iterable[Hypothesis]], wanted: int
) -> list[Hypothesis]:
    found = [
        Hypothesis(then.text, first.score + then.score, first.finished and then.finished)
        for first, thens in zip(row, further, strict=True)
        for then in thens
    ]
    # Sorting is stable, so that a single leg keeps the order its search gave.
    return (
        sorted(found, key=lambda h: h.score, reverse=True)[:wanted]
        if wanted < len(found)
        else found
    )
