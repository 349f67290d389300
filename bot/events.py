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
    # coming in
    "intake.started": "Listening to Telegram",
    "intake.stopped": "No longer listening to Telegram",
    "intake.batch": "Updates were handled",
    "intake.repeated": "A repeated update was recognised",
    "intake.failed": "Telegram could not be asked for updates; trying again",
    "intake.recovered": "Telegram can be reached again",
    "intake.conflict": "Somebody else fetches this bot's updates: revoke the token at @BotFather",
    "intake.gap": "Antenna was away for most of a day: Telegram may have dropped updates",
    "update.retried": "An update failed and is tried again",
    "update.quarantined": "An update failed three times and was set aside without its content",
    "update.malformed": "An update could not be read and was set aside without its content",
    "webhook.refused": "A call without Telegram's secret was refused",
    "webhook.set": "Telegram was told where to reach us",
    # a turn
    "turn": "A turn was taken",
    "turn.failed": "A turn failed",
    "turn.slow": "A turn took long",
    # going out
    "delivery.started": "Delivery has started",
    "delivery.stopped": "Delivery has stopped",
    "delivery.sent": "Sent",
    "delivery.retry": "Not sent; trying again",
    "delivery.failed": "Not sent, and not tried again",
    "delivery.blocked": "A person has blocked the bot",
    "delivery.unknown": "It is not known whether a message went out",
    "delivery.throttled": "Telegram asks for a slower pace",
    "delivery.recovered": "Messages go out again",
    # what is kept
    "database.opened": "The database is open",
    "database.migrated": "The database was brought up to date",
    "database.locked": "The database is busy; trying again",
    "database.failed": "The database failed",
    "writer.failed": "A transaction failed; nothing of it was kept",
    "key.created": "A new key was made: keep a copy apart from the backups",
    "washed": "Old messages were removed from chats",
    "cleaned": "A chat was cleaned",
    "forgotten": "Everything about a person was erased",
    "retention": "People who had been silent too long were forgotten",
    "backup.done": "A backup was made",
    "restore.done": "A backup was restored",
    # the clockwork and the doctor
    "tick.failed": "A regular task failed",
    "check.warning": "antenna check: something should be mended",
    "check.refused": "antenna check: something unsafe stops the start",
    "health.unready": "Not ready",
    "local.started": "The local Telegram is open",
    "local.stopped": "The local Telegram is closed",
}
