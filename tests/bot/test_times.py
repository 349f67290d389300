"""Times and days in the settings are read as people write them, and nonsense is named."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.group.slots import is_due, latest
from bot.languages import ROME
from bot.settings import Settings, SettingsError, load_settings
from bot.times import Days, Hours, Times

SLOTS = Times(time(9), time(15))


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("alert_times", "9:00, 15:30", Times(time(9), time(15, 30))),
        ("alert_times", "18:00,08:15", Times(time(8, 15), time(18))),
        ("service_hours", "08:30 - 17:00", Hours(time(8, 30), time(17))),
        ("holidays", "7/12", Days(((12, 7),))),
        ("holidays", "24/6, 29/2,", Days(((2, 29), (6, 24)))),
    ],
)
def test_times_are_read(
    name: str, written: str, read: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In any order, with or without spaces and zeros; what is shown is read again."""
    monkeypatch.setenv(f"ANTENNA_{name.upper()}", written)
    assert getattr(load_settings(None), name) == read
    monkeypatch.setenv(f"ANTENNA_{name.upper()}", str(read))
    assert getattr(load_settings(None), name) == read


@pytest.mark.parametrize(
    ("name", "written"),
    [
        *(
            ("alert_times", bad)
            for bad in ("9:00", "9:00,9:00", "02:59,9:00", "9,15", "25:00,9:00")
        ),
        *(("service_hours", bad) for bad in ("18:00-09:00", "9-18", "09:00", "09:00-09:00")),
        *(("holidays", bad) for bad in ("31/2", "12", "7-12", "7/13", "x")),
    ],
)
def test_nonsense_is_named(name: str, written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named with what it must be, never with what it held."""
    monkeypatch.setenv(f"ANTENNA_{name.upper()}", written)
    with pytest.raises(SettingsError, match=rf"ANTENNA_{name.upper()}: must .*like"):
        load_settings(None)


def test_the_defaults_are_nine_and_three() -> None:
    """As the contract with the offices says."""
    assert Settings.model_fields["alert_times"].default == SLOTS


def every_minute(first: str, days: int) -> list[datetime]:
    """Every minute of some days."""
    start = datetime.fromisoformat(first)
    return [start + timedelta(minutes=n) for n in range(days * 24 * 60)]


@pytest.mark.parametrize("night", ["2026-10-24T12:00+00:00", "2027-03-27T12:00+00:00"])
def test_the_nights_the_clocks_change_miss_nothing(night: str) -> None:
    """Minute by minute over both changes: each slot is due once, at nine and at three in Italy."""
    told = latest(datetime.fromisoformat(night), SLOTS, ROME)
    found = []
    for now in every_minute(night, 3):
        slot = is_due(now, told, SLOTS, ROME)
        if slot is not None:
            found.append((f"{now.astimezone(ROME):%d %H:%M}", slot == now))
            told = slot
    times = [moment.split()[1] for moment, _ in found]
    assert times == ["15:00", "09:00", "15:00", "09:00", "15:00", "09:00"][-len(times) :]
    assert len(times) == 6
    assert all(sharp for _, sharp in found)


def test_a_slot_is_due_when_it_strikes() -> None:
    """At nine sharp the slot of nine is due, a minute earlier that of three the day before."""
    nine = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert latest(nine, SLOTS, ROME) == nine
    assert latest(nine - timedelta(minutes=1), SLOTS, ROME) == nine - timedelta(hours=18)
