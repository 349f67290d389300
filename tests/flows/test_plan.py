"""Where is my file: the person's plan as pictograms, and every step hers to answer."""

from __future__ import annotations

import pytest

from flows.case_model import Said
from flows.handoff_effects import AnswerStep, StopCase
from tests.chat import Chat, english
from tests.flows.reporters import opened_at
from tests.flows.talkers import PLAN, a_talker
from tests.talking import a_plan, a_step


def labels(chat: Chat) -> list[str]:
    """The buttons of the page."""
    assert chat.screen is not None
    return [english(one.label) for one in chat.screen.buttons]


def did(chat: Chat) -> list[object]:
    """What was answered to the plan."""
    return [one for one in chat.world.effects if isinstance(one, AnswerStep | StopCase)]


def test_the_plan_stands_in_three_lanes():
    """Where it stands, who follows it, every step with its state; by when, while it is awaited."""
    steps = [
        a_step("1"),
        a_step("2", service="S13", lane="social", state="accepted", due=None, said="yes"),
        a_step("3", service="S01", state="delivered"),
        a_step(
            "4", service="S04", lane="personal", state="planned", due=None, provider="", what=""
        ),
    ]
    chat = a_talker(mine=a_plan(*steps)).walks("/menu", "[🗂️ My things]")
    chat.reads("""
        USER  [🗂️ My plan]
        BOT   🗂️ My plan
              🪜 We follow your plan ●●●●○
              🏢 PUA Desio
              🎯 A regular job.
              💼 Work
              🎓 A course for a job · ❓ do you want it? · 2026-12-03
              🗣️ A person who speaks your language · ✅ done
              🏘️ Home, papers, money
              📘 Italian course · 👍 you said yes
              👪 You and your family
              💬 Talk about how you feel · 🔹 planned
              At the desk they know you as “Airone verde”.
              [🎓 A course for a job] [📘 Italian course] [💬 Talk about how you feel]
              [🤝 Talk to someone] [🔑 A code for the desk] [🛑 Stop my plan]
              [⬅️] [🏠] [🆘]
        USER  [📘 Italian course]
        BOT   📘 Italian course
              Forklift licence, four evenings.
              🏢 CFP Desio
              👍 You said yes.
              You can still change it.
              [👍 Yes] [✖️ No]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🗂️ My plan
              🪜 We follow your plan ●●●●○
              🏢 PUA Desio
              🎯 A regular job.
              💼 Work
              🎓 A course for a job · ❓ do you want it? · 2026-12-03
              🗣️ A person who speaks your language · ✅ done
              🏘️ Home, papers, money
              📘 Italian course · 👍 you said yes
              👪 You and your family
              💬 Talk about how you feel · 🔹 planned
              At the desk they know you as “Airone verde”.
              [🎓 A course for a job] [📘 Italian course] [💬 Talk about how you feel]
              [🤝 Talk to someone] [🔑 A code for the desk] [🛑 Stop my plan]
              [⬅️] [🏠] [🆘]
        USER  [💬 Talk about how you feel]
        BOT   💬 Talk about how you feel
              Do you want it? You decide.
              [👍 Yes] [✖️ No]
              [⬅️] [🏠] [🆘]
    """)


@pytest.mark.parametrize(
    ("label", "said"), [("👍 Yes", Said.YES), ("✖️ No", Said.NO), ("📅 Another day", Said.MOVE)]
)
def test_a_step_is_answered(label, said):
    """Yes, no, or another day; the plan follows as it is then."""
    chat = a_talker(mine=a_plan(a_step("77"))).walks(*PLAN, "[🎓 A course for a job]")
    chat.world.mine = a_plan(a_step("77", state="accepted", said=said.value), goal="")
    chat.walks(f"[{label}]")
    assert did(chat) == [AnswerStep("77", said)]
    assert chat.conversation.stack[-1].asked == "plan"


def test_an_answer_is_told_and_cannot_be_given_twice():
    """What was said stands on the step; Back does not lead behind it."""
    chat = a_talker(mine=a_plan(a_step())).walks(*PLAN, "[🎓 A course for a job]")
    chat.world.mine = a_plan(a_step(said="move"))
    chat.reads("""
        USER  [📅 Another day]
        BOT   ✅ I have told the people of the desk.
              🗂️ My plan
              🪜 We follow your plan ●●●●○
              🏢 PUA Desio
              🎯 A regular job.
              💼 Work
              🎓 A course for a job · ❓ do you want it? · 2026-12-03
              At the desk they know you as “Airone verde”.
              [🎓 A course for a job] [🤝 Talk to someone] [🔑 A code for the desk]
              [🛑 Stop my plan]
              [⬅️] [🏠] [🆘]
        =>    answered
        USER  [🎓 A course for a job]
        BOT   🎓 A course for a job
              Forklift licence, four evenings.
              🏢 CFP Desio
              📅 2026-12-03
              📅 You asked for another day.
              You can still change it.
              [👍 Yes] [✖️ No] [📅 Another day]
              [⬅️] [🏠] [🆘]
    """)


def test_a_step_that_changed_meanwhile_is_said():
    """Nothing is claimed that did not happen."""
    chat = a_talker(mine=a_plan(a_step())).walks(*PLAN, "[🎓 A course for a job]")
    chat.given(AnswerStep("1", Said.YES), False)
    chat.world.mine = a_plan()
    chat.reads("""
        USER  [👍 Yes]
        BOT   ⏳ This has changed meanwhile. Please look again.
              🗂️ My plan
              🪜 We follow your plan ●●●●○
              🏢 PUA Desio
              🎯 A regular job.
              At the desk they know you as “Airone verde”.
              [🤝 Talk to someone] [🔑 A code for the desk] [🛑 Stop my plan]
              [⬅️] [🏠] [🆘]
        =>    answered
    """)


def test_two_steps_of_a_kind_are_told_apart():
    """Each button has its number, and a long plan goes on over pages."""
    steps = [a_step(str(number), due=None) for number in range(14)]
    chat = a_talker(mine=a_plan(*steps)).walks("/menu", "[🗂️ My things]")
    chat.reads("""
        USER  [🗂️ My plan]
        BOT   🗂️ My plan
              🪜 We follow your plan ●●●●○
              🏢 PUA Desio
              🎯 A regular job.
              💼 Work
              🎓 A course for a job 1 · ❓ do you want it?
              🎓 A course for a job 2 · ❓ do you want it?
              🎓 A course for a job 3 · ❓ do you want it?
              🎓 A course for a job 4 · ❓ do you want it?
              🎓 A course for a job 5 · ❓ do you want it?
              🎓 A course for a job 6 · ❓ do you want it?
              🎓 A course for a job 7 · ❓ do you want it?
              🎓 A course for a job 8 · ❓ do you want it?
              🎓 A course for a job 9 · ❓ do you want it?
              🎓 A course for a job 10 · ❓ do you want it?
              🎓 A course for a job 11 · ❓ do you want it?
              🎓 A course for a job 12 · ❓ do you want it?
              And 2 steps more.
              At the desk they know you as “Airone verde”.
              [🎓 A course for a job 1] [🎓 A course for a job 2] [🎓 A course for a job 3]
              [🎓 A course for a job 4] [🎓 A course for a job 5] [🎓 A course for a job 6]
              [🎓 A course for a job 7] [➕ More]
              [⬅️] [🏠] [🆘]
    """)


def test_the_plan_can_be_stopped():
    """After a yes; nobody goes on then, and the page says so."""
    chat = a_talker(mine=a_plan(a_step())).walks(*PLAN)
    chat.reads("""
        USER  [🛑 Stop my plan]
        BOT   🛑 Stop my plan?
              Then nobody goes on with it, and nobody shows it to another office.
              You can begin again with a person of the desk.
              [🛑 Yes, stop] [✖️ No, go on]
              [⬅️] [🏠] [🆘]
        USER  [✖️ No, go on]
        BOT   🗂️ My plan
              🪜 We follow your plan ●●●●○
              🏢 PUA Desio
              🎯 A regular job.
              💼 Work
              🎓 A course for a job · ❓ do you want it? · 2026-12-03
              At the desk they know you as “Airone verde”.
              [🎓 A course for a job] [🤝 Talk to someone] [🔑 A code for the desk]
              [🛑 Stop my plan]
              [⬅️] [🏠] [🆘]
        =>    goes on
    """)
    chat.world.mine = a_plan(a_step(), stopped=True, stage="suspended")
    chat.reads("""
        USER  [🛑 Stop my plan]
        BOT   🛑 Stop my plan?
              Then nobody goes on with it, and nobody shows it to another office.
              You can begin again with a person of the desk.
              [🛑 Yes, stop] [✖️ No, go on]
              [⬅️] [🏠] [🆘]
        USER  [🛑 Yes, stop]
        BOT   ✅ I have told the people of the desk.
              🗂️ My plan
              ⏸️ Your file rests ●●●○○
              🛑 You stopped it. Nobody goes on without your yes.
              🏢 PUA Desio
              🎯 A regular job.
              💼 Work
              🎓 A course for a job · ❓ do you want it? · 2026-12-03
              At the desk they know you as “Airone verde”.
              [🤝 Talk to someone] [🔑 A code for the desk]
              [⬅️] [🏠] [🆘]
        =>    stopped
    """)
    assert did(chat) == [StopCase()]


def test_a_plan_that_could_not_be_stopped_is_said():
    """It was concluded meanwhile."""
    chat = a_talker(mine=a_plan()).walks(*PLAN, "[🛑 Stop my plan]")
    chat.given(StopCase(), False)
    chat.world.mine = a_plan(stage="concluded")
    chat.reads("""
        USER  [🛑 Yes, stop]
        BOT   ⏳ This has changed meanwhile. Please look again.
              🗂️ My plan
              🏁 Your file is closed ●●●●●
              🏢 PUA Desio
              🎯 A regular job.
              At the desk they know you as “Airone verde”.
              [🤝 Talk to someone] [🔑 A code for the desk]
              [⬅️] [🏠] [🆘]
        =>    stopped
    """)


def test_without_a_plan_people_and_codes_are_offered():
    """A plan is made with a person; what was begun at a desk comes with its code."""
    chat = a_talker().walks("/menu", "[🗂️ My things]")
    chat.reads("""
        USER  [🗂️ My plan]
        BOT   🗂️ My plan
              There is no plan yet. You make it together with a person.
              [🤝 Talk to someone] [🔗 I have a code of a desk]
              [⬅️] [🏠] [🆘]
        USER  [🔗 I have a code of a desk]
        BOT   🔗 The code of the desk
              ○○○○  ○○○○
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
        USER  [⬅️]
        BOT   🗂️ My plan
              There is no plan yet. You make it together with a person.
              [🤝 Talk to someone] [🔗 I have a code of a desk]
              [⬅️] [🏠] [🆘]
        USER  [🤝 Talk to someone]
        BOT   🤝 What is it about?
              Tap one, or write or say it in your own words.
              [💶 My pay] [💼 My work] [🪪 My documents] [🛟 I do not feel safe]
              [🛏️ House, a bed] [🩺 Health, how I feel] [🧒 Family, children] [➕ More]
              [⬅️] [🏠] [🆘]
    """)


def test_where_nobody_talks_a_plan_is_still_shown():
    """Cases are kept also in a house without desks that talk; it offers what exists."""
    world = a_talker(desks=0, mine=a_plan()).world
    chat = opened_at(world, "plan")
    assert labels(chat) == ["🔑 A code for the desk", "🛑 Stop my plan"]
    world.mine = None
    chat = opened_at(world, "plan")
    assert labels(chat) == ["🤝 Talk to someone"]
    chat.walks("[🤝 Talk to someone]")
    assert chat.conversation.stack[-1].asked == "read"


def test_a_plan_leads_to_people_and_to_a_code():
    """Both lead back to the plan."""
    chat = a_talker(mine=a_plan(a_step())).walks(*PLAN)
    chat.reads("""
        USER  [🔑 A code for the desk]
        BOT   🔑 A code for the desk
              Say it at the desk: they see what you asked for, and you need not start from nothing.
              It works once, for 24 hours. I show it for a moment, not in the chat.
              [🔑 Show my code]
              [⬅️] [🚪] [🆘]
        USER  [⬅️]
        BOT   🗂️ My plan
              🪜 We follow your plan ●●●●○
              🏢 PUA Desio
              🎯 A regular job.
              💼 Work
              🎓 A course for a job · ❓ do you want it? · 2026-12-03
              At the desk they know you as “Airone verde”.
              [🎓 A course for a job] [🤝 Talk to someone] [🔑 A code for the desk]
              [🛑 Stop my plan]
              [⬅️] [🏠] [🆘]
        USER  [🤝 Talk to someone]
        BOT   🤝 What is it about?
              Tap one, or write or say it in your own words.
              [💶 My pay] [💼 My work] [🪪 My documents] [🛟 I do not feel safe]
              [🛏️ House, a bed] [🩺 Health, how I feel] [🧒 Family, children] [➕ More]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🗂️ My plan
              🪜 We follow your plan ●●●●○
              🏢 PUA Desio
              🎯 A regular job.
              💼 Work
              🎓 A course for a job · ❓ do you want it? · 2026-12-03
              At the desk they know you as “Airone verde”.
              [🎓 A course for a job] [🤝 Talk to someone] [🔑 A code for the desk]
              [🛑 Stop my plan]
              [⬅️] [🏠] [🆘]
    """)
