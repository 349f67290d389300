"""Words find their way from the code into the catalogs, and changed ones turn stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogs import messages, read_catalog, sources
from bot.extract import ROOMS, as_po, find_all, find_in_code, find_unfilled, main, make_template
from bot.languages import Languages
from flows.text import _, ngettext
from tests.locales.factory import LOCALES, make_locales

HOUSE = LOCALES.parent

CODE = """
from flows.text import _, ngettext, pgettext, verbatim
from flows.steps import Option

A = _("One sentence, " "in two pieces.")
B = _("At {office}.", office=verbatim("not me"))
C = ngettext("{count} day", "{count} days", 5)
# Translators: of a door
D = pgettext("door", "Open")
E = Option("yes", _("Yes, really") if A else _("Yes"))
F = confirm(yes=_("Go on"), title=_("A title"))
G = _(A)
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house: one module, the real list, an empty Italian catalog."""
    for room in ROOMS:
        (tmp_path / room).mkdir()
    (tmp_path / "flows" / "home.py").write_text(CODE, encoding="utf-8")
    make_locales(tmp_path / "locales")
    (tmp_path / "locales" / "content").mkdir()
    return tmp_path


def italian(house: Path) -> Path:
    """The Italian catalog of the code."""
    return house / "locales" / "it" / "LC_MESSAGES" / "antenna.po"


def translate(house: Path, old: str, new: str) -> None:
    """Fill in a translation as a translator would."""
    text = italian(house).read_text(encoding="utf-8")
    assert old in text
    italian(house).write_text(text.replace(old, new), encoding="utf-8")


def change(house: Path, old: str, new: str) -> None:
    """Change the code and extract again."""
    path = house / "flows" / "home.py"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert main(["--root", str(house)]) == 0


def test_every_way_to_mark_words_is_found(house: Path) -> None:
    """Plain, plural and contextual words are found with what a translator needs to know."""
    found = [(item.id, item.context, item.notes) for item in find_in_code(house)]
    assert found == [
        ("One sentence, in two pieces.", None, ()),
        ("At {office}.", None, ()),
        (("{count} day", "{count} days"), None, ()),
        ("Open", "door", ("of a door",)),
        ("Yes, really", None, ("button",)),
        ("Yes", None, ("button",)),
        ("Go on", None, ("button",)),
        ("A title", None, ()),
    ]


def test_extracting_twice_changes_nothing(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The files hold nothing that differs from day to day: a second run writes none."""
    assert main(["--root", str(house)]) == 0
    capsys.readouterr()
    assert main(["--root", str(house)]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if "wrote" in line] == []
    assert main(["--root", str(house), "--check"]) == 0


def test_a_comment_or_an_empty_line_changes_nothing(house: Path) -> None:
    """Moving code about makes no noise in the catalogs."""
    assert main(["--root", str(house)]) == 0
    before = italian(house).read_bytes()
    change(house, "A = _(", "\n\n# a comment\n\nA = _(")
    assert italian(house).read_bytes() == before


def test_the_check_names_what_is_out_of_date(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --check nothing is written, and every file to be written is named."""
    assert main(["--root", str(house), "--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "locales/content.pot: run python -m bot.extract.",
        "locales/it/LC_MESSAGES/content.po: run python -m bot.extract.",
        "locales/antenna.pot: run python -m bot.extract.",
        "locales/it/LC_MESSAGES/antenna.po: run python -m bot.extract.",
    ]
    assert not italian(house).exists()


def test_a_changed_source_makes_its_translation_stale(house: Path) -> None:
    """The translation follows the changed words, marked, and is not shown; the source is."""
    main(["--root", str(house)])
    translate(house, 'msgid "A title"\nmsgstr ""', 'msgid "A title"\nmsgstr "Un titolo"')
    assert Languages.load(house / "locales").words("it").plain(_("A title")) == "Un titolo"
    change(house, "A title", "A new title")
    assert ('#, fuzzy\n#| msgid "A title"\nmsgid "A new title"\nmsgstr "Un titolo"\n') in italian(
        house
    ).read_text(encoding="utf-8")
    words = Languages.load(house / "locales").words("it")
    assert words.plain(_("A new title")) == "A new title"
    assert not words.has(_("A new title"))
    before = italian(house).read_bytes()
    change(house, "A = _(", "\nA = _(")
    assert italian(house).read_bytes() == before


def test_a_stale_source_of_several_lines_is_kept(house: Path) -> None:
    """What the translation was made from stays readable through later runs, lines and all."""
    change(house, "A title", "A title\\nof two lines")
    translate(house, 'of two lines"\nmsgstr ""', 'of two lines"\nmsgstr "Un titolo\\ndi due"')
    change(house, "of two lines", "of 2 lines")
    before = italian(house).read_bytes()
    assert '"of two lines"' in before.decode()
    change(house, "A = _(", "\nA = _(")
    assert italian(house).read_bytes() == before


def test_notes_of_translators_stay(house: Path) -> None:
    """What a translator wrote beside a message is kept."""
    main(["--root", str(house)])
    translate(house, 'msgid "A title"', '# ask Amina\nmsgid "A title"')
    before = italian(house).read_text(encoding="utf-8")
    main(["--root", str(house)])
    assert "# ask Amina" in italian(house).read_text(encoding="utf-8")
    assert len(italian(house).read_text(encoding="utf-8")) == len(before)


def test_a_plural_changed_alone_is_stale_too(house: Path) -> None:
    """The plural is part of the source."""
    main(["--root", str(house)])
    translate(
        house, 'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "{count} g."\nmsgstr[1] "{count} gg."'
    )
    text = ngettext("{count} day", "{count} days", 2)
    assert Languages.load(house / "locales").words("it").plain(text) == "2 gg."
    change(house, "{count} days", "{count} long days")
    assert not Languages.load(house / "locales").words("it").has(text)


def test_what_is_used_again_is_not_lost(house: Path) -> None:
    """A translation whose source is gone waits out of use and comes back with it, not stale."""
    main(["--root", str(house)])
    translate(house, 'msgid "Go on"\nmsgstr ""', 'msgid "Go on"\nmsgstr "Avanti"')
    change(house, "Go on", "Quite another label")
    assert '#~ msgid "Go on"\n#~ msgstr "Avanti"' in italian(house).read_text(encoding="utf-8")
    change(house, "Quite another label", "Go on")
    assert Languages.load(house / "locales").words("it").plain(_("Go on")) == "Avanti"


def test_words_of_another_context_do_not_follow(house: Path) -> None:
    """A translation follows a changed source only in its own context."""
    main(["--root", str(house)])
    translate(house, 'msgid "Open"\nmsgstr ""', 'msgid "Open"\nmsgstr "Apri"')
    change(house, '"door", "Open"', '"shop", "Open"')
    catalog = read_catalog(italian(house))
    found = [message for message in messages(catalog) if sources(message) == ("Open",)]
    assert [(message.context, message.string) for message in found] == [("shop", "")]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('_("At {office}.")', "placeholders and parameters differ: office."),
        ('_("At {office}.", town=1)', "placeholders and parameters differ: office, town."),
        ('ngettext("{count} {x}", "{count} {y}", 5, x=1)', "parameters differ: y."),
        ('pgettext("{x}", "Open {y}", x=1)', "parameters differ: x, y."),
        ('_(f"At {A}.")', "an f-string is filled before it can be translated."),
    ],
)
def test_an_unfilled_placeholder_is_found_before_anyone_sees_it(
    house: Path, call: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Calls in the code fill exactly the placeholders of their words."""
    (house / "bot" / "new.py").write_text(f"\nX = {call}\n", encoding="utf-8")
    assert main(["--root", str(house)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("bot/new.py:2: ")
    assert said in error


def test_a_broken_catalog_is_not_overwritten(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be read is left alone and named."""
    main(["--root", str(house)])
    italian(house).write_text('msgid "x\n', encoding="utf-8")
    assert main(["--root", str(house)]) == 1
    assert "antenna.po:" in capsys.readouterr().err
    assert italian(house).read_text(encoding="utf-8") == 'msgid "x\n'


def test_the_house_fills_its_placeholders() -> None:
    """Every call in the code fills exactly the placeholders of its words."""
    assert find_unfilled(HOUSE) == []


@pytest.mark.parametrize("domain", ["antenna", "content"])
def test_the_templates_are_what_code_and_cards_say(domain: str) -> None:
    """After a change of words: `python -m bot.extract`."""
    template = make_template(find_all(HOUSE)[domain])
    assert (LOCALES / f"{domain}.pot").read_bytes() == as_po(template)
