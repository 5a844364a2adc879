"""Settings from the environment (`YLYX_…`), read once when the app is made.

Nothing here touches the database or the network. Production refuses to start with anything
that is only fit for a demo.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parent.parent
DEMO_SECRET = "only-for-a-demo-never-in-production"  # noqa: S105 refused in production, below
DEMO_DATA_KEY = "eWx5eC1kZW1vLWtleS1ub3QtZm9yLXByb2R1Y3Rpb24="


class BadSettingsError(RuntimeError):
    """The environment cannot be used; the message names the setting and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. `data_keys` newest first; `proxies` = trusted hops in front."""

    database_url: str
    secret_key: str
    data_keys: tuple[str, ...]
    mode: str
    now: str | None
    trusted_hosts: tuple[str, ...]
    proxies: int
    redis_url: str | None
    phone_of_desk: str
    hours_of_desk: str
    cheap_passwords: bool = False
    smtp_url: str | None = None
    mail_from: str = ""
    site_url: str = ""
    notices_read_days: int = 90
    notices_days: int = 365
    names_years: int = 30
    database_prepares: bool = False

    @property
    def is_demo(self) -> bool:
        """Demo mode: sign-in buttons, messages shown on a page, the word 示例 everywhere."""
        return self.mode == "demo"


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises `BadSettingsError` with a sentence for whoever starts the site."""
    env = os.environ if environ is None else environ
    mode = env.get("YLYX_MODE", "demo")
    if mode not in ("demo", "production"):
        raise BadSettingsError("YLYX_MODE must be demo or production.")
    settings = Settings(
        database_url=_database_url(env),
        secret_key=env.get("YLYX_SECRET_KEY", DEMO_SECRET),
        data_keys=_split(env.get("YLYX_DATA_KEYS", DEMO_DATA_KEY)),
        mode=mode,
        now=env.get("YLYX_NOW") or None,
        trusted_hosts=_split(env.get("YLYX_TRUSTED_HOSTS", "")),
        proxies=int(env.get("YLYX_PROXIES", "0")),
        redis_url=env.get("YLYX_REDIS_URL") or None,
        phone_of_desk=env.get("YLYX_DESK_PHONE", "023-43700000"),
        hours_of_desk=env.get("YLYX_DESK_HOURS", "08:00–18:00"),
        cheap_passwords=env.get("YLYX_CHEAP_PASSWORDS") == "1" and mode == "demo",
        smtp_url=env.get("YLYX_SMTP_URL") or None,
        mail_from=env.get("YLYX_MAIL_FROM", ""),
        site_url=env.get("YLYX_SITE_URL", "").rstrip("/"),
        notices_read_days=int(env.get("YLYX_NOTICES_READ_DAYS", "90")),
        notices_days=int(env.get("YLYX_NOTICES_DAYS", "365")),
        names_years=int(env.get("YLYX_NAMES_YEARS", "30")),
        database_prepares=env.get("YLYX_DATABASE_PREPARES") == "1",
    )
    _refuse_bad_keys(settings)
    if settings.names_years < 1:
        raise BadSettingsError("YLYX_NAMES_YEARS must be one or more.")
    _refuse_bad_post(settings)
    if mode == "production":
        _refuse_demo_values(settings)
    return settings


def _database_url(env: Mapping[str, str]) -> str:
    url = env.get("YLYX_DATABASE_URL", "sqlite:///instance/ylyx.sqlite3")
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////"):
        path = ROOT / url.removeprefix("sqlite:///")
        path.parent.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{path}"
    if url.startswith("postgresql://"):
        return "postgresql+psycopg://" + url.removeprefix("postgresql://")
    return url


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _refuse_bad_keys(settings: Settings) -> None:
    for key in settings.data_keys:
        try:
            Fernet(key)
        except ValueError as error:
            raise BadSettingsError(
                "YLYX_DATA_KEYS: each key is 32 bytes in URL-safe base64; make one with "
                "python -c 'from cryptography.fernet import Fernet; "
                "print(Fernet.generate_key().decode())'."
            ) from error


def _refuse_bad_post(settings: Settings) -> None:
    """An address that cannot be used is told when the site starts, not when a letter is due."""
    if settings.smtp_url is None:
        return
    if not settings.smtp_url.startswith(("smtp://", "smtps://")):
        raise BadSettingsError("YLYX_SMTP_URL begins with smtp:// or smtps://.")
    if "@" not in settings.mail_from:
        raise BadSettingsError("YLYX_MAIL_FROM must name the sender of e-mails.")


def _refuse_demo_values(settings: Settings) -> None:
    if settings.secret_key == DEMO_SECRET or len(settings.secret_key) < 32:
        raise BadSettingsError("YLYX_SECRET_KEY must be set in production: 32 characters or more.")
    if not settings.data_keys or DEMO_DATA_KEY in settings.data_keys:
        raise BadSettingsError("YLYX_DATA_KEYS must be set in production.")
    if settings.now is not None:
        raise BadSettingsError("YLYX_NOW is refused in production: the clock is the real one.")
    if not settings.trusted_hosts:
        raise BadSettingsError("YLYX_TRUSTED_HOSTS must name the site's host in production.")
