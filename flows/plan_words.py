"""The plan in words, as the person reads it: a pictogram, and words that anybody knows."""

from __future__ import annotations

from datetime import date

from flows.case_model import ActionState, Lane, Service, Stage
from flows.text import Text, _

MY_LANES: dict[Lane, Text] = {
    Lane.WORK: _("💼 Work"),
    Lane.SOCIAL: _("🏘️ Home, papers, money"),
    Lane.PERSONAL: _("👪 You and your family"),
}

MY_STAGES: dict[Stage, Text] = {
    Stage.CONTACT: _("👋 We know you"),
    Stage.SHEET_OPEN: _("📝 We listen to you"),
    Stage.IDENTIFIED_YES: _("📝 We listen to you"),
    Stage.IDENTIFIED_NO: _("📝 We listen to you"),
    Stage.IDENTIFIED_POTENTIAL: _("📝 We listen to you"),
    Stage.REFERRED_FORMAL: _("🤝 Another office looks at it with us"),
    Stage.TAKEN_IN_CHARGE: _("📂 Your file is open"),
    Stage.PROJECT_ACTIVE: _("🪜 We follow your plan"),
    Stage.SUSPENDED: _("⏸️ Your file rests"),
    Stage.CONCLUDED: _("🏁 Your file is closed"),
}

MY_SERVICES: dict[Service, Text] = {
    Service.MEDIATION: _("🗣️ A person who speaks your language"),
    Service.JOB_SERVICES: _("🧭 Where to look for work"),
    Service.MONEY: _("💶 Help with money and bank"),
    Service.COUNSELLING: _("💬 Talk about how you feel"),
    Service.SOCIAL: _("🏛️ Social services of the town"),
    Service.UNIONS: _("✊ The union"),
    Service.TRAINING: _("🎓 A course for a job"),
    Service.LEGAL: _("⚖️ Advice about your rights"),
    Service.SKILLS: _("🧰 What you can do well"),
    Service.JOB_SEARCH: _("📄 CV and looking for work"),
    Service.MATCHING: _("🤝 Meet a firm that hires"),
    Service.TRAINEESHIP: _("👷 Learn at a workplace"),
    Service.ITALIAN: _("📘 Italian course"),
    Service.SCHOOL: _("🏫 School"),
    Service.HOUSING: _("🏠 A home"),
    Service.HEALTH: _("🩺 Doctor and health"),
    Service.DOCUMENTS: _("🪪 Documents"),
    Service.ANTI_TRAFFICKING: _("🛟 Protection"),
    Service.CHILDCARE: _("🧒 Care for the children"),
    Service.COMPANIES: _("🏢 We speak with the firm"),
    Service.SHELTER: _("🛏️ A bed now"),
    Service.ACCOMPANIED: _("🚶 We come with you"),
    Service.WORKSHOP: _("👥 A meeting in a group"),
}

MY_STATES: dict[ActionState, Text] = {
    ActionState.PLANNED: _("🔹 planned"),
    ActionState.OFFERED: _("❓ do you want it?"),
    ActionState.ACCEPTED: _("👍 you said yes"),
    ActionState.DELIVERED: _("✅ done"),
    ActionState.REFUSED: _("✖️ you said no"),
    ActionState.NO_SHOW: _("🔁 it did not happen"),
    ActionState.DROPPED: _("➖ not any more"),
}

MY_PLAN = _("🗂️ My plan")
MY_GOAL = _("🎯 What you want")
MY_STOP = _("✋ You can say no to a step, or stop all of it, on any day.")


def my_due(day: date) -> Text:
    """By when a step should be done."""
    return _("📅 by {day}", day=day)
