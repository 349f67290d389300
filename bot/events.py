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
    "second_instance": "Another Antenna already runs on this database: this one stops",
    "library": "A library has something to say",
    "unlisted": "An event that is not on the list was held back",
    "check_warned": "The doctor found something to mend: ./antenna check",
    "check_refused": "The doctor found something unsafe: ./antenna check",
    "unready": "Not ready",
    "tick_failed": "A regular task failed; it comes again",
    # coming in
    "intake_started": "Listening to Telegram",
    "intake_stopped": "No longer listening to Telegram",
    "intake_away": "Telegram does not answer; trying again until it does",
    "intake_failed": "Telegram could not be asked for updates; trying again",
    "intake_back": "Updates come in again",
    "intake_conflict": "Somebody else fetches this bot's updates: revoke the token at @BotFather",
    "intake_gap": "Antenna was away for most of a day: Telegram may have dropped updates",
    "heartbeat_failed": "The time of the last contact could not be noted; it comes again",
    "batch_unreadable": "Updates could not be read together; they are fetched one by one",
    "confirmation_failed": "The last updates could not be confirmed; they come again, to no effect",
    "update_received": "An update came in",
    "update_shapeless": "Something that is no update came in",
    "update_repeated": "A repeated update was recognised",
    "update_ignored": "An update that means nothing here was left alone",
    "update_retried": "An update failed and is tried again",
    "update_quarantined": "An update failed three times and was set aside without its content",
    "update_malformed": "An update could not be read and was set aside without its content",
    "quarantine_failed": "An update could not be set aside",
    "flood_held": "Somebody writes too fast and has to wait",
    "webhook_set": "Telegram was told where to reach us",
    "webhook_is_strange": "Telegram calls another address than ours",
    "webhook_slow": "A turn took too long for Telegram to wait; it calls again",
    "webhook_refused": "A call without Telegram's secret was refused",
    # a turn
    "turn": "A turn was taken",
    "turn_failed": "A turn failed and is tried again",
    "turn_in_trouble": "A turn could not be kept; trying again",
    "answered_blank": "A tap that means nothing was answered",
    "blank_answer_failed": "A tap that means nothing could not be answered",
    # going out
    "delivery_started": "Delivery has started",
    "delivery_stopped": "Delivery has stopped",
    "delivery_cut_short": "Delivery was stopped with messages under way",
    "telegram_away": "Telegram cannot be reached; messages wait",
    "telegram_back": "Telegram can be reached again",
    "throttled": "Telegram asks for a slower pace",
    "row_sent": "Sent",
    "row_retry": "Not sent; trying again",
    "row_lost": "No answer to a message; it is sent again",
    "row_wait": "Telegram asks for a slower pace",
    "row_at_once": "The message to be edited is gone; a new one is sent",
    "row_migrated": "A group has moved to another address",
    "row_not_needed": "There was nothing left to do",
    "row_unreachable": "Somebody has blocked the bot",
    "row_unknown": "It is not known whether a message went out; it is not sent again",
    "row_refused": "Telegram refuses a message",
    "row_given_up": "A message was given up",
    "row_overtaken": "A message was overtaken by a newer one",
    "rows_unknown": "It is not known whether messages went out",
    "person_unreachable": "Somebody has blocked the bot",
    "sending_failed": "A message could not be sent",
    "mark_failed": "What is being sent could not be marked",
    "record_failed": "What was sent could not be recorded; trying again",
    "load_failed": "Waiting messages could not be read; trying again",
    "group_moved": "A group has moved to another address",
    "moving_failed": "The new address of a group could not be kept",
    # what is kept
    "database_opened": "The database is open",
    "database_migrated": "The database was brought up to date",
    "database_failed": "The database failed",
    "key_created": "A new key was made: keep a copy of it apart from the backups",
    "washed": "Old messages were removed from chats",
    "cleaned": "A chat was cleaned",
    "forgotten": "Everything about a person was erased",
    "people_expired": "People who had been silent too long were forgotten",
    "backup_made": "A backup was made",
    "backup_restored": "A backup was restored",
    # the local Telegram
    "local_opened": "The local Telegram is open",
    "local_closed": "The local Telegram is closed",
}

# Told as a warning wherever only the event is known; every other event is told at info.
TROUBLE = frozenset(
    code
    for code in EVENTS
    if code.endswith(("_failed", "_refused", "_conflict", "_unknown", "_quarantined", "_malformed"))
) | {
    "check_warned",
    "delivery_cut_short",
    "intake_gap",
    "row_given_up",
    "second_instance",
    "telegram_away",
    "turn_in_trouble",
    "unlisted",
    "unready",
}
