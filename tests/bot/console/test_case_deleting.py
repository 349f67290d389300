"""A sheet is deleted for good by an operator of its office, who types its number and says why."""

from __future__ import annotations

from storage import audit
from storage.cases.finding import find_contact
from storage.operators import Role
from tests.bot.console.casework import a_case
from tests.bot.console.house import Console


async def test_it_goes_by_its_number_and_a_reason(console: Console) -> None:
    """Without the number or a reason it stays; with both it is gone, is told in the list, stands in
    the audit, and its bytes are purged."""
    purged: list[int] = []

    async def purge() -> None:
        purged.append(1)

    console.room.on_deleted = purge
    anna = console.reader("Anna", office=console.office("Carate"))
    browser, case = await console.signed_in(anna), a_case(console, anna.operator)
    found = console.look(lambda c: find_contact(c, case))
    assert found is not None
    await browser.get(f"/cases/{case}")
    answer = await browser.post(
        f"/cases/{case}/delete", number="S-222222", reason="the person asked"
    )
    assert (answer.status, "Nothing was deleted" in browser.text) == (422, True)
    answer = await browser.post(f"/cases/{case}/delete", number=found.number)
    assert (answer.status, purged) == (422, [])
    fields = {"number": found.number, "reason": "the person asked"}
    answer = await browser.post(f"/cases/{case}/delete", **fields)
    assert (answer.status, answer.headers["Location"]) == (303, "/cases?done=deleted")
    assert console.look(lambda c: find_contact(c, case)) is None
    await browser.get("/cases?done=deleted")
    assert "The sheet is deleted" in browser.text
    last = next(iter(console.look(lambda c: list(audit.find_entries(c, limit=1)))))
    assert (last.action, last.object) == ("case deleted", f"{found.number} the person asked")
    assert purged == [1]
    assert (await browser.post(f"/cases/{case}/delete", **fields)).status == 404


async def test_nobody_else_deletes_it(console: Console) -> None:
    """For another office's operator, an administrator there, and an antenna it is not there."""
    anna = console.reader("Anna", office=console.office("Carate"))
    case, other = a_case(console, anna.operator), console.office("Desio")
    found = console.look(lambda c: find_contact(c, case))
    for name, role in (
        ("Bea", Role.OPERATOR),
        ("Carla", Role.ADMINISTRATOR),
        ("Dina", Role.ANTENNA),
    ):
        browser = await console.signed_in(console.reader(name, role, office=other))
        await browser.get("/account")
        fields = {"number": found.number, "reason": "opened by mistake"}
        answer = await browser.post(f"/cases/{case}/delete", **fields)
        assert answer.status in (403, 404)
    assert console.look(lambda c: find_contact(c, case)) == found
