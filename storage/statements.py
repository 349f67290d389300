"""Every statement of the hot path, built once for the dialect in use and executed for many rows."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Dialect,
    Insert,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import UpdateBase

from flows.calendar_model import NoticeState
from flows.handoff_model import LineState
from storage.calendar_schema import notice
from storage.handoff_schema import handoff, handoff_line
from storage.many import Among, Many
from storage.schema import (
    Instant,
    chat_message,
    conversation,
    draft,
    handled,
    outbox,
    person,
    quarantine,
    setting,
    useful,
)
from storage.washing import in_time


class Statements:
    """The statements for one dialect. Parameters of a `WHERE` begin with `the_`."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self.is_postgresql = dialect.name == "postgresql"
        self._build_people()
        self._build_conversations()
        self._build_outbox()
        self._build_lines()
        self._build_notices()
        self._build_messages()
        self._build_counters()

    def _many(self, statement: UpdateBase, *columns: str) -> Many:
        return Many(statement, self._dialect, list(columns) or None)

    def _insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        return postgresql.insert(table) if self.is_postgresql else sqlite.insert(table)

    def _upsert(self, table: Table, *changed: str) -> Insert:
        """Insert; where the row exists, change these columns, or nothing."""
        new = self._insert(table)
        keys = list(table.primary_key.columns)
        if not changed:
            return new.on_conflict_do_nothing(index_elements=keys)
        return new.on_conflict_do_update(
            index_elements=keys, set_={name: new.excluded[name] for name in changed}
        )

    def _locked(self, query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
        # Rows are locked in the order of their ids, so that two processes never wait for each
        # other in a circle. SQLite has one writer and needs no row locks.
        if not self.is_postgresql:
            return query
        return query.order_by(person.c.id).with_for_update(of=person, key_share=True)

    def _build_people(self) -> None:
        found = self._locked(
            select(
                person.c.lookup,
                person.c.id,
                person.c.language,
                person.c.careful,
                person.c.desk,
                person.c.welcomed,
                person.c.since,
                person.c.seen,
                person.c.reachable,
                conversation.c.state,
                conversation.c.living,
                handoff.c.id,
                handoff.c.state,
            )
            .outerjoin_from(person, conversation)
            .outerjoin(handoff, handoff.c.person_id == person.c.id)
        )
        self.people = Among(found, person.c.lookup, self._dialect)
        self.people_by_id = Among(found, person.c.id, self._dialect)
        self.person_new = self._many(insert(person))
        self.person_changed = self._many(
            update(person)
            .where(person.c.id == bindparam("the_id"))
            .values({name: bindparam(name) for name in ("language", "careful", "desk", "welcomed")})
        )
        self.person_seen = self._many(
            update(person)
            .where(person.c.id == bindparam("the_id"))
            .values(seen=bindparam("seen"), reachable=True)
        )

    def _build_conversations(self) -> None:
        saved = self._insert(conversation)
        living = case(
            (bindparam("sets_living", type_=Boolean), saved.excluded.living),
            else_=conversation.c.living,
        )
        self.conversation_saved = self._many(
            saved.on_conflict_do_update(
                index_elements=[conversation.c.person_id],
                set_={"state": saved.excluded.state, "living": living},
            ),
            "person_id",
            "state",
            "living",
        )
        self.living_changed = self._many(
            update(conversation)
            .where(conversation.c.person_id == bindparam("the_id"))
            .values(living=bindparam("living"))
        )
        self.drafts = Among(select(draft.c.lookup, draft.c.body), draft.c.lookup, self._dialect)
        self.draft_saved = self._many(self._upsert(draft, "body"))
        self.draft_gone = self._many(delete(draft).where(draft.c.lookup == bindparam("the_lookup")))
        self.handled_among = Among(select(handled.c.update_id), handled.c.update_id, self._dialect)
        self.handled_new = self._many(insert(handled))

    def _build_outbox(self) -> None:
        self.rows_new = self._many(insert(outbox))
        self.rows_gone = self._many(delete(outbox).where(outbox.c.id == bindparam("the_id")))
        self.rows_state = self._many(
            update(outbox)
            .where(outbox.c.id == bindparam("the_id"))
            .values(state=bindparam("state"))
        )
        self.rows_unknown = self._many(
            update(outbox)
            .where(outbox.c.id == bindparam("the_id"))
            .values(state=bindparam("state"), body=b"")
        )
        self.rows_retried = self._many(
            update(outbox)
            .where(outbox.c.id == bindparam("the_id"))
            .values(
                state=bindparam("state"),
                not_before=bindparam("not_before"),
                attempts=outbox.c.attempts + 1,
            )
        )

    def _build_lines(self) -> None:
        standing = select(handoff.c.id, handoff.c.state)
        self.standing = Among(standing, handoff.c.person_id, self._dialect)
        # What an operator took back stays so, whatever is heard of its row afterwards; and what
        # did not go because the person blocked us is not said to have failed for another reason.
        undone = handoff_line.c.state == LineState.UNDONE.value
        blocked = handoff_line.c.state == LineState.BLOCKED.value
        delivered = bindparam("delivered", type_=handoff_line.c.delivered.type)
        delivered_at = bindparam("delivered_at", type_=Instant)
        state = bindparam("state", type_=handoff_line.c.state.type)
        settled = or_(undone, and_(blocked, state == LineState.FAILED.value))
        this = bindparam("the_line", type_=handoff_line.c.id.type)
        self.lines_state = self._many(
            update(handoff_line)
            .where(handoff_line.c.id == this)
            .values(
                state=case((settled, handoff_line.c.state), else_=state),
                delivered=func.coalesce(delivered, handoff_line.c.delivered),
                delivered_at=func.coalesce(delivered_at, handoff_line.c.delivered_at),
            )
        )
        whose = select(handoff_line.c.handoff_id).where(handoff_line.c.id == this)
        at = bindparam("at", type_=Instant)
        self.lines_behind = self._many(
            update(handoff)
            .where(handoff.c.id == whose.scalar_subquery())
            .values(behind_since=func.coalesce(handoff.c.behind_since, at))
        )

    def _build_notices(self) -> None:
        # What arrived was sent, whatever was decided meanwhile; else what has ended stays so.
        sent = bindparam("state", type_=notice.c.state.type) == NoticeState.SENT.value
        handed = notice.c.state == NoticeState.HANDED.value
        self.notices_state = self._many(
            update(notice)
            .where(notice.c.id == bindparam("the_notice", type_=notice.c.id.type))
            .where(or_(handed, sent))
            .values(state=bindparam("state", type_=notice.c.state.type), ended=bindparam("ended"))
        )

    def _build_messages(self) -> None:
        # A message of a person who was forgotten meanwhile is not remembered, and one that was
        # under way while the chat was cleaned is washed at once. What is sent without a row of the
        # outbox has a number below zero, and was not waiting then.
        cleaned = (
            select(func.coalesce(conversation.c.cleaned, literal_column("0")))
            .where(conversation.c.person_id == bindparam("person_id"))
            .scalar_subquery()
        )
        row_id = bindparam("row_id", type_=outbox.c.id.type)
        at = bindparam("at", type_=Instant)
        wash_at = bindparam("wash_at", type_=Instant)
        columns = ["person_id", "message_id", "at", "wash_at", "incoming"]
        new = self._insert(chat_message)
        self.message_new = self._many(
            new.from_select(
                columns,
                select(
                    person.c.id,
                    bindparam("message_id", type_=chat_message.c.message_id.type),
                    at,
                    case(((row_id > 0) & (row_id <= cleaned), at), else_=wash_at),
                    bindparam("incoming", type_=chat_message.c.incoming.type),
                ).where(person.c.id == bindparam("person_id")),
            ).on_conflict_do_update(
                index_elements=[chat_message.c.person_id, chat_message.c.message_id],
                set_={"wash_at": in_time(new.excluded.wash_at)},
            )
        )
        self.message_gone = self._many(
            delete(chat_message).where(
                chat_message.c.person_id == bindparam("the_person"),
                chat_message.c.message_id == bindparam("the_message"),
            )
        )

    def _build_counters(self) -> None:
        counted = self._insert(useful)
        self.useful_counted = self._many(
            counted.on_conflict_do_update(
                index_elements=list(useful.primary_key.columns),
                set_={"count": useful.c.count + counted.excluded.count},
            )
        )
        self.setting_saved = self._many(self._upsert(setting, "value"))
        self.quarantined = self._many(self._upsert(quarantine))
