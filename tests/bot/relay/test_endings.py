"""How a conversation ends, begins again and moves on, and what the person is told of it."""

from __future__ import annotations

from dataclasses import replace

from bot.showing import NEUTRAL
from flows.handoff_model import Event, LineKind, Reason, Safe, State
from storage.handoffs import Content
from storage.handoffs.closing import close
from storage.handoffs.lines import hear
from storage.operators import Role, set_role
from storage.unit import Unit
from tests.bot.relay.office import FATIMA, NOW, Bureau

HELLO = Content(LineKind.TEXT, "Buongiorno")


def test_closing_tells_the_person_and_asks_how_it_was(bureau: Bureau) -> None:
    """One message with two buttons: to say how it was, and to write again."""
    handoff = bureau.asks(language="it")
    done = bureau.deed(bureau.deeds.close, bureau.anna, handoff.id, Reason.ANSWERED, NOW)
    [row] = bureau.rows()
    keys = [key["callback_data"] for [key] in row.params["reply_markup"]["inline_keyboard"]]
    assert (done.ok, keys) == (True, ["push:0:rate", "push:0:talk_room"])
    assert bureau.handoff(handoff.id).state is State.CLOSED
    assert row.line is None


def test_the_end_waits_for_the_hour_too(bureau: Bureau) -> None:
    """No word of a desk comes while somebody else has the phone."""
    handoff = bureau.asks(safe=Safe.EVENING)
    bureau.deed(bureau.deeds.close, bureau.anna, handoff.id, Reason.NO_ANSWER, NOW)
    assert [row.not_before for row in bureau.rows()] == [NOW.replace(hour=17)]


def test_what_is_closed_has_to_be_opened_first(bureau: Bureau) -> None:
    """Words, claims and a second end are refused; opened again it is whose who did it."""
    handoff = bureau.asks()
    deeds = bureau.deeds
    bureau.deed(deeds.close, bureau.anna, handoff.id, Reason.ANSWERED, NOW)
    for deed, more in (
        (deeds.say, (HELLO,)),
        (deeds.claim, ()),
        (deeds.close, (Reason.ANSWERED,)),
        (deeds.hand_on, ("carate", "perché sì")),
    ):
        assert not bureau.deed(deed, bureau.bruno, handoff.id, *more, NOW).ok
    opened = bureau.deed(deeds.reopen, bureau.bruno, handoff.id, NOW)
    again = bureau.deed(deeds.reopen, bureau.anna, handoff.id, NOW)
    assert (opened.ok, again.ok) == (True, False)
    assert bureau.handoff(handoff.id).owner == bureau.bruno.id


def test_what_the_person_ended_only_they_begin_again(bureau: Bureau) -> None:
    """She was told that nobody of the desk writes to her then."""
    handoff, vault = bureau.asks(), bureau.deeds.vault

    def end(unit: Unit) -> bool:
        return close(unit.direct(), vault, handoff, Reason.BY_PERSON, NOW)

    assert bureau.do(end)
    assert not bureau.deed(bureau.deeds.reopen, bureau.anna, handoff.id, NOW).ok
    assert bureau.handoff(handoff.id).state is State.CLOSED
    bureau.do(lambda unit: hear(unit.direct(), vault, handoff, HELLO, NOW, source=5))
    assert bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, HELLO, NOW).ok


def test_while_a_colleague_has_it_nobody_closes_it(bureau: Bureau) -> None:
    """The end is a word to the person like any other."""
    handoff = bureau.asks()
    bureau.deed(bureau.deeds.claim, bureau.anna, handoff.id, NOW)
    done = bureau.deed(bureau.deeds.close, bureau.bruno, handoff.id, Reason.ANSWERED, NOW)
    assert (done.ok, done.owner, bureau.rows()) == (False, bureau.anna.id, [])


def test_a_conversation_moves_to_another_desk(bureau: Bureau) -> None:
    """Its operators see it then, the others no more; the person is told who answers, not why."""
    handoff = bureau.asks(language="it")
    deeds = bureau.deeds
    done = bureau.deed(deeds.hand_on, bureau.anna, handoff.id, "carate", "abita là", NOW)
    [row] = bureau.rows()
    mine = bureau.deed(deeds.say, bureau.anna, handoff.id, HELLO, NOW)
    theirs = bureau.deed(deeds.say, bureau.carla, handoff.id, HELLO, NOW)
    assert (done.ok, mine.ok, theirs.ok) == (True, False, True)
    assert "PUA Carate" in str(row.params["text"])
    assert "abita" not in bureau.bodies()
    assert bureau.notes(handoff.id)[1].event is Event.HANDED_ON


def test_it_moves_only_where_somebody_talks(bureau: Bureau) -> None:
    """Not to a desk that is only a poster, not to itself, not to one that is not there."""
    handoff = bureau.asks()
    for desk in ("silent", "desio", "nowhere"):
        done = bureau.deed(bureau.deeds.hand_on, bureau.anna, handoff.id, desk, "motivo", NOW)
        assert not done.ok
    assert bureau.handoff(handoff.id).desk == "desio"


def test_who_gives_work_moves_what_another_office_has(bureau: Bureau) -> None:
    """A coordinator of the territory, even while somebody has it; and reads none of it for that."""
    handoff = bureau.asks()

    def promote(unit: Unit) -> None:
        set_role(unit.direct(), bureau.rosa.id, Role.COORDINATOR, "Desio")

    bureau.do(promote)
    rosa = replace(bureau.rosa, territory="Desio")
    bureau.deed(bureau.deeds.claim, bureau.anna, handoff.id, NOW)
    said = bureau.deed(bureau.deeds.say, rosa, handoff.id, HELLO, NOW)
    moved = bureau.deed(bureau.deeds.hand_on, rosa, handoff.id, "carate", "ferie", NOW)
    assert (said.ok, moved.ok) == (False, True)


def test_an_end_nobody_can_be_told_of_is_an_end(bureau: Bureau) -> None:
    """Who blocked the bot gets no message; the conversation is closed."""
    handoff = bureau.asks()
    bureau.do(lambda unit: unit.set_unreachable(handoff.person_id, NOW))
    done = bureau.deed(bureau.deeds.close, bureau.anna, handoff.id, Reason.NO_ANSWER, NOW)
    assert (done.ok, bureau.rows()) == (True, [])


def test_in_careful_mode_every_word_begins_with_nothing(bureau: Bureau) -> None:
    """A line that says nothing comes first, silently, and all of it leaves the chat in time."""
    handoff = bureau.asks(language="it")

    def be_careful(unit: Unit) -> None:
        person = unit.person(FATIMA)
        assert person is not None
        unit.save_person(replace(person, careful=True))

    bureau.do(be_careful)
    photo = Content(LineKind.PHOTO, "la mappa", "f")
    place = Content(LineKind.PLACE, extra={"latitude": 45.6, "longitude": 9.2})
    for content in (HELLO, photo, place):
        bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, content, NOW)
    bureau.deed(bureau.deeds.close, bureau.anna, handoff.id, Reason.ANSWERED, NOW)
    neutral = [bureau.languages.words("it").html(one) for one in NEUTRAL]
    for row in bureau.rows():
        shown = next(
            str(row.params[name]) for name in ("text", "caption", "title") if name in row.params
        )
        assert shown.split("\n")[0] in neutral
        assert row.params["disable_notification"] is True
        assert row.wash_at is not None
