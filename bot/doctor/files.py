"""Checks of files: who else can read the key, the database, the token."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

from bot.doctor.finding import Check, Finding, Scene, fine, refuse, warn
from bot.settings import SettingsError

BACKUP_MARK = "last-backup"
BACKUP_DAYS = 30
NETWORK_DISKS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p"})


def _open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False


def sqlite_path(scene: Scene) -> Path | None:
    """The database's file, where it is one."""
    url = scene.settings.database_url
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def key_file(scene: Scene) -> Finding:
    """The key opens every chat id: nobody but its owner may read it."""
    path = scene.settings.key_path
    if _open_to_others(path):
        return refuse("key_file", f"Others can read the key {path}.", f"chmod 600 {path}")
    return fine("key_file", "Only its owner can read the key.")


def key_there(scene: Scene) -> Finding:
    """A database without its key cannot be read, and a new key would not help."""
    path = scene.settings.key_path
    if scene.stored.reachable and scene.stored.revision and not path.exists():
        return refuse(
            "key_there",
            f"The database holds data, but its key {path} is missing.",
            "Put the key back from where you keep its copy, with mode 0600.",
        )
    return fine("key_there", "Key and database belong together.")


def database_file(scene: Scene) -> Finding:
    """The database says who uses Antenna in which language: it is its owner's alone."""
    path = sqlite_path(scene)
    if path is not None:
        for one in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            if _open_to_others(one):
                return refuse("database_file", f"Others can read {one}.", f"chmod 600 {one}")
    return fine("database_file", "Only its owner can read the database.")


def data_folder(scene: Scene) -> Finding:
    """Whoever may write in the folder may put another database there."""
    path = scene.settings.data
    if path.exists():
        mode = path.stat().st_mode
        if mode & (stat.S_IWGRP | stat.S_IWOTH):
            return refuse("data_folder", f"Others can write in {path}.", f"chmod 700 {path}")
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            return warn("data_folder", f"Others can look into {path}.", f"chmod 700 {path}")
    return fine("data_folder", "The data folder is its owner's alone.")


def token_file(scene: Scene) -> Finding:
    """The token reads every new message and writes to everybody."""
    try:
        scene.settings.read_token()
    except SettingsError as error:
        fix = "Put the token from @BotFather in the file and run chmod 400 on it."
        return refuse("token_file", str(error), fix)
    return fine("token_file", "The token can be read, by its owner alone.")


def one_token(scene: Scene) -> Finding:
    """Two tokens in two places are a mistake waiting for the day one is revoked."""
    if scene.settings.telegram_token and scene.settings.telegram_token_file:
        return warn(
            "one_token",
            "Both ANTENNA_TELEGRAM_TOKEN and ANTENNA_TELEGRAM_TOKEN_FILE are set; "
            "the first is used.",
            "Keep the file and remove ANTENNA_TELEGRAM_TOKEN.",
        )
    return fine("one_token", "The token is set in one place.")


def env_file(scene: Scene) -> Finding:
    """`.env` holds the token or a password: it is its owner's alone."""
    path = scene.env_file
    if _open_to_others(path):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            text = ""
        if _holds_secret(text):
            return refuse(
                "env_file", f"Others can read the secrets in {path}.", f"chmod 600 {path}"
            )
    return fine("env_file", "No secret lies open in .env.")


def _holds_secret(text: str) -> bool:
    secrets = ("TELEGRAM_TOKEN=", "WEBHOOK_SECRET=", "METRICS_TOKEN=", "DATABASE=postgres")
    lines = (line.strip().removeprefix("export ") for line in text.splitlines())
    names = tuple(f"ANTENNA_{secret}" for secret in secrets)
    return any(line.startswith(names) and not line.endswith("=") for line in lines)


def network_disk(scene: Scene) -> Finding:
    """SQLite's write-ahead log needs a disk of this machine."""
    if sqlite_path(scene) is not None and scene.machine.disk_kind in NETWORK_DISKS:
        return refuse(
            "network_disk",
            "The data folder is on a network disk: SQLite would lose data there.",
            "Set ANTENNA_DATA to a folder on a disk of this machine, or use PostgreSQL.",
        )
    return fine("network_disk", "The database is on a disk of this machine.")


def recent_backup(scene: Scene) -> Finding:
    """A backup that was never made cannot be restored."""
    mark = scene.settings.data / BACKUP_MARK
    try:
        age = scene.now.timestamp() - mark.stat().st_mtime
    except OSError:
        age = None
    if not scene.is_real or (age is not None and age <= timedelta(BACKUP_DAYS).total_seconds()):
        return fine("recent_backup", "The last backup is not old.")
    return warn(
        "recent_backup",
        f"There was no backup in the last {BACKUP_DAYS} days.",
        "Run ./antenna backup FILE every day, and keep the file and the key in two places.",
    )


CHECKS: tuple[Check, ...] = (
    key_file,
    key_there,
    database_file,
    data_folder,
    token_file,
    one_token,
    env_file,
    network_disk,
    recent_backup,
)
