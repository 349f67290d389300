"""Addresses at which calendars of other programs read an organisation's courses, until revoked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Row, insert, select, update

from flows.calendar_model import CourseState, LessonState
from storage.calendar_schema import feed
from storage.courses.finding import lessons_between
from storage.courses.model import Course, Lesson
from storage.ics import IcsEvent

PAST, AHEAD = timedelta(days=31), timedelta(days=366)
_SECRET_BYTES = 24
SHOWN = (CourseState.OPEN, CourseState.CLOSED, CourseState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that was given out; the secret in it is nowhere. `mark` tells it from others."""

    mark: str
    office: str
    desk: str
    created: date
    created_by: int
    revoked: bool
    asked: date | None


def make_feed(
    connection: Connection, *, office: str, desk: str, operator_id: int, today: date
) -> str:
    """The secret of a new address; it is shown once and kept as a hash."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    values = {"office": office, "desk": desk, "created": today, "created_by": operator_id}
    connection.execute(insert(feed).values(hash=_hash(secret), revoked=False, **values))
    return secret


def find_feeds(connection: Connection, office: str) -> list[Feed]:
    """The addresses of an office, the newest first; also those that work no more."""
    query = select(feed).where(feed.c.office == office)
    rows = connection.execute(query.order_by(feed.c.created.desc(), feed.c.hash))
    return [_feed(row) for row in rows]


def revoke_feed(connection: Connection, office: str, mark: str) -> bool:
    """Let an address work no more; False where the office has none of this mark."""
    hashes = connection.execute(select(feed.c.hash).where(feed.c.office == office)).scalars()
    wanted = [one for one in hashes if _mark(bytes(one)) == mark]
    connection.execute(update(feed).where(feed.c.hash.in_(wanted)).values(revoked=True))
    return bool(wanted)


def find_feed(connection: Connection, secret: str) -> Feed | None:
    """The feed of a secret that works."""
    wanted = (feed.c.hash == _hash(secret)) & feed.c.revoked.is_(False)
    row = connection.execute(select(feed).where(wanted)).first()
    return None if row is None else _feed(row)


def ask_feed(connection: Connection, secret: str, today: date) -> Feed | None:
    """The feed of a secret that works, and remember the day on which somebody looked."""
    known = find_feed(connection, secret)
    if known is not None and known.asked != today:
        asked = update(feed).where(feed.c.hash == _hash(secret))
        connection.execute(asked.values(asked=today))
    return known


def events_of(connection: Connection, known: Feed, now: datetime) -> list[IcsEvent]:
    """The lessons it shows: what people may see of courses, and nothing of who comes."""
    found = lessons_between(
        connection, now - PAST, now + AHEAD, office=known.office, desk=known.desk or None
    )
    return [event_of(lesson, course, now) for lesson, course in found if course.state in SHOWN]


def event_of(lesson: Lesson, course: Course, now: datetime) -> IcsEvent:
    """A lesson as a calendar shows it, as it is now: what was moved is newer than what was read."""
    starts = lesson.local
    off = CourseState.CANCELLED is course.state or lesson.state is LessonState.CANCELLED
    about = "\n\n".join(part for part in (course.about, course.how, course.bring) if part)
    return IcsEvent(
        f"lesson-{lesson.id}@antenna",
        starts,
        starts + timedelta(minutes=lesson.minutes),
        course.zone,
        course.title,
        now,
        place=lesson.place or course.place,
        about=about,
        point=None if lesson.place else course.point,
        cancelled=off,
    )


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _mark(hashed: bytes) -> str:
    return hashed.hex()[:12]


def _feed(row: Row[*tuple[object, ...]]) -> Feed:
    kept = dict(row._mapping)
    return Feed(mark=_mark(bytes(kept.pop("hash"))), **kept)
