"""The self-check over a phone, where nobody reads reports yet: two minutes, and nothing stays."""

from __future__ import annotations

from datetime import timedelta

from tests.acceptance.story import Story
from tests.acceptance.town import Town

SERIOUS = """
    USER  [⚠️ Something is wrong at work]
    EDIT  ⚠️ Something is wrong at work

          In danger? Go to a safe place and call 112.
          🆘 112 · Emergency
          📞 800 290 290 · Anti-trafficking line
          📞 800 939 000 · Helpdesk for exploited workers
          Today you cannot send a report from this chat. These numbers can help you.
          If you are safe, talk to someone before you leave the job.
          [🔎 Is my work OK? (2 minutes)]
          [🔦 Is this exploitation?]
          [⌛ My pay is late or missing]
          [🛂 Someone keeps my passport]
          [🤫 Can I report without risk?]
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [🔎 Is my work OK? (2 minutes)]
    EDIT  📱 Is this phone only yours?
          …
          [➡️ Next]
          [⬅️ Back] [🚪 Close now] [🆘 Help]
    USER  [➡️ Next]
    EDIT  🔎 Is my work OK? 12 short questions
          …
          [🙋 About me]
          [👤 About someone else]
          [👥 About a group]
          [⬅️ Back] [🚪 Close now] [🆘 Help]
    USER  [🙋 About me]
    EDIT  Question 1 of 12
          …
          [✅ Yes] [✖️ No]
          [⏭️ Skip]
          [⬅️ Back] [🚪 Close now] [🆘 Help]
"""
END = """
    USER  [✖️ No]
    EDIT  🔶 This is serious

          These answers are signs of exploitation: 2 and 7.
          It is serious, and it is not your fault.
          The law can protect you, also with no permit, but a person must look at your case.
          You do not have to decide today.
          Do not tell the boss. Leave only when it is safe to leave.

          📞 Who can help now
          🆘 112 · Emergency
          📞 800 290 290 · Anti-trafficking line · Day and night, every day
          📞 800 939 000 · Helpdesk for exploited workers · Monday to Friday, 9:30 to 18:00
          [🤝 Talk to someone]
          [🪪 A permit for victims]
          [👥 Union, patronato, CAF: who does what?]
          [📱 Phone safety]
          [⬅️ Back] [🚪 Close now] [🆘 Help]
"""


async def test_a_check_over_the_phone(town: Town) -> None:
    """From the door to a level: one message, changed in place, and the reasons by number."""
    amina = await town.resident()
    story = Story(amina)
    story.begins_here()
    await story.reads(SERIOUS)
    for letter in "nynnnnynnnn":
        await amina.taps("✅ Yes" if letter == "y" else "✖️ No")
    story.begins_here()
    await story.reads(END)


async def test_nothing_of_a_check_stays(town: Town) -> None:
    """After going home nothing says that there was one: not what was answered, not the level."""
    amina = await town.resident()
    await amina.goes("⚠️ Something is wrong at work", "🔎 Is my work OK? (2 minutes)")
    await amina.goes("➡️ Next", "🙋 About me", *["✅ Yes"], "➡️ Go on with the questions")
    await amina.goes(*["✅ Yes"] * 11)
    await amina.sends("/menu")
    kept = repr(amina.state())
    assert [word for word in ("check", "level", "q1", "yes", "whom") if word in kept] == []


async def test_close_now_leaves_a_word_of_italian(town: Town) -> None:
    """In the middle of a check one tap empties the chat, and nothing says that there was one."""
    amina = await town.resident()
    await amina.goes("⚠️ Something is wrong at work", "🔎 Is my work OK? (2 minutes)")
    await amina.goes("➡️ Next", "🙋 About me", "✖️ No", "✅ Yes", "🚪 Close now")
    assert (len(amina.said), amina.wrote) == (1, [])
    told = amina.said[0] + repr(amina.screen.labels)
    assert [word for word in ("work", "passport", "Question", "112") if word in told] == []
    await amina.sends("/menu")
    assert "🏠 How can I help you?" in amina.screen.text


async def test_a_check_ends_with_its_half_hour(town: Town) -> None:
    """Half an hour after the last answer the question has left the chat, and home is there."""
    amina = await town.resident()
    await amina.goes("⚠️ Something is wrong at work", "🔎 Is my work OK? (2 minutes)")
    await amina.goes("➡️ Next", "🙋 About me", "✖️ No", "✅ Yes")
    await town.passes(timedelta(minutes=31), step=timedelta(minutes=1))
    assert ["🏠 How can I help you?" in said for said in amina.said] == [True]
    assert [word for word in ("Question", "documents") if word in amina.said[0]] == []


async def test_a_first_photo_is_asked_what_it_is_for(town: Town) -> None:
    """It is deleted at once, nothing of it is kept, and the doors are those that exist."""
    amina = await town.resident()
    await amina.sends(photo={})
    assert amina.screen.text.splitlines()[0] == "📎 You sent a photo"
    assert amina.wrote == ["/start"]
    await amina.taps("⚠️ Something is wrong at work")
    assert amina.screen.text.splitlines()[0] == "⚠️ Something is wrong at work"
