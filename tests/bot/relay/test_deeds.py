"""What operators do with a conversation: who may, who has it, what reaches the person and when."""

from __future__ import annotations

from datetime import timedelta

from flows.handoff_model import Event, LineKind, LineState, Reason, Safe, State, Urgency
from storage.handoffs import Content
from storage.operators import remove_operator
from tests.bot.relay.office import FATIMA, NOW, Bureau

HELLO = Content(LineKind.TEXT, "Buongiorno, <eccomi> & ascolto")
LATER = NOW + timedelta(minutes=31)


def test_the_first_answer_claims_and_goes_out(bureau: Bureau) -> None:
    """An answer is kept and on its way in one transaction, and makes the conversation theirs."""
    handoff = bureau.asks()
    done = bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, HELLO, NOW)
    [row] = bureau.rows()
    now = bureau.handoff(handoff.id)
    assert done.ok
    assert done.line is not None
    assert (now.state, now.owner) == (State.CLAIMED, bureau.anna.id)
    assert (row.method, row.line, row.params["chat_id"]) == ("sendMessage", done.line.id, FATIMA)
    assert "&lt;eccomi&gt; &amp; ascolto" in str(row.params["text"])
    assert "PUA Desio" in str(row.params["text"])


def test_who_has_it_answers_alone(bureau: Bureau) -> None:
    """While a colleague has it nobody else reaches the person; after the lock ran out, plainly."""
    handoff = bureau.asks()
    bureau.deed(bureau.deeds.claim, bureau.anna, handoff.id, NOW)
    refused = bureau.deed(bureau.deeds.say, bureau.bruno, handoff.id, HELLO, NOW)
    later = bureau.deed(bureau.deeds.say, bureau.bruno, handoff.id, HELLO, LATER)
    assert (refused.ok, refused.owner, refused.line) == (False, bureau.anna.id, None)
    assert later.ok
    assert bureau.handoff(handoff.id).owner == bureau.bruno.id


def test_taking_over_needs_a_reason(bureau: Bureau) -> None:
    """Without a reason nothing is taken over; with one, colleagues read it."""
    handoff = bureau.asks()
    bureau.deed(bureau.deeds.claim, bureau.anna, handoff.id, NOW)
    without = bureau.deed(bureau.deeds.take_over, bureau.bruno, handoff.id, "  ", NOW)
    taken = bureau.deed(bureau.deeds.take_over, bureau.bruno, handoff.id, "Anna è via", NOW)
    assert (without.ok, taken.ok) == (False, True)
    assert bureau.handoff(handoff.id).owner == bureau.bruno.id
    told = [one.text for one in bureau.notes(handoff.id) if one.event is Event.TAKEN_OVER]
    assert told == ["Anna è via"]


def test_others_reach_nobody(bureau: Bureau) -> None:
    """Another office, an antenna, and somebody who has left: no verb of theirs does anything."""
    handoff = bureau.asks()
    before = (bureau.handoff(handoff.id), bureau.notes(handoff.id))
    for stranger in (bureau.carla, bureau.ada):
        for deed, more in (
            (bureau.deeds.claim, ()),
            (bureau.deeds.take_over, ("perché sì",)),
            (bureau.deeds.say, (HELLO,)),
            (bureau.deeds.note, ("una nota",)),
            (bureau.deeds.urgency, (Urgency.NOW,)),
            (bureau.deeds.mediator, ()),
            (bureau.deeds.close, (Reason.ANSWERED,)),
            (bureau.deeds.hand_on, ("carate", "perché sì")),
        ):
            done = bureau.deed(deed, stranger, handoff.id, *more, NOW)
            assert not done.ok
    assert (bureau.handoff(handoff.id), bureau.notes(handoff.id)) == before
    assert bureau.rows() == []


def test_words_wait_for_the_hour_the_phone_is_safe(bureau: Bureau) -> None:
    """Outside the person's hours a line waits until they begin, unless it is urgent now."""
    handoff = bureau.asks(safe=Safe.EVENING)
    done = bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, HELLO, NOW)
    bureau.deed(bureau.deeds.urgency, bureau.anna, handoff.id, Urgency.NOW, NOW)
    at_once = bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, HELLO, NOW)
    waiting, urgent = bureau.rows()
    assert waiting.not_before == NOW.replace(hour=17)  # six in the evening in Italy
    assert done.line is not None
    assert done.line.state is LineState.WAITS
    assert (urgent.not_before, at_once.line and at_once.line.state) == (None, LineState.SENDING)


def test_what_waits_can_be_taken_back(bureau: Bureau) -> None:
    """A line that has not left is undone without a trace in the outbox."""
    handoff = bureau.asks(safe=Safe.EVENING)
    done = bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, HELLO, NOW)
    assert done.line is not None
    undone = bureau.deed(bureau.deeds.undo, bureau.anna, handoff.id, done.line.id, LATER)
    assert undone.ok
    assert bureau.rows() == []
    assert [one.state for one in bureau.lines(handoff.id)] == [LineState.UNDONE]


def test_what_is_for_colleagues_sends_nothing(bureau: Bureau) -> None:
    """Claims, notes, urgency, mediators: no call is ever made of it, and no line."""
    handoff = bureau.asks()
    deeds, anna, bruno = bureau.deeds, bureau.anna, bureau.bruno
    for deed, who, more in (
        (deeds.claim, anna, ()),
        (deeds.note, bruno, ("una nota",)),
        (deeds.urgency, bruno, (Urgency.NOW,)),
        (deeds.mediator, bruno, ()),
        (deeds.take_over, bruno, ("Anna è via",)),
        (deeds.release, bruno, ()),
    ):
        assert bureau.deed(deed, who, handoff.id, *more, NOW).ok
    empty = bureau.deed(deeds.note, anna, handoff.id, " ", NOW)
    assert (empty.ok, bureau.rows(), bureau.lines(handoff.id)) == (False, [], [])


def test_who_has_left_does_nothing_more(bureau: Bureau) -> None:
    """A deed looks at the account as it is now, not as the page or the group knew it."""
    handoff = bureau.asks()
    bureau.do(lambda unit: remove_operator(unit.direct(), bureau.anna.id))
    done = bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, HELLO, NOW)
    assert (done.ok, bureau.rows()) == (False, [])
