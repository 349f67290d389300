"""The queue: order within a strand, lanes across chats, nobody before their time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.queue import Kind, Queue, Strand, chat_of, kind_of
from bot.pace import UNTIL_ONE_IS_DONE, Limits, Pace
from storage.outbox import Lane, Policy, Row, Slot
from tests.bot.delivery.rows import row

FREE = Limits(per_second=0, chat_seconds=0, group_per_minute=10_000)
LANES = [Lane.REPLY, Lane.WELCOME, Lane.ALERT, Lane.BULK]


def taken(queue: Queue, now: float = 100.0) -> list[int]:
    """All that goes now, one after the other, in the order it goes."""
    gone: list[int] = []
    while isinstance(found := queue.next(now), Strand):
        gone.append(found.take_first().id)
        queue.enter(found)
    return gone


def filled(rows: list[Row], limits: Limits = FREE) -> Queue:
    """A queue with these rows."""
    queue = Queue(Pace(limits))
    for one in rows:
        queue.add(one)
    return queue


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from(LANES), st.booleans()),
        max_size=60,
    ),
    st.randoms(),
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_order_of_arrival_a_strand_leaves_in_order(
    wishes: list[tuple[int, Lane, bool]], chance: object
) -> None:
    """Rows may come in any order, with other rows leaving meanwhile; none is lost or doubled."""
    rows = [
        row(n, chat, lane=lane, method="deleteMessage" if quick else "sendMessage")
        for n, (chat, lane, quick) in enumerate(wishes, 1)
    ]
    chance.shuffle(rows)  # type: ignore[attr-defined]
    gone = taken(filled(rows))
    assert sorted(gone) == list(range(1, len(rows) + 1))
    where = {one.id: (chat_of(one), kind_of(one)) for one in rows}
    for strand in set(where.values()):
        mine = [number for number in gone if where[number] == strand]
        assert mine == sorted(mine)


def test_answers_go_first_and_broadcasts_last() -> None:
    """Across chats the lanes decide, within a lane who came first."""
    queue = filled(
        [
            row(1, 1, lane=Lane.BULK),
            row(2, 2, lane=Lane.WELCOME),
            row(3, 3),
            row(4, 4),
            row(5, 5, method="deleteMessages", lane=Lane.CLEAN),
            row(6, 6, method="answerCallbackQuery", lane=Lane.ANSWER),
        ]
    )
    assert taken(queue) == [6, 5, 3, 4, 2, 1]


def test_one_row_of_a_strand_is_under_way_at_a_time() -> None:
    """The second waits for the first; another chat does not."""
    queue = filled([row(1, 1), row(2, 1), row(3, 2)])
    first = queue.next(100.0)
    assert isinstance(first, Strand)
    first.send_out()
    queue.add(row(4, 1))
    assert taken(queue) == [3]
    first.take_first()
    queue.enter(first)
    assert taken(queue) == []
    first.busy = False
    queue.enter(first)
    assert taken(queue) == [2, 4]


def test_answers_and_deletions_pass_a_halted_chat_s_messages() -> None:
    """A chat that has to wait for its messages is still cleaned and its taps are answered."""
    pace = Pace(FREE)
    queue = Queue(pace)
    pace.halt(1, 30, 100.0)
    queue.add(row(1, 1))
    queue.add(row(2, 1, method="deleteMessages", lane=Lane.CLEAN))
    assert taken(queue) == [2]
    assert queue.next(100.0) == 30
    assert taken(queue, 130.0) == [1]


def test_a_broadcast_does_not_hold_up_the_conversation_of_its_chat() -> None:
    """A reply passes the broadcast before it, and the broadcast's own halt."""
    queue = filled([row(1, 1, lane=Lane.BULK), row(2, 1)])
    assert taken(queue) == [2, 1]


def test_a_strand_put_off_comes_back_at_its_time() -> None:
    """After a failure the strand sleeps, the others go on, and the wait is told."""
    queue = filled([row(1, 1), row(2, 2)])
    first = queue.next(100.0)
    assert isinstance(first, Strand)
    queue.enter(first, 105.0)
    assert taken(queue, 101.0) == [2]
    assert queue.next(101.0) == 4
    assert taken(queue, 105.0) == [1]


def test_an_empty_queue_waits_for_ever() -> None:
    """There is no time at which asking again would help."""
    assert filled([]).next(100.0) == UNTIL_ONE_IS_DONE


def test_with_no_place_for_broadcasts_the_others_still_go() -> None:
    """`bulk=False` holds back broadcasts only."""
    queue = filled([row(1, 1, lane=Lane.BULK), row(2, 2, lane=Lane.ALERT)])
    found = queue.next(100.0, bulk=False)
    assert isinstance(found, Strand)
    assert (found.take_first().id, queue.next(100.0, bulk=False)) == (2, UNTIL_ONE_IS_DONE)


def test_edits_that_wait_are_overtaken_by_the_last() -> None:
    """When a chat has to wait, only the newest state of its living message is sent."""
    pace = Pace(FREE)
    queue = Queue(pace)
    pace.halt(1, 5, 100.0)
    for number in (1, 2, 3):
        queue.add(row(number, 1, slot=Slot.EDIT))
    queue.add(row(4, 1))
    queue.add(row(5, 1, slot=Slot.EDIT))
    assert queue.next(100.0) == 5
    assert [one.id for one in queue.take_overtaken()] == [1, 2]
    assert (queue.take_overtaken(), taken(queue, 105.0)) == ([], [3, 4, 5])


def test_an_edit_that_must_go_once_is_not_overtaken() -> None:
    """What is marked in the database goes its own way to the end."""
    pace = Pace(FREE)
    queue = Queue(pace)
    pace.halt(1, 5, 100.0)
    queue.add(row(1, 1, slot=Slot.EDIT, policy=Policy.ONCE))
    queue.add(row(2, 1, slot=Slot.EDIT))
    queue.next(100.0)
    assert queue.take_overtaken() == []


def test_a_person_s_rows_are_taken_out_except_the_one_under_way() -> None:
    """Others in the same and other chats stay, and the queue goes on working."""
    queue = filled([row(1, 1), row(2, 1), row(3, 2), row(4, 1, method="deleteMessage")])
    first = queue.next(100.0)
    assert isinstance(first, Strand)
    assert first.kind is Kind.QUICK
    first.send_out()
    assert sorted(one.id for one in queue.drop_person(1)) == [1, 2]
    assert taken(queue) == [3]
    assert [one.id for one in first.rows] == [4]


def test_a_group_s_rows_move_with_it() -> None:
    """What waited for the old number goes to the new one, in order."""
    queue = filled([row(1, -1), row(2, -1), row(3, -5)])
    queue.move_chat(-1, -100)
    gone: list[tuple[int, object]] = []
    while isinstance(found := queue.next(100.0), Strand):
        one = found.take_first()
        gone.append((one.id, one.params["chat_id"]))
        queue.enter(found)
    assert gone == [(1, -100), (2, -100), (3, -5)]


def test_nothing_is_left_behind_when_all_has_gone() -> None:
    """Strands of chats without rows take no memory."""
    queue = filled([row(n, n) for n in range(1, 500)])
    taken(queue)
    assert (len(queue), len(queue._strands)) == (0, 0)
