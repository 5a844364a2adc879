"""The app factory: wires settings, extensions, rooms and commands; nothing imports it.

Makes no connection: the first request does.
"""

from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from ylyx_site import cli, error_pages, health, rooms
from ylyx_site.identity import access, visitor
from ylyx_site.identity import queries as identity
from ylyx_site.identity import senders as codes
from ylyx_site.journal import reads
from ylyx_site.notices import senders
from ylyx_site.notices.kinds import Channel
from ylyx_site.settings import ROOT, Settings, from_environment
from ylyx_site.shared import clock, logs, templating, web
from ylyx_site.shared import db as database
from ylyx_site.shared.db import db, engine_options
from ylyx_site.shared.retries import retrying

MAX_FORM_BYTES = 1024 * 1024


class Site(Flask):
    """Flask, but a view whose transaction the database asks us to repeat is run again."""

    def dispatch_request(self) -> Any:
        """Run the view; a GET never writes, so that only writes are ever repeated."""
        if request.method == "POST":
            return retrying(super().dispatch_request)
        return super().dispatch_request()


def create_app(settings: Settings | None = None) -> Flask:
    """The site, made from `settings` or from the environment. Raises `BadSettingsError`."""
    settings = settings or from_environment()
    app = Site(
        "ylyx_site",
        root_path=str(ROOT / "ylyx_site"),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(ROOT / "instance"),
    )
    app.config.update(_config(settings))
    clock.set_clock(settings.now)
    logs.set_up(app)
    templating.set_up(app)
    web.set_up(app)
    database.set_up(app)
    Migrate(app, db, directory=str(ROOT / "ylyx_site" / "migrations"), render_as_batch=True)
    CSRFProtect(app)
    visitor.login_manager().init_app(app)
    visitor.set_up(app)
    app.before_request(access.guard)
    reads.set_up(app)
    rooms.register(app)
    senders.plug_in(app, _post(settings))
    health.register(app)
    error_pages.register(app)
    cli.register(app)
    access.check_all_declared(app)
    _serve(app, settings)
    return app


def _config(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "DATA_KEYS": settings.data_keys,
        "DEMO": settings.is_demo,
        "DESK_PHONE": settings.phone_of_desk,
        "DESK_HOURS": settings.hours_of_desk,
        "CHEAP_PASSWORDS": settings.cheap_passwords,
        "REDIS_URL": settings.redis_url,
        "NOTICES_READ_DAYS": settings.notices_read_days,
        "NOTICES_DAYS": settings.notices_days,
        "NAMES_YEARS": settings.names_years,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(
            settings.database_url, prepares=settings.database_prepares
        ),
        "SESSION_COOKIE_NAME": "ylyx",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": not settings.is_demo,
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": MAX_FORM_BYTES,
        "MAX_FORM_MEMORY_SIZE": MAX_FORM_BYTES,
        "MAX_FORM_PARTS": 500,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": True,
        "WTF_I18N_ENABLED": False,
    }


DEMO_SITE = "http://127.0.0.1:8000"  # the page of the demo's messages leads to wherever it is


def _post(settings: Settings) -> senders.Post:
    """How messages leave: by e-mail where it is set up, as text messages only in the demo."""
    text: senders.Sender = senders.LogSender()
    if settings.is_demo:
        text = senders.TextSender(lambda phone, words: codes.sender().tell(phone, words), "demo")
    mail: senders.Sender = senders.NoSender()
    if settings.smtp_url is not None:
        mail = senders.MailSender(settings.smtp_url, settings.mail_from)
    ways = {Channel.SMS: text, Channel.EMAIL: mail}
    site = settings.site_url or (DEMO_SITE if settings.is_demo else "")
    return senders.Post(ways, identity.open_phone, site)


def _serve(app: Flask, settings: Settings) -> None:
    """Put the static files before the app, and the trusted proxies before both."""
    static = WhiteNoise(
        app.wsgi_app,
        root=str(ROOT / "static"),
        prefix="/static/",
        immutable_file_test=lambda _path, url: url.startswith("/static/built/"),
        autorefresh=not Path(ROOT / "static" / "built" / "manifest.json").exists(),
    )
    app.wsgi_app = static  # type: ignore[method-assign]
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
