"""The words of the house do not change while tests run: a process reads each catalog once.

To read them takes longer than to start the rest of the bot, and some hundreds of tests start one.
Catalogs in any other folder are read each time.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import bot.languages
from bot.catalogs import Catalog, load_catalog
from bot.furniture import LOCALES
from bot.languages import Languages
from bot.roster import Language


@cache
def of_the_house(language: Language) -> Catalog:
    """A catalog of the house, as it was read the first time."""
    return load_catalog(language, LOCALES)


def load(language: Language, folder: Path) -> Catalog:
    """What `load_catalog` gives."""
    return of_the_house(language) if folder == LOCALES else load_catalog(language, folder)


def read_once() -> None:
    """Let every bot of this process share what was read."""
    vars(bot.languages)["load_catalog"] = load


def read_now() -> None:
    """Read everything, so that the processes forked from this one need not."""
    read_once()
    Languages.load(LOCALES, drafts=True)
