"""Somebody sends her place to find who helps near her: used once, and nowhere afterwards."""

from __future__ import annotations

from pathlib import Path

from storage.database import Database
from storage.outbox import find_pending
from storage.services.editing import save_service
from storage.vault import Fleeting
from tests.acceptance.search import places_of
from tests.acceptance.town import Town
from tests.storage.services.factories import a_form

NORTH, EAST = 45.612347, 9.208761
TRACES = ["45.612347", "45.61234", "45.6123", "45.612", "45.61", "9.208761", "9.2087", "9.208"]
"""Her place, as exactly as anybody may have kept it; nothing else in the town lies there."""


def put_services(town: Town) -> None:
    """Three job centres, at about one, four and thirty kilometres from her."""
    today, now = town.clock.now().date(), town.clock.now()
    database = Database.open(town.settings.database_url, data=town.data)
    try:
        with database.writing() as connection:
            for number, north in enumerate((45.62, 45.65, 45.88)):
                form = a_form(
                    ref=f"s{number}",
                    name=f"Centro {number}",
                    latitude=north,
                    longitude=9.21,
                    checked=today,
                )
                saved = save_service(connection, form, operator_id=1, now=now)
                assert saved.service is not None, saved
            connection.commit()
    finally:
        database.close()


def opened(town: Town) -> str:
    """What the key of the house opens: every conversation, and what waits to be sent."""
    vault = town.vault()
    states = [
        vault.open_state(bytes(state), person)
        for person, state in town.query("SELECT person_id, state FROM conversation")
        if state is not None
    ]
    database = Database.open(town.settings.database_url, data=town.data)
    try:
        with database.writing() as connection:
            rows = find_pending(connection, database.vault, Fleeting(), 100)
    finally:
        database.close()
    return repr((states, rows))


async def test_the_place_somebody_sent_is_found_nowhere(town: Town, tmp_path: Path) -> None:
    """Not in a file, a log or a backup as it lies there, and not with the house's key in hand; the
    nearest stand first all the same."""
    put_services(town)
    joy = await town.resident("Joy")
    await joy.sends("/services")
    await joy.goes("📰 Find a job", "📍 Near me")
    await joy.sends(location={"latitude": NORTH, "longitude": EAST})
    lines = joy.screen.text.splitlines()
    assert [line[-8:] for line in lines if "Centro" in line] == ["Centro 0", "Centro 1", "Centro 2"]
    assert [line.split(" · ")[1] for line in lines if " · less" in line] == [
        "less than 3 km",
        "less than 10 km",
        "less than 50 km",
    ]
    assert [one for one in joy.messages if "location" in repr(one)] == []
    town.backs_up(tmp_path / "data" / "backup.bin")
    assert places_of(town, TRACES) == {}
    assert [trace for trace in TRACES if trace in opened(town)] == []
    await joy.goes("1️⃣ Job centre")
    await town.restarts()
    await joy.goes("⬅️ Back")
    assert "📍 The nearest first" in joy.screen.text
    assert [trace for trace in TRACES if trace in opened(town)] == []
