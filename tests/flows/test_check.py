"""The self-check as it is read: the questions, and what danger does."""

from __future__ import annotations

from tests.factories import a_chat
from tests.flows.check_walks import DOOR, GROUP, ME, OTHER, answers


def test_the_phone_first_then_one_question_a_screen():
    """Phone safety, whom it is about, twelve questions; nothing is wrong, and there are rights."""
    chat = a_chat().walks(*DOOR)
    chat.reads("""
        USER  [🔎 Is my work OK? (2 minutes)]
        BOT   📱 Is this phone only yours?
              If another person can see it, read me only when you are alone.
              Mute this chat. At the end clean it, and delete calls too.
              If the boss gave you the phone or pays for it, use another phone.
              If someone comes, tap “🚪 Close now”.
              [➡️ Next]
              [⬅️] [🚪] [🆘]
        USER  [➡️ Next]
        BOT   🔎 Is my work OK? 12 short questions
              I do not ask your name, your papers or your boss.
              I do not keep the answers.
              This is not a judgement: it shows when it is good to talk to a person.
              👉 Who is it about?
              [🙋 About me] [👤 About someone else] [👥 About a group]
              [⬅️] [🚪] [🆘]
        USER  [🙋 About me]
        BOT   Question 1 of 12
              ⚠️ Are you in danger now? For example: someone hurts you, locks you in, or says they will hurt you today.
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 2 of 12
              🛂 Does someone keep your passport, permit, phone or bank card, and you cannot have it back?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 3 of 12
              🔒 Does someone stop you from going out, leaving the job, or talking to people?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 4 of 12
              😨 Does someone at work threaten you or your family, hit you, touch you, or say they will call the police about your papers?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 5 of 12
              ⛓️ Do you have a debt with the boss or an agent, and you cannot leave until you pay?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 6 of 12
              🎭 Is the job very different from the promise, or did you pay someone to get it?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 7 of 12
              💶 Do they often pay you much less than they should, not pay you, or take money back?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 8 of 12
              ⏰ Do you often work more than 10 hours a day, or 7 days a week with no rest day?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 9 of 12
              🦺 Is the work dangerous with no protection, or is the place where you work or sleep very bad, or do they watch you all the time?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 10 of 12
              🤷 Do you stay only because you have no choice: no papers, no house, no money, or family to help?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 11 of 12
              📄 Do you have no contract, or fewer hours on paper than real, or a partita IVA but the boss decides everything?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   Question 12 of 12
              🧒 Does a child under 16 work there?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✖️ No]
        BOT   🔹 Your answers
              From your answers I see no problem with the law.
              I know only what you told me.
              Keep your contract and your payslips.
              If something changes, come back.
              [💼 Read my rights] [🤝 Talk to someone]
              [⬅️] [🚪] [🆘]
        USER  [💼 Read my rights]
        BOT   💼 My rights
              Choose a question.
              [📄 Pay] [📄 Hours] [📄 Rest]
              [⬅️] [🚪] [🆘]
        USER  [⬅️]
        BOT   🔹 Your answers
              From your answers I see no problem with the law.
              I know only what you told me.
              Keep your contract and your payslips.
              If something changes, come back.
              [💼 Read my rights] [🤝 Talk to someone]
              [⬅️] [🚪] [🆘]
    """)  # noqa: E501 (a question is read whole)


def test_danger_stops_at_once_and_the_person_may_go_on():
    """The first yes shows numbers that work without buttons; nobody is pushed to go on."""
    chat = a_chat().walks(*ME)
    chat.reads("""
        USER  [✅ Yes]
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
              [➡️ Go on with the questions] [🤝 Talk to someone] [📱 Phone safety]
              [⬅️] [🚪] [🆘]
        USER  [➡️ Go on with the questions]
        BOT   Question 2 of 12
              🛂 Does someone keep your passport, permit, phone or bank card, and you cannot have it back?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✅ Yes]
        BOT   💡 Nobody may keep your documents.
              Question 3 of 12
              🔒 Does someone stop you from going out, leaving the job, or talking to people?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [⬅️]
        BOT   Question 2 of 12
              🛂 Does someone keep your passport, permit, phone or bank card, and you cannot have it back?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
    """)  # noqa: E501 (a question is read whole)


def test_nobody_goes_alone_to_somebody_in_danger():
    """About somebody else, the first thing said is not to go there alone."""
    chat = a_chat().walks(*OTHER)
    chat.reads("""
        USER  [✅ Yes]
        BOT   ⚠️ This person may be in danger now
              Do not go alone to where the danger is.
              Call 112. Say “help” and the address.
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line · Every day
              📞 039 1 · Union line
              📞 039 2 · Help line
              I say this because you answered yes to: 1.
              This chat is not for emergencies.
              [➡️ Go on with the questions] [🤝 Talk to someone] [📱 Phone safety]
              [⬅️] [🚪] [🆘]
    """)


def test_a_group_is_asked_about_as_a_group():
    """Whole sentences of their own for several people; a short line answers a yes."""
    chat = a_chat().walks(*GROUP, *answers("n"))
    chat.reads("""
        USER  [✅ Yes]
        BOT   💡 Nobody may keep the documents of other people.
              Question 3 of 12
              🔒 Does someone stop these people from going out, leaving the job, or talking to people?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
        USER  [✅ Yes]
        BOT   💡 Everybody has the right to go out and to leave.
              Question 4 of 12
              😨 Does someone at work threaten these people or their families, hit them, touch them, or say they will call the police about their papers?
              [✅ Yes] [✖️ No] [⏭️ Skip]
              [⬅️] [🚪] [🆘]
    """)  # noqa: E501 (a question is read whole)
