"""What is asked of a person can be changed on one screen, before it goes."""

from __future__ import annotations

from flows.handoff_model import Asked, Medium, Need, Safe, Urgency, Who
from tests.flows.talkers import DOOR, PAY, a_talker, asked


def test_everything_can_be_changed_on_one_screen():
    """Each button says how it is now; one change leads back to the summary."""
    chat = a_talker(desks=2, desk="desio").walks(*PAY)
    chat.reads("""
        USER  [✏️ Change something]
        BOT   ✏️ What do you want to change?
              This is how it is now. You can also leave it so.
              [💶 My pay] [📍 PUA Desio] [🙂 No matter who] [🗣️ Without an interpreter]
              [✍️ We write] [🕗 At any time] [🙂 It can wait some days] [📝 Add some words]
              [⬅️] [🏠] [🆘]
        USER  [🙂 No matter who]
        BOT   👤 Who should answer you?
              [🙂 No matter who] [👩 A woman] [👨 A man]
              [⬅️] [🏠] [🆘]
        USER  [👩 A woman]
        BOT   🤝 Talk to PUA Desio
              💶 My pay
              👩 A woman
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
    """)
    change = "[✏️ Change something]"
    chat.walks(change, "[✍️ We write]", "[🎙️ We send voice messages]")
    chat.walks(change, "[🕗 At any time]", "[📅 Only on Sunday]")
    chat.walks(change, "[🗣️ Without an interpreter]", "[🗣️ With an interpreter]")
    chat.walks(change, "[🙂 It can wait some days]", "[⏰ Soon]")
    chat.walks(change, "[💶 My pay]", "[🪪 My documents]")
    chat.walks(change, "[📍 PUA Desio]", "[📍 PUA Carate]")
    chat.walks(change, "[📝 Add some words]", "My permit ends in March.")
    chat.reads("""
        USER  [✏️ Change something]
        BOT   ✏️ What do you want to change?
              This is how it is now. You can also leave it so.
              [🪪 My documents] [📍 PUA Carate] [👩 A woman] [🗣️ With an interpreter]
              [🎙️ We send voice messages] [📅 Only on Sunday] [⏰ Soon]
              [📝 Say it in other words]
              [⬅️] [🏠] [🆘]
        USER  [📝 Say it in other words]
        BOT   📝 What do you want to say first?
              Write it, or send a voice message. You can also say it later.
              [⏭️ Nothing for now]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   ✏️ What do you want to change?
              This is how it is now. You can also leave it so.
              [🪪 My documents] [📍 PUA Carate] [👩 A woman] [🗣️ With an interpreter]
              [🎙️ We send voice messages] [📅 Only on Sunday] [⏰ Soon]
              [📝 Say it in other words]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🤝 Talk to PUA Carate
              🪪 My documents
              My permit ends in March.
              👩 A woman
              🗣️ With an interpreter
              🎙️ We send voice messages
              📅 Only on Sunday
              ⏰ Soon
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              ⚖️ By law they may have to tell a judge of a serious crime.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
        USER  [✅ Ask for a person]
        BOT   ✅ PUA Carate has your request
              ✍️ Write or speak here: until it is finished, all of it goes to PUA Carate.
              🎭 They know you as “Airone verde”.
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              [🔄 How long still?] [🔑 A code for the desk] [✅ It is finished]
              [⬅️] [🏠] [🆘]
        =>    asked
    """)
    assert asked(chat) == [
        Asked(
            Need.PAPERS,
            "carate",
            who=Who.WOMAN,
            medium=Medium.VOICE,
            safe=Safe.SUNDAY,
            interpreter=True,
            urgency=Urgency.SOON,
            words="My permit ends in March.",
        )
    ]


def test_words_can_be_taken_back():
    """Nothing for now is an answer too."""
    chat = a_talker().walks(*DOOR, "I am afraid to say it.", "[✏️ Change something]")
    chat.walks("[📝 Say it in other words]", "[⏭️ Nothing for now]", "[✅ Ask for a person]")
    assert asked(chat) == [Asked(Need.OTHER, "desio")]


def test_what_is_serious_now_meets_the_numbers_first():
    """Nobody is told that this chat is watched; then it goes on."""
    chat = a_talker().walks(*PAY, "[✏️ Change something]", "[🙂 It can wait some days]")
    chat.reads("""
        USER  [🔴 Now: it is serious]
        BOT   🆘 In danger? Call 112
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line · Every day
              📞 039 1 · Union line
              This chat is not for emergencies.
              If it is serious now, we write to you at any time of the day.
              [➡️ Go on]
              [⬅️] [🏠] [🆘]
        USER  [➡️ Go on]
        BOT   🤝 Talk to PUA Desio
              💶 My pay
              🔴 Now: it is serious
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
    """)
