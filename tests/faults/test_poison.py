"""Updates that fail or cannot be read are set aside, and nobody else notices."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults.people import Screen
from tests.faults.process import POISON
from tests.faults.scene import Scene, Stage

TRIES = 3
UPDATES = 300
# Each is one update as it comes over the wire, and whether it is set aside (else: left alone).
MALFORMED = (
    ('{"update_id": {update_id}, "message": "words where an object belongs"}', False),
    ('{"update_id": {update_id}, "message": {"message_id": 1, "date": 1}}', False),
    ('{"update_id": {update_id}, "message": {"chat": {"id": 1e400}, "text": 5}}', False),
    ('{"update_id": {update_id}, "telepathy": {"from": {"id": 700000001}}}', False),
    ('{"update_id": {update_id}}', False),
    ('{"update_id": {update_id}, "callback_query": {"id": null, "data": []}}', False),
    ('{"update_id": {update_id}, "message": {"message_id": ' + "9" * 5000 + "}}", False),
    ('{"update_id": {update_id}, "message": {"text": "no end', True),
    ('{"update_id": {update_id}, "poll": ' + "[" * 20_000 + "]" * 20_000 + "}", True),
)


async def _poison(here: Scene, texts: int) -> None:
    """Let somebody send what fails between what does not, and somebody else nonsense."""
    phone = await here.telegram.phone("Poison")
    await phone.send("/start")
    for _text in range(texts):
        await phone.send(POISON)
        await asyncio.sleep(0.05)
    for raw, _aside in MALFORMED:
        await here.telegram.sim("update", raw=raw)
        await asyncio.sleep(0.05)
    await phone.send("/language")
    await phone.wait_for("Italiano")


def _sign(screen: Screen | None) -> str:
    return "" if screen is None else screen.sign


async def test_poison_is_set_aside_and_everyone_else_is_served(
    stage: Stage, tmp_path: Path
) -> None:
    """More than one update of a hundred fails; each is tried three times, then only noted."""
    failures = tmp_path / "failures"
    texts = 4
    async with stage(people=8, poison=str(failures)) as here:
        await here.bots.start()
        async with asyncio.TaskGroup() as group:
            group.create_task(here.town.live(lambda: len(here.town.updates) >= UPDATES))
            group.create_task(_poison(here, texts))
        kept, sent = await here.end()
        poison = texts + len(MALFORMED)
        assert poison * 100 >= len(here.town.updates)
        assert len(failures.read_bytes()) == texts * TRIES
        aside = sum(aside for _raw, aside in MALFORMED)
        assert sorted(kept.quarantined.values()) == ["ignored"] * aside + ["message"] * texts
        assert here.town.updates - kept.handled == set()
        assert sent.out_of_order() == []
        assert kept.votes == here.town.votes.counts
        assert kept.waiting == {}
