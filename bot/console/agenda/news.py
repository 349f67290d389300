"""What is new at a desk, what has to be acted upon first, until somebody has seen it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web

from bot.console.agenda.days import clock
from bot.console.agenda.labels import URGENT, news_words
from bot.console.visit import Visit, number_of
from bot.languages import ROME
from flows.calendar_model import Subject
from flows.text import Text, _
from storage.agenda import About, courses_of
from storage.database import Connection
from storage.desk_news import DeskNews, find_news, mark_seen

MOST = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of news as it stands on the page; `path` leads to what it is about, if anywhere."""

    news: DeskNews
    words: Text
    said: Text
    urgent: bool
    path: str
    about: str


async def find_shown(visit: Visit) -> list[Shown]:
    """What nobody of the office has seen yet, the latest first."""
    office = visit.operator.office

    def look(connection: Connection) -> tuple[list[DeskNews], dict[int, About]]:
        found = find_news(connection, office, limit=MOST)
        return found, courses_of(connection, found)

    found, courses = await visit.room.read(look)
    return [_shown(one, courses.get(one.id), visit.room.now) for one in found]


def _shown(news: DeskNews, about: About | None, now: datetime) -> Shown:
    path = ""
    if news.subject is Subject.APPOINTMENT:
        path = f"/appointments/{news.subject_id}"
    elif news.subject is Subject.LESSON and about is not None:
        path = f"/courses/lessons/{news.subject_id}"
    elif about is not None:
        path = f"/courses/{about.course_id}"
    is_today = news.at.astimezone(ROME).date() == now.astimezone(ROME).date()
    said = _("told {moment}", moment=news.at)
    if is_today:
        said = _("told at {time}", time=clock(news.at))
    title = "" if about is None else about.title
    return Shown(news, news_words(news), said, news.what in URGENT, path, title)


async def see(visit: Visit) -> web.StreamResponse:
    """Somebody has seen what is new: one line of it, or all that stood on the page."""
    written = visit.value("news", longest=MOST * 20).split(",")[:MOST]
    ids = [number for number in map(number_of, written) if number is not None]
    who = visit.operator
    await visit.room.write(lambda connection: mark_seen(connection, ids, who.id, who.office))
    on = visit.value("on", longest=10)
    return visit.go(f"/day?{urlencode({'on': on, 'done': 'seen'})}#news")
