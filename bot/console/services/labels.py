"""How the directory calls its fields and their values, for operators."""

from __future__ import annotations

from flows.service_model import Answer, Bring, Cost, Duty, Kind, Papers, Theme, Visit, Whom
from flows.service_words import BRINGS, KIND_WORDS, THEME_WORDS, WHOMS
from flows.text import Text, _

UNKNOWN = _("I do not know")
LABELS: dict[str, Text] = {
    "kind": _("Kind"),
    "themes": _("What it helps with"),
    "name": _("Name"),
    "organisation": _("Organisation"),
    "town": _("Municipality"),
    "place": _("Address"),
    "position": _("The place on the map"),
    "how": _("How to get there"),
    "step_free": _("Without steps"),
    "phone": _("Phone"),
    "call_free": _("The call is free"),
    "whatsapp": _("WhatsApp"),
    "email": _("E-mail"),
    "website": _("Website"),
    "hours": _("Hours"),
    "closed": _("Closed on"),
    "always": _("Open day and night"),
    "visit": _("Appointment"),
    "first": _("What happens first"),
    "cost": _("Cost"),
    "papers": _("Residence permit"),
    "bring": _("What to bring"),
    "bring_words": _("What else to bring"),
    "languages": _("Languages that are spoken there"),
    "mediators": _("Mediators"),
    "whom": _("For whom"),
    "women_staff": _("One can ask for a woman"),
    "anonymous": _("Without a name"),
    "duty": _("Duty to tell a judge"),
    "children": _("Children may come along"),
    "source": _("Where this is from"),
    "review": _("Look at it again by"),
    "notes": _("Notes for colleagues"),
}
"""How a field is called, also where what is wrong is said above the form."""

ANSWERS = {Answer.UNKNOWN: UNKNOWN, Answer.YES: _("Yes"), Answer.NO: _("No")}
CHOICES: dict[str, dict[str, Text]] = {
    "kind": {one.value: KIND_WORDS[one] for one in Kind},
    "visit": {
        Visit.UNKNOWN: UNKNOWN,
        Visit.WALK_IN: _("not needed"),
        Visit.NEEDED: _("needed"),
        Visit.PHONE: _("call first"),
    },
    "cost": {Cost.UNKNOWN: UNKNOWN, Cost.FREE: _("free"), Cost.PAID: _("it costs something")},
    "papers": {
        Papers.UNKNOWN: UNKNOWN,
        Papers.NOT_ASKED: _("nobody asks"),
        Papers.NOT_NEEDED: _("not needed"),
        Papers.NEEDED: _("needed"),
    },
    "duty": {
        Duty.UNKNOWN: UNKNOWN,
        Duty.NONE: _("none"),
        Duty.PUBLIC: _("public officers"),
        Duty.HEALTH: _("health: they do not report"),
    },
    **{
        name: {one.value: words for one, words in ANSWERS.items()}
        for name in ("step_free", "call_free", "women_staff", "anonymous", "children")
    },
}
"""The values of which one is chosen."""

TICKS: dict[str, dict[str, Text]] = {
    "themes": {one.value: THEME_WORDS[one] for one in Theme},
    "bring": {one.value: BRINGS[one] for one in Bring},
    "whom": {one.value: WHOMS[one] for one in Whom},
}
"""The values of which any number is ticked."""

STATES: dict[str, Text] = {
    "due": _("People do not see them: too old"),
    "soon": _("To look at within two weeks"),
    "seen": _("People see them"),
    "hidden": _("For operators only"),
}
DONE: dict[str, Text] = {
    "added": _("The service is in the directory."),
    "changed": _("The service has changed."),
    "seen": _("Checked today: people see it for 90 days."),
    "deleted": _("The service is gone."),
    "imported": _("The file was taken in."),
}
CHANGED = _("Something changed while you looked: read it again.")
CLASH = _(
    "Somebody changed this service while you wrote. Nothing was kept: look at it in another "
    "window; if you keep it again, what stands here holds."
)
