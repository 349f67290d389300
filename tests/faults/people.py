"""People who write and tap in bursts, whatever happens to the bot, and know what they must see."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.languages import Languages
from bot.local.state import Call
from flows.library import Library
from flows.text import _
from tests.faults.model import LANGUAGES, Reading, Votes
from tests.faults.process import ROW
from tests.faults.sent import read_sent
from tests.telegram import Json, LocalTelegram, Phone

PATIENCE_SECONDS = 60.0
WEIGHTS = (6, 3, 2, 2, 1)  # of reading, wandering, changing language, cleaning, being forgotten
WANDERED = ("language", "help", "privacy")


@dataclass(frozen=True, slots=True)
class Screen:
    """The living message as its person sees it: the last one with buttons."""

    message_id: int
    session: str
    turn: int
    options: tuple[str, ...]
    text: str

    @property
    def sign(self) -> str:
        """The command that opens this page; nothing for other pages."""
        options = set(self.options)
        if options <= {"<", "^", "?"}:
            return "help"
        if options >= set(LANGUAGES):
            return "language"
        if options >= {"data", "forget"}:
            return "privacy"
        return "menu" if "orientation" in options else ""


def screen_of(message: Json, number: int) -> Screen | None:
    """The screen a message shows, if it has buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    buttons = [button["callback_data"].split(":", 2) for row in rows for button in row]
    if not buttons:
        return None
    session, turn, _option = buttons[0]
    options = tuple(option for _session, _turn, option in buttons)
    return Screen(number, session, int(turn), options, message.get("text", ""))


class Book(deque[Call]):
    """Every call the bot ever made, also by chat."""

    def __init__(self) -> None:
        super().__init__()
        self.chats: dict[int, list[Call]] = defaultdict(list)

    def append(self, call: Call) -> None:
        """Write a call down."""
        super().append(call)
        chat_id = call.params.get("chat_id")
        if chat_id is not None:
            self.chats[chat_id].append(call)

    def screens(self, chat_id: int) -> Iterator[tuple[Call, Screen]]:
        """The pages that were shown in a chat, by a new message or an edited one."""
        for call in self.chats[chat_id]:
            screen = screen_of(call.params, 0) if call.error_code is None else None
            if screen is not None:
                yield call, screen


class LostError(AssertionError):
    """Somebody waited in vain for what they must see."""


@dataclass
class Town:
    """Everybody, what they did, and what it must have led to."""

    telegram: LocalTelegram
    library: Library
    languages: Languages
    book: Book
    votes: Votes = field(default_factory=Votes)
    people: list[Walker] = field(default_factory=list)
    updates: set[int] = field(default_factory=set)

    async def settle(self, count: int, seed: int) -> None:
        """Give phones to so many people."""
        for number in range(count):
            dice = random.Random(f"{seed}:{number}")
            phone = await self.telegram.phone(f"P{number}", language=dice.choice(LANGUAGES))
            self.people.append(Walker(self, phone, dice))

    async def live(self, enough: Callable[[], bool]) -> None:
        """Let everybody write and tap until there was enough of it."""
        await self.together(lambda person: person.live(enough))

    async def together(self, act: Callable[[Walker], Coroutine[Any, Any, None]]) -> None:
        """Let everybody do something at the same time."""
        async with asyncio.TaskGroup() as group:
            for person in self.people:
                group.create_task(act(person))


@dataclass
class Walker:
    """One person: what they do next, and where they must be."""

    town: Town
    phone: Phone
    dice: random.Random
    language: str = ""
    careful: bool = False
    session: str = ""
    flow: str = ""
    reading: Reading | None = None
    commands: list[str] = field(default_factory=list)
    farewells: int = 0
    _sessions: set[str] = field(default_factory=set)
    _done: deque[str] = field(default_factory=lambda: deque(maxlen=30))

    # -- what they see

    def screen(self) -> Screen | None:
        """The last message with buttons."""
        chat = self.phone.telegram.state.chats.get(self.phone.chat_id)
        for message in reversed(chat.messages.values() if chat else ()):
            found = screen_of(message.body, message.id) if message.mine else None
            if found is not None:
                return found
        return None

    async def sees(self, wanted: Callable[[Screen], Any], what: str) -> Screen:
        """Wait until the living message is as it must be.

        Raises:
            LostError: it never came to be.
        """

        def look() -> Screen | None:
            screen = self.screen()
            return screen if screen is not None and wanted(screen) else None

        try:
            found: Screen = await self.phone.telegram.wait_until(look, PATIENCE_SECONDS)
        except TimeoutError:
            raise LostError(f"{what} was never seen; {self.story()}") from None
        return found

    def story(self) -> str:
        """The last calls of the bot to this chat, for whoever looks for a mistake."""
        told = [f"in {self.flow} {self.session}, {self.reading and self.reading.at}"]
        for call in self.town.book.chats[self.phone.chat_id]:
            screen = screen_of(call.params, 0)
            shown = screen and (screen.session, screen.turn, screen.options[:2])
            row, number = call.params.get(ROW), call.params.get("message_id")
            told.append(f"{row} {call.method} {number} {shown} {call.error_code or ''}")
        return "\n".join([*told[:1], *told[-30:], *self._done])

    async def sees_new(self, sign: str) -> Screen:
        """Wait for the first question of a flow that was not open before.

        Not one of before: a page that went out twice keeps its buttons where the bot does not
        know of it, so it can be the last in the chat for a moment.
        """
        screen = await self.sees(
            lambda shown: (
                shown.turn == 0 and sign in shown.options and shown.session not in self._sessions
            ),
            f"the page with {sign}",
        )
        self.session = screen.session
        return screen

    def _look_around(self) -> None:
        """Remember every page there was so far."""
        shown = self.town.book.screens(self.phone.chat_id)
        self._sessions |= {screen.session for _call, screen in shown}

    async def sees_reading(self) -> Screen:
        """Wait for the page of the library where the taps must have led."""
        reading = self.reading
        assert reading is not None
        words = self.town.languages.words(self.language)
        title = words.plain(_(reading.card.title)) if reading.card else ""
        return await self.sees(
            lambda shown: (
                (shown.session, shown.turn) == (self.session, reading.turn)
                and title in shown.text
                and set(reading.options()) <= set(shown.options)
            ),
            f"turn {reading.turn} of the library, {reading.at}",
        )

    # -- what they do

    async def says(self, text: str) -> None:
        """Send words."""
        self._done.append(text)
        sent = await self.phone.send(text)
        self.town.updates.add(sent["update_id"])

    async def commands_(self, *names: str) -> None:
        """Send commands, one after the other, without waiting for answers."""
        self._look_around()
        for name in names:
            self.commands.append(name)
            await self.says(f"/{name}")

    async def taps(self, on: Screen, turn: int, option: str) -> None:
        """Tap a button as it stands, or as it will stand when the taps before have arrived."""
        data = f"{on.session}:{turn}:{option}"
        self._done.append(f"{data} on {on.message_id}")
        done = await self.phone.tap(data=data, message_id=on.message_id, wait=0)
        self.town.updates.add(done["update_id"])

    async def _breathe(self) -> None:
        await asyncio.sleep(self.dice.random() * 0.01)

    # -- how they live

    async def live(self, enough: Callable[[], bool]) -> None:
        """Arrive, then read, ask and wander until there was enough of it."""
        if not self.flow:
            await self.arrive()
        ways = (self._read_on, self.wander, self._change_language, self.clean, self.be_forgotten)
        while True:
            await self.dice.choices(ways, WEIGHTS)[0]()
            if enough():
                return

    async def arrive(self) -> None:
        """Onboarding, tapped through faster than it is shown."""
        await self.commands_("start")
        screen = await self.sees_new("it")
        self.language = self.dice.choice(LANGUAGES)
        self.careful = self.dice.random() < 0.25
        self._look_around()
        answers = (self.language, "next", "next", "yes" if self.careful else "no")
        for turn, option in enumerate(answers):
            await self.taps(screen, turn, option)
        await self.sees_new("orientation")
        self.flow = "home"

    async def _home(self, command: str = "menu") -> Screen:
        """Go home with a command, from wherever this is."""
        await self.commands_(command)
        screen = await self.sees_new("orientation")
        self.flow, self.reading = "home", None
        return screen

    async def read(self) -> None:
        """A walk in the library: a burst of taps, some of them doubled, some words between."""
        screen = await self._home() if self.flow != "home" else self.screen()
        assert screen is not None
        self._look_around()
        await self.taps(screen, 0, "orientation")
        self.reading = reading = Reading(self.town.library)
        screen = await self.sees_new(reading.options()[0])
        self.flow = "orientation"
        for _burst in range(self.dice.randint(1, 2)):
            first = reading.turn
            for turn, option in enumerate(self._walk(reading), first):
                await self.taps(screen, turn, option)
                if self.dice.random() < 0.15:
                    await self.taps(screen, turn, option)
                if self.dice.random() < 0.05:
                    await self.says("?!")
                await self._breathe()
            screen = await self.sees_reading()

    async def _read_on(self) -> None:
        """Read, and then stay, go home, or come back from there to the same page."""
        await self.read()
        await self.dice.choice((self._home, self._interrupt, self._stay))()

    def _walk(self, reading: Reading) -> list[str]:
        tapped: list[str] = []
        for _tap in range(self.dice.randint(4, 11)):
            card, option = reading.at.card, reading.choose(self.dice)
            tapped.append(option)
            if reading.tap(option):
                self.town.votes.add(card, self.language, option)
        return tapped

    async def _stay(self) -> None:
        """Stay with the card."""

    async def _interrupt(self) -> None:
        """Leave the library by command and come back to the same page."""
        reading, session = self.reading, self.session
        screen = await self._home()
        assert "resume" in screen.options
        await self.taps(screen, 0, "resume")
        self.reading, self.session, self.flow = reading, session, "orientation"
        await self.sees_reading()

    async def wander(self) -> None:
        """Open one page after the other with commands, without waiting for any of them."""
        names = [self.dice.choice(WANDERED)]
        for _command in range(self.dice.randint(1, 4)):
            names.append(self.dice.choice([name for name in WANDERED if name != names[-1]]))
        await self.commands_(*names)
        await self._home()

    async def clean(self) -> None:
        """Have the chat cleaned: nothing stays but the way home."""
        await self._home("clean")
        await self._sees_only(1)

    async def be_forgotten(self) -> None:
        """Have everything forgotten, and begin anew."""
        await self.commands_("forget")
        screen = await self.sees_new("yes")
        self._look_around()
        await self.taps(screen, 0, "yes")
        self.farewells += 1
        await self._sees_only(0)
        self.session, self.flow, self.reading = "", "", None
        await self.arrive()

    async def _sees_only(self, most: int) -> None:
        """Wait until the chat shows no more messages than so many and the farewells.

        A farewell stays, for nobody remembers it. So does a message of which the bot never heard
        that it arrived: it went out twice, or was a broadcast and never goes twice.
        """
        chat = self.phone.telegram.state.chats[self.phone.chat_id]
        calls = self.town.book.chats[self.phone.chat_id]

        def is_clean() -> bool:
            sent = read_sent(calls)
            return len(chat.messages) <= most + self.farewells + sent.repeated + sent.broadcasts

        try:
            await self.phone.telegram.wait_until(is_clean, PATIENCE_SECONDS)
        except TimeoutError:
            left = len(chat.messages)
            raise LostError(f"the chat was not cleaned: {left} are left; {self.story()}") from None

    async def _change_language(self) -> None:
        """Another language, in the middle of whatever is on."""
        session = self.session
        await self.commands_("language")
        screen = await self.sees_new("it")
        self.language = next(code for code in LANGUAGES if code != self.language)
        await self.taps(screen, 0, self.language)
        self.session = session
        if self.reading is not None:
            await self.sees_reading()
        else:
            await self.sees(lambda shown: shown.session == session, "home, as before")

    def opened(self) -> list[str]:
        """The pages that commands open, in the order in which they first came as new messages."""
        seen: dict[str, str] = {}
        for call, screen in self.town.book.screens(self.phone.chat_id):
            if call.method == "sendMessage" and screen.sign:
                seen.setdefault(screen.session, screen.sign)
        return list(seen.values())
