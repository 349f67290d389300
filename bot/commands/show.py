"""`settings`: every setting, as a table, as an example file, or as it is now."""

from __future__ import annotations

from typing import Any

from bot.commands.place import Place
from bot.setting_rows import env_example, settings_table
from bot.settings import PREFIX, Settings


def add_commands(commands: Any) -> None:
    """Add `settings`."""
    settings = commands.add_parser("settings", help="every setting, and what it is now")
    form = settings.add_mutually_exclusive_group()
    form.add_argument("--table", action="store_true", help="the README's table")
    form.add_argument("--env", action="store_true", help="the file .env.example")
    settings.set_defaults(carry_out=carry_out)


def carry_out(place: Place) -> int:
    """Print the settings; a secret is shown as set or not set."""
    if place.options.table:
        print(settings_table(), end="")
    elif place.options.env:
        print(env_example(), end="")
    else:
        print(settings_now(place.settings), end="")
    return 0


def settings_now(settings: Settings) -> str:
    """Each setting as it is now, without any secret."""
    width = max(len(name) for name in Settings.model_fields) + len(PREFIX)
    lines = []
    for name, info in Settings.model_fields.items():
        value = getattr(settings, name)
        secret = "SecretStr" in str(info.annotation)
        shown = "" if value is None else "(set)" if secret else _plain(value)
        lines.append(f"{(PREFIX + name.upper()).ljust(width)}  {shown}".rstrip() + "\n")
    return "".join(lines)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
