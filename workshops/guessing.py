"""How often somebody may be wrong about a code, counted by the place that they come from.

Not with the rates of allauth: these count no GET, and refuse when two ask at the same moment, as a
room of guests does. Here whoever has the right code only reads.
"""

from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST_WRONG = 60
"""Many people behind one address mistype, too: a whole room of guests."""

KEPT_SECONDS = 600


def has_guessed_too_often(request: HttpRequest) -> bool:
    return cache.get(_keys(request)[-1]) is not None


def count_wrong_guess(request: HttpRequest) -> None:
    """Take the next of a row of places, each of which one request alone can take."""
    keys = _keys(request)
    taken = cache.get_many(keys)
    free = (key for key in keys if key not in taken)
    next((key for key in free if cache.add(key, True, KEPT_SECONDS)), None)


def _keys(request: HttpRequest) -> list[str]:
    place = _place(get_adapter(request).get_client_ip(request))
    return [f"wrong-code:{place}:{number}" for number in range(MOST_WRONG)]


def _place(address: str) -> str:
    """A whole network of the newer addresses, of which each customer has very many."""
    if ip_address(address).version == 4:
        return address
    return str(ip_network(f"{address}/64", strict=False).network_address)
