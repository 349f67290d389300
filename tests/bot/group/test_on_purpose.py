"""No sequence of what happens in a group reaches a person, unless a step was sent on purpose.

Every text of a step carries a mark of its own, so that whatever is on its way to somebody tells
which steps it comes from. What may go is judged here by how a step was made, not by how it is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.telegram.incoming import PROMPT, read_update
from flows.handoff_model import LineKind, LineState, Reason
from flows.ready import READY
from storage.handoffs import Content, Handoff, lines, view
from storage.handoffs.finding import find_in_topic
from storage.outbox import Row
from storage.unit import Unit
from tests.bot.group.stage import CARD, CHAT, ME, TOPIC, Stage, of_bot, of_colleague, sender
from tests.bot.relay.office import FATIMA, open_bureau

OTHER_CHAT, OTHER_TOPIC, OTHER_CARD = 700_002, 50, 51
OURS, ACK = 72, 73
HERS = {TOPIC: FATIMA, OTHER_TOPIC: OTHER_CHAT}
NAME, USERNAME, PHONE = "Fatima Benali", "fatima_benali", "+39333000111"
LINKED = ("anna", "bruno")
BY = st.sampled_from(
    ["anna"] * 4 + ["bruno"] * 3 + ["carla", "ada", "nobody", "anonymous", "bot", "channel"]
)
TOPICS = st.sampled_from([TOPIC] * 6 + [OTHER_TOPIC] * 2 + [None, 99])

ORDERS = {"/r ": True, "/R ": True, "/rispondi ": True, "/reply\n": True, "/r@ant_bot ": True}
ORDERS |= {"/appuntamento 3/12 10:30 ": True, "/appointment domani 9.00 ": True}
NO_ORDERS = ("", "", "", "r ", "/ r ", "//r ", "⁄r ", "/r@other_bot ", "/nota ", "/re ", " /r ")
NO_ORDERS += ("/subentra ", "/rilascia ", "/mediatore ", "/urgente ", "/riapri ", "/chiudi ")
NO_ORDERS += ("/aiuto ", "/io ", "/connect ", "/start ", "/appuntamento ", "/prendi ", "/pronte ")
ORDERS |= dict.fromkeys(NO_ORDERS, False)
"""What a text begins with, and whether that sends it."""

REPLIES = {
    "her words": True,
    "what asks": True,
    "forged": False,
    "card": False,
    "ours": False,
    "ack": False,
    "colleague": False,
    "beginning": False,
    "her words elsewhere": False,
    "nothing": False,
}
"""What a message answers to, and whether that sends it."""

BODIES = st.sampled_from(["text"] * 5 + ["photo", "document", "voice", "sticker", "location"])
CAPTIONED = ("text", "photo", "document", "voice")
SENDS = tuple(f"h:say:{one.key}" for one in READY[:3])
CLOSES = ("h:undo:1", "h:undo:2", "h:undo:3", *(f"h:close:{one}" for one in Reason))
IDLE = ("claim", "release", "takeover", "reply", "ready", "ready:hello", "ready:page-1", "urgent")
IDLE += ("urgent:2", "mediator", "appoint", "close", "note", "more", "back", "say", "say:gone")
TAPS = (*SENDS, *CLOSES, *(f"h:{one}" for one in IDLE), "h:reopen", "a:1:yes", "", "h:say:A")


@dataclass(frozen=True)
class Step:
    """Something that happens: what, by whom, where, and how it is made."""

    what: str
    by: str = "anna"
    topic: int | None = TOPIC
    order: str = ""
    reply: str = "nothing"
    body: str = "text"
    words: str = ""
    album: str | None = None
    forwarded: bool = False
    number: int = 0


WORDS = st.text(max_size=12) | st.sampled_from(["", NAME, USERNAME, PHONE, str(FATIMA), "/r ciao"])
WRITES = st.builds(
    Step,
    what=st.just("writes"),
    by=BY,
    topic=TOPICS,
    order=st.sampled_from(list(ORDERS)),
    reply=st.sampled_from(list(REPLIES)),
    body=BODIES,
    words=WORDS,
    album=st.sampled_from([None, None, None, "a", "b"]),
    forwarded=st.sampled_from([False, False, False, True]),
)
EDITS = st.builds(
    Step,
    what=st.just("edits"),
    by=st.sampled_from(LINKED),
    order=st.sampled_from(list(ORDERS)),
    words=WORDS,
    number=st.integers(0, 5),
)
PRESSES = st.builds(
    Step,
    what=st.just("taps"),
    by=BY,
    topic=TOPICS,
    words=st.sampled_from(TAPS),
    number=st.sampled_from([CARD, OTHER_CARD, 80, 81]),
)
OTHERS = st.sampled_from([Step("hears"), Step("hears", topic=OTHER_TOPIC), Step("hour")])
STEPS = st.lists(WRITES | WRITES | WRITES | EDITS | PRESSES | PRESSES | OTHERS, max_size=14)


class UndoneError(Exception):
    """All that an example did is taken back."""


@dataclass
class Run:
    """One example: what was written, what may go, and to whom."""

    stage: Stage
    unit: Unit
    handoffs: dict[int, Handoff]
    sent_on_purpose: dict[int, set[str]] = field(default_factory=lambda: {t: set() for t in HERS})
    messages: list[tuple[int, Step, bool]] = field(default_factory=list)
    albums: set[tuple[str, int | None, str]] = field(default_factory=set)
    steps: int = 0

    def take(self, step: Step) -> None:
        """Do a step, and look at what it put on its way."""
        self.steps += 1
        before = len(self.unit.sent)
        if step.what == "hears":
            self._hears(step)
        elif step.what == "hour":
            self.stage.passes(minutes=31)
        elif step.what == "taps":
            self._taps(step)
        elif step.what == "edits":
            self._edits(step)
        else:
            self._writes(step)
        rows = self.unit.sent[before:]
        self.judge(step, [row for row in rows if row.params.get("chat_id") != CHAT])
        self.look(row for row in rows if row.params.get("chat_id") == CHAT)

    @property
    def mark(self) -> str:
        """What tells this step's words from all others."""
        return f"⟨{self.steps}⟩"

    # -- steps

    def _hears(self, step: Step) -> None:
        assert step.topic is not None
        content = Content(LineKind.TEXT, "parole sue")
        handoff, vault = self.handoffs[step.topic], self.stage.bureau.database.vault
        connection, now = self.unit.direct(), self.stage.now
        line = lines.hear(connection, vault, handoff, content, now, source=self.steps)
        view.set_posted(connection, "line", line.id, _hers(step.topic))

    def _writes(self, step: Step) -> None:
        message_id = 1_000 + self.steps
        body = self._body(step, message_id)
        album = (step.by, step.topic, step.album or "")
        meant = step.by in LINKED and (
            (ORDERS[step.order] and not step.forwarded and step.body in CAPTIONED)
            or REPLIES[step.reply]
            or (step.body != "text" and album in self.albums)
        )
        if meant and step.topic in HERS:
            self.sent_on_purpose[step.topic or 0].add(self.mark)
            if step.album and step.body != "text":
                self.albums.add(album)
        self.messages.append((message_id, step, meant))
        self._update({"message": body})

    def _edits(self, step: Step) -> None:
        mine = [one for one in self.messages if one[1].by == step.by]
        if not mine:
            return
        message_id, first, meant = mine[step.number % len(mine)]
        if meant and first.topic in HERS:
            self.sent_on_purpose[first.topic or 0].add(self.mark)
        edited = Step("writes", step.by, first.topic, step.order, body="text", words=step.words)
        self._update({"edited_message": self._body(edited, message_id)})

    def _taps(self, step: Step) -> None:
        message: dict[str, Any] = {"message_id": step.number, "date": 1_795_000_000}
        message |= _where(step.topic)
        tap = {"id": "q", "data": step.words, "message": message, **sender(step.by)}
        self._update({"callback_query": tap})

    def _body(self, step: Step, message_id: int) -> dict[str, Any]:
        body: dict[str, Any] = {"message_id": message_id, "date": 1_795_000_000}
        body |= _where(step.topic) | sender(step.by)
        words = f"{step.order}…{step.words}{self.mark}"
        if step.body == "text":
            body["text"] = words
        elif step.body == "location":
            body["location"] = {"latitude": 45.5, "longitude": 9.2}
        else:
            file: Any = {"file_id": self.mark, "file_size": 5}
            body |= {step.body: [file] if step.body == "photo" else file, "caption": words}
        if step.album and step.body != "text":
            body["media_group_id"] = step.album
        if step.forwarded:
            body["forward_origin"] = {"type": "hidden_user", "sender_user_name": NAME}
        answered = _answered(step)
        if answered is not None:
            body["reply_to_message"] = answered
        return body

    def _update(self, body: dict[str, Any]) -> None:
        update = read_update({"update_id": self.steps, **body}, "ant_bot")
        assert update is not None
        self.stage.take(self.unit, update)

    # -- what must hold

    def judge(self, step: Step, rows: list[Row]) -> None:
        """What goes to a person carries only what was meant for her, or ends what she has read."""
        for row in rows:
            if row.method == "answerCallbackQuery":
                continue
            topic = next(t for t, chat in HERS.items() if row.params["chat_id"] == chat)
            said = json.dumps(dict(row.params), ensure_ascii=False)
            marks = {f"⟨{part.split('⟩')[0]}⟩" for part in said.split("⟨")[1:]}
            assert marks <= self.sent_on_purpose[topic]
            if marks or (step.body == "location" and self.mark in self.sent_on_purpose[topic]):
                continue
            assert step.by in LINKED
            assert step.topic == topic
            assert step.what == "taps"
            assert step.words in (*SENDS, *CLOSES)

    def look(self, rows: Iterator[Row]) -> None:
        """What goes to the group says nothing of who the person is, nor what anybody typed."""
        for row in rows:
            said = json.dumps(dict(row.params), ensure_ascii=False)
            for handoff in self.handoffs.values():
                assert str(handoff.person_id) not in said
            for secret in (NAME, USERNAME, PHONE, *map(str, HERS.values()), "⟨"):
                assert secret not in said


def _hers(topic: int) -> int:
    """The message of the group in which the person's last words stand."""
    return 600 + topic


def _where(topic: int | None) -> dict[str, Any]:
    where: dict[str, Any] = {"chat": {"id": CHAT, "type": "supergroup", "title": NAME}}
    if topic is not None:
        where |= {"message_thread_id": topic, "is_topic_message": True}
        where["reply_to_message"] = {"message_id": topic, "forum_topic_created": {"name": "x"}}
    return where


def _answered(step: Step) -> dict[str, Any] | None:
    here = step.topic if step.topic in HERS else TOPIC
    elsewhere = OTHER_TOPIC if here == TOPIC else TOPIC
    return {
        "her words": of_bot(_hers(here or 0), "parole sue"),
        "what asks": of_bot(70, f"{PROMPT} Anna, rispondi"),
        "forged": of_bot(71, f"{PROMPT} Anna, rispondi", bot=ME + 1),
        "card": of_bot(CARD, "Airone verde"),
        "ours": of_bot(OURS, "Eccomi"),
        "ack": of_bot(ACK, "✉️ inviato"),
        "colleague": of_colleague(74, f"{PROMPT} ciao"),
        "beginning": {"message_id": step.topic or 1, "forum_topic_created": {}},
        "her words elsewhere": of_bot(_hers(elsewhere), "parole sue"),
        "nothing": None,
    }[step.reply]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Two topics, each with the conversation of somebody."""
    with open_bureau(tmp_path_factory.mktemp("bureau")) as bureau:
        made = Stage(bureau)
        for topic, chat, card in ((TOPIC, FATIMA, CARD), (OTHER_TOPIC, OTHER_CHAT, OTHER_CARD)):
            handoff = made.shows(bureau.asks(chat=chat), topic, card)
            made.heard(handoff, posted=_hers(topic))
            line = made.said(handoff, posted=OURS)
            bureau.do(partial(_acknowledge, line.id))
        made.passes(minutes=31)  # nobody has it any more
        yield made


def _acknowledge(line_id: int, unit: Unit) -> None:
    view.set_ack(unit.direct(), line_id, ACK, LineState.SENT)


def run(stage: Stage, steps: list[Step]) -> Run:
    """Take steps one after the other, and then all of them back."""
    began = stage.now
    found: list[Run] = []

    def job(unit: Unit) -> None:
        handoffs = {topic: shown_in(stage, unit, topic) for topic in HERS}
        made = Run(stage, unit, handoffs)
        for step in steps:
            made.take(step)
        found.append(made)
        raise UndoneError

    try:
        stage.bureau.do(job)
    except UndoneError:
        return found[0]
    finally:
        stage.now = began
    raise AssertionError


def shown_in(stage: Stage, unit: Unit, topic: int) -> Handoff:
    """The conversation of a topic."""
    found = find_in_topic(unit.direct(), stage.group.id, topic)
    assert found is not None
    return found


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
@example(
    steps=[
        Step("writes", order="/r ", body="photo", album="a"),
        Step("hour"),
        Step("writes", by="bruno", body="photo", album="a"),
    ]
)
def test_nothing_reaches_a_person_unless_it_was_sent_on_purpose(
    stage: Stage, steps: list[Step]
) -> None:
    """Whatever operators, strangers, bots and channels do in a group, in whichever order."""
    run(stage, steps)


@pytest.mark.parametrize(
    "step",
    [
        Step("writes", order="/r "),
        Step("writes", reply="her words"),
        Step("writes", reply="what asks", body="photo"),
        Step("writes", order="/rispondi ", body="document", album="a"),
        Step("writes", topic=OTHER_TOPIC, reply="her words", by="bruno"),
        Step("taps", words=SENDS[0], number=80),
    ],
)
def test_what_is_sent_on_purpose_goes(stage: Stage, step: Step) -> None:
    """The law above is not kept by a house that sends nothing: each way of sending sends."""
    made = run(stage, [step])
    [row] = [row for row in made.unit.sent if row.person_id is not None]
    assert row.params["chat_id"] == HERS[step.topic or 0]
