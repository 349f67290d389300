"""Raises the alarm within two minutes where what people write does not reach a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.group.door import said
from bot.means import Means
from bot.relay import mirror_words as words
from flows.text import Text, verbatim
from storage.group import Group, all_groups
from storage.handoffs.posting import Late, find_late
from storage.offices import find_office
from storage.outbox import Lane, Outgoing
from storage.unit import Unit

ALARM_SECONDS = 15.0
AFTER = timedelta(seconds=90)
AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Alarm:
    """Where something is late, and who is told of it."""

    late: Late
    place: Text
    told: Group | None


class MirrorAlarm:
    """Tells the log, the figures and another group; an hour later again."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._told: dict[int | None, datetime] = {}

    async def tick(self) -> None:
        """Look whether anything is late."""
        now = self._means.clock.now()
        alarms = await self._means.done(lambda unit: self._find(unit, now))
        late = {alarm.late.group_id for alarm in alarms}
        self._told = {group: at for group, at in self._told.items() if group in late}
        for alarm in alarms:
            told = self._told.get(alarm.late.group_id)
            if told is None or now - told >= AGAIN:
                self._told[alarm.late.group_id] = now
                self._tell(alarm)

    def _find(self, unit: Unit, now: datetime) -> list[_Alarm]:
        groups = all_groups(unit.reading(), self._means.vault)
        found = []
        for late in find_late(unit.reading(), now - AFTER):
            group = next((one for one in groups if one.id == late.group_id), None)
            found.append(_Alarm(late, self._place(unit, group), _teller(groups, late)))
        return found

    def _place(self, unit: Unit, group: Group | None) -> Text:
        if group is None or group.is_everybodys:
            return words.ALL_OFFICES
        office = find_office(unit.reading(), group.office) if group.office else None
        return verbatim(group.territory if office is None else office.office.name)

    def _tell(self, alarm: _Alarm) -> None:
        late = alarm.late
        why = "" if late.trouble is None else late.trouble.value
        self._means.watch.note("topics_behind", why=why, rows=late.count)
        if alarm.told is None:
            return
        console = self._means.settings.console_url or ""
        lines = words.late(alarm.place, late.count, late.oldest, late.trouble, console)
        params = said(self._means.languages, alarm.told.chat, lines)
        self._means.delivery.send(Outgoing("sendMessage", params, Lane.ALERT))


def _teller(groups: list[Group], late: Late) -> Group | None:
    """Another group that can be told, the one of everybody first; else the group itself."""
    there = [one for one in groups if one.gone is None]
    there.sort(key=lambda one: (one.id == late.group_id, bool(one.office), bool(one.territory)))
    return next(iter(there), None)
