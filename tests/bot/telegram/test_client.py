"""The wire to the Bot API: errors have types, the token is never seen, and what left is known."""

from __future__ import annotations

import asyncio
import base64
import traceback
from collections.abc import Awaitable
from typing import Any

import pytest
import telegram
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from bot.telegram.client import AiohttpRequest, TelegramClient, Wire
from bot.telegram.errors import (
    NoAnswerError,
    NotSentError,
    ServerTroubleError,
    TooManyRequestsError,
    UnreadableAnswerError,
)
from tests.bot.bot_api import TOKEN, Answer, BotApi, ok, refused

SECRET_WORDS = "what she wrote"


def bot_over(wire: Wire, api: BotApi) -> telegram.Bot:
    """python-telegram-bot over our wire."""
    return telegram.Bot(
        TOKEN,
        base_url=f"{api.address}/bot",
        request=AiohttpRequest(wire),
        get_updates_request=AiohttpRequest(wire),
    )


async def test_a_call_sends_json_and_hands_back_the_result(
    client: TelegramClient, api: BotApi
) -> None:
    """Parameters arrive as they were given; the result is what Telegram put there."""
    api.script("sendMessage", ok({"message_id": 5}))
    params = {"chat_id": 1, "text": "مرحبا 😀", "reply_markup": {"inline_keyboard": [[]]}}
    assert await client.call("sendMessage", params) == {"message_id": 5}
    assert api.calls == [("sendMessage", params)]


REFUSALS: list[tuple[Answer, type[TelegramError]]] = [
    (refused(400, "Bad Request: chat not found"), BadRequest),
    (refused(401, "Unauthorized"), InvalidToken),
    (refused(403, "Forbidden: bot was blocked by the user"), Forbidden),
    (refused(404, "Not Found"), InvalidToken),
    (refused(404, "Not Found: method not found"), EndPointNotFound),
    (refused(409, "Conflict: terminated by other getUpdates request"), Conflict),
    (refused(429, "Too Many Requests: retry after 4", retry_after=4), TooManyRequestsError),
    (refused(429, "Too Many Requests"), TooManyRequestsError),
    (refused(429, "Too Many Requests", retry_after="soon"), TooManyRequestsError),
    (refused(400, "Bad Request: group upgraded", migrate_to_chat_id=-100), ChatMigrated),
    (refused(500, "Internal Server Error"), ServerTroubleError),
    (Answer(502, raw=b"<html>Bad Gateway</html>"), ServerTroubleError),
    (Answer(503, raw=b""), ServerTroubleError),
    (Answer(301, raw=b""), ServerTroubleError),
    (Answer(200, raw=b"<html>log in to the hotel</html>"), UnreadableAnswerError),
    (Answer(200, raw=b"[" * 100_000), UnreadableAnswerError),
    (Answer(200, raw=b'["a list"]'), ServerTroubleError),
    (Answer(200, raw=b'{"ok": false}'), ServerTroubleError),
    (Answer(cut=True), NoAnswerError),
]


@pytest.mark.parametrize(("answer", "error"), REFUSALS)
async def test_each_refusal_is_an_error_of_its_type(
    client: TelegramClient, api: BotApi, answer: Answer, error: type[TelegramError]
) -> None:
    """The caller can tell what happened by the type alone."""
    api.script("sendMessage", answer)
    with pytest.raises(TelegramError) as caught:
        await client.call("sendMessage", {"chat_id": 1, "text": SECRET_WORDS})
    assert type(caught.value) is error


@pytest.mark.parametrize(("answer", "error"), REFUSALS)
async def test_the_library_raises_the_same_errors(
    wire: Wire, api: BotApi, answer: Answer, error: type[TelegramError]
) -> None:
    """`Bot` over our wire tells its caller the same as the fast way does."""
    api.script("sendMessage", answer)
    with pytest.raises((TelegramError, KeyError, TypeError)) as caught:
        await bot_over(wire, api).send_message(1, SECRET_WORDS)
    if answer.status != 200:  # what is wrong with a success is the library's to find
        assert type(caught.value) is error


async def test_a_pause_says_how_long(client: TelegramClient, api: BotApi) -> None:
    """The seconds of a 429 reach the caller; one that says none still means a pause."""
    api.script("getMe", refused(429, "Too Many", retry_after=17), refused(429, "Too Many"))
    seconds = []
    for _ in range(2):
        with pytest.raises(TooManyRequestsError) as caught:
            await client.call("getMe")
        seconds.append(caught.value.retry_after)
    assert seconds == [17, 3]


async def test_a_request_that_never_left_is_known_as_such(
    client: TelegramClient, api: BotApi
) -> None:
    """Nobody listening means that the request may be sent again without a second thought."""
    await api.down()
    with pytest.raises(NotSentError):
        await client.call("sendMessage", {"chat_id": 1})


@pytest.mark.parametrize(
    "address", ["not an address", "ftp://telegram", "http://no.such.host.invalid"]
)
async def test_an_address_that_is_none_sends_nothing(wire: Wire, address: str) -> None:
    """A wrong setting ends in an error of ours, without the token in it."""
    with pytest.raises(NotSentError) as caught:
        await TelegramClient(wire, address, TOKEN).call("getMe")
    assert TOKEN not in everything_said(caught.value)


async def test_no_answer_in_time_is_an_unknown_outcome(api: BotApi) -> None:
    """A request that arrived and was not answered may have had its effect."""
    wire = Wire(connect_seconds=0.5)
    client = TelegramClient(wire, api.address, TOKEN)
    forever = asyncio.Event()
    api.script("sendMessage", Answer(hold=forever))
    with pytest.raises(NoAnswerError):
        await client.call("sendMessage", {"chat_id": 1}, answer_seconds=0.05)
    forever.set()
    await wire.close()
    assert len(api.calls) == 1


def everything_said(error: BaseException) -> str:
    """All an error could ever put into a log: its words, its trace, its causes."""
    said = "".join(traceback.format_exception(error))
    seen: BaseException | None = error
    while seen is not None:
        said += f"{seen} {seen!r} {seen.args}"
        seen = seen.__cause__ or seen.__context__
    return said


@pytest.mark.parametrize(
    "answer",
    [
        Answer(cut=True),
        Answer(502, raw=b"<html>Bad Gateway</html>"),
        Answer(200, raw=SECRET_WORDS.encode()),
        Answer(400, raw=SECRET_WORDS.encode()),
        refused(400, "Bad Request: chat not found"),
        refused(400, "Bad Request: x", unknown=SECRET_WORDS),
        None,
    ],
)
@pytest.mark.parametrize("way", ["call", "bot"])
async def test_no_error_shows_the_token_or_what_was_written(
    client: TelegramClient,
    wire: Wire,
    api: BotApi,
    answer: Answer | None,
    way: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither words, nor causes, nor the log of an error hold the token or a text."""
    caplog.set_level("INFO")  # at DEBUG the library itself logs both: bot.logs never lets it
    if answer is None:
        await api.down()
    else:
        api.script("sendMessage", answer)
    sending: Awaitable[object] = (
        client.call("sendMessage", {"chat_id": 1, "text": "hello"})
        if way == "call"
        else bot_over(wire, api).send_message(1, "hello")
    )
    with pytest.raises(TelegramError) as caught:
        await sending
    said = everything_said(caught.value) + caplog.text
    assert [word for word in (TOKEN, SECRET_WORDS) if word in said] == []


def test_nothing_shows_the_token_when_printed() -> None:
    """A client in a debugger, a log or an error message shows no token."""
    wire = Wire()
    shown = repr(TelegramClient(wire, "https://api.example", TOKEN)) + repr(wire)
    assert TOKEN not in shown


async def test_numbers_beyond_measure_do_not_spoil_the_batch(
    client: TelegramClient, api: BotApi
) -> None:
    """A number of five thousand digits becomes nothing; what is around it is read."""
    huge = b"9" * 5000
    raw = b'{"ok": true, "result": [{"update_id": 1, "x": ' + huge + b'}, {"update_id": 2}]}'
    api.script("getUpdates", Answer(raw=raw))
    assert await client.call("getUpdates") == [{"update_id": 1, "x": None}, {"update_id": 2}]


async def test_an_unreadable_batch_says_which_update_is_first(
    client: TelegramClient, api: BotApi
) -> None:
    """What cannot be read can at least be set aside by its number."""
    raw = b'{"ok":true,"result":[{"update_id":41,"message":' + b'{"a":' * 50_000 + b"1" * 50_000
    api.script("getUpdates", Answer(raw=raw))
    with pytest.raises(UnreadableAnswerError) as caught:
        await client.call("getUpdates")
    assert caught.value.update_id == 41


async def test_bytes_that_are_no_text_are_read_as_well_as_can_be(
    client: TelegramClient, api: BotApi
) -> None:
    """Broken UTF-8 in one message does not cost the others."""
    api.script("getMe", Answer(raw=b'{"ok": true, "result": "a\xff\xfeb"}'))
    assert await client.call("getMe") == "a\ufffd\ufffdb"


async def test_the_library_works_over_our_wire(wire: Wire, api: BotApi) -> None:
    """python-telegram-bot's own methods, with objects in and out, run over the same session."""
    bot = bot_over(wire, api)
    sent = {
        "message_id": 3,
        "date": 1,
        "chat": {"id": 9, "type": "private"},
        "text": "yes",
    }
    api.script("sendMessage", ok(sent))
    async with bot:
        made = await bot.send_message(9, "yes")
    assert (made.message_id, made.text, bot.username) == (3, "yes", "ant_bot")


async def test_files_arrive_whole_both_ways(
    client: TelegramClient, wire: Wire, api: BotApi
) -> None:
    """A file is the same bytes on the other side, by our call and by the library's."""
    content = bytes(range(256)) * 100
    upload = {"name": "my data.json", "base64": base64.b64encode(content).decode()}
    params: dict[str, Any] = {
        "chat_id": 4,
        "caption": "a",
        "document": {"upload": upload},
        "reply_markup": {"inline_keyboard": []},
    }
    await client.call("sendDocument", params)
    by_us = api.files.pop("document"), api.calls[-1][1]
    document = {"message_id": 3, "date": 1, "chat": {"id": 9, "type": "private"}}
    api.script("sendDocument", ok(document))
    await bot_over(wire, api).send_document(4, document=content, filename="my data.json")
    by_the_library = next(iter(api.files.values()))
    assert by_us == (
        content,
        {
            "chat_id": "4",
            "caption": "a",
            "document": "file:my data.json",
            "reply_markup": '{"inline_keyboard": []}',
        },
    )
    assert by_the_library == content


async def test_the_fault_tests_are_told_when_a_request_has_left(api: BotApi) -> None:
    """The hook for killing between a request and its answer runs once a request, with its name."""
    left: list[str] = []
    wire = Wire(on_sent=left.append)
    await TelegramClient(wire, api.address, TOKEN).call("sendMessage", {"chat_id": 1})
    await wire.close()
    assert left == ["sendMessage"]


async def test_a_redirect_is_not_followed(client: TelegramClient, api: BotApi) -> None:
    """Whoever answers with another address is not sent the token."""
    api.script("getMe", Answer(302, body={}))
    with pytest.raises(ServerTroubleError):
        await client.call("getMe")
    assert [method for method, _ in api.calls] == ["getMe"]
