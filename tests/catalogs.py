"""The words of the house do not change while tests run: a process reads each file of them once.

To read them takes longer than to start the rest of the bot, and some hundreds of tests start one.
Languages, catalogs, cards and numbers in any other folder are read each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import bot.furniture
import bot.indexes
import bot.languages
from bot.furniture import LOCALES
from bot.languages import Languages
from bot.search_words import SearchWords, read_search_words

READERS = (
    (bot.languages, "read_roster"),
    (bot.languages, "load_catalog"),
    (bot.furniture, "load_library"),
    (bot.furniture, "load_numbers"),
)
OF_THE_HOUSE = (LOCALES, LOCALES / "content")


def once(read: Callable[..., Any]) -> Callable[..., Any]:
    """What `read` gives, as it was read the first time; the folder is what it is given last."""
    first = cache(read)

    def reads(*given: Any) -> Any:
        folder: Path = given[-1]
        return first(*given) if folder in OF_THE_HOUSE else read(*given)

    return reads


def words_once(read: Callable[..., SearchWords]) -> Callable[..., SearchWords]:
    """What people call things, as it was read the first time for the same things."""
    first = cache(read)

    def reads(folder: Path, known: Iterable[str], codes: Iterable[str]) -> SearchWords:
        given = (folder, tuple(known), tuple(codes))
        return first(*given) if folder == LOCALES / "search" else read(*given)

    return reads


@cache
def read_once() -> None:
    """Let every bot of this process share what was read."""
    for module, name in READERS:
        vars(module)[name] = once(vars(module)[name])
    vars(bot.indexes)["read_search_words"] = words_once(read_search_words)


def read_now() -> None:
    """Read everything, so that the processes forked from this one need not."""
    read_once()
    Languages.load(LOCALES, drafts=True)
