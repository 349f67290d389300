"""A person's words are translated for operators after they were kept, below them in the topic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.meaning.listening import TRIES, Listening, told_since
from bot.meaning.translator import Meant, NotMeant, Why
from flows.text import _
from storage.handoffs.meanings import FRESH, Meaning, State, find_meanings
from storage.handoffs.model import Handoff
from tests.bot.meaning.scripted import Scripted, words
from tests.bot.relay.mirrored import LANGUAGES, NOON, Mirrored, mirrored

BEGAN = datetime.fromisoformat(NOON)
ARABIC = "لم يدفع لي 300 يورو"


def listening(here: Mirrored, scripted: Scripted) -> Listening:
    """Whoever has words translated in this house."""
    interpreter = scripted.interpreter(here.clock, here.ears)
    return Listening(here.means, here.news, interpreter, BEGAN)


async def kept(here: Mirrored, talk: Handoff) -> list[Meaning]:
    """What was made of the lines of a conversation."""
    vault = here.means.vault
    found = await here.done(lambda unit: find_meanings(unit.direct(), vault, talk.id))
    return list(found.values())


async def said(here: Mirrored, scripted: Scripted, *lines: str) -> Sequence[Meaning]:
    """What is made of lines, and shown."""
    talk = await here.asks()
    await here.hears(talk, *lines)
    await listening(here, scripted).work()
    return await kept(here, talk)


async def test_it_stands_below_the_words_as_an_answer_to_them(tmp_path: Path) -> None:
    """The original comes first and alone; then a message that says who made the translation."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks()
        scripted = Scripted([Meant("Non mi ha pagato 300 euro", "ar")])
        await here.hears(talk, ARABIC)
        await here.shown()
        before = await here.topic(talk)
        await listening(here, scripted).work()
        await here.shown()
        original, translation = await here.messages(talk)
    name = talk.designation
    assert before == [f"👤 {name}\n{ARABIC}"]
    told = _("A machine translated this. Language: {language}.", language="arabo")
    assert str(translation.body["text"]).split("\n") == [
        f"👤 🤖 {name}",
        LANGUAGES.words("it").plain(told),
        "Non mi ha pagato 300 euro",
    ]
    assert translation.body["reply_to_message"]["message_id"] == original.id


async def test_other_numbers_are_said(tmp_path: Path) -> None:
    """A translation with other numbers than the words carries a warning."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks()
        await here.hears(talk, ARABIC, "Ciao 5")
        scripted = Scripted([Meant("Non mi ha pagato 30 euro", "ar"), Meant("Ciao 5!", "ar")])
        await listening(here, scripted).work()
        await here.shown()
        texts = [one for one in await here.topic(talk) if "🤖" in one]
    assert [text.count("⚠️") for text in texts] == [1]
    assert "30 euro\n⚠️" in texts[0]


async def test_a_line_is_asked_for_once(tmp_path: Path) -> None:
    """However often somebody looks, and whatever an operator says meanwhile."""
    async with mirrored(tmp_path, started=False) as here:
        scripted = Scripted()
        talk = await here.asks()
        await here.hears(talk, ARABIC, "شكرا")
        at_work = listening(here, scripted)
        for _ in range(3):
            await at_work.work()
            await here.says(talk, "Eccomi")
        found = await kept(here, talk)
    assert words(scripted.asked) == [ARABIC, "شكرا"]
    assert [one.state for one in found] == [State.MADE, State.MADE]


async def test_what_needs_none_is_left_alone(tmp_path: Path) -> None:
    """Figures and pictures are asked of nobody, Italian is not shown twice."""
    async with mirrored(tmp_path, started=False) as here:
        scripted = Scripted([Meant("Buongiorno", "it")])
        found = await said(here, scripted, "👍 12", "Buongiorno")
    assert words(scripted.asked) == ["Buongiorno"]
    assert [one.state for one in found] == [State.SAME, State.SAME]


async def test_what_cannot_be_translated_is_told_to_operators(tmp_path: Path) -> None:
    """A language nobody knows and words that are too long end a line, and say why."""
    async with mirrored(tmp_path, started=False) as here:
        says: list[Meant | NotMeant] = [NotMeant(Why.LANGUAGE), NotMeant(Why.LONG)]
        scripted = Scripted([*says, NotMeant(Why.WORDS)])
        found = await said(here, scripted, ARABIC, ARABIC, ARABIC)
    assert [one.state for one in found] == [State.LANGUAGE, State.LONG, State.FAILED]


async def test_who_does_not_answer_is_left_alone_for_longer_and_longer(tmp_path: Path) -> None:
    """No storm: one question, then a pause that grows; the words wait and nothing is lost."""
    async with mirrored(tmp_path, started=False) as here:
        scripted = Scripted([NotMeant(Why.UNREACHABLE)])
        talk = await here.asks()
        await here.hears(talk, ARABIC, ARABIC)
        at_work, asked = listening(here, scripted), []
        for seconds in (0.0, 1.0, 5.0, 5.0, 6.0):
            here.clock.passes(seconds)
            await at_work.work()
            asked.append(len(scripted.asked))
        scripted.says = []
        here.clock.passes(60)
        await at_work.work()
        found = await kept(here, talk)
    assert asked == [1, 1, 2, 2, 3]
    assert [one.state for one in found] == [State.MADE, State.MADE]


async def test_one_line_stops_nobody_for_ever(tmp_path: Path) -> None:
    """Words that break the translator each time are given up after some tries."""
    async with mirrored(tmp_path, started=False) as here:
        scripted = Scripted([NotMeant(Why.BROKEN)])
        talk = await here.asks()
        await here.hears(talk, ARABIC)
        at_work = listening(here, scripted)
        for _ in range(TRIES + 2):
            await at_work.work()
            here.clock.passes(1000)
        [found] = await kept(here, talk)
    assert (found.state, len(scripted.asked)) == (State.FAILED, TRIES)


async def test_what_was_said_before_is_not_sent_later(tmp_path: Path) -> None:
    """Words of a time when nobody was told of a machine stay here, and so do those of long ago."""
    async with mirrored(tmp_path, started=False) as here:
        scripted = Scripted()
        talk = await here.asks()
        await here.hears(talk, ARABIC)
        here.clock.passes(60)
        interpreter = scripted.interpreter(here.clock, here.ears)
        late = Listening(here.means, here.news, interpreter, here.clock.now())
        await late.work()
        here.clock.passes(FRESH.total_seconds())
        await listening(here, scripted).work()
        assert (await kept(here, talk), scripted.asked) == ([], [])


async def test_who_asked_before_a_place_was_named_is_not_sent_there(tmp_path: Path) -> None:
    """What they say later stays here too, until they ask again; here on this machine it goes on."""
    async with mirrored(tmp_path, started=False) as here:
        talk = await here.asks()
        here.clock.passes(60)
        began = here.clock.now()
        told = await here.done(lambda unit: told_since(unit, "mt.example", began))
        await here.hears(talk, ARABIC)
        near = Scripted(place="127.0.0.1", is_local=True)
        for scripted in (Scripted(), near):
            interpreter = scripted.interpreter(here.clock, here.ears)
            await Listening(here.means, here.news, interpreter, began, told).work()
            assert len(scripted.asked) == int(scripted.is_local)


async def test_since_when_people_are_told_outlasts_a_restart(tmp_path: Path) -> None:
    """Another place, or none in between, begins anew."""
    async with mirrored(tmp_path, started=False) as here:
        found = []
        for place in ("a.example", "a.example", "b.example", "", "b.example"):
            now = here.clock.now()
            found.append(await here.done(lambda unit, p=place, n=now: told_since(unit, p, n) == n))
            here.clock.passes(60)
    assert found == [True, False, True, True, True]


async def test_a_person_forgotten_meanwhile_leaves_nothing(tmp_path: Path) -> None:
    """The answer of the translator comes for nobody, and is not kept."""
    async with mirrored(tmp_path, started=False) as here:
        talk = await here.asks()
        await here.hears(talk, ARABIC)

        class Forgetting(Scripted):
            async def translate(self, text: str, source: str, target: str) -> Meant | NotMeant:
                await here.done(lambda unit: unit.delete_person(talk.person_id))
                return await super().translate(text, source, target)

        await listening(here, Forgetting()).work()
        assert await kept(here, talk) == []
