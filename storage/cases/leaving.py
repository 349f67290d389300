"""What stays of a sheet when its person is forgotten: nothing that only the chat had told."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, delete, exists, or_, select, update

from flows.case_model import Purpose, Source
from storage.case_schema import (
    case_choice,
    case_file,
    case_flag,
    case_outcome,
    case_step,
    case_task,
    plan_action,
)
from storage.case_schema import contact as table
from storage.cases import sheets
from storage.cases.finding import find_forgettable
from storage.cases.model import Contact
from storage.handoffs.designations import designation
from storage.vault import Vault

_WORDS = (case_choice, case_flag, case_outcome, case_step, case_task, plan_action)


def leave(connection: Connection, vault: Vault, person_id: int) -> None:
    """Let go of the sheets of a person who is being forgotten: of one there may be another that
    her chat was joined to before.

    A sheet that came from the chat, and of which the person did not agree that it is kept, is
    emptied: an empty sheet is counted where and when it was opened, and says nothing of anybody. A
    case with that choice is the office's record and stays without the chat, and so does what was
    typed at the desk.
    """
    for contact in find_forgettable(connection, person_id):
        _leave(connection, vault, contact)


def _leave(connection: Connection, vault: Vault, contact: Contact) -> None:
    keeps = stays(connection, contact)
    values: dict[str, object] = {"person_id": None, "chat_before": None}
    if not keeps:
        for words in _WORDS:
            connection.execute(delete(words).where(words.c.contact_id == contact.id))
        values |= {
            "designation": designation(connection),
            "sheet": vault.seal_case(sheets.written({}), "sheet", contact.id),
            "version": contact.version + 1,
            "owner": None,
            "bed": "",
            "need": "",
            **dict.fromkeys(("language", "gender", "age"), ""),
        }
    connection.execute(update(table).where(table.c.id == contact.id).values(**values))


def stays(connection: Connection, contact: Contact) -> bool:
    """Whether a sheet is the office's record, and not only what the chat had told."""
    return contact.source is not Source.BOT or _is_kept(connection, contact.id)


def _is_kept(connection: Connection, contact_id: int) -> bool:
    query = select(table.c.id).where(table.c.id == contact_id, with_a_yes())
    return connection.execute(query).first() is not None


def with_a_yes() -> ColumnElement[bool]:
    """Whether the person of a contact agreed that a file is kept: a case came of it, or they say
    so."""
    case = exists().where(case_file.c.contact_id == table.c.id)
    choice = exists().where(
        case_choice.c.contact_id == table.c.id,
        case_choice.c.purpose == Purpose.KEEP.value,
        case_choice.c.given,
        case_choice.c.revoked.is_(None),
    )
    return or_(case, choice)
