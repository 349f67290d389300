"""A person attaches what they have on their computer: photos, albums, papers, their own voice."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Locator, expect

from bot.evidence.kinds import Kind, kind_of
from tests.bot.evidence.papers import pdf
from tests.bot.evidence.pictures import drawn, exif, saved
from tests.bot.local.page.small_bot import Seen, SmallBot, started

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHOTO = saved(drawn((3000, 2000)), "JPEG", exif=exif(b"SECRET", turn=6))


def a_file(name: str, content: bytes, media: str) -> FilePayload:
    """A file on the person's computer."""
    return {"name": name, "mimeType": media, "buffer": content}


async def attach(seen: Seen, phone: Locator, entry: str, *files: FilePayload) -> None:
    """Choose an entry of the attach menu, and files in what it opens."""
    await phone.get_by_role("button", name="Attach").click()
    async with seen.page.expect_file_chooser() as opened:
        await seen.page.get_by_role("menuitem", name=entry).click()
    await (await opened.value).set_files(files)


async def sent(bot: SmallBot, phone: Locator, count: int) -> list[dict[str, Any]]:
    """What the person has sent after /start: each message's media, with its bytes."""
    await expect(phone.locator(".message.outgoing")).to_have_count(1 + count)
    async with bot.session.get(f"{bot.base}/sim/state") as answer:
        people = (await answer.json())["people"]
    found = []
    for message in next(one for one in people if one["first_name"] == "Joseph")["chat"]["messages"]:
        if "media" in message:
            async with bot.session.get(bot.base + message["media"]["url"]) as answer:
                content = await answer.read()
            found.append(
                message["media"] | {"content": content, "album": message.get("media_group")}
            )
    return found


async def test_a_photo_goes_as_telegram_sends_it(seen: Seen, bot: SmallBot) -> None:
    """A chosen picture arrives upright, at most 1,280 pixels long, and without a word."""
    phone = await started(seen)
    await attach(seen, phone, "Pictures from", a_file("IMG_1.jpg", PHOTO, "image/jpeg"))
    (photo,) = await sent(bot, phone, 1)
    image = Image.open(io.BytesIO(photo["content"]))
    assert (photo["kind"], photo["width"], photo["height"]) == ("photo", 853, 1280)
    assert (image.size, dict(image.getexif()), photo["album"]) == ((853, 1280), {}, None)
    await expect(phone.locator(".outgoing img.media-photo")).to_have_js_property("complete", True)


async def test_several_photos_are_an_album(seen: Seen, bot: SmallBot) -> None:
    """Photos chosen together have one group, and stand together on the screen."""
    phone = await started(seen)
    small = [saved(drawn(seed=number), "PNG") for number in range(3)]
    chosen = [a_file(f"{at}.png", content, "image/png") for at, content in enumerate(small)]
    await attach(seen, phone, "Pictures from", *chosen)
    photos = await sent(bot, phone, 3)
    assert ([one["kind"] for one in photos], len({one["album"] for one in photos})) == (
        ["photo"] * 3,
        1,
    )
    assert photos[0]["album"] is not None
    await expect(phone.locator(".message.together")).to_have_count(2)


async def test_a_file_goes_as_it_is(seen: Seen, bot: SmallBot) -> None:
    """A PDF, and a photo sent as a file, arrive to the byte, with their names."""
    phone = await started(seen)
    chosen = [
        a_file("busta paga.pdf", pdf(), "application/pdf"),
        a_file("i.jpg", PHOTO, "image/jpeg"),
    ]
    await attach(seen, phone, "File from", *chosen)
    files = await sent(bot, phone, 2)
    assert [(one["kind"], one["name"], one["content"]) for one in files] == [
        ("document", "busta paga.pdf", pdf()),
        ("document", "i.jpg", PHOTO),
    ]


@pytest.mark.faults
async def test_of_a_very_large_file_only_the_size_goes(seen: Seen, bot: SmallBot) -> None:
    """What no bot can fetch is not carried about: the message says how large it is."""
    phone = await started(seen)
    large = bytes(20 * 1024**2 + 1)
    await attach(seen, phone, "File from", a_file("film.mp4", large, "video/mp4"))
    (film,) = await sent(bot, phone, 1)
    assert (film["kind"], film["size"]) == ("document", len(large))
    await expect(phone.locator(".outgoing .media-note")).to_have_text("20.0 MB")


async def test_a_voice_is_recorded(seen: Seen, bot: SmallBot) -> None:
    """What the microphone hears until Send is a voice message that can be played."""
    phone = await started(seen)
    await record(seen, phone)
    await expect(phone.get_by_role("timer")).not_to_have_text("0:00")
    await phone.get_by_role("button", name="Send the voice message").click()
    (voice,) = await sent(bot, phone, 1)
    assert (voice["kind"], kind_of(voice["content"]), voice["duration"] >= 1) == (
        "voice",
        Kind.WAV,
        True,
    )
    assert len(voice["content"]) > 16_000
    await expect(phone.get_by_role("textbox", name="Message from Joseph")).to_be_visible()


async def record(seen: Seen, phone: Locator) -> None:
    """Begin to record."""
    await phone.get_by_role("button", name="Attach").click()
    await seen.page.get_by_role("menuitem", name="Record your voice").click()
    await expect(phone.get_by_role("button", name="Send the voice message")).to_be_focused()


async def test_a_recording_can_be_left(seen: Seen, bot: SmallBot) -> None:
    """Left by its button or by Escape, nothing is sent, and words can be written again."""
    phone = await started(seen)
    await record(seen, phone)
    await phone.get_by_role("button", name="Leave the recording").click()
    await record(seen, phone)
    await seen.page.keyboard.press("Escape")
    await expect(phone.get_by_role("textbox", name="Message from Joseph")).to_be_focused()
    assert await sent(bot, phone, 0) == []


async def test_a_picture_can_be_dropped_on_the_chat(seen: Seen, bot: SmallBot) -> None:
    """A picture that is dropped goes as a photo, anything else as a file."""
    phone = await started(seen)
    for name, media, content in (
        ("a.png", "image/png", saved(drawn(), "PNG")),
        ("a.pdf", "", pdf()),
    ):
        given = [name, media, base64.b64encode(content).decode()]
        await phone.locator(".phone-body").evaluate(
            """(node, [name, type, content]) => {
                const carried = new DataTransfer();
                const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
                carried.items.add(new File([bytes], name, { type }));
                node.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true }));
            }""",
            given,
        )
        await expect(phone.locator(f".message.outgoing {'img' if media else 'a'}")).to_have_count(1)
    kinds = [one["kind"] for one in await sent(bot, phone, 2)]
    assert kinds == ["photo", "document"]


async def test_what_is_no_picture_goes_as_a_file(seen: Seen, bot: SmallBot) -> None:
    """A picture that the browser cannot read is sent as it is, not lost."""
    phone = await started(seen)
    await attach(
        seen, phone, "Pictures from", a_file("a.heic", b"\0\0\0\x18ftypheic", "image/heic")
    )
    (file,) = await sent(bot, phone, 1)
    assert (file["kind"], file["name"]) == ("document", "a.heic")
    assert re.fullmatch(r"/sim/file/\w+", file["url"])
    assert seen.complaints == []
