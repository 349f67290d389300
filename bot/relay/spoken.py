"""What operators say, as messages in the person's language and manner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.relay.cargo import call_of, read_meant
from bot.showing import NEUTRAL
from bot.telegram.render import Params
from bot.words import Words
from flows.directory import PUSHED
from flows.effects import Json
from flows.handoff_model import LineKind, Reason
from flows.ready import find_ready
from flows.text import Text, _, pictured, verbatim
from storage.handoffs import Content

DESK = _("The desk")
_PLACE = _("📍 Come here")
_CHANGED = _("✏️ Changed")
_MACHINE = _("🤖 A machine translated this. It can be wrong.")
_WRITTEN = _("✍️ The desk wrote this in Italian:")
_CLOSED = _("We close this conversation. You can open it again at any time.")
_SILENT = _("You did not write, so we close this conversation. You can open it again at any time.")
_RATE = _("⭐ How was it?")
_AGAIN = _("💬 Write again")
_ENDS = {Reason.NO_ANSWER: _SILENT}


@dataclass(frozen=True, slots=True)
class Speech:
    """One call that brings something to a person."""

    method: str
    params: Params = field(repr=False)


@dataclass(frozen=True, slots=True)
class Voice:
    """How somebody is spoken to: in which words, whether others look, and as which desk."""

    words: Words
    chat_id: int = field(repr=False)
    careful: bool
    desk: str
    now: datetime

    def said(self, content: Content) -> Speech:
        """The call that brings a line of an operator."""
        call = call_of(content)
        if call is not None:
            file: Params = {call.name: content.file_id}
            words = self._lines(content) if call.captioned else None
            return self._speech(call.method, file, caption=words)
        if content.kind is LineKind.PLACE:
            return self._place(content)
        return self._speech("sendMessage", {}, text=self._lines(content))

    def _place(self, content: Content) -> Speech:
        """A place says its own name: there are no words under it."""
        where: Params = {name: content.extra[name] for name in ("latitude", "longitude")}
        said = [*map(self.words.plain, (*self._neutral(), verbatim(self.desk), _PLACE))]
        where["title"] = said[0]
        where["address"] = "\n".join(said[1:])
        return self._speech("sendVenue", where)

    def changed(self, content: Content, message_id: int) -> Speech:
        """The call that puts other words in the place of those of a message."""
        there: Params = {"chat_id": self.chat_id, "message_id": message_id}
        lines = [*self._lines(content), self._italic(_CHANGED)]
        if call_of(content) is None:
            return self._speech("editMessageText", there, text=lines)
        return self._speech("editMessageCaption", there, caption=lines)

    def closed(self, reason: Reason) -> Speech:
        """That the desk has closed the conversation, and two buttons: how it was, and back."""
        over = self._html(_ENDS.get(reason, _CLOSED))
        speech = self._speech("sendMessage", {}, text=[over])
        keys: list[Json] = [
            [{"text": self.words.plain(label), "callback_data": f"{PUSHED}:0:{flow}"}]
            for flow, label in (("rate", _RATE), ("talk_room", _AGAIN))
        ]
        speech.params["reply_markup"] = {"inline_keyboard": keys}
        return speech

    def handed_on(self) -> Speech:
        """That another desk answers from now on: the one this voice speaks for."""
        told = _(
            "🔁 From now on {desk} answers you. You do not need to say it all again.",
            desk=verbatim(self.desk),
        )
        return self._speech("sendMessage", {}, text=[self._html(told)], headed=False)

    def _lines(self, content: Content) -> list[str]:
        """The words of a line, one paragraph after the other."""
        if content.kind is LineKind.CANNED:
            ready = find_ready(content.text)
            return [] if ready is None else [self._html(ready)]
        lines: list[str] = []
        if content.kind is LineKind.APPOINTMENT:
            when = datetime.fromisoformat(str(content.extra["when"]))
            lines.append(self._html(_("📅 Appointment: {when}", when=when)))
            place = str(content.extra.get("place", ""))
            if place:
                lines.append(self._html(_("📍 {place}", place=verbatim(place))))
        meant = read_meant(content)
        if meant is None:
            return lines + self._words_of(content.text)
        theirs = [self._italic(_MACHINE), *self._words_of(meant.text)]
        return [*lines, *theirs, "", self._italic(_WRITTEN), *self._words_of(content.text)]

    def _words_of(self, text: str) -> list[str]:
        # Each line by itself: what is written from right to left ends with its line.
        return [self._html(verbatim(one)) if one else "" for one in _split(text)]

    def _italic(self, text: Text) -> str:
        return f"<i>{self._html(text)}</i>"

    def _speech(
        self,
        method: str,
        params: Params,
        *,
        text: Sequence[str] | None = None,
        caption: Sequence[str] | None = None,
        headed: bool = True,
    ) -> Speech:
        params = {"chat_id": self.chat_id, **params}
        for name, lines in (("text", text), ("caption", caption)):
            if lines is not None:
                params[name] = "\n".join([*self._head(headed), *lines])
                params["parse_mode"] = "HTML"
        if text is not None:
            params["link_preview_options"] = {"is_disabled": True}
        if self.careful and not method.startswith("edit"):
            params["disable_notification"] = True
        return Speech(method, params)

    def _head(self, headed: bool) -> list[str]:
        """Who speaks; where others look at the phone, before it something that says nothing."""
        who = f"<b>{self._html(pictured('💬', verbatim(self.desk)))}</b>"
        return [*map(self._html, self._neutral()), *([who] if headed else [])]

    def _neutral(self) -> list[Text]:
        return [NEUTRAL[self.now.toordinal() % len(NEUTRAL)]] if self.careful else []

    def _html(self, text: Text) -> str:
        return self.words.html(text)


def _split(text: str) -> list[str]:
    return text.strip("\n").split("\n") if text.strip() else []
