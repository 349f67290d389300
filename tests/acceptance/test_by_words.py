"""Finding by words over the phone: the card comes, and the words are kept nowhere."""

from __future__ import annotations

from tests.acceptance.search import places_of
from tests.acceptance.town import Town

SAID = "my boss zanzibar does not pay me"


async def test_a_card_is_found_in_two_steps(town: Town) -> None:
    """Typed at home, one tap, and the card is on the screen; Back leads to what was found."""
    amina = await town.resident()
    await amina.sends(SAID)
    first = amina.screen
    assert (first.text.splitlines()[0], first.labels[0]) == (
        "🔎 Is it one of these?",
        "⌛ My pay is late or missing",
    )
    await amina.taps(first.labels[0])
    assert amina.screen.text.splitlines()[0] == first.labels[0]
    await amina.taps("⬅️ Back")
    assert amina.screen.labels == first.labels


async def test_the_words_are_kept_nowhere(town: Town) -> None:
    """Not in the conversation, which says only what was found; not in a file, not in the log."""
    amina = await town.resident()
    await amina.sends(SAID)
    kept = repr(amina.state())
    assert ("zanzibar" in kept, "home.unpaid" in kept) == (False, True)
    assert places_of(town, ["zanzibar", SAID]) == {}
    assert town.query("SELECT card, useful, count FROM useful") == [("search", 1, 1)]


async def test_somebody_writes_in_another_language_than_they_read(town: Town) -> None:
    """Who reads English writes Urdu in Latin letters, or Chinese."""
    amina = await town.resident()
    found = []
    for words in ("tankhwah nahi mili", "工资单"):
        await amina.sends(words)
        found.append(amina.screen.labels[0])
    assert found == ["⌛ My pay is late or missing", "🧾 How to read your payslip"]
