"""Fine-tune the translator; resumable.

    python -m recipe.train --start work/start.pt --data data/train.tsv \
        --decay-data data/decay.tsv --tokenizer fr-en-0/sentencepiece.model --work work \
        --hours 1.45 --peak 6e-5

The schedule is warm-up, constant, linear decay.  Its position is the training time spent so far
(over all runs) divided by ``--hours``, so that an interrupted run continues where it was.
``latest.pt`` is written every ``--save-minutes``; ``before-decay.pt`` once, when the decay starts:
continue a longer training from that file.  ``final.pt`` holds the weights at the end.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import sentencepiece
import torch
from torch import Tensor

from .model import PRODUCTS, Translator

BOS, EOS, FRENCH, ENGLISH, TERM, IS = 2, 1, 4, 5, 6, 7
IGNORED = -1
WARM_STEPS = 60
SORTED_TOGETHER = 4000
LONGEST = 400

Sequence = tuple[list[int], list[int]]


@dataclass
class Position:
    """Where the training is."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0
    tokens: int = 0


class Batches:
    """An endless, reproducible stream of batches of similar length."""

    def __init__(self, path: Path, tokenizer: Path, tokens: int, seed: int) -> None:
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer))
        self.lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        self.tokens = tokens
        self.seed = seed

    def sequence(self, line: str) -> Sequence:
        """Return the prompt and the answer of one line of the data file."""
        hints, french, english = line.split("\t")
        prompt = [BOS]
        for hint in hints.split("||") if hints else []:
            term, translation = hint.split("==", 1)
            prompt += [TERM, *self.pieces.encode(term), IS, *self.pieces.encode(translation)]
        prompt += [FRENCH, *self.pieces.encode(french), ENGLISH]
        return prompt, [*self.pieces.encode(english), EOS]

    def epoch(self, number: int) -> Iterator[list[Sequence]]:
        """Yield the batches of one pass over the data."""
        rng = random.Random(self.seed * 1000 + number)
        lines = rng.sample(self.lines, len(self.lines))
        for start in range(0, len(lines), SORTED_TOGETHER):
            group = [self.sequence(line) for line in lines[start : start + SORTED_TOGETHER]]
            group = [s for s in group if len(s[0]) + len(s[1]) <= LONGEST]
            group.sort(key=lambda s: len(s[0]) + len(s[1]))
            batches: list[list[Sequence]] = [[]]
            for sequence in group:
                size = (len(batches[-1]) + 1) * (len(sequence[0]) + len(sequence[1]))
                if batches[-1] and size > self.tokens:
                    batches.append([])
                batches[-1].append(sequence)
            rng.shuffle(batches)
            yield from batches


def tensors(batch: list[Sequence]) -> tuple[Tensor, Tensor]:
    """Return padded input ids and the label of every position (``IGNORED`` but in answers)."""
    length = max(len(prompt) + len(answer) for prompt, answer in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    labels = torch.full((len(batch), length), IGNORED)
    for row, (prompt, answer) in enumerate(batch):
        whole = torch.tensor(prompt + answer)
        ids[row, : len(whole)] = whole
        labels[row, len(prompt) - 1 : len(whole) - 1] = torch.tensor(answer)
    return ids, labels.reshape(-1)


def rate(position: Position, options: argparse.Namespace) -> float:
    """Return the learning rate at a position of the schedule."""
    done = position.seconds / (options.hours * 3600)
    warm = min(1.0, (position.step + 1) / WARM_STEPS)
    decay = min(1.0, max(0.0, (1 - done) / options.decay))
    return options.peak * warm * decay


class Trainer:
    """The model, its optimiser and the files of a run."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.position = Position()
        self.model = Translator(options.products)
        self.work: Path = options.work
        self.latest = self.work / "latest.pt"
        parameters = list(self.model.parameters())
        groups = [
            {"params": [p for p in parameters if p.dim() > 1], "weight_decay": 0.01},
            {"params": [p for p in parameters if p.dim() == 1], "weight_decay": 0.0},
        ]
        self.optimiser = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), fused=True)
        self.parameters = parameters
        resume = self.latest if self.latest.exists() else options.resume
        if resume:
            self.restore(resume)
        else:
            self.model.load_state_dict(torch.load(options.start))
        self.model.compile_parts()
        self.model.refresh()

    def restore(self, path: Path) -> None:
        """Load weights, optimiser and position."""
        saved = torch.load(path)
        self.model.load_state_dict(saved["model"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.position = Position(**saved["position"])

    def save(self, path: Path) -> None:
        """Write weights, optimiser and position, replacing the file at once."""
        state = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "position": asdict(self.position),
        }
        torch.save(state, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)

    def log(self, **values: float) -> None:
        """Append a record to the log."""
        with (self.work / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(self.position) | values) + "\n")

    def step(self, batch: list[Sequence]) -> tuple[float, int]:
        """Make one optimiser step; return the summed loss and the number of labels."""
        ids, labels = tensors(batch)
        rows = (labels != IGNORED).nonzero()[:, 0]
        hidden = self.model.hidden(ids)[rows]
        loss, gradient = self.model.loss(
            hidden.detach(), labels[rows], self.options.label_smoothing
        )
        hidden.backward(gradient / len(rows))
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0, foreach=True)
        for group in self.optimiser.param_groups:
            group["lr"] = rate(self.position, self.options)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.model.refresh()
        return loss.item(), len(rows)

    def decaying(self) -> bool:
        """Tell whether the decay has begun."""
        return self.position.seconds >= (1 - self.options.decay) * self.options.hours * 3600

    def run(self, main: Batches, last: Batches) -> None:
        """Train until the time is spent: on ``main``, then, while the rate falls, on ``last``."""
        position, hours = self.position, self.options.hours
        loss_sum, labels, logged_at, saved_at = 0.0, 0, time.monotonic(), time.monotonic()
        seen_tokens = position.tokens
        while position.seconds < hours * 3600:
            batches = last if self.decaying() else main
            for number, batch in enumerate(batches.epoch(position.epoch)):
                if number < position.batch:
                    continue
                started = time.monotonic()
                loss, count = self.step(batch)
                now = time.monotonic()
                was_decaying = self.decaying()
                position.seconds += now - started
                position.step += 1
                position.batch = number + 1
                position.tokens += sum(len(a) + len(b) for a, b in batch)
                loss_sum += loss
                labels += count
                if position.step % 20 == 0:
                    speed = (position.tokens - seen_tokens) / (now - logged_at)
                    mean = loss_sum / labels
                    self.log(loss=mean, speed=speed, rate=rate(position, self.options))
                    loss_sum, labels, logged_at, seen_tokens = 0.0, 0, now, position.tokens
                if now - saved_at > self.options.save_minutes * 60:
                    self.save(self.latest)
                    saved_at = now
                if self.decaying() and not was_decaying:
                    position.epoch, position.batch = 0, 0
                    self.save(self.work / "before-decay.pt")
                    break
                if position.seconds >= hours * 3600:
                    break
            else:
                position.epoch += 1
                position.batch = 0
        self.save(self.latest)
        torch.save(self.model.state_dict(), self.work / "final.pt")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=Path, required=True, help="weights to start from")
    parser.add_argument("--resume", type=Path, help="checkpoint of another run to continue")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--decay-data", type=Path, help="data for the decay (default: --data)")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints and log")
    parser.add_argument("--hours", type=float, required=True)
    parser.add_argument("--peak", type=float, default=6e-5, help="highest learning rate")
    parser.add_argument("--decay", type=float, default=0.25, help="share of time spent decaying")
    parser.add_argument("--tokens", type=int, default=2000, help="tokens a batch, with padding")
    parser.add_argument("--products", choices=PRODUCTS, default="bfloat16")
    parser.add_argument("--label-smoothing", type=float, default=0.05)
    parser.add_argument("--save-minutes", type=float, default=12)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.work.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(options)
    main_data, last_data = (
        Batches(path, options.tokenizer, options.tokens, options.seed)
        for path in (options.data, options.decay_data or options.data)
    )
    trainer.run(main_data, last_data)


if __name__ == "__main__":
    main()
