"""What is not right in a catalog is not shown, and is named with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogs import Kind, plural_rule
from bot.languages import Languages
from bot.proof import check_catalogs, coverage
from bot.roster import Language, LanguagesError
from flows.text import Text, _, ngettext
from tests.locales.factory import CODES, LOCALES, ROSTER, header, load, make_locales

HEAD = header("it").count("\n")
"""The lines of the header: a message on line 1 of a body is on the next line of the file."""

SOURCE = _("At {office}: {day}.", office="Desio", day=5)
DAYS = ("{count} day", "{count} days")


def singular(translation: str, before: str = "") -> str:
    """A catalog of one message."""
    return f'{before}msgid "At {{office}}: {{day}}."\nmsgstr "{translation}"\n'


def plural(*forms: str, before: str = "") -> str:
    """A catalog of one message that counts."""
    lines = "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))
    return f'{before}msgid "{{count}} day"\nmsgid_plural "{{count}} days"\n{lines}'


BROKEN = [
    ("", singular(""), SOURCE, Kind.UNTRANSLATED),
    ("", singular("A {office}: {day}.", "#, fuzzy\n"), SOURCE, Kind.STALE),
    ("", singular("A {office}."), SOURCE, Kind.PLACEHOLDERS),
    ("", singular("A {ufficio}: {day}."), SOURCE, Kind.PLACEHOLDERS),
    ("", singular("A {office}: {day} {hour}."), SOURCE, Kind.PLACEHOLDERS),
    ("", singular("A { office }: {day}."), SOURCE, Kind.PLACEHOLDERS),
    ("", plural("{count} giorno", ""), ngettext(*DAYS, 5), Kind.FORMS),
    ("", plural("giorno", "{count} giorni"), None, None),
    ("", plural("{count} giorno", "giorni"), ngettext(*DAYS, 5), Kind.PLACEHOLDERS),
    ("", plural("{count} giorno", "{n} giorni"), ngettext(*DAYS, 5), Kind.PLACEHOLDERS),
]


@pytest.mark.parametrize(("_name", "body", "text", "kind"), BROKEN)
def test_a_wrong_translation_is_kept_back_and_named(
    tmp_path: Path, _name: str, body: str, text: Text | None, kind: Kind | None
) -> None:
    """A stale, missing or broken translation falls back to the source, and the check says where."""
    folder = make_locales(tmp_path, it=body)
    problems = check_catalogs(folder)
    path = tmp_path / "it" / "LC_MESSAGES" / "antenna.po"
    line = HEAD + 1 + body.count("#, fuzzy")
    if text is None:
        assert problems == []
        return
    assert {(problem.path, problem.line) for problem in problems} == {(path, line)}
    assert kind in {problem.kind for problem in problems}
    assert str(problems[0]).startswith(f"{path}:{line}: ")
    languages = Languages.load(folder)
    assert languages.words("it").plain(text) == languages.words("en").plain(text)
    assert not languages.words("it").has(text)


STYLE = [
    ("A <b>{office}</b>: {day}.", Kind.MARKUP),
    ("A *{office}*: {day}.", Kind.MARKUP),
    ("A {office}: {day} }.", Kind.MARKUP),
    ("A {office} &amp; {day}.", Kind.MARKUP),
    ("A [{office}](x): {day}.", Kind.MARKUP),
    ("A {office}:\u202e {day}.", Kind.HIDDEN),
    ("A {office}:\u2067 {day}.", Kind.HIDDEN),
    ("A {office}: {day} ٣.", Kind.DIGITS),
    ("A {office}: {day} ৩.", Kind.DIGITS),
]


@pytest.mark.parametrize(("translation", "kind"), STYLE)
def test_signs_that_do_not_belong_are_named(tmp_path: Path, translation: str, kind: Kind) -> None:
    """Markup, hidden signs and other digits are shown harmlessly, but named."""
    folder = make_locales(tmp_path, it=singular(translation))
    assert [problem.kind for problem in check_catalogs(folder)] == [kind]
    words = Languages.load(folder).words("it")
    assert words.has(SOURCE)
    assert "\u202e" not in words.html(SOURCE)


def test_a_right_catalog_has_no_problems(tmp_path: Path) -> None:
    """The checks do not cry wolf."""
    folder = make_locales(tmp_path, it=singular("A {office} & {day}, l’Inps."))
    assert check_catalogs(folder) == []


@pytest.mark.parametrize(("length", "kinds"), [(40, []), (41, [Kind.LENGTH])])
def test_a_button_holds_forty_letters(tmp_path: Path, length: int, kinds: list[Kind]) -> None:
    """A longer label would be cut off on a small phone."""
    folder = make_locales(tmp_path, it=f'#. button\nmsgid "Yes"\nmsgstr "{"x" * length}"\n')
    assert [problem.kind for problem in check_catalogs(folder)] == kinds


def test_the_same_words_are_translated_once(tmp_path: Path) -> None:
    """When cards and code translate the same words differently, the code wins and it is named."""
    folder = make_locales(tmp_path, it='msgid "Rent"\nmsgstr "Affitto"\n')
    cards = folder / "it" / "LC_MESSAGES" / "content.po"
    cards.write_text(header("it") + 'msgid "Rent"\nmsgstr "Pigione"\n', encoding="utf-8")
    assert [problem.kind for problem in check_catalogs(folder)] == [Kind.CONFLICT]
    assert Languages.load(folder).words("it").plain(_("Rent")) == "Affitto"


WEBLATE_ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5);"
)


@pytest.mark.parametrize(
    ("code", "said", "kinds"),
    [
        ("it", "nplurals=2; plural=n != 1;", []),
        ("it", "nplurals=2; plural=(n > 1);", [Kind.HEADER]),
        ("it", "nplurals=2; plural=(n > 1 ? 1 : n == 1 ? 0 : 1);", []),
        ("ar", WEBLATE_ARABIC, [Kind.HEADER]),
        ("it", "nplurals=2; plural=(n % 0);", [Kind.HEADER]),
    ],
)
def test_a_header_counts_as_babel_does(
    tmp_path: Path, code: str, said: str, kinds: list[Kind]
) -> None:
    """Another way to write the rule is welcome; another rule is named and its plurals kept back."""
    forms = ["{count} x"] * (6 if code == "ar" else 2)
    folder = make_locales(tmp_path, **{code: plural(*forms)})
    path = tmp_path / code / "LC_MESSAGES" / "antenna.po"
    locale = next(language.locale for language in ROSTER if language.code == code)
    text = path.read_text(encoding="utf-8").replace(plural_rule(locale).header, said)
    path.write_text(text, encoding="utf-8")
    assert [problem.kind for problem in check_catalogs(folder)] == kinds
    assert Languages.load(folder).words(code).has(ngettext(*DAYS, 5)) == (not kinds)


@pytest.mark.parametrize("language", ROSTER, ids=CODES)
def test_every_language_can_count(tmp_path: Path, language: Language) -> None:
    """With all its forms filled, a language says every number from 0 to 200 in its own form."""
    rule = plural_rule(language.locale)
    forms = [f"{{count}} form{number}" for number in range(rule.forms)]
    if language.code == "en":
        forms = []
    words = load(tmp_path, **{language.code: plural(*forms)} if forms else {}).words(language.code)
    said = {number: words.plain(ngettext(*DAYS, number)) for number in range(201)}
    if forms:
        bare = {number: said[number].split("form")[1].strip("\u2069") for number in said}
        assert bare == {number: str(rule.choose(number)) for number in said}
    else:
        assert said == {n: f"{n} day" if n == 1 else f"{n} days" for n in said}
    assert {rule.choose(number) for number in said} == set(range(rule.forms))


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('msgid "a"\nmsgstr "b\n', 2),
        ('msgid "a"\nmsgsrt "b"\n', 2),
        ('msgid "a"\nmsgstr "b \\q"\n', 2),
        ("nonsense\n", 1),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\nmsgstr[2] "e"\n', 1),
    ],
)
def test_a_file_that_is_not_a_catalog_stops_the_start(tmp_path: Path, body: str, line: int) -> None:
    """A catalog that cannot be parsed is a clear error with its line, before anybody writes."""
    folder = make_locales(tmp_path, it=body)
    path = tmp_path / "it" / "LC_MESSAGES" / "antenna.po"
    with pytest.raises(LanguagesError, match=rf"antenna\.po:{HEAD + line}:"):
        Languages.load(folder)
    problems = check_catalogs(folder)
    assert [(problem.path, problem.kind) for problem in problems] == [(path, Kind.UNREADABLE)]


def test_a_catalog_in_another_encoding_stops_the_start(tmp_path: Path) -> None:
    """Catalogs are UTF-8."""
    folder = make_locales(tmp_path, it=singular("x"))
    path = tmp_path / "it" / "LC_MESSAGES" / "antenna.po"
    path.write_bytes(path.read_bytes() + b'\nmsgid "e"\nmsgstr "\xe8"\n')
    with pytest.raises(LanguagesError, match=r"antenna\.po:1: cannot be read as a catalog"):
        Languages.load(folder)


def test_what_a_complete_language_lacks_is_named(tmp_path: Path) -> None:
    """A complete language without a catalog, or without a message of the template, is not."""
    folder = make_locales(tmp_path, it='msgid "Rent"\nmsgstr "Affitto"\n')
    template = header("en") + 'msgid "Rent"\nmsgstr ""\n\nmsgid "Bank"\nmsgstr ""\n'
    for domain in ("antenna", "content"):
        (folder / f"{domain}.pot").write_text(template, encoding="utf-8")
    problems = check_catalogs(folder)
    assert [(problem.kind, problem.path.name) for problem in problems] == [
        (Kind.MISSING, "content.po"),
        (Kind.UNTRANSLATED, "antenna.po"),
    ]
    counted = [
        (row.domain, row.total, row.translated, row.untranslated) for row in coverage(folder)
    ]
    assert counted == [("console", 0, 0, 0), ("content", 2, 0, 2), ("antenna", 2, 1, 1)]


def test_a_draft_may_be_unfinished(tmp_path: Path) -> None:
    """Nobody can choose a draft: only its mistakes are named, and its words can be looked at."""
    body = (
        singular("", "")
        + '\n#, fuzzy\nmsgid "Rent"\nmsgstr "Alquiler"\n\nmsgid "Bank"\nmsgstr "B"\n'
    )
    folder = make_locales(tmp_path, es=body)
    path = folder / "languages.toml"
    roster = path.read_text(encoding="utf-8")
    entry = roster.index('code = "es"')
    roster = roster[:entry] + roster[entry:].replace('"complete"', '"draft"', 1)
    path.write_text(roster, encoding="utf-8")
    assert check_catalogs(folder) == []
    languages = Languages.load(folder)
    assert languages.codes == ("it", "en")
    assert languages.words("es").plain(_("Bank")) == "B"
    assert [(row.total, row.stale) for row in coverage(folder)] == [(0, 0)] * 5


@pytest.mark.parametrize("words", ["<b>x</b>", "x\u202e", "{a} }"])
def test_the_source_is_read_too(tmp_path: Path, words: str) -> None:
    """The English of code and cards keeps to the same rules."""
    folder = make_locales(tmp_path)
    body = header("en") + f'msgid "{words}"\nmsgstr ""\n'
    (folder / "antenna.pot").write_text(body, encoding="utf-8")
    places = {(problem.path.name, problem.line) for problem in check_catalogs(folder)}
    assert places == {("antenna.pot", HEAD + 1), ("antenna.po", 1)}


def test_a_plural_source_has_one_set_of_placeholders(tmp_path: Path) -> None:
    """Singular and plural of the source may differ in {count} only."""
    folder = make_locales(tmp_path)
    body = header("en") + 'msgid "{x} day"\nmsgid_plural "{count} days"\nmsgstr[0] ""\n'
    (folder / "antenna.pot").write_text(body, encoding="utf-8")
    found = [problem.kind for problem in check_catalogs(folder)]
    assert found == [Kind.PLACEHOLDERS, Kind.MISSING]


def test_a_template_that_cannot_be_read_is_named_once(tmp_path: Path) -> None:
    """A broken template does not hide what is wrong elsewhere."""
    folder = make_locales(tmp_path, it=singular("A {office}."))
    (folder / "antenna.pot").write_text("nonsense", encoding="utf-8")
    found = [problem.kind for problem in check_catalogs(folder)]
    assert found == [Kind.UNREADABLE, Kind.PLACEHOLDERS]


def test_nothing_is_wrong_today() -> None:
    """Every catalog in the house is right, and the complete languages are complete."""
    assert [str(problem) for problem in check_catalogs(LOCALES)] == []
