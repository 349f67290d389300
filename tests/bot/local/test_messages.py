"""Sending, editing, deleting and answering behave, and fail, as they do at Telegram."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from tests.bot.local.conftest import plain
from tests.telegram import LocalTelegram, Phone


def keyboard(*labels: str, data: str = "1:2:go") -> InlineKeyboardMarkup:
    """A row of buttons."""
    row = [InlineKeyboardButton(text=label, callback_data=data) for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[row])


def words(error: pytest.ExceptionInfo[TelegramAPIError]) -> str:
    """The description Telegram gave."""
    return error.value.message.removeprefix("Telegram server says - ")


async def refusal(telegram: LocalTelegram, method: str, **parameters: Any) -> tuple[int, str]:
    """Call a method that is refused; give code and words."""
    answer = await telegram.call(method, **parameters)
    return answer["error_code"], answer["description"]


async def test_a_message_comes_back_as_it_was_sent(bot: Bot, amina: Phone) -> None:
    """HTML becomes text and entities, the keyboard returns, ids count per chat."""
    sent = await bot.send_message(
        amina.chat_id, "<b>Hi</b> & bye", parse_mode="HTML", reply_markup=keyboard("Go", "No")
    )
    assert (sent.message_id, sent.text, sent.chat.id) == (2, "Hi & bye", amina.chat_id)
    assert [(e.type, e.offset, e.length) for e in sent.entities or ()] == [("bold", 0, 2)]
    assert plain(sent.reply_markup) == plain(keyboard("Go", "No"))
    assert await amina.transcript() == "USER  /start\nBOT   Hi & bye\n      [Go] [No]\n"


async def test_entities_may_be_given_as_objects(bot: Bot, amina: Phone) -> None:
    """Entities handed in are kept, with nothing parsed in the text."""
    bold = MessageEntity(type="bold", offset=0, length=3)
    sent = await bot.send_message(amina.chat_id, "<b> x", entities=[bold])
    assert (sent.text, [plain(one) for one in sent.entities or ()]) == ("<b> x", [plain(bold)])


async def test_options_are_kept(bot: Bot, amina: Phone) -> None:
    """Protection, silence, preview options and the answered message are in the message."""
    first = await bot.send_message(amina.chat_id, "first")
    sent = await bot.send_message(
        amina.chat_id,
        "second",
        protect_content=True,
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(message_id=first.message_id),
    )
    assert sent.has_protected_content is True
    assert plain(sent.link_preview_options) == {"is_disabled": True}
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == first.message_id
    lines = await amina.notifications()
    assert [(line["text"], line["silent"]) for line in lines] == [
        ("first", False),
        ("second", True),
    ]


REFUSED = [
    ({"text": ""}, "Bad Request: message text is empty"),
    ({"text": "  \n "}, "Bad Request: text must be non-empty"),
    ({"text": "x" * 4097}, "Bad Request: message is too long"),
    ({"text": "😀" * 2049}, "Bad Request: message is too long"),
    ({"text": "x" * 40000}, "Bad Request: text is too long"),
    ({"text": "x", "parse_mode": "HTMLX"}, "Bad Request: unsupported parse_mode"),
    (
        {"text": "<b>x", "parse_mode": "HTML"},
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
    ({"text": "x", "chat_id": 5}, "Bad Request: chat not found"),
    ({"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
    (
        {"text": "x", "reply_parameters": {"message_id": 99}},
        "Bad Request: message to be replied not found",
    ),
    (
        {"text": "x", "reply_markup": "{"},
        "Bad Request: can't parse reply keyboard markup JSON object",
    ),
    ({"text": "x", "reply_markup": []}, "Bad Request: object expected as reply markup"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [{}]}},
        'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup '
        "must be an Array of Arrays",
    ),
]


@pytest.mark.parametrize(("parameters", "expected"), REFUSED)
async def test_what_telegram_refuses_is_refused(
    telegram: LocalTelegram, amina: Phone, parameters: dict[str, Any], expected: str
) -> None:
    """A wrong message is refused with code 400 and Telegram's words."""
    wish = {"chat_id": amina.chat_id, **parameters}
    assert await refusal(telegram, "sendMessage", **wish) == (400, expected)


BUTTONS = [
    ({"text": "x", "callback_data": "é" * 33}, "Bad Request: BUTTON_DATA_INVALID"),
    (
        {"text": "x"},
        "Bad Request: can't parse inline keyboard button: "
        "Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "url": "nowhere"},
        "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "callback_data": "1", "style": "pink"},
        "Bad Request: can't parse inline keyboard button: invalid button style specified",
    ),
    (
        {"callback_data": "1"},
        "Bad Request: can't parse inline keyboard button: Can't find field \"text\"",
    ),
]


@pytest.mark.parametrize(("button", "expected"), BUTTONS)
async def test_a_wrong_button_is_refused(
    telegram: LocalTelegram, amina: Phone, button: dict[str, Any], expected: str
) -> None:
    """64 bytes of data, a text, something to do: a button lacking one is refused."""
    markup = {"inline_keyboard": [[button]]}
    answer = await refusal(
        telegram, "sendMessage", chat_id=amina.chat_id, text="x", reply_markup=markup
    )
    assert answer == (400, expected)


async def test_a_button_may_carry_exactly_64_bytes(bot: Bot, amina: Phone) -> None:
    """The limit counts bytes, and the last one is allowed; a style and a copy button too."""
    markup = InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text="x", callback_data="é" * 32, style="danger")],
            [InlineKeyboardButton(text="y", copy_text=CopyTextButton(text="code"))],
        ]
    )
    sent = await bot.send_message(amina.chat_id, "x", reply_markup=markup)
    assert plain(sent.reply_markup) == plain(markup)


async def test_too_many_buttons_are_refused(telegram: LocalTelegram, amina: Phone) -> None:
    """A hundred and one buttons are too many."""
    rows = [[{"text": "x", "callback_data": "1"}]] * 101
    markup = {"inline_keyboard": rows}
    answer = await refusal(
        telegram, "sendMessage", chat_id=amina.chat_id, text="x", reply_markup=markup
    )
    assert answer == (400, "Bad Request: reply markup is too long")


async def test_an_edit_changes_words_and_buttons(bot: Bot, amina: Phone) -> None:
    """An edit without a keyboard takes the keyboard away; the transcript shows the last state."""
    sent = await bot.send_message(amina.chat_id, "one", reply_markup=keyboard("Go"))
    place: dict[str, Any] = {"chat_id": amina.chat_id, "message_id": sent.message_id}
    edited = await bot.edit_message_text("two", **place)
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup) == ("two", None)
    assert edited.edit_date is not None
    await bot.edit_message_reply_markup(**place, reply_markup=keyboard("Back"))
    assert await amina.transcript() == "USER  /start\nBOT   two\n      [Back]\n"


NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, amina: Phone) -> None:
    """The same words and buttons again are refused, by each method of editing."""
    sent = await bot.send_message(
        amina.chat_id, "<b>one</b>", parse_mode="HTML", reply_markup=keyboard("Go")
    )
    place: dict[str, Any] = {"chat_id": amina.chat_id, "message_id": sent.message_id}
    with pytest.raises(TelegramBadRequest) as text:
        await bot.edit_message_text(
            " <b>one</b>", **place, parse_mode="HTML", reply_markup=keyboard("Go")
        )
    with pytest.raises(TelegramBadRequest) as markup:
        await bot.edit_message_reply_markup(**place, reply_markup=keyboard("Go"))
    assert (words(text), words(markup)) == (NOT_MODIFIED, NOT_MODIFIED)


async def test_what_cannot_be_edited_is_refused(telegram: LocalTelegram, amina: Phone) -> None:
    """A missing message, a person's message, one with a reply keyboard, a caption of a text."""
    keys = {"keyboard": [[{"text": "Here"}]]}
    chat = {"chat_id": amina.chat_id}
    await telegram.call("sendMessage", **chat, text="keys", reply_markup=keys)
    await telegram.call("sendMessage", **chat, text="text")
    answers = [
        await refusal(telegram, "editMessageText", **chat, message_id=99, text="x"),
        await refusal(telegram, "editMessageText", **chat, message_id=1, text="x"),
        await refusal(telegram, "editMessageText", **chat, message_id=2, text="x"),
        await refusal(telegram, "editMessageCaption", **chat, message_id=3, caption="x"),
        await refusal(telegram, "editMessageText", **chat, message_id=3, text="x" * 4097),
    ]
    assert answers == [
        (400, "Bad Request: message to edit not found"),
        (400, "Bad Request: message can't be edited"),
        (400, "Bad Request: message can't be edited"),
        (400, "Bad Request: there is no caption in the message to edit"),
        (400, "Bad Request: MESSAGE_TOO_LONG"),
    ]


async def test_a_bot_deletes_both_sides_of_a_private_chat(bot: Bot, amina: Phone) -> None:
    """Its own messages and the person's go, one by one or many; missing ones are passed over."""
    for text in "abc":
        await bot.send_message(amina.chat_id, text)
    assert await bot.delete_message(amina.chat_id, 1) is True
    assert await bot.delete_messages(amina.chat_id, [2, 3, 99]) is True
    assert await amina.transcript() == "BOT   c\n"


async def test_nothing_is_deleted_after_48_hours(
    telegram: LocalTelegram, bot: Bot, amina: Phone
) -> None:
    """One second before it works, at 48 hours it does not, and then nothing of a list goes."""
    sent = await bot.send_message(amina.chat_id, "old")
    await telegram.advance(48 * 3600 - 2)
    assert await bot.delete_message(amina.chat_id, 1) is True
    await telegram.advance(2)
    fresh = await bot.send_message(amina.chat_id, "fresh")
    with pytest.raises(TelegramBadRequest) as one:
        await bot.delete_message(amina.chat_id, sent.message_id)
    with pytest.raises(TelegramBadRequest) as many:
        await bot.delete_messages(amina.chat_id, [sent.message_id, fresh.message_id])
    with pytest.raises(TelegramBadRequest) as missing:
        await bot.delete_message(amina.chat_id, 99)
    assert words(one) == words(many) == "Bad Request: message can't be deleted"
    assert words(missing) == "Bad Request: message to delete not found"
    assert await amina.transcript() == "BOT   old\nBOT   fresh\n"


async def test_a_tap_is_answered_once_and_in_time(
    telegram: LocalTelegram, bot: Bot, amina: Phone
) -> None:
    """A query is answered once; a second answer and a late one are too old."""
    await bot.send_message(amina.chat_id, "ask", reply_markup=keyboard("Go"))
    queries = [(await amina.tap("Go", wait=0))["query_id"] for _ in range(2)]
    assert await bot.answer_callback_query(queries[0], "done", show_alert=True) is True
    with pytest.raises(TelegramBadRequest) as again:
        await bot.answer_callback_query(queries[0])
    await telegram.advance(151)
    with pytest.raises(TelegramBadRequest) as late:
        await bot.answer_callback_query(queries[1])
    with pytest.raises(TelegramBadRequest) as unknown:
        await bot.answer_callback_query("17")
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert [words(one) for one in (again, late, unknown)] == [too_old] * 3
    assert (await amina.transcript()).endswith("USER  [Go]\nUSER  [Go]\nPOPUP done\n")


async def test_an_answer_to_a_tap_has_200_letters(telegram: LocalTelegram, amina: Phone) -> None:
    """201 letters are refused."""
    answer = await refusal(telegram, "answerCallbackQuery", callback_query_id="1", text="x" * 201)
    assert answer == (400, "Bad Request: MESSAGE_TOO_LONG")


async def test_reply_keyboards_come_and_go(bot: Bot, telegram: LocalTelegram) -> None:
    """A reply keyboard stays under the chat until another message takes it away."""
    phone = await telegram.phone("Bo")
    await phone.send("/start")
    keys = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="Here", request_location=True)]], one_time_keyboard=True
    )
    sent = await bot.send_message(phone.chat_id, "Where?", reply_markup=keys)
    assert sent.reply_markup is None
    assert (await phone.transcript()).endswith("BOT   Where?\nKEYS  [Here]\n")
    await phone.press("Here", location={"latitude": 45.5, "longitude": 9.25})
    assert (await phone.transcript()).endswith("BOT   Where?\nUSER  (location 45.5, 9.25)\n")
    await bot.send_message(phone.chat_id, "Again?", reply_markup=keys)
    await bot.send_message(phone.chat_id, "No.", reply_markup=ReplyKeyboardRemove())
    await bot.send_message(phone.chat_id, "Name?", reply_markup=ForceReply())
    assert (await phone.transcript()).endswith("BOT   Again?\nBOT   No.\nBOT   Name?\n")


async def test_a_person_who_blocked_the_bot_is_out_of_reach(
    telegram: LocalTelegram, bot: Bot, amina: Phone
) -> None:
    """A blocked bot gets 403 and two my_chat_member updates; unblocked, it writes again."""
    await amina.block()
    with pytest.raises(TelegramForbiddenError) as caught:
        await bot.send_message(amina.chat_id, "hello?")
    assert words(caught) == "Forbidden: bot was blocked by the user"
    await amina.block(False)
    await bot.send_message(amina.chat_id, "hello")
    updates = await bot.get_updates(offset=-2)
    changes = [one.my_chat_member for one in updates if one.my_chat_member]
    states = [(one.old_chat_member.status, one.new_chat_member.status) for one in changes]
    assert states == [("member", "kicked"), ("kicked", "member")]


async def test_copies_hide_the_author_and_forwards_show_it(
    bot: Bot, telegram: LocalTelegram, amina: Phone
) -> None:
    """A copy is the bot's own message; a forward names its origin."""
    other = await telegram.phone("Bo")
    await other.send("/start")
    await amina.send("secret <b>words</b>")
    copied = await bot.copy_message(other.chat_id, amina.chat_id, 2)
    forwarded = await bot.forward_message(other.chat_id, amina.chat_id, 2)
    many = await bot.copy_messages(other.chat_id, amina.chat_id, [1, 2, 77])
    shown = {message["message_id"]: message for message in await other.chat()}
    assert shown[copied.message_id]["text"] == "secret <b>words</b>"
    assert "forwarded" not in shown[copied.message_id]
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "user"
    assert [one.message_id for one in many] == [4, 5]


async def test_what_cannot_be_copied_is_refused(
    bot: Bot, telegram: LocalTelegram, amina: Phone
) -> None:
    """A missing or protected message is not copied, nor a list in the wrong order."""
    chat = {"chat_id": amina.chat_id, "from_chat_id": amina.chat_id}
    await bot.send_message(amina.chat_id, "mine", protect_content=True)
    answers = [
        await refusal(telegram, "copyMessage", **chat, message_id=99),
        await refusal(telegram, "copyMessage", **chat, message_id=2),
        await refusal(telegram, "forwardMessage", **chat, message_id=99),
        await refusal(telegram, "copyMessages", **chat, message_ids=[2, 1]),
        await refusal(telegram, "copyMessages", **chat, message_ids=[98, 99]),
        await refusal(telegram, "copyMessages", **chat, message_ids=list(range(1, 102))),
    ]
    assert answers == [
        (400, "Bad Request: message to copy not found"),
        (400, "Bad Request: message can't be copied"),
        (400, "Bad Request: message to forward not found"),
        (400, "Bad Request: message identifiers must be in a strictly increasing order"),
        (400, "Bad Request: there are no messages to copy"),
        (400, "Bad Request: too many message identifiers specified"),
    ]
