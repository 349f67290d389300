"""The calendars we write, as an independent program reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import vobject
from hypothesis import given
from hypothesis import strategies as st

from storage.ics import IcsEvent, ics

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
ROME = ZoneInfo("Europe/Rome")
COURSE = IcsEvent(
    "l31@antenna",
    datetime.fromisoformat("2027-03-28T18:30"),
    datetime.fromisoformat("2027-03-28T20:30"),
    "Europe/Rome",
    "Italiano A1, sera; «per tutti»",
    NOW,
    place="Via Rossi 1, Desio (MB)",
    about="Porta: quaderno\ne penna",
    point=(45.61, 9.21),
)


def read(content: bytes) -> list[vobject.base.Component]:
    """The events, as the other program found them."""
    calendar = vobject.readOne(content.decode())
    return list(calendar.contents.get("vevent", []))


def test_another_program_reads_the_same() -> None:
    """Words, place, both ends in their zone, and the state come out as they went in."""
    content = ics([COURSE], name="PUA Desio", now=NOW)
    [event] = read(content)
    assert (
        event.summary.value,
        event.location.value,
        event.description.value,
        event.uid.value,
        event.status.value,
    ) == (COURSE.title, COURSE.place, COURSE.about, COURSE.uid, "CONFIRMED")
    wanted = [COURSE.starts.replace(tzinfo=ROME), COURSE.ends.replace(tzinfo=ROME)]
    found = [event.dtstart.value, event.dtend.value]
    assert [one.astimezone(UTC) for one in found] == [one.astimezone(UTC) for one in wanted]
    assert b"TZID:Europe/Rome" in content
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_a_moved_meeting_is_the_same_one() -> None:
    """It keeps its id and gets a greater number, so programs move it; a dropped one says so."""
    later = NOW + timedelta(seconds=1)
    moved = IcsEvent(
        COURSE.uid, COURSE.starts, COURSE.ends, COURSE.zone, "T", later, cancelled=True
    )
    [before], [after] = read(ics([COURSE], name="", now=NOW)), read(ics([moved], name="", now=NOW))
    assert before.uid.value == after.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.status.value == "CANCELLED"


def test_an_empty_calendar_can_be_read() -> None:
    """A desk without courses has a calendar without events."""
    assert read(ics([], name="PUA", now=NOW)) == []


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=80)


@given(
    title=WORDS,
    place=WORDS,
    starts=st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2036-01-01")),
    minutes=st.integers(5, 600),
)
def test_whatever_is_in_it_is_read(title: str, place: str, starts: datetime, minutes: int) -> None:
    """No words break the file, and no hour of any night is another one for the other program."""
    starts = starts.replace(microsecond=0)
    ends = starts + timedelta(minutes=minutes)
    event = IcsEvent("u", starts, ends, "Europe/Rome", title, NOW, place=place)
    [found] = read(ics([event], name=title, now=NOW))
    told = found.contents.get("location")
    # Both programs leave white space at the ends of a value to chance.
    assert found.summary.value.strip() == title.strip()
    assert (told[0].value.strip() if told else "") == place.strip()
    naive = found.dtstart.value.replace(tzinfo=None)
    assert naive == starts
