"""Fifty canaries go through every kind of update and of failure, and are found nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.telegram.incoming import Incoming, Wrote
from bot.turn import Turns
from tests.acceptance import canaries
from tests.acceptance.ears import production_log
from tests.acceptance.search import count, files, pages, places_of
from tests.acceptance.town import Person, Town, open_town

REFUSALS = ("400", "403", "429", "500", "drop_after", "drop_before")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose bot has a telling token."""
    async with open_town(tmp_path / "data", token=canaries.TOKEN) as running:
        yield running


@pytest.fixture
def poisonous(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn that fails with the person's own words in its error."""
    healthy = Turns._take

    def take(self: Turns, unit: Any, update: Incoming, *rest: Any) -> Any:
        content = update.content
        if isinstance(content, Wrote) and content.text == canaries.TEXTS["poison"]:
            raise ValueError(f"{content.text} of {update.chat_id}")
        return healthy(self, unit, update, *rest)

    monkeypatch.setattr(Turns, "_take", take)


async def fail(town: Town, person: Person) -> None:
    """Let turns fail and calls be refused, with canaries in the words of every error."""
    await person.sends(canaries.TEXTS["poison"])
    for kind in REFUSALS:
        words = f"Bad Request: {canaries.TEXTS['refusal']}"
        await town.telegram.fault(kind, "sendMessage", times=1, description=words)
        await person.sends(canaries.TEXTS["text"])
    await town.telegram.end_faults()
    await person.phone.block()
    await town.settles()
    await person.phone.block(False)
    await person.sends("/menu")


async def test_canaries_are_found_nowhere(town: Town, tmp_path: Path, poisonous: None) -> None:
    """Fifty canaries, every kind of update, every failure: found 0 in whatever is kept or shown."""
    assert len(set(canaries.ALL)) == 50
    with production_log() as (log, events):
        people = await canaries.people(town)
        for person, other in zip(people, people[1:] + people[:1], strict=True):
            await canaries.tell_all(town, person, other)
            await canaries.make_up(town, person)
        await fail(town, people[1])
        await people[2].sends("/forget")
        await people[2].taps("🗑️ Yes, forget me")
        await town.antenna.scheduler.do("retain")
        town.backs_up(tmp_path / "data" / "backup.bin")
        shown = await pages(town)
    places = {str(path.relative_to(town.data)): path.read_bytes() for path in files(town.data)}
    kept = {"antenna.db", "antenna.db-wal", "antenna.db-shm", "keys/erased.ledger", "backup.bin"}
    assert kept <= set(places)
    places |= shown | {"log": log.getvalue().encode(), "events": repr(events).encode()}
    happened = {one["event"] for one in events}
    assert {"turn_failed", "update_quarantined", "row_refused", "ready"} - happened == {"ready"}
    found = {place: count(content, canaries.ALL) for place, content in places.items()}
    size_bytes = sum(map(len, places.values()))
    told = f"{len(canaries.ALL)} canaries in {len(places)} places, {size_bytes} bytes"
    assert found == dict.fromkeys(places, 0), told
    said = repr([call.params for call in town.judge.calls]).encode()
    assert count(said, canaries.WORDS) == 0, "what a person wrote or is called is never said back"


async def test_canaries_are_gone_from_the_chat_after_clean(town: Town) -> None:
    """After Clean no chat shows a canary, in words or in the name of a file."""
    people = await canaries.people(town)
    for person, other in zip(people, people[1:] + people[:1], strict=True):
        await canaries.tell_all(town, person, other)
    before = [await person.phone.transcript(taps=False) for person in people]
    for person in people:
        await person.sends("/clean")
    after = [await person.phone.transcript(taps=False) for person in people]
    assert count("".join(before).encode(), canaries.WORDS) > 2
    assert count("".join(after).encode(), canaries.WORDS) == 0, f"in {len(people)} chats"


async def test_nothing_of_a_forgotten_person_is_left_in_the_files(town: Town) -> None:
    """After Forget no byte of a person's look-up, seal, state or number is in database or log."""
    amina, bea = await town.resident("Amina"), await town.resident("Bea")
    for person in (amina, bea):
        await person.goes("🧭 I need information", "💼 My rights at work", "📄 Work contract")
        await person.sends("hello")
    query = "SELECT lookup, chat, state, id FROM person JOIN conversation ON person_id = id"
    vault = town.vault()
    rows = {row[0]: row for row in town.query(query)}
    hers, theirs = (rows[vault.lookup(one.chat_id)] for one in (amina, bea))
    assert trace_of(town, hers) == 4
    await amina.sends("/forget")
    await amina.taps("🗑️ Yes, forget me")
    await town.until(lambda: town.ears.named("purge_failed") > 0 or trace_of(town, hers) == 0)
    assert trace_of(town, hers) == 0, "of 4: look-up, sealed chat, sealed state, number"
    assert trace_of(town, theirs) == 4


def trace_of(town: Town, row: tuple[bytes, bytes, bytes, int]) -> int:
    """How much of a person is in the raw bytes of database and write-ahead log."""
    names = ("antenna.db", "antenna.db-wal", "antenna.db-shm")
    content = b"".join((town.data / name).read_bytes() for name in names)
    needles = [*row[:3], row[3].to_bytes(8, "big")]
    return sum(needle in content for needle in needles)


PLANTED: list[str | int] = ["planted canary", 7_345_678_901, "كناري", "half a \ud83d canary"]


@pytest.mark.parametrize("canary", PLANTED)
async def test_the_searcher_finds_what_is_planted(town: Town, canary: str | int) -> None:
    """A canary planted in the database, in a blob, in a file and in the log is found in each."""
    words = str(canary).encode("utf-8", "replace").decode()
    town.query("INSERT INTO setting VALUES ('planted', ?)", words)
    (town.data / "planted.json").write_text(repr({"blob": canary}), errors="replace")
    structlog.get_logger().info("turn", words=canary)

    def found() -> set[str]:
        # The log of the database may be moved into its file just while both are read.
        return {place.removesuffix("-wal") for place in places_of(town, [canary])}

    await town.until(lambda: "antenna.db" in found())
    assert found() == {"antenna.db", "planted.json", "log"}


@pytest.mark.parametrize("size", [5, 6, 8])
def test_the_searcher_finds_numbers_inside_blobs(size: int) -> None:
    """A chat id is found as an integer of a database and as bytes inside anything."""
    blob = b"\x07" + (7_345_678_901).to_bytes(size, "big") + b"\x00end"
    assert count(blob, [7_345_678_901]) == 1


async def test_the_log_is_heard_at_every_level(town: Town) -> None:
    """The production log writes our events and the complaints of libraries, so it is not deaf."""
    with production_log() as (log, events):
        amina = await town.newcomer()
        await town.telegram.fault("400", "sendMessage", times=1)
        await amina.sends("/start")
        await asyncio.sleep(0)
    assert [one["event"] for one in events] == ["row_refused"]
    assert "row_refused" in log.getvalue()
