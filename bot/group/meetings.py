"""What operators read of people's lessons and appointments: in a topic, in General, in the console.

Two words for somebody, a time, and what they did: nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from flows.calendar_model import News, Reply
from flows.text import Text, _, ngettext
from storage.appointments.telling import Said

_DID: Mapping[News | Reply, Callable[[datetime], Text]] = {
    News.BOOKED: lambda when: _("📅 The person has booked: {when}.", when=when),
    News.MOVED: lambda when: _("📅 The person has chosen another time: {when}.", when=when),
    News.CANCELLED: lambda when: _("❌ The person has cancelled: {when}.", when=when),
    Reply.COMES: lambda when: _("✅ The person comes: {when}.", when=when),
    News.CANNOT: lambda when: _("🚫 The person cannot come: {when}.", when=when),
    News.LATE: lambda when: _("🏃 The person is late: {when}.", when=when),
    News.LOST: lambda when: _("🗺️ The person does not find the place: {when}.", when=when),
}
UNKNOWN = _("📅 The person has answered to an appointment.")


def did(text: str) -> Text:
    """What a person did with an appointment, by the text of its note."""
    said = Said.read(text)
    if said is None or said.what not in _DID:
        return UNKNOWN
    if said.what is News.LATE and said.minutes:
        return ngettext(
            "🏃 The person is {count} minute late: {when}.",
            "🏃 The person is {count} minutes late: {when}.",
            said.minutes,
            when=said.when,
        )
    return _DID[said.what](said.when)
