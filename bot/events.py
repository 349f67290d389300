"""Every event that may be logged: its code, and the words a person at a terminal reads."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: Mapping[str, str] = {
    # the process
    "starting": "Antenna is starting",
    "ready": "Antenna is ready",
    "stopping": "Antenna is stopping: what is under way is finished first",
    "stopped": "Antenna has stopped; nothing is lost",
    "crashed": "Antenna has crashed",
    "library": "A library has something to say",
    "unlisted": "An event that is not on the list was held back",
    "check_refused": "The doctor found something unsafe: ./antenna check",
    "voice_missing": "No machine can read aloud: ./antenna check says what to install",
    "voice_failed": "A voice that somebody asked for could not be made",
    # coming in
    "intake_failed": "Asking for updates failed",
    "intake_away": "Telegram cannot be asked for updates; trying again",
    "intake_back": "Updates come in again",
    "intake_conflict": "Somebody else fetches this bot's updates: revoke the token at @BotFather",
    "intake_gap": "Antenna was away for most of a day: Telegram may have dropped updates",
    "batch_unreadable": "An answer of Telegram's could not be read; asking for one at a time",
    "confirmation_failed": "What was handled could not be confirmed; it is confirmed later",
    "confirmation_unheard": "What was handled was confirmed; Telegram had no time to answer",
    "heartbeat_failed": "The time of the last contact could not be noted",
    "update_received": "An update came in",
    "update_repeated": "A repeated update was recognised",
    "update_ignored": "An update that means nothing here was left alone",
    "update_quarantined": "An update failed three times and was set aside without its content",
    "update_shapeless": "An update without a number was left alone",
    "quarantine_failed": "An update could not be set aside",
    "flood_held": "Somebody writes too fast and has to wait",
    "webhook_is_strange": "This bot's webhook is not ours: revoke the token at @BotFather",
    "webhook_slow": "A turn took longer than Telegram waits; it will call again",
    "webhook_refused": "A call without Telegram's secret was refused",
    # a turn
    "turn_failed": "A turn failed and is tried again",
    "turn_in_trouble": "A turn could not be kept; trying again",
    "answered_blank": "A tap that means nothing was answered",
    "blank_answer_failed": "A tap that means nothing could not be answered",
    # going out
    "delivery_cut_short": "Delivery was stopped with messages under way",
    "telegram_away": "Telegram cannot be reached; messages wait",
    "telegram_back": "Telegram can be reached again",
    "row_refused": "Telegram refuses a message",
    "row_given_up": "A message was given up",
    "row_overtaken": "A message was overtaken by a newer one",
    "rows_unknown": "It is not known whether messages went out",
    "sending_failed": "A message could not be sent",
    "mark_failed": "What is being sent could not be marked",
    "record_failed": "What was sent could not be recorded; trying again",
    "load_failed": "Waiting messages could not be read; trying again",
    "group_moved": "A group has moved to another address",
    "night_done": "The reports were set right and mixed, and what is over was let go",
    "upkeep_failed": "The regular work on the reports could not be done; it is tried again",
    "push_sent": "Somebody was told that there is an answer",
    "push_failed": "Somebody could not be told of an answer: blocked, or gone",
    "push_unknown": "It is not known whether somebody was told of an answer",
    "group_gone": "The bot is no longer in the operators' group: antenna group connect",
    "desk_news_posted": "The operators' group was told of lessons and appointments",
    "services_due_refused": "Telegram refuses the line about old services for a group",
    "desk_news_refused": "Telegram refuses news of appointments for the operators' group",
    "alert_sent": "The operators' group was told that reports wait",
    "alert_unknown": "It is not known whether an alert arrived; it is sent again",
    "alert_refused": "Telegram refuses messages to the operators' group",
    "alert_undeliverable": "Reports wait and no group can be told: antenna group list",
    "moving_failed": "The new address of a group could not be kept",
    "topics_behind": "What people write does not reach the operators' group: antenna group list",
    "topic_stays": "A topic that should go stays: let the bot delete messages in the group",
    "topic_lost": "A topic of the operators' group is gone; its conversation gets a new one",
    "mirror_halted": "Topics cannot be brought up to date in a group for now",
    "mirror_failed": "Bringing a topic up to date failed; it is tried again",
    "mirror_unshowable": "Telegram does not take something into a topic; the console has it",
    # between two languages
    "meant": "Words were translated",
    "not_meant_unreachable": "The translator cannot be reached: ./antenna check",
    "not_meant_slow": "The translator did not answer in time",
    "not_meant_busy": "The translator has too much to do",
    "not_meant_refused": "The translator refuses: look at its key",
    "not_meant_broken": "The translator answered with something that is no translation",
    "not_meant_language": "The translator does not know a language",
    "not_meant_long": "Words were too long for the translator",
    "not_meant_words": "The translator did not take words",
    "interpreter_failed": "Having words translated failed; it is tried again",
    # the operators' console
    "console_refused": "A form that did not come from the console's own pages was refused",
    "console_failed": "A page of the console failed",
    "sign_in_refused": "Somebody could not sign in to the console",
    # reminders
    "notices_handed": "Reminders that were due went on their way",
    "notices_missed": "Reminders could not be sent in time: the desk is told",
    "notices_failed": "What is due could not be looked up; the next look comes",
    "replanning_failed": "A reminder could not be planned by new rules; the next start tries",
    "notice_failed": "A reminder could not be put into words; it is tried again",
    "seats_offered": "Free seats were offered, or taken back",
    # what is kept
    "evidence_failed": "A file that somebody sent could not be kept",
    "memory_missing": "No memory outside the process for keys: a restart ends what people began",
    "ballast_missing": "The disk has no room left to erase anybody once it is full: make some",
    "purge_failed": "Erased rows could not be cleared from the files yet; trying again",
    "counting_failed": "What is kept could not be counted for the figures",
    "washed": "Old messages were removed from chats",
    "people_expired": "People who had been silent too long were forgotten",
    # messages to many
    "mass_failed": "Whether a message to many is done could not be looked up; the next look comes",
    "mass_done": "Everybody a message to many is for was told, or could not be",
}

# Told as a warning wherever only the event is known; every other event is told at info.
TROUBLE = frozenset(
    code
    for code in EVENTS
    if code.endswith(
        ("_failed", "_refused", "_conflict", "_unknown", "_quarantined", "_away", "_strange")
    )
) | {
    "alert_undeliverable",
    "ballast_missing",
    "delivery_cut_short",
    "group_gone",
    "intake_gap",
    "mirror_halted",
    "row_given_up",
    "topic_lost",
    "topic_stays",
    "topics_behind",
    "turn_in_trouble",
    "unlisted",
}
