"""Voices in the operators' group: what is posted, who records, who approves, who deletes."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from bot.app import furnish
from bot.group import door
from bot.group import voice_words as said
from bot.group.door import Door
from bot.group.staff import StaffTurns
from bot.group.voices import AT_ONCE, VoiceTurns
from bot.settings import load_settings
from bot.telegram.incoming import Incoming
from bot.voices.speakers import read_speakers
from bot.voices.taking import TakeRecording
from bot.world import SlowError
from flows.effects import Effect, Json
from flows.registry import FLOWS
from storage.operators import Role, set_role
from storage.unit import Unit
from storage.voices.hearing import count_heard
from storage.voices.recordings import Recording, State, all_of, sound_of
from tests.bot.group.stage import ME, Stage, of_bot
from tests.bot.relay.office import open_bureau

MARK = re.compile(r"🔖 (\S+) · (\S+) · ([0-9a-f]{20})\Z")
SOUND: Json = {"sound": base64.b64encode(b"OggS").decode(), "seconds": 30}
VOICE = {"voice": {"file_id": "file", "file_size": 900, "duration": 30}}


@dataclass
class Studio(Stage):
    """A group in which there is talk of voices; what is fetched becomes `result`."""

    result: Json = None
    fetched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        languages, vault = self.bureau.languages, self.bureau.database.vault
        furniture = furnish(load_settings(None), languages)
        voices = VoiceTurns(FLOWS, languages, furniture, read_speakers(), ME)
        self.door = Door(vault, languages, StaffTurns(self.bureau.deeds, languages, ME, voices))
        self.result = self.result or SOUND

    def take(self, unit: Unit, update: Incoming) -> str:
        """As the turn does it: what is slow is done, and all is taken again."""
        ready: Mapping[Effect[object], Json] = {}
        try:
            return self.door.take(unit, update, self.now, ready)
        except SlowError as slow:
            taking = cast(TakeRecording, slow.effect)
            self.fetched.append(taking.file_id)
            unit.undo()
            return self.door.take(unit, update, self.now, {slow.effect: self.result})

    def asks(self, language: str = "ar", by: str = "anna") -> list[str]:
        """The passages that are posted for a language."""
        before = len(self.told())
        self.taps(f"v:lang:{language}", by=by)
        return [text for text in self.told()[before:] if MARK.search(text)]

    def answers(self, passage: str, by: str = "anna", **what: object) -> str:
        """Somebody answers to a passage; what they are told."""
        self.writes(None, by=by, reply=of_bot(70, _plain(passage)), **(what or VOICE))
        return self.told()[-1]

    def recorded(self) -> list[Recording]:
        """What is kept."""
        return self.bureau.do(lambda unit: all_of(unit.direct()))

    def button(self, verb: str) -> str:
        """What the newest recording's button says."""
        return f"v:{verb}:{self.recorded()[0].id}"


def _plain(html: str) -> str:
    """A message as Telegram hands it back: without its markup."""
    return re.sub(r"<[^>]+>", "", html)


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """A group with two operators who speak Arabic."""
    monkeypatch.setattr(door, "LANGUAGE", "en")
    with open_bureau(tmp_path) as bureau:
        yield Studio(bureau)


def test_who_asks_for_voices_is_offered_every_language(studio: Studio) -> None:
    """Also those without a script of their own; what is kept of a voice is said at once."""
    studio.writes("/voci")
    (text,) = studio.told()
    assert text == "\n".join(one.source for one in (said.ORDERED, said.HOW, said.KEPT))
    keys = studio.keys(studio.to_group("sendMessage")[0])
    assert {"v:lang:ar", "v:lang:zh-Hans", "v:lang:wo"} <= set(keys)


def test_what_is_listened_to_most_is_asked_for_first(studio: Studio) -> None:
    """Three at a time, each with its words in Italian too, and the mark of these words."""
    card = "docs.renew"
    studio.bureau.do(lambda unit: count_heard(unit.direct(), card, "ar", "2026-11"))
    posted = studio.asks()
    found = [MARK.search(text) for text in posted]
    assert [one and one[2] for one in found] == ["ar"] * AT_ONCE
    assert found[0] is not None
    assert found[0][1] == card
    assert "blockquote" in posted[0]


def test_a_language_nobody_knows_is_not_asked_for(studio: Studio) -> None:
    """A forged button posts nothing."""
    assert studio.asks("xx") == []
    assert studio.taps("v:what:ever") == "answered"
    assert studio.recorded() == []


def test_two_people_make_a_voice(studio: Studio) -> None:
    """One records, the other approves; whose voice it is cannot do both."""
    passage = studio.asks()[0]
    told = studio.answers(passage)
    (made,) = studio.recorded()
    assert (made.state, made.language, made.seconds) == (State.WAITING, "ar", 30)
    assert "Anna" in told
    assert studio.fetched == ["file"]
    studio.taps(studio.button("ok"))
    assert studio.popped()[-1] == said.SECOND.source
    studio.taps(studio.button("ok"), by="bruno")
    (made,) = studio.recorded()
    assert (made.state, made.decided_by) == (State.APPROVED, studio.bureau.bruno.id)
    studio.taps(studio.button("no"), by="carla")
    assert studio.popped()[-1] == said.DECIDED.source


def test_a_passage_that_waits_for_approval_is_asked_for_no_more(studio: Studio) -> None:
    """And one that was refused is asked for again."""
    passage = studio.asks()[0]
    studio.answers(passage)
    assert passage not in studio.asks()
    studio.taps(studio.button("no"), by="bruno")
    assert passage in studio.asks()


def test_only_a_voice_is_taken(studio: Studio) -> None:
    """Words, and what cannot be made a recording of, are told so; nothing is kept."""
    passage = studio.asks()[0]
    studio.writes("ecco", reply=of_bot(70, _plain(passage)))
    told = [studio.told()[-1]]
    for refused in ("broken", "busy"):
        studio.result = {"refused": refused}
        told.append(studio.answers(passage))
    assert told == [one.source for one in (said.ONLY_VOICE, said.UNREADABLE, said.AWAY)]
    assert studio.recorded() == []


def test_what_was_posted_with_other_words_is_not_recorded(studio: Studio) -> None:
    """A voice for words that have changed since would never be heard."""
    passage = MARK.sub(lambda found: found[0][:-20] + "0" * 20, studio.asks()[0])
    assert studio.answers(passage) == said.CHANGED.source
    assert (studio.recorded(), studio.fetched) == ([], [])


def test_a_message_of_somebody_else_asks_for_nothing(studio: Studio) -> None:
    """Whoever writes what looks like a passage gets no voice into what people hear."""
    passage = _plain(studio.asks()[0])
    studio.writes(None, reply=of_bot(70, passage, bot=77), **VOICE)
    assert studio.recorded() == []


def test_a_stranger_records_and_approves_nothing(studio: Studio) -> None:
    """Only operators who are linked: of the others nobody knows who they are."""
    passage = studio.asks()[0]
    studio.answers(passage, by="nobody")
    assert studio.recorded() == []
    studio.answers(passage)
    studio.taps(studio.button("ok"), by="nobody")
    assert studio.recorded()[0].state is State.WAITING


@pytest.mark.parametrize(
    ("by", "gone"), [("anna", True), ("bruno", True), ("carla", False), ("ada", True)]
)
def test_a_voice_is_taken_back(by: str, gone: bool, studio: Studio) -> None:
    """By whose it is, by who approved it, by an administrator; by nobody else."""
    ada = studio.bureau.ada.id
    studio.bureau.do(lambda unit: set_role(unit.direct(), ada, Role.ADMINISTRATOR, ""))
    studio.answers(studio.asks()[0])
    number, button = studio.recorded()[0].id, studio.button("del")
    studio.taps(studio.button("ok"), by="bruno")
    studio.taps(button, by=by)
    kept = studio.bureau.do(lambda unit: sound_of(unit.direct(), number))
    assert (kept is None) == gone
    if gone:
        studio.taps(button, by=by)
        assert studio.popped()[-1] == said.GONE.source


def test_what_is_only_spoken_is_recorded_from_another_text(studio: Studio) -> None:
    """In Wolof somebody reads aloud, from the French words, and it is kept as Wolof."""
    studio.answers(studio.asks("wo")[0])
    assert [one.language for one in studio.recorded()] == ["wo"]


def test_a_person_who_writes_what_a_passage_ends_with_is_answered(studio: Studio) -> None:
    """In a conversation an answer is for the person: no voice of it is kept as a recording."""
    passage = studio.asks()[0]
    handoff = studio.shows(studio.bureau.asks())
    before = len(studio.told())
    found = MARK.search(passage)
    assert found is not None
    studio.heard(handoff, f"Aiuto\n{found[0]}", posted=60)
    studio.writes("Eccomi", reply=of_bot(60, f"👤 Onda 7\nAiuto\n{found[0]}"))
    studio.writes(None, reply=of_bot(60, found[0]), **VOICE)
    assert (studio.recorded(), studio.fetched, studio.told()[before:]) == ([], [], [])
    kinds = [one.kind.value for one in studio.bureau.lines(handoff.id) if one.outward]
    assert kinds == ["text", "voice"]
