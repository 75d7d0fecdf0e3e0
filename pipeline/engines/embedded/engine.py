"""French sentences and glossary hints in, English hypotheses out, by the model that ships.

A decoder-only model reads ``<bos> (<|term|> source (<|is|> target)+)* <|fr|> sentence <|en|>`` and
continues with the translation; see ``models/MODEL_CARD.md``. A term with one target is a hint, with
several a suggestion, and so with one and an empty one. The markers are control pieces that no text
can produce.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pipeline.engines.decoding import Decoded, Decoding
from pipeline.engines.embedded import files
from pipeline.engines.embedded.spaces import SPACE, parted
from pipeline.engines.likelihood import likelihood
from pipeline.engines.protocol import Offer
from pipeline.engines.tokenizer import Tokenizer
from pipeline.model import EngineCard, Hypothesis, Likelihood, Request
from pipeline.text import fingerprint

if TYPE_CHECKING:
    from pipeline.engines.embedded.decoder import Decoder

_MODEL = "fr-en-1"
# Part of the engine's fingerprint: raise it when prompts or decoding change what comes out.
_DECODING_VERSION = 13

_SPACES = re.compile(rf"[\s\u00a0\u202f\u2007\u2009{SPACE}]+")
# Workers wait for each other at the end of a chunk, so it should be long; but it is also what a
# kill can lose, and how often progress is shown.
_CHUNK_SEGMENTS = 64
# No English sentence needs more pieces than this for the French it translates.
_GROWTH, _ALLOWANCE = 2, 24
# Forbidding repeated phrases stops loops, but can hurt a sentence that has them in French too. So
# only sentences that went wrong are decoded under this guard.
_GUARD_NO_REPEAT = 5


def embedded_card() -> EngineCard:
    """Give the embedded model's card without loading it."""
    manifest = files.manifest(_MODEL)
    parts = manifest["files"]
    hashes = {name: file["sha256"] for name, file in parts.items()}
    return EngineCard(
        name="embedded",
        title=manifest["title"],
        version=manifest["version"],
        licence=manifest["licence"],
        fingerprint=fingerprint(
            "embedded", _DECODING_VERSION, files.graph(), manifest["max_source_pieces"], hashes
        )[:16],
        size=sum(file["bytes"] for file in parts.values()),
        sha256=fingerprint(hashes),
    )


def embedded_offers() -> list[Offer]:
    """Offer the model that ships with Enregard."""
    place = ", ".join(map(str, files.folders(_MODEL)))
    return [Offer(embedded_card, open_embedded, _CHUNK_SEGMENTS, place, unswayed=True)]


def open_embedded(threads: int) -> EmbeddedEngine:
    """Load the embedded model (some 200 MB of memory and one second).

    Raises EngineError where a file is missing or its hash is not the manifest's.
    """
    tokenizer, decoder = load(partial(files.content, _MODEL), threads)
    longest = files.manifest(_MODEL)["max_source_pieces"]
    return EmbeddedEngine(embedded_card(), tokenizer, decoder, longest)


def load(content: Callable[[str], bytes], threads: int) -> tuple[Tokenizer, Decoder]:
    """Load a model from the content of its files, by name."""
    from pipeline.engines.embedded.decoder import Decoder
    from pipeline.engines.embedded.network import Network
    from pipeline.engines.embedded.weights import read_arrays

    tokenizer = Tokenizer(content("sentencepiece.model"))
    vocabulary = json.loads(content("vocabulary.json"))
    # The weights shall not be kept: they would be in memory twice while the network is built.
    network = Network(
        content(files.graph()), content("overflow.onnx"), read_arrays(content("model.bin"))
    )
    return tokenizer, Decoder(network, vocabulary, unknown="<unk>", end="<eos>", threads=threads)


class EmbeddedEngine:
    """The embedded model, loaded."""

    takes_hints = True
    half_beam_suffices = True

    def __init__(
        self, card: EngineCard, tokenizer: Tokenizer, decoder: Decoder, max_source_pieces: int
    ) -> None:
        self.card = card
        self._tokenizer = tokenizer
        self._decoder = decoder
        self._max_source_pieces = max_source_pieces

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        """Give each request's hypotheses, best first, as many as the beam is wide."""
        decoding = Decoding(beam_size, beam_size, _GUARD_NO_REPEAT if guarded else 0)
        return self._continue([(request, "") for request in requests], decoding)

    def complete(
        self, begun: Sequence[tuple[Request, str]], beam_size: int
    ) -> list[tuple[Hypothesis, ...]]:
        """Give each request's hypotheses that begin with a text, best first."""
        return self._continue(begun, Decoding(beam_size, beam_size))

    def _continue(
        self, begun: Sequence[tuple[Request, str]], decoding: Decoding
    ) -> list[tuple[Hypothesis, ...]]:
        prompts = [self._prompt(request) for request, _ in begun]
        limits = [_GROWTH * len(self._pieces(each.source)) + _ALLOWANCE for each, _ in begun]
        begins = [self._pieces(text) for _, text in begun]
        forced = [[*prompt, *begin] for prompt, begin in zip(prompts, begins, strict=True)]
        drafts = [self._pieces(request.draft) for request, _ in begun]
        generated = self._decoder.generate(forced, limits, decoding, drafts)
        return [
            tuple(self._hypotheses(request, begin, found))
            for (request, _), begin, found in zip(begun, begins, generated, strict=True)
        ]

    def _hypotheses(
        self, request: Request, begin: Sequence[str], found: Sequence[Decoded]
    ) -> Iterator[Hypothesis]:
        hinted = [self._pieces(hint.target) for hint in request.hints]
        for each in found:
            pieces = parted([*begin, *each.pieces], hinted, request.source)
            text = self._text(pieces)
            known = bool(each.log_probs) and not begin
            likely = likelihood(text, pieces, each.log_probs, each.entropies) if known else None
            yield Hypothesis(text, each.score, each.finished, likely)

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        """Say how probable each text is as the translation of its request."""
        prompts = [self._prompt(request) for request, _ in pairs]
        targets = [self._pieces(text) for _, text in pairs]
        return [
            likelihood(text, target, *told)
            for (_, text), target, told in zip(
                pairs, targets, self._decoder.score(prompts, targets), strict=True
            )
        ]

    def fits(self, text: str) -> bool:
        """Tell whether the text is within the length the model was trained on."""
        # A piece is at least one byte, so short texts need no tokenizer.
        limit = self._max_source_pieces
        return len(text.encode("utf-8", "replace")) <= limit or (
            len(text) <= 16 * limit and len(self._pieces(text)) <= limit
        )

    def _prompt(self, request: Request) -> list[str]:
        prompt = ["<bos>"]
        hints = [(hint.source, (hint.target,)) for hint in request.hints]
        told = [(each.source, each.renderings) for each in request.suggestions]
        for source, targets in (*hints, *told):
            prompt += ["<|term|>", *self._pieces(source)]
            for target in targets:
                # With the space before it a target has the pieces that it will have in the English:
                # of set phrases 93 in 100 are followed so, and 90 without it.
                prompt += ["<|is|>", *(self._pieces(" " + target) if target else ())]
        return [*prompt, "<|fr|>", *self._pieces(request.source), "<|en|>"]

    def _pieces(self, text: str) -> list[str]:
        # The model knows one kind of space.
        return self._tokenizer.encode(_SPACES.sub(" ", text))

    def _text(self, pieces: Sequence[str]) -> str:
        return _SPACES.sub(" ", self._tokenizer.decode(pieces)).strip()
