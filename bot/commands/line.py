"""The command line: finds the command, reads the settings, turns errors into words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bot.commands import (
    catalog,
    check,
    copies,
    course,
    desk,
    figures,
    group,
    office,
    operator,
    services,
    show,
    start,
)
from bot.commands.place import Place, RefusedError
from bot.content import ContentError
from bot.logs import start_logging
from bot.poster import PosterError
from bot.roster import LanguagesError
from bot.settings import SettingsError, load_settings
from storage.errors import StorageError

# What was foreseen: its message says what happened, what it means and what to do.
FORESEEN = (RefusedError, SettingsError, StorageError, ContentError, LanguagesError, PosterError)
INTERRUPTED = 130


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    parser = argparse.ArgumentParser(
        prog="antenna",
        description="Antenna: a virtual single access point for migrant workers, on Telegram.",
        epilog="Settings come from the environment and from .env: see `antenna settings`.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (
        start,
        check,
        copies,
        desk,
        office,
        operator,
        group,
        course,
        services,
        catalog,
        figures,
        show,
    ):
        module.add_commands(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code."""
    options = build_parser().parse_args(arguments)
    try:
        settings = load_settings()
        start_logging(settings.log, settings.log_form)
        place = Place(settings, options)
        return int(options.carry_out(place))
    except FORESEEN as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return 1
