"""The bot dies while reports are sent: what a person was shown is there, once, and opens.

At every named point, the reports' own commits among them. People tap on until they have their
code; where nothing comes of a tap they tap again, as people do. `make test` does it in one run in
which the points take turns, `make faults` at each of them again and again.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage import offices, operators
from storage.database import Database
from storage.operators import Role
from storage.reports import Reader, Reports
from storage.reports.database import ReportsDatabase, default_reports_url
from storage.vault import LIGHT_EFFORT, PrivateKey, make_pair
from tests.faults.crashes import Nemesis, Plan
from tests.faults.scene import Scene, Stage
from tests.telegram import Json, Phone

POINTS = ("K1", "K2", "K3", "K4", "K5", "K6", "K7")
PEOPLE = 4
KILLS = 6
PATIENCE_SECONDS = 60.0
TODAY = date(2026, 11, 23)
CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")
WAY = (
    *("have", "show", "send", "enough", "adult", "MB", "construction", "worker", "go", "report"),
    *("wrong", "en", "code", "ok", "next"),
)
"""What is tapped where it is offered, the first of these; a question of yes and no comes after."""


def furnished(data: Path) -> PrivateKey:
    """An office with two operators, and reports whose codes cost little; one operator's key."""
    url = default_reports_url(data)
    ReportsDatabase.open(url, data=data, effort=LIGHT_EFFORT).close()
    keys = [make_pair(), make_pair()]
    database = Database.open(f"sqlite:///{data / 'antenna.db'}", data=data)
    with database.writing() as connection:
        key = offices.add_office(connection, "PUA", TODAY, duty=False).key
        for number, pair in enumerate(keys, 1):
            made = operators.add_operator(connection, f"Rosa {number}", key, Role.OPERATOR, TODAY)
            assert made is not None
            operators.set_credentials(
                connection,
                database.vault,
                made.id,
                public_key=pair.public.bytes,
                wrapped=b"wrapped",
                totp=b"secret",
                step=0,
            )
        connection.commit()
    database.close()
    return keys[0]


@dataclass
class Sender:
    """One person on the way to their code; `code` is what was shown last."""

    phone: Phone
    code: str = ""
    done: bool = False
    trail: list[str] = field(default_factory=list)

    def screen(self) -> Json | None:
        """The last message with buttons."""
        chat = self.phone.telegram.state.chats.get(self.phone.chat_id)
        for message in reversed(chat.messages.values() if chat else ()):
            if message.mine and "reply_markup" in message.body:
                return dict(message.body)
        return None

    async def goes(self) -> None:
        """Write /start, then tap on until it is over."""
        await self.phone.send("/start")
        while not self.done:
            before = self.screen()
            if before is not None:
                await self._taps(before)
            for _look in range(40):
                await asyncio.sleep(0.02)
                if self.screen() != before:
                    break

    async def wanders(self, enough: Callable[[], bool]) -> None:
        """Go on writing, so that the bot has something to die of, until there was enough of it."""
        while not enough():
            await self.phone.send("/menu")
            await asyncio.sleep(0.05)

    async def _taps(self, screen: Json) -> None:
        rows = screen["reply_markup"]["inline_keyboard"]
        data = {one["callback_data"].split(":", 2)[2]: one for row in rows for one in row}
        if {"clean", "home"} <= set(data) and self.code:
            self.done = True
            return
        option = next((one for one in WAY if one in data), "")
        if option == "have" and not self.code:  # it came while the bot was dead: once more
            option = "show"
        if not option:
            asked = "Send this report" in screen["text"] or "Spedi" in screen["text"]
            option = "yes" if asked else "no"
        self.trail.append(option)
        if option not in data:
            return
        tapped = await self.phone.tap(
            data=data[option]["callback_data"], message_id=screen["message_id"], wait=1.0
        )
        found = CODE.search(tapped["text"])
        if found:
            self.code = found[0].replace(" ", "")


async def send_all(here: Scene, plan: Plan) -> list[Sender]:
    """Let everybody send while the bot dies again and again."""
    senders = [Sender(await here.telegram.phone(f"P{n}", language="en")) for n in range(PEOPLE)]
    nemesis = Nemesis(here.bots, plan)

    async def live(sender: Sender) -> None:
        await sender.goes()
        await sender.wanders(lambda: nemesis.kills >= plan.kills)

    try:
        async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
            group.create_task(nemesis.rage())
            for sender in senders:
                group.create_task(live(sender))
    except TimeoutError:
        stuck = [(one.trail[-12:], one.screen()) for one in senders if not one.done]
        raise AssertionError(f"after {nemesis.kills} kills nobody goes on: {stuck}") from None
    await here.bots.stop()
    return senders


@pytest.mark.parametrize(
    "plan",
    [
        Plan(POINTS, 2 * len(POINTS), 0, PEOPLE, passes=8),
        *(
            pytest.param(Plan((point,), KILLS, 0, PEOPLE), marks=pytest.mark.faults)
            for point in POINTS
        ),
    ],
    ids=lambda plan: "-".join(plan.points),
)
async def test_a_report_that_was_shown_is_there_once(
    plan: Plan, stage: Stage, memory: Path
) -> None:
    """Shown but lost: 0. Sent twice: 0. Every code that was shown last opens its report."""
    async with stage(people=0, memory=str(memory)) as here:
        key = furnished(here.data)
        senders = await send_all(here, plan)
        reports = Reports.open(default_reports_url(here.data), data=here.data)
        try:
            now = datetime.now(UTC)
            opened = [reports.open_by_code(sender.code, now) for sender in senders]
            waiting = reports.queue(Reader(_operator(here), key))
        finally:
            reports.close(now)
    assert [one is None for one in opened] == [False] * PEOPLE
    assert len({one.box.id for one in opened if one is not None}) == PEOPLE
    assert len(waiting) == PEOPLE, [sender.trail for sender in senders]


def _operator(here: Scene) -> int:
    database = Database.open(here.url, data=here.data)
    try:
        with database.reading() as connection:
            found = operators.find_by_name(connection, "Rosa 1")
    finally:
        database.close()
    assert found is not None
    return found.id
