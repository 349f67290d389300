"""One request as a page sees it: who asks, in which language, what they sent, how to answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from aiohttp import web

from bot.console.room import Room
from bot.console.sessions import Session
from bot.words import Words
from flows.text import Text
from storage.audit import Action
from storage.operators import Operator

LAST_PAGE = 10_000
LONGEST_ID = 19


class Access(IntEnum):
    """Who may open a page; each may do what those before may."""

    ANYBODY = 0
    ANTENNA = 1
    OPERATOR = 2
    COORDINATOR = 3
    ADMINISTRATOR = 4

    @classmethod
    def of(cls, operator: Operator) -> Access:
        """What somebody of a role may open."""
        return cls[operator.role.name]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that should be done, said above every page, with the way to it."""

    words: Text
    path: str
    way: Text
    kind: str = "warn"


@dataclass(eq=False)
class Visit:
    """One request. `form` holds what was posted: every field once, already proven to be ours."""

    request: web.Request
    room: Room
    words: Words
    cookie: str
    session: Session | None = None
    visitor: Operator | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    sets_cookie: str | None = None
    notices: list[Notice] = field(default_factory=list)

    @property
    def operator(self) -> Operator:
        """Who is signed in; only pages for operators ask."""
        if self.visitor is None:
            raise web.HTTPForbidden
        return self.visitor

    @property
    def signed_in(self) -> Session:
        """The session with its opened key; only pages for operators ask."""
        if self.session is None:
            raise web.HTTPForbidden
        return self.session

    @property
    def token(self) -> str:
        """The token every form carries."""
        return self.room.sessions.token(self.sets_cookie or self.cookie)

    def value(self, name: str, *, longest: int = 200) -> str:
        """A posted field without spaces around it; empty where it is missing, cut where too long.

        A passphrase is taken from `form` itself, as it was typed.
        """
        return self.form.get(name, "").strip()[:longest]

    def id(self, name: str) -> int:
        """The number of an object in the address.

        Raises:
            web.HTTPNotFound: what stands there can be nothing's number.
        """
        number = number_of(self.request.match_info[name])
        if number is None:
            raise web.HTTPNotFound
        return number

    def number(self, name: str) -> int | None:
        """A posted number that can be somebody's or something's; None where it is none."""
        return number_of(self.value(name))

    def page_number(self, pages: int) -> int:
        """Which page of a long list is asked for, from 1: whatever was written, one that is."""
        written = self.request.query.get("page", "1")
        if written.isascii() and written.isdecimal() and len(written) > LONGEST_ID:
            return max(1, pages)
        return max(1, min(number_of(written) or 1, pages, LAST_PAGE))

    async def note(self, action: Action, object_: str = "") -> None:
        """Write into the audit what this operator does, before they see what it gives them."""
        await self.room.note(self.operator.id, action, object_)

    def page(self, template: str, *, status: int = 200, **given: Any) -> web.Response:
        """Answer with a page."""
        words = self.room.render(self, template, **given)
        return web.Response(text=words, status=status, content_type="text/html", charset="utf-8")

    def go(self, path: str) -> web.Response:
        """Answer with the way to another page, after something was done."""
        return web.Response(status=303, headers={"Location": path})


def number_of(written: str) -> int | None:
    """What can be the number of something that is kept; None where it cannot."""
    if not (written.isascii() and written.isdecimal()) or len(written) > LONGEST_ID:
        return None
    return int(written) if 0 < int(written) < 1 << 63 else None


Handler = Callable[[Visit], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page or a deed: its method, its address, who may, and what answers.

    There is no default for who may: whoever adds a page has to say it.
    """

    method: str
    path: str
    access: Access
    answer: Handler
    typed: tuple[str, ...] = ()
    asks_itself: bool = False


def get(path: str, access: Access, answer: Handler, *, asks_itself: bool = False) -> Page:
    """A page to look at. What a browser asks for by itself is no sign that somebody is there."""
    return Page("GET", path, access, answer, asks_itself=asks_itself)


def post(path: str, access: Access, answer: Handler, *, typed: str | tuple[str, ...] = ()) -> Page:
    """A form that is sent; its token and where it came from are checked before.

    `typed` are the fields whose words are shown again when the session ended before they came.
    """
    return Page("POST", path, access, answer, (typed,) if isinstance(typed, str) else typed)
