"""Roles × addresses × reports: what is not sealed to somebody is not there for them (row 76)."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from aiohttp import ClientSession

from bot.console.reports.ways import report_pages
from bot.console.visit import Access
from storage.operators import remove_operator
from tests.bot.console.reports.bureau import Bureau, Page

FIELDS = {
    "step": "ask",
    "reason": "done",
    "status": "closed",
    "note": "a note",
    "text": "words",
    "canned": "thanks",
    "word": "w",
    "doubt": "1",
    "sure": "1",
    "kind": "note",
}


@pytest.fixture(autouse=True)
def filled(bureau: Bureau) -> None:
    """A report for Anna and Bruno with a photo, and one for Carla alone."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna"), bureau.id("Bruno")])
    bureau.shelf.add_file("r1", "e1", "photo", "image/jpeg", b"photo")
    bureau.shelf.add("r2", "M2QX", [bureau.id("Carla")])


def addresses(bureau: Bureau, report: str) -> Iterator[tuple[str, str]]:
    """Every address of one report."""
    for page in report_pages(bureau.desk):
        if "{report}" in page.path:
            yield page.method, page.path.format(report=report, evidence="e1")


async def asked(bureau: Bureau, name: str, method: str, path: str) -> Page:
    """Go there, as whoever it is."""
    browser = bureau[name]
    if method == "GET":
        return await browser.get(path)
    return await browser.post(path, operator=str(bureau.id("Bruno")), **FIELDS)


def test_every_page_says_who_may(bureau: Bureau) -> None:
    """Each is for operators: none is open to anybody, and none for administrators alone."""
    pages = report_pages(bureau.desk)
    assert {page.access for page in pages} == {Access.OPERATOR}
    assert len({(page.method, page.path) for page in pages}) == len(pages) == 14


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("Carla", "r1"),  # an operator of another office
        ("Dario", "r1"),  # an administrator
        ("Dario", "r2"),
        ("Anna", "r2"),
        ("Bruno", "r2"),
        ("Anna", "r3"),  # a report that is none
        ("Carla", "r3"),
    ],
)
async def test_what_is_not_sealed_to_somebody_is_not_there(
    bureau: Bureau, name: str, report: str
) -> None:
    """Every address answers 404, changes nothing, says nothing and names it to nobody."""
    before = copy.deepcopy(bureau.shelf.reports)
    found = {}
    for method, path in addresses(bureau, report):
        page = await asked(bureau, name, method, path)
        found[method, path] = page.status, "7F3K" in page.text or "M2QX" in page.text
    assert set(found.values()) == {(404, False)}
    assert len(found) == 12
    assert bureau.shelf.reports == before
    assert bureau.deeds() == []


async def test_a_report_of_others_looks_like_none(bureau: Bureau) -> None:
    """Nobody can find out by the answer whether a report exists."""
    others = await bureau["Carla"].get("/reports/r1")
    nobodys = await bureau["Carla"].get("/reports/rx")
    assert others.text.replace("/reports/r1", "") == nobodys.text.replace("/reports/rx", "")


async def test_whoever_is_not_signed_in_sees_the_door(bureau: Bureau) -> None:
    """Every address leads to the sign-in or is refused, and nothing is asked of the storage."""
    found = set()
    async with ClientSession() as stranger:
        for method, path in [("GET", "/reports"), *addresses(bureau, "r1")]:
            url = bureau.server.make_url(path)
            async with stranger.request(method, url, allow_redirects=False) as answer:
                found.add((method, answer.status))
                assert "7F3K" not in await answer.text()
    assert found == {("GET", 303), ("POST", 403)}
    assert bureau.shelf.asked == []


async def test_the_entitled_can_do_each_of_them(bureau: Bureau) -> None:
    """The other side of the matrix: for Anna every address of her report is there."""
    statuses = {}
    for method, path in addresses(bureau, "r1"):
        page = await asked(bureau, "Anna", method, path)
        statuses[method, path.removeprefix("/reports/r1")] = page.status
    assert set(statuses.values()) <= {200, 204, 404}
    assert [path for (_, path), status in statuses.items() if status == 404] == ["/hand"]


async def test_a_form_from_elsewhere_does_nothing(bureau: Bureau) -> None:
    """Without the token of the session, or from another site, no deed is done: row 73."""
    anna = bureau["Anna"]
    before = copy.deepcopy(bureau.shelf.reports)
    url = bureau.server.make_url("/reports/r1/status")
    origin = str(bureau.server.make_url("/")).rstrip("/")
    tries = [
        ({"status": "work"}, {"Origin": origin}),
        ({"status": "work", "token": "0" * 64}, {"Origin": origin}),
        ({"status": "work", "token": anna.token}, {"Origin": "https://evil.example"}),
        ({"status": "work", "token": anna.token}, {"Origin": "null"}),
        ({"status": "work", "token": anna.token}, {}),
        (
            {"status": "work", "token": anna.token},
            {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        ),
    ]
    for data, headers in tries:
        async with anna.session.post(url, data=data, headers=headers) as answer:
            assert answer.status == 403
    assert bureau.shelf.reports == before


async def test_a_form_of_ours_without_referrer_counts(bureau: Bureau) -> None:
    """Pages that give no referrer send `null` as origin: then the browser's own word counts."""
    anna = bureau["Anna"]
    url = bureau.server.make_url("/reports/r1/status")
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    data = {"status": "work", "token": anna.token}
    async with anna.session.post(url, data=data, headers=headers) as answer:
        assert answer.status == 200
    assert bureau.shelf.reports["r1"].waiting.status.value == "work"


async def test_a_removed_operator_sees_nothing_more(bureau: Bureau) -> None:
    """The session dies with the account, at the next request: row 98."""
    with bureau.database.writing() as connection:
        remove_operator(connection, bureau.id("Anna"))
        connection.commit()
    bureau.shelf.asked.clear()
    page = await bureau["Anna"].get("/reports/r1")
    assert ("7F3K" in page.text, bureau.shelf.asked) == (False, [])


async def test_an_id_of_any_form_is_an_address_of_nothing(bureau: Bureau) -> None:
    """Ids are compared, never looked up by what is in them: row 90."""
    for id_ in ("r1'--", "%00", "..%2fr1", "r1%2f", "R1", "_", "%25", "1e9", "r" * 500):
        assert (await bureau["Anna"].get(f"/reports/{id_}")).status in (400, 404)
