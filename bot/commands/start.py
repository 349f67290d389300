"""`run`, `demo` and `local`: start the bot, with the real Telegram or with one of its own."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import web
from pydantic import SecretStr

from bot.commands.figures import put_sample
from bot.commands.group import line_that_connects
from bot.commands.place import Place, RefusedError, say
from bot.doctor.examination import examine, is_refused, look_around, report
from bot.settings import Settings, console_address
from storage.database import Database

if TYPE_CHECKING:
    from bot.console.room import Demo
    from bot.local.telegram import Telegram

SAMPLE = "begin with a made-up year of two desks; only in an empty database"
LOCAL_NAME = "antenna_local_bot"
PATIENCE_SECONDS = 1.0
GROUP = "Operators"
OPERATORS = (
    {
        "first_name": "Anna",
        "last_name": "Colombo",
        "language_code": "it",
        "label": "operator, in the group",
    },
    {
        "first_name": "Bruno",
        "last_name": "Riva",
        "language_code": "it",
        "label": "operator, in the group",
    },
)
PEOPLE = (
    {"first_name": "Amina", "language_code": "ar", "label": "works in a kitchen, shares her phone"},
    {
        "first_name": "Joy",
        "language_code": "en",
        "label": "cleans at night, looks for a better job",
    },
    {"first_name": "Rosa", "language_code": "it", "label": "looks after an elderly lady"},
)


def add_commands(commands: Any) -> None:
    """Add `run`, `demo` and `local`."""
    run = commands.add_parser("run", help="start the bot; without a token, the demo")
    run.add_argument("--sample", action="store_true", help=SAMPLE)
    run.set_defaults(carry_out=carry_out_run)
    demo = commands.add_parser("demo", help="start the bot with a local Telegram to try it in")
    demo.add_argument("--sample", action="store_true", help=SAMPLE)
    demo.set_defaults(carry_out=carry_out_demo)
    local = commands.add_parser("local", help="start the local Telegram alone, without the bot")
    local.add_argument("--token", default="1:local", help="the token it knows (%(default)s)")
    local.set_defaults(carry_out=carry_out_local)


def carry_out_run(place: Place) -> int:
    """Start the bot on the real Telegram, or the demo where there is no token."""
    if not place.settings.has_token:
        return carry_out_demo(place)
    refuse_unsafe(place)
    if place.options.sample:
        load_year(place)
    _run(_bot(place.settings), place.settings)
    return 0


def carry_out_demo(place: Place) -> int:
    """Start a local Telegram and the bot on it, with a database that begins anew."""
    settings = demo_settings(place.settings)
    refuse_unsafe(Place(settings.model_copy(update={"telegram_token": None}), place.options))
    _run(_demo(place, settings), settings)
    return 0


def carry_out_local(place: Place) -> int:
    """Start the local Telegram alone: for another bot, or for a bot started by hand."""
    options: argparse.Namespace = place.options
    _run(_local_alone(place, options.token), place.settings)
    return 0


def refuse_unsafe(place: Place) -> None:
    """Ask the doctor; go on only where nothing is dangerous.

    Raises:
        RefusedError: something unsafe was found; nothing was started.
    """
    findings = examine(look_around(place.settings, place.clock))
    words = report(findings)
    if is_refused(findings):
        structlog.get_logger().error("check_refused")
        raise RefusedError(f"{words}\n\nAntenna does not start like this. Mend what has a ✗ first.")
    if words:
        say(f"{words}\n")


def demo_settings(settings: Settings) -> Settings:
    """Settings for the demo: its own folder, its own token, its own Telegram, nothing outside."""
    return settings.model_copy(
        update={
            "telegram_token": SecretStr(f"{secrets.randbelow(10**9)}:{secrets.token_urlsafe(32)}"),
            "telegram_token_file": None,
            "telegram_api": f"http://{settings.local}",
            "data": settings.data / "demo",
            "database": None,
            "public_url": None,
            "reports_database": None,
            "console_url": None,
            "draft_languages": True,
        }
    )


async def _bot(settings: Settings, demo: tuple[Demo, ...] = ()) -> None:
    # Imported here, so that the other commands do not wait for all of the bot.
    from bot import app
    from bot.telegram.intake import IntakeError

    try:
        await app.run(settings, demo=demo)
    except IntakeError as error:
        raise RefusedError(str(error)) from None


async def _demo(place: Place, settings: Settings) -> None:
    token = settings.telegram_token
    assert token is not None
    async with local_telegram(place, token.get_secret_value()) as telegram:
        populate(telegram, console_address(settings))
        # Its chats begin anew, so the bot's memory of them must too. Only after the address is
        # ours: a second demo fails before it takes the first one's database away.
        with suppress(FileNotFoundError):
            shutil.rmtree(settings.data)
        place.settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        demo = await asyncio.to_thread(
            _operators_of_the_demo, settings, place, accounts_of(telegram)
        )
        there = Place(settings, place.options, place.clock)
        if getattr(place.options, "sample", False):
            await asyncio.to_thread(load_year, there)
        line = await asyncio.to_thread(line_that_connects, there)
        connect(telegram, line)
        say(welcome(settings, demo))
        await _bot(settings, demo)


def _operators_of_the_demo(
    settings: Settings, place: Place, accounts: dict[str, int]
) -> tuple[Demo, ...]:
    from bot.console.demo import prepare_demo  # here as well

    database = Database.open(settings.database_url, data=settings.data)
    try:
        return prepare_demo(database, place.today, accounts=accounts)
    finally:
        database.close()


def load_year(place: Place) -> None:
    """Put the made-up year into the database of a place.

    Raises:
        RefusedError: somebody or something is in it already; nothing was changed.
    """
    database = Database.open(place.settings.database_url, data=place.settings.data)
    try:
        if not put_sample(place, database):
            raise RefusedError(
                "The sample goes only into a database that is empty: made-up people never stand "
                "beside real ones. Start without --sample, or with another ANTENNA_DATA."
            )
    finally:
        database.close()
    folder = place.settings.data
    say(f"Its figures, from another terminal: ANTENNA_DATA={folder} ./antenna figures\n")


async def _local_alone(place: Place, token: str) -> None:
    async with local_telegram(place, token):
        say(f"The local Telegram is open: http://{place.settings.local}/")
        say(f"A bot reaches it with ANTENNA_TELEGRAM_API=http://{place.settings.local}")
        await asyncio.Event().wait()


def populate(telegram: Telegram, console: str = "") -> None:
    """Give a newcomer phones to pick up, one of them from right to left, and operators a group."""
    from bot.local.rooms import found_group  # here as well

    telegram.console = console
    for person in PEOPLE:
        telegram.add_person(dict(person))
    first, *others = [telegram.add_person(dict(one)).id for one in OPERATORS]
    found_group(telegram, {"title": GROUP, "admins": [first], "members": others})


def accounts_of(telegram: Telegram) -> dict[str, int]:
    """By which number each operator is known there."""
    names = {f"{one['first_name']} {one['last_name']}" for one in OPERATORS}
    known = {f"{one.first_name} {one.last_name}": one.id for one in telegram.people.values()}
    return {name: known[name] for name in sorted(names)}


def connect(telegram: Telegram, line: str) -> None:
    """Let who runs the group write in it the line that binds it; the bot hears it first of all."""
    from bot.local.people import send  # here as well

    group = next(chat for chat in telegram.chats.values() if not chat.private)
    owner = next(one for one, status in group.members.items() if status == "creator")
    send(telegram, {"from": owner, "chat": group.id, "text": line})


@asynccontextmanager
async def local_telegram(place: Place, token: str) -> AsyncIterator[Telegram]:
    """A local Telegram that is there as long as the block lasts."""
    from bot.local import TELEGRAM, create_local_telegram  # here as well

    address = place.settings.local
    application = create_local_telegram(
        token, place.clock, name=place.settings.network, username=LOCAL_NAME
    )
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=PATIENCE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, address.host, address.port).start()
        yield application[TELEGRAM]
    finally:
        await runner.cleanup()


def welcome(settings: Settings, demo: tuple[Demo, ...]) -> str:
    """What a newcomer reads: where to look, and how it becomes real."""
    people = "".join(f"    {one.name} / {one.passphrase}\n" for one in demo)
    return (
        "\nAntenna is running, with a Telegram of its own. Open in a browser:\n\n"
        f"    http://{settings.local}/            the phones, and the operators' group\n"
        f"    {console_address(settings)}/            the operators' console\n"
        f"    http://{settings.listen}/readyz      is everything well?\n\n"
        f"To sign in to the console:\n\n{people}\n"
        "and the six digits that stand on its door. In the demo everybody may know them.\n\n"
        "Nothing leaves this machine, and the next start begins anew. Ctrl+C stops it.\n"
        "For the real Telegram, put a token from @BotFather in ANTENNA_TELEGRAM_TOKEN.\n"
    )


def _run(work: Any, settings: Settings) -> None:
    try:
        asyncio.run(work)
    except OSError as error:
        if error.errno is None or "bind" not in str(error):
            raise
        raise RefusedError(
            f"An address is taken: {settings.listen} (ANTENNA_LISTEN), {settings.console} "
            f"(ANTENNA_CONSOLE) or {settings.local} (ANTENNA_LOCAL). Does another Antenna run "
            "here? Stop it, or choose other addresses."
        ) from None
