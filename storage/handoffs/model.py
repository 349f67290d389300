"""What the storage keeps of a conversation with operators, as values nobody can change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flows.handoff_model import (
    Event,
    LineKind,
    LineState,
    Medium,
    Need,
    Reason,
    Safe,
    State,
    Urgency,
    Who,
)

LOCK = timedelta(minutes=30)
"""So long after a word of the owner nobody else answers unaware."""

PASSED_OVER = 0
"""Instead of a message id: this is not shown in the topic, and is not to be."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """A person's conversation with operators.

    `desk` is the key of the desk asked, `office` empty where every office's operators talk.
    `group_id`, `topic`, `topic_name`, `card` and `card_shows` say how the topic shows it;
    `card_shows` is None where the card, or the name, has to be looked at again.
    """

    id: int
    person_id: int = field(repr=False)
    designation: str
    state: State
    need: Need
    who: Who
    medium: Medium
    safe: Safe
    interpreter: bool
    mediator: bool
    urgency: Urgency
    level: int | None
    language: str
    desk: str
    office: str
    territory: str
    owner: int | None
    lock_until: datetime | None
    asked: datetime
    answered: datetime | None
    waits_since: datetime | None
    stirred: datetime
    closed: datetime | None
    reason: Reason | None
    rating: int | None
    reachable: bool
    count: int
    group_id: int | None
    topic: int | None = field(repr=False)
    topic_name: str
    card: int | None = field(repr=False)
    card_shows: bytes | None = field(repr=False)
    trouble: str
    behind_since: datetime | None

    def is_locked(self, operator_id: int, now: datetime) -> bool:
        """Whether another operator has it now, so that this one cannot reach the person."""
        if self.owner is None or self.owner == operator_id:
            return False
        return self.lock_until is not None and now < self.lock_until


@dataclass(frozen=True, slots=True)
class Content:
    """What is said: words or the key of a ready answer, a file by its id, and what goes with it.

    `extra` is JSON: the place of a place, the name of a document, the moment of an appointment.
    """

    kind: LineKind
    text: str = field(default="", repr=False)
    file_id: str = field(default="", repr=False)
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody said: an operator to the person where `outward`, else the person.

    `posted` is its message in the topic (`PASSED_OVER`: not there and not to be), `ack` that of its
    acknowledgement and `acked` the state this shows.
    """

    id: int
    handoff_id: int
    number: int
    outward: bool
    kind: LineKind
    text: str = field(repr=False)
    file_id: str = field(repr=False)
    extra: Mapping[str, Any] = field(repr=False)
    at: datetime
    operator_id: int | None
    source: int | None = field(repr=False)
    album: str | None = field(repr=False)
    edit_of: int | None
    state: LineState
    delivered: int | None = field(repr=False)
    delivered_at: datetime | None
    posted: int | None
    tries: int
    ack: int | None
    acked: str

    @property
    def content(self) -> Content:
        """What is said, by itself."""
        return Content(self.kind, self.text, self.file_id, self.extra)


@dataclass(frozen=True, slots=True)
class Note:
    """What operators note among themselves, or what happened. The person never sees it."""

    id: int
    handoff_id: int
    number: int
    event: Event
    text: str = field(repr=False)
    at: datetime
    operator_id: int | None
    source: int | None
    posted: int | None
    tries: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Whether an operator has the conversation now; if not, `owner` is who has it."""

    taken: bool
    owner: int | None = None


def sealed_content(content: Content) -> bytes:
    """The bytes of a line that are sealed."""
    kept = [content.text, content.file_id, dict(content.extra)]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def read_content(kind: LineKind, plain: bytes) -> Content:
    """What `sealed_content` made bytes of."""
    text, file_id, extra = json.loads(plain)
    return Content(kind, text, file_id, extra)
