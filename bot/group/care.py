"""Keeps the group in order: what the bot may do there, what it said there, and where it stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.group import words
from bot.group.door import AWAY, said
from bot.means import Means
from storage import group as kept
from storage.group import Group
from storage.outbox import Lane, Outgoing, Row
from storage.unit import Unit

TRIED_AGAIN = timedelta(hours=1)
WITHIN = timedelta(hours=40)


class Care:
    """What is done for the group again and again."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._vault = means.vault

    async def tick(self) -> None:
        """Leave where Antenna is not at home, look at its rights, delete what is old."""
        self._means.delivery.hand_over(await self._means.done(self._tidy_up))
        group = await self._means.done(lambda unit: kept.find_group(unit, self._vault))
        if group is not None and not group.checked:
            await self._check(group)

    def _tidy_up(self, unit: Unit) -> list[Row]:
        now, vault = self._means.clock.now(), self._vault
        for chat in kept.take_guests(unit, vault, now):
            unit.send(Outgoing("leaveChat", {"chat_id": chat}))
        group = kept.find_group(unit, vault)
        if group is None:
            return unit.sent
        old = kept.take_said(unit, now)
        if old:
            params = {"chat_id": group.chat, "message_ids": old}
            unit.send(Outgoing("deleteMessages", params, Lane.CLEAN))
        waited = group.gone is not None and now - group.gone >= TRIED_AGAIN
        if waited and group.status not in AWAY:
            kept.keep_group(unit, vault, replace(group, gone=None, checked=False))
        return unit.sent

    async def _check(self, group: Group) -> None:
        """Ask Telegram what the bot may do there, and say what is missing."""
        token = self._means.settings.read_token()
        me = 0 if token is None else int(token.get_secret_value().partition(":")[0])
        asked = {"chat_id": group.chat, "user_id": me}
        try:
            member = await self._means.caller.call("getChatMember", asked)
        except ChatMigrated as error:
            moved = error.new_chat_id
            await self._means.done(
                lambda unit: kept.move_group(unit, self._vault, group.chat, moved)
            )
            return
        except (BadRequest, Forbidden):
            member = {"status": "left"}
        except TelegramError:  # Telegram is away: the next tick asks again
            return
        rows = await self._means.done(lambda unit: self._learn(unit, group, member))
        self._means.delivery.hand_over(rows)

    def _learn(self, unit: Unit, asked: Group, member: Mapping[str, Any]) -> list[Row]:
        group = kept.find_group(unit, self._vault)
        if group is None or group.chat != asked.chat:
            return unit.sent
        now, status = self._means.clock.now(), str(member.get("status", ""))
        # Of an ordinary group no bot deletes what is older than two days.
        may_delete = bool(member.get("can_delete_messages")) and group.is_super
        if status in AWAY:
            self._means.watch.note("group_gone")
        elif not may_delete:
            kept.hasten_said(unit, now + WITHIN)
            params = said(self._means.languages, group.chat, [words.NOT_DELETING])
            unit.send(Outgoing("sendMessage", params, Lane.ALERT))
        gone = (group.gone or now) if status in AWAY else None
        known = replace(group, status=status, may_delete=may_delete, checked=True, gone=gone)
        kept.keep_group(unit, self._vault, known)
        return unit.sent
