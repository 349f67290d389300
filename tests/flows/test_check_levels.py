"""The self-check as it is read: the four levels, the report, what is not there."""

from __future__ import annotations

from tests.factories import a_chat
from tests.flows.check_walks import GROUP, ME, OTHER, WENT_ON, a_house_with_offices, answers


def test_much_skipped_is_said_and_a_person_is_offered():
    """Who skips everything hears that too little is known, not that all is well."""
    chat = a_chat().walks(*ME, *answers("sssssssssss"))
    chat.reads("""
        USER  [⏭️ Skip]
        BOT   🔹 Your answers
              You skipped some questions, so I know too little to say.
              I know only what you told me.
              Keep your contract and your payslips.
              If something changes, come back.
              👉 Do you want to talk to a person?
              [💼 Read my rights] [🤝 Talk to someone]
              [⬅️] [🚪] [🆘]
    """)


def test_something_irregular_is_explained_by_numbers():
    """The level says why, whom to ask and what to write down; where nobody reads, no report."""
    chat = a_chat().walks(*ME, *answers("nnnnnnynnny"))
    chat.reads("""
        USER  [✖️ No]
        BOT   🔸 Something may be not legal
              I say this because you answered yes to: 7 and 11.
              You did nothing wrong, and you have rights also with no contract.
              Write every day when the work begins and ends.
              A union can look at the case.
              [🤝 Talk to someone] [📄 Hours]
              [⬅️] [🚪] [🆘]
    """)


def test_a_person_is_offered_when_something_weighty_was_skipped():
    """A skipped question of the first four offers a person; the office says its hours."""
    chat = a_house_with_offices().walks(*GROUP, *answers("nsnnnnynnny"))
    chat.reads("""
        USER  [✖️ No]
        BOT   🔸 Something may be not legal
              I say this because you answered yes to: 7 and 11.
              These people did nothing wrong, and they have rights also with no contract.
              Write every day when the work begins and ends.
              A union can look at the case.
              You can send a report with no name. We never call the boss.
              🕒 CGIL Monza reads reports: Mon 9-12.
              👉 Do you want to talk to a person?
              [🤝 Talk to someone] [📝 Report with no name] [📄 Hours]
              [⬅️] [🚪] [🆘]
    """)


def test_something_serious_names_the_signs_and_the_numbers():
    """Only what counts is named a sign; every yes goes along when the person says so."""
    chat = a_house_with_offices().walks(*OTHER, *answers("nynnnnynnny"))
    chat.reads("""
        USER  [✖️ No]
        BOT   🔶 This is serious
              These answers are signs of exploitation: 2 and 7.
              It is serious, and it is not this person’s fault.
              The law can protect them, also with no permit, but a person must look at the case.
              Nobody has to decide today.
              Do not tell the boss. Everybody should leave only when it is safe to leave.
              📞 Who can help now
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line · Every day
              🕒 CGIL Monza reads reports: Mon 9-12.
              [🤝 Talk to someone] [📝 Report with no name] [📱 Phone safety]
              [⬅️] [🚪] [🆘]
        USER  [📝 Report with no name]
        BOT   📎 Add your answers to the report?
              The office then sees this result, and your yes to: 2, 7 and 11.
              You can also begin without them.
              [📎 Yes, add them] [✖️ No, begin without]
              [⬅️] [🚪] [🆘]
        USER  [📎 Yes, add them]
        BOT   report 'l2:2,7,11'
              [⬅️] [🚪] [🆘]
    """)


def test_the_report_may_begin_without_the_answers():
    """No is as easy as yes, and then nothing goes along; Back leads to the question again."""
    chat = a_house_with_offices().walks(*ME, *answers("nynnnnnnnnn"))
    chat.reads("""
        USER  [✖️ No]
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
              🕒 CGIL Monza reads reports: Mon 9-12.
              [🤝 Talk to someone] [📝 Report with no name] [📱 Phone safety]
              [⬅️] [🚪] [🆘]
        USER  [📝 Report with no name]
        BOT   📎 Add your answers to the report?
              The office then sees this result, and your yes to: 2.
              You can also begin without them.
              [📎 Yes, add them] [✖️ No, begin without]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No, begin without]
        BOT   report ''
              [⬅️] [🚪] [🆘]
        USER  [⬅️]
        BOT   📎 Add your answers to the report?
              The office then sees this result, and your yes to: 2.
              You can also begin without them.
              [📎 Yes, add them] [✖️ No, begin without]
              [⬅️] [🚪] [🆘]
    """)


def test_the_phone_page_comes_back_where_it_is_serious():
    """From the level to the phone page and on, to people and back."""
    chat = a_chat().walks(*ME, *answers("nnyynnnnnnn"))
    chat.reads("""
        USER  [✖️ No]
        BOT   ⚠️ You may be in danger now
              If you can, go where there are other people.
              Call 112. Say “help” and the address.
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line · Every day
              📞 039 1 · Union line
              📞 039 2 · Help line
              I say this because you answered yes to: 3 and 4.
              This chat is not for emergencies.
              [🤝 Talk to someone] [📱 Phone safety]
              [⬅️] [🚪] [🆘]
        USER  [📱 Phone safety]
        BOT   📱 Is this phone only yours?
              If another person can see it, read me only when you are alone.
              Mute this chat. At the end clean it, and delete calls too.
              If the boss gave you the phone or pays for it, use another phone.
              If someone comes, tap “🚪 Close now”.
              [➡️ Next]
              [⬅️] [🚪] [🆘]
        USER  [➡️ Next]
        BOT   ⚠️ You may be in danger now
              If you can, go where there are other people.
              Call 112. Say “help” and the address.
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line · Every day
              📞 039 1 · Union line
              📞 039 2 · Help line
              I say this because you answered yes to: 3 and 4.
              This chat is not for emergencies.
              [🤝 Talk to someone] [📱 Phone safety]
              [⬅️] [🚪] [🆘]
        USER  [🤝 Talk to someone]
        BOT   🤝 Talk to someone
              Today no person answers in this chat.
              These numbers answer.
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              📞 039 1 · Union line
              Other questions? See who helps near you.
              [📍 Who helps near me] [📄 The office]
              [⬅️] [🚪] [🆘]
        USER  [⬅️]
        BOT   ⚠️ You may be in danger now
              If you can, go where there are other people.
              Call 112. Say “help” and the address.
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line · Every day
              📞 039 1 · Union line
              📞 039 2 · Help line
              I say this because you answered yes to: 3 and 4.
              This chat is not for emergencies.
              [🤝 Talk to someone] [📱 Phone safety]
              [⬅️] [🚪] [🆘]
    """)


def test_danger_stays_danger_at_the_end_and_may_be_reported():
    """After going on: the same words, and the report beside them."""
    chat = a_house_with_offices().walks(*WENT_ON, *answers("nnnnnnnnnn"))
    chat.reads("""
        USER  [✖️ No]
        BOT   ⚠️ You may be in danger now
              If you can, go where there are other people.
              Call 112. Say “help” and the address.
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line · Every day
              📞 039 1 · Union line
              📞 039 2 · Help line
              I say this because you answered yes to: 1.
              This chat is not for emergencies.
              🕒 CGIL Monza reads reports: Mon 9-12.
              [🤝 Talk to someone] [📝 Report with no name] [📱 Phone safety]
              [⬅️] [🚪] [🆘]
    """)


def test_a_watched_phone_gets_a_door_that_says_nothing():
    """In careful mode no word of the door speaks of trouble, reports or signs."""
    chat = a_house_with_offices(careful=True)
    chat.reads("""
        USER  /menu
        BOT   📚 Courses and information
              Choose what you want to read.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone] [💼 My work]
              [📚 Courses and appointments] [🗂️ My things] [🌐 Language] [🔐 Privacy]
              [🧹 Clean this chat]
              [🆘]
        USER  [💼 My work]
        BOT   💼 My work
              Emergency: call 112.
              Contract, pay and hours: what the law says.
              [🔎 12 questions (2 minutes)] [📝 Write to the office] [🔑 I have a code]
              [🧪 Try it first] [📄 Hours]
              [⬅️] [🏠] [🆘]
        USER  [📝 Write to the office]
        BOT   report ''
              [⬅️] [🏠] [🆘]
    """)


def test_the_door_has_the_report_its_code_and_a_way_to_try():
    """With offices all doors are there; practice says so to the report."""
    chat = a_house_with_offices()
    chat.reads("""
        USER  /menu
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  [⚠️ Something is wrong at work]
        BOT   ⚠️ Something is wrong at work
              In danger? Go to a safe place and call 112.
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              You can send a report with no name. An office reads it.
              If you are safe, talk to someone before you leave the job.
              [🔎 Is my work OK? (2 minutes)] [📝 Report with no name] [🔑 I have a code]
              [🧪 Try the report first] [📄 Signs]
              [⬅️] [🏠] [🆘]
        USER  [🧪 Try the report first]
        BOT   report 'practice'
              [⬅️] [🏠] [🆘]
    """)
