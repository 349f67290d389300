"""Knows who looks at a conversation this very moment and who is writing, so that nobody answers
unaware.

In memory only: who looks is whose page is open, who writes is whose words came in seconds ago.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.relay.news import News

WRITING_SECONDS = 12.0
MOST = 2_000


@dataclass(frozen=True, slots=True)
class There:
    """A colleague who is at the same conversation."""

    operator_id: int
    is_writing: bool


class Presence:
    """Who is where. Whoever shows it listens to `news`."""

    def __init__(self) -> None:
        self.news = News()
        self._looking: Counter[tuple[int, int]] = Counter()
        self._writing: dict[tuple[int, int], float] = {}

    @contextmanager
    def looking(self, talk: int, operator_id: int) -> Iterator[None]:
        """Somebody has the page open for as long as the block lasts."""
        place = talk, operator_id
        self._looking[place] += 1
        self.news.tell(talk)
        try:
            yield
        finally:
            self._looking[place] -= 1
            if not self._looking[place]:
                del self._looking[place]
            self.news.tell(talk)

    def writes(self, talk: int, operator_id: int, monotonic: float) -> None:
        """Somebody is writing to the person."""
        place = talk, operator_id
        began = monotonic - self._writing.pop(place, -WRITING_SECONDS) >= WRITING_SECONDS
        self._writing[place] = monotonic
        while len(self._writing) > MOST:
            del self._writing[next(iter(self._writing))]
        if began:
            self.news.tell(talk)

    def stops(self, talk: int, operator_id: int) -> None:
        """What was being written has gone, or was given up."""
        if self._writing.pop((talk, operator_id), None) is not None:
            self.news.tell(talk)

    def sweep(self, monotonic: float) -> None:
        """Those who have not written for some seconds do not write any more."""
        for place, at in list(self._writing.items()):
            if monotonic - at >= WRITING_SECONDS:
                del self._writing[place]
                self.news.tell(place[0])

    def others(self, talk: int, me: int, monotonic: float) -> tuple[There, ...]:
        """The colleagues at a conversation, those who write first."""
        writing = {
            who
            for (what, who), at in self._writing.items()
            if what == talk and who != me and monotonic - at < WRITING_SECONDS
        }
        looking = {who for what, who in self._looking if what == talk and who != me}
        found = [There(who, who in writing) for who in sorted(writing | looking)]
        return tuple(sorted(found, key=lambda one: not one.is_writing))
