"""Dates of one's own: by buttons or written, kept after a yes, deleted with one tap."""

from __future__ import annotations

from datetime import date

import pytest

from flows.calendar_effects import DropDate, KeepDate
from flows.calendar_model import DateKind
from flows.date_words import ASKED, CARDS, KINDS, SAYS
from flows.effects import Json
from flows.library import Area, Library
from tests.calendaring import a_date
from tests.chat import Chat, english
from tests.factories import a_card, a_chat

PERMIT = ("/dates", "[🪪 Residence permit]")


def with_dates(*kept: Json) -> Chat:
    """Somebody at home who keeps these dates."""
    chat = a_chat().walks("/menu")
    chat.world.calendar["FindMyDates"] = list(kept)
    return chat


def did(chat: Chat) -> list[object]:
    """What was kept and what was deleted."""
    return [one for one in chat.world.effects if isinstance(one, KeepDate | DropDate)]


def page(chat: Chat) -> list[str]:
    """What stands on it, and its buttons."""
    assert chat.screen is not None
    lines = [english(line.text) for line in chat.screen.lines]
    return [*lines, *(f"[{english(one.label)}]" for one in chat.screen.buttons)]


def test_a_day_is_chosen_by_buttons():
    """Year, month, part of the month, day: four taps, then a yes."""
    chat = with_dates()
    chat.reads("""
        USER  /dates
        BOT   🪪 Dates of my papers
              I remind you in time. Only you see these days: no desk, no operator.
              [🪪 Residence permit] [🔎 Is my permit ready?] [🩺 Health card]
              [💼 Work contract] [📦 I lost my job]
              [⬅️] [🏠] [🆘]
        USER  [🪪 Residence permit]
        BOT   🪪 Residence permit
              On which day does your permit end? It is written on the card.
              You can also write it. Example: 28/2/2027.
              [2026] [2027] [2028] [2029] [2030] [2031]
              [⬅️] [🏠] [🆘]
        USER  [2028]
        BOT   🪪 Residence permit
              On which day does your permit end? It is written on the card.
              … / … / 2028
              You can also write it. Example: 28/2/2027.
              [1 · January] [2 · February] [3 · March] [4 · April] [5 · May] [6 · June]
              [7 · July] [8 · August] [9 · September] [10 · October] [11 · November]
              [12 · December]
              [⬅️] [🏠] [🆘]
        USER  [2 · February]
        BOT   🪪 Residence permit
              On which day does your permit end? It is written on the card.
              … / 2 / 2028
              You can also write it. Example: 28/2/2027.
              [1–10] [11–20] [21–29]
              [⬅️] [🏠] [🆘]
        USER  [21–29]
        BOT   🪪 Residence permit
              On which day does your permit end? It is written on the card.
              … / 2 / 2028
              You can also write it. Example: 28/2/2027.
              [21] [22] [23] [24] [25] [26] [27] [28] [29]
              [⬅️] [🏠] [🆘]
        USER  [29]
        BOT   🪪 Residence permit
              📅 2028-02-29
              I remind you 90, 60, 30 and 7 days before it ends.
              [✅ Yes, remind me] [✖️ No]
              [⬅️] [🏠] [🆘]
        USER  [✅ Yes, remind me]
        BOT   ✅ I keep this day, locked, and remind you.
              🪪 Residence permit
              On which day does your permit end? It is written on the card.
              You can also write it. Example: 28/2/2027.
              [2026] [2027] [2028] [2029] [2030] [2031]
              [⬅️] [🏠] [🆘]
        =>    kept
    """)
    assert did(chat) == [KeepDate(DateKind.PERMIT, date(2028, 2, 29))]


@pytest.mark.parametrize("words", ["31/3/2027", "٣١/٣/٢٠٢٧", "৩১-৩-২০২৭", "۳۱.۳.۲۷"])
@pytest.mark.parametrize("taps", [(), ("[2027]",), ("[2027]", "[3 · March]")])
def test_a_day_can_be_written_at_every_question(words: str, taps: tuple[str, ...]):
    """In the digits of one's own, whatever was tapped before."""
    chat = with_dates().walks(*PERMIT, *taps, words, "[✅ Yes, remind me]")
    assert did(chat) == [KeepDate(DateKind.PERMIT, date(2027, 3, 31))]


def test_the_day_itself_can_be_written_last():
    """Where only the day was still asked for."""
    chat = with_dates().walks(*PERMIT, "[2027]", "[3 · March]", "[21–31]", "30/4/2027")
    assert page(chat)[1] == "📅 2027-04-30"


def test_what_cannot_be_a_day_is_asked_again():
    """With an example, and what was tapped before stays."""
    with_dates().walks(*PERMIT, "[2027]").reads("""
        USER  31/2/2027
        BOT   🪪 Residence permit
              On which day does your permit end? It is written on the card.
              … / … / 2027
              You can also write it. Example: 28/2/2027.
              There is no such day. Please look again. Example: 28/2/2027.
              [1 · January] [2 · February] [3 · March] [4 · April] [5 · May] [6 · June]
              [7 · July] [8 · August] [9 · September] [10 · October] [11 · November]
              [12 · December]
              [⬅️] [🏠] [🆘]
        USER  next spring
        BOT   🪪 Residence permit
              On which day does your permit end? It is written on the card.
              … / … / 2027
              You can also write it. Example: 28/2/2027.
              Please write day, month and year. Example: 28/2/2027.
              [1 · January] [2 · February] [3 · March] [4 · April] [5 · May] [6 · June]
              [7 · July] [8 · August] [9 · September] [10 · October] [11 · November]
              [12 · December]
              [⬅️] [🏠] [🆘]
        USER  31/3/1927
        BOT   🪪 Residence permit
              On which day does your permit end? It is written on the card.
              … / … / 2027
              You can also write it. Example: 28/2/2027.
              This day is too far away. Please look at the year. Example: 28/2/2027.
              [1 · January] [2 · February] [3 · March] [4 · April] [5 · May] [6 · June]
              [7 · July] [8 · August] [9 · September] [10 · October] [11 · November]
              [12 · December]
              [⬅️] [🏠] [🆘]
        USER  31/3/2027
        BOT   🪪 Residence permit
              📅 2027-03-31
              I remind you 90, 60, 30 and 7 days before it ends.
              [✅ Yes, remind me] [✖️ No]
              [⬅️] [🏠] [🆘]
    """)


def test_december_has_an_end_too():
    """The last month of a year."""
    chat = with_dates().walks(*PERMIT, "[2027]", "[12 · December]", "[21–31]")
    assert page(chat)[-1] == "[31]"


def test_no_keeps_nothing():
    """Nothing is kept without a yes."""
    chat = with_dates().walks(*PERMIT, "31/3/2027", "[✖️ No]")
    assert (did(chat), page(chat)[0]) == ([], "🪪 Dates of my papers")


def test_a_day_that_is_over_leads_to_people():
    """An expired permit is no matter for a reminder."""
    chat = with_dates().walks(*PERMIT)
    chat.reads("""
        USER  22/11/2026
        BOT   🪪 Residence permit
              📅 2026-11-22
              ⚠️ This day is over. Please talk to a person soon.
              [🤝 Talk to someone] [✏️ Change the day]
              [⬅️] [🏠] [🆘]
        USER  [🤝 Talk to someone]
        BOT   🤝 Talk to someone
              Today no person answers in this chat.
              These numbers answer.
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              📞 039 1 · Union line
              Other questions? See who helps near you.
              [📍 Who helps near me] [📄 The office]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🪪 Residence permit
              📅 2026-11-22
              ⚠️ This day is over. Please talk to a person soon.
              [🤝 Talk to someone] [✏️ Change the day]
              [⬅️] [🏠] [🆘]
        USER  [✏️ Change the day]
        BOT   🪪 Residence permit
              On which day does your permit end? It is written on the card.
              You can also write it. Example: 28/2/2027.
              [2026] [2027] [2028] [2029] [2030] [2031]
              [⬅️] [🏠] [🆘]
        =>    again
    """)
    assert did(chat) == []


def test_a_lost_job_is_of_the_past_or_of_the_next_months():
    """The last day of work: last year is a button, and what is too long ago is asked again."""
    chat = with_dates().walks("/dates", "[📦 I lost my job]")
    chat.reads("""
        USER  1/3/2026
        BOT   📦 I lost my job
              Which was your last day of work?
              You can also write it. Example: 28/2/2027.
              This day is too far away. Please look at the year. Example: 28/2/2027.
              [2025] [2026] [2027]
              [⬅️] [🏠] [🆘]
        USER  20/11/2026
        BOT   📦 I lost my job
              📅 2026-11-20
              I remind you of the days that count for unemployment money (NASpI).
              [✅ Yes, remind me] [✖️ No]
              [⬅️] [🏠] [🆘]
    """)


def test_the_weekly_look_asks_for_a_weekday():
    """Today's weekday is the one of next week: the first look was had just now."""
    chat = with_dates()
    chat.reads("""
        USER  /dates
        BOT   🪪 Dates of my papers
              I remind you in time. Only you see these days: no desk, no operator.
              [🪪 Residence permit] [🔎 Is my permit ready?] [🩺 Health card]
              [💼 Work contract] [📦 I lost my job]
              [⬅️] [🏠] [🆘]
        USER  [🔎 Is my permit ready?]
        BOT   🔎 Is my permit ready?
              I remind you every week to look. I do not keep the file number.
              On which day of the week?
              [Monday] [Tuesday] [Wednesday] [Thursday] [Friday] [Saturday] [Sunday]
              [⬅️] [🏠] [🆘]
        USER  [Monday]
        BOT   🔎 Is my permit ready?
              Every week: Monday
              I remind you every week to look. I do not keep the file number.
              [✅ Yes, remind me] [✖️ No]
              [⬅️] [🏠] [🆘]
    """)
    chat.walks("[✅ Yes, remind me]")
    assert did(chat) == [KeepDate(DateKind.PERMIT_STATE, date(2026, 11, 30))]
    other = with_dates().walks("/dates", "[🔎 Is my permit ready?]", "[Sunday]")
    other.walks("[✅ Yes, remind me]")
    assert did(other) == [KeepDate(DateKind.PERMIT_STATE, date(2026, 11, 29))]


def test_a_kept_day_says_when_the_reminder_comes():
    """And leads to people, to another day, to nothing."""
    chat = with_dates(a_date())
    chat.reads("""
        USER  /dates
        BOT   🪪 Dates of my papers
              I remind you in time. Only you see these days: no desk, no operator.
              [✅ 🪪 Residence permit] [🔎 Is my permit ready?] [🩺 Health card]
              [💼 Work contract] [📦 I lost my job]
              [⬅️] [🏠] [🆘]
        USER  [✅ 🪪 Residence permit]
        BOT   🪪 Residence permit
              📅 2027-03-31
              🔔 I remind you on 2026-12-31.
              [🤝 Talk to someone] [✏️ Change the day] [🗑️ Delete it]
              [⬅️] [🏠] [🆘]
        USER  [✏️ Change the day]
        BOT   🪪 Residence permit
              On which day does your permit end? It is written on the card.
              You can also write it. Example: 28/2/2027.
              [2026] [2027] [2028] [2029] [2030] [2031]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🪪 Residence permit
              📅 2027-03-31
              🔔 I remind you on 2026-12-31.
              [🤝 Talk to someone] [✏️ Change the day] [🗑️ Delete it]
              [⬅️] [🏠] [🆘]
        USER  [🤝 Talk to someone]
        BOT   🤝 Talk to someone
              Today no person answers in this chat.
              These numbers answer.
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              📞 039 1 · Union line
              Other questions? See who helps near you.
              [📍 Who helps near me] [📄 The office]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🪪 Residence permit
              📅 2027-03-31
              🔔 I remind you on 2026-12-31.
              [🤝 Talk to someone] [✏️ Change the day] [🗑️ Delete it]
              [⬅️] [🏠] [🆘]
        USER  [🗑️ Delete it]
        BOT   ✅ Deleted, with its reminders.
              🪪 Dates of my papers
              I remind you in time. Only you see these days: no desk, no operator.
              [✅ 🪪 Residence permit] [🔎 Is my permit ready?] [🩺 Health card]
              [💼 Work contract] [📦 I lost my job]
              [⬅️] [🏠] [🆘]
        =>    dropped
    """)
    assert did(chat) == [DropDate("d1")]


def test_a_kept_weekday_has_the_page_where_one_looks():
    """The number of the file is never asked for."""
    chat = with_dates(a_date("permit_state", "2026-11-30", reminded=None))
    assert page(chat.walks("/dates", "[✅ 🔎 Is my permit ready?]")) == [
        "🔎 Is my permit ready?",
        "Every week: Monday",
        "🔗 https://questure.poliziadistato.it/stranieri/",
        "🔕 No reminder is to come.",
        "[🤝 Talk to someone]",
        "[✏️ Change the day]",
        "[🗑️ Delete it]",
    ]


def test_the_card_explains_what_to_do():
    """Where there is one."""
    chat = with_dates(a_date())
    card = a_card(CARDS[DateKind.PERMIT], "Renew the permit")
    chat.world.library.cards[card.id] = card
    chat.walks("/dates", "[✅ 🪪 Residence permit]", "[📄 Renew the permit]")
    assert page(chat)[0] == "📄 Renew the permit"
    assert page(chat.walks("[⬅️]"))[0] == "🪪 Residence permit"


def test_a_card_leads_to_its_date():
    """Who reads how a permit is renewed is reminded with one tap more, and reads on."""
    chat = with_dates()
    card = a_card("docs.renew", "Renew the permit")
    area = Area("renewing", "🪪", "Renewing", "Rinnovo", (card.id,))
    chat.world.library = Library((area,), {card.id: card})
    chat.walks("[🧭 I need information]", "[🪪 Renewing]", "[📄 Renew the permit]")
    assert page(chat.walks("[🔔 Remind me in time]"))[0] == "🪪 Residence permit"
    assert page(chat.walks("[⬅️]"))[0] == "📄 Renew the permit"


def test_every_kind_has_its_words():
    """No date without a name, a question, what comes of it, and a card."""
    kinds = set(DateKind)
    assert (set(KINDS), set(SAYS), set(CARDS)) == (kinds, kinds, kinds)
    assert set(ASKED) == kinds - {DateKind.PERMIT_STATE}
