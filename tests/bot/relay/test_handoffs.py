"""The console's way to the deeds: done, committed, handed over, told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from bot.clock import Clock
from bot.delivery import Delivery, StorageLedger
from bot.means import Means
from bot.pace import Limits, Pace
from bot.relay.handoffs import Handoffs
from bot.relay.meeting import Wanted
from bot.relay.news import News
from bot.settings import load_settings
from bot.watch import Silent
from flows.handoff_model import LineKind, LineState, Reason, State, Urgency
from storage.handoffs import Content
from tests.bot.relay.office import Bureau


class Telegram:
    """Takes every call and numbers what it makes."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Take a call."""
        self.calls.append((method, dict(params or {})))
        return {"message_id": 500 + len(self.calls)} if method.startswith("send") else True


async def test_every_verb_is_done_and_told(bureau: Bureau) -> None:
    """What goes out goes, its end is on the line, and whoever listens hears of each change."""
    handoff = bureau.asks(language="it")
    telegram, news = Telegram(), News()
    ledger = StorageLedger(bureau.writer.submit, news.tell)
    delivery = Delivery(telegram, ledger, Pace(Limits(per_second=1000.0)), clock=Clock())
    await delivery.start()
    means = Means(
        telegram,
        bureau.writer,
        delivery,
        bureau.database.vault,
        bureau.languages,
        Clock(),
        Silent(),
        load_settings(None),
    )
    handoffs, anna, bruno = Handoffs(means, news), bureau.anna, bureau.bruno
    hello = Content(LineKind.TEXT, "Buongiorno")
    async with news.listen() as ear:
        said = await handoffs.say(anna, handoff.id, hello)
        heard = await ear.take()
        await delivery.quiet()
        landed = await ear.take()
        assert said.line is not None
        changed = Content(LineKind.TEXT, "Buonasera")
        dones = [
            await handoffs.edit(anna, handoff.id, said.line.id, changed),
            await handoffs.note(anna, handoff.id, "una nota"),
            await handoffs.urgency(anna, handoff.id, Urgency.SOON),
            await handoffs.mediator(anna, handoff.id),
            await handoffs.release(anna, handoff.id),
            await handoffs.claim(bruno, handoff.id),
            await handoffs.take_over(anna, handoff.id, "Bruno è via"),
        ]
        tomorrow = means.clock.now() + timedelta(days=1)
        dones.append(await handoffs.appointment(anna, handoff.id, Wanted(tomorrow, "Desio")))
        await delivery.quiet()
        line = cast(Any, dones[-1].line)
        dones += [
            await handoffs.undo(anna, handoff.id, line.id),
            await handoffs.hand_on(anna, handoff.id, "carate", "abita là"),
            await handoffs.close(bureau.carla, handoff.id, Reason.ANSWERED),
            await handoffs.reopen(bureau.carla, handoff.id),
        ]
    await delivery.quiet()
    await delivery.stop()
    assert (said.ok, [done.ok for done in dones]) == (True, [True] * len(dones))
    assert (heard, landed) == ({handoff.id}, {handoff.id})
    assert bureau.lines(handoff.id)[0].state is LineState.SENT
    assert bureau.handoff(handoff.id).state is State.CLAIMED
    methods = [method for method, _params in telegram.calls]
    assert methods == [
        "sendMessage",
        "editMessageText",
        "sendMessage",
        "deleteMessage",
        "sendMessage",
        "sendMessage",
    ]
