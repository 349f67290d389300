"""Between two languages, from phone to phone: her words, the machine's, and what she reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.group import answers, door
from bot.local.transcript import words
from bot.relay import mirror_look
from bot.settings import TranslatorKind
from tests.acceptance.search import pages, places_of
from tests.acceptance.test_topic import open_scene
from tests.bot.meaning.stand_in import StandIn, serving

Capsys = pytest.CaptureFixture[str]
HERS, ITALIAN = "They owe me 300 euro since June", "Mi devono 300 euro da giugno"
REPLY, THERE = "Venga domani alle 10", "Come tomorrow at 10"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The group is spoken to in Italian; here in the words of the source, which stay the same."""
    monkeypatch.setattr(door, "LANGUAGE", "en")
    monkeypatch.setattr(mirror_look, "LANGUAGE", "en")


async def test_two_languages_and_a_machine_between(tmp_path: Path, capsys: Capsys) -> None:
    """Her words come first and alone, then in Italian; the answer she reads is marked, and hers
    and theirs stand in no file that is not locked."""
    stand_in = StandIn(
        finds="en",
        words={(HERS, "it"): ITALIAN, (REPLY, "en"): THERE, (THERE, "it"): "Vieni domani alle 10"},
    )
    async with serving(stand_in):
        machine = {
            "translator": TranslatorKind.LIBRETRANSLATE,
            "translator_url": stand_in.url,
        }
        async with open_scene(tmp_path / "data", capsys, **machine) as scene:
            await scene.amina.sends(HERS)
            original = await scene.waits_for(HERS)
            meant = await scene.waits_for(ITALIAN)
            await scene.writes(f"/t {REPLY}")
            seen = await scene.waits_for(answers.MEANT_BACK.source)
            before = [one for one in scene.read() if THERE in one]
            await scene.anna.taps("✅ Send both", message_id=seen.id)
            await scene.town.until(lambda: any(THERE in one for one in scene.read()))
            [read] = [one for one in scene.read() if THERE in one]
            await scene.town.settles()
            kept = places_of(scene.town, [HERS, ITALIAN, REPLY, THERE])
            figures = (await pages(scene.town))["/metrics"]
    assert original.id < meant.id
    assert words(meant.body).startswith("👤 🤖 ")
    assert before == []
    assert 0 < read.index("🤖") < read.index(THERE) < read.index(REPLY)
    assert kept == {}
    assert b'antenna_events_total{event="meant"} 3.0' in figures
