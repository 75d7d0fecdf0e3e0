"""Twenty who read and five who edit one job at once: no update is lost, and nothing breaks."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from pipeline.web.desk import Desk
from pipeline.web.guard import Door
from tests.web.conftest import browser_of
from tests.web.test_desk import etag_of, put

SEGMENTS = ["b0001.s01", "b0002.s01"]
READERS, EDITORS = 20, 5


def test_a_crowd_loses_nothing(desk: Desk, door: Door, posted: str) -> None:
    def read(_: int) -> Counter[int]:
        mine = browser_of(desk, door)
        places = ("/text", f"/sentences/{SEGMENTS[0]}", "/terms", "")
        return Counter(mine.get(f"/jobs/{posted}{place}").status_code for place in places)

    def edit(who: int) -> list[tuple[str, str]]:
        mine, accepted = browser_of(desk, door), []
        for segment in SEGMENTS:
            text = f"This is what editor {who} wrote."
            while True:
                status, _ = put(mine, posted, segment, text, etag_of(mine, posted, segment))
                assert status in (200, 412)
                if status == 200:
                    accepted.append((segment, text))
                    break
        return accepted

    with ThreadPoolExecutor(READERS + EDITORS) as people:
        edits = [people.submit(edit, who) for who in range(EDITORS)]
        reads = list(people.map(read, range(READERS)))
        written = [each for future in edits for each in future.result()]
    assert sum(reads, Counter()) == {200: 4 * READERS}
    assert len(written) == EDITORS * len(SEGMENTS)
    mine = browser_of(desk, door)
    for segment, text in written:
        assert text in mine.get(f"/jobs/{posted}/sentences/{segment}").text
