"""A small bureau for the tests: offices, operators who are signed in, a shelf of reports, pages."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestServer

from bot.app import LOCALES
from bot.clock import Clock
from bot.console.app import PAGES, create_console, make_room
from bot.console.guard import PLAIN_COOKIE
from bot.console.reports.desk import Desk
from bot.console.reports.ports import Reports
from bot.console.reports.ways import report_pages
from bot.console.room import Room
from bot.languages import Languages
from bot.settings import Settings
from bot.watch import Silent
from flows.report_model import Office
from storage.audit import Entry, find_entries
from storage.database import Database
from storage.offices import add_office
from storage.operators import (
    Language,
    Operator,
    Role,
    add_operator,
    find_operator,
    set_credentials,
    set_language,
)
from storage.vault import PrivateKey, make_pair
from tests.bot.console.reports.shelf import Shelf
from tests.ready import ready_database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


class StillClock(Clock):
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def advance(self, step: timedelta) -> None:
        self.moment += step


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: status, words without markup, and the whole text."""

    status: int
    text: str
    headers: dict[str, str]
    body: bytes = b""
    path: str = ""

    @property
    def words(self) -> str:
        """What is read, on one line, without the signs that keep directions apart."""
        bare = re.sub("[\u2066-\u2069\u200f]", "", self.text)
        bare = re.sub(r"<(script|style|title)\b.*?</\1>", "", bare, flags=re.S)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare))).strip()


@dataclass(eq=False)
class Browser:
    """An operator's browser, signed in."""

    session: ClientSession
    server: TestServer
    cookie: str
    token: str
    operator: Operator
    key: PrivateKey

    async def get(self, path: str, **headers: str) -> Page:
        """Open an address."""
        async with self.session.get(self.server.make_url(path), headers=headers) as answer:
            return await _page(answer)

    async def post(self, path: str, **fields: str) -> Page:
        """Send a form and follow where it leads."""
        origin = str(self.server.make_url("/")).rstrip("/")
        data = {"token": self.token, **fields}
        url = self.server.make_url(path)
        async with self.session.post(url, data=data, headers={"Origin": origin}) as answer:
            return await _page(answer)


async def _page(answer) -> Page:
    body = await answer.read()
    text = body.decode("utf-8", "replace")
    path = answer.url.path_qs + (f"#{answer.url.fragment}" if answer.url.fragment else "")
    return Page(answer.status, text, dict(answer.headers), body, path)


@dataclass(eq=False)
class Bureau:
    """Everything there is, to look at and to change."""

    room: Room
    database: Database
    clock: StillClock
    shelf: Shelf
    desk: Desk
    server: TestServer
    offices: dict[str, Office]
    operators: dict[str, Operator]
    browsers: dict[str, Browser] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Browser:
        return self.browsers[name]

    def id(self, name: str) -> int:
        """The id of an operator."""
        return self.operators[name].id

    def audit(self) -> list[Entry]:
        """The audit, the oldest first."""
        with self.database.reading() as connection:
            return find_entries(connection, limit=1000)[::-1]

    def deeds(self) -> list[tuple[str, str, str]]:
        """The audit in words: who, what, on what."""
        names = {one.id: name for name, one in self.operators.items()}
        return [(names[one.operator_id], one.action, one.object) for one in self.audit()]


STAFF = (
    ("Anna", "desio", Role.OPERATOR),
    ("Bruno", "desio", Role.OPERATOR),
    ("Carla", "carate", Role.OPERATOR),
    ("Dario", "monza", Role.ADMINISTRATOR),
)


@asynccontextmanager
async def open_bureau(
    folder: Path, *, language: str = "en", reports: Reports | None = None
) -> AsyncIterator[Bureau]:
    """A bureau of four: Anna and Bruno of Desio, Carla of Carate, Dario who looks after them.

    Without the real reports it has a shelf of its own.
    """
    database = ready_database(folder)
    clock, shelf = StillClock(), Shelf()
    settings = Settings(data=folder, network="PUA Monza", _env_file=None)  # type: ignore[call-arg]
    room = make_room(
        settings, database, Languages.load(LOCALES, drafts=True), clock=clock, watch=Silent()
    )
    desk = Desk(reports or shelf, shelf.send)
    offices, operators, keys = _staff(database, language)
    server = TestServer(create_console(room, (*PAGES, *report_pages(desk))))
    await server.start_server()
    bureau = Bureau(room, database, clock, shelf, desk, server, offices, operators)
    try:
        for name, operator in operators.items():
            bureau.browsers[name] = sign_in(bureau, operator, keys[name])
        yield bureau
    finally:
        for browser in bureau.browsers.values():
            await browser.session.close()
        await server.close()
        database.close()


def sign_in(bureau: Bureau, operator: Operator, key: PrivateKey) -> Browser:
    """A browser of an operator; the door itself is tested elsewhere."""
    cookie = bureau.room.sessions.begin(operator, key, bureau.clock.now())
    session = ClientSession(
        cookie_jar=CookieJar(unsafe=True),
        cookies={PLAIN_COOKIE: cookie},
        headers={"Accept-Language": "en"},
    )
    token = bureau.room.sessions.token(cookie)
    return Browser(session, bureau.server, cookie, token, operator, key)


def _staff(
    database: Database, language: str
) -> tuple[dict[str, Office], dict[str, Operator], dict[str, PrivateKey]]:
    offices, operators, keys = {}, {}, {}
    with database.writing() as connection:
        for name in ("desio", "carate", "monza"):
            offices[name] = add_office(
                connection, f"PUA {name.title()}", TODAY, duty=name == "monza", hours="9–13"
            )
        for name, office, role in STAFF:
            added = add_operator(connection, name, offices[office].key, role, TODAY)
            assert added is not None
            keys[name] = make_pair()
            set_credentials(
                connection,
                database.vault,
                added.id,
                public_key=keys[name].public.bytes,
                wrapped=b"wrapped",
                totp=b"secret",
                step=0,
            )
            set_language(connection, added.id, Language(language))
            found = find_operator(connection, added.id)
            assert found is not None
            operators[name] = found
        connection.commit()
    return offices, operators, keys
