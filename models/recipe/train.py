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
from pathlib import Path

from .batches import Batches
from .shape import PRODUCTS


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
    import torch

    from .trainer import Trainer

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
