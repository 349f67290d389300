"""Reports of a child, of somebody whose bed hangs on the job, of somebody who only tries."""

from __future__ import annotations

from flows.report_model import Level
from tests.flows.reporters import (
    BASICS,
    BY_CODE,
    ENOUGH,
    KEPT,
    SENT,
    a_reporter,
    answers,
    named,
    sent,
    texts,
)

UNSAID = "[🤐 I prefer not to say]"


def test_somebody_under_18_is_asked_nothing_more():
    """It stops, says who helps, and neither a box nor an answer is left of it."""
    chat = a_reporter()
    chat.reads("""
        USER  [➡️ Go on]
        BOT   🎂 Are you 18 or older?
              [✅ Yes] [✖️ No, I am younger] [🤐 I prefer not to say] [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No, I am younger]
        BOT   💛 It is good that you ask
              We stop here, and we keep nothing of what you wrote.
              You have done nothing wrong. These people help you, for free.
              📞 114 · children in danger
              📞 19696 · children and teenagers
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              📞 039 1 · Union line
              You can also tell an adult you trust.
              [🏠 Home] [🧹 Clean this chat]
              [⬅️] [🚪] [🆘]
    """)
    assert (named(chat), [one.log for one in chat.conversation.stack]) == ([], [()])


def test_a_domestic_worker_whose_bed_hangs_on_the_job():
    """The bed raises the level and warns first; the trade has its own three questions."""
    chat = a_reporter().walks("[➡️ Go on]", "[✅ Yes]")
    chat.reads("""
        USER  [🙋 I work there]
        BOT   🛠️ What work is it?
              [📦 Warehouse, parcels] [🧹 Cleaning] [🍽️ Restaurant, bar, kitchen]
              [🏠 Work in a home, care of a person] [🧱 Building site] [🛵 Delivery, rider]
              [🌾 Fields, greenhouses, animals] [➕ More]
              [⬅️] [🚪] [🆘]
        USER  [🏠 Work in a home, care of a person]
        BOT   ⚠️ What is wrong?
              Mark everything that is true, then tap Done.
              You can mark nothing.
              [📄 No contract] [🕗 Fewer hours on paper] [💶 Pay too low]
              [⌛ Pay late or missing] [💸 I must give money back]
              [😓 Too many hours, no rest day] [➕ More] [✔️ Done]
              [⬅️] [🚪] [🆘]
        USER  [✔️ Done]
        BOT   🛏️ Do you sleep where the boss decides?
              [✅ Yes] [✖️ No] [🤷 I do not know] [🤐 I prefer not to say]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [✅ Yes]
        BOT   🚪 If you leave the job, do you lose the bed?
              [✅ Yes] [✖️ No] [🤷 I do not know] [🤐 I prefer not to say]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [✅ Yes]
        BOT   💶 Is the bed taken from the pay?
              [✅ Yes] [✖️ No] [🤷 I do not know] [🤐 I prefer not to say]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [✅ Yes]
        BOT   🛏️ First a safe bed
              Do not tell the boss before you have another bed.
              Do not leave suddenly, if it is not dangerous to stay.
              A person can help you to look for a safe place, for free.
              [👍 I understand]
              [⬅️] [🚪] [🆘]
        USER  [👍 I understand]
        BOT   🗺️ In which province is the work?
              [📍 Monza e Brianza] [📍 Milano] [📍 Bergamo] [📍 Lecco] [📍 Como] [📍 Varese]
              [📍 Pavia] [➕ More]
              [⬅️] [🚪] [🆘]
        USER  [📍 Milano]
        BOT   👍 The most important is said
              More questions help us to help you. You can skip each one.
              There you can also write, speak and send photos.
              [➕ Go on: some more questions] [⏩ That is enough for now]
              [🆘 I am in danger now]
              [⬅️] [🚪] [🆘]
        USER  [➕ Go on: some more questions]
        BOT   🏠 Does the worker live in the home of the family?
              [✅ Yes] [✖️ No] [🤷 I do not know] [🤐 I prefer not to say]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [✅ Yes]
        BOT   🌤️ Is there free time every week to go out?
              [✅ Yes] [✖️ No] [🤷 I do not know] [🤐 I prefer not to say]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   📄 Did the family register the work with INPS?
              [✅ Yes] [✖️ No] [🤷 I do not know] [🤐 I prefer not to say]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [🤷 I do not know]
        BOT   📅 When was it?
              [🔴 It still happens now] [📅 It ended less than 3 months ago]
              [📅 3 to 12 months ago] [📅 1 to 5 years ago] [📅 More than 5 years ago]
              [🤐 I prefer not to say] [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
    """)
    chat.walks(*["[🤐 I prefer not to say]"] * 4, "[✔️ Done]", "[⏭️ Skip]", "[✔️ Done]")
    chat.walks("[⏭️ I have nothing to send]", *BY_CODE)
    assert "Do not tell the boss before you have another bed." in chat.do(SENT[0])[1]
    chat.walks(SENT[1], *KEPT)
    assert texts(chat)[5] == "Do not tell the boss before you have another bed."
    assert sent(chat).level is Level.SERIOUS
    assert answers(chat)["bed"] == {"sleeps": "yes", "loses": "yes", "rent": "yes"}
    assert answers(chat)["details"] == {"live": "yes", "free": "no", "inps": "unknown"}


def test_practice_says_so_everywhere_and_does_nothing():
    """The same pages under one line, and not one effect, not even with a file."""
    chat = a_reporter("practice")
    chat.reads("""
        USER  [➡️ Go on]
        BOT   🧪 Practice. Nothing is kept.
              🎂 Are you 18 or older?
              [✅ Yes] [✖️ No, I am younger] [🤐 I prefer not to say] [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [✅ Yes]
        BOT   🧪 Practice. Nothing is kept.
              🙋 Who are you in this story?
              [🙋 I work there] [🚶 I worked there before] [👥 I am a colleague]
              [👪 Family or friend] [👀 I saw it] [🤝 I help the person to write]
              [🤐 I prefer not to say]
              [⬅️] [🚪] [🆘]
    """)
    chat.walks(*BASICS[2:], *ENOUGH, *BY_CODE)
    chat.reads("""
        USER  [✉️ Go on and send]
        BOT   🧪 Practice. Nothing is kept.
              ✉️ Send this report with no name?
              [✅ Yes, send] [🗑️ No, delete everything]
              [⬅️] [🚪] [🆘]
        USER  [✅ Yes, send]
        BOT   🧪 Practice. Nothing is kept.
              ✅ That is how it goes
              Nothing was sent, and nothing is kept.
              A real report gives you a code here, to read our answer.
              [✉️ Write a real report] [🏠 Home]
              [⬅️] [🚪] [🆘]
        USER  [🏠 Home]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)
    assert chat.world.effects == []


def test_practice_takes_no_file():
    """A photo in practice is counted as one that is not kept."""
    chat = a_reporter("practice").walks(*BASICS, "[➕ Go on: some more questions]")
    chat.walks(*[UNSAID] * 7, "[✔️ Done]", "[⏭️ Skip]", "[✔️ Done]", "(photo)")
    shown = texts(chat)
    assert "🧪 1 file came, and is not kept." in shown
    assert (shown[0], chat.world.effects) == ("BOT   🧪 Practice. Nothing is kept.", [])


def test_the_town_is_a_name_and_no_place():
    """A place on the map and a street number are refused with the reason; the name is taken."""
    chat = a_reporter().walks(*BASICS, "[➕ Go on: some more questions]", *[UNSAID] * 6)
    chat.reads("""
        USER  (place)
        BOT   🏘️ In which town?
              Write only its name. No street, no number.
              📍 I take no places on the map: they can show where you sleep.
              [🤐 I prefer not to say] [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  (document)
        BOT   🏘️ In which town?
              Write only its name. No street, no number.
              I cannot open files here.
              You can write words here.
              [🤐 I prefer not to say] [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  via Roma 12, Desio
        BOT   Only the name of the town, please. Example: Desio.
              🏘️ In which town?
              Write only its name. No street, no number.
              [🤐 I prefer not to say] [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
    """)
    chat.walks("Carate  Brianza", "[✔️ Done]", "[⏭️ Skip]", "[✔️ Done]")
    chat.walks("[⏭️ I have nothing to send]", *BY_CODE, *SENT)
    assert answers(chat)["town"] == "Carate Brianza"


def test_without_a_province_no_town_is_asked():
    """Who does not say the province is not asked for something smaller."""
    chat = a_reporter().walks(*BASICS[:-1], "[➕ More]", UNSAID)
    chat.walks("[➕ Go on: some more questions]", *[UNSAID] * 6)
    assert texts(chat)[0] == "BOT   🗂️ What is there that can show it?"
