"""What every fault test is set in: a Telegram that survives, people in it, bots that may not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.app import LOCALES
from bot.content import load_library
from bot.languages import Languages
from bot.local.updates import Pending, Updates
from storage.database import default_url
from tests.faults.history import Kept, problems, read_kept
from tests.faults.nursery import PATIENCE_SECONDS, Cradle, Nursery, nursery
from tests.faults.people import Book, Town
from tests.faults.process import Life
from tests.faults.sent import Sent, read_sent
from tests.telegram import LocalTelegram, local_telegram

REPEATED_SHARE = 0.2


@dataclass
class Figures:
    """What was run and what came of it."""

    updates: int = 0
    repeated: int = 0
    kills: int = 0
    rows: int = 0
    votes: int = 0
    duplicates: int = 0
    most_duplicates_in_a_chat: int = 0
    lost: int = 0
    double: int = 0
    problems: list[str] = field(default_factory=list)


class Repeats:
    """Counts the updates that the local Telegram delivers again."""

    def __init__(self, updates: Updates) -> None:
        self.count = 0
        deliver_again = updates._deliver_again

        def counted(chosen: Iterable[Pending]) -> None:
            again = list(chosen)
            self.count += len(again)
            deliver_again(again)

        vars(updates)["_deliver_again"] = counted


@dataclass
class Scene:
    """A Telegram, its people, and the bot of the moment."""

    telegram: LocalTelegram
    town: Town
    bots: Nursery
    repeats: Repeats

    @property
    def url(self) -> str:
        """Where the bot keeps what it keeps."""
        return self.bots.life.database or default_url(self.data)

    @property
    def data(self) -> Path:
        """The folder of its key and, as a rule, its database."""
        return Path(self.bots.life.data)

    async def quiet(self) -> None:
        """Wait until every update is confirmed and every tap is answered."""
        state = self.telegram.state

        def is_quiet() -> bool:
            taps = [query.answer for query in state.queries.values() if query.answer is not None]
            waiting = state.updates.pending or state.updates.again or state.webhook.waiting
            return not waiting and all(answer.done() for answer in taps)

        try:
            await self.telegram.wait_until(is_quiet, PATIENCE_SECONDS)
        except TimeoutError:
            raise AssertionError("updates or taps were never dealt with") from None

    async def end(self) -> tuple[Kept, Sent]:
        """Wait until all is quiet, stop the bot gracefully, and read what is left of it all."""
        await self.quiet()
        code = await self.bots.stop()
        assert code == 0, f"stopped with {code}"
        chats = [person.phone.chat_id for person in self.town.people]
        return read_kept(self.url, self.data, chats), read_sent(self.telegram.state.calls)

    async def figures(self, kills: int = 0) -> Figures:
        """The end of it, held against what it must be."""
        return self.judged(*await self.end(), kills)

    def judged(self, kept: Kept, sent: Sent, kills: int = 0) -> Figures:
        """What was kept and sent, held against what must have been."""
        counts = self.town.votes.counts
        return Figures(
            updates=len(self.town.updates),
            repeated=self.repeats.count,
            kills=kills,
            rows=len(sent.times),
            votes=sum(kept.votes.values()),
            duplicates=sent.repeated,
            most_duplicates_in_a_chat=max(sent.repeated_by_chat.values(), default=0),
            lost=len(self.town.updates - kept.handled) + (counts - kept.votes).total(),
            double=(kept.votes - counts).total(),
            problems=problems(self.town, kept, sent),
        )


class Stage(Protocol):
    """`scene`, with its folder."""

    def __call__(
        self, *, people: int, seed: int = 0, repeated: float = REPEATED_SHARE, **life: Any
    ) -> AbstractAsyncContextManager[Scene]:
        """Set the scene."""


@asynccontextmanager
async def scene(
    folder: Path,
    cradle: Cradle,
    *,
    people: int,
    seed: int = 0,
    repeated: float = REPEATED_SHARE,
    **life: Any,
) -> AsyncIterator[Scene]:
    """Set the scene; the bot is not started yet. When it fails, the bot's log is told."""
    async with local_telegram() as telegram:
        repeats = Repeats(telegram.state.updates)
        book = telegram.state.calls = Book()
        await telegram.sim("repeat", fraction=repeated, seed=seed, standing=True)
        town = Town(telegram, load_library(LOCALES / "content"), Languages.load(LOCALES), book)
        await town.settle(people, seed)
        first = Life(
            data=str(folder / "data"),
            api=telegram.address,
            token=telegram.token,
            log=str(folder / "bot.log"),
            **life,
        )
        async with nursery(cradle, first) as bots:
            try:
                yield Scene(telegram, town, bots, repeats)
            except BaseException as error:
                error.add_note(bots.log())
                raise
