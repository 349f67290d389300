"""The whole story of a person and Antenna, read over the phone in two languages."""

from __future__ import annotations

import json

from tests.acceptance.story import Story
from tests.acceptance.town import Town

ENGLISH = """
    USER  /start
    BOT   🌐 Choose your language
          …
          [English] [Italiano]
          …
          [🆘 Help]
    USER  [English]
    EDIT  👋 Welcome to Antenna
          …
          [➡️ Next]
          [⬅️ Back] [🆘 Help]
    USER  [➡️ Next]
    EDIT  🔐 Who reads this?
          …
          [👍 I understand]
          [⬅️ Back] [🆘 Help]
    USER  [👍 I understand]
    EDIT  📱 Does someone else look at this phone?
          …
          [🙂 No, only me]
          [👀 Yes, or I am not sure]
          [⬅️ Back] [🆘 Help]
    USER  [🙂 No, only me]
    EDIT  🏠 How can I help you?

          It is free. You do not need papers here.

          ✍️ Or write what you are looking for.
          [🧭 I need information]
          [🤝 I want to talk to someone]
          [⚠️ Something is wrong at work]
          [📚 Courses and appointments]
          [🗂️ My things]
          [🌐 Language] [🔐 Privacy]
          [🧹 Clean this chat]
          [🆘 Help]
    USER  [🧭 I need information]
    EDIT  🧭 What do you want to know about?
          [🔎 Search]
          [💼 My rights at work]
          [🛟 Exploitation and protection]
          [🪪 My documents]
          [📰 Looking for work]
          [🎓 Skills and training]
          [🧰 My own business]
          [➕ More]
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [💼 My rights at work]
    EDIT  💼 My rights at work

          Choose a question.
          [📄 Work contract]
          …
          [➕ More]
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [📄 Work contract]
    EDIT  📄 Work contract
          …
          [🇮🇹 Show in Italian]
          …
          [🤝 Talk to someone]
          [⚠️ Something is wrong at work]
          [👍 Useful] [👎 Not useful]
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [🇮🇹 Show in Italian]
    EDIT  Il contratto di lavoro
          …
          [↩️ My language] [🏠 Home] [🆘 Help]
    USER  [↩️ My language]
    EDIT  📄 Work contract
          …
          [👍 Useful] [👎 Not useful]
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [👍 Useful]
    EDIT  📄 Work contract
          …
          🙏 Thank you.
          [🇮🇹 Show in Italian]
          …
          [🤝 Talk to someone]
          [⚠️ Something is wrong at work]
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [🤝 Talk to someone]
    EDIT  🤝 Talk to someone

          Today no person answers in this chat.
          …
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [🆘 Help]
    EDIT  🆘 Numbers to call

          🆘 112 · Emergency
          …
          This chat is not for emergencies. No person reads it.
          [⬅️ Back] [🏠 Home]
    USER  [⬅️ Back]
    EDIT  🤝 Talk to someone
          …
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [⬅️ Back]
    EDIT  📄 Work contract
          …
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  /language
    GONE  BOT 📄 Work contract
    BOT   🌐 Choose your language
          …
          [English] [Italiano]
          …
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [Italiano]
    EDIT  📄 Il contratto di lavoro
          …
          [⬅️ Indietro] [🏠 Inizio] [🆘 Aiuto]
    USER  /menu
    GONE  BOT 📄 Il contratto di lavoro
    BOT   🏠 Come posso aiutarti?
          …
          [🧭 Mi servono informazioni]
          [🤝 Voglio parlare con qualcuno]
          [⚠️ Qualcosa non va al lavoro]
          [📚 Corsi e appuntamenti]
          [🗂️ Le mie cose]
          [▶️ Riprendi da dove eri]
          [🌐 Lingua]
          [🧹 Pulisci questa chat]
          [🆘 Aiuto]
    USER  [▶️ Riprendi da dove eri]
    EDIT  📄 Il contratto di lavoro
          …
          [⬅️ Indietro] [🏠 Inizio] [🆘 Aiuto]
    USER  [🏠 Inizio]
    EDIT  🏠 Come posso aiutarti?
          …
          [🆘 Aiuto]
    USER  [🧹 Pulisci questa chat]
    GONE  USER /start
    GONE  USER /language
    GONE  USER /menu
    GONE  BOT 🏠 Come posso aiutarti?
    BOT   🏠 Come posso aiutarti?
          …
          [🆘 Aiuto]
"""

ITALIAN = """
    USER  /start
    BOT   🌐 Scegli la tua lingua
          …
          [🆘 Aiuto]
    USER  [Italiano]
    EDIT  👋 Ciao, questa è Antenna
          …
          [➡️ Avanti]
          [⬅️ Indietro] [🆘 Aiuto]
    USER  [➡️ Avanti]
    EDIT  🔐 Chi legge qui?
          …
          [👍 Ho capito]
          [⬅️ Indietro] [🆘 Aiuto]
    USER  [👍 Ho capito]
    EDIT  📱 Qualcun altro guarda questo telefono?
          …
          [🙂 No, solo io]
          [👀 Sì, o non lo so]
          [⬅️ Indietro] [🆘 Aiuto]
    USER  [🙂 No, solo io]
    EDIT  🏠 Come posso aiutarti?

          È gratis. Qui non servono documenti.

          ✍️ O scrivi che cosa cerchi.
          [🧭 Mi servono informazioni]
          [🤝 Voglio parlare con qualcuno]
          [⚠️ Qualcosa non va al lavoro]
          [📚 Corsi e appuntamenti]
          [🗂️ Le mie cose]
          [🌐 Lingua] [🔐 Privacy]
          [🧹 Pulisci questa chat]
          [🆘 Aiuto]
    USER  [🧭 Mi servono informazioni]
    EDIT  🧭 Che cosa vuoi sapere?
          …
          [⬅️ Indietro] [🏠 Inizio] [🆘 Aiuto]
    USER  [🪪 I miei documenti]
    EDIT  🪪 I miei documenti

          Scegli una domanda.
          …
          [📩 La mia ricevuta vale]
          …
          [➕ Altro]
          [⬅️ Indietro] [🏠 Inizio] [🆘 Aiuto]
    USER  [📩 La mia ricevuta vale]
    EDIT  📩 La mia ricevuta vale
          …
          [👍 Utile] [👎 Non utile]
          [⬅️ Indietro] [🏠 Inizio] [🆘 Aiuto]
    USER  [👎 Non utile]
    EDIT  📩 La mia ricevuta vale
          …
          🙏 Grazie. Una persona può spiegarlo meglio: tocca «Parla con qualcuno».
          …
          [⬅️ Indietro] [🏠 Inizio] [🆘 Aiuto]
    USER  [🤝 Parla con qualcuno]
    EDIT  🤝 Parla con qualcuno
          …
          [⬅️ Indietro] [🏠 Inizio] [🆘 Aiuto]
    USER  /help
    GONE  BOT 🤝 Parla con qualcuno
    BOT   🆘 Numeri da chiamare

          🆘 112 · Emergenza
          …
          [⬅️ Indietro] [🏠 Inizio]
    USER  [⬅️ Indietro]
    EDIT  🤝 Parla con qualcuno
          …
          [⬅️ Indietro] [🏠 Inizio] [🆘 Aiuto]
    USER  [⬅️ Indietro]
    EDIT  📩 La mia ricevuta vale
          …
          [⬅️ Indietro] [🏠 Inizio] [🆘 Aiuto]
    USER  /language
    GONE  BOT 📩 La mia ricevuta vale
    BOT   🌐 Scegli la tua lingua
          …
          [⬅️ Indietro] [🏠 Inizio] [🆘 Aiuto]
    USER  [English]
    EDIT  📩 My receipt (ricevuta) is valid
          …
          [🇮🇹 Show in Italian]
          …
          [⬅️ Back] [🏠 Home] [🆘 Help]
    USER  [🇮🇹 Show in Italian]
    EDIT  La mia ricevuta vale
          …
          [↩️ My language] [🏠 Home] [🆘 Help]
    USER  /clean
    GONE  USER /start
    GONE  USER /help
    GONE  USER /language
    GONE  BOT La mia ricevuta vale
    BOT   🏠 How can I help you?
          …
          [🆘 Help]
"""

FORGET = """
    USER  /start
    BOT   🌐 Choose your language
          …
          [🆘 Help]
    USER  [English]
    EDIT  👋 Welcome to Antenna
          …
          [⬅️ Back] [🆘 Help]
    USER  /forget
    GONE  BOT 👋 Welcome to Antenna
    BOT   🗑️ Forget me?

          I delete everything I keep about you, and I clean this chat.
          Messages older than two days only you can delete.
          For 90 days I keep one locked mark, so that old copies forget you too.

          Your places in courses and your appointments go to others.
          [🗑️ Yes, forget me]
          [✖️ No]
          …
    USER  [✖️ No]
    EDIT  👋 Welcome to Antenna
          …
          [⬅️ Back] [🆘 Help]
    USER  /forget
    GONE  BOT 👋 Welcome to Antenna
    BOT   🗑️ Forget me?
          …
          [🗑️ Yes, forget me]
          [✖️ No]
          …
    USER  [🗑️ Yes, forget me]
    GONE  USER /start
    GONE  USER /forget
    GONE  USER /forget
    GONE  BOT 🗑️ Forget me?
    BOT   ✅ Done. You are forgotten. To begin again: /start
    USER  /start
    BOT   🌐 Choose your language
          …
          [🆘 Help]
"""


async def test_the_story_in_english(town: Town) -> None:
    """From the first word to a cleaned chat, in one message; the language changes on a card."""
    await Story(await town.newcomer(language="en")).reads(ENGLISH)
    assert town.query("SELECT language, useful, count FROM useful") == [("en", 1, 1)]


async def test_the_story_in_italian(town: Town) -> None:
    """The same house in Italian; a card is shown in Italian to somebody who reads English."""
    await Story(await town.newcomer(language="it")).reads(ITALIAN)
    assert town.query("SELECT language, useful, count FROM useful") == [("it", 0, 1)]


async def test_forgetting_in_the_first_minute(town: Town) -> None:
    """Whoever says no is where they were; whoever says yes begins anew, as nobody."""
    await Story(await town.newcomer(language="en")).reads(FORGET)
    assert town.query("SELECT count(*) FROM person") == [(1,)]


async def test_my_data_in_words_and_in_a_file(town: Town) -> None:
    """What is kept is said; the file says the same and holds the open conversation."""
    amina = await town.resident(language="Italiano")
    await amina.goes("🔐 Privacy", "📄 I miei dati")
    assert "La tua lingua: Italiano." in amina.screen.text.splitlines()
    await amina.taps("💾 Dammi un file")
    document = next(one.body["document"] for one in amina.messages if "document" in one.body)
    file = town.telegram.state.files[document["file_id"]]
    told = json.loads(file.content or b"")
    assert document["file_name"] == "antenna.json"
    assert (told["language"], told["careful"], told["chat_id"]) == ("it", False, amina.chat_id)
    assert told["since"] == "2026-11-23"


async def test_a_deep_link_names_the_desk_once(town: Town) -> None:
    """Who scans the poster of a desk is told whose it was; the desk is kept, the payload is not."""
    town.add_desk("k7Qx2mPz", "PUA Carate Brianza")
    amina = await town.newcomer(language="en")
    await amina.sends("/start k7Qx2mPz")
    await amina.taps("English")
    assert "You come from: PUA Carate Brianza." in amina.screen.text.splitlines()
    assert town.query("SELECT desk FROM person") == [("k7Qx2mPz",)]
    await amina.sends("/start another-key")
    assert town.query("SELECT desk FROM person") == [("k7Qx2mPz",)]
