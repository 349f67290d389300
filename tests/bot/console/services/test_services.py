"""The directory at the console: what is old stands first, and nothing changes unseen."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from flows.service_model import Bring, Kind, Theme
from storage import audit
from storage.audit import Action
from storage.operators import Role
from storage.services.editing import save_service
from storage.services.finding import find_services
from storage.services.model import Service
from tests.bot.console.house import START, Console
from tests.storage.services.factories import a_form

TODAY = START.date()
TYPED = {
    "name": "AFOL Seregno",
    "kind": "job_centre",
    "themes.job": "1",
    "bring.cv": "1",
    "town": "Seregno",
    "phone": "0362 123",
    "position": "45.65, 9.2",
    "hours": "lun-ven 9:00-12:30",
    "languages.ar": "1",
    "seen": "1",
    "shown": "1",
}
TABLE = "id,name,kind\na1,AFOL,job centre\n"


def a_service(console: Console, **changes: Any) -> Service:
    """A service in the directory."""
    given = {"checked": TODAY, **changes}

    def keep(connection: Any) -> Service:
        saved = save_service(connection, a_form(**given), operator_id=1, now=START)
        assert saved.service is not None, saved
        return saved.service

    service: Service = console.do(keep)
    return service


def every(console: Console) -> list[Service]:
    """The directory."""
    found: list[Service] = console.look(find_services)
    return found


def done(console: Console) -> Action:
    """What was done last."""
    return Action(console.look(lambda c: audit.find_entries(c, limit=1))[0].action)


async def test_a_service_is_written(console: Console) -> None:
    """What was typed is there, checked today, and stands in what was done."""
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/services/new")
    answer = await browser.post("/services/new", **TYPED)
    assert answer.status == 303, browser.text
    [service] = every(console)
    assert (service.name, service.kind, service.themes, service.bring) == (
        "AFOL Seregno",
        Kind.JOB_CENTRE,
        (Theme.JOB,),
        (Bring.CV,),
    )
    assert (service.languages, service.point, service.checked, service.last_day) == (
        ("ar",),
        (45.65, 9.2),
        TODAY,
        TODAY + timedelta(days=90),
    )
    assert done(console) is Action.SERVICE_CHANGED
    await browser.get(answer.headers["Location"])
    assert ("AFOL Seregno" in browser.text, "good until" in browser.text) == (True, True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"position": "here"}, "position"),
        ({"hours": "always"}, "hours"),
        ({"kind": "dance"}, "kind"),
        ({"review": "2030-01-01"}, "review"),
        ({"review": "never"}, "review"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    console: Console, typed: dict[str, str], field: str
) -> None:
    """Nothing is kept, and what was typed stands there still."""
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/services/new")
    answer = await browser.post("/services/new", **{**TYPED, **typed})
    assert (answer.status, every(console)) == (422, [])
    assert f'id="{field}-wrong"' in browser.text
    assert 'value="0362 123"' in browser.text


async def test_what_two_write_is_never_lost_unseen(console: Console) -> None:
    """The second reads that somebody was quicker; kept again, what she wrote holds. What no field
    asks for stays."""
    service = a_service(console, line="inps", languages=("it", "pcm"))
    browser = await console.signed_in(console.reader("Anna"))
    path = f"/services/{service.id}"
    await browser.get(path)
    assert (await browser.post(path, **{**TYPED, "version": "0"})).status == 303
    answer = await browser.post(path, **{**TYPED, "version": "0", "name": "Other", "seen": ""})
    assert (answer.status, "Somebody changed this service" in browser.text) == (422, True)
    assert (await browser.post(path, **{**TYPED, "version": "1", "name": "Other"})).status == 303
    [kept] = every(console)
    assert (kept.name, kept.line, kept.ref) == ("Other", "inps", "afol")
    assert kept.languages == ("ar", "pcm")
    assert (await browser.post(path, **{**TYPED, "name": ""})).status == 422


async def test_a_day_of_ones_own_is_kept(console: Console) -> None:
    """Seen today and to be looked at sooner; without a tick only the day changes."""
    service = a_service(console, checked=TODAY - timedelta(days=10))
    browser = await console.signed_in(console.reader("Anna"))
    path, soon = f"/services/{service.id}", TODAY + timedelta(days=5)
    await browser.get(path)
    await browser.post(path, **{**TYPED, "version": "0", "seen": "", "review": f"{soon}"})
    [kept] = every(console)
    assert (kept.checked, kept.last_day) == (TODAY - timedelta(days=10), soon)
    await browser.post(path, **{**TYPED, "version": "1", "review": f"{soon}"})
    [kept] = every(console)
    assert (kept.checked, kept.last_day) == (TODAY, TODAY + timedelta(days=90))


async def test_what_is_old_stands_first_and_is_seen_again(console: Console) -> None:
    """One press, and people see it for ninety days."""
    a_service(console, ref="1", name="Fresh")
    soon = a_service(console, ref="2", name="Soon", checked=TODAY - timedelta(days=85))
    old = a_service(console, ref="3", name="Zoo", checked=TODAY - timedelta(days=100))
    a_service(console, ref="4", name="Hidden", shown=False)
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/services")
    names = re.findall(r'listed-name"><a href="[^"]*">([^<]*)', browser.text)
    assert names == ["Zoo", "Soon", "Fresh", "Hidden"]
    assert "1 service is too old" in browser.text
    answer = await browser.post(f"/services/{old.id}/seen", version="0", **{"from": "list"})
    assert answer.headers["Location"] == "/services?done=seen"
    assert done(console) is Action.SERVICE_SEEN
    answer = await browser.post(f"/services/{soon.id}/seen", version="0")
    assert answer.headers["Location"] == f"/services/{soon.id}?done=seen"
    await browser.get("/services?state=due")
    assert "Nothing like this" in browser.text
    await browser.get("/services?kind=caf&state=x&words=a%20b&town=Seregno")
    assert "Nothing like this" in browser.text
    await browser.get("/services?words=fresh")
    assert re.findall(r'listed-name"><a href="[^"]*">([^<]*)', browser.text) == ["Fresh"]


async def test_what_changed_meanwhile_is_not_seen_again(console: Console) -> None:
    """Bruno looks at the old number; Anna writes another one; his press vouches for neither."""
    old = a_service(console, phone="0362 1", checked=TODAY - timedelta(days=100))
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get(f"/services/{old.id}")
    assert browser.text.count('name="version" value="0"') == 2
    await browser.post(f"/services/{old.id}", **{**TYPED, "version": "0", "seen": ""})
    answer = await browser.post(f"/services/{old.id}/seen", version="0")
    assert (answer.status, "Something changed while you looked" in browser.text) == (422, True)
    [kept] = every(console)
    assert (kept.phone, kept.checked) == ("0362 123", old.checked)


async def test_who_never_checked_reads_so(console: Console) -> None:
    """The page of a service says since when people do not see it."""
    never = a_service(console, ref="1", checked=None)
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get(f"/services/{never.id}")
    assert "never checked: people do not see it" in browser.text
    assert (await browser.get("/services/77")).status == 404


async def test_many_services_are_shown_page_by_page(console: Console) -> None:
    """The second page is found by the same questions."""
    for number in range(41):
        a_service(console, ref=str(number), name=f"N{number:02}")
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/services?kind=job_centre")
    assert "/services?kind=job_centre&page=2" in browser.text
    await browser.get("/services?page=2")
    assert re.findall(r'listed-name"><a href="[^"]*">([^<]*)', browser.text) == ["N40"]


async def test_only_coordinators_delete_and_take_in_files(console: Console) -> None:
    """An operator writes; what is gone for good, or comes in many, is a coordinator's."""
    service = a_service(console)
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get(f"/services/{service.id}")
    assert "Delete this service" not in browser.text
    assert (await browser.post(f"/services/{service.id}/delete")).status == 403
    assert (await browser.get("/services/import")).status == 403
    boss = await console.signed_in(console.reader("Bruno", role=Role.COORDINATOR))
    await boss.get(f"/services/{service.id}")
    answer = await boss.post(f"/services/{service.id}/delete")
    assert (answer.headers["Location"], every(console)) == ("/services?done=deleted", [])
    assert done(console) is Action.SERVICE_DELETED


async def test_a_file_is_seen_before_it_is_taken(console: Console) -> None:
    """The look keeps nothing; the second step keeps it; a mistake has its line and column."""
    browser = await console.signed_in(console.reader("Anna", role=Role.COORDINATOR))
    await browser.get("/services/import")
    await browser.post("/services/import", file=TABLE)
    assert ("New · 1" in browser.text, every(console)) == (True, [])
    answer = await browser.post("/services/import", file=TABLE, keep="1")
    assert (answer.headers["Location"], len(every(console))) == ("/services?done=imported", 1)
    assert done(console) is Action.SERVICES_IMPORTED
    answer = await browser.post("/services/import", file=TABLE.replace("job centre", "dance"))
    assert (answer.status, "<td>2</td><td>kind</td>" in browser.text) == (422, True)
    assert (await browser.post("/services/import", file=" ")).status == 422
    await browser.get("/services/services.csv")
    assert "a1;AFOL;job_centre" in browser.text
