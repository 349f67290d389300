"""From a desk to the chat: a code in a link or on the pad, a yes, and no trace of the code."""

from __future__ import annotations

import json

from flows.conversation import enter
from flows.handoff_effects import MakeHandover, TakeHandover
from flows.record import cover, dump
from flows.registry import FLOWS
from tests.flows.talkers import ASKED, a_talker
from tests.talking import HANDOVER, a_plan

YES = "[🔗 Yes, join]"


def typed(code):
    """The taps that enter a code."""
    return [*(f"[{digit}]" for digit in code), "[✔️]"]


def linked(chat, code=HANDOVER):
    """What somebody sees who came by the link of a desk."""
    reply = enter(chat.flows, chat.conversation, "handover", code, chat.world)
    chat.conversation, chat.screen = reply.conversation, reply.screen
    return chat.lines(reply)


def test_a_code_is_typed_on_a_pad():
    """Dots, then a yes, then the plan."""
    chat = a_talker(mine=a_plan()).walks("/menu")
    chat.reads("""
        USER  /desk
        BOT   🔗 The code of the desk
              ○○○○  ○○○○
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
    """)
    chat.walks(*typed(HANDOVER)[:-2])
    chat.reads("""
        USER  [✔️]
        BOT   1 digit is missing.
              🔗 The code of the desk
              ●●●●  ●●●○
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
        USER  [0]
        BOT   🔗 The code of the desk
              ●●●●  ●●●●
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
        USER  [⌫]
        BOT   🔗 The code of the desk
              ●●●●  ●●●○
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
        USER  [0]
        BOT   🔗 The code of the desk
              ●●●●  ●●●●
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
        USER  [✔️]
        BOT   🔗 Join this chat to the desk?
              Then you see here what the desk plans with you. You can say yes or no.
              They do not see your name on Telegram or your number.
              [🔗 Yes, join] [✖️ No]
              [⬅️] [🚪] [🆘]
        USER  [🔗 Yes, join]
        BOT   ✅ Joined. The desk knows you as “Airone verde”.
              🗂️ My plan
              🪜 We follow your plan ●●●●○
              🏢 PUA Desio
              🎯 A regular job.
              At the desk they know you as “Airone verde”.
              [🤝 Talk to someone] [🔑 A code for the desk] [🛑 Stop my plan]
              [⬅️] [🏠] [🆘]
    """)


def test_a_wrong_code_is_asked_again():
    """One sentence for every reason."""
    chat = a_talker().walks("/desk", *typed("11111111"))
    chat.reads("""
        USER  [🔗 Yes, join]
        BOT   🔗 The code of the desk
              ○○○○  ○○○○
              🔒 This code does not work. Look at it and try again, or ask the desk for a new one.
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
        USER  [4]
        BOT   🔗 The code of the desk
              ●○○○  ○○○○
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
    """)
    assert chat.world.effects[-1] == TakeHandover("11111111")


def test_a_link_brings_its_code():
    """Nothing is typed; without a yes nothing is joined."""
    chat = a_talker(mine=a_plan()).walks("/menu")
    assert linked(chat)[0] == "BOT   🔗 Join this chat to the desk?"
    chat.walks("[✖️ No]")
    assert chat.conversation.stack[-1].flow == "home"
    linked(chat)
    chat.walks(YES)
    taken = [one for one in chat.world.effects if isinstance(one, TakeHandover)]
    assert (taken, chat.conversation.stack[-1].flow) == ([TakeHandover(HANDOVER)], "plan")


def test_a_link_that_carries_no_code_opens_the_pad():
    """Whatever somebody writes behind the link."""
    for odd in ("1234567", "123456789", "12ab5678", "١٢٣٤٥٦٧٨"):
        chat = a_talker().walks("/menu")
        linked(chat, odd)
        assert chat.conversation.stack[-1].asked == "pad"


def test_a_newcomer_reads_the_promise_first():
    """The link waits under the first minute, and opens when it is over."""
    chat = a_talker(welcomed=False, language=None).walks("/start")
    linked(chat)
    assert [one.flow for one in chat.conversation.stack] == ["handover", "onboarding"]
    chat.walks("[EN]", "[➡️ Next]", "[👍 I understand]", "[🙂 No, only me]")
    assert [one.flow for one in chat.conversation.stack] == ["handover"]
    chat = a_talker(welcomed=False, language=None)
    linked(chat)
    assert [one.flow for one in chat.conversation.stack] == ["handover", "onboarding"]


def test_where_nobody_talks_there_is_nothing_to_join():
    """The page of those who answer today."""
    chat = a_talker(desks=0).walks("/desk")
    assert chat.conversation.stack[-1].flow == "talk"


def test_a_code_that_is_not_ready_is_said():
    """No empty code is shown; it can be tried again."""
    chat = a_talker().walks(*ASKED, "[🔑 A code for the desk]")
    chat.given(MakeHandover(), "")
    chat.reads("""
        USER  [🔑 Show my code]
        BOT   ⏳ It is not ready now. Please try in a minute.
              🔑 A code for the desk
              Say it at the desk: they see what you asked for, and you need not start from nothing.
              It works once, for 24 hours. I show it for a moment, not in the chat.
              📍 Via Rossi 1
              🕗 Monday to Friday: 9:00–12:30 · 14:00–18:00
              [🔑 Show my code]
              [⬅️] [🚪] [🆘]
        USER  [🔑 Show my code]
        ALERT 🔑 4821 7730
              Say it only at the desk. Who has it can read what you wrote.
        BOT   🔑 A code for the desk
              Say it at the desk: they see what you asked for, and you need not start from nothing.
              It works once, for 24 hours. I show it for a moment, not in the chat.
              📍 Via Rossi 1
              🕗 Monday to Friday: 9:00–12:30 · 14:00–18:00
              [✅ I have it] [🔑 Show it again]
              [⬅️] [🚪] [🆘]
    """)


def test_no_code_is_kept_under_the_key_of_the_house():
    """Made here or typed here: what is kept of the conversation tells nothing of it."""
    made = a_talker().walks(*ASKED, "[🔑 A code for the desk]", "[🔑 Show my code]")
    taken = a_talker().walks("/desk", *typed(HANDOVER))
    for chat in (made, taken):
        assert FLOWS.is_secret(*chat.conversation.stack[-1:])
        assert HANDOVER not in json.dumps(dump(cover(chat.conversation, FLOWS)))
    assert HANDOVER in json.dumps(dump(made.conversation))


def test_the_page_says_where_the_desk_is():
    """Of the desk that answers, or the one they came from; hours that cannot be read are none."""
    chat = a_talker(desks=2, desk="carate", mine=a_plan()).walks(
        "/menu", "[🗂️ My things]", "[🗂️ My plan]"
    )
    chat.reads("""
        USER  [🔑 A code for the desk]
        BOT   🔑 A code for the desk
              Say it at the desk: they see what you asked for, and you need not start from nothing.
              It works once, for 24 hours. I show it for a moment, not in the chat.
              [🔑 Show my code]
              [⬅️] [🚪] [🆘]
    """)
    chat = a_talker(desks=2, mine=a_plan()).walks("/menu", "[🗂️ My things]", "[🗂️ My plan]")
    assert chat.do("[🔑 A code for the desk]")[-3:] == [
        "      It works once, for 24 hours. I show it for a moment, not in the chat.",
        "      [🔑 Show my code]",
        "      [⬅️] [🚪] [🆘]",
    ]
