"""The person's side: what becomes a line for operators, and what the flows keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.handoff_model import Event, LineKind, LineState, Reason, State
from storage.handoffs import Line
from storage.unit import Unit
from tests.bot.relay.office import FATIMA, NOW, Bureau
from tests.bot.relay.phone import Phone, a_phone

FILE = {"file_id": "AgAD-file", "file_unique_id": "u", "file_size": 100}


@pytest.fixture
def phone(bureau: Bureau) -> Phone:
    """A phone in Italian at home, whose owner has asked for a human."""
    made = a_phone(bureau, language="it")
    bureau.asks(language="it")
    made.writes("/start")
    made.waits(minutes=11)
    return made


def _lines(phone: Phone) -> list[Line]:
    handoff = phone.bureau.standing()
    assert handoff is not None
    return phone.bureau.lines(handoff.handoff_id)


def _said(phone: Phone) -> list[tuple[LineKind, str]]:
    return [(one.kind, one.text) for one in _lines(phone)]


def test_words_nobody_asked_for_go_to_operators(phone: Phone) -> None:
    """They become a line and stay nowhere in the flows, no menu comes, and the news is told."""
    phone.writes("parola-canarino numero uno")
    first = list(phone.texts)
    phone.writes("parola-canarino numero due")
    assert _said(phone) == [
        (LineKind.TEXT, "parola-canarino numero uno"),
        (LineKind.TEXT, "parola-canarino numero due"),
    ]
    assert (len(first), phone.texts) == (1, [])
    assert "PUA Desio" in first[0]
    assert "canarino" not in phone.state()
    assert len(phone.stirred) == 1


def test_nothing_is_heard_without_a_conversation(bureau: Bureau) -> None:
    """Whoever never asked for a human is answered by the flows, and no word is kept."""
    phone = a_phone(bureau)
    phone.writes("/start")
    phone.writes("parola-canarino")
    assert bureau.standing() is None
    assert phone.stirred == frozenset()


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        ({"photo": [FILE], "caption": "la busta"}, LineKind.PHOTO, "la busta"),
        ({"voice": FILE | {"duration": 3}}, LineKind.VOICE, ""),
        ({"audio": FILE | {"duration": 3}}, LineKind.VOICE, ""),
        ({"document": FILE | {"file_name": "Nome.pdf"}}, LineKind.DOCUMENT, ""),
        ({"video": FILE | {"duration": 3}}, LineKind.VIDEO, ""),
        ({"video_note": FILE | {"duration": 3}}, LineKind.VIDEO, ""),
        ({"location": {"latitude": 45.12345, "longitude": 9.98765}}, LineKind.PLACE, ""),
    ],
)
def test_files_and_places_are_carried(
    phone: Phone, content: dict[str, object], kind: LineKind, words: str
) -> None:
    """Each by its id and as what it came as; of a place a kilometre is known, of a file no name."""
    phone.sends(content)
    [line] = _lines(phone)
    assert (line.kind, line.text, line.state) == (kind, words, LineState.KEPT)
    assert line.file_id == ("" if kind is LineKind.PLACE else "AgAD-file")
    assert "Nome" not in repr(line.extra)
    if kind is LineKind.PLACE:
        assert line.extra == {"latitude": 45.12, "longitude": 9.99}


def test_the_parts_of_an_album_belong_together(phone: Phone) -> None:
    """Each part is a line, and says of which album it is."""
    for caption in ("uno", "due"):
        phone.sends({"photo": [FILE], "caption": caption, "media_group_id": "77"})
    assert [(one.text, one.album) for one in _lines(phone)] == [("uno", "77"), ("due", "77")]


def test_what_cannot_be_carried_is_said_once(phone: Phone) -> None:
    """A sticker, a contact: operators see that something came, and she is told once in a row."""
    phone.sends({"sticker": FILE})
    first = list(phone.texts)
    phone.sends({"contact": {"phone_number": "+39333000111", "first_name": "Canary"}})
    again = list(phone.texts)
    assert [one.kind for one in _lines(phone)] == [LineKind.OTHER, LineKind.OTHER]
    assert "333000111" not in repr([(one.text, one.extra) for one in _lines(phone)])
    assert (len(first), again) == (1, [])


def test_a_change_is_a_line_of_its_own(phone: Phone) -> None:
    """What she corrects later reaches operators as a correction; what is the same does not."""
    number = phone.writes("alle nove")
    phone.sends({"text": "alle dieci"}, "edited_message", number)
    phone.sends({"text": "alle dieci"}, "edited_message", number)
    first, change = _lines(phone)
    assert (change.text, change.edit_of) == ("alle dieci", first.id)
    assert phone.texts == []


def test_a_report_code_reaches_nobody(phone: Phone) -> None:
    """Sixteen digits are taken out of the words, and the message leaves the chat."""
    number = phone.writes("il codice è 1234 5678 9012 3456 grazie")
    caption = phone.sends({"photo": [FILE], "caption": "1234-5678-9012-3456"})
    assert [one.text for one in _lines(phone)] == ["il codice è … grazie", "…"]
    assert (number in phone.deleted, caption in phone.deleted) == (False, True)
    alone = phone.writes("1234567890123456")
    assert (len(_lines(phone)), alone in phone.deleted) == (2, True)


def test_in_careful_mode_what_was_relayed_leaves_the_chat(phone: Phone) -> None:
    """Operators have it; whoever looks at the phone does not."""

    def be_careful(unit: Unit) -> None:
        person = unit.person(FATIMA)
        assert person is not None
        unit.save_person(replace(person, careful=True))

    phone.bureau.do(be_careful)
    number = phone.writes("parola-canarino")
    assert phone.deleted == [number]
    assert _said(phone) == [(LineKind.TEXT, "parola-canarino")]


def test_worrying_words_are_relayed_and_answered_with_numbers(phone: Phone) -> None:
    """Both happen; and what she writes while the numbers are on the screen is relayed too."""
    phone.writes("aiuto, il capo mi picchia")
    numbers = " ".join(phone.texts)
    phone.writes("sono in via Roma")
    assert [text for _kind, text in _said(phone)] == [
        "aiuto, il capo mi picchia",
        "sono in via Roma",
    ]
    assert "112" in numbers
    assert all(slot.name == "NEW" for slot in (row.slot for row in phone.sent))


def test_after_the_end_words_are_not_taken(phone: Phone) -> None:
    """On any other page a closed conversation stays closed, and the flows answer as ever."""
    [handoff_id] = _close(phone)
    phone.writes("parola-canarino")
    assert phone.bureau.handoff(handoff_id).state is State.CLOSED
    assert _said(phone) == []


def test_on_the_page_of_the_conversation_words_open_it_again(phone: Phone) -> None:
    """There she was told so; the page is drawn anew, and operators see that it is open."""
    phone.writes("/start")
    phone.taps("talk")
    [handoff_id] = _close(phone)
    phone.writes("ancora una cosa")
    events = [one.event for one in phone.bureau.notes(handoff_id)]
    assert phone.bureau.handoff(handoff_id).state is State.WAITING
    assert _said(phone) == [(LineKind.TEXT, "ancora una cosa")]
    assert Event.REOPENED in events
    assert len(phone.texts) > 0


def _close(phone: Phone) -> list[int]:
    bureau = phone.bureau
    standing = bureau.standing()
    assert standing is not None
    done = bureau.deed(bureau.deeds.close, bureau.anna, standing.handoff_id, Reason.ANSWERED, NOW)
    assert done.ok
    return [standing.handoff_id]


def test_who_blocks_the_bot_and_comes_back_is_told_of(phone: Phone) -> None:
    """Operators see that nothing reaches her, then that it does again: a tap is enough."""
    standing = phone.bureau.standing()
    assert standing is not None
    chat = {"id": FATIMA, "type": "private"}
    change = {"chat": chat, "from": phone._account(), "date": 1}
    phone._take({"my_chat_member": change | {"new_chat_member": {"status": "kicked"}}})
    blocked = phone.bureau.handoff(standing.handoff_id).reachable
    phone.writes("/start")
    events = [one.event for one in phone.bureau.notes(standing.handoff_id)]
    assert (blocked, phone.bureau.handoff(standing.handoff_id).reachable) == (False, True)
    assert events[-2:] == [Event.BLOCKED, Event.BACK]


def test_operators_see_that_the_chat_was_cleaned(phone: Phone) -> None:
    """A word that cleans the chat is a command, no line; the conversation says what happened."""
    phone.writes("/clean")
    standing = phone.bureau.standing()
    assert standing is not None
    assert phone.bureau.notes(standing.handoff_id)[-1].event is Event.DELETED
    assert _said(phone) == []


def test_the_page_of_the_conversation_says_when_it_was_closed(phone: Phone) -> None:
    """A tap on the page of before does nothing but show how it stands; writing there opens it."""
    phone.writes("/start")
    phone.taps("talk")
    before = phone.texts[-1]
    [handoff_id] = _close(phone)
    phone.taps("end")
    after = phone.texts[-1]
    phone.taps("code")
    events = [one.event for one in phone.bureau.notes(handoff_id)]
    assert ("📁" in before, "📁" in after) == (False, True)
    assert Event.ENDED not in events
