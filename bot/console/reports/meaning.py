"""What somebody wrote in a report, in Italian: made for the page that asks, and kept nowhere.

A report is anonymous: its words go to a translator of this machine, or to none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.console.foreign import Foreign, show_foreign
from bot.console.reports.desk import Desk
from bot.console.reports.reading import Reading, Told
from bot.console.reports.sheet import answers_of
from bot.console.visit import Visit
from bot.meaning.figures import differ
from bot.meaning.interpreter import OURS
from bot.meaning.translator import PASSING, NotMeant
from flows.report_words import describe
from flows.text import Text, _
from storage.reports import Report

MOST: Final = 12
"""So many pieces of one report are translated for a page; each asks once."""
WRITTEN_LATER: Final = _("Written later")
NO_MACHINE: Final = _("No machine of this computer translates: a report goes to no other.")
PARTLY: Final = _("The translator did not translate everything. Try again, or ask for a mediator.")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something the person wrote, and what a machine makes of it."""

    title: Text
    words: Foreign
    differs: bool


class Meaning:
    """The page of a report, with its words in Italian below them."""

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self._desk = desk
        self._reading = reading

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show a report with its words translated; the opening is written down like any other."""
        report = await self._desk.opened(visit)
        interpreter = self._desk.interpreter
        if interpreter is None:
            return await self._reading.page(visit, report, told=[Told("bad", NO_MACHINE)])
        found: list[Piece] = []
        written = list(_written(report))
        is_whole = len(written) <= MOST
        for title, text in written[:MOST]:
            meant = await interpreter.heard(text, report.language)
            if isinstance(meant, NotMeant):
                is_whole = False
                if meant.why in PASSING:  # nor would it answer to the next: the page would hang
                    break
            elif meant.source != OURS:
                words = show_foreign(meant.text, OURS)
                found.append(Piece(title, words, differ(text, meant.text)))
        told = [] if is_whole else [Told("warn", PARTLY)]
        return await self._reading.page(visit, report, told=told, meant=found)


def _written(report: Report) -> Iterator[tuple[Text, str]]:
    """What the person typed, with what it answers to."""
    for question, answer in describe(answers_of(report)):
        if answer.literal and not answer.params and any(map(str.isalpha, answer.source)):
            yield question, answer.source
    for one in report.words:
        if not one.by_office and one.text.strip():
            yield WRITTEN_LATER, one.text
