"""What is on the screen when somebody comes: an Italian word, as any course has them."""

from __future__ import annotations

from flows.directory import WORD
from flows.effects import CloseChat
from flows.engine import Ended
from flows.opening import Opening
from flows.steps import Flow, Line, Style, perform, show
from flows.text import Text, _, verbatim

WORDS: tuple[tuple[str, Text, str], ...] = (
    ("il pane", _("Bread. You buy it at the bakery."), "Compro il pane ogni mattina."),
    ("il treno", _("The train. It leaves from the station."), "Il treno parte alle otto."),
    ("la chiave", _("The key. It opens a door."), "Dov'è la chiave di casa?"),
    ("la finestra", _("The window. Light comes in."), "Apro la finestra: fa caldo."),
    ("l'ombrello", _("The umbrella. You use it when it rains."), "Piove, prendo l'ombrello."),
    ("il mercato", _("The market. You find fruit and clothes."), "Il mercato è in piazza."),
    ("la sedia", _("The chair. You sit on it."), "C'è una sedia libera?"),
    ("il ponte", _("The bridge. It goes over a river."), "Il ponte è vicino alla scuola."),
    ("la farmacia", _("The pharmacy. It has a green cross."), "La farmacia chiude alle sette."),
    ("la bicicletta", _("The bicycle. It has two wheels."), "Vado a scuola in bicicletta."),
    ("il lunedì", _("Monday. The first day of the week."), "Il corso comincia lunedì."),
    ("l'acqua", _("Water. We drink it every day."), "Un bicchiere d'acqua, per favore."),
    ("il sale", _("Salt. We put it in food."), "Mi passi il sale?"),
    ("la neve", _("Snow. It falls in winter."), "In montagna c'è la neve."),
)


def close(_opening: Opening) -> Flow[Ended]:
    """Empty the chat at once and leave a word of Italian on the screen: there is no time to ask."""
    yield from perform("close", CloseChat())
    return Ended("closed", then=WORD)


def word(opening: Opening) -> Flow[Ended]:
    """Show the Italian word of the day, and nothing that says what was here before."""
    italian, meaning, example = WORDS[opening.today.toordinal() % len(WORDS)]
    return (
        yield from show(
            "word",
            [
                Line(_("📘 Italian word of the day"), Style.TITLE),
                Line(verbatim(italian), Style.BIG),
                meaning,
                Line(verbatim(example), Style.NOTE),
            ],
        )
    )
