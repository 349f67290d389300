"""The office: answers, notes and hands on; every report opens to its recipients alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows.report_model import Ending, Status, Words
from storage.reports import Happened, Note, Offered, Push, Reports
from storage.vault import PrivateKey, Recipient
from tests.storage.reports.makers import (
    ANNA,
    BRUNO,
    CARLA,
    CHAT,
    NOON,
    PAPER,
    RECOVERY,
    a_code,
    recipient,
    sent,
)

WEEK = date(2026, 11, 23)


def test_the_history_stays_in_its_order(reports: Reports) -> None:
    """Words of both sides, notes and steps come back as they came, whatever their ids."""
    made = sent(reports)
    number = made.box.id
    for n in range(6):
        reports.reply(ANNA, number, Words(True, f"office {n}"), NOON)
        reports.add(made.box, f"person {n}", (), NOON)
        reports.note(BRUNO, number, f"note {n}", NOON)
    reports.set_status(ANNA, number, Status.WORK, "", NOON)
    reports.set_status(BRUNO, number, Status.CLOSED, "solved", NOON)
    found = reports.read(ANNA, number)
    assert found is not None
    said = [words.text for words in found.words]
    assert said == [f"{who} {n}" for n in range(6) for who in ("office", "person")]
    assert found.notes == tuple(Note(12, f"note {n}", WEEK) for n in range(6))
    assert [step.what for step in found.history] == ["replied", "added"] * 6 + ["status"] * 2
    assert found.history[-1] == Happened("status", 12, WEEK, Status.CLOSED, "solved")
    assert (found.waiting.status, found.reason) == (Status.CLOSED, "solved")


def test_reading_clears_what_was_unread(reports: Reports) -> None:
    """What came new is counted until somebody reads it, and again when more comes."""
    made = sent(reports)
    found = reports.read(ANNA, made.box.id)
    assert found is not None
    assert found.waiting.unread == 1
    assert reports.queue(BRUNO)[0].unread == 0
    reports.add(made.box, "one more thing", (), NOON)
    reports.add(made.box, "one more thing", (), NOON)
    assert reports.queue(BRUNO)[0].unread == 1


def test_a_closed_report_is_opened_again_by_an_addition(reports: Reports) -> None:
    """It waits to be read as a new one does; the reason it was closed for is told no more."""
    box = sent(reports).box
    reports.set_status(ANNA, box.id, Status.CLOSED, "done", NOON)
    for text in ("It began again.", "And again."):
        reports.add(box, text, (), NOON)
    found = reports.read(ANNA, box.id)
    assert found is not None
    assert (found.waiting.status, found.reason) == (Status.RECEIVED, "")
    assert [one.what for one in found.history] == ["status", "reopened", "added"]


def test_a_note_never_reaches_the_person(reports: Reports) -> None:
    """With the code one sees words, and nothing that operators wrote among themselves."""
    made = sent(reports)
    code = a_code(reports, made)
    reports.note(ANNA, made.box.id, "the cousin works there", NOON)
    reports.doubt(ANNA, made.box.id, "sounds odd", NOON)
    opened = reports.open_by_code(code, NOON)
    assert opened is not None
    assert "cousin" not in repr(opened)
    assert "odd" not in repr(opened)


def test_what_an_operator_cannot_open_they_cannot_change(reports: Reports) -> None:
    """Somebody who is no recipient, or has another key, does nothing with any call."""
    made = sent(reports)
    impostor = type(ANNA)(ANNA.operator_id, CARLA.key)
    for reader in (CARLA, impostor):
        done = (
            reports.read(reader, made.box.id),
            reports.note(reader, made.box.id, "x", NOON),
            reports.set_status(reader, made.box.id, Status.CLOSED, "x", NOON),
            reports.assign(reader, made.box.id, 11, NOON),
            reports.hand_on(reader, made.box.id, recipient(CARLA), NOON),
            reports.doubt(reader, made.box.id, "x", NOON),
            reports.close_line(reader, made.box.id, NOON),
            reports.evidence(reader, made.box.id, "00" * 16),
            reports.share(reader, recipient(CARLA), "desk-1"),
        )
        assert done == (None, False, False, False, False, False, False, None, 0)
        with pytest.raises(LookupError):
            reports.reply(reader, made.box.id, Words(True, "x"), NOON)
    found = reports.read(ANNA, made.box.id)
    assert found is not None
    assert (found.history, found.notes, found.words) == ((), (), ())


@pytest.mark.parametrize("written", ["", "zz", "00", "00" * 16, "00" * 17, "é"])
def test_an_id_of_nothing_finds_nothing(reports: Reports, written: str) -> None:
    """Whatever stands in an address, it is only not there."""
    sent(reports)
    assert reports.read(ANNA, written) is None
    assert reports.note(ANNA, written, "x", NOON) is False


def test_a_report_is_assigned_to_its_readers_only(reports: Reports) -> None:
    """To one of them, to nobody again, and never to somebody who could not open it."""
    made = sent(reports)
    done = [reports.assign(ANNA, made.box.id, to, NOON) for to in (12, 13, 0)]
    assert done == [True, False, False]
    assert reports.queue(BRUNO)[0].assigned == 12
    assert reports.assign(BRUNO, made.box.id, None, NOON) is True
    assert reports.queue(ANNA)[0].assigned is None


def test_a_colleague_who_is_let_in_reads_and_writes(reports: Reports) -> None:
    """Handed on, a report and its line open to one more; the recovery key is nobody's colleague."""
    made = sent(reports, ending=Ending.LINE, chat=CHAT)
    assert reports.hand_on(ANNA, made.box.id, PAPER, NOON) is False
    assert reports.hand_on(ANNA, made.box.id, recipient(CARLA), NOON) is True
    found = reports.read(CARLA, made.box.id)
    assert found is not None
    assert (found.recipients, found.line) == ((11, 12, 13), True)
    push = reports.reply(CARLA, made.box.id, Words(True, "Hello"), NOON)
    assert push == Push(777_000_111, "ar", careful=True)


def test_a_mark_of_doubt_can_be_taken_back(reports: Reports) -> None:
    """It stands beside the report with its reason, and changes nothing else."""
    made = sent(reports)
    reports.doubt(ANNA, made.box.id, "twice the same", NOON)
    assert reports.queue(BRUNO)[0].doubtful is True
    reports.doubt(BRUNO, made.box.id, "", NOON)
    found = reports.read(ANNA, made.box.id)
    assert found is not None
    assert (found.doubt, found.waiting.doubtful) == ("", False)
    assert [step.what for step in found.history] == ["doubted", "trusted"]


def test_a_new_colleague_can_be_given_all_one_reads(reports: Reports) -> None:
    """What the giver opens, and no more, opens to them too."""
    sent(reports)
    sent(reports)
    assert reports.share(ANNA, recipient(CARLA), "desk-1") == 2
    assert len(reports.queue(CARLA)) == 2


def test_nothing_is_sealed_again_to_an_office_that_was_left_out(reports: Reports) -> None:
    """Neither a colleague nor the recovery sheet gives an office what its sender kept from it."""
    sent(reports, excluded=("desk-7",))
    mine = sent(reports)
    assert reports.share(ANNA, recipient(CARLA), "desk-7") == 1
    assert reports.reseal(RECOVERY, recipient(CARLA), "desk-7") == 1
    assert [one.id for one in reports.queue(CARLA)] == [mine.box.id]


def test_the_recovery_sheet_brings_everything_back_but_the_lines(reports: Reports) -> None:
    """After both operators lost their passphrases, a new key opens all reports again."""
    made = sent(reports, ending=Ending.LINE, chat=CHAT)
    sent(reports)
    new = PrivateKey(bytes([9] * 32))
    again = type(ANNA)(ANNA.operator_id, new)
    assert reports.queue(again) == []
    assert reports.reseal(RECOVERY, Recipient(ANNA.operator_id, new.public), "desk-1") == 2
    assert len(reports.queue(again)) == 2
    found = reports.read(again, made.box.id)
    assert found is not None
    assert (found.line, reports.queue(ANNA)) == (False, [])


def test_another_sheet_brings_nothing_back(reports: Reports) -> None:
    """Somebody else's recovery key opens nothing."""
    sent(reports)
    assert reports.reseal(PrivateKey(bytes([5] * 32)), recipient(CARLA), "desk-1") == 0


def test_a_reason_of_any_signs_fits(reports: Reports) -> None:
    """However many bytes its signs take, it is kept: short in the list, whole in the history."""
    made = sent(reports)
    reports.set_status(ANNA, made.box.id, Status.CLOSED, "\U0001f4a5" * 100, NOON)
    assert reports.doubt(ANNA, made.box.id, "\U0001f4a5" * 100, NOON) is True
    found = reports.read(ANNA, made.box.id)
    assert found is not None
    assert (len(found.doubt), len(found.reason)) == (37, 37)
    assert [len(step.reason) for step in found.history] == [100, 100]


def test_what_is_shown_to_nobody_stays_new(reports: Reports) -> None:
    """A look for the sake of a deed leaves it unread; the page does not."""
    made = sent(reports)
    unread = []
    for shown in (False, True):
        assert reports.read(ANNA, made.box.id, shown=shown) is not None
        unread.append(reports.queue(ANNA)[0].unread)
    assert unread == [1, 0]


def test_a_removed_operator_opens_nothing_any_more(reports: Reports) -> None:
    """Their keys go from every report; what only the sheet still opens is told."""
    sent(reports, ending=Ending.LINE, chat=CHAT)
    assert reports.remove_recipient(11, NOON) == 0
    assert (reports.queue(ANNA), len(reports.queue(BRUNO))) == ([], 1)
    assert reports.remove_recipient(12, NOON) == 1
    assert reports.alone() == 1


class TestLine:
    """The reply line: only operators open it, either side cuts it, and it ends by itself."""

    def test_it_opens_for_one_message(self, reports: Reports) -> None:
        """A reply says where to write, in which language, and whether somebody looks on."""
        made = sent(reports, ending=Ending.LINE, chat=Offered(-5, "bn"))
        assert reports.reply(ANNA, made.box.id, Words(True, "x"), NOON) == Push(-5, "bn")
        assert "-5" not in repr(Push(-5, "bn"))

    def test_without_the_choice_there_is_none(self, reports: Reports) -> None:
        """A chat that is handed over is not kept where the ending is another."""
        for ending in (Ending.CODE, Ending.NOTHING):
            made = sent(reports, ending=ending, chat=CHAT)
            assert reports.reply(ANNA, made.box.id, Words(True, "x"), NOON) is None

    def test_the_person_cuts_it(self, reports: Reports) -> None:
        """From then on a reply waits for the code, and nobody knows where to write."""
        made = sent(reports, ending=Ending.LINE, chat=CHAT)
        a_code(reports, made)
        assert (reports.cut_line(made.box, NOON), reports.cut_line(made.box, NOON)) == (True, False)
        assert reports.reply(ANNA, made.box.id, Words(True, "x"), NOON) is None
        found = reports.read(ANNA, made.box.id)
        assert found is not None
        assert (found.line, found.ending, found.code) == (False, Ending.CODE, True)

    def test_the_office_cuts_it(self, reports: Reports) -> None:
        """Whoever answers can give it up too; without a code nothing leads back."""
        made = sent(reports, ending=Ending.LINE, chat=CHAT)
        assert reports.close_line(BRUNO, made.box.id, NOON) is True
        found = reports.read(ANNA, made.box.id)
        assert found is not None
        assert (found.line, found.ending) == (False, Ending.NOTHING)
        assert found.history[-1].what == "line_cut"

    @pytest.mark.parametrize(("days", "open_"), [(29, True), (32, True), (33, False), (60, False)])
    def test_it_ends_in_the_week_after_thirty_days(
        self, reports: Reports, days: int, open_: bool
    ) -> None:
        """It lives thirty days at least, and not into the Monday after."""
        made = sent(reports, ending=Ending.LINE, chat=CHAT)
        at = NOON + timedelta(days=days)
        push = reports.reply(ANNA, made.box.id, Words(True, "x"), at)
        reports.retain(at)
        found = reports.read(ANNA, made.box.id)
        assert found is not None
        assert (push is not None, found.line) == (open_, open_)

    def test_the_sheet_alone_does_not_open_it(self, reports: Reports) -> None:
        """The recovery key is not among those a line is sealed to."""
        from sqlalchemy import select

        from storage.reports_schema import line_key

        sent(reports, ending=Ending.LINE, chat=CHAT)
        with reports.database.reading() as connection:
            found = set(connection.execute(select(line_key.c.operator_id)).scalars())
        assert found == {11, 12}
