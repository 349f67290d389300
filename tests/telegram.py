"""A local Telegram for tests, on a real socket, and phones to hold in it.

    async with local_telegram() as telegram:
        bot_address = telegram.address          # what ANTENNA_TELEGRAM_API takes
        amina = await telegram.phone("Amina", language="ar")
        await amina.send("/start")
        await amina.wait_for("BOT   Choose your language")
        await amina.tap("العربية")
        assert await amina.transcript() == ...

As a fixture:

    @pytest.fixture
    async def telegram() -> AsyncIterator[LocalTelegram]:
        async with local_telegram() as running:
            yield running

`LocalTelegram` is the whole of it: `.address`, `.token`, `.state` (the object in memory, to look
at), `.sim(path, **body)` and `.look(path, **query)` for everything else under `/sim/`, `.phone()`,
`.group()`, `.fault()`, `.calls()`, `.advance(seconds)`, `.reset()`. A `Phone` is one person:
`send`, `tap`, `press`, `edit`, `react`, `block`, `delete`, `transcript`, `chat`, `notifications`,
`wait_until(predicate)`, `wait_for(words)`. Phones in a group take `chat=` and `thread=`.

Waiting is by looking again whenever something happens, up to a limit only a failing test meets.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.clock import Clock
from bot.local import TELEGRAM, create_local_telegram
from bot.local.telegram import Telegram
from bot.local.transcript import transcript

TOKEN = "4242:local-token-for-tests"
PATIENCE_SECONDS = 10.0
Json = dict[str, Any]


class LocalTelegram:
    """A running local Telegram and the ways to act in it."""

    def __init__(
        self, address: str, token: str, state: Telegram, session: aiohttp.ClientSession
    ) -> None:
        self.address = address
        self.token = token
        self.state = state
        self.session = session

    async def sim(self, path: str, **wish: Any) -> Any:
        """Post a wish to `/sim/<path>`; a refused one raises AssertionError with its words."""
        async with self.session.post(f"{self.address}/sim/{path}", json=wish) as response:
            answer = await response.json()
            if response.status != 200:
                raise AssertionError(f"/sim/{path}: {response.status} {answer.get('error')}")
            return answer

    async def look(self, path: str, **query: Any) -> Any:
        """Get `/sim/<path>`: JSON, or text where it is text."""
        shown = {name: str(value) for name, value in query.items() if value is not None}
        async with self.session.get(f"{self.address}/sim/{path}", params=shown) as response:
            assert response.status == 200, f"/sim/{path}: {response.status}"
            if response.content_type == "text/plain":
                return await response.text()
            return await response.json()

    async def call(self, method: str, **parameters: Any) -> Json:
        """Call a method of the Bot API as a bot would; give the whole answer."""
        url = f"{self.address}/bot{self.token}/{method}"
        async with self.session.post(url, json=parameters) as response:
            answer: Json = await response.json()
            return answer

    async def phone(self, first_name: str = "Amina", *, language: str = "", **wish: Any) -> Phone:
        """Give somebody a phone."""
        person = await self.sim("people", first_name=first_name, language_code=language, **wish)
        return Phone(self, person["id"], person["id"])

    async def group(self, title: str, *admins: Phone, **wish: Any) -> int:
        """Found a forum with these administrators and the bot; give its number."""
        people = [phone.person_id for phone in admins]
        founded = await self.sim("group", title=title, admins=people, **wish)
        return int(founded["id"])

    async def fault(self, kind: str, method: str = "*", **wish: Any) -> int:
        """Switch a fault on; give its number."""
        return int((await self.sim("faults", kind=kind, method=method, **wish))["id"])

    async def end_faults(self) -> None:
        """Switch every fault off."""
        async with self.session.delete(f"{self.address}/sim/faults") as response:
            assert response.status == 200

    async def calls(self, method: str | None = None, since: int = 0) -> list[Json]:
        """List the bot's calls."""
        found: list[Json] = await self.look("calls", method=method, since=since)
        return found

    async def advance(self, seconds: float) -> None:
        """Let time pass."""
        await self.sim("clock", advance_seconds=seconds)

    async def reset(self) -> None:
        """Begin anew."""
        await self.sim("reset")

    async def wait_until(
        self, predicate: Callable[[], Any | Awaitable[Any]], timeout: float = PATIENCE_SECONDS
    ) -> Any:
        """Wait until a predicate, plain or async, gives something true, and give that."""
        events = self.state.events
        queue = events.listen()
        try:
            async with asyncio.timeout(timeout):
                while True:
                    result = predicate()
                    if inspect.isawaitable(result):
                        result = await result
                    if result:
                        return result
                    try:
                        async with asyncio.timeout(0.05):
                            await queue.get()
                    except TimeoutError:
                        continue
        finally:
            events.leave(queue)


class Phone:
    """A person with a phone, in their private chat with the bot or in a group."""

    def __init__(self, telegram: LocalTelegram, person_id: int, chat_id: int) -> None:
        self.telegram = telegram
        self.person_id = person_id
        self.chat_id = chat_id

    def within(self, chat_id: int) -> Phone:
        """Give the same person in another chat."""
        return Phone(self.telegram, self.person_id, chat_id)

    async def _act(self, path: str, **wish: Any) -> Json:
        body = {"from": self.person_id, "chat": self.chat_id, **wish}
        answer: Json = await self.telegram.sim(path, **body)
        return answer

    async def send(self, text: str | None = None, **wish: Any) -> Json:
        """Send words, or anything else `/sim/send` takes (`voice={...}`, `location={...}`)."""
        return await self._act("send", **({} if text is None else {"text": text}), **wish)

    async def tap(self, label: str | None = None, **wish: Any) -> Json:
        """Tap a button by its label (or `data=`); wait for the answer (`wait=` seconds)."""
        return await self._act("tap", **({} if label is None else {"label": label}), **wish)

    async def press(self, label: str, **wish: Any) -> Json:
        """Press a key of the reply keyboard."""
        return await self._act("press", label=label, **wish)

    async def edit(self, message_id: int, text: str) -> Json:
        """Edit what one wrote."""
        return await self._act("edit", message_id=message_id, text=text)

    async def react(self, message_id: int, emoji: str) -> Json:
        """React to a message; an empty emoji takes the reaction away."""
        return await self._act("react", message_id=message_id, emoji=emoji)

    async def delete(self, message_id: int) -> Json:
        """Delete a message."""
        return await self._act("delete", message_id=message_id)

    async def block(self, blocked: bool = True) -> Json:
        """Block the bot, or take it back."""
        return await self._act("block", blocked=blocked)

    async def transcript(self, thread: int | None = None, *, taps: bool = True) -> str:
        """Read the chat as a text."""
        text: str = await self.telegram.look(
            "transcript", chat=self.chat_id, thread=thread, taps=int(taps)
        )
        return text

    async def chat(self, thread: int | None = None) -> list[Json]:
        """Read the messages of the chat as they stand."""
        shown = await self.telegram.look("chat", chat=self.chat_id, thread=thread)
        messages: list[Json] = shown["messages"]
        return messages

    async def notifications(self) -> list[Json]:
        """Read what the locked screen has shown."""
        lines: list[Json] = await self.telegram.look("notifications", person=self.person_id)
        return lines

    async def wait_until(
        self, predicate: Callable[[str], Any], timeout: float = PATIENCE_SECONDS
    ) -> str:
        """Wait until a predicate over the transcript holds; give the transcript.

        When it never does, the AssertionError shows the chat as it was.
        """
        text = ""

        def look() -> bool:
            nonlocal text
            chat = self.telegram.state.chats.get(self.chat_id)
            if chat is not None:
                text = transcript(self.telegram.state, chat)
            return bool(predicate(text))

        try:
            await self.telegram.wait_until(look, timeout)
        except TimeoutError:
            raise AssertionError(f"waited in vain; the chat was:\n{text}") from None
        return text

    async def wait_for(self, words: str, timeout: float = PATIENCE_SECONDS) -> str:
        """Wait until the transcript contains some words; give the transcript."""
        return await self.wait_until(lambda text: words in text, timeout)


@asynccontextmanager
async def local_telegram(
    *,
    token: str = TOKEN,
    clock: Clock | None = None,
    listener: Middleware | None = None,
    **options: Any,
) -> AsyncIterator[LocalTelegram]:
    """Run a local Telegram in this process, on a free port; options are the server's.

    A listener stands before the server and hears every request and its answer.
    """
    options.setdefault("webhook_pause_seconds", 0.01)
    application = create_local_telegram(token, clock or Clock(), **options)
    if listener is not None:
        application.middlewares.append(listener)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    session = aiohttp.ClientSession()
    try:
        yield LocalTelegram(f"http://127.0.0.1:{port}", token, application[TELEGRAM], session)
    finally:
        await session.close()
        await runner.cleanup()
