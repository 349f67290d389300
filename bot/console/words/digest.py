"""What must be checked, read or mended; who looks after a card, and that it was checked again."""

from __future__ import annotations

from aiohttp import web

from bot.console.visit import Visit
from bot.console.words import labels
from bot.console.words.message import refused_of
from bot.console.words.rack import Rack, names_of
from bot.wording.digest import Digest, make_digest, next_review
from bot.wording.states import STATES, Look
from flows.text import Text, _
from storage import audit
from storage.audit import Action
from storage.database import Connection
from storage.operators import Operator, all_operators
from storage.wording.caring import find_care, give_to, note_check

MONTHS = {3: _("in 3 months"), 6: _("in 6 months"), 12: _("in 12 months")}
LONGEST_WHY = 300


async def _digest(rack: Rack, visit: Visit) -> Digest:
    desk, today = await rack.desk(visit), visit.room.now.date()
    care = await visit.room.read(find_care)
    return make_digest(desk, rack.library(), rack.numbers(), care, today)


async def show(rack: Rack, visit: Visit) -> web.StreamResponse:
    """The digest of today, with what can be done about it."""
    found, names = await _digest(rack, visit), await names_of(visit)
    people = await visit.room.read(all_operators)
    wanted = visit.request.query.get("of", "")
    every: list[tuple[Text, object, str]] = [
        (_("Should have been checked again"), found.overdue, "late"),
        (_("Has to be checked within 30 days"), found.soon, "soon"),
        (_("Never checked against a source"), found.unverified, ""),
        (_("In order"), _rest(found), ""),
    ]
    return visit.page(
        "words/digest.html",
        digest=found,
        lists=every,
        names=names,
        people=people,
        months=MONTHS,
        states=STATES,
        looks=list(Look),
        labels=labels.SHORT,
        wanted=wanted,
        done=labels.DONE.get(visit.request.query.get("done", "")),
        refused=refused_of(visit),
        most_why=LONGEST_WHY,
    )


def _rest(found: Digest) -> list[object]:
    told = {one.subject for one in (*found.overdue, *found.soon, *found.unverified)}
    return [one for one in found.items if one.subject not in told]


async def _known(rack: Rack, visit: Visit) -> str:
    """The card that was meant.

    Raises:
        web.HTTPNotFound: there is none of this id.
    """
    subject = visit.value("of")
    if all(one.subject != subject for one in (await _digest(rack, visit)).items):
        raise web.HTTPNotFound
    return subject


async def check(rack: Rack, visit: Visit) -> web.StreamResponse:
    """Keep that the facts of a card were checked today, against what, and until when it holds."""
    subject, months = await _known(rack, visit), visit.number("months") or 0
    why = " ".join(visit.value("why", longest=LONGEST_WHY).split())
    if not why or months not in MONTHS:
        return visit.go("/words/digest?refused=reason")
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    review = next_review(now.date(), months)

    def change(connection: Connection) -> None:
        note_check(connection, subject, now.date(), review, who.id, now, why)
        audit.write(connection, vault, now, who.id, Action.CARD_CHECKED, subject)

    await visit.room.write(change)
    await rack.changed()
    return visit.go("/words/digest?done=checked")


async def give(rack: Rack, visit: Visit) -> web.StreamResponse:
    """Say who looks after a card."""
    subject = await _known(rack, visit)
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    owner = await visit.room.read(lambda connection: _owner(visit, all_operators(connection)))

    def change(connection: Connection) -> None:
        give_to(connection, subject, owner, who.id, now)
        audit.write(connection, vault, now, who.id, Action.CARD_GIVEN, subject)

    await visit.room.write(change)
    return visit.go("/words/digest?done=given")


def _owner(visit: Visit, people: list[Operator]) -> int | None:
    wanted = visit.number("owner")
    return next((one.id for one in people if one.id == wanted), None)
