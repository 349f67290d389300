"""A report in words: for the summary, and for whoever reads it in the office."""

from __future__ import annotations

from flows.report_choices import KINDS, Want
from flows.report_words import brief, describe
from tests.chat import english

EVERYTHING = {
    "v": 1,
    "language": "ar",
    "channel": "telegram",
    "triage": {"level": 2, "numbers": [2, 7]},
    "danger": True,
    "role": "worker",
    "sector": "domestic",
    "kinds": ["K01", "K09"],
    "bed": {"sleeps": "yes", "loses": "-", "rent": "no"},
    "details": {"live": "yes", "free": "-"},
    "province": "MB",
    "town": "Desio",
    "when": "<3m",
    "people": "2-3",
    "minors": "no",
    "proof": ["messages"],
    "story": "They {do} not pay.",
    "spoken": True,
    "wants": ["inspectorate", "call"],
    "inspect": "talk",
    "hint": "Bar Example",
    "phone": "333 123 4567",
    "call": "evening",
    "who": "woman",
    "excluded": ["union"],
    "faces": "unknown",
    "ending": "line",
}


def rows(answers, offices=None):
    """A described report as plain pairs."""
    return [(english(asked), english(given)) for asked, given in describe(answers, offices)]


def test_a_report_reads_as_it_was_told():
    """Every key has its words, in order, and what was typed stands as it was typed."""
    assert rows(EVERYTHING, {"union": "The union"}) == [
        ("Self-check", "Serious (yes to 2, 7)"),
        ("Danger now", "✅ Yes"),
        ("Who tells it", "🙋 I work there"),
        ("Work", "🏠 Work in a home, care of a person"),
        ("What is wrong", "📄 No contract · 🛂 They keep my documents"),
        ("Sleeps where the boss decides", "✅ Yes"),
        ("Loses the bed with the job", "🤐 I prefer not to say"),
        ("The bed is taken from the pay", "✖️ No"),
        ("Lives in the home", "✅ Yes"),
        ("Free time to go out", "🤐 I prefer not to say"),
        ("Province", "📍 Monza e Brianza"),
        ("Town", "Desio"),
        ("When", "📅 It ended less than 3 months ago"),
        ("How many people", "👥 2 or 3"),
        ("Children under 16 work there", "✖️ No"),
        ("What can show it", "💬 Messages"),
        ("What happened", "They {do} not pay."),
        ("Told by voice", "✅ Yes"),
        ("What would help", "🔎 A control by the inspectors · 📞 A phone call"),
        ("Inspectors", "💬 First a talk"),
        ("The firm", "Bar Example"),
        ("Phone", "333 123 4567"),
        ("When to call", "🌙 In the evening"),
        ("Who should call", "👩 A woman"),
        ("The files show people or names", "🤷 I do not know"),
        ("The answer", "💬 The office may write here"),
        ("Offices that must not read it", "The union"),
    ]


def test_a_check_that_found_nothing_has_no_numbers():
    """The level alone stands there."""
    assert rows({"triage": {"level": 0, "numbers": []}}) == [("Self-check", "Information")]


def test_what_was_not_asked_is_not_there():
    """An absent key and an empty list say nothing; "-" says that it was not said."""
    assert rows({"v": 1, "kinds": [], "province": "-", "spoken": False}) == [
        ("Province", "🤐 I prefer not to say")
    ]


def test_an_id_of_another_release_is_shown_as_it_is():
    """Reports live longer than lists: nothing is hidden, nothing raises."""
    report = {"sector": "space", "kinds": ["K77"], "details": {"gone": "yes"}, "bed": {"x": "y"}}
    assert rows(report) == [("Work", "space"), ("What is wrong", "K77")]


def test_an_office_without_a_name_is_shown_by_its_key():
    """Whoever hands a report on sees who must not get it, in any case."""
    assert rows({"excluded": ["union"]}) == [("Offices that must not read it", "union")]


def test_the_summary_stays_short():
    """Long words and long lists are cut for the screen, and only there."""
    report = {"story": "a" * 3900, "kinds": sorted(KINDS), "wants": sorted(Want), "danger": True}
    cut = brief(report)
    shown = rows(cut)
    assert cut["story"] == "a" * 200 + "…"
    assert shown[1][1].endswith(" · +17")
    assert shown[3][1].endswith(" · +2")
    assert sum(len(asked) + len(given) for asked, given in shown) < 1200
    assert len(rows(report)[2][1]) == 3900
