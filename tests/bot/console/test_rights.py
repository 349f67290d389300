"""Who may open what: every page for every role, and every object for whoever has no business
with it (3.2, rows 74, 76, 77, 91, 98)."""

from __future__ import annotations

import html

import pytest

from bot.console.app import PAGES
from bot.console.visit import Access, Page
from storage import audit, offices, operators
from storage.operators import Operator, Role
from tests.bot.console.house import Browser, Console

NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}**b**"
OUTSIDE = {"/sign-in", "/join/phone", "/join/{token}", "/calendars/{secret}.ics"}
ROLES = ("nobody", *Role)
MADE_UP = ("0", "-1", "1", "9" * 40, "x", "%00", "1%20or%201=1", "²")
OBJECTS = ("contact", "step", "flag", "choice", "task")
OBJECTS += ("course", "lesson", "enrolment", "opening", "appointment", "mass", "service")
NO_PAGES = ("-1", "0", "1e9", "999999999999999999999999", "x", "", "1' or '1'='1", "%00", "²")


def name_of(page: Page) -> str:
    """What a page is called in the results of the tests."""
    return f"{page.method} {page.path}"


async def browser_of(console: Console, role: str, name: str = "Anna") -> Browser:
    """A browser of that role, with a token at hand."""
    if role == "nobody":
        browser = console.browser()
        await browser.get("/sign-in")
        return browser
    browser = await console.signed_in(console.reader(name, Role(role)))
    await browser.get("/account")
    return browser


def wanted(page: Page, role: str) -> str:
    """What a role gets of a page."""
    if page.access is Access.ANYBODY:
        return "open"
    if role == "nobody":
        return "sign in"
    return "open" if page.access <= Access[role.upper()] else "refused"


async def given(console: Console, page: Page, browser: Browser, ids: dict[str, str]) -> str:
    """What a browser gets of a page."""
    path = page.path
    for place, value in ids.items():
        path = path.replace(f"{{{place}}}", value)
    answer = await (browser.get(path) if page.method == "GET" else browser.post(path))
    if answer.status == 303 and answer.headers["Location"].startswith("/sign-in"):
        is_way_out = page.path in ("/sign-out", "/sign-out-everywhere")
        # Signing out leads to the door as well, but tells the browser to forget.
        if not (is_way_out and "Clear-Site-Data" in answer.headers):
            return "sign in"
    is_door = 'name="passphrase"' in browser.text  # it answers so to whoever gave nothing right
    return "refused" if answer.status == 403 and not is_door else "open"


async def tried(console: Console, page: Page, browser: Browser, bea: Operator) -> tuple[str, bool]:
    """What a browser gets of a page about Bea, and whether she and her office are as they were."""
    token = console.invited(f"C {page.method} {page.path}", office=bea.office)
    ids = {"key": bea.office, "id": str(bea.id), "token": token}
    ids |= dict.fromkeys(OBJECTS, "1")
    got = await given(console, page, browser, ids)
    after = console.look(lambda connection: operators.find_operator(connection, bea.id))
    office = console.look(lambda connection: offices.find_office(connection, bea.office))
    return got, (after, office.active) == (bea, True)


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_gets_what_is_its_own(console: Console, role: str) -> None:
    """Every page of the console, for each role: open, refused, or the door; and what is not open
    changes nothing (76)."""
    found, due = {}, {}
    fresh = True
    for page in PAGES:
        name = name_of(page)
        if fresh:
            browser = await browser_of(console, role, f"Anna {name}")
            bea = console.reader(f"Bea {name}").operator
        # A token that is right now: nobody is refused for one that is not.
        await browser.get("/sign-in" if role == "nobody" else "/account")
        due[name] = (wanted(page, role), True)
        got, is_same = await tried(console, page, browser, bea)
        found[name] = (got, is_same or due[name][0] == "open")
        # Whoever may send a form may change everything: after that nothing is used again.
        fresh = page.method == "POST" and due[name][0] == "open"
    assert found == due


def test_only_the_door_is_open_to_everybody() -> None:
    """Whoever adds a page for everybody has to add it here, too."""
    found = {page.path for page in PAGES if page.access is Access.ANYBODY}
    assert found == OUTSIDE


async def test_an_object_that_is_not_there_is_not_there(console: Console) -> None:
    """An operator or an office by a made-up id is a page that says so, never an error (76, 91)."""
    browser = await browser_of(console, "administrator")
    found = {
        id_: [
            (await browser.post(f"/operators/{id_}/reset")).status,
            (await browser.post(f"/operators/{id_}/remove")).status,
            (await browser.get(f"/offices/{id_}")).status,
            (await browser.post(f"/offices/{id_}/close")).status,
        ]
        for id_ in MADE_UP
    }
    assert found == dict.fromkeys(MADE_UP, [404] * 4)


async def test_a_removed_operator_is_not_there_any_more(console: Console) -> None:
    """Nobody who left can be let in again by their old id (98)."""
    bea = console.reader("Bea")
    browser = await browser_of(console, "administrator")
    assert (await browser.post(f"/operators/{bea.operator.id}/remove")).status == 200
    assert (await browser.post(f"/operators/{bea.operator.id}/reset")).status == 404


async def test_a_page_of_the_list_is_always_one_that_is_there(console: Console) -> None:
    """Whatever is asked for, a page of one's own list comes back (91)."""
    browser = await browser_of(console, "operator")
    found = {}
    for number in NO_PAGES:
        status = (await browser.get("/audit", params={"page": number})).status
        found[number] = (status, "signed in" in browser.text)
    assert found == dict.fromkeys(NO_PAGES, (200, True))


async def test_operators_read_only_what_they_did_themselves(console: Console) -> None:
    """The list of an operator holds no row of anybody else; the administrator's holds all (76)."""
    await console.signed_in(console.reader("Zoe"))
    anna = await browser_of(console, "operator")
    await anna.get("/audit")
    assert ("Zoe" in anna.text, anna.text.count("<tr>")) == (False, 2)
    head = await console.signed_in(console.reader("Head", Role.ADMINISTRATOR))
    await head.get("/audit")
    assert ("Zoe" in head.text, head.text.count("<tr>")) == (True, 5)


async def test_fields_that_were_not_asked_for_change_nothing(console: Console) -> None:
    """A form that also says a role, an office or an id changes only what it is for (77)."""
    bea = console.reader("Bea")
    browser = await console.signed_in(bea)
    await browser.get("/account")
    more = {"role": "administrator", "office": "x", "id": "1", "active": "0", "name": "Root"}
    await browser.post("/account/language", language="it", **more)
    found = console.look(lambda connection: operators.find_operator(connection, bea.operator.id))
    assert (found.role, found.office, found.name) == ("operator", bea.operator.office, "Bea")
    assert found.language == "it"


async def test_a_role_that_does_not_exist_is_an_operators(console: Console) -> None:
    """Only the word for administrator makes one (77)."""
    office = console.office()
    browser = await browser_of(console, "administrator")
    for number, role in enumerate(("root", "ADMINISTRATOR", "")):
        await browser.get("/operators")
        await browser.post("/operators", name=f"New {number}", office=office, role=role)
    found = console.look(operators.all_operators)
    assert [one.name for one in found if one.is_administrator] == ["Anna"]
    assert len(found) == 4


async def test_what_people_write_is_shown_as_they_wrote_it(console: Console) -> None:
    """Names of offices and operators are words, in every page that shows them (74, 75)."""
    key = console.office(NASTY, hours=NASTY)
    console.reader(NASTY, office=key)
    browser = await browser_of(console, "administrator")
    for path in ("/offices", f"/offices/{key}", "/operators", "/audit", "/recovery"):
        answer = await browser.get(path)
        source = await answer.text()
        assert "<script>alert" not in source
        assert "<img src=x" not in source
        assert NASTY in html.unescape(source) or path == "/audit"
    await browser.post("/offices", name="", hours=NASTY)
    await browser.post("/operators", name=NASTY, office="x")
    assert "<script>alert" not in await (await browser.get("/operators")).text()


async def test_an_administrator_cannot_lock_the_house(console: Console) -> None:
    """Nobody removes or resets themselves: somebody can always let others in."""
    anna = console.reader("Anna", Role.ADMINISTRATOR)
    browser = await console.signed_in(anna)
    for deed in ("reset", "remove"):
        await browser.get("/operators")
        assert (await browser.post(f"/operators/{anna.operator.id}/{deed}")).status == 422
    assert (await browser.get("/still-here")).status == 204


async def test_every_deed_of_an_administrator_is_written_down(console: Console) -> None:
    """Offices and operators do not change without a row that says who did it."""
    office = console.office("CAF")
    bea = console.reader("Bea", office=office)
    head = console.reader("Head", Role.ADMINISTRATOR)
    browser = await console.signed_in(head)
    await browser.get("/offices")
    await browser.post("/offices", name="PUA", duty="yes", province="mb", hours="9-12")
    await browser.post(f"/offices/{office}", name="CAF 2", duty="no")
    await browser.post(f"/offices/{office}/close")
    await browser.post(f"/offices/{office}/close")
    await browser.post("/operators", name="Carla", office=office, role="operator")
    await browser.post(f"/operators/{bea.operator.id}/reset")
    await browser.post(f"/operators/{bea.operator.id}/remove")
    found = console.look(lambda connection: audit.find_entries(connection, limit=10))
    assert [(one.action, one.object) for one in reversed(found)] == [
        ("signed in", ""),
        ("office added", "PUA"),
        ("office changed", "CAF 2"),
        ("office closed", "CAF 2"),
        ("office opened", "CAF 2"),
        ("operator added", "Carla"),
        ("operator reset", "Bea"),
        ("work handed over", "Bea"),
        ("operator removed", "Bea"),
    ]
    assert {one.operator_id for one in found} == {head.operator.id}
    verdict = console.look(lambda c: audit.verify(c, console.database.vault))
    assert verdict.broken is None
