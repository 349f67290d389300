"""Somebody writes as one writes in danger: numbers first, and nothing of it stays anywhere."""

from __future__ import annotations

import pytest

from tests.acceptance.catalogue import reader
from tests.acceptance.town import Town

TITLE = "🆘 Are you in danger? Call 112."


@pytest.mark.parametrize(
    "written", ["I want to die", "they have a knife", "he will kil me", "I wnat to die…", "SUICIDE"]
)
async def test_danger_leads_to_the_numbers_first(town: Town, written: str) -> None:
    """Row 65: 112 in the first line, people who answer, no advice; Back is where they were."""
    amina = await reader(town)
    before = amina.place()
    await amina.sends(written)
    first, *more = amina.screen.text.splitlines()
    assert (first, len(amina.screens)) == (TITLE, 1)
    assert any(line.startswith("📞 800 290 290") for line in more)
    assert amina.screen.labels[:2] == ["🤝 Talk to someone", "💙 I feel bad inside"]
    await amina.taps("⬅️ Back")
    assert amina.place() == before


async def test_danger_is_heard_before_the_first_minute(town: Town) -> None:
    """Somebody who never wrote before need not choose a language first."""
    amina = await town.newcomer()
    await amina.sends("I want to die")
    assert amina.screen.text.splitlines()[0] == TITLE
    await amina.taps("⬅️ Back")
    assert amina.screen.labels[:2] == ["English", "Italiano"]


async def test_what_was_written_in_danger_is_kept_nowhere(town: Town) -> None:
    """Neither the words nor that there were any: not in the chat, not in the conversation."""
    amina = await reader(town)
    await amina.sends("he has a knife, help")
    assert (amina.screen.text.splitlines()[0], amina.wrote[-1:]) == (TITLE, ["/start"])
    kept = [repr(amina.state())]
    await amina.goes("⬅️ Back", "🏠 Home")
    kept.append(repr(amina.state()))
    assert [word for word in ("knife", "danger") if word in "".join(kept)] == []


async def test_close_now_works_from_the_numbers(town: Town) -> None:
    """If somebody comes, one tap leaves a word of Italian and nothing else."""
    amina = await reader(town)
    await amina.sends("I want to die")
    await amina.taps("🚪 Close now")
    assert ([TITLE in said for said in amina.said], amina.wrote) == ([False], [])


async def test_a_story_is_not_taken_for_a_cry(town: Town) -> None:
    """Long words are for a person to read; the bot says that nobody reads them here."""
    amina = await reader(town)
    await amina.sends("I work in a kitchen, and there was a day " * 4 + "he has a knife")
    assert "No person reads what you write here." in amina.screen.text
