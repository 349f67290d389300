"""Who may do something in the group: who is linked, as themselves, in a conversation's topic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.group import answers
from bot.group.linking import MOST_TRIES
from bot.telegram.incoming import PERSON
from flows.handoff_model import State
from storage import accounts
from storage.audit import Action
from storage.handoffs import Handoff
from storage.operators import remove_operator
from storage.schema import audit
from tests.bot.group.stage import CARD, STRANGER, Stage, of_bot
from tests.bot.relay.office import open_bureau


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A topic that shows a conversation."""
    with open_bureau(tmp_path) as bureau:
        yield Stage(bureau)


@pytest.fixture
def handoff(stage: Stage) -> Handoff:
    """The conversation of the topic."""
    return stage.shows(stage.bureau.asks())


def word(stage: Stage, name: str = "rosa") -> str:
    """A word that links the account of an operator."""
    operator = getattr(stage.bureau, name)
    return stage.bureau.do(lambda unit: accounts.make_link(unit.direct(), operator.id, stage.now))


def linked(stage: Stage, account: int = STRANGER) -> str | None:
    """Whose an account is."""
    vault = stage.bureau.database.vault
    found = stage.bureau.do(lambda unit: accounts.find_by_telegram(unit.direct(), vault, account))
    return None if found is None else found.name


def kept(stage: Stage, handoff: Handoff) -> tuple[int, int]:
    """How much was said and noted."""
    return len(stage.bureau.lines(handoff.id)), len(stage.bureau.notes(handoff.id))


@pytest.mark.parametrize("by", ["bot", "channel"])
def test_bots_and_channels_are_not_heard(by: str, stage: Stage, handoff: Handoff) -> None:
    """Whatever they write, nothing is kept, done or answered."""
    before = kept(stage, handoff)
    for text in ("ciao", "/r ciao", "/prendi", "/io 1234-5678"):
        assert stage.writes(text, by=by) == "ignored"
    assert (kept(stage, handoff), stage.rows) == (before, [])


@pytest.mark.parametrize(
    ("by", "told"), [("anonymous", answers.AS_YOURSELF), ("nobody", answers.WHO_ARE_YOU)]
)
def test_who_is_not_known_is_told_how_to_be(
    by: str, told: answers.Text, stage: Stage, handoff: Handoff
) -> None:
    """Nothing they write is kept or sent; they are told once an hour."""
    before = kept(stage, handoff)
    for text in ("ciao", "/r ciao", "/prendi"):
        stage.writes(text, by=by)
    stage.writes("ciao", by=by, reply=of_bot(CARD))
    assert stage.told() == [told.source]
    stage.passes(hours=1)
    stage.writes("ciao", by=by)
    assert stage.told() == [told.source] * 2
    assert (kept(stage, handoff), stage.to_people()) == (before, [])


@pytest.mark.parametrize("by", ["anonymous", "nobody", "anna"])
def test_colleagues_talk_among_themselves_in_general(
    by: str, stage: Stage, handoff: Handoff
) -> None:
    """What is no order and no answer to Antenna is theirs: it is not answered and not kept."""
    before = kept(stage, handoff)
    assert stage.writes("chi apre domani?", by=by, topic=None) == "ignored"
    assert (kept(stage, handoff), stage.rows) == (before, [])


def test_nobody_acts_through_general(stage: Stage, handoff: Handoff) -> None:
    """Orders and answers there lead to one hint an hour; help is given always."""
    before = kept(stage, handoff)
    for text in ("/r ciao", "/prendi", "/chiudi altro"):
        stage.writes(text, topic=None)
    stage.writes("ciao", topic=None, reply=of_bot(CARD))
    assert stage.told() == [answers.GENERAL.source]
    stage.writes("/aiuto", topic=None)
    assert stage.told()[1:] == ["\n".join(one.source for one in answers.HELP)]
    assert (kept(stage, handoff), stage.to_people()) == (before, [])


def test_a_topic_that_shows_nobody_is_like_general(stage: Stage, handoff: Handoff) -> None:
    """A topic operators made, or one that another took the place of, belongs to no conversation.

    Words that were for a person are told each time that they were not sent, other orders once."""
    for text in ("/r ciao", "/r ciao", "/prendi", "/prendi"):
        stage.writes(text, topic=99)
    stage.taps("h:claim", topic=99)
    stage.writes("ciao", topic=99, reply=of_bot(CARD, f"{PERSON} Quercia lieta"))
    nowhere, general = answers.NOWHERE.source, answers.GENERAL.source
    assert stage.told() == [nowhere, nowhere, general, nowhere]
    assert stage.bureau.handoff(handoff.id).state is State.WAITING


def test_a_group_for_alerts_alone_stays_silent(stage: Stage) -> None:
    """Where no desk talks, nobody is told of topics and accounts."""
    connection = "UPDATE desk SET talks = 0"
    stage.bureau.do(lambda unit: unit.direct().exec_driver_sql(connection))
    stage.writes("/r ciao", topic=None)
    stage.writes("/prendi", topic=None, by="nobody")
    assert stage.rows == []


def test_taps_of_strangers_do_nothing(stage: Stage, handoff: Handoff) -> None:
    """Only who tapped is told why; the buttons of old topics, and strange ones, do nothing."""
    stage.taps("h:claim", by="nobody")
    stage.taps("h:claim", topic=None)
    stage.taps("h:dance")
    stage.taps("a:1:yes")
    assert stage.popped() == [answers.ONLY_OPERATORS.source, *[answers.TOO_OLD.source] * 3]
    assert stage.bureau.handoff(handoff.id).state is State.WAITING


def test_a_word_links_the_account_that_writes_it(stage: Stage) -> None:
    """In General or in a topic; the word leaves the group, and the deed is in the audit."""
    digits = word(stage)
    stage.writes(f"/io {digits}", by="nobody", topic=None)
    [gone] = stage.to_group("deleteMessage")
    rows = stage.bureau.do(lambda unit: unit.direct().execute(audit.select()).mappings().all())
    assert (linked(stage), gone.params["message_id"]) == ("Rosa", stage.last)
    assert [row["action"] for row in rows] == [Action.LINKED.value]
    assert ["Rosa" in one for one in stage.told()] == [True]
    assert digits not in stage.told()[0]


@pytest.mark.parametrize("said", ["", "0000-0000", "12345678901", "casa"])
def test_a_wrong_word_links_nobody(said: str, stage: Stage) -> None:
    """It is told, and leaves the group as a right one does."""
    word(stage)
    stage.writes(f"/io {said}", by="nobody")
    assert (linked(stage), stage.told()) == (None, [answers.WRONG_WORD.source])
    assert len(stage.to_group("deleteMessage")) == 1


def test_nobody_guesses_a_word(stage: Stage) -> None:
    """After five wrong ones within a quarter of an hour the right one is void."""
    right = word(stage)
    for _try in range(MOST_TRIES):
        stage.writes("/io 0000-0000", by="nobody")
    stage.writes(f"/io {right}", by="nobody")
    assert linked(stage) is None


def test_slips_over_a_day_void_nothing(stage: Stage) -> None:
    """Wrong words are counted for a quarter of an hour."""
    for _try in range(MOST_TRIES):
        stage.writes("/io 0000-0000", by="nobody")
        stage.passes(minutes=15)
    stage.writes(f"/io {word(stage)}", by="nobody")
    assert linked(stage) == "Rosa"


def test_a_word_is_not_taken_from_the_group_itself(stage: Stage) -> None:
    """Who writes as the group is nobody: the word leaves, so that no one else uses it."""
    right = word(stage)
    stage.writes(f"/io {right}", by="anonymous")
    assert len(stage.to_group("deleteMessage")) == 1
    stage.writes(f"/io {right}", by="nobody")
    assert linked(stage) == "Rosa"


def test_who_left_is_nobody_at_once(stage: Stage, handoff: Handoff) -> None:
    """A removed operator reaches nobody from the very next message."""
    stage.bureau.do(lambda unit: remove_operator(unit.direct(), stage.bureau.anna.id))
    before = kept(stage, handoff)
    stage.writes("/r ciao")
    stage.taps("h:claim")
    assert (kept(stage, handoff), stage.to_people()) == (before, [])
