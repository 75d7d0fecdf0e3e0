"""Fine-tune the translator; resumable.

    python -m recipe.train --start work/start.pt --data data/train.tsv \
        --decay-data data/decay.tsv --tokenizer fr-en-1/sentencepiece.model --work work \
        --hours 1.45 --peak 6e-5
    python -m recipe.train --start work/start.pt --data data/packed --device cuda --work work \
        --hours 0.4 --tokens 65536 --peak 3e-4 --warm-steps 200 --shape root --average 0.999 \
        --slices data/slices.tsv --tokenizer fr-en-1/sentencepiece.model

The schedule is warm-up, constant, decay.  Its position is the training time spent so far
(over all runs) divided by ``--hours``, so that an interrupted run continues where it was.
``latest.pt`` is written every ``--save-minutes``; ``before-decay.pt`` once, when the decay starts:
continue a longer training from that file.  ``final.pt`` holds the weights at the end, and
``average.pt`` their running average (``--average``).  Data is a file of lines or a folder that
``pack.py`` made.  The log has the loss on ``--slices`` by source, without smoothing, at every
checkpoint.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .batches import Batches, PackedBatches, Stream
from .schedule import WARM_STEPS
from .shape import PRODUCTS


def stream(path: Path, options: argparse.Namespace) -> Stream:
    """Return the batches of a file of lines or of a packed folder."""
    if path.is_dir():
        return PackedBatches(path, options.tokens, options.seed)
    return Batches(path, options.tokenizer, options.tokens, options.seed)


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    """Return the options of a command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    return parser.parse_args(arguments)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what a training is told."""
    parser.add_argument("--start", type=Path, required=True, help="weights to start from")
    parser.add_argument("--resume", type=Path, help="checkpoint of another run to continue")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--decay-data", type=Path, help="data for the decay (default: --data)")
    parser.add_argument("--slices", type=Path, help="held-out pairs to measure the loss on")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints and log")
    parser.add_argument("--hours", type=float, required=True)
    parser.add_argument("--peak", type=float, default=6e-5, help="highest learning rate")
    parser.add_argument("--warm-steps", type=int, default=WARM_STEPS)
    parser.add_argument("--decay", type=float, default=0.25, help="share of time spent decaying")
    parser.add_argument("--shape", choices=("linear", "root"), default="linear", help="of decay")
    parser.add_argument(
        "--average", type=float, default=0.0, help="how slowly weights are averaged"
    )
    parser.add_argument("--tokens", type=int, default=2000, help="tokens a batch, with padding")
    parser.add_argument("--products", choices=PRODUCTS, default="bfloat16")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers left as they are")
    parser.add_argument("--label-smoothing", type=float, default=0.05)
    parser.add_argument("--save-minutes", type=float, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=5)


def main() -> None:
    """Command line."""
    options = parsed()
    import torch

    from .trainer import Trainer

    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.work.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(options)
    trainer.run(stream(options.data, options), stream(options.decay_data or options.data, options))


if __name__ == "__main__":
    main()
