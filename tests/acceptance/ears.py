"""Everything anybody logs while a test runs: our own events, and what libraries complain of."""

from __future__ import annotations

import io
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from bot.events import TROUBLE
from bot.logs import start_logging
from bot.settings import LogForm, LogLevel


class Ears(logging.Handler):
    """Hears structlog's events whole and the warnings and errors of every library."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.events: list[dict[str, Any]] = []
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)

    def hear(self, _logger: object, level: str, values: Any) -> Any:
        """Keep an event; nothing is printed."""
        self.events.append({"level": level, **values})
        raise structlog.DropEvent

    def written(self) -> str:
        """Everything that was told, with every value and every word of every error."""
        shown = logging.Formatter()
        lines = [repr(event) for event in self.events]
        lines += [shown.format(record) for record in self.records]
        return "\n".join(lines)

    def named(self, event: str) -> int:
        """How often an event was told."""
        return sum(one["event"] == event for one in self.events)

    @property
    def troubles(self) -> set[str]:
        """What went wrong: our own events of trouble and every complaint of a library."""
        ours = {one["event"] for one in self.events if one["event"] in TROUBLE}
        loud = {one["event"] for one in self.events if one["level"] in ("error", "critical")}
        crashed = {one["event"] for one in self.events if one.get("exc_info")}
        return ours | loud | crashed | {record.getMessage() for record in self.records}


@contextmanager
def listening() -> Iterator[Ears]:
    """Hear everything for a while; the logging of the process is put back afterwards."""
    ears, root = Ears(), logging.getLogger()
    root.addHandler(ears)
    structlog.configure(processors=[ears.hear], cache_logger_on_first_use=False)
    try:
        yield ears
    finally:
        root.removeHandler(ears)
        structlog.reset_defaults()


@contextmanager
def production_log() -> Iterator[tuple[io.StringIO, list[dict[str, Any]]]]:
    """The log as a deployment writes it, at its most talkative, and our events before the sieve."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions)
    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook)
    stream, events = io.StringIO(), list[dict[str, Any]]()
    start_logging(LogLevel.DEBUG, LogForm.JSON, stream)
    sieve = structlog.get_config()["processors"]

    def overhear(_logger: object, level: str, values: Any) -> Any:
        events.append({"level": level, **values})
        return values

    structlog.configure(processors=[overhear, *sieve])
    try:
        yield stream, events
    finally:
        logging.captureWarnings(False)
        root.handlers[:], logging.raiseExceptions = before[0], before[2]
        root.setLevel(before[1])
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
