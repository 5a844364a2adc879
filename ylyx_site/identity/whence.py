"""From where a request comes, as limits count it."""

import ipaddress

from flask import request


def address() -> str:
    """The visitor's address; of an IPv6 address the /64, which is one household."""
    text = request.remote_addr or ""
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return text[:64]
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
