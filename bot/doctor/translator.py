"""Asks the translator whether it translates, and says where words go when it does."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.doctor.finding import Check, Finding, Scene, Translated, fine, warn
from bot.furniture import LOCALES
from bot.meaning.interpreter import OURS
from bot.meaning.libretranslate import LibreTranslate, open_translator
from bot.meaning.translator import NotMeant, Why, host_of, is_here
from bot.roster import State, read_roster
from bot.settings import Settings, TranslatorKind

HELLO = "Buongiorno."
ENGLISH = "en"
_WHY = {
    Why.UNREACHABLE: "it cannot be reached",
    Why.SLOW: "it does not answer in time",
    Why.BUSY: "it has too much to do",
    Why.REFUSED: "it refuses: its key is missing or wrong",
    Why.WORDS: "it does not take words: perhaps it wants a key",
    Why.LANGUAGE: "it does not translate between Italian and English",
}
_BROKEN = "it answers like no LibreTranslate server"


def ask_translator(settings: Settings, clock: Clock) -> Translated | None:
    """What the translator says of itself; None where there is none. One word is sent, ours."""
    if not host_of(settings):
        return None
    return asyncio.run(_ask(settings, clock))


async def _ask(settings: Settings, clock: Clock) -> Translated:
    made = open_translator(settings, clock)
    try:
        known = await made.languages()
        if isinstance(known, NotMeant):
            return Translated(_WHY.get(known.why, _BROKEN))
        said = await made.translate(HELLO, OURS, ENGLISH)
        why = _WHY.get(said.why, _BROKEN) if isinstance(said, NotMeant) else ""
        return Translated(why, known)
    finally:
        if isinstance(made, LibreTranslate):
            await made.close()


def translator(scene: Scene) -> Finding:
    """Who counts on a translation should know when there is none."""
    settings, found = scene.settings, scene.translated
    if settings.translator is TranslatorKind.NONE:
        if settings.translator_url is not None:
            return warn(
                "translator",
                "ANTENNA_TRANSLATOR_URL is set, and nothing translates.",
                "Set ANTENNA_TRANSLATOR=libretranslate, or leave the address out.",
            )
        return fine("translator", "No machine translates between people and desks.")
    if settings.translator_url is None:
        return warn(
            "translator",
            "ANTENNA_TRANSLATOR is set without an address: nothing translates.",
            "Set ANTENNA_TRANSLATOR_URL, like http://127.0.0.1:5000.",
        )
    if found is None:
        return fine("translator", "The translator was not asked.")
    if found.why:
        return warn(
            "translator",
            f"The translator does not translate: {found.why}.",
            "Look whether it runs, and at ANTENNA_TRANSLATOR_URL and ANTENNA_TRANSLATOR_KEY.",
        )
    return fine("translator", f"The translator works. {_spoken(found.languages)}")


def _spoken(known: frozenset[str]) -> str:
    """Which of our languages it knows."""
    ours = [one.code for one in read_roster(LOCALES) if one.state is not State.NONE]
    missing = [code for code in ours if code not in known and code != OURS]
    if not missing:
        return "It knows all languages."
    return f"It does not know: {', '.join(missing)}."


def translator_place(scene: Scene) -> Finding:
    """What people write must not go where nobody told them, nor travel in the open."""
    host = host_of(scene.settings)
    if not host:
        return fine("translator_place", "Words go to no translator.")
    if is_here(host):
        return fine("translator_place", "Words that are translated stay on this machine.")
    if urlsplit(scene.settings.translator_url or "").scheme != "https":
        return warn(
            "translator_place",
            f"What people and desks write goes to {host} in the open.",
            "Let the translator run on this machine (http://127.0.0.1:5000), or use https.",
        )
    return warn(
        "translator_place",
        f"What people and desks write goes to {host}; people are told so. Reports never go there.",
        "Let the translator run on this machine, or ask whoever answers for privacy.",
    )


CHECKS: tuple[Check, ...] = (translator, translator_place)
