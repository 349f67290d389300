"""A procedure, one step a screen: where, what it costs, what to bring, how long one waits."""

from __future__ import annotations

from collections.abc import Iterable

from flows.counter import SHOW
from flows.engine import Ended
from flows.guides import Procedure, Step
from flows.library import Library
from flows.opening import Opening
from flows.service_words import OF_CARD as WHERE_TO_GO
from flows.sourced import ITALIAN, SHOW_IN_ITALIAN, provenance, show_in_italian
from flows.steps import Flow, Line, Option, Style, Weight, choose, show
from flows.text import Text, _, pictured, titled

KEYCAPS = ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣", "🔟")
NEXT, ALL, BRING = "next", "all", "bring"
DATES, SERVICES, TALK = "dates", "services", "talk"

_NEXT = Option(NEXT, _("▶️ Next step"), Weight.PRIMARY)
_ALL = Option(ALL, _("👣 All steps"))
_BRING = Option(BRING, _("🎒 What to bring"))
_DATES = Option(DATES, _("🔔 Remind me in time"))
_SERVICES = Option(SERVICES, _("📍 Where to go"))
_TALK = Option(TALK, _("🤝 Talk to someone"))


def procedure(opening: Opening) -> Flow[Ended]:
    """Show all steps, then one after the other; `at` is a procedure or a card that leads to one."""
    library = opening.library
    found = library.procedures.get(opening.at) or library.procedure_of(opening.at)
    if found is None:
        found = yield from _choose_procedure(library)
    chosen = yield from _overview(found)
    if chosen == BRING:
        return (yield from _show_bring(found))
    if chosen == SHOW.id:
        return Ended(chosen, then=chosen, at=found.counter, comes_back=True)
    number = int(chosen)
    while True:
        chosen = yield from _read(opening, found, number)
        if chosen == ITALIAN:
            step = found.steps[number - 1]
            words = [step.title, *step.sentences, *step.bring, step.action]
            key = f"{found.id}.{number}"
            said = [one for one in words if one]
            return (yield from show_in_italian(key, said, sensitive=found.sensitive))
        if chosen != NEXT:
            return _leave(found, chosen)
        number += 1


def _leave(found: Procedure, chosen: str) -> Ended:
    if chosen == ALL:
        return Ended(ALL, then="procedure", at=found.id)
    at = {
        DATES: found.date,
        SERVICES: _theme(found),
        SHOW.id: found.counter,
        TALK: found.cards[0],
    }[chosen]
    return Ended(chosen, then=chosen, at=at, comes_back=True)


def _theme(found: Procedure) -> str:
    """What is looked for in the table of services, by whoever wants to know where to go."""
    themes = (WHERE_TO_GO[card].value for card in found.cards if card in WHERE_TO_GO)
    return next(themes, "")


def _choose_procedure(library: Library) -> Flow[Procedure]:
    lines: list[Text | Line] = [
        Line(_("👣 Step by step"), Style.TITLE),
        _("What do you want to do?"),
    ]
    known = list(library.procedures.values())
    options = [Option(one.id, titled(one.icon, one.title)) for one in known]
    return library.procedures[(yield from choose("procedure", lines, options)).id]


def _overview(found: Procedure) -> Flow[str]:
    """Every step is a button: who has done some of them goes on where they are."""
    lines: list[Text | Line] = [
        Line(titled(found.icon, found.title), Style.TITLE),
        *(_(sentence) for sentence in found.about),
        _provenance(found),
    ]
    steps = [
        Option(str(number), titled(KEYCAPS[number - 1], step.title))
        for number, step in enumerate(found.steps, 1)
    ]
    options = [
        *steps,
        *([_BRING] if len(found.bring) > 1 else []),
        *([SHOW] if found.counter else []),
    ]
    return (yield from choose(f"{found.id}.0", lines, options, sensitive=found.sensitive)).id


def _show_bring(found: Procedure) -> Flow[Ended]:
    """All papers of the way as one list; no office says before what else it wants to see."""
    lines = [
        Line(_("🎒 What to bring"), Style.TITLE),
        *_listed(found.bring),
        Line(_("Offices may want other papers too. Ask before you go."), Style.NOTE),
    ]
    return (yield from show(f"{found.id}.bring", lines, sensitive=found.sensitive))


def _listed(papers: Iterable[str]) -> list[Line]:
    return [Line(pictured("▪️", _(one)), Style.ROW) for one in papers]


def _read(opening: Opening, found: Procedure, number: int) -> Flow[str]:
    """One step; what is known of it stands in rows, what nobody knows is not there."""
    step = found.steps[number - 1]
    last = number == len(found.steps)
    options = [
        *([_ALL] if last else [_NEXT]),
        *([SHOW_IN_ITALIAN] if opening.person.language != ITALIAN else []),
        *([SHOW] if found.counter else []),
        *([_SERVICES] if _theme(found) else []),
        *([_DATES] if found.date else []),
        _TALK,
    ]
    key, lines = f"{found.id}.{number}", _lines(found, step, number)
    # Somebody may change to Italian on the Italian page: the way that led there stays good.
    hidden = [SHOW_IN_ITALIAN]
    return (yield from choose(key, lines, options, hidden=hidden, sensitive=found.sensitive)).id


def _lines(found: Procedure, step: Step, number: int) -> list[Text | Line]:
    count = len(found.steps)
    return [
        Line(titled(found.icon, found.title), Style.NOTE),
        Line(titled(KEYCAPS[number - 1], step.title), Style.TITLE),
        *(_(sentence) for sentence in step.sentences),
        *_rows(step),
        *([Line(_("👉 {action}", action=_(step.action)), Style.ACTION)] if step.action else []),
        Line(_("Step {number} of {count}", number=number, count=count), Style.NOTE),
        _provenance(found, step.source),
    ]


def _rows(step: Step) -> list[Line]:
    """Where, how much, how long, and the papers; set a little apart from the sentences."""
    said = [
        *([_("📍 Where: {place}", place=_(step.place))] if step.place else []),
        *([_("💶 Cost: {cost}", cost=_(step.cost))] if step.cost else []),
        *([_("⏳ Time: {wait}", wait=_(step.wait))] if step.wait else []),
        *([_("🎒 Bring:")] if step.bring else []),
    ]
    styles = (Style.PART, *(Style.ROW for _one in said))
    return [*map(Line, said, styles), *_listed(step.bring)]


def _provenance(found: Procedure, source: str = "") -> Line:
    return provenance(source or found.source, found.status, found.checked)
