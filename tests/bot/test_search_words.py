"""What people call things: read from the files of search words, refused with the place if wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import ContentError, load_library
from bot.guide_things import guides_of
from bot.indexes import DOORS, load_indexes, things_of
from bot.languages import Languages
from bot.search_words import SearchWords, read_search_words
from tests.locales.factory import LOCALES

KNOWN = ("work.pay", "door.talk")
GLOSSARY = "key,it,en\npay,paga / stipendio,pay (wage) (?)\n"


def read(folder: Path, **files: str) -> SearchWords:
    """The search words of these files, beside a glossary of one term."""
    (folder / "glossary.csv").write_text(GLOSSARY, encoding="utf-8")
    (folder / "search").mkdir()
    for name, text in files.items():
        (folder / "search" / f"{name}.toml").write_text(text, encoding="utf-8")
    return read_search_words(folder / "search", KNOWN, ("it", "en"))


def test_words_are_read_by_language_and_thing(tmp_path: Path) -> None:
    """A language or a thing without words has none."""
    words = read(tmp_path, it='"work.pay" = ["soldi", "quanto prendo"]')
    found = [
        words.of(*one) for one in (("it", "work.pay"), ("it", "door.talk"), ("en", "work.pay"))
    ]
    assert found == [("soldi", "quanto prendo"), (), ()]


def test_what_is_the_same_for_all(tmp_path: Path) -> None:
    """Small words and greetings, folded, and the terms of the glossary as they are said."""
    common = (
        '[small]\nit = ["il la è"]\n[hello]\nit = ["Buon giorno"]\n[glossary]\npay = ["work.pay"]'
    )
    words = read(tmp_path, common=common, it='"work.pay" = ["soldi"]')
    assert (dict(words.small), set(words.hellos)) == ({"it": {"il", "la", "e"}}, {"buon", "giorno"})
    assert words.of("it", "work.pay") == ("paga", "stipendio", "soldi")
    assert words.of("en", "work.pay") == ("pay", "wage")


def test_no_folder_has_no_words(tmp_path: Path) -> None:
    """A house may do without."""
    assert read_search_words(tmp_path / "none", KNOWN, ("it",)) == SearchWords()


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("it", '\n"work.gone" = ["a"]', "it.toml:2: `work.gone` is not known here"),
        ("it", '"work.pay" = "soldi"', "it.toml:1: `work.pay` is a list of words, like"),
        ("it", '"work.pay" = [1]', "it.toml:1: `work.pay` is a list of words, like"),
        ("it", '"work.pay" = ["?!"]', "it.toml:1: `work.pay`: “?!” has no letter"),
        ("it", f'"work.pay" = ["{"a" * 81}"]', "is longer than 80 letters"),
        ("it", '"work.pay" = [', "it.toml:1: cannot be read:"),
        ("xx", '"work.pay" = []', "xx.toml:1: `xx` is no language of languages.toml"),
        ("common", "other = 1", "common.toml:1: `other` is unknown; expected one of: small, hello"),
        ("common", "small = 1", "common.toml:1: `small` is a table of lists"),
        ("common", '[glossary]\nboss = ["work.pay"]', "common.toml:2: `boss` is not known here"),
        ("common", '[glossary]\npay = ["work.x"]', "common.toml:2: `work.x` is not known here"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(
    tmp_path: Path, name: str, text: str, wrong: str
) -> None:
    """File, line, and what was expected; nothing is loaded."""
    with pytest.raises(ContentError) as refused:
        read(tmp_path, **{name: text})
    assert wrong in str(refused.value)


def test_what_ships_leads_somewhere() -> None:
    """Every card, procedure, sample paper and door can be found; every place names a flow."""
    languages = Languages.load(LOCALES, drafts=True)
    library = load_library(LOCALES / "content")
    guides = [*guides_of(library)]
    index = load_indexes(languages, library, LOCALES / "search", guides).of("it")
    wanted = {one.place.id for one in (*things_of(library), *DOORS, *guides)}
    assert set(index.places) == wanted
    assert max(len(id_.encode()) for id_ in index.places) <= 40  # a button holds 64 bytes


def test_an_index_is_made_anew_when_the_words_change() -> None:
    """What was approved in the console is found without a restart; until then nothing is redone."""
    languages = Languages.load(LOCALES, drafts=True)
    indexes = load_indexes(languages, load_library(LOCALES / "content"), LOCALES / "search")
    before = indexes.of("it")
    assert indexes.of("it") is before
    languages.take(languages.shipped, languages.edition + 1)
    assert indexes.of("it") is not before
    assert indexes.of(None).own == ("en", "it")
