"""A console with conversations in it: two offices, who works there, and people who ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from bot.console.app import PAGES, create_console
from bot.console.talks.desk import Talks
from bot.console.talks.ways import talk_pages
from bot.console.visit import Page
from bot.evidence.verdict import Refusal
from bot.means import Means
from bot.relay.handoffs import Handoffs
from bot.relay.news import News
from flows.handoff_model import Asked, LineKind, Need
from storage.desks import Desk, save_desk
from storage.handoffs import Content, Handoff, Line, Note
from storage.handoffs.asking import ask
from storage.handoffs.finding import find
from storage.handoffs.lines import find_lines, hear
from storage.handoffs.notes import find_notes
from storage.operators import Role
from storage.outbox import Row
from storage.unit import Unit
from storage.writer import Writer
from tests.bot.console.house import Browser, Console, Reader

TODAY = date(2026, 11, 23)


class Outbox:
    """Takes what was handed over to leave, and leaves it there."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def hand_over(self, rows: list[Row]) -> None:
        """Keep it."""
        self.rows += rows


class Bureau(Console):
    """A console with two desks that talk, and three operators."""

    def __init__(self, folder: Path, **more: Any) -> None:
        super().__init__(folder, **more)
        self.writer = Writer(self.database)
        self.outbox = Outbox()
        self.files: dict[str, bytes] = {}
        self.chats = 700_000
        room = self.room
        means = Means(
            None,  # type: ignore[arg-type]
            self.writer,
            self.outbox,  # type: ignore[arg-type]
            self.database.vault,
            room.languages,
            self.clock,  # type: ignore[arg-type]
            self.told,
            self.settings,
        )
        self.news = News()
        self.handoffs = room.handoffs = Handoffs(means, self.news)
        self.talks = Talks(self.handoffs, self._fetch)
        self.pages: tuple[Page, ...] = (*PAGES, *talk_pages(self.talks))
        self.app = create_console(room, self.pages)
        self.desio, self.carate = self.office("PUA Desio"), self.office("PUA Carate")
        self.do(lambda c: save_desk(c, self._desk("desio", "PUA Desio", self.desio)))
        self.do(lambda c: save_desk(c, self._desk("carate", "PUA Carate", self.carate)))
        self.anna = self.reader("Anna", Role.OPERATOR, self.desio)
        self.bruno = self.reader("Bruno", Role.OPERATOR, self.desio)
        self.carla = self.reader("Carla", Role.OPERATOR, self.carate)

    @staticmethod
    def _desk(key: str, name: str, office: str) -> Desk:
        return Desk(key, name, name[4:], True, TODAY, office=office, talks=True)

    async def _fetch(self, file_id: str, _size: int) -> bytes:
        if file_id not in self.files:
            raise Refusal("gone")
        return self.files[file_id]

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.writer.close()
        await super().__aexit__(kind, error, trace)

    def asks(self, language: str = "ar", desk: str = "desio", **more: Any) -> Handoff:
        """Somebody asks for a human."""
        self.chats += 1
        wish = Asked(**({"need": Need.PAY, "desk": desk} | more))
        now, chat = self.clock.now(), self.chats

        def job(unit: Unit) -> Handoff | None:
            person = unit.create_person(chat, language, TODAY)
            unit.save_person(replace(person, welcomed=True))
            return ask(unit.direct(), self.database.vault, person, wish, now)

        found = self.writer.submit(job).result(60)
        assert found is not None
        self.news.tell(found.id)
        return found

    def says(self, talk: Handoff, content: Content | str) -> Line:
        """The person says something more."""
        said = Content(LineKind.TEXT, content) if isinstance(content, str) else content
        vault, now = self.database.vault, self.clock.now()

        def job(unit: Unit) -> Line:
            return hear(unit.direct(), vault, self.kept(talk), said, now, source=None)

        line = self.writer.submit(job).result(60)
        self.news.tell(talk.id)
        return line

    def kept(self, talk: Handoff) -> Handoff:
        """A conversation as it is kept now."""
        found = self.look(lambda connection: find(connection, talk.id))
        assert isinstance(found, Handoff)
        return found

    def lines(self, talk: Handoff) -> list[Line]:
        """What was said in it."""
        return list(self.look(lambda c: find_lines(c, self.database.vault, talk.id)))

    def notes(self, talk: Handoff) -> list[Note]:
        """What was noted about it."""
        return list(self.look(lambda c: find_notes(c, self.database.vault, talk.id)))

    async def at(self, reader: Reader) -> Browser:
        """A browser of an operator who has come in."""
        return await self.signed_in(reader)
