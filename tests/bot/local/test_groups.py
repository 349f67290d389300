"""Groups, topics, reactions and pins behave, and fail, as they do at Telegram."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import ReactionTypeEmoji, Update

from tests.bot.local.conftest import plain, unknown_fields
from tests.telegram import LocalTelegram, Phone


async def refusal(telegram: LocalTelegram, method: str, **parameters: Any) -> str:
    """Call a method that is refused; give its words."""
    answer = await telegram.call(method, **parameters)
    assert answer["ok"] is False
    return str(answer["description"])


@pytest.fixture
async def rosa(telegram: LocalTelegram) -> Phone:
    return await telegram.phone("Rosa")


@pytest.fixture
async def group(telegram: LocalTelegram, rosa: Phone) -> int:
    return await telegram.group("Operators", rosa)


async def test_a_topic_lives_from_creation_to_deletion(
    telegram: LocalTelegram, bot: Bot, rosa: Phone, group: int
) -> None:
    """Create, rename, close, reopen, delete: each leaves its service message and its refusal."""
    topic = await bot.create_forum_topic(group, "Blue heron")
    thread = topic.message_thread_id
    assert await bot.edit_forum_topic(group, thread, name="Grey heron") is True
    assert await bot.close_forum_topic(group, thread) is True
    assert await bot.reopen_forum_topic(group, thread) is True
    place = {"chat_id": group, "message_thread_id": thread}
    assert [
        await refusal(telegram, "editForumTopic", **place, name="Grey heron"),
        await refusal(telegram, "reopenForumTopic", **place),
    ] == ["Bad Request: TOPIC_NOT_MODIFIED"] * 2
    assert await rosa.within(group).transcript(thread) == (
        "----  (topic opened: Blue heron)\n"
        "----  (topic renamed: Grey heron)\n"
        "----  (topic closed)\n"
        "----  (topic opened again)\n"
    )
    assert await bot.delete_forum_topic(group, thread) is True
    assert await refusal(telegram, "sendMessage", **place, text="x") == (
        "Bad Request: message thread not found"
    )
    assert await rosa.within(group).transcript() == ""


async def test_general_has_no_thread_id(telegram: LocalTelegram, bot: Bot, group: int) -> None:
    """Thread 1 is refused; without a thread the message is General's and carries none."""
    words = await refusal(telegram, "sendMessage", chat_id=group, message_thread_id=1, text="x")
    sent = await bot.send_message(group, "x")
    assert words == "Bad Request: message thread not found"
    assert (sent.message_thread_id, sent.is_topic_message) == (None, None)


async def test_general_closes_and_opens(bot: Bot, group: int) -> None:
    """The methods for General answer true, and the second time say nothing has changed."""
    assert await bot.close_general_forum_topic(group) is True
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await bot.close_general_forum_topic(group)
    assert await bot.reopen_general_forum_topic(group) is True


async def test_a_message_in_a_topic_answers_the_topics_creation(
    bot: Bot, rosa: Phone, group: int
) -> None:
    """Every message of a topic carries an implicit reply to the message that created it."""
    topic = await bot.create_forum_topic(group, "Blue heron")
    await rosa.within(group).send("hello", thread=topic.message_thread_id)
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.is_topic_message is True
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.forum_topic_created is not None
    assert update.message.reply_to_message.message_id == topic.message_thread_id


async def test_a_real_answer_in_a_topic_names_what_it_answers(
    bot: Bot, rosa: Phone, group: int
) -> None:
    """A chosen reply replaces the implicit one."""
    topic = await bot.create_forum_topic(group, "Blue heron")
    sent = await bot.send_message(group, "?", message_thread_id=topic.message_thread_id)
    await rosa.within(group).send("!", thread=topic.message_thread_id, reply_to=sent.message_id)
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == sent.message_id


async def test_without_the_right_a_closed_topic_is_closed(
    telegram: LocalTelegram, bot: Bot, rosa: Phone
) -> None:
    """A bot that may not manage topics can't open one, nor write in a closed one."""
    group = await telegram.group("Operators", rosa, rights=["can_delete_messages"])
    thread = (await telegram.sim("topic", **{"from": rosa.person_id}, chat=group, name="T"))[
        "thread_id"
    ]
    await bot.send_message(group, "open", message_thread_id=thread)
    await telegram.sim("topic", **{"from": rosa.person_id}, chat=group, thread=thread, closed=True)
    place = {"chat_id": group, "message_thread_id": thread}
    assert await refusal(telegram, "sendMessage", **place, text="x") == (
        "Bad Request: TOPIC_CLOSED"
    )
    assert await refusal(telegram, "createForumTopic", chat_id=group, name="x") == (
        "Bad Request: not enough rights to create a topic"
    )


async def test_topic_icons_are_listed(bot: Bot) -> None:
    """The icons are custom emoji stickers."""
    icons = await bot.get_forum_topic_icon_stickers()
    assert {icon.type for icon in icons} == {"custom_emoji"}


async def test_members_and_administrators_are_shown(
    telegram: LocalTelegram, bot: Bot, rosa: Phone, group: int, amina: Phone
) -> None:
    """The founder, the bot with its rights, strangers; a private chat has no administrators."""
    admins = await bot.get_chat_administrators(group)
    assert [(one.status, one.user.id) for one in admins] == [
        ("creator", rosa.person_id),
        ("administrator", bot.id),
    ]
    statuses = [
        (await bot.get_chat_member(group, person)).status
        for person in (rosa.person_id, bot.id, amina.person_id)
    ]
    assert statuses == ["creator", "administrator", "left"]
    chat = await bot.get_chat(group)
    assert (chat.title, chat.is_forum) == ("Operators", True)
    assert (await bot.get_chat(amina.chat_id)).first_name == "Amina"
    assert await bot.get_chat_member_count(group) == 2
    assert await refusal(telegram, "getChatAdministrators", chat_id=amina.chat_id) == (
        "Bad Request: there are no administrators in the private chat"
    )


async def test_the_bot_joins_and_leaves_groups(
    telegram: LocalTelegram, bot: Bot, amina: Phone
) -> None:
    """Added, it is told twice (as member, as message); after leaving it may not write."""
    joined = await telegram.sim("join", **{"from": amina.person_id}, title="Strangers")
    updates = (await bot.get_updates())[-2:]
    assert updates[0].my_chat_member is not None
    assert updates[0].my_chat_member.new_chat_member.status == "member"
    assert updates[1].message is not None
    assert [user.id for user in updates[1].message.new_chat_members or ()] == [bot.id]
    assert await bot.leave_chat(joined["chat"]) is True
    assert await refusal(telegram, "sendMessage", chat_id=joined["chat"], text="x") == (
        "Forbidden: bot is not a member of the supergroup chat"
    )


async def test_a_group_that_became_a_supergroup_says_so(
    telegram: LocalTelegram, rosa: Phone
) -> None:
    """The old number answers with the new one."""
    old = await telegram.group("Small", rosa, kind="group")
    new = (await telegram.sim("migrate", **{"from": rosa.person_id}, chat=old))["id"]
    answer = await telegram.call("sendMessage", chat_id=old, text="x")
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new},
    }


async def test_reactions_reach_a_bot_that_asked(
    telegram: LocalTelegram, bot: Bot, rosa: Phone, group: int
) -> None:
    """By default no reaction is delivered; named in allowed_updates, it is."""
    sent = await bot.send_message(group, "case 1")
    room = rosa.within(group)
    assert (await room.react(sent.message_id, "👍"))["update_id"] == 0
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    await room.react(sent.message_id, "👀")
    update = (await bot.get_updates())[-1]
    assert update.message_reaction is not None
    changes = (update.message_reaction.old_reaction, update.message_reaction.new_reaction)
    assert [[plain(one)["emoji"] for one in side] for side in changes] == [["👍"], ["👀"]]


async def test_the_bot_reacts_and_pins(
    telegram: LocalTelegram, bot: Bot, rosa: Phone, group: int
) -> None:
    """A reaction and a pin are seen in the chat; a wrong one is refused."""
    sent = await bot.send_message(group, "case 1")
    await bot.set_message_reaction(group, sent.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert await bot.pin_chat_message(group, sent.message_id) is True
    shown = (await rosa.within(group).chat())[0]
    assert (shown["reactions"], shown["pinned"]) == ([{"user": bot.id, "emoji": "👍"}], True)
    pinned = (await bot.get_chat(group)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    assert await bot.unpin_chat_message(group, message_id=sent.message_id) is True
    wrong = [{"type": "emoji", "emoji": "🧊"}]
    place = {"chat_id": group, "message_id": sent.message_id}
    assert [
        await refusal(telegram, "setMessageReaction", **place, reaction=wrong),
        await refusal(telegram, "setMessageReaction", chat_id=group, message_id=99),
        await refusal(telegram, "pinChatMessage", chat_id=group, message_id=99),
    ] == [
        "Bad Request: REACTION_INVALID",
        "Bad Request: message to react not found",
        "Bad Request: message to pin not found",
    ]


async def test_a_bot_without_the_right_deletes_only_its_own(
    telegram: LocalTelegram, bot: Bot, rosa: Phone
) -> None:
    """In a group, others' messages need can_delete_messages."""
    group = await telegram.group("Room", rosa, rights=["can_manage_topics"])
    mine = await bot.send_message(group, "mine")
    hers = await rosa.within(group).send("hers")
    assert await bot.delete_message(group, mine.message_id) is True
    words = await refusal(telegram, "deleteMessage", chat_id=group, message_id=hers["message_id"])
    assert words == "Bad Request: message can't be deleted"


async def test_an_anonymous_administrator_has_no_name(
    telegram: LocalTelegram, bot: Bot, rosa: Phone, group: int
) -> None:
    """The update shows GroupAnonymousBot and the group as the sender."""
    await rosa.within(group).send("psst", anonymous=True)
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.sender_chat is not None
    assert (update.message.from_user.username, update.message.sender_chat.id) == (
        "GroupAnonymousBot",
        group,
    )


CONTENTS: list[dict[str, Any]] = [
    {"text": "words with /command and http://a.it"},
    {"voice": {"duration": 4, "size": 9000}},
    {"photo": {"width": 90, "height": 60}, "caption": "look @someone_here"},
    {"document": {"name": "contract.pdf", "mime_type": "application/pdf"}},
    {"video": {"duration": 3}},
    {"video_note": {}},
    {"audio": {"title": "t"}},
    {"animation": {}},
    {"sticker": {"emoji": "😀"}},
    {"location": {"latitude": 45.1, "longitude": 9.1}},
    {"location": {"latitude": 45.1, "longitude": 9.1, "live_period": 900}},
    {"venue": {"title": "Desk", "address": "Via Roma 1"}},
    {"contact": {"phone_number": "+39333", "first_name": "Bo", "user_id": 5}},
    {"poll": {"question": "?", "options": ["a", "b"]}},
    {"dice": {}},
    {"story": {}},
    {"text": "f", "forward_from": "Hidden person"},
    {"text": "f", "forward_from": {"channel": "News"}},
    {"text": "f", "forward_from": 700000001},
    {"photo": {}, "media_group": "77"},
]


@pytest.mark.parametrize("content", CONTENTS, ids=lambda one: "-".join(one))
async def test_all_that_people_send_is_well_formed(
    telegram: LocalTelegram, amina: Phone, content: dict[str, Any]
) -> None:
    """Each update passes an independent model of the Bot API, without one unknown field."""
    await amina.send(**content)
    answer = await telegram.call("getUpdates", offset=-1)
    update = Update.model_validate(answer["result"][0])
    assert update.message is not None
    assert unknown_fields(update) == []


async def test_other_updates_are_well_formed(
    telegram: LocalTelegram, bot: Bot, rosa: Phone, group: int, amina: Phone
) -> None:
    """Edits, taps, forged taps on vanished messages, members and reactions pass the model too."""
    kinds = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
    await telegram.call("getUpdates", allowed_updates=kinds, offset=-1)
    sent = await amina.send("helo")
    await amina.edit(sent["message_id"], "hello /start")
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "1"}]]}
    await telegram.call("sendMessage", chat_id=amina.chat_id, text="?", reply_markup=markup)
    await amina.tap("Go", wait=0)
    await amina.tap(message_id=404, data="forged", wait=0)
    await amina.react(sent["message_id"], "👍")
    await amina.block()
    await telegram.sim("join", **{"from": amina.person_id}, title="G", status="administrator")
    answer = await telegram.call("getUpdates", limit=100)
    updates = [Update.model_validate(one) for one in answer["result"]]
    assert [unknown_fields(one) for one in updates] == [[]] * len(updates)
    assert [next(iter(set(one) - {"update_id"})) for one in answer["result"]][-8:] == [
        "message",
        "edited_message",
        "callback_query",
        "callback_query",
        "message_reaction",
        "my_chat_member",
        "my_chat_member",
        "message",
    ]


async def test_a_bot_that_may_not_write_is_told_so(
    telegram: LocalTelegram, bot: Bot, rosa: Phone, group: int
) -> None:
    """Silenced in a group it is still a member, well formed, and every message is refused."""
    await telegram.sim("join", **{"from": rosa.person_id}, chat=group, status="restricted")
    member = await bot.get_chat_member(group, telegram.state.me["id"])
    assert (member.status, unknown_fields(member)) == ("restricted", [])
    assert await refusal(telegram, "sendMessage", chat_id=group, text="x") == (
        "Bad Request: not enough rights to send text messages to the chat"
    )


async def test_a_group_that_was_deleted_is_nobodys(
    telegram: LocalTelegram, rosa: Phone, group: int, amina: Phone
) -> None:
    """Whatever a bot wants there is refused; a private chat cannot be deleted for everybody."""
    await telegram.sim("disband", **{"from": rosa.person_id}, chat=group)
    words = [
        await refusal(telegram, method, chat_id=group, text="x", name="x")
        for method in ("sendMessage", "createForumTopic", "getChat")
    ]
    assert words == ["Forbidden: the group chat was deleted"] * 3
    with pytest.raises(AssertionError, match="nobody can write"):
        await rosa.within(group).send("x")
    with pytest.raises(AssertionError, match="only a group can be deleted"):
        await telegram.sim("disband", **{"from": amina.person_id})
