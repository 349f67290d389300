"""What reaches a page comes from our own pages, by our own name, in our own size (3.2)."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import aiohttp
import pytest
from aiohttp import http_parser

from bot.console.guard import HEADERS, POLICY
from bot.settings import Settings
from storage.operators import Role
from tests.bot.console.house import Browser, Console

POSTS = ("/sign-in", "/sign-out", "/sign-out-everywhere", "/account/language", "/offices")
FORM = "application/x-www-form-urlencoded"


async def raw(console: Console, request: str) -> str:
    """What is answered to bytes that no browser sends."""
    host, _, port = console.address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request.replace("\n", "\r\n").encode("latin-1"))
    await writer.drain()
    answer = (await asyncio.wait_for(reader.read(), 20)).decode("utf-8", "replace")
    writer.close()
    return answer


async def admin(console: Console) -> Browser:
    """An administrator's browser, with a token at hand."""
    browser = await console.signed_in(console.reader(role=Role.ADMINISTRATOR))
    await browser.get("/account")
    return browser


class TestForms:
    """Row 73, and 83 for the link: a form from anywhere else changes nothing."""

    @pytest.mark.parametrize("path", POSTS)
    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://127.0.0.1:1"},
            {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
        ],
    )
    async def test_a_form_from_elsewhere_is_refused(
        self, console: Console, path: str, headers: dict[str, str]
    ) -> None:
        """Even with the right cookie and token: the browser says where it comes from."""
        browser = await admin(console)
        browser._session.headers.popall("Sec-Fetch-Site")
        answer = await browser.send(path, {"token": browser.token, "language": "it"}, headers)
        assert answer.status == 403
        assert len(console.room.sessions) == 1
        assert console.told.notes == [("console_refused", {})]

    @pytest.mark.parametrize("path", POSTS)
    @pytest.mark.parametrize("token", ["", "x", "0" * 64, None])
    async def test_a_form_without_its_token_is_refused(
        self, console: Console, path: str, token: str | None
    ) -> None:
        """Also the one to sign in: nobody can be signed in to an account that is not theirs."""
        browser = await admin(console)
        data = {} if token is None else {"token": token}
        answer = await browser.send(path, data, {"Origin": console.address})
        assert (answer.status, len(console.room.sessions)) == (403, 1)

    async def test_the_token_of_another_browser_is_worth_nothing(self, console: Console) -> None:
        """A token belongs to one cookie."""
        browser, other = await admin(console), console.browser()
        await other.get("/sign-in")
        browser.token = other.token
        assert (await browser.post("/sign-out")).status == 403

    async def test_our_own_pages_may_send(self, console: Console) -> None:
        """With the origin, or with `null` where the browser itself says it is the same site."""
        browser = await admin(console)
        for origin in (console.address, "null"):
            answer = await browser.post(
                "/account/language", headers={"Origin": origin}, language="en"
            )
            assert answer.status == 303

    async def test_nothing_is_changed_by_looking(self, console: Console) -> None:
        """A deed has no address that can be looked at."""
        browser = await admin(console)
        found = [(await browser.get(path)).status for path in POSTS[1:4]]
        assert found == [405, 405, 405]
        assert len(console.room.sessions) == 1

    async def test_a_link_from_another_site_does_not_sign_out(self, console: Console) -> None:
        """Where the browser holds the cookie back, no new one takes its place."""
        stranger = console.browser(**{"Sec-Fetch-Site": "cross-site"})
        answer = await stranger.get("/account")
        assert (answer.status, "Set-Cookie" in answer.headers) == (200, False)
        assert 'href="/account"' in stranger.text


class TestBodies:
    """Rows 72 and 85: what is too large, too many or of another kind is not read."""

    async def test_other_kinds_of_bodies_are_refused(self, console: Console) -> None:
        """JSON, files in parts and packed bodies are never parsed."""
        browser = await admin(console)
        token = f"token={browser.token}&language=it".encode()
        for body, kind, packed in (
            (b'{"token": "x"}', "application/json", None),
            (b"--a\r\n\r\n--a--", "multipart/form-data; boundary=a", None),
            (b"x", "text/plain", None),
            (gzip.compress(token), FORM, "gzip"),
        ):
            headers = {"Origin": console.address, "Content-Type": kind}
            headers |= {"Content-Encoding": packed} if packed else {}
            answer = await browser.send("/account/language", body, headers)
            assert answer.status == 415, kind

    async def test_ten_thousand_parts_are_refused(self, console: Console) -> None:
        """A form has some fields, each once."""
        browser = await admin(console)
        headers = {"Origin": console.address, "Content-Type": FORM}
        many = "&".join(f"a{number}=1" for number in range(10_000))
        for body in (f"token={browser.token}&{many}", f"token={browser.token}&a=1&a=2"):
            answer = await browser.send("/account/language", body.encode()[:64_000], headers)
            assert answer.status == 400

    @pytest.mark.parametrize(
        "body", [b"\xff\xfe", b"a=%ff", b"a", b"a=%00", b"=" * 999, b"&&&", b""]
    )
    async def test_broken_forms_are_refused(self, console: Console, body: bytes) -> None:
        """Bytes that are no form are answered, not raised."""
        browser = await admin(console)
        headers = {"Origin": console.address, "Content-Type": FORM}
        answer = await browser.send("/account/language", body, headers)
        assert answer.status in (400, 403)
        assert "console_failed" not in dict(console.told.notes)

    async def test_a_large_body_is_refused(self, console: Console) -> None:
        """Whether it says its length or comes in pieces without end."""
        browser = await admin(console)
        headers = {"Origin": console.address, "Content-Type": FORM}

        async def drops() -> object:
            for _ in range(100):
                yield b"a" * 1024

        for body in (b"a" * 65_537, drops()):
            answer = await browser.send("/account/language", body, headers)
            assert answer.status == 413


class TestNames:
    """Row 80: the console answers to its own names only."""

    @pytest.mark.parametrize(
        "host",
        ["evil.example", "127.0.0.1.evil.example", "", "127.0.0.1@evil.example", "[", "0.0.0.0"],
    )
    async def test_another_host_is_refused(self, console: Console, host: str) -> None:
        """A name that is not ours gets no page and no cookie."""
        answer = await raw(console, f"GET /sign-in HTTP/1.1\nHost: {host}\nConnection: close\n\n")
        assert answer.split()[1] in ("400", "421")
        assert "Set-Cookie" not in answer

    async def test_two_hosts_are_refused(self, console: Console) -> None:
        """A request that names two is no browser's."""
        answer = await raw(
            console, "GET /sign-in HTTP/1.1\nHost: 127.0.0.1\nHost: evil\nConnection: close\n\n"
        )
        assert answer.split()[1] == "400"

    async def test_with_an_address_of_its_own_no_other_name_is_known(self, tmp_path: Path) -> None:
        """Where an https address is set, this machine's names are strangers, too."""
        settings = Settings(data=tmp_path, console_url="https://console.example.org")
        async with Console(tmp_path, settings=settings) as console:
            own = "GET /sign-in HTTP/1.1\nHost: console.example.org\nConnection: close\n\n"
            answer = await raw(console, own)
            assert answer.split()[1] == "200"
            assert "Set-Cookie: __Host-antenna=" in answer
            assert "Secure" in answer
            assert "Strict-Transport-Security: max-age=63072000" in answer
            stranger = await raw(console, own.replace("console.example.org", "127.0.0.1"))
            assert stranger.split()[1] == "421"

    async def test_a_forwarded_address_counts_only_from_the_proxy(self, tmp_path: Path) -> None:
        """Nobody can choose the network that is slowed down, but our own proxy."""
        for proxy, blamed in (("127.0.0.1", "198.51.100.0/24"), ("10.9.9.9", "127.0.0.0/24")):
            folder = tmp_path / proxy
            folder.mkdir()
            settings = Settings(data=folder, console_proxy=proxy)  # type: ignore[arg-type]
            async with Console(folder, settings=settings) as console:
                anna = console.reader()
                browser = console.browser(**{"X-Forwarded-For": "203.0.113.7, 198.51.100.20"})
                for _ in range(10):
                    await browser.sign_in(anna, console.clock.now(), name="x", code="0")
                gate = console.room.gate
                assert gate._count(gate._mark("network", blamed)) == 10

    async def test_smuggled_requests_end_at_the_first(self, console: Console) -> None:
        """Two lengths, a length beside chunks, and an upgrade are refused or not followed (81)."""
        head = "POST /sign-in HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n"
        for more in (
            "Content-Length: 5\nContent-Length: 6\n\nhello",
            "Content-Length: 5\nTransfer-Encoding: chunked\n\n0\n\nGET /evil HTTP/1.1\n\n",
            "Transfer-Encoding: xchunked\n\n5\nhello\n0\n\n",
        ):
            answer = await raw(console, head + more)
            assert answer.split()[1] == "400"
            assert answer.count("HTTP/1.") == 1
        upgrade = "GET /sign-in HTTP/1.1\nHost: 127.0.0.1\n"
        upgrade += "Connection: Upgrade, close\nUpgrade: websocket\n\n"
        assert (await raw(console, upgrade)).split()[1] == "200"

    def test_the_parser_is_the_fast_and_mended_one(self) -> None:
        """The versions with known holes are not used, and the parser in C is present (81)."""
        assert tuple(map(int, aiohttp.__version__.split(".")[:3])) >= (3, 14, 3)
        assert http_parser.HttpRequestParser is not http_parser.HttpRequestParserPy


class TestAnswers:
    """Rows 87, 88, 94, 96 and 100: what leaves the console."""

    @pytest.mark.parametrize("path", ["/sign-in", "/account", "/nowhere", "/static/x"])
    async def test_every_answer_carries_the_headers(self, console: Console, path: str) -> None:
        """No frame, no referrer, no sniffing, no cache, and no word about the software."""
        browser = await admin(console)
        answer = await browser.get(path)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Server" not in answer.headers

    def test_the_policy_lets_nothing_in(self) -> None:
        """No inline script or style, no frame, no other origin."""
        rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
        assert rules.pop("default-src") == "'none'"
        assert rules.pop("frame-ancestors") == rules.pop("base-uri") == "'none'"
        assert rules.pop("require-trusted-types-for") == "'script'"
        assert set(rules.values()) == {"'self'"}
        assert "unsafe" not in POLICY

    async def test_no_page_holds_script_or_style_of_its_own(self, console: Console) -> None:
        """Every script and sheet is a file with its fingerprint, from this house (100)."""
        browser = await admin(console)
        for path in ("/account", "/offices", "/operators", "/audit", "/help", "/recovery-sheet"):
            await browser.get(path)
            text = browser.text
            assert text.count("<script") == text.count("<script defer src=")
            assert text.count("<script") + text.count('rel="stylesheet"') == text.count(
                'integrity="sha384-'
            )
            assert " style=" not in text
            assert "<style" not in text
            assert " on" not in {part[:3] for part in text.split("<")}
            assert "http://" not in text.replace(console.address, "")

    async def test_packaged_files_and_no_others_are_served(self, console: Console) -> None:
        """No folder stands behind the address: only the names that pages use (94)."""
        browser = await admin(console)
        start = browser.text.index("/static/console.")
        sheet = browser.text[start : browser.text.index('"', start)]
        answer = await browser.get(sheet)
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        for path in (
            "/static/",
            "/static/console.css",
            "/static/../app.py",
            "/static/..%2fapp.py",
            "/static/%2e%2e/%2e%2e/app.py",
            "/static//etc/passwd",
            "/static/.keep",
            sheet + "x",
        ):
            assert (await browser.get(path)).status == 404, path

    async def test_an_error_says_nothing_of_its_cause(
        self, console: Console, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """No trace, no name of a module; the log has the kind of the error and no words (96)."""
        browser = await admin(console)

        async def breaks(_look: object) -> None:
            raise ValueError("the secret of Anna")

        monkeypatch.setattr(console.room, "write", breaks)
        answer = await browser.post("/account/language", language="it")
        assert answer.status == 500
        for word in ("Traceback", "ValueError", "secret", "Anna</", ".py", "aiohttp"):
            assert word not in browser.text.replace("Anna</p>", "")
        assert console.told.notes == [("console_failed", {"error": "ValueError"})]

    async def test_errors_are_answered_in_the_look_of_the_house(self, console: Console) -> None:
        """A page that is not there, and one that is not yours, are pages."""
        browser = await console.signed_in(console.reader())
        for path, status in (("/nowhere", 404), ("/offices", 403), ("/join/x", 410)):
            answer = await browser.get(path)
            assert (answer.status, "<main" in browser.text) == (status, True)

    async def test_what_a_stranger_writes_does_not_reach_the_log(self, console: Console) -> None:
        """Neither a user agent with line ends nor a name is ever logged (95)."""
        anna = console.reader()
        browser = console.browser(**{"User-Agent": "x evil=1 level=error"})
        await browser.sign_in(anna, console.clock.now(), name="Anna\nlevel=error", code="0")
        await browser.get("/nowhere?x=evil%0d%0a")
        assert console.told.notes == [("sign_in_refused", {})]
