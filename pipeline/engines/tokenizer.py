"""Text in, SentencePiece's pieces out, and back. The only importer of sentencepiece."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import EngineError


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
