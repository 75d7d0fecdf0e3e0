"""What documents ask for at once in; translated together by a labour, to each its own, out.

An engine is the faster the more sentences it has side by side, and a short document has few.
Documents ask from threads of their own; while one chunk is translated, what the others ask for
waits, and is the next chunk. Engines that answer differently in another company get every
document's sentences by themselves.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from pipeline.config import PublishSettings
from pipeline.engines import Offer
from pipeline.errors import EngineError
from pipeline.jobs.labour import Judging, Labour, Promise
from pipeline.model import Doubt, EditionContent, Scores, Translation
from pipeline.stages.publish.stage import EditionFiles
from pipeline.stages.translate.search import Search
from pipeline.stages.translate.stage import Task

# Chunks that are handed on at once are no more than this, each waits in a thread.
_MOST_CHUNKS = 500


@dataclass(frozen=True, slots=True)
class _Asked:
    """A chunk of one document: what is asked for, its answer, and the seconds that were its own."""

    offer: Offer
    threads: int
    tasks: Sequence[Task]
    search: Search
    answer: Future[tuple[list[Translation], float]] = field(default_factory=Future)

    def goes_with(self, other: _Asked) -> bool:
        """Tell whether both may be translated together."""
        mine, its = ((each.offer.card(), each.threads, each.search) for each in (self, other))
        return self.offer.unswayed and other.offer.unswayed and mine == its


class Gathering:
    """Chunks of several documents on their way to a labour; ``askers`` threads bring them."""

    def __init__(self, labour: Labour, askers: int) -> None:
        self.labour = labour
        self._askers = askers
        self._waiting: list[_Asked] = []
        self._news = threading.Condition()
        self.is_closed = False

    def ask(self, asked: _Asked) -> None:
        """Take a chunk; raises EngineError once it is closed."""
        with self._news:
            self.check()
            self._waiting.append(asked)
            self._news.notify()

    def check(self) -> None:
        """Raise EngineError once it is closed."""
        if self.is_closed:
            raise _interrupted()

    def serve(self) -> None:
        """Have translated what comes, until all askers have left or it is closed."""
        # One chunk for each hand, and one that waits for each two: the fewer, the fuller they are.
        hands = self.labour.hands
        more = min(self.labour.ahead, hands + (hands + 1) // 2, _MOST_CHUNKS) - 1
        with ThreadPoolExecutor(max(more, 1)) as pool:
            others = [pool.submit(self._serve) for _ in range(more)]
            try:
                self._serve()
                for each in others:
                    each.result()
            finally:
                self.close()

    def leave(self) -> None:
        """Say that one of the askers asks no more; what was asked for is answered by then."""
        with self._news:
            self._askers -= 1
            if not self._askers:
                self.close()

    def close(self) -> None:
        """Refuse whoever asks from now on, and whoever waits to be begun with."""
        with self._news:
            self.is_closed = True
            waiting, self._waiting = self._waiting, []
            self._news.notify_all()
        for each in waiting:
            each.answer.set_exception(_interrupted())

    def _serve(self) -> None:
        while chunk := self._next():
            self._answer(chunk)

    def _next(self) -> list[_Asked]:
        """Wait for a chunk, and take what may go with it; give nothing once it is closed."""
        with self._news:
            while not (self._waiting or self.is_closed):
                self._news.wait()
            if not self._waiting:
                return []
            first = self._waiting.pop(0)
            taken, left = [first], []
            room = self._size(first.offer) - len(first.tasks)
            for each in self._waiting:
                if len(each.tasks) <= room and each.goes_with(first):
                    taken.append(each)
                    room -= len(each.tasks)
                else:
                    left.append(each)
            self._waiting = left
            return taken

    def _size(self, offer: Offer) -> int:
        """Give how many segments are translated together: an engine's chunk for every thread."""
        return offer.chunk_segments * max(self.labour.hands // self.labour.ahead, 1)

    def _answer(self, chunk: Sequence[_Asked]) -> None:
        """Have a chunk translated; where it fails, its documents one by one."""
        first, begun = chunk[0], time.monotonic()
        tasks = [task for each in chunk for task in each.tasks]
        try:
            made = iter(self.labour.translate(first.offer, first.threads, tasks, first.search)())
        except Exception as error:
            if len(chunk) == 1:
                first.answer.set_exception(error)
                return
            # What is wrong with one keeps no other from its translation.
            for each in chunk:
                self._answer([each])
        except BaseException:
            for each in chunk:
                each.answer.set_exception(_interrupted())
            raise
        else:
            each_task = (time.monotonic() - begun) / max(len(tasks), 1)
            for each in chunk:
                own = [next(made) for _ in each.tasks]
                each.answer.set_result((own, each_task * len(own)))


class Asker:
    """The labour of one document, ``idle`` for so many seconds while others were worked for."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._labour = gathering.labour
        self.idle = 0.0

    @property
    def hands(self) -> int:
        """How many threads and processes work."""
        return self._labour.hands

    @property
    def ahead(self) -> int:
        """How many chunks may be asked for before the first is taken."""
        return self._labour.ahead

    def translate(
        self, offer: Offer, threads: int, tasks: Sequence[Task], search: Search
    ) -> Promise:
        """Ask for a chunk; give what waits for its translations."""
        asked = _Asked(offer, threads, tasks, search)
        self._gathering.ask(asked)

        def take() -> list[Translation]:
            begun = time.monotonic()
            made, own = asked.answer.result()
            self.idle += max(time.monotonic() - begun - own, 0.0)
            return made

        return take

    def score(self, judging: Judging) -> tuple[tuple[Doubt, ...], Scores]:
        """Check a text, unless what the checks hold is known, and score it."""
        self._gathering.check()
        return self._labour.score(judging)

    def publish(self, content: EditionContent, settings: PublishSettings) -> EditionFiles:
        """Make the files of an edition."""
        self._gathering.check()
        return self._labour.publish(content, settings)


def _interrupted() -> EngineError:
    return EngineError("the batch was interrupted", "run the same again to go on from there")
