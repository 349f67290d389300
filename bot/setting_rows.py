"""Shows every setting: as the table of the README, and as a file to copy and fill in."""

from __future__ import annotations

from typing import NamedTuple

from bot.settings import PREFIX, Settings


class Row(NamedTuple):
    """One setting as the README and `.env.example` show it."""

    variable: str
    default: str
    description: str


def setting_rows() -> tuple[Row, ...]:
    """Every setting, in the order of the class."""
    return tuple(
        Row(f"{PREFIX}{name.upper()}", _shown(info.default), info.description or "")
        for name, info in Settings.model_fields.items()
    )


def _shown(default: object) -> str:
    if default is None:
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    return str(default)


def settings_table() -> str:
    """The settings as a Markdown table."""
    lines = ["| Setting | Default | What it is |", "|---|---|---|"]
    for row in setting_rows():
        default = f"`{row.default}`" if row.default else "–"
        lines.append(f"| `{row.variable}` | {default} | {row.description} |")
    return "\n".join(lines) + "\n"


def env_example() -> str:
    """The settings as a `.env` file in which everything is still switched off."""
    blocks = [
        "# Copy to .env, take away the # of what you change, and run: chmod 600 .env\n"
        "# Made from bot/settings.py by `python -m bot settings --env`.\n"
    ]
    blocks += [f"# {row.description}\n#{row.variable}={row.default}\n" for row in setting_rows()]
    return "\n".join(blocks)
