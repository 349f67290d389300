"""Opens contact sheets: from a conversation, from a code, or typed at the desk."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from flows.case_model import Source, Stage
from flows.handoff_model import Need
from storage import audit
from storage.audit import Action
from storage.case_schema import contact as table
from storage.cases import sheets
from storage.cases.finding import find_contact, find_contact_of
from storage.cases.model import Contact
from storage.handoff_schema import handoff as handoffs
from storage.handoffs.designations import designation_of
from storage.vault import Vault, random_id

_NEEDS = {
    Need.WORK: "work",
    Need.PAY: "income",
    Need.SAFETY: "safety",
    Need.PAPERS: "papers",
    Need.HOUSE: "house",
    Need.HEALTH: "health",
    Need.LEGAL: "legal",
    Need.LANGUAGE: "language",
    Need.FAMILY: "childcare",
}
"""What a person asked for in the chat, as a need of the sheet."""


def need_of(need: str) -> Need:
    """What a person asked for, by the need of her sheet."""
    known = {kept: asked for asked, kept in _NEEDS.items()} | {one.value: one for one in Need}
    return known.get(need, Need.OTHER)


_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 6


def open_contact(
    connection: Connection,
    vault: Vault,
    *,
    office: str,
    operator_id: int,
    source: Source,
    now: datetime,
    desk: str = "",
    territory: str = "",
    person_id: int | None = None,
    sheet: Mapping[str, Any] | None = None,
    owner: int | None = None,
    opened_at: Stage = Stage.SHEET_OPEN,
) -> Contact:
    """Open a sheet for an office; of a person who has one, that one is given back.

    What the person said in the chat, the conversation with operators, is filled in. Somebody who
    came to the desk has no `person_id` until a code joins their chat.

    Raises:
        FieldError: a field of the sheet does not take its value; nothing was changed.
    """
    if person_id is not None:
        known = find_contact_of(connection, person_id)
        if known is not None:
            return known
    talk = _talk_of(connection, person_id)
    kept = sheets.begun({**_said(talk), **(sheet or {})}, operator_id)
    made = put_contact(
        connection,
        vault,
        kept,
        now,
        number=_new_number(connection),
        designation=designation_of(connection, person_id=person_id),
        person_id=person_id,
        office=office,
        desk=desk or (talk.desk if talk is not None else ""),
        territory=territory or (talk.territory if talk is not None else ""),
        owner=owner,
        created_by=operator_id,
        source=source.value,
        stage=opened_at.value,
        need=talk.need if talk is not None else "",
    )
    audit.write(connection, vault, now, operator_id, Action.CONTACT_OPENED, made.number)
    return made


def put_contact(
    connection: Connection, vault: Vault, kept: sheets.Kept, now: datetime, **values: Any
) -> Contact:
    """Put a contact with its sheet into the database; what is counted comes from the sheet."""
    id_ = random_id()
    sealed = vault.seal_case(sheets.written(kept), "sheet", id_)
    row = {"id": id_, "opened": now.date(), "touched": now, "sheet": sealed}
    connection.execute(insert(table).values(**row | values | sheets.columns(kept)))
    made = find_contact(connection, id_)
    assert made is not None
    return made


def _talk_of(connection: Connection, person_id: int | None) -> Any:
    if person_id is None:
        return None
    return connection.execute(select(handoffs).where(handoffs.c.person_id == person_id)).first()


def _said(talk: Any) -> dict[str, Any]:
    """What is on the sheet already because the person said it in the chat."""
    if talk is None:
        return {}
    said: dict[str, Any] = {"language": talk.language, "place": "bot"}
    if talk.interpreter:
        said["interpreter"] = talk.language
    need = _NEEDS.get(Need(talk.need))
    if need is not None:
        said["needs"] = [need]
    if talk.level is not None:
        said["triage"] = str(talk.level)
    return said


def draw_number(choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """A number by chance, of signs that are not mistaken for each other on paper."""
    return "S-" + "".join(choose(_SIGNS) for _ in range(_LENGTH))


def _new_number(connection: Connection) -> str:
    while True:
        made = draw_number()
        query = select(table.c.id).where(table.c.number == made)
        if connection.execute(query).first() is None:
            return made
