"""Whatever becomes of a topic or a group, what people wrote is shown; what is doubtful says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.relay.mirror_look import GRACE
from flows.handoff_model import Event, LineState, Reason, State, Trouble
from storage.desks import find_desk
from storage.handoffs import Handoff, closing
from storage.handoffs.view import SHOWN_AGAIN
from storage.unit import Unit
from tests.bot.relay.mirrored import CARATE, Mirrored, mirrored

pytestmark = pytest.mark.usefixtures("in_english")
NO_TOPICS = ["can_manage_chat", "can_delete_messages"]


async def shown_talk(here: Mirrored, words: str = "One") -> Handoff:
    """A conversation that stands in a topic."""
    talk = await here.asks(words)
    await here.shown()
    return await here.talk(talk)


async def changes(here: Mirrored, talk: Handoff, **wish: object) -> None:
    """An operator does something to the topic."""
    group = here.chat().id
    body = {"from": here.anna.person_id, "chat": group, "thread": talk.topic, **wish}
    await here.telegram.sim("topic", **body)


async def bot_is(here: Mirrored, status: str, **more: object) -> None:
    """Somebody changes what the bot is in the group, and Telegram says so to nobody."""
    group = here.chat().id
    body = {"from": here.anna.person_id, "chat": group, "status": status, **more}
    await here.telegram.sim("join", **body)


async def troubled(here: Mirrored, talk: Handoff, why: Trouble) -> Handoff:
    """Wait until it is known why a conversation is not shown."""

    async def is_troubled() -> bool:
        return (await here.talk(talk)).trouble == why.value

    await here.until(is_troubled)
    return await here.talk(talk)


def everything(here: Mirrored) -> str:
    """All that stands in the group."""
    return "\n".join(
        str(one.body.get("text", "")) for one in here.chat().messages.values() if one.mine
    )


async def test_a_deleted_topic_comes_back_with_what_was_said_last(tmp_path: Path) -> None:
    """A new topic begins with the summary; the last thirty are there again, and what is new."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await shown_talk(here)
        for number in range(40):
            await here.hears(talk, f"n{number}")
        await here.shown()
        await changes(here, talk, delete=True)
        await here.hears(talk, "After")
        await here.shown()
        again = await here.talk(talk)
        assert again.topic != talk.topic
        words = "\n".join(await here.topic(again)).split("\n")
        said = [one for one in words if not one.startswith("👤")]
        assert said == [f"n{number}" for number in range(41 - SHOWN_AGAIN, 40)] + ["After"]
        assert await here.card(again)


async def test_a_topic_closed_by_hand_is_opened_again_or_told_of(tmp_path: Path) -> None:
    """Where the bot may not open it, the conversation says so; with the right it goes on."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await shown_talk(here)
        await changes(here, talk, closed=True)
        await bot_is(here, "administrator", rights=["can_manage_chat"])
        await here.hears(talk, "Two")
        await troubled(here, talk, Trouble.RIGHTS)
        await bot_is(here, "administrator")
        here.clock.passes(400)
        here.news.tell(talk.id)
        await here.shown()
        assert (await here.topic(talk))[-1].endswith("Two")
        assert (await here.talk(talk)).topic == talk.topic


async def test_a_renamed_topic_is_the_same_topic(tmp_path: Path) -> None:
    """What operators call it is theirs."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await shown_talk(here)
        await changes(here, talk, name="Ours")
        await here.hears(talk, "Two")
        await here.shown()
        assert (await here.topic(talk))[-1].endswith("Two")
        assert here.chat().topics[talk.topic or 0].name == "Ours"


async def test_words_that_fall_into_general_are_taken_away(tmp_path: Path) -> None:
    """General is read by everybody and answered by nobody: a new topic takes them."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await shown_talk(here)
        await here.telegram.fault("general", "sendMessage", times=1, chat_id=here.chat().id)
        await here.hears(talk, "Two")
        await here.shown()
        again = await here.talk(talk)
        assert again.topic != talk.topic
        assert (await here.topic(again))[-1].endswith("Two")
        general = [one for one in here.chat().messages.values() if one.thread_id is None]
        await here.until(lambda: not [one for one in general if one.id in here.chat().messages])


async def test_what_keeps_falling_into_general_is_shown_once(tmp_path: Path) -> None:
    """Nobody is shown what falls, words or summary: where it stands in the end is no repetition."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await shown_talk(here)

        def is_clean() -> bool:
            every = here.chat().messages.values()
            return not any(one.mine and one.thread_id is None for one in every)

        await here.telegram.fault("general", "sendMessage", times=3, chat_id=here.chat().id)
        await here.hears(talk, "Two")
        await here.shown()
        said = "\n".join(await here.topic(await here.talk(talk)))
        assert (said.count("Two"), "(repeated)" in said) == (1, False)
        await here.until(is_clean)


async def test_without_a_group_it_is_known_and_with_one_it_is_shown(tmp_path: Path) -> None:
    """Words wait in the database until there is a group to show them in."""
    async with mirrored(tmp_path) as here:
        talk = await here.asks("Early")
        await troubled(here, talk, Trouble.NO_GROUP)
        await here.binds()
        await here.shown()
        assert (await here.topic(talk))[-1].endswith("Early")
        assert (await here.talk(talk)).trouble == ""


@pytest.mark.parametrize(
    ("status", "rights", "why"),
    [
        ("restricted", [], Trouble.RIGHTS),
        ("kicked", [], Trouble.GONE),
        ("left", [], Trouble.GONE),
    ],
)
async def test_a_right_that_was_taken_away_loses_nothing(
    tmp_path: Path, status: str, rights: list[str], why: Trouble
) -> None:
    """It is known why, within seconds; when the bot may again, everything is shown."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await shown_talk(here)
        await bot_is(here, status, rights=rights)
        await here.hears(talk, "Two")
        await troubled(here, talk, why)
        await bot_is(here, "administrator")
        here.clock.passes(400)
        here.news.tell(talk.id)
        await here.shown()
        assert (await here.topic(talk))[-1].endswith("Two")
        found = await here.talk(talk)
        assert (found.trouble, found.topic) == ("", talk.topic)


async def test_without_the_right_no_topic_is_opened_and_the_others_go_on(tmp_path: Path) -> None:
    """A conversation that has a topic is shown in it while a new one waits for the right."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        old = await shown_talk(here)
        await bot_is(here, "administrator", rights=NO_TOPICS)
        new = await here.asks("New")
        await troubled(here, new, Trouble.RIGHTS)
        await here.hears(old, "Two")

        async def is_there() -> bool:
            return (await here.topic(old))[-1].endswith("Two")

        await here.until(is_there)
        assert here.methods().count("createForumTopic") == 1
        await bot_is(here, "administrator")
        here.clock.passes(400)
        here.news.tell(new.id)
        await here.shown()
        assert (await here.topic(new))[-1].endswith("New")


async def test_a_group_that_is_no_more_leaves_its_conversations_to_another(
    tmp_path: Path,
) -> None:
    """After a while the group of everybody shows those of an office whose own is no more."""
    async with mirrored(tmp_path) as here:
        await here.binds("Desio", office="Desio")
        other = await here.binds("Tutti")
        talk = await shown_talk(here)
        assert talk.group_id != other.id
        await here.telegram.sim("disband", **{"from": here.anna.person_id}, chat=here.chat().id)
        await here.hears(talk, "Two")
        assert (await troubled(here, talk, Trouble.GONE)).group_id == talk.group_id
        here.clock.passes(GRACE.total_seconds())
        here.news.tell(talk.id)
        await here.shown()
        found = await here.talk(talk)
        assert found.group_id == other.id
        assert "\n".join(await here.topic(found)).endswith("Two")


async def test_a_group_that_moved_is_followed(tmp_path: Path) -> None:
    """In its new chat the topics are not there any more: they begin anew, with what was said."""
    async with mirrored(tmp_path) as here:
        group = await here.binds()
        talk = await shown_talk(here)
        body = {"from": here.anna.person_id, "chat": group.chat, "forum": True}
        new = (await here.telegram.sim("migrate", **body))["id"]
        await here.hears(talk, "Two")
        await here.shown()
        chat = here.telegram.state.chats[new]
        said = [one.body["text"] for one in chat.messages.values() if "text" in one.body]
        assert said[-1] == f"👤 {talk.designation}\nOne\nTwo"


async def test_a_group_without_topics_waits_until_it_has_them(tmp_path: Path) -> None:
    """An ordinary group becomes one with topics, under another number: all is shown there."""
    async with mirrored(tmp_path) as here:
        group = await here.binds(kind="group")
        talk = await here.asks("One")
        await troubled(here, talk, Trouble.NO_TOPICS)
        body = {"from": here.anna.person_id, "chat": group.chat, "forum": True}
        await here.telegram.sim("migrate", **body)
        here.clock.passes(400)
        here.news.tell(talk.id)
        await here.shown()
        assert (await here.talk(talk)).topic is not None


async def test_what_may_have_arrived_says_that_it_is_repeated(tmp_path: Path) -> None:
    """An answer that never came leaves a doubt: the words come again and say so."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await shown_talk(here)
        await here.telegram.fault("drop_after", "sendMessage", times=1)
        await here.hears(talk, "Two")
        await here.shown()
        head = f"👤 {talk.designation}"
        assert (await here.topic(talk))[-2:] == [f"{head}\nTwo", f"{head} (repeated)\nTwo"]


async def test_what_certainly_did_not_arrive_is_not_called_repeated(tmp_path: Path) -> None:
    """A refusal leaves no doubt, and a pause asked for neither."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await shown_talk(here)
        await here.telegram.fault("429", "sendMessage", times=2, retry_after=0)
        await changes(here, talk, delete=True)
        await here.hears(talk, "Two")
        await here.shown()
        assert "(repeated)" not in everything(here)
        assert everything(here).count("Two") == 1


async def test_a_crash_between_two_calls_repeats_what_was_begun(tmp_path: Path) -> None:
    """A posting that was begun and never ended is shown again after the start, and says so."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await shown_talk(here)
        await here.telegram.fault("slow", "sendMessage", times=1, seconds=0.3)
        await here.hears(talk, "Two")
        await here.until(lambda: not here.telegram.state.faults.active)
        await here.stop()
        here.start()
        await here.shown()
        assert (await here.topic(talk))[-1] == f"👤 {talk.designation} (repeated)\nTwo"


async def test_the_topic_of_a_closed_conversation_may_be_deleted(tmp_path: Path) -> None:
    """It does not come back for what happens then; when the person writes, it does, with all."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await shown_talk(here)
        now, vault = here.clock.now(), here.means.vault
        await here.do(
            talk, lambda unit: closing.close(unit.direct(), vault, talk, Reason.ANSWERED, now, 1)
        )
        await here.shown()
        await changes(here, talk, delete=True)
        await here.do(talk, lambda unit: closing.rate(unit.direct(), vault, talk, 3, now))
        await here.shown()
        await here.notes(talk, Event.DELETED)
        await here.shown()
        found = await here.talk(talk)
        assert (found.topic, found.state, len(here.chat().topics)) == (None, State.CLOSED, 0)
        await here.hears(talk, "Again")
        await here.shown()
        words = "\n".join(await here.topic(talk))
        assert words.startswith(f"👤 {talk.designation}\nOne\n")
        assert f"👤 {talk.designation}\nAgain\n🔓 Open again: the person has written" in words


async def test_a_topic_made_for_somebody_who_was_forgotten_goes(tmp_path: Path) -> None:
    """Whoever is forgotten while their topic is being opened leaves none behind."""
    async with mirrored(tmp_path, started=False) as here:
        await here.binds()
        talk = await here.asks("One")
        await here.telegram.fault("slow", "createForumTopic", seconds=0.3, times=1)
        here.start()
        await here.until(lambda: not here.telegram.state.faults.active)
        await here.done(lambda unit: unit.delete_person(talk.person_id))
        await here.until(lambda: "deleteForumTopic" in here.methods())
        assert here.chat().topics == {}


async def test_what_is_handed_on_goes_to_the_other_group(tmp_path: Path) -> None:
    """Colleagues of before see that it was handed on, and nothing of what comes after."""
    async with mirrored(tmp_path) as here:
        await here.binds("Desio", office="Desio")
        other = await here.binds("Carate", office="Carate")
        talk = await shown_talk(here)
        await here.stop()
        now, vault = here.clock.now(), here.means.vault

        def hand_on(unit: Unit) -> None:
            desk = find_desk(unit.direct(), CARATE.key)
            assert desk is not None
            closing.hand_on(unit.direct(), vault, talk, desk, "Nearer", now, here.operator)

        await here.do(talk, hand_on)
        await here.hears(talk, "Secret")
        here.start()
        await here.shown()
        found = await here.talk(talk)
        assert found.group_id == other.id
        before = here.chat().messages.values()
        said = [str(one.body.get("text", "")) for one in before if one.thread_id == talk.topic]
        assert said[-3:-1] == [
            "➡️ Anna has handed this on to another desk: Nearer",
            "➡️ Another group follows this conversation from now on.",
        ]
        assert "Secret" not in "".join(said)
        assert "Secret" in "\n".join(await here.topic(found))
        assert here.chat().topics[talk.topic or 0].closed


async def test_the_summary_and_the_acknowledgements_come_back(tmp_path: Path) -> None:
    """An operator who deletes a message of the bot's finds what it said in a new one."""
    async with mirrored(tmp_path) as here:
        group = await here.binds()
        talk = await shown_talk(here)
        anna = here.anna.within(group.chat)
        said = await anna.send("/r Hello", thread=talk.topic)
        line = await here.says(talk, "Hello", source=said["message_id"], state=LineState.WAITS)
        await here.shown()
        for message in (await here.messages(talk))[-1].id, talk.card or 0:
            await anna.delete(message)
        await here.goes(talk, line)
        await here.notes(talk, Event.MEDIATOR)
        await here.do(
            talk,
            lambda unit: closing.ask_mediator(unit.direct(), talk, here.clock.now(), here.operator),
        )
        await here.shown()
        found = await here.talk(talk)
        assert found.card != talk.card
        assert "✉️ Sent" in await here.topic(talk)
        assert "A mediator was asked for" in await here.card(talk)
