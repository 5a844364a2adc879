"""A coarse limit per address on sign-in, before our own counts.

Generous, since a whole office may sit behind one address. It counts in the memory of this process,
or in Redis when the site has one.
"""

from flask import Flask, current_app
from flask_limiter import Limiter

from ylyx_site.identity.whence import address

# When Redis is out of reach each process counts for itself: nobody is kept from signing in.
limiter = Limiter(key_func=address, headers_enabled=False, in_memory_fallback_enabled=True)
brake = limiter.limit(
    "300 per minute", exempt_when=lambda: bool(current_app.testing), methods=["POST"]
)


def set_up(app: Flask) -> None:
    """Count in Redis when several processes share one."""
    app.config["RATELIMIT_STORAGE_URI"] = app.config["REDIS_URL"] or "memory://"
    limiter.init_app(app)
