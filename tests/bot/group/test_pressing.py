"""Each button in a topic does what it says, for whoever may, and asks what has to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.group import answers, buttons
from bot.group.buttons import Press, Verb
from bot.relay import refusals
from flows.handoff_model import Event, LineState, Reason, State, Urgency
from flows.ready import READY
from storage.handoffs import Handoff
from tests.bot.group.stage import CARD, Stage
from tests.bot.relay.office import open_bureau

LIST = 80


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A topic that shows a conversation."""
    with open_bureau(tmp_path) as bureau:
        yield Stage(bureau)


@pytest.fixture
def handoff(stage: Stage) -> Handoff:
    """The conversation of the topic; the person reads Arabic."""
    return stage.shows(stage.bureau.asks())


def shown(stage: Stage) -> list[str]:
    """The buttons that stand under the tapped message now."""
    return stage.keys(stage.to_group("editMessageReplyMarkup")[-1])


@pytest.mark.parametrize("rows", [buttons.of_more(), buttons.of_urgencies(), buttons.of_reasons()])
def test_every_button_is_read_back(rows: buttons.Rows) -> None:
    """What a button says is what its tap says; it is short, and names no conversation."""
    for one in (one for row in rows for one in row):
        said = buttons.data(one.press)
        assert buttons.read(said) == one.press
        assert len(said.encode()) <= 64


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_buttons(state: State) -> None:
    """A closed conversation can be opened again, and nothing else."""
    verbs = {one.press.verb for row in buttons.of_card(state) for one in row}
    assert (Verb.REPLY in verbs) == (state is not State.CLOSED)
    assert (Verb.REOPEN in verbs) == (state is State.CLOSED)
    assert (Verb.CLAIM in verbs) == (state is State.WAITING)


def test_what_the_person_ended_has_no_button_to_open_it() -> None:
    """Only they begin again; what operators closed can be opened."""
    assert buttons.of_card(State.CLOSED, Reason.BY_PERSON) == ()
    [[again]] = buttons.of_card(State.CLOSED, Reason.ANSWERED)
    assert again.press.verb is Verb.REOPEN


@pytest.mark.parametrize("said", ["", "h:", "h:claim:", "h:claim:A", "h:claim:x y", "x:claim"])
def test_what_is_no_button_is_nothing(said: str) -> None:
    """Strange callback data is read as no button at all."""
    assert buttons.read(said) is None


def test_an_undo_says_which_line() -> None:
    """By its number within the conversation."""
    [[one]] = buttons.of_sent(12)
    assert (buttons.data(one.press), one.press) == ("h:undo:12", Press(Verb.UNDO, "12"))


def test_claim_and_release(stage: Stage, handoff: Handoff) -> None:
    """A tap makes it theirs, another lets it go; a colleague who taps is told who has it."""
    stage.taps("h:claim")
    stage.taps("h:claim", by="bruno")
    assert stage.bureau.handoff(handoff.id).owner == stage.bureau.anna.id
    assert "Anna" in stage.popped()[1]
    stage.taps("h:release")
    assert stage.bureau.handoff(handoff.id).owner is None
    assert stage.to_people() == []


def test_more_and_back(stage: Stage, handoff: Handoff) -> None:
    """The card's own buttons come back as they were for its state."""
    stage.taps("h:more")
    assert "h:close" in shown(stage)
    stage.taps("h:back")
    assert shown(stage) == ["h:claim", "h:reply", "h:ready", "h:more"]
    stage.taps("h:claim")
    stage.taps("h:back")
    assert "h:release" in shown(stage)


def test_how_urgent(stage: Stage, handoff: Handoff) -> None:
    """First it is asked, then it is kept, and the card has its buttons again."""
    stage.taps("h:urgent")
    assert shown(stage) == ["h:urgent:2", "h:urgent:1", "h:urgent:0", "h:back"]
    stage.taps("h:urgent:2")
    assert stage.bureau.handoff(handoff.id).urgency is Urgency.NOW
    assert "h:claim" in shown(stage)


def test_closing_asks_why(stage: Stage, handoff: Handoff) -> None:
    """Closed with the reason tapped; that the person ended it, nobody says for her."""
    stage.taps("h:close")
    assert f"h:close:{Reason.BY_PERSON}" not in shown(stage)
    stage.taps(f"h:close:{Reason.BY_PERSON}")
    assert stage.bureau.handoff(handoff.id).state is State.WAITING
    stage.taps(f"h:close:{Reason.NOT_OURS}")
    now = stage.bureau.handoff(handoff.id)
    assert (now.state, now.reason) == (State.CLOSED, Reason.NOT_OURS)
    assert shown(stage) == ["h:reopen"]
    stage.taps("h:reopen")
    assert stage.bureau.handoff(handoff.id).state is State.CLAIMED


def test_a_question_in_the_topic_goes_when_it_is_answered(stage: Stage, handoff: Handoff) -> None:
    """What `/chiudi` asks stands in a message of its own, which has done its work."""
    stage.taps(f"h:close:{Reason.ANSWERED}", message_id=LIST)
    assert [row.params["message_id"] for row in stage.to_group("deleteMessage")] == [LIST]


def test_a_mediator_is_asked_for(stage: Stage, handoff: Handoff) -> None:
    """Once is enough."""
    stage.taps("h:mediator")
    stage.taps("h:mediator")
    events = [one.event for one in stage.bureau.notes(handoff.id)]
    assert events.count(Event.MEDIATOR) == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("h:takeover", answers.WHICH_WHY),
        ("h:appoint", answers.WHICH_MOMENT),
        ("h:note", answers.WHICH_NOTE),
        ("h:ready:gone", refusals.NOT_READY.words),
        ("h:undo:77", refusals.NOTHING_TO_UNDO.words),
        (f"h:undo:{'9' * 20}", refusals.NOTHING_TO_UNDO.words),
        ("h:undo:x", refusals.NOTHING_TO_UNDO.words),
    ],
)
def test_what_needs_more_is_explained(
    data: str, told: answers.Text, stage: Stage, handoff: Handoff
) -> None:
    """A reason, a moment, words: the tap says how; what is no more says so."""
    before = stage.bureau.notes(handoff.id)
    stage.taps(data)
    assert stage.popped() == [told.source]
    assert (stage.bureau.notes(handoff.id), stage.to_people()) == (before, [])


def test_nobody_is_asked_for_words_that_could_not_go(stage: Stage, handoff: Handoff) -> None:
    """Of another office, under a colleague's lock, or closed: ✉️ says so instead of asking."""
    stage.taps("h:reply", by="carla")
    stage.taps("h:claim", by="bruno")
    stage.taps("h:reply")
    stage.taps(f"h:close:{Reason.ANSWERED}", by="bruno")
    stage.taps("h:reply")
    assert stage.popped()[0] == refusals.NOT_FOR_YOU.words.source
    assert "Bruno" in stage.popped()[2]
    assert stage.popped()[-1] == refusals.CLOSED.words.source
    assert stage.told() == []


def test_ready_answers_are_looked_at_before_they_go(stage: Stage, handoff: Handoff) -> None:
    """A list, its pages, one in both languages, then out in the person's; its message stays."""
    stage.taps("h:ready")
    [listed] = stage.to_group("sendMessage")
    keys = stage.keys(listed)
    stage.taps("h:ready:page-1", message_id=LIST)
    stage.taps(f"h:ready:{READY[0].key}", message_id=LIST)
    assert keys[:2] == [f"h:ready:{READY[0].key}", f"h:ready:{READY[1].key}"]
    assert stage.to_people() == []
    preview = str(stage.to_group("editMessageText")[-1].params["text"])
    arabic = stage.bureau.languages.words("ar").html(READY[0].text)
    assert arabic in preview
    assert READY[0].text.source in preview
    stage.taps(f"h:say:{READY[0].key}", message_id=LIST)
    [row] = stage.to_people()
    assert stage.bureau.languages.words("ar").plain(READY[0].text)[:20] in str(row.params["text"])
    left = stage.to_group("editMessageText")[-1].params
    assert ("Anna" in str(left["text"]), "reply_markup" in left) == (True, False)


def test_a_ready_answer_goes_once(stage: Stage, handoff: Handoff) -> None:
    """Two quick taps, of one or of two people, send it once."""
    for by in ("anna", "anna", "bruno"):
        stage.taps(f"h:say:{READY[0].key}", message_id=LIST, by=by)
    assert len(stage.to_people()) == 1
    assert stage.popped()[1:] == [answers.SENT_ALREADY.source] * 2


def test_every_page_of_ready_answers_can_be_reached(stage: Stage, handoff: Handoff) -> None:
    """Each answer stands on one page; pages that are not there are the last."""
    pages: list[list[str]] = []
    for page in (0, 1, 2, 99):
        stage.taps(f"h:ready:page-{page}", message_id=LIST)
        pages.append(stage.keys(stage.to_group("editMessageText")[-1]))
    every = [f"h:ready:{one.key}" for one in READY]
    assert [one for page in pages[:3] for one in page if "page-" not in one] == every
    assert pages[3] == pages[2]


def test_a_line_is_undone(stage: Stage, handoff: Handoff) -> None:
    """Before it goes out it is simply taken back; another one's number takes back nothing."""
    stage.writes("/r Alle dieci")
    [line] = stage.bureau.lines(handoff.id)
    other = stage.shows(stage.bureau.asks(chat=5), topic=50, card=51)
    stage.taps(f"h:undo:{line.number}", topic=50)
    assert stage.bureau.lines(handoff.id)[0].state is LineState.SENDING
    stage.taps(f"h:undo:{line.number}")
    assert stage.bureau.lines(handoff.id)[0].state is LineState.UNDONE
    assert (other.card, handoff.card) == (51, CARD)
