"""Train a tiny French → English Transformer and pack it as an Argos Translate package.

    python train.py --corpus fr-en.tsv --work work --minutes 35 --out translate-fr_en-0_1.argosmodel

Small enough to be kept with the tests (under 6 MB), but genuine: a SentencePiece model, an
encoder–decoder trained from nothing, converted by CTranslate2's own converter to int8.
The training can be interrupted and started again; it goes on from ``work/latest.pt``.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece
import torch
from ctranslate2.specs import common_spec, transformer_spec
from torch import Tensor, nn
from torch.nn import functional

SOURCES = {
    "tatoeba",
    "tatoeba2",
    "diabla",
    "mt_geneval",
    "ud_pud",
    "tico19",
    "opensource_guide",
    "europarl",
    "un_docs",
    "un_test",
    "infobase",
}
HELD_OUT = 500
LONGEST_WORDS = 24
PIECES, WIDTH, HEADS, HIDDEN, ENCODERS, DECODERS = 5000, 256, 4, 768, 3, 2
PAD, UNKNOWN, BOS, EOS = 0, 1, 2, 3
LONGEST = 256
WARM_STEPS = 400
PEAK = 2e-3

Pair = tuple[str, str]


def pairs(corpus: Path, seed: int) -> tuple[list[Pair], list[Pair]]:
    """Return training pairs and held-out pairs: short sentences of general sources."""
    found = []
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            source, french, english = line.rstrip("\n").split("\t")
            words = len(french.split()), len(english.split())
            if source in SOURCES and min(words) >= 2 and max(words) <= LONGEST_WORDS:
                found.append((french.replace("’", "'"), english.replace("’", "'")))
    random.Random(seed).shuffle(found)
    return found[HELD_OUT:], found[:HELD_OUT]


def tokenizer(training: list[Pair], work: Path) -> sentencepiece.SentencePieceProcessor:
    """Train (or load) the SentencePiece model that both languages share."""
    model = work / "sentencepiece.model"
    if not model.exists():
        sentences = (text for pair in training for text in pair)
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=sentences,
            model_prefix=str(work / "sentencepiece"),
            vocab_size=PIECES,
            character_coverage=0.9998,
            num_threads=1,
            pad_id=PAD,
            unk_id=UNKNOWN,
            bos_id=BOS,
            eos_id=EOS,
            pad_piece="<blank>",
            unk_piece="<unk>",
            bos_piece="<s>",
            eos_piece="</s>",
        )
    return sentencepiece.SentencePieceProcessor(model_file=str(model))


def positions() -> Tensor:
    """Return sinusoidal position encodings, sines before cosines."""
    rates = torch.exp(torch.arange(WIDTH // 2) * -(math.log(10000) / (WIDTH // 2 - 1)))
    angles = torch.arange(LONGEST)[:, None] * rates
    return torch.cat((angles.sin(), angles.cos()), 1)


class Tiny(nn.Module):
    """A pre-norm Transformer with one embedding table for source, target and output."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(PIECES, WIDTH, padding_idx=PAD)
        nn.init.normal_(self.table.weight, std=WIDTH**-0.5)
        shape = (WIDTH, HEADS, HIDDEN)
        settings = {"dropout": 0.1, "batch_first": True, "norm_first": True}
        self.encoder = nn.ModuleList(
            nn.TransformerEncoderLayer(*shape, **settings) for _ in range(ENCODERS)
        )
        self.decoder = nn.ModuleList(
            nn.TransformerDecoderLayer(*shape, **settings) for _ in range(DECODERS)
        )
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.register_buffer("positions", positions(), False)

    def embed(self, ids: Tensor) -> Tensor:
        """Return scaled embeddings with positions."""
        x = self.table(ids) * WIDTH**0.5 + self.positions[: ids.shape[1]]
        return functional.dropout(x, 0.1, self.training)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Return the logits that follow each target piece."""
        padding = source == PAD
        memory = self.embed(source)
        for layer in self.encoder:
            memory = layer(memory, src_key_padding_mask=padding)
        memory = self.encoder_norm(memory)
        length = target.shape[1]
        causal = torch.ones(length, length, dtype=torch.bool).triu(1)
        x = self.embed(target)
        for layer in self.decoder:
            x = layer(x, memory, tgt_mask=causal, memory_key_padding_mask=padding)
        return self.decoder_norm(x) @ self.table.weight.t()


def batches(
    encoded: list[tuple[list[int], list[int]]], tokens: int, rng: random.Random
) -> Iterator:
    """Yield padded batches of similar length, for ever."""
    while True:
        order = list(range(len(encoded)))
        rng.shuffle(order)
        for start in range(0, len(order), 20000):
            group = sorted(order[start : start + 20000], key=lambda i: len(encoded[i][1]))
            made, batch = [], []
            for i in group:
                if batch and (len(batch) + 1) * len(encoded[i][1]) > tokens:
                    made.append(batch)
                    batch = []
                batch.append(i)
            made.append(batch)
            rng.shuffle(made)
            for chosen in made:
                yield [
                    nn.utils.rnn.pad_sequence(
                        [torch.tensor(encoded[i][side]) for i in chosen], True, PAD
                    )
                    for side in (0, 1)
                ]


def train(
    model: Tiny, encoded: list[tuple[list[int], list[int]]], options: argparse.Namespace
) -> int:
    """Train for the given minutes; return the number of steps."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=0.0, betas=(0.9, 0.98), eps=1e-9)
    spent, step, latest = 0.0, 0, options.work / "latest.pt"
    if latest.exists():
        saved = torch.load(latest)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        spent, step = saved["spent"], saved["step"]
    stream = batches(encoded, options.tokens, random.Random(options.seed + step))
    total, saved_at = 60 * options.minutes, time.monotonic()
    model.train()
    while spent < total:
        started = time.monotonic()
        source, target = next(stream)
        rate = PEAK * min((step + 1) / WARM_STEPS, 1.0) * min(1.0, 1.4 * (1 - spent / total) + 0.01)
        for group in optimiser.param_groups:
            group["lr"] = rate
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(source, target[:, :-1])
        loss = functional.cross_entropy(
            logits.float().flatten(0, 1),
            target[:, 1:].flatten(),
            ignore_index=PAD,
            label_smoothing=0.1,
        )
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        spent += time.monotonic() - started
        if step % 100 == 0:
            print(f"step {step} minute {spent / 60:.1f} loss {loss.item():.3f}", flush=True)
        if time.monotonic() - saved_at > 300 or spent >= total:
            state = {
                "model": model.state_dict(),
                "optimiser": optimiser.state_dict(),
                "spent": spent,
                "step": step,
            }
            torch.save(state, latest)
            saved_at = time.monotonic()
    return step


class Converter(ctranslate2.converters.Converter):
    """Gives CTranslate2's converter the weights of a ``Tiny``."""

    def __init__(self, model: Tiny, pieces: list[str]) -> None:
        self.state = {name: value.float().numpy() for name, value in model.state_dict().items()}
        self.pieces = pieces

    def _load(self) -> transformer_spec.TransformerSpec:
        spec = transformer_spec.TransformerSpec.from_config((ENCODERS, DECODERS), HEADS)
        table = self.state["table.weight"]
        for side in (spec.encoder, spec.decoder):
            embeddings = side.embeddings
            (embeddings[0] if isinstance(embeddings, list) else embeddings).weight = table
            side.position_encodings.encodings = positions().numpy()
        spec.decoder.projection.weight = table
        self._norm(spec.encoder.layer_norm, "encoder_norm")
        self._norm(spec.decoder.layer_norm, "decoder_norm")
        for number, layer in enumerate(spec.encoder.layer):
            name = f"encoder.{number}"
            self._attention(layer.self_attention, f"{name}.self_attn", f"{name}.norm1")
            self._feed_forward(layer.ffn, name, f"{name}.norm2")
        for number, layer in enumerate(spec.decoder.layer):
            name = f"decoder.{number}"
            self._attention(layer.self_attention, f"{name}.self_attn", f"{name}.norm1")
            self._attention(layer.attention, f"{name}.multihead_attn", f"{name}.norm2")
            self._feed_forward(layer.ffn, name, f"{name}.norm3")
        for register in (spec.register_source_vocabulary, spec.register_target_vocabulary):
            register(self.pieces)
        return spec

    def _norm(self, spec: common_spec.LayerNormSpec, name: str) -> None:
        spec.gamma, spec.beta = self.state[f"{name}.weight"], self.state[f"{name}.bias"]

    def _linear(self, spec: common_spec.LinearSpec, weight: np.ndarray, bias: np.ndarray) -> None:
        spec.weight, spec.bias = weight, bias

    def _attention(self, spec: object, name: str, norm: str) -> None:
        self._norm(spec.layer_norm, norm)
        weight, bias = self.state[f"{name}.in_proj_weight"], self.state[f"{name}.in_proj_bias"]
        if len(spec.linear) == 2:  # query, key and value in one
            parts = [(weight, bias)]
        else:
            parts = [(weight[:WIDTH], bias[:WIDTH]), (weight[WIDTH:], bias[WIDTH:])]
        parts.append((self.state[f"{name}.out_proj.weight"], self.state[f"{name}.out_proj.bias"]))
        for linear, part in zip(spec.linear, parts, strict=True):
            self._linear(linear, *part)

    def _feed_forward(self, spec: object, name: str, norm: str) -> None:
        self._norm(spec.layer_norm, norm)
        for linear, part in ((spec.linear_0, "linear1"), (spec.linear_1, "linear2")):
            self._linear(
                linear, self.state[f"{name}.{part}.weight"], self.state[f"{name}.{part}.bias"]
            )


def pack(model: Tiny, options: argparse.Namespace) -> None:
    """Convert the model and write the package."""
    pieces = sentencepiece.SentencePieceProcessor(
        model_file=str(options.work / "sentencepiece.model")
    )
    converted = options.work / "model"
    names = [pieces.id_to_piece(i) for i in range(PIECES)]
    Converter(model, names).convert(str(converted), quantization="int8", force=True)
    metadata = {
        "package_version": "0.1",
        "argos_version": "1.9",
        "from_code": "fr",
        "from_name": "French",
        "to_code": "en",
        "to_name": "English",
    }
    readme = (
        "# Tiny French → English\n\nA test fixture of Enregard, not a translator to rely on. "
        "Trained on openly licensed pairs (Tatoeba CC BY 2.0 FR, Europarl, UN documents, "
        "MT-GenEval and UD PUD CC BY-SA 3.0, TICO-19 CC0, DiaBLa CC BY-SA 4.0). "
        "Licence: CC BY-SA 4.0.\n"
    )
    folder = "translate-fr_en-0_1"
    with zipfile.ZipFile(options.out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name: str, data: bytes) -> None:
            information = zipfile.ZipInfo(f"{folder}/{name}")
            information.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(information, data)

        add("metadata.json", (json.dumps(metadata, indent=2) + "\n").encode())
        add("README.md", readme.encode())
        add("sentencepiece.model", (options.work / "sentencepiece.model").read_bytes())
        for path in sorted(converted.iterdir()):
            add(f"model/{path.name}", path.read_bytes())
    shutil.rmtree(converted)


def evaluate(options: argparse.Namespace, held: list[Pair]) -> None:
    """Print BLEU and chrF2 of the package on the held-out pairs."""
    import sacrebleu

    with zipfile.ZipFile(options.out) as archive:
        archive.extractall(options.work / "unpacked")
    (folder,) = (options.work / "unpacked").iterdir()
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    translator = ctranslate2.Translator(str(folder / "model"), compute_type="int8", inter_threads=1)
    results = translator.translate_batch(
        [pieces.encode(french, out_type=str) for french, _ in held],
        beam_size=4,
        max_batch_size=1024,
        batch_type="tokens",
    )
    outputs = [pieces.decode(result.hypotheses[0]) for result in results]
    for french, output in list(zip(held, outputs, strict=True))[:8]:
        print(french[0], "→", output)
    for metric in (sacrebleu.BLEU(), sacrebleu.CHRF()):
        print(
            metric.corpus_score(outputs, [[english for _, english in held]]), metric.get_signature()
        )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="uncompressed fr-en.tsv")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=35)
    parser.add_argument("--tokens", type=int, default=3000, help="target tokens a batch")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    training, held = pairs(options.corpus, options.seed)
    pieces = tokenizer(training, options.work)
    encoded = [([*pieces.encode(f), EOS], [BOS, *pieces.encode(e), EOS]) for f, e in training]
    model = Tiny()
    steps = train(model, encoded, options)
    print(f"{len(training)} pairs, {steps} steps")
    model.eval()
    pack(model, options)
    evaluate(options, held)


if __name__ == "__main__":
    main()
