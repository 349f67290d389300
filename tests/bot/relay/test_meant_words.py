"""An operator's words that go together with their translation: that first, marked, then they."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.app import LOCALES
from bot.languages import Languages
from bot.relay.cargo import MOST_UNITS, MeantWords, read_meant, with_meant
from bot.relay.refusals import NOT_TO_CHANGE, TOO_LONG, why_not
from bot.relay.spoken import Voice
from flows.handoff_model import LineKind
from storage.handoffs import Content
from tests.bot.relay.office import NOW, Bureau

ITALIAN = Content(LineKind.TEXT, "Venga domani.\nPorti <tutto>.")
MEANT = MeantWords("ar", "Come tomorrow.\nBring <all>.", "Vieni domani. Porta tutto.")


def said(language: str, content: Content) -> str:
    """What a person reads."""
    words = Languages.load(LOCALES).words(language)
    voice = Voice(words, 5, False, "PUA Desio", datetime(2026, 11, 23, tzinfo=UTC))
    return str(voice.said(content).params["text"])


def test_the_translation_comes_first_and_says_what_it_is() -> None:
    """The person reads the machine's words under their mark, and what was written below."""
    assert said("en", with_meant(ITALIAN, MEANT)).split("\n") == [
        "<b>💬 PUA Desio</b>",
        "<i>🤖 A machine translated this. It can be wrong.</i>",
        "Come tomorrow.",
        "Bring &lt;all&gt;.",
        "",
        "<i>✍️ The desk wrote this in Italian:</i>",
        "Venga domani.",
        "Porti &lt;tutto&gt;.",
    ]


def test_the_back_translation_is_the_operators_alone() -> None:
    """What the machine makes of its own words reaches nobody else."""
    assert MEANT.back not in said("en", with_meant(ITALIAN, MEANT))


def test_what_goes_along_is_read_as_it_was_put() -> None:
    """A translation comes back out of a line, and is no part of other lines."""
    assert read_meant(with_meant(ITALIAN, MEANT)) == MEANT
    assert read_meant(ITALIAN) is None


def test_both_together_fit_a_message() -> None:
    """Words that would go alone are too long where their translation does not fit with them."""
    half = Content(LineKind.TEXT, "a" * (MOST_UNITS // 2 + 1))
    both = with_meant(half, MeantWords("ar", half.text, ""))
    assert (why_not(half), why_not(both)) == (None, TOO_LONG)


def test_words_are_not_changed_under_their_translation(bureau: Bureau) -> None:
    """It would say what was said before: such a line is taken back and said anew."""
    handoff = bureau.asks(language="ar")
    say, edit = bureau.deeds.say, bureau.deeds.edit
    done = bureau.deed(say, bureau.anna, handoff.id, with_meant(ITALIAN, MEANT), NOW)
    assert done.line is not None
    other = Content(LineKind.TEXT, "Venga oggi.")
    assert bureau.deed(edit, bureau.anna, handoff.id, done.line.id, other, NOW) == NOT_TO_CHANGE
