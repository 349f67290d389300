"""Codes: shown until somebody says that they have it, void otherwise, and nothing without."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from flows.report_model import Ending, Status, Words
from storage.reports import Reports
from storage.reports.mailboxes import BEHIND, Given, Mailboxes
from storage.reports_schema import mailbox, report
from storage.vault import LIGHT_EFFORT
from tests.storage.reports.conftest import Place
from tests.storage.reports.makers import ANNA, CHAT, NOON, a_box, a_code, sent

LATER = NOON + timedelta(minutes=30)


def ending(reports: Reports) -> str:
    """How the one report there is ends, as its row says."""
    with reports.database.reading() as connection:
        return str(connection.execute(select(report.c.ending)).scalar_one())


def mailboxes(reports: Reports) -> int:
    """How many mailboxes there are."""
    with reports.database.reading() as connection:
        return len(connection.execute(select(mailbox.c.kept)).all())


def test_a_kept_code_opens_the_report_again(reports: Reports) -> None:
    """Whoever types the code has the box again, the status, and what the office said."""
    made = sent(reports)
    code = a_code(reports, made)
    reports.reply(ANNA, made.box.id, Words(True, canned="thanks"), NOON)
    reports.reply(ANNA, made.box.id, Words(True, "Come on Tuesday", language="it"), NOON)
    opened = reports.open_by_code(code, NOON)
    assert opened is not None
    assert (opened.box, opened.status, opened.line) == (made.box, Status.RECEIVED, False)
    assert opened.words == (
        Words(True, "", "thanks", ""),
        Words(True, "Come on Tuesday", "", "it"),
    )
    assert opened.unread == 2


@pytest.mark.parametrize("code", ["", "0", "0000000000000000", "abc", "9" * 40])
def test_a_wrong_code_opens_nothing(reports: Reports, code: str) -> None:
    """Whatever it looks like, it is only unknown."""
    a_code(reports, sent(reports))
    assert reports.open_by_code(code, NOON) is None


def test_a_code_is_shown_again_until_it_is_kept(reports: Reports) -> None:
    """Asked for twice it is the same code; once somebody has it, none is shown any more."""
    made = sent(reports)
    reports.mailboxes.prepare()
    reports.mailboxes.prepare()
    first = reports.give_code(made.box, NOON)
    assert len(first) == 16
    assert reports.give_code(made.box, NOON + timedelta(minutes=29)) == first
    assert (reports.keep_code(made.box), reports.keep_code(made.box)) == (True, True)
    assert reports.give_code(made.box, NOON) == ""
    assert mailboxes(reports) == 1


def test_without_a_stock_no_code_is_given(reports: Reports) -> None:
    """Nobody waits for a derivation: an empty answer says to ask again."""
    made = sent(reports)
    assert reports.give_code(made.box, NOON) == ""
    reports.mailboxes.prepare()
    assert reports.give_code(a_box(), NOON) == ""
    assert mailboxes(reports) == 0


def test_an_unconfirmed_code_is_void_after_half_an_hour(reports: Reports) -> None:
    """It opens nothing, the report stays and says that no answer can be fetched."""
    made = sent(reports)
    reports.mailboxes.prepare()
    code = reports.give_code(made.box, NOON)
    assert reports.void_codes(LATER - timedelta(seconds=1)) == 0
    assert (reports.void_codes(LATER), reports.void_codes(LATER)) == (1, 0)
    assert reports.open_by_code(code, LATER) is None
    assert reports.keep_code(made.box) is False
    assert (reports.count(), mailboxes(reports), ending(reports)) == (1, 0, "nothing")


def test_a_later_code_can_still_be_given_and_kept(reports: Reports) -> None:
    """After one was let go, another opens, and the report can be answered again."""
    made = sent(reports)
    reports.mailboxes.prepare()
    reports.give_code(made.box, NOON)
    reports.void_codes(LATER)
    code = a_code(reports, made)
    assert reports.open_by_code(code, LATER) is not None
    assert ending(reports) == "code"


def test_no_unconfirmed_code_outlives_a_restart(place: Place) -> None:
    """What was only in memory is gone, so the code is; a kept one opens as before."""
    first = place.open()
    lost, good = sent(first), sent(first)
    first.mailboxes.prepare()
    void = first.give_code(lost.box, NOON)
    code = a_code(first, good)
    first.close(NOON)
    second = place.open()
    second.void_codes(NOON)
    assert second.open_by_code(void, NOON) is None
    opened = second.open_by_code(code, NOON)
    assert opened is not None
    assert opened.box == good.box
    second.close(NOON)


def test_opening_is_noted_later_and_postpones_the_end(reports: Reports) -> None:
    """After `settle` nothing counts as unread, and the report is kept for longer."""
    made = sent(reports)
    code = a_code(reports, made)
    reports.reply(ANNA, made.box.id, Words(True, "Yes"), NOON)
    before = reports.queue(ANNA)[0].goes
    later = NOON + timedelta(days=40)
    assert reports.open_by_code(code, later) is not None
    assert reports.queue(ANNA)[0].goes == before
    assert (reports.settle(later), reports.settle(later)) == (1, 0)
    opened = reports.open_by_code(code, later)
    assert opened is not None
    assert opened.unread == 0
    assert reports.queue(ANNA)[0].goes == before + timedelta(days=35)


def test_a_code_that_was_used_counts_as_kept(reports: Reports) -> None:
    """Somebody who opens with a code that is still being shown has it."""
    made = sent(reports)
    reports.mailboxes.prepare()
    code = reports.give_code(made.box, NOON)
    assert reports.open_by_code(code, NOON) is not None
    reports.settle(NOON)
    assert reports.void_codes(LATER) == 0
    assert reports.open_by_code(code, LATER) is not None


def test_a_line_stays_where_its_code_is_void(reports: Reports) -> None:
    """The office can still write to somebody who only did not confirm the code."""
    made = sent(reports, ending=Ending.LINE, chat=CHAT)
    reports.mailboxes.prepare()
    reports.give_code(made.box, NOON)
    reports.void_codes(LATER)
    assert ending(reports) == "line"
    assert reports.reply(ANNA, made.box.id, Words(True, "Yes"), NOON) is not None


def test_a_mailbox_moved_to_another_report_opens_nothing(reports: Reports) -> None:
    """Whoever changes rows cannot make a code open somebody else's report."""
    mine, other = sent(reports), sent(reports)
    code = a_code(reports, mine)
    with reports.database.writing() as connection:
        connection.execute(mailbox.update().values(report_id=bytes.fromhex(other.box.id)))
    with pytest.raises(Exception, match="does not open"):
        reports.open_by_code(code, NOON)


def test_the_stock_is_filled_beside_the_work_and_never_over_its_size() -> None:
    """A thread of its own keeps so many ready; each is taken once; after the end there is none."""
    stock = Mailboxes(bytes(16), LIGHT_EFFORT, ready=2)
    stock.start()
    codes = set()
    while len(codes) < 7:
        taken = stock.take()
        if taken is not None:
            codes.add(taken.code)
        assert stock.ready() <= 2
    stock.close()
    assert (stock.ready(), stock.take()) == (0, None)


def test_codes_are_made_behind_the_turns_of_people() -> None:
    """The thread ranks below the rest of the process, which keeps its own rank."""
    stock = Mailboxes(bytes(16), LIGHT_EFFORT, ready=1)
    before = os.getpriority(os.PRIO_PROCESS, 0)
    stock.start()
    while stock.ready() < 1:
        pass
    (number,) = [one.native_id for one in threading.enumerate() if one.name == "mailboxes"]
    assert number is not None
    ranks = (os.getpriority(os.PRIO_PROCESS, number), os.getpriority(os.PRIO_PROCESS, 0))
    stock.close()
    assert ranks == (BEHIND, before)


def test_the_effort_of_a_code_stays_with_its_database(place: Place) -> None:
    """A later release that makes codes dearer still opens those that were given."""
    from storage.vault import Effort

    first = place.open()
    code = a_code(first, sent(first))
    first.close(NOON)
    second = Reports.open(place.url, data=place.data, effort=replace(LIGHT_EFFORT, passes=2))
    assert second.database.effort == Effort(1, 1)
    assert second.open_by_code(code, NOON) is not None
    second.close(NOON)


def test_a_code_given_while_others_are_let_go_stays(
    reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is shown is in the database, whatever the tick of that minute was about to forget."""
    old, new = sent(reports), sent(reports)
    for _code in range(2):
        reports.mailboxes.prepare()
    reports.give_code(old.box, NOON)
    shown: list[str] = []
    giving = threading.Thread(target=lambda: shown.append(reports.give_code(new.box, LATER)))
    fresh = Given.fresh

    def then(given: Given, now: datetime) -> set[bytes]:
        found = fresh(given, now)
        if not giving.ident:
            giving.start()
            giving.join(timeout=0.2)
        return found

    monkeypatch.setattr(Given, "fresh", then)
    assert reports.void_codes(LATER) == 1
    giving.join()
    assert reports.keep_code(new.box) is True
    assert reports.open_by_code(shown[0], LATER) is not None
