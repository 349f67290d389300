"""Keeps the groups in order: what the bot may do there, what it said there, and where it stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.group import words
from bot.group.door import AWAY, said
from bot.means import Means
from bot.telegram.shapes import bot_number
from flows.text import Text
from storage import group as kept
from storage.group import Group
from storage.handoffs.left import take_undeleted
from storage.outbox import Lane, Outgoing, Row
from storage.unit import Unit

TRIED_AGAIN = timedelta(hours=1)
LOOKED_AGAIN = timedelta(minutes=10)
WITHIN = timedelta(hours=40)


class Care:
    """What is done for the groups again and again."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._vault = means.vault
        self._looked: dict[int, datetime] = {}

    async def tick(self) -> None:
        """Leave where Antenna is not at home, look at its rights, delete what is old."""
        self._means.delivery.hand_over(await self._means.done(self._tidy_up))
        for group in await self._means.done(self._unchecked):
            await self._check(group)

    def _unchecked(self, unit: Unit) -> list[Group]:
        """The groups whose rights are not known, and now and then those without topics: that a
        group has them now, Telegram tells nobody."""
        now, topics = self._means.clock.now(), kept.needs_topics(unit.reading())
        found = []
        for one in kept.all_groups(unit.reading(), self._vault):
            lately = one.id in self._looked and now - self._looked[one.id] < LOOKED_AGAIN
            lacking = topics and not one.is_forum and one.gone is None
            if not one.checked or (lacking and not lately):
                self._looked[one.id] = now
                found.append(one)
        return found

    def _tidy_up(self, unit: Unit) -> list[Row]:
        now, vault, connection = self._means.clock.now(), self._vault, unit.direct()
        for chat in kept.take_guests(unit, vault, now):
            unit.send(Outgoing("leaveChat", {"chat_id": chat}))
        for group in kept.all_groups(connection, vault):
            old = kept.take_said(connection, group.id, now)
            if old:
                params = {"chat_id": group.chat, "message_ids": old}
                unit.send(Outgoing("deleteMessages", params, Lane.CLEAN))
            waited = group.gone is not None and now - group.gone >= TRIED_AGAIN
            if waited and group.status not in AWAY:
                kept.keep_group(connection, vault, replace(group, gone=None, checked=False))
        return unit.sent

    async def _check(self, group: Group) -> None:
        """Ask Telegram what the bot may do there, and say what is missing."""
        token = self._means.settings.read_token()
        me = 0 if token is None else bot_number(token.get_secret_value())
        call, there = self._means.caller.call, {"chat_id": group.chat}
        chat: Any = None
        try:
            member = await call("getChatMember", {**there, "user_id": me})
            chat = await call("getChat", there)
        except ChatMigrated as error:
            await self._follow(group, error.new_chat_id)
            return
        except (BadRequest, Forbidden):
            member = {"status": "left"}
        except TelegramError:  # Telegram is away: the next tick asks again
            return
        rows = await self._means.done(lambda unit: self._learn(unit, group, member, chat))
        self._means.delivery.hand_over(rows)

    async def _follow(self, group: Group, new: int) -> None:
        await self._means.done(
            lambda unit: kept.move_group(unit.direct(), self._vault, group.chat, new)
        )

    def _learn(self, unit: Unit, asked: Group, member: Mapping[str, Any], chat: Any) -> list[Row]:
        connection = unit.direct()
        group = kept.find_group(connection, self._vault, asked.id)
        if group is None or group.chat != asked.chat:
            return unit.sent
        now, status = self._means.clock.now(), str(member.get("status", ""))
        away = status in AWAY
        known = replace(
            group,
            status=status,
            # Of an ordinary group no bot deletes what is older than two days.
            may_delete=bool(member.get("can_delete_messages")) and group.is_super,
            may_topics=bool(member.get("can_manage_topics")),
            is_forum=isinstance(chat, Mapping) and bool(chat.get("is_forum")),
            checked=True,
            gone=(group.gone or now) if away else None,
        )
        kept.keep_group(connection, self._vault, known)
        if away:
            self._means.watch.note("group_gone")
            return unit.sent
        if not known.may_delete:
            kept.hasten_said(connection, group.id, now + WITHIN)
        for topic in take_undeleted(connection, group.id) if known.may_delete else ():
            gone = {"chat_id": group.chat, "message_thread_id": topic}
            unit.send(Outgoing("deleteForumTopic", gone, Lane.CLEAN))
        lacking = missing(known, topics=kept.needs_topics(connection))
        if asked.checked:  # it was said before: only that there are topics now is news
            lacking = [] if lacking else [words.COMPLETE]
        if lacking:
            params = said(self._means.languages, group.chat, lacking)
            unit.send(Outgoing("sendMessage", params, Lane.ALERT))
        return unit.sent


def missing(group: Group, *, topics: bool) -> list[Text]:
    """What is missing in a group for all that is shown there, and how to mend it."""
    found = [] if group.may_delete else [words.NOT_DELETING]
    if topics and not group.is_forum:
        found.append(words.NOT_FORUM)
    elif topics and not group.may_topics:
        found.append(words.NOT_TOPICS)
    return found
