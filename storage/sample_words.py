"""What the made-up people of the sample say and need: nobody of them exists."""

from __future__ import annotations

from dataclasses import dataclass

from flows.case_model import Lane, Service


@dataclass(frozen=True, slots=True)
class Place:
    """A territory of the sample, with how much happened there in the year.

    Of the sheets so many have irregular work confirmed, of these `trained` began a training. On
    `paths` placement paths there are `contracts` regular contracts. `concluded` of those taken in
    charge reached their goal, wholly or in part; `ended` ended otherwise, `rest` are suspended and
    the others still go on. `met` came without a sheet.
    """

    territory: str
    sheets: int
    irregular: int
    trained: int
    paths: int
    contracts: int
    taken: int
    concluded: int
    ended: int
    rest: int
    met: int
    sectors: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    towns: tuple[str, ...]


DESIO = Place(
    "Desio",
    sheets=139,
    irregular=33,
    trained=17,
    paths=21,
    contracts=12,
    taken=60,
    concluded=53,
    ended=2,
    rest=1,
    met=22,
    sectors=(
        ("domestic", 34),
        ("restaurant", 20),
        ("construction", 16),
        ("logistics", 14),
        ("craft_metal", 9),
        ("craft_wood", 7),
    ),
    languages=(
        ("es", 26),
        ("ar", 21),
        ("uk", 15),
        ("ro", 10),
        ("ur", 9),
        ("sq", 7),
        ("fr", 6),
        ("si", 6),
    ),
    towns=("Desio", "Cesano Maderno", "Seregno", "Lissone", "Muggiò", "Nova Milanese"),
)
CARATE = Place(
    "Carate Brianza",
    sheets=96,
    irregular=42,
    trained=34,
    paths=27,
    contracts=19,
    taken=45,
    concluded=31,
    ended=3,
    rest=2,
    met=34,
    sectors=(("logistics", 42), ("cleaning", 33), ("restaurant", 25)),
    languages=(
        ("bn", 22),
        ("ar", 22),
        ("ur", 17),
        ("fr", 14),
        ("en", 13),
        ("es", 12),
    ),
    towns=("Carate Brianza", "Giussano", "Besana in Brianza", "Verano Brianza", "Triuggio"),
)

PARTNERS = {
    "jobs": "Centro per l'impiego (esempio)",
    "union": "Sindacato (esempio)",
    "school": "Scuola di italiano (esempio)",
    "training": "Ente di formazione (esempio)",
}
"""Organisations of the sample; closed from the start, so that nothing is ever sent to them."""

WOMEN = {"domestic": 88, "cleaning": 63, "restaurant": 45, "logistics": 18}
"""How many of a hundred who work in a sector are women here; of the others, eight."""

KINDS: dict[str, tuple[str, ...]] = {
    "domestic": ("K01", "K02", "K06", "K07", "K12"),
    "restaurant": ("K01", "K02", "K03", "K06", "K05"),
    "construction": ("K01", "K08", "K18", "K20", "K03"),
    "logistics": ("K03", "K06", "K18", "K19", "K20"),
    "cleaning": ("K02", "K03", "K04", "K19"),
    "craft_metal": ("K02", "K08", "K19"),
    "craft_wood": ("K02", "K08", "K04"),
}

JOBS: dict[str, tuple[str, ...]] = {
    "domestic": ("badante convivente", "colf a ore", "babysitter"),
    "restaurant": ("lavapiatti", "aiuto cuoco", "cameriera"),
    "construction": ("manovale", "imbianchino", "muratore"),
    "logistics": ("facchino", "smistamento pacchi", "mulettista"),
    "cleaning": ("pulizie uffici", "pulizie scale", "pulizie ospedale"),
    "craft_metal": ("operaio di officina", "saldatore"),
    "craft_wood": ("operaio di falegnameria", "verniciatore"),
}

STORIES = (
    "Lavora più ore di quelle scritte. Una parte della paga arriva in contanti.",
    "Non ha un contratto. Vuole capire come mettersi in regola.",
    "Cerca un lavoro regolare. Parla poco italiano.",
    "La busta paga non è quella vera. Ha paura di perdere il posto.",
    "È venuta con un'amica. Chiede dei documenti e della scuola dei figli.",
    "Il lavoro finisce fra un mese. Vuole fare un corso.",
    "Il capo dice che il contratto arriva «la prossima settimana», da tre mesi.",
    "Chiede come si apre un conto e come si legge la busta paga.",
)
GOALS = (
    "Un contratto regolare vicino a casa",
    "Imparare l'italiano e fare un corso",
    "Lavorare con gli orari scritti nel contratto",
    "Rinnovare i documenti e cercare lavoro",
    "Un lavoro che lasci tempo per i figli",
)
TALKS = (
    "Colloquio allo sportello",
    "Secondo colloquio, con la mediatrice",
    "Colloquio con l'assistente sociale",
)

LANES: dict[Service, Lane] = {
    Service.MEDIATION: Lane.PERSONAL,
    Service.JOB_SERVICES: Lane.WORK,
    Service.MONEY: Lane.SOCIAL,
    Service.COUNSELLING: Lane.PERSONAL,
    Service.SOCIAL: Lane.SOCIAL,
    Service.UNIONS: Lane.WORK,
    Service.TRAINING: Lane.WORK,
    Service.SKILLS: Lane.WORK,
    Service.MATCHING: Lane.WORK,
    Service.TRAINEESHIP: Lane.WORK,
    Service.ITALIAN: Lane.PERSONAL,
    Service.HOUSING: Lane.SOCIAL,
}
BASIC = (
    (Service.MEDIATION, 24),
    (Service.JOB_SERVICES, 27),
    (Service.MONEY, 13),
    (Service.COUNSELLING, 12),
    (Service.SOCIAL, 14),
    (Service.UNIONS, 10),
)
"""S01 to S06, with how often they are chosen."""

MINUTES: dict[Service, tuple[int, ...]] = {
    Service.TRAINING: (240, 480, 960),
    Service.ITALIAN: (600, 1200),
    Service.MATCHING: (60, 90),
}
USUAL_MINUTES = (30, 45, 60, 90)

WHAT: dict[Service, tuple[str, ...]] = {
    Service.MEDIATION: ("Mediatrice al colloquio", "Mediatore al telefono"),
    Service.JOB_SERVICES: ("Iscrizione al Centro per l'impiego", "Dichiarazione di disponibilità"),
    Service.MONEY: ("Leggere la busta paga", "Aprire un conto di base"),
    Service.COUNSELLING: ("Colloquio di counseling",),
    Service.SOCIAL: ("Appuntamento ai servizi sociali del Comune",),
    Service.UNIONS: ("Controllo delle buste paga", "Incontro con il sindacato"),
    Service.TRAINING: ("Corso HACCP", "Corso per assistenti familiari", "Corso muletto"),
    Service.SKILLS: ("Bilancio delle competenze",),
    Service.MATCHING: ("Colloquio con un'azienda", "Profilo senza nome alle aziende"),
    Service.TRAINEESHIP: ("Tirocinio di tre mesi",),
    Service.ITALIAN: ("Corso di italiano A2", "Corso di italiano A1"),
    Service.HOUSING: ("Domanda per una stanza",),
}
PROVIDERS: dict[Service, str] = {
    Service.JOB_SERVICES: "jobs",
    Service.UNIONS: "union",
    Service.TRAINING: "training",
    Service.ITALIAN: "school",
    Service.MATCHING: "jobs",
    Service.TRAINEESHIP: "training",
}
"""Who of the partners delivers it; what is not here the office does itself."""
