"""The promise is made from the configuration in force, also of who reads reports and must tell."""

from __future__ import annotations

from flows.handoff_model import Helper
from flows.promise import promise
from flows.report_model import Office
from tests.chat import english
from tests.factories import a_house
from tests.flows.check_walks import OFFICES


def told(**house):
    """What is promised, line by line, in English."""
    return [english(line) for line in promise(a_house(**house))]


def test_without_an_office_nobody_reads():
    """Where no office is, no report is spoken of."""
    assert told() == [
        "🤖 This is a machine, run by Rete Brianza. No person reads what you write.",
        "🙈 I do not keep your name, your phone number or your words.",
        "📅 I keep your courses, appointments and dates. Your own dates no desk sees.",
        "✍️ A course sees your name only if you write it for its list.",
        "🗂️ I keep your language, your last page and the address of this chat, locked.",
        "⌛ After 90 days without you I delete all I keep.",
        "⏰ If a lesson, an appointment or a reminder is still to come, I wait until then.",
        "☁️ Telegram keeps this chat on its computers. I cannot change that.",
    ]


def test_with_offices_it_says_who_reads_and_who_must_tell():
    """The readers by name, the one with a duty by name, and when a report goes."""
    assert told(offices=OFFICES, report_days=30) == [
        "🤖 This is a machine, run by Rete Brianza. A person reads only a report that you send.",
        "🔒 Reports are sealed. They are read by: CGIL Monza and PUA Desio.",
        "⚖️ By law these offices may have to tell a judge what they read: PUA Desio.",
        "🗑️ A report is deleted after 30 days without news.",
        "🙈 Outside a sealed report I keep no name, no phone number and no words.",
        *told()[2:],
    ]


def test_without_a_duty_no_judge_is_spoken_of():
    """A house of offices that need not tell frightens nobody."""
    assert [line for line in told(offices=OFFICES[:1]) if "judge" in line] == []


def test_many_offices_are_counted():
    """More than three names are not read by anybody: how many they are is said."""
    many = tuple(Office(f"o{number}", f"Office {number}", False) for number in range(4))
    assert told(offices=many)[1] == (
        "🔒 Reports are sealed. They are read by: 4 offices of the network."
    )
    assert told(offices=many[:3])[1] == (
        "🔒 Reports are sealed. They are read by: Office 0, Office 1 and Office 2."
    )


def test_where_words_are_translated_elsewhere_it_says_where():
    """A translator on another computer is named; none, or one here, is not spoken of."""
    helpers = (Helper("desio", "PUA Desio", "Desio", ""),)
    said = "🌐 What you and a desk write also goes to mt.example. A machine there translates it."
    there, here = told(helpers=helpers, translates_at="mt.example"), told(helpers=helpers)
    assert [line for line in there if line not in here] == [said]
    assert told(translates_at="mt.example") == told()
