"""Run a batch by the workers of a scheduler, and wait for a word in the middle of it.

python -m tests.support.cluster_batch FOLDER ADDRESS [pause]

With "pause" it says so when it has stored the first chunk, and goes on when it is sent a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.errors import EnregardError
from pipeline.model import Stage
from pipeline.service.batch import BatchOrder, Doing, list_items, open_batch
from pipeline.service.cluster import Site, joined

FLAGS: dict[str, object] = {
    "engine.name": "argos",
    "glossaries": [],
    "publish.pdf": False,
    "translate.beam_size": 1,
    "translate.chunk_segments": 3,
}
PAUSED = "paused"


def main() -> None:
    """Run the batch; its exit code says what came of it."""
    folder, address = Path(sys.argv[1]), sys.argv[2]
    pauses = sys.argv[3:]

    def watcher(doing: Doing) -> None:
        event = doing.event
        if event and event.stage is Stage.TRANSLATE and event.done and pauses:
            pauses.clear()
            print(PAUSED, flush=True)
            sys.stdin.readline()

    try:
        with (
            joined(Site(address=address)) as labour,
            open_batch(Path("output"), "mine", BatchOrder(flags=FLAGS), labour) as batch,
        ):
            items = list_items([folder])
            batch.run(items, watcher)
            whole = batch.summarise(items).is_whole
    except EnregardError as error:
        print(error, flush=True)
        raise SystemExit(error.exit_code) from None
    raise SystemExit(0 if whole else 1)


if __name__ == "__main__":
    main()
