"""The brake: who writes too fast waits, is told once, and harms nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flood import Brake, Verdict

SECRET = b"0123456789abcdef"
PASS, NOTICE, HOLD = Verdict.PASS, Verdict.NOTICE, Verdict.HOLD


def verdicts(brake: Brake, chat_id: int, times: list[float]) -> list[Verdict]:
    """What is said to messages of one chat at these times."""
    return [brake.verdict(chat_id, time) for time in times]


def test_thirty_pass_one_notice_and_then_silence() -> None:
    """The thirty-first message within ten seconds is told so; the rest are only confirmed."""
    times = [100 + number * 0.01 for number in range(1000)]
    assert verdicts(Brake(SECRET), 7, times) == [PASS] * 30 + [NOTICE] + [HOLD] * 969


def test_others_are_not_touched() -> None:
    """The flood of one chat is nothing to another."""
    brake = Brake(SECRET)
    verdicts(brake, 7, [100.0] * 100)
    assert verdicts(brake, 8, [100.0] * 30) == [PASS] * 30


def test_quiet_lifts_the_brake() -> None:
    """Ten seconds after the last message the chat is heard again, with its full measure."""
    brake = Brake(SECRET)
    verdicts(brake, 7, [100.0] * 31)
    assert verdicts(brake, 7, [109.0, 118.9, 128.9]) == [HOLD, HOLD, PASS]
    assert verdicts(brake, 7, [129.0] * 30) == [PASS] * 29 + [NOTICE]


def test_a_steady_writer_is_never_held() -> None:
    """Three messages a second, for an hour, are within the measure."""
    times = [number * 0.34 for number in range(10_000)]
    assert set(verdicts(Brake(SECRET), 7, times)) == {PASS}


@given(st.lists(st.floats(0, 60), max_size=200))
def test_never_more_than_thirty_pass_in_ten_seconds(moments: list[float]) -> None:
    """Whatever the rhythm, the measure holds for every stretch of ten seconds."""
    times = sorted(moments)
    passed = [
        time
        for time, verdict in zip(times, verdicts(Brake(SECRET), 7, times), strict=True)
        if verdict is PASS
    ]
    assert all(later - first >= 10 for first, later in zip(passed, passed[30:], strict=False))


def test_memory_is_bounded_and_holds_no_chat_id() -> None:
    """A hundred thousand chats leave the newest few, under keys that tell nothing."""
    brake = Brake(SECRET, chats=50)
    for chat_id in range(1_000_000, 1_002_000):
        brake.verdict(chat_id, 1.0)
    assert len(brake) == 50
    assert all(isinstance(key, bytes) and len(key) == 8 for key in brake._chats)


def test_groups_and_long_numbers_have_keys_too() -> None:
    """Negative and 63-bit chat ids are counted like others."""
    brake = Brake(SECRET)
    assert [brake.verdict(chat, 1.0) for chat in (-(2**63), 2**63 - 1, -1, 0)] == [PASS] * 4


def test_a_brake_needs_a_secret() -> None:
    """Without one its keys could be turned back into chat ids."""
    with pytest.raises(ValueError, match="secret"):
        Brake(b"short")
