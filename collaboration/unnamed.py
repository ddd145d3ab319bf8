"""Writes that say nobody's name: what is kept about the request must not say it either."""

from contextvars import ContextVar

_forgotten: ContextVar[bool] = ContextVar("forgotten", default=False)


def begin() -> None:
    """A request begins: so far it is known who asks."""
    _forgotten.set(False)


def forget_who() -> None:
    """Nothing that this request answers may be kept beside the name of who asked."""
    _forgotten.set(True)


def is_forgotten() -> bool:
    return _forgotten.get()
