"""The case file in words, as operators call every code; `plan_words` is what the person reads."""

from __future__ import annotations

from flows.case_model import (
    ActionState,
    Bed,
    EndReason,
    Flag,
    How,
    Lane,
    Outcome,
    Purpose,
    Result,
    Said,
    Service,
    Source,
    Stage,
)
from flows.text import Text, _

SOURCES: dict[Source, Text] = {
    Source.BOT: _("chat of Antenna"),
    Source.REPORT: _("report code"),
    Source.DESK: _("at the desk"),
    Source.OUTREACH: _("met outside the desk"),
    Source.PARTNER: _("sent by another organisation"),
    Source.ANTENNA: _("sent by an antenna"),
    Source.SELF: _("came without being sent"),
}

STAGES: dict[Stage, Text] = {
    Stage.CONTACT: _("contact"),
    Stage.SHEET_OPEN: _("sheet open"),
    Stage.IDENTIFIED_YES: _("preliminary identification: yes"),
    Stage.IDENTIFIED_NO: _("preliminary identification: no"),
    Stage.IDENTIFIED_POTENTIAL: _("preliminary identification: perhaps"),
    Stage.REFERRED_FORMAL: _("sent for formal identification"),
    Stage.TAKEN_IN_CHARGE: _("taken in charge"),
    Stage.PROJECT_ACTIVE: _("project under way"),
    Stage.SUSPENDED: _("suspended"),
    Stage.CONCLUDED: _("concluded"),
}

END_REASONS: dict[EndReason, Text] = {
    EndReason.GOAL_REACHED: _("goal reached"),
    EndReason.PARTLY_REACHED: _("goal partly reached"),
    EndReason.MOVED_SERVICE: _("went to another service"),
    EndReason.MOVED_AWAY: _("moved away"),
    EndReason.PERSONS_CHOICE: _("the person's choice"),
    EndReason.NO_CONTACT: _("no contact for 90 days"),
    EndReason.DIED: _("died"),
    EndReason.MISTAKE: _("opened by mistake"),
}

RESULTS: dict[str, Text] = {
    Result.UNSAID: _("not said yet"),
    Result.INFORMATION: _("information only"),
    Result.FOLLOWED: _("to be followed"),
    Result.IRREGULAR: _("irregular work"),
    Result.VICTIM: _("potential victim"),
    Result.SENT_ON: _("sent to anti-trafficking, inspectorate or police"),
    Result.REFUSED: _("did not want help"),
    Result.LOST: _("lost contact"),
}

SERVICES: dict[Service, Text] = {
    Service.MEDIATION: _("language and culture mediation"),
    Service.JOB_SERVICES: _("orientation to job services"),
    Service.MONEY: _("financial education"),
    Service.COUNSELLING: _("transcultural counselling"),
    Service.SOCIAL: _("access to social services"),
    Service.UNIONS: _("link with the unions"),
    Service.TRAINING: _("vocational training"),
    Service.LEGAL: _("legal orientation"),
    Service.SKILLS: _("skills review"),
    Service.JOB_SEARCH: _("CV and job search"),
    Service.MATCHING: _("matching and placement"),
    Service.TRAINEESHIP: _("traineeship"),
    Service.ITALIAN: _("Italian course"),
    Service.SCHOOL: _("school support"),
    Service.HOUSING: _("help with housing"),
    Service.HEALTH: _("access to health care"),
    Service.DOCUMENTS: _("help with documents"),
    Service.ANTI_TRAFFICKING: _("anti-trafficking programme"),
    Service.CHILDCARE: _("childcare, work and family"),
    Service.COMPANIES: _("support and advice to the company"),
    Service.SHELTER: _("emergency shelter"),
    Service.ACCOMPANIED: _("accompanied to an office"),
    Service.WORKSHOP: _("group workshop"),
}

OUTCOMES: dict[Outcome, Text] = {
    Outcome.INFORMED: _("was informed"),
    Outcome.TRAINING_STARTED: _("training started"),
    Outcome.TRAINING_COMPLETED: _("training completed"),
    Outcome.CERTIFICATE: _("certificate"),
    Outcome.ITALIAN_LEVEL: _("level of Italian reached"),
    Outcome.SKILLS_CERTIFIED: _("skills certified"),
    Outcome.TRAINEESHIP_STARTED: _("traineeship started"),
    Outcome.TRAINEESHIP_COMPLETED: _("traineeship completed"),
    Outcome.REGULAR_CONTRACT: _("regular contract"),
    Outcome.CONTRACT_HOLDS: _("contract still there after 3 or 6 months"),
    Outcome.MADE_REGULAR: _("irregular job made regular"),
    Outcome.PAY_RECOVERED: _("pay recovered"),
    Outcome.DISPUTE_OPENED: _("report to the inspectorate or dispute opened"),
    Outcome.PERMIT: _("permit obtained, renewed or converted"),
    Outcome.SPECIAL_PERMIT: _("permit for special cases"),
    Outcome.SAFE_HOUSING: _("safe housing"),
    Outcome.HEALTH_JOINED: _("registered with the health service"),
    Outcome.PROGRAMME: _("taken into an anti-trafficking programme"),
    Outcome.LEFT_EXPLOITATION: _("left exploitation"),
    Outcome.NO_CHANGE: _("no change"),
    Outcome.NEGATIVE: _("got worse: lost job or contact"),
}

LANES: dict[Lane, Text] = {
    Lane.WORK: _("work"),
    Lane.SOCIAL: _("social"),
    Lane.PERSONAL: _("personal and family"),
}

ACTION_STATES: dict[ActionState, Text] = {
    ActionState.PLANNED: _("planned"),
    ActionState.OFFERED: _("offered"),
    ActionState.ACCEPTED: _("accepted"),
    ActionState.DELIVERED: _("delivered"),
    ActionState.REFUSED: _("refused"),
    ActionState.NO_SHOW: _("did not come"),
    ActionState.DROPPED: _("dropped"),
}

SAID: dict[Said, Text] = {
    Said.NOTHING: _("no answer yet"),
    Said.YES: _("said yes"),
    Said.NO: _("said no"),
    Said.MOVE: _("asks for another day"),
}

BEDS: dict[Bed, Text] = {
    Bed.NONE: _("no other bed yet"),
    Bed.FOUND: _("another bed is found"),
    Bed.WAIVED: _("the person wants to go on all the same"),
}

FLAGS: dict[Flag, Text] = {
    Flag.DANGER: _("danger now"),
    Flag.VIOLENCE: _("violence"),
    Flag.THREATS_TO_FAMILY: _("threats to the family"),
    Flag.MINOR: _("a minor"),
    Flag.RETALIATION: _("risk of retaliation"),
    Flag.WATCHED_PHONE: _("the phone is watched"),
    Flag.NO_CALLS: _("never call"),
    Flag.WOMAN_ONLY: _("women only"),
    Flag.HEALTH: _("health"),
    Flag.PERMIT_EXPIRES: _("the permit runs out"),
}

PURPOSES: dict[Purpose, Text] = {
    Purpose.KEEP: _("keep a file here"),
    Purpose.SHARE: _("show it to another organisation"),
    Purpose.CONTACT: _("write to them in the chat"),
    Purpose.EMPLOYER: _("speak with the employer"),
    Purpose.STATISTICS: _("count them in statistics"),
}

HOWS: dict[How, Text] = {
    How.SPOKEN: _("said it"),
    How.SIGNED: _("signed it"),
    How.CHAT: _("chose it in the chat"),
}
