"""Jobs and sentences in, as JSON lines; what their engines have for them, as JSON lines, out.

python -m pipeline.service.helper FOLDER MEGABYTES

Each question is a list of a job's name and a segment's id. It ends when its standard input does.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from pipeline.errors import EngineError, EnregardError, pack, within_memory
from pipeline.service.benches import Benches
from pipeline.service.hypotheses import OtherText
from pipeline.service.processes import limit_memory


def main(arguments: Sequence[str]) -> None:
    """Answer questions within a limit of memory."""
    folder, megabytes = arguments
    limit_memory(int(megabytes))
    answer(Path(folder), sys.stdin, sys.stdout)


def answer(output: Path, questions: Iterable[str], answers: TextIO) -> None:
    """Answer each question about the jobs of a folder in a line."""
    benches = Benches(output)
    for question in questions:
        job, segment_id = json.loads(question)
        told: dict[str, object]
        try:
            with within_memory(EngineError, remedy="close other programs"):
                found = others(benches, job, segment_id)
            told = {"texts": [{"text": each.text, "findings": each.findings} for each in found]}
        except EnregardError as error:
            told = {"problem": pack(error)}
        print(json.dumps(told), file=answers, flush=True)


def others(benches: Benches, job: str, segment_id: str) -> list[OtherText]:
    """Give the translations that a job's engine has for a sentence."""
    with benches.open(job) as bench:
        found = bench.alternatives(segment_id)
    return [
        OtherText(each.text, tuple(finding.severity.value for finding in each.findings))
        for each in found
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
