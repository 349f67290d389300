"""Every address of the day and of the times, and who may open it; whose one is, is asked there."""

from __future__ import annotations

from bot.console.agenda import appointment, booking, day, free, news, openings
from bot.console.visit import Access, Page, get, post

_WHO, _ONE, _OPENING = Access.OPERATOR, "/appointments/{appointment}", "/openings/{opening}"

PAGES: tuple[Page, ...] = (
    get("/day", _WHO, day.show),
    get("/day/now", _WHO, day.show, asks_itself=True),
    get("/day/week", _WHO, day.show_week),
    get("/day/paper", _WHO, day.paper),
    post("/day/news", _WHO, news.see),
    get("/free", _WHO, free.show),
    get("/openings", _WHO, openings.show),
    get("/openings/new", _WHO, openings.begin),
    post("/openings/new", _WHO, openings.add, typed="bring"),
    get(_OPENING, _WHO, openings.one),
    post(_OPENING, _WHO, openings.change, typed="bring"),
    post(f"{_OPENING}/close", _WHO, openings.close),
    get("/appointments/new", _WHO, booking.begin),
    post("/appointments/new", _WHO, booking.add, typed=booking.WRITTEN),
    get(_ONE, _WHO, appointment.show),
    post(f"{_ONE}/move", _WHO, appointment.move),
    post(f"{_ONE}/cancel", _WHO, appointment.cancel),
    post(f"{_ONE}/close", _WHO, appointment.close),
    post(f"{_ONE}/words", _WHO, appointment.rewrite, typed=booking.WRITTEN),
)
