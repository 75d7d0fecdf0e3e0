"""The weights of a start and batches in, checkpoints, a log and final weights out."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor

from .batches import Encoder, Sequence, Stream, similar
from .model import Translator
from .schedule import Position, rate

IGNORED = -1


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


def held_out(path: Path, tokenizer: Path) -> dict[str, list[Sequence]]:
    """Return the pairs of a file (source, French, English) by source, without hints."""
    encoder = Encoder(tokenizer)
    found: dict[str, list[Sequence]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        source, french, english = line.split("\t")
        found[source].append(encoder.sequence(f"\t{french}\t{english}"))
    return dict(found)


class Trainer:
    """The model, its optimiser and the files of a run."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.position = Position()
        self.device = torch.device(options.device)
        self.model = Translator(options.products).to(self.device)
        self.work: Path = options.work
        self.latest = self.work / "latest.pt"
        # Nothing is propagated back into layers below the lowest one that learns.
        self.model.blocks[: options.frozen].requires_grad_(False)
        parameters = [p for p in self.model.parameters() if p.requires_grad]
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
            self.model.load_state_dict(torch.load(options.start, map_location=self.device))
        slices = options.slices
        self.slices = held_out(slices, options.tokenizer) if slices else {}
        # Kept in float32 beside the weights: of the last 1 / (1 - average) steps, as a rule.
        self.averaged = [p.detach().clone() for p in parameters] if options.average else []
        self.model.compile_parts()
        self.model.refresh()

    def restore(self, path: Path) -> None:
        """Load weights, optimiser and position."""
        saved = torch.load(path, map_location=self.device)
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
        hidden, labels = self.answers(batch)
        loss, gradient = self.model.loss(hidden.detach(), labels, self.options.label_smoothing)
        hidden.backward(gradient / len(labels))
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0, foreach=True)
        for group in self.optimiser.param_groups:
            group["lr"] = rate(self.position, self.options)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.model.refresh()
        if self.averaged:
            torch._foreach_lerp_(self.averaged, self.parameters, 1 - self.options.average)
        return loss.item(), len(labels)

    def answers(self, batch: list[Sequence]) -> tuple[Tensor, Tensor]:
        """Return the last states before each piece of the answers, and these pieces."""
        ids, labels = (each.to(self.device) for each in tensors(batch))
        rows = (labels != IGNORED).nonzero()[:, 0]
        return self.model.hidden(ids)[rows], labels[rows]

    @torch.no_grad()
    def measured(self) -> dict[str, float]:
        """Return the loss a piece on the held-out pairs of each source, and on all."""
        total, count = 0.0, 0
        found = {}
        for source, sequences in self.slices.items():
            loss, pieces = 0.0, 0
            for batch in similar(sequences, self.options.tokens, random.Random(0)):
                hidden, labels = self.answers(batch)
                loss += self.model.loss(hidden, labels, 0.0)[0].item()
                pieces += len(labels)
            found[source] = round(loss / pieces, 4)
            total, count = total + loss, count + pieces
        return found | ({"all": round(total / count, 4)} if count else {})

    def decaying(self) -> bool:
        """Tell whether the decay has begun."""
        return bool(self.position.seconds >= (1 - self.options.decay) * self.options.hours * 3600)

    def run(self, main: Stream, last: Stream) -> None:
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
                    self.log(**{f"held out {k}": v for k, v in self.measured().items()})
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
        self.log(**{f"held out {k}": v for k, v in self.measured().items()})
        self.write("final.pt")
        if self.averaged:
            for parameter, mean in zip(self.parameters, self.averaged, strict=True):
                parameter.data.copy_(mean)
            self.model.refresh()
            self.log(**{f"averaged {k}": v for k, v in self.measured().items()})
            self.write("average.pt")

    def write(self, name: str) -> None:
        """Write the weights alone, for ``convert.py``."""
        weights = {key: value.cpu() for key, value in self.model.state_dict().items()}
        torch.save(weights, self.work / name)
