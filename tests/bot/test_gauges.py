"""The figures of what waits and what is kept, brought up to date now and then."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import gauges
from bot.delivery import Delivery, Flow
from bot.gauges import Gauges
from bot.metrics import Metrics
from bot.pace import Limits, Pace
from bot.telegram.client import TelegramClient
from bot.watchman import Watchman
from storage.counting import Counted
from storage.database import Database, default_url
from storage.errors import DatabaseError
from storage.outbox import Lane
from tests.bot.delivery.rows import Memory, row
from tests.bot.test_metrics import figures

HALTED = Flow(under_way=0)


async def test_what_waits_and_who_is_kept_is_shown(
    client: TelegramClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Rows that cannot leave yet are shown by lane, people and conversations rounded."""
    database = Database.open(default_url(tmp_path), data=tmp_path)
    waiting = Memory([row(1), row(2), row(3, 9, lane=Lane.BULK)])
    delivery, metrics = Delivery(client, waiting, Pace(Limits()), flow=HALTED), Metrics()
    await delivery.start()
    monkeypatch.setattr(gauges, "count_kept", lambda asked: Counted(123, 118))
    await Gauges(database, delivery, metrics, Watchman(metrics)).show()
    shown = {lane: rows for lane, rows in figures(metrics, "outbox").items() if rows}
    assert shown == {'lane="reply"': 2.0, 'lane="bulk"': 1.0}
    assert figures(metrics, "people") == {"": 120.0}
    assert figures(metrics, "conversations") == {"": 120.0}
    await delivery.stop(0)
    database.close()


async def test_with_the_database_away_the_last_figures_stay(
    client: TelegramClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is guessed, and the failure is told as an event."""
    database = Database.open(default_url(tmp_path), data=tmp_path)
    delivery, metrics = Delivery(client, Memory(), Pace(Limits())), Metrics()
    metrics.show_people(50, 50)

    def away(asked: Database) -> Counted:
        raise DatabaseError

    monkeypatch.setattr(gauges, "count_kept", away)
    await Gauges(database, delivery, metrics, Watchman(metrics)).show()
    assert figures(metrics, "people") == {"": 50.0}
    assert figures(metrics, "events_total") == {'event="counting_failed"': 1.0}
    database.close()
