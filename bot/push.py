"""Tells somebody who left a reply line that there is an answer: once, and nothing of what it says.

The address is handed in, opened by an operator a moment ago, and is forgotten here. The message is
in no database before it leaves, and at most once on its way: each one is seen by whoever holds the
phone.
"""

from __future__ import annotations

from datetime import timedelta

from bot.console.reports.sent import Fate as Landed
from bot.delivery.sending import Fate
from bot.means import Means
from bot.showing import NEUTRAL
from flows.directory import PUSHED
from flows.effects import Json
from flows.model import Person
from flows.text import Text, _
from storage.outbox import Lane, Outgoing, Policy
from storage.reports import Push
from storage.unit import Unit

WASHED = timedelta(minutes=60)
_ANSWER = _("✉️ There is an answer for you.")
_BUTTONS = (
    ("code", _("🔑 Read with my code")),
    ("line", _("✂️ Stop these messages")),
)


class Pusher:
    """Sends such messages."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def push(self, push: Push) -> Landed:
        """Send one; come back when it is known what became of it."""
        means = self._means

        def look(unit: Unit) -> tuple[Person | None, bool]:
            person = unit.person(push.chat_id)
            return person, person is not None and unit.reachable(person.id)

        person, reachable = await means.done(look)
        # They blocked the bot, asked to be forgotten, or somebody looks at their phone since then.
        if person is None or not reachable or person.careful:
            means.watch.count("push_failed")
            return Landed.FAILED
        sent = await means.delivery.send(self._outgoing(push, person))
        landed = _LANDED.get(sent.fate, Landed.FAILED)
        means.watch.count(_EVENTS[landed])
        return landed

    def _outgoing(self, push: Push, person: Person) -> Outgoing:
        means, now = self._means, self._means.clock.now()
        words = means.languages.words(person.language or push.language)
        lines: tuple[Text, ...] = (NEUTRAL[now.toordinal() % len(NEUTRAL)], _ANSWER)
        keys: list[Json] = [
            [{"text": words.plain(label), "callback_data": f"{PUSHED}:0:{flow}"}]
            for flow, label in _BUTTONS
        ]
        params: dict[str, Json] = {
            "chat_id": push.chat_id,
            "text": "\n\n".join(words.html(line) for line in lines),
            "parse_mode": "HTML",
            "disable_notification": True,
            "reply_markup": {"inline_keyboard": keys},
        }
        stays = timedelta(minutes=means.settings.wash_minutes) if push.careful else WASHED
        return Outgoing(
            "sendMessage",
            params,
            Lane.REPLY,
            Policy.ONCE,
            person_id=person.id,
            wash_at=now + stays,
        )


_LANDED = {Fate.SENT: Landed.SENT, Fate.UNKNOWN: Landed.UNKNOWN}
_EVENTS = {
    Landed.SENT: "push_sent",
    Landed.FAILED: "push_failed",
    Landed.UNKNOWN: "push_unknown",
}
