"""What is the same for everybody, from the settings and the content: read once, and checked."""

from __future__ import annotations

from pathlib import Path

from bot.content import load_library, load_numbers
from bot.guide_things import guides_of
from bot.indexes import load_indexes
from bot.languages import Languages
from bot.meaning.translator import sent_to
from bot.settings import Settings
from bot.world import Furniture
from flows.model import House, Tongue
from storage.erase import LEDGER_DAYS

LOCALES = Path(__file__).resolve().parent.parent / "locales"


def furnish(settings: Settings, languages: Languages, locales: Path = LOCALES) -> Furniture:
    """What is the same for everybody, read and checked.

    Raises:
        ContentError: a card, a number or a search word is wrong; the message names every file
            and line.
    """
    tongues = tuple(
        Tongue(language.code, language.name, language.welcome)
        for language in languages.all
        if language.code in languages.codes
    )
    house = House(
        network=settings.network,
        storage_days_idle=settings.retention_days,
        wash_minutes=settings.wash_minutes,
        wash_hours=settings.wash_hours,
        mark_days=LEDGER_DAYS,
        tongues=tongues,
        talk_days=settings.talk_days,
        translates_at=sent_to(settings),
    )
    content = locales / "content"
    library = load_library(content)
    indexes = load_indexes(languages, library, locales / "search", [*guides_of(library)])
    return Furniture(house, library, load_numbers(content), indexes)
