"""Pictures of papers on their way to Telegram: uploaded once, known afterwards, never mistaken."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import pytest
from telegram.error import BadRequest

from bot.pictures import Pictures
from storage.database import Database, default_url
from storage.errors import BusyError
from storage.unit import Unit
from storage.writer import Writer

R = TypeVar("R")
PARAMS = {"chat_id": 7, "photo": {"picture": "sheet"}, "caption": "An example."}
UPLOAD = {"name": "picture.png", "type": "image/png", "base64": base64.b64encode(b"png").decode()}


class Wire:
    """Telegram's end: what was sent as a photo is named; ids in `stale` are refused."""

    def __init__(self, *stale: str, words: str = "wrong file identifier") -> None:
        self.photos: list[Any] = []
        self.stale = stale
        self.words = words

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        photo = (params or {}).get("photo")
        self.photos.append(photo)
        if photo in self.stale:
            raise BadRequest(self.words)
        sizes = [{"file_id": "small"}, {"file_id": f"known {len(self.photos)}"}]
        return {"message_id": 1, "photo": sizes}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "sheet.png").write_bytes(b"png")
    return folder


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    database = Database.open(default_url(tmp_path), data=tmp_path)
    writer = Writer(database)
    yield writer
    writer.close()
    database.close()


async def test_a_picture_is_uploaded_once_also_for_the_next_process(
    folder: Path, writer: Writer
) -> None:
    """The first time it travels, then only its id does, and the id outlives a restart."""
    wire = Wire()
    pictures = Pictures(wire, writer.submit, 42, folder)
    for _time in range(2):
        await pictures.call("sendPhoto", PARAMS)
    await Pictures(wire, writer.submit, 42, folder).call("sendPhoto", PARAMS)
    assert wire.photos == [{"upload": UPLOAD}, "known 1", "known 1"]


async def test_another_bot_or_another_picture_is_uploaded_anew(
    folder: Path, writer: Writer
) -> None:
    """An id is good for one bot and one picture."""
    wire = Wire()
    await Pictures(wire, writer.submit, 42, folder).call("sendPhoto", PARAMS)
    await Pictures(wire, writer.submit, 43, folder).call("sendPhoto", PARAMS)
    (folder / "sheet.png").write_bytes(b"changed")
    await Pictures(wire, writer.submit, 42, folder).call("sendPhoto", PARAMS)
    assert [type(photo) for photo in wire.photos] == [dict, dict, dict]


async def test_an_id_that_telegram_does_not_know_any_more_is_replaced(
    folder: Path, writer: Writer
) -> None:
    """The picture is uploaded again and goes out; the new id is kept in place of the old one."""
    wire = Wire("known 1")
    pictures = Pictures(wire, writer.submit, 42, folder)
    for _time in range(3):
        await pictures.call("sendPhoto", PARAMS)
    assert wire.photos == [{"upload": UPLOAD}, "known 1", {"upload": UPLOAD}, "known 3"]


async def test_another_refusal_is_handed_on(folder: Path, writer: Writer) -> None:
    """Who blocked the bot is not sent the picture a second time."""
    wire = Wire("known 1", words="chat not found")
    pictures = Pictures(wire, writer.submit, 42, folder)
    await pictures.call("sendPhoto", PARAMS)
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await pictures.call("sendPhoto", PARAMS)
    assert wire.photos == [{"upload": UPLOAD}, "known 1"]


async def test_a_picture_that_a_release_took_away_is_refused(folder: Path, writer: Writer) -> None:
    """A row that waited for it comes to its end; nothing is sent in its place."""
    wire = Wire()
    gone = {**PARAMS, "photo": {"picture": "../secret"}}
    with pytest.raises(BadRequest):
        await Pictures(wire, writer.submit, 42, folder).call("sendPhoto", gone)
    assert wire.photos == []


@pytest.mark.parametrize(
    ("method", "params"),
    [("sendMessage", {"text": "x"}), ("getMe", None), ("sendPhoto", {"photo": "an id"})],
)
async def test_every_other_call_goes_through_as_it_is(
    folder: Path, writer: Writer, method: str, params: Mapping[str, Any] | None
) -> None:
    """Only a picture that is named is looked for."""
    wire = Wire()
    await Pictures(wire, writer.submit, 42, folder).call(method, params)
    assert wire.photos == [(params or {}).get("photo")]


async def test_a_busy_database_does_not_keep_a_picture_back(folder: Path) -> None:
    """What cannot be remembered is sent all the same."""

    def busy(_job: Callable[[Unit], R], /) -> Future[R]:
        future: Future[R] = Future()
        future.set_exception(BusyError())
        return future

    wire = Wire()
    pictures = Pictures(wire, busy, 42, folder)
    for _time in range(2):
        await pictures.call("sendPhoto", PARAMS)
    assert wire.photos == [{"upload": UPLOAD}, "known 1"]


async def test_an_answer_without_a_photo_is_not_remembered(folder: Path, writer: Writer) -> None:
    """An odd answer of the server is no id: the next one travels whole again."""

    class Odd(Wire):
        async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
            await super().call(method, params)
            return True

    wire = Odd()
    pictures = Pictures(wire, writer.submit, 42, folder)
    for _time in range(2):
        await pictures.call("sendPhoto", PARAMS)
    assert wire.photos == [{"upload": UPLOAD}, {"upload": UPLOAD}]
