"""What a person reads: translation and fallback, numbers, dates, direction, escaping."""

from __future__ import annotations

import html as html_module
import re
import unicodedata
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hygiene import clean
from bot.languages import Languages
from bot.words import Words
from flows.text import Text, _, in_language, ngettext, pgettext, pictured, verbatim
from tests.locales.factory import CODES, LAW, LOCALES, NASTY, RTL_CODES, WORDS, load
from tests.locales.parser import find_entities, parse_html

TODAY = Languages.load(LOCALES)

ARABIC = """
msgid "Call {phone}."
msgstr "اتصل {phone} الآن (permesso di soggiorno)."

msgid "{office}: {day}"
msgstr "{day} في {office}"

msgid "Two.\\n\\nLines 112."
msgstr "سطر.\\n\\nسطران 112."

msgid "{count} day"
msgid_plural "{count} days"
msgstr[0] "لا أيام"
msgstr[1] "يوم واحد"
msgstr[2] "يومان"
msgstr[3] "{count} أيام"
msgstr[4] "{count} يوم"
msgstr[5] "{count} يومًا"

msgid "Office"
msgstr "مكتب"
"""

ITALIAN = """
msgid "Open"
msgstr "Aperto"

msgctxt "door"
msgid "Open"
msgstr "Apri"

msgid "Office"
msgstr "Sportello"

msgid "See {title}."
msgstr "Vedi {title}."
"""


@pytest.fixture(scope="module")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Languages:
    """Italian, Arabic and English with a few words."""
    return load(tmp_path_factory.mktemp("locales"), it=ITALIAN, ar=ARABIC, sq="")


def visible(words: str) -> str:
    """Words with the direction signs as letters, to be read in a test."""
    for sign, shown in ("\u2066", "⟨"), ("\u2068", "«"), ("\u2069", "⟩"), ("\u200f", "¶"):
        words = words.replace(sign, shown)
    return words


def test_words_are_translated(languages: Languages) -> None:
    """A message is said in the person's language; a context makes it another message."""
    words = languages.words("it")
    assert [words.plain(_("Open")), words.plain(pgettext("door", "Open"))] == ["Aperto", "Apri"]
    assert words.plain(pgettext("shop", "Open")) == "Open"


def test_what_is_not_translated_comes_from_the_chain(languages: Languages) -> None:
    """Albanian falls to Italian, then to English; Arabic to English."""
    said = [languages.words("sq").plain(_(source)) for source in ("Office", "Nowhere")]
    assert said == ["Sportello", "Nowhere"]
    assert languages.words("ar").plain(_("Open")) == "Open"


def test_a_language_knows_what_it_says_itself(languages: Languages) -> None:
    """`has` is about the language itself, without its fallback, and about every text inside."""
    sq, it = languages.words("sq"), languages.words("it")
    assert [it.has(_("Office")), sq.has(_("Office")), it.has(_("Nowhere"))] == [True, False, False]
    assert languages.words("en").has(_("Nowhere"))
    assert [words.has(verbatim("x")) for words in (it, sq)] == [True, True]
    assert sq.has(in_language("it", _("Office")))
    assert not sq.has(in_language("xx", _("Office")))
    inside = (pictured("📌", _("Office")), pictured("📌", _("Nowhere")))
    assert [it.has(text) for text in inside] == [True, False]
    assert it.has(pgettext("door", "Open"))
    assert not it.has(pgettext("shop", "Open"))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        *[(0, "¶لا أيام"), (1, "¶يوم واحد"), (2, "¶يومان"), (3, "¶«3⟩ أيام")],
        *[(11, "¶«11⟩ يومًا"), (100, "¶«100⟩ يوم"), (-3, "¶«-3⟩ أيام")],
    ],
)
def test_arabic_counts_in_six_forms(languages: Languages, count: int, said: str) -> None:
    """Every number takes its form; a form for one number only may say it in words."""
    text = ngettext("{count} day", "{count} days", count)
    assert visible(languages.words("ar").plain(text)) == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_the_source_counts_too(count: int, said: str) -> None:
    """English needs no catalog to say one day and two days."""
    assert TODAY.words("en").plain(ngettext("{count} day", "{count} days", count)) == said


def test_right_to_left_words_keep_their_order(languages: Languages) -> None:
    """Paragraphs begin with the mark; parameters, Latin terms and numbers are isolated."""
    words = languages.words("ar")
    call = words.html(_("Call {phone}.", phone="+39 02 1"))
    assert visible(call) == "¶اتصل «+39 02 1⟩ الآن (⟨permesso di soggiorno⟩)."
    assert visible(words.html(_("Two.\n\nLines 112."))) == "¶سطر.\n\n¶سطران ⟨112⟩."
    assert visible(words.html(verbatim("a\nb"))) == "¶«a⟩\n¶«b⟩"
    assert visible(words.html(pictured("📌", _("Office")))) == "¶«📌⟩ «مكتب⟩"
    assert (
        visible(words.html(pictured("📌", pictured("🏠", _("Office"))))) == "¶«📌⟩ «¶«🏠⟩ «مكتب⟩⟩"
    )
    assert visible(words.html(_("Call {phone}.", phone="1\n2"))).startswith("¶اتصل «1⟩\n¶«2⟩ ")


def test_a_stand_in_has_its_own_direction(languages: Languages) -> None:
    """English in place of Arabic runs from left to right; what is Arabic in it is isolated."""
    words = languages.words("ar")
    text = _("See {title}, {day}.", title=_("Office"), day=date(2026, 3, 5))
    assert visible(words.plain(text)) == "See «مكتب⟩, Thursday 5 March 2026."


def test_arabic_words_do_not_turn_italian_around(languages: Languages) -> None:
    """In left-to-right words only what runs from right to left is isolated."""
    words = languages.words("it")
    assert visible(words.plain(_("See {title}.", title="مكتب 5"))) == "Vedi «مكتب 5⟩."
    assert words.plain(_("See {title}.", title="+39 1")) == "Vedi +39 1."


def test_words_for_somebody_else_stay_in_their_language(languages: Languages) -> None:
    """What is to be shown in Italian is Italian inside Arabic; an unknown language is ignored."""
    words = languages.words("ar")
    text = in_language("it", _("See {title}.", title=_("Office")))
    assert words.plain(text) == "Vedi Sportello."
    assert visible(words.plain(in_language("xx", _("Office")))) == "¶مكتب"
    assert (
        visible(words.plain(pictured("📌", in_language("it", _("Office"))))) == "¶«📌⟩ «Sportello⟩"
    )


def test_markup_in_words_is_only_words(languages: Languages) -> None:
    """Whatever stands in a parameter or in verbatim words is escaped in HTML, not in plain."""
    words = languages.words("it")
    text = _("See {title}.", title="<b>&amp;{title}</b>")
    assert words.html(text) == "Vedi &lt;b&gt;&amp;amp;{title}&lt;/b&gt;."
    assert words.plain(text) == "Vedi <b>&amp;{title}</b>."
    assert words.html(verbatim("a < b & {c}")) == "a &lt; b &amp; {c}"


def test_a_forgotten_parameter_is_not_fatal() -> None:
    """A placeholder nobody filled is shown as it is; nothing is looked up in a value."""
    words = TODAY.words("en")
    assert words.plain(_("At {office}.", town="x")) == "At {office}."
    assert words.plain(_("At {office}.")) == "At {office}."
    assert words.plain(_("{a.__class__} {0} {a!r}", a="x")) == "{a.__class__} {0} {a!r}"


DAYS = {
    "it": "giovedì 5 marzo 2026",
    "ar": "الخميس، 5 مارس 2026",
    "es": "jueves 5 de marzo de 2026",
    "en": "Thursday 5 March 2026",
    "fr": "jeudi 5 mars 2026",
    "uk": "четвер, 5 березня 2026 р.",
    "ro": "joi, 5 martie 2026",
    "sq": "e enjte, 5 mars 2026",
    "zh-Hans": "2026年3月5日星期四",
    "ur": "جمعرات، 5 مارچ، 2026",
    "bn": "বৃহস্পতিবার, 5 মার্চ 2026",
    "pa": "ਵੀਰਵਾਰ, 5 ਮਾਰਚ 2026",
    "pt": "quinta-feira, 5 de março de 2026",
    "ru": "четверг, 5 марта 2026 г.",
    "si": "බ්‍රහස්පතින්දා, 2026 මාර්තු 5",
    "fil": "Huwebes, Marso 5, 2026",
}


def say(code: str, value: Any) -> str:
    """A value alone, in the dates of a language itself."""
    dates = TODAY.words(code)._own.dates
    return dates.moment(value) if isinstance(value, datetime) else dates.day(value)


@pytest.mark.parametrize("code", CODES)
def test_a_date_is_said_in_words(code: str) -> None:
    """Weekday and month are words in every language."""
    assert say(code, date(2026, 3, 5)) == DAYS[code]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("day", [date(2026, 3, 5), date(2027, 12, 31), date(2028, 2, 29)])
def test_dates_have_western_digits(code: str, day: date) -> None:
    """The only digits of a date are 0-9, in a day and in a moment, and they are the right ones."""
    moment = datetime(day.year, day.month, day.day, 14, 5)  # noqa: DTZ001 - as the clock shows it
    for words, numbers in (
        (say(code, day), {day.day, day.year}),
        (say(code, moment), {day.day, 14, 5}),
    ):
        digits = [sign for sign in words if unicodedata.decimal(sign, None) is not None]
        assert [sign for sign in digits if not sign.isascii()] == []
        assert {int(number) for number in re.findall(r"\d+", words)} - {day.month} >= (
            numbers - {day.month}
        )
        assert [letter for letter in words if letter.isalpha()] != []


@pytest.mark.parametrize("code", CODES)
def test_the_clock_has_24_hours(code: str) -> None:
    """The afternoon is told without letters."""
    assert say(code, datetime(2026, 3, 5, 21, 30, tzinfo=UTC)).endswith("22:30")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (datetime(2026, 3, 5, 13, 30, tzinfo=UTC), "Thursday 5 March, 14:30"),
        (datetime(2026, 7, 5, 13, 30, tzinfo=UTC), "Sunday 5 July, 15:30"),
        (datetime(2026, 3, 5, 13, 30), "Thursday 5 March, 13:30"),  # noqa: DTZ001
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), "Sunday 25 October, 00:30"),
        (time(9, 5), "09:05"),
        (1_000_000, "1000000"),
        (-3, "-3"),
        (date(2026, 3, 5), "Thursday 5 March 2026"),
        (verbatim("{x}"), "{x}"),
    ],
)
def test_values_are_said(value: Any, said: str) -> None:
    """A moment is told by the clocks of Italy, summer and winter; numbers by their digits."""
    assert TODAY.words("en").plain(_("{value}", value=value)) == said


@LAW
@given(name=WORDS, number=st.integers(), title=WORDS)
@pytest.mark.parametrize("code", ["ar", "it", "sq"])
def test_html_is_plain_escaped(
    languages: Languages, code: str, name: str, number: int, title: str
) -> None:
    """The HTML of any text says what the plain text says."""
    words = languages.words(code)
    for text in nasty_texts(name, number, title):
        assert html_module.unescape(words.html(text)) == words.plain(text)


@LAW
@given(name=WORDS, number=st.integers(), title=WORDS)
def test_right_to_left_laws(languages: Languages, name: str, number: int, title: str) -> None:
    """Isolates are balanced in every paragraph, every paragraph begins with the mark, and no
    letter or digit of a parameter stands outside an isolate."""
    words = languages.words("ar")
    for text in nasty_texts(name, number, title):
        for paragraph in filter(None, words.plain(text).split("\n")):
            assert paragraph[0] == "\u200f"
            assert loose_latin(paragraph) == []


@LAW
@given(name=WORDS, number=st.integers(), title=WORDS)
def test_nothing_but_direction_signs_is_added(
    languages: Languages, name: str, number: int, title: str
) -> None:
    """Without the direction signs, Arabic words are the translation with clean parameters."""
    words = languages.words("ar")
    text = _("{office}: {day}", office=name, day=number)
    bare = re.sub("[\u2066\u2068\u2069\u200f]", "", words.plain(text))
    assert bare == f"{number} في {clean(name)}".replace("\u200f", "")
    assert re.sub("[\u2068\u2069\u200f]", "", words.plain(verbatim(title))) == clean(title).replace(
        "\u200f", ""
    )


def nasty_texts(name: str, number: int, title: str) -> list[Text]:
    """Texts of every kind, filled with anything; all of them exist in Arabic."""
    return [
        _("Call {phone}.", phone=name),
        _("{office}: {day}", office=verbatim(name), day=number),
        _("{office}: {day}", office=_("Office"), day=title),
        ngettext("{count} day", "{count} days", number),
        verbatim(title),
        pictured(name, pictured(title, _("Two.\n\nLines 112."))),
    ]


def loose_latin(paragraph: str) -> list[str]:
    """ASCII letters and digits outside every isolate; an unbalanced isolate is named too."""
    depth, loose = 0, []
    for sign in paragraph:
        depth += (sign in "\u2066\u2068") - (sign == "\u2069")
        if depth < 0 or (depth == 0 and sign.isascii() and sign.isalnum()):
            loose.append(sign)
    return loose if depth == 0 else [*loose, "an isolate is open"]


@pytest.mark.parametrize("code", ["ar", "it", "en"])
@pytest.mark.parametrize("words", NASTY)
def test_telegram_reads_every_text(languages: Languages, code: str, words: str) -> None:
    """Telegram's own parser takes every text as it is: no error, no entity, nothing changed."""
    for text in nasty_texts(words, 5, words):
        html = f"<b>{languages.words(code).html(text)}</b> ."
        message = parse_html(html)
        assert message["@type"] == "formattedText"
        assert [entity["type"]["@type"] for entity in message["entities"]] in (
            [["textEntityTypeBold"]] if languages.words(code).plain(text).strip() else [[]]
        )


def test_the_parser_refuses_what_is_wrong() -> None:
    """The parser behind these tests is the real one: it finds an open tag."""
    assert parse_html("<b>x")["@type"] == "error"
    assert parse_html("<b>x</b>")["text"] == "x"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("/start", [("BotCommand", "/start")]),
        ("https://example.org/a?b=c", [("Url", "https://example.org/a?b=c")]),
        ("@antenna_bot", [("Mention", "@antenna_bot")]),
    ],
)
def test_isolates_do_not_break_what_can_be_tapped(
    languages: Languages, words: str, found: list[tuple[str, str]]
) -> None:
    """Commands, addresses and names stay clickable inside an isolate."""
    said = languages.words("ar").plain(_("Call {phone}.", phone=words))
    assert find_entities(said) == found


@pytest.mark.parametrize("code", CODES)
def test_every_word_of_today_is_read_by_telegram(code: str) -> None:
    """Every message of every catalog of today, in every language, passes the parser."""
    words: Words = TODAY.words(code)
    sources = {key for _code in ("it",) for key in TODAY.words(_code)._own.catalog.entries}
    texts = [Text(source, context=context) for context, source in sorted(sources, key=str)]
    errors = [text for text in texts if parse_html(words.html(text))["@type"] == "error"]
    assert errors == []
    assert len(texts) > 600


def test_right_to_left_languages_are_two() -> None:
    """The tests of direction speak of all right-to-left languages of the list."""
    assert RTL_CODES == ["ar", "ur"]


def test_a_folder_of_today_loads(tmp_path: Path) -> None:
    """A language that is complete but whose catalog is missing speaks through its chain."""
    words = load(tmp_path, es="").words("es")
    assert words.plain(_("Office")) == "Office"
