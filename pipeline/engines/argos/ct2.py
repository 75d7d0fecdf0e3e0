"""Token pieces in, hypotheses out: Argos packages' models in CTranslate2.

CTranslate2's result can depend on which sentences share a batch, so batches are a pure function of
the requests. The only importer of ctranslate2.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.engines.decoding import Decoded, Decoding, worker_count
from pipeline.errors import Act, EngineError, Remedy

# Padded tokens that an encoder–decoder model gets at once: enough to keep a core busy, few enough
# for its cache.
BATCH_TOKENS = 1024
SENTENCE_END = "</s>"


class Translator:
    """An encoder–decoder CTranslate2 model held in memory, one thread a worker.

    CTranslate2 sorts what it is given by length and batches it by tokens, padding counted.
    """

    def __init__(self, files: Mapping[str, bytes], threads: int) -> None:
        self._model: Any = _load(files, threads)

    def translate(
        self,
        sources: Sequence[Sequence[str]],
        prefixes: Sequence[Sequence[str]],
        limit: int,
        decoding: Decoding,
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
            replace_unknowns=True,
        )
        return [
            _decoded(result.hypotheses, result.scores, limit, decoding.length_penalty)
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
                f"the model fails ({error})",
                "install another package",
                Remedy(Act.CHOOSE_ENGINE, "embedded"),
            ) from None


def _load(files: Mapping[str, bytes], threads: int) -> Any:
    """Load a model, through a temporary folder if there is room for it.

    CTranslate2 can read files from memory, but then keeps them there beside the model for as long
    as it lives.
    """
    import ctranslate2

    ctranslate2.set_log_level(50)
    settings = {
        "device": "cpu",
        "compute_type": "auto",
        "inter_threads": worker_count(threads),
        "intra_threads": 1,
    }
    try:
        with tempfile.TemporaryDirectory(prefix="enregard-") as folder:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
            return ctranslate2.Translator(folder, **settings)
    except OSError:
        pass  # no room, or no such folder
    except (RuntimeError, ValueError, MemoryError) as error:
        # The folder's name would change from one run to the next.
        raise _not_loaded(str(error).replace(folder, "model")) from None
    try:
        return ctranslate2.Translator("model", files=dict(files), **settings)
    except (RuntimeError, ValueError, MemoryError) as error:
        raise _not_loaded(str(error)) from None


def _not_loaded(reason: str) -> EngineError:
    return EngineError(f"the model cannot be loaded: {reason}", "install it again")


def _decoded(
    sequences: Sequence[Sequence[str]],
    scores: Sequence[float],
    limit: int,
    length_penalty: float,
) -> tuple[Decoded, ...]:
    """Read a result; what is longer than its own limit, a longer one beside it let it be."""
    hypotheses = []
    for pieces, score in zip(sequences, scores, strict=True):
        finished = bool(pieces) and pieces[-1] == SENTENCE_END and len(pieces) <= limit
        text = pieces[:-1] if finished else pieces[:limit]
        mean = score * max(len(pieces), 1) ** (length_penalty - 1)
        hypotheses.append(Decoded(tuple(text), mean, finished))
    return tuple(hypotheses)
