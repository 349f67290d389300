"""What was done here: the audit, everybody's for administrators, one's own for each operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.console.visit import Access, Page, Visit, get
from flows.text import Text, _, ngettext, verbatim
from storage import audit
from storage.audit import Action, Verdict
from storage.database import Connection
from storage.operators import all_operators

PAGE_ROWS = 50
TERMINAL = _("at the terminal")
DEEDS: dict[str, Text] = {
    Action.OFFICE_ADDED: _("added an office"),
    Action.OFFICE_CHANGED: _("changed an office"),
    Action.OFFICE_CLOSED: _("closed an office"),
    Action.OFFICE_OPENED: _("opened an office again"),
    Action.DESK_CHANGED: _("changed a desk"),
    Action.OPERATOR_ADDED: _("added an operator"),
    Action.OPERATOR_CHANGED: _("changed what an operator may do, or when they are away"),
    Action.OPERATOR_REMOVED: _("removed an operator"),
    Action.OPERATOR_RESET: _("let an operator begin anew"),
    Action.SIGNED_UP: _("chose a passphrase and a phone"),
    Action.RECOVERY_MADE: _("printed the recovery sheet"),
    Action.RECOVERY_USED: _("used the recovery sheet"),
    Action.SIGNED_IN: _("signed in"),
    Action.SIGNED_OUT: _("signed out"),
    Action.SIGNED_OUT_EVERYWHERE: _("signed out everywhere"),
    Action.PASSPHRASE_CHANGED: _("changed the passphrase"),
    Action.TOTP_RENEWED: _("changed the phone"),
    Action.LINK_MADE: _("made a word that links a Telegram account"),
    Action.LINKED: _("linked their Telegram account"),
    Action.UNLINKED: _("unlinked their Telegram account"),
    Action.AUDIT_READ: _("read this list"),
    Action.QUEUE_READ: _("looked at the list of reports"),
    Action.REPORT_READ: _("opened a report"),
    Action.EVIDENCE_READ: _("opened evidence"),
    Action.REPLIED: _("replied"),
    Action.NOTED: _("wrote a note"),
    Action.STATUS_SET: _("changed a status"),
    Action.ASSIGNED: _("gave a report to somebody"),
    Action.HANDED_ON: _("handed a report on"),
    Action.CLOSED: _("closed a report"),
    Action.LINE_CUT: _("cut a reply line"),
    Action.DOUBTED: _("said that a report looks false"),
    Action.TRUSTED: _("said that a report is true after all"),
    Action.EXPORT_ASKED: _("asked to take a report out"),
    Action.EXPORT_AGREED: _("agreed to take a report out"),
    Action.EXPORT_REFUSED: _("let a report not be taken out"),
    Action.EXPORTED: _("took a report out"),
    Action.TALK_READ: _("opened a conversation"),
    Action.TALK_FILE_READ: _("opened a file of a conversation"),
    Action.CONTACT_OPENED: _("opened a contact sheet"),
    Action.APPOINTMENT_READ: _("read an appointment"),
    Action.APPOINTMENT_CHANGED: _("changed an appointment"),
    Action.OPENING_CHANGED: _("changed when a desk gives appointments"),
    Action.CASE_READ: _("read a case"),
    Action.ROLL_READ: _("read who is in a course"),
    Action.CASE_CHANGED: _("changed a case"),
    Action.CASE_MOVED: _("moved a case to another stage"),
    Action.CASE_GIVEN: _("gave a case to somebody"),
    Action.CASE_DELETED: _("deleted a case"),
    Action.CHOICE_RECORDED: _("recorded a choice of the person"),
    Action.HANDOVER_MADE: _("made a code for a person's chat"),
    Action.HANDOVER_USED: _("used a person's code"),
    Action.WORK_HANDED_OVER: _("handed over the work of a colleague"),
    Action.COURSES_IMPORTED: _("took in courses from a file"),
    Action.FEED_MADE: _("made an address for calendars"),
    Action.FEED_ENDED: _("ended an address for calendars"),
    Action.COURSE_CHANGED: _("changed a course"),
    Action.ATTENDANCE_TAKEN: _("took the attendance of a lesson"),
    Action.SERVICE_CHANGED: _("changed a service of the directory"),
    Action.SERVICE_SEEN: _("saw that a service is as it stands in the directory"),
    Action.SERVICE_DELETED: _("deleted a service of the directory"),
    Action.SERVICES_IMPORTED: _("took in services from a file"),
    Action.MASS_WRITTEN: _("wrote a message to many"),
    Action.MASS_SENT: _("let a message to many go out"),
    Action.MASS_STOPPED: _("stopped a message to many"),
    Action.MASS_RESUMED: _("went on with a message to many"),
    Action.MASS_ENDED: _("ended a message to many"),
    Action.MASS_DROPPED: _("threw a draft of a message to many away"),
    Action.WORDS_PROPOSED: _("proposed other words"),
    Action.WORDS_DECIDED: _("decided about proposed words"),
    Action.WORDS_IMPORTED: _("took in words from a file"),
    Action.CARD_CHECKED: _("checked a card against its source"),
    Action.CARD_GIVEN: _("said who looks after a card"),
}
CUT_OFF = _("The end of the list is missing. Do not trust it, and tell who runs the server.")


@dataclass(frozen=True, slots=True)
class Deed:
    """One row as it is shown."""

    seq: int
    at: datetime
    who: Text
    what: Text
    about: Text


async def show(visit: Visit) -> web.StreamResponse:
    """A page of the list; an administrator's look at it is a row in it, too."""
    operator = visit.operator
    everybody = operator.is_administrator
    only = None if everybody else operator.id
    count = await visit.room.read(lambda connection: audit.count_entries(connection, only))
    pages = max(1, -(-count // PAGE_ROWS))
    number = visit.page_number(pages)
    if everybody:
        await visit.note(Action.AUDIT_READ)

    def look(connection: Connection) -> list[Deed]:
        names = {one.id: one.name for one in all_operators(connection, removed=True)}
        skip = (number - 1) * PAGE_ROWS
        found = audit.find_entries(connection, limit=PAGE_ROWS, skip=skip, operator_id=only)
        return [
            Deed(
                one.seq,
                one.at,
                TERMINAL
                if one.operator_id == audit.TERMINAL
                else verbatim(names.get(one.operator_id, "?")),
                DEEDS.get(one.action, verbatim(one.action)),
                _about(one),
            )
            for one in found
        ]

    deeds = await visit.room.read(look)
    return visit.page("audit.html", deeds=deeds, number=number, pages=pages, everybody=everybody)


def _about(entry: audit.Entry) -> Text:
    """What a row is about; of a sign-in, how often it had been refused just before."""
    if entry.action == Action.SIGNED_IN and entry.object.isdecimal():
        return ngettext(
            "{count} try was refused before", "{count} tries were refused before", int(entry.object)
        )
    return verbatim(entry.object)


async def check(visit: Visit) -> web.StreamResponse:
    """Look at every row and say whether any was altered, dropped or moved."""
    vault = visit.room.database.vault
    verdict = await visit.room.read(lambda connection: audit.verify(connection, vault))
    return visit.page("audit-check.html", verdict=verdict, trouble=trouble(verdict))


def trouble(verdict: Verdict) -> Text | None:
    """What is wrong with the list, if anything is."""
    if verdict.broken is None:
        return None
    if not verdict.broken:
        return CUT_OFF
    return _(
        "The list was changed from row {row} on. Do not trust it, and tell who runs the server.",
        row=verdict.broken,
    )


PAGES: tuple[Page, ...] = (
    get("/audit", Access.ANTENNA, show),
    get("/audit/check", Access.ADMINISTRATOR, check),
)
