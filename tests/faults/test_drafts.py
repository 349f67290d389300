"""What somebody has begun and is nobody's to know, when the bot is killed or the machine is off."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

from tests.faults.history import read_kept
from tests.faults.scene import Scene, Stage
from tests.telegram import Phone

KILLS = 3
CHECK = (
    ("In danger?", "🔎 Is my work OK? (2 minutes)"),
    ("Is this phone only yours?", "➡️ Next"),
    ("12 short questions", "🙋 About me"),
)


async def asked(here: Scene) -> Phone:
    """Somebody at the first question of the self-check."""
    phone = await here.telegram.phone("Amina", language="en")
    await phone.send("/start")
    for label in ("English", "➡️ Next", "👍 I understand", "🙂 No, only me"):
        await phone.wait_for(f"[{label}]")
        await phone.tap(label)
    await phone.wait_for("[⚠️ Something is wrong at work]")
    await phone.tap("⚠️ Something is wrong at work")
    for words, label in CHECK:
        await phone.wait_for(words)
        await phone.tap(label)
    return phone


async def test_a_draft_outlives_every_kill(stage: Stage, memory: Path) -> None:
    """Killed after each answer, the bot goes on with the next question and has kept them all."""
    async with stage(people=0, repeated=0.0, memory=str(memory)) as here:
        await here.bots.start()
        phone = await asked(here)
        for number in range(1, KILLS + 1):
            await phone.wait_for(f"Question {number} of 12")
            await here.quiet()
            here.bots.signal(signal.SIGKILL)
            assert await here.bots.ended() == -signal.SIGKILL
            await here.bots.start()
            await phone.tap("✖️ No")
        await phone.wait_for(f"Question {KILLS + 1} of 12")
        await here.end()
        kept = read_kept(here.url, here.data, [phone.chat_id])
    assert "check" not in repr(kept)


async def test_with_the_machine_off_a_draft_is_gone_and_the_person_is_told(
    stage: Stage, memory: Path
) -> None:
    """Other keys open nothing: the next tap leads home, with one sentence, and no row is left."""
    async with stage(people=0, repeated=0.0, memory=str(memory)) as here:
        await here.bots.start()
        phone = await asked(here)
        await phone.wait_for("Question 1 of 12")
        await here.quiet()
        here.bots.signal(signal.SIGKILL)
        await here.bots.ended()
        for folder in memory.iterdir():
            shutil.rmtree(folder)
        await here.bots.start()
        await phone.tap("✖️ No")
        await phone.wait_for("What you began here is not kept any more.")
        await here.end()
        kept = read_kept(here.url, here.data, [phone.chat_id])
    assert "check" not in repr(kept)
