"""What becomes of a line on its way to the person: brought, changed, taken back, not sent."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.relay.meeting import Wanted
from flows.handoff_model import LineKind, LineState
from flows.ready import READY
from storage.handoffs import Content, Handoff, Line
from storage.outbox import Row, begin_sending
from storage.unit import Unit
from tests.bot.relay.office import FATIMA, NOW, Bureau

HELLO = Content(LineKind.TEXT, "Buongiorno")
SOON = NOW + timedelta(seconds=30)
LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def handoff(bureau: Bureau) -> Handoff:
    """Somebody who reads Italian has asked."""
    return bureau.asks(language="it")


def say(bureau: Bureau, handoff: Handoff, content: Content = HELLO, at: datetime = NOW) -> Line:
    """Anna says something, and it is on its way."""
    done = bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, content, at)
    assert done.ok
    assert done.line is not None
    return done.line


def arrive(bureau: Bureau, message_id: int = 55, at: datetime = NOW) -> Row:
    """What waits arrives."""
    [row] = bureau.rows()
    bureau.do(lambda unit: unit.mark_sent(row, message_id, at))
    return row


def test_what_arrived_is_changed_in_its_place(bureau: Bureau, handoff: Handoff) -> None:
    """Other words of the operator stand in the same message, and say that they are others."""
    line = say(bureau, handoff)
    arrive(bureau)
    words = Content(LineKind.TEXT, "Buonasera")
    done = bureau.deed(bureau.deeds.edit, bureau.anna, handoff.id, line.id, words, LATER)
    [row] = bureau.rows()
    assert done.ok
    assert done.line is not None
    assert (done.line.edit_of, row.line, row.method) == (line.id, done.line.id, "editMessageText")
    assert row.params["message_id"] == 55
    assert "Buonasera" in str(row.params["text"])


def test_what_was_changed_is_changed_again_and_taken_back(bureau: Bureau, handoff: Handoff) -> None:
    """Each change is of the first line; the message stays the same until it goes."""
    line = say(bureau, handoff)
    arrive(bureau)
    for words in ("due", "tre"):
        content = Content(LineKind.TEXT, words)
        done = bureau.deed(bureau.deeds.edit, bureau.anna, handoff.id, line.id, content, SOON)
        assert done.line is not None
        assert done.line.edit_of in (line.id, line.edit_of)
        arrive(bureau, at=SOON)
        latest = done.line
    undone = bureau.deed(bureau.deeds.undo, bureau.anna, handoff.id, latest.id, SOON)
    [row] = bureau.rows()
    assert undone.ok
    assert (row.method, row.params["message_id"]) == ("deleteMessage", 55)
    # The message is gone: of none of its versions is it said that it was sent.
    assert [one.state for one in bureau.lines(handoff.id)] == [LineState.UNDONE] * 3


def test_what_still_waits_is_replaced(bureau: Bureau, handoff: Handoff) -> None:
    """A change before it left: only the new words are ever sent."""
    line = say(bureau, handoff)
    words = Content(LineKind.TEXT, "Buonasera")
    bureau.deed(bureau.deeds.edit, bureau.anna, handoff.id, line.id, words, NOW)
    [row] = bureau.rows()
    states = [one.state for one in bureau.lines(handoff.id)]
    assert (row.method, "Buonasera" in str(row.params["text"])) == ("sendMessage", True)
    assert states == [LineState.UNDONE, LineState.SENDING]


@pytest.mark.parametrize("state", ["unknown", "failed", "undone", "blocked"])
def test_what_was_never_sent_is_not_sent_by_a_change(
    bureau: Bureau, handoff: Handoff, state: str
) -> None:
    """Nobody asked for it to go out: a change of words is no wish to send them."""
    line = say(bureau, handoff)
    [row] = bureau.rows()
    ends = {
        "unknown": lambda unit: unit.mark_unknown(row, NOW),
        "failed": lambda unit: unit.mark_failed(row, NOW),
        "blocked": lambda unit: unit.set_unreachable(handoff.person_id, NOW, row),
    }
    if state == "undone":
        bureau.deed(bureau.deeds.undo, bureau.anna, handoff.id, line.id, NOW)
    else:
        bureau.do(ends[state])
    words = Content(LineKind.TEXT, "Buonasera")
    done = bureau.deed(bureau.deeds.edit, bureau.anna, handoff.id, line.id, words, NOW)
    assert (done.ok, bureau.rows()) == (False, [])
    assert [one.state.value for one in bureau.lines(handoff.id)] == [state]


def test_after_a_minute_nothing_is_taken_back(bureau: Bureau, handoff: Handoff) -> None:
    """The minute runs from the moment it arrived."""
    line = say(bureau, handoff)
    arrive(bureau, at=SOON)
    late = bureau.deed(
        bureau.deeds.undo,
        bureau.anna,
        handoff.id,
        line.id,
        SOON + 2 * (SOON - NOW) + timedelta(seconds=6),
    )
    assert (late.ok, bureau.rows()) == (False, [])


def test_what_is_leaving_at_this_moment_is_not_said_to_be_undone(
    bureau: Bureau, handoff: Handoff
) -> None:
    """Once the sender has begun nobody claims that it was taken back."""
    line = say(bureau, handoff)
    [row] = bureau.rows()
    bureau.do(lambda unit: begin_sending(unit.direct(), row.id))
    done = bureau.deed(bureau.deeds.undo, bureau.anna, handoff.id, line.id, NOW)
    assert done.ok is False
    assert bureau.lines(handoff.id)[0].state is not LineState.UNDONE


def test_the_sender_does_not_begin_what_was_taken_back(bureau: Bureau, handoff: Handoff) -> None:
    """The row in its memory is no longer in the database, and the line stays undone."""
    line = say(bureau, handoff)
    [row] = bureau.rows()
    bureau.deed(bureau.deeds.undo, bureau.anna, handoff.id, line.id, NOW)

    def begin(unit: Unit) -> bool:
        begun = begin_sending(unit.direct(), row.id)
        unit.mark_failed(row, NOW)
        return begun

    assert bureau.do(begin) is False
    assert bureau.lines(handoff.id)[0].state is LineState.UNDONE


def test_who_cannot_be_reached_is_not_written_to(bureau: Bureau, handoff: Handoff) -> None:
    """The words are kept as not sent, the operator is told, and she still waits for an answer."""
    bureau.do(lambda unit: unit.set_unreachable(handoff.person_id, NOW))
    done = bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, HELLO, NOW)
    assert (done.ok, done.line and done.line.state) == (False, LineState.BLOCKED)
    assert bureau.rows() == []


@pytest.mark.parametrize(
    "content",
    [
        Content(LineKind.TEXT, "  \n"),
        Content(LineKind.TEXT, "a" * 3501),
        Content(LineKind.TEXT, "🙂" * 1751),
        Content(LineKind.PHOTO, "a" * 901, "f"),
        Content(LineKind.PHOTO),
        Content(LineKind.OTHER, extra={"as": "sticker"}),
        Content(LineKind.CANNED, "no such key"),
        Content(LineKind.PLACE),
        Content(LineKind.VIDEO, "words", "f", {"as": "video_note"}),
        Content(LineKind.DOCUMENT, "", "f", {"as": "poll"}),
    ],
)
def test_what_cannot_be_brought_is_refused(
    bureau: Bureau, handoff: Handoff, content: Content
) -> None:
    """Nothing is kept, nothing is sent, and the conversation is nobody's because of it."""
    done = bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, content, NOW)
    assert (done.ok, done.line, bureau.rows(), bureau.lines(handoff.id)) == (False, None, [], [])
    assert bureau.handoff(handoff.id).owner is None


@pytest.mark.parametrize(
    ("content", "method", "name"),
    [
        (Content(LineKind.PHOTO, "la mappa", "f"), "sendPhoto", "photo"),
        (Content(LineKind.VOICE, "", "f"), "sendVoice", "voice"),
        (Content(LineKind.VOICE, "", "f", {"as": "audio"}), "sendAudio", "audio"),
        (Content(LineKind.DOCUMENT, "", "f"), "sendDocument", "document"),
        (Content(LineKind.VIDEO, "", "f"), "sendVideo", "video"),
        (Content(LineKind.VIDEO, "", "f", {"as": "animation"}), "sendAnimation", "animation"),
        (Content(LineKind.VIDEO, "", "f", {"as": "video_note"}), "sendVideoNote", "video_note"),
    ],
)
def test_files_go_as_what_they_came_as(
    bureau: Bureau, handoff: Handoff, content: Content, method: str, name: str
) -> None:
    """By their id, with the desk's name under them where there may be words."""
    say(bureau, handoff, content)
    [row] = bureau.rows()
    assert (row.method, row.params[name], row.params["chat_id"]) == (method, "f", FATIMA)
    captioned = name != "video_note"
    assert ("PUA Desio" in str(row.params.get("caption"))) is captioned


def test_a_place_is_where_the_door_is(bureau: Bureau, handoff: Handoff) -> None:
    """It arrives as exact as it was sent, under the desk's name."""
    say(bureau, handoff, Content(LineKind.PLACE, extra={"latitude": 45.61789, "longitude": 9.2}))
    [row] = bureau.rows()
    assert (row.method, row.params["latitude"], row.params["title"]) == (
        "sendVenue",
        45.61789,
        "PUA Desio",
    )


def test_a_ready_answer_is_read_in_her_language(bureau: Bureau) -> None:
    """The key is kept; who reads Arabic reads Arabic."""
    handoff = bureau.asks(language="ar")
    say(bureau, handoff, Content(LineKind.CANNED, READY[0].key))
    [row] = bureau.rows()
    words = bureau.languages.words("ar").html(READY[0].text)
    assert words in str(row.params["text"])
    assert bureau.lines(handoff.id)[0].text == READY[0].key


def test_each_line_of_words_keeps_its_direction(bureau: Bureau) -> None:
    """Italian words in a message that runs from the right: each line stands by itself."""
    handoff = bureau.asks(language="ar")
    say(bureau, handoff, Content(LineKind.TEXT, "Via Roma 1, Desio.\n\nA domani!"))
    [row] = bureau.rows()
    lines = str(row.params["text"]).split("\n")
    opened = [line.count("\u2068") + line.count("\u2066") for line in lines]
    closed = [line.count("\u2069") for line in lines]
    assert opened == closed
    assert len(lines) == 4


def test_an_appointment_says_day_and_place_in_her_language(
    bureau: Bureau, handoff: Handoff
) -> None:
    """By the clocks of Italy; one that is over is refused."""
    when, over = datetime.fromisoformat("2026-12-03T10:30"), datetime.fromisoformat("2026-11-23")
    told = bureau.deeds.appointment
    done = bureau.deed(told, bureau.anna, handoff.id, Wanted(when, "Via Roma 1"), NOW)
    past = bureau.deed(told, bureau.anna, handoff.id, Wanted(over), NOW)
    [row] = bureau.rows()
    assert done.line is not None
    assert done.line.kind is LineKind.APPOINTMENT
    assert done.line.extra["when"] == "2026-12-03T10:30"
    assert done.line.extra["place"] == "Via Roma 1"
    assert ("10:30" in str(row.params["text"]), "Via Roma 1" in str(row.params["text"])) == (
        True,
        True,
    )
    assert past.ok is False


def test_an_appointment_of_another_zone_is_told_by_the_clocks_of_italy(
    bureau: Bureau, handoff: Handoff
) -> None:
    """An aware moment is turned, never cut."""
    done = bureau.deed(
        bureau.deeds.appointment, bureau.anna, handoff.id, Wanted(NOW + timedelta(days=1)), NOW
    )
    assert done.line is not None
    assert done.line.extra["when"] == "2026-11-24T10:00"
