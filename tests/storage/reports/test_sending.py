"""Sending: sealed to two keys or not kept at all, once, and readable by its recipients alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.report_model import Box, Ending, Level, Status
from storage.reports import Alert, Reports
from storage.vault import Recipient
from tests.storage.reports.makers import (
    ANNA,
    BRUNO,
    CARLA,
    CHAT,
    EVERYBODY,
    NOON,
    PAPER,
    a_box,
    a_report,
    recipient,
    sent,
)


def test_a_report_is_read_by_its_recipients_and_nobody_else(reports: Reports) -> None:
    """Both operators read what was sent; one who was not entitled finds nothing."""
    made = sent(reports, excluded=("desk-7",))
    for reader in (ANNA, BRUNO):
        found = reports.read(reader, made.box.id)
        assert found is not None
        assert found.answers == {"story": "They keep my passport."}
        assert (found.language, found.ending, found.excluded) == ("ar", Ending.CODE, ("desk-7",))
        assert found.recipients == (11, 12)
    assert reports.read(CARLA, made.box.id) is None
    assert reports.queue(CARLA) == []


def test_the_queue_says_what_is_urgent_and_nothing_of_the_content(reports: Reports) -> None:
    """The gravest comes first; week, number, status and the week of deletion are there."""
    for level in (Level.IRREGULAR, Level.DANGER, Level.INFORMATION):
        sent(reports, level=level)
    found = reports.queue(ANNA)
    assert [one.level for one in found] == [Level.DANGER, Level.IRREGULAR, Level.INFORMATION]
    first = found[0]
    assert (first.week, first.goes) == (date(2026, 11, 23), date(2027, 3, 1))
    assert (first.status, first.unread, first.assigned) == (Status.RECEIVED, 1, None)
    assert (first.sector, first.province, len(first.number)) == ("construction", "MB", 4)


@pytest.mark.parametrize(
    "recipients",
    [
        (),
        (PAPER,),
        (recipient(ANNA),),
        (recipient(ANNA), recipient(ANNA)),
        (PAPER, Recipient(0, ANNA.key.public)),
    ],
)
def test_with_fewer_than_two_keys_nothing_is_kept(
    reports: Reports, recipients: Sequence[Recipient]
) -> None:
    """One key, the same key twice, or no operator at all: refused, and no row is there."""
    assert reports.submit(a_report(), recipients, NOON) == ""
    assert (reports.count(), reports.alerts_waiting(), reports.tally("2026-11")) == (0, [], {})


@pytest.mark.parametrize("box", [Box("", ""), Box("zz", "00"), Box("00" * 16, "00"), Box("0", "0")])
def test_what_is_no_box_is_refused(reports: Reports, box: Box) -> None:
    """A damaged box does nothing, whatever is asked of it."""
    done = (
        reports.submit(a_report(box), EVERYBODY, NOON),
        reports.give_code(box, NOON),
        reports.keep_code(box),
        reports.add(box, "words", (), NOON),
        reports.withdraw(box, NOON),
        reports.cut_line(box, NOON),
        reports.drop_evidence(box, "00" * 16),
    )
    assert done == ("", "", False, False, False, False, False)
    assert reports.count() == 0


def test_the_same_box_is_the_same_report(reports: Reports) -> None:
    """Sent again, as after a crash, it has the same number and was counted once."""
    made = a_report()
    numbers = {reports.submit(made, EVERYBODY, NOON + timedelta(hours=n)) for n in range(3)}
    assert len(numbers) == 1
    assert (reports.count(), len(reports.alerts_waiting())) == (1, 1)
    assert reports.tally("2026-11") == {(Level.SERIOUS, "sent"): 1}


def test_a_box_opens_to_its_own_key_only(reports: Reports) -> None:
    """Whoever knows the id and not the key can neither send over it, add, withdraw nor cut."""
    made = sent(reports, ending=Ending.LINE, chat=CHAT)
    stranger = replace(made.box, key=a_box().key)
    assert reports.submit(a_report(stranger, "other"), EVERYBODY, NOON) == ""
    assert reports.add(stranger, "words", (), NOON) is False
    assert reports.withdraw(stranger, NOON) is False
    assert reports.cut_line(stranger, NOON) is False
    found = reports.read(ANNA, made.box.id)
    assert found is not None
    assert (found.line, found.words, found.answers) == (
        True,
        (),
        {"story": "They keep my passport."},
    )


def test_an_alert_tells_less_where_an_office_was_left_out(reports: Reports) -> None:
    """The group may hold its people: neither trade nor place is said there."""
    made = sent(reports, level=Level.DANGER, excluded=("desk-7",))
    number = reports.queue(ANNA)[0].number
    assert reports.alerts_waiting() == [Alert(number, Level.DANGER, "", "")]
    assert reports.queue(ANNA)[0].id == made.box.id


def test_an_alert_waits_without_content(reports: Reports) -> None:
    """Number, level, sector and province; told once, then gone; unknown numbers are no error."""
    sent(reports, level=Level.DANGER)
    number = reports.queue(ANNA)[0].number
    assert reports.alerts_waiting() == [Alert(number, Level.DANGER, "construction", "MB")]
    reports.alert_sent(["0000", number])
    assert reports.alerts_waiting() == []


@pytest.mark.parametrize("size", [0, 1, 3_900, 20_000, 200_000])
def test_a_story_of_any_length_is_kept_whole(reports: Reports, size: int) -> None:
    """From no word to many pages in any script, the answers come back as they were."""
    story = ("أخذوا جواز سفري " * (size // 16 + 1))[:size] + "\ud83d 🧱"
    made = sent(reports, story=story)
    found = reports.read(ANNA, made.box.id)
    assert found is not None
    assert found.answers == {"story": story}


def test_numbers_are_not_given_twice(reports: Reports) -> None:
    """Sixty reports have sixty numbers, of signs that are not taken for each other."""
    for _ in range(60):
        sent(reports)
    numbers = {one.number for one in reports.queue(ANNA)}
    assert len(numbers) == 60
    assert not set("".join(numbers)) & set("01ILOS")
