"""Settings: what a deployment decides, read once at start, each wrong one named with its fix."""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import stat
from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    IPvAnyAddress,
    SecretStr,
    ValidationError,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.times import Days, Hours, Times, read_days, read_hours, read_times

PREFIX = "ANTENNA_"
ENV_FILE = Path(".env")
TOKEN_FORM = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,100}")
SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{1,256}")


class SettingsError(Exception):
    """A setting cannot be used: the message names the variable and the fix, never its value."""


class LogLevel(StrEnum):
    """How much the log says."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogForm(StrEnum):
    """Who reads the log: a person, a machine, or whoever the terminal tells."""

    AUTO = "auto"
    JSON = "json"
    TEXT = "text"


class TranslatorKind(StrEnum):
    """What translates between operators and people."""

    NONE = "none"
    LIBRETRANSLATE = "libretranslate"


class Address(NamedTuple):
    """Where a server listens."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether only programs of this machine can reach it."""
        return is_loopback(self.host)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether a host name or address never leaves this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _address(value: object) -> object:
    if not isinstance(value, str):
        return value
    host, colon, port = value.strip().rpartition(":")
    host = host.strip("[]")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise ValueError("must be host:port, like 127.0.0.1:8080")
    return Address(host, int(port))


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address that begins with https://")
    if parts.query or parts.fragment or parts.username:
        raise ValueError("must be a plain address, without ?, # or a user name")
    return value.rstrip("/")


def _token(value: SecretStr) -> SecretStr:
    if not TOKEN_FORM.fullmatch(value.get_secret_value().strip()):
        raise ValueError("does not look like a bot token; copy it whole from @BotFather")
    return SecretStr(value.get_secret_value().strip())


def _secret(value: SecretStr) -> SecretStr:
    if not SECRET_FORM.fullmatch(value.get_secret_value()):
        raise ValueError("may hold only letters, digits, - and _ (try: openssl rand -hex 32)")
    return value


def _database(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return value


Listen = Annotated[Address, NoDecode, BeforeValidator(_address)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]


MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it, refused where it is not ours


class Settings(BaseSettings):
    """Everything a deployment decides. The README's table is made from this class."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=False,
    )

    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        None, description="The bot's token from @BotFather. Without one, the demo starts."
    )
    telegram_token_file: Path | None = Field(
        None, description="A file that holds the token instead, with mode 0400 or 0600."
    )
    telegram_api: BaseUrl = Field(
        "https://api.telegram.org",
        description="Base address of the Bot API server; any server that speaks it works.",
    )
    data: Path = Field(
        Path("data"), description="Folder of the database; the key is in `keys` below it."
    )
    database: Annotated[SecretStr, AfterValidator(_database)] | None = Field(
        None,
        description="Database: `sqlite:///…` or `postgresql://…`. "
        "Without one, `antenna.db` in the data folder.",
    )
    reports_database: Annotated[SecretStr, AfterValidator(_database)] | None = Field(
        None,
        description="Database of the reports, always another one than the bot's. "
        "Without one, `reports.db` in the data folder.",
    )
    memory: Path = Field(
        MEMORY,
        description="Folder that is memory and no disk (tmpfs), for the keys of what is begun "
        "and secret; without one they end with the process.",
    )
    listen: Listen = Field(
        Address("127.0.0.1", 8080),
        description="Where `/healthz`, `/readyz`, `/metrics` and the webhook are served.",
    )
    public_url: BaseUrl | None = Field(
        None,
        description="The https address Telegram can reach us at; "
        "switches from long polling to a webhook.",
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = Field(
        None, description="Proves that a webhook call is Telegram's; at least 32 signs."
    )
    metrics_token: Annotated[SecretStr, AfterValidator(_secret)] | None = Field(
        None,
        description="Bearer token for `/metrics`. Without one only this machine may read it, "
        "and behind a public address nobody.",
    )
    console: Listen = Field(
        Address("127.0.0.1", 8082),
        description="Where the operators' console is served, behind a web server with TLS.",
    )
    console_url: BaseUrl | None = Field(
        None,
        description="The https address operators open. "
        "Without one the console answers only to this machine's own names.",
    )
    console_proxy: IPvAnyAddress | None = Field(
        None,
        description="Address of the web server in front of the console, as the console sees it: "
        "only its `X-Forwarded-For` counts.",
    )
    network: str = Field(
        "Antenna",
        min_length=1,
        max_length=60,
        description="Name of the network of desks, as people read it.",
    )
    retention_days: int = Field(
        180,
        ge=1,
        le=3650,
        description="Whoever is silent for so many days, with nothing to come, is forgotten.",
    )
    report_days: int = Field(
        90,
        ge=14,
        le=1825,
        description="A report to which nothing has happened for so many days is deleted.",
    )
    talk_days: int = Field(
        30,
        ge=1,
        le=365,
        description="Without a case, what was said to operators goes so many days after its end.",
    )
    wash_minutes: int = Field(
        10, ge=1, le=120, description="Careful mode: sensitive messages go after so many minutes."
    )
    wash_hours: int = Field(
        24,
        ge=1,
        le=40,
        description="Careful mode: everything goes after so many hours "
        "(at most 40: Telegram lets a bot delete for 48).",
    )
    alert_times: Annotated[Times, NoDecode, BeforeValidator(read_times)] = Field(
        Times(time(9), time(15)),
        description="When the operators' group is told what waits, by the clocks of Italy. "
        "Danger is told at once.",
    )
    service_hours: Annotated[Hours, NoDecode, BeforeValidator(read_hours)] = Field(
        Hours(time(9), time(18)),
        description="When somebody reads reports, on working days: "
        "what waits for too long is told by it.",
    )
    holidays: Annotated[Days, NoDecode, BeforeValidator(read_days)] = Field(
        Days(),
        description="Holidays of the place beside Italy's, like `7/12` (day/month, with commas).",
    )
    pace: int = Field(
        25, ge=1, le=30, description="Messages a second the bot sends at most (Telegram allows 30)."
    )
    log: LogLevel = Field(
        LogLevel.INFO, description="How much is logged: debug, info, warning, error."
    )
    log_form: LogForm = Field(
        LogForm.AUTO,
        description="json, text, or auto: text on a terminal, JSON lines everywhere else.",
    )
    draft_languages: bool = Field(
        True,
        description="Offer languages too that no native reader has checked yet; operators see "
        "which. `false`: only those that two have read.",
    )
    translator: TranslatorKind = Field(
        TranslatorKind.NONE,
        description="What translates what people and desks write: none, or libretranslate. "
        "Where it is not on this machine, people are told.",
    )
    translator_url: BaseUrl | None = Field(
        None,
        description="Where it is, like `http://127.0.0.1:5000`. Only an address of this machine, "
        "in numbers, is taken for one.",
    )
    translator_key: SecretStr | None = Field(None, description="Its key, where it asks for one.")
    disk_encrypted: bool = Field(
        False, description="Say `true` when the disk under the data folder is encrypted."
    )
    local: Listen = Field(
        Address("127.0.0.1", 8081), description="Where the demo's local Telegram listens."
    )

    @property
    def database_url(self) -> str:
        """The database's address; it may hold a password, so it is never printed."""
        if self.database is not None:
            return self.database.get_secret_value()
        return f"sqlite:///{self.data / 'antenna.db'}"

    @property
    def reports_url(self) -> str:
        """The address of the reports' database; never printed either."""
        if self.reports_database is not None:
            return self.reports_database.get_secret_value()
        return f"sqlite:///{self.data / 'reports.db'}"

    @property
    def salt_path(self) -> Path:
        """Where the salt of the report codes is; no backup holds it."""
        return self.data / "keys" / "report.salt"

    @property
    def key_path(self) -> Path:
        """Where the vault's key is; no backup holds it."""
        return self.data / "keys" / "antenna.key"

    @property
    def has_token(self) -> bool:
        """Whether a token was given, by value or by file."""
        return self.telegram_token is not None or self.telegram_token_file is not None

    def read_token(self) -> SecretStr | None:
        """The bot's token, from the setting or from its file.

        Raises:
            SettingsError: the file is missing, open to others or holds no token; nothing was kept.
        """
        if self.telegram_token is not None or self.telegram_token_file is None:
            return self.telegram_token
        name = f"{PREFIX}TELEGRAM_TOKEN_FILE"
        path = self.telegram_token_file
        try:
            if path.stat().st_mode & _forbidden_bits(path):
                raise SettingsError(f"{name}: others can read the file; run chmod 400 on it.")
            return _token(SecretStr(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise SettingsError(f"{name}: the file cannot be read ({error.strerror}).") from None
        except ValueError:
            raise SettingsError(f"{name}: the file does not hold a bot token.") from None


def _forbidden_bits(path: Path) -> int:
    # systemd opens a credential to its user by an access list, which shows as a group's right.
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    if credentials and path.is_relative_to(credentials):
        return stat.S_IWGRP | stat.S_IRWXO
    return stat.S_IRWXG | stat.S_IRWXO


def console_address(settings: Settings) -> str:
    """What a browser opens to reach the operators' console."""
    return settings.console_url or f"http://{settings.console}"


def load_settings(env_file: Path | None = ENV_FILE) -> Settings:
    """Read the settings from the environment and `.env`.

    Raises:
        SettingsError: one line for each wrong setting: the variable and what it must be.
    """
    # The type checker does not know this argument of pydantic-settings.
    source: dict[str, Any] = {"_env_file": env_file}
    try:
        return Settings(**source)
    except ValidationError as error:
        lines = [_explain(problem) for problem in error.errors(include_input=False)]
    raise SettingsError("\n".join(lines))


def _explain(problem: Mapping[str, object]) -> str:
    location = problem["loc"]
    field = str(location[0]) if isinstance(location, tuple) and location else "settings"
    words = str(problem["msg"]).removeprefix("Value error, ")
    words = words.replace("Input should be", "must be")
    return f"{PREFIX}{field.upper()}: {words[:1].lower()}{words[1:]}."


def unknown_names(names: Mapping[str, object]) -> dict[str, str | None]:
    """Variables that look like ours and are not, each with the one that was probably meant."""
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    strangers = sorted(name for name in names if name.startswith(PREFIX) and name not in known)
    return {name: next(iter(difflib.get_close_matches(name, known, 1)), None) for name in strangers}
