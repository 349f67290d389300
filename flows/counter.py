"""Words to show at a counter: what for, which papers, which language; large, and in Italian."""

from __future__ import annotations

from flows.counter_words import A_LITTLE, NEEDS, PAPERS, SLOWLY, SPEAKS, WRITE
from flows.engine import Ended
from flows.opening import Opening
from flows.sourced import ITALIAN, italian
from flows.steps import Flow, Line, Option, Style, choose, choose_many
from flows.text import Text, _

OTHER_LANGUAGE, TALK = "language", "talk"
SHOW = Option("counter", _("🪧 Show at the counter"))
"""The way here from other flows: they end with `then="counter"`, and what for in `at`."""


def counter(opening: Opening) -> Flow[Ended]:
    """Make the words from a few taps, and show them; `at` names what it is for (see NEEDS)."""
    need = opening.at if opening.at in NEEDS else (yield from _ask_need())
    papers = yield from _ask_papers()
    speaks = opening.person.language or ""
    while True:
        lines = _card(opening, need, papers, speaks)
        options = [
            Option(OTHER_LANGUAGE, _("🗣️ I speak another language")),
            Option(TALK, _("🤝 Talk to someone")),
        ]
        chosen = yield from choose("counter", lines, options, sensitive=True)
        if chosen.id == TALK:
            return Ended("talk", then="talk", comes_back=True)
        speaks = yield from _ask_language()


def _ask_need() -> Flow[str]:
    lines: list[Text | Line] = [
        Line(_("🪧 Words to show at the counter"), Style.TITLE),
        _("I write it large and in Italian. You show the phone."),
        _("What do you need?"),
    ]
    options = [Option(key, label) for key, (label, _words) in NEEDS.items()]
    return (yield from choose("need", lines, options, sensitive=True)).id


def _ask_papers() -> Flow[tuple[str, ...]]:
    lines: list[Text | Line] = [
        Line(_("📄 Which papers do you have with you?"), Style.TITLE),
        _("Mark only what you want to show. You can also mark nothing."),
    ]
    options = [Option(key, words) for key, words in PAPERS.items()]
    marked = yield from choose_many("papers", lines, options, sensitive=True)
    return tuple(one.id for one in marked)


def _ask_language() -> Flow[str]:
    lines = Line(_("🗣️ Which language do you speak best?"), Style.TITLE)
    options = [Option(code, words) for code, words in SPEAKS.items()]
    return (yield from choose("speaks", lines, options, sensitive=True)).id


def _card(opening: Opening, need: str, papers: tuple[str, ...], speaks: str) -> list[Line]:
    """Italian for whoever sits at the counter; below it the same in the person's language."""
    said = [NEEDS[need][1], *([_("I have these papers with me:")] if papers else [])]
    rows = [PAPERS[one] for one in papers]
    about = [*([SPEAKS[speaks]] if speaks in SPEAKS else []), A_LITTLE, SLOWLY, WRITE]
    if speaks == ITALIAN:
        about = []
    shown = [
        *(Line(italian(words), Style.BIG) for words in said),
        *(Line(italian(words), Style.ROW) for words in rows),
        *(Line(italian(words), Style.BIG) for words in about),
    ]
    if opening.person.language == ITALIAN:
        return shown
    own = [
        *(Line(words, Style.ROW) for words in said),
        *(Line(words, Style.ROW) for words in rows),
        *(Line(words, Style.ROW) for words in about),
    ]
    return [*shown, Line(_("👇 In your language"), Style.HEADING), *own]
