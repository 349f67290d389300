"""The interpreter asks with care, and remembers for a while what an operator was shown."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.meaning.figures import differ
from bot.meaning.interpreter import LASTS, MOST
from bot.meaning.translator import NONE, Meant, NotMeant, Why
from bot.relay.cargo import MeantWords
from tests.bot.group.house import Ears
from tests.bot.meaning.scripted import Scripted
from tests.bot.relay.mirrored import NOON, SetClock

PUNJABI = "ਮੈਨੂੰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ"
ARABIC = "أحتاج مساعدة"


@pytest.mark.parametrize(
    ("words", "translation", "is_other"),
    [
        ("Paga 1.050 euro il 3/12", "He pays 1,050 euro on 3/12", False),
        ("دفع لي ٣٠٠ يورو", "Mi ha pagato 300 euro", False),
        ("دفع لي ٣٠٠ يورو", "Mi ha pagato 3000 euro", True),
        ("Chiami 800 290 290", "Call 800 290", True),
        ("Domani", "The 4th", True),
        ("", "", False),
    ],
)
def test_numbers_must_survive(words: str, translation: str, is_other: bool) -> None:
    """A number that was lost, changed or invented is seen, in whatever digits it was written."""
    assert differ(words, translation) is is_other


async def test_words_are_taken_for_what_they_are() -> None:
    """Who reads Arabic may write English: where the machine is sure, it is believed."""
    scripted = Scripted([Meant("Mi aiuti", "en")])
    assert await scripted.interpreter().heard("Help me please", "ar") == Meant("Mi aiuti", "en")
    assert scripted.asked == [("Help me please", "", "it")]


async def test_where_the_machine_is_unsure_the_person_is_believed() -> None:
    """Few words are taken for those of the language that the person reads."""
    scripted = Scripted([Meant("Salaam?", "en", sure=False), Meant("Pace", "ar")])
    assert await scripted.interpreter().heard("salaam", "ar") == Meant("Pace", "ar")
    assert [source for _, source, _ in scripted.asked] == ["", "ar"]


async def test_an_unknown_script_is_given_to_nobody() -> None:
    """A machine without Punjabi would take it for another language: nothing is sent."""
    scripted = Scripted()
    interpreter = scripted.interpreter()
    assert await interpreter.heard(PUNJABI, "pa") == NotMeant(Why.LANGUAGE)
    assert scripted.asked == []
    assert await interpreter.heard("Hello, I need help", "pa") == Meant(
        "it: Hello, I need help", "ar"
    )


async def test_unsure_words_in_an_unknown_language_are_left() -> None:
    """Where neither the machine nor the person's language helps, there is no translation."""
    scripted = Scripted([Meant("?", "en", sure=False)])
    assert await scripted.interpreter().heard("sat sri akal", "pa") == NotMeant(Why.LANGUAGE)


async def test_what_becomes_of_it_is_counted_without_words() -> None:
    """Every answer is a figure by its outcome."""
    ears = Ears()
    scripted = Scripted([Meant("Ciao", "ar"), NotMeant(Why.SLOW)])
    interpreter = scripted.interpreter(ears=ears)
    await interpreter.heard(ARABIC, "ar")
    await interpreter.heard(ARABIC, "ar")
    scripted.known = NotMeant(Why.UNREACHABLE)
    await interpreter.heard(ARABIC, "ar")
    assert ears.events == ["meant", "not_meant_slow", "not_meant_unreachable"]


async def test_nobody_is_asked_where_nobody_translates() -> None:
    """Without a translator there is nothing to switch on, and nothing is counted."""
    ears, scripted = Ears(), Scripted()
    interpreter = scripted.interpreter(ears=ears)
    assert interpreter.is_on
    interpreter.translator = NONE
    assert not interpreter.is_on
    assert await interpreter.heard(ARABIC, "ar") == NotMeant(Why.OFF)
    assert await interpreter.propose(7, 1, "Ciao", "ar") == NotMeant(Why.OFF)
    assert ears.events == []


async def test_a_proposal_shows_the_way_there_and_back() -> None:
    """An operator sees the translation, what the machine makes of it, and whether numbers hold."""
    scripted = Scripted([Meant("At 10", "it"), Meant("Alle 11", "en")])
    made = await scripted.interpreter(SetClock(NOON)).propose(7, 1, "Alle 10", "en")
    assert not isinstance(made, NotMeant)
    assert (made.meant, made.differs) == (MeantWords("en", "At 10", "Alle 11"), True)
    assert scripted.asked == [("Alle 10", "it", "en"), ("At 10", "en", "it")]
    assert "Alle 10" not in repr(made)


@pytest.mark.parametrize("says", [[NotMeant(Why.SLOW)], [Meant("x", "it"), NotMeant(Why.BUSY)]])
async def test_half_a_proposal_is_none(says: list[Meant | NotMeant]) -> None:
    """Without the way back nothing is proposed."""
    last = says[-1]
    assert await Scripted(says).interpreter().propose(7, 1, "Ciao", "ar") == last


async def test_a_proposal_is_the_operators_in_that_conversation_and_for_a_while() -> None:
    """Nobody else finds it, not elsewhere, not after its time, not once it was dropped."""
    clock = SetClock(NOON)
    interpreter = Scripted().interpreter(clock)
    made = await interpreter.propose(7, 1, "Ciao", "ar")
    assert not isinstance(made, NotMeant)
    assert interpreter.find(made.key, 7, 1) == made
    assert [
        interpreter.find(*one) for one in ((made.key, 8, 1), (made.key, 7, 2), ("0", 7, 1))
    ] == [None] * 3
    clock.passes((LASTS + timedelta(seconds=1)).total_seconds())
    assert interpreter.find(made.key, 7, 1) is None
    again = await interpreter.propose(7, 1, "Ciao", "ar")
    assert not isinstance(again, NotMeant)
    interpreter.drop(7, 1)
    assert interpreter.find(again.key, 7, 1) is None


async def test_proposals_do_not_pile_up() -> None:
    """The oldest goes where there are too many."""
    interpreter = Scripted().interpreter()
    made = [await interpreter.propose(7, 1, "Ciao", "ar") for _ in range(MOST + 1)]
    keys = [one.key for one in made if not isinstance(one, NotMeant)]
    there = [interpreter.find(key, 7, 1) is not None for key in keys]
    assert (there[0], all(there[1:])) == (False, True)


async def test_one_conversation_asks_one_thing_at_a_time() -> None:
    """Two colleagues in one conversation wait for each other, two conversations do not."""
    scripted = Scripted()
    interpreter = scripted.interpreter()
    await asyncio.gather(*(interpreter.propose(7, 1, "Ciao", "ar") for _ in range(4)))
    alone = scripted.most_at_once
    await asyncio.gather(*(interpreter.propose(number, 1, "Ciao", "ar") for number in range(4)))
    assert (alone, scripted.most_at_once) == (1, 4)
    assert interpreter._busy == {}
