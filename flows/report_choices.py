"""What can be chosen in a report: who tells, in which trade, what is wrong, since when, and so on.

The ids are kept in reports for years: none is ever used for another meaning, and none goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from flows.steps import Option
from flows.text import Text, _, verbatim

UNSAID = "-"
WHY = "why"


class Role(StrEnum):
    """Who tells."""

    WORKER = "worker"
    EX_WORKER = "ex-worker"
    COLLEAGUE = "colleague"
    FAMILY = "family"
    WITNESS = "witness"
    OPERATOR = "operator"


class Sector(StrEnum):
    """The trade, as the network counts it."""

    LOGISTICS = "logistics"
    CLEANING = "cleaning"
    RESTAURANT = "restaurant"
    DOMESTIC = "domestic"
    CONSTRUCTION = "construction"
    DELIVERY = "delivery"
    AGRICULTURE = "agriculture"
    HOTEL = "hotel"
    CARE = "care"
    TRANSPORT = "transport"
    CRAFT_METAL = "craft_metal"
    CRAFT_WOOD = "craft_wood"
    FOOD = "food"
    SHOP = "shop"
    CARWASH = "carwash"
    TEXTILE = "textile"
    BEAUTY = "beauty"
    SECURITY = "security"
    WASTE = "waste"
    GREEN = "green"
    OTHER = "other"
    UNKNOWN = "unknown"


class ReportKind(StrEnum):
    """What is wrong, as the network counts it."""

    NO_CONTRACT = "K01"
    FEWER_HOURS = "K02"
    LOW_PAY = "K03"
    LATE_PAY = "K04"
    PAY_BACK = "K05"
    LONG_HOURS = "K06"
    NO_HOLIDAYS = "K07"
    NO_SAFETY = "K08"
    PAPERS_KEPT = "K09"
    DEBT = "K10"
    PAID_FOR_JOB = "K11"
    TIED_BED = "K12"
    BAD_PLACE = "K13"
    THREATS = "K14"
    VIOLENCE = "K15"
    CONFINED = "K16"
    CHILD = "K17"
    FALSE_FIRM = "K18"
    WRONG_LEVEL = "K19"
    CAPORALE = "K20"
    FALSE_TRAINING = "K21"
    RETALIATION = "K22"
    DISCRIMINATION = "K23"
    PAPERS_SOLD = "K24"
    ELSE = "K99"


class When(StrEnum):
    """When it happened; five years matter for pay that is owed."""

    NOW = "now"
    MONTHS_3 = "<3m"
    MONTHS_12 = "3-12m"
    YEARS_5 = "1-5y"
    LONGER = ">5y"


class People(StrEnum):
    """How many it happens to; more than three make the crime graver."""

    ONE = "1"
    FEW = "2-3"
    SOME = "4-9"
    MANY = "10-49"
    CROWD = "50+"
    UNKNOWN = "unknown"


class Proof(StrEnum):
    """What exists that shows it; none of it is asked for here."""

    MESSAGES = "messages"
    PHOTOS = "photos"
    PAYSLIPS = "payslips"
    CONTRACT = "contract"
    DIARY = "diary"
    WITNESSES = "witnesses"
    BANK = "bank"
    PLATE = "plate"


class Want(StrEnum):
    """What the person hopes for."""

    INFORM = "inform"
    ANSWER = "answer"
    CALL = "call"
    LEGAL = "legal"
    UNION = "union"
    INSPECTORATE = "inspectorate"
    LEAVE = "leave"
    HEALTH = "health"
    PAPERS = "papers"
    UNKNOWN = "unknown"


ROLES: dict[str, Text] = {
    Role.WORKER: _("🙋 I work there"),
    Role.EX_WORKER: _("🚶 I worked there before"),
    Role.COLLEAGUE: _("👥 I am a colleague"),
    Role.FAMILY: _("👪 Family or friend"),
    Role.WITNESS: _("👀 I saw it"),
    Role.OPERATOR: _("🤝 I help the person to write"),
}

SECTORS: dict[str, Text] = {
    Sector.LOGISTICS: _("📦 Warehouse, parcels"),
    Sector.CLEANING: _("🧹 Cleaning"),
    Sector.RESTAURANT: _("🍽️ Restaurant, bar, kitchen"),
    Sector.DOMESTIC: _("🏠 Work in a home, care of a person"),
    Sector.CONSTRUCTION: _("🧱 Building site"),
    Sector.DELIVERY: _("🛵 Delivery, rider"),
    Sector.AGRICULTURE: _("🌾 Fields, greenhouses, animals"),
    Sector.HOTEL: _("🛎️ Hotel"),
    Sector.CARE: _("🏥 Care home"),
    Sector.TRANSPORT: _("🚚 Driver, lorry"),
    Sector.CRAFT_METAL: _("🔩 Metal, machines"),
    Sector.CRAFT_WOOD: _("🪑 Furniture, wood"),
    Sector.FOOD: _("🥩 Food, meat"),
    Sector.SHOP: _("🛒 Shop, market, leaflets"),
    Sector.CARWASH: _("🚗 Car wash, repair, petrol"),
    Sector.TEXTILE: _("🧵 Clothes, leather"),
    Sector.BEAUTY: _("💇 Hair, nails, massage"),
    Sector.SECURITY: _("🔦 Guard, doorman"),
    Sector.WASTE: _("🗑️ Waste, recycling"),
    Sector.GREEN: _("🌳 Gardens"),
    Sector.OTHER: _("🔹 Another work"),
    Sector.UNKNOWN: _("🤷 I do not know"),
}

KINDS: dict[str, Text] = {
    ReportKind.NO_CONTRACT: _("📄 No contract"),
    ReportKind.FEWER_HOURS: _("🕗 Fewer hours on paper"),
    ReportKind.LOW_PAY: _("💶 Pay too low"),
    ReportKind.LATE_PAY: _("⌛ Pay late or missing"),
    ReportKind.PAY_BACK: _("💸 I must give money back"),
    ReportKind.LONG_HOURS: _("😓 Too many hours, no rest day"),
    ReportKind.NO_HOLIDAYS: _("🌴 No holidays or sick days"),
    ReportKind.NO_SAFETY: _("🦺 No safety, hidden accident"),
    ReportKind.PAPERS_KEPT: _("🛂 They keep my documents"),
    ReportKind.DEBT: _("🪢 Debt with boss or agent"),
    ReportKind.PAID_FOR_JOB: _("🧾 I paid for the job or the papers"),
    ReportKind.TIED_BED: _("🛏️ Bed or house tied to work"),
    ReportKind.BAD_PLACE: _("🏚️ Very bad bed or place"),
    ReportKind.THREATS: _("😨 Threats"),
    ReportKind.VIOLENCE: _("🩹 Violence, sexual harassment"),
    ReportKind.CONFINED: _("🔒 I cannot go out, I am watched"),
    ReportKind.CHILD: _("🧒 A child works"),
    ReportKind.FALSE_FIRM: _("🎭 False partita IVA or cooperative"),
    ReportKind.WRONG_LEVEL: _("📉 Wrong level or CCNL, false part-time"),
    ReportKind.CAPORALE: _("🚐 A caporale takes money"),
    ReportKind.FALSE_TRAINING: _("🎓 False traineeship or certificate"),
    ReportKind.RETALIATION: _("🚫 Sent away for speaking, blank papers"),
    ReportKind.DISCRIMINATION: _("⚖️ Discrimination"),
    ReportKind.PAPERS_SOLD: _("🏷️ They sell addresses or contracts"),
    ReportKind.ELSE: _("🔹 Something else"),
}

PROVINCES: dict[str, Text] = {
    "MB": verbatim("📍 Monza e Brianza"),
    "MI": verbatim("📍 Milano"),
    "BG": verbatim("📍 Bergamo"),
    "LC": verbatim("📍 Lecco"),
    "CO": verbatim("📍 Como"),
    "VA": verbatim("📍 Varese"),
    "PV": verbatim("📍 Pavia"),
    "MN": verbatim("📍 Mantova"),
    "other": _("🗺️ Another province"),
}

WHENS: dict[str, Text] = {
    When.NOW: _("🔴 It still happens now"),
    When.MONTHS_3: _("📅 It ended less than 3 months ago"),
    When.MONTHS_12: _("📅 3 to 12 months ago"),
    When.YEARS_5: _("📅 1 to 5 years ago"),
    When.LONGER: _("📅 More than 5 years ago"),
}

PEOPLE: dict[str, Text] = {
    People.ONE: _("🧍 Only one person"),
    People.FEW: _("👥 2 or 3"),
    People.SOME: _("👥 4 to 9"),
    People.MANY: _("👥 10 to 49"),
    People.CROWD: _("👥 50 or more"),
    People.UNKNOWN: _("🤷 I do not know"),
}

PROOFS: dict[str, Text] = {
    Proof.MESSAGES: _("💬 Messages"),
    Proof.PHOTOS: _("📷 Photos, videos"),
    Proof.PAYSLIPS: _("🧾 Payslips"),
    Proof.CONTRACT: _("📄 Contract"),
    Proof.DIARY: _("📓 A work diary"),
    Proof.WITNESSES: _("👥 People who saw it"),
    Proof.BANK: _("🏦 Bank papers"),
    Proof.PLATE: _("🚐 A car plate"),
}

WANTS: dict[str, Text] = {
    Want.INFORM: _("📢 Only to tell you"),
    Want.ANSWER: _("💬 Your answer here"),
    Want.LEGAL: _("⚖️ Help of a lawyer"),
    Want.UNION: _("✊ The union"),
    Want.INSPECTORATE: _("🔎 A control by the inspectors"),
    Want.LEAVE: _("🚪 To leave that place"),
    Want.HEALTH: _("🩺 Help for my health"),
    Want.PAPERS: _("🪪 Advice about papers"),
    Want.CALL: _("📞 A phone call"),
    Want.UNKNOWN: _("🤷 I do not know"),
}

YES_NO: dict[str, Text] = {
    "yes": _("✅ Yes"),
    "no": _("✖️ No"),
    "unknown": _("🤷 I do not know"),
}

SKIP = Option(UNSAID, _("🤐 I prefer not to say"))
ASK_WHY = Option(WHY, _("❓ Why do you ask?"))


def options_of(labels: Mapping[str, Text]) -> list[Option]:
    """A list of choices as buttons."""
    short = ("yes", "no")
    return [Option(str(one), label, shares=one in short) for one, label in labels.items()]


def labels_of(labels: Mapping[str, Text], chosen: Iterable[str]) -> list[Text]:
    """What was chosen, in words; an id that nobody knows any more is shown as it is."""
    return [labels.get(one) or verbatim(one) for one in chosen]
