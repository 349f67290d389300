"""The pace: Telegram's windows are never overfilled; a halt stops what it should and no more."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pace import UNTIL_ONE_IS_DONE, Limits, Pace

LIMITS = Limits()


def sent_by(
    pace: Pace, chats: list[int], answers: list[float], until: float
) -> list[tuple[float, int]]:
    """Send to these chats in turn, as soon as allowed; each is answered after its delay."""
    now = 100.0
    under_way: list[tuple[float, int]] = []
    sent: list[tuple[float, int]] = []
    waiting = list(chats)
    delays = list(answers)
    while waiting and now < 100.0 + until:
        chat = waiting[0]
        wait = max(pace.wait_all(now), pace.wait_chat(chat, now))
        if wait <= 0:
            pace.start(chat, now)
            sent.append((now, chat))
            waiting.pop(0)
            under_way.append((now + delays.pop(0), chat))
            continue
        step = [end for end, _ in under_way]
        if wait < math.inf:
            step.append(now + wait)
        now = max(math.nextafter(now, math.inf), min(step))
        for end, chat_id in [one for one in under_way if one[0] <= now]:
            pace.done(chat_id, end)
            under_way.remove((end, chat_id))
    return sent


def most_within(times: list[float], seconds: float) -> int:
    """The most that fall into any window of so many seconds."""
    return max(
        (sum(1 for t in times if start <= t < start + seconds) for start in times), default=0
    )


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=150),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_no_second_holds_more_than_the_limit(chats: list[int], data: st.DataObject) -> None:
    """Wherever between sending and answer Telegram counts, at most 29 fall into a second."""
    answers = data.draw(
        st.lists(st.floats(0, 1.5), min_size=len(chats), max_size=len(chats)), label="answers"
    )
    share = data.draw(st.floats(0, 1), label="when Telegram counts, between sending and answer")
    sent = sent_by(Pace(), chats, answers, 300)
    counted = [time + delay * share for (time, _), delay in zip(sent, answers, strict=False)]
    assert len(sent) == len(chats)
    # A hair less than a second: sums of floats round.
    assert most_within(counted, 1 - 1e-6) <= LIMITS.per_second


@given(st.lists(st.sampled_from([1, 2]), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_chat_gets_its_burst_and_then_one_a_second(chats: list[int]) -> None:
    """In any stretch of time a chat gets at most four and one for every second of it."""
    sent = sent_by(Pace(), chats, [0.01] * len(chats), 300)
    for chat in (1, 2):
        times = [time for time, to in sent if to == chat]
        for first, start in enumerate(times):
            for last, end in enumerate(times[first:], first):
                assert last - first + 1 <= LIMITS.chat_burst + (end - start) + 1e-6


@given(st.floats(0, 3))
@settings(max_examples=20, deadline=None)
def test_a_group_gets_twenty_a_minute(delay: float) -> None:
    """All topics of a group together stay within Telegram's limit, however slow the answers."""
    sent = sent_by(Pace(), [-100] * 50, [delay] * 50, 300)
    assert len(sent) == 50
    assert most_within([time for time, _ in sent], 60 - 1e-6) <= LIMITS.group_per_minute


def test_broadcasts_leave_room_for_answers() -> None:
    """When broadcasts have used their share, an answer still finds a place at once."""
    pace = Pace()
    for chat in range(1, LIMITS.bulk_per_second + 1):
        assert pace.wait_all(100.0, bulk=True) == 0
        pace.start(chat, 100.0)
        pace.done(chat, 100.0)
    assert (pace.wait_all(100.0, bulk=True), pace.wait_all(100.0)) == (1.0, 0.0)


def test_while_all_places_are_under_way_the_answer_decides() -> None:
    """With nothing answered yet there is no time to be named."""
    pace = Pace()
    for chat in range(1, LIMITS.per_second + 1):
        pace.start(chat, 100.0)
    assert pace.wait_all(100.0) == UNTIL_ONE_IS_DONE
    pace.done(1, 100.4)
    assert pace.wait_all(100.5) == 100.4 + 1 - 100.5


def test_a_halt_of_one_chat_stops_that_chat_only() -> None:
    """The others go on; the halted one goes on when its time is over."""
    pace = Pace()
    pace.halt(1, 30, 100.0)
    assert (pace.wait_chat(1, 110.0), pace.wait_chat(2, 110.0), pace.wait_all(110.0)) == (20, 0, 0)
    assert pace.wait_chat(1, 130.0) == 0


def test_a_halt_never_becomes_shorter() -> None:
    """A later, smaller number does not lift an earlier halt."""
    pace = Pace()
    pace.halt(1, 30, 100.0)
    pace.halt(1, 5, 101.0)
    assert pace.wait_chat(1, 101.0) == 29


def test_a_halted_chat_can_still_be_cleaned_and_answered() -> None:
    """Deletions and answers to taps wait for halts of their own only."""
    pace = Pace()
    pace.halt(1, 30, 100.0)
    assert pace.wait_chat(1, 100.0, message=False) == 0
    pace.halt(1, 5, 100.0, message=False)
    assert pace.wait_chat(1, 100.0, message=False) == 5


def test_two_chats_halted_within_a_second_halt_all() -> None:
    """Then the bot is too fast: everything waits the shorter of the two times."""
    pace = Pace()
    pace.halt(1, 7, 100.0)
    pace.halt(2, 20, 100.5)
    assert pace.wait_all(100.5) == 6.5


def test_two_halts_far_apart_are_no_suspicion() -> None:
    """Two people who were each too fast do not stop the rest."""
    pace = Pace()
    pace.halt(1, 7, 100.0)
    pace.halt(2, 7, 101.5)
    assert pace.wait_all(101.5) == 0


def test_the_same_chat_twice_is_no_suspicion() -> None:
    """One chat that is refused again is one chat."""
    pace = Pace()
    pace.halt(1, 7, 100.0)
    pace.halt(1, 7, 100.1)
    assert pace.wait_all(100.1) == 0


def test_halts_earned_by_broadcasts_stop_broadcasts() -> None:
    """A storm of refusals for a broadcast leaves the conversations alone."""
    pace = Pace()
    pace.halt(1, 7, 100.0, bulk=True)
    pace.halt(2, 7, 100.1, bulk=True)
    assert (pace.wait_all(100.1, bulk=True) > 6, pace.wait_all(100.1)) == (True, 0.0)


def test_a_halt_of_all_has_an_end_in_sight() -> None:
    """However long Telegram names, all stop for half a minute at most and then one tries."""
    pace = Pace()
    pace.halt(1, 4000, 100.0)
    pace.halt(2, 4000, 100.0)
    assert pace.wait_all(100.0) == LIMITS.longest_halt_of_all_seconds


def test_chats_and_groups_that_are_past_take_no_memory() -> None:
    """Ten thousand chats, each written to once, leave nothing behind."""
    pace = Pace(Limits(per_second=0))
    for number in range(10_000):
        pace.start(number + 1, 100.0 + number)
        pace.start(-number - 1, 100.0 + number * 100)
        pace.done(-number - 1, 100.0 + number * 100)
    assert len(pace._chats) <= 2
    assert len(pace._groups) <= 2


def test_without_a_limit_for_the_bot_nothing_waits_for_it() -> None:
    """A server of one's own takes what it can."""
    pace = Pace(Limits(per_second=0, chat_seconds=0))
    for _ in range(1000):
        pace.start(5, 100.0)
    assert (pace.wait_all(100.0), pace.wait_chat(5, 100.0)) == (0, 0)
