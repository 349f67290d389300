"""The whole examination: look around, run every check, say it in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from alembic.script import ScriptDirectory
from dotenv import dotenv_values
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.clock import Clock
from bot.doctor import files, group, machine, network, reports, translator
from bot.doctor.files import sqlite_path
from bot.doctor.finding import Answer, Check, Connected, Finding, Level, Scene, Stored, Translated
from bot.doctor.machine import look_at_machine
from bot.doctor.reports import reports_path
from bot.settings import ENV_FILE, Settings
from storage.reports.database import LINE

CHECKS: tuple[Check, ...] = (
    files.CHECKS
    + network.CHECKS
    + machine.CHECKS
    + group.CHECKS
    + reports.CHECKS
    + translator.CHECKS
)
REMEMBERED = (*group.KEYS, *reports.KEYS)
READERS = "SELECT count(*) FROM operator WHERE active AND public_key IS NOT NULL"
GROUPS = (
    "SELECT office IS NULL, gone IS NOT NULL, NOT checked OR (is_forum AND may_topics) "
    "FROM staff_group"
)
TALKING = "SELECT count(*) FROM desk WHERE talks AND active"
MIGRATIONS = Path(__file__).resolve().parents[2] / "storage" / "migrations"
SIGNS = {Level.REFUSE: "✗", Level.WARN: "!", Level.OK: "✓"}


def look_around(
    settings: Settings,
    clock: Clock,
    answer: Answer | None = None,
    translated: Translated | None = None,
) -> Scene:
    """Everything the checks need, looked up once; nothing is changed by looking."""
    names: dict[str, object] = dict.fromkeys(os.environ)
    if ENV_FILE.exists():
        names.update(dotenv_values(ENV_FILE))
    scene = Scene(
        settings=settings,
        now=clock.now(),
        machine=look_at_machine(settings.data),
        answer=answer,
        translated=translated,
        names=names,
    )
    return replace(scene, stored=look_at_database(scene), reports=look_at_reports(scene))


def look_at_database(scene: Scene) -> Stored:
    """What the database says of itself, without making one or changing anything."""
    known = known_revisions()
    path = sqlite_path(scene)
    if path is not None:
        return _look_at_sqlite(path, known)
    return _look_at_postgresql(scene.settings.database_url, known)


def look_at_reports(scene: Scene) -> Stored:
    """What the reports' database says of itself."""
    known = frozenset(LINE.revisions)
    path = reports_path(scene)
    if path is not None:
        return _look_at_sqlite(path, known)
    return _look_at_postgresql(scene.settings.reports_url, known)


def known_revisions(folder: Path = MIGRATIONS) -> frozenset[str]:
    """The revisions of the database this version understands."""
    if not (folder / "env.py").exists():
        return frozenset()
    return frozenset(step.revision for step in ScriptDirectory(str(folder)).walk_revisions())


def _look_at_sqlite(path: Path, known: frozenset[str]) -> Stored:
    if not path.exists():
        return Stored(known_revisions=known)
    connection = None
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
        row = None
        if ("alembic_version",) in tables:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        remembered = {}
        if ("setting",) in tables:
            marks = ",".join("?" * len(REMEMBERED))
            query = f"SELECT key, value FROM setting WHERE key IN ({marks})"  # noqa: S608 (marks)
            remembered = dict(connection.execute(query, REMEMBERED).fetchall())
        readers = 0
        if ("operator",) in tables:
            readers = connection.execute(READERS).fetchone()[0]
        groups: tuple[Connected, ...] = ()
        talking = 0
        if ("staff_group",) in tables:
            groups = _connected(connection.execute(GROUPS).fetchall())
            talking = connection.execute(TALKING).fetchone()[0]
        known_as = row[0] if row else None
        return Stored(
            True,
            known_as,
            known,
            remembered=remembered,
            readers=readers,
            groups=groups,
            talking=talking,
        )
    except sqlite3.Error:
        return Stored(False, known_revisions=known)
    finally:
        if connection is not None:
            connection.close()


def _connected(rows: Iterable[Sequence[object]]) -> tuple[Connected, ...]:
    return tuple(Connected(*map(bool, row)) for row in rows)


def _look_at_postgresql(url: str, known: frozenset[str]) -> Stored:
    driver = url.replace("postgresql://", "postgresql+psycopg://", 1)
    try:
        engine = create_engine(driver, poolclass=NullPool, connect_args={"connect_timeout": 5})
        with engine.connect() as connection:
            commit = str(connection.execute(text("SHOW synchronous_commit")).scalar())
            exists = connection.execute(text("SELECT to_regclass('alembic_version')")).scalar()
            revision = None
            if exists:
                query = text("SELECT version_num FROM alembic_version")
                revision = connection.execute(query).scalar()
            remembered = {}
            if connection.execute(text("SELECT to_regclass('setting')")).scalar():
                kept = text("SELECT key, value FROM setting WHERE key = ANY(:keys)")
                rows = connection.execute(kept, {"keys": list(REMEMBERED)})
                remembered = {str(key): str(value) for key, value in rows}
            readers = 0
            if connection.execute(text("SELECT to_regclass('operator')")).scalar():
                readers = connection.execute(text(READERS)).scalar_one()
            groups: tuple[Connected, ...] = ()
            talking = 0
            if connection.execute(text("SELECT to_regclass('staff_group')")).scalar():
                groups = _connected(connection.execute(text(GROUPS)).fetchall())
                talking = connection.execute(text(TALKING)).scalar_one()
        known_as = None if revision is None else str(revision)
        return Stored(True, known_as, known, commit, remembered, readers, groups, talking)
    except (SQLAlchemyError, ValueError):
        return Stored(False, known_revisions=known)


def examine(scene: Scene, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """One finding for each check, the worst first."""
    order = list(Level)
    return sorted((check(scene) for check in checks), key=lambda found: order.index(found.level))


def is_refused(findings: Iterable[Finding]) -> bool:
    """Whether anything stops the start."""
    return any(finding.level is Level.REFUSE for finding in findings)


def report(findings: Iterable[Finding], *, everything: bool = False) -> str:
    """The findings as a person reads them: what is wrong, and below it what to do."""
    lines = []
    for finding in findings:
        if finding.level is Level.OK and not everything:
            continue
        lines.append(f"{SIGNS[finding.level]} {finding.what}  [{finding.code}]")
        if finding.fix:
            lines.append(f"    → {finding.fix}")
    return "\n".join(lines)
