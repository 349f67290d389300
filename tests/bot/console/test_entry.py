"""The door opens to name, passphrase and code together, and closes behind who was away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.console.entry import WHY, WRONG
from bot.console.sessions import IDLE, LONGEST, Ended
from storage import audit, operators
from tests.bot.console.house import Browser, Console, Reader

WRONG_ONES = [
    {"name": "Nobody"},
    {"passphrase": "wrong"},
    {"code": "000000"},
    {"name": ""},
    {"code": "x"},
    {"name": "Anna\r\nX-Evil: 1"},
    {"passphrase": ""},
]


def told(console: Console) -> list[tuple[str, str]]:
    """What the audit holds, the oldest first."""
    found = console.look(lambda connection: audit.find_entries(connection, limit=99))
    return [(one.action, one.object) for one in reversed(found)]


async def lives(browser: Browser) -> bool:
    """Whether the session in a browser is open."""
    answer = await browser.get("/still-here")
    return answer.status == 204


async def test_the_right_three_open_the_door(console: Console) -> None:
    """Name in any case, passphrase and code lead in, to the page that was asked for."""
    anna = console.reader()
    browser = console.browser()
    answer = await browser.sign_in(anna, console.clock.now(), "/account", name=" aNNa ")
    assert (answer.status, answer.headers["Location"]) == (303, "/account")
    assert len(console.room.sessions) == 1
    assert told(console) == [("signed in", "")]


@pytest.mark.parametrize("changed", WRONG_ONES)
async def test_whatever_is_wrong_the_answer_is_the_same(
    console: Console, changed: dict[str, str]
) -> None:
    """An unknown name, a wrong passphrase and a wrong code get the same page (97)."""
    anna = console.reader()
    browser, other = console.browser(), console.browser()
    answer = await browser.sign_in(anna, console.clock.now(), **changed)
    await other.sign_in(anna, console.clock.now(), name="Nobody at all")
    name = changed.get("name", "Anna")
    first = browser.text.replace(browser.token, "T").replace(f'value="{name}"', "")
    second = other.text.replace(other.token, "T").replace('value="Nobody at all"', "")
    assert (answer.status, first) == (403, second)
    assert WRONG.source in first
    assert (len(console.room.sessions), told(console)) == (0, [])


@pytest.mark.parametrize("changed", WRONG_ONES)
async def test_whatever_is_wrong_costs_the_same_work(
    console: Console, changed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One derivation for each try, whoever is meant, so the time tells nothing (97)."""
    anna = console.reader()
    await console.room.nobody()
    made: list[bytes] = []
    derive = console.room.derive

    async def counted(work: object, *given: object) -> object:
        made.append(given[0] if isinstance(given[0], bytes) else b"")
        return await derive(work, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(console.room, "derive", counted)
    await console.browser().sign_in(anna, console.clock.now(), **changed)
    assert [len(wrapped) for wrapped in made] == [len(await console.room.nobody())]


async def test_a_code_opens_once_and_half_a_minute_off(console: Console) -> None:
    """The phone may be one step off; the same code never opens twice, in any browser (93)."""
    anna = console.reader()
    now = console.clock.now()
    tries = []
    for steps in (-2, 2, -1, -1, 0, 0, 1, 0):
        answer = await console.browser().sign_in(anna, now, code=anna.code(now, steps))
        tries.append(answer.status)
    assert tries == [403, 403, 303, 403, 303, 403, 303, 403]


async def test_a_code_may_be_typed_with_a_space(console: Console) -> None:
    """Phones show the digits in two groups."""
    anna = console.reader()
    code = anna.code(console.clock.now())
    answer = await console.browser().sign_in(
        anna, console.clock.now(), code=f" {code[:3]} {code[3:]} "
    )
    assert answer.status == 303


async def test_the_id_is_a_new_one_at_every_sign_in(console: Console) -> None:
    """An id that somebody put into the browser before is worth nothing afterwards (78)."""
    anna = console.reader()
    browser, thief = console.browser(), console.browser()
    browser.cookie = thief.cookie = "an-id-somebody-chose"
    await browser.sign_in(anna, console.clock.now())
    assert browser.cookie != "an-id-somebody-chose"
    assert (await lives(browser), await lives(thief)) == (True, False)
    first = browser.cookie
    console.clock.go(timedelta(seconds=30))
    browser.cookie = ""
    await browser.sign_in(anna, console.clock.now())
    assert len({first, browser.cookie}) == 2


async def test_two_tabs_share_a_session_and_two_browsers_do_not(console: Console) -> None:
    """Signing out in one tab closes the other, and leaves another browser alone (78)."""
    anna = console.reader()
    one, other = await console.signed_in(anna), await console.signed_in(anna)
    tab = console.browser()
    tab.cookie = one.cookie
    assert await lives(tab)
    await one.get("/account")
    await one.post("/sign-out")
    assert [await lives(browser) for browser in (one, tab, other)] == [False, False, True]


async def test_an_id_is_worth_nothing_after_signing_out(console: Console) -> None:
    """The old cookie does not open anything, and the browser is told to forget all (78, 87)."""
    anna = console.reader()
    browser = await console.signed_in(anna)
    cookie = browser.cookie
    await browser.get("/account")
    answer = await browser.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    browser.cookie = cookie
    answer = await browser.get("/account")
    assert (answer.status, answer.headers["Location"]) == (303, "/sign-in?next=/account")
    assert told(console) == [("signed in", ""), ("signed out", "")]


async def test_signing_out_everywhere_closes_every_browser(console: Console) -> None:
    """Also those that somebody else holds; and each is told why (78)."""
    anna = console.reader()
    browsers = [await console.signed_in(anna) for _ in range(3)]
    await browsers[0].get("/account")
    await browsers[0].post("/sign-out-everywhere")
    assert [await lives(browser) for browser in browsers] == [False] * 3
    await browsers[1].get("/sign-in")
    assert WHY[Ended.CUT].source in browsers[1].text


async def test_half_an_hour_away_forgets_the_key(console: Console) -> None:
    """The key leaves the memory, the page says so, and she comes back to where she was (78)."""
    anna = console.reader()
    browser = await console.signed_in(anna)
    (session,) = console.room.sessions.of(anna.operator.id)
    assert session.key is not None
    console.clock.go(IDLE - timedelta(seconds=31))
    assert await lives(browser)
    console.clock.go(IDLE)
    answer = await browser.get("/audit?page=2")
    assert answer.headers["Location"] == "/sign-in?next=/audit%3Fpage%3D2"
    assert (session.key, len(console.room.sessions)) == (None, 0)
    await browser.get(answer.headers["Location"])
    assert WHY[Ended.IDLE].source in browser.text
    fields = {"name": "Anna", "passphrase": anna.passphrase, "code": anna.code(console.clock.now())}
    answer = await browser.post("/sign-in", **fields, next="/audit?page=2")
    assert answer.headers["Location"] == "/audit?page=2"


async def test_the_key_is_forgotten_also_where_nobody_asks(console: Console) -> None:
    """Without any request the sweep ends what is over."""
    anna = console.reader()
    await console.signed_in(anna)
    (session,) = console.room.sessions.of(anna.operator.id)
    console.clock.go(IDLE)
    console.room.sessions.sweep()
    assert (session.key, session.drafts, len(console.room.sessions)) == (None, {}, 0)


async def test_ten_hours_end_a_session_however_busy(console: Console) -> None:
    """Whoever works all day signs in again after ten hours."""
    anna = console.reader()
    browser = await console.signed_in(anna)
    step = timedelta(minutes=20)
    for _ in range(LONGEST // step - 1):
        console.clock.go(step)
        assert await lives(browser)
    console.clock.go(step)
    assert not await lives(browser)
    await browser.get("/sign-in")
    assert WHY[Ended.OVER].source in browser.text


async def test_the_door_leads_back_where_another_tab_was_busy(console: Console) -> None:
    """A tab that thought it was over goes back to its page while the session lives."""
    browser = await console.signed_in(console.reader())
    answer = await browser.get("/sign-in?next=/account")
    assert answer.headers["Location"] == "/account"
    console.clock.go(IDLE)
    assert (await browser.get("/sign-in?next=/account")).status == 200
    assert 'name="next" value="/account"' in browser.text


@pytest.mark.parametrize(
    "change",
    [
        lambda connection, id_: operators.remove_operator(connection, id_),
        lambda connection, id_: operators.reset_operator(connection, id_),
        lambda connection, id_: operators.end_sessions(connection, id_),
    ],
    ids=["removed", "reset", "signed out"],
)
async def test_what_the_terminal_does_holds_at_the_next_request(
    console: Console, change: object
) -> None:
    """A removed operator is nobody at once, with the page still open in front of them (98)."""
    anna: Reader = console.reader()
    browser = await console.signed_in(anna)
    assert await lives(browser)
    console.do(lambda connection: change(connection, anna.operator.id))  # type: ignore[operator]
    assert not await lives(browser)
    assert len(console.room.sessions) == 0


async def test_a_removed_operator_cannot_sign_in(console: Console) -> None:
    """Neither with the right three nor with an old cookie (98)."""
    anna = console.reader()
    console.do(lambda connection: operators.remove_operator(connection, anna.operator.id))
    answer = await console.browser().sign_in(anna, console.clock.now())
    assert answer.status == 403


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/account\r\nX-Evil: 1",
        "/account/../../evil",
        "/sign-out",
        "/static/x",
        "/account?x=<script>",
        "/" + "a" * 300,
        "/%2f%2fevil.example",
        "account",
        "/account#x",
    ],
)
async def test_the_way_back_stays_in_the_house(console: Console, wanted: str) -> None:
    """Only a page of ours is gone to after signing in; anything else leads home (79)."""
    anna = console.reader()
    answer = await console.browser().sign_in(anna, console.clock.now(), wanted)
    assert answer.headers["Location"] in ("/", "/account")
    assert answer.headers["Location"] == "/" or wanted.startswith("/account?")


async def test_the_door_speaks_the_browsers_language(console: Console) -> None:
    """Italian or English, as the browser says; Italian where it says neither."""
    found = []
    for given in ("en", "it", "de", "de, en;q=0.5, it;q=0.4", "en-GB,en;q=0.9", "x" * 999, ""):
        browser = console.browser(**{"Accept-Language": given})
        await browser.get("/sign-in")
        found.append(browser.text.split('lang="')[1][:2])
    assert found == ["en", "it", "it", "en", "en", "it", "it"]
