"""What an operator changes about herself holds at once, and only with what she knows."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.console.account import NOT_YOURS
from bot.console.passphrase import DIFFERENT, SHORT
from storage import accounts, audit, operators
from storage.vault import totp_code, totp_step
from tests.bot.console.house import Console
from tests.bot.console.test_joining import secret_on

NEW = "sei parole del tutto nuove qui"


async def test_a_new_passphrase_locks_the_same_key(console: Console) -> None:
    """The old one opens nothing any more, the new one does, and the key is the same."""
    anna = console.reader()
    browser = await console.signed_in(anna)
    other = await console.signed_in(anna)
    await browser.get("/account")
    answer = await browser.post(
        "/account/passphrase", current=anna.passphrase, passphrase=NEW, again=NEW
    )
    assert answer.headers["Location"] == "/account?done=passphrase"
    assert (await browser.get("/still-here")).status == 204
    assert (await other.get("/still-here")).status == 303
    console.clock.go(timedelta(seconds=30))
    assert (await console.browser().sign_in(anna, console.clock.now())).status == 403
    answer = await console.browser().sign_in(anna, console.clock.now(), passphrase=NEW)
    assert answer.status == 303
    sessions = console.room.sessions.of(anna.operator.id)
    assert {one.key.bytes for one in sessions if one.key} == {anna.key.bytes}


async def test_without_the_passphrase_of_now_nothing_changes(console: Console) -> None:
    """A session that somebody left open is not enough; a weak or mistyped new one neither."""
    anna = console.reader()
    browser = await console.signed_in(anna)
    before = console.look(lambda c: operators.find_credentials(c, anna.operator.id))
    for current, new, again, said in (
        ("wrong", NEW, NEW, NOT_YOURS),
        (anna.passphrase, "short", "short", SHORT),
        (anna.passphrase, NEW, NEW + "x", DIFFERENT),
    ):
        await browser.get("/account")
        answer = await browser.post(
            "/account/passphrase", current=current, passphrase=new, again=again
        )
        assert (answer.status, said.source in browser.text) == (422, True)
    after = console.look(lambda c: operators.find_credentials(c, anna.operator.id))
    assert after == before


async def test_guessing_in_an_open_session_is_slowed_down(console: Console) -> None:
    """The page of the account is no way around the door."""
    anna = console.reader()
    browser = await console.signed_in(anna)
    for _ in range(5):
        await browser.get("/account")
        await browser.post("/account/passphrase", current="wrong", passphrase=NEW, again=NEW)
    assert console.waits == [1.0, 2.0]


async def test_a_new_phone_takes_the_place_of_the_old(console: Console) -> None:
    """With the passphrase and the first code of the new secret; the old phone is worth nothing."""
    anna = console.reader()
    browser = await console.signed_in(anna)
    await browser.get("/account/phone")
    secret = secret_on(browser)
    now = console.clock.now()
    wrong = await browser.post("/account/phone", code=anna.code(now), current=anna.passphrase)
    assert wrong.status == 422
    code = totp_code(secret, totp_step(now))
    answer = await browser.post("/account/phone", code=code, current="wrong")
    assert (answer.status, NOT_YOURS.source in browser.text) == (422, True)
    answer = await browser.post("/account/phone", code=code, current=anna.passphrase)
    assert answer.headers["Location"] == "/account?done=phone"
    console.clock.go(timedelta(seconds=60))
    assert (await console.browser().sign_in(anna, console.clock.now())).status == 403
    later = totp_code(secret, totp_step(console.clock.now()))
    answer = await console.browser().sign_in(anna, console.clock.now(), code=later)
    assert answer.status == 303


async def test_the_language_is_kept(console: Console) -> None:
    """The console speaks it from the next page on, whatever the browser says."""
    browser = await console.signed_in(console.reader())
    for code in ("it", "en"):
        await browser.get("/account")
        await browser.post("/account/language", language=code)
        await browser.get("/help")
        assert f'<html lang="{code}"' in browser.text
    assert (await browser.post("/account/language", language="xx")).status == 400


async def test_every_change_is_written_down(console: Console) -> None:
    """A new passphrase and a new phone are rows of the audit, without a word of them."""
    anna = console.reader()
    browser = await console.signed_in(anna)
    await browser.get("/account")
    await browser.post("/account/passphrase", current=anna.passphrase, passphrase=NEW, again=NEW)
    await browser.get("/account/phone")
    code = totp_code(secret_on(browser), totp_step(console.clock.now()))
    await browser.post("/account/phone", code=code, current=NEW)
    found = console.look(lambda c: audit.find_entries(c, limit=9))
    assert [(one.action, one.object) for one in reversed(found)] == [
        ("signed in", ""),
        ("passphrase changed", ""),
        ("second factor renewed", ""),
    ]


async def test_an_operator_links_her_telegram_account(console: Console) -> None:
    """The page shows the line to write once; the word in it links whoever writes it."""
    anna = console.reader()
    browser = await console.signed_in(anna)
    await browser.get("/account")
    answer = await browser.post("/account/telegram")
    found = re.search(r"/io (\d{4}-\d{4})", browser.text)
    assert (answer.status, found is not None) == (200, True)
    await browser.get("/account")
    assert "/io " not in browser.text
    word = "" if found is None else found.group(1)
    now, vault = console.clock.now(), console.database.vault
    linked = console.do(lambda c: accounts.bind_telegram(c, vault, word, 4_821, now))
    assert (linked and linked.id) == anna.operator.id


async def test_an_operator_unlinks_her_telegram_account(console: Console) -> None:
    """From then on nobody writes in the group as she."""
    anna, vault, now = console.reader(), console.database.vault, console.clock.now()
    word = console.do(lambda c: accounts.make_link(c, anna.operator.id, now))
    console.do(lambda c: accounts.bind_telegram(c, vault, word, 4_821, now))
    browser = await console.signed_in(anna)
    await browser.get("/account")
    answer = await browser.post("/account/telegram/unlink")
    assert answer.headers["Location"] == "/account?done=unlinked"
    assert console.look(lambda c: accounts.find_by_telegram(c, vault, 4_821)) is None
