"""Logs that cannot tell on anybody: only listed events, keys and kinds of values get through."""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import threading
import traceback
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import structlog

from bot.clock import Clock
from bot.codes import (
    KINDS,
    LANES,
    METHODS,
    OTHER,
    OUTCOMES,
    RESULTS,
    TROUBLES,
    listed,
    spelled,
)
from bot.events import EVENTS
from bot.settings import LogForm, LogLevel

ROOT = Path(__file__).resolve().parent.parent
LARGEST_NUMBER = 9_999_999  # an id of Telegram's is longer, a count of ours is not
MOST_FRAMES = 12
LIBRARIES = spelled(
    """
    aiohttp alembic apscheduler asyncio babel concurrent httpcore httpx pydantic psycopg sqlalchemy
    structlog telegram py root
    """
)
TOKEN = re.compile(r"[0-9]{3,}:[A-Za-z0-9_-]{20,}")
LONG_NUMBER = re.compile(r"[0-9](?:[ .\-]?[0-9]){6,}")
CLASS_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}")
HIDDEN = "(hidden)"

COUNTS = spelled(
    """
    attempts code count duration_ms hours rows status tries
    """
)
WORDS: Mapping[str, frozenset[str]] = {
    "method": METHODS,
    "kind": KINDS,
    "lane": LANES,
    "result": RESULTS,
    "outcome": OUTCOMES,
    "why": TROUBLES,
}


class Reference:
    """A random name that ties together the lines of one turn, and nothing else to it."""

    __slots__ = ("_name",)

    def __init__(self) -> None:
        self._name = secrets.token_hex(4)

    def __str__(self) -> str:
        return "".join(chr(ord("a") + int(sign, 16)) for sign in self._name)


class Line(dict[str, Any]):
    """One line of the log, already clean."""


def clean_line(event: object, level: str, values: Mapping[str, object]) -> Line:
    """Keep what is listed of one event, drop the rest; an event that is not listed says only so."""
    if not isinstance(event, str) or event not in EVENTS:
        line = Line(event="unlisted", level=level)
        line.update(_clean_error(values.get("exc_info")))
        return line
    line = Line(event=event, level=level)
    for key, value in values.items():
        cleaned = _clean_value(key, value)
        if cleaned is not None:
            line[key] = cleaned
    line.update(_clean_error(values.get("exc_info")))
    return line


def _clean_value(key: str, value: object) -> str | int | float | bool | None:
    if key == "ref":
        return str(value) if type(value) is Reference else None
    if key == "error" and isinstance(value, str):
        return value if value in known_errors() else OTHER
    if key in COUNTS and type(value) in {int, float, bool}:
        assert isinstance(value, (int, float))
        number = round(value, 1) if isinstance(value, float) else value
        return number if 0 <= number <= LARGEST_NUMBER else None
    if key in WORDS and isinstance(value, str):
        return listed(value, WORDS[key])
    return None


def _clean_error(info: object) -> dict[str, Any]:
    error = _exception(info)
    if error is None:
        return {}
    chain: list[str] = []
    step: BaseException | None = error
    while step is not None and len(chain) < 5:
        chain.append(error_name(step))
        step = step.__cause__ or step.__context__
    return {"error": " < ".join(chain), "trace": where(error.__traceback__)}


def _exception(info: object) -> BaseException | None:
    if isinstance(info, BaseException):
        return info
    if isinstance(info, tuple) and len(info) == 3 and isinstance(info[1], BaseException):
        return info[1]
    return sys.exc_info()[1] if info is True else None


def error_name(error: BaseException) -> str:
    """The class of an error, without a word of what it says."""
    name = type(error).__name__
    return name if CLASS_NAME.fullmatch(name) else OTHER


def known_errors() -> set[str]:
    """The names of every class of error in this program: a name among them is nobody's."""
    found: set[str] = set()
    waiting: list[type[BaseException]] = [BaseException]
    while waiting:
        kind = waiting.pop()
        if kind.__name__ not in found:
            found.add(kind.__name__)
            waiting += type.__subclasses__(kind)
    return found


def where(trace: TracebackType | None) -> list[str]:
    """A traceback as file and line, the innermost last: no source, no values, no messages."""
    frames = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    return [_place(frame) for frame in frames[-MOST_FRAMES:]]


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    if path.is_relative_to(ROOT) and ".venv" not in path.parts:
        return f"{path.relative_to(ROOT)}:{frame.lineno}"
    parts = path.parts
    for marker in ("site-packages", f"python{sys.version_info.major}.{sys.version_info.minor}"):
        if marker in parts:
            inside = parts[len(parts) - parts[::-1].index(marker) :]
            return f"{'/'.join(inside)}:{frame.lineno}"
    return f"{OTHER}:{frame.lineno}"


def written(line: Line, *, at: str, form: LogForm) -> str:
    """The line as text, with a last look for tokens and long numbers."""
    if form is LogForm.JSON:
        shown: dict[str, Any] = {"at": at}
        shown.update({key: _redacted(value) for key, value in line.items()})
        return json.dumps(shown, ensure_ascii=False)
    rest = {key: value for key, value in line.items() if key not in {"event", "level", "trace"}}
    words = EVENTS.get(line["event"], line["event"])
    details = "  ".join(f"{key}={_redacted(value)}" for key, value in rest.items())
    text = f"{at[11:19]}  {line['level']:<8} {words}" + (f"  ({details})" if details else "")
    places = "".join(f"\n          {_redacted(place)}" for place in line.get("trace", ()))
    return text + places


def _redacted(value: Any) -> Any:
    if isinstance(value, list):
        return [_redacted(item) for item in value]
    if not isinstance(value, str):
        return value
    # Hide the whole value, not the part that was recognised: the rest may be as telling.
    return HIDDEN if TOKEN.search(value) or LONG_NUMBER.search(value) else value


class Sink:
    """The one place where log lines are written."""

    def __init__(self, stream: TextIO, form: LogForm, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock
        self._lock = threading.Lock()
        terminal = LogForm.TEXT if stream.isatty() else LogForm.JSON
        self._form = terminal if form is LogForm.AUTO else form

    def write(self, line: Line) -> None:
        """Write one line; a log that cannot be written never stops the bot."""
        at = self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        text = written(line, at=at, form=self._form)
        with self._lock:
            try:
                self._stream.write(text + "\n")
                self._stream.flush()
            except (OSError, ValueError):
                return


class Library(logging.Handler):
    """Records of the libraries: only who speaks, how loud, and the class of an error."""

    def __init__(self, sink: Sink) -> None:
        super().__init__()
        self._sink = sink

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record without its message."""
        line = Line(event="library", level=level_name(record.levelno))
        line["logger"] = logger_name(record.name)
        line.update(_clean_error(record.exc_info))
        self._sink.write(line)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Stay silent: the standard way prints the record's message."""


def logger_name(name: str) -> str:
    """The name of a logger if it is a module we know, otherwise the library it belongs to."""
    if name in sys.modules and CLASS_NAME.fullmatch(name.replace(".", "_")):
        return name
    top = name.partition(".")[0]
    return top if top in LIBRARIES else OTHER


def level_name(number: int) -> str:
    """The name of a level, one of four."""
    for bound, name in ((40, "error"), (30, "warning"), (20, "info")):
        if number >= bound:
            return name
    return "debug"


class _Renderer:
    """The end of structlog's chain: clean the event and write it."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def __call__(self, _logger: object, level: str, values: MutableMapping[str, Any]) -> str:
        event = values.pop("event", None)
        level = {"exception": "error", "critical": "error", "warn": "warning"}.get(level, level)
        self._sink.write(clean_line(event, level, values))
        raise structlog.DropEvent


def start_logging(
    level: LogLevel = LogLevel.INFO,
    form: LogForm = LogForm.AUTO,
    stream: TextIO | None = None,
    clock: Clock | None = None,
) -> None:
    """Send everything anybody logs in this process through the allow-list, to stderr."""
    sink = Sink(stream or sys.stderr, form, clock or Clock())
    number = logging.getLevelNamesMapping()[level.value.upper()]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, _Renderer(sink)],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.ReturnLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for handler in root.handlers[:]:
        root.removeHandler(handler)
    root.addHandler(Library(sink))
    # Libraries are heard from a warning on, whatever our own level: below it they tell texts.
    root.setLevel(max(number, logging.WARNING))
    for name in list(logging.Logger.manager.loggerDict):
        _hand_to_root(logging.getLogger(name))
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    _catch_the_uncaught(sink)


def _hand_to_root(logger: logging.Logger) -> None:
    logger.handlers = [h for h in logger.handlers if isinstance(h, logging.NullHandler)]
    logger.propagate = True
    if logger.level and logger.level < logging.WARNING:
        logger.setLevel(logging.NOTSET)


def _catch_the_uncaught(sink: Sink) -> None:
    """Let nothing reach Python's own printers: they show messages, sources and values."""

    def crashed(error: BaseException | None) -> None:
        sink.write(clean_line("crashed", "error", {"exc_info": error}))

    sys.excepthook = lambda _kind, error, _trace: crashed(error)
    sys.unraisablehook = lambda args: crashed(args.exc_value)
    threading.excepthook = lambda args: crashed(args.exc_value)
