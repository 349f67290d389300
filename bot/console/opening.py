"""Opens the console beside the bot: its pages, the reports' pages, its address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.clock import Clock
from bot.console.app import PAGES, create_console, make_room, serve
from bot.console.messages.ways import LINES
from bot.console.reports.desk import Desk, send_nothing
from bot.console.reports.ports import Send
from bot.console.reports.ways import report_pages
from bot.console.room import Demo
from bot.console.talks.desk import NOTHING, Fetch, Talks, fetch_nothing
from bot.console.talks.ways import talk_pages
from bot.console.words.rack import Rack
from bot.console.words.ways import word_pages
from bot.languages import Languages
from bot.meaning.interpreter import Interpreter, for_reports
from bot.relay.handoffs import Handoffs
from bot.settings import Settings, console_address
from bot.watch import Watch
from flows.library import Library
from storage.database import Database
from storage.reports import Reports


async def open_console(
    settings: Settings,
    database: Database,
    languages: Languages,
    clock: Clock,
    watch: Watch,
    *,
    reports: Reports | None = None,
    send: Send = send_nothing,
    changed: Callable[[], Awaitable[None]] | None = None,
    purge: Callable[[], Awaitable[None]] | None = None,
    handoffs: Handoffs | None = None,
    fetch: Fetch = fetch_nothing,
    library: Library = NOTHING,
    rack: Rack | None = None,
    interpreter: Interpreter | None = None,
    demo: tuple[Demo, ...] = (),
) -> tuple[str, web.AppRunner]:
    """Serve the console; its address, and the runner whose `cleanup` ends it.

    `changed` is called when something of the offices changed, `purge` when something was deleted
    whose bytes must go from the files. Without `handoffs` nobody talks;
    `fetch` gives the bytes of a file by its id, `library` says what a card is called, `rack` has
    all words to work on, `interpreter` translates.

    Raises:
        OSError: the address is taken or not ours; nothing listens.
    """
    room = make_room(settings, database, languages, clock=clock, watch=watch, demo=demo)
    room.address = console_address(settings)
    room.reports = reports
    if changed is not None:
        room.on_offices_changed = changed
    if purge is not None:
        room.on_deleted = purge
    pages = (*LINES, *PAGES)
    if reports is not None:
        pages = (*pages, *report_pages(Desk(reports, send, interpreter=for_reports(interpreter))))
    if handoffs is not None:
        talks = Talks(handoffs, fetch, library, interpreter)
        room.on_close.append(talks.sandbox.stop)
        pages = (*pages, *talk_pages(talks))
    if rack is not None:
        pages = (*pages, *word_pages(rack))
    runner = await serve(create_console(room, pages), settings.console)
    if settings.console.port == 0:
        room.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return room.address, runner
