"""Token pieces in, hypotheses out: the one CTranslate2 core, shared by every engine.

It owns loading from memory, batching, threads, length guards and determinism. CTranslate2's result
can depend on which sentences share a batch, so batches are a pure function of the requests.
The only importer of ctranslate2 and sentencepiece.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import EngineError

# Sentences decoded together by one worker. Small enough that a chunk feeds every worker, and that
# prompts of one batch are of nearly equal length (a shorter prompt costs forced steps).
BATCH_SENTENCES = 8


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search: beam width, hypotheses to keep, guards against loops (off as a rule)."""

    beam_size: int
    n_best: int
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """A hypothesis as pieces, its mean log-probability a piece, whether the model ended it."""

    pieces: tuple[str, ...]
    score: float
    finished: bool


def worker_count(threads: int) -> int:
    """Give how many sentences to decode side by side: ``threads``, or one a usable core."""
    if threads:
        return threads
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else (os.cpu_count() or 1)


class Tokenizer:
    """A SentencePiece model: text in, pieces out, and back."""

    def __init__(self, model: bytes) -> None:
        import sentencepiece

        try:
            self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        except RuntimeError as error:
            raise EngineError(f"the model's tokenizer is damaged: {error}") from None

    def encode(self, text: str) -> list[str]:
        """Split text into pieces."""
        pieces: list[str] = self._processor.encode(text, out_type=str)
        return pieces

    def decode(self, pieces: Sequence[str]) -> str:
        """Join pieces into text."""
        text: str = self._processor.decode(list(pieces))
        return text


class Decoder:
    """A decoder-only CTranslate2 model held in memory, int8, one thread a worker."""

    def __init__(self, files: Mapping[str, bytes], end_token: str, threads: int) -> None:
        import ctranslate2

        ctranslate2.set_log_level(50)
        self._end_token = end_token
        try:
            self._model: Any = ctranslate2.Generator(
                "model",
                files=dict(files),
                device="cpu",
                compute_type="int8",
                inter_threads=worker_count(threads),
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"the model cannot be loaded: {error}; reinstall Enregard") from None

    def generate(
        self, prompts: Sequence[Sequence[str]], limits: Sequence[int], decoding: Decoding
    ) -> list[tuple[Decoded, ...]]:
        """Continue each prompt by at most its limit of pieces; give its hypotheses, best first.

        The results stand in the order of the prompts. A hypothesis is finished if the model ended
        it itself; its score then counts the end token too.
        """
        waiting: list[tuple[int, Any]] = []
        for batch in _batches([len(prompt) for prompt in prompts]):
            results = self._model.generate_batch(
                [list(prompts[index]) for index in batch],
                asynchronous=True,
                beam_size=decoding.beam_size,
                num_hypotheses=decoding.n_best,
                no_repeat_ngram_size=decoding.no_repeat_ngram,
                repetition_penalty=decoding.repetition_penalty,
                max_length=max(limits[index] for index in batch),
                end_token=self._end_token,
                return_end_token=True,
                include_prompt_in_result=False,
                return_scores=True,
            )
            waiting.extend(zip(batch, results, strict=True))
        found = {
            index: self._hypotheses(result.result(), limits[index]) for index, result in waiting
        }
        return [found[index] for index in range(len(prompts))]

    def _hypotheses(self, result: Any, limit: int) -> tuple[Decoded, ...]:
        """Read a result; what is longer than its own limit, a longer one beside it let it be."""
        hypotheses = []
        for pieces, score in zip(result.sequences, result.scores, strict=True):
            finished = bool(pieces) and pieces[-1] == self._end_token and len(pieces) <= limit
            text = pieces[:-1] if finished else pieces[:limit]
            hypotheses.append(Decoded(tuple(text), score, finished))
        return tuple(hypotheses)

    def score(
        self, prompts: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[tuple[float, ...]]:
        """Force targets after prompts; give the log-probability of each piece and the end."""
        forced = [
            [*prompt, *target, self._end_token]
            for prompt, target in zip(prompts, targets, strict=True)
        ]
        # One at a time: CTranslate2 4.8 refuses to score sequences of unequal lengths together when
        # the model shares its attention heads. The workers still run side by side.
        waiting = [
            self._model.score_batch([pieces], asynchronous=True, max_input_length=0)[0]
            for pieces in forced
        ]
        return [
            tuple(result.result().log_probs[-(len(target) + 1) :])
            for result, target in zip(waiting, targets, strict=True)
        ]


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Group the positions of sequences by length, longest first, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda index: (-lengths[index], index))
    return [
        order[start : start + BATCH_SENTENCES] for start in range(0, len(order), BATCH_SENTENCES)
    ]
