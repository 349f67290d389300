"""Two Italian words for a person whose name nobody asks: easy to say, easy to tell apart."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, select, union_all

from storage.calendar_schema import appointment, enrolment
from storage.case_schema import contact
from storage.handoff_schema import handoff

# No first names, no colours of skins, nothing of a country or a people, nothing that is said of
# people to mock or to hurt them, no boats, and nothing of the police.
_MASCULINE = """
abete acero airone albatro alveare anemone aquilone arcipelago arco arcobaleno arenile ateneo
balcone bambù bosco camino canale canneto cardo castagno castello castoro cedro cembalo
ciclamino cigno cipresso cortile cratere cristallo delfino diamante dolmen eucalipto faro fiordo
fiume flauto frassino frutteto gabbiano gambo geco geyser ghiacciaio giaggiolo giardino ginepro
girasole giunco glicine golfo granaio ibisco ippocampo istrice lago larice lampione leccio legno
liuto lupino mandorlo mirto molo monte mulino nespolo nido noce olmo ontano orizzonte oro orto
papavero parco passo pendio picchio pino pioppo platano ponte porto prato quarzo ramo ricciolo
rifugio rubino salice sasso scoglio sentiero sicomoro tamburo tasso teatro tiglio timone topazio
torrente trifoglio tulipano tramonto usignolo vento viale violino vulcano zaffiro zefiro
"""
_FEMININE = """
acacia agave allodola alga anfora ape arpa baia betulla bilancia bottega brezza brughiera
bussola campana candela cascata cava chitarra chiocciola cicogna collina conchiglia cometa corda
corteccia costa cupola duna edera farfalla felce fenice foglia fonte foresta galassia genziana
ghianda ginestra gondola gronda grotta isola laguna lanterna lavanda libellula lince lontra
magnolia marea meridiana mimosa montagna mongolfiera neve nuvola oasi onda orchidea ortensia
panchina penisola pergola piazza pietra pigna pineta pioggia piuma primula quercia radice renna
riva roccia rondine rugiada salamandra salvia scogliera sequoia sorgente spiaggia spiga strada
tartaruga tavola terrazza torre tuia valle vela vetta
"""
# Where masculine and feminine differ, the masculine with "/a".
_QUALITIES = """
agile alpino/a alto/a ampio/a antico/a argenteo/a armonioso/a attento/a autunnale azzurro/a
brillante calmo/a cordiale costiero/a cristallino/a curioso/a danzante diligente discreto/a
dorato/a elegante esatto/a essenziale estivo/a fiorito/a fluviale fresco/a garbato/a gentile
geniale gioioso/a giocoso/a grande ideale indaco intenso/a invernale lacustre leale leggero/a
lieve limpido/a lontano/a luminoso/a lunare maestoso/a marino/a mattutino/a melodioso/a mite
montano/a musicale nobile nuovo/a paziente pensoso/a perlato/a polare primaverile profondo/a
puntuale quieto/a radioso/a rapido/a raro/a regale ridente robusto/a saggio/a scintillante
schietto/a serale silenzioso/a solare sonoro/a sottile splendente squillante stabile stellato/a
svelto/a tenace tranquillo/a trasparente turchese vasto/a veloce verde vibrante vispo/a vivace
"""
MASCULINE = tuple(_MASCULINE.split())
FEMININE = tuple(_FEMININE.split())
QUALITIES = tuple(_QUALITIES.split())
TRIES = 50


def designation(connection: Connection) -> str:
    """Two words that nobody is called by yet: "Airone verde"; with a number where all are taken."""
    named = (handoff, contact, enrolment, appointment)
    taken = union_all(*(select(one.c.designation) for one in named)).subquery()
    for attempt in range(TRIES):
        # The words of a hundred thousand people are soon all taken: a number makes more of them.
        words = draw() if attempt < TRIES // 2 else f"{draw()} {2 + secrets.randbelow(98)}"
        query = select(taken.c.designation).where(taken.c.designation == words).limit(1)
        if connection.execute(query).first() is None:
            return words
    return f"{draw()} {100 + secrets.randbelow(900_000)}"


def designation_of(
    connection: Connection, *, person_id: int | None = None, contact_id: int | None = None
) -> str:
    """What operators call somebody already, by a conversation, a sheet, a course or an
    appointment; two new words for somebody who is new."""
    for table, column, key in (
        (contact, "id", contact_id),
        (handoff, "person_id", person_id),
        (contact, "person_id", person_id),
        (appointment, "person_id", person_id),
        (enrolment, "person_id", person_id),
        (appointment, "contact_id", contact_id),
        (enrolment, "contact_id", contact_id),
    ):
        if key is not None:
            query = select(table.c.designation).where(table.c[column] == key).limit(1)
            known = connection.execute(query).scalar()
            if known is not None:
                return str(known)
    return designation(connection)


def draw(choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """Two words by chance, or by whatever chooses."""
    noun = choose((*MASCULINE, *FEMININE))
    word, _, feminine = choose(QUALITIES).partition("/")
    return f"{noun.capitalize()} {word[:-1] + feminine if feminine and noun in FEMININE else word}"


def pairs() -> int:
    """How many pairs of words there are."""
    return (len(MASCULINE) + len(FEMININE)) * len(QUALITIES)
