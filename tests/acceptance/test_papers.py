"""A paper with its picture: below it the numbers; uploaded once; gone early where others look."""

from __future__ import annotations

from datetime import timedelta

from bot.local.state import Message
from tests.acceptance.town import Person, Town

WAY = (
    *("🧭 I need information", "💼 My rights at work", "🧾 How to read your payslip"),
    "🔍 A payslip, explained",
)


def pictures(person: Person) -> list[Message]:
    """The pictures that are in the chat now."""
    return [message for message in person.messages if message.mine and "photo" in message.body]


async def test_a_picture_stands_above_its_numbers_and_travels_once(town: Town) -> None:
    """The page comes below the picture; for the next person Telegram has it already."""
    amina = await town.resident()
    await amina.goes(*WAY)
    (picture,) = pictures(amina)
    assert amina.screen.message_id > picture.id
    assert amina.screen.labels[:10] == [str(number) for number in range(1, 11)]
    joy = await town.resident("Joy")
    await joy.goes(*WAY)
    uploads = [call.params["photo"] == "attach://photo" for call in town.judge.of("sendPhoto")]
    assert len(pictures(joy)) == 1
    assert uploads == [True, False]


async def test_a_picture_leaves_a_watched_phone_with_what_is_private(town: Town) -> None:
    """In careful mode it makes no sound, and is gone after ten minutes."""
    amina = await town.resident(careful=True)
    await amina.goes(*WAY)
    before = len(pictures(amina))
    await town.passes(timedelta(minutes=11))
    assert (before, len(pictures(amina))) == (1, 0)
    assert town.judge.of("sendPhoto")[0].params["disable_notification"]
