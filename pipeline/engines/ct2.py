"""Token pieces in, hypotheses out: the one CTranslate2 core, shared by every engine.

It owns loading, batching, threads, length guards and determinism. CTranslate2's result
can depend on which sentences share a batch, so batches are a pure function of the requests.
The only importer of ctranslate2 and sentencepiece.
"""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import EngineError

# Padded tokens of prompts that one worker of a decoder-only model extends together, each counted
# once for every hypothesis. Reading the weights is most of a step's work, so more sentences at once
# are faster; but a token takes up to a quarter of a megabyte while it is searched.
PROMPT_TOKENS = 320
# Padded tokens that an encoder–decoder model gets at once: enough to keep a core busy, few enough
# for its cache.
BATCH_TOKENS = 1024
SENTENCE_END = "</s>"


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search: beam width, hypotheses to keep, guards against loops (off as a rule).

    Hypotheses are ranked by their log-probability divided by their length to the power of
    ``length_penalty``.
    """

    beam_size: int
    n_best: int
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0
    length_penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """A hypothesis as pieces, its mean log-probability a piece, whether the model ended it.

    ``attention`` holds, where it was asked for, a row a piece: its weight on each source piece.
    ``log_probs`` are those of the pieces and the end, where a greedy search met with it.
    """

    pieces: tuple[str, ...]
    score: float
    finished: bool
    attention: tuple[tuple[float, ...], ...] = ()
    log_probs: tuple[float, ...] = ()


def worker_count(threads: int) -> int:
    """Give how many batches to decode side by side: ``threads``, or one a usable physical core.

    Two threads of one core would share its arithmetic units, and twice the memory is used.
    """
    if threads:
        return threads
    affinity = getattr(os, "sched_getaffinity", None)
    usable = affinity(0) if affinity else range(os.cpu_count() or 1)
    return len({_siblings(processor) for processor in usable})


def _siblings(processor: int) -> str:
    """Name the physical core of a processor as Linux does, elsewhere by the processor itself."""
    path = Path(f"/sys/devices/system/cpu/cpu{processor}/topology/core_cpus_list")
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return str(processor)


class Tokenizer:
    """A SentencePiece model: text in, pieces out, and back."""

    def __init__(self, model: bytes) -> None:
        import sentencepiece

        try:
            self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)
            # An empty model is only missed when it is used.
            self.encode("a")
        except (RuntimeError, ValueError) as error:
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
        self._end_token = end_token
        self._model: Any = _load("Generator", files, "int8", threads)

    def generate(
        self, prompts: Sequence[Sequence[str]], limits: Sequence[int], decoding: Decoding
    ) -> list[tuple[Decoded, ...]]:
        """Continue each prompt by at most its limit of pieces; give its hypotheses, best first.

        The results stand in the order of the prompts. A hypothesis is finished if the model ended
        it itself; its score then counts the end token too.
        """
        waiting: list[tuple[int, Any]] = []
        heard: dict[int, list[float]] = {}
        budget = PROMPT_TOKENS // decoding.beam_size
        for batch in batches([len(prompt) for prompt in prompts], budget):
            results = self._model.generate_batch(
                [list(prompts[index]) for index in batch],
                asynchronous=True,
                callback=_listener(batch, heard) if decoding.beam_size == 1 else None,
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
        found: dict[int, tuple[Decoded, ...]] = {}
        for index, waited in waiting:
            result = waited.result()
            found[index] = _decoded(
                result.sequences,
                result.scores,
                self._end_token,
                limits[index],
                log_probs=heard.get(index, ()),
            )
        _give_back()
        return [found[index] for index in range(len(prompts))]

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


class Translator:
    """An encoder–decoder CTranslate2 model held in memory, one thread a worker.

    CTranslate2 sorts what it is given by length and batches it by tokens, padding counted.
    """

    def __init__(self, files: Mapping[str, bytes], threads: int) -> None:
        self._model: Any = _load("Translator", files, "auto", threads)

    def translate(
        self,
        sources: Sequence[Sequence[str]],
        prefixes: Sequence[Sequence[str]],
        limit: int,
        decoding: Decoding,
        attention: bool = False,
    ) -> list[tuple[Decoded, ...]]:
        """Translate sources to targets that begin with their prefixes, at most ``limit`` pieces.

        The results stand in the order of the sources, each with its hypotheses, best first. Nothing
        is cut from a source, whatever its length.
        """
        results = self._call(
            "translate_batch",
            [list(source) for source in sources],
            target_prefix=[list(prefix) for prefix in prefixes] if any(prefixes) else None,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            beam_size=decoding.beam_size,
            num_hypotheses=decoding.n_best,
            length_penalty=decoding.length_penalty,
            repetition_penalty=decoding.repetition_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            max_input_length=0,
            max_decoding_length=limit,
            return_end_token=True,
            return_scores=True,
            return_attention=attention,
            replace_unknowns=True,
        )
        return [
            _decoded(
                result.hypotheses,
                result.scores,
                SENTENCE_END,
                limit,
                decoding.length_penalty,
                result.attention,
            )
            for result in results
        ]

    def score(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[tuple[float, ...]]:
        """Force targets for sources; give the log-probability of each piece and the end."""
        results = self._call(
            "score_batch",
            [list(source) for source in sources],
            [list(target) for target in targets],
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            max_input_length=0,
        )
        return [tuple(result.log_probs) for result in results]

    def _call(self, method: str, *arguments: Any, **settings: Any) -> Any:
        try:
            return getattr(self._model, method)(*arguments, **settings)
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                f"the model fails ({error}); install another package, or use --engine embedded"
            ) from None


def _load(kind: str, files: Mapping[str, bytes], compute_type: str, threads: int) -> Any:
    """Load a model, through a temporary folder if there is room for it.

    CTranslate2 can read files from memory, but then keeps them there beside the model for as long
    as it lives (4.8: 125 MB more for the embedded model).
    """
    import ctranslate2

    ctranslate2.set_log_level(50)
    settings = {
        "device": "cpu",
        "compute_type": compute_type,
        "inter_threads": worker_count(threads),
        "intra_threads": 1,
    }
    make = getattr(ctranslate2, kind)
    try:
        with tempfile.TemporaryDirectory(prefix="enregard-") as folder:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
            return make(folder, **settings)
    except OSError:
        pass  # no room, or no such folder
    except (RuntimeError, ValueError, MemoryError) as error:
        # The folder's name would change from one run to the next.
        raise _not_loaded(str(error).replace(folder, "model")) from None
    try:
        return make("model", files=dict(files), **settings)
    except (RuntimeError, ValueError, MemoryError) as error:
        raise _not_loaded(str(error)) from None


def _give_back() -> None:
    """Return freed memory to the system, where the C library would keep it.

    glibc does: what a search reads grows by a little at every step, which leaves holes that nothing
    fits again, some 100 MB of them.
    """
    if trim := _malloc_trim():
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    try:
        found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    except (OSError, TypeError):  # Windows has no library of this process
        return None
    return found


def _not_loaded(reason: str) -> EngineError:
    return EngineError(f"the model cannot be loaded: {reason}; install it again")


def _decoded(
    sequences: Sequence[Sequence[str]],
    scores: Sequence[float],
    end_token: str,
    limit: int,
    length_penalty: float = 1.0,
    attention: Sequence[Sequence[Sequence[float]]] = (),
    log_probs: Sequence[float] = (),
) -> tuple[Decoded, ...]:
    """Read a result; what is longer than its own limit, a longer one beside it let it be.

    ``log_probs`` are those of the only hypothesis, where they are known.
    """
    hypotheses = []
    for pieces, score, weights in zip(
        sequences, scores, attention or [()] * len(sequences), strict=True
    ):
        finished = bool(pieces) and pieces[-1] == end_token and len(pieces) <= limit
        text = pieces[:-1] if finished else pieces[:limit]
        mean = score * max(len(pieces), 1) ** (length_penalty - 1)
        rows = tuple(tuple(row) for row in weights[: len(text)])
        known = tuple(log_probs) if finished else ()
        hypotheses.append(Decoded(tuple(text), mean, finished, rows, known))
    return tuple(hypotheses)


def _listener(batch: Sequence[int], heard: dict[int, list[float]]) -> Callable[[Any], bool]:
    """Make a callback that notes each piece's log-probability by the position of its prompt."""

    def listen(step: Any) -> bool:
        heard.setdefault(batch[step.batch_id], []).append(step.log_prob)
        return False  # go on

    return listen


def batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Group the positions of sequences by length, longest first, so that little is padded.

    A group has at most ``budget`` tokens, padding counted, or a single sequence.
    """
    groups: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda index: (-lengths[index], index)):
        last = groups[-1] if groups else []
        if last and lengths[last[0]] * (len(last) + 1) <= budget:
            last.append(index)
        else:
            groups.append([index])
    return groups
