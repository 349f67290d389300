"""The page of one conversation; that it was opened is in the audit before a word is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.console.agenda.lines import chip_of
from bot.console.drafts import Kind
from bot.console.languages import tongue, tongues
from bot.console.people import UNKNOWN, people
from bot.console.reports.labels import LEVELS, STRANGE
from bot.console.talks import trouble
from bot.console.talks.desk import Talks, Told
from bot.console.talks.labels import (
    SAFES,
)
from bot.console.talks.meant import ahead, translates
from bot.console.talks.noting import LONGEST_NOTE
from bot.console.talks.standing import others, standing
from bot.console.talks.thread import entries, first_shown
from bot.console.visit import Visit
from bot.group import buttons
from bot.group.words import MEDIA, NEEDS, REASONS, URGENCIES, WHO
from bot.relay.mirror_words import title_of
from bot.words import Words as Tongue
from flows.handoff_model import State
from flows.library import Library
from flows.ready import READY
from flows.report_model import Level
from flows.text import Text, _
from storage.access import Reach
from storage.appointments.finding import of_handoff
from storage.appointments.model import Appointment
from storage.cases.finding import find_contact_of
from storage.database import Connection
from storage.desks import Desk, all_desks
from storage.handoffs import Handoff, Line, Note
from storage.handoffs.lines import find_lines
from storage.handoffs.meanings import Meaning, find_meanings
from storage.handoffs.notes import find_about, find_notes

LONGEST_WORDS = 3_000
STILL_HERE = Told("good", _("What you were writing is still here. It was not sent."))


@dataclass(frozen=True, slots=True)
class Typed:
    """What an operator was writing and is not sent."""

    text: str = ""
    note: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    lines: list[Line]
    meanings: dict[int, Meaning]
    notes: list[Note]
    desks: list[Desk]
    about: str
    sheet: int
    meetings: list[Appointment]


class Reading:
    """The page of one conversation."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show a conversation."""
        handoff = await self._talks.opened(visit, anew=True)
        told = self._talks.told(visit)
        if any(self._kept(visit, handoff.id)):
            told.append(STILL_HERE)
        return await self.page(visit, handoff, told=told)

    async def again(self, visit: Visit) -> web.StreamResponse:
        """The same page as it is now, for one that is open already: no new opening."""
        return await self.page(visit, await self._talks.opened(visit, anew=False))

    async def page(
        self,
        visit: Visit,
        handoff: Handoff,
        *,
        told: Sequence[Told] = (),
        typed: Typed | None = None,
        status: int = 200,
    ) -> web.Response:
        """The page of a conversation that whoever asks takes part in."""
        talks = self._talks
        whole = visit.request.query.get("all") == "1"
        after = first_shown(handoff, whole=whole)
        found = await visit.room.read(lambda c: _look(c, visit, handoff, after))
        staff = await people(visit)
        stands = standing(handoff, visit, staff)
        shown = entries(
            handoff,
            found.lines,
            found.notes,
            visit,
            staff,
            is_mine=stands.may_answer,
            meanings=found.meanings,
        )
        kept, note = self._kept(visit, handoff.id)
        if typed is None:
            typed = Typed(kept, note)
        return visit.page(
            "talks/talk.html",
            status=status,
            talk=handoff,
            entries=shown,
            earlier=after > 0,
            seen=handoff.count,
            standing=stands,
            there=list(others(talks, visit, handoff.id, staff)),
            behind=await trouble.of_talk(handoff, visit),
            news=told,
            typed=typed,
            word=talks.sent.new_word(),
            query=visit.request.query_string if whole else "",
            sheet=found.sheet,
            meetings=[(one, chip_of(one, visit.room.now)) for one in found.meetings],
            strange_words=STRANGE,
            translates=translates(talks, handoff),
            ahead=ahead(talks, handoff, visit) if stands.may_answer else None,
            longest=LONGEST_WORDS,
            longest_note=LONGEST_NOTE,
            **_facts(visit, handoff, found, talks.library),
            **_ways(visit, handoff, found.desks),
        )

    def _kept(self, visit: Visit, talk: int) -> tuple[str, str]:
        """What was typed and not sent, before the page was locked or left."""
        key, me, now = visit.signed_in.key, visit.operator.id, visit.room.now
        if key is None:
            raise web.HTTPForbidden
        find, place = visit.room.drafts.find, place_of(talk)
        return find(me, key, place, Kind.REPLY, now), find(me, key, place, Kind.NOTE, now)


def place_of(talk: int) -> str:
    """Where what is typed in a conversation is kept."""
    return f"talk {talk}"


def _look(connection: Connection, visit: Visit, handoff: Handoff, after: int) -> _Found:
    vault = visit.room.database.vault
    contact = find_contact_of(connection, handoff.person_id)
    reads = contact is not None and Reach(visit.operator).reads(contact)
    theirs = of_handoff(connection, None, handoff.id, office=visit.operator.office)
    return _Found(
        find_lines(connection, vault, handoff.id, after),
        find_meanings(connection, vault, handoff.id, after),
        find_notes(connection, vault, handoff.id, after),
        all_desks(connection),
        find_about(connection, vault, handoff.id),
        contact.id if contact is not None and reads else 0 if contact is None else -1,
        [one for one in theirs if one.is_booked and one.ends > visit.room.now],
    )


def _facts(visit: Visit, handoff: Handoff, found: _Found, library: Library) -> dict[str, Any]:
    """What the person has said already, so that nobody asks it again."""
    desk = next((one for one in found.desks if one.key == handoff.desk), None)
    facts: list[tuple[Text, Text | str]] = [(_("About"), NEEDS[handoff.need])]
    facts.append((_("Language"), tongues(visit).name(handoff.language) or UNKNOWN))
    facts.append((_("How"), MEDIA[handoff.medium]))
    facts.append((_("The phone is safe"), SAFES[handoff.safe]))
    if handoff.who in WHO:
        facts.append((_("By whom"), WHO[handoff.who]))
    if handoff.interpreter:
        facts.append((_("Interpreter"), _("Would like one")))
    if handoff.mediator:
        facts.append((_("Mediator"), _("Was asked for")))
    if desk is not None:
        facts.append((_("Desk"), desk.name))
    about = title_of(found.about, library)
    if about is not None:
        facts.append((_("Came from"), about))
    level = None if handoff.level is None else Level(handoff.level)
    return {
        "facts": facts,
        "urgency_name": URGENCIES[handoff.urgency],
        "need_name": NEEDS[handoff.need],
        "language_name": tongues(visit).name(handoff.language) or UNKNOWN,
        "level": None if level is None else level.value,
        "level_name": None if level is None else LEVELS[level],
        "is_closed": handoff.state is State.CLOSED,
    }


def _ways(visit: Visit, handoff: Handoff, desks: list[Desk]) -> dict[str, Any]:
    """What can be chosen on the page."""

    def spoken(text: Text) -> Tongue:
        return tongue(visit, handoff.language, text)

    return {
        "ready": READY,
        "spoken": spoken,
        "language_of": tongues(visit).name,
        "urgencies": [(int(one), name) for one, name in URGENCIES.items()],
        "reasons": [(one.value, REASONS[one]) for one in buttons.REASONS],
        "desks": [one for one in desks if one.active and one.talks and one.key != handoff.desk],
        "places": sorted({one.place for one in desks if one.place and one.key == handoff.desk}),
    }
