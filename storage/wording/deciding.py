"""Keeps words that somebody proposes, and lets them out to people once a second one agreed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select, text, update

from storage.wording.finding import EDITION, find_version, meaning_of
from storage.wording.model import OPEN, Proposal, State, Version, Who, changed_meaning, id_of
from storage.wording_schema import wording as table
from storage.wording_schema import wording_deed as deeds


class Verdict(StrEnum):
    """What became of a decision; only `DONE` changed anything."""

    DONE = "done"
    LATE = "late"
    SAME = "same"
    STALE = "stale"
    ALREADY = "already"


_COUNTED = text(
    "INSERT INTO setting (key, value) VALUES (:key, '1') ON CONFLICT (key) "
    "DO UPDATE SET value = CAST(CAST(setting.value AS INTEGER) + 1 AS TEXT)"
)
DECISIONS = (State.REVIEWED, State.APPROVED, State.REFUSED, State.DROPPED)


def propose(connection: Connection, proposal: Proposal, who: Who, now: datetime) -> int:
    """Keep words as a draft; its id. What still waited for the same language is dropped."""
    key, meaning = id_of(proposal.key), meaning_of(connection, proposal.key).mark
    if proposal.changes:
        meaning = changed_meaning(meaning, proposal.forms)
    older = select(table.c.id).where(
        table.c.key == key, table.c.language == proposal.language, table.c.state.in_(OPEN)
    )
    for version_id in connection.execute(older).scalars().all():
        _become(connection, version_id, State.DROPPED, who, now, "")
    inserted = connection.execute(
        insert(table).values(
            key=key,
            domain=proposal.domain,
            context=proposal.key[0] or "",
            source=proposal.key[1],
            language=proposal.language,
            forms=json.dumps(proposal.forms, ensure_ascii=False),
            state=State.DRAFT.value,
            meaning=meaning,
            changes=proposal.changes,
            shipped=proposal.shipped,
            at=now,
            by=who.operator_id,
            author=who.author,
            why=proposal.why,
        )
    )
    version_id = int(inserted.inserted_primary_key[0])  # type: ignore[index]  # one row has a key
    _note(connection, version_id, State.DRAFT, who, now, proposal.why)
    return version_id


def decide(
    connection: Connection, version_id: int, state: State, who: Who, now: datetime, why: str = ""
) -> Verdict:
    """Say what becomes of an open version: only somebody else than its author lets it out.

    An author may take their own back. A version that says the same as an older meaning is refused:
    it was made from words that hold no more.
    """
    if state is State.APPROVED:
        _alone(connection)
    found = find_version(connection, version_id, hold=True)
    if found is None or found.state not in OPEN or state not in DECISIONS:
        return Verdict.LATE
    if state is State.DROPPED:
        if found.who != who:
            return Verdict.SAME
    elif found.who == who:
        return Verdict.SAME
    if state is State.REVIEWED and found.state is State.REVIEWED:
        return Verdict.ALREADY
    if state in (State.APPROVED, State.REVIEWED) and not _still_fits(connection, found):
        return Verdict.STALE
    if state is State.APPROVED:
        _replace(connection, found, who, now)
    _become(connection, version_id, state, who, now, why)
    if state is State.APPROVED:
        next_edition(connection)
    return Verdict.DONE


def keep_approved(
    connection: Connection,
    proposals: Iterable[Proposal],
    writer: Who,
    reader: Who,
    now: datetime,
) -> list[int]:
    """Keep words that were written by one person and read by another, and let them out.

    Raises:
        ValueError: it is one and the same person; nothing was kept.
    """
    if writer == reader:
        raise ValueError("Whoever wrote words does not approve them.")
    made = []
    for proposal in proposals:
        version_id = propose(connection, proposal, writer, now)
        decide(connection, version_id, State.APPROVED, reader, now)
        made.append(version_id)
    return made


def next_edition(connection: Connection) -> None:
    """Tell every process that what people read has changed."""
    connection.execute(_COUNTED, {"key": EDITION})


def _alone(connection: Connection) -> None:
    """Let nobody else let words out until the commit: each sees what the one before left."""
    connection.execute(
        text(
            "INSERT INTO setting (key, value) VALUES (:key, '0') ON CONFLICT (key) "
            "DO UPDATE SET value = setting.value"
        ),
        {"key": EDITION},
    )


def _still_fits(connection: Connection, version: Version) -> bool:
    now = meaning_of(connection, version.message).mark
    wanted = changed_meaning(now, version.forms) if version.changes else now
    return version.meaning == wanted


def _replace(connection: Connection, version: Version, who: Who, now: datetime) -> None:
    older = select(table.c.id).where(
        table.c.key == version.key,
        table.c.language == version.language,
        table.c.state == State.APPROVED.value,
    )
    for version_id in connection.execute(older).scalars().all():
        _become(connection, version_id, State.REPLACED, who, now, "")


def _become(
    connection: Connection, version_id: int, state: State, who: Who, now: datetime, why: str
) -> None:
    connection.execute(update(table).where(table.c.id == version_id).values(state=state.value))
    _note(connection, version_id, state, who, now, why)


def _note(
    connection: Connection, version_id: int, state: State, who: Who, now: datetime, why: str
) -> None:
    connection.execute(
        insert(deeds).values(
            wording_id=version_id,
            state=state.value,
            at=now,
            by=who.operator_id,
            author=who.author,
            why=why,
        )
    )
