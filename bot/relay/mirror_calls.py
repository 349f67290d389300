"""Makes calls of the Bot API of what a topic shows; nothing in them says who the person is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.group import buttons
from bot.group.door import body_of
from bot.group.words import REPEATED
from bot.languages import ROME
from bot.relay import mirror_words as words
from bot.relay.cargo import AS, call_of
from bot.relay.refusals import UNDO
from bot.relay.way import local
from bot.telegram.incoming import PERSON
from bot.telegram.render import Params, cut, units
from bot.words import Words
from flows.effects import Json
from flows.handoff_model import Event, LineKind, LineState
from flows.text import Text, verbatim
from storage.handoffs import Handoff, Line, Note
from storage.handoffs.meanings import Meaning

Item = Line | Note | Meaning

MOST_UNITS: Final = 4_000
"""Of Telegram's 4,096; the rest is for what escaping cannot be foreseen."""
MOST_CAPTION_UNITS: Final = 1_000
CHUNK_UNITS: Final = 3_500
LONGEST_NAME: Final = 128
LATE: Final = timedelta(minutes=2)
"""What is shown later than this says when it was written."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call to be made in a group."""

    method: str
    params: Params = field(repr=False)


def chunks(text: str, most: int = CHUNK_UNITS) -> list[str]:
    """A text in pieces that fit, cut at ends of lines or between words where there are any."""
    found = []
    while units(text) > most:
        piece = text[:most]
        while units(piece) > most:
            piece = piece[: len(piece) - max(1, (units(piece) - most) // 2)]
        cut = max(piece.rfind("\n"), piece.rfind(" "))
        cut = cut if cut > most // 2 else len(piece)
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


@dataclass(frozen=True, slots=True)
class Board:
    """A topic of a group, and how its conversation is spoken of there."""

    speech: Words
    chat: int = field(repr=False)
    handoff: Handoff
    facts: words.Facts = field(repr=False)
    now: datetime

    # -- the topic itself

    def name(self) -> str:
        """How the topic is called."""
        parts = [self.speech.plain(part) for part in words.title(self.handoff, self.facts)]
        return cut(" · ".join(parts), LONGEST_NAME).strip()

    def create(self) -> Call:
        """Open the topic."""
        return Call("createForumTopic", {"chat_id": self.chat, "name": self.name()})

    def on_topic(self, method: str, **more: Json) -> Call:
        """Rename, close, reopen or delete the topic."""
        topic = {"chat_id": self.chat, "message_thread_id": self.handoff.topic}
        return Call(method, {**topic, **more})

    # -- the summary

    def _card(self) -> Params:
        head = self._bold(verbatim(self.handoff.designation))
        lines = [head, *(self._html(line) for line in words.summary(self.handoff, self.facts))]
        return {
            **body_of("\n".join(lines)),
            "reply_markup": buttons.markup(self._rows(), self.speech),
        }

    def _rows(self) -> buttons.Rows:
        return buttons.of_card(self.handoff.state, self.handoff.reason)

    def shows(self) -> bytes:
        """A sign of what the summary says now."""
        return hashlib.sha256(repr(self._card()).encode()).digest()[:16]

    def card(self) -> Call:
        """Send the summary."""
        return self._send("sendMessage", self._card())

    def changed_card(self) -> Call:
        """Bring the summary up to date."""
        return self._edit("editMessageText", self.handoff.card, self._card())

    # -- what was said and what happened

    def show(
        self, items: Sequence[Item], *, repeated: bool, reply_to: int | None = None
    ) -> list[Call]:
        """The calls that show lines and notes; the first one bears them."""
        first = items[0]
        if isinstance(first, Meaning):
            return self._meant(items, repeated, reply_to)
        if isinstance(first, Line) and not first.outward:
            if len(items) > 1 and all(call_of(one.content) for one in _lines(items)):
                return [self._album(_lines(items), repeated)]
            if call_of(first.content) is not None:
                return self._file(first, self._head(first, repeated), reply_to)
            if first.kind is LineKind.PLACE and "latitude" in first.extra:
                return [self._place(first, repeated)]
        if isinstance(first, Line) and first.outward:
            return self._said(first, repeated, reply_to)
        return self._written(items, repeated, reply_to)

    def _written(self, items: Sequence[Item], repeated: bool, reply_to: int | None) -> list[Call]:
        """Words of the person and what happened, in one message as far as they fit."""
        paragraphs: list[str] = []
        spoken = False
        for item in items:
            if isinstance(item, Meaning):
                continue
            if isinstance(item, Note):
                paragraphs.append(self._event(item))
                spoken = False
                continue
            if not spoken:
                paragraphs.append(self._head(item, repeated))
                spoken, repeated = True, False
            paragraphs += self._paragraphs(item)
        if repeated:
            paragraphs.insert(0, self._html(REPEATED))
        return [
            self._send("sendMessage", body_of(piece), reply_to if number == 0 else None)
            for number, piece in enumerate(_packed(paragraphs))
        ]

    def _meant(self, items: Sequence[Item], repeated: bool, reply_to: int | None) -> list[Call]:
        """What a machine made of the person's words: an answer to it reaches them, too."""
        head = self._bold(verbatim(f"{PERSON} 🤖 {self.handoff.designation}"))
        paragraphs = [f"{head} {self._html(REPEATED)}" if repeated else head]
        for one in items:
            if isinstance(one, Meaning):
                said = words.meaning(one, self.facts)
                paragraphs += [
                    self._html(verbatim(piece)) if text.literal else f"<i>{self._html(text)}</i>"
                    for text in said
                    for piece in (chunks(text.source) if text.literal else ("",))
                ]
        return [
            self._send("sendMessage", body_of(piece), reply_to if number == 0 else None)
            for number, piece in enumerate(_packed(paragraphs))
        ]

    def _paragraphs(self, line: Line) -> list[str]:
        return [
            self._html(verbatim(piece) if text.literal else text)
            for text in words.words_of(line)
            for piece in (chunks(text.source) if text.literal else ("",))
        ]

    def _event(self, note: Note) -> str:
        told = self._html(words.event(note, self.facts))
        if note.event is not Event.NOTE:
            return f"<i>{told}</i>"
        said = [self._html(verbatim(piece)) for piece in chunks(note.text)]
        return "\n".join([f"<b>{told}</b>", *said])

    def _file(self, line: Line, head: str, reply_to: int | None) -> list[Call]:
        call = call_of(line.content)
        assert call is not None
        params: Params = {call.name: line.file_id}
        said = self._paragraphs(line)
        caption = "\n".join([head, *said])
        if not call.captioned:
            before = self._send("sendMessage", body_of(caption), reply_to)
            return [self._send(call.method, params), before]
        if units(caption) <= MOST_CAPTION_UNITS:
            params |= {"caption": caption, "parse_mode": "HTML"}
            return [self._send(call.method, params, reply_to)]
        params |= {"caption": head, "parse_mode": "HTML"}
        rest = [self._send("sendMessage", body_of(piece)) for piece in _packed(said)]
        return [self._send(call.method, params, reply_to), *rest]

    def _album(self, lines: Sequence[Line], repeated: bool) -> Call:
        media: list[Json] = []
        for line in lines:
            kind = str(line.extra.get(AS, line.kind.value))
            said = self._paragraphs(line)
            head = [] if media else [self._head(line, repeated)]
            one: dict[str, Json] = {"type": kind, "media": line.file_id}
            caption = "\n".join([*head, *said])
            if caption and units(caption) <= MOST_CAPTION_UNITS:
                one |= {"caption": caption, "parse_mode": "HTML"}
            media.append(one)
        return self._send("sendMediaGroup", {"media": media})

    def _place(self, line: Line, repeated: bool) -> Call:
        """A place with a title, which a mere position does not have."""
        said = REPEATED if repeated else verbatim(self._clock(line.at))
        return self._send(
            "sendVenue",
            {
                "latitude": line.extra["latitude"],
                "longitude": line.extra["longitude"],
                "title": f"{PERSON} {self.handoff.designation}",
                "address": self.speech.plain(said),
            },
        )

    def _said(self, line: Line, repeated: bool, reply_to: int | None) -> list[Call]:
        """Words of an operator that were not written here, and what became of them."""
        head = self._operators_head(line, repeated)
        if call_of(line.content) is not None:
            return self._file(line, head, reply_to)
        made = self._written_by_operator(line, head)
        return [self._send("sendMessage", made, reply_to)]

    def _written_by_operator(self, line: Line, head: str) -> Params:
        parts = [head, *self._paragraphs(line), f"<i>{self._html(self._state(line))}</i>"]
        return {**body_of("\n".join(parts)), **self._undo(line)}

    def _operators_head(self, line: Line, repeated: bool = False) -> str:
        name = self.speech.plain(self.facts.name(line.operator_id))
        who = f"✉️ {name} → {self.handoff.designation}"
        return self._heading(who, line, repeated)

    def _head(self, line: Line, repeated: bool) -> str:
        sign = f"{PERSON} ✏️" if line.edit_of is not None else PERSON
        return self._heading(f"{sign} {self.handoff.designation}", line, repeated)

    def _heading(self, who: str, line: Line, repeated: bool) -> str:
        head = self._bold(verbatim(who))
        if self.now - line.at > LATE or line.edit_of is not None:
            head += f" · {self._clock(line.at)}"
        return f"{head} {self._html(REPEATED)}" if repeated else head

    def _clock(self, at: datetime) -> str:
        local, today = at.astimezone(ROME), self.now.astimezone(ROME).date()
        return f"{local:%H:%M}" if local.date() == today else f"{local:%d/%m %H:%M}"

    def unshowable(self, line: Item, *, repeated: bool) -> Call:
        """In place of what Telegram does not take here."""
        head = [self._head(line, repeated)] if isinstance(line, Line) else []
        text = "\n".join([*head, self._html(words.ONLY_CONSOLE)])
        return self._send("sendMessage", body_of(text))

    # -- how far words came

    def acknowledge(self, lines: Sequence[Line]) -> Call:
        """Say under an operator's words what became of them."""
        last = lines[-1]
        if len(lines) > 1:
            made = body_of(self._html(words.several_sent(lines)))
        else:
            made = {**body_of(self._html(self._state(last))), **self._undo(last)}
        return self._send("sendMessage", made, last.posted)

    def acknowledge_anew(self, line: Line) -> Call:
        """Say it in the message that said it before."""
        if line.ack == line.posted and call_of(line.content) is None:
            made = self._written_by_operator(line, self._operators_head(line))
        else:
            made = {**body_of(self._html(self._state(line))), **self._undo(line)}
        return self._edit("editMessageText", line.ack, made)

    def _state(self, line: Line) -> Text:
        return words.acknowledgement(line, self.handoff, local(self.now))

    def _undo(self, line: Line) -> Params:
        if not self.may_be_undone(line):
            return {}
        return {"reply_markup": buttons.markup(buttons.of_sent(line.number), self.speech)}

    def may_be_undone(self, line: Line) -> bool:
        """Whether an operator can still take it back."""
        if line.state is LineState.WAITS:
            return True
        sent = line.delivered_at
        return (
            line.state is LineState.SENT
            and sent is not None
            and line.edit_of is None
            and self.now - sent < UNDO
        )

    # -- all of it

    def moved(self) -> Call:
        """Say that another group has it now."""
        return self._send("sendMessage", body_of(self._html(words.ELSEWHERE)))

    def _send(self, method: str, params: Params, reply_to: int | None = None) -> Call:
        place: Params = {"chat_id": self.chat, "message_thread_id": self.handoff.topic}
        if reply_to:
            answered: Params = {"message_id": reply_to, "allow_sending_without_reply": True}
            place["reply_parameters"] = answered
        return Call(method, {**place, **params})

    def _edit(self, method: str, message_id: int | None, params: Params) -> Call:
        return Call(method, {"chat_id": self.chat, "message_id": message_id, **params})

    def _html(self, text: Text) -> str:
        return self.speech.html(text)

    def _bold(self, text: Text) -> str:
        return f"<b>{self._html(text)}</b>"


def _packed(paragraphs: Sequence[str]) -> list[str]:
    """Paragraphs in as few messages as they fit in."""
    messages: list[str] = []
    for paragraph in paragraphs:
        joined = f"{messages[-1]}\n{paragraph}" if messages else ""
        if messages and units(joined) <= MOST_UNITS:
            messages[-1] = joined
        else:
            messages.append(paragraph)
    return messages


def _lines(items: Sequence[Item]) -> list[Line]:
    return [one for one in items if isinstance(one, Line)]
