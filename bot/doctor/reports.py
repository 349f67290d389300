"""Checks of the reports: who can open them, who else can read their files, what would be lost."""

from __future__ import annotations

import stat
from pathlib import Path

from bot.doctor.finding import Check, Finding, Scene, fine, refuse, warn
from storage.offices import RECOVERY_KEY

KEYS = (RECOVERY_KEY,)
"""The settings these checks read."""


def reports_path(scene: Scene) -> Path | None:
    """The file of the reports' database, where it is one."""
    url = scene.settings.reports_url
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def reports_apart(scene: Scene) -> Finding:
    """Rows that lie beside people's can be linked with them."""
    if scene.settings.reports_url == scene.settings.database_url:
        return refuse(
            "reports_apart",
            "The reports have been given the bot's own database.",
            "Give them another one: ANTENNA_REPORTS_DATABASE, or leave it out.",
        )
    return fine("reports_apart", "The reports have a database of their own.")


def reports_there(scene: Scene) -> Finding:
    """Without their database no report can be taken, and none read."""
    if scene.reports.reachable is False:
        return refuse(
            "reports_there",
            "The reports' database cannot be opened.",
            "Check ANTENNA_REPORTS_DATABASE, and that the server runs or the file is whole.",
        )
    return fine("reports_there", "The reports' database can be opened, or will be made.")


def reports_age(scene: Scene) -> Finding:
    """A database of a later release must not be written by an earlier one."""
    revision = scene.reports.revision
    if revision is not None and revision not in scene.reports.known_revisions:
        return refuse(
            "reports_age",
            f"The reports' database is of a later version (revision {revision}).",
            "Start that version again, or restore a backup made before the update.",
        )
    return fine("reports_age", "This version knows the reports' database.")


def reports_commit(scene: Scene) -> Finding:
    """Who was told that a report is kept must not lose it in a crash."""
    if scene.reports.synchronous_commit == "off":
        return refuse(
            "reports_commit",
            "The reports' PostgreSQL forgets the last commits in a crash.",
            "ALTER DATABASE … SET synchronous_commit = on",
        )
    return fine("reports_commit", "What is kept of a report survives a crash.")


def reports_files(scene: Scene) -> Finding:
    """Sealed or not, how many reports there are and of which week is nobody else's business."""
    path = reports_path(scene)
    own = [] if path is None else [path, Path(f"{path}-journal")]
    for one in (*own, scene.settings.data / "evidence"):
        if _open_to_others(one):
            mode = 700 if one.is_dir() else 600
            return refuse("reports_files", f"Others can read {one}.", f"chmod {mode} {one}")
    return fine("reports_files", "Only their owner can read the reports' files.")


def salt_there(scene: Scene) -> Finding:
    """Without the salt no report code opens anything, and a new one would not help."""
    path = scene.settings.salt_path
    if scene.reports.reachable and scene.reports.revision and not path.exists():
        return refuse(
            "salt_there",
            f"There is a database of reports, but its salt {path} is missing.",
            "Put it back from where you keep the copy of the keys folder, with mode 0600.",
        )
    return fine("salt_there", "Salt and reports belong together.")


def salt_file(scene: Scene) -> Finding:
    """With the salt, a copy of the database lets somebody try codes."""
    path = scene.settings.salt_path
    if _open_to_others(path):
        return refuse("salt_file", f"Others can read the salt {path}.", f"chmod 600 {path}")
    return fine("salt_file", "Only its owner can read the salt.")


def one_reader(scene: Scene) -> Finding:
    """One forgotten passphrase would close every report."""
    if scene.stored.readers == 1:
        return warn(
            "one_reader",
            "Only one operator can open reports.",
            "./antenna operator add: two at least, so that one can be ill.",
        )
    return fine("one_reader", "No report hangs on one operator.")


def recovery_key(scene: Scene) -> Finding:
    """Without the sheet, reports are lost with the passphrases."""
    if scene.stored.readers and not scene.stored.remembered.get(RECOVERY_KEY):
        return warn(
            "recovery_key",
            "There is no recovery key: forgotten passphrases would close the reports for ever.",
            "Sign in to the console as an administrator and print the recovery sheet.",
        )
    return fine("recovery_key", "A lost passphrase loses no report.")


def _open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False


CHECKS: tuple[Check, ...] = (
    reports_apart,
    reports_there,
    reports_age,
    reports_commit,
    reports_files,
    salt_there,
    salt_file,
    one_reader,
    recovery_key,
)
