"""Offices and operators of a town, as the console would have made them, and their browsers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from flows.report_model import Office
from storage import offices, operators
from storage.database import Connection, Database
from storage.operators import Role
from storage.reports import Reader, Reports
from storage.vault import LIGHT_EFFORT, PrivateKey, make_pair, new_totp_secret, wrap
from tests.acceptance.town import Town
from tests.bot.console.house import PASSPHRASE, Browser
from tests.bot.console.house import Reader as Colleague

WORD = re.compile(r'name="(word|said)" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Bureau:
    """An office with its operators."""

    office: Office
    colleagues: tuple[Colleague, ...]

    @property
    def readers(self) -> list[Reader]:
        """How they open reports."""
        return [Reader(one.operator.id, one.key) for one in self.colleagues]


async def opens_office(
    town: Town,
    name: str = "Sportello Lavoro",
    *people: str,
    recovery: PrivateKey | None = None,
    duty: bool = False,
    province: str = "",
) -> Bureau:
    """Open an office with its operators; the first one also prints the recovery sheet."""
    today = town.clock.now().date()
    database = Database.open(town.settings.database_url, data=town.data)
    try:
        with database.writing() as connection:
            office = offices.add_office(connection, name, today, duty=duty, province=province)
            colleagues = tuple(
                _joins(connection, database, person, office.key, town)
                for person in people or ("Anna", "Bruno")
            )
            offices.keep_recovery_key(connection, (recovery or make_pair()).public)
            connection.commit()
    finally:
        database.close()
    await town.antenna.scheduler.do("offices")
    return Bureau(office, colleagues)


def _joins(
    connection: Connection, database: Database, name: str, office: str, town: Town
) -> Colleague:
    key, secret, today = make_pair(), new_totp_secret(), town.clock.now().date()
    made = operators.add_operator(connection, name, office, Role.OPERATOR, today)
    assert made is not None
    operators.set_credentials(
        connection,
        database.vault,
        made.id,
        public_key=key.public.bytes,
        wrapped=wrap(key, PASSPHRASE, LIGHT_EFFORT),
        totp=secret,
        step=0,
    )
    found = operators.find_operator(connection, made.id)
    assert found is not None
    return Colleague(found, key, secret)


def reports_of(town: Town) -> Reports:
    """The reports of the running bot."""
    assert town.antenna.reports is not None
    return town.antenna.reports


@dataclass
class Screen:
    """A browser at the console, which remembers every byte it was sent."""

    browser: Browser
    town: Town
    received: list[str] = field(default_factory=list)

    async def opens(self, path: str) -> str:
        """Open a page."""
        answer = await self.browser.follow(path)
        assert answer.status == 200, self.browser.text
        self.received += [self.browser.text, repr(answer.headers)]
        return self.browser.text

    async def replies(self, report: str, canned: str) -> str:
        """Answer a report with a ready reply: look at it first, then send it."""
        place = f"/reports/{report}/reply"
        await self.browser.post(place, step="preview", canned=canned)
        self.received.append(self.browser.text)
        kept = dict(WORD.findall(self.browser.text))
        await self.browser.post(place, step="send", canned=canned, **kept)
        self.received.append(self.browser.text)
        await self.town.settles()
        return await self.opens(f"/reports/{report}")


@asynccontextmanager
async def signed_in(town: Town, colleague: Colleague) -> AsyncIterator[Screen]:
    """An operator at the console."""
    browser = Browser(town.antenna.console, {})
    try:
        answer = await browser.sign_in(colleague, town.clock.now())
        assert answer.status == 303, browser.text
        yield Screen(browser, town)
    finally:
        await browser.close()
