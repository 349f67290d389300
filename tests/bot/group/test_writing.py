"""In a topic only what is sent on purpose reaches the person; all else is a note for colleagues."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.group import answers
from bot.telegram.incoming import PROMPT
from flows.handoff_model import Event, LineKind, LineState, Reason, State, Urgency
from storage.handoffs import Handoff
from tests.bot.group.stage import CARD, TOPIC, Stage, of_bot, of_colleague
from tests.bot.relay.office import FATIMA, open_bureau

PHOTO = {"photo": [{"file_id": "photo-1", "file_size": 9}]}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A topic that shows a conversation nobody has claimed."""
    with open_bureau(tmp_path) as bureau:
        yield Stage(bureau)


@pytest.fixture
def handoff(stage: Stage) -> Handoff:
    """The conversation of the topic."""
    return stage.shows(stage.bureau.asks())


def said(stage: Stage, handoff: Handoff) -> list[str]:
    """The words of the operators' lines."""
    return [one.text for one in stage.bureau.lines(handoff.id) if one.outward]


def noted(stage: Stage, handoff: Handoff) -> list[str]:
    """The notes, as they were written."""
    return [one.text for one in stage.bureau.notes(handoff.id) if one.event is Event.NOTE]


def test_plain_words_are_a_note(stage: Stage, handoff: Handoff) -> None:
    """Kept for colleagues, where it was written, by whom; nothing leaves, not even an answer."""
    stage.writes("Chiamo io il sindacato")
    [note] = [one for one in stage.bureau.notes(handoff.id) if one.event is Event.NOTE]
    assert (note.text, note.source, note.posted) == ("Chiamo io il sindacato", *[stage.last] * 2)
    assert note.operator_id == stage.bureau.anna.id
    assert (stage.rows, said(stage, handoff)) == ([], [])


@pytest.mark.parametrize("order", ["/r ", "/R ", "/rispondi ", "/reply ", "/r\n", "/r@ant_bot "])
def test_an_order_reaches_the_person(order: str, stage: Stage, handoff: Handoff) -> None:
    """The words behind it, and no more; the conversation is theirs from then on."""
    stage.writes(f"{order}Buongiorno")
    [row] = stage.to_people()
    assert (said(stage, handoff), noted(stage, handoff)) == (["Buongiorno"], [])
    assert row.params["chat_id"] == FATIMA
    assert stage.bureau.handoff(handoff.id).owner == stage.bureau.anna.id
    assert stage.told() == []  # it is acknowledged where it is shown


@pytest.mark.parametrize(
    "text", ["/r", "r Buongiorno", "//r Buongiorno", "/r@other_bot Buongiorno", ".r Buongiorno"]
)
def test_what_is_no_order_reaches_nobody(text: str, stage: Stage, handoff: Handoff) -> None:
    """An order without words, for another bot, or that only looks like one."""
    stage.writes(text)
    assert (stage.to_people(), said(stage, handoff)) == ([], [])


def test_an_unknown_order_is_told(stage: Stage, handoff: Handoff) -> None:
    """A slip of the finger is kept as a note, and whoever made it is told that nothing went out."""
    stage.writes("/re Buongiorno")
    assert noted(stage, handoff) == ["/re Buongiorno"]
    assert stage.told() == [answers.UNKNOWN_ORDER.source]


def test_an_answer_to_the_persons_words_reaches_them(stage: Stage, handoff: Handoff) -> None:
    """The message that shows a line of theirs, whatever it is answered with."""
    stage.heard(handoff, posted=60)
    stage.writes("Ho letto", reply=of_bot(60, "Aiuto"))
    stage.writes(None, reply=of_bot(60, "Aiuto"), **PHOTO)
    kinds = [one.kind for one in stage.bureau.lines(handoff.id) if one.outward]
    assert kinds == [LineKind.TEXT, LineKind.PHOTO]
    assert [row.method for row in stage.to_people()] == ["sendMessage", "sendPhoto"]


def test_an_answer_to_what_asks_for_one_reaches_them(stage: Stage, handoff: Handoff) -> None:
    """The message behind ✉️ asks for words; only Antenna's own does."""
    stage.taps("h:reply")
    [asked] = stage.to_group("sendMessage")
    assert str(asked.params["text"]).startswith(PROMPT)
    assert asked.params["reply_markup"] == {"force_reply": True, "selective": True}
    text = str(asked.params["text"])
    stage.writes("Eccomi", reply=of_bot(70, text))
    for forged in (of_bot(71, text, bot=78), of_colleague(72, text)):
        stage.writes("Non per lei", reply=forged)
    assert said(stage, handoff) == ["Eccomi"]
    assert noted(stage, handoff) == ["Non per lei"] * 2


@pytest.mark.parametrize("what", ["card", "line of ours", "ack", "colleague", "elsewhere"])
def test_other_answers_are_notes(what: str, stage: Stage, handoff: Handoff) -> None:
    """To the summary, to a colleague's line, to an acknowledgement: told, where it looks meant."""
    stage.said(handoff, posted=61)
    stage.rows.clear()
    reply = {
        "card": of_bot(CARD, "Airone verde"),
        "line of ours": of_bot(61, "Eccomi"),
        "ack": of_bot(62, "✉️ inviato"),
        "colleague": of_colleague(63, "che ne dici?"),
        "elsewhere": of_bot(999, "altro"),
    }[what]
    stage.writes("Sì, va bene", reply=reply)
    assert (stage.to_people(), noted(stage, handoff)) == ([], ["Sì, va bene"])
    assert len(stage.told()) == (what != "colleague")


def test_what_answers_to_another_conversation_reaches_nobody(
    stage: Stage, handoff: Handoff
) -> None:
    """The topic says whose conversation it is; a message of another topic is no line of it."""
    other = stage.shows(stage.bureau.asks(chat=FATIMA + 1), topic=50, card=51)
    stage.heard(other, posted=66)
    stage.writes("Ho letto", reply=of_bot(66, "Aiuto"))
    assert (stage.to_people(), noted(stage, handoff)) == ([], ["Ho letto"])


def test_an_album_goes_as_a_whole(stage: Stage, handoff: Handoff) -> None:
    """`/r` stands under its first part; the others go with it, and those of another do not."""
    stage.writes(None, caption="/r guardate", media_group_id="a", **PHOTO)
    stage.writes(None, media_group_id="a", **PHOTO)
    stage.writes(None, media_group_id="b", **PHOTO)
    stage.writes(None, media_group_id="a", by="bruno", **PHOTO)
    assert said(stage, handoff) == ["guardate", ""]
    assert noted(stage, handoff) == ["📷", "📷"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({**PHOTO, "caption": "il foglio"}, ["📷 il foglio"]),
        ({"voice": {"file_id": "v"}}, ["🎤"]),
        ({"location": {"latitude": 45.5, "longitude": 9.2}}, ["📍"]),
        ({"sticker": {"file_id": "s"}}, []),
    ],
)
def test_what_is_posted_is_noted_with_a_sign(
    fields: dict[str, Any], expected: list[str], stage: Stage, handoff: Handoff
) -> None:
    """In the console it is seen that there is a photo in the topic; a sticker says nothing."""
    stage.writes(None, **fields)
    assert (noted(stage, handoff), stage.rows) == (expected, [])


def test_an_edit_changes_what_was_sent(stage: Stage, handoff: Handoff) -> None:
    """What waits goes out with the new words; the same words again change nothing."""
    stage.writes("/r Alle dieci")
    stage.writes("/r Alle undici", edits=stage.last)
    stage.writes("/r Alle undici", edits=stage.last)
    lines = stage.bureau.lines(handoff.id)
    states = [(one.text, one.state) for one in lines if one.outward]
    assert states == [("Alle dieci", LineState.UNDONE), ("Alle undici", LineState.SENDING)]


def test_an_edit_of_a_note_sends_nothing(stage: Stage, handoff: Handoff) -> None:
    """It is another version of the note; where it begins with an order, this is said."""
    stage.writes("Chiamo domani")
    source = stage.last
    stage.writes("Chiamo lunedì", edits=source)
    stage.writes("/r Chiamo lunedì", edits=source)
    assert noted(stage, handoff) == ["Chiamo domani", "Chiamo lunedì", "/r Chiamo lunedì"]
    assert (stage.to_people(), len(stage.told())) == ([], 1)


def test_an_edit_of_what_nobody_kept_is_nothing(stage: Stage, handoff: Handoff) -> None:
    """A message from before the conversation was shown here is neither sent nor noted now."""
    assert stage.writes("/r Buongiorno", edits=7) == "ignored"
    assert (stage.rows, noted(stage, handoff)) == ([], [])


def test_a_refusal_is_told_where_it_was_written(stage: Stage, handoff: Handoff) -> None:
    """Under a colleague's lock, without access, too long: nothing leaves, and it is said why."""
    stage.writes("/prendi", by="bruno")
    stage.writes("/r Eccomi", by="anna")
    stage.writes("/r Eccomi", by="carla")
    stage.writes("nota", by="ada")
    stage.writes(f"/r {'x' * 4000}", by="bruno")
    answers_to = [row.params["reply_parameters"]["message_id"] for row in stage.to_group()]
    assert (stage.to_people(), len(stage.told())) == ([], 4)
    assert len(set(answers_to)) == 4
    assert "Bruno" in stage.told()[0]


def test_what_an_order_does(stage: Stage, handoff: Handoff) -> None:
    """Claim, urgency, mediator, take over, release, close, open: each is done, none is answered."""
    found = []
    for order, by in (
        ("/prendi", "anna"),
        ("/subentra Anna è in ferie", "bruno"),
        ("/urgente adesso", "bruno"),
        ("/mediatore", "bruno"),
        ("/rilascia", "bruno"),
        ("/claim", "anna"),
        ("/chiudi sportello", "anna"),
        ("/riapri", "anna"),
    ):
        stage.writes(order, by=by)
        now = stage.bureau.handoff(handoff.id)
        found.append((now.state, now.owner, now.urgency, now.mediator, now.reason))
    anna, bruno, none = stage.bureau.anna.id, stage.bureau.bruno.id, Urgency.NORMAL
    assert found == [
        (State.CLAIMED, anna, none, False, None),
        (State.CLAIMED, bruno, none, False, None),
        (State.CLAIMED, bruno, Urgency.NOW, False, None),
        (State.CLAIMED, bruno, Urgency.NOW, True, None),
        (State.WAITING, None, Urgency.NOW, True, None),
        (State.CLAIMED, anna, Urgency.NOW, True, None),
        (State.CLOSED, found[6][1], Urgency.NOW, True, Reason.AT_THE_DESK),
        (State.CLAIMED, anna, Urgency.NOW, True, None),
    ]
    assert stage.told() == []


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ("/r", answers.WHICH_WORDS),
        ("/subentra", answers.WHICH_WHY),
        ("/urgente forse", answers.WHICH_URGENCY),
        ("/appuntamento presto", answers.WHICH_MOMENT),
        ("/chiudi perché sì", answers.WHY_CLOSE),
        ("/pronte", answers.READY_TITLE),
        ("/aiuto", answers.HELP[0]),
    ],
)
def test_what_lacks_something_is_asked_for(
    order: str, told: Any, stage: Stage, handoff: Handoff
) -> None:
    """Whoever leaves out the words behind an order is told which; nothing is done."""
    stage.writes(order)
    assert [one.splitlines()[0] for one in stage.told()] == [told.source]
    assert (stage.to_people(), noted(stage, handoff)) == ([], [])


def test_an_appointment_is_sent(stage: Stage, handoff: Handoff) -> None:
    """Day, hour and place, as the person reads them."""
    stage.writes("/appuntamento 3/12 10:30 Via Roma 1")
    [line] = [one for one in stage.bureau.lines(handoff.id) if one.outward]
    assert line.kind is LineKind.APPOINTMENT
    assert (line.extra["when"], line.extra["place"]) == ("2026-12-03T10:30", "Via Roma 1")
    assert len(stage.to_people()) == 1


def test_a_lock_that_ran_out_binds_nobody(stage: Stage, handoff: Handoff) -> None:
    """After half an hour of silence the next one answers plainly."""
    stage.writes("/prendi", by="bruno")
    stage.now += timedelta(minutes=31)
    stage.writes("/r Eccomi", by="anna")
    assert said(stage, handoff) == ["Eccomi"]
    assert stage.bureau.handoff(handoff.id).topic == TOPIC
