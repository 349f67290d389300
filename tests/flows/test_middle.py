"""In the middle of everything: every command on every page, taps that come late, odd messages."""

from __future__ import annotations

import pytest

from flows.conversation import Command, Conversation, Tap, Wrote, begin, retreat
from flows.effects import CleanChat, CountUseful, RememberLanguage
from flows.engine import Session
from flows.model import Person
from flows.registry import FLOWS
from flows.stage import MAX_DEPTH
from flows.steps import Style
from tests.chat import english
from tests.factories import TONGUES, a_chat, a_world, somebody, tongues
from tests.flows.samples import DAY

TO_CARD = ("/menu", "[🧭 I need information]", "[💼 My rights]", "[📄 Pay]")
PAGES = {
    "home": ("/menu",),
    "areas": TO_CARD[:2],
    "shelf": TO_CARD[:3],
    "card": TO_CARD,
    "voted card": (*TO_CARD, "[👍 Useful]"),
    "italian": (*TO_CARD, "[🇮🇹 Show in Italian]"),
    "talk": ("/menu", "[🤝 I want to talk to someone]"),
    "wrong": ("/menu", "[⚠️ Something is wrong at work]"),
    "card behind a door": ("/menu", "[🤝 I want to talk to someone]", "[📄 The office]"),
    "help": ("/help",),
    "language": ("/language",),
    "privacy": ("/privacy",),
    "careful": ("/privacy", "[👀 Careful mode on]"),
    "data": ("/mydata",),
    "forget": ("/forget",),
}
ASIDES = {
    "language": "language",
    "help": "help",
    "privacy": "privacy",
    "mydata": "data",
    "forget": "forget",
}


def seen(screen):
    """A screen as a person sees it: lines and labels."""
    buttons = (*screen.buttons, *screen.ways)
    return [english(line.text) for line in screen.lines], [english(one.label) for one in buttons]


def open_flows(chat):
    """The names of the flows that are open, the last on top."""
    return [session.flow for session in chat.conversation.stack]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("command", ASIDES)
def test_an_aside_opens_anywhere_and_back_returns_to_the_same_page(page, command):
    """Whatever is on the screen, the command opens its page, and Back shows the page before."""
    chat = a_chat().walks(*PAGES[page])
    before = seen(chat.screen)
    chat.do(f"/{command}")
    opened = open_flows(chat)
    chat.do("[⬅️]")
    assert opened[-1] == ASIDES[command]
    same = command == {"help": "help", "language": "language", "privacy": "privacy"}.get(page, page)
    same = same or (page, command) in {("data", "mydata"), ("careful", "privacy")}
    assert same or seen(chat.screen) == before


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("command", ["start", "menu"])
def test_home_opens_anywhere(page, command):
    """The menu is one word away; reading that was under way is offered again."""
    chat = a_chat().walks(*PAGES[page]).walks(f"/{command}")
    offered = [button.data.split(":")[2] for button in chat.screen.buttons]
    reading = page in {"shelf", "card", "voted card", "italian", "card behind a door"}
    assert (open_flows(chat), "resume" in offered) == (["home"], reading)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("command", ["clean", "stop"])
def test_clean_works_anywhere_at_once(page, command):
    """No question comes first, and nothing of what was open is left."""
    chat = a_chat().walks(*PAGES[page]).walks(f"/{command}")
    assert chat.world.effects[-1] == CleanChat()
    assert (open_flows(chat), chat.conversation.paused) == (["home"], None)


@pytest.mark.parametrize("page", PAGES)
def test_help_has_a_button_on_every_page_but_its_own(page):
    """The numbers to call are always one tap away."""
    chat = a_chat().walks(*PAGES[page])
    assert ("🆘 Help" in seen(chat.screen)[1]) == (page != "help")


def test_a_language_is_taken_from_the_one_page_of_all():
    """The own language comes first afterwards; the list having moved changes nothing."""
    world = a_world(somebody(), tongues=tongues(*TONGUES))
    chat = a_chat(world=world).walks("/menu", "[🧭 I need information]")
    before = seen(chat.screen)
    chat.walks("/language", "[SI]")
    assert (world.person.language, seen(chat.screen)) == ("si", before)


def test_somebody_new_chooses_from_the_one_page_of_all():
    """Every language is there at once; the first minute goes on with what the person chose."""
    chat = a_chat(world=a_world(Person(1), tongues=tongues(*TONGUES)))
    chat.walks("/start", "[HI]")
    assert chat.world.effects == [RememberLanguage("hi")]
    assert seen(chat.screen)[0][0] == "👋 Welcome to Antenna"


def test_a_double_tap_counts_once():
    """The second tap on the same button shows the same page and says nothing."""
    chat = a_chat().walks(*TO_CARD[:3])
    tap = chat.tap(chat.button("📄 Pay"))
    chat.hear(tap)
    once = chat.conversation, seen(chat.screen)
    reply = chat.hear(tap)
    assert (chat.conversation, seen(chat.screen), reply.notice) == (*once, None)


def test_a_double_tap_on_a_door_counts_once():
    """Also where the first tap ended the flow the button belonged to."""
    chat = a_chat().walks("/menu")
    tap = chat.tap(chat.button("🧭 I need information"))
    chat.hear(tap)
    once = chat.conversation
    reply = chat.hear(tap)
    assert (chat.conversation, reply.notice) == (once, None)


def test_a_double_tap_on_a_vote_counts_once():
    """One finger, one vote."""
    chat = a_chat().walks(*TO_CARD)
    tap = chat.tap(chat.button("👍 Useful"))
    for _again in range(10):
        chat.hear(tap)
    assert chat.world.effects == [CountUseful("work.pay", True)]


def test_a_vote_counts_once_whatever_leads_back_to_the_card():
    """Back, the shelf and a related card lead to the same card; its vote stands."""
    chat = a_chat().walks(*TO_CARD, "[👍 Useful]", "[⬅️]", "[📄 Pay]", "[👎 Not useful]")
    chat.walks("[📄 Hours]", "[📄 Pay]", "[👍 Useful]")
    assert chat.world.effects == [CountUseful("work.pay", True)]


def test_a_button_of_an_older_message_says_so():
    """The notice explains, and the page of now comes below."""
    chat = a_chat().walks("/menu")
    old = chat.tap(chat.button("🔐 Privacy"), here=False)
    chat.walks("[🧭 I need information]")
    before = chat.conversation
    reply = chat.hear(old)
    assert english(reply.notice) == "This button is old. Here is where we are now."
    assert (reply.below, chat.conversation) == (True, before)


def test_the_same_question_in_an_older_message_is_answered():
    """A page shown again below leaves a copy above: both ask the same."""
    chat = a_chat().walks("/menu")
    above = chat.tap(chat.button("🔐 Privacy"), here=False)
    chat.walks("hello")
    reply = chat.hear(above)
    assert (open_flows(chat), reply.below, reply.notice) == (["privacy"], True, None)


def test_help_opens_from_an_old_button_too():
    """Whoever asks for the numbers gets them, however late the tap."""
    chat = a_chat().walks("/menu")
    old = chat.tap(chat.button("🆘"), here=False)
    chat.walks("[🧭 I need information]")
    chat.hear(old)
    assert open_flows(chat) == ["orientation", "help"]


def test_an_option_that_is_not_on_the_screen_is_refused():
    """A tap made up by hand changes nothing."""
    chat = a_chat().walks("/menu")
    session = chat.conversation.stack[0]
    reply = chat.hear(Tap(session.id, session.turn, "orientatio"))
    assert english(reply.notice) == "This answer is not offered any more."
    assert open_flows(chat) == ["home"]


def test_back_at_home_stays_at_home():
    """There is no such button; made up by hand it leads nowhere."""
    chat = a_chat().walks("/menu")
    session = chat.conversation.stack[0]
    chat.hear(Tap(session.id, session.turn, "<"))
    assert open_flows(chat) == ["home"]


def test_several_messages_in_a_row_get_one_answer():
    """A volley of words is answered once in three seconds, however long it goes on."""
    chat = a_chat().walks("/menu")
    replies = [chat.hear(Wrote("text", "hello", at)) for at in (100, 101, 104, 107, 111)]
    assert [reply.screen is not None for reply in replies] == [True, False, True, False, True]


def test_a_clock_that_went_back_silences_nobody():
    """A message from before the last one gets its answer."""
    chat = a_chat().walks("/menu")
    replies = [chat.hear(Wrote("text", "hello", at)) for at in (100, 90)]
    assert [reply.screen is not None for reply in replies] == [True, True]


def test_whatever_comes_first_opens_the_first_minute():
    """A tap or a sticker from somebody unknown is a beginning."""
    for heard in (Tap("x", 0, "a"), Wrote("sticker", None, 0), Command("privacy"), Command("xyz")):
        chat = a_chat(Person(1))
        chat.hear(heard)
        assert open_flows(chat)[0] == "onboarding"


def test_begin_shows_where_the_chat_stands():
    """A page is shown again without an answer."""
    chat = a_chat().walks(*TO_CARD)
    before = seen(chat.screen)
    reply = begin(FLOWS, chat.conversation, chat.world)
    assert (seen(reply.screen), reply.conversation) == (before, chat.conversation)


def test_retreat_leaves_a_private_page_for_home():
    """A chat that washes itself shows home, and what was read is offered again."""
    chat = a_chat().walks(*TO_CARD)
    reply = retreat(FLOWS, chat.conversation, chat.world)
    assert [one.flow for one in reply.conversation.stack] == ["home"]
    assert reply.conversation.paused.flow == "orientation"


def test_many_flows_over_each_other_keep_the_first_and_the_last():
    """However far somebody wanders, the stack stays low, and its base is what they came for."""
    chat = a_chat().walks(*TO_CARD)
    chat.walks("/privacy", "/mydata", "/forget", "/language", "/help", "/privacy")
    assert open_flows(chat) == ["orientation", "forget", "language", "help", "privacy"]
    assert len(open_flows(chat)) == MAX_DEPTH


def test_sixteen_cards_in_a_row_begin_anew_at_the_card_on_the_screen():
    """The memory of endless reading stays small, and nobody notices."""
    chat = a_chat().walks(*TO_CARD)
    for _round in range(8):
        chat.walks("[📄 Hours]", "[📄 Pay]")
    assert (seen(chat.screen)[0][0], len(chat.conversation.stack[0].log)) == ("📄 Pay", 1)
    assert [past.result for past in chat.conversation.past] == ["again"]


def test_an_area_can_be_where_reading_begins():
    """A flow opened at an area shows its shelf; at something unknown, all shelves."""
    for at, title in (("docs", "🪪 My documents"), ("gone", "🧭 What do you want to know about?")):
        session = Session("s", "orientation", DAY, at)
        reply = begin(FLOWS, Conversation((session,)), a_world())
        assert english(reply.screen.lines[0].text) == title


def test_a_hint_is_set_apart():
    """What explains is a note, not part of the question."""
    chat = a_chat().walks("/menu", "👍")
    assert [line.style for line in chat.screen.lines[-2:]] == [Style.NOTE, Style.NOTE]


def test_a_house_says_what_it_promises_from_its_settings():
    """The promise follows the configuration in force."""
    chat = a_chat(world=a_world(storage_days_idle=1, network="Rete Milano"))
    lines, _labels = seen(chat.walks("/privacy").screen)
    assert "⌛ After 1 day without you I delete all I keep." in lines
    assert "🤖 This is a machine, run by Rete Milano. No person reads what you write." in lines
