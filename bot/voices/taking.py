"""Takes a recording somebody posted: fetched, and made anew where it can do no harm."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass, field

from bot.evidence.fetch import Fetcher
from bot.evidence.sandbox import Sandbox
from bot.evidence.verdict import Refusal
from bot.voices.machine import Sound
from bot.voices.ogg import NotOpusError, read_opus
from bot.workshop import Asker, Bench, Workshop
from flows.effects import Effect, Json

HANDS, LINE, SECONDS = 2, 8, 45.0
BUSY: Json = {"refused": "busy"}


@dataclass(frozen=True, slots=True)
class TakeRecording(Effect[Sound | None]):
    """Fetch a recording and make it anew; nothing comes of what is none."""

    slow = True

    file_id: str = field(repr=False)
    size_bytes: int


def read_taken(value: Json) -> Sound | str:
    """What became of it: the sound, or why there is none (`busy`, `gone`, no recording)."""
    told = value if isinstance(value, dict) else {}
    if "sound" not in told:
        return str(told.get("refused", "broken"))
    return Sound(base64.b64decode(str(told["sound"])), int(str(told["seconds"])))


def teach_taking(workshop: Workshop, fetcher: Fetcher, sandbox: Sandbox) -> None:
    """Say who takes recordings, and with how many hands."""

    async def take(effect: TakeRecording, asker: Asker) -> Json:
        try:
            content = await fetcher.fetch(effect.file_id, effect.size_bytes)
            harmless = await asyncio.to_thread(sandbox.clean, content)
            if harmless.kind != "voice":
                return {"refused": "broken"}
            seconds = read_opus(harmless.content).seconds
        except Refusal as refusal:
            return {"refused": str(refusal)}
        except NotOpusError:
            return {"refused": "broken"}
        sound = base64.b64encode(harmless.content).decode()
        return {"sound": sound, "seconds": max(1, round(seconds))}

    workshop.teach(TakeRecording, take, Bench(HANDS, LINE, SECONDS), busy=BUSY)
