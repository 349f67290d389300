"""What is decided about a conversation from its page: whose it is, how urgent, where it goes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from flows.handoff_model import Event, Reason, State, Urgency
from storage import audit
from storage.audit import Action
from storage.cases.finding import find_contact_of
from storage.handoffs.closing import close
from tests.bot.console.talks.house import Bureau


async def test_it_is_taken_and_let_go(bureau: Bureau) -> None:
    """One tap makes it mine, another free again, and the page says which."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    assert "Nobody has it yet" in browser.text
    await browser.post(f"/talks/{talk.id}/claim")
    await browser.get(f"/talks/{talk.id}")
    assert "It is yours until" in browser.text
    await browser.post(f"/talks/{talk.id}/release")
    assert (bureau.kept(talk).state, bureau.kept(talk).owner) == (State.WAITING, None)


async def test_a_colleagues_is_taken_over_with_the_reason(bureau: Bureau) -> None:
    """While Bruno has it there is no form to answer, only to take it over and say why."""
    talk = bureau.asks()
    await bureau.handoffs.claim(bureau.bruno.operator, talk.id)
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    assert ("Bruno has it until" in browser.text, 'name="text"' in browser.text) == (True, False)
    await browser.post(f"/talks/{talk.id}/over", why=" ")
    assert bureau.kept(talk).owner == bureau.bruno.operator.id
    await browser.post(f"/talks/{talk.id}/over", why="Bruno è in ferie")
    assert bureau.kept(talk).owner == bureau.anna.operator.id
    await browser.get(f"/talks/{talk.id}")
    assert "Anna took it over. Why: Bruno è in ferie" in browser.text


async def test_nobody_takes_it_from_a_colleague_they_did_not_see(bureau: Bureau) -> None:
    """The page said somebody else; Bruno has taken it since, and who looked is told so."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    await bureau.handoffs.claim(bureau.bruno.operator, talk.id)
    await browser.get(f"/talks/{talk.id}")
    assert f'name="had" value="{bureau.bruno.operator.id}"' in browser.text
    had = str(bureau.bruno.operator.id + 1)
    await browser.post(f"/talks/{talk.id}/over", why="Il collega è in ferie", had=had)
    assert bureau.kept(talk).owner == bureau.bruno.operator.id
    for nothing in ("", "x", "9" * 60):
        await browser.post(f"/talks/{talk.id}/over", why=" ", had=nothing)
    had = str(bureau.bruno.operator.id)
    await browser.post(f"/talks/{talk.id}/over", why="Bruno è in ferie", had=had)
    assert bureau.kept(talk).owner == bureau.anna.operator.id


async def test_after_half_an_hour_of_silence_it_may_be_taken_plainly(bureau: Bureau) -> None:
    """The page says that its owner has been silent, and offers it."""
    talk = bureau.asks()
    await bureau.handoffs.claim(bureau.bruno.operator, talk.id)
    bureau.clock.go(timedelta(minutes=31))
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    assert "Bruno had it and has been silent" in browser.text
    await browser.post(f"/talks/{talk.id}/claim")
    assert bureau.kept(talk).owner == bureau.anna.operator.id


async def test_urgency_and_mediator_are_set(bureau: Bureau) -> None:
    """Both are kept and told; what is no urgency changes nothing."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    await browser.post(f"/talks/{talk.id}/urgency", urgency="7")
    assert bureau.kept(talk).urgency is Urgency.NORMAL
    await browser.post(f"/talks/{talk.id}/urgency", urgency="2")
    await browser.post(f"/talks/{talk.id}/mediator")
    now = bureau.kept(talk)
    assert (now.urgency, now.mediator) == (Urgency.NOW, True)
    await browser.get(f"/talks/{talk.id}")
    assert "Anna says how urgent it is: Now." in browser.text
    assert "Anna asked for a mediator." in browser.text


@pytest.mark.parametrize("reason", ["", "by-person", "nothing", "'"])
async def test_it_is_not_closed_without_a_reason_of_an_operator(
    bureau: Bureau, reason: str
) -> None:
    """No reason, or one that is the person's alone to give, closes nothing."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    await browser.post(f"/talks/{talk.id}/close", reason=reason)
    assert bureau.kept(talk).state is State.WAITING


async def test_it_is_closed_and_opened_again(bureau: Bureau) -> None:
    """Closed, it has no form to answer; opened again, it is whose who opened it."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    await browser.post(f"/talks/{talk.id}/close", reason="answered")
    assert bureau.kept(talk).reason is Reason.ANSWERED
    await browser.get(f"/talks/{talk.id}")
    assert ("It is closed: Answered." in browser.text, 'name="text"' in browser.text) == (
        True,
        False,
    )
    await browser.post(f"/talks/{talk.id}/reopen")
    assert (bureau.kept(talk).state, bureau.kept(talk).owner) == (
        State.CLAIMED,
        bureau.anna.operator.id,
    )


async def test_what_the_person_ended_offers_no_way_to_open_it(bureau: Bureau) -> None:
    """The page has no button that would be refused; what an operator closed has one."""
    browser = await bureau.at(bureau.anna)
    found = []
    for reason, who in ((Reason.BY_PERSON, None), (Reason.ANSWERED, bureau.anna.operator.id)):
        talk = bureau.asks()
        vault, now = bureau.database.vault, bureau.clock.now()
        end = partial(close, vault=vault, handoff=talk, reason=reason, now=now, operator_id=who)
        bureau.do(end)
        await browser.get(f"/talks/{talk.id}")
        found.append(("/reopen" in browser.text, "Open it again" in browser.text))
    assert found == [(False, False), (True, True)]


async def test_it_is_handed_on_to_another_desk(bureau: Bureau) -> None:
    """With the reason it is the other desk's, and no longer here; without one it stays."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    await browser.post(f"/talks/{talk.id}/hand", desk="carate", why="")
    await browser.post(f"/talks/{talk.id}/hand", desk="nowhere", why="perché")
    assert bureau.kept(talk).desk == "desio"
    answer = await browser.post(f"/talks/{talk.id}/hand", desk="carate", why="abita lì")
    assert answer.headers["Location"] == "/talks?done=handed"
    assert (await browser.get(f"/talks/{talk.id}")).status == 404
    carla = await bureau.at(bureau.carla)
    await carla.get(f"/talks/{talk.id}")
    assert "Anna handed it on to another desk. Why: abita lì" in carla.text


async def test_a_sheet_begins_with_what_was_said(bureau: Bureau) -> None:
    """One tap opens the contact sheet of the person, the same one at the second tap."""
    talk = bureau.asks("bn")
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    first = await browser.post(f"/talks/{talk.id}/sheet")
    second = await browser.post(f"/talks/{talk.id}/sheet")
    contact = bureau.look(lambda connection: find_contact_of(connection, talk.person_id))
    assert contact is not None
    wanted = f"/cases/{contact.id}/sheet"
    assert [one.headers["Location"] for one in (first, second)] == [wanted, wanted]
    assert (contact.office, contact.language) == (bureau.desio, "bn")
    await browser.get(f"/talks/{talk.id}")
    assert f'href="/cases/{contact.id}"' in browser.text


async def test_every_opening_is_written_down_once(bureau: Bureau) -> None:
    """Before a word is shown it is in the audit; a page that looks again is no new opening, and
    no way around the first."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)

    def readings() -> list[str]:
        entries = bureau.look(lambda c: audit.find_entries(c, limit=100))
        return [one.object for one in entries if one.action == Action.TALK_READ]

    await browser.get(f"/talks/{talk.id}/now")
    assert readings() == [talk.designation]
    await browser.get(f"/talks/{talk.id}/now")
    await browser.post(f"/talks/{talk.id}/say", text="")
    assert readings() == [talk.designation]
    await browser.get(f"/talks/{talk.id}")
    assert readings() == [talk.designation] * 2


async def test_what_happened_is_told_in_order(bureau: Bureau) -> None:
    """Lines, notes and events stand as one row, in the order in which they came."""
    talk = bureau.asks(words="prima")
    await bureau.handoffs.note(bureau.bruno.operator, talk.id, "seconda")
    bureau.says(talk, "terza")
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    places = [browser.text.index(one) for one in ("prima", "seconda", "terza")]
    assert places == sorted(places)
    assert [note.event for note in bureau.notes(talk)] == [Event.ASKED, Event.NOTE]
