"""Which row goes next: order within a chat, lanes across chats, and nobody before their time.

A chat has up to three *strands*. What puts nothing into the chat (answers to taps, deletions) never
waits behind messages; broadcasts never hold up a conversation. Within a strand the order of the
outbox is kept, and one row at a time is under way.
"""

from __future__ import annotations

import heapq
from bisect import insort
from collections import Counter, deque
from dataclasses import replace
from enum import IntEnum
from itertools import count

from bot.delivery.sending import QUICK_METHODS
from bot.pace import UNTIL_ONE_IS_DONE, Pace
from storage.outbox import Lane, Policy, Row, Slot


class Kind(IntEnum):
    """The kind of a strand."""

    QUICK = 0
    TALK = 1
    BULK = 2


class Strand:
    """The rows of one kind for one chat, in order; the first may be under way."""

    __slots__ = (
        "busy",
        "chat_id",
        "kind",
        "listed",
        "lost",
        "not_before",
        "out",
        "rows",
        "seen",
        "tries",
    )

    def __init__(self, chat_id: int, kind: Kind) -> None:
        self.chat_id = chat_id
        self.kind = kind
        self.rows: deque[Row] = deque()
        self.busy = False  # nothing of it may start: the first row is out, or not written down
        self.out = False  # the first row is under way
        self.not_before: float | None = None  # when it may leave, once it is written that it waits
        self.listed = False
        self.tries = 0
        self.lost = 0  # how often the first row vanished while others got through
        self.seen = 0  # how many had got through when it was last tried

    def send_out(self) -> Row:
        """The first row leaves."""
        self.busy = self.out = True
        return self.rows[0]

    def take_back(self) -> None:
        """The first row is here again and has to leave another time."""
        self.busy = self.out = False

    def wait_until(self, not_before: float | None) -> None:
        """The first row is here again; `busy` ends when that is written down."""
        self.out = False
        self.not_before = not_before

    def take_pause(self) -> float | None:
        """Until when the first row pauses; it is forgotten then."""
        pause, self.not_before = self.not_before, None
        return pause

    def take_first(self) -> Row:
        """The first row has met its end; `busy` ends when that is written down."""
        self.out = False
        self.tries = self.lost = 0
        return self.rows.popleft()


def chat_of(row: Row) -> int:
    """The chat a row goes to; one of its own where it names none (an answer to a tap)."""
    chat_id = row.params.get("chat_id")
    return chat_id if type(chat_id) is int else row.id


def kind_of(row: Row) -> Kind:
    """The strand a row belongs to."""
    if row.method in QUICK_METHODS and row.slot is Slot.NONE:
        return Kind.QUICK
    return Kind.BULK if row.lane is Lane.BULK else Kind.TALK


class Queue:
    """Rows that wait. Times are seconds on the clock the pace is asked with."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._strands: dict[tuple[int, Kind], Strand] = {}
        # The third number is never the same twice: strands themselves have no order.
        self._count = count()
        self._quick: list[tuple[int, int, int, Strand]] = []
        self._messages: list[tuple[int, int, int, Strand]] = []
        self._asleep: list[tuple[float, int, int, Strand]] = []
        self._overtaken: list[Row] = []

    def __len__(self) -> int:
        return sum(len(strand.rows) for strand in self._strands.values())

    def depths(self) -> Counter[Lane]:
        """How many rows wait in each lane."""
        return Counter(row.lane for strand in self._strands.values() for row in strand.rows)

    def add(self, row: Row) -> None:
        """Put a row in its place."""
        kind = kind_of(row)
        key = chat_of(row), kind
        strand = self._strands.get(key)
        if strand is None:
            strand = self._strands[key] = Strand(key[0], kind)
        rows = strand.rows
        if rows and row.id < rows[-1].id:
            first = [rows.popleft()] if strand.out else []
            rest = list(rows)
            insort(rest, row, key=lambda waiting: waiting.id)
            strand.rows = deque(first + rest)
        else:
            rows.append(row)
        self.enter(strand)

    def enter(self, strand: Strand, not_before: float | None = None) -> None:
        """Let a strand's first row take part again, now or from a time on."""
        if strand.busy or strand.listed:
            return
        if not strand.rows:
            self._strands.pop((strand.chat_id, strand.kind), None)
            return
        strand.listed = True
        row = strand.rows[0]
        if not_before is not None:
            self._sleep(strand, not_before)
        elif strand.kind is Kind.QUICK:
            heapq.heappush(self._quick, (row.lane, row.id, next(self._count), strand))
        else:
            heapq.heappush(self._messages, (row.lane, row.id, next(self._count), strand))

    def next(self, now: float, *, bulk: bool = True) -> Strand | float:
        """The strand whose first row goes now, or the seconds until it is worth asking again."""
        asleep = self._asleep
        while asleep and asleep[0][0] <= now:
            self._relist(heapq.heappop(asleep)[3])
        while self._quick:
            strand = heapq.heappop(self._quick)[3]
            if not strand.rows:
                self._relist(strand)
                continue
            wait = self._pace.wait_chat(strand.chat_id, now, message=False)
            if wait <= 0:
                strand.listed = False
                return strand
            self._sleep(strand, now + wait)
        found = self._next_message(now, bulk)
        if isinstance(found, Strand):
            return found
        return min(found, asleep[0][0] - now) if asleep else found

    def _next_message(self, now: float, bulk: bool) -> Strand | float:
        while self._messages:
            strand = self._messages[0][3]
            if not strand.rows:
                heapq.heappop(self._messages)
                self._relist(strand)
                continue
            is_bulk = strand.kind is Kind.BULK
            if is_bulk and not bulk:
                return UNTIL_ONE_IS_DONE
            wait = self._pace.wait_all(now, bulk=is_bulk)
            if wait > 0:
                return wait
            heapq.heappop(self._messages)
            wait = self._pace.wait_chat(strand.chat_id, now)
            if wait <= 0:
                strand.listed = False
                return strand
            self._overtake(strand)
            self._sleep(strand, now + wait)
        return UNTIL_ONE_IS_DONE

    def _sleep(self, strand: Strand, until: float) -> None:
        heapq.heappush(self._asleep, (until, strand.rows[0].id, next(self._count), strand))

    def _relist(self, strand: Strand) -> None:
        strand.listed = False
        self.enter(strand)

    def _overtake(self, strand: Strand) -> None:
        """Of several edits of the living message that wait, only the last is worth sending."""
        rows = strand.rows
        while len(rows) > 1 and _is_edit(rows[0]) and _is_edit(rows[1]):
            self._overtaken.append(rows.popleft())

    def take_overtaken(self) -> list[Row]:
        """The rows that were not worth sending, since this was last asked."""
        taken, self._overtaken = self._overtaken, []
        return taken

    def drop_person(self, person_id: int) -> list[Row]:
        """Take out what waits for a person, except what is under way; hand it back."""
        dropped: list[Row] = []
        for strand in self._strands.values():
            if not any(row.person_id == person_id for row in strand.rows):
                continue
            rows = list(strand.rows)
            kept, waiting = (rows[:1], rows[1:]) if strand.out else ([], rows)
            dropped += [row for row in waiting if row.person_id == person_id]
            strand.rows = deque(kept + [row for row in waiting if row.person_id != person_id])
        return dropped

    def move_chat(self, chat_id: int, new_chat_id: int) -> None:
        """A group has another id now: what waits for it goes there."""
        moved: list[Row] = []
        for kind in Kind:
            strand = self._strands.get((chat_id, kind))
            if strand is not None:
                rows = list(strand.rows)
                kept = rows[:1] if strand.out else []
                moved += rows[len(kept) :]
                strand.rows = deque(kept)
        for row in moved:
            self.add(replace(row, params={**row.params, "chat_id": new_chat_id}))


def _is_edit(row: Row) -> bool:
    return row.slot is Slot.EDIT and row.policy is Policy.AGAIN
