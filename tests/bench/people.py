"""Simulated people: each taps through real screens and waits for every answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

HOME = "orientation"
WALK: tuple[str | int, ...] = (HOME, 0, 1, "it", "<", "^")
"""What is tapped, in a circle: the first door, an area, a card, "show in Italian", Back, Home.

A word is the option's id, a number counts among the buttons and moves on with the person, so that
every area and many cards come up.
"""
ARRIVING = ("en", "next", "no")
AWAY = frozenset({"<", "^", "?", "+", ">", "search", "services", "counter", "procedure"})
"""Ways that lead out of the cards; the last four are doors that stand among them."""

Push = Callable[[str, dict[str, Any]], None]


@dataclass(slots=True)
class Person:
    """One chat: what it shows, how far its walk is, since when it waits."""

    chat_id: int
    number: int
    message_id: int = 0
    buttons: list[str] = field(default_factory=list)
    step: int = -1
    since: float | None = None
    walking: bool = False
    at_home: bool = False


class Crowd:
    """All the people of a run, and what they saw."""

    def __init__(self, push: Push, now: Callable[[], float]) -> None:
        self._push = push
        self._now = now
        self.people: dict[int, Person] = {}
        self.latencies: list[float] = []
        self.extra = self.strays = self.queries = 0
        self.open_queries: set[str] = set()
        self.closed_loop = False
        self.first_answer: float | None = None

    def clear(self) -> None:
        """Forget what was counted, not who is there."""
        self.latencies = []
        self.extra = self.strays = 0
        self.first_answer = None

    def arrive(self, first: int, count: int) -> None:
        """Let people send /start; once they are welcomed they stand at home."""
        for number in range(first, first + count):
            person = self.people[number] = Person(number, number - first)
            self._write(person, "/start")

    def meet(self, first: int, count: int, message_id: int) -> None:
        """Let people be there who have been welcomed long ago."""
        for number in range(first, first + count):
            self.people[number] = Person(number, number - first, message_id, at_home=True)

    def write(self, chat_id: int, words: str) -> None:
        """Let somebody write."""
        self._write(self.people[chat_id], words)

    def walk(self) -> None:
        """Let everybody who waits for nothing begin the closed loop."""
        self.closed_loop = True
        for person in self.people.values():
            if person.since is None:
                self.tap(person)

    def rest(self) -> None:
        """Let nobody tap any more; what is under way is still answered."""
        self.closed_loop = False

    def idle(self) -> list[Person]:
        """Who waits for nothing."""
        return [one for one in self.people.values() if one.since is None and one.buttons]

    def waiting(self) -> int:
        """How many wait for an answer."""
        return sum(person.since is not None for person in self.people.values())

    def tap(self, person: Person) -> None:
        """Tap the next button of the walk."""
        option = self._option(person)
        self.queries += 1
        query_id = str(self.queries)
        self.open_queries.add(query_id)
        person.since = self._now()
        chat = _chat(person)
        self._push(
            "callback_query",
            {
                "id": query_id,
                "from": _account(person),
                "chat_instance": str(person.chat_id),
                "data": option,
                "message": {
                    "message_id": person.message_id,
                    "date": 1_790_000_000,
                    "chat": chat,
                    "text": "…",
                },
            },
        )

    def sees(self, chat_id: int, message_id: int, markup: Any) -> None:
        """A message with buttons came, or the one that was there has changed."""
        person = self.people.get(chat_id)
        if person is None:
            return
        if self.first_answer is None:
            self.first_answer = self._now()
        rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
        if not rows:
            return
        person.message_id = message_id
        person.buttons = [cell["callback_data"] for row in rows for cell in row]
        if person.since is None:
            self.extra += 1
            return
        self.latencies.append(self._now() - person.since)
        person.since = None
        if not person.at_home:
            person.at_home = any(_id(data) == HOME for data in person.buttons)
            if not person.at_home:
                self.tap(person)
                return
        if self.closed_loop:
            self.tap(person)

    def _write(self, person: Person, words: str) -> None:
        person.since = self._now()
        message = {
            "message_id": person.message_id + 1,
            "date": 1_790_000_000,
            "chat": _chat(person),
            "from": _account(person),
            "text": words,
        }
        person.message_id += 1
        self._push("message", message)

    def _option(self, person: Person) -> str:
        """The data of the button that comes next; home where the walk was left."""
        buttons = {_id(data): data for data in person.buttons}
        if not person.at_home:
            return next((buttons[name] for name in ARRIVING if name in buttons), person.buttons[0])
        person.step = (person.step + 1) % len(WALK)
        wanted = WALK[person.step]
        if isinstance(wanted, int):
            offered = [data for name, data in buttons.items() if name not in AWAY]
            if offered and HOME not in buttons:
                return offered[(person.number + wanted) % len(offered)]
        elif wanted in buttons:
            return buttons[wanted]
        self.strays += 1
        person.step = 0 if HOME in buttons else len(WALK) - 1
        return buttons.get(HOME) or buttons.get("^") or person.buttons[0]


def _id(data: str) -> str:
    return data.rsplit(":", 1)[-1]


def _chat(person: Person) -> dict[str, Any]:
    return {"id": person.chat_id, "type": "private", "first_name": "Somebody"}


def _account(person: Person) -> dict[str, Any]:
    return {
        "id": person.chat_id,
        "is_bot": False,
        "first_name": "Somebody",
        "language_code": "en",
    }
