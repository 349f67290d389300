"""`backup` and `restore`: a sealed copy of what is kept, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.commands.place import Place, Progress, RefusedError, say
from bot.doctor.files import BACKUP_MARK
from storage.backup import back_up
from storage.outbox import release_held
from storage.restore import restore


def add_commands(commands: Any) -> None:
    """Add `backup` and `restore`."""
    backup = commands.add_parser("backup", help="make a sealed copy while the bot runs")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(carry_out=carry_out_backup)
    restore = commands.add_parser("restore", help="put a copy back; into an empty database")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(carry_out=carry_out_restore)
    release = commands.add_parser("release", help="decide on messages a restore has held back")
    release.add_argument("what", choices=["send", "drop"])
    release.set_defaults(carry_out=carry_out_release)


def carry_out_backup(place: Place) -> int:
    """Write a consistent, sealed copy; the key is not in it.

    Raises:
        RefusedError: there is no Antenna here whose database could be copied; nothing was made.
    """
    file: Path = place.options.file
    if not place.settings.key_path.exists():
        raise RefusedError(
            f"There is no key in {place.settings.key_path.parent}, so there is nothing here to "
            "back up. Run this in the folder of the bot, or set ANTENNA_DATA as the bot has it."
        )
    with place.database() as database, place.reports() as reports:
        manifest = back_up(database, file, place.clock.now(), Progress("Backup"), reports)
    (place.settings.data / BACKUP_MARK).touch(mode=0o600)
    keys = place.settings.key_path.parent
    print(f"{file}: {sum(manifest.counts.values())} rows, sealed.")
    print(f"Keep a copy of the folder {keys} too, in another place: only its key opens the file.")
    return 0


def carry_out_restore(place: Place) -> int:
    """Put a copy into a database that holds nothing yet; what waited to be sent is held back."""
    settings = place.settings
    restored = restore(
        place.options.file,
        settings.database_url,
        settings.data,
        Progress("Restore"),
        settings.reports_url,
    )
    made = restored.manifest.made[:16].replace("T", " ")
    print(f"Restored: the backup of {made} UTC.")
    print(f"Erased again, because they had asked to be forgotten since: {restored.erased}.")
    print(f"Messages held back, because some were sent after the backup: {restored.held}.")
    if restored.reports is not None:
        print(f"Reports: {restored.reports.reports}, all of them sealed as before.")
        print(f"Deleted again, because their time was over: {restored.reports.erased}.")
    if restored.held:
        print("Decide: ./antenna release send, or ./antenna release drop")
    if restored.ledger_missing:
        say(
            "! The list of who and what was deleted since the backup is missing (keys folder): "
            "some of it may be back. Put the newest keys folder in place and restore again."
        )
    return 0


def carry_out_release(place: Place) -> int:
    """Send or drop what a restore has held back."""
    send = place.options.what == "send"
    with place.database() as database, database.writing() as connection:
        count = release_held(connection, send=send)
        connection.commit()
    print(f"{count} messages will be sent." if send else f"{count} messages were dropped.")
    return 0
