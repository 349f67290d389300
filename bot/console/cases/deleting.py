"""The form that deletes a sheet for good, for an operator of its office who types its number."""

from __future__ import annotations

from aiohttp import web

from bot.console.cases.deeds import RefusedError, chosen
from bot.console.cases.reading import Refused, file_page
from bot.console.visit import Visit
from flows.text import _
from storage.access import to_change
from storage.cases.deleting import Reason, delete_contact
from storage.database import Connection

NOT_THE_NUMBER = _("This is not the number of the sheet. Nothing was deleted.")


async def delete(visit: Visit) -> web.StreamResponse:
    """Delete the sheet of the address, or say why not; its bytes go after the answer."""
    who, database, now = visit.operator, visit.room.database, visit.room.now
    id_ = visit.id("contact")

    def change(connection: Connection) -> None:
        hand = to_change(connection, database.vault, who, id_, now)
        if hand is None:
            raise web.HTTPNotFound
        reason = chosen(visit, "reason", Reason)
        if not delete_contact(hand, database.ledger, visit.value("number"), reason):
            raise RefusedError(NOT_THE_NUMBER)

    try:
        await visit.room.write(change)
    except RefusedError as refused:
        return await file_page(visit, Refused("delete", refused.words, visit.form))
    visit.room.drafts.drop_all(f"sheet {id_}")
    visit.room.leave_no_byte()
    return visit.go("/cases?done=deleted")
