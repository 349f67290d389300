"""What was begun and is nobody's to know: sealed under keys that die, found by nobody without them.

A draft stands in a table of its own. Neither its row nor the state of the conversation says whose
it is: it is found by a look-up that only the fleeting keys can make. It has the size of many.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from storage.schema import draft, milliseconds
from storage.vault import Fleeting

SIZE = 1024
_LENGTH_BYTES = 4

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True, slots=True)
class Draft:
    """A conversation with all that is secret in it.

    `ends`: when each secret session is let go, in milliseconds. `wash_at`: when its page leaves the
    chat.
    """

    state: dict[str, Any] = field(repr=False)
    ends: dict[str, int]
    wash_at: datetime | None = None

    @property
    def due(self) -> int | None:
        """When something has to be done about it."""
        times = [*self.ends.values(), *([milliseconds(self.wash_at)] if self.wash_at else [])]
        return min(times, default=None)


def written(person_id: int, found: Draft) -> bytes:
    """A draft as the bytes that are sealed, filled up to a multiple of a kilobyte."""
    wash_at = milliseconds(found.wash_at) if found.wash_at else None
    plain = _encode([person_id, found.state, found.ends, wash_at, found.due]).encode()
    framed = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain
    return framed + bytes(-len(framed) % SIZE)


def read(plain: bytes) -> tuple[int, Draft, int | None]:
    """Whose draft it is, the draft, and when something has to be done about it."""
    length = int.from_bytes(plain[:_LENGTH_BYTES], "big")
    person_id, state, ends, wash_at, due = json.loads(plain[_LENGTH_BYTES : _LENGTH_BYTES + length])
    moment = None if wash_at is None else datetime.fromtimestamp(wash_at / 1000, UTC)
    return person_id, Draft(state, ends, moment), due


def find_due(connection: Connection, fleeting: Fleeting, now: datetime) -> list[int]:
    """The people whose draft ends or leaves the chat now."""
    opened = (fleeting.open(row.body, row.lookup) for row in connection.execute(select(draft)))
    found = [read(plain) for plain in opened if plain is not None]
    at = milliseconds(now)
    return [person_id for person_id, _draft, due in found if due is not None and due <= at]


def sweep(connection: Connection, fleeting: Fleeting) -> int:
    """Delete drafts that nobody can open any more; how many they were."""
    gone = [row.lookup for row in connection.execute(select(draft)) if not fleeting.holds(row.body)]
    for lookup in gone:
        connection.execute(delete(draft).where(draft.c.lookup == lookup))
    return len(gone)
