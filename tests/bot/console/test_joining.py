"""An operator's first visit, and the second chance after a lost passphrase (3.2, rows 83, 99)."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest

from bot.console import sheet
from bot.console.joining import WRONG_CODE
from bot.console.passphrase import DIFFERENT, SHORT
from bot.console.recovery import DRAFT, NOT_A_SHEET, NOT_OURS, NOT_THOSE, PLACES
from storage import audit, offices, operators
from storage.operators import Role
from storage.vault import PrivateKey, Recipient, make_pair, totp_code, totp_step, unwrap
from tests.bot.console.house import PASSPHRASE, Browser, Console

QUARTER = timedelta(minutes=15)
LETTERS = re.compile(r'class="letters"><code>([A-Z2-7 ]+)</code>')


def secret_on(browser: Browser) -> bytes:
    """The secret of the second factor, as somebody types it from the page."""
    found = LETTERS.search(browser.text)
    assert found is not None
    letters = found[1].replace(" ", "")
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


async def joins(console: Console, token: str, browser: Browser) -> bytes:
    """Go through the first visit; the secret of the second factor."""
    await browser.get(f"/join/{token}")
    await browser.post(f"/join/{token}", passphrase=PASSPHRASE, again=PASSPHRASE)
    await browser.get("/join/phone")
    secret = secret_on(browser)
    code = totp_code(secret, totp_step(console.clock.now()))
    answer = await browser.post("/join/phone", code=code)
    assert answer.status == 303
    return secret


class TestFirstVisit:
    """From the link to a session with an opened key."""

    async def test_a_link_leads_to_a_passphrase_a_phone_and_in(self, console: Console) -> None:
        """At the end she is signed in, her key is wrapped, and the deed is written down."""
        token = console.invited("Anna")
        browser = console.browser()
        await joins(console, token, browser)
        assert (await browser.get("/still-here")).status == 204
        (anna,) = console.look(operators.all_operators)
        assert (anna.ready, anna.language) == (True, "en")
        kept = console.look(lambda c: operators.find_credentials(c, anna.id))
        opened = unwrap(kept.wrapped, PASSPHRASE)
        assert opened is not None
        assert opened.public.bytes == kept.public_key
        (entry,) = console.look(lambda c: audit.find_entries(c, limit=9))
        assert (entry.action, entry.operator_id) == ("signed up", anna.id)

    async def test_she_signs_in_again_with_what_she_chose(self, console: Console) -> None:
        """The same passphrase and the same phone open the door later."""
        secret = await joins(console, console.invited("Anna"), console.browser())
        console.clock.go(timedelta(hours=1))
        browser = console.browser()
        await browser.get("/sign-in")
        code = totp_code(secret, totp_step(console.clock.now()))
        answer = await browser.post("/sign-in", name="Anna", passphrase=PASSPHRASE, code=code)
        assert answer.status == 303

    async def test_the_first_code_is_used_up(self, console: Console) -> None:
        """What confirmed the phone does not open the door a second time."""
        secret = await joins(console, console.invited("Anna"), console.browser())
        browser = console.browser()
        await browser.get("/sign-in")
        code = totp_code(secret, totp_step(console.clock.now()))
        answer = await browser.post("/sign-in", name="Anna", passphrase=PASSPHRASE, code=code)
        assert answer.status == 403

    async def test_a_link_works_once(self, console: Console) -> None:
        """Whoever comes second with the same link is told so, also from half way (83)."""
        token = console.invited("Anna")
        late = console.browser()
        await late.get(f"/join/{token}")
        await late.post(f"/join/{token}", passphrase=PASSPHRASE, again=PASSPHRASE)
        await late.get("/join/phone")
        secret = secret_on(late)
        await joins(console, token, console.browser())
        code = totp_code(secret, totp_step(console.clock.now()))
        assert (await late.post("/join/phone", code=code)).status == 410
        assert (await console.browser().get(f"/join/{token}")).status == 410
        assert (await late.get("/still-here")).status == 303

    @pytest.mark.parametrize("step", ["open", "choose", "confirm"])
    async def test_a_link_ends_after_a_quarter_of_an_hour(
        self, console: Console, step: str
    ) -> None:
        """At whichever step the time runs out (83)."""
        token = console.invited("Anna")
        browser = console.browser()
        answers = []
        if step == "open":
            console.clock.go(QUARTER)
        answers.append(await browser.get(f"/join/{token}"))
        if step == "choose":
            console.clock.go(QUARTER)
        if step != "open":
            answers.append(
                await browser.post(f"/join/{token}", passphrase=PASSPHRASE, again=PASSPHRASE)
            )
        if step == "confirm":
            await browser.get("/join/phone")
            secret = secret_on(browser)
            console.clock.go(QUARTER)
            code = totp_code(secret, totp_step(console.clock.now()))
            answers.append(await browser.post("/join/phone", code=code))
        assert answers[-1].status == 410
        assert console.look(operators.all_operators)[0].ready is False

    async def test_nothing_is_kept_before_the_phone_is_confirmed(self, console: Console) -> None:
        """A wrong code keeps nothing and uses nothing up; the right one still works."""
        token = console.invited("Anna")
        browser = console.browser()
        await browser.get(f"/join/{token}")
        await browser.post(f"/join/{token}", passphrase=PASSPHRASE, again=PASSPHRASE)
        answer = await browser.get("/join/phone")
        secret = secret_on(browser)
        answer = await browser.post("/join/phone", code="000000")
        assert (answer.status, WRONG_CODE.source in browser.text) == (422, True)
        assert console.look(operators.all_operators)[0].ready is False
        code = totp_code(secret, totp_step(console.clock.now()))
        assert (await browser.post("/join/phone", code=code)).status == 303

    async def test_another_browser_cannot_go_on_half_way(self, console: Console) -> None:
        """What one browser has begun, no other sees."""
        token = console.invited("Anna")
        browser = console.browser()
        await browser.get(f"/join/{token}")
        await browser.post(f"/join/{token}", passphrase=PASSPHRASE, again=PASSPHRASE)
        assert (await console.browser().get("/join/phone")).status == 410

    async def test_a_weak_passphrase_is_sent_back_with_the_reason(self, console: Console) -> None:
        """Too short, or typed differently: the page says which, and nothing is kept."""
        token = console.invited("Anna")
        browser = console.browser()
        await browser.get(f"/join/{token}")
        for given, again, reason in (
            ("tiny", "tiny", SHORT),
            (PASSPHRASE, PASSPHRASE + "x", DIFFERENT),
        ):
            answer = await browser.post(f"/join/{token}", passphrase=given, again=again)
            assert (answer.status, reason.source in browser.text) == (422, True)
            assert given not in browser.text
        assert len(console.room.joinings) == 0

    async def test_a_passphrase_is_taken_as_it_was_typed(self, console: Console) -> None:
        """Spaces at its ends and signs of any script are part of it."""
        token, odd = console.invited("Anna"), "  però è così, già дом 家 "
        browser = console.browser()
        await browser.get(f"/join/{token}")
        answer = await browser.post(f"/join/{token}", passphrase=odd, again=odd)
        assert answer.status == 303
        (joining,) = console.room.joinings.values()
        assert unwrap(joining.wrapped, odd) is not None
        assert unwrap(joining.wrapped, odd.strip()) is None


class Reports:
    """Notes what is asked of the reports' storage."""

    def __init__(self) -> None:
        self.resealed: list[tuple[bytes, Recipient]] = []
        self.removed: list[int] = []

    def reseal(self, recovery: PrivateKey, to: Recipient, office: str) -> int:
        """Note it."""
        self.resealed.append((recovery.bytes, to))
        return 12

    def remove_recipient(self, operator_id: int, now: object) -> int:
        """Note it."""
        self.removed.append(operator_id)
        return 0


class TestRecoverySheet:
    """Printed once, and the way back."""

    async def test_the_first_administrator_is_led_to_the_sheet(self, console: Console) -> None:
        """Right after the first visit; an operator is not."""
        browser, other = console.browser(), console.browser()
        await joins(console, console.invited("Anna", Role.ADMINISTRATOR), browser)
        await browser.follow("/account")
        assert 'href="/recovery-sheet"' in browser.text
        await joins(console, console.invited("Bea"), other)
        await other.follow("/account")
        assert 'href="/recovery-sheet"' not in other.text

    async def test_two_words_from_paper_keep_the_public_half(self, console: Console) -> None:
        """After that the sheet is never shown again and its words are nowhere."""
        browser = await console.signed_in(console.reader("Anna", Role.ADMINISTRATOR))
        await browser.get("/recovery-sheet")
        (session,) = console.room.sessions._open.values()
        key = session.drafts[DRAFT]
        assert isinstance(key, PrivateKey)
        words = sheet.written(key)
        assert all(f"<li>{word}</li>" in browser.text for word in words)
        await browser.get("/recovery-sheet")
        assert f"<li>{words[0]}</li>" in browser.text
        answer = await browser.post("/recovery-sheet", first="abete", second="zucca")
        assert (answer.status, NOT_THOSE.source in browser.text) == (422, True)
        assert console.look(offices.find_recovery_key) is None
        first, second = session.drafts[PLACES]  # type: ignore[misc]
        answer = await browser.post(
            "/recovery-sheet", first=f" {words[first - 1].upper()}", second=words[second - 1]
        )
        assert answer.status == 303
        assert console.look(offices.find_recovery_key) == key.public
        assert session.drafts == {}
        await browser.get("/recovery-sheet")
        assert words[0] + "</li>" not in browser.text
        assert key.public.fingerprint in browser.text

    async def test_a_sheet_that_came_second_is_said_to_open_nothing(self, console: Console) -> None:
        """Two administrators print at the same time: one paper counts, and the other is told."""
        browser = await console.signed_in(console.reader("Anna", Role.ADMINISTRATOR))
        await browser.get("/recovery-sheet")
        (session,) = console.room.sessions._open.values()
        mine, first = session.drafts[DRAFT], make_pair().public
        assert isinstance(mine, PrivateKey)
        console.do(lambda c: offices.keep_recovery_key(c, first))
        words, places = sheet.written(mine), session.drafts[PLACES]
        one, two = (words[place - 1] for place in places)  # type: ignore[attr-defined]
        answer = await browser.post("/recovery-sheet", first=one, second=two)
        assert (answer.status, NOT_OURS.source in browser.text) == (409, True)
        assert first.fingerprint in browser.text
        assert console.look(offices.find_recovery_key) == first

    async def test_the_sheet_lets_a_new_key_read_the_old_reports(self, console: Console) -> None:
        """Reset, new link, new key; then the words of the sheet seal every report to it (99)."""
        reports, recovery = Reports(), make_pair()
        console.room.reports = reports
        console.do(lambda c: offices.keep_recovery_key(c, recovery.public))
        bea = console.reader("Bea")
        browser = await console.signed_in(console.reader("Anna", Role.ADMINISTRATOR))
        await browser.get("/operators")
        await browser.post(f"/operators/{bea.operator.id}/reset")
        assert reports.removed == [bea.operator.id]
        link = re.search(r"/join/([A-Za-z0-9_-]+)<", browser.text)
        assert link is not None
        await joins(console, link[1], console.browser())
        new = console.look(lambda c: operators.find_credentials(c, bea.operator.id))
        await browser.get("/recovery")
        words = " ".join(sheet.written(recovery))
        await browser.post("/recovery", operator=str(bea.operator.id), words=words)
        assert "Bea can read 12 reports again." in browser.text
        ((used, to),) = reports.resealed
        assert (used, to.id, to.key.bytes) == (recovery.bytes, bea.operator.id, new.public_key)
        (entry, *_rest) = console.look(lambda c: audit.find_entries(c, limit=9))
        assert (entry.action, entry.object) == ("recovery sheet used", "Bea")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("abete", NOT_A_SHEET.source),
            ("abete " * 33, NOT_A_SHEET.source),
            ("abete xyzzy", "Word 2 is not on any sheet: xyzzy."),
            ("abete acqva", "Was it acqua?"),
            (" ".join(sheet.written(make_pair())), NOT_OURS.source),
        ],
    )
    async def test_wrong_words_open_nothing(self, console: Console, words: str, said: str) -> None:
        """And the page says what is wrong with them."""
        reports = Reports()
        console.room.reports = reports
        console.do(lambda c: offices.keep_recovery_key(c, make_pair().public))
        anna = console.reader("Anna", Role.ADMINISTRATOR)
        browser = await console.signed_in(anna)
        await browser.get("/recovery")
        answer = await browser.post("/recovery", operator=str(anna.operator.id), words=words)
        assert (answer.status, said in browser.text) == (422, True)
        assert reports.resealed == []

    async def test_a_new_link_gives_no_sealed_report(self, console: Console) -> None:
        """Whoever gets the link makes another key: what the old one opens stays shut (83)."""
        bea = console.reader("Bea")
        console.do(lambda c: operators.reset_operator(c, bea.operator.id))
        token = console.do(lambda c: operators.invite(c, bea.operator.id, console.clock.now()))
        await joins(console, token, console.browser())
        new = console.look(lambda c: operators.find_credentials(c, bea.operator.id))
        assert new.public_key != bea.key.public.bytes
