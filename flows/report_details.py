"""What is asked about one trade and not about another: one to three questions, all of them free.

They help whoever reads to know where to look first. None of them says what the law is.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.report_choices import YES_NO, Sector
from flows.text import Text, _


@dataclass(frozen=True, slots=True)
class Detail:
    """A question of a trade: its words, why it is asked, what can be answered, and what is weighty.

    `strong` are answers that are a strong sign by themselves, as the same thing among the kinds.
    """

    id: str
    question: Text
    short: Text
    why: Text
    answers: dict[str, Text]
    strong: frozenset[str] = frozenset()


_CHAIN = {
    "firm": _("🏭 The firm where the work is"),
    "coop": _("👥 A cooperative"),
    "agency": _("🧑‍💼 A work agency"),
    "other": _("🔗 Another firm"),
    "unknown": YES_NO["unknown"],
}
_PAID = {
    "bank": _("🏦 By bank"),
    "cash": _("💶 In the hand"),
    "both": _("🏦💶 One part in the hand"),
    "bed": _("🛏️ With a bed or food"),
    "none": _("🚫 Not paid"),
}
_UNIT = {
    "hour": _("🕗 By the hour"),
    "day": _("📅 By the day or month"),
    "piece": _("📦 By piece, room, box or order"),
    "unknown": YES_NO["unknown"],
}
_DAYS = {
    "5": _("📅 5 or less"),
    "6": _("📅 6"),
    "7": _("📅 7"),
    "varies": _("🔀 It changes"),
}
_GEAR = {
    "all": _("✅ Yes, all"),
    "some": _("🔸 Only some"),
    "none": _("✖️ No"),
    "unknown": YES_NO["unknown"],
}

_CHAINED = Detail(
    "chain",
    _("🔗 Who gives the work and the pay?"),
    _("Who gives the work"),
    _("Sometimes there are many firms in a row. We want to find the right one."),
    _CHAIN,
)
_NAMES = Detail(
    "names",
    _("🏷️ Did the cooperative or firm change its name in two years?"),
    _("The firm changed its name"),
    _("When a firm changes its name, workers can lose money. That is why I ask."),
    YES_NO,
)
_PAYING = Detail(
    "paid",
    _("💶 How do they pay?"),
    _("How they pay"),
    _("It tells us which papers can show the pay."),
    _PAID,
)
_COUNTING = Detail(
    "unit",
    _("🧮 How do they count the pay?"),
    _("How the pay is counted"),
    _("Pay by piece can be much too low. We want to understand yours."),
    _UNIT,
)
_WEEK = Detail(
    "days",
    _("📅 How many days of work in a week?"),
    _("Days of work in a week"),
    _("It tells us if there is time to rest."),
    _DAYS,
)
_GEARED = Detail(
    "gear",
    _("🦺 Does the boss give shoes, gloves, helmet or mask?"),
    _("Protection from the boss"),
    _("It tells us how dangerous the work is."),
    _GEAR,
)
_MACHINES = Detail(
    "machines",
    _("⚙️ Are the protections of machines taken off?"),
    _("Machines without protection"),
    _("It tells us how dangerous the work is."),
    YES_NO,
)
_ACCIDENT = Detail(
    "accident",
    _("🩹 Was somebody hurt there, and it was hidden?"),
    _("A hidden accident"),
    _("You have rights after an accident also with no contract. We do not ask who it was."),
    YES_NO,
)
_VAT = Detail(
    "vat",
    _("🧾 Did they say: open a partita IVA or you do not work?"),
    _("Made to open a partita IVA"),
    _("With a partita IVA the boss can hide a normal job. That is why I ask."),
    YES_NO,
)
_BROKER = Detail(
    "broker",
    _("🚐 Does somebody take money to find the work or to bring people there?"),
    _("Somebody takes money for the work"),
    _("The person who takes money may do it to many. You need not say who it is."),
    YES_NO,
    strong=frozenset({"yes"}),
)
_ACCOUNT = Detail(
    "account",
    _("📱 Does somebody take money for the account in the app?"),
    _("Somebody takes money for the account"),
    _("The person who takes money may do it to many. We do not ask whose account it is."),
    YES_NO,
    strong=frozenset({"yes"}),
)
_LIVE_IN = Detail(
    "live",
    _("🏠 Does the worker live in the home of the family?"),
    _("Lives in the home"),
    _("Hours and rest are different for who lives in and who lives out."),
    YES_NO,
)
_FREE = Detail(
    "free",
    _("🌤️ Is there free time every week to go out?"),
    _("Free time to go out"),
    _("Everybody needs rest. It tells us how serious it is."),
    YES_NO,
)
_INPS = Detail(
    "inps",
    _("📄 Did the family register the work with INPS?"),
    _("Registered with INPS"),
    _("The family must register the work before the first day."),
    YES_NO,
)
_REST = Detail(
    "rest",
    _("😴 Is there enough rest between two shifts?"),
    _("Rest between shifts"),
    _("Without rest, work is dangerous."),
    YES_NO,
)

DETAILS: dict[Sector, tuple[Detail, ...]] = {
    Sector.LOGISTICS: (_CHAINED, _NAMES, _COUNTING),
    Sector.CLEANING: (_CHAINED, _COUNTING),
    Sector.RESTAURANT: (_WEEK, _PAYING),
    Sector.DOMESTIC: (_LIVE_IN, _FREE, _INPS),
    Sector.CONSTRUCTION: (_GEARED, _ACCIDENT, _VAT),
    Sector.DELIVERY: (_ACCOUNT, _COUNTING, _VAT),
    Sector.AGRICULTURE: (_BROKER, _COUNTING, _GEARED),
    Sector.HOTEL: (_CHAINED, _COUNTING),
    Sector.CARE: (_CHAINED, _REST),
    Sector.TRANSPORT: (_REST, _VAT),
    Sector.CRAFT_METAL: (_MACHINES, _GEARED),
    Sector.CRAFT_WOOD: (_MACHINES, _GEARED),
    Sector.FOOD: (_CHAINED, _MACHINES, _GEARED),
    Sector.SHOP: (_BROKER, _COUNTING),
    Sector.CARWASH: (_WEEK, _PAYING, _GEARED),
    Sector.TEXTILE: (_WEEK, _COUNTING, _MACHINES),
    Sector.BEAUTY: (_WEEK, _PAYING),
    Sector.SECURITY: (_REST, _CHAINED),
    Sector.WASTE: (_GEARED, _MACHINES),
    Sector.GREEN: (_GEARED, _VAT),
    Sector.OTHER: (_PAYING,),
    Sector.UNKNOWN: (_PAYING,),
}

EVERY_DETAIL = {detail.id: detail for one in DETAILS.values() for detail in one}
