"""Who must know that readers may see another title: other apps say so here, because this one imports none of them."""

from collections.abc import Callable
from typing import Any

_listeners: list[Callable[[Any], None]] = []


def listen(listener: Callable[[Any], None]) -> None:
    """Have `listener` called with every Reference whose mask comes, changes or goes, in the transaction that does it."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(reference: Any) -> None:
    for listener in _listeners:
        listener(reference)
