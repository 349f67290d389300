"""Files, albums and places come and go as they do at Telegram."""

from __future__ import annotations

import base64
import io
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import (
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
)
from PIL import Image

from tests.telegram import LocalTelegram, Phone

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAFElEQVR4nGP8z8Dwn4GBgYEJxgAAHxgCBQfC1GoA"
    "AAAASUVORK5CYII="
)
SENDERS = ["photo", "voice", "audio", "document", "video", "video_note", "animation", "sticker"]


async def send(bot: Bot, kind: str, chat_id: int, file: Any, **options: Any) -> Message:
    """Call the sender of a kind of file."""
    sent: Message = await getattr(bot, f"send_{kind}")(chat_id, file, **options)
    return sent


def shown(message: Message, kind: str) -> Any:
    """The file in a message; of a photo the largest size."""
    value = getattr(message, kind)
    return value[-1] if kind == "photo" else value


@pytest.mark.parametrize("kind", SENDERS)
async def test_a_file_goes_up_down_and_up_again(bot: Bot, amina: Phone, kind: str) -> None:
    """What is uploaded can be downloaded byte for byte, and sent again by its id."""
    content = PNG if kind == "photo" else b"content of " + kind.encode()
    sent = await send(bot, kind, amina.chat_id, BufferedInputFile(content, "name.bin"))
    file = await bot.get_file(shown(sent, kind).file_id)
    assert file.file_path is not None
    downloaded = await bot.download_file(file.file_path)
    assert downloaded is not None
    again = await send(bot, kind, amina.chat_id, shown(sent, kind).file_id)
    assert downloaded.read() == content
    assert shown(again, kind).file_unique_id == shown(sent, kind).file_unique_id


async def test_a_picture_knows_its_size(bot: Bot, amina: Phone) -> None:
    """The width and height of a PNG are its own."""
    sent = await bot.send_photo(
        amina.chat_id, BufferedInputFile(PNG, "a.png"), caption="<b>x</b>", parse_mode="HTML"
    )
    assert sent.photo is not None
    assert (sent.photo[-1].width, sent.photo[-1].height, sent.caption) == (2, 3, "x")


async def test_an_album_stays_together(bot: Bot, telegram: LocalTelegram, amina: Phone) -> None:
    """The messages of an album share a group, also after copying."""
    media = [InputMediaPhoto(media=BufferedInputFile(PNG, f"{n}.png")) for n in range(3)]
    sent = await bot.send_media_group(amina.chat_id, media)  # type: ignore[arg-type]
    other = await telegram.phone("Bo")
    await other.send("/start")
    numbers = [message.message_id for message in sent]
    copies = await bot.copy_messages(other.chat_id, amina.chat_id, numbers)
    groups = {message["media_group"] for message in (await other.chat())[1:]}
    assert len({message.media_group_id for message in sent}) == 1
    assert (len(copies), len(groups)) == (3, 1)


async def test_media_and_captions_are_edited(bot: Bot, amina: Phone) -> None:
    """A photo becomes a document; its caption changes by itself too."""
    sent = await bot.send_photo(amina.chat_id, BufferedInputFile(PNG, "a.png"), caption="one")
    place: dict[str, Any] = {"chat_id": amina.chat_id, "message_id": sent.message_id}
    captioned = await bot.edit_message_caption(caption="two", **place)
    media = InputMediaDocument(media=BufferedInputFile(b"x", "a.pdf"), caption="three")
    edited = await bot.edit_message_media(media, **place)
    assert isinstance(captioned, Message)
    assert isinstance(edited, Message)
    assert edited.document is not None
    assert (captioned.caption, edited.caption, edited.photo) == ("two", "three", None)
    assert edited.document.file_name == "a.pdf"


async def test_places_contacts_and_dice(bot: Bot, amina: Phone) -> None:
    """A place, a named place, a contact and a die are shown in the chat."""
    await bot.send_location(amina.chat_id, 45.5, 9.25)
    await bot.send_venue(amina.chat_id, 45.5, 9.25, "Desk", "Via Roma 1")
    await bot.send_contact(amina.chat_id, "+39039", "Desk")
    await bot.send_dice(amina.chat_id)
    assert await bot.send_chat_action(amina.chat_id, "typing") is True
    assert await amina.transcript() == (
        "USER  /start\n"
        "BOT   (location 45.5, 9.25)\n"
        "BOT   (place Desk)\n"
        "BOT   (contact Desk +39039)\n"
        "BOT   (dice 🎲 4)\n"
    )


async def test_a_file_a_person_sent_is_fetched(
    bot: Bot, telegram: LocalTelegram, amina: Phone
) -> None:
    """The content given to /sim/send is what getFile and download give."""
    content = base64.b64encode(b"spoken words").decode()
    await amina.send(voice={"content": content, "duration": 2})
    update = (await bot.get_updates(offset=-1))[0]
    assert update.message is not None
    assert update.message.voice is not None
    downloaded = await bot.download(update.message.voice)
    assert downloaded is not None
    assert (update.message.voice.duration, downloaded.read()) == (2, b"spoken words")


@pytest.mark.parametrize(("size", "ok"), [(20 * 1024**2, True), (20 * 1024**2 + 1, False)])
async def test_bots_download_20_megabytes_at_most(
    telegram: LocalTelegram, bot: Bot, amina: Phone, size: int, ok: bool
) -> None:
    """A file of 20 MB is to be had, one byte more is too big."""
    await amina.send(document={"size": size, "name": "big.zip"})
    update = (await bot.get_updates(offset=-1))[0]
    assert update.message is not None
    assert update.message.document is not None
    answer = await telegram.call("getFile", file_id=update.message.document.file_id)
    assert (answer["ok"], answer.get("description")) == (
        ok,
        None if ok else "Bad Request: file is too big",
    )


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendPhoto", {}, "Bad Request: there is no photo in the request"),
    ("sendVideoNote", {}, "Bad Request: there is no video note in the request"),
    (
        "sendPhoto",
        {"photo": "nonsense"},
        "Bad Request: wrong remote file identifier specified: Wrong padding in the string",
    ),
    ("sendPhoto", {"photo": "http://a.it/x"}, "Bad Request: failed to get HTTP URL content"),
    ("sendLocation", {"latitude": 1}, "Bad Request: longitude is empty"),
    ("sendLocation", {"longitude": 1}, "Bad Request: latitude is empty"),
    ("sendMediaGroup", {"media": "["}, "Bad Request: can't parse media JSON object"),
    ("sendMediaGroup", {"media": {}}, "Bad Request: expected an Array of InputMedia"),
    ("sendMediaGroup", {"media": []}, "Bad Request: there are no media to send"),
    ("sendChatAction", {"action": "sing"}, "Bad Request: wrong parameter action in request"),
    ("getFile", {}, "Bad Request: file_id not specified"),
    ("getFile", {"file_id": "x"}, "Bad Request: invalid file_id"),
]


@pytest.mark.parametrize(("method", "parameters", "expected"), REFUSED)
async def test_what_telegram_refuses_is_refused(
    telegram: LocalTelegram,
    amina: Phone,
    method: str,
    parameters: dict[str, Any],
    expected: str,
) -> None:
    """A missing or wrong file, place or action is refused with Telegram's words."""
    answer = await telegram.call(method, chat_id=amina.chat_id, **parameters)
    assert (answer.get("error_code"), answer.get("description")) == (400, expected)


async def test_a_link_leads_to_a_file_for_an_hour(telegram: LocalTelegram, amina: Phone) -> None:
    """A link is good for an hour after getFile; then getFile has to be asked again."""
    await amina.send(document={"content": base64.b64encode(b"%PDF-").decode(), "name": "a.pdf"})
    file_id = next(iter(telegram.state.files))
    found = await telegram.call("getFile", file_id=file_id)
    url = f"{telegram.address}/file/bot{telegram.token}/{found['result']['file_path']}"
    seen = []
    for seconds in (0, 3599, 1):
        await telegram.advance(seconds)
        async with telegram.session.get(url) as response:
            seen.append(response.status)
    await telegram.call("getFile", file_id=file_id)
    async with telegram.session.get(url) as response:
        seen.append((response.status, await response.read()))
    assert seen == [200, 200, 404, (200, b"%PDF-")]


async def test_a_download_breaks_off_when_told(telegram: LocalTelegram, amina: Phone) -> None:
    """The fault `cut` gives half a file and hangs up, as often as it is told."""
    await amina.send(document={"size": 100_000})
    found = await telegram.call("getFile", file_id=next(iter(telegram.state.files)))
    url = f"{telegram.address}/file/bot{telegram.token}/{found['result']['file_path']}"
    await telegram.fault("cut", "file", times=1)
    async with telegram.session.get(url) as response:
        with pytest.raises(aiohttp.ClientPayloadError):
            await response.read()
    async with telegram.session.get(url) as response:
        assert len(await response.read()) == 100_000


async def test_the_size_of_a_picture_is_read_from_it(telegram: LocalTelegram, amina: Phone) -> None:
    """What a message says of a photo's size is true of a PNG and of a JPEG."""
    for form in ("PNG", "JPEG"):
        out = io.BytesIO()
        Image.new("RGB", (120, 45)).save(out, form)
        await amina.send(photo={"content": base64.b64encode(out.getvalue()).decode()})
    sizes = [(file.facts["width"], file.facts["height"]) for file in telegram.state.files.values()]
    assert sizes == [(120, 45), (120, 45)]


async def test_an_album_of_a_person_comes_as_one(telegram: LocalTelegram, amina: Phone) -> None:
    """Several files sent at once are updates of their own that share a group; another has its."""
    photo = {"photo": {"size": 10}}
    sent = await amina.send(album=[{**photo, "caption": "a"}, photo, photo])
    await amina.send(album=[photo, photo])
    updates = await telegram.call("getUpdates", offset=-5)
    messages = [one["message"] for one in updates["result"]]
    groups = [one["media_group_id"] for one in messages]
    assert [one["message_id"] for one in messages[:3]] == sent["message_ids"]
    assert (groups[0], groups[3]) == (groups[2], groups[4])
    assert (len(set(groups)), messages[0]["caption"]) == (2, "a")
    for items in ([photo], [photo] * 11):
        with pytest.raises(AssertionError, match="2 to 10"):
            await amina.send(album=items)
