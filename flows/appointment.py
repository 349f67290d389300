"""Booking an appointment: a desk, what it is about, a day, a time."""

from __future__ import annotations

from collections.abc import Sequence

from flows.calendar_effects import BookSlot, FindBookable, FindSlots
from flows.calendar_model import Bookable, Slot, Subject
from flows.engine import Ended
from flows.handoff_model import Need
from flows.meeting import find_meeting, slip
from flows.opening import Opening
from flows.slot_choice import TAKEN, choose_slot
from flows.steps import (
    Flow,
    Line,
    Option,
    Style,
    Weight,
    choose,
    confirm,
    keep,
    perform,
    say,
)
from flows.talk_words import NEEDS
from flows.text import Text, _, verbatim

_FREE = _("It is free. You do not need papers to ask.")


def appointment(opening: Opening) -> Flow[Ended]:
    """Find a free time and book it; a time that somebody else took is asked again."""
    desks = yield from perform("desks", FindBookable())
    if not desks:
        return (yield from _without(opening))
    desk = yield from _choose_desk(opening, desks)
    need = yield from _choose_need(desk)
    while True:
        slots = yield from perform("slots", FindSlots(desk.desk, need))
        if not slots:
            yield from say(Line(_("📅 No time is free for this now."), Style.NOTE))
            return (yield from _without(opening))
        slot = yield from choose_slot(NEEDS[need], slots)
        if not (yield from _agrees(desk, need, slot)):
            return Ended("declined")
        booked = yield from perform("book", BookSlot(slot.opening, slot.starts, need))
        if booked:
            break
        yield from say(Line(TAKEN, Style.NOTE))
    found = yield from find_meeting(Subject.APPOINTMENT, booked)
    if found is not None and not opening.person.careful:
        yield from keep(*slip(found))
    yield from say(Line(_("✅ It is booked. I remind you before."), Style.NOTE))
    return Ended("booked", then="attending", at=f"{Subject.APPOINTMENT}.{booked}")


def _without(opening: Opening) -> Flow[Ended]:
    """Nobody gives times here today: a person can still make an appointment."""
    lines: list[Text | Line] = [
        Line(_("📅 Book an appointment"), Style.TITLE),
        _("Today no free times are here. Ask a person for an appointment."),
    ]
    options = [Option("talk", _("🤝 Talk to someone"), Weight.PRIMARY)]
    yield from choose("none", lines, options, sensitive=True)
    return Ended("talk", then="talk", comes_back=True)


def _choose_desk(opening: Opening, desks: Sequence[Bookable]) -> Flow[Bookable]:
    """Where: the desk the person comes from stands first; the only one is not asked for."""
    if len(desks) == 1:
        return desks[0]
    ordered = sorted(desks, key=lambda one: one.desk != opening.person.desk)
    lines: list[Text | Line] = [
        Line(_("📅 Book an appointment"), Style.TITLE),
        _FREE,
        _("Where do you want to go?"),
    ]
    options = [Option(one.desk, verbatim(f"📍 {one.name}")) for one in ordered]
    chosen = yield from choose("desk", lines, options, sensitive=True)
    return next(one for one in desks if one.desk == chosen.id)


def _choose_need(desk: Bookable) -> Flow[Need]:
    """What about: only what this desk gives times for, in the order in which needs are offered."""
    needs = [one for one in NEEDS if not desk.needs or one in desk.needs]
    if len(needs) == 1:
        return needs[0]
    lines: list[Text | Line] = [
        Line(verbatim(f"📍 {desk.name}"), Style.TITLE),
        _("What is it about?"),
    ]
    options = [Option(one.value, NEEDS[one]) for one in needs]
    return Need((yield from choose("need", lines, options, sensitive=True)).id)


def _agrees(desk: Bookable, need: Need, slot: Slot) -> Flow[bool]:
    lines: list[Text | Line] = [
        Line(_("📅 Book this time?"), Style.TITLE),
        Line(_("📅 {moment}", moment=slot.starts), Style.ACTION),
        Line(verbatim(f"📍 {desk.name}"), Style.ROW),
        Line(NEEDS[need], Style.ROW),
        _("They see the time and two made-up words, not your name."),
    ]
    yes, no = _("✅ Yes, book it"), _("✖️ No")
    return (yield from confirm("agree", lines, yes=yes, no=no, sensitive=True))
