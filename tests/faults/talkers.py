"""People and operators who write to each other, whatever happens, and who overhears it all.

Each message carries a word of its own: `p3-17` is the seventeenth of the third person, `o…` what an
operator says to a person, `n…` a note among operators.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.local.state import Call, Chat, Message
from tests.telegram import LocalTelegram, Phone

TOKEN = re.compile(r"\b[pon]\d+-\d+\b")
REPEATED = re.compile(r"\((ripetuto|repeated)\)")
PERSON = "👤"
UNSENT, NOWHERE = "🚫", "🧭"
MOST_UNSHOWN = 60
MOST_UNREAD = 40
"""People write no faster than they are read: what waits unread goes with a deleted topic."""
LOOKED_BACK = 300


@dataclass
class Shown:
    """One message that showed a word somewhere."""

    chat: int
    thread: int | None
    text: str = field(repr=False)

    @property
    def is_marked(self) -> bool:
        """Whether it says that it is repeated."""
        return REPEATED.search(self.text) is not None


class Overheard(deque[Call]):
    """Every call that was carried out, by the words in it.

    What fell into General because its topic went in that moment is shown nowhere: it is taken away
    again, and a new topic begins. Falling twice is no repetition.
    """

    def __init__(self) -> None:
        super().__init__(maxlen=20_000)
        self.shown: dict[str, list[Shown]] = defaultdict(list)
        self.fallen = 0
        self.to_groups: list[str] = []
        self.answered: set[tuple[int, int]] = set()  # messages of a group that were answered to
        self.limited = 0
        self.duplicates = 0
        self.unmarked: list[str] = []
        self._seen: set[tuple[int, int | None, str]] = set()

    def append(self, call: Call) -> None:
        """Write a call down."""
        super().append(call)
        self.limited += call.error_code == 429
        if call.error_code is not None or not call.method.startswith("send"):
            return
        chat, thread = int(call.params["chat_id"]), call.params.get("message_thread_id")
        text = str(call.params.get("text") or call.params.get("caption") or "")
        one = Shown(chat, thread, text)
        if chat < 0:
            self._overhear_group(call, chat, text)
        words = TOKEN.findall(text)
        if words and chat < 0 and thread is None:
            self.fallen += 1
            return
        again = [word for word in words if (chat, thread, word) in self._seen]
        if again:
            self.duplicates += 1
            if not one.is_marked:
                self.unmarked.append(f"{again[0]} in {thread}")
        for word in words:
            self._seen.add((chat, thread, word))
            self.shown[word].append(one)

    def _overhear_group(self, call: Call, chat: int, text: str) -> None:
        self.to_groups.append(str(call.params))
        if text.startswith((UNSENT, NOWHERE)):
            reply = call.params.get("reply_parameters") or {}
            self.answered.add((chat, int(reply.get("message_id", 0))))


@dataclass
class Talks:
    """Everybody who writes, and what they wrote that the bot was told of."""

    telegram: LocalTelegram
    heard: Overheard
    people: dict[str, Phone]
    operators: list[Phone]
    groups: list[int]
    seed: int = 0
    said: dict[str, str] = field(default_factory=dict)  # word → whose conversation
    updates: set[int] = field(default_factory=set)

    def count(self, kind: str) -> int:
        """How many messages of a kind were written."""
        return sum(word[0] == kind for word in self.said)

    async def go_on(self, enough: Callable[[], bool]) -> None:
        """Let everybody write until there was enough of it."""
        async with asyncio.TaskGroup() as group:
            for number, (name, phone) in enumerate(self.people.items()):
                group.create_task(self._person(number, name, phone, enough))
            for number, phone in enumerate(self.operators):
                group.create_task(self._operator(number, phone, enough))

    async def _person(
        self, number: int, name: str, phone: Phone, enough: Callable[[], bool]
    ) -> None:
        dice, written = random.Random(f"{self.seed}:p{number}"), 0
        mine: list[str] = []
        while not enough():
            await asyncio.sleep(dice.random() * 0.04 * len(self.people))
            mine = [word for word in mine if word not in self.heard.shown]
            blocked = phone.telegram.state.people[phone.person_id].blocked
            if blocked or len(mine) > MOST_UNSHOWN or self._unread() > MOST_UNREAD:
                await asyncio.sleep(0.1)
                continue
            written += 1
            word = f"p{number}-{written}"
            sent = await phone.send(f"Words {word}")
            mine.append(word)
            self._note(word, name, sent["update_id"])

    async def _operator(self, number: int, phone: Phone, enough: Callable[[], bool]) -> None:
        """Answers to people of its own: what one has, the other leaves alone."""
        dice, written = random.Random(f"{self.seed}:o{number}"), 0
        own = [name for at, name in enumerate(self.people) if at % len(self.operators) == number]
        while not enough():
            await asyncio.sleep(dice.random() * 0.02)
            found = self._find(dice.choice(own))
            if found is None or self._unread() > 2 * MOST_UNREAD:
                await asyncio.sleep(0.05)
                continue
            chat, message = found
            written += 1
            way = dice.random()
            word = f"{'n' if way > 0.9 else 'o'}{number}-{written}"
            wish = {"reply_to": message.id} if way < 0.5 else {}
            text = f"/r Words {word}" if 0.5 <= way <= 0.9 else f"Words {word}"
            try:
                sent = await phone.within(chat.id).send(text, thread=message.thread_id, **wish)
            except AssertionError:  # the topic has just been closed or deleted
                continue
            if sent["update_id"]:
                self._note(word, _name(message), sent["update_id"])

    def _unread(self) -> int:
        """How many updates the bot has not taken yet."""
        return len(self.telegram.state.updates.pending)

    def _note(self, word: str, name: str, update_id: int) -> None:
        self.said[word] = name
        self.updates.add(update_id)

    def _find(self, name: str) -> tuple[Chat, Message] | None:
        """The newest message that shows words of somebody, in a topic where one can write."""
        for chat_id in self.groups:
            chat = self.telegram.state.chats[chat_id]
            if chat.disbanded or chat.migrated_to or chat.bot_status in ("left", "kicked"):
                continue
            for back, message in enumerate(reversed(chat.messages.values())):
                if back > LOOKED_BACK:
                    break
                topic = chat.topics.get(message.thread_id or 0)
                if topic is not None and not topic.closed and _name(message) == name:
                    return chat, message
        return None


def _name(message: Message) -> str:
    """Whose words a message of the bot shows; nobody's where it shows none."""
    text = str(message.body.get("text", ""))
    if not message.mine or not text.startswith(PERSON):
        return ""
    return text.splitlines()[0].removeprefix(PERSON).split("·")[0].split("(")[0].strip()
