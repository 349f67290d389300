"""Puts what a person sees into the outbox: their language, their manner, one living message."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.hearing import is_place, is_report_code
from bot.languages import Languages
from bot.telegram import incoming as seen
from bot.telegram.incoming import Incoming
from bot.telegram.render import Params, bodies, cut, keyboard, message, picture
from bot.voices.booth import way_to_hear
from bot.voices.wish import Wish
from bot.words import Words
from bot.world import TurnWorld
from flows.conversation import Conversation, Reply
from flows.directory import PUSHED
from flows.effects import Json
from flows.model import Person
from flows.passage import Passage, is_in_one_language, passage_of
from flows.screen import Button, Screen, way_to_listen
from flows.steps import Line, Say, Style
from flows.text import Text, _
from storage.outbox import Lane, Outgoing, Slot
from storage.unit import Unit

MOST_DELETED = 100
MOST_POPPED = 200
NEUTRAL = (
    _("📚 Courses and information: a new page for you."),
    _("📘 Italian course: a few words to read today."),
    _("🗂️ Orientation: the page you asked for is here."),
)
COMING = _("🔊 The voice is coming.")
UNTRANSLATED = _("This page is not in your language yet.")
CHANGED = _("This page changed a short time ago. It is not all in your language yet.")


def keeps_buttons(data: str) -> bool:
    """Whether a button's message keeps its buttons: one about a thing (a reminder) stays useful."""
    return data.startswith(f"{PUSHED}:") and "/" in data


def answer_tap(unit: Unit, update: Incoming, text: str | None = None) -> None:
    """End the spinner of a tapped button, with a short word or none."""
    if isinstance(update.content, seen.Tap):
        params: Params = {"callback_query_id": update.content.query_id}
        if text:
            params["text"] = cut(text, MOST_POPPED)
        unit.send(Outgoing("answerCallbackQuery", params, Lane.ANSWER))


@dataclass(slots=True)
class Show:
    """Puts a reply into the outbox, in the person's language and manner.

    `anew`: there is no living message; `aged`: it is so old that it must be replaced while it can
    still be deleted. What is said over the chat goes to `unkept`: it is never written down.
    """

    languages: Languages
    unit: Unit
    world: TurnWorld
    anew: bool = False
    aged: bool = False
    unkept: list[Outgoing] = field(default_factory=list)
    secret: bool = field(default=False, init=False)
    wish: Wish | None = field(default=None, init=False)

    @property
    def person(self) -> Person:
        return self.world.person

    @property
    def words(self) -> Words:
        return self.languages.words(self.person.language)

    def reply(
        self, reply: Reply, update: Incoming | None, *, here: bool = True, more: bool = False
    ) -> None:
        """Answer the tap, tidy up, then show what stays and the screen.

        With `more` behind it the screen is left to the last of a quick series.
        """
        self.secret = reply.secret
        if reply.listens and update is not None and self._reads(reply):
            answer_tap(self.unit, update, self.words.plain(COMING))
            return
        if update is not None:
            self._answer(reply, update)
            if not reply.over:
                self._tidy_up(update, here=here)
        pictured = False
        for said in reply.stays:
            if said.say.picture:
                self._send_picture(said.say)
                pictured = True
            else:
                self._send(said.say.lines, self._loud(reply), owned=not reply.over)
        if reply.screen is None or more:
            return
        below = reply.below or pictured  # the buttons stand under the picture they are about
        if below or self.aged:
            self._retire(reply.trace)
        lines = (*self._missing(reply.screen.lines), *reply.screen.lines)
        listen = self._way_to_listen(reply, reply.screen)
        markup = keyboard(reply.screen, self.words, listen)
        anew = below or self.anew or self.aged or self.world.cleaned
        slot = Slot.NEW if anew else Slot.EDIT
        self._send(lines, markup, slot=slot, sensitive=reply.screen.sensitive)

    def _way_to_listen(self, reply: Reply, screen: Screen) -> Button | None:
        """The button that reads a page aloud, where there is a voice for it."""
        booth, stack, code = self.world.furniture.booth, reply.conversation.stack, self.words.code
        if not stack or not self.person.language or not is_in_one_language(screen):
            return None
        if code in booth.spoken or (
            booth.has(code) and booth.offers(self.languages, code, self._passage(reply, screen))
        ):
            return way_to_listen(stack[-1])
        return None

    def _passage(self, reply: Reply, screen: Screen) -> Passage:
        asked = reply.conversation.stack[-1].asked
        return passage_of(screen, asked, self.world.furniture.library)

    def _loud(self, reply: Reply) -> Json:
        """The button that reads a message aloud which stays; none where nobody is left to ask."""
        booth = self.world.furniture.booth
        return None if reply.over else way_to_hear(booth, self.words)

    def _reads(self, reply: Reply) -> bool:
        """Note that the page is to be read aloud; False where nobody can read it any more."""
        if reply.screen is None or self._way_to_listen(reply, reply.screen) is None:
            return False
        self.wish = Wish(
            self.person.id,
            self.world.chat_id,
            self.words.code,
            self._passage(reply, reply.screen),
            careful=self.person.careful,
            secret=reply.secret or reply.screen.sensitive,
        )
        return True

    def aloud(self, update: Incoming, tap: seen.Tap) -> Wish | None:
        """A message that stays is to be read aloud, as it stands in the chat."""
        person = self.person
        reads = bool(tap.words) and self.words.code in self.world.furniture.booth.spoken
        answer_tap(self.unit, update, self.words.plain(COMING) if reads else None)
        if not reads:
            return None
        return Wish(
            person.id,
            self.world.chat_id,
            self.words.code,
            words=tap.words,
            careful=person.careful,
            secret=True,
        )

    def hush(self, before: Conversation, after: Conversation) -> Conversation:
        """A voice leaves the chat with the page it read."""
        voice = before.voice
        if voice is None or before.page == after.page:
            return replace(after, voice=voice)
        self.delete([voice])
        self.unit.forget_messages(self.person.id, [voice])
        return replace(after, voice=None)

    def _answer(self, reply: Reply, update: Incoming) -> None:
        """End the spinner; what a flow says over the chat is shown now or, if it cannot be, with
        the next tap."""
        if not reply.pops or not isinstance(update.content, seen.Tap):
            notice = self.words.plain(reply.notice) if reply.notice else None
            answer_tap(self.unit, update, notice)
            return
        said = "\n".join(
            self.words.plain(line.text) for pop in reply.pops for line in pop.say.lines
        )
        params: Params = {
            "callback_query_id": update.content.query_id,
            "text": cut(said, MOST_POPPED),
            "show_alert": True,
        }
        self.unkept.append(Outgoing("answerCallbackQuery", params, Lane.ANSWER))

    def _missing(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """Say when a page was changed and its translation holds no more; in a language that is
        still a draft, also when it is not in it yet."""
        words = self.words
        if any(words.is_stale(line.text) for line in lines):
            return (Line(CHANGED, Style.NOTE),)
        if words.code not in self.languages.drafts:
            return ()
        told = all(words.has(line.text) for line in lines if line.style is Style.BODY)
        return () if told else (Line(UNTRANSLATED, Style.NOTE),)

    def _send_picture(self, say: Say) -> None:
        """A picture and the words under it; where others look at the phone it leaves soon."""
        careful = self.person.careful
        caption = bodies(say.lines, self.words)[0]
        params = picture(self.world.chat_id, say.picture, caption, silent=careful)
        wash = self.world.now + self.world.wash_after(sensitive=True) if careful else None
        self._call("sendPhoto", params, wash=wash)

    def say(self, line: Line) -> None:
        """A short message that changes nothing."""
        self._send((line,), None)

    def delete(self, message_ids: list[int]) -> None:
        """Delete messages of the chat."""
        for start in range(0, len(message_ids), MOST_DELETED):
            some: list[Json] = [*message_ids[start : start + MOST_DELETED]]
            self._call("deleteMessages", {"chat_id": self.world.chat_id, "message_ids": some})

    def _tidy_up(self, update: Incoming, *, here: bool) -> None:
        """Old buttons lose their power; what should not stay in the chat goes."""
        if update.message_id is None:
            return
        params: Params = {"chat_id": self.world.chat_id, "message_id": update.message_id}
        if isinstance(update.content, seen.Tap):
            if not here and update.content.accessible and not keeps_buttons(update.content.data):
                self._call("editMessageReplyMarkup", params)
        elif self.secret or self.person.careful or _is_left_nowhere(update.content):
            self._call("deleteMessage", params)

    def _retire(self, trace: Text | None) -> None:
        """Make room: the old message keeps one line of what was answered, or goes."""
        chat: Params = {"chat_id": self.world.chat_id}
        if trace is None or self.person.careful:
            self._call("deleteMessage", chat, Slot.RETIRE)
        else:
            line = message(self.world.chat_id, self.words.html(trace), silent=True)
            self._call("sendMessage", line, Slot.RETIRE)

    def _send(
        self,
        lines: tuple[Line, ...],
        markup: Json,
        *,
        slot: Slot = Slot.NONE,
        sensitive: bool = False,
        owned: bool = True,
    ) -> None:
        """One message, or several when the words pass Telegram's limit; buttons on the last."""
        careful, now = self.person.careful, self.world.now
        if careful and slot is not Slot.EDIT:
            lines = (Line(NEUTRAL[now.toordinal() % len(NEUTRAL)]), *lines)
        wash = now + self.world.wash_after(sensitive=sensitive) if careful and owned else None
        *parts, last = (
            message(self.world.chat_id, part, silent=careful) for part in bodies(lines, self.words)
        )
        for part in parts:
            self._call("sendMessage", part, wash=wash, owned=owned)
        if markup is not None:
            last["reply_markup"] = markup
        self._call("sendMessage", last, slot, wash=wash, owned=owned)

    def _call(
        self,
        method: str,
        params: Params,
        slot: Slot = Slot.NONE,
        *,
        wash: datetime | None = None,
        owned: bool = True,
    ) -> None:
        """Hand a call to the outbox. What is not owned leaves no trace of the person behind."""
        lane = Lane.REPLY if self.person.welcomed else Lane.WELCOME
        if self.world.closed:  # somebody is coming
            lane = Lane.CLEAN
        person_id = self.person.id if owned else None
        # Only what has words in it: what is deleted, and where, is no secret of this hour.
        secret = self.secret and "text" in params
        self.unit.send(
            Outgoing(
                method, params, lane, person_id=person_id, slot=slot, wash_at=wash, secret=secret
            )
        )


def _is_left_nowhere(content: object) -> bool:
    """What no chat should hold, careful or not: a report code, and where somebody is."""
    return is_report_code(content) or is_place(content)
