"""What an operator can open is found one by one as in the queue, and its changes show."""

from __future__ import annotations

from flows.report_model import Status, Words
from storage.reports import Reports
from tests.storage.reports.makers import ANNA, BRUNO, CARLA, NOON, recipient, sent


def test_one_is_found_as_it_stands_in_the_queue(reports: Reports) -> None:
    """However long the queue is, a report of it is looked up by its id."""
    for _ in range(3):
        sent(reports)
    queue = reports.queue(ANNA)
    assert [reports.find(ANNA, one.id) for one in queue] == queue


def test_what_is_not_sealed_to_somebody_is_not_found(reports: Reports) -> None:
    """Neither by whoever has no key, nor by a wrong id, nor with another's key."""
    box = sent(reports).box
    tries = [(CARLA, box.id), (ANNA, "00" * 16), (ANNA, "not an id"), (ANNA, "")]
    assert [reports.find(who, id_) for who, id_ in tries] == [None] * 4
    swapped = type(ANNA)(ANNA.operator_id, CARLA.key)
    assert reports.find(swapped, box.id) is None


def test_the_state_changes_with_everything_that_is_shown(reports: Reports) -> None:
    """A new report, a status, a doubt, who has it: each is news; looking again is none."""
    box = sent(reports).box
    seen = [reports.state(ANNA)]
    assert reports.state(ANNA) == seen[0]
    deeds = (
        lambda: sent(reports),
        lambda: reports.set_status(ANNA, box.id, Status.WORK, "", NOON),
        lambda: reports.assign(ANNA, box.id, BRUNO.operator_id, NOON),
        lambda: reports.doubt(ANNA, box.id, "twice the same", NOON),
        lambda: reports.add(box, "I have more to tell.", (), NOON),
    )
    for deed in deeds:
        deed()
        seen.append(reports.state(ANNA))
    assert len(set(seen)) == len(seen)


def test_the_state_is_of_ones_own_queue(reports: Reports) -> None:
    """What happens to the reports of others is no news, and an empty queue has its own state."""
    before = reports.state(CARLA)
    box = sent(reports).box
    reports.reply(ANNA, box.id, Words(True, "", "thanks"), NOON)
    assert reports.state(CARLA) == before
    reports.hand_on(ANNA, box.id, recipient(CARLA), NOON)
    assert reports.state(CARLA) != before
