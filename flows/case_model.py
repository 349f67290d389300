"""The words of the case file (content, part D), and the rules that are the same everywhere.

Every value is kept for years and counted: none is ever used for another meaning, and none goes.
"""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """How a contact came about."""

    BOT = "bot"
    REPORT = "report"
    DESK = "desk"
    OUTREACH = "outreach"
    PARTNER = "partner"
    ANTENNA = "antenna"
    SELF = "self"


class Stage(StrEnum):
    """Where a contact or case stands (D2)."""

    CONTACT = "contact"
    SHEET_OPEN = "sheet_open"
    IDENTIFIED_YES = "identified_yes"
    IDENTIFIED_NO = "identified_no"
    IDENTIFIED_POTENTIAL = "identified_potential"
    REFERRED_FORMAL = "referred_formal"
    TAKEN_IN_CHARGE = "taken_in_charge"
    PROJECT_ACTIVE = "project_active"
    SUSPENDED = "suspended"
    CONCLUDED = "concluded"


class EndReason(StrEnum):
    """Why a case ended (D2)."""

    GOAL_REACHED = "goal_reached"
    PARTLY_REACHED = "partly_reached"
    MOVED_SERVICE = "moved_service"
    MOVED_AWAY = "moved_away"
    PERSONS_CHOICE = "persons_choice"
    NO_CONTACT = "no_contact_90"
    DIED = "died"
    MISTAKE = "mistake"


class Result(StrEnum):
    """What a contact led to (D1)."""

    UNSAID = ""
    INFORMATION = "information_only"
    FOLLOWED = "to_be_followed"
    IRREGULAR = "irregular_work"
    VICTIM = "potential_victim"
    SENT_ON = "sent_on"
    REFUSED = "refused"
    LOST = "lost"


class Service(StrEnum):
    """Services delivered (D4)."""

    MEDIATION = "S01"
    JOB_SERVICES = "S02"
    MONEY = "S03"
    COUNSELLING = "S04"
    SOCIAL = "S05"
    UNIONS = "S06"
    TRAINING = "S07"
    LEGAL = "S08"
    SKILLS = "S09"
    JOB_SEARCH = "S10"
    MATCHING = "S11"
    TRAINEESHIP = "S12"
    ITALIAN = "S13"
    SCHOOL = "S14"
    HOUSING = "S15"
    HEALTH = "S16"
    DOCUMENTS = "S17"
    ANTI_TRAFFICKING = "S18"
    CHILDCARE = "S19"
    COMPANIES = "S20"
    SHELTER = "S21"
    ACCOMPANIED = "S22"
    WORKSHOP = "S23"


class Outcome(StrEnum):
    """What came of it (D5)."""

    INFORMED = "O01"
    TRAINING_STARTED = "O02"
    TRAINING_COMPLETED = "O03"
    CERTIFICATE = "O04"
    ITALIAN_LEVEL = "O05"
    SKILLS_CERTIFIED = "O06"
    TRAINEESHIP_STARTED = "O07"
    TRAINEESHIP_COMPLETED = "O08"
    REGULAR_CONTRACT = "O09"
    CONTRACT_HOLDS = "O10"
    MADE_REGULAR = "O11"
    PAY_RECOVERED = "O12"
    DISPUTE_OPENED = "O13"
    PERMIT = "O14"
    SPECIAL_PERMIT = "O15"
    SAFE_HOUSING = "O16"
    HEALTH_JOINED = "O17"
    PROGRAMME = "O18"
    LEFT_EXPLOITATION = "O19"
    NO_CHANGE = "O20"
    NEGATIVE = "O21"


class Lane(StrEnum):
    """The three lanes of a plan (D3)."""

    WORK = "work"
    SOCIAL = "social"
    PERSONAL = "personal"


class ActionState(StrEnum):
    """How far a step of the plan has come."""

    PLANNED = "planned"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    REFUSED = "refused"
    NO_SHOW = "no_show"
    DROPPED = "dropped"


class Said(StrEnum):
    """What the person said to a step or an appointment."""

    NOTHING = ""
    YES = "yes"
    NO = "no"
    MOVE = "move"


class Bed(StrEnum):
    """The bed-before-boss rule, where the bed is tied to the job."""

    NONE = ""  # nothing found yet: steps toward the employer are refused
    FOUND = "found"
    WAIVED = "waived"  # the person said: do it all the same


class Flag(StrEnum):
    """What to be careful about; every flag has an end date."""

    DANGER = "danger"
    VIOLENCE = "violence"
    THREATS_TO_FAMILY = "threats_to_family"
    MINOR = "minor"
    RETALIATION = "retaliation"
    WATCHED_PHONE = "watched_phone"
    NO_CALLS = "no_calls"
    WOMAN_ONLY = "woman_only"
    HEALTH = "health"
    PERMIT_EXPIRES = "permit_expires"


class Purpose(StrEnum):
    """What a recorded choice is about (C4)."""

    KEEP = "keep"  # that a file is kept with this office
    SHARE = "share"  # with the organisation it names
    CONTACT = "contact"  # that they are written to in the chat
    EMPLOYER = "employer"  # that somebody speaks with the employer
    STATISTICS = "statistics"


class How(StrEnum):
    """How a choice was made."""

    SPOKEN = "spoken"
    SIGNED = "signed"
    CHAT = "chat"
