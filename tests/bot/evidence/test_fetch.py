"""Files come over the network as they should, or are refused in a word; nothing else is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.clock import Clock
from bot.evidence.fetch import LARGEST_BYTES, Fetcher
from bot.evidence.verdict import Refusal
from bot.telegram.client import TelegramClient, Wire
from bot.telegram.errors import FileGoneError, TooLargeError
from tests.telegram import LocalTelegram, local_telegram

TOO_LARGE = LARGEST_BYTES + 1


class Time(Clock):
    """A clock on which only waiting takes time."""

    def __init__(self) -> None:
        self.at, self.waits = 0.0, list[float]()

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with local_telegram() as running:
        yield running


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    wire = Wire()
    yield wire
    await wire.close()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def fetcher(telegram: LocalTelegram, wire: Wire, time: Time) -> Fetcher:
    client = TelegramClient(wire, telegram.address, telegram.token)
    return Fetcher(client, time, sleep=time.sleep)


async def sent(telegram: LocalTelegram, content: bytes | None, size: int = 0) -> str:
    """Somebody sends a file; its id."""
    amina = await telegram.phone()
    await amina.send(document={"size": size if content is None else len(content)})
    file_id, file = next(reversed(telegram.state.files.items()))
    file.content = content
    return file_id


async def refused(fetcher: Fetcher, file_id: str, size_bytes: int = 10) -> str:
    """The word a file is refused with."""
    with pytest.raises(Refusal) as found:
        await fetcher.fetch(file_id, size_bytes)
    return found.value.word


async def methods(telegram: LocalTelegram) -> list[str]:
    """What was asked of Telegram."""
    return [call["method"] for call in await telegram.calls()]


async def test_a_file_comes_as_it_was_sent(telegram: LocalTelegram, fetcher: Fetcher) -> None:
    """What is fetched is what was sent, to the byte, also at the very limit."""
    for content in (b"", b"x" * 100, bytes(range(256)) * 4096 * 20):
        assert await fetcher.fetch(await sent(telegram, content), len(content)) == content


async def test_what_says_it_is_too_large_is_not_asked_for(
    telegram: LocalTelegram, fetcher: Fetcher
) -> None:
    """Over 20 MB, no call is made."""
    file_id = await sent(telegram, None, TOO_LARGE)
    assert await refused(fetcher, file_id, TOO_LARGE) == "big"
    assert await methods(telegram) == []


async def test_what_telegram_says_is_too_large_is_not_fetched(
    telegram: LocalTelegram, fetcher: Fetcher
) -> None:
    """A small size that was said changes nothing: Telegram knows the file."""
    assert await refused(fetcher, await sent(telegram, None, TOO_LARGE)) == "big"
    assert await methods(telegram) == ["getFile"]


async def test_an_unknown_file_is_gone(telegram: LocalTelegram, fetcher: Fetcher) -> None:
    """An id that Telegram does not know is told as gone, at once."""
    assert await refused(fetcher, "nonsense") == "gone"
    assert await methods(telegram) == ["getFile"]


async def test_an_expired_link_is_asked_for_again_once(
    telegram: LocalTelegram, fetcher: Fetcher
) -> None:
    """After 404 the link is asked for again; after a second one the file is gone."""
    file_id = await sent(telegram, b"words")
    await telegram.fault("400", "file", times=1)
    assert await fetcher.fetch(file_id, 5) == b"words"
    await telegram.fault("400", "file", times=2)
    assert await refused(fetcher, file_id) == "gone"
    once = ["getFile", "file"]  # a download that succeeds is not logged
    assert await methods(telegram) == [*once, "getFile", *once, *once]


@pytest.mark.parametrize("fault", ["cut", "drop_before", "500"])
@pytest.mark.parametrize("method", ["getFile", "file"])
async def test_a_broken_line_is_tried_again(
    telegram: LocalTelegram, fetcher: Fetcher, time: Time, fault: str, method: str
) -> None:
    """Whatever breaks twice is whole the third time, after longer and longer pauses."""
    content = bytes(range(256)) * 1000
    file_id = await sent(telegram, content)
    await telegram.fault(fault, method, times=2)
    assert await fetcher.fetch(file_id, len(content)) == content
    assert time.waits == [0.5, 1.0][: len(time.waits)]  # a reused connection is tried twice


async def test_telegram_is_waited_for_as_it_says(
    telegram: LocalTelegram, fetcher: Fetcher, time: Time
) -> None:
    """After 429 the pause is the one that was asked for."""
    file_id = await sent(telegram, b"words")
    await telegram.fault("429", "getFile", times=1, retry_after=7)
    await telegram.fault("429", "file", times=1, retry_after=11)
    assert await fetcher.fetch(file_id, 5) == b"words"
    assert time.waits == [7, 11]


@pytest.mark.parametrize("fault", ["429", "down", "500"])
async def test_patience_has_an_end(
    telegram: LocalTelegram, fetcher: Fetcher, time: Time, fault: str
) -> None:
    """When Telegram stays away the person is asked to try later, within a minute."""
    file_id = await sent(telegram, b"words")
    await telegram.fault(fault, retry_after=20)
    assert await refused(fetcher, file_id) == "busy"
    assert time.at < 60


class Strange:
    """A server that answers getFile with anything, and sends any number of bytes."""

    def __init__(self, found: object, megabytes: int = 0, *, announced: bool = False) -> None:
        self._found = found
        self._megabytes = megabytes
        self._announced = announced
        self.sent_bytes = 0

    async def __aenter__(self) -> str:
        application = web.Application()
        application.router.add_post("/bot{token}/getFile", self._get_file)
        application.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def __aexit__(self, *_error: object) -> None:
        await self._runner.cleanup()

    async def _get_file(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": self._found})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if self._announced:
            response.content_length = self._megabytes << 20
        await response.prepare(request)
        try:
            for _at in range(self._megabytes):
                await response.write(bytes(1 << 20))
                self.sent_bytes += 1 << 20
        except ConnectionError:
            pass  # the bot has heard enough
        return response


@pytest.mark.parametrize("announced", [True, False])
async def test_a_lying_size_is_cut_off(wire: Wire, time: Time, announced: bool) -> None:
    """Ten times as much as was said is not read to its end."""
    found = {"file_id": "a", "file_size": 10, "file_path": "photos/a.jpg"}
    server = Strange(found, 200, announced=announced)
    async with server as address:
        fetcher = Fetcher(TelegramClient(wire, address, "1:x"), time, sleep=time.sleep)
        assert await refused(fetcher, "a") == "big"
        assert server.sent_bytes < 50 << 20


PATHS = ["../../etc/passwd", "/etc/passwd", "a/../b", "a?x=1", "a#b", "http://a.it/x", "", "a b", 7]


@pytest.mark.parametrize("path", [*PATHS, None])
async def test_a_link_that_is_none_is_not_followed(wire: Wire, time: Time, path: object) -> None:
    """A path that leads out of the files, or is no path, is as good as gone."""
    async with Strange({"file_path": path}) as address:
        fetcher = Fetcher(TelegramClient(wire, address, "1:x"), time, sleep=time.sleep)
        assert await refused(fetcher, "a") == "gone"


async def test_the_link_is_never_told(telegram: LocalTelegram, wire: Wire) -> None:
    """The token stands in the link; no error of a download holds either."""
    client = TelegramClient(wire, telegram.address, telegram.token)
    told = []
    for path in ("photos/none.jpg", "../x"):
        with pytest.raises(FileGoneError) as gone:
            await client.download(path, most_bytes=1000)
        told.append(gone.value)
    await telegram.fault("500", "file")
    for fault in ("500", "down"):
        await telegram.end_faults()
        await telegram.fault(fault, "file")
        with pytest.raises(Exception) as failed:
            await client.download("a", most_bytes=1000)
        told.append(failed.value)
    for error in (*told, TooLargeError()):
        assert telegram.token not in f"{error!r} {error} {error.__context__!r} {error.__cause__!r}"


async def test_every_piece_passes_the_named_point(
    telegram: LocalTelegram, wire: Wire, time: Time
) -> None:
    """K8 is passed while a file comes in, so that the tests can end the process there."""
    points: list[str] = []
    client = TelegramClient(wire, telegram.address, telegram.token)
    fetcher = Fetcher(client, time, at=points.append, sleep=time.sleep)
    await fetcher.fetch(await sent(telegram, bytes(300_000)), 300_000)
    assert (set(points), len(points) >= 5) == ({"K8"}, True)


async def test_fetching_can_be_given_up(telegram: LocalTelegram, fetcher: Fetcher) -> None:
    """When the bot stops, a download ends at once and quietly."""
    file_id = await sent(telegram, b"words")
    await telegram.fault("slow", "file", seconds=30)
    fetching = asyncio.create_task(fetcher.fetch(file_id, 5))
    await telegram.wait_until(lambda: telegram.state.faults.active[1].hits == 1)
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
