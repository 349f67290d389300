"""Clean this chat: everything that can be deleted goes, whatever Telegram says meanwhile."""

from __future__ import annotations

from datetime import timedelta

from tests.acceptance.town import Town

MESSAGES = 100


async def test_nothing_is_left_of_a_hundred(town: Town) -> None:
    """Of a hundred messages the chat shows none, and home is the only one after them."""
    amina = await town.resident()
    for number in range(MESSAGES):
        await amina.sends(f"word {number}")
    before = {one.id for one in amina.messages}
    await amina.sends("/clean")
    assert len(before) > MESSAGES
    assert [one.id for one in amina.messages if one.id in before] == []
    assert (len(amina.messages), amina.wrote) == (1, [])


async def test_nothing_is_left_after_429(town: Town) -> None:
    """Every call refused three times with 429: when the halts end, nothing is left of a hundred."""
    amina = await town.resident()
    for number in range(MESSAGES):
        await amina.sends(f"word {number}")
    before = {one.id for one in amina.messages}
    for method in ("deleteMessages", "sendMessage", "editMessageText"):
        await town.telegram.fault("429", method, times=3, retry_after=1)
    await amina.sends("/clean")
    refused = [call for call in town.judge.of("deleteMessages") if call.status == 429]
    assert len(refused) == 3
    assert [one.id for one in amina.messages if one.id in before] == []
    assert amina.screen.labels[-2:] == ["🧹 Clean this chat", "🆘 Help"]


async def test_clean_passes_messages_that_wait(town: Town) -> None:
    """While nothing may be sent into a chat, deletions go through all the same."""
    amina = await town.resident()
    await amina.sends("my boss keeps my passport")
    before = {one.id for one in amina.messages}
    await town.telegram.fault("429", "sendMessage", times=1, retry_after=3)
    await amina.phone.send("/clean")
    await town.until(lambda: not before & {one.id for one in amina.messages})
    refused = [call.status for call in town.judge.of("sendMessage")][-1]
    assert refused in (200, 429)
    await town.settles()
    assert len(amina.screens) == 1


async def test_what_is_too_old_to_be_deleted_loses_its_words(town: Town) -> None:
    """A card opened days ago cannot be deleted any more; Clean leaves no word of it."""
    amina = await town.resident()
    await amina.goes("🧭 I need information", "💼 My rights at work", "📄 Work contract")
    await town.passes(timedelta(hours=72), step=timedelta(hours=12))
    await amina.sends("/clean")
    assert [text for text in amina.said if "contract" in text.lower()] == []
    assert len(amina.screens) == 1
