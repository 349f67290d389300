"""Somebody sends a file: it is fetched, cleaned, sealed and told, or refused in one word."""

from __future__ import annotations

import asyncio
import errno
import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from bot.clock import Clock
from bot.evidence.fetch import Fetcher
from bot.evidence.sandbox import Sandbox
from bot.evidence.taking import SHIFTS, SLOTS, WAITING, EvidenceTaker
from bot.evidence.verdict import Harmless, Refusal
from bot.telegram.client import TelegramClient, Wire
from bot.watch import Silent
from flows.report_effects import DropEvidence, OpenBox, TakeEvidence
from flows.report_model import Box, Evidence
from storage.reports import Clean
from tests.bot.evidence import papers, sounds
from tests.bot.evidence.pictures import drawn, exif, saved

BOX = Box("b0" * 16, "ce" * 32)
SECRET = b"SECRET-45.6169"
PHOTO = saved(drawn(), "JPEG", exif=exif(SECRET))


@dataclass
class Shelf:
    """A store that remembers what it was given, or fails as it is told."""

    kept: list[Clean] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    failure: Exception | None = None

    def keep_evidence(self, box: Box, clean: Clean, now: datetime) -> Evidence:
        if self.failure is not None:
            raise self.failure
        self.kept.append(clean)
        original = clean.original is not None
        return Evidence("e1", clean.kind, len(clean.content), original, clean.shifted)

    def drop_evidence(self, box: Box, evidence: str) -> bool:
        self.dropped.append(evidence)
        return True


@dataclass
class Post:
    """A Telegram in which files lie by their id."""

    files: dict[str, bytes] = field(default_factory=dict)
    gate: asyncio.Event | None = None
    under_way: int = 0
    most: int = 0

    async def call(self, method: str, params: dict[str, Any], **_more: object) -> object:
        return {"file_path": params["file_id"]}

    async def download(self, path: str, **_more: object) -> bytes:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        if self.gate is not None:
            await self.gate.wait()
        self.under_way -= 1
        return self.files[path]


class Told(Silent):
    """Remembers the events that were told."""

    def __init__(self) -> None:
        self.events: list[tuple[str, dict[str, object]]] = []

    def note(self, event: str, **fields: int | float | str) -> None:
        self.events.append((event, dict(fields)))


@dataclass
class Desk:
    """A taker and everything around it."""

    taker: EvidenceTaker
    shelf: Shelf
    post: Post
    told: Told

    async def take(self, content: bytes, **wish: Any) -> Evidence | str:
        """Send a file and read what came of it, as a flow does."""
        self.post.files["f"] = content
        effect = TakeEvidence(BOX, "document", "f", len(content), **wish)
        return effect.read(await self.taker.perform(effect))


def desk_with(sandbox: Sandbox | None = None) -> Desk:
    """A desk; `sandbox` cleans otherwise than usual."""
    shelf, post, told = Shelf(), Post(), Told()
    fetcher = Fetcher(post, Clock())  # type: ignore[arg-type]
    taker = EvidenceTaker(
        fetcher, shelf, Clock(), told, sandbox=sandbox, choose=lambda all_: all_[0]
    )
    return Desk(taker, shelf, post, told)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = desk_with()
    yield desk
    await desk.taker.close()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def test_a_photo_is_sealed_clean(desk: Desk) -> None:
    """What is sealed is a picture without the words that came with it, and the hashes of both."""
    found = await desk.take(PHOTO)
    (clean,) = desk.shelf.kept
    assert found == Evidence("e1", "photo", len(clean.content))
    assert (clean.type, clean.original, SECRET in clean.content) == ("image/jpeg", None, False)
    assert (clean.sha256, clean.source) == (digest(clean.content), digest(PHOTO))


async def test_the_original_is_sealed_beside_it_if_wished(desk: Desk) -> None:
    """Only who chooses so has the bytes kept as they came, with their own type."""
    found = await desk.take(PHOTO, original=True)
    (clean,) = desk.shelf.kept
    assert found == Evidence("e1", "photo", len(clean.content), original=True)
    assert (clean.original, clean.original_type) == (PHOTO, "image/jpeg")


@pytest.mark.parametrize(
    ("content", "kind", "media"),
    [
        (PHOTO, "photo", "image/jpeg"),
        (sounds.opus(SECRET), "voice", "audio/ogg"),
        (papers.pdf(), "document", "application/pdf"),
    ],
)
async def test_what_it_is_decides_what_it_is_called(
    desk: Desk, content: bytes, kind: str, media: str
) -> None:
    """Sent as a file or as a photo: the content tells what it is."""
    found = await desk.take(content)
    assert isinstance(found, Evidence)
    assert (found.kind, desk.shelf.kept[0].type) == (kind, media)


async def test_only_a_voice_is_shifted(desk: Desk) -> None:
    """A wish for another voice changes a recording, and is no part of a picture."""
    spoken = sounds.wav(sounds.tone(1.0))
    found = [await desk.take(content, shifted=True) for content in (spoken, PHOTO)]
    assert [one.shifted for one in found if isinstance(one, Evidence)] == [True, False]
    heard = desk.shelf.kept[0].content
    assert sounds.pitch_of(heard) == pytest.approx(220 * SHIFTS[0], rel=0.03)


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"MZ", "kind"), (b"", "broken"), (PHOTO[:900], "broken"), (bytes(21 << 20), "big")],
)
async def test_what_is_not_taken_is_told_in_a_word(desk: Desk, content: bytes, word: str) -> None:
    """Nothing is kept of it, and nothing is logged."""
    assert await desk.take(content) == word
    assert (desk.shelf.kept, desk.told.events) == ([], [])


@pytest.mark.parametrize(
    ("failure", "word"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "full"),
        (OSError(errno.EDQUOT, "Quota exceeded"), "full"),
        (OSError(errno.EFBIG, "File too large"), "full"),
        (PermissionError(errno.EACCES, "Permission denied"), "busy"),
    ],
)
async def test_what_cannot_be_kept_is_not_claimed(desk: Desk, failure: OSError, word: str) -> None:
    """A full disk is told as that; the operator's log gets the kind of trouble and no more."""
    desk.shelf.failure = failure
    assert await desk.take(PHOTO) == word
    assert desk.told.events == [("evidence_failed", {"error": type(failure).__name__})]


async def test_a_file_is_dropped(desk: Desk) -> None:
    """Dropping is the store's work, by the id alone."""
    assert await desk.taker.perform(DropEvidence(BOX, "e1")) is True
    assert desk.shelf.dropped == ["e1"]


async def test_another_effect_is_a_mistake_of_ours(desk: Desk) -> None:
    """What is not done here is not swallowed."""
    with pytest.raises(TypeError, match="OpenBox"):
        await desk.taker.perform(OpenBox())


class Stub(Sandbox):
    """A sandbox that does what the test says, without a process."""

    def __init__(self, clean: Callable[[], Harmless]) -> None:
        super().__init__()
        self._clean = clean

    def clean(self, content: bytes, shift: float = 1.0) -> Harmless:
        return self._clean()


async def test_four_files_are_in_memory_at_a_time() -> None:
    """Whoever comes later waits, and who comes when many wait is asked to come back."""
    desk = desk_with(Stub(lambda: Harmless("photo", "image/jpeg", b"x")))
    desk.post.gate = asyncio.Event()
    takes = [asyncio.create_task(desk.take(PHOTO)) for _at in range(WAITING + 2)]
    for _round in range(5):
        await asyncio.sleep(0)
    assert (desk.post.most, [take.result() for take in takes if take.done()]) == (
        SLOTS,
        ["busy"] * 2,
    )
    desk.post.gate.set()
    await asyncio.gather(*takes)
    assert (len(desk.shelf.kept), desk.post.most) == (WAITING, SLOTS)
    await desk.taker.close()


async def test_a_mistake_frees_its_place() -> None:
    """However a file ends, the next one finds room."""

    def refuse() -> Harmless:
        raise Refusal("broken")

    desk = desk_with(Stub(refuse))
    assert [await desk.take(PHOTO) for _at in range(2 * WAITING)] == ["broken"] * 2 * WAITING
    await desk.taker.close()


async def test_nothing_of_a_file_is_told_by_its_objects(desk: Desk) -> None:
    """What prints an effect, a result or an error shows neither content nor where it lies."""
    wish = TakeEvidence(BOX, "photo", "AgSECRET", 5)
    shown = [repr(wish), repr(Harmless("photo", "image/jpeg", SECRET)), repr(Wire())]
    shown.append(repr(TelegramClient(Wire(), "http://127.0.0.1", "1:SECRET")))
    await desk.take(PHOTO, original=True)
    shown.append(repr(desk.shelf.kept))
    assert [one for one in shown if "SECRET" in one or "\\xff\\xd8" in one] == []
