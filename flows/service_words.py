"""What is said of services: what they are, what somebody needs, and what each of them tells."""

from __future__ import annotations

from flows.counter_words import PAPERS as HAS
from flows.nearness import FAR, RINGS
from flows.service_model import Answer, Bring, Cost, Duty, Kind, Open, Papers, Theme, Visit, Whom
from flows.text import Text, _

KIND_ICONS: dict[Kind, str] = {
    Kind.PUA: "🚪",
    Kind.JOB_CENTRE: "📰",
    Kind.SCHOOL: "📘",
    Kind.UNION: "✊",
    Kind.PATRONATO: "📂",
    Kind.CAF: "🧾",
    Kind.INSPECTORATE: "🦺",
    Kind.TRAFFICKING: "🛟",
    Kind.POLICE: "🪪",
    Kind.TOWN_HALL: "🏛️",
    Kind.CHARITY: "🍲",
    Kind.HEALTH: "🩺",
    Kind.STP: "💊",
    Kind.WOMEN: "👩",
    Kind.LEGAL: "⚖️",
    Kind.NGO: "🤝",
    Kind.CULTURE: "📚",
    Kind.CONSULATE: "🌍",
    Kind.INSURANCE: "💶",
    Kind.HELPLINE: "📞",
    Kind.OTHER: "📌",
}
KIND_WORDS: dict[Kind, Text] = {
    Kind.PUA: _("PUA: one door for all"),
    Kind.JOB_CENTRE: _("Job centre"),
    Kind.SCHOOL: _("School for adults"),
    Kind.UNION: _("Union"),
    Kind.PATRONATO: _("Patronato"),
    Kind.CAF: _("CAF: taxes and ISEE"),
    Kind.INSPECTORATE: _("Labour inspectorate"),
    Kind.TRAFFICKING: _("Help against exploitation"),
    Kind.POLICE: _("Immigration office"),
    Kind.TOWN_HALL: _("Town hall"),
    Kind.CHARITY: _("Food, clothes, a bed"),
    Kind.HEALTH: _("Doctor and health"),
    Kind.STP: _("Doctor with no permit"),
    Kind.WOMEN: _("Help for women"),
    Kind.LEGAL: _("Legal help"),
    Kind.NGO: _("Association"),
    Kind.CULTURE: _("Library, meeting place"),
    Kind.CONSULATE: _("Consulate"),
    Kind.INSURANCE: _("INPS and INAIL"),
    Kind.HELPLINE: _("Line to call"),
    Kind.OTHER: _("Other help"),
}
THEME_ICONS: dict[Theme, str] = {
    Theme.WORK: "💼",
    Theme.JOB: "📰",
    Theme.PAPERS: "🪪",
    Theme.MONEY: "💶",
    Theme.HEALTH: "🩺",
    Theme.HOUSE: "🏠",
    Theme.FAMILY: "👩‍👧",
    Theme.ITALIAN: "📘",
    Theme.LEGAL: "⚖️",
    Theme.SAFETY: "🛟",
    Theme.MEET: "📍",
}
THEME_WORDS: dict[Theme, Text] = {
    Theme.WORK: _("My job and my pay"),
    Theme.JOB: _("Find a job"),
    Theme.PAPERS: _("Residence permit, papers"),
    Theme.MONEY: _("INPS, taxes, ISEE"),
    Theme.HEALTH: _("Doctor and health"),
    Theme.HOUSE: _("Food, clothes, a bed"),
    Theme.FAMILY: _("Women and family"),
    Theme.ITALIAN: _("Learn Italian"),
    Theme.LEGAL: _("A lawyer"),
    Theme.SAFETY: _("A safe place, a person who helps"),
    Theme.MEET: _("Places to meet and to ask"),
}
MENU = tuple(Theme)[:8]
"""What is offered first; the others are found from the cards."""

KINDS_OF: dict[Theme, tuple[Kind, ...]] = {
    Theme.WORK: (Kind.UNION, Kind.INSPECTORATE, Kind.TRAFFICKING, Kind.PUA, Kind.LEGAL),
    Theme.JOB: (Kind.JOB_CENTRE, Kind.PUA),
    Theme.PAPERS: (Kind.PATRONATO, Kind.POLICE, Kind.TOWN_HALL, Kind.CONSULATE, Kind.PUA),
    Theme.MONEY: (Kind.PATRONATO, Kind.CAF, Kind.INSURANCE),
    Theme.HEALTH: (Kind.HEALTH, Kind.STP),
    Theme.HOUSE: (Kind.CHARITY, Kind.TOWN_HALL),
    Theme.FAMILY: (Kind.WOMEN, Kind.HEALTH, Kind.TOWN_HALL),
    Theme.ITALIAN: (Kind.SCHOOL, Kind.CULTURE),
    Theme.LEGAL: (Kind.LEGAL, Kind.UNION),
    Theme.SAFETY: (Kind.TRAFFICKING, Kind.WOMEN),
    Theme.MEET: (Kind.PUA, Kind.CULTURE, Kind.NGO),
}
"""Who helps with what, the first one before the others; a service may say more of itself."""

OF_THEME: dict[Theme, tuple[str, ...]] = {
    Theme.WORK: (
        "work.contract",
        "work.pay",
        "work.dismissal",
        "work.tfr",
        "work.domestic",
        "home.unpaid",
        "exploit.nero",
        "health.accident",
        "health.safety",
        "business.false",
        "area.unions",
    ),
    Theme.JOB: ("jobs.cpi", "jobs.did", "jobs.patto", "jobs.cv"),
    Theme.PAPERS: (
        "docs.renew",
        "docs.cf",
        "docs.residence",
        "docs.change",
        "docs.asylum",
        "docs.ukraine",
        "home.host",
        "area.digital",
    ),
    Theme.MONEY: ("home.isee", "home.naspi", "home.child"),
    Theme.HEALTH: ("health.ssn", "health.doctor", "health.stp", "health.mind"),
    Theme.HOUSE: ("area.help", "area.comune"),
    Theme.FAMILY: (
        "family.clinic",
        "family.maternity",
        "family.desk",
        "family.childcare",
        "family.school",
    ),
    Theme.ITALIAN: ("skills.italian",),
    Theme.LEGAL: ("area.legal",),
    Theme.SAFETY: (
        "exploit.call",
        "exploit.housing",
        "exploit.permit",
        "family.violence",
        "family.18bis",
    ),
    Theme.MEET: ("area.pua", "area.move"),
}
OF_CARD: dict[str, Theme] = {card: one for one, cards in OF_THEME.items() for card in cards}
"""The cards that lead to who helps with what they tell of."""

ALSO = {
    "am": "አማርኛ",
    "bin": "Ẹ̀dó",
    "fa": "فارسی",
    "ff": "Pulaar",
    "fil": "Filipino",
    "hi": "हिन्दी",
    "mnk": "Mandinka",
    "pcm": "Naijá",
    "pl": "Polski",
    "ps": "پښتو",
    "sd": "سنڌي",
    "si": "සිංහල",
    "skr": "سرائیکی",
    "so": "Soomaali",
    "ta": "தமிழ்",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "wo": "Wolof",
}
"""Languages that somebody speaks who does not read them here, each as it calls itself."""

VISITS: dict[Visit, Text] = {
    Visit.WALK_IN: _("🚶 You can just go there."),
    Visit.NEEDED: _("📅 You need an appointment."),
    Visit.PHONE: _("📞 Call first, then go."),
}
COSTS: dict[Cost, Text] = {
    Cost.FREE: _("💶 It is free"),
    Cost.PAID: _("💶 It costs something. Ask first."),
}
PAPERS: dict[Papers, Text] = {
    Papers.NOT_ASKED: _("🪪 Nobody asks for a residence permit."),
    Papers.NOT_NEEDED: _("🪪 You do not need a residence permit."),
    Papers.NEEDED: _("🪪 You need a residence permit."),
}
BRINGS: dict[Bring, Text] = {
    Bring.PASSPORT: HAS["passport"],
    Bring.PERMIT: HAS["permit"],
    Bring.RECEIPT: HAS["receipt"],
    Bring.TAX_CODE: HAS["taxcode"],
    Bring.HEALTH_CARD: HAS["health"],
    Bring.CONTRACT: HAS["contract"],
    Bring.PAYSLIPS: HAS["payslips"],
    Bring.LETTERS: _("The letters you got"),
    Bring.ISEE: _("ISEE"),
    Bring.PHOTOS: _("Photos of you"),
    Bring.DIPLOMA: _("Diploma"),
    Bring.CV: _("CV"),
}
COUNTER: dict[Kind, str] = {
    Kind.JOB_CENTRE: "work",
    Kind.UNION: "pay",
    Kind.POLICE: "renew",
    Kind.STP: "care",
}
"""What somebody most often says at such a counter, as `flows.counter` knows it; of the others she
says it herself."""

WHOMS: dict[Whom, Text] = {
    Whom.WOMEN: _("for women"),
    Whom.MINORS: _("for children and teenagers"),
    Whom.FAMILIES: _("for families"),
    Whom.WORKERS: _("for workers"),
    Whom.ASYLUM: _("for asylum seekers"),
}
DUTIES: dict[Duty, Text] = {
    Duty.PUBLIC: _("⚖️ By law they may have to tell a judge of a serious crime."),
}
OPENS: dict[Open, Text] = {
    Open.OPEN: _("🟢 open now"),
    Open.ALWAYS: _("🟢 day and night"),
    Open.CLOSED: _("🔴 closed now"),
}
YES: dict[str, Text] = {
    "women_staff": _("👩 You can ask for a woman."),
    "children": _("🧒 You can bring your children."),
    "anonymous": _("🙈 You do not have to say your name."),
    "step_free": _("♿ There are no steps."),
}
"""What is said where the answer is yes; otherwise nothing is."""


def ring_words(ring: int | None) -> Text | None:
    """How far something is, as far as it is said."""
    if ring is None:
        return None
    if ring == FAR:
        return _("more than {number} km", number=RINGS[-1])
    return _("less than {number} km", number=ring)


def is_yes(answer: Answer) -> bool:
    """Whether somebody said so; who said nothing has not."""
    return answer is Answer.YES
