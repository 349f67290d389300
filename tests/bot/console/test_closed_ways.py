"""Ways that this console has not: no socket that stays open, no call outwards."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.bot.console.house import Console
from tests.bot.console.test_guard import raw

CONSOLE = Path(__file__).resolve().parents[3] / "bot" / "console"
CALLING = {"ClientSession", "TCPConnector", "create_connection", "open_connection", "urlopen"}
LIBRARIES = {"http.client", "requests", "socket", "urllib.request"}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/reports", "/static/console.css"])
async def test_no_page_becomes_a_web_socket(console: Console, path: str) -> None:
    """Row 86: whoever asks to stay connected is answered as a page, or not at all."""
    host = console.address.removeprefix("http://")
    request = [
        f"GET {path} HTTP/1.1",
        f"Host: {host}",
        "Origin: https://evil.example",
        "Connection: close, Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {'A' * 22}==",
    ]
    answer = await raw(console, "\n".join([*request, "", ""]))
    status = int(answer.split(" ")[1])
    assert (status != 101, "Sec-WebSocket-Accept" in answer) == (True, False)


def test_the_console_calls_nobody() -> None:
    """Row 89: nothing an operator types can make the machine open an address."""
    found = []
    for path in sorted(CONSOLE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: set[str] = set()
            if isinstance(node, ast.Import):
                names = {one.name for one in node.names} & LIBRARIES
            elif isinstance(node, ast.ImportFrom):
                names = {one.name for one in node.names} & CALLING
                names |= {node.module or ""} & LIBRARIES
            elif isinstance(node, ast.Attribute):
                names = {node.attr} & CALLING
            found += [(path.name, name) for name in sorted(names)]
    assert found == []
