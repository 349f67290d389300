"""What an operator does with a case: each form changes one thing, or says why it may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from aiohttp import web

from bot.console.cases.reading import Refused, file_page
from bot.console.visit import Visit
from flows.case_model import (
    ActionState,
    Bed,
    EndReason,
    Flag,
    How,
    Lane,
    Outcome,
    Purpose,
    Service,
    Stage,
)
from flows.text import Text, _
from storage.access import to_change
from storage.appointments.booking import book
from storage.appointments.model import Body
from storage.audit import Action
from storage.cases import choices, moving, plan
from storage.cases.contacts import need_of
from storage.cases.hand import Hand
from storage.cases.tasks import task_add, task_done
from storage.database import Connection
from storage.offices import all_offices
from storage.operators import find_operator

E = TypeVar("E", bound=StrEnum)

LONGEST = 300
LONGEST_TOLD = 2_000
MOST_MINUTES = 10_000
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
NO_TIME = _("This is no time: write it like 10:30.")
NO_DAY = _("Choose a day.")
PAST = _("This moment is over. Choose a day and a time that are to come.")
NO_WORDS = _("Say what is to be done.")
NO_CHOICE = _("Choose one of the list.")

Deed = Callable[[Hand], object]


class RefusedError(Exception):
    """A deed was not done: the transaction is undone, and the page says why."""

    def __init__(self, words: Text) -> None:
        super().__init__()
        self.words = words


async def do(visit: Visit, deed: Deed, *, form: str, done: str, at: str) -> web.StreamResponse:
    """Do something with the case of the address, or show the form again with what was typed."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_ = visit.id("contact")

    def change(connection: Connection) -> None:
        hand = to_change(connection, vault, who, id_, now)
        if hand is None:
            raise web.HTTPNotFound
        result = deed(hand)
        if isinstance(result, Text):
            raise RefusedError(result)
        if result is False:
            raise web.HTTPNotFound

    try:
        await visit.room.write(change)
    except RefusedError as refused:
        return await file_page(visit, Refused(form, refused.words, visit.form))
    return visit.go(f"/cases/{id_}?done={done}#{at}")


def chosen(visit: Visit, name: str, kind: type[E]) -> E:
    """One of a list.

    Raises:
        RefusedError: nothing of it was chosen.
    """
    written = visit.value(name)
    found = next((one for one in kind if one.value == written), None)
    if found is None:
        raise RefusedError(NO_CHOICE)
    return found


def day(visit: Visit, name: str) -> date | None:
    """A day that was chosen, if one was.

    Raises:
        RefusedError: what was written is no day.
    """
    written = visit.value(name)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise RefusedError(NO_DAY) from None


def needed_day(visit: Visit, name: str) -> date:
    """A day that must be chosen. Raises: RefusedError."""
    found = day(visit, name)
    if found is None:
        raise RefusedError(NO_DAY)
    return found


def words(visit: Visit, name: str, longest: int = LONGEST) -> str:
    """What was typed, with the line ends of every browser."""
    return visit.value(name, longest=longest).replace("\r\n", "\n")


# -- where it stands


async def move(visit: Visit) -> web.StreamResponse:
    """Bring the case to another stage."""

    def deed(hand: Hand) -> object:
        return moving.move(hand, chosen(visit, "to", Stage), words(visit, "why"))

    return await do(visit, deed, form="move", done="moved", at="moving")


async def take(visit: Visit) -> web.StreamResponse:
    """Take the person in charge, with their choice that a file is kept."""

    def deed(hand: Hand) -> object:
        if Purpose.KEEP.value not in hand.given() and visit.value("keep"):
            choices.choose(hand, Purpose.KEEP, given=True, how=chosen(visit, "keep", How))
        return moving.take_in_charge(
            hand, words(visit, "why"), review=needed_day(visit, "review"), **_agreed(visit)
        )

    return await do(visit, deed, form="take", done="taken", at="stand-title")


async def agree(visit: Visit) -> web.StreamResponse:
    """Write anew what was agreed."""

    def deed(hand: Hand) -> object:
        return moving.agree(hand, review=day(visit, "review"), **_agreed(visit))

    return await do(visit, deed, form="agreed", done="agreed", at="moving")


def _agreed(visit: Visit) -> dict[str, str]:
    return {name: words(visit, name, LONGEST_TOLD) for name in ("goals", "rules", "risk")}


async def conclude(visit: Visit) -> web.StreamResponse:
    """Conclude the case."""

    def deed(hand: Hand) -> object:
        return moving.conclude(hand, chosen(visit, "reason", EndReason), words(visit, "why"))

    return await do(visit, deed, form="conclude", done="concluded", at="stand-title")


# -- plan and outcomes


async def add_step(visit: Visit) -> web.StreamResponse:
    """Put a step into the plan."""
    lane = visit.value("lane")

    def deed(hand: Hand) -> object:
        return plan.plan_add(
            hand,
            chosen(visit, "lane", Lane),
            chosen(visit, "service", Service),
            provider=_office(hand.connection, visit.value("provider")),
            what=words(visit, "what"),
            support=words(visit, "support"),
            sign=words(visit, "sign"),
            due=day(visit, "due"),
            to_employer=visit.value("to_employer") == "1",
            in_group=visit.value("in_group") == "1",
        )

    return await do(visit, deed, form=f"add-{lane}", done="step", at="plan")


def _office(connection: Connection, key: str) -> str:
    return key if key in {one.office.key for one in all_offices(connection)} else ""


async def change_step(visit: Visit) -> web.StreamResponse:
    """Change a step of the plan."""
    id_ = visit.id("step")

    def deed(hand: Hand) -> object:
        minutes = visit.number("minutes")
        return plan.plan_change(
            hand,
            id_,
            state=chosen(visit, "state", ActionState),
            what=words(visit, "what"),
            due=day(visit, "due"),
            minutes=None if minutes is None else min(minutes, MOST_MINUTES),
        )

    return await do(visit, deed, form=str(id_), done="changed", at=f"step-{id_}")


async def add_outcome(visit: Visit) -> web.StreamResponse:
    """Record what came of it."""

    def deed(hand: Hand) -> object:
        code = chosen(visit, "code", Outcome)
        return plan.outcome_add(hand, code, needed_day(visit, "day"), words(visit, "words"))

    return await do(visit, deed, form="outcome", done="outcome", at="outcomes")


# -- what to be careful about, and what the person said


async def add_flag(visit: Visit) -> web.StreamResponse:
    """Set a flag."""

    def deed(hand: Hand) -> object:
        kind = chosen(visit, "kind", Flag)
        return choices.flag_add(hand, kind, needed_day(visit, "until"), words(visit, "words"))

    return await do(visit, deed, form="flag", done="flag", at="flags")


async def end_flag(visit: Visit) -> web.StreamResponse:
    """End a flag."""
    id_ = visit.id("flag")
    return await do(
        visit, lambda hand: choices.flag_end(hand, id_), form="", done="flagend", at="flags"
    )


async def set_bed(visit: Visit) -> web.StreamResponse:
    """Record that a bed is found, or that the person goes on without one."""

    def deed(hand: Hand) -> object:
        written = visit.value("bed")
        bed = Bed.NONE if written == "none" else chosen(visit, "bed", Bed)
        return moving.set_bed(hand, bed, words(visit, "why"))

    return await do(visit, deed, form="bed", done="bed", at="flags")


async def choose(visit: Visit) -> web.StreamResponse:
    """Record a choice of the person."""

    def deed(hand: Hand) -> object:
        purpose = chosen(visit, "purpose", Purpose)
        office = visit.value("office") if purpose is Purpose.SHARE else ""
        return choices.choose(
            hand,
            purpose,
            given=visit.value("given") == "1",
            how=chosen(visit, "how", How),
            office=_office(hand.connection, office),
        )

    return await do(visit, deed, form="choice", done="choice", at="choices")


async def revoke(visit: Visit) -> web.StreamResponse:
    """The person takes a choice back."""
    id_ = visit.id("choice")
    return await do(
        visit,
        lambda hand: choices.revoke(hand, id_) == 1,
        form="",
        done="revoked",
        at="choices",
    )


# -- things to do


async def add_task(visit: Visit) -> web.StreamResponse:
    """Add something to do, or an appointment."""

    def deed(hand: Hand) -> object:
        told, due, at = words(visit, "words"), needed_day(visit, "due"), visit.value("time")
        if not told:
            return NO_WORDS
        if at and not TIME.fullmatch(at):
            return NO_TIME
        owner = _colleague(hand, visit)
        if at:
            if not _appointed(hand, told, due, at, owner):
                return PAST
        else:
            task_add(
                hand.connection,
                hand.vault,
                hand.contact.id,
                told,
                due,
                by=hand.operator_id,
                owner=owner,
            )
        hand.change()
        hand.note(Action.CASE_CHANGED)
        return None

    return await do(visit, deed, form="task", done="task", at="tasks")


async def finish_task(visit: Visit) -> web.StreamResponse:
    """Something was done."""
    id_ = visit.id("task")

    def deed(hand: Hand) -> object:
        case = hand.contact.id
        if not task_done(hand.connection, id_, case, hand.now):
            return False
        hand.change()
        hand.note(Action.CASE_CHANGED)
        return None

    return await do(visit, deed, form="", done="taskdone", at="tasks")


def _appointed(hand: Hand, told: str, day: date, at: str, meets: int | None) -> bool:
    """Book an appointment for the person of a case; whether it is to come."""
    contact = hand.contact
    made = book(
        hand.connection,
        hand.vault,
        opening=None,
        office=contact.office,
        desk=contact.desk,
        day=day,
        at=time.fromisoformat(at),
        now=hand.now,
        contact_id=contact.id,
        need=need_of(contact.need),
        body=Body(told),
        operator_id=hand.operator_id,
        meets=meets,
    )
    return made is not None


def _colleague(hand: Hand, visit: Visit) -> int | None:
    """An operator of the office who is here; None where nobody was named."""
    if not visit.value("owner"):
        return None
    id_ = visit.number("owner")
    found = None if id_ is None else find_operator(hand.connection, id_)
    if found is None or not found.active or found.office != hand.contact.office:
        raise RefusedError(NO_CHOICE)
    return found.id
