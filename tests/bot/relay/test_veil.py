"""What is written for something secret never becomes a line, whatever happens in between."""

from __future__ import annotations

import random

import pytest

from bot.drafts import WRITING
from flows.registry import FLOWS
from storage.handoffs import Line
from storage.vault import Fleeting
from tests.bot.relay.office import Bureau
from tests.bot.relay.phone import Phone, a_phone

FILE = {"file_id": "AgAD-file", "file_unique_id": "u", "file_size": 100}
SECRET = "parola-segreta"
HIDING = sorted(name for name in FLOWS if FLOWS[name].secret and name != FLOWS.danger)


@pytest.fixture
def phone(bureau: Bureau) -> Phone:
    """A phone at home, whose owner talks with operators."""
    made = a_phone(bureau, language="it")
    bureau.asks(language="it")
    made.writes("/start")
    return made


def _lines(phone: Phone) -> list[Line]:
    standing = phone.bureau.standing()
    assert standing is not None
    return phone.bureau.lines(standing.handoff_id)


def _report(phone: Phone) -> None:
    """Open the report up to its first question."""
    phone.writes("/start")
    phone.taps("wrong")
    phone.taps("report")


def test_every_secret_flow_is_looked_at() -> None:
    """The walks below meet each flow that keeps a secret; a new one has to be thought of here."""
    assert HIDING == [
        "check",
        "code",
        "desk_code",
        "handover",
        "line",
        "report",
        "sent",
        "stopped",
    ]


@pytest.mark.parametrize("seed", range(12))
def test_no_walk_gives_away_what_is_secret(phone: Phone, seed: int) -> None:
    """Over random taps, words, files and changes, nothing sent on a secret page is relayed; and
    what is relayed stays nowhere in the flows."""
    walk = random.Random(seed)
    sent: list[int] = []
    secrets = lines = 0
    for step in range(60):
        before = len(_lines(phone))
        hidden = _is_hidden(phone)
        act = walk.random()
        if act < 0.5 and phone.keys:
            number, _label, data = walk.choice(phone.keys[:9])
            phone.keys = [(number, _label, data), *phone.keys]
            phone.taps(data.rpartition(":")[2])
            continue
        if act < 0.65:
            phone.writes(walk.choice(["/start", "/code", "/desk", "/start go_12345678"]))
            continue
        words = f"{SECRET}-{step}" if hidden else f"parola-{step}"
        if act < 0.8:
            sent.append(phone.writes(words))
        elif act < 0.9 or not sent:
            phone.sends({"photo": [FILE], "caption": words})
        else:
            phone.sends({"text": words}, "edited_message", walk.choice(sent))
        new = _lines(phone)[before:]
        if hidden:
            secrets += 1
            assert new == []
        elif new:
            lines += 1
            assert words not in phone.state()
        phone.waits(seconds=20)
    assert not any(SECRET in one.text for one in _lines(phone))
    assert secrets + lines > 0


def _is_hidden(phone: Phone) -> bool:
    """Whether a flow that keeps a secret is open, told by what is kept and not by who decides."""
    return any(f'"f": "{name}"' in phone.state().partition('"p":')[0] for name in HIDING)


def test_keys_that_are_gone_give_nothing_away(phone: Phone) -> None:
    """After a restart that lost them, words meant for the report's page reach nobody: they leave
    the chat, she is asked for whom they were, and what she writes then is relayed."""
    _report(phone)
    phone.bureau.database.fleeting = Fleeting()
    number = phone.writes(SECRET)
    told = " ".join(phone.texts)
    phone.waits(seconds=4)
    phone.writes("per il PUA")
    assert [one.text for one in _lines(phone)] == ["per il PUA"]
    assert number not in [one.source for one in _lines(phone)]
    assert "PUA Desio" in told


def test_a_page_that_left_gives_nothing_away(phone: Phone) -> None:
    """When the report's page washes itself away while she writes to it, her words reach nobody for
    as long as she may still be writing."""
    _report(phone)
    phone.waits(minutes=61)
    person = phone.bureau.person()
    phone.show(phone.bureau.do(phone.turns.end_drafts(person.id, phone.now)))
    phone.waits(seconds=30)
    number = phone.writes(SECRET)
    gone = phone.deleted
    phone.waits(seconds=4)
    phone.writes("adesso per il PUA")
    assert [one.text for one in _lines(phone)] == ["adesso per il PUA"]
    assert number in gone


@pytest.mark.parametrize("washed", [False, True])
def test_the_rest_of_a_long_paste_gives_nothing_away_either(phone: Phone, washed: bool) -> None:
    """A paste is cut into messages, an album comes part by part: all of it goes the way of the
    first, as long as one follows the other."""
    _report(phone)
    if washed:
        phone.waits(minutes=61)
        person = phone.bureau.person()
        phone.show(phone.bureau.do(phone.turns.end_drafts(person.id, phone.now)))
        phone.waits(seconds=30)
    else:
        phone.bureau.database.fleeting = Fleeting()
    for _part in range(4):
        phone.writes(SECRET * 100)
        phone.waits(seconds=1)
    for _part in range(10):
        phone.sends({"photo": [FILE], "caption": SECRET, "media_group_id": "7"})
    assert _lines(phone) == []
    phone.waits(seconds=4)
    phone.writes("adesso per il PUA")
    assert [one.text for one in _lines(phone)] == ["adesso per il PUA"]


def test_files_still_on_their_way_when_she_leaves_give_nothing_away(phone: Phone) -> None:
    """She closes the report while her pictures for it are coming: they reach nobody."""
    _report(phone)
    phone.taps("!")
    for _part in range(10):
        phone.sends({"photo": [FILE], "media_group_id": "7"})
        phone.waits(seconds=1)
    assert _lines(phone) == []
    phone.waits(seconds=4)
    phone.writes("adesso per il PUA")
    assert [one.text for one in _lines(phone)] == ["adesso per il PUA"]


def test_under_the_key_of_the_house_nothing_says_that_a_page_left(phone: Phone) -> None:
    """What is kept of her there is what is kept of somebody who stands at home."""
    phone.writes("/menu")
    at_home = _kept(phone)
    _report(phone)
    phone.waits(minutes=61)
    person = phone.bureau.person()
    phone.show(phone.bureau.do(phone.turns.end_drafts(person.id, phone.now)))
    phone.waits(seconds=30)
    left = _kept(phone)
    phone.now += WRITING
    phone.bureau.do(phone.turns.end_drafts(person.id, phone.now))
    draft = phone.bureau.do(lambda unit: unit.draft(person.id))
    assert (left, _kept(phone), draft) == (at_home, at_home, None)


def _kept(phone: Phone) -> list[str]:
    person = phone.bureau.person()
    state = phone.bureau.do(lambda unit: unit.conversation(person.id).state) or {}
    return [*sorted(state), *(flow["f"] for flow in state["s"])]


def test_long_after_that_words_are_relayed_again(phone: Phone) -> None:
    """Who writes much later saw home, and means the operators."""
    _report(phone)
    phone.waits(minutes=61)
    person = phone.bureau.person()
    phone.show(phone.bureau.do(phone.turns.end_drafts(person.id, phone.now)))
    phone.now += WRITING
    phone.writes("per il PUA")
    assert [one.text for one in _lines(phone)] == ["per il PUA"]


def test_a_secret_that_ended_gives_nothing_away(phone: Phone) -> None:
    """Words for a check that nobody went on with for too long are answered by the flows."""
    phone.writes("/start")
    phone.taps("wrong")
    phone.taps("check")
    phone.waits(hours=2)
    phone.writes(SECRET)
    assert _lines(phone) == []


def test_the_code_in_a_link_of_a_desk_stays_nowhere(phone: Phone) -> None:
    """The page asks whether to join; the message with the code leaves the chat, no operator of the
    conversation reads it, and under the key of the house nothing is kept of it."""
    phone.writes("/start")
    number = phone.writes("/start go_90217734")
    person = phone.bureau.person()
    kept = phone.bureau.do(lambda unit: str(unit.conversation(person.id).state))
    options = {data.rpartition(":")[2] for _number, _label, data in phone.keys[:6]}
    assert {"yes", "no"} <= options
    assert (number in phone.deleted, "90217734" in kept, _lines(phone)) == (True, False, [])
