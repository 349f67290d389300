"""Where it is: an address in large Italian to show to somebody, a pin on the map, a number."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flows.calendar_effects import SendPin
from flows.calendar_model import CourseView
from flows.course_words import named, row
from flows.steps import Flow, Line, Option, Style, choose, perform
from flows.text import Text, _, in_language, pictured, verbatim

ITALIAN = "it"
DIALLED = 6  # fewer digits are a number of their own, like 112
MAP = "https://www.openstreetmap.org/search?query="
_EXCUSE = _("Excuse me, can you help me? I have to go here:")
_PIN = Option("pin", _("🗺️ Show me on the map"))
_SENT = _("🗺️ The map is in this chat. Tap it to see the way.")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to be found: whose it is, the address, the way, the telephone."""

    id: str
    title: str
    place: str
    how: str = ""
    point: tuple[float, float] | None = None
    phone: str = ""


def spot_of(course: CourseView) -> Spot:
    """Where a course is."""
    return Spot(
        course.id, course.organisation, course.place, course.how, course.point, course.phone
    )


def show_way(spot: Spot, title: Text, others: list[Option], *, sensitive: bool = True) -> Flow[str]:
    """Show the way until the person goes on, or back; the id of what was tapped. A map comes when
    it is asked for, as a message of its own."""
    page = [Line(title, Style.TITLE), *way_lines(spot)]
    pin = _pin_of(spot)
    options = [*([_PIN] if pin else []), *others]
    chosen = yield from choose("way", page, options, sensitive=sensitive)
    if chosen is not _PIN or pin is None:
        return chosen.id
    yield from perform(f"pin {spot.id}", pin)
    page.append(Line(_SENT, Style.NOTE))
    return (yield from choose("mapped", page, others, sensitive=sensitive)).id


def _pin_of(spot: Spot) -> SendPin | None:
    """The place as a message; without a name and an address there is none."""
    title, address = spot.title or spot.place, spot.place or spot.title
    return SendPin(title, address, spot.point) if spot.point and title else None


def way_lines(spot: Spot) -> list[Text | Line]:
    """What somebody in the street is shown comes first, then what the person reads."""
    lines: list[Text | Line] = []
    if spot.place:
        lines += [*_shown("📍", spot.place), *named("🏢", spot.title)]
    elif spot.phone:
        lines.append(_("The address is not here. Please call, or ask a person."))
        lines += named("🏢", spot.title)
    elif spot.title:  # somebody in the street may know them
        lines += _shown("🏢", spot.title)
    else:
        lines.append(_("The address is not here. Please ask a person."))
    lines += named("🚌", spot.how)
    if spot.place and spot.point is None:
        lines += named("🗺️", f"{MAP}{quote(spot.place)}")
    if spot.phone:
        lines.append(row(_("📞 Call: {phone}", phone=verbatim(dialled(spot.phone)))))
    return lines


def _shown(sign: str, words: str) -> list[Text | Line]:
    """What is held under the eyes of whoever comes along."""
    return [
        Line(_("👇 Show this to somebody."), Style.NOTE),
        Line(in_language(ITALIAN, _EXCUSE), Style.BIG),
        Line(in_language(ITALIAN, pictured(sign, verbatim(words))), Style.BIG),
    ]


def dialled(phone: str) -> str:
    """The number with the country before it, so that a phone calls it with one tap."""
    digits = sum(sign.isdigit() for sign in phone)
    is_plain = phone[:1] in ("0", "3") and digits >= DIALLED
    return f"+39 {phone}" if is_plain else phone
