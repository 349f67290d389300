"""A running console on a database of its own, and browsers that behave as browsers do."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from aiohttp import ClientResponse, ClientSession, CookieJar, web

from bot.console.app import PAGES, create_console, make_room, serve
from bot.console.gate import Gate
from bot.console.room import Room
from bot.console.visit import Page
from bot.languages import Languages
from bot.settings import Address, Settings
from bot.watch import Silent
from storage import offices, operators
from storage.database import Connection
from storage.operators import Operator, Role
from storage.vault import (
    LIGHT_EFFORT,
    PrivateKey,
    make_pair,
    new_totp_secret,
    totp_code,
    totp_step,
    wrap,
)
from tests.ready import ready_database

LOCALES = Path(__file__).resolve().parents[3] / "locales"
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSPHRASE = "cinque parole messe qui a caso"
TOKEN = re.compile(r'name="token" value="([^"]*)"')
LANGUAGES = Languages.load(LOCALES)


class HandClock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        """The moment."""
        return self.at

    def monotonic(self) -> float:
        """Seconds since the first moment."""
        return (self.at - START).total_seconds()

    def go(self, step: timedelta) -> None:
        """Let time pass."""
        self.at += step


class Told(Silent):
    """Remembers what was told to the log."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, dict[str, object]]] = []

    def note(self, event: str, **fields: int | float | str) -> None:
        """Remember an event."""
        self.notes.append((event, dict(fields)))


@dataclass
class Reader:
    """An operator and all she knows."""

    operator: Operator
    key: PrivateKey
    totp: bytes
    passphrase: str = PASSPHRASE

    def code(self, now: datetime, steps: int = 0) -> str:
        """The six digits on her phone."""
        return totp_code(self.totp, totp_step(now) + steps)


class Console:
    """A console as it runs, and what a test needs to know of it."""

    def __init__(
        self,
        folder: Path,
        *,
        settings: Settings | None = None,
        pages: Sequence[Page] = PAGES,
        **more: Any,
    ) -> None:
        self.clock = HandClock()
        self.told = Told()
        self.waits: list[float] = []
        self.database = ready_database(folder)
        self.settings = settings or Settings(data=folder, network="Rete Brianza")
        self.room: Room = make_room(
            self.settings,
            self.database,
            LANGUAGES,
            clock=self.clock,  # type: ignore[arg-type]
            watch=self.told,
            effort=LIGHT_EFFORT,
            **more,
        )
        self.room.gate = Gate(self.clock.monotonic, self._pause)
        self.app = create_console(self.room, pages)
        self.address = ""
        self._runner: web.AppRunner | None = None
        self._browsers: list[Browser] = []

    async def _pause(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def __aenter__(self) -> Console:
        self._runner = await serve(self.app, Address("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for browser in self._browsers:
            await browser.close()
        assert self._runner is not None
        await self._runner.cleanup()
        self.database.close()

    def do(self, change: Any) -> Any:
        """Change the database at once."""
        with self.database.writing() as connection:
            result = change(connection)
            connection.commit()
        return result

    def look(self, look: Any) -> Any:
        """Look into the database."""
        with self.database.reading() as connection:
            return look(connection)

    def office(self, name: str = "Sportello", **more: Any) -> str:
        """The key of a new office."""
        given = {"duty": False} | more

        def change(connection: Connection) -> str:
            return offices.add_office(connection, name, START.date(), **given).key

        return str(self.do(change))

    def invited(self, name: str = "Anna", role: Role = Role.OPERATOR, office: str = "") -> str:
        """The token of a link for a new operator."""
        office = office or self.office()

        def change(connection: Connection) -> str:
            made = operators.add_operator(connection, name, office, role, START.date())
            assert made is not None
            return operators.invite(connection, made.id, self.clock.now())

        return str(self.do(change))

    def reader(
        self, name: str = "Anna", role: Role = Role.OPERATOR, office: str = "", language: str = "en"
    ) -> Reader:
        """An operator who has set everything."""
        office, key, secret = office or self.office(), make_pair(), new_totp_secret()

        def change(connection: Connection) -> Operator:
            made = operators.add_operator(connection, name, office, role, START.date())
            assert made is not None
            operators.set_credentials(
                connection,
                self.database.vault,
                made.id,
                public_key=key.public.bytes,
                wrapped=wrap(key, PASSPHRASE, LIGHT_EFFORT),
                totp=secret,
                step=0,
            )
            operators.set_language(connection, made.id, operators.Language(language))
            found = operators.find_operator(connection, made.id)
            assert found is not None
            return found

        return Reader(self.do(change), key, secret)

    def browser(self, **headers: str) -> Browser:
        """A new browser, with no cookie yet."""
        browser = Browser(self.address, headers)
        self._browsers.append(browser)
        return browser

    async def signed_in(self, reader: Reader) -> Browser:
        """A browser in which an operator is signed in."""
        browser = self.browser()
        answer = await browser.sign_in(reader, self.clock.now())
        assert answer.status == 303, await answer.text()
        self.clock.go(timedelta(seconds=30))
        return browser


class Browser:
    """Keeps cookies, remembers the token of the last page, and says where a form came from."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        self.address = address
        self.token = ""
        self.text = ""
        self._session = ClientSession(
            cookie_jar=CookieJar(unsafe=True),
            headers={"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"} | headers,
        )

    async def close(self) -> None:
        """Close the browser."""
        await self._session.close()

    @property
    def cookie(self) -> str:
        """The id in the cookie."""
        found = {cookie.key: cookie.value for cookie in self._session.cookie_jar}
        return found.get("antenna-console", "")

    @cookie.setter
    def cookie(self, value: str) -> None:
        self._session.cookie_jar.clear()
        self._session.cookie_jar.update_cookies({"antenna-console": value})

    async def get(self, path: str, **more: Any) -> ClientResponse:
        """Open a page."""
        return await self._took(
            await self._session.get(self.address + path, allow_redirects=False, **more)
        )

    async def follow(self, path: str) -> ClientResponse:
        """Open a page and go where it leads."""
        return await self._took(await self._session.get(self.address + path))

    async def post(
        self, path: str, *, headers: dict[str, str] | None = None, **fields: Any
    ) -> ClientResponse:
        """Send a form with the token of the last page."""
        data = {"token": self.token} | {name: str(value) for name, value in fields.items()}
        return await self.send(path, data, {"Origin": self.address} | (headers or {}))

    async def send(self, path: str, data: Any, headers: dict[str, str]) -> ClientResponse:
        """Send anything."""
        answer = await self._session.post(
            self.address + path, data=data, headers=headers, allow_redirects=False
        )
        return await self._took(answer)

    async def sign_in(
        self, reader: Reader, now: datetime, next_: str = "", **changed: str
    ) -> ClientResponse:
        """Fill in the door."""
        await self.get("/sign-in")
        fields = {
            "name": reader.operator.name,
            "passphrase": reader.passphrase,
            "code": reader.code(now),
            "next": next_,
        }
        return await self.post("/sign-in", **(fields | changed))

    async def _took(self, answer: ClientResponse) -> ClientResponse:
        self.text = html.unescape(await answer.text())
        found = TOKEN.search(self.text)
        if found:
            self.token = found[1]
        return answer
