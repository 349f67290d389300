"""What a machine makes of a person's words: kept beside each line, sealed like it, gone with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from flows.handoff_model import LineKind
from storage.handoff_schema import handoff as handoffs
from storage.handoff_schema import handoff_line as lines
from storage.handoff_schema import handoff_meaning as table
from storage.handoffs.lines import find_lines_where
from storage.handoffs.missing import meaning_unposted, settle
from storage.handoffs.model import PASSED_OVER, Line
from storage.handoffs.stirring import since
from storage.vault import Vault, random_id

FRESH = timedelta(hours=1)
"""What was said longer ago is translated no more."""

WORDED = (LineKind.TEXT, LineKind.PHOTO, LineKind.VOICE, LineKind.DOCUMENT, LineKind.VIDEO)


class State(StrEnum):
    """What became of the words of a line."""

    MADE = "made"
    SAME = "same"  # there is nothing to translate
    LANGUAGE = "language"  # the machine does not know it
    LONG = "long"
    FAILED = "failed"


_SHOWN_ONCE = (State.LANGUAGE, State.FAILED)
"""Said in a topic once in a conversation, not at every line."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a machine made of a line: words in Italian, from a language; or why there are none.

    `said` are the words themselves, `stands` the message of the topic that shows them.
    """

    id: int
    line_id: int
    handoff_id: int
    state: State
    text: str = field(repr=False)
    language: str
    posted: int | None = field(repr=False)
    tries: int
    number: int
    said: str = field(repr=False)
    stands: int | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Due:
    """A line that is to be translated, and the language its person reads."""

    line: Line
    language: str


def find_due(
    connection: Connection,
    vault: Vault,
    after: datetime,
    own: str,
    most: int,
    asked: datetime | None = None,
) -> list[Due]:
    """Lines of people who read another language than `own`, said since and not translated yet; of
    conversations that were asked for since `asked`, where that is given."""
    query = (
        select(lines.c.id, lines.c.handoff_id, handoffs.c.language)
        .join(handoffs, handoffs.c.id == lines.c.handoff_id)
        .outerjoin(table, table.c.line_id == lines.c.id)
        .where(handoffs.c.stirred >= after, handoffs.c.language != own)
        .where(lines.c.at >= after, lines.c.outward.is_(False), table.c.id.is_(None))
        .where(lines.c.kind.in_([one.value for one in WORDED]))
        .order_by(lines.c.at, lines.c.number)
        .limit(most)
    )
    if asked is not None:
        query = query.where(handoffs.c.asked >= asked)
    found: list[Due] = []
    for line_id, handoff_id, language in connection.execute(query).all():
        wanted = find_lines_where(connection, vault, handoff_id, lines.c.id == line_id)
        found += [Due(one, language) for one in wanted]
    return found


def keep(
    connection: Connection,
    vault: Vault,
    line: Line,
    state: State,
    now: datetime,
    text: str = "",
    language: str = "",
) -> bool:
    """Keep what became of a line; False where the line is gone, or was translated meanwhile."""
    row_id = random_id()
    there = select(lines.c.id).where(lines.c.id == line.id).with_for_update()
    if connection.execute(there).first() is None or _has(connection, line.id):
        return False
    silent = state is State.SAME or (state in _SHOWN_ONCE and _said(connection, line, state))
    body = json.dumps([text, language], ensure_ascii=False, separators=(",", ":")).encode()
    connection.execute(
        insert(table),
        {
            "id": row_id,
            "line_id": line.id,
            "handoff_id": line.handoff_id,
            "state": state.value,
            "body": vault.seal_words(body, row_id),
            "at": now,
            "posted": PASSED_OVER if silent else None,
        },
    )
    behind = update(handoffs).where(handoffs.c.id == line.handoff_id)
    connection.execute(behind.values(behind_since=since(handoffs.c.behind_since, now)))
    settle(connection, line.handoff_id)
    return True


def _has(connection: Connection, line_id: int) -> bool:
    return (
        connection.execute(select(table.c.id).where(table.c.line_id == line_id)).first() is not None
    )


def _said(connection: Connection, line: Line, state: State) -> bool:
    here = table.c.handoff_id == line.handoff_id
    query = select(table.c.id).where(here, table.c.state == state.value).limit(1)
    return connection.execute(query).first() is not None


# -- looking


def find_meanings(
    connection: Connection, vault: Vault, handoff_id: int, after: int = 0
) -> dict[int, Meaning]:
    """What was made of the lines of a conversation, those behind a number, by the line's id."""
    wanted = and_(table.c.handoff_id == handoff_id, lines.c.number > after)
    return {one.line_id: one for one in _find(connection, vault, wanted)}


def find_unposted(connection: Connection, vault: Vault, handoff_id: int) -> list[Meaning]:
    """What the topic of a conversation does not show yet though it shows the line, in order."""
    wanted = and_(table.c.handoff_id == handoff_id, meaning_unposted())
    return _find(connection, vault, wanted)


def _find(connection: Connection, vault: Vault, wanted: ColumnElement[bool]) -> list[Meaning]:
    query = (
        select(table, lines.c.number, lines.c.body.label("said"), lines.c.posted.label("stands"))
        .join(lines, lines.c.id == table.c.line_id)
        .where(wanted)
        .order_by(lines.c.number)
    )
    found = []
    for row in connection.execute(query):
        text, language = json.loads(vault.open_words(row.body, row.id))
        found.append(
            Meaning(
                row.id,
                row.line_id,
                row.handoff_id,
                State(row.state),
                text,
                language,
                row.posted,
                row.tries,
                row.number,
                str(json.loads(vault.open_words(row.said, row.line_id))[0]),
                row.stands,
            )
        )
    return found


# -- in the topic


def lose_posted(connection: Connection, handoff_id: int) -> None:
    """The topic is gone: what its lines mean is shown again where they are."""
    shown = and_(table.c.handoff_id == handoff_id, table.c.posted > PASSED_OVER)
    connection.execute(update(table).where(shown).values(posted=None, tries=0))
