"""One row, one call: what Telegram's answers mean, tried against a server that gives them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.delivery.sending import Fate, Same, Sender, Sent, Why, why_of
from bot.telegram.client import TelegramClient
from bot.telegram.errors import error_of
from storage.outbox import Policy, Row, Slot
from tests.bot.bot_api import Answer, BotApi, ok, refused
from tests.bot.delivery.rows import row

BUTTONS = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
NOT_MODIFIED = refused(400, "Bad Request: message is not modified: specified new message content")
NOT_FOUND = refused(400, "Bad Request: message to edit not found")
BLOCKED = refused(403, "Forbidden: bot was blocked by the user")
GONE = refused(403, "Forbidden: user is deactivated")
NO_CHAT = refused(400, "Bad Request: chat not found")
UNREAD = refused(400, "Bad Request: can't parse entities")
SAME = Same.SAME

FATES: list[tuple[Answer, dict[str, Any], Sent]] = [
    (ok({"message_id": 5}), {}, Sent(Fate.SENT, (5,))),
    (ok([{"message_id": 5}, {"message_id": 6}]), {}, Sent(Fate.SENT, (5, 6))),
    (ok(True), {}, Sent(Fate.SENT)),
    (ok({"message_id": "5"}), {}, Sent(Fate.SENT)),
    (ok({"message_id": 5}), {"slot": Slot.NEW}, Sent(Fate.SENT, (5,), 5)),
    (refused(429, "Too Many", retry_after=9), {}, Sent(Fate.WAIT, seconds=9)),
    (refused(400, "Bad Request: x", migrate_to_chat_id=-9), {}, Sent(Fate.MIGRATED, chat_id=-9)),
    (BLOCKED, {}, Sent(Fate.UNREACHABLE, why=Why.NO_CHAT)),
    (GONE, {}, Sent(Fate.UNREACHABLE, why=Why.NO_CHAT)),
    (NO_CHAT, {}, Sent(Fate.UNREACHABLE, why=Why.NO_CHAT)),
    (UNREAD, {}, Sent(Fate.REFUSED, why=Why.OTHER)),
    (refused(404, "Not Found: method not found"), {}, Sent(Fate.REFUSED, why=Why.OTHER)),
    (refused(401, "Unauthorized"), {}, Sent(Fate.RETRY)),
    (refused(500, "Internal Server Error"), {}, Sent(Fate.LOST)),
    (Answer(502, raw=b"<html>"), {}, Sent(Fate.LOST)),
    (Answer(200, raw=b"<html>"), {}, Sent(Fate.LOST)),
    (Answer(cut=True), {}, Sent(Fate.LOST)),
    (Answer(cut=True), {"policy": Policy.ONCE}, Sent(Fate.UNKNOWN)),
    (refused(500, "Internal"), {"policy": Policy.ONCE}, Sent(Fate.UNKNOWN)),
    (refused(429, "x", retry_after=2), {"policy": Policy.ONCE}, Sent(Fate.WAIT, seconds=2)),
]


@pytest.mark.parametrize(("answer", "more", "sent"), FATES)
async def test_each_answer_has_one_meaning(
    client: TelegramClient, api: BotApi, answer: Answer, more: dict[str, Any], sent: Sent
) -> None:
    """What became of a message follows from the answer and the row's own policy."""
    api.script("sendMessage", answer)
    assert await Sender(client).send(row(1, **more), None) == sent


async def test_a_row_to_nobody_known_is_refused_not_unreachable(
    client: TelegramClient, api: BotApi
) -> None:
    """A group that threw the bot out is no person to be marked."""
    api.script("sendMessage", refused(403, "Forbidden: bot was kicked from the group chat"))
    found = row(1, -5)
    group = Row(**{**{n: getattr(found, n) for n in found.__slots__}, "person_id": None})
    assert await Sender(client).send(group, None) == Sent(Fate.REFUSED, why=Why.NO_CHAT)


@pytest.mark.parametrize("policy", list(Policy))
async def test_what_never_left_is_sent_again_whatever_the_policy(
    client: TelegramClient, api: BotApi, policy: Policy
) -> None:
    """With nobody listening there is no doubt: at-most-once rows may go again too."""
    await api.down()
    assert await Sender(client).send(row(1, policy=policy), None) == Sent(Fate.RETRY)


async def test_the_living_message_is_edited_with_what_an_edit_takes(
    client: TelegramClient, api: BotApi
) -> None:
    """Only the parameters of editMessageText go along, and the living message stays the same."""
    edit = row(
        1,
        text="now",
        slot=Slot.EDIT,
        parse_mode="HTML",
        reply_markup=BUTTONS,
        disable_notification=True,
        protect_content=True,
    )
    sent = await Sender(client).send(edit, 55)
    assert (sent, api.calls) == (
        Sent(Fate.SENT, living=55),
        [
            (
                "editMessageText",
                {
                    "text": "now",
                    "parse_mode": "HTML",
                    "reply_markup": BUTTONS,
                    "chat_id": 7,
                    "message_id": 55,
                },
            )
        ],
    )


@pytest.mark.parametrize(
    ("answer", "sent"),
    [
        (NOT_MODIFIED, Sent(Fate.SENT, living=55)),
        (NOT_FOUND, Sent(Fate.AT_ONCE, living=None)),
        (refused(400, "Bad Request: message can't be edited"), Sent(Fate.AT_ONCE, living=None)),
        (refused(400, "Bad Request: MESSAGE_ID_INVALID"), Sent(Fate.AT_ONCE, living=None)),
        (
            refused(400, "Bad Request: there is no text in the message to edit"),
            Sent(Fate.AT_ONCE, living=None),
        ),
        (NO_CHAT, Sent(Fate.UNREACHABLE, why=Why.NO_CHAT)),
        (UNREAD, Sent(Fate.REFUSED, why=Why.OTHER)),
        (BLOCKED, Sent(Fate.UNREACHABLE, why=Why.NO_CHAT)),
        (Answer(cut=True), Sent(Fate.LOST)),
    ],
)
async def test_an_edit_that_cannot_be_is_sent_anew(
    client: TelegramClient, api: BotApi, answer: Answer, sent: Sent
) -> None:
    """No change is success, a message that is gone is replaced, the rest is as for any message."""
    api.script("editMessageText", answer)
    assert await Sender(client).send(row(1, slot=Slot.EDIT), 55) == sent


@pytest.mark.parametrize(
    ("living", "more"),
    [
        (None, {}),
        (55, {"reply_markup": {"keyboard": [[{"text": "x", "request_location": True}]]}}),
        (55, {"reply_markup": {"force_reply": True}}),
    ],
)
async def test_without_a_message_to_edit_it_is_sent(
    client: TelegramClient, api: BotApi, living: int | None, more: dict[str, Any]
) -> None:
    """No living message, or a keyboard no edit can carry: a new message, which becomes living."""
    sent = await Sender(client).send(row(1, slot=Slot.EDIT, **more), living)
    assert (sent, [method for method, _ in api.calls]) == (
        Sent(Fate.SENT, (1001,), 1001),
        ["sendMessage"],
    )


@pytest.mark.parametrize(
    ("retiring", "living", "answer", "sent", "calls"),
    [
        (
            row(1, text="Language: Italian", slot=Slot.RETIRE, reply_markup=BUTTONS),
            55,
            ok(True),
            Sent(Fate.SENT, living=None),
            [("editMessageText", {"text": "Language: Italian", "chat_id": 7, "message_id": 55})],
        ),
        (
            row(1, method="deleteMessage", slot=Slot.RETIRE),
            55,
            ok(True),
            Sent(Fate.SENT, living=None),
            [("deleteMessage", {"chat_id": 7, "message_id": 55})],
        ),
        (
            row(1, text="x", slot=Slot.RETIRE),
            55,
            NOT_MODIFIED,
            Sent(Fate.NOT_NEEDED, living=None),
            [("editMessageText", {"text": "x", "chat_id": 7, "message_id": 55})],
        ),
        (
            row(1, text="x", slot=Slot.RETIRE),
            55,
            NOT_FOUND,
            Sent(Fate.NOT_NEEDED, living=None),
            [("editMessageText", {"text": "x", "chat_id": 7, "message_id": 55})],
        ),
        (row(1, text="x", slot=Slot.RETIRE), None, ok(True), Sent(Fate.NOT_NEEDED), []),
    ],
)
async def test_the_living_message_retires(
    client: TelegramClient,
    api: BotApi,
    retiring: Row,
    living: int | None,
    answer: Answer,
    sent: Sent,
    calls: list[Any],
) -> None:
    """It keeps one line and no buttons, or goes; when it is gone already, all is well."""
    api.script("editMessageText", answer)
    assert await Sender(client).send(retiring, living) == sent
    assert api.calls == calls


@pytest.mark.parametrize(
    "words",
    [
        "Bad Request: message to delete not found",
        "Bad Request: message can't be deleted",
        "Bad Request: message can't be deleted for everyone",
    ],
)
async def test_deleting_what_is_gone_or_too_old_is_done(
    client: TelegramClient, api: BotApi, words: str
) -> None:
    """There is nothing more to be had, and nothing to worry about."""
    api.script("deleteMessage", refused(400, words))
    one = row(1, method="deleteMessage", message_id=3)
    assert await Sender(client).send(one, None) == Sent(Fate.NOT_NEEDED, why=Why.NO_MESSAGE)


async def test_one_message_too_old_does_not_keep_the_others(
    client: TelegramClient, api: BotApi
) -> None:
    """A refused lot is halved until only the one that cannot be deleted is left."""
    left = set(range(1, 251))

    def delete(method: str, params: dict[str, Any]) -> Answer | None:
        if len(params["message_ids"]) > 100:
            return refused(400, "Bad Request: too many")
        if 137 in params["message_ids"]:
            return refused(400, "Bad Request: message can't be deleted for everyone")
        left.difference_update(params["message_ids"])
        return ok(True)

    api.on_call = delete
    many = row(1, method="deleteMessages", message_ids=list(range(1, 251)))
    assert await Sender(client).send(many, 137) == Sent(Fate.SENT, living=None)
    assert (left, len(api.calls) < 25) == ({137}, True)


async def test_deleting_the_living_message_is_known(client: TelegramClient, api: BotApi) -> None:
    """Whatever deletes it, there is none afterwards."""
    one = row(1, method="deleteMessage", message_id=55)
    assert await Sender(client).send(one, 55) == Sent(Fate.SENT, living=None)
    assert await Sender(client).send(one, 56) == Sent(Fate.SENT)


@pytest.mark.parametrize(
    "words",
    [
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        "Bad Request: QUERY_ID_INVALID",
    ],
)
async def test_a_tap_too_old_to_answer_is_let_go(
    client: TelegramClient, api: BotApi, words: str
) -> None:
    """Its spinner ended long ago; the chat is not sent along, the method does not know it."""
    api.script("answerCallbackQuery", refused(400, words))
    answer = row(1, method="answerCallbackQuery", callback_query_id="q")
    assert await Sender(client).send(answer, None) == Sent(Fate.NOT_NEEDED, why=Why.OTHER)
    assert api.calls == [("answerCallbackQuery", {"callback_query_id": "q"})]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (NOT_MODIFIED, Why.SAME),
        (NOT_FOUND, Why.NO_MESSAGE),
        (refused(400, "Bad Request: message can't be edited"), Why.NO_MESSAGE),
    ],
)
async def test_taking_buttons_off_an_old_message_may_fail(
    client: TelegramClient, api: BotApi, answer: Answer, why: Why
) -> None:
    """Where there is no message or no button any more, nothing is left to do."""
    api.script("editMessageReplyMarkup", answer)
    one = row(1, method="editMessageReplyMarkup", message_id=3)
    assert await Sender(client).send(one, None) == Sent(Fate.NOT_NEEDED, why=why)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Bad Request: message thread not found", Why.NO_TOPIC),
        ("Bad Request: TOPIC_DELETED", Why.NO_TOPIC),
        ("Bad Request: TOPIC_ID_INVALID", Why.NO_TOPIC),
        ("Bad Request: TOPIC_CLOSED", Why.TOPIC_CLOSED),
        ("Bad Request: TOPIC_NOT_MODIFIED", Why.SAME),
        ("Bad Request: the chat is not a forum", Why.NO_FORUM),
        ("Bad Request: not enough rights to create a topic", Why.NO_RIGHT),
        ("Bad Request: not enough rights to send text messages to the chat", Why.NO_RIGHT),
        ("Bad Request: have no rights to send a message", Why.NO_RIGHT),
        ("Bad Request: CHAT_ADMIN_REQUIRED", Why.NO_RIGHT),
        ("Bad Request: VOICE_MESSAGES_FORBIDDEN", Why.NO_RIGHT),
        ("Forbidden: bot was kicked from the supergroup chat", Why.NO_CHAT),
        ("Forbidden: the group chat was deleted", Why.NO_CHAT),
        ("Bad Request: chat not found", Why.NO_CHAT),
        ("Bad Request: message to be replied not found", Why.NO_REPLIED),
        ("Bad Request: wrong remote file identifier specified", Why.NO_FILE),
        ("Bad Request: invalid file_id", Why.NO_FILE),
        ("Bad Request: message is too long", Why.TOO_LONG),
        ("Bad Request: can't parse entities", Why.OTHER),
    ],
)
def test_a_refusal_says_what_can_be_mended(words: str, why: Why) -> None:
    """Whoever sends into a topic learns what became of the topic, the right or the file."""
    status = 403 if words.startswith("Forbidden") else 400
    error = error_of(status, json.dumps({"description": words}).encode())
    assert why_of(error) is why


async def test_a_message_tells_in_which_topic_it_landed(
    client: TelegramClient, api: BotApi
) -> None:
    """Of a topic made, of a message in one, of an album; a message in General is in none."""
    threads = []
    for answer in (
        {"message_thread_id": 9, "name": "x"},
        {"message_id": 5, "message_thread_id": 9},
        [{"message_id": 5, "message_thread_id": 9}, {"message_id": 6, "message_thread_id": 9}],
        {"message_id": 5},
        True,
    ):
        api.script("sendMessage", ok(answer))
        threads.append((await Sender(client).send(row(1), None)).thread)
    assert threads == [9, 9, 9, None, None]
