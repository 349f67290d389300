"""What was approved here is said, and what holds no more is not, from the next turn on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.distress import WORDS as DISTRESS
from bot.furniture import LOCALES, load_library, load_numbers
from bot.languages import Languages
from bot.wording.refreshing import Wordings
from bot.world import Furniture
from flows.library import Status
from flows.model import House
from flows.text import Text, _, in_language, pictured, verbatim
from storage.database import Database, default_url
from storage.wording.caring import note_check
from storage.wording.deciding import keep_approved
from storage.wording.model import Proposal, Who
from tests.locales.factory import load

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANNA, BRUNO = Who(1), Who(2)
PAY = _("You pay {price}.", price="16 euro")
KEY = (None, "You pay {price}.")
FREE = _("It is free.")
CATALOGS = {
    "it": 'msgid "You pay {price}."\nmsgstr "Paghi {price}."\n\n'
    'msgid "It is free."\nmsgstr "È gratis."\n',
    "ar": 'msgid "You pay {price}."\nmsgstr "تدفعون {price}."\n',
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An open database."""
    database = Database.open(default_url(tmp_path / "data"), data=tmp_path / "data")
    yield database
    database.close()


@pytest.fixture
def languages(tmp_path: Path) -> Languages:
    """Italian and Arabic, as a release ships them."""
    return load(tmp_path / "locales", **CATALOGS)


def room(database: Database, languages: Languages) -> Wordings:
    """What keeps the words up to date."""
    content = LOCALES / "content"
    furniture = Furniture(
        House("Antenna", 365, 5, 40, 90), load_library(content), load_numbers(content)
    )
    return Wordings(database, languages, furniture)


def let_out(
    database: Database, language: str, words: str, *, changes: bool = False, shipped: bool = False
) -> None:
    """Write and approve."""
    proposal = Proposal("content", KEY, language, (words,), "why", changes, shipped)
    with database.writing() as connection:
        keep_approved(connection, [proposal], ANNA, BRUNO, NOW)
        connection.commit()


def heard(languages: Languages, text: Text = PAY) -> dict[str, str]:
    """What a text sounds like in each language, without the signs of direction."""
    plain = {code: languages.words(code).plain(text) for code in ("en", "it", "ar")}
    return {code: "".join(c for c in said if c.isprintable()) for code, said in plain.items()}


async def test_an_approved_translation_is_said_without_a_restart(
    database: Database, languages: Languages
) -> None:
    """Two processes share the database: the other one says it at its next look, buttons too."""
    here, there = room(database, languages), languages
    before = languages.words("it").label(PAY)
    let_out(database, "it", "Costa {price}.")
    await here.refresh()
    assert (before, there.words("it").label(PAY)) == ("Paghi 16 euro.", "Costa 16 euro.")
    assert heard(languages)["ar"] == "تدفعون 16 euro."
    assert languages.edition == 1


async def test_words_of_danger_are_added_and_none_falls_silent(
    database: Database, languages: Languages
) -> None:
    """Two people who let out one word take none of the release away, in English either."""
    here, key = room(database, languages), (DISTRESS.context, DISTRESS.source)
    first = DISTRESS.source.split(",")[0]
    proposals = [
        Proposal("antenna", key, code, (words,), "why", False, False)
        for code, words in (("it", "mi bruciano i documenti"), ("en", "they burn my papers"))
    ]
    with database.writing() as connection:
        keep_approved(connection, proposals, ANNA, BRUNO, NOW)
        connection.commit()
    before = [languages.distress.hear(one) for one in (first, "they burn my papers")]
    await here.refresh()
    wanted = (first, "they burn my papers", "mi bruciano i documenti")
    assert (before, [languages.distress.hear(one) for one in wanted]) == (
        [True, False],
        [True, True, True],
    )


async def test_a_second_look_reads_nothing(database: Database, languages: Languages) -> None:
    """As long as the edition is the same, the words are not laid anew."""
    let_out(database, "it", "Costa {price}.")
    here = room(database, languages)
    said = languages.words("it").label
    await here.refresh()
    assert languages.words("it").label is said


async def test_a_changed_meaning_takes_every_other_language_away(
    database: Database, languages: Languages
) -> None:
    """English says something else: Italian and Arabic readers read the English, and know."""
    let_out(database, "en", "Now you pay {price}.", changes=True)
    room(database, languages)
    assert heard(languages) == dict.fromkeys(("en", "it", "ar"), "Now you pay 16 euro.")
    stale = {code: languages.words(code).is_stale(PAY) for code in ("en", "it", "ar")}
    assert stale == {"en": False, "it": True, "ar": True}
    assert languages.words("ar").is_stale(FREE) is False
    assert languages.words("ur").is_stale(PAY) is False  # it never said it
    assert languages.words("ar").has(PAY) is False


async def test_where_the_italian_changed_english_readers_read_it_too(
    database: Database, languages: Languages
) -> None:
    """The source itself is stale: nobody is told what is true no more, in any language."""
    let_out(database, "it", "Ora paghi {price}.", changes=True)
    room(database, languages)
    assert heard(languages) == dict.fromkeys(("en", "it", "ar"), "Ora paghi 16 euro.")
    assert languages.words("en").is_stale(PAY) is True
    assert languages.words("en").has(PAY) is False
    wrapped = pictured("💶", in_language("it", PAY))
    assert (languages.words("en").is_stale(wrapped), languages.words("en").has(wrapped)) == (
        *(False, True),
    )


async def test_a_translation_of_the_new_meaning_is_said_again(
    database: Database, languages: Languages
) -> None:
    """Each language comes back by itself, when somebody has translated what is true now."""
    let_out(database, "it", "Ora paghi {price}.", changes=True)
    let_out(database, "ar", "الآن تدفعون {price}.")
    room(database, languages)
    assert heard(languages)["ar"] == "الآن تدفعون 16 euro."
    assert heard(languages)["en"] == "Ora paghi 16 euro."


async def test_words_that_were_only_read_give_way_to_a_better_release(
    database: Database, languages: Languages, tmp_path: Path
) -> None:
    """Who read the shipped words wrote nothing: the next release may say it better."""
    let_out(database, "it", "Paghi {price}.", shipped=True)
    newer = load(tmp_path / "newer", it=CATALOGS["it"].replace("Paghi", "Versi"))
    room(database, newer)
    assert heard(newer)["it"] == "Versi 16 euro."


async def test_literal_words_are_never_stale(database: Database, languages: Languages) -> None:
    """A name is nobody's to translate."""
    let_out(database, "en", "Now you pay {price}.", changes=True)
    room(database, languages)
    assert languages.words("ar").is_stale(verbatim("You pay {price}.")) is False


async def test_a_check_made_here_is_told_on_the_card(
    database: Database, languages: Languages
) -> None:
    """The later day counts: that of the release where it is younger, else the one kept here."""
    here = room(database, languages)
    with database.writing() as connection:
        for subject in ("docs.renew", "numbers.inps"):
            note_check(connection, subject, date(2030, 1, 2), date(2030, 7, 2), 1, NOW, "source")
        note_check(connection, "docs.receipt", date(2000, 1, 2), date(2000, 7, 2), 1, NOW, "old")
        connection.commit()
    shipped = here._furniture.library.cards
    await here.refresh()
    cards = here._furniture.library.cards
    assert cards["docs.renew"] == replace(
        shipped["docs.renew"],
        checked=date(2030, 1, 2),
        review=date(2030, 7, 2),
        status=Status.VERIFIED,
    )
    assert cards["docs.receipt"] == shipped["docs.receipt"]
    inps = next(one for one in here._furniture.numbers if one.id == "inps")
    assert inps.checked == date(2030, 1, 2)


async def test_a_card_whose_meaning_was_changed_is_unchecked_until_somebody_looks(
    database: Database, languages: Languages
) -> None:
    """The day of a check is never shown beside a fact that is younger; other cards keep theirs."""
    here = room(database, languages)
    shipped = here._furniture.library.cards
    card = shipped["docs.renew"]
    key = (None, card.sentences[0])
    proposal = Proposal("content", key, "en", ("Start about 30 days before.",), "law", True, False)
    with database.writing() as connection:
        keep_approved(connection, [proposal], ANNA, BRUNO, NOW)
        connection.commit()
    await here.refresh()
    cards = here._furniture.library.cards
    assert (card.checked is None, cards["docs.renew"]) == (
        False,
        replace(card, checked=None, status=Status.UNVERIFIED),
    )
    assert cards["docs.receipt"] == shipped["docs.receipt"]
    with database.writing() as connection:
        today, later = NOW.date(), date(2027, 5, 22)
        note_check(connection, "docs.renew", today, later, 1, NOW, "the new law")
        connection.commit()
    await here.refresh()
    assert here._furniture.library.cards["docs.renew"].checked == NOW.date()
