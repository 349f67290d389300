"""The house: what is over goes, what is kept has no order, and only counters remember."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows.report_model import Level, Status, Words
from storage.reports import Leaving, Open, Reports
from tests.storage.reports.conftest import Place
from tests.storage.reports.makers import ANNA, BRUNO, CHAT, NOON, Ending, a_code, kept, sent

END = date(2027, 3, 1)  # the Monday after ninety days


def test_a_report_goes_in_the_week_after_ninety_days(reports: Reports) -> None:
    """The day before that Monday it is there, on it it is gone, and one counter says so."""
    sent(reports)
    end = NOON.replace(year=2027, month=3, day=1)
    assert (reports.retain(end - timedelta(days=1)), reports.count()) == (0, 1)
    assert (reports.retain(end), reports.count(), reports.queue(ANNA)) == (1, 0, [])
    assert reports.tally("2027-03") == {(Level.SERIOUS, "expired"): 1}
    assert reports.tally("2026-11") == {(Level.SERIOUS, "sent"): 1}


def test_whatever_happens_postpones_the_end(reports: Reports) -> None:
    """Each act of either side gives it ninety days more; looking at it does not."""
    later = NOON + timedelta(days=30)
    for act, longer in (
        (lambda made: reports.reply(ANNA, made.box.id, Words(True, "x"), later), True),
        (lambda made: reports.note(ANNA, made.box.id, "x", later), True),
        (lambda made: reports.add(made.box, "x", (), later), True),
        (lambda made: reports.assign(ANNA, made.box.id, 12, later), True),
        (lambda made: reports.read(ANNA, made.box.id), False),
        (lambda made: reports.add(made.box, "", (), later), False),
    ):
        made = sent(reports)
        act(made)
        goes = {one.id: one.goes for one in reports.queue(ANNA)}[made.box.id]
        assert (goes > END) is longer


def test_a_warning_comes_two_weeks_before_and_once(reports: Reports) -> None:
    """It waits until it was told; what happens takes it back, and later it comes again."""
    made = sent(reports)
    number = reports.queue(ANNA)[0].number
    early = NOON.replace(year=2027, month=2, day=14)
    assert reports.leaving(early) == []
    warning = early + timedelta(days=1)
    goes = [Leaving(number, Level.SERIOUS, END)]
    assert [reports.leaving(warning) for _night in range(2)] == [goes, goes]
    reports.leaving_told([number, "none"], warning)
    assert reports.leaving(warning) == []
    reports.note(ANNA, made.box.id, "not yet", warning)
    reports.leaving_told([number], warning)
    assert reports.leaving(warning) == []
    assert reports.leaving(warning + timedelta(days=90)) != []


def test_a_withdrawn_report_leaves_a_counter(reports: Reports) -> None:
    """Nobody finds it, its alert is not sent, its code opens nothing; a second time is no error."""
    made = sent(reports, level=Level.DANGER, ending=Ending.LINE, chat=CHAT)
    code = a_code(reports, made)
    assert reports.withdraw(made.box, NOON) is True
    assert reports.withdraw(made.box, NOON) is True
    assert (reports.count(), reports.alerts_waiting(), reports.queue(ANNA)) == (0, [], [])
    assert reports.open_by_code(code, NOON) is None
    assert reports.tally("2026-11") == {
        (Level.DANGER, "sent"): 1,
        (Level.DANGER, "withdrawn"): 1,
    }


def test_an_alert_lives_two_nights_at_most(reports: Reports) -> None:
    """Where no group is told, what waits for it is not kept for ever."""
    sent(reports)
    reports.retain(NOON)
    assert len(reports.alerts_waiting()) == 1
    reports.retain(NOON + timedelta(days=1))
    assert reports.alerts_waiting() == []


def test_what_nobody_answered_is_known_without_a_key(reports: Reports) -> None:
    """Number, level and week of each report without an answer, the gravest first."""
    for level in (Level.IRREGULAR, Level.DANGER):
        sent(reports, level=level)
    done = sent(reports)
    reports.set_status(ANNA, done.box.id, Status.WORK, "", NOON)
    numbers = {one.level: one.number for one in reports.queue(ANNA)}
    week = date(2026, 11, 23)
    assert reports.unanswered() == [
        Open(numbers[level], level, week) for level in (Level.DANGER, Level.IRREGULAR)
    ]


def test_mixing_changes_nothing_that_is_read(reports: Reports) -> None:
    """After the tables were written anew, everything is there as before."""
    made = sent(reports, ending=Ending.LINE, chat=CHAT)
    code = a_code(reports, made)
    reports.reply(ANNA, made.box.id, Words(True, "x"), NOON)
    reports.note(BRUNO, made.box.id, "y", NOON)
    for _ in range(5):
        sent(reports)
    reports.read(ANNA, made.box.id)
    before = (reports.read(ANNA, made.box.id), reports.queue(BRUNO), reports.tally("2026-11"))
    assert reports.shuffle() is True
    after = (reports.read(ANNA, made.box.id), reports.queue(BRUNO), reports.tally("2026-11"))
    assert [one.id for one in after[1]] == [one.id for one in before[1]]
    assert (after[0], after[2]) == (before[0], before[2])
    assert reports.open_by_code(code, NOON) is not None
    assert len(reports.alerts_waiting()) == 6
    assert reports.reply(ANNA, made.box.id, Words(True, "x"), NOON) is not None


def test_a_night_does_all_of_it(reports: Reports) -> None:
    """Files stay whole and where they were; what is over goes."""
    made = sent(reports)
    evidence = kept(reports, made.box)
    reports.add(made.box, "", (evidence.id,), NOON)
    assert reports.night(NOON) == 0
    assert reports.evidence(ANNA, made.box.id, evidence.id) is not None
    assert reports.night(NOON + timedelta(days=400)) == 1


def test_a_tick_lets_go_and_mixes_once(reports: Reports) -> None:
    """What came since the last tick is mixed; where nothing came, nothing is written."""
    made = sent(reports)
    reports.mailboxes.prepare()
    reports.give_code(made.box, NOON)
    reports.tick(NOON + timedelta(minutes=31))
    assert reports.keep_code(made.box) is False
    reports.tick(NOON)
    assert reports.purge() is True


@pytest.mark.parametrize("days", [1, 30, 365])
def test_how_long_is_kept_is_a_setting(place: Place, days: int) -> None:
    """A report stays at least so many days, and goes in the week after."""
    reports = place.open(report_days=days)
    sent(reports)
    assert reports.retain(NOON + timedelta(days=days - 1)) == 0
    assert reports.retain(NOON + timedelta(days=days + 7)) == 1
    reports.close(NOON)
