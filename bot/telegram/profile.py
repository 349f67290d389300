"""How the bot presents itself in Telegram: its commands and what it says it is, by language."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from bot.words import Words
from flows.text import _

COMMANDS = (
    ("menu", _("Home")),
    ("courses", _("Courses and appointments")),
    ("services", _("Who helps near me")),
    ("calendar", _("My calendar")),
    ("help", _("Numbers to call")),
    ("language", _("Language")),
    ("clean", _("Clean this chat")),
    ("privacy", _("Privacy and my data")),
    ("forget", _("Forget me")),
)
SHORT = _("Courses, work and services: information in your language.")
LONG = _(
    "Antenna gives free information about work, papers, courses and services in Italy, "
    "in your language. Tap Start."
)
SCOPE = BotCommandScopeAllPrivateChats()


async def introduce(bot: Bot, languages: Iterable[Words], default: str = "en") -> int:
    """Bring Telegram's copy of the profile up to date; returns how many calls changed something.

    What is already right is not sent: these methods are limited hard. Telegram takes only
    two-letter language codes; the default is what everybody else sees.
    """
    changed = 0
    for words in languages:
        for code in ("", words.code) if words.code == default else (words.code,):
            if len(code) in (0, 2):
                changed += await _introduce_in(bot, words, code)
    return changed


async def _introduce_in(bot: Bot, words: Words, code: str) -> int:
    changed = 0
    commands = tuple(BotCommand(name, words.plain(text)) for name, text in COMMANDS)
    if await bot.get_my_commands(SCOPE, code) != commands:
        await bot.set_my_commands(commands, SCOPE, code)
        changed += 1
    short = words.plain(SHORT)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
        changed += 1
    long = words.plain(LONG)
    if (await bot.get_my_description(code)).description != long:
        await bot.set_my_description(long, code)
        changed += 1
    return changed
