"""Tells the operators' group that reports wait: danger at once, the rest twice a day.

The reports' own database remembers who was not told of yet, so nothing here is kept in the outbox:
a message is sent, and when Telegram has it, the reports are told so. What may have gone out and may
not (no answer, a crash) goes again, and says that it is repeated.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.sending import Fate, Sent
from bot.group import slots, words
from bot.group.arrivals import Arrivals
from bot.group.door import said
from bot.group.source import Fresh, Source
from bot.languages import ROME
from bot.means import Means
from flows.report_model import Level
from flows.text import Text
from flows.workdays import Service
from storage import group as kept
from storage.group import Group, Said
from storage.outbox import Lane, Outgoing, Policy
from storage.unit import Unit
from storage.washing import to_hour

TOLD = "alerts told"
TRYING = "alerts trying"
HELD_DAYS = timedelta(days=30)
HELD_HOURS = timedelta(hours=40)
PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Message:
    """One message on its way: what it is, and whom it tells of."""

    kind: str
    numbers: tuple[str, ...]
    leaving: tuple[str, ...]
    group: Group
    told: datetime | None
    end: asyncio.Future[Sent]


class Alerts:
    """One message is under way at a time; a tick goes on where the last one stopped."""

    def __init__(self, means: Means, source: Source) -> None:
        self._means = means
        self._source = source
        self._vault = means.vault
        self._settings = means.settings
        hours, holidays = means.settings.service_hours, means.settings.holidays
        self._service = Service(hours.opens, hours.closes, frozenset(holidays.days))
        self._arrivals = Arrivals()
        self._under_way: _Message | None = None

    async def tick(self) -> None:
        """Tell what is to be told now."""
        fresh = await asyncio.to_thread(self._source.alerts_waiting)
        self._arrivals.note(fresh, self._local())
        if self._under_way is not None and not await self._land(self._under_way):
            return
        group = await self._means.done(
            lambda unit: kept.told_of_reports(unit.reading(), self._vault)
        )
        if group is None or group.gone is not None:
            if fresh:
                self._means.watch.count("alert_undeliverable")
            return
        dangers = [one for one in fresh if one.level is Level.DANGER]
        if dangers and not await self._tell("danger", dangers, group):
            return
        await self._slot(group)

    async def _slot(self, group: Group) -> None:
        now, zone = self._means.clock.now(), ROME
        last = await self._means.done(lambda unit: unit.setting(TOLD))
        if last is None:  # the very first tick: nothing was promised before it
            first = slots.latest(now, self._settings.alert_times, zone)
            await self._means.done(lambda unit: unit.set_setting(TOLD, first.isoformat()))
            return
        told = datetime.fromisoformat(last)
        due = slots.is_due(now, told, self._settings.alert_times, zone)
        if due is None:
            return
        fresh = await asyncio.to_thread(self._source.alerts_waiting)
        await self._tell("slot", fresh, group, due)

    async def _tell(
        self, kind: str, fresh: Sequence[Fresh], group: Group, told: datetime | None = None
    ) -> bool:
        """Send one message; whether it is known by now what became of it."""
        alerts = [
            words.Alert(one.number, one.level, words.sector_name(one.sector), one.province)
            for one in sorted(fresh, key=lambda one: -one.level)
        ]
        leaving: tuple[str, ...] = ()
        if kind == "danger":
            lines = words.danger(alerts, self._console)
        else:
            counts = await self._counts()
            going = await asyncio.to_thread(self._source.leaving, self._means.clock.now())
            leaving = tuple(one.number for one in going[: words.MOST_NAMED])
            if not alerts and not leaving and not any(one.waiting for one in counts):
                await self._means.done(lambda unit: unit.set_setting(TOLD, _iso(told)))
                return True
            lines = words.slot(self._means.clock.now(), alerts, counts, leaving, self._console)
        if await self._means.done(lambda unit: self._begin(unit, kind)):
            lines.append(words.REPEATED)
        end = self._means.delivery.send(self._outgoing(group, lines))
        numbers = tuple(one.number for one in alerts)
        self._under_way = _Message(kind, numbers, leaving, group, told, end)
        return await self._land(self._under_way)

    async def _counts(self) -> list[words.Count]:
        every = await asyncio.to_thread(self._source.unanswered)
        return self._arrivals.counts(every, self._local(), self._service)

    async def _land(self, message: _Message) -> bool:
        """Wait a little for a message; once it is known what became of it, act on that."""
        await asyncio.wait({message.end}, timeout=PATIENCE_SECONDS)
        if not message.end.done():
            return False
        self._under_way = None
        sent, now = message.end.result(), self._means.clock.now()
        if sent.fate is Fate.SENT:
            await asyncio.to_thread(self._source.alert_sent, message.numbers)
            await asyncio.to_thread(self._source.leaving_told, message.leaving, now)
            self._means.watch.count("alert_sent", max(1, len(message.numbers)))
        elif sent.fate is Fate.UNKNOWN:
            self._means.watch.note("alert_unknown")
        else:
            self._means.watch.note("alert_refused")
        await self._means.done(lambda unit: self._end(unit, message, sent, now))
        return sent.fate is Fate.SENT

    def _begin(self, unit: Unit, kind: str) -> bool:
        """Write down that something is tried; whether it was being tried already."""
        tried = unit.setting(_trying(kind)) == "1"
        unit.set_setting(_trying(kind), "1")
        return tried

    def _end(self, unit: Unit, message: _Message, sent: Sent, now: datetime) -> None:
        if sent.fate is Fate.UNKNOWN:
            return
        unit.set_setting(_trying(message.kind), "")
        connection = unit.direct()
        if sent.fate is not Fate.SENT:
            kept.lose_group(connection, message.group.id, now)
            return
        if message.told is not None:
            unit.set_setting(TOLD, message.told.isoformat())
        group = kept.find_group(connection, self._vault, message.group.id)
        if group is not None:
            goes = _goes(now, may_delete=group.may_delete)
            kept.remember_said(
                connection, group.id, [Said(number, goes) for number in sent.message_ids]
            )

    def _outgoing(self, group: Group, lines: list[Text]) -> Outgoing:
        params = said(self._means.languages, group.chat, lines)
        return Outgoing("sendMessage", params, Lane.ALERT, Policy.ONCE)

    @property
    def _console(self) -> str:
        return self._settings.console_url or ""

    def _local(self) -> datetime:
        return self._means.clock.now().astimezone(ROME).replace(tzinfo=None)


def _goes(now: datetime, *, may_delete: bool) -> datetime:
    """When a message of now leaves the group: it must not tell when somebody was in danger.

    So it is a midnight, or an hour where Telegram's 48 hours leave no more room; never later than
    was promised.
    """
    if may_delete:
        return (now + HELD_DAYS).replace(hour=0, minute=0, second=0, microsecond=0)
    return to_hour(now + HELD_HOURS)


def _trying(kind: str) -> str:
    return f"{TRYING} {kind}"


def _iso(moment: datetime | None) -> str:
    assert moment is not None
    return moment.isoformat()
