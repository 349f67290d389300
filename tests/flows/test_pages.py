"""Pages of choices, key pads, a line above every question, and what Back keeps after a change."""

from __future__ import annotations

from functools import partial

from bot.languages import Languages
from bot.telegram.render import keyboard
from flows.engine import Ended, Event, Kind, Session, back, run
from flows.screen import screen_of
from flows.steps import Flow, Line, Option, ask_pad, choose, under
from flows.text import _, verbatim
from tests.chat import english
from tests.flows.samples import DAY
from tests.locales.factory import LOCALES


def turn_of(flow, *answers):
    """Where a flow waits after some answers."""
    log = tuple(Event(Kind.ANSWER, key, {"option": option}) for key, option in answers)
    return run(flow, Session("s", "f", DAY, log=log))


def many(count) -> Flow[Ended]:
    """One question with that many options."""
    options = [Option(str(number), verbatim(str(number))) for number in range(count)]
    yield from choose("q", _("Which one?"), options)
    return Ended("done")


def pages_of(flow):
    """The option ids of every page, turned by More."""
    pages = [[option.id for option in turn_of(flow).waits.options]]
    while pages[-1][-1] == "+":
        answers = [("q", "+")] * len(pages)
        pages.append([option.id for option in turn_of(flow, *answers).waits.options])
    return pages


def test_the_last_page_is_full():
    """Seven options and More on each page; the last has no More, so it holds eight."""
    sizes = {}
    for count in (8, 9, 15, 16, 22, 23):
        pages = pages_of(partial(many, count))
        sizes[count] = [len(page) for page in pages]
        assert [one for page in pages for one in page if one != "+"] == [*map(str, range(count))]
    assert sizes == {
        8: [8],
        9: [8, 2],
        15: [8, 8],
        16: [8, 8, 2],
        22: [8, 8, 8],
        23: [8, 8, 8, 2],
    }


def test_a_pad_stands_in_rows():
    """Twelve keys in rows of three; the ways out in a row of their own."""

    def pad() -> Flow[Ended]:
        keys = [Option(str(number), verbatim(str(number))) for number in range(12)]
        return Ended((yield from ask_pad("pad", _("Press."), keys, 3)))

    turn = turn_of(pad)
    screen = screen_of(turn.session, turn.waits, (), back=True, home=False, helps=True)
    words = Languages.load(LOCALES).words("en")
    rows = keyboard(screen, words)["inline_keyboard"]
    assert [[cell["text"] for cell in row] for row in rows[:-1]] == [
        ["0", "1", "2"],
        ["3", "4", "5"],
        ["6", "7", "8"],
        ["9", "10", "11"],
    ]
    assert len(rows[-1]) == 2
    assert turn_of(pad, ("pad", "7")).ended == Ended("7")


def test_a_line_stands_above_every_question():
    """Whatever the flow asks is under the line, and what it gives comes back."""

    def marked():
        return under(Line(_("Only a try.")), many(9))

    first, second = turn_of(marked), turn_of(marked, ("q", "+"))
    shown = [[english(line.text) for line in turn.waits.lines] for turn in (first, second)]
    assert shown == [["Only a try.", "Which one?"]] * 2
    assert turn_of(marked, ("q", "3")).ended == Ended("done")


def test_back_after_a_change_keeps_what_follows():
    """Later answers wait through a Back, but not for the question that comes back."""
    first = Event(Kind.ANSWER, "a", {"option": "1"})
    second = Event(Kind.ANSWER, "b", {"option": "2"})
    later = Event(Kind.ANSWER, "c", {"option": "3"})
    session = Session("s", "f", DAY, log=(first, second), kept=(second, later))
    earlier = back(session)
    assert (earlier.log, earlier.kept) == ((first,), (later,))
