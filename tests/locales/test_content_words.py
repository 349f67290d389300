"""The words of the cards: complete in Italian, with the same numbers, and nothing promised."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from bot.content import load_library
from bot.content_extract import messages
from flows.library import Card

LOCALES = Path(__file__).parents[2] / "locales"
CONTENT = LOCALES / "content"
MESSAGES = {message.words: message for message in messages(CONTENT)}
ITALIAN = {
    entry.msgid: entry.msgstr
    for entry in polib.pofile(str(LOCALES / "it" / "LC_MESSAGES" / "content.po"))
    if not entry.obsolete and not entry.fuzzy
}
CARDS = tuple(load_library(CONTENT).cards.values())
LONGEST_CARD = 3000
MOST_SENTENCES = 6

IN_ITALIAN = {
    "two": "due",
    "three": "tre",
    "four": "quattro",
    "five": "cinque",
    "seven": "sette",
    "eight": "otto",
    "nine": "nove",
    "ten": "dieci",
}
MONTHS = {
    "January": "gennaio",
    "February": "febbraio",
    "March": "marzo",
    "April": "aprile",
    "May": "maggio",
    "December": "dicembre",
    "September": "settembre",
}
TERMS = {
    "CCNL": "CCNL",
    "INPS": "INPS",
    "INAIL": "INAIL",
    "TFR": "TFR",
    "NASpI": "NASpI",
    "ISEE": "ISEE",
    "STP": "STP",
    "SPID": "SPID",
    "CIE": "CIE",
    "CAF": "CAF",
    "PUA": "PUA",
    "DID": "DID",
    "CPIA": "CPIA",
    "AFOL": "AFOL",
    "patronato": "patronato",
    "caporale": "caporale",
    "partita IVA": "partita IVA",
    "overtime": "straordinari",
    "dismissal": "licenziamento",
    "traineeship": "tirocin",
    "job centre": "centro per l’impiego",
    "Questura": "Questura",
    "labour inspector": "ispettor",
    "payslip": "busta paga",
}
PLURALS = {"busta paga": "buste paga", "centro per l’impiego": "centri per l’impiego"}


def digits(words: str) -> list[str]:
    """Every number in the words, whatever separates its thousands and decimals."""
    return sorted(re.sub(r"[.,]", "", one) for one in re.findall(r"\d+(?:[.,]\d+)*", words))


def test_everything_shown_has_an_italian_translation() -> None:
    """Nothing is missing in Italian and nothing there is for a sentence that is gone."""
    assert set(ITALIAN) == set(MESSAGES)
    assert [source for source, italian in ITALIAN.items() if not italian.strip()] == []


def test_numbers_are_the_same_in_italian() -> None:
    """Telephone numbers, euro, articles, hours and deadlines are those of the English sentence."""
    numbered = {source: digits(source) for source in MESSAGES if digits(source)}
    assert {source: digits(ITALIAN[source]) for source in numbered} == numbered
    assert [s for s in MESSAGES if s not in numbered and digits(ITALIAN[s])] == []


def test_numbers_in_words_are_the_same_in_italian() -> None:
    """ "Two years" does not become three; "six" is left out, in Italian it is also "you are"."""
    wrong = []
    for source, italian in ITALIAN.items():
        english = [IN_ITALIAN[w] for w in re.findall(r"[a-z]+", source.lower()) if w in IN_ITALIAN]
        found = [w for w in re.findall(r"\w+", italian.lower()) if w in IN_ITALIAN.values()]
        wrong += [source] if sorted(english) != sorted(found) else []
    assert wrong == []


@pytest.mark.parametrize(
    ("english", "italian"), [("six", "sei"), ("one year", "un anno"), *MONTHS.items()]
)
def test_time_limits_in_words_are_the_same_in_italian(english: str, italian: str) -> None:
    """A month or a span that the English names is named in Italian."""
    named = [source for source in ITALIAN if re.search(rf"\b{english}\b", source)]
    if english == "May":
        named = [source for source in named if not source.startswith("May")]
    lost = [s for s in named if not re.search(rf"\b{italian}\b", ITALIAN[s].lower())]
    assert lost == []


@pytest.mark.parametrize(("english", "italian"), TERMS.items())
def test_official_terms_are_kept_in_italian(english: str, italian: str) -> None:
    """The word of the office or the law stands in the Italian sentence too."""
    either = {italian.lower(), PLURALS.get(italian, italian).lower()}
    meant = [source for source in ITALIAN if re.search(rf"\b{english}", source)]
    lost = [one for one in meant if not any(term in ITALIAN[one].lower() for term in either)]
    assert meant
    assert lost == []


def test_italian_speaks_simply() -> None:
    """No polite form, no straight quotes or apostrophes, nothing kept from the English."""
    marks = re.compile(r"\b(Lei|Suo|Sua|Suoi|Sue|viene pagat|vengono)\b|['\"“”]|  |\bboss\b")
    assert [italian for italian in ITALIAN.values() if marks.search(italian)] == []


@pytest.mark.parametrize("language", ["en", "it"])
def test_titles_fit_on_a_button(language: str) -> None:
    """The title of a card or an area is read whole on a narrow phone."""
    titles = [one.words for one in MESSAGES.values() if one.notes[-1].endswith(": title")]
    shown = titles if language == "en" else [ITALIAN[title] for title in titles]
    assert [title for title in shown if len(title) > 40] == []


def test_no_mark_of_the_editors_is_shown() -> None:
    """No source number, no "verify" and no date trap stands in what people read."""
    marks = re.compile(r"\[|\]|\bverify\b|DATE TRAP|memory|TODO|seed \d|GOL\b")
    shown = [*MESSAGES, *ITALIAN.values(), *(card.source for card in CARDS)]
    assert [words for words in shown if marks.search(words)] == []


def test_no_card_promises_what_antenna_cannot_do() -> None:
    """Nobody is told that we look, book, send, answer or remind: nobody does, yet.

    The questions are ours, and where reports are read, one may tell us.
    """
    promise = re.compile(
        r"\b(tell|send|ask|show|give) us\b|\bwe (look|book|tell|show|send|find|can|answer)\b"
        r"|\bour (questions|operator)\b|\breminder from\b|\bour \d+\b|\bto us\b",
        re.IGNORECASE,
    )
    told = [words for words in MESSAGES if promise.search(words)]
    assert told == [
        "You do not need a permit to talk to us, and it is free.",
        "Answer our 12 short questions. You can skip any of them.",
        "If it is safe, take a photo of the danger. Then tell us or a union.",
    ]


def test_a_report_is_promised_only_where_one_is_read() -> None:
    """Every sentence that speaks of sending a report stands in place of one that does not.

    That something can be reported at all, somewhere, is true without us.
    """
    report = re.compile(r"\breport (it|here)\b|\bsend a report here\b|\bwhat you send them here\b")
    plain = [words for card in CARDS for words in card.told(reports=False)]
    with_reports = [words for card in CARDS for words in card.told(reports=True)]
    assert [words for words in plain if report.search(words)] == [
        "If you already paid, you are a victim: do not be ashamed, you can report it.",
        "If there is no plan and no tutor, it is false, and you can report it.",
    ]
    assert len([words for words in with_reports if report.search(words)]) == 7


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_is_short(card: Card) -> None:
    """Six sentences at most, and the whole card stays far below the limit of a message."""
    assert len(card.sentences) <= MOST_SENTENCES
    words = (card.title, *card.sentences, card.action)
    for shown in (words, tuple(ITALIAN[one] for one in words)):
        assert len("\n".join((*shown, card.source))) <= LONGEST_CARD


def test_a_translator_sees_what_a_message_is() -> None:
    """Each message has its file, its line and a note that names the card and the place in it."""
    page = (CONTENT / "work" / "contract.md").read_text(encoding="utf-8").splitlines()
    found = [one for one in messages(CONTENT) if one.file == "work/contract.md"]
    assert [one.notes for one in found] == [
        ("button", "Card work.contract: title"),
        *((f"Card work.contract: sentence {at}",) for at in range(1, 7)),
        ("Card work.contract: what to do now",),
    ]
    assert all(page[one.line - 1].endswith(one.words) for one in found)
    assert MESSAGES["My rights at work"].notes == ("button", "Area work: title")
    assert MESSAGES["WhatsApp"].notes == ("Number helpdesk: second way",)
