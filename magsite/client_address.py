"""Where a request comes from. Limits and locks ask here and nowhere else, so no header that a visitor makes up can move them."""

import ipaddress
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
PREFIXES = {4: 24, 6: 48}  # what one household, office or provider's customer has at its disposal


def client_address(request: HttpRequest) -> str:
    """Return the address of whoever asks, as written by the outermost proxy that we trust; "" when the server doesn't know it.

    Every proxy adds the address that it was asked from to the right of X-Forwarded-For. So with TRUSTED_PROXIES = n the n-th from
    the right was written by the outermost of ours; what stands left of it is a visitor's own story. With fewer entries than
    proxies all of them are ours. An entry that is no address counts for nothing: then the nearest proxy itself is the address.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.TRUSTED_PROXIES > 0 else ""
    entries = forwarded.split(",")[-settings.TRUSTED_PROXIES :] if forwarded.strip() else []
    address = (parse(entries[0]) if entries else None) or parse(peer)
    return str(address) if address else ""


def network_key(request: HttpRequest, day: date) -> str:
    """Return a name for the network of whoever asks that tells neither address nor network, and is another one tomorrow.

    An HMAC of the /24 (IPv4) or /48 (IPv6) with a key of that day, 64 hexadecimal digits. Whoever has SECRET_KEY can try all
    networks, so keep no such key longer than a limit needs it.
    """
    return salted_hmac(f"magsite.network.{day:%Y-%m-%d}", network_of(client_address(request)), algorithm="sha256").hexdigest()


def network_of(address: str) -> str:
    """Return the network around an address, such as 192.0.2.0/24; an unknown address is a network of its own."""
    parsed = parse(address)
    return str(ipaddress.ip_network((parsed, PREFIXES[parsed.version]), strict=False)) if parsed else address


def parse(text: str) -> IPAddress | None:
    """Read an address, with or without a port or brackets; None when it is none. IPv4 written as IPv6 is IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
