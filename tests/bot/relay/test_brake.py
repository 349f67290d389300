"""Who writes to a desk faster than anybody can is told that the last did not arrive."""

from __future__ import annotations

import pytest

from bot.telegram.incoming import read_update
from bot.turn import TOO_FAST, TOO_FAST_FOR_THE_DESK
from flows.handoff_model import Reason
from flows.text import Text
from tests.bot.relay.office import FATIMA, NOW, Bureau
from tests.bot.relay.phone import Phone, a_phone


def braked(phone: Phone) -> str:
    """What the bot says to the message that is one too many."""
    account = {"id": FATIMA, "is_bot": False, "first_name": "Canary"}
    chat = {"id": FATIMA, "type": "private"}
    message = {"message_id": 9000, "date": int(NOW.timestamp()), "chat": chat, "from": account}
    update = read_update({"update_id": 9000, "message": {**message, "text": "31"}})
    assert update is not None
    turned = phone.bureau.do(phone.turns.slow_down(update, phone.now))
    [said] = [row.params["text"] for row in turned.rows if "text" in row.params]
    return str(said)


@pytest.mark.parametrize(("closed", "words"), [(False, TOO_FAST_FOR_THE_DESK), (True, TOO_FAST)])
def test_the_last_is_to_be_written_again(bureau: Bureau, closed: bool, words: Text) -> None:
    """While a desk listens, what is dropped is said to be dropped; else nothing was lost."""
    phone = a_phone(bureau, language="it")
    handoff = bureau.asks(language="it")
    phone.writes("/start")
    if closed:
        bureau.deed(bureau.deeds.close, bureau.anna, handoff.id, Reason.ANSWERED, NOW)
    assert braked(phone) == bureau.languages.words("it").plain(words)
