"""A report from its first page to its last, played by different people."""

from __future__ import annotations

from flows.report_effects import KeepCode
from flows.report_model import Ending, Level
from tests.factories import a_world
from tests.flows.reporters import (
    BASICS,
    BY_CODE,
    ENOUGH,
    KEPT,
    SENT,
    a_reporter,
    answers,
    named,
    opened_at,
    sent,
    texts,
)
from tests.reporting import UNION


def test_who_reads_is_said_before_the_first_question():
    """Each office with its hours and its duty, how long it is kept, and that one can stop."""
    assert texts(a_reporter(offices=2)) == [
        "BOT   👀 Who reads your report?",
        "⚖️ PUA Desio · Mon-Fri 9-17",
        "🏢 Union",
        "⚖️ means: they may have to tell a judge of a serious crime, or of a person with no "
        "permit. Do not write about permits.",
        "We do not keep your name or your Telegram account with the report.",
        "We keep it for 90 days after the last step. Telegram keeps messages too.",
        "You can stop at any time.",
        "[➡️ Go on] [🆘 I am in danger now] [🧪 Only try it, nothing is kept]",
        "[✖️ Not now]",
        "[⬅️] [🚪] [🆘]",
    ]


def test_the_duty_is_said_as_it_is():
    """With a duty everywhere or nowhere the sentence says so, without a sign to look up."""
    lines = [line for line in texts(a_reporter()) if "judge" in line]
    assert lines == [
        "⚖️ They may have to tell a judge of a serious crime, or of a person with no permit. "
        "Do not write about permits."
    ]
    world = a_world(offices=(UNION,))
    lines = [line for line in texts(opened_at(world, "report")) if "judge" in line]
    assert lines == ["They have no duty to tell a judge or the police what they read."]


def test_where_nobody_reads_it_says_so():
    """Without an office no question is asked: who helps today, and nothing else."""
    chat = a_reporter(offices=0)
    assert (texts(chat), named(chat)) == (
        [
            "BOT   📪 Nobody reads reports here yet",
            "So you cannot send one today.",
            "These numbers help you.",
            "📞 112 · Danger line",
            "📞 1522 · Violence line",
            "📞 800 290 290 · Exploitation line",
            "📞 039 1 · Union line",
            "[⬅️] [🚪] [🆘]",
        ],
        [],
    )


def test_a_worker_sends_a_report_and_has_a_code():
    """The whole short way: eighteen taps, and the code over the chat, never in it."""
    chat = a_reporter(offices=2)
    chat.reads("""
        USER  [➡️ Go on]
        BOT   🎂 Are you 18 or older?
              [✅ Yes] [✖️ No, I am younger] [🤐 I prefer not to say] [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [✅ Yes]
        BOT   🙋 Who are you in this story?
              [🙋 I work there] [🚶 I worked there before] [👥 I am a colleague]
              [👪 Family or friend] [👀 I saw it] [🤝 I help the person to write]
              [🤐 I prefer not to say]
              [⬅️] [🚪] [🆘]
        USER  [🙋 I work there]
        BOT   🛠️ What work is it?
              [📦 Warehouse, parcels] [🧹 Cleaning] [🍽️ Restaurant, bar, kitchen]
              [🏠 Work in a home, care of a person] [🧱 Building site] [🛵 Delivery, rider]
              [🌾 Fields, greenhouses, animals] [➕ More]
              [⬅️] [🚪] [🆘]
        USER  [📦 Warehouse, parcels]
        BOT   ⚠️ What is wrong?
              Mark everything that is true, then tap Done.
              You can mark nothing.
              [📄 No contract] [🕗 Fewer hours on paper] [💶 Pay too low]
              [⌛ Pay late or missing] [💸 I must give money back]
              [😓 Too many hours, no rest day] [➕ More] [✔️ Done]
              [⬅️] [🚪] [🆘]
        USER  [📄 No contract]
        BOT   ⚠️ What is wrong?
              Mark everything that is true, then tap Done.
              You can mark nothing.
              [✅ 📄 No contract] [🕗 Fewer hours on paper] [💶 Pay too low]
              [⌛ Pay late or missing] [💸 I must give money back]
              [😓 Too many hours, no rest day] [➕ More] [✔️ Done]
              [⬅️] [🚪] [🆘]
        USER  [✔️ Done]
        BOT   🛏️ Do you sleep where the boss decides?
              [✅ Yes] [✖️ No] [🤷 I do not know] [🤐 I prefer not to say]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   🗺️ In which province is the work?
              [📍 Monza e Brianza] [📍 Milano] [📍 Bergamo] [📍 Lecco] [📍 Como] [📍 Varese]
              [📍 Pavia] [➕ More]
              [⬅️] [🚪] [🆘]
        USER  [📍 Monza e Brianza]
        BOT   👍 The most important is said
              More questions help us to help you. You can skip each one.
              There you can also write, speak and send photos.
              [➕ Go on: some more questions] [⏩ That is enough for now]
              [🆘 I am in danger now]
              [⬅️] [🚪] [🆘]
        USER  [⏩ That is enough for now]
        BOT   🤲 What would help you?
              Mark what you want, then tap Done. We promise no result.
              [📢 Only to tell you] [💬 Your answer here] [⚖️ Help of a lawyer]
              [✊ The union] [🔎 A control by the inspectors] [🚪 To leave that place]
              [➕ More] [✔️ Done]
              [⬅️] [🚪] [🆘]
        USER  [💬 Your answer here]
        BOT   🤲 What would help you?
              Mark what you want, then tap Done. We promise no result.
              [📢 Only to tell you] [✅ 💬 Your answer here] [⚖️ Help of a lawyer]
              [✊ The union] [🔎 A control by the inspectors] [🚪 To leave that place]
              [➕ More] [✔️ Done]
              [⬅️] [🚪] [🆘]
        USER  [✔️ Done]
        BOT   🤫 Does anyone in an office know your boss?
              Mark the offices that must not read it, then tap Done.
              You can mark nothing.
              [🏢 PUA Desio] [🏢 Union] [✔️ Done]
              [⬅️] [🚪] [🆘]
        USER  [✔️ Done]
        BOT   📱 Does someone else look at this phone?
              [🙂 No, only me] [👀 Yes, or I am not sure] [🤐 I prefer not to say]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [🙂 No, only me]
        BOT   💬 How do you want our answer?
              With a code you come back when you like. Nobody writes to you.
              If the office writes here, you can stop it at any time.
              [🔑 I come back with a code] [💬 The office writes here, for 30 days]
              [📪 No code, no answer] [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [🔑 I come back with a code]
        BOT   📋 Your report
              Who tells it: 🙋 I work there
              Work: 📦 Warehouse, parcels
              What is wrong: 📄 No contract
              Sleeps where the boss decides: ✖️ No
              Province: 📍 Monza e Brianza
              What would help: 💬 Your answer here
              The answer: 🔑 I come back with a code
              Tap what you want to change.
              [✏️ Who tells it] [✏️ Work] [✏️ What is wrong] [✏️ Bed] [✏️ Province]
              [➕ More] [✉️ Go on and send] [🆘 I am in danger now]
              [⬅️] [🚪] [🆘]
        USER  [✉️ Go on and send]
        BOT   ✉️ Send this report with no name?
              [✅ Yes, send] [🗑️ No, delete everything]
              [⬅️] [🚪] [🆘]
        USER  [✅ Yes, send]
        BOT   🔒 Your report is sent and locked
              I show your report code for a moment, not in the chat: 16 digits.
              Take a pen first. Without the code you cannot come back, and nobody finds it for you.
              [🔑 Show my code] [✖️ Go on without a code]
              [⬅️] [🚪] [🆘]
        USER  [🔑 Show my code]
        ALERT 🔑 1234 5678 9012 3456
              Write it on paper like a phone number, where nobody looks. Only you have it.
        BOT   🔒 Your report is sent and locked
              I show your report code for a moment, not in the chat: 16 digits.
              Take a pen first. Without the code you cannot come back, and nobody finds it for you.
              [✅ I have it] [🔑 Show it again] [✖️ Go on without a code]
              [⬅️] [🚪] [🆘]
        USER  [✅ I have it]
        BOT   ✅ Your report is sent. Thank you
              With your report code you read our answer and add to it: write /code.
              People read reports only in their hours.
              🕗 PUA Desio: Mon-Fri 9-17
              In danger? Call 112.
              [🧹 Clean this chat] [🏠 Home]
              [⬅️] [🚪] [🆘]
    """)
    assert named(chat) == ["OpenBox", "SendReport", "GiveCode", "KeepCode"]
    assert answers(chat) == {
        "v": 1,
        "language": "en",
        "channel": "telegram",
        "role": "worker",
        "sector": "logistics",
        "kinds": ["K01"],
        "bed": {"sleeps": "no"},
        "province": "MB",
        "wants": ["answer"],
        "excluded": [],
        "ending": "code",
    }
    report = sent(chat)
    assert (report.level, report.sector, report.province) == (Level.IRREGULAR, "logistics", "MB")
    assert (report.ending, report.language, report.files) == (Ending.CODE, "en", ())


def test_the_shortest_way_is_short():
    """From the first page to the code in hand it is twenty taps at most, with two offices too."""
    one = len((*BASICS, *ENOUGH, *BY_CODE, *SENT, *KEPT))
    two = one + 1
    chat = a_reporter(offices=2).walks(*BASICS, *ENOUGH, "[✔️ Done]", *BY_CODE, *SENT, *KEPT)
    assert isinstance(chat.world.effects[-1], KeepCode)
    assert (one, two) == (17, 18)


def test_a_colleague_brings_the_check_along():
    """The check's level and numbers go into the report; the questions speak of others."""
    chat = a_reporter("l2:2,7").walks("[➡️ Go on]", "[✅ Yes]")
    chat.reads("""
        USER  [👥 I am a colleague]
        BOT   🛠️ What work is it?
              [📦 Warehouse, parcels] [🧹 Cleaning] [🍽️ Restaurant, bar, kitchen]
              [🏠 Work in a home, care of a person] [🧱 Building site] [🛵 Delivery, rider]
              [🌾 Fields, greenhouses, animals] [➕ More]
              [⬅️] [🚪] [🆘]
        USER  [🍽️ Restaurant, bar, kitchen]
        BOT   ⚠️ What is wrong?
              Mark everything that is true, then tap Done.
              You can mark nothing.
              [📄 No contract] [🕗 Fewer hours on paper] [💶 Pay too low]
              [⌛ Pay late or missing] [💸 I must give money back]
              [😓 Too many hours, no rest day] [➕ More] [✔️ Done]
              [⬅️] [🚪] [🆘]
        USER  [➕ More]
        BOT   ⚠️ What is wrong?
              Mark everything that is true, then tap Done.
              You can mark nothing.
              [🌴 No holidays or sick days] [🦺 No safety, hidden accident]
              [🛂 They keep my documents] [🪢 Debt with boss or agent]
              [🧾 I paid for the job or the papers] [🛏️ Bed or house tied to work]
              [➕ More] [✔️ Done]
              [⬅️] [🚪] [🆘]
        USER  [🛂 They keep my documents]
        BOT   ⚠️ What is wrong?
              Mark everything that is true, then tap Done.
              You can mark nothing.
              [🌴 No holidays or sick days] [🦺 No safety, hidden accident]
              [✅ 🛂 They keep my documents] [🪢 Debt with boss or agent]
              [🧾 I paid for the job or the papers] [🛏️ Bed or house tied to work]
              [➕ More] [✔️ Done]
              [⬅️] [🚪] [🆘]
        USER  [✔️ Done]
        BOT   🛏️ Do they sleep where the boss decides?
              [✅ Yes] [✖️ No] [🤷 I do not know] [🤐 I prefer not to say]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
    """)
    chat.walks("[✖️ No]", "[📍 Milano]", *ENOUGH, *BY_CODE, *SENT)
    assert answers(chat)["triage"] == {"level": 2, "numbers": [2, 7]}
    assert (answers(chat)["role"], sent(chat).level) == ("colleague", Level.SERIOUS)


def test_the_check_joins_a_report_that_was_begun():
    """Who says that the answers go along finds their report where it was, and they are in it."""
    chat = a_reporter().walks(*BASICS[:2], "/menu", "[⚠️ Something is wrong at work]")
    chat.walks("[🔎 Is my work OK? (2 minutes)]", "[➡️ Next]", "[🙋 About me]", "[✅ Yes]")
    shown = chat.walks("[📝 Report with no name]").do("[📎 Yes, add them]")
    assert shown[:2] == [
        "BOT   You began this before. Here you go on.",
        "      🙋 Who are you in this story?",
    ]
    chat.walks("/menu", "[⚠️ Something is wrong at work]", "[📝 Report with no name]")
    chat.walks(*BASICS[2:], *ENOUGH, *BY_CODE, *SENT)
    assert answers(chat)["triage"] == {"level": 3, "numbers": [1]}
    assert sent(chat).level is Level.DANGER
