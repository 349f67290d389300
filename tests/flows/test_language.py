"""Choosing a language, also one that is only heard."""

from __future__ import annotations

from dataclasses import replace

from flows.effects import Effect, RememberLanguage, RememberSpoken
from flows.model import Spoken
from tests.chat import Chat
from tests.factories import a_chat, a_world, somebody

WOLOF = Spoken("wo", "Wolof", "fr")


def chosen(chat: Chat, label: str) -> list[Effect[object]]:
    """What is remembered after tapping a name."""
    chat.walks("/language", f"[{label}]")
    return [one for one in chat.world.effects if isinstance(one, RememberLanguage | RememberSpoken)]


def listening() -> Chat:
    """Somebody in a house where there are recordings in Wolof."""
    world = a_world(somebody())
    world.house = replace(world.house, spoken=(WOLOF,))
    return a_chat(world=world)


def test_a_language_that_is_only_heard_is_chosen_with_the_one_that_is_read() -> None:
    """Whoever chooses Wolof reads French, and hears Wolof where somebody recorded it."""
    assert chosen(listening(), "🔊 Wolof") == [RememberLanguage("fr"), RememberSpoken("wo")]


def test_who_chooses_another_one_hears_that() -> None:
    """What was heard before is heard no more."""
    assert chosen(listening(), "EN") == [RememberLanguage("en"), RememberSpoken("")]


def test_without_recordings_nothing_more_is_offered() -> None:
    """Nobody is led to a language in which there is nothing to hear."""
    assert chosen(a_chat(), "EN") == [RememberLanguage("en")]
