"""Two people write to a desk and an operator answers them: what each of them sees."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.relay.handoffs import Handoffs
from bot.relay.refusals import Done
from flows.handoff_model import Event, LineKind, LineState, Reason, State
from flows.ready import READY
from storage.database import Database
from storage.desks import Desk, save_desk
from storage.handoffs import Content, Handoff, Line, Note
from storage.handoffs.finding import Sieve, find_many
from storage.handoffs.lines import find_lines
from storage.handoffs.notes import find_notes
from storage.operators import Operator
from tests.acceptance.bureau import opens_office
from tests.acceptance.teller import Teller
from tests.acceptance.town import Person, Town, open_town


@dataclass
class Service:
    """A town with a desk that talks, and what its operators do there."""

    town: Town
    anna: Operator
    bruno: Operator

    @property
    def handoffs(self) -> Handoffs:
        """The operators' deeds."""
        found = self.town.antenna.handoffs
        assert found is not None
        return found

    def kept(self) -> list[tuple[Handoff, list[Line], list[Note]]]:
        """Every conversation, the oldest first, with its lines and notes."""
        database = Database.open(self.town.settings.database_url, data=self.town.data)
        vault = database.vault
        try:
            with database.reading() as connection:
                found = find_many(connection, Sieve(states=tuple(State)))
                return [
                    (
                        one,
                        find_lines(connection, vault, one.id),
                        find_notes(connection, vault, one.id),
                    )
                    for one in sorted(found, key=lambda one: one.asked)
                ]
        finally:
            database.close()

    def only(self) -> tuple[Handoff, list[Line], list[Note]]:
        """The one conversation there is."""
        [found] = self.kept()
        return found

    async def says(self, words: str, handoff: Handoff | None = None) -> Done:
        """Anna answers, and it has arrived."""
        handoff = handoff or self.only()[0]
        done = await self.handoffs.say(self.anna, handoff.id, Content(LineKind.TEXT, words))
        await self.town.settles()
        return done


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """A town with a desk whose people talk."""
    async with open_town(tmp_path / "data", draft_languages=True) as town:
        bureau = await opens_office(town, "PUA Desio")
        database = Database.open(town.settings.database_url, data=town.data)
        day = town.clock.now().date()
        desk = Desk("desio", "PUA Desio", "Desio", True, day, bureau.office.key, talks=True)
        try:
            with database.writing() as connection:
                save_desk(connection, desk)
                connection.commit()
        finally:
            database.close()
        await town.antenna.scheduler.do("offices")
        anna, bruno = (one.operator for one in bureau.colleagues)
        yield Service(town, anna, bruno)


async def asks(
    town: Town, language: str, *, careful: bool = False, **more: str
) -> tuple[Person, Teller]:
    """Somebody goes through the first minute and asks for a person."""
    person = await town.newcomer(language=language, **more)
    teller = Teller(person)
    await person.sends("/start")
    shared = "yes" if careful else "no"
    await teller.chooses(language, "next", "next", shared, "talk", "pay")
    if careful:
        await teller.chooses("always")
    await teller.chooses("yes")
    return person, teller


async def test_two_people_and_an_operator(service: Service) -> None:
    """Ask, answer, voice, photo, change, take back, close, rate, write again; in two scripts, and
    nobody reads a word that was for the other."""
    town, desk = service.town, service.handoffs
    amina, arabic = await asks(town, "ar")
    rosa, _italian = await asks(town, "it", name="Rosa")
    await amina.sends("مرحبا، لم يدفعوا لي")
    voice = await amina.sends(voice={"duration": 1})
    photo = await amina.sends(photo={}, caption="ورقة")
    await rosa.sends("Buongiorno, parlo di mio fratello")
    (first, lines, _notes), (second, others, _notes) = service.kept()
    assert (voice["message_id"], photo["message_id"]) == (lines[1].source, lines[2].source)
    assert [one.kind for one in lines] == [LineKind.TEXT, LineKind.VOICE, LineKind.PHOTO]
    assert [one.text for one in others] == ["Buongiorno, parlo di mio fratello"]
    assert (first.language, second.language) == ("ar", "it")

    hello = await desk.say(service.anna, first.id, Content(LineKind.CANNED, READY[0].key))
    await town.settles()
    arabic_words = desk.deeds.languages.words("ar")
    assert arabic_words.plain(READY[0].text) in amina.said[-1]
    assert hello.ok
    done = await service.says("Venga domani alle 9", first)
    assert "Venga domani alle 9" in amina.said[-1]
    assert done.line is not None
    changed = Content(LineKind.TEXT, "Venga domani alle 10")
    change = await desk.edit(service.anna, first.id, done.line.id, changed)
    await town.settles()
    assert ["alle 9" in one or "alle 10" in one for one in amina.said].count(True) == 1
    assert "alle 10" in amina.said[-1]
    assert change.line is not None
    await desk.undo(service.anna, first.id, change.line.id)
    await town.settles()
    assert not any("alle 10" in one for one in amina.said)
    assert not any("Venga" in one or "رسالتك" in one for one in rosa.said)

    await desk.close(service.anna, first.id, Reason.ANSWERED)
    await town.settles()
    await arabic.chooses("rate", "3")
    closed, _lines, notes = service.kept()[0]
    assert (closed.state, closed.rating) == (State.CLOSED, 3)
    assert Event.RATED in [one.event for one in notes]
    await amina.sends("وأيضا")
    after, lines, _notes = next(one for one in service.kept() if one[0].id == first.id)
    assert (after.state, after.designation) == (State.WAITING, first.designation)
    assert lines[-1].text == "وأيضا"


async def test_a_change_of_hers_reaches_the_desk(service: Service) -> None:
    """What she corrects in her chat is a correction there."""
    rosa, _teller = await asks(service.town, "it")
    sent = await rosa.sends("alle nove")
    await rosa.phone.edit(sent["message_id"], "alle dieci")
    await service.town.settles()
    _handoff, lines, _notes = service.only()
    assert [(one.text, one.edit_of) for one in lines] == [
        ("alle nove", None),
        ("alle dieci", lines[0].id),
    ]


async def test_from_the_end_one_tap_leads_back(service: Service) -> None:
    """The message that says it is closed has the way back; there her words open it again."""
    rosa, teller = await asks(service.town, "it")
    await rosa.sends("Buongiorno")
    await service.handoffs.close(service.anna, service.only()[0].id, Reason.NO_ANSWER)
    await service.town.settles()
    await rosa.sends("/menu")
    await rosa.sends("sono qui")
    assert (service.only()[0].state, len(service.only()[1])) == (State.CLOSED, 1)
    end = next(one for one in rosa.screens if any("talk_room" in data for data in one.data))
    await rosa.taps(data=next(data for data in end.data if "talk_room" in data))
    await rosa.sends("sono qui")
    handoff, lines, _notes = service.only()
    assert (handoff.state, lines[-1].text) == (State.WAITING, "sono qui")
    assert teller.seen


async def test_on_a_watched_phone_nothing_typed_stays(service: Service) -> None:
    """In careful mode what she wrote is gone as soon as the desk has it, and what the desk wrote
    begins with nothing and goes with the day."""
    rosa, _teller = await asks(service.town, "it", careful=True)
    await rosa.sends("parola-canarino")
    assert not any("canarino" in one for one in (*rosa.wrote, *rosa.said))
    assert [one.text for one in service.only()[1]] == ["parola-canarino"]
    await service.says("La aspettiamo")
    [told] = [one for one in rosa.said if "La aspettiamo" in one]
    assert not told.splitlines()[0].startswith("💬")
    await service.town.passes(timedelta(hours=25), step=timedelta(hours=1))
    assert not any("La aspettiamo" in one for one in rosa.said)


async def test_what_is_kept_says_nothing_in_the_clear(service: Service) -> None:
    """Words of both sides are in no file of the house that can be read without its key."""
    rosa, _teller = await asks(service.town, "it")
    await rosa.sends("parola-canarino di lei")
    await service.says("parola-canarino di Anna")
    handoff = service.only()[0]
    await service.handoffs.note(service.bruno, handoff.id, "parola-canarino dei colleghi")
    raw = b"".join(one.read_bytes() for one in service.town.data.glob("antenna.db*"))
    assert b"canarino" not in raw
    assert not any("dei colleghi" in one for one in rosa.said)


async def test_who_blocks_the_bot_is_not_written_to(service: Service) -> None:
    """The line says that it was not sent; when she is back she is written to again."""
    rosa, _teller = await asks(service.town, "it")
    await rosa.phone.block()
    await service.town.settles()
    refused = await service.says("C'è?")
    await rosa.phone.block(False)
    await rosa.sends("/start")
    again = await service.says("Eccoci")
    handoff, lines, notes = service.only()
    assert (refused.ok, again.ok, handoff.reachable) == (False, True, True)
    assert [one.state for one in lines] == [LineState.BLOCKED, LineState.SENT]
    assert [one.event for one in notes if one.event in (Event.BLOCKED, Event.BACK)] == [
        Event.BLOCKED,
        Event.BACK,
    ]
    assert [one for one in rosa.said if "C'è?" in one] == []


@pytest.mark.parametrize(
    ("fault", "state"),
    [("403", LineState.BLOCKED), ("400", LineState.FAILED), ("drop_after", LineState.UNKNOWN)],
)
async def test_the_operator_is_never_told_a_false_sent(
    service: Service, fault: str, state: LineState
) -> None:
    """Refused, impossible, or nobody knows: the line says which, and it is sent once at most."""
    rosa, _teller = await asks(service.town, "it")
    await service.town.telegram.fault(fault, "sendMessage", times=1)
    handoff = service.only()[0]
    service.town.expected |= {"row_refused", "sending_failed"}
    await service.handoffs.say(service.anna, handoff.id, Content(LineKind.TEXT, "parola-una"))
    await service.town.until(lambda: service.only()[1][-1].state is state)
    said = [one for one in rosa.said if "parola-una" in one]
    assert len(said) == (1 if fault == "drop_after" else 0)


async def test_a_burst_of_words_is_kept_in_order(service: Service) -> None:
    """Everything she sends at once becomes a line, each once, as she wrote it."""
    rosa, _teller = await asks(service.town, "it")
    for number in range(20):
        await rosa.phone.send(f"parola {number}")
    await service.town.settles()
    assert [one.text for one in service.only()[1]] == [f"parola {one}" for one in range(20)]
