"""What Telegram has carried out for the outbox: which rows, in which order, and how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.delivery.sending import QUICK_METHODS
from bot.local.state import Call
from tests.faults.process import BULK, ROW


@dataclass
class Sent:
    """What Telegram has carried out for the outbox: rows, in order, and how often each.

    Order is kept in a conversation; broadcasts go beside it.
    """

    order: dict[int, list[int]]
    times: Counter[int]
    visible: Counter[int]
    repeated_by_chat: Counter[int]
    broadcasts: int = 0

    @property
    def repeated(self) -> int:
        """How many messages people have seen twice."""
        return self.repeated_by_chat.total()

    def out_of_order(self) -> list[str]:
        """Chats in which a row went out after one that came after it, for the first time."""
        wrong = []
        for chat_id, rows in self.order.items():
            first = list(dict.fromkeys(rows))
            if first != sorted(first):
                wrong.append(f"chat {chat_id % 1000}: rows {first}")
        return wrong


def read_sent(calls: Iterable[Call]) -> Sent:
    """What the call log of the local Telegram says."""
    order: dict[int, list[int]] = defaultdict(list)
    times: Counter[int] = Counter()
    visible: Counter[int] = Counter()
    repeated: Counter[int] = Counter()
    broadcasts = 0
    for call in calls:
        row = call.params.get(ROW)
        if row is None or call.error_code is not None:
            continue
        times[row] += 1
        if call.method not in QUICK_METHODS and not call.params[BULK]:
            order[call.params["chat_id"]].append(row)
        broadcasts += bool(call.params[BULK])
        if call.method.startswith("send"):
            repeated[call.params["chat_id"]] += visible[row] > 0
            visible[row] += 1
    return Sent(order, times, visible, repeated, broadcasts)
