"""What stands in a topic: the summary first, then all that was said and happened, in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.relay.mirror_worker import IN_A_ROW
from flows.handoff_model import Event, LineKind, LineState, Reason, Urgency
from storage.handoffs import Content, closing
from tests.bot.relay.mirrored import mirrored

pytestmark = pytest.mark.usefixtures("in_english")

STATES = {
    LineState.WAITS: "⏳ Goes out when the phone is safe",
    LineState.BLOCKED: "🚫 Not sent: the person cannot be reached",
    LineState.FAILED: "🚫 Not sent: Telegram does not take it",
    LineState.UNKNOWN: "❓ Nobody knows whether it was sent. Antenna does not send it again.",
    LineState.UNDONE: "↩️ Taken back",
}


async def test_a_conversation_gets_a_topic_a_summary_and_its_words(tmp_path: Path) -> None:
    """The topic is named without any name; nobody asks again what the summary says."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks("Nobody pays me <now>", level=2, interpreter=True)
        await here.shown()
        found = await here.talk(talk)
        topic = here.chat().topics[found.topic or 0]
        assert topic.name == f"⚪ {talk.designation} · 💶 Pay · Arabic · 🟠 serious"
        assert found.topic_name == topic.name
        card = await here.card(talk)
        assert card.splitlines()[:3] == [
            talk.designation,
            "⏳ Waits: nobody follows it yet",
            "💶 Pay",
        ]
        assert "🗣️ Would like an interpreter" in card
        assert await here.topic(talk) == [f"👤 {talk.designation}\nNobody pays me <now>"]
        assert (found.behind_since, found.trouble) == (None, "")


async def test_what_is_said_and_what_happens_stand_in_order(tmp_path: Path) -> None:
    """Words of the person, notes of colleagues and events come as they came; bursts are joined."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks("One")
        await here.shown()
        await here.hears(talk, "Two", "Three")
        await here.shown()
        await here.notes(talk, Event.NOTE, "Call the union")
        await here.notes(talk, Event.MEDIATOR)
        await here.shown()
        assert (await here.topic(talk))[:2] == [
            f"👤 {talk.designation}\nOne",
            f"👤 {talk.designation}\nTwo\nThree",
        ]
        assert "\n".join((await here.topic(talk))[2:]) == (
            "📝 Anna\nCall the union\n🗣️ Anna asks for a mediator"
        )


async def test_what_colleagues_write_stands_in_no_message_with_her_words(tmp_path: Path) -> None:
    """An answer to a message with her words reaches her: one to a note is never such a message."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks("One")
        await here.shown()
        await here.hears(talk, "Two")
        await here.notes(talk, Event.NOTE, "She does not say it all")
        await here.hears(talk, "Three")
        await here.notes(talk, Event.TAKEN_OVER, "Bruno trusts her too much")
        await here.hears(talk, "Four")
        await here.shown()
        head = f"👤 {talk.designation}\n"
        assert (await here.topic(talk))[1:] == [
            f"{head}Two",
            "📝 Anna\nShe does not say it all",
            f"{head}Three",
            "🔁 Anna has taken over: Bruno trusts her too much",
            f"{head}Four",
        ]


async def test_who_sends_without_end_keeps_nobody_waiting(tmp_path: Path) -> None:
    """Of an urgent conversation with forty places five things are shown, then somebody else's."""
    async with mirrored(tmp_path, started=False) as here:
        await here.binds()
        loud = await here.asks(urgency=Urgency.NOW)
        place = Content(LineKind.PLACE, extra={"latitude": 45.61, "longitude": 9.21})
        await here.hears(loud, *[place] * 40)
        here.clock.passes(5)
        quiet = await here.asks("Help")
        here.start()
        await here.shown()
        methods = here.methods()
        [_, second] = [i for i, one in enumerate(methods) if one == "createForumTopic"]
        assert second <= IN_A_ROW
        assert (len(await here.topic(loud)), len(await here.topic(quiet))) == (40, 1)


async def test_the_summary_and_the_name_follow(tmp_path: Path) -> None:
    """Whoever looks at the list of topics sees what is urgent; nothing is called twice for it."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks()
        await here.shown()
        now, vault = here.clock.now(), here.means.vault
        await here.do(
            talk,
            lambda unit: closing.set_urgency(unit.direct(), vault, talk, Urgency.NOW, now),
        )
        await here.shown()
        topic = here.chat().topics[(await here.talk(talk)).topic or 0]
        assert topic.name == f"🔴 {talk.designation} · 💶 Pay · Arabic"
        assert "⏱️ How urgent: 🔴 Now" in await here.card(talk)
        await here.notes(talk, Event.DELETED)
        await here.shown()
        assert here.methods().count("editForumTopic") == 1
        assert here.methods().count("editMessageText") == 1


async def test_a_closed_conversation_closes_its_topic_and_opens_it_again(tmp_path: Path) -> None:
    """Closed, it says so in its name; when the person writes, it is open and shows the words."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks()
        await here.shown()
        now, vault = here.clock.now(), here.means.vault
        await here.do(
            talk,
            lambda unit: closing.close(unit.direct(), vault, talk, Reason.ANSWERED, now, 1),
        )
        await here.shown()
        topic = here.chat().topics[(await here.talk(talk)).topic or 0]
        assert (topic.closed, topic.name[0]) == (True, "✅")
        assert "Closed: ✅ Answered" in await here.card(talk)
        await here.hears(talk, "One more thing")
        await here.shown()
        assert (topic.closed, topic.name[0]) == (False, "⚪")
        assert (await here.topic(talk))[-1] == (
            f"👤 {talk.designation}\nOne more thing\n🔓 Open again: the person has written"
        )


async def test_words_from_the_console_say_themselves_how_far_they_came(tmp_path: Path) -> None:
    """One message shows an operator's words and their state, and is edited when that changes."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks()
        line = await here.says(talk, "Come on Monday", state=LineState.WAITS)
        await here.shown()
        head = f"✉️ Anna → {talk.designation}\nCome on Monday\n"
        assert (await here.topic(talk))[-1] == head + STATES[LineState.WAITS]
        await here.goes(talk, line)
        await here.shown()
        assert (await here.topic(talk))[-1] == head + "✉️ Sent"
        kept = (await here.lines(talk))[-1]
        assert (kept.posted, kept.acked) == (kept.ack, "sent")


async def test_words_said_in_the_topic_are_acknowledged_under_them(tmp_path: Path) -> None:
    """Sent, with a way back for a minute; then the button goes, and the words stay."""
    async with mirrored(tmp_path) as here:
        group = await here.binds()
        talk = await here.asks()
        await here.shown()
        topic = (await here.talk(talk)).topic
        said = await here.anna.within(group.chat).send("/r Hello", thread=topic)
        line = await here.says(talk, "Hello", source=said["message_id"])
        await here.goes(talk, line)
        await here.shown()
        ack = (await here.messages(talk))[-1]
        assert ack.body["text"] == "✉️ Sent"
        assert ack.body["reply_to_message"]["message_id"] == said["message_id"]
        buttons = ack.body["reply_markup"]["inline_keyboard"]
        assert buttons == [[{"text": "↩️ Undo", "callback_data": f"h:undo:{line.number}"}]]
        here.clock.passes(61)
        here.news.tell(talk.id)
        await here.until(lambda: "reply_markup" not in ack.body)
        assert ack.body["text"] == "✉️ Sent"


@pytest.mark.parametrize("state", STATES)
async def test_what_was_not_sent_is_never_called_sent(tmp_path: Path, state: LineState) -> None:
    """Each end has its own words, in the one message that was there before."""
    async with mirrored(tmp_path) as here:
        group = await here.binds()
        talk = await here.asks()
        await here.shown()
        topic = (await here.talk(talk)).topic
        said = await here.anna.within(group.chat).send("/r Hello", thread=topic)
        line = await here.says(talk, "Hello", source=said["message_id"], state=LineState.WAITS)
        await here.shown()
        await here.goes(talk, line, state)
        await here.shown()
        words = [one for one in await here.topic(talk) if not one.startswith("/r")]
        assert words == [STATES[state]]


async def test_many_that_went_out_are_acknowledged_at_once(tmp_path: Path) -> None:
    """Twenty messages a minute are too few to say it for each; what happens later has its own."""
    async with mirrored(tmp_path) as here:
        group = await here.binds()
        talk = await here.asks()
        await here.shown()
        topic = (await here.talk(talk)).topic
        await here.stop()
        said = []
        for number in range(3):
            sent = await here.anna.within(group.chat).send(f"/r {number}", thread=topic)
            said.append(await here.says(talk, str(number), source=sent["message_id"]))
            await here.goes(talk, said[-1])
        here.start()
        await here.shown()
        assert (await here.topic(talk))[-1] == "✉️ 3 messages sent"
        await here.goes(talk, said[1], LineState.UNDONE)
        await here.shown()
        assert (await here.topic(talk))[-2:] == ["✉️ 3 messages sent", "↩️ Taken back"]


async def test_corrected_words_answer_the_first(tmp_path: Path) -> None:
    """Who reads down the topic sees what was corrected, when, and what it was before."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks()
        (first,) = await here.hears(talk, "In March")
        await here.shown()
        await here.hears(talk, "In May", edit_of=first.id)
        await here.shown()
        last = (await here.messages(talk))[-1].body
        assert last["text"] == f"👤 ✏️ {talk.designation} · 12:00\nIn May"
        posted = (await here.lines(talk))[0].posted
        assert last["reply_to_message"]["message_id"] == posted


async def test_an_urgent_conversation_comes_first(tmp_path: Path) -> None:
    """What is urgent is shown before what came before it."""
    async with mirrored(tmp_path, started=False) as here:
        await here.binds()
        calm = await here.asks("Calm")
        urgent = await here.asks("Urgent", urgency=Urgency.NOW)
        here.start()
        await here.shown()
        talks = [await here.talk(one) for one in (calm, urgent)]
        assert (talks[0].topic or 0) > (talks[1].topic or 0)


async def test_nothing_tells_who_the_person_is(tmp_path: Path) -> None:
    """No call to a group holds the id of the person, of the chat or of the conversation."""
    async with mirrored(tmp_path) as here:
        group = await here.binds()
        talk = await here.asks("Hello")
        await here.says(talk, "Hello")
        await here.shown()
        told = [
            str(call.params)
            for call in here.telegram.state.calls
            if call.params.get("chat_id") == group.chat
        ]
        canaries = (str(700_100_001), str(talk.person_id), str(talk.id))
        assert [one for one in told for canary in canaries if canary in one] == []
        assert len(told) > 3
