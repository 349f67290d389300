"""One transaction of many jobs: what was read once, what is to be written at the end at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, text

from flows.calendar_model import NoticeState
from flows.handoff_model import LineState
from flows.model import Person
from storage.conversations import Talk
from storage.ledger import Ledger
from storage.outbox import Row, stored
from storage.people import Kept, changed, find_people
from storage.statements import Statements
from storage.vault import Fleeting, Vault

_BLOCK = 32
_NEXT_IDS = text("SELECT nextval('outbox_id_seq') FROM generate_series(1, :count)")
_LAST_ID = text("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")


class Layer:
    """What one job, or a whole batch, knows and wants written. A failed job's layer is dropped."""

    __slots__ = (
        "born",
        "changed",
        "chats",
        "counted",
        "drafts",
        "drafts_saved",
        "handled",
        "lines",
        "livings",
        "marked",
        "messages",
        "messages_gone",
        "notices",
        "people",
        "quarantined",
        "rows",
        "rows_gone",
        "rows_retried",
        "rows_state",
        "rows_unknown",
        "seen",
        "settings",
        "states",
        "talks",
    )

    def __init__(self) -> None:
        # what is known
        self.chats: dict[int, int | None] = {}
        self.people: dict[int, Kept | None] = {}
        self.talks: dict[int, Talk] = {}
        self.handled: dict[int, bool] = {}
        self.drafts: dict[int, bytes | None] = {}
        # what is to be written, the last word about each
        self.born: dict[int, dict[str, Any]] = {}
        self.changed: dict[int, Person] = {}
        self.seen: dict[int, date] = {}
        self.states: dict[int, bytes] = {}
        self.livings: dict[int, int | None] = {}
        self.drafts_saved: dict[int, bytes | None] = {}
        self.marked: dict[int, date] = {}
        self.rows: dict[int, Row] = {}
        self.settings: dict[str, str] = {}
        # what is to be written, one after the other
        self.rows_gone: list[dict[str, Any]] = []
        self.rows_state: list[dict[str, Any]] = []
        self.rows_unknown: list[dict[str, Any]] = []
        self.rows_retried: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = []
        self.notices: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.messages_gone: list[dict[str, Any]] = []
        self.quarantined: list[dict[str, Any]] = []
        self.counted: dict[tuple[str, str, str, bool], int] = {}

    def end_line(
        self, row: Row, state: LineState, at: datetime | None = None, delivered: int | None = None
    ) -> None:
        """The operator's line that a row brings is as far as the row is.

        Without a moment its topic has nothing new to show. `delivered` is its message in the chat.
        """
        if row.line is None:
            return
        when = None if delivered is None else at
        ended = {"the_line": row.line, "state": state.value, "at": at}
        self.lines.append(ended | {"delivered": delivered, "delivered_at": when})

    def end_notice(self, row: Row, state: NoticeState, at: datetime) -> None:
        """The notice that a row is ends as the row does."""
        if row.notice is not None:
            ended = {"the_notice": row.notice, "state": state.value, "ended": at}
            self.notices.append(ended)

    def is_plain(self) -> bool:
        """Whether there is nothing here but what nearly every turn and every mark has."""
        return not (
            self.born
            or self.changed
            or self.seen
            or self.settings
            or self.rows_state
            or self.rows_unknown
            or self.rows_retried
            or self.lines
            or self.notices
            or self.messages_gone
            or self.quarantined
            or self.counted
            or self.drafts
            or self.drafts_saved
        )

    def absorb(self, other: Layer) -> None:
        """Take over what a job that succeeded knows and wants written."""
        # The maps of nearly every turn first, spelled out: this runs for each job.
        if other.chats:
            self.chats.update(other.chats)
        if other.people:
            self.people.update(other.people)
        if other.talks:
            self.talks.update(other.talks)
        if other.handled:
            self.handled.update(other.handled)
        if other.states:
            self.states.update(other.states)
        if other.livings:
            self.livings.update(other.livings)
        if other.marked:
            self.marked.update(other.marked)
        if other.rows:
            self.rows.update(other.rows)
        if other.rows_gone:
            self.rows_gone += other.rows_gone
        if other.messages:
            self.messages += other.messages
        if other.is_plain():
            return
        self.born.update(other.born)
        self.changed.update(other.changed)
        self.seen.update(other.seen)
        self.settings.update(other.settings)
        self.rows_state += other.rows_state
        self.rows_unknown += other.rows_unknown
        self.rows_retried += other.rows_retried
        self.lines += other.lines
        self.notices += other.notices
        self.messages_gone += other.messages_gone
        self.quarantined += other.quarantined
        self.drafts.update(other.drafts)
        self.drafts_saved.update(other.drafts_saved)
        for key, count in other.counted.items():
            self.counted[key] = self.counted.get(key, 0) + count


class Batch:
    """What the jobs of one transaction share."""

    def __init__(
        self,
        connection: Connection,
        statements: Statements,
        vault: Vault,
        fleeting: Fleeting,
        ledger: Ledger,
    ) -> None:
        self.connection = connection
        self.statements = statements
        self.vault = vault
        self.fleeting = fleeting
        self.ledger = ledger
        self.layer = Layer()
        self.lookups: dict[int, bytes] = {}
        self.broken: Exception | None = None
        self.is_direct = False
        self._ids: Iterator[int] = iter(())

    def prefetch(self, chats: Iterable[int], updates: Iterable[int]) -> None:
        """Read in two statements what the jobs will ask for, having said their chat and update."""
        wanted = {self.lookup(chat): chat for chat in chats}
        if wanted:
            layer = self.layer
            layer.chats.update(dict.fromkeys(wanted.values()))
            for found in find_people(self.connection, self.statements, list(wanted)):
                person_id = found.kept.person.id
                layer.chats[wanted[found.lookup]] = person_id
                layer.people[person_id] = found.kept
                layer.talks[person_id] = found.talk
            self.find_drafts(list(layer.people))
        ids = list(updates)
        if ids:
            self.layer.handled = dict.fromkeys(ids, False)
            for row in self.statements.handled_among.find(self.connection, ids):
                self.layer.handled[row[0]] = True

    def find_drafts(self, person_ids: Sequence[int]) -> None:
        """Read the drafts of people, each to be found by its look-up only."""
        if not person_ids:
            return
        wanted = {self.fleeting.lookup(one): one for one in person_ids}
        self.layer.drafts.update(dict.fromkeys(person_ids))
        for lookup, body in self.statements.drafts.find(self.connection, list(wanted)):
            self.layer.drafts[wanted[bytes(lookup)]] = self.fleeting.open(
                bytes(body), bytes(lookup)
            )

    def lookup(self, chat_id: int) -> bytes:
        """The look-up of a chat, computed once in a transaction."""
        found = self.lookups.get(chat_id)
        if found is None:
            found = self.lookups[chat_id] = self.vault.lookup(chat_id)
        return found

    def next_row_id(self) -> int:
        """An outbox id that was never used and is above all committed ones of the same chat."""
        found = next(self._ids, None)
        if found is None:
            self._ids = self._reserve()
            found = next(self._ids)
        return found

    def locked_anew(self) -> None:
        """Forget reserved ids: a person locked just now may have newer rows of another process."""
        if self.statements.is_postgresql:
            self._ids = iter(())

    def _reserve(self) -> Iterator[int]:
        if self.statements.is_postgresql:
            return iter(self.connection.execute(_NEXT_IDS, {"count": _BLOCK}).scalars().all())
        # The one writer holds the lock, so what it counts on from here is its own.
        return itertools.count(int(self.connection.execute(_LAST_ID).scalar() or 0) + 1)

    def flush(self) -> None:
        """Write what is to be written; a failure breaks the whole transaction."""
        try:
            write(self.layer, self)
        except Exception as error:
            self.broken = error
            raise


def write(layer: Layer, batch: Batch) -> None:
    """Write all that a layer holds, many rows a statement, and keep what it knows."""
    connection, statements = batch.connection, batch.statements
    _write_people(layer, connection, statements)
    _write_conversations(layer, connection, statements, batch.vault)
    if layer.drafts_saved:
        _write_drafts(layer, connection, statements, batch.fleeting)
    _write_outbox(layer, batch)
    _write_messages(layer, connection, statements)
    _write_counters(layer, connection, statements)


def _write_people(layer: Layer, connection: Connection, statements: Statements) -> None:
    if layer.born:
        statements.person_new.run(connection, list(layer.born.values()))
        layer.born.clear()
    if layer.changed:
        rows = [changed(layer.changed[id_]) for id_ in sorted(layer.changed)]
        statements.person_changed.run(connection, rows)
        layer.changed.clear()
    if layer.seen:
        rows = [{"the_id": id_, "seen": layer.seen[id_]} for id_ in sorted(layer.seen)]
        statements.person_seen.run(connection, rows)
        layer.seen.clear()


def _write_conversations(
    layer: Layer, connection: Connection, statements: Statements, vault: Vault
) -> None:
    # In the order of ids, so that two processes never wait for each other in a circle.
    saved = [
        {
            "person_id": id_,
            "state": vault.seal_state(layer.states[id_], id_),
            "living": layer.livings.get(id_),
            "sets_living": id_ in layer.livings,
        }
        for id_ in sorted(layer.states)
    ]
    living = [
        {"the_id": id_, "living": layer.livings[id_]}
        for id_ in sorted(layer.livings)
        if id_ not in layer.states
    ]
    if saved:
        statements.conversation_saved.run(connection, saved)
    if living:
        statements.living_changed.run(connection, living)
    layer.states.clear()
    layer.livings.clear()
    if layer.marked:
        rows = [{"update_id": id_, "day": day} for id_, day in layer.marked.items()]
        statements.handled_new.run(connection, rows)
        layer.marked.clear()


def _write_drafts(
    layer: Layer, connection: Connection, statements: Statements, fleeting: Fleeting
) -> None:
    found = sorted((fleeting.lookup(id_), plain) for id_, plain in layer.drafts_saved.items())
    saved = [
        {"lookup": lookup, "body": fleeting.seal(plain, lookup)}
        for lookup, plain in found
        if plain is not None
    ]
    gone = [{"the_lookup": lookup} for lookup, plain in found if plain is None]
    if saved:
        statements.draft_saved.run(connection, saved)
    if gone:
        statements.draft_gone.run(connection, gone)
    layer.drafts_saved.clear()


def _write_outbox(layer: Layer, batch: Batch) -> None:
    connection, statements = batch.connection, batch.statements
    if layer.rows:
        rows = [stored(row, batch.vault, batch.fleeting) for row in layer.rows.values()]
        statements.rows_new.run(connection, rows)
        layer.rows.clear()
    if layer.lines:
        _write_lines(layer, connection, statements)
    if layer.notices:
        layer.notices.sort(key=itemgetter("the_notice"))
        statements.notices_state.run(connection, layer.notices)
        layer.notices.clear()
    for rows, statement in (
        (layer.rows_state, statements.rows_state),
        (layer.rows_unknown, statements.rows_unknown),
        (layer.rows_retried, statements.rows_retried),
    ):
        if rows:
            statement.run(connection, rows)
            rows.clear()


def _write_lines(layer: Layer, connection: Connection, statements: Statements) -> None:
    """What became of operators' lines; in the order of ids, so that nobody waits in a circle."""
    layer.lines.sort(key=itemgetter("the_line"))  # of one line, the last word stays the last
    behind = [
        {"the_line": one["the_line"], "at": at}
        for one in layer.lines
        if (at := one.pop("at")) is not None
    ]
    statements.lines_state.run(connection, layer.lines)
    if behind:
        statements.lines_behind.run(connection, behind)
    layer.lines.clear()


def _write_messages(layer: Layer, connection: Connection, statements: Statements) -> None:
    if layer.messages:
        statements.message_new.run(connection, layer.messages)
        layer.messages.clear()
    if layer.messages_gone:
        statements.message_gone.run(connection, layer.messages_gone)
        layer.messages_gone.clear()
    if layer.rows_gone:
        statements.rows_gone.run(connection, layer.rows_gone)
        layer.rows_gone.clear()
    if layer.quarantined:
        statements.quarantined.run(connection, layer.quarantined)
        layer.quarantined.clear()


def _write_counters(layer: Layer, connection: Connection, statements: Statements) -> None:
    if layer.counted:
        rows = [
            {"card": card, "language": language, "month": month, "useful": useful, "count": count}
            for (card, language, month, useful), count in sorted(layer.counted.items())
        ]
        statements.useful_counted.run(connection, rows)
        layer.counted.clear()
    if layer.settings:
        rows = [{"key": key, "value": value} for key, value in sorted(layer.settings.items())]
        statements.setting_saved.run(connection, rows)
        layer.settings.clear()
