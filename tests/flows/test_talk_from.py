"""From where somebody comes who asks for a person: a card, the self-check, a conversation."""

from __future__ import annotations

from flows.handoff_model import Asked, Need, Urgency
from tests.flows.check_walks import BEGUN, answers
from tests.flows.talkers import ASK, a_talker, asked
from tests.talking import a_talk


def test_a_card_says_what_it_is_about():
    """Who comes from a card is not asked again, and the desk knows the card."""
    chat = a_talker().walks("/menu", "[🧭 I need information]", "[💼 My rights]", "[📄 Pay]")
    chat.walks("[🤝 Talk to someone]", "[✅ Ask for a person]")
    assert asked(chat) == [Asked(Need.PAY, "desio", about="work.pay")]
    chat = a_talker().walks("/menu", "[🧭 I need information]", "[📍 My neighbourhood]")
    chat.walks("[📄 The office]", "[🤝 Talk to someone]", "[🩺 Health, how I feel]")
    assert asked(chat.walks("[✅ Ask for a person]")) == [
        Asked(Need.HEALTH, "desio", about="area.pua")
    ]


def test_the_check_is_told_only_with_a_yes():
    """What the questions showed makes it urgent, where the person agrees that it is said."""
    serious = (*BEGUN, "[🙋 About me]", *answers("nynnnnnnnnnn"), "[🤝 Talk to someone]")
    chat = a_talker().walks(*serious[:-1])
    chat.reads("""
        USER  [🤝 Talk to someone]
        BOT   🤝 Say what the questions showed?
              The person who answers then knows how serious it is. Not your answers.
              You can also begin without it.
              [📎 Yes, say it] [✖️ No, begin without]
              [⬅️] [🚪] [🆘]
        USER  [⬅️]
        BOT   🔶 This is serious
              These answers are signs of exploitation: 2.
              It is serious, and it is not your fault.
              The law can protect you, also with no permit, but a person must look at your case.
              You do not have to decide today.
              Do not tell the boss. Leave only when it is safe to leave.
              📞 Who can help now
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line · Every day
              [🤝 Talk to someone] [📱 Phone safety]
              [⬅️] [🚪] [🆘]
        USER  [🤝 Talk to someone]
        BOT   🤝 Say what the questions showed?
              The person who answers then knows how serious it is. Not your answers.
              You can also begin without it.
              [📎 Yes, say it] [✖️ No, begin without]
              [⬅️] [🚪] [🆘]
        USER  [📎 Yes, say it]
        BOT   🤝 Talk to PUA Desio
              💼 My work
              ⏰ Soon
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
    """)
    about = {"about": "check", "level": 2, "urgency": Urgency.SOON}
    assert asked(chat.walks("[✅ Ask for a person]")) == [Asked(Need.WORK, "desio", **about)]
    chat = a_talker().walks(*serious, "[✖️ No, begin without]", "[✅ Ask for a person]")
    assert asked(chat) == [Asked(Need.WORK, "desio")]
    irregular = (*BEGUN, "[🙋 About me]", *answers("nnnnnnynnnyn"), "[🤝 Talk to someone]")
    chat = a_talker().walks(*irregular, "[📎 Yes, say it]", "[✅ Ask for a person]")
    assert asked(chat) == [Asked(Need.WORK, "desio", about="check", level=1)]


def test_after_the_check_nothing_secret_waits_under_the_conversation():
    """Danger is said as danger, and what is written next can reach the desk."""
    chat = a_talker().walks(*BEGUN, "[🙋 About me]", "[✅ Yes]", "[🤝 Talk to someone]")
    chat.walks("[📎 Yes, say it]", "[✅ Ask for a person]")
    about = {"about": "check", "level": 3, "urgency": Urgency.NOW}
    assert asked(chat) == [Asked(Need.WORK, "desio", **about)]
    assert [one.flow for one in chat.conversation.stack] == ["talk_room"]
    assert chat.conversation.aside == ()


def test_a_watched_phone_stays_silent_out_of_its_hours():
    """What is urgent comes at any time: where others look, that is the person's to choose."""
    chat = a_talker(careful=True).walks("/menu", "[💼 My work]", "[🔎 12 questions (2 minutes)]")
    chat.walks("[➡️ Next]", "[🙋 About me]", "[✅ Yes]", "[🤝 Talk to someone]")
    chat.walks("[📎 Yes, say it]", "[🕗 At any time]", "[✅ Ask for a person]")
    about = {"about": "check", "level": 3, "urgency": Urgency.SOON}
    assert asked(chat) == [Asked(Need.WORK, "desio", **about)]


def test_a_check_without_a_finding_asks_nothing_more():
    """There is nothing to tell: it leads straight on."""
    chat = a_talker().walks(*BEGUN, "[🙋 About me]", *answers("nnnnnnnnnnnn"))
    chat.walks("[🤝 Talk to someone]", "[✅ Ask for a person]")
    assert asked(chat) == [Asked(Need.WORK, "desio")]


def test_whoever_has_a_conversation_is_led_there():
    """Nobody asks twice, and a closed one is asked for anew."""
    chat = a_talker(talk=a_talk(state="claimed", answered=True)).walks("/menu")
    chat.reads("""
        USER  [🤝 I want to talk to someone]
        BOT   💬 PUA Desio
              ✍️ Write or speak here: until it is finished, all of it goes to PUA Desio.
              🎭 They know you as “Airone verde”.
              [🔑 A code for the desk] [✅ It is finished]
              [⬅️] [🏠] [🆘]
        =>    open
    """)
    chat = a_talker(talk=a_talk(state="closed")).walks("/menu", ASK)
    assert chat.conversation.stack[-1].asked == "need"
