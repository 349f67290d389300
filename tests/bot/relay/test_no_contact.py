"""Who said no to being written to in the chat hears from no operator until she writes herself."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.relay.meeting import Wanted
from flows.calendar_model import NoticeState
from flows.case_model import How, Purpose, Source
from flows.handoff_model import LineKind, Reason
from storage.access import to_change
from storage.calendar_schema import notice
from storage.cases.choices import choose, revoke
from storage.cases.contacts import open_contact
from storage.handoffs import Content, Handoff
from storage.handoffs.lines import hear
from storage.unit import Unit
from tests.bot.relay.office import FATIMA, NOW, Bureau
from tests.bot.relay.phone import a_phone

HELLO = Content(LineKind.TEXT, "Buongiorno")
SOON, LATER, LAST = (NOW + timedelta(minutes=one) for one in (1, 2, 3))


def chooses(bureau: Bureau, *, given: bool, taken_back: bool = False) -> None:
    """What the person says at the desk of being written to."""
    vault, person = bureau.deeds.vault, bureau.person(FATIMA)

    def job(unit: Unit) -> None:
        connection = unit.direct()
        contact = open_contact(
            connection,
            vault,
            office=bureau.anna.office,
            operator_id=bureau.anna.id,
            source=Source.BOT,
            now=NOW,
            person_id=person.id,
        )
        hand = to_change(connection, vault, bureau.anna, contact.id, SOON)
        assert hand is not None
        choose(hand, Purpose.CONTACT, given=given, how=How.SPOKEN)
        if taken_back:
            revoke(hand)

    bureau.do(job)


def said(bureau: Bureau, handoff: Handoff) -> bool:
    """Whether an operator's words go out."""
    refused = bureau.deed(bureau.deeds.hindrance, bureau.anna, handoff.id, LATER)
    done = bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, HELLO, LATER)
    assert (refused is None) == done.ok
    return done.ok


def reminders(bureau: Bureau) -> list[str]:
    """The steps of what is still to be told at a moment to come."""
    query = select(notice.c.step).where(notice.c.state == NoticeState.WAITING.value)
    return bureau.do(lambda unit: list(unit.reading().execute(query).scalars()))


def test_a_no_is_heard_until_she_writes(bureau: Bureau) -> None:
    """Words, an appointment and the end reach nobody; an operator's opening again changes nothing,
    her own words do."""
    handoff = bureau.asks()
    chooses(bureau, given=False)
    deeds, anna = bureau.deeds, bureau.anna
    day = NOW + timedelta(days=1)
    assert not said(bureau, handoff)
    assert not bureau.deed(deeds.appointment, anna, handoff.id, Wanted(day), LATER).ok
    assert bureau.deed(deeds.close, anna, handoff.id, Reason.ANSWERED, LATER).ok
    assert bureau.deed(deeds.reopen, anna, handoff.id, LATER).ok
    assert not said(bureau, handoff)
    assert (bureau.rows(), [one.outward for one in bureau.lines(handoff.id)]) == ([], [])
    hers = Content(LineKind.TEXT, "Ciao")
    bureau.do(lambda unit: hear(unit.direct(), deeds.vault, handoff, hers, LATER, source=7))
    assert said(bureau, handoff)


def test_a_yes_that_was_taken_back_is_a_no(bureau: Bureau) -> None:
    """Stopping everything also stops being written to."""
    handoff = bureau.asks()
    chooses(bureau, given=True, taken_back=True)
    assert not said(bureau, handoff)


def test_a_yes_and_nothing_said_let_words_through(bureau: Bureau) -> None:
    """Without a choice, and with a yes, operators answer as ever."""
    handoff = bureau.asks()
    assert said(bureau, handoff)
    chooses(bureau, given=True)
    assert said(bureau, handoff)


def test_who_writes_again_is_reminded_again(bureau: Bureau) -> None:
    """A no ends the reminders of what an operator booked; her own words bring them back."""
    phone = a_phone(bureau, language="it")
    handoff = bureau.asks(language="it")
    phone.writes("/start")
    day = NOW + timedelta(days=3)
    assert bureau.deed(bureau.deeds.appointment, bureau.anna, handoff.id, Wanted(day), NOW).ok
    assert reminders(bureau)
    chooses(bureau, given=False)
    assert reminders(bureau) == []
    phone.waits(minutes=11)
    phone.writes("Buongiorno")
    assert reminders(bureau)
