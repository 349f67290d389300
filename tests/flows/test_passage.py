"""What of a page is read aloud, and that hearing it changes nothing."""

from __future__ import annotations

import pytest

from flows.conversation import Conversation, Reply, Tap, receive
from flows.exchange import Heard
from flows.passage import Passage, is_fixed, is_in_one_language, passage_of, told
from flows.question import Line, Style
from flows.record import cover, dump, load
from flows.registry import FLOWS
from flows.screen import LISTEN, way_to_listen
from flows.text import Text, _, in_language, ngettext, pgettext, titled, verbatim
from tests.chat import Chat
from tests.factories import a_chat


def page_of(chat: Chat) -> Passage:
    """What is read of the page on the screen."""
    assert chat.screen is not None
    asked = chat.conversation.stack[-1].asked
    return passage_of(chat.screen, asked, chat.world.opening("", chat.world.today, False).library)


def listening(chat: Chat, *, here: bool = True, turn: int = 0) -> Reply:
    """What a tap on the button leads to."""
    session = chat.conversation.stack[-1]
    heard: Heard = Tap(session.id, session.turn - turn, LISTEN, here)
    return receive(FLOWS, chat.conversation, heard, chat.world)


def test_hearing_a_page_changes_nothing() -> None:
    """The page is to be read, and the conversation is the one it was."""
    chat = a_chat().walks("/menu")
    reply = listening(chat)
    assert (reply.listens, reply.conversation) == (True, chat.conversation)


@pytest.mark.parametrize(("here", "turn"), [(False, 0), (True, 1)])
def test_an_old_button_reads_nothing(here: bool, turn: int) -> None:
    """What is not on the screen any more is not read: the page that is there is shown."""
    chat = a_chat().walks("/menu")
    assert not listening(chat, here=here, turn=turn).listens


def test_the_button_says_which_page_it_reads() -> None:
    """Its data leads back to the session and the turn it was shown in."""
    session = a_chat().walks("/menu").conversation.stack[-1]
    assert way_to_listen(session).data == f"{session.id}:{session.turn}:{LISTEN}"


def test_of_a_question_the_answers_are_read_too() -> None:
    """Who cannot read hears what can be answered; the ways out are the same everywhere."""
    page = told("", (Line(_("Are you safe?")),), (_("Yes"), _("No")))
    assert page.core == page.whole == (_("Are you safe?"), _("Yes"), _("No"))


def test_a_step_and_a_number_of_a_paper_can_be_recorded() -> None:
    """They are the house's own words, the same for everybody; the ways on are not read."""
    shelf = ("/menu", "[🧭 I need information]", "[🪪 My documents]")
    step = page_of(a_chat().walks(*shelf, "[👣 Step by step]", "[📮 Ask for a paper]", "[2️⃣ Wait]"))
    paper = a_chat().walks(*shelf, "[➕ More]", "[📄 Paper 9]", "[🔍 A sheet]", "[2]")
    assert [text.source for text in step.core] == ["{icon} {title}", "Wait at home."]
    assert [text.source for text in page_of(paper).core] == [
        *("{icon} {title}", "It is a day.", "👉 {action}")
    ]
    assert "" not in (step.key, page_of(paper).key)


def test_of_a_card_its_words_are_read_and_nothing_else() -> None:
    """Not where it is from, not the other cards, and its key is the card's own name."""
    chat = a_chat().walks("/menu")
    library = chat.world.opening("", chat.world.today, False).library
    card = next(iter(library.cards.values()))
    screen = chat.screen
    assert screen is not None
    page = passage_of(screen, card.id, library)
    assert page.whole == tuple(line.text for line in screen.lines)
    assert page.key in ("", card.id)


def test_what_comes_and_goes_is_read_and_never_recorded() -> None:
    """A hint is for this moment; a source is for the eyes."""
    lines = (Line(_("Hours.")), Line(_("Thanks."), Style.NOTE), Line(_("Law."), Style.QUOTE))
    page = told("card", lines)
    assert page == Passage("card", (_("Hours."),), (_("Hours."), _("Thanks.")))


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (_("Are you safe?"), True),
        (titled("📄", "Your contract"), True),
        (_("👉 {action}", action=_("Ask for it.")), True),
        (verbatim("🏠"), True),
        (verbatim("Anna"), False),
        (_("Call {number}.", number="112"), False),
        (_("At {desk}.", desk=verbatim("Desio")), False),
        (ngettext("{count} day", "{count} days", 2), False),
    ],
)
def test_only_words_of_the_house_may_be_kept(text: Text, fixed: bool) -> None:
    """A page with a name, a day or a number in it has no key."""
    page = told("card", (Line(text),))
    assert (is_fixed(text), page.key) == (fixed, "card" if fixed else "")


def test_a_page_is_named_by_its_words() -> None:
    """Other words, another context or another language are another page."""
    texts = (
        _("Open"),
        _("Close"),
        pgettext("desk", "Open"),
        in_language("it", _("Open")),
        _("👉 {action}", action=_("Open")),
        _("👉 {action}", action=_("Close")),
    )
    keys = [told("", (Line(text),)).key for text in texts]
    assert len(set(keys)) == len(texts)
    assert told("", (Line(_("Open")),)).key == keys[0]


def test_the_voice_of_a_page_is_remembered() -> None:
    """Which message reads the page survives being kept, also under the house's key."""
    chat = a_chat().walks("/menu")
    spoken = Conversation(chat.conversation.stack, voice=77)
    assert load(dump(spoken), FLOWS).voice == 77
    assert cover(spoken, FLOWS).voice == 77


def test_a_page_is_its_session_and_its_question() -> None:
    """Nothing on the screen is no page."""
    stack = a_chat().walks("/menu").conversation.stack
    assert Conversation(stack).page == (stack[-1].id, stack[-1].asked)
    assert Conversation().page is None


def test_the_choice_of_a_language_is_not_read() -> None:
    """Each of its lines is in another language: no voice can say them all."""
    chat = a_chat()
    found = []
    for page in ("/menu", "/language"):
        chat.walks(page)
        assert chat.screen is not None
        found.append(is_in_one_language(chat.screen))
    assert found == [True, False]
