"""Secret flows: what is kept of them, how they are closed at once, how they go on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from secrets import token_urlsafe
from string import ascii_letters, digits

from flows.conversation import Command, Conversation, Tap, Wrote, begin, receive, retreat
from flows.directory import SESSION_BYTES, VEIL
from flows.effects import CloseChat
from flows.engine import Kind, Session
from flows.model import Person
from flows.record import cover, dump, load, without
from flows.screen import CLOSE, Screen
from flows.stage import Stage
from tests.chat import Chat, english
from tests.factories import a_chat, a_world
from tests.flows.secret import Hand, Seal, secret_flows

FLOWS = secret_flows()
STORY = "my boss keeps my passport"


def chat(*actions: str) -> Chat:
    """Somebody who did this in the chat with the secret flows."""
    found = a_chat(flows=FLOWS)
    found.given(Seal("f"), "s1", "s2")
    return found.walks("/menu", *actions)


def open_flows(found: Chat) -> list[str]:
    """The flows that are open, the last on top."""
    return [session.flow for session in found.conversation.stack]


def aside(found: Chat) -> list[str]:
    """What was set aside, the last one last."""
    return [session.flow for session in found.conversation.aside]


def test_a_secret_form_from_the_first_question_to_the_code():
    """Close now is always there; the code stands over the chat; nothing stays of the flow."""
    found = chat()
    found.given(Hand(f"pay {STORY} s1"), "1234 5678")
    found.reads("""
        USER  /telling
        BOT   What is wrong?
              [pay] [papers]
              [⬅️] [🚪] [🆘]
        USER  [pay]
        BOT   Tell me.
              [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  my boss keeps my passport
        TRACE ✓ Tell me.
        BOT   A photo?
              [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  (photo)
        TRACE ✓ A photo?
        BOT   A photo?
              [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [⏭️ Skip]
        BOT   pay my boss keeps my passport s1
              [kind] [words] [file] [send]
              [⬅️] [🚪] [🆘]
        USER  [send]
        ALERT 1234 5678
        BOT   Have it?
              [yes] [again]
              [⬅️] [🚪] [🆘]
        USER  [again]
        ALERT 1234 5678
        BOT   Have it?
              [yes] [again]
              [⬅️] [🚪] [🆘]
        USER  [yes]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)


def test_every_secret_screen_is_private_and_stays_in_its_place():
    """Also what opens over it: the page is edited where it is, and leaves the chat soon."""
    found = chat("/telling")
    for heard in (
        found.tap(found.button("pay")),
        Wrote("text", STORY, 10),
        Wrote("sticker", None, 20),
        Command("help"),
    ):
        reply = found.hear(heard)
        assert (reply.secret, reply.below, reply.screen.sensitive) == (True, False, True)


def test_what_gets_no_second_answer_does_not_stay_in_the_chat_either():
    """A photo that is not wanted, and a telephone number right behind it: both are taken out."""
    found = chat("/telling")
    replies = [found.hear(Wrote(kind, None, 20)) for kind in ("photo", "contact")]
    assert [reply.screen is None for reply in replies] == [False, True]
    assert [reply.secret for reply in replies] == [True, True]


def test_the_cover_of_a_conversation_says_home_and_nothing_else():
    """What the key of the house opens has no flow, no answer and no button of a secret."""
    found = chat("/gate", "[in]", "[pay]", STORY)
    kept = json.dumps(dump(cover(found.conversation, FLOWS)))
    secret_words = ("telling", "gate", STORY, "pay", VEIL)
    assert [word for word in secret_words if f'"{word}' in kept] == []
    again = load(json.loads(kept), FLOWS)
    assert [one.flow for one in again.stack] == ["home"]
    shown = begin(FLOWS, again, a_world()).screen
    assert english(shown.lines[0].text) == "🏠 How can I help you?"


def test_home_leads_to_a_secret_draft_only_on_a_phone_of_ones_own():
    """In careful mode home does not offer to go on: whoever holds the phone would see the story."""
    found = chat("/telling", "[pay]", "/menu")
    labels = [english(one.label) for one in begin_again(found, careful=False).buttons]
    watched = [english(one.label) for one in begin_again(found, careful=True).buttons]
    assert ("▶️ Go on where you were" in labels, "▶️ Go on where you were" in watched) == (
        True,
        False,
    )


def begin_again(found: Chat, *, careful: bool) -> Screen:
    """What a person sees who comes back."""
    world = a_world(Person(1, "en", careful=careful, welcomed=True))
    screen = begin(FLOWS, found.conversation, world).screen
    assert screen is not None
    return screen


def test_the_cover_of_a_conversation_looks_like_any_other():
    """The home that stands for a secret has an id as every session has one: by nothing in it can
    be told who was somewhere else."""
    covered = [
        cover(Conversation(stack=(Session(f"~{n}", "telling", date(2026, 11, 23)),)), FLOWS)
        for n in range(64)
    ]
    ids = [found.stack[0].id for found in covered]
    assert {len(one) for one in ids} == {len(token_urlsafe(SESSION_BYTES))}
    assert set("".join(ids)) == set(ascii_letters + digits + "-_")


def test_the_cover_keeps_what_is_no_secret():
    """A card under it and a list set aside stay as they are."""
    found = chat("[🧭 I need information]", "/telling", "[pay]", "/menu", "/help")
    plain = cover(found.conversation, FLOWS)
    assert [one.flow for one in plain.stack] == ["home", "help"]
    assert (plain.aside, aside(found)) == ((), ["telling"])


def test_nothing_is_remembered_of_what_led_to_a_secret():
    """Neither the door nor the flow behind it is among what ended here."""
    found = chat("/gate", "[in]", "[pay]", "/menu")
    assert (found.conversation.past, aside(found)) == ((), ["telling"])


def test_close_now_leaves_a_word_of_italian():
    """One tap, no question: the draft, the flow and the page are gone, and nothing says so."""
    found = chat("/telling", "[pay]", STORY)
    found.reads("""
        USER  [🚪]
        BOT   📘 Italian word of the day
              il treno
              The train. It leaves from the station.
              Il treno parte alle otto.
              [🏠]
    """)
    assert (open_flows(found), aside(found)) == (["word"], [])
    assert found.world.effects[-1] == CloseChat()
    assert STORY not in json.dumps(dump(found.conversation))


def test_stop_and_the_words_of_alarm_close_a_secret_flow():
    """The command that cleans elsewhere edits the page here, so that no new one comes."""
    for command in ("stop", "clean"):
        found = chat("/telling", "[pay]", "/help")
        reply = found.hear(Command(command))
        assert (open_flows(found), reply.below) == (["word"], False)
        assert found.world.effects == [CloseChat()]


def test_clean_lets_go_of_what_was_set_aside():
    """From home the chat is cleaned as ever, and the draft goes with it."""
    found = chat("/telling", "[pay]", "/menu", "/clean")
    assert (open_flows(found), aside(found)) == (["home"], [])


def test_close_now_works_from_an_old_button():
    """A page of yesterday is enough: whoever wants it gone has no time to find the new one."""
    found = chat("/telling", "[pay]")
    button = found.tap(found.button("🚪"), here=False)
    found.walks("/menu")
    reply = found.hear(button)
    assert (open_flows(found), english(reply.screen.lines[0].text)) == (
        ["word"],
        "📘 Italian word of the day",
    )


def test_a_button_of_an_open_flow_closes_nothing_by_chance():
    """Only the buttons of secret flows close."""
    found = chat()
    before = found.conversation
    found.hear(Tap(before.stack[-1].id, 0, CLOSE))
    assert found.conversation == before


def test_a_form_that_was_begun_goes_on_and_says_so():
    """Opened again it is where it was left, not a second one."""
    found = chat("/telling", "[pay]", STORY, "/menu")
    found.reads("""
        USER  /telling
        BOT   You began this before. Here you go on.
              A photo?
              [⏭️ Skip]
              [⬅️] [🚪] [🆘]
    """)
    found.walks("/help", "/telling")
    assert (open_flows(found), aside(found)) == (["home", "help", "telling"], [])


def test_practice_and_the_real_form_are_two_things():
    """Practice never goes on with what is real, and never takes its place."""
    found = chat("/telling", "[pay]", "/menu")
    stage = Stage(FLOWS, found.world, found.conversation)
    stage.open("telling", "practice")
    assert (stage.top.at, len(stage.now.aside)) == ("practice", 1)
    stage.put(replace(stage.top, log=found.conversation.paused.log))
    stage.go_home(by_command=True)
    assert [one.at for one in stage.now.aside] == [""]


def test_a_second_form_takes_the_place_of_the_first_and_loses_nothing():
    """Home offers the last one; opened again, the first one goes on too."""
    found = chat("/telling", "[pay]", "/menu", "/asking", "/menu")
    assert aside(found) == ["telling"]
    found.walks("/telling", "/menu", "[▶️ Go on where you were]")
    assert (open_flows(found), aside(found)) == (["telling"], [])


def test_several_forms_wait_beside_each_other():
    """Home offers the last one, then the one before; both outlive a reload."""
    found = chat("/telling", "[pay]", "/menu", "/twice", "Ali", "/menu")
    assert aside(found) == ["telling", "twice"]
    assert [one.flow for one in cover(found.conversation, FLOWS).aside] == ["twice"]
    found.walks("[▶️ Go on where you were]", "Desio", "[ok]", "[▶️ Go on where you were]")
    assert (open_flows(found), aside(found)) == (["telling"], [])


def test_what_is_no_form_does_not_push_a_form_aside():
    """Reading a card and coming home leaves the form that waits there."""
    found = chat("/telling", "[pay]", "/menu", "[🧭 I need information]", "[💼 My rights]", "/menu")
    assert aside(found) == ["telling"]


def test_what_is_gone_is_said_in_one_sentence():
    """After the keys are lost, or the time is over, the person begins again and knows why."""
    found = chat("/telling", "[pay]")
    lost = without(found.conversation, {found.conversation.stack[-1].id})
    for heard in (Tap("~gone", 3, "pay"), Wrote("text", STORY, 90)):
        reply = receive(FLOWS, lost, heard, found.world)
        said = [english(line.text) for line in reply.screen.lines]
        assert said[-1] == "⏳ What you began here is not kept any more. Please begin again."
        assert reply.conversation.lost is False
    assert without(found.conversation, ()).lost is False


def test_a_page_that_is_washed_sets_the_flow_aside():
    """Home says nothing, and the way back to what was told is there."""
    found = chat("/telling", "[pay]", STORY)
    reply = retreat(FLOWS, found.conversation, found.world)
    assert english(reply.screen.lines[0].text) == "🏠 How can I help you?"
    assert [one.flow for one in reply.conversation.aside] == ["telling"]


def test_a_sealed_file_is_not_sealed_again_when_something_is_corrected():
    """What a slow effect gave lasts; only a commit is behind Back for good."""
    found = chat("/telling", "[pay]", STORY, "(photo)", "[⏭️ Skip]")
    before = len(found.world.effects)
    found.walks("[kind]", "[papers]")
    assert found.world.effects[before:] == []
    assert english(found.screen.lines[0].text) == f"papers {STORY} s1"
    results = [one for one in found.conversation.stack[-1].log if one.kind is Kind.RESULT]
    assert [one.value for one in results] == ["s1"]


def test_a_file_by_itself_opens_the_way_for_files():
    """A photo as the first word, or where none is asked for, leads to those who take one."""
    found = chat("(photo)", "(photo)")
    assert open_flows(found) == ["home", "sender"]
    newcomer = a_chat(flows=FLOWS, world=a_world(replace(found.world.person, welcomed=False)))
    newcomer.walks("(voice)", "(voice)")
    assert open_flows(newcomer) == ["sender", "onboarding"]
    newcomer.walks("[EN]", "[➡️ Next]", "[👍 I understand]", "[🙂 No, only me]")
    assert english(newcomer.screen.lines[0].text) == "You sent a voice."
    nobody = Chat(FLOWS, a_world(), Conversation()).walks("(document)")
    assert open_flows(nobody) == ["home", "sender"]


def test_a_file_inside_a_form_stays_a_matter_of_the_form():
    """Where a question takes none, it says what it takes."""
    found = chat("/telling")
    reply = found.hear(Wrote("photo", {"file_id": "f", "size_bytes": 1}, 50))
    assert open_flows(found) == ["home", "telling"]
    assert english(reply.screen.lines[-2].text) == "I cannot look at photos here."
