"""The list of languages: what is in it, and who begins with which."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from babel import Locale

from bot.languages import Languages
from bot.roster import Language, LanguagesError, State, read_roster
from tests.locales.factory import CODES, LOCALES, ROSTER, load, make_locales

SCRIPTS = {
    "ar": "ARABIC",
    "ur": "ARABIC",
    "uk": "CYRILLIC",
    "ru": "CYRILLIC",
    "zh-Hans": "CJK",
    "bn": "BENGALI",
    "pa": "GURMUKHI",
    "si": "SINHALA",
}


def test_sixteen_languages_in_the_order_of_value() -> None:
    """The list holds the languages people here read, the most needed first."""
    expected = "it ar es en fr uk ro sq zh-Hans ur bn pa pt ru si fil"
    assert " ".join(CODES) == expected


@pytest.mark.parametrize("language", ROSTER, ids=CODES)
def test_a_language_is_named_in_its_own_script(language: Language) -> None:
    """The button and the greeting are in the script of the language."""
    script = SCRIPTS.get(language.code, "LATIN")
    letters = [sign for sign in language.name + language.welcome if sign.isalpha()]
    assert {unicodedata.name(letter).split()[0] for letter in letters} == {script}


@pytest.mark.parametrize("language", ROSTER, ids=CODES)
def test_name_and_direction_are_those_of_the_world(language: Language) -> None:
    """Babel agrees on the language's own name and on its direction."""
    locale = Locale.parse(language.locale)
    known = Locale.parse(language.locale.split("_")[0]).get_display_name() or ""
    assert locale.text_direction == language.direction
    if language.code != "zh-Hans":
        assert known.casefold() == language.name.casefold()


@pytest.mark.parametrize("language", ROSTER, ids=CODES)
def test_every_chain_ends_in_english(language: Language) -> None:
    """Whoever has no translation gets words all the same."""
    assert (language.code, *language.fallback)[-1] == "en"


def test_italian_and_english_can_be_chosen() -> None:
    """The languages that are complete today are offered, in the order of the list."""
    assert Languages.load(LOCALES).codes == ("it", "en")


def test_every_language_has_words_before_it_is_published() -> None:
    """A draft can be looked at; an unknown code is answered in English."""
    languages = Languages.load(LOCALES)
    assert [languages.words(code).code for code in CODES] == CODES
    assert [languages.words(code).code for code in ("xx", "", None)] == ["en"] * 3
    assert [languages.words(code).direction for code in CODES if code in ("ar", "ur")] == [
        "rtl"
    ] * 2


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        *((code.lower(), code) for code in CODES),
        *[("en-US", "en"), ("EN", "en"), ("en_gb", "en"), ("pcm", "en")],
        *[("pt-br", "pt"), ("pt-PT", "pt"), ("PT-BR", "pt"), ("es-419", "es"), ("ca", "es")],
        *[("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hans"), ("zh-Hant-TW", "zh-Hans")],
        *[("zh-cn", "zh-Hans"), ("yue", "zh-Hans")],
        *[("uk-UA", "uk"), ("be", "ru"), ("ka", "ru"), ("mo", "ro"), ("wo", "fr"), ("ary", "ar")],
        *[("pa-Arab-PK", "ur"), ("pa-IN", "pa"), ("scn", "it"), ("it-CH", "it")],
        *[("de", "en"), ("tlh", "en"), ("ukx", "en"), ("", "en"), ("-", "en"), ("💣" * 99, "en")],
        *[(None, "en"), ("e" * 10_000, "en")],
    ],
)
def test_telegram_says_where_to_begin(tmp_path: Path, tag: str | None, code: str) -> None:
    """With all languages published, a Telegram language leads to the one its people read."""
    languages = load(tmp_path, **dict.fromkeys(CODES, ""))
    assert languages.match(tag) == code


@pytest.mark.parametrize(
    ("tag", "code"), [("uk", "en"), ("ar", "en"), ("sq", "it"), ("ro", "it"), ("it", "it")]
)
def test_an_unpublished_language_leads_along_its_chain(tag: str, code: str) -> None:
    """Nobody is put into a language that cannot be chosen."""
    assert Languages.load(LOCALES).match(tag) == code


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('code = "uk"', 'code = "it"', "a code is there twice"),
        ('code = "uk"', 'code = "Uk!"', "the code must look like"),
        ('name = "Shqip"\n', "", "language 8 (sq): lacks name"),
        ('name = "Shqip"', 'name = " "', "name must be a word in quotes"),
        ('name = "Shqip"', "name = 5", "name must be a word in quotes"),
        ('name = "Shqip"', 'name = "Shqip"\ncolour = "red"', "colour means nothing here"),
        ('locale = "sq"', 'locale = "xx"', 'Babel knows no locale "xx"'),
        ('locale = "sq"', 'locale = "?"', 'Babel knows no locale "?"'),
        ('direction = "rtl"', 'direction = "left"', 'must be "ltr" or "rtl", not "left"'),
        ('state = "none"', 'state = "soon"', "must be one of complete, draft, none"),
        ('telegram = ["sq"]', 'telegram = "sq"', "telegram must be a list"),
        ('telegram = ["sq"]', 'telegram = ["SQ"]', "telegram codes are lower case, not SQ"),
        ('telegram = ["sq"]', 'telegram = ["ru"]', 'code "ru" is in both sq and ru'),
        ('fallback = ["it", "en"]', 'fallback = ["it"]', 'the fallback must end in "en"'),
        ('fallback = ["it", "en"]', 'fallback = ["es", "en"]', "goes in a circle"),
        ('fallback = ["it", "en"]', 'fallback = ["yo", "en"]', 'fallback "yo" is not in the list'),
        ('fallback = ["it", "en"]', 'fallback = ["uk", "en"]', '"uk" is not complete'),
        ('code = "en"', 'code = "eo"', '"en" must be there, complete and without fallback'),
        ("[[language]]", "[[tongue]]", "must hold [[language]] tables and nothing else"),
        ("[[language]]", "[[language", "is not correct TOML"),
    ],
)
def test_a_wrong_list_is_refused(tmp_path: Path, wrong: str, right: str, said: str) -> None:
    """Antenna does not start with a wrong list, and says what is wrong and where."""
    path = make_locales(tmp_path) / "languages.toml"
    text = path.read_text(encoding="utf-8")
    assert wrong in text
    path.write_text(text.replace(wrong, right, 1), encoding="utf-8")
    with pytest.raises(LanguagesError, match=re.escape(said)) as caught:
        Languages.load(tmp_path)
    assert str(path) in str(caught.value)


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    """Without the list there is nothing to say."""
    with pytest.raises(LanguagesError, match="cannot be read"):
        read_roster(tmp_path)


def test_the_states_of_today() -> None:
    """Only what two people have read is offered."""
    published = [language.code for language in ROSTER if language.state is State.COMPLETE]
    assert published == ["it", "en"]
