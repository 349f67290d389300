"""The log tells what happened, never to whom."""

from __future__ import annotations

import ast
import asyncio
import gc
import io
import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.events import EVENTS
from bot.logs import COUNTS, HIDDEN, WORDS, Reference, clean_line, start_logging, written
from bot.metrics import Metrics
from bot.settings import LogForm, LogLevel
from bot.watchman import Watchman

ROOT = Path(__file__).resolve().parents[2]
CANARIES = (
    [f"{7_100_000_000 + n}:AAH{n:02d}cAnArY-token_of-the-bot-{n:04d}" for n in range(8)]
    + [str(5_830_000_000 + n * 7919) for n in range(10)]
    + [f"+39 351 {n:03d} 4{n:03d}" for n in range(8)]
    + [f"Canary{name}" for name in ("Amina", "Karim", "Joy", "Ousmane", "Priya", "Łukasz")]
    + [f"@canary_{n}_username" for n in range(6)]
    + [f"my boss keeps passport number {n}, canary" for n in range(6)]
    + [f"canary{n}@example.org" for n in range(4)]
    + ["كناري أمينة", "কানারি", "canary·via Roma 7"][:2]
)


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Iterator[io.StringIO]:
    """The log of this process at its most talkative, put back in order afterwards."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions)
    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook)
    stream = io.StringIO()
    start_logging(LogLevel.DEBUG, LogForm.JSON, stream)
    yield stream
    logging.captureWarnings(False)
    root.handlers[:], logging.raiseExceptions = before[0], before[2]
    root.setLevel(before[1])
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def found(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text or json.dumps(canary)[1:-1] in text]


def fall(canary: str) -> None:
    """Fail with the canary in the message, the cause, the locals and a note."""
    secret = canary
    try:
        raise ValueError(canary, {"chat_id": secret})
    except ValueError as error:
        failure = RuntimeError(f"cannot send to {secret}")
        failure.add_note(canary)
        raise failure from error


def test_there_are_fifty_canaries() -> None:
    """The number the promise speaks of is the number that is tried."""
    assert len(set(CANARIES)) == 50


def test_no_canary_passes_through_our_own_loggers(log: io.StringIO) -> None:
    """As event, as any key's value, nested or bound, at every level, with or without an error."""
    keys = [*COUNTS, *WORDS, "ref", "text", "chat_id", "exception", "stack", "event_id", "level"]
    for canary in CANARIES:
        own = structlog.get_logger(canary).bind(chat=canary, user={"name": [canary]})
        structlog.contextvars.bind_contextvars(person=canary, ref=canary)
        for level in ("debug", "info", "warning", "error", "critical"):
            say = getattr(own, level)
            say(canary)
            say("ready", **{canary: canary})
            say("ready", **dict.fromkeys(keys, canary))
            say("row_sent %s", canary)
            try:
                fall(canary)
            except RuntimeError as error:
                say("turn_failed", exc_info=True, error=canary, trace=canary)
                own.exception("turn_failed", text=canary)
                say(error, exc_info=error)
        structlog.contextvars.clear_contextvars()
    assert found(log.getvalue()) == []
    assert len(lines(log)) == 50 * 5 * 7


def test_no_canary_passes_through_the_libraries_loggers(log: io.StringIO) -> None:
    """As logger name, message, argument, extra or error, at every level."""
    names = ["telegram.Bot", "httpx", "aiohttp.access", "apscheduler", "sqlalchemy.engine", ""]
    for canary in CANARIES:
        for name in [*names, canary, f"telegram.{canary}"]:
            library = logging.getLogger(name)
            for number in (10, 20, 30, 40, 50):
                library.log(number, "POST /bot%s/sendMessage", canary, extra={"chat": canary})
                library.log(number, canary)
                library.log(number, "%d", canary)
                try:
                    fall(canary)
                except RuntimeError:
                    library.log(number, canary, exc_info=True, stack_info=True)
    assert found(log.getvalue()) == []
    assert {frozenset(line) for line in lines(log)} == {
        frozenset({"at", "event", "level", "logger"}),
        frozenset({"at", "event", "level", "logger", "error", "trace"}),
    }


def test_no_canary_passes_where_nobody_catches(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """Uncaught errors of the process, of threads, of tasks, of destructors, and warnings."""

    class Falls:
        def __init__(self, canary: str) -> None:
            self.canary = canary

        def __del__(self) -> None:
            fall(self.canary)

    async def forgotten(canary: str) -> None:
        asyncio.get_running_loop().create_future().set_exception(RuntimeError(canary))
        gc.collect()
        asyncio.get_running_loop().call_soon(fall, canary)
        await asyncio.sleep(0)

    gc.freeze()  # only what is made from here on is collected: fifty times the rest takes long
    for canary in CANARIES:
        try:
            fall(canary)
        except RuntimeError as error:
            sys.excepthook(RuntimeError, error, error.__traceback__)
        thread = threading.Thread(target=fall, args=(canary,), name=canary)
        thread.start()
        thread.join()
        asyncio.run(forgotten(canary))
        Falls(canary)
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logging.captureWarnings(True)
            warnings.warn(canary, stacklevel=1)
            logging.captureWarnings(False)
    gc.unfreeze()
    shown = capsys.readouterr()
    assert found(log.getvalue() + shown.out + shown.err) == []
    assert sum(line["event"] == "crashed" for line in lines(log)) == 50 * 3


def test_an_error_is_told_as_its_classes_and_places(log: io.StringIO) -> None:
    """Enough to find the fault: the chain of classes, and file and line, the innermost last."""
    try:
        fall("Karim")
    except RuntimeError:
        structlog.get_logger().exception("turn_failed", ref=Reference(), attempts=2)
    line = lines(log)[0]
    assert line["error"] == "RuntimeError < ValueError"
    trace = line["trace"]
    assert isinstance(trace, list)
    assert [re.sub(r"\d+$", "N", place) for place in trace] == ["tests/bot/test_logs.py:N"] * 2
    assert line["attempts"] == 2


def test_what_is_listed_is_kept(log: io.StringIO) -> None:
    """A listed event keeps its listed keys, and they are written as given."""
    structlog.get_logger().info(
        "row_overtaken",
        method="sendMessage",
        code=200,
        duration_ms=12.345,
        lane="reply",
        result="sent",
    )
    line = lines(log)[0]
    del line["at"]
    assert line == {
        "event": "row_overtaken",
        "level": "info",
        "method": "sendMessage",
        "code": 200,
        "duration_ms": 12.3,
        "lane": "reply",
        "result": "sent",
    }


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("method", "sendKarim", "other"),
        ("count", 5_830_000_000, None),
        ("count", -1, None),
        ("count", "7", None),
        ("count", float("nan"), None),
        ("ref", "abcdefgh", None),
        ("error", "Karim", "other"),
        ("error", "TimeoutError", "TimeoutError"),
        ("chat_id", 5, None),
        ("text", "hello", None),
    ],
)
def test_what_is_not_listed_is_dropped(key: str, value: object, kept: object) -> None:
    """A key or a value that is not on the list does not get through, whatever it looks like."""
    assert clean_line("ready", "info", {key: value}).get(key) == kept


def test_an_event_that_is_not_listed_says_only_so() -> None:
    """A new event that nobody listed loses its keys too: the list fails closed."""
    assert clean_line("hello Karim", "info", {"count": 3}) == {"event": "unlisted", "level": "info"}


@pytest.mark.parametrize(
    "text", ["123456:AAaaBBbbCCccDDddEEeeFFff", "+39 351 234 5678", "5830000001"]
)
def test_the_second_net_hides_tokens_and_long_numbers(text: str) -> None:
    """Were the list ever wrong, a value that holds a token or a long number is hidden whole."""
    line = clean_line("library", "warning", {})
    line["logger"] = f"Karim {text}"
    shown = written(line, at="2026-11-22T04:30:19.123Z", form=LogForm.JSON)
    assert json.loads(shown)["logger"] == HIDDEN


def test_on_a_terminal_lines_are_for_people() -> None:
    """A person at a terminal reads words, with the details behind them."""
    line = clean_line("row_given_up", "warning", {"code": 502, "attempts": 3})
    shown = written(line, at="2026-11-22T04:30:19.123Z", form=LogForm.TEXT)
    assert shown == "04:30:19  warning  A message was given up  (code=502  attempts=3)"


def test_libraries_are_heard_from_a_warning_on(log: io.StringIO) -> None:
    """httpx tells whole addresses at INFO, with the token in them: it is not heard there."""
    for name in ("httpx", "telegram", "telegram.ext", "sqlalchemy.engine"):
        logging.getLogger(name).debug("text")
        logging.getLogger(name).info("text")
        logging.getLogger(name).warning("text")
    assert [line["level"] for line in lines(log)] == ["warning"] * 4


def is_told(call: ast.Call) -> bool:
    """Whether a call logs, notes or counts an event."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "count":
        return ast.unparse(call.func.value).endswith("watch")
    levels = {"debug", "info", "warning", "error", "exception", "critical"}
    return call.func.attr in {*levels, "note"}


def test_every_event_of_the_code_is_listed() -> None:
    """An event that is not listed would be held back: the code tells listed ones only."""
    unlisted = {
        f"{path.relative_to(ROOT)}: {call.args[0].value}"
        for room in ("bot", "storage")
        for path in (ROOT / room).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and is_told(call)
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and call.args[0].value not in EVENTS
    }
    assert unlisted == set()


def test_every_listed_event_is_told_somewhere() -> None:
    """The list holds no event that the code has forgotten."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for room in ("bot", "storage")
        for path in (ROOT / room).rglob("*.py")
        if path.name != "events.py"
    )
    assert [event for event in EVENTS if f'"{event}"' not in code] == []


def test_the_loops_are_heard_at_the_right_level(log: io.StringIO) -> None:
    """Trouble is a warning, everything else is information; what is not listed is held back."""
    watchman = Watchman(Metrics())
    watchman.note("telegram_back")
    watchman.note("sending_failed", error="TimeoutError", method="getMe", chat_id=5)
    watchman.note("hello Karim", rows=1)
    seen = [{key: line[key] for key in line if key != "at"} for line in lines(log)]
    assert seen == [
        {"event": "telegram_back", "level": "info"},
        {"event": "sending_failed", "level": "warning", "error": "TimeoutError", "method": "getMe"},
        {"event": "unlisted", "level": "info"},
    ]
