"""What a job sees of the database: one transaction's view, where its own changes already hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from flows.calendar_model import NoticeState
from flows.handoff_model import LineState
from flows.model import Person
from storage import drafts, people, washing
from storage.batch import Batch, write
from storage.conversations import (
    NO_TALK,
    UNCHANGED,
    Conversation,
    Living,
    Talk,
    conversation_of,
    written,
)
from storage.drafts import Draft
from storage.ledger import Ledger
from storage.notices import ending
from storage.outbox import Outgoing, Row, Slot, State, find_pending, row_of
from storage.people import Kept, Standing
from storage.schema import setting
from storage.vault import Fleeting, Vault, random_id
from storage.view import View
from storage.washing import Washable

_UNREAD = object()


class Unit:
    """One job's view. A job that raises leaves no trace; one that returns is committed.

    A job may be run again when its transaction could not be committed, so it changes nothing
    but its unit until the future it was given for is done.
    """

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._view = View(batch)
        self._mine = self._view.mine
        self._savepoint: Any = None
        self.sent: list[Row] = []
        self.stirred: set[int] = set()  # conversations with operators that are not as they were
        self.erases = False

    # -- updates

    def handled(self, update_id: int) -> bool:
        """Whether this update already had its effect."""
        return self._view.handled(update_id)

    def mark_handled(self, update_id: int, today: date) -> None:
        """Remember that this update has its effect in this transaction."""
        if not self.handled(update_id):
            self._mine.handled[update_id] = True
            self._mine.marked[update_id] = today

    def quarantine(self, update_id: int, kind: str, at: datetime) -> None:
        """Set an update aside that failed every time: its id and kind, never its content."""
        self._mine.quarantined.append({"update_id": update_id, "kind": kind, "at": at})
        self.mark_handled(update_id, at.date())

    # -- people

    def person(self, chat_id: int) -> Person | None:
        """The person of a chat; on PostgreSQL nobody else changes them until the commit."""
        person_id = self._view.person_id(chat_id)
        return None if person_id is None else self.person_by_id(person_id)

    def person_by_id(self, person_id: int) -> Person | None:
        """The person of an id, where they are still kept."""
        kept = self._view.kept(person_id)
        return None if kept is None else kept.person

    def chat_id(self, person_id: int) -> int | None:
        """Where to write to a person."""
        return self._view.chat_id(person_id)

    def create_person(
        self, chat_id: int, language: str | None, today: date, desk: str | None = None
    ) -> Person:
        """Keep somebody new; the one of that chat where there already is one."""
        known = self.person(chat_id)
        if known is not None:
            return known
        vault = self._batch.vault
        new = Person(random_id(), language, desk=desk, since=today)
        mine = self._mine
        mine.chats[chat_id] = new.id
        mine.people[new.id] = Kept(new, today)
        mine.talks[new.id] = NO_TALK
        mine.born[new.id] = people.born(
            new, self._batch.lookup(chat_id), vault.seal_chat(chat_id, new.id), today
        )
        return new

    def save_person(self, changed: Person) -> None:
        """Keep language, careful mode, desk and welcome of a person."""
        kept = self._view.kept(changed.id)
        if kept is None or kept.person == changed:
            return
        self._mine.people[changed.id] = replace(kept, person=changed)
        self._mine.changed[changed.id] = changed

    def mark_seen(self, person_id: int, today: date) -> None:
        """The person wrote today: retention counts from now, and they can be reached again."""
        kept = self._view.kept(person_id)
        if kept is None or (kept.seen == today and kept.reachable):
            return
        self._mine.people[person_id] = people.seen_on(kept, today)
        self._mine.seen[person_id] = today

    def reachable(self, person_id: int) -> bool:
        """Whether messages to this person may be tried: they are kept and did not block the bot."""
        kept = self._view.kept(person_id)
        return kept is not None and kept.reachable

    def standing(self, person_id: int) -> Standing | None:
        """The person's conversation with operators, also a closed one."""
        if self._batch.is_direct:  # a job of this transaction may have changed it
            return people.find_standing(self.reading(), self._batch.statements, person_id)
        kept = self._view.kept(person_id)
        return None if kept is None else kept.standing

    def set_unreachable(self, person_id: int, at: datetime, refused: Row | None = None) -> None:
        """They blocked the bot: drop what waits for them and try nothing more until they write.

        `refused` is the row that was not taken just now, if that is how we know.
        """
        people.set_unreachable(self.direct(), person_id, at, refused)
        kept = self._view.kept(person_id)
        if kept is not None:
            self._mine.people[person_id] = replace(kept, reachable=False)
        self.sent = [row for row in self.sent if row.person_id != person_id]

    def delete_person(self, person_id: int) -> bytes | None:
        """Delete everything about a person; their look-up comes back for the erasure ledger.

        Rows only: `erase.forget` is what keeps them forgotten in backups and cleans the files.
        """
        self.erases = True  # on a full disk it goes first, into the room kept for it
        self.save_draft(person_id, None)
        lookup = people.delete_person(self.direct(), person_id)
        for known in (self._batch.layer.chats, self._mine.chats):
            for chat_id in [chat for chat, id_ in known.items() if id_ == person_id]:
                self._mine.chats[chat_id] = None
        self._mine.people[person_id] = None
        self._mine.talks[person_id] = NO_TALK
        self.sent = [row for row in self.sent if row.person_id != person_id]
        return lookup

    # -- conversations

    def conversation(self, person_id: int) -> Conversation:
        """State and living message, as a tuple; the state is the job's own copy."""
        return conversation_of(self._view.talk(person_id), person_id, self._batch.vault)

    def save_conversation(
        self, person_id: int, state: dict[str, Any] | None, living: Living = UNCHANGED
    ) -> None:
        """Keep the state of a conversation; nothing is kept of somebody who was deleted."""
        if self._view.kept(person_id) is None:
            return
        plain = written(state or {})
        self._mine.states[person_id] = plain
        if living is UNCHANGED:
            living = self._view.talk(person_id).living
        else:
            self._mine.livings[person_id] = living
        self._mine.talks[person_id] = Talk(None, plain, living)

    @property
    def fleeting(self) -> Fleeting:
        """The keys of what must not outlive the day."""
        return self._batch.fleeting

    def draft(self, person_id: int) -> Draft | None:
        """What somebody began that is secret, where it can still be opened."""
        plain = self._view.draft(person_id)
        return None if plain is None else drafts.read(plain)[1]

    def save_draft(self, person_id: int, draft: Draft | None) -> None:
        """Keep what is secret of a conversation, or let it go."""
        if draft is None and self._view.draft(person_id) is None:
            return
        plain = None if draft is None else drafts.written(person_id, draft)
        self._mine.drafts[person_id] = self._mine.drafts_saved[person_id] = plain

    # -- outbox

    def send(self, outgoing: Outgoing) -> Row:
        """Put a call into the outbox; it is handed to the delivery after the commit."""
        person_id = outgoing.person_id
        if person_id is not None and self._mine.people.get(person_id, _UNREAD) is None:
            person_id = None  # what is said to somebody after they were deleted is not theirs
        living = None
        if person_id is not None and outgoing.slot is not Slot.NONE:
            living = self._view.talk(person_id).living
        row = row_of(outgoing, self._batch.next_row_id(), person_id, living)
        self._mine.rows[row.id] = row
        self.sent.append(row)
        return row

    def pending_rows(
        self,
        limit: int,
        after: int = 0,
        *,
        bulk: bool | None = None,
        before: datetime | None = None,
    ) -> list[Row]:
        """What waits to be sent, oldest first; see `outbox.find_pending`."""
        batch = self._batch
        return find_pending(
            self.direct(), batch.vault, batch.fleeting, limit, after, bulk=bulk, before=before
        )

    def mark_sending(self, row: Row) -> None:
        """An at-most-once row is about to be sent; committed before the call is made."""
        self._mine.rows_state.append({"the_id": row.id, "state": int(State.SENDING)})
        self._mine.end_line(row, LineState.SENDING)

    def mark_sent(self, row: Row, message_id: int | None, at: datetime) -> None:
        """It arrived: its body is gone, its message is remembered, the living message follows."""
        self._mine.rows_gone.append({"the_id": row.id})
        self._mine.end_line(row, LineState.SENT, at, message_id)
        self._mine.end_notice(row, NoticeState.SENT, at)
        if row.person_id is None:
            return
        if row.slot in (Slot.EDIT, Slot.NEW):
            self._view.set_living(row.person_id, message_id)
        elif row.slot is Slot.RETIRE:
            self._view.set_living(row.person_id, None)
        if message_id is not None:
            self.remember_message(
                row.person_id, message_id, at, row.wash_at, incoming=False, row_id=row.id
            )

    def mark_retry(self, row: Row, not_before: datetime) -> None:
        """It did not arrive, and is tried again then."""
        self._mine.rows_retried.append(
            {"the_id": row.id, "state": int(State.NEW), "not_before": not_before}
        )

    def mark_failed(self, row: Row, at: datetime) -> None:
        """It can never arrive: it is dropped."""
        self._mine.rows_gone.append({"the_id": row.id})
        self._mine.end_line(row, LineState.FAILED, at)
        if row.notice is not None:
            ending.fail(self.direct(), row.notice, at)

    def mark_unknown(self, row: Row, at: datetime) -> None:
        """Nobody knows whether it arrived and it must not arrive twice: keep the row, erase it."""
        self._mine.rows_unknown.append({"the_id": row.id, "state": int(State.UNKNOWN)})
        self._mine.end_line(row, LineState.UNKNOWN, at)
        self._mine.end_notice(row, NoticeState.UNKNOWN, at)

    # -- what the chat shows

    def remember_message(
        self,
        person_id: int,
        message_id: int,
        at: datetime,
        wash_at: datetime | None = None,
        *,
        incoming: bool,
        row_id: int | None = None,
    ) -> None:
        """Remember that the chat shows this message, and its hour, so that it can be deleted."""
        self._mine.messages.append(
            {
                "person_id": person_id,
                "message_id": message_id,
                "at": washing.to_hour(at),
                "wash_at": wash_at,
                "incoming": incoming,
                "row_id": row_id,
            }
        )

    def messages_to_clean(self, person_id: int, now: datetime) -> list[int]:
        """The messages of a chat that can still be deleted."""
        return washing.find_cleanable(self.direct(), person_id, now)

    def clean_chat(self, person_id: int, now: datetime, but: int | None = None) -> list[int]:
        """The messages to delete now, which are no longer remembered; `but` the living one, if any.

        A message under way at this moment is washed as soon as it has arrived.
        """
        found = [one for one in self.messages_to_clean(person_id, now) if one != but]
        washing.forget_shown(self.direct(), person_id, but)
        self._mine.talks[person_id] = replace(self._view.talk(person_id), living=but)
        return found

    def is_aged(self, person_id: int, message_id: int, now: datetime) -> bool:
        """Whether a living message is so old that another should take its place."""
        sent = washing.find_sending(self.reading(), person_id, message_id)
        return sent is not None and now - sent > washing.AGED

    def wash_all(self, person_id: int, wash_at: datetime) -> None:
        """Let go in time, too, of what the chat shows from before the careful mode."""
        washing.wash_all(self.direct(), person_id, wash_at)

    def washable(self, now: datetime, limit: int) -> list[Washable]:
        """Messages whose time to be deleted has come, with the chat they are in."""
        return washing.find_washable(self.direct(), self._batch.vault, now, limit)

    def forget_messages(self, person_id: int, message_ids: Sequence[int]) -> None:
        """The chat no longer shows these."""
        self._mine.messages_gone += [
            {"the_person": person_id, "the_message": message_id} for message_id in message_ids
        ]

    # -- counters and settings

    def count_useful(self, card: str, language: str, month: str, useful: bool) -> None:
        """Count one opinion about a card, of nobody in particular."""
        key = (card, language, month, useful)
        self._mine.counted[key] = self._mine.counted.get(key, 0) + 1

    def setting(self, key: str) -> str | None:
        """What the system remembers under a key."""
        for layer in (self._mine, self._batch.layer):
            if key in layer.settings:
                return layer.settings[key]
        query = select(setting.c.value).where(setting.c.key == key)
        return self._batch.connection.execute(query).scalar()

    def set_setting(self, key: str, value: str) -> None:
        """Remember something of the system."""
        self._mine.settings[key] = value

    # -- for other modules of this room

    @property
    def vault(self) -> Vault:
        """The keys of the house."""
        return self._batch.vault

    @property
    def ledger(self) -> Ledger:
        """Where erasures are remembered outside the database."""
        return self._batch.ledger

    def reading(self) -> Connection:
        """The connection, to look into tables that jobs write only through `direct`."""
        return self._batch.connection

    def direct(self) -> Connection:
        """The connection inside a savepoint, to execute anything.

        Everything this job and those before it wanted written is written first.
        """
        batch = self._batch
        batch.is_direct = True
        if self._savepoint is None:
            batch.flush()
            self._savepoint = batch.connection.begin_nested()
        write(self._mine, batch)
        return batch.connection

    def undo(self) -> None:
        """Take back all that this job did so far; it goes on as if it had only begun.

        Only a line in the ledger stays: whoever asked to be forgotten is not restored later.
        """
        self.drop()
        self._savepoint = None
        self._view.restart()
        self._mine = self._view.mine
        self.sent, self.stirred, self.erases = [], set(), False

    @property
    def in_savepoint(self) -> bool:
        """For the writer: whether this job executed statements of its own."""
        return self._savepoint is not None

    def keep(self) -> None:
        """For the writer: the job returned, its changes become the batch's."""
        if self._savepoint is not None:
            write(self._mine, self._batch)
            self._savepoint.commit()
        self._batch.layer.absorb(self._mine)

    def drop(self) -> None:
        """For the writer: the job raised, its changes never were."""
        if self._savepoint is not None:
            self._savepoint.rollback()
