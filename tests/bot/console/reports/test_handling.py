"""What happens to a report: each change is one deed, written down, within what may be done."""

from __future__ import annotations

import pytest

from flows.report_model import Status
from tests.bot.console.reports.bureau import Bureau


@pytest.fixture(autouse=True)
def filled(bureau: Bureau) -> None:
    """A report of Anna's and Bruno's that was read."""
    readers = [bureau.id("Anna"), bureau.id("Bruno")]
    bureau.shelf.add("r1", "7F3K", readers, status=Status.READ)


async def test_the_status_changes_and_the_page_says_what_the_person_reads(bureau: Bureau) -> None:
    """What an operator sets is what the person is told."""
    page = await bureau["Anna"].post("/reports/r1/status", status="work")
    assert "The person reads: “We are working on it.”" in page.words
    assert bureau.shelf.reports["r1"].waiting.status is Status.WORK
    assert ("Anna", "status set", "7F3K") in bureau.deeds()


@pytest.mark.parametrize("status", ["closed", "passed"])
async def test_an_end_needs_a_reason(bureau: Bureau, status: str) -> None:
    """Closed or passed on without a reason is not taken, and the page says why."""
    page = await bureau["Anna"].post("/reports/r1/status", status=status)
    assert "Choose a reason: the person reads it." in page.words
    assert bureau.shelf.reports["r1"].waiting.status is Status.READ
    page = await bureau["Anna"].post("/reports/r1/status", status=status, reason="moved")
    assert "Another office follows it now." in page.words
    assert bureau.shelf.reports["r1"].reason == "moved"


async def test_what_was_chosen_stays_chosen_while_a_reason_is_asked(bureau: Bureau) -> None:
    """The form stands open with the choice in it, so that only the reason is missing."""
    page = await bureau["Anna"].post("/reports/r1/status", status="closed")
    form = page.text[: page.text.index('id="status-reason"')]
    checked = [part.split('"')[0] for part in form.split('value="') if " checked" in part]
    assert (form.count('<details class="more" open>'), checked) == (1, ["closed"])
    page = await bureau["Anna"].get("/reports/r1")
    assert '<details class="more" open>' not in page.text


@pytest.mark.parametrize("status", ["received", "read", "withdrawn", "", "CLOSED", "../x"])
async def test_what_comes_about_by_itself_cannot_be_set(bureau: Bureau, status: str) -> None:
    """Nobody can make a report unread, or withdraw it in the person's place."""
    await bureau["Anna"].post("/reports/r1/status", status=status, reason="done")
    assert bureau.shelf.reports["r1"].waiting.status is Status.READ


async def test_what_the_person_took_back_stays_taken_back(bureau: Bureau) -> None:
    """A form from before the withdrawal changes nothing."""
    bureau.shelf.add("r2", "M2QX", [bureau.id("Anna")], status=Status.WITHDRAWN)
    page = await bureau["Anna"].post("/reports/r2/status", status="work")
    assert (page.status, "Nothing was changed." in page.words) == (409, True)
    assert bureau.shelf.reports["r2"].waiting.status is Status.WITHDRAWN


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("status", {"status": "work"}),
        ("assign", {"operator": ""}),
        ("doubt", {"doubt": "1", "reason": "six times the same"}),
        ("notes", {"note": "for Bruno"}),
    ],
)
async def test_what_was_not_done_is_not_said_to_be(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, path: str, fields: dict[str, str]
) -> None:
    """A report that goes while the form is on its way: the answer is that it is not there."""
    monkeypatch.setattr(bureau.shelf, "_change", lambda *_given, **_more: False)
    page = await bureau["Anna"].post(f"/reports/r1/{path}", **fields)
    assert page.status == 404


async def test_a_reason_is_one_of_those_that_are_ready(bureau: Bureau) -> None:
    """The person reads the reason in their own language, so no free words are taken."""
    await bureau["Anna"].post("/reports/r1/status", status="closed", reason="Rossi lied")
    assert bureau.shelf.reports["r1"].waiting.status is Status.READ


async def test_a_report_is_given_to_those_who_can_read_it(bureau: Bureau) -> None:
    """To oneself, to a colleague with a key, to nobody; never to one who cannot open it."""
    for name in ("Anna", "Bruno"):
        await bureau["Anna"].post("/reports/r1/assign", operator=str(bureau.id(name)))
        assert bureau.shelf.reports["r1"].waiting.assigned == bureau.id(name)
    for wrong in (str(bureau.id("Carla")), "0", "-1", "99999999999999999999", "Anna"):
        page = await bureau["Anna"].post("/reports/r1/assign", operator=wrong)
        assert page.status == 404
    await bureau["Anna"].post("/reports/r1/assign", operator="")
    assert bureau.shelf.reports["r1"].waiting.assigned is None


async def test_it_is_handed_to_a_colleague_and_written_down(bureau: Bureau) -> None:
    """Sealed to one more, with who did it and to whom in the audit; then they can read it."""
    assert (await bureau["Carla"].get("/reports/r1")).status == 404
    carla = str(bureau.id("Carla"))
    page = await bureau["Anna"].post("/reports/r1/hand", operator=carla, sure="1")
    assert "Your colleague can read it now." in page.words
    assert (await bureau["Carla"].get("/reports/r1")).status == 200
    assert ("Anna", "handed on", f"7F3K {carla}") in bureau.deeds()


async def test_it_is_never_handed_to_an_office_the_person_left_out(bureau: Bureau) -> None:
    """Its people are not in the list, and a form made by hand is refused."""
    key = bureau.offices["carate"].key
    bureau.shelf.add("r2", "M2QX", [bureau.id("Anna")], excluded=(key,))
    page = await bureau["Anna"].get("/reports/r2")
    hand = page.text[page.text.index('id="hand-who"') :]
    offered = hand[: hand.index("</select>")]
    assert [name for name in ("Bruno", "Carla", "Dario") if name in offered] == ["Bruno", "Dario"]
    carla = str(bureau.id("Carla"))
    forged = await bureau["Anna"].post("/reports/r2/hand", operator=carla, sure="1")
    assert (forged.status, "hand_on" in bureau.shelf.asked) == (404, False)


@pytest.mark.parametrize("name", ["Anna", "Bruno"])
async def test_who_can_read_it_is_handed_nothing(bureau: Bureau, name: str) -> None:
    """Neither oneself nor a colleague who has a key already."""
    page = await bureau["Anna"].post("/reports/r1/hand", operator=str(bureau.id(name)), sure="1")
    assert (page.status, "hand_on" in bureau.shelf.asked) == (404, False)


async def test_handing_on_wants_a_second_look(bureau: Bureau) -> None:
    """Without the tick nothing is sealed to anybody."""
    page = await bureau["Anna"].post("/reports/r1/hand", operator=str(bureau.id("Carla")))
    assert (page.status, "hand_on" in bureau.shelf.asked) == (404, False)


async def test_the_line_is_cut_once_and_for_all(bureau: Bureau) -> None:
    """With the tick only; afterwards nobody is written to, and the form is gone."""
    await bureau["Anna"].post("/reports/r1/line")
    assert bureau.shelf.reports["r1"].line is True
    page = await bureau["Anna"].post("/reports/r1/line", sure="1")
    assert "The line is cut." in page.words
    assert ('action="/reports/r1/line"' in page.text, bureau.shelf.reports["r1"].line) == (
        False,
        False,
    )


async def test_what_looks_false_sorts_down_and_stays(bureau: Bureau) -> None:
    """With a reason; it is not deleted or closed, and can be taken back."""
    await bureau["Anna"].post("/reports/r1/doubt", doubt="1")
    assert bureau.shelf.reports["r1"].waiting.doubtful is False
    await bureau["Anna"].post("/reports/r1/doubt", doubt="1", reason="six times the same")
    report = bureau.shelf.reports["r1"]
    assert (report.waiting.doubtful, report.waiting.status) == (True, Status.READ)
    assert "six times the same" in (await bureau["Bruno"].get("/reports/r1")).words
    page = await bureau["Bruno"].get("/reports/r1")
    assert ("It is true after all" in page.words, "doubt-reason" in page.text) == (True, False)
    await bureau["Bruno"].post("/reports/r1/doubt", doubt="0")
    assert bureau.shelf.reports["r1"].waiting.doubtful is False


async def test_more_fields_than_the_form_has_do_nothing(bureau: Bureau) -> None:
    """A form made by hand changes what its address changes, and nothing else: row 77."""
    await bureau["Anna"].post(
        "/reports/r1/status",
        status="work",
        level="0",
        assigned=str(bureau.id("Anna")),
        recipients="0",
        id="r2",
        role="administrator",
    )
    report = bureau.shelf.reports["r1"]
    assert (report.waiting.level.value, report.waiting.assigned) == (2, None)
    assert report.recipients == (0, bureau.id("Anna"), bureau.id("Bruno"))
