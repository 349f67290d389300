"""Careful mode: somebody else looks at this phone."""

from __future__ import annotations

from datetime import timedelta

from tests.acceptance.story import Story
from tests.acceptance.town import Person, Town

NEUTRAL = ("📚 Courses and information", "📘 Italian course", "🗂️ Orientation")

WATCHED = """
    USER  hello
    GONE  BOT 📚 Courses and information
    SOFT  🗂️ Orientation: the page you asked for is here.

          📚 Courses and information

          Choose what you want to read.

          ✍️ Or write what you are looking for.
          …
          [🧭 I need information]
          [🤝 I want to talk to someone]
          [💼 My work]
          [📚 Courses and appointments]
          [🗂️ My things]
          [🌐 Language] [🔐 Privacy]
          [🧹 Clean this chat]
          [🆘 Help]
    USER  [💼 My work]
    EDIT  💼 My work
          …
          [⬅️ Back] [🏠 Home] [🆘 Help]
    TIME  11 minutes
    EDIT  📚 Courses and information
          …
          [🆘 Help]
    USER  good morning
    GONE  BOT 📚 Courses and information
    SOFT  🗂️ Orientation: the page you asked for is here.
          …
          [🆘 Help]
    USER  /mydata
    GONE  BOT 🗂️ Orientation: the page you asked for is here.
    SOFT  🗂️ Orientation: the page you asked for is here.

          📄 My data
          …
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  /forget
    GONE  BOT 🗂️ Orientation: the page you asked for is here.
    SOFT  🗂️ Orientation: the page you asked for is here.

          🗑️ Forget me?
          …
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [🗑️ Yes, forget me]
    GONE  USER /start
    GONE  BOT 🗂️ Orientation: the page you asked for is here.
    SOFT  🗂️ Orientation: the page you asked for is here.
          ✅ Done. You are forgotten. To begin again: /start
"""


async def careful(town: Town) -> Person:
    """Somebody who said that others look at their phone."""
    return await town.resident(careful=True)


async def test_a_watched_phone(town: Town) -> None:
    """Nothing makes a sound, what is typed goes at once, a private page after ten minutes."""
    amina = await careful(town)
    story = Story(amina)
    story.begins_here()
    await story.reads(WATCHED)
    assert [line["silent"] for line in (await amina.phone.notifications())[1:]] == [True] * 5


async def test_a_locked_screen_shows_nothing_but_courses(town: Town) -> None:
    """The line of every notification is one of a few that tell nothing, whatever was asked for."""
    amina = await careful(town)
    before = len(await amina.phone.notifications())
    for words in ("/help", "/mydata", "/privacy", "/forget", "hello", "/clean", "1234567890123456"):
        await amina.sends(words)
    await amina.sends("/mydata")
    await amina.taps("💾 Give me a file")
    lines = (await amina.phone.notifications())[before:]
    told = [line["text"] for line in lines if not line["text"].startswith(NEUTRAL)]
    assert (told, {line["silent"] for line in lines}) == (["📎 File"], {True})


async def test_a_private_page_gives_way_to_home(town: Town) -> None:
    """Ten minutes after it was shown a private page is gone, and nobody lost their way."""
    amina = await careful(town)
    await amina.taps("🆘 Help")
    shown = amina.screen.message_id
    await town.passes(timedelta(minutes=9), step=timedelta(minutes=1))
    assert "112" in amina.screen.text
    await town.passes(timedelta(minutes=2), step=timedelta(minutes=1))
    assert (amina.screen.message_id, amina.screen.text.splitlines()[0]) == (
        shown,
        "📚 Courses and information",
    )


async def test_everything_goes_after_a_day(town: Town) -> None:
    """A silent chat is empty a day later, as the page says, the very first message included."""
    amina = await careful(town)
    await amina.goes("🧭 I need information", "💼 My rights at work", "📄 Work contract")
    await amina.sends("/help")
    await town.passes(timedelta(hours=25))
    assert amina.messages == []


async def test_a_message_edited_for_days_goes_too(town: Town) -> None:
    """Taps make no message younger: who reads every few hours keeps nothing older than forty."""
    amina = await careful(town)
    for _tap in range(12):
        await amina.goes("🆘 Help", "⬅️ Back")
        await town.passes(timedelta(hours=5))
        assert amina.screens != []
        old = town.clock.now() - timedelta(hours=40)
        assert [one.id for one in amina.messages if one.body["date"] <= old.timestamp()] == []


async def test_careful_mode_switched_on_later_washes_what_was_there(town: Town) -> None:
    """Who becomes careful has the messages from before washed as well."""
    amina = await town.resident()
    await amina.sends("hello")
    await amina.sends("/privacy")
    await amina.taps("👀 Careful mode on")
    await town.passes(timedelta(hours=25))
    assert amina.messages == []
