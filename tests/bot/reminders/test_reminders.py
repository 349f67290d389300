"""Reminders leave when they are due, in her language and manner, and never twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock
from bot.delivery import Delivery, StorageLedger
from bot.languages import Languages
from bot.means import Means
from bot.metrics import Metrics
from bot.pace import Pace
from bot.reminders import Reminders
from bot.settings import Settings
from bot.telegram.client import TelegramClient
from flows.calendar_model import DateKind, NoticeState, Subject, Wishes
from flows.model import Person
from storage.calendar_schema import appointment, enrolment
from storage.database import Database
from storage.errors import BusyError
from storage.notices.planning import add, plan, plan_course
from storage.notices.wishes import keep_wishes
from storage.unit import Unit
from storage.writer import Writer
from tests.bot.bot_api import BotApi, refused
from tests.bot.delivery.running import FREE, SWIFT
from tests.bot.group.house import LANGUAGES, Ears, HandClock
from tests.ready import ready_database
from tests.storage.factories import CHAT, TODAY, do, someone
from tests.storage.notices.factories import (
    NOW,
    add_course,
    book,
    change,
    enrol,
    furnish,
    keep_date,
    notices,
)

DAY_BEFORE = "2026-12-02T10:30+01:00"


@dataclass
class Here:
    """A house with a desk."""

    database: Database
    writer: Writer
    clock: HandClock
    ears: Ears
    metrics: Metrics
    means: Means
    reminders: Reminders

    def books(self, person: Person, when: str = "2026-12-03T10:30") -> int:
        """An appointment, planned."""
        id_ = book(self.writer, person, when)
        self.plans(Subject.APPOINTMENT, id_)
        return id_

    def plans(self, subject: Subject, id_: int) -> None:
        """Plan one thing."""
        now = self.clock.now()
        do(self.writer, lambda unit: plan(unit.direct(), unit.vault, subject, id_, now))

    async def ticks(self, at: str) -> None:
        """The clock shows a moment, the house looks, and what can go has gone."""
        self.clock.moment = datetime.fromisoformat(at)
        await self.reminders.tick()
        await self.means.delivery.quiet()


@asynccontextmanager
async def _house(data: Path, client: TelegramClient, languages: Languages) -> AsyncIterator[Here]:
    clock, ears, metrics = HandClock(NOW.isoformat()), Ears(), Metrics()
    database = ready_database(data)
    writer = Writer(database)
    ledger = StorageLedger(writer.submit, clock=clock, late=metrics.time_late)
    timer = Timer(clock)
    delivery = Delivery(client, ledger, Pace(FREE), flow=SWIFT, clock=timer, watch=ears)
    await delivery.start()
    given = Settings(
        _env_file=None,  # type: ignore[call-arg]
        telegram_token=f"123456:{'a' * 30}",  # type: ignore[arg-type]
        data=data,
    )
    means = Means(client, writer, delivery, database.vault, languages, clock, ears, given)
    try:
        yield Here(database, writer, clock, ears, metrics, means, Reminders(means))
    finally:
        await delivery.stop(5)
        writer.close()
        database.close()


class Timer(Clock):
    """The time of day is set by hand; what lasts, lasts."""

    def __init__(self, hand: HandClock) -> None:
        self._hand = hand

    def now(self) -> datetime:
        """As it is set."""
        return self._hand.now()


@pytest.fixture
async def here(tmp_path: Path, client: TelegramClient) -> AsyncIterator[Here]:
    """A house."""
    async with _house(tmp_path, client, LANGUAGES) as made:
        furnish(made.writer)
        yield made


@pytest.fixture
def person(here: Here) -> Person:
    """Somebody who reads English."""
    return someone(here.writer, language="en")


def shown(api: BotApi) -> list[tuple[str, list[str]]]:
    """The text and the buttons of each message."""
    return [
        (
            one["text"],
            [
                f"{button['text']} {button['callback_data']}"
                for row in one.get("reply_markup", {}).get("inline_keyboard", ())
                for button in row
            ],
        )
        for one in api.asked("sendMessage")
    ]


async def test_an_appointment_a_day_before(here: Here, person: Person, api: BotApi) -> None:
    """What, when by the day's name, where, what to bring; four ways to answer."""
    id_ = here.books(person)
    words = b'{"what":"Questura","place":"Via Roma 1, Monza","bring":"Passport"}'
    body = here.means.vault.seal_case(words, "appointment", id_)
    change(here.writer, appointment, id_, body=body)
    await here.ticks(DAY_BEFORE)
    ((text, buttons),) = shown(api)
    notice = next(one for one in notices(here.database) if one.step == "1d")
    assert text == (
        "<b>⏰ Your appointment</b>\n\n📅 Questura\n\n<b>🗓️ Thursday 3 December, 10:30</b>\n\n"
        "📍 Via Roma 1, Monza\n🎒 Passport"
    )
    assert buttons == [
        f"✅ Yes, I come push:0:reminder/{notice.id}.yes",
        f"❌ I cannot come push:0:reminder/{notice.id}.no",
        f"📍 Where is it? push:0:reminder/{notice.id}.where",
        f"🔁 Remind me later push:0:reminder/{notice.id}.later",
    ]
    assert api.asked("sendMessage")[0]["chat_id"] == CHAT
    assert notice.state is NoticeState.SENT


async def test_it_goes_once(here: Here, person: Person, api: BotApi) -> None:
    """However often the house looks, and after a restart too."""
    here.books(person)
    for _ in range(3):
        await here.ticks(DAY_BEFORE)
    here.reminders = Reminders(here.means)
    await here.ticks(DAY_BEFORE)
    assert len(api.asked("sendMessage")) == 1
    assert here.ears.events.count("notices_handed") == 1


@pytest.mark.parametrize("code", LANGUAGES.codes)
async def test_in_careful_mode_nothing_is_said(code: str, here: Here, api: BotApi) -> None:
    """In every language: one of the neutral lines, one button, without a sound, washed."""
    person = someone(here.writer, language=code)
    careful = Person(person.id, code, careful=True, since=TODAY)
    do(here.writer, lambda unit: unit.save_person(careful))
    here.books(person)
    await here.ticks(DAY_BEFORE)
    (message,) = api.asked("sendMessage")
    ((text, (button,)),) = shown(api)
    assert message["disable_notification"] is True
    assert not {"Questura", "10:30", "Via Roma"} & set(text.split())
    assert button.split("push:")[1].endswith(".open")
    with here.database.reading() as connection:
        washed = connection.exec_driver_sql("SELECT wash_at FROM chat_message").scalar()
    assert washed is not None


async def test_a_lesson_and_an_offer(here: Here, person: Person, api: BotApi) -> None:
    """A lesson says its course; an offer says until when, and leads to the course."""
    course_id, _ = add_course(here.writer, "2026-12-01T18:00")
    seat = enrol(here.writer, course_id, person)
    do(here.writer, lambda unit: plan_course(unit.direct(), unit.vault, course_id, NOW))
    await here.ticks("2026-11-30T18:00+01:00")
    until = datetime.fromisoformat("2026-11-30T19:00+01:00")
    change(here.writer, enrolment, seat, state="offered", offered_until=until)

    def offer(unit: Unit) -> bool:
        now = here.clock.now()
        more: dict[str, Any] = {"due": now, "until": until, "occasion": "2026-11-30T19:00"}
        return add(unit.direct(), person.id, Subject.OFFER, seat, now, **more)

    assert do(here.writer, offer)
    await here.ticks("2026-11-30T18:00+01:00")
    (lesson, _buttons), (offered, ways) = shown(api)
    assert lesson == (
        "<b>⏰ Your lesson</b>\n\n📘 Italian\n\n<b>🗓️ Tuesday 1 December, 18:00</b>\n\n"
        "📍 Via Roma 1, Desio\n🎒 A pen"
    )
    assert offered == (
        "<b>🎉 There is a seat for you</b>\n\n📘 Italian\n🗓️ Tuesday 1 December, 18:00\n\n"
        "<b>⏳ Answer before Monday 30 November, 19:00.</b>\n\n"
        "<i>After that the seat goes to the next person.</i>"
    )
    assert [one.split("push:0:")[1] for one in ways] == [
        f"offer/{course_id}.yes",
        f"offer/{course_id}.no",
        f"courses/{course_id}",
    ]


@pytest.mark.parametrize(
    ("kind", "day", "at", "said"),
    [
        (DateKind.PERMIT, date(2027, 4, 1), "2027-03-02T10:00+01:00", "permit ends: Thursday"),
        (DateKind.HEALTH_CARD, date(2027, 1, 15), "2027-01-08T10:00+01:00", "card ends: Friday"),
        (DateKind.CONTRACT, date(2026, 12, 31), "2026-12-24T10:00+01:00", "contract ends: Th"),
        (DateKind.CONTRACT, date(2026, 12, 31), "2027-01-01T10:00+01:00", "contract has ended"),
        (DateKind.JOB_LOST, date(2026, 11, 20), "2026-11-26T10:00+01:00", "first 8 days"),
        (DateKind.JOB_LOST, date(2026, 11, 20), "2027-01-09T10:00+01:00", "Wednesday 27 January"),
        (DateKind.PERMIT_STATE, date(2026, 11, 24), "2026-11-24T10:00+01:00", "permit ready?"),
    ],
)
async def test_her_own_dates(
    kind: DateKind, day: date, at: str, said: str, here: Here, person: Person, api: BotApi
) -> None:
    """Which date, and how long there is time; the card that explains is one tap away."""
    here.plans(Subject.DATE, keep_date(here.writer, person, kind, day))
    await here.ticks(at)
    (text, buttons) = shown(api)[-1]
    assert said in text
    assert [one.rsplit(".", 1)[1] for one in buttons] == ["open", "later"]


async def test_every_week_again(here: Here, person: Person, api: BotApi) -> None:
    """For half a year of Tuesdays; each one that goes plans the next."""
    id_ = keep_date(here.writer, person, DateKind.PERMIT_STATE, date(2026, 11, 24))
    here.plans(Subject.DATE, id_)
    for week in range(26):
        here.clock.moment = datetime.fromisoformat("2026-11-24T10:00+01:00")
        here.clock.passes(weeks=week, hours=2)
        await here.ticks(here.clock.moment.isoformat())
    assert len(api.asked("sendMessage")) == 26


async def test_a_long_absence_breaks_no_habit(here: Here, person: Person, api: BotApi) -> None:
    """After ten weeks of outage the weekly look goes on."""
    id_ = keep_date(here.writer, person, DateKind.PERMIT_STATE, date(2026, 11, 24))
    here.plans(Subject.DATE, id_)
    await here.ticks("2027-02-04T10:00+01:00")
    await here.ticks("2027-02-09T10:00+01:00")
    assert len(api.asked("sendMessage")) == 1


async def test_the_night_of_the_lesson(here: Here, person: Person, api: BotApi) -> None:
    """A lesson at half past two in the night in which that does not exist says three, and why."""
    here.clock.moment = datetime.fromisoformat("2027-03-20T12:00+01:00")
    here.books(person, "2027-03-28T02:30")
    await here.ticks("2027-03-26T20:30+01:00")
    ((text, _buttons),) = shown(api)
    assert "Sunday 28 March, 03:00" in text
    assert "That night the clocks go forward." in text


async def test_blocked_and_back(here: Here, person: Person, api: BotApi) -> None:
    """A 403 ends it: nothing more is tried; when she writes again, what is to come is planned."""
    here.books(person)
    api.script("sendMessage", refused(403, "Forbidden: bot was blocked by the user"))
    await here.ticks("2026-11-26T10:30+01:00")
    await here.ticks(DAY_BEFORE)
    assert len(api.asked("sendMessage")) == 1
    assert {one.state for one in notices(here.database)} == {NoticeState.BLOCKED}


async def test_called_off_on_its_way(here: Here, person: Person, api: BotApi) -> None:
    """What stands in the outbox, already in delivery's hands, is looked up before the call."""
    id_ = here.books(person)
    hold = asyncio.Event()
    busy = here.means.delivery
    here.clock.moment = datetime.fromisoformat(DAY_BEFORE)
    original = busy.hand_over

    def stopped(rows: Any) -> None:
        change(here.writer, appointment, id_, state="cancelled")
        here.plans(Subject.APPOINTMENT, id_)
        hold.set()
        original(rows)

    busy.hand_over = stopped  # type: ignore[method-assign]
    await here.reminders.tick()
    await busy.quiet()
    assert (hold.is_set(), api.asked("sendMessage")) == (True, [])


async def test_words_that_cannot_be_made(here: Here, person: Person, api: BotApi) -> None:
    """What cannot be put into words costs nobody else their reminder, and ends as missed."""
    broken, whole = here.books(person), here.books(person, "2026-12-03T15:30")
    change(here.writer, appointment, broken, body=b"nonsense")
    await here.ticks("2026-12-03T08:30+01:00")
    await here.ticks("2026-12-03T13:30+01:00")
    texts = [text for text, _buttons in shown(api)]
    assert ["15:30" in text for text in texts] == [True, True]
    states = {(one.subject_id, one.state.value) for one in notices(here.database)}
    assert {(broken, "missed"), (whole, "sent")} <= states
    assert here.ears.events.count("notice_failed") == 1


async def test_one_event_that_cannot_be_planned(
    here: Here, person: Person, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under new rules of the clocks one thing breaks: everybody else is reminded all the same, and
    at the next start all of it is tried again."""
    here.books(person)

    def breaks(unit: Unit) -> None:
        raise ValueError("of one event")

    def marks(unit: Unit) -> None:
        raise AssertionError("It is noted as done.")

    def jobs(unit: Unit, now: datetime) -> list[Any]:
        return [breaks, marks]

    monkeypatch.setattr("bot.reminders.reminders.replan_all", jobs)
    await here.ticks(DAY_BEFORE)
    assert len(api.asked("sendMessage")) == 1
    assert here.ears.events.count("replanning_failed") == 1


async def test_the_database_is_away(
    here: Here, person: Person, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick that fails is no end: the next one sends what was due."""
    here.books(person)
    done = Means.done
    failures = [BusyError("away")]

    async def failing(means: Means, job: Callable[[Unit], Any]) -> Any:
        if failures:
            raise failures.pop()
        return await done(means, job)

    monkeypatch.setattr(Means, "done", failing)
    await here.ticks(DAY_BEFORE)
    assert (api.asked("sendMessage"), here.ears.events) == ([], ["notices_failed"])
    await here.ticks(DAY_BEFORE)
    assert len(api.asked("sendMessage")) == 1


async def test_lateness_is_a_figure(here: Here, person: Person, api: BotApi) -> None:
    """Nine seconds after it was due: so much is measured, and of whom is not."""
    here.books(person)
    await here.ticks("2026-12-02T10:30:09+01:00")
    page = here.metrics.page().decode()
    assert 'antenna_notice_late_seconds_bucket{le="10.0"} 1.0' in page
    assert 'antenna_notice_late_seconds_bucket{le="5.0"} 0.0' in page


async def test_paused(here: Here, person: Person, api: BotApi) -> None:
    """While she wants nothing, nothing comes."""
    here.books(person)
    wishes = Wishes(paused_until=date(2027, 1, 1))
    do(here.writer, lambda unit: keep_wishes(unit.direct(), person.id, wishes))
    await here.ticks(DAY_BEFORE)
    assert api.asked("sendMessage") == []


async def test_more_only_while_there_is_more(here: Here, person: Person, api: BotApi) -> None:
    """The quick tick does nothing as long as the slow one has left nothing."""
    here.books(person)
    here.clock.moment = datetime.fromisoformat(DAY_BEFORE)
    await here.reminders.more()
    await here.means.delivery.quiet()
    assert api.asked("sendMessage") == []
