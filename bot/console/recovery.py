"""The recovery sheet: printed once when a deployment begins, used when a passphrase was lost."""

from __future__ import annotations

import asyncio
from typing import cast

from aiohttp import web

from bot.console import sheet
from bot.console.phone import square
from bot.console.sheet import Misread
from bot.console.visit import Access, Page, Visit, get, post
from flows.text import Text, _
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection
from storage.offices import find_recovery_key, keep_recovery_key
from storage.operators import Operator, all_operators, find_credentials
from storage.vault import PrivateKey, PublicKey, Recipient, make_pair

DRAFT = "recovery key"
PLACES = "recovery places"
LONGEST_WORDS = 2000
NOT_THOSE = _("These are not the two words. Look at their numbers on the printed sheet.")
NOT_A_SHEET = _("These words are not a whole sheet. Look at each one; there must be 33.")
NOT_OURS = _("This sheet belongs to another deployment, or to an older one.")
NOBODY = _("This operator has no key yet: first they open their link and choose a passphrase.")


async def show(visit: Visit) -> web.StreamResponse:
    """Show the sheet to print, or that there is one already."""
    kept = await visit.room.read(find_recovery_key)
    return _sheet(visit) if kept is None else _kept(visit, kept)


def _kept(visit: Visit, kept: PublicKey, wrong: Text | None = None) -> web.Response:
    status = 409 if wrong else 200
    return visit.page("sheet-kept.html", status=status, fingerprint=kept.fingerprint, wrong=wrong)


def _sheet(visit: Visit, wrong: Text | None = None) -> web.Response:
    drafts = visit.signed_in.drafts
    key = cast(PrivateKey, drafts.setdefault(DRAFT, make_pair()))
    places = cast(tuple[int, int], drafts.setdefault(PLACES, sheet.two_places()))
    words = sheet.written(key)
    return visit.page(
        "sheet.html",
        status=422 if wrong else 200,
        sheet_words=words,
        square=square(" ".join(words)),
        fingerprint=key.public.fingerprint,
        places=places,
        today=visit.room.now.date(),
        wrong=wrong,
    )


async def printed(visit: Visit) -> web.StreamResponse:
    """Keep the public half once two words show that the sheet is on paper."""
    drafts = visit.signed_in.drafts
    key, places = drafts.get(DRAFT), drafts.get(PLACES)
    if not isinstance(key, PrivateKey) or places is None:
        return visit.go("/recovery-sheet")
    first, second = cast(tuple[int, int], places)
    words = sheet.written(key)
    if not (
        sheet.is_word(visit.value("first"), words[first - 1])
        and sheet.is_word(visit.value("second"), words[second - 1])
    ):
        return _sheet(visit, NOT_THOSE)
    operator, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> PublicKey | None:
        if keep_recovery_key(connection, key.public):
            print_of = key.public.fingerprint
            write_audit(connection, vault, now, operator.id, Action.RECOVERY_MADE, print_of)
        return find_recovery_key(connection)

    kept = await visit.room.write(change)
    drafts.pop(DRAFT, None)
    drafts.pop(PLACES, None)
    if kept is not None and kept != key.public:  # somebody else was first: this paper opens nothing
        return _kept(visit, kept, NOT_OURS)
    await visit.room.on_offices_changed()
    return visit.go("/help?new=1")


async def ask(visit: Visit) -> web.StreamResponse:
    """Ask for the words of the sheet and for whom."""
    return await _asking(visit)


async def _asking(
    visit: Visit, wrong: Text | None = None, done: tuple[str, int] | None = None
) -> web.Response:
    operators = await visit.room.read(all_operators)
    return visit.page(
        "recovery.html",
        status=422 if wrong else 200,
        readers=[one for one in operators if one.ready],
        wrong=wrong,
        done=done,
    )


async def use(visit: Visit) -> web.StreamResponse:
    """Seal every report anew for an operator who lost her key."""
    read = sheet.read(visit.value("words", longest=LONGEST_WORDS))
    if isinstance(read, Misread):
        return await _asking(visit, _misread(read))
    target = await _target(visit)
    if target is None:
        return await _asking(visit, NOBODY)
    operator, recipient, kept = target
    if kept != read.public:
        return await _asking(visit, NOT_OURS)
    await visit.note(Action.RECOVERY_USED, operator.name)
    reports = visit.room.reports
    count = 0
    if reports is not None:
        count = await asyncio.to_thread(reports.reseal, read, recipient, operator.office)
    return await _asking(visit, done=(operator.name, count))


async def _target(visit: Visit) -> tuple[Operator, Recipient, PublicKey | None] | None:
    chosen = visit.value("operator")

    def look(connection: Connection) -> tuple[Operator, Recipient, PublicKey | None] | None:
        for one in all_operators(connection):
            kept = find_credentials(connection, one.id)
            if str(one.id) == chosen and kept is not None:
                recipient = Recipient(one.id, PublicKey(kept.public_key))
                return one, recipient, find_recovery_key(connection)
        return None

    return await visit.room.read(look)


def _misread(found: Misread) -> Text:
    if found.place and found.meant:
        return _(
            "Word {place} is not on any sheet: {word}. Was it {meant}?",
            place=found.place,
            word=found.word,
            meant=found.meant,
        )
    if found.place:
        return _("Word {place} is not on any sheet: {word}.", place=found.place, word=found.word)
    return NOT_A_SHEET


PAGES: tuple[Page, ...] = (
    get("/recovery-sheet", Access.ADMINISTRATOR, show),
    post("/recovery-sheet", Access.ADMINISTRATOR, printed),
    get("/recovery", Access.ADMINISTRATOR, ask),
    post("/recovery", Access.ADMINISTRATOR, use),
)
