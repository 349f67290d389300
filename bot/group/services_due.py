"""Says in the operators' groups, once a week, how many services people do not see any more."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.sending import Fate
from bot.group.door import said
from bot.languages import ROME
from bot.means import Means
from flows.text import Text, ngettext
from flows.workdays import monday
from storage import group as kept
from storage.group import Group, Said
from storage.outbox import Lane, Outgoing, Policy
from storage.services.finding import due_services
from storage.unit import Unit
from storage.washing import to_hour

TOLD = "services due told"
FIRST_HOUR = 9
HELD = timedelta(hours=40)
"""So long the message stays: a bot can delete it for 48 hours."""


def due_words(count: int) -> Text:
    """What the groups read: a number, and where it is seen to."""
    return ngettext(
        "📍 {count} service is too old: people do not see it. Look at it in the console, "
        "“Services”.",
        "📍 {count} services are too old: people do not see them. Look at them in the console, "
        "“Services”.",
        count,
    )


class DueServices:
    """Every tick asks whether this week's line was said; it is said at most once."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def tick(self) -> None:
        """Say it in every group, from nine in the morning on."""
        means = self._means
        for group, count in await means.done(self._take):
            params = said(means.languages, group.chat, [due_words(count)])
            params["disable_notification"] = True
            sent = await means.delivery.send(
                Outgoing("sendMessage", params, Lane.ALERT, Policy.ONCE)
            )
            if sent.fate is not Fate.SENT:
                means.watch.note("services_due_refused")
                continue
            goes = to_hour(means.clock.now() + HELD)
            numbers = [Said(number, goes) for number in sent.message_ids]

            def remember(unit: Unit, group: Group = group, told: list[Said] = numbers) -> None:
                kept.remember_said(unit.direct(), group.id, told)

            await means.done(remember)

    def _take(self, unit: Unit) -> list[tuple[Group, int]]:
        """The groups that are told now; from now on nobody tells them again this week."""
        local = self._means.clock.now().astimezone(ROME)
        week = monday(local.date()).isoformat()
        told = unit.setting(TOLD)
        if told is None:  # a house that has just begun has a week to look at what it begins with
            unit.set_setting(TOLD, week)
        if told in (None, week) or local.hour < FIRST_HOUR:
            return []
        count = len(due_services(unit.reading(), local.date()))
        if count == 0:
            return []
        unit.set_setting(TOLD, week)
        return [(group, count) for group in kept.all_groups(unit.direct(), self._means.vault)]
