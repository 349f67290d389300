"""Voices in the operators' group: what is to be recorded, by whom it was, who approves it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from bot.group import voice_words as said
from bot.group.scene import Scene
from bot.languages import Languages
from bot.roster import SOURCE
from bot.telegram.incoming import Tap, Wrote
from bot.voices.booth import mark_of
from bot.voices.speakers import Speakers
from bot.voices.taking import TakeRecording, read_taken
from bot.workshop import Asker
from bot.world import Furniture, SlowError
from flows.directory import Flows
from flows.effects import Effect, Json
from flows.model import Person
from flows.opening import Opening
from flows.rehearsal import Piece, pieces
from flows.text import Text
from storage.operators import Operator, find_operator
from storage.voices.hearing import times_heard
from storage.voices.recordings import (
    Recording,
    State,
    Wanted,
    add,
    all_of,
    decide,
    erase_for_good,
    find,
)

ITALIAN = "it"
AT_ONCE = 3
MOST_SIGNS = 1500
PAGES = ("onboarding", "home", "check", "report", "careful", "search", "sent")
_DATA = re.compile(r"v:(lang|ok|no|del):([A-Za-z0-9-]{1,24})")
Ready = Mapping[Effect[object], Json]


def is_voice(data: str) -> bool:
    """Whether a button belongs to voices."""
    return data.startswith("v:")


@dataclass(frozen=True, slots=True)
class VoiceTurns:
    """Takes what operators do about voices, each in the transaction of its update."""

    flows: Flows
    languages: Languages
    furniture: Furniture
    speakers: Speakers
    me: int
    _pieces: dict[bool, tuple[Piece, ...]] = field(default_factory=dict)

    def show(self, scene: Scene) -> None:
        """Say what is recorded how, and offer the languages."""
        rows = [
            [self._button(name, f"lang:{code}") for code, name in some]
            for some in _in_threes(self._spoken())
        ]
        _post(scene, "\n".join(map(scene.html, (said.ORDERED, said.HOW, said.KEPT))), rows)

    def answers(self, scene: Scene) -> bool:
        """Whether this answers to a passage that is to be recorded."""
        update = scene.update
        return update.reply_wants is not None and update.reply_bot == self.me

    def take(self, scene: Scene, operator: Operator, ready: Ready) -> None:
        """Keep a recording, once it was fetched and made anew.

        Raises:
            SlowError: it has to be fetched first.
        """
        update = scene.update
        content = update.content
        assert update.reply_wants is not None
        wanted = Wanted(*update.reply_wants)
        if not isinstance(content, Wrote) or content.kind not in ("voice", "audio"):
            scene.say(said.ONLY_VOICE)
            return
        piece = self._piece(wanted.passage)
        if piece is None or self._mark(piece, wanted.language) != wanted.mark:
            scene.say(said.CHANGED)
            return
        taking = TakeRecording(content.file_id or "", content.size_bytes or 0)
        effect = cast(Effect[object], taking)
        if effect not in ready:
            raise SlowError(effect, Asker(scene.group.chat))
        sound = read_taken(ready[effect])
        if isinstance(sound, str):
            scene.say(said.AWAY if sound in ("busy", "gone") else said.UNREADABLE)
            return
        connection = scene.unit.direct()
        made = add(connection, wanted, sound.content, sound.seconds, operator.id, scene.now)
        told = said.is_recorded(operator.name, self._name(made.language), made.seconds)
        rows = [
            [
                self._worded(scene, said.APPROVE, f"ok:{made.id}"),
                self._worded(scene, said.REFUSE, f"no:{made.id}"),
            ],
            [self._worded(scene, said.DELETE, f"del:{made.id}")],
        ]
        _post(scene, scene.html(told), rows)

    def press(self, scene: Scene, operator: Operator, tap: Tap) -> None:
        """Do what a button says."""
        found = _DATA.fullmatch(tap.data)
        if found is None:
            scene.pop()
        elif found[1] == "lang":
            scene.pop()
            self._ask(scene, found[2])
        else:
            self._decide(scene, operator, found[1], int(found[2]) if found[2].isdigit() else 0)

    # -- what to record

    def _ask(self, scene: Scene, language: str) -> None:
        """Post what people need most in a language and nobody has recorded."""
        if language not in dict(self._spoken()):
            return
        wanted = self._wanted(scene, language)
        for piece, renewed in wanted[:AT_ONCE]:
            _post(scene, self._passage(scene, piece, language, renewed), [])
        rest = len(wanted) - AT_ONCE
        if rest <= 0:
            scene.post(scene.html(said.NONE_LEFT))
            return
        more = self._worded(scene, said.MORE, f"lang:{language}")
        _post(scene, scene.html(said.left(rest)), [[more]])

    def _wanted(self, scene: Scene, language: str) -> list[tuple[Piece, bool]]:
        """What has no voice: the most listened to first, then as they stand in the menu; whether
        there is one of words that have changed."""
        connection = scene.unit.direct()
        kept = [one for one in all_of(connection) if one.language == language]
        there = {one.mark for one in kept if one.state is not State.REFUSED}
        once = {one.passage for one in kept if one.state is State.APPROVED}
        heard = times_heard(connection, self.speakers.text_of(language))
        missing = [one for one in self._all() if self._mark(one, language) not in there]
        missing.sort(key=lambda one: -heard.get(one.passage.key, 0))
        return [(one, one.passage.key in once) for one in missing]

    def _passage(self, scene: Scene, piece: Piece, language: str, renewed: bool) -> str:
        """One passage, its words in Italian too, and the line by which its answer is known."""
        words = self.languages.words(self.speakers.text_of(language))
        first, *rest = piece.passage.core
        lines = [f"<b>{scene.html(said.to_record(self._name(language), first))}</b>"]
        lines += [scene.html(said.RENEW)] if renewed else []
        read = [words.html(text) for text in (first, *rest)]
        lines += ["", _within(read)]
        if words.code != ITALIAN:
            italian = self.languages.words(ITALIAN)
            head = scene.html(said.ITALIAN)
            quoted = _within([italian.html(text) for text in (first, *rest)])
            lines += ["", f"<blockquote expandable>{head}\n{quoted}</blockquote>"]
        mark = self._mark(piece, language)
        return "\n".join([*lines, "", f"🔖 {piece.passage.key} · {language} · {mark}"])

    def _all(self) -> tuple[Piece, ...]:
        """What can be recorded here; found once, and anew when reports can be sent or no more."""
        reports = bool(self.furniture.house.offices)
        if reports not in self._pieces:
            somebody = Person(0, SOURCE, welcomed=True)
            house, library = self.furniture.house, self.furniture.library
            day = min(card.review for card in library.cards.values())
            opening = Opening(somebody, house, library, self.furniture.numbers, day)
            self._pieces[reports] = pieces(self.flows, opening, PAGES)
        return self._pieces[reports]

    def _piece(self, key: str) -> Piece | None:
        return next((one for one in self._all() if one.passage.key == key), None)

    def _mark(self, piece: Piece, language: str) -> str:
        return mark_of(self.languages, self.speakers.text_of(language), piece.passage.core)

    # -- who decides

    def _decide(self, scene: Scene, operator: Operator, verb: str, number: int) -> None:
        connection = scene.unit.direct()
        made = find(connection, number)
        if made is None:
            scene.pop(said.GONE, alert=True)
        elif verb == "del":
            self._delete(scene, operator, made)
        elif made.state is not State.WAITING:
            scene.pop(said.DECIDED, alert=True)
        elif not decide(connection, made.id, operator.id, verb == "ok", scene.now):
            scene.pop(said.SECOND, alert=True)
        else:
            scene.pop()
            self._tell(scene, operator, made, good=verb == "ok")

    def _tell(self, scene: Scene, operator: Operator, made: Recording, *, good: bool) -> None:
        speaker = find_operator(scene.unit.reading(), made.operator_id)
        name = "" if speaker is None else speaker.name
        told = said.is_approved(name, operator.name) if good else said.is_refused(operator.name)
        _rewrite(scene, told, [[self._worded(scene, said.DELETE, f"del:{made.id}")]])

    def _delete(self, scene: Scene, operator: Operator, made: Recording) -> None:
        """For good; whose voice it is needs nobody's leave."""
        if operator.id not in (made.operator_id, made.decided_by) and (
            not operator.is_administrator
        ):
            scene.pop(said.NOT_YOURS, alert=True)
            return
        erase_for_good(scene.unit, made.id, scene.now.date())
        scene.pop()
        scene.rewrite(scene.html(said.GONE))

    # -- how it is said

    def _spoken(self) -> list[tuple[str, str]]:
        """Every language that can be recorded, as it calls itself."""
        written = [(one.code, one.name) for one in self.languages.all]
        return [*written, *((one.language, one.name) for one in self.speakers.only_spoken)]

    def _name(self, language: str) -> str:
        return dict(self._spoken()).get(language, language)

    def _button(self, label: str, rest: str) -> Json:
        return {"text": label, "callback_data": f"v:{rest}"}

    def _worded(self, scene: Scene, label: Text, rest: str) -> Json:
        return self._button(scene.words.plain(label), rest)


def _post(scene: Scene, html: str, rows: list[list[Json]]) -> None:
    """Say something in the topic, with buttons of ours."""
    keys: list[Json] = [list(row) for row in rows]
    if keys:
        scene.post(html, reply_markup={"inline_keyboard": keys})
    else:
        scene.post(html)


def _rewrite(scene: Scene, told: Text, rows: list[list[Json]]) -> None:
    scene.rewrite(scene.html(told), keys=[list(row) for row in rows])


def _within(lines: list[str]) -> str:
    """So many lines as fit: nobody records more in one go."""
    kept = list[str]()
    for line in lines:
        if sum(map(len, kept)) + len(line) > MOST_SIGNS:
            break
        kept.append(line)
    return "\n".join(kept)


def _in_threes(many: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    return [many[at : at + 3] for at in range(0, len(many), 3)]
