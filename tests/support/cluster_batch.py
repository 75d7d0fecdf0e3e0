"""Run a batch by the workers of a scheduler, and wait for a word in the middle of it.

python -m tests.support.cluster_batch FOLDER ADDRESS CHUNK [SHARE]

A chunk has so many sentences. Where a share of the translation is stored it says so, and goes on
when it is sent a line.
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
}
PAUSED = "paused"


def main() -> None:
    """Run the batch; its exit code says what came of it."""
    folder, address, chunk, *shares = sys.argv[1:]
    flags = {**FLAGS, "translate.chunk_segments": int(chunk)}
    pauses = [float(share) for share in shares]

    def watcher(doing: Doing) -> None:
        event = doing.event
        if event is None or event.stage is not Stage.TRANSLATE or not pauses:
            return
        if event.total > 1 and event.done >= pauses[0] * event.total:
            pauses.clear()
            print(PAUSED, flush=True)
            sys.stdin.readline()

    try:
        with (
            joined(Site(address=address)) as labour,
            open_batch(Path("output"), "mine", BatchOrder(flags=flags), labour) as batch,
        ):
            items = list_items([Path(folder)])
            batch.run(items, watcher)
            whole = batch.summarise(items).is_whole
    except EnregardError as error:
        print(error, flush=True)
        raise SystemExit(error.exit_code) from None
    raise SystemExit(0 if whole else 1)


if __name__ == "__main__":
    main()
