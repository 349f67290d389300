"""Checks of what others can reach: addresses, secrets, the way to Telegram."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from pydantic import SecretStr

from bot.doctor.finding import Check, Finding, Scene, fine, refuse, warn
from bot.settings import is_loopback

SECRET_SIGNS = 32
SECRET_VARIETY = 10
WEBHOOK_PORTS = frozenset({None, 443, 80, 88, 8443})
NEW_SECRET = "openssl rand -hex 32"  # noqa: S105 - a command, not a secret


def _weak(secret: SecretStr) -> bool:
    text = secret.get_secret_value()
    return len(text) < SECRET_SIGNS or len(set(text)) < SECRET_VARIETY


def webhook_secret(scene: Scene) -> Finding:
    """Without the secret anybody can speak to the bot in anybody's name."""
    secret = scene.settings.webhook_secret
    if scene.settings.public_url is not None:
        if secret is None:
            return refuse(
                "webhook_secret",
                "ANTENNA_PUBLIC_URL is set without ANTENNA_WEBHOOK_SECRET: "
                "anybody could send messages in anybody's name.",
                f"Set ANTENNA_WEBHOOK_SECRET to the output of: {NEW_SECRET}",
            )
        if _weak(secret):
            return refuse(
                "webhook_secret",
                "ANTENNA_WEBHOOK_SECRET can be guessed.",
                f"Set it to the output of: {NEW_SECRET}",
            )
    return fine("webhook_secret", "Calls that are not Telegram's are refused.")


def metrics_token(scene: Scene) -> Finding:
    """A token that can be guessed, or does two jobs, protects nothing."""
    token, secret = scene.settings.metrics_token, scene.settings.webhook_secret
    if token is not None and (_weak(token) or token == secret):
        return refuse(
            "metrics_token",
            "ANTENNA_METRICS_TOKEN can be guessed, or is the webhook's secret.",
            f"Set it to the output of: {NEW_SECRET}",
        )
    return fine("metrics_token", "The figures are protected.")


def public_url(scene: Scene) -> Finding:
    """What people write must not travel in the open."""
    url = scene.settings.public_url
    if url is not None:
        if not url.startswith("https://"):
            return refuse(
                "public_url",
                "ANTENNA_PUBLIC_URL is not https: what people write would travel in the open.",
                "Put a web server with a certificate in front (docs/Caddyfile) and use https://.",
            )
        if urlsplit(url).port not in WEBHOOK_PORTS:
            return refuse(
                "public_url",
                "Telegram calls webhooks on the ports 443, 80, 88 and 8443 only.",
                "Serve ANTENNA_PUBLIC_URL on one of them.",
            )
    return fine("public_url", "Telegram reaches Antenna by https, or by polling.")


def telegram_api(scene: Scene) -> Finding:
    """The token is in every address that is asked."""
    parts = urlsplit(scene.settings.telegram_api)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        return refuse(
            "telegram_api",
            "ANTENNA_TELEGRAM_API is plain http on another machine: "
            "token and messages would travel in the open.",
            "Use its https:// address, or run the Bot API server on this machine.",
        )
    return fine("telegram_api", "The way to Telegram is closed to others.")


def listen(scene: Scene) -> Finding:
    """What listens for the whole network needs a reason."""
    settings = scene.settings
    if settings.listen.is_loopback:
        return fine("listen", "Only this machine reaches the internal pages.")
    if settings.public_url is None and settings.metrics_token is None:
        return refuse(
            "listen",
            "ANTENNA_LISTEN is open to the network, and nobody out there has business with it.",
            "Set ANTENNA_LISTEN=127.0.0.1:8080.",
        )
    return warn(
        "listen",
        "ANTENNA_LISTEN is open to the network, in plain http.",
        "Let only the web server in front of it through the firewall, or use 127.0.0.1.",
    )


def console_url(scene: Scene) -> Finding:
    """Passphrases and reports must not travel in the open."""
    settings = scene.settings
    url = settings.console_url
    if url is not None and urlsplit(url).scheme != "https":
        return refuse(
            "console_url",
            "ANTENNA_CONSOLE_URL is not https: passphrases and reports would travel in the open.",
            "Put a web server with a certificate in front (docs/Caddyfile) and use https://.",
        )
    if url is not None and urlsplit(url).path not in ("", "/"):
        return refuse(
            "console_url",
            "ANTENNA_CONSOLE_URL has a path: the console needs a name of its own.",
            "Use an address like https://console.example.org.",
        )
    return fine("console_url", "The way to the console is closed to others.")


def console(scene: Scene) -> Finding:
    """The console speaks plain http: a web server with TLS stands between it and everybody."""
    settings = scene.settings
    if settings.console.is_loopback:
        return fine("console", "Only this machine, or the web server on it, reaches the console.")
    if settings.console_url is None:
        return refuse(
            "console",
            "ANTENNA_CONSOLE is open to the network, and there is no https in front of it.",
            "Set ANTENNA_CONSOLE=127.0.0.1:8082, and ANTENNA_CONSOLE_URL for the way in by https.",
        )
    return warn(
        "console",
        "ANTENNA_CONSOLE is open to the network, in plain http.",
        "Let only the web server in front of it through the firewall, or use 127.0.0.1.",
    )


def console_proxy(scene: Scene) -> Finding:
    """Without it, everybody who guesses looks like one, and is slowed down as one."""
    settings = scene.settings
    if settings.console_url is not None and settings.console_proxy is None:
        return warn(
            "console_proxy",
            "The console does not know its web server: all who sign in look like one network.",
            "Set ANTENNA_CONSOLE_PROXY to the address it connects from, mostly 127.0.0.1.",
        )
    return fine("console_proxy", "The console knows which networks guess at passphrases.")


def local(scene: Scene) -> Finding:
    """The local Telegram has no locks: who reaches it is everybody in it."""
    if not scene.settings.local.is_loopback:
        return refuse(
            "local",
            "ANTENNA_LOCAL is open to the network, and the local Telegram has no locks.",
            "Set ANTENNA_LOCAL=127.0.0.1:8081.",
        )
    return fine("local", "Only this machine reaches the local Telegram.")


def database_way(scene: Scene) -> Finding:
    """A database on another machine is reached through a closed way."""
    url = urlsplit(scene.settings.database_url)
    far = url.hostname is not None and not is_loopback(url.hostname)
    mode = parse_qs(url.query).get("sslmode", [""])[0]
    if far and mode not in {"require", "verify-ca", "verify-full"}:
        return warn(
            "database_way",
            "The database is on another machine, and the way to it may be open.",
            "Add ?sslmode=verify-full to ANTENNA_DATABASE.",
        )
    return fine("database_way", "The way to the database is closed to others.")


def token_accepted(scene: Scene) -> Finding:
    """A token that was revoked or mistyped does nothing."""
    answer = scene.answer
    if answer is None or answer.token_accepted is None:
        if answer is not None and scene.is_real:
            return warn(
                "token_accepted",
                "Telegram cannot be reached from here.",
                "Look at the network, a proxy, and ANTENNA_TELEGRAM_API.",
            )
        return fine("token_accepted", "Telegram was not asked.")
    if not answer.token_accepted:
        return refuse(
            "token_accepted",
            "Telegram does not know this token.",
            "Copy it again from @BotFather, or ask there for a new one.",
        )
    return fine("token_accepted", "Telegram knows the bot.")


def foreign_webhook(scene: Scene) -> Finding:
    """A webhook that is not ours: somebody else may hold the token."""
    found = scene.answer.webhook if scene.answer else None
    ours = scene.settings.public_url
    if found and not (ours and found.startswith(ours)):
        return warn(
            "foreign_webhook",
            "This bot has a webhook that is not this deployment's: "
            "an older one, or somebody else's who holds the token.",
            "If you do not know it, revoke the token at @BotFather (/revoke) and set the new one. "
            "If it is yours, the start replaces it.",
        )
    return fine("foreign_webhook", "Nobody else receives the bot's messages.")


CHECKS: tuple[Check, ...] = (
    webhook_secret,
    metrics_token,
    public_url,
    telegram_api,
    listen,
    console_url,
    console,
    console_proxy,
    local,
    database_way,
    token_accepted,
    foreign_webhook,
)
