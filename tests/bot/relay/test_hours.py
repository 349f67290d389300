"""No word of a desk comes outside the person's hours, whenever the call is really made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import Clock
from bot.delivery import Delivery, StorageLedger
from bot.pace import Limits, Pace
from flows.handoff_model import Asked, LineKind, LineState, Need, Safe, Urgency
from storage.handoffs import Content, Handoff
from storage.handoffs.asking import ask
from storage.handoffs.view import find_unacknowledged, set_ack
from storage.unit import Unit
from tests.bot.relay.office import NOW, Bureau

HELLO = Content(LineKind.TEXT, "Buongiorno")
AT_SIX = NOW.replace(hour=17)  # in Italy


class At(Clock):
    """A clock that stands."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


class Telegram:
    """Takes every call."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Take a call."""
        self.calls.append(method)
        return {"message_id": 500 + len(self.calls)}


async def goes_out(bureau: Bureau, now: datetime) -> list[str]:
    """Antenna starts at a moment: what it sends."""
    telegram, clock = Telegram(), At(now)
    ledger = StorageLedger(bureau.writer.submit, clock=clock)
    delivery = Delivery(telegram, ledger, Pace(Limits(per_second=1000.0)), clock=clock)
    await delivery.start()
    await delivery.quiet()
    await delivery.stop()
    return telegram.calls


def said(bureau: Bureau, handoff: Handoff, now: datetime = NOW) -> None:
    """An operator answers."""
    assert bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, HELLO, now).ok


def state(bureau: Bureau, handoff: Handoff) -> tuple[LineState, list[datetime | None]]:
    """How far the line has come, and for when its row waits."""
    [line] = bureau.lines(handoff.id)
    return line.state, [row.not_before for row in bureau.rows()]


async def test_after_an_outage_words_wait_for_the_next_safe_hour(bureau: Bureau) -> None:
    """Antenna was away at the hour that was meant: not at midnight, but the next evening."""
    handoff = bureau.asks(safe=Safe.EVENING)
    said(bureau, handoff)
    night = AT_SIX + timedelta(hours=6)
    assert await goes_out(bureau, night) == []
    assert state(bureau, handoff) == (LineState.WAITS, [AT_SIX + timedelta(days=1)])
    assert await goes_out(bureau, AT_SIX + timedelta(days=1)) == ["sendMessage"]
    assert state(bureau, handoff) == (LineState.SENT, [])


async def test_that_it_goes_at_another_hour_is_said(bureau: Bureau) -> None:
    """The topic said six o'clock of this evening; what waits for the next one is shown anew."""
    handoff = bureau.asks(safe=Safe.EVENING)
    said(bureau, handoff)
    [line] = bureau.lines(handoff.id)

    def unsaid(unit: Unit) -> list[int]:
        due = find_unacknowledged(unit.direct(), bureau.database.vault, handoff.id)
        return [one.id for one in due]

    bureau.do(lambda unit: set_ack(unit.direct(), line.id, 7, LineState.WAITS.value))
    before = bureau.do(unsaid)
    await goes_out(bureau, AT_SIX + timedelta(hours=6))
    assert (before, bureau.do(unsaid)) == ([], [line.id])


async def test_words_on_their_way_wait_too(bureau: Bureau) -> None:
    """Said in her last safe minute while Telegram was away: they wait, and say so."""
    handoff = bureau.asks(safe=Safe.MORNING)
    said(bureau, handoff, NOW.replace(hour=10, minute=59))
    assert await goes_out(bureau, NOW.replace(hour=11)) == []
    morning = NOW.replace(hour=5) + timedelta(days=1)
    assert state(bureau, handoff) == (LineState.WAITS, [morning])


@pytest.mark.parametrize(
    ("safe", "urgency", "calls"),
    [
        (Safe.MORNING, Urgency.NORMAL, []),
        (Safe.ALWAYS, Urgency.NORMAL, ["sendMessage"]),
        (Safe.MORNING, Urgency.NOW, ["sendMessage"]),
    ],
)
async def test_hours_she_has_changed_hold_at_once(
    bureau: Bureau, safe: Safe, urgency: Urgency, calls: list[str]
) -> None:
    """What waits for the evening does not come then where the evening is safe no more."""
    handoff = bureau.asks(safe=Safe.EVENING)
    said(bureau, handoff)
    wish = Asked(Need.PAY, desk="desio", safe=safe, urgency=urgency)
    person = bureau.person()

    def asks_again(unit: Unit) -> None:
        assert ask(unit.direct(), bureau.database.vault, person, wish, NOW)

    bureau.do(asks_again)
    assert await goes_out(bureau, AT_SIX) == calls


@pytest.mark.parametrize(
    "night", [datetime(2026, 10, 25, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC)]
)
async def test_on_the_nights_when_clocks_change(bureau: Bureau, night: datetime) -> None:
    """At every quarter of those nights it waits for six o'clock by the clocks of that morning."""
    handoff = bureau.asks(safe=Safe.MORNING)
    six = night.replace(hour=5 if night.month == 10 else 4)
    for quarter in range(-4, 16):
        moment = night + timedelta(minutes=15 * quarter)
        if moment < six:
            assert bureau.deeds.way.goes_at(handoff, moment) == six
    assert bureau.deeds.way.goes_at(handoff, six) is None
