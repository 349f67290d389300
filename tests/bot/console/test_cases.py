"""A walk-in sheet, from the desk to the list and back: nothing typed is lost, nothing is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.console.cases.form import form_of, read_form
from bot.console.languages import Tongues
from flows.case_fields import FIELDS, FIRST, FieldKind
from storage import audit
from storage.access import find_contacts
from storage.cases.finding import EVERYTHING
from storage.cases.sheets import load, shown
from storage.operators import Role
from tests.bot.console.casework import sheet
from tests.bot.console.house import Browser, Console
from tests.storage.appointments.makers import an_appointment

KNOWN = Tongues({"bn": "Bengali"}, {"bengali": "bn", "bengalese": "bn"})
STORY = "Dodici ore al giorno, dorme sopra il locale."


async def opens(browser: Browser, **more: str) -> str:
    """The address of a sheet that is opened at the desk."""
    await browser.get("/cases/new")
    once = re.findall(r'name="once" value="([^"]+)"', browser.text)[0]
    fields = {"once": once, "source": "desk", "f.story": STORY, "f.language": "Bengali"}
    answer = await browser.post("/cases/new", **(fields | more))
    assert answer.status == 303, browser.text
    return answer.headers["Location"].partition("?")[0]


def version(browser: Browser) -> str:
    """Which version of the sheet the page shows."""
    return re.findall(r'name="version" value="(\d+)"', browser.text)[0]


def sheet_of(console: Console, path: str) -> dict[str, object]:
    """What is kept of a sheet."""
    id_ = int(path.rpartition("/")[2])
    vault = console.database.vault
    return dict(console.look(lambda c: shown(load(c, vault, id_))).values)


async def team(console: Console) -> tuple[Browser, Browser, Browser]:
    """Two of one office, and one of another."""
    office = console.office("Carate")
    anna = await console.signed_in(console.reader("Anna", office=office))
    bea = await console.signed_in(console.reader("Bea", office=office))
    carla = await console.signed_in(console.reader("Carla", office=console.office("Monza")))
    return anna, bea, carla


def test_every_field_comes_back_as_it_was_typed() -> None:
    """Whatever the form shows is read again by the same names, and nothing else is."""
    values = {
        f.key: list(f.choices)[:2]
        if f.kind is FieldKind.MANY
        else next(iter(f.choices), "2026-01-02")
        for f in FIELDS
    } | {"language": "bn"}
    form = form_of(values, KNOWN)
    shown_fields = [*form.first, *(one for part in form.parts for one in part.asked)]
    typed = {one.name: one.value for one in shown_fields if one.value}
    typed |= {f"{one.name}.{key}": "1" for one in shown_fields for key in one.chosen}
    assert read_form(typed, KNOWN) == values
    assert [one.field.key for one in form.first] == list(FIRST)
    assert len(shown_fields) == len(FIELDS)


async def test_a_walk_in_is_opened_listed_and_read(console: Console) -> None:
    """What is typed at the desk stands in the list without a word of it, and opens whole."""
    anna, _bea, _carla = await team(console)
    path = await opens(anna)
    await anna.get("/cases")
    assert path in anna.text
    assert STORY not in anna.text
    await anna.get(path)
    assert STORY in anna.text
    assert sheet_of(console, path) == {"story": STORY, "language": "bn"}


async def test_a_form_sent_twice_is_one_sheet(console: Console) -> None:
    """A second press of the button leads to the sheet the first one made."""
    anna = await console.signed_in(console.reader("Anna"))
    await anna.get("/cases/new")
    once = re.findall(r'name="once" value="([^"]+)"', anna.text)[0]
    first = await anna.post("/cases/new", once=once, source="desk")
    again = await anna.post("/cases/new", once=once, source="desk")
    assert first.headers["Location"] == again.headers["Location"]


async def test_another_office_reads_nothing_and_is_told_nothing(console: Console) -> None:
    """Whose case it is not sees no row, no page, and changes nothing by guessing its address."""
    anna, _bea, carla = await team(console)
    path = await opens(anna)
    await carla.get("/cases")
    assert path not in carla.text
    assert (await carla.get(path)).status == 404
    for deed in ("sheet", "move", "take", "plan", "outcomes", "flags", "choices", "tasks", "owner"):
        await carla.get("/account")
        answer = await carla.post(f"{path}/{deed}", to="suspended", why="x", purpose="keep")
        assert (deed, answer.status) in {(deed, 404), (deed, 422)}
    assert sheet_of(console, path) == {"story": STORY, "language": "bn"}


async def test_every_opening_is_written_down_before_it_is_shown(console: Console) -> None:
    """Whoever opens a case stands in the audit, and on its page, by the number of the case."""
    anna, bea, _carla = await team(console)
    path = await opens(anna)
    await bea.get(path)
    assert "Bea, 1 time" in bea.text
    found = console.look(lambda c: audit.find_entries(c, limit=1))
    assert found[0].action == "case read"


async def test_two_who_write_at_once_lose_nothing(console: Console) -> None:
    """The second finds both versions, one field apart, and decides; other fields stay both's."""
    anna, bea, _carla = await team(console)
    path = await opens(anna)
    await bea.get(f"{path}/sheet")
    seen = version(bea)
    await anna.get(f"{path}/sheet")
    fields = {"f.story": STORY, "f.language": "Bengali"}
    await anna.post(f"{path}/sheet", version=seen, **fields | {"f.reach": "by day"})
    late = fields | {"f.reach": "by night", "f.sent_by": "Caritas"}
    answer = await bea.post(f"{path}/sheet", version=seen, **late)
    assert "done=clash" in answer.headers["Location"]
    await bea.get(f"{path}/sheet")
    assert "by day" in bea.text
    assert "by night" in bea.text
    assert sheet_of(console, path)["sent_by"] == "Caritas"
    taken = {"f.reach": "by day", "f.sent_by": "Caritas", "d.reach": "0"} | fields
    await bea.post(f"{path}/sheet", version=version(bea), **taken)
    await bea.get(f"{path}/sheet")
    assert (sheet_of(console, path)["reach"], "by day" in bea.text) == ("by night", False)


async def test_what_stands_can_be_said_to_be_right(console: Console) -> None:
    """Of two versions the one that stands is kept, and the other goes."""
    anna, bea, _carla = await team(console)
    path = await opens(anna)
    await bea.get(f"{path}/sheet")
    seen = version(bea)
    await anna.get(f"{path}/sheet")
    fields = {"f.story": STORY, "f.language": "Bengali"}
    await anna.post(f"{path}/sheet", version=seen, **fields | {"f.reach": "by day"})
    await bea.post(f"{path}/sheet", version=seen, **fields | {"f.reach": "by night"})
    await anna.get(f"{path}/sheet")
    kept = fields | {"f.reach": "by day", "d.reach": "keep"}
    await anna.post(f"{path}/sheet", version=version(anna), **kept)
    await anna.get(f"{path}/sheet")
    assert (sheet_of(console, path)["reach"], "by night" in anna.text) == ("by day", False)


@pytest.mark.parametrize("place", ["new", "sheet"])
async def test_what_is_typed_waits_for_whoever_typed_it(console: Console, place: str) -> None:
    """After a lock the form holds what was typed, for its writer alone, until it is thrown away."""
    office = console.office()
    anna, bea = console.reader("Anna", office=office), console.reader("Bea", office=office)
    first = await console.signed_in(anna)
    path = await opens(first)
    where = "/cases/new" if place == "new" else f"{path}/sheet"
    name = "new" if place == "new" else path.rpartition("/")[2]
    await first.get(where)
    typed = {"place": name, "version": "0", "f.story": "half a story", "f.needs.work": "1"}
    assert (await first.post("/cases/typed", **typed)).status == 204
    console.clock.go(timedelta(minutes=31))
    other = await console.signed_in(bea)
    await other.get(where)
    again = await console.signed_in(anna)
    await again.get(where)
    assert ("half a story" in other.text, "half a story" in again.text) == (False, True)
    await again.post("/cases/typed-away", place=name)
    await again.get(where)
    assert "half a story" not in again.text


async def test_an_antenna_hands_on_and_reads_nothing(console: Console) -> None:
    """What an antenna writes goes to the office it chose; no page shows it to the antenna again."""
    office = console.office("Carate")
    reader = console.reader("Olga", Role.ANTENNA, console.office("Biblioteca"))
    olga = await console.signed_in(reader)
    await olga.get("/cases/new")
    once = re.findall(r'name="once" value="([^"]+)"', olga.text)[0]
    answer = await olga.post("/cases/new", **{"once": once, "office": office, "f.story": STORY})
    assert (answer.status, "Handed on to Carate" in olga.text) == (200, True)
    anna = console.reader("Anna", office=office)
    made = console.look(lambda c: find_contacts(c, anna.operator, EVERYTHING))[0]
    assert (made.source.value, made.owner, made.office) == ("antenna", None, office)
    found = [(await olga.get(path)).status for path in ("/cases", f"/cases/{made.id}")]
    assert found == [403, 403]


async def test_no_number_is_too_long(console: Console) -> None:
    """Five thousand digits in an address or in a field of a sheet are refused or passed over."""
    anna = console.reader("Anna", office=console.office("Carate"))
    browser, many = await console.signed_in(anna), "9" * 5000
    case = sheet(console, anna.operator)
    await browser.get("/cases")
    assert (await browser.get(f"/cases/{many}")).status == 404
    assert (await browser.get(f"/cases?page={many}")).status == 200
    fields = {"version": "0", "f.hours_real": many, "d.story": many}
    assert (await browser.post(f"/cases/{case}/sheet", **fields)).status == 303


async def test_of_whom_without_a_chat_nobody_says_that_they_have_not_answered(
    console: Console,
) -> None:
    """The file says of an appointment what the day says of it."""
    anna = console.reader("Anna", office=console.office("Carate"))
    browser, case = await console.signed_in(anna), sheet(console, anna.operator)
    given = {"opening": None, "office": anna.operator.office, "contact_id": case}
    made = console.do(lambda c: an_appointment(c, console.database.vault, **given))
    await browser.get(f"/cases/{case}")
    said = [one in browser.text for one in ("no reminders: no chat", "has not answered")]
    assert said == [True, False]
    await browser.get(f"/day?on={made.day}")
    assert "no reminders: no chat" in browser.text
